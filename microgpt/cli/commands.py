"""The options of each command, and what it does with them."""

from __future__ import annotations

import contextlib
import math
import os
import shlex
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random, SystemRandom
from typing import Any

import click

from microgpt import __version__
from microgpt.assets import MODEL, NAMES
from microgpt.checkpoint import (
    MAX_BLOCK,
    MAX_LAYERS,
    MAX_SEED,
    MAX_STEPS,
    MAX_WIDTH,
    Settings,
    State,
    fingerprint,
    load_model,
    read_checkpoint,
)
from microgpt.cli.console import give, is_terminal, prepare, say, silence, write
from microgpt.cli.exercise import exercise
from microgpt.cli.progress import choose, loss_plot
from microgpt.cli.training import (
    ENGINES,
    Places,
    Run,
    Stopped,
    checkpoint_beside,
    fresh_state,
    sample_many,
)
from microgpt.download import ORIGINAL_SHA256, ORIGINAL_URL, download
from microgpt.files import (
    InputError,
    printable,
    quoted,
    read_documents,
    reason,
    target,
    write_whole,
)
from microgpt.parameters import Model
from microgpt.single_file import assemble
from microgpt.tokenizer import Tokenizer

_UNTRAINED = Model()
DEFAULTS = {
    "seed": 42,
    "steps": 1000,
    "width": _UNTRAINED.width,
    "heads": _UNTRAINED.heads,
    "layers": _UNTRAINED.layers,
    "block": _UNTRAINED.block,
}
MAX_SAMPLES = 1_000_000

