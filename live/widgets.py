"""What the panels of a page ask of Python: questions and answers in plain JSON.

Every number comes from the book's own program and the tool around it; nothing of the model is
written here a second time. What the tool would refuse is answered by ``{"refused": "why"}``.
"""

from __future__ import annotations

import ast
import math
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any, ClassVar, TypeVar

from microgpt.assets import MODEL, NAMES
from microgpt.autograd import Value, topological_order
from microgpt.checkpoint import (
    Settings,
    State,
    fingerprint,
    read_checkpoint,
    read_model,
    save_checkpoint,
    save_model,
)
from microgpt.cli.training import TEMPERATURE, PlainEngine, fresh_state, sample_many
from microgpt.data import load_documents
from microgpt.engines.plain import Memory, Plain, softmax
from microgpt.exercises import TITLES
from microgpt.exercises.judge import judge
from microgpt.exercises.starter import starter
from microgpt.files import InputError, quoted, read_documents
from microgpt.parameters import Model
from microgpt.tokenizer import Tokenizer

Answer = dict[str, Any]
Tell = Callable[[Any], None]
Result = TypeVar("Result")
STEPS = 1000
SAMPLE_EVERY = 100
SAMPLES = 3
LAST_SAMPLES = 10


def question(function: Callable[..., Answer]) -> Callable[..., Answer]:
    """Let a function be asked by the page: what the tool refuses becomes an answer."""

    @wraps(function)
    def asked(*given: Any, tell: Tell = lambda part: None) -> Answer:
        try:
            return function(*given, tell=tell)
        except InputError as error:
            return {"refused": str(error)}

    return asked


def from_text(text: str, name: str, read: Callable[[Path], Result]) -> Result:
    """Give a text to a reader of files, under a name that its messages may show."""
    with TemporaryDirectory() as folder:
        path = Path(folder, name)
        # half a character becomes bytes that are no UTF-8, and the tool says so
        path.write_bytes(text.encode("utf-8", "surrogatepass"))
        try:
            return read(path)
        except InputError as error:
            raise InputError(str(error).replace(str(path), name)) from error


def to_text(write: Callable[[Path], None]) -> str:
    """Return what a writer of files writes."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "written.json")
        write(path)
        return path.read_text(encoding="utf-8")


# --- the model that the panels look into ---


class Known:
    """A model, and the same model before it had learnt anything.

    Args:
        settings: of its training.
        parameters: what it learnt.
        documents: how many there were; shuffling them came before the first number was drawn.
    """

    def __init__(self, settings: Settings, parameters: list[float], documents: int) -> None:
        self.settings = settings
        self.tokenizer = Tokenizer(list(settings.letters))
        self.model = settings.model(parameters)
        rng = Random(settings.seed)
        rng.shuffle([None] * documents)
        first = Model(settings.width, settings.heads, settings.layers, settings.block)
        first.draw(self.tokenizer.size, rng)
        self.engines = {"before": Plain(first), "after": Plain(self.model)}

    def tokens(self, text: str, most: int) -> list[int]:
        """Return the tokens of a text, BOS in front, if the model can read it."""
        unknown = next((letter for letter in text if letter not in self.tokenizer.letters), None)
        if unknown is not None:
            letters = quoted("".join(self.tokenizer.letters), 60)
            what = f"the model has never met {quoted(unknown)}"
            raise InputError(f"{what}; wanted letters of {letters}")
        if len(text) > most:
            raise InputError(f"{len(text)} letters are too many here; wanted at most {most}")
        return self.tokenizer.encode(text)[:-1]

    def memories(self, tokens: list[int], when: str = "after") -> list[Memory]:
        """Return all that is computed for each token, in order."""
        cache: dict[str, list[list[float]]] = {}
        return [self.engines[when].gpt(token, i, cache) for i, token in enumerate(tokens)]


class _Desk:
    """What this thread has in hand: a model to look into, and a run."""

    known: Known | None = None
    run: Training | None = None
    logits: tuple[str, list[float]] | None = None


def known() -> Known:
    """Return the model in use, at first the one that comes with the program."""
    if _Desk.known is None:
        settings, parameters = read_model(MODEL)
        _Desk.known = Known(settings, parameters, len(load_documents(NAMES)))
    return _Desk.known


@question
def use(text: str | None, documents: int, tell: Tell) -> Answer:
    """Look into another model from now on; None brings back the shipped one."""
    _Desk.known = _Desk.logits = None
    if text is not None:
        settings, parameters = from_text(text, "the model kept in this browser", read_model)
        _Desk.known = Known(settings, parameters, documents)
    return {"letters": "".join(known().tokenizer.letters), "block": known().settings.block}


# --- training ---


class Training:
    """A run of the tool's own engine, taken a few steps at a time.

    Args:
        settings: of the run.
        state: how far it has come.
        documents: in the order of the file.
    """

    def __init__(self, settings: Settings, state: State, documents: list[str]) -> None:
        self.settings, self.state, self.documents = settings, state, list(documents)
        Random(settings.seed).shuffle(self.documents)
        self.tokenizer = Tokenizer(list(settings.letters))
        self.engine = PlainEngine(settings, state)

    def step(self) -> float:
        """Take one step, as ``microgpt train`` does, and return the loss."""
        number, block = self.state.step + 1, self.settings.block
        document = self.documents[(number - 1) % len(self.documents)]
        try:
            loss = self.engine.step(self.tokenizer.encode(document[:block]), number)
        except (ArithmeticError, ValueError):
            loss = math.nan
        if not math.isfinite(loss):
            raise InputError(f"the numbers overflow at step {number}")
        self.state.step = number
        self.state.losses.append(loss)
        return loss

    def keep(self) -> None:
        """Bring the state up to what the engine has learnt."""
        numbers = self.engine.numbers()
        self.state.parameters, self.state.means, self.state.squares = numbers

    def samples(self) -> list[str]:
        """Return some names; at the end they are those that ``microgpt train`` prints first."""
        self.keep()
        rng, count = Random(self.state.step), SAMPLES
        if self.state.step == self.settings.steps:
            rng.setstate(self.state.random)
            count = LAST_SAMPLES
        model = self.settings.model(self.state.parameters)
        return list(sample_many(model, self.tokenizer, rng, TEMPERATURE, "", count))


def documents_of(text: str | None) -> list[str]:
    """Return the documents of a pasted list, by the tool's own rules; None for the shipped ones."""
    return load_documents(NAMES) if text is None else from_text(text, "your list", read_documents)


