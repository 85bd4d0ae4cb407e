"""Part list against centroid file: what would be placed and not bought, bought and not placed, or counted twice.

Differences are the normal case (through-hole parts, fiducials, variants): they are reported, nothing is refused.
Works on a part list alone, too: call it with no placements.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from portal.board.design import BomLine, Finding, Place, Placement, Severity
from portal.board.footprints import Landing
from portal.intake.checks_copper import copper_check
from portal.intake.grouping import grouped, some
from portal.intake.marks import is_mark
from portal.intake.panels import panel_of

MOST_BY_HAND = 0.5  # of the parts; where more have no place the centroid file is not of this whole board
MANY = 10


def cross_check(
    lines: tuple[BomLine, ...], placements: tuple[Placement, ...], landing: Landing | None = None
) -> tuple[Finding, ...]:
    """Every contradiction, one finding a designator; more than ten of a kind become one.

    With a landing (which pads each placement stands on) the copper is asked, too.
    """
    findings = [*_quantity_mismatch(lines), *_listed_twice(lines)]
    if placements:
        findings += [
            *_placed_twice(placements),
            *_placed_not_listed(lines, placements),
            *_placed_not_fitted(lines, placements),
            *_listed_not_placed(lines, placements),
        ]
    marks = frozenset(placement.designator for placement in placements if is_mark(placement))
    on_copper = tuple(copper_check(lines, landing, marks)) if landing else ()
    return (*grouped(map(_placed_on_picture, findings)), *on_copper)


def _placed_on_picture(finding: Finding) -> Finding:
    return finding if finding.place else replace(finding, place=Place(designators=(finding.where,)))


def _quantity_mismatch(lines: Sequence[BomLine]) -> Iterator[Finding]:
    counted = [line for line in lines if line.designators and line.quantity and not line.not_fitted]
    wrong = [line for line in counted if line.quantity != len(line.designators)]
    boards = _boards_in_quantities(counted)
    if boards:
        yield Finding(
            Severity.ASK,
            "quantity-for-many-boards",
            some(tuple(line.designators[0] for line in wrong)),
            f"Every quantity is {boards} times its designators; the designators were counted",
            "Give the quantities for one board.",
            Place(designators=tuple(name for line in wrong for name in line.designators)),
        )
        return
    for line in wrong:
        yield Finding(
            Severity.ASK,
            "quantity-mismatch",
            some(line.designators),
            f"has quantity {line.quantity} but {len(line.designators)} designators (row {line.row});"
            " the designators were counted",
            "Correct the quantity or the designators.",
            Place(designators=line.designators),
        )


def _boards_in_quantities(counted: Sequence[BomLine]) -> int | None:
    """The number of boards that all quantities are meant for, when that is one number and not 1."""
    factors = {(line.quantity or 0) / len(line.designators) for line in counted}
    factor = factors.pop() if len(factors) == 1 and len(counted) > 1 else 1
    return int(factor) if factor > 1 and factor == int(factor) else None


def _listed_twice(lines: Sequence[BomLine]) -> Iterator[Finding]:
    by_name: dict[str, list[BomLine]] = {}
    for line in lines:
        for name in line.designators:
            by_name.setdefault(name, []).append(line)
    for name, several in by_name.items():
        if len(several) > 1:
            yield _twice(name, several)


def _twice(name: str, lines: Sequence[BomLine]) -> Finding:
    rows = ", ".join(str(line.row) for line in lines)
    if len({line.not_fitted for line in lines}) > 1:
        return Finding(
            Severity.ASK,
            "fitted-and-not-fitted",
            name,
            f"is fitted in one row and not fitted in another (rows {rows})",
            "Keep the row that holds for this build.",
        )
    parts = {(line.mpn or line.value, line.package) for line in lines}
    what = "with different parts" if len(parts) > 1 else "with the same part"
    return Finding(
        Severity.ASK,
        "designator-listed-twice",
        name,
        f"is listed {len(lines)} times {what} (rows {rows})",
        "Keep one row for each designator.",
    )


def _placed_twice(placements: Sequence[Placement]) -> Iterator[Finding]:
    """A panel repeats its designators on purpose; one part on both sides is a fault."""
    if panel_of(placements):
        return
    times = Counter(placement.designator for placement in placements)
    places = Counter((placement.designator, placement.side) for placement in placements)
    sides = Counter(name for name, _ in places)
    for name in (name for name, count in times.items() if count > 1):
        yield _on_both_sides(name) if sides[name] > 1 else _repeated(name, times[name])


def _repeated(name: str, times: int) -> Finding:
    return Finding(
        Severity.ASK,
        "placed-twice",
        name,
        f"is placed {times} times",
        "Send the positions of one board, or say that the file is for a panel.",
    )


def _on_both_sides(name: str) -> Finding:
    return Finding(
        Severity.ASK,
        "placed-on-both-sides",
        name,
        "is placed on the top and on the bottom side",
        "Keep the side on which the part really sits.",
    )


def _placed_not_listed(lines: Sequence[BomLine], placements: Sequence[Placement]) -> Iterator[Finding]:
    """The machine would place a part that nobody is going to buy."""
    listed = {name for line in lines for name in line.designators}
    if not listed:
        return
    for placement in _once(placement for placement in placements if placement.designator not in listed):
        yield _mark(placement.designator) if is_mark(placement) else _unlisted(placement.designator)


def _mark(name: str) -> Finding:
    return Finding(
        Severity.NOTE,
        "mark-not-listed",
        name,
        "is in the centroid file but not in the part list; it is taken for a fiducial, test point or hole",
        "Nothing to do, if nothing is fitted there.",
    )


def _unlisted(name: str) -> Finding:
    return Finding(
        Severity.ASK,
        "placed-not-listed",
        name,
        "is in the centroid file but not in the part list",
        "Add it to the part list or mark it as not fitted.",
    )


def _once(placements: Iterable[Placement]) -> Iterable[Placement]:
    return {placement.designator: placement for placement in placements}.values()


def _placed_not_fitted(lines: Sequence[BomLine], placements: Sequence[Placement]) -> Iterator[Finding]:
    left_off = {name for line in lines if line.not_fitted for name in line.designators}
    fitted = {name for line in lines if not line.not_fitted for name in line.designators}
    for placement in _once(placement for placement in placements if placement.designator in left_off - fitted):
        yield Finding(
            Severity.NOTE,
            "placed-not-fitted",
            placement.designator,
            "has a place but is marked as not fitted; it will be left off",
            "Nothing to do, if it is to be left off.",
        )


def _listed_not_placed(lines: Sequence[BomLine], placements: Sequence[Placement]) -> Iterator[Finding]:
    """Usual for through-hole parts and mechanics: they are fitted by hand. Not for most of a board."""
    placed = {placement.designator for placement in placements}
    listed = {name: line for line in lines if not line.not_fitted for name in line.designators}
    missing = tuple(name for name in listed if name not in placed)
    if len(missing) > max(MANY, MOST_BY_HAND * len(listed)):
        yield _mostly_unplaced(missing, len(listed))
        return
    for name in missing:
        yield Finding(
            Severity.NOTE,
            "listed-not-placed",
            name,
            f"({listed[name].name}) is in the part list but has no place; it is taken as fitted by hand",
            "Add it to the centroid file if the machine is to place it.",
        )


def _mostly_unplaced(missing: tuple[str, ...], listed: int) -> Finding:
    return Finding(
        Severity.ASK,
        "centroid-incomplete",
        some(missing),
        f"have no place: {len(missing)} of the {listed} parts of the part list are not in the centroid file",
        "Send the centroid file of the whole board, or say that these parts are fitted by hand.",
        Place(designators=missing),
    )
