"""Run the experiments of the book: record what they give, or compare with what is recorded.

``record NAME [PART...]`` runs an experiment and writes its results; ``check`` runs a random choice
of parts, another for each commit, as many as fit the given seconds, and compares. A result differs
if any of its numbers is further off than 1e-9.
"""

from __future__ import annotations

import importlib
import json
import math
import random
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import click

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from book.experiments import RECORDED  # noqa: E402 - the book is no installed package

HELPERS = {"__init__", "trials"}


def experiments() -> list[str]:
    """Return the names of all experiments."""
    return sorted(p.stem for p in RECORDED.parent.glob("*.py") if p.stem not in HELPERS)


def parts_of(name: str) -> dict[str, Any]:
    """Return an experiment's functions by part."""
    return dict(importlib.import_module(f"book.experiments.{name}").PARTS)


def read(name: str) -> dict[str, Any]:
    """Return what is recorded of an experiment, with the seconds it took."""
    path = RECORDED / f"{name}.json"
    return dict(json.loads(path.read_text(encoding="ascii"))) if path.is_file() else {}


def same(given: Any, wanted: Any) -> bool:
    """Say whether two results agree, numbers to within 1e-9."""
    if isinstance(wanted, dict):
        return isinstance(given, dict) and list(given) == list(wanted) and all(
            same(given[key], wanted[key]) for key in wanted
        )  # fmt: skip
    if isinstance(wanted, list):
        return isinstance(given, list | tuple) and len(given) == len(wanted) and all(
            same(a, b) for a, b in zip(given, wanted)
        )  # fmt: skip
    if isinstance(wanted, float):
        return isinstance(given, float | int) and math.isclose(given, wanted, abs_tol=1e-9)
    return bool(given == wanted)


@click.group()
def main() -> None:
    """The book's experiments."""


@main.command()
@click.argument("name", type=click.Choice(experiments()))
@click.argument("parts", nargs=-1)
def record(name: str, parts: tuple[str, ...]) -> None:
    """Run an experiment (or some parts of it) and write down what it gives."""
    known, kept = parts_of(name), read(name)
    unknown = [part for part in parts if part not in known]
    if unknown:
        raise click.BadParameter(f"{name} has no part {unknown[0]!r}; it has {', '.join(known)}")
    for part in parts or known:
        begin = time.process_time()
        result = known[part]()
        kept[part] = {"seconds": round(time.process_time() - begin, 1), "result": result}
        click.echo(f"{name}, {part}: {kept[part]['seconds']} s")
        ordered = {part: kept[part] for part in known if part in kept}
        RECORDED.mkdir(exist_ok=True)
        text = json.dumps(ordered, indent=1, allow_nan=False)
        (RECORDED / f"{name}.json").write_text(text + "\n", encoding="ascii")


@main.command()
@click.option("--seconds", default=120.0, show_default=True, help="how long it may take")
@click.option("--seed", default=None, help="which parts; the commit, if left out")
def check(seconds: float, seed: str | None) -> None:
    """Run a choice of parts again and compare; always all that take no more than a second."""
    if seed is None:
        head = ["git", "-C", str(ROOT), "rev-parse", "HEAD"]
        seed = subprocess.run(head, capture_output=True, text=True, check=False).stdout.strip()
    bad = [f"{name}: recorded parts differ from its PARTS" for name in experiments()
           if list(read(name)) != list(parts_of(name))]  # fmt: skip
    everything = [(name, part, entry) for name in experiments() for part, entry in
                  read(name).items() if part in parts_of(name)]  # fmt: skip
    random.Random(seed).shuffle(everything)
    everything.sort(key=lambda item: item[2]["seconds"] > 1)
    spent, run = 0.0, 0
    for name, part, entry in everything:
        if spent + entry["seconds"] > seconds and run:
            continue
        spent += entry["seconds"]
        run += 1
        agrees = same(json.loads(json.dumps(parts_of(name)[part]())), entry["result"])
        click.echo(f"{name}, {part}: {'same' if agrees else 'DIFFERENT'}")
        if not agrees:
            bad.append(f"{name}, {part}: it no longer gives what is recorded")
    for line in bad:
        click.echo(line, err=True)
    click.echo(
        f"{run - len(bad)} passed, {len(bad)} failed of {len(everything)} parts, seed {seed}"
    )
    sys.exit(bool(bad))


if __name__ == "__main__":
    main()
