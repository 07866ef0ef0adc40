"""How every figure of the book looks: one family of letters, teal, amber and greys.

A lesson's figures stand in ``book/figures/LESSON.py``. Each is a function that takes the style and
returns a matplotlib figure, drawn from numbers that the function computes itself::

    def secant(style: Style) -> Figure:
        figure = style.figure(width=7, height=3)
        axes = figure.subplots()
        axes.plot(x, y, color=style.TEAL)
        axes.annotate("slope 6", (3, 9), color=style.INK)
        return figure

Use the colours below and no others: on the page each becomes a CSS variable, so that a figure
follows the reader from light to dark. Tell things apart by line style or by a word as well as by
colour. No title inside the figure, and no letters below ``style.SMALL``: the build refuses them.
On a slide the same function draws again with a larger ``scale``.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import sphinx_revealjs
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.figure import Figure

FONTS = Path(sphinx_revealjs.__file__).parent / "_static/revealjs/dist/theme/fonts/source-sans-pro"


@dataclass(frozen=True)
class Style:
    """The colours, sizes and defaults of a figure.

    Args:
        scale: how much larger letters and lines are than in the book; slides take more than 1.
    """

    scale: float = 1.0

    INK: ClassVar[str] = "#16282b"  # letters, axes, what is given
    GREY: ClassVar[str] = "#566a6e"  # what stands back, still readable
    LINE: ClassVar[str] = "#c3d0d2"  # grids and frames
    TEAL: ClassVar[str] = "#0b6b66"  # what the figure is about
    AMBER: ClassVar[str] = "#b45309"  # what it is compared with, or what is wrong
    MIST: ClassVar[str] = "#dcefed"  # a teal area behind letters
    SAND: ClassVar[str] = "#fbe9d0"  # an amber area behind letters
    PAPER: ClassVar[str] = "#fefefe"  # the page
    TEALS: ClassVar[tuple[str, ...]] = (
        "#d3efeb", "#a9ddd7", "#76c5be", "#3fa59f", "#1a8480", "#075e5b",
    )  # from light to dark: steps along a road  # fmt: skip

    @property
    def SMALL(self) -> float:
        """The smallest size of letters, in points: 11.5 px where the figure is 700 px wide."""
        return 8.3 * self.scale

    @property
    def SIZE(self) -> float:
        """The size of letters, in points: 14 px where the figure is 700 px wide."""
        return 10.1 * self.scale

    @property
    def LARGE(self) -> float:
        """The size of the one or two words that matter most, in points."""
        return 12.5 * self.scale

    def figure(self, width: float = 7, height: float = 3) -> Figure:
        """Return an empty figure.

        Args:
            width: in inches; 7 is as wide as the text of the book.
            height: in inches.
        """
        return Figure(figsize=(width, height), layout="constrained")

    def clean(self, axes: Axes) -> Axes:
        """Take the frame, the ticks and the grid off: for drawings that are no chart."""
        axes.set_axis_off()
        return axes

    def arrow(self, color: str | None = None, width: float = 1.5, **more: Any) -> dict[str, Any]:
        """Return ``arrowprops`` of an arrow in the book's manner, for ``axes.annotate``."""
        return {
            "arrowstyle": "-|>,head_length=0.45,head_width=0.22",
            "color": color or self.INK,
            "linewidth": width * self.scale,
            "shrinkA": 2, "shrinkB": 2,
            **more,
        }  # fmt: skip

    def settings(self) -> dict[str, Any]:
        """Return matplotlib's settings."""
        for font in FONTS.glob("*.ttf"):
            font_manager.fontManager.addfont(str(font))
        family = ["Source Sans Pro", "DejaVu Sans"]
        wide = self.scale
        return {
            "font.family": family,
            "font.size": self.SIZE,
            "mathtext.fontset": "custom",
            "mathtext.rm": "Source Sans Pro",
            "mathtext.it": "Source Sans Pro:italic",
            "mathtext.bf": "Source Sans Pro:semibold",
            "mathtext.sf": "Source Sans Pro",
            "mathtext.cal": "Source Sans Pro:italic",
            "mathtext.tt": "DejaVu Sans Mono",
            "mathtext.fallback": "stixsans",
            "axes.titlesize": self.SIZE,
            "axes.labelsize": self.SIZE,
            "xtick.labelsize": self.SMALL * 1.08,
            "ytick.labelsize": self.SMALL * 1.08,
            "legend.fontsize": self.SIZE,
            "legend.frameon": False,
            "text.color": self.INK,
            "axes.labelcolor": self.INK,
            "axes.edgecolor": self.GREY,
            "axes.facecolor": "none",
            "figure.facecolor": "none",
            "savefig.facecolor": "none",
            "savefig.edgecolor": "none",
            "legend.facecolor": self.PAPER,
            "legend.edgecolor": self.LINE,
            "xtick.color": self.GREY,
            "ytick.color": self.GREY,
            "xtick.labelcolor": self.INK,
            "ytick.labelcolor": self.INK,
            "patch.edgecolor": self.INK,
            "patch.facecolor": self.TEAL,
            "hatch.color": self.GREY,
            "lines.color": self.TEAL,
            "lines.linewidth": 2.0 * wide,
            "lines.markersize": 6 * wide,
            "lines.solid_capstyle": "round",
            "patch.linewidth": 1.2 * wide,
            "axes.linewidth": 0.9 * wide,
            "xtick.major.width": 0.9 * wide,
            "ytick.major.width": 0.9 * wide,
            "grid.color": self.LINE,
            "grid.linewidth": 0.7 * wide,
            "axes.spines.top": False,
            "axes.spines.right": False,
            "axes.unicode_minus": True,
            "axes.axisbelow": True,
            "axes.prop_cycle": (
                f"cycler('color', ['{self.TEAL}', '{self.AMBER}', '{self.GREY}'])"
                " + cycler('linestyle', ['-', '--', ':'])"
            ),
            "svg.fonttype": "path",
            "svg.hashsalt": "microgpt",
            "pdf.fonttype": 42,
        }
