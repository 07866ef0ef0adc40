"""Figures of the lesson "Embeddings": the rows of the letters before and after learning."""

from __future__ import annotations

from random import Random
from typing import Any

import numpy as np

from microgpt.assets import NAMES, POCKET
from microgpt.checkpoint import load_model
from microgpt.data import load_documents
from microgpt.layers import add
from microgpt.parameters import Model

SIGNS = "abcdefghijklmnopqrstuvwxyz"


def untrained() -> Model:
    """Return the shipped model as it was drawn, before its first step."""
    names = load_documents(NAMES)
    rng = Random(42)
    rng.shuffle(names)
    model = Model()
    model.draw(27, rng)
    return model


def shadow(model: Model) -> tuple[Any, float]:
    """Return the letters' rows as points of the widest flat shadow, and its share of the spread.

    The two directions are those along which the points spread most (principal components).
    """
    rows = np.array([[value.data for value in row] for row in model.matrices["token"][:26]])
    rows = rows - rows.mean(axis=0)
    _, sizes, directions = np.linalg.svd(rows, full_matrices=False)
    share = float((sizes[:2] ** 2).sum() / (sizes**2).sum())
    return rows @ directions[:2].T, share


def apart(points: Any, gap: float) -> Any:
    """Return the points, those nearer to each other than the gap pushed aside until they fit."""
    moved = points.copy()
    for _ in range(300):
        for i in range(len(moved)):
            away = moved[i] - np.delete(moved, i, axis=0)
            far = np.hypot(away[:, 0], away[:, 1])
            near = far < gap
            if near.any():
                push = away[near] * ((gap - far[near]) / far[near])[:, None]
                moved[i] += 0.25 * push.sum(axis=0)
    return moved


def shadows(style: Any) -> Any:
    """The letters' rows before and after learning, each in its own widest shadow."""
    figure = style.figure(width=7, height=3.7)
    panels = figure.subplots(1, 2)
    for axes, words, model in zip(panels, ("before", "after"), (untrained(), load_model()[0])):
        points, share = shadow(model)
        if points[0, 0] < 0:
            points[:, 0] *= -1
        reach = 1.13 * np.abs(points).max()
        for letter, point, (x, y) in zip(SIGNS, points, apart(points, 0.14 * reach)):
            if letter in "aeiou":
                axes.plot(x, y, "o", color=style.SAND, markeredgecolor=style.AMBER,
                          markersize=17 * style.scale, zorder=2)  # fmt: skip
            far = np.hypot(*(point - (x, y)))
            if far > 0.05 * reach:  # a line from beside the letter to its place
                rim = min(0.055 * style.scale * reach / far, 0.7)
                axes.plot([point[0], x + rim * (point[0] - x)],
                          [point[1], y + rim * (point[1] - y)], "-", color=style.GREY,
                          linewidth=0.8 * style.scale, zorder=0)  # fmt: skip
                axes.plot(*point, "o", color=style.GREY, markersize=2 * style.scale, zorder=0)
            axes.text(x, y, letter, ha="center", va="center", zorder=3,
                      color=style.AMBER if letter in "aeiou" else style.TEAL,
                      size=style.LARGE)  # fmt: skip
        axes.set_xlim(-reach, reach)
        axes.set_ylim(-reach, reach)
        axes.set_aspect("equal")
        axes.set_xlabel(f"{words}: shows {100 * share:.0f} % of the spread")
        axes.locator_params(nbins=5)
    return figure


def arrows(style: Any) -> Any:
    """The sums of the pocket model's rows for the tokens of "an"."""
    pocket, tokenizer = load_model(POCKET)
    figure = style.figure(width=7, height=2.5)
    panels = figure.subplots(1, 3)
    for position, (axes, token) in enumerate(zip(panels, tokenizer.encode("an"))):
        sign = [*tokenizer.letters, "BOS"][token]
        first = pocket.matrices["token"][token]
        second = pocket.matrices["position"][position]
        tip = [value.data for value in first]
        end = [value.data for value in add(first, second)]
        axes.axhline(0, color=style.LINE, linewidth=style.scale)
        axes.axvline(0, color=style.LINE, linewidth=style.scale)
        axes.annotate("", tip, (0, 0), arrowprops=style.arrow(style.TEAL, shrinkA=0, shrinkB=0))
        if end != tip:
            axes.annotate("", end, tip, arrowprops=style.arrow(style.AMBER, shrinkA=0, shrinkB=0,
                                                               linestyle="--"))  # fmt: skip
        axes.plot(*end, "o", color=style.INK, markersize=7 * style.scale, zorder=4)
        axes.set_xlim(-1.4, 1.4)
        axes.set_ylim(-1.2, 1.4)
        axes.set_xticks([-1, 0, 1])
        axes.set_yticks([-1, 0, 1])
        axes.set_aspect("equal")
        words = f"{sign} at position {position}: [{end[0]:g}, {end[1]:g}]"
        axes.set_xlabel(words.replace("-", "−"))
    return figure
