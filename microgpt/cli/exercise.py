"""The commands with which a reader builds the program: ``start`` a file and ``check`` it."""

from __future__ import annotations

from pathlib import Path

import click

from microgpt.cli.console import give
from microgpt.exercises import TITLES
from microgpt.exercises.judge import judge_file
from microgpt.exercises.starter import starter
from microgpt.files import InputError, quoted, read_bytes, target, write_whole

PATH = click.Path(path_type=Path, readable=False)
MAX_BYTES = 2**20


def number_given(context: click.Context, option: click.Parameter, value: str) -> int:
    """Return the number of an exercise, or say which there are."""
    if value.isascii() and value.isdigit() and int(value) in TITLES:
        return int(value)
    raise click.BadParameter(f"{quoted(value, 30)} given; wanted a number from 0 to {max(TITLES)}")


NUMBER = click.argument("number", callback=number_given, metavar="N")
FILE = click.argument("path", type=PATH, required=False, metavar="[FILE]")


@click.group(short_help="Build the program yourself, module by module.", no_args_is_help=False,
             invoke_without_command=True)  # fmt: skip
@click.pass_context
def exercise(context: click.Context) -> None:
    """Build the program yourself: 'start N' writes a file to fill in, 'check N' judges it."""
    if context.invoked_subcommand is None:
        for number, title in TITLES.items():
            give(f"{number}  {title}")


def own_file(path: Path | None, number: int) -> Path:
    """Return the file of an exercise: the one given, or ``exerciseN.py``."""
    return path if path is not None else Path(f"exercise{number}.py")


@exercise.command(short_help="Write the file to fill in.")
@NUMBER
@FILE
def start(number: int, path: Path | None) -> None:
    """Write the starter of module N: what is built so far, and what is yours to write."""
    path = own_file(path, number)
    real = target(path, "the exercise")
    if real.exists():
        raise InputError(f"{quoted(path)} is there already; wanted a new name, yours would be lost")
    write_whole(real, starter(number).encode(), "the exercise")
    name = "" if path == own_file(None, number) else f" {path}"
    give(f"{path}: {TITLES[number]}")
    give(f"Fill it in, then run: microgpt exercise check {number}{name}")


@exercise.command(short_help="Judge it, case by case.")
@NUMBER
@FILE
@click.pass_context
def check(context: click.Context, number: int, path: Path | None) -> None:
    """Judge a file, case by case; exit code 1 if a case fails."""
    path = own_file(path, number)
    source = read_bytes(path, MAX_BYTES, f"the file of exercise {number}, see 'exercise start'")
    try:
        source.decode("utf-8")
    except UnicodeDecodeError as error:
        raise InputError(f"{quoted(path)} is not UTF-8 text; wanted a Python file") from error
    failed = passed = 0
    for verdict in judge_file(path, number):
        passed += not verdict.problem
        failed += bool(verdict.problem)
        give(f"{'FAIL' if verdict.problem else 'ok'}  {verdict.case}")
        if verdict.problem:
            give(f"      {verdict.problem}")
    give(f"{passed} kept, {failed} not" if failed else f"All {passed} kept. Well done.")
    context.exit(1 if failed else 0)
