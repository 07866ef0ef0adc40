"""The computation graph of an expression that the reader types, built and walked by the program."""

from __future__ import annotations

import ast
import math
from typing import Any, ClassVar

from microgpt.autograd import Value, topological_order
from microgpt.files import InputError, quoted

from .asking import Answer, Tell, question

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