Option = Callable[[Callable[..., Any]], Callable[..., Any]]
Given = dict[str, int | None]


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code; every fault becomes one line."""
    prepare()
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        with command.make_context("microgpt", given) as context:
            command.invoke(context)
            write("")
        return 0
    except click.exceptions.Exit as leave:
        return leave.exit_code
    except click.ClickException as error:
        where = getattr(error, "ctx", None)
        path = where.command_path if where is not None else "microgpt"
        say(f"{path}: {' '.join(error.format_message().split())}")
    except InputError as error:
        say(f"microgpt: {error}")
    except BrokenPipeError:
        return 1
    except MemoryError:
        say("microgpt: there is not enough memory for this; wanted smaller sizes")
    except OSError as error:  # what nothing nearer has caught: --help on a full disk, say
        silence(sys.stdout)
        say(f"microgpt: {quoted(error.filename or 'standard output')}: {reason(error)}")
    return 2


def temperature_given(context: click.Context, option: click.Parameter, value: str) -> float:
    """Return a finite number above 0, or say what is wrong with it."""
    with contextlib.suppress(ValueError):
        number = float(value)
        if 0 < number < math.inf:
            return number
    raise click.BadParameter(f"{quoted(value, 40)} given; wanted a number above 0, such as 0.5")


PATH = click.Path(path_type=Path, readable=False)  # files.py checks, and says more


def whole_number(name: str, most: int, text: str, least: int = 1, **more: Any) -> Option:
    """Return an option that takes a whole number from ``least`` to ``most``."""

    def check(context: click.Context, option: click.Parameter, value: int | None) -> int | None:
        if value is not None and not least <= value <= most:
            limits = f"wanted {least} to {most:,}"
            raise click.BadParameter(f"{quoted(value, 30)} given; {limits}")
        return value

    if name in DEFAULTS and not more:  # without --resume; with it, the run itself knows
        text += f"  [default: {DEFAULTS[name]}]"
    return click.option(f"--{name}", type=int, callback=check, metavar="N", help=text, **more)


@click.group(
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, message="microgpt %(version)s")
@click.pass_context
def command(context: click.Context) -> None:
    """Train a small GPT on a list of names, or of any words, and let it make up new ones.

    'microgpt sample' works at once: a trained model comes with the program.
    """
    if context.invoked_subcommand is None:
        write(context.get_help() + "\n")


command.add_command(exercise)


@command.command(short_help="Train a model.")
@click.option(
    "--data", type=PATH, help="UTF-8 text, one document a line.", show_default="census names"
)
@whole_number("steps", MAX_STEPS, "How many documents to learn from, one a step.")
@whole_number("seed", MAX_SEED, "Decides the order, the first numbers and the samples.", least=0)
@whole_number("layers", MAX_LAYERS, "How often attention and MLP follow each other.")
@whole_number("width", MAX_WIDTH, "How many numbers stand for a letter.")
@whole_number("heads", MAX_WIDTH, "How many heads share the width; they must divide it.")
@whole_number("block", MAX_BLOCK, "How many letters the model can look at.")
@click.option(
    "--out",
    type=PATH,
    default=Path("model.json"),
    show_default=True,
    help="Where the trained model goes.",
)
@click.option("--log", type=PATH, help="Write the loss of each step there, one JSON object a line.")
@click.option("--plot", type=PATH, help="Draw the loss there, as text, when training ends.")
@click.option(
    "--resume",
    is_flag=True,
    help="Go on with a run that was stopped; it ends as if it had not been.",
)
@whole_number(
    "samples", MAX_SAMPLES, "How many samples to print.", 0, default=20, show_default=True
)
@click.option(
    "--engine",
    type=click.Choice(sorted(ENGINES, reverse=True)),
    default="program",
    show_default=True,
    help="'plain' is the same training, bit for bit, and much faster.",
)
@click.option("--quiet", is_flag=True, help="No progress and no plot.")
def train(
    data: Path | None,
    out: Path,
    log: Path | None,
    plot: Path | None,
    resume: bool,
    samples: int,
    engine: str,
    quiet: bool,
    **given: int | None,
) -> None:
    """Train a model, write it to a file, and print samples of what it can do.

    Ctrl-C stops it safely at any moment; --resume goes on.
    """
    places = _places(data, out, log, plot)
    if resume:
        settings, state, documents = _resumed(places.checkpoint, data, given)
    else:
        settings, state, documents = _fresh(data, given)
    notes = _what_is_cut(documents, settings.block)
    progress = choose(quiet)
    work = Run(settings, state, documents, places, progress, engine, notes, not resume)
    try:
        work.complete(samples)
    except Stopped as stopped:
        options = ["microgpt", "train", "--resume", *_again(out, log, plot, samples, engine, quiet)]
        line = subprocess.list2cmdline(options) if os.name == "nt" else shlex.join(options)
        say(f"stopped after step {stopped.step} of {settings.steps}; go on with: {line}")
        raise click.exceptions.Exit(128 + stopped.number) from None
    losses = work.state.losses
    if plot is not None:
        write_whole(target(plot, "the plot"), loss_plot(losses).encode(), "the plot")
    if not quiet:
        if is_terminal(sys.stderr):
            _show_plot(losses)
        last = losses[-100:]
        mean = sum(last) / len(last)
        what = "loss" if len(last) == 1 else f"mean loss of the last {len(last)} steps"
        say(f"{what} {mean:.4f}; {settings.parameters():,} numbers are in {quoted(out)}")


def _places(data: Path | None, out: Path, log: Path | None, plot: Path | None) -> Places:
    """Check where a run will write, before it does anything."""
    real = target(out, "the model")
    checkpoint = target(checkpoint_beside(real), "the checkpoint")
    taken = {"--data": data or NAMES, "--out": real, "the checkpoint": checkpoint}
    taken |= {"--log": log} if log is not None else {}
    taken |= {"--plot": target(plot, "the plot")} if plot is not None else {}
    names = list(taken)
    for i, first in enumerate(names):
        for second in names[i + 1 :]:
            if _same_file(taken[first], taken[second]):
                raise InputError(
                    f"{first} and {second} are the same file, {quoted(taken[second])}; "
                    "wanted a file of its own for each"
                )
    return Places(real, checkpoint, log)


def _same_file(first: Path, second: Path) -> bool:
    with contextlib.suppress(OSError, ValueError):
        if first.exists() and second.exists():
            return first.samefile(second)
    try:
        return os.path.realpath(first) == os.path.realpath(second)
    except (OSError, ValueError):
        return False


def _fresh(data: Path | None, given: Given) -> tuple[Settings, State, list[str]]:
    """Return a run from its beginning."""
    numbers = DEFAULTS | {name: value for name, value in given.items() if value is not None}
    documents = read_documents(data or NAMES)
    letters = "".join(Tokenizer(documents).letters)
    settings = Settings(**numbers, letters=letters, data=fingerprint(documents))
    settings.check()
    rng = Random(settings.seed)
    rng.shuffle(documents)
    source = None if data is None else str(data.resolve())
    return settings, fresh_state(settings, rng, source), documents


def _resumed(
    checkpoint: Path, data: Path | None, given: Given
) -> tuple[Settings, State, list[str]]:
    """Return a run from where it was stopped."""
    if not checkpoint.exists():
        raise InputError(
            f"there is no checkpoint {quoted(checkpoint)} to resume from; wanted a run that was "
            "stopped, or no --resume"
        )
    settings, state = read_checkpoint(checkpoint)
    for name, value in given.items():
        was = getattr(settings, name)
        if value is not None and value != was:
            raise InputError(
                f"--{name} {value} given, but the run in {quoted(checkpoint)} has {was}; wanted "
                "the same, or none, with --resume"
            )
    source = data or (NAMES if state.source is None else Path(state.source))
    documents = read_documents(source)
    letters = "".join(Tokenizer(documents).letters)
    if fingerprint(documents) != settings.data or letters != settings.letters:
        raise InputError(
            f"the documents of {quoted(source)} are not those of the run in {quoted(checkpoint)}; "
            "wanted the same --data with --resume"
        )
    Random(settings.seed).shuffle(documents)
    return settings, state, documents


def _what_is_cut(documents: list[str], block: int) -> list[str]:
    longer = sum(len(document) > block for document in documents)
    full = sum(len(document) == block for document in documents)
    notes = []
    if longer:
        what = "document is" if longer == 1 else "documents are"
        notes.append(
            f"{longer:,} {what} longer than the block of {block}: what lies beyond is not learnt"
        )
    if full:
        what = "document fills" if full == 1 else "documents fill"
        notes.append(f"{full:,} {what} the block of {block}: that it ends there is not learnt")
    return notes


def _again(
    out: Path, log: Path | None, plot: Path | None, samples: int, engine: str, quiet: bool
) -> list[str]:
    """Return the options that matter when a run goes on."""
    options = [] if out == Path("model.json") else ["--out", str(out)]
    options += [] if log is None else ["--log", str(log)]
    options += [] if plot is None else ["--plot", str(plot)]
    options += [] if samples == 20 else ["--samples", str(samples)]
    options += [] if engine == "program" else ["--engine", engine]
    return options + (["--quiet"] if quiet else [])


def _show_plot(losses: list[float]) -> None:
    try:
        size = os.get_terminal_size(sys.stderr.fileno())
        width, height = max(30, min(size.columns, 100)), max(8, min(size.lines - 4, 18))
    except (OSError, ValueError):
        width, height = 80, 16
    plain = "utf" not in (sys.stderr.encoding or "").lower()
    for line in loss_plot(losses, width, height, plain).splitlines():
        say(line)


@command.command(short_help="Print samples of a trained model.")
@click.option(
    "--model",
    "path",
    type=PATH,
    help="A model file.",
    show_default="the one that comes with the program",
)
@whole_number("count", MAX_SAMPLES, "How many samples to print.", default=10, show_default=True)
@click.option(
    "--temperature",
    callback=temperature_given,
    default="0.5",
    metavar="NUMBER",
    show_default=True,
    help="Near 0 the likeliest letters, 1 the model's own odds, more is wilder.",
)
@click.option("--prefix", default="", help="How each sample begins.")
@whole_number(
    "seed",
    MAX_SEED,
    "The same seed gives the same samples.",
    least=0,
    show_default="another each time",
)
def sample(
    path: Path | None, count: int, temperature: float, prefix: str, seed: int | None
) -> None:
    """Print samples of a trained model, one a line."""
    model, tokenizer = load_model(path or MODEL)
    for letter in prefix:
        if letter not in tokenizer.letters:
            known = "".join(tokenizer.letters)
            raise InputError(
                f"the model does not know the letter {quoted(letter)} of --prefix {quoted(prefix)};"
                f" wanted letters out of {quoted(known)}"
            )
    if len(prefix) > model.block:
        raise InputError(
            f"--prefix {quoted(prefix)} has {len(prefix)} letters; wanted at most {model.block}, "
            "as many as the model can look at"
        )
    rng = Random(SystemRandom().randrange(MAX_SEED) if seed is None else seed)
    for text in sample_many(model, tokenizer, rng, temperature, prefix, count):
        give(text)


@command.command(short_help="Describe the data, or fetch the original's.")
@click.option("--data", type=PATH, help="Look at this file instead.", show_default="census names")
@click.option(
    "--download",
    "fetch",
    is_flag=True,
    help="Fetch the 32,033 names that the original microgpt trains on.",
)
@click.option(
    "--out",
    type=PATH,
    default=Path("original-names.txt"),
    show_default=True,
    help="With --download: where they go.",
)
@click.option(
    "--url",
    default=ORIGINAL_URL,
    help="With --download: where they come from; they are verified in any case.",
)
@click.pass_context
def data(context: click.Context, data: Path | None, fetch: bool, out: Path, url: str) -> None:
    """Describe the data: the names that come with the program, or a file of your own."""
    if not fetch:
        for option in ("out", "url"):
            if context.get_parameter_source(option) is click.core.ParameterSource.COMMANDLINE:
                raise InputError(f"--{option} is given without --download; wanted both or neither")
        _describe(data)
        return
    if data is not None:
        raise InputError("--data and --download are given; wanted one of them")
    size = download(target(out, "the list"), url)
    give(f"{size:,} bytes with SHA-256 {ORIGINAL_SHA256} are in {quoted(out)}")


def _describe(path: Path | None) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    documents = read_documents(path or NAMES)
    lengths = sorted(map(len, documents))
    letters = "".join(Tokenizer(documents).letters)
    shown = letters if len(letters) <= 60 else letters[:60] + "…"
    origin = "given names of the 1990 United States Census, in the public domain"
    rows = {
        "file": str(path or NAMES),
        "what": origin if path is None else "a file of your own",
        "documents": f"{len(documents):,}, of which {len(set(documents)):,} different",
        "letters": f"{len(letters)}: {shown}",
        "length": f"{lengths[0]} to {lengths[-1]}, on average {sum(lengths) / len(lengths):.2f}",
        "SHA-256": fingerprint(documents),
    }
    table = Table(box=box.SIMPLE if is_terminal(sys.stdout) else None, show_header=False)
    for name, fact in rows.items():
        table.add_row(Text(name), Text(printable(fact), overflow="fold"))
    width = None if is_terminal(sys.stdout) else 1000
    console = Console(width=width)
    with console.capture() as capture:
        console.print(table)
    for line in capture.get().splitlines():
        write(line.rstrip() + "\n")


@command.command(short_help="Write the program as one file.")
@click.option(
    "--data", type=PATH, help="The documents it will train on.", show_default="census names"
)
@click.option("--out", type=PATH, help="Where it goes.", show_default="standard output")
@click.option(
    "--docstrings/--no-docstrings",
    default=True,
    show_default=True,
    help="Keep what explains each function.",
)
def program(data: Path | None, out: Path | None, docstrings: bool) -> None:
    """Write the program as one file: 200 lines that run alone, with plain Python."""
    documents = read_documents(data or NAMES)
    text = assemble(documents, docstrings)
    if out is not None:
        real = target(out, "the program")
        if _same_file(real, data or NAMES):
            raise InputError(f"--out is the file of the documents, {quoted(out)}; wanted another")
        write_whole(real, text.encode(), "the program")
    elif is_terminal(sys.stdout):
        for line in text[:-1].split("\n"):
            give(line)
    else:
        _write_utf8(text)


def _write_utf8(text: str) -> None:
    """Write source text the way Python reads it, whatever the console's encoding."""
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(encoding="utf-8", newline="\n")
    write(text)
