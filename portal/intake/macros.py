"""Aperture macros: small programs in the file that say what a pad looks like.

They come from strangers, so nothing is evaluated by Python: expressions are read into postfix lists, and every
count has its limit. Numbers are still in the file's unit here. A macro is worked out to numbers when an aperture
is defined, so that its faults are known at once, and drawn only when somebody looks.
"""

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from portal.board.shapes import Box, Part, Ring, box_of, composed, disc, rectangle, regular_polygon

MOST_TOKENS = 500  # in one expression; real ones have fewer than 20
MOST_VERTICES = 5_000  # in one outline primitive
MOST_PRIMITIVES = 2_000  # in one macro; EAGLE fills a few hundred
MOST_RINGS = 20  # of a moiré target
LARGEST = 1e6  # in whatever unit
SHORT = 40  # characters of an expression that is worth remembering
MOST_CHANGES = 100  # between adding and taking away in one macro: each costs a geometry operation

_TOKEN = re.compile(r"\d+\.?\d*|\.\d+|\$\d+|[-+/xX()]")
_NUMBER = re.compile(r"-?(?:\d+\.?\d*|\.\d+)")
_RANK = {"+": 1, "-": 1, "x": 2, "/": 2, "neg": 3}

Postfix = tuple[float | str, ...]
Primitive = tuple[str, tuple[float, ...]]  # its code and its modifiers


class MacroFault(ValueError):
    """A macro that cannot be drawn; the message says why."""


@dataclass(frozen=True)
class Macro:
    """Statements in order: ("$3", postfix) sets a variable, ("21", postfix, …) is a primitive with its code."""

    statements: tuple[tuple[str, tuple[Postfix, ...]], ...]

    def primitives(self, parameters: list[float]) -> tuple[Primitive, ...]:
        """What it consists of with these parameters ($1, $2, …); an unset variable is 0, as the standard says."""
        variables = {f"${number}": value for number, value in enumerate(parameters, 1)}
        known: dict[Postfix, float] = {}  # a rounded rectangle asks for its corners and its radius ten times
        found: list[Primitive] = []
        for target, expressions in self.statements:
            each: list[float] = []
            for expression in expressions:
                if (value := known.get(expression)) is None:
                    value = known[expression] = _value(expression, variables)
                each.append(value)
            values = tuple(each)
            if target[:1] == "$":
                variables[target] = values[0]
                known.clear()
            else:
                _check(target, values)
                found.append((target, values))
        if sum(map(_parts_of, found)) > MOST_PRIMITIVES or _changes(found) > MOST_CHANGES:
            raise MacroFault("it has too many parts")
        return tuple(found)

    @property
    def effort(self) -> int:
        """Roughly what drawing it costs: its numbers, and much for what has rings."""
        return sum(len(numbers) + (100 if target in "67" else 0) for target, numbers in self.statements)


def read_macro(body: str) -> Macro:
    """The text after %AMname*, statements still ending in *."""
    statements: list[tuple[str, tuple[Postfix, ...]]] = []
    for raw in re.sub(r"\s+", "", _without_comments(body)).split("*"):
        if not raw:
            continue
        if raw.startswith("$"):
            target, _equals, expression = raw.partition("=")
            statements.append((target, (_postfix(expression),)))
        else:
            code, *arguments = raw.split(",")
            if not code.isdigit():
                raise MacroFault("it has a statement that is no primitive")
            if len(arguments) > 2 * MOST_VERTICES + 10:
                raise MacroFault("its outline has too many points")
            statements.append((code.lstrip("0"), tuple(_postfix(argument) for argument in arguments)))
    if len(statements) > MOST_PRIMITIVES:
        raise MacroFault("it has too many parts")
    return Macro(tuple(statements))


def _without_comments(body: str) -> str:
    return re.sub(r"(?:^|(?<=\*))\s*0(?![.\d])[^*]*\*", "", body)


def _postfix(expression: str) -> Postfix:
    """The same few are in every macro, and in every layer."""
    return remembered(expression) if len(expression) <= SHORT else _shunted(expression)


@lru_cache(maxsize=4_096)
def remembered(expression: str) -> Postfix:
    return _shunted(expression)


def _shunted(expression: str) -> Postfix:
    """Shunting-yard: no recursion, so that no depth of brackets can exhaust the stack."""
    if _NUMBER.fullmatch(expression):
        return (float(expression),)
    tokens = _TOKEN.findall(expression)
    if len(tokens) > MOST_TOKENS or sum(map(len, tokens)) != len(expression):
        raise MacroFault("it has an expression that is no arithmetic")
    output: list[float | str] = []
    waiting: list[str] = []
    operand_expected = True
    for word in (found.lower() for found in tokens):
        if word[0] in "$.0123456789":
            output.append(word if word[0] == "$" else float(word))
        elif word == "(":
            waiting.append(word)
        elif word == ")":
            _close(waiting, output)
        elif operand_expected:
            waiting += ["neg"] if word == "-" else []
        else:
            _pop_stronger(word, waiting, output)
        operand_expected = word in "(+-x/"
    _pop_all(waiting, output)
    return tuple(output)


