"""Several readings of places: top beside bottom is one board, the same parts again are a copy."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from portal.board.design import Finding, Placement, Severity

MOST_SHARED = 0.1  # fiducials and holes stand in the files of both sides
A_COPY = 0.8
SAME_PLACE_MM = 0.1
SAME_ANGLE_DEG = 0.5


@dataclass(frozen=True, slots=True)
class CentroidReading:
    """`units` as found in the file ("mm", "inch", "mil"); None when it says nothing."""

    placements: tuple[Placement, ...]
    units: str | None
    findings: tuple[Finding, ...]

    @property
    def is_unsure(self) -> bool:
        """Whether the customer should name the columns himself."""
        return any(finding.code == "columns-unsure" for finding in self.findings)


NOTHING = CentroidReading((), None, ())


def joined(best: CentroidReading, others: Iterable[CentroidReading]) -> CentroidReading:
    """The best one, and of the others each that adds parts or the other side of some."""
    placements, findings = list(best.placements), list(best.findings)
    seen = {(part.designator, part.side) for part in placements}
    for other in others:
        new = [part for part in other.placements if (part.designator, part.side) not in seen]
        if new and len(other.placements) - len(new) <= _may_share(len(other.placements)):
            placements += new
            findings += other.findings
            seen |= {(part.designator, part.side) for part in new}
    return CentroidReading(tuple(placements), best.units, tuple(findings))


def _may_share(parts: int) -> float:
    """A tenth, or the few marks of a side on which little else stands."""
    return max(MOST_SHARED * parts, min(3, 0.4 * parts))


def difference(taken: str, best: CentroidReading, other: CentroidReading) -> Finding | None:
    """A copy that places or turns some of the parts otherwise: one of the two was made for another machine."""
    mine = {part.designator: part for part in best.placements}
    pairs = [(mine[part.designator], part) for part in other.placements if part.designator in mine]
    if not pairs or len(pairs) < A_COPY * len(other.placements):
        return None
    named = [one.designator for one, two in pairs if _is_turned(one, two)]
    named += [one.designator for one, _ in _moved(pairs) if one.designator not in named]
    if not named:
        return None
    return Finding(
        Severity.NOTE,
        "placements-differ",
        taken,
        f"was taken; another file places or turns {len(named)} of the same parts otherwise, {named[0]} for one",
        "Send only the file that is to be used.",
    )


def _is_turned(one: Placement, two: Placement) -> bool:
    apart = abs(one.rotation_deg - two.rotation_deg) % 360
    return min(apart, 360 - apart) > SAME_ANGLE_DEG


def _moved(pairs: Sequence[tuple[Placement, Placement]]) -> list[tuple[Placement, Placement]]:
    """Beyond the one offset between two origins."""
    dx = median(two.x_mm - one.x_mm for one, two in pairs)
    dy = median(two.y_mm - one.y_mm for one, two in pairs)
    return [
        (one, two)
        for one, two in pairs
        if abs(two.x_mm - one.x_mm - dx) > SAME_PLACE_MM or abs(two.y_mm - one.y_mm - dy) > SAME_PLACE_MM
    ]
