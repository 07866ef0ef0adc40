"""Print a sheet of the quiz bank, or its key: ``tox -e quiz -- 7``, ``tox -e quiz -- 7 --key``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from book.quiz import sheet


@click.command()
@click.argument("seed", type=click.IntRange(0))
@click.option("--key", is_flag=True, help="The answers instead of the questions.")
def main(seed: int, key: bool) -> None:
    """Print the sheet of a seed as Markdown."""
    click.echo(f"# {'Key' if key else 'Questions'}, sheet {seed}\n")
    for count, question in enumerate(sheet(seed), start=1):
        click.echo(f"{count}. {question.answer if key else question.text}")


if __name__ == "__main__":
    main()
