"""Modal state: plotters and drills remember the last coordinate, code and tool until told otherwise."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from portal.intake.words import Words

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Events:
    """Changes of one modal value: from `statement` on it is `value`."""

    statement: Ints
    value: NDArray[Any]

    def everywhere(self, statements: int, default: float) -> NDArray[Any]:
        """The value in force at every statement. Of two in one statement the later wins."""
        if not len(self.value):
            return np.full(statements, default)
        bounds = np.minimum(np.concatenate(([0], self.statement, [statements])), statements)
        return np.repeat(np.concatenate(([default], self.value)), bounds[1:] - bounds[:-1])

    def at(self, statements: Ints, default: float) -> NDArray[Any]:
        """The value in force at each of these statements."""
        if not len(self.value):
            return np.full(len(statements), default)
        index = np.searchsorted(self.statement, statements, side="right") - 1
        return np.append(self.value, default)[index]  # -1, before any event, finds the default


def events(words: Words, letter: str, values: tuple[int, ...]) -> Events:
    """The statements in which a code of this letter takes one of these values."""
    index = words.where(letter)
    value = words.value[index]
    chosen = np.flatnonzero(np.logical_or.reduce([value == wanted for wanted in values]))
    return Events(words.statement[index[chosen]], value[chosen])


def pairs(changes: list[tuple[int, float]]) -> Events:
    """Events from a list of (statement, value)."""
    statements, values = zip(*changes, strict=True) if changes else ((), ())
    return Events(np.array(statements, dtype=np.int64), np.array(values, dtype=np.float64))


def standing(written: Floats, incremental: NDArray[np.bool_] | None) -> Floats:
    """Where one axis stands after each statement. `written` is NaN where the statement does not name the axis.

    Incremental notation adds up from the last absolute position.
    """
    known = ~np.isnan(written)
    every = np.arange(len(written))
    if incremental is None or not incremental.any():
        last = np.maximum.accumulate(np.where(known, every, -1))
        return np.append(written, 0.0)[last]  # -1, before any coordinate, finds the origin
    steps = np.cumsum(np.where(incremental & known, written, 0.0))
    last = np.maximum.accumulate(np.where(~incremental & known, every, -1))
    return np.asarray(steps + np.append(written - steps, 0.0)[last])