def running() -> Training:
    """Return the run in hand."""
    if _Desk.run is None:
        raise InputError("there is no run to go on with")
    return _Desk.run


@question
def begin(text: str | None, tell: Tell) -> Answer:
    """Start a run with the tool's default sizes on a list of documents, one a line."""
    documents = documents_of(text)
    sizes = Model()
    settings = Settings(
        sizes.width, sizes.heads, sizes.layers, sizes.block,
        "".join(Tokenizer(documents).letters), 42, STEPS, fingerprint(documents),
    )  # fmt: skip
    settings.check()
    rng = Random(settings.seed)
    rng.shuffle(list(documents))  # the tool shuffles first, then draws the numbers
    _Desk.run = Training(settings, fresh_state(settings, rng, None), documents)
    longer = sum(len(document) > settings.block for document in documents)
    return {
        "documents": len(documents),
        "letters": settings.letters,
        "parameters": settings.parameters(),
        "steps": settings.steps,
        "block": settings.block,
        "longer": longer,
    }


@question
def learn(count: int, tell: Tell) -> Answer:
    """Take at most so many steps; stop early where there are samples to show."""
    run = running()
    losses: list[float] = []
    while len(losses) < count and run.state.step < run.settings.steps:
        losses.append(run.step())
        if run.state.step % SAMPLE_EVERY == 0:
            break
    due = bool(losses) and run.state.step % SAMPLE_EVERY == 0
    return {"step": run.state.step, "losses": losses, "samples": run.samples() if due else None}


@question
def checkpoint(tell: Tell) -> Answer:
    """Return the run as the tool's checkpoint, with which :func:`resume` can go on."""
    run = running()
    run.keep()
    return {"text": to_text(lambda path: save_checkpoint(path, run.settings, run.state))}


@question
def resume(text: str, documents: str | None, tell: Tell) -> Answer:
    """Go on from a checkpoint, to the last bit as if nothing had happened."""
    settings, state = from_text(text, "the checkpoint", read_checkpoint)
    _Desk.run = Training(settings, state, documents_of(documents))
    return {"step": state.step}


@question
def trained(tell: Tell) -> Answer:
    """Return the model file of a run that has ended, as ``microgpt train`` writes it."""
    run = running()
    run.keep()
    text = to_text(lambda path: save_model(path, run.settings, run.state.parameters))
    return {"text": text, "documents": len(run.documents)}


# --- the next letter ---


