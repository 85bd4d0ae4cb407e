"""What the assembly line meets on this board: parts at the edge, at each other, fiducials, holes in pads, sizes."""

from dataclasses import dataclass

from portal.board.design import Finding
from portal.board.footprints import Landing
from portal.board.stack import Stack


@dataclass(frozen=True, slots=True)
class Limits:
    """What the machines of the shop take, in millimetres. None: that limit is not checked."""

    part_to_edge_mm: float | None = None
    part_to_part_mm: float | None = None
    smallest_board_mm: tuple[float, float] | None = None
    largest_board_mm: tuple[float, float] | None = None


def assembly(stack: Stack, landing: Landing, limits: Limits) -> tuple[Finding, ...]:
    """Each kind of trouble once, with the designators and the places that it concerns."""
    return ()
