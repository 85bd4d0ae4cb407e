"""Parts whose place is beyond the board: a slip of the hand in one line, where the file as a whole lies right."""

from collections.abc import Iterator, Sequence

from portal.board.artwork import Box
from portal.board.design import Finding, Place, Placement, Severity
from portal.intake.grouping import grouped
from portal.intake.marks import is_mark

BEYOND_MM = 10.0  # connectors and antennas reach over the edge, their middles hardly so far
FEW = 0.2  # where more lie outside, the file has another origin or is of a panel: that is said elsewhere


def outside_board(placements: Sequence[Placement], box: Box | None) -> tuple[Finding, ...]:
    """`box` is the board's in the frame of the placements; None where it is not known."""
    if box is None:
        return ()
    parts = [part for part in placements if not is_mark(part)]
    far = {part.designator: away for part in parts if (away := _away_mm(part, box)) > BEYOND_MM}
    return grouped(_said(far)) if len(far) <= FEW * len(parts) else ()


def _away_mm(part: Placement, box: Box) -> float:
    left, low, right, high = box
    return max(left - part.x_mm, part.x_mm - right, low - part.y_mm, part.y_mm - high)


def _said(far: dict[str, float]) -> Iterator[Finding]:
    for name, away in far.items():
        yield Finding(
            Severity.ASK,
            "placed-outside-board",
            name,
            f"is placed {away:,.0f} mm beyond the edge of the board",
            "Correct its line in the centroid file, or leave it out if it is not to be placed.",
            Place(designators=(name,)),
        )