def _chances(beginning: str, temperature: float) -> list[float]:
    if not 0.01 <= temperature <= 100:
        raise InputError(f"temperature {temperature:g} given; wanted 0.01 to 100")
    if _Desk.logits is None or _Desk.logits[0] != beginning:  # a slider asks again and again
        tokens = known().tokens(beginning, known().settings.block - 1)
        _Desk.logits = (beginning, known().memories(tokens)[-1].logits)
    return softmax([logit / temperature for logit in _Desk.logits[1]])[0]


def _shown(token: int) -> str:
    """Return a token's letter; BOS, which ends a name here, is the empty text."""
    letters = known().tokenizer.letters
    return letters[token] if token < len(letters) else ""


@question
def next_letters(beginning: str, temperature: float, tell: Tell) -> Answer:
    """Return the probability of each token after a beginning, in the order of the tokens."""
    chances = _chances(beginning, temperature)
    return {"rows": [[_shown(token), chance] for token, chance in enumerate(chances)]}


@question
def draw(beginning: str, temperature: float, seed: int, tell: Tell) -> Answer:
    """Draw the next letter; the empty text says that the name ends."""
    chances = _chances(beginning, temperature)
    token = Random(seed).choices(range(known().tokenizer.size), weights=chances)[0]
    return {"letter": _shown(token)}


@question
def finish(beginning: str, temperature: float, seed: int, tell: Tell) -> Answer:
    """Write a name to its end."""
    _chances(beginning, temperature)  # refuses what cannot be read
    rng, it = Random(seed), known()
    return {"name": next(sample_many(it.model, it.tokenizer, rng, temperature, beginning, 1))}


# --- attention ---


@question
def attention(name: str, tell: Tell) -> Answer:
    """Return who listens to whom, for each head, before and after training."""
    it = known()
    tokens = it.tokens(name, it.settings.block - 1)
    looks: Answer = {"tokens": ["BOS", *name], "heads": it.settings.heads}
    for when in ("before", "after"):
        memories = it.memories(tokens, when)
        looks[when] = [
            [memory.layers[layer].weights[head][0] for memory in memories]
            for layer in range(it.settings.layers)
            for head in range(it.settings.heads)
        ]
    return looks


# --- the computation graph ---

MOST_LETTERS = 120
MOST_NODES = 40
CURVES = ("exp", "log", "relu")


class _Drawing:
    """An expression as the program's own Values, with a word for what made each of them."""

    def __init__(self, values: dict[str, float]) -> None:
        self.leaves = {name: Value(number) for name, number in values.items()}
        self.words: dict[Value, str] = {leaf: name for name, leaf in self.leaves.items()}

    def value(self, node: ast.expr) -> Value:
        """Return the Value of a part of the expression; nothing but arithmetic is known."""
        match node:
            case ast.Name(id=name):
                if name not in self.leaves:
                    raise InputError(f"{quoted(name, 30)} has no value; wanted one, as in a = 2")
                return self.leaves[name]
            case ast.Constant() | ast.UnaryOp(op=ast.USub(), operand=ast.Constant()):
                number = number_of(node)
                return self.named(Value(number), f"{number:g}")
            case ast.UnaryOp(op=ast.USub(), operand=inner):
                return self.named(-self.value(inner), "× −1")
            case ast.BinOp(left=left, op=ast.Pow(), right=right):
                exponent = number_of(right)
                return self.named(self.value(left) ** exponent, f"power {exponent:g}")
            case ast.BinOp(left=left, op=operation, right=right):
                return self.joined(self.value(left), operation, self.value(right))
            case ast.Call(func=ast.Name(id=name), args=[inner], keywords=[]) if name in CURVES:
                return self.named(getattr(self.value(inner), name)(), name)
        raise InputError("only numbers, names, + - * / **, exp, log and relu are known here")

    def joined(self, left: Value, operation: ast.operator, right: Value) -> Value:
        """Return what two Values make; minus and division are what the program makes of them."""
        match operation:
            case ast.Add():
                return self.named(left + right, "+")
            case ast.Mult():
                return self.named(left * right, "×")
            case ast.Sub():
                result = self.named(left - right, "+")
                self.named(result.inputs[1], "× −1")
                return result
            case ast.Div():
                result = self.named(left / right, "×")
                self.named(result.inputs[1], "power −1")
                return result
        raise InputError("only + - * / and ** stand between numbers here")

    def named(self, value: Value, word: str) -> Value:
        """Note what made a Value."""
        if isinstance(value.data, complex) or not math.isfinite(value.data):
            raise InputError(f"{word} gives no finite number here")
        self.words.setdefault(value, word)
        return value


