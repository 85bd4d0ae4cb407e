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
        times = np.empty(len(self.value) + 1, dtype=np.int64)
        times[0], times[-1] = self.statement[0], statements - self.statement[-1]
        np.subtract(self.statement[1:], self.statement[:-1], out=times[1:-1])
        values = np.empty(len(times), dtype=self.value.dtype)
        values[0], values[1:] = default, self.value
        return values.repeat(times)

    def at(self, statements: Ints, default: float) -> NDArray[Any]:
        """The value in force at each of these statements."""
        if not len(self.value):
            return np.full(len(statements), default)
        index = np.searchsorted(self.statement, statements, side="right") - 1
        return np.append(self.value, default)[index]  # -1, before any event, finds the default


def events(words: Words, letter: str, values: tuple[int, ...]) -> Events:
    """The statements in which a code of this letter takes one of these values."""
    value, statement = words.value[words.where(letter)], words.statements_with(letter)
    wanted = value == values[0]
    for other in values[1:]:
        wanted |= value == other
    if wanted.all():
        return Events(statement, value)
    chosen = np.flatnonzero(wanted)  # taking by place is four times as fast as by flag
    return Events(statement[chosen], value[chosen])


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
