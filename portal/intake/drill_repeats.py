"""Holes that a drill file does not list but counts: `R5X0.1` goes on from the last hole, M02X#Y# copies a pattern.

From the machine's own manual (Excellon CNC-7, part programming): a repeat ends where its last hole is, and the next
coordinate or repeat goes on from there; M01 ends a pattern of all holes since M25, copies included; each M02 moves the
next copy on from the last; M02 alone begins to count anew.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from portal.intake.modal import events
from portal.intake.words import Words

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Millimetres = Callable[[Words, Ints], Floats]

BEGIN, END, COPY, OVER = (25, 31), 1, 2, 8
_MIRRORS = (70, 80, 90)  # axes swapped, x mirrored, y mirrored
_CANNED_G, _CANNED_M = (83, 84, 87), (97, 98, 99)  # eight pins, circle, routed slot; letters and stored programs


@dataclass(frozen=True, eq=False)
class Holes:
    """Where they are, and the statement that says so: it knows their tool."""

    x: Floats
    y: Floats
    where: Ints


NO_HOLES = Holes(np.empty(0), np.empty(0), np.empty(0, dtype=np.int64))


class TooManyHoles(ValueError):
    """More copies than any board has holes."""


@dataclass(frozen=True)
class Repeat:
    """`count` more holes, of which the last lies at the place where the statement ends."""

    statement: int
    count: int
    dx: float
    dy: float


def joined(parts: list[Holes]) -> Holes:
    return Holes(*(np.concatenate([getattr(part, name) for part in parts]) for name in ("x", "y", "where")))


def repeats(words: Words, millimetres: Millimetres) -> tuple[Repeat, ...]:
    """Of single holes, not of patterns; one of a count below 1 is none."""
    patterns = set(copying(words).tolist())
    steps = _steps(words, millimetres, "R")
    return tuple(
        Repeat(at, int(count), steps["X"].get(at, 0.0), steps["Y"].get(at, 0.0))
        for at, count in _times(words).items()
        if count >= 1 and at not in patterns
    )


def _times(words: Words) -> dict[int, float]:
    """Statement -> how often."""
    return dict(zip(words.statements_with("R").tolist(), words.value[words.where("R")].tolist(), strict=True))


def _steps(words: Words, millimetres: Millimetres, beside: str) -> dict[str, dict[int, float]]:
    """Axis -> statement -> how far, in statements with a word of the letter `beside`."""
    found = {}
    for axis in "XY":
        index = words.where(axis)
        index = index[np.isin(words.statement[index], words.statements_with(beside))]
        found[axis] = dict(zip(words.statement[index].tolist(), millimetres(words, index).tolist(), strict=True))
    return found


def copying(words: Words) -> Ints:
    """The statements of M02: what they name is a distance and no place."""
    return events(words, "M", (COPY,)).statement if len(events(words, "M", BEGIN).statement) else NO_HOLES.where


def is_more_than_counted(words: Words) -> bool:
    """Patterns that the machine has ready, mirrored copies, and copies of what nobody stored (P)."""
    return bool(
        len(events(words, "G", _CANNED_G).statement)
        or len(events(words, "M", _CANNED_M).statement)
        or len(words.where("P"))
        or np.isin(events(words, "M", _MIRRORS).statement, copying(words)).any()
    )


@dataclass
class _Lot:
    """What was drilled since M25, and where its next copy comes to lie."""

    start: int
    copies: list[Holes] = field(default_factory=list)
    block: Holes | None = None
    dx: float = 0.0
    dy: float = 0.0


def copies(words: Words, millimetres: Millimetres, listed: Holes, *, most: int) -> Iterator[Holes]:
    """The copies of patterns; at most so many holes, else TooManyHoles."""
    steps, times = _steps(words, millimetres, "M"), _times(words)
    mirrored = set(events(words, "M", _MIRRORS).statement.tolist())
    codes = events(words, "M", (*BEGIN, END, COPY, OVER))
    lot = None
    for at, code in zip(codes.statement.tolist(), codes.value.astype(int).tolist(), strict=True):
        if code in BEGIN:
            lot = _Lot(at)
        elif code == OVER:
            lot = None
        elif lot and code == END:
            _close(lot, listed, at)
        elif lot and lot.block is not None and at not in mirrored:
            step = steps["X"].get(at, 0.0), steps["Y"].get(at, 0.0)
            copied = _copied(lot, int(times.get(at, 1)), step=step, most=most)
            most -= len(copied.x)
            yield copied


def _close(lot: _Lot, listed: Holes, at: int) -> None:
    inside = (listed.where > lot.start) & (listed.where < at)
    lot.block = joined([Holes(listed.x[inside], listed.y[inside], listed.where[inside]), *lot.copies])
    lot.dx = lot.dy = 0.0


def _copied(lot: _Lot, count: int, *, step: tuple[float, float], most: int) -> Holes:
    block = lot.block or NO_HOLES
    if not any(step):
        lot.dx = lot.dy = 0.0
        return NO_HOLES
    if count * len(block.x) > most:
        raise TooManyHoles(count * len(block.x))
    nth = np.arange(1, count + 1 if len(block.x) else 1)[:, None]
    x, y = (at + far + nth * by for at, far, by in zip((block.x, block.y), (lot.dx, lot.dy), step, strict=True))
    lot.dx, lot.dy = lot.dx + count * step[0], lot.dy + count * step[1]
    lot.copies.append(Holes(x.ravel(), y.ravel(), np.tile(block.where, len(nth))))
    return lot.copies[-1]