def number_of(node: ast.expr) -> float:
    """Return a written number."""
    sign = 1.0
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        sign, node = -1.0, node.operand
    if isinstance(node, ast.Constant):
        match node.value:
            case bool():
                pass
            case int() | float() as number:
                return sign * float(number)
    raise InputError("an exponent must be a number, and a number a plain one")


def parsed(text: str, what: str) -> ast.expr:
    """Return a text as Python's own parser reads it; nothing is run."""
    if len(text) > MOST_LETTERS:
        raise InputError(f"{what} has {len(text)} letters; wanted at most {MOST_LETTERS}")
    try:
        return ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, MemoryError, RecursionError) as error:
        raise InputError(f"{what} is not finished or has a fault") from error


def values_of(text: str) -> dict[str, float]:
    """Return the numbers of names written as ``a = 2, b = -3``."""
    if not text.strip():
        return {}
    match parsed(f"dict({text})", "the list of values"):
        case ast.Call(func=ast.Name(), args=[], keywords=words) if all(word.arg for word in words):
            return {str(word.arg): number_of(word.value) for word in words}
    raise InputError("the values are written like this: a = 2, b = -3")


class _Watched(Value):
    """A Value whose box is watched: every number that is put into it is noted."""

    __slots__ = ()
    noted: ClassVar[list[tuple[Value, float]]] = []

    @property
    def grad(self) -> float:
        """Return what is in the box."""
        return float(_BOX.__get__(self))

    @grad.setter
    def grad(self, number: float) -> None:
        _Watched.noted.append((self, number))
        _BOX.__set__(self, number)


_BOX: Any = Value.__dict__["grad"]


def _walk(last: Value, order: list[Value], place: dict[Value, int]) -> list[Answer]:
    """Let the program walk back, and return what each Value hands on when it has its turn."""
    for value in place:
        value.__class__ = _Watched
    _Watched.noted = []
    last.backward()
    boxes = iter(_Watched.noted[1:])  # the first is the 1 with which the walk begins
    return [
        {
            "of": place[value],
            "hands": [
                [place[source], slope, slope * value.grad, next(boxes)[1]]
                for source, slope in zip(value.inputs, value.slopes)
            ],
        }
        for value in reversed(order)
    ]


@question
def graph(expression: str, values: str, tell: Tell) -> Answer:
    """Return the Values behind an expression, and what each hands back when it has its turn."""
    drawing = _Drawing(values_of(values))
    try:
        last = drawing.value(parsed(expression, "the expression"))
        order = topological_order(last)
        seen = {source: None for value in order for source in (*value.inputs, value)}
        place = {value: number for number, value in enumerate(seen)}
        walk = _walk(last, order, place)
        numbers = [each for value in order for each in (value.data, value.grad, *value.slopes)]
        numbers += [source.grad for value in order for source in value.inputs]
        finite = all(map(math.isfinite, numbers))
    except (ArithmeticError, ValueError) as error:
        raise InputError(f"that cannot be computed: {error}") from error
    if len(seen) > MOST_NODES or not finite:
        large = f"is too large for this panel; wanted at most {MOST_NODES} numbers"
        raise InputError(f"the expression {large if finite else 'has slopes beyond all numbers'}")
    nodes = [
        {
            "word": drawing.words.get(value, f"{value.data:g}"),
            "data": value.data,
            "grad": value.grad,
            "inputs": [[place[i], slope] for i, slope in zip(value.inputs, value.slopes)],
        }
        for value in place
    ]
    return {"nodes": nodes, "turns": walk, "last": place[last]}


# --- check my answer ---


@question
def starters(tell: Tell) -> Answer:
    """Return the title and the starter of each exercise."""
    return {"exercises": [[title, starter(number)] for number, title in TITLES.items()]}


@question
def check(source: str, number: int, tell: Tell) -> Answer:
    """Judge what a reader wrote, case by case; each verdict is told as soon as it is known."""
    verdicts: list[tuple[str, str]] = []
    running: list[str] = []
    try:
        for verdict in judge(source, number, begins=running.append):
            verdicts.append((verdict.case, verdict.problem))
            tell(verdicts[-1])
    except BaseException as error:  # SystemExit is no way out of a page
        verdicts.append((running[-1], f"it ended Python itself ({type(error).__name__})"))
        tell(verdicts[-1])
    return {"verdicts": verdicts}
