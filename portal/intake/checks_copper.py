"""Placements and part list against the copper: parts without pads, pads without parts, sides and sizes that disagree.

Nothing is claimed unless most of the placements stand on their pads: else the frames differ, which is said elsewhere.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import shapely

from portal.board.artwork import Floats, Ints
from portal.board.design import BomLine, Finding, Footprint, Place, Placement, Severity, Side
from portal.board.footprints import Landing, footprints, landed, unowned
from portal.board.pads_shapes import heaps
from portal.intake.grouping import some
from portal.parts.packages import PackageClass, package_class

MOST = 0.7  # of the placements must have pads before the others are asked about
UNDER_MM = 2.5  # a placement without any pad so near has none
RIGHT_UNDER_MM = 1.2
TOGETHER_MM = 0.5  # pads nearer than this are those of one part
ALIKE = 0.12
NAMED = 5
OTHER = {Side.TOP: Side.BOTTOM, Side.BOTTOM: Side.TOP}
# Between the middles of the two pads of a chip, from the densest to the most generous land patterns (IPC-7351, KiCad).
CHIP_PITCH_MM = {
    PackageClass.CHIP_01005: (0.2, 0.6),
    PackageClass.CHIP_0201: (0.4, 0.85),
    PackageClass.CHIP_0402: (0.7, 1.35),
    PackageClass.CHIP_0603: (1.2, 2.1),
    PackageClass.CHIP_0805: (1.5, 2.8),
}


@dataclass(frozen=True, eq=False)
class Ask:
    """What is asked of the copper, made ready once."""

    lines: tuple[BomLine, ...]
    landing: Landing
    is_mark: frozenset[str] = frozenset()  # designators of fiducials, test points and holes

    @cached_property
    def footprints(self) -> dict[tuple[str, Side], Footprint]:
        return {(footprint.designator, footprint.side): footprint for footprint in footprints(self.landing)}

    @cached_property
    def placements(self) -> tuple[Placement, ...]:
        return tuple(part for part in self.landing.placements if part.designator not in self.is_mark)

    def nearest_pad_mm(self, side: Side, parts: Sequence[Placement]) -> Floats:
        """How far the nearest pad of that side is from each placement."""
        pads = self.landing.pads[side]
        if not len(pads):
            return np.full(len(parts), np.inf)
        points = shapely.points([(part.x_mm, part.y_mm) for part in parts])
        boxes = shapely.box(*pads.boxes.T)
        return np.asarray(shapely.distance(points, boxes[shapely.STRtree(boxes).nearest(points)]))


def copper_check(lines: tuple[BomLine, ...], landing: Landing, is_mark: frozenset[str]) -> Iterator[Finding]:
    """One finding of each kind, with the designators that it concerns."""
    ask = Ask(lines, landing, is_mark)
    if not ask.placements or len(ask.footprints) < MOST * len(ask.placements):
        return
    yield from _without_pads(ask)
    yield from _pads_without_parts(ask)
    yield from _two_footprints_of_a_part(ask)
    yield from _two_patterns_of_a_name(ask)
    yield from _wrong_size(ask)


def _without_pads(ask: Ask) -> Iterator[Finding]:
    away = [part for side in Side for part in _away_from_pads(ask, side)]
    turned = _right_on_other_side(ask, away)
    found = set(turned)
    lost = [part for part in dict.fromkeys(away) if part not in found]
    if lost:
        text = "placed where the copper has no pads"
        yield _about(lost, "placed-without-pads", text, remedy="Check their places, or leave them out of the file.")
    if turned:
        text = "placed on a side that has no pads there, while the other side has"
        yield _about(turned, "placed-on-other-side", text, remedy="Say which side these parts sit on.")


def _away_from_pads(ask: Ask, side: Side) -> list[Placement]:
    parts = [part for part in ask.placements if part.side is side and (part.designator, side) not in ask.footprints]
    if not parts:
        return []
    apart = ask.nearest_pad_mm(side, parts).tolist()
    return [part for part, away_mm in zip(parts, apart, strict=True) if away_mm > UNDER_MM]


def _right_on_other_side(ask: Ask, away: Sequence[Placement]) -> list[Placement]:
    """Those that would have their pads there, or lie right above some: the pads of an IC begin far from its middle."""
    if not away:
        return []
    below = {part: replace(part, side=OTHER[part.side]) for part in away}
    others = [part for part in ask.landing.placements if part not in below]
    there = landed(ask.landing.pads, (*others, *below.values()))
    asked = {part.designator for part in below}
    named = (index for index, part in enumerate(there.placements) if part.designator in asked)
    known = {(footprint.designator, footprint.side) for footprint in there.footprints_of(named)}
    for side in Side:
        parts = [turned for turned in below.values() if turned.side is side]
        near = ask.nearest_pad_mm(side, parts) <= RIGHT_UNDER_MM if parts else np.empty(0)
        known |= {(part.designator, side) for part, is_near in zip(parts, near.tolist(), strict=True) if is_near}
    return [part for part, turned in below.items() if (turned.designator, turned.side) in known]


def _about(parts: Sequence[Placement], code: str, text: str, *, remedy: str) -> Finding:
    names = tuple(dict.fromkeys(part.designator for part in parts))
    is_or_are = "is" if len(names) == 1 else "are"
    return Finding(Severity.ASK, code, some(names, NAMED), f"{is_or_are} {text}", remedy, _place(parts))


def _place(parts: Sequence[Placement]) -> Place:
    points = np.array([(part.x_mm, part.y_mm) for part in parts])
    x0, y0, x1, y1 = np.concatenate((points.min(axis=0), points.max(axis=0))).tolist()
    return Place((x0, y0, x1, y1), designators=tuple(dict.fromkeys(part.designator for part in parts)))


def _pads_without_parts(ask: Ask) -> Iterator[Finding]:
    """Pads that take paste: test points and fiducials take none, and leads are fitted by hand."""
    for side in Side:
        pads = ask.landing.pads[side]
        free = unowned(ask.landing, side)
        free = free[pads.has_paste[free] & (pads.hole_mm[free] == 0) & ~pads.is_fiducial[free]]
        unsure = [part for part in ask.placements if (part.designator, part.side) not in ask.footprints]
        free = _far_from(free, pads.at, unsure)
        if len(free) and len(free) < (1 - MOST) * pads.has_paste.sum():
            yield _empty_pads(side, pads.boxes[free])


def _far_from(rows: Ints, at: Floats, parts: Sequence[Placement]) -> Ints:
    """Pads that can be no part's of which the pads were not sure."""
    if not (len(rows) and parts):
        return rows
    tree = shapely.STRtree(shapely.points([(part.x_mm, part.y_mm) for part in parts]))
    near = tree.query(shapely.points(at[rows]), predicate="dwithin", distance=6 * UNDER_MM)[0]
    return np.delete(rows, np.unique(near))


