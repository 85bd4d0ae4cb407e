"""Which pads belong to which placement, and what that says about the part: pads, pitch, extents, kind.

The copper knows what the BOM leaves out. What is not sure is left unknown: a pad without an owner, a kind "".
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from portal.board.artwork import Ints
from portal.board.design import Footprint, Placement, Side
from portal.board.pads import BoardPads


@dataclass(frozen=True, eq=False)
class Landing:
    """`owner[side][i]` is the index of the placement that pad i of that side belongs to, -1 for none."""

    pads: BoardPads
    placements: tuple[Placement, ...] = ()
    owner: Mapping[Side, Ints] = field(default_factory=dict)


def landed(pads: BoardPads, placements: tuple[Placement, ...]) -> Landing:
    """Every pad to the placement that it belongs to. The placements must be in the frame of the artwork."""
    return Landing(pads, placements)


def footprints(landing: Landing) -> tuple[Footprint, ...]:
    """Of the placements whose pads were found, in the order of the placements."""
    return ()