def _pop_stronger(word: str, waiting: list[str], output: list[float | str]) -> None:
    while waiting and waiting[-1] != "(" and _RANK[waiting[-1]] >= _RANK[word]:
        output.append(waiting.pop())
    waiting.append(word)


def _close(waiting: list[str], output: list[float | str]) -> None:
    while waiting and waiting[-1] != "(":
        output.append(waiting.pop())
    if not waiting:
        raise MacroFault("its brackets do not match")
    waiting.pop()


def _pop_all(waiting: list[str], output: list[float | str]) -> None:
    if "(" in waiting:
        raise MacroFault("its brackets do not match")
    output += reversed(waiting)


_OPERATIONS: dict[str, Callable[[float, float], float]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "x": lambda a, b: a * b,
    "/": lambda a, b: a / b,
}


def _value(expression: Postfix, variables: dict[str, float]) -> float:
    value = _worked_out(expression, variables) if len(expression) > 1 else _word(expression, variables)
    if not abs(value) < LARGEST:
        raise MacroFault("it has a size beyond any board")
    return value


def _worked_out(expression: Postfix, variables: dict[str, float]) -> float:
    stack: list[float] = []
    try:
        for word in expression:
            if isinstance(word, float):
                stack.append(word)
            elif word == "neg":
                stack.append(-stack.pop())
            elif word in _OPERATIONS:
                right = stack.pop()
                stack.append(_OPERATIONS[word](stack.pop(), right))
            else:
                stack.append(variables.get(word, 0.0))
    except (IndexError, ZeroDivisionError, OverflowError) as fault:
        raise MacroFault("it divides by zero or lacks a number") from fault
    return stack[-1]


def _word(expression: Postfix, variables: dict[str, float]) -> float:
    """Nearly every expression is one number or one variable; none at all is 0."""
    [word] = expression or (0.0,)
    if isinstance(word, float):
        return word
    if word[0] != "$":
        raise MacroFault("it lacks a number")
    return variables.get(word, 0.0)


def drawn(primitives: tuple[Primitive, ...], mm_per_unit: float) -> list[Part]:
    """The primitives as rings, in millimetres."""
    parts = [part for code, values in primitives for part in _PRIMITIVES[code].draw(values)]
    return [(dark, ring * mm_per_unit) for dark, ring in parts]


def extent(primitives: tuple[Primitive, ...], mm_per_unit: float) -> Box:
    """The box of what the primitives draw together, in millimetres; without rings where all of them only add."""
    if any(code in (_MOIRE, _THERMAL) or not values[0] > 0 for code, values in primitives):
        return box_of(composed(drawn(primitives, mm_per_unit)))
    corners = [corner for code, values in primitives for corner in _corners(code, values)]
    x, y = zip(*corners, strict=True) if corners else ((0.0,), (0.0,))
    return min(x) * mm_per_unit, min(y) * mm_per_unit, max(x) * mm_per_unit, max(y) * mm_per_unit


def _corners(code: str, v: tuple[float, ...]) -> list[list[float]]:
    """Points of one that adds, between the outermost of which it lies."""
    if code != _CIRCLE:
        return [corner for _, ring in _PRIMITIVES[code].draw(v) for corner in ring.tolist()]
    (x, y), radius = _centre(v[2], v[3], v[4:]), abs(v[1]) / 2
    return [[x - radius, y - radius], [x + radius, y + radius]] if radius else []


def reach(primitives: tuple[Primitive, ...]) -> float:
    """No part of it lies farther from the origin than this."""
    return max((sum(map(abs, _sizes(*primitive))) for primitive in primitives), default=0.0)


def _sizes(code: str, values: tuple[float, ...]) -> tuple[float, ...]:
    return values[2 : 4 + 2 * int(values[1])] if code == _OUTLINE else values[: _PRIMITIVES[code].least]


def _check(code: str, values: tuple[float, ...]) -> None:
    if code not in _PRIMITIVES:
        raise MacroFault(f"it has a primitive {code[:8]!r} that is not in the standard")
    if len(values) < _PRIMITIVES[code].least:
        raise MacroFault(f"primitive {code} lacks a number")
    if code == _OUTLINE and not (2 <= values[1] < MOST_VERTICES and len(values) >= 4 + 2 * int(values[1])):
        raise MacroFault("its outline has a wrong number of points")
    if code == _POLYGON and not 3 <= values[1] <= 12:
        raise MacroFault("its polygon has not 3 to 12 corners")


def _parts_of(primitive: Primitive) -> int:
    """How many rings it draws, at most."""
    code, values = primitive
    if code == _MOIRE:
        return 2 * _rings(values[5]) + 2
    return 4 if code == _THERMAL else 1


