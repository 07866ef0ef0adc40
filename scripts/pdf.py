"""Build the book as a PDF: ``tox -e pdf`` puts it at build/pdf/microgpt.pdf.

Before anything is built, everything that TeX needs is looked for. What is missing is listed with
the one line that installs it on Debian or Ubuntu, and the command ends with exit code 1.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
LATEX = ROOT / "build" / "latex"
PDF = ROOT / "build" / "pdf" / "microgpt.pdf"

PROGRAMS = {
    "latexmk": "latexmk",
    "xelatex": "texlive-xetex",
    "rsvg-convert": "librsvg2-bin",
}
STYLES = {
    "unicode-math.sty": "texlive-latex-recommended",
    "microtype.sty": "texlive-latex-recommended",
    "titlesec.sty": "texlive-latex-extra",
    "fvextra.sty": "texlive-latex-extra",
}
FONTS = {
    "TeX Gyre Pagella": "fonts-texgyre",
    "TeX Gyre Heros": "fonts-texgyre",
    "TeX Gyre Pagella Math": "fonts-texgyre-math",
    "DejaVu Sans Mono": "fonts-dejavu-core fonts-dejavu-extra",
}


def answer(*command: str) -> str:
    """Return what a command prints, or nothing if it is not there or fails."""
    if not shutil.which(command[0]):
        return ""
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()


def missing() -> dict[str, str]:
    """Return what is not installed, each with the Debian package that brings it."""
    lacks = {name: package for name, package in PROGRAMS.items() if not shutil.which(name)}
    for style, package in STYLES.items():
        if not answer("kpsewhich", style):
            lacks[style] = package
    families = answer("fc-list", ":", "family")
    for font, package in FONTS.items():
        if font not in families:
            lacks[f"the font {font}"] = package
    if not shutil.which("fc-list"):
        lacks["fc-list"] = "fontconfig"
    return lacks


def main() -> int:
    """Build the PDF and return the exit code."""
    lacks = missing()
    if lacks:
        packages = sorted({name for packages in lacks.values() for name in packages.split()})
        print(f"The PDF needs what is not installed here: {', '.join(lacks)}.", file=sys.stderr)
        print(f"On Debian or Ubuntu: sudo apt-get install -y {' '.join(packages)}", file=sys.stderr)
        return 1
    # With the date of the last commit in it, the same sources give the same bytes.
    date = answer("git", "-C", str(ROOT), "log", "-1", "--format=%ct")
    environment = {"SOURCE_DATE_EPOCH": date or "0", "FORCE_SOURCE_DATE": "1", **os.environ}
    shutil.rmtree(LATEX, ignore_errors=True)
    sphinx = [sys.executable, "-m", "sphinx", "-c", str(ROOT), "-b", "latex", "-t", "pdf"]
    sphinx += ["-n", "-W", "--keep-going", "-d", str(ROOT / "build" / "doctrees" / "pdf")]
    subprocess.run([*sphinx, str(ROOT / "book"), str(LATEX)], check=True, env=environment)
    latexmk = ["latexmk", "-xelatex", "-interaction=nonstopmode", "-halt-on-error", "-quiet"]
    built = subprocess.run([*latexmk, "microgpt.tex"], cwd=LATEX, check=False, env=environment)
    if built.returncode:
        print(f"xelatex stopped; its words are in {LATEX / 'microgpt.log'}.", file=sys.stderr)
        return 1
    log = (LATEX / "microgpt.log").read_text(encoding="utf-8", errors="replace")
    lost = sorted(set(re.findall(r"Reference `([^']*)' on page", log.replace("\n", ""))))
    if lost:
        print(f"These links lead nowhere on paper: {', '.join(lost)}.", file=sys.stderr)
        return 1
    PDF.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(LATEX / "microgpt.pdf", PDF)
    print(f"The book is at {PDF.relative_to(ROOT)}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
