"""What a layer draws, one row for each flash and each drawn segment, as columns.

x0, y0, x1, y1, cx, cy, sweep: millimetres and radians. `flash`, `clear`: booleans. `contour` is -1 outside of
regions; `turn` is the index in Plot.turns, -1 before any; `aperture` is the index in Plot.apertures, 0 where the
file never defined it; `statement` is where in the file it stands.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Column = NDArray[Any]


class Rows:
    """Columns of one length by name: reading one does not touch the others, as it would in an array of records."""

    def __init__(self, columns: dict[str, Column]) -> None:
        self._columns = columns

    def __len__(self) -> int:
        return len(self._columns["x1"])

    def __getitem__(self, name: str) -> Column:
        return self._columns[name]

    def __setitem__(self, name: str, column: Column) -> None:
        self._columns[name] = column

    @property
    def names(self) -> list[str]:
        return list(self._columns)

    def taken(self, which: Any) -> "Rows":
        """Only these rows: indices, booleans, or a slice. A slice shares its memory."""
        return Rows({name: column[which] for name, column in self._columns.items()})

    def changed(self, **columns: Column) -> "Rows":
        return Rows({**self._columns, **columns})


def joined(pieces: Sequence[Rows]) -> Rows:
    """One after the other; contour numbers are given anew, or two copies would be one contour."""
    next_contour = 0
    renumbered = []
    for piece in pieces:
        contour = piece["contour"]
        inside = contour >= 0
        if inside.any():
            first = contour[inside].min()
            contour = np.where(inside, contour - first + next_contour, -1)
            next_contour = int(contour.max()) + 1
        renumbered.append(piece.changed(contour=contour))
    return Rows({name: np.concatenate([piece[name] for piece in renumbered]) for name in renumbered[0].names})