def _changes(primitives: list[Primitive]) -> int:
    """How often adding and taking away follow each other, at most."""
    mixed = [primitive for primitive in primitives if primitive[0] in (_MOIRE, _THERMAL)]
    plain = [values[0] > 0 for code, values in primitives if code not in (_MOIRE, _THERMAL)]
    return sum(one != other for one, other in pairwise(plain)) + sum(map(_parts_of, mixed))


def _rings(said: float) -> int:
    return int(min(max(said, 0), MOST_RINGS))


def _rotated(ring: Ring, values: tuple[float, ...], index: int) -> Ring:
    """About the macro's origin, by the last modifier, which may be left out."""
    if len(values) <= index or not values[index]:
        return ring
    angle = np.radians(values[index])
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    return np.asarray(ring @ turn.T)


def _circle(v: tuple[float, ...]) -> list[Part]:
    return [(v[0] > 0, disc(abs(v[1]), *_centre(v[2], v[3], v[4:])))] if v[1] else []


def _centre(x: float, y: float, rotation: tuple[float, ...]) -> tuple[float, float]:
    """Of a circle, which itself looks the same however it is rotated."""
    if not any(rotation):
        return x, y
    [(x, y)] = _rotated(np.array([(x, y)]), rotation, 0).tolist()
    return x, y


def _vector_line(v: tuple[float, ...]) -> list[Part]:
    x0, y0, x1, y1 = v[2:6]
    length = math.hypot(x1 - x0, y1 - y0)
    if not length or not v[1]:
        return []
    dx, dy = (y0 - y1) / length * v[1] / 2, (x1 - x0) / length * v[1] / 2
    ring = np.array([(x0 - dx, y0 - dy), (x1 - dx, y1 - dy), (x1 + dx, y1 + dy), (x0 + dx, y0 + dy)])
    return [(v[0] > 0, _rotated(ring, v, 6))]


def _centre_line(v: tuple[float, ...]) -> list[Part]:
    return [(v[0] > 0, _rotated(rectangle(v[1], v[2], (v[3], v[4])), v, 5))] if v[1] and v[2] else []


def _corner_line(v: tuple[float, ...]) -> list[Part]:
    centred = rectangle(v[1], v[2], (v[3] + v[1] / 2, v[4] + v[2] / 2))
    return [(v[0] > 0, _rotated(centred, v, 5))] if v[1] and v[2] else []


def _outline(v: tuple[float, ...]) -> list[Part]:
    count = int(v[1]) + 1
    ring = np.array(v[2 : 2 + 2 * count]).reshape(count, 2)
    return [(v[0] > 0, _rotated(ring[:-1] if (ring[0] == ring[-1]).all() else ring, v, 2 + 2 * count))]


def _polygon(v: tuple[float, ...]) -> list[Part]:
    ring = regular_polygon(int(v[1]), v[4]) + np.array(v[2:4])
    return [(v[0] > 0, _rotated(ring, v, 5))] if v[4] else []


def _moire(v: tuple[float, ...]) -> list[Part]:
    """Rings from the outside in, then the cross hair."""
    parts: list[Part] = []
    outer, thickness, gap = v[2:5]
    for _ in range(_rings(v[5])):
        if outer <= 0:
            break
        centre = _centre(v[0], v[1], v[8:9])
        parts.append((True, disc(outer, *centre)))
        if outer - 2 * thickness > 0:
            parts.append((False, disc(outer - 2 * thickness, *centre)))
        outer -= 2 * (thickness + gap)
    cross = [(v[7], v[6]), (v[6], v[7])] if v[6] and v[7] else []
    return parts + [(True, _rotated(rectangle(w, h, (v[0], v[1])), v, 8)) for w, h in cross]


def _thermal(v: tuple[float, ...]) -> list[Part]:
    centre = _centre(v[0], v[1], v[5:6])
    parts: list[Part] = [(True, disc(v[2], *centre))]
    parts += [(False, disc(v[3], *centre))] if v[3] else []
    bars = [(v[2] * 1.01, v[4]), (v[4], v[2] * 1.01)] if v[4] else []  # longer, so that they cut right through
    return parts + [(False, _rotated(rectangle(w, h, (v[0], v[1])), v, 5)) for w, h in bars]


class _Kind(NamedTuple):
    draw: Callable[[tuple[float, ...]], list[Part]]
    least: int  # modifiers that it must have; the rotation comes after them


_CIRCLE, _OUTLINE, _POLYGON, _MOIRE, _THERMAL = "1", "4", "5", "6", "7"
_PRIMITIVES = {
    _CIRCLE: _Kind(_circle, 4),
    "2": _Kind(_vector_line, 6),
    "20": _Kind(_vector_line, 6),
    "21": _Kind(_centre_line, 5),
    "22": _Kind(_corner_line, 5),
    _OUTLINE: _Kind(_outline, 4),
    _POLYGON: _Kind(_polygon, 5),
    _MOIRE: _Kind(_moire, 8),
    _THERMAL: _Kind(_thermal, 5),
}