def _empty_pads(side: Side, boxes: Floats) -> Finding:
    grown = boxes + np.array([-TOGETHER_MM, -TOGETHER_MM, TOGETHER_MM, TOGETHER_MM]) / 2
    groups = int(heaps(grown).max()) + 1
    x0, y0, x1, y1 = np.concatenate((boxes[:, :2].min(axis=0), boxes[:, 2:].max(axis=0))).tolist()
    return Finding(
        Severity.NOTE,
        "pads-without-parts",
        f"{side} side",
        f"has {len(boxes)} pads with paste in about {groups} groups on which nothing is placed",
        "Nothing to do, if these parts are left off on purpose.",
        Place((x0, y0, x1, y1), f"{side} copper"),
    )


def _two_footprints_of_a_part(ask: Ask) -> Iterator[Finding]:
    """One MPN has one case; two land patterns for it are a mistake of the library or of the part list."""
    by_mpn: dict[str, list[Footprint]] = defaultdict(list)
    known = {name: footprint for (name, _), footprint in ask.footprints.items()}
    for line in ask.lines:
        if line.mpn and not line.not_fitted:
            by_mpn[line.mpn] += [known[name] for name in line.designators if name in known]
    odd = {mpn: few for mpn, several in by_mpn.items() if (few := _minority(several))}
    if odd:
        names = tuple(footprint.designator for few in odd.values() for footprint in few)
        mpns = some(tuple(odd), NAMED)
        yield _said(ask, "mpn-two-footprints", names, text=f"other pads than the rest of the same part ({mpns})")


def _two_patterns_of_a_name(ask: Ask) -> Iterator[Finding]:
    by_name: dict[str, list[Footprint]] = defaultdict(list)
    for part in ask.placements:
        if part.package and (part.designator, part.side) in ask.footprints:
            by_name[part.package.casefold()].append(ask.footprints[part.designator, part.side])
    odd = {name: few for name, several in by_name.items() if (few := _minority(several))}
    if odd:
        names = tuple(footprint.designator for few in odd.values() for footprint in few)
        packages = some(tuple(odd), NAMED)
        yield _said(
            ask, "package-two-patterns", names, text=f"other pads than the rest of the same package ({packages})"
        )


def _said(ask: Ask, code: str, names: tuple[str, ...], *, text: str) -> Finding:
    parts = [part for part in ask.placements if part.designator in set(names)]
    have = "has" if len(names) == 1 else "have"
    remedy = "Check these land patterns; build as they are if that is meant."
    return Finding(Severity.NOTE, code, some(names, NAMED), f"{have} {text}", remedy, _place(parts))


def _minority(several: Sequence[Footprint]) -> list[Footprint]:
    """Those that differ from the most frequent pattern; none where all are alike."""
    groups: dict[Hashable, list[Footprint]] = defaultdict(list)
    for footprint in several:
        key = next((key for key in groups if _is_like(groups[key][0], footprint)), footprint.designator)
        groups[key].append(footprint)
    most = max(groups.values(), key=len, default=[])
    return [footprint for group in groups.values() if group is not most for footprint in group]


def _is_like(one: Footprint, other: Footprint) -> bool:
    """The same pads, whichever way the part is turned."""
    sizes = (sorted((f.width_mm or 0, f.height_mm or 0)) for f in (one, other))
    near = all(abs(a - b) <= ALIKE * max(a, b, 0.5) for a, b in zip(*sizes, strict=True))
    return near and (one.pads, one.through_holes) == (other.pads, other.through_holes)


def _wrong_size(ask: Ask) -> Iterator[Finding]:
    """A chip that the part list calls 0402 on the pads of an 0603."""
    listed = {name: line.package for line in ask.lines if not line.not_fitted for name in line.designators}
    odd = [part for part in ask.placements if _is_wrong_size(ask, part, listed.get(part.designator) or part.package)]
    if odd:
        text = "of another chip size by its package name than by its pads"
        yield _about(odd, "package-and-pads-differ", text, remedy="Say which size is meant.")


def _is_wrong_size(ask: Ask, part: Placement, package: str) -> bool:
    footprint = ask.footprints.get((part.designator, part.side))
    limits = CHIP_PITCH_MM.get(package_class(package)) if package else None
    if footprint is None or limits is None or footprint.kind != "chip" or footprint.pitch_mm is None:
        return False
    return not limits[0] <= footprint.pitch_mm <= limits[1]
