"""Attributes of single objects (X2 %TO): which net each pad, stroke and area belongs to, and which pin it is."""

import re

import numpy as np
from numpy.typing import NDArray

from portal.board.artwork import Marks
from portal.intake.gerber_rows import Rows

Ints = NDArray[np.int64]

_ESCAPED = re.compile(r"\\u([0-9A-Fa-f]{4})")


def marks(changes: list[tuple[int, str]], rows: Rows) -> Marks | None:
    """The value in force at each object; None where the file never sets one. An empty value ends the last one."""
    values: dict[str, int] = {}
    for _, value in changes:
        if value:
            values.setdefault(value, len(values))
    if not values:
        return None
    since = np.array([statement for statement, _ in changes])
    index = np.array([-1, *(values.get(value, -1) for _, value in changes)])
    each = index[np.searchsorted(since, rows["statement"], side="right")]
    flash, contour = rows["flash"], rows["contour"]
    first = (contour >= 0) & np.concatenate(([True], contour[1:] != contour[:-1]))[: len(rows)]
    return Marks(
        values=tuple(map(unescaped, values)),
        flashes=each[flash],
        draws=each[~flash & (contour < 0)],
        regions=each[first],
    )


def unescaped(value: str) -> str:
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), value)
