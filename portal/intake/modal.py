"""Modal state: plotters and drills remember the last coordinate, code and tool until told otherwise."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from portal.intake.words import Words

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Events:
    """Changes of one modal value: from `statement` on it is `value`."""

    statement: Ints
    value: Floats

    def at(self, statements: Ints, default: float) -> Floats:
        """The value in force at each of these statements."""
        index = np.searchsorted(self.statement, statements, side="right") - 1
        return np.append(self.value, default)[index]  # -1, before any event, finds the default


def events(words: Words, letter: str, values: tuple[int, ...]) -> Events:
    """The statements in which a code of this letter takes one of these values."""
    index = words.where(letter)
    index = index[np.isin(words.value[index], values)]
    return Events(words.statement[index], words.value[index])


def pairs(changes: list[tuple[int, float]]) -> Events:
    """Events from a list of (statement, value)."""
    statements, values = zip(*changes, strict=True) if changes else ((), ())
    return Events(np.array(statements, dtype=np.int64), np.array(values, dtype=np.float64))


def standing(written: Floats, incremental: NDArray[np.bool_]) -> Floats:
    """Where one axis stands after each statement. `written` is NaN where the statement does not name the axis.

    Incremental notation adds up from the last absolute position.
    """
    missing = np.isnan(written)
    if not incremental.any():
        known = np.maximum.accumulate(np.where(missing, -1, np.arange(len(written))))
        return np.append(written, 0.0)[known]  # -1, before any coordinate, finds the origin
    steps = np.cumsum(np.where(incremental & ~missing, written, 0.0))
    known = np.maximum.accumulate(np.where(~incremental & ~missing, np.arange(len(written)), -1))
    return np.asarray(steps + np.append(written - steps, 0.0)[known])
