"""To which placement each pad of a side belongs: parts are symmetrical, so a pad has its like beyond the middle.

The claims are heard from the strongest to the weakest, and each pad goes to the nearest placement that may have it:
opposite twins (chips, SOIC, QFP, BGA), then mirrored ones (connectors, SOT-23), then pads that complete a part,
then leads in a row that begins at the placement. What nothing claims stays without an owner.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import shapely

from portal.board.artwork import Floats, Ints
from portal.board.footprints_rows import rows_of_leads
from portal.board.pads import Flags, Pads

ROUNDS = ((4.0, 8), (14.0, 24), *((36.0, 40),) * 8)  # how far a part's pads may lie from its middle, and its rivals
MIRROR_ROUNDS = ((5.0, 8), (16.0, 16))
LAST = (16.0, 8)
TWIN_MM = 0.12
GROWS, GROWS_FROM_ONE, GAP_MM = 1.3, 2.0, 1.5  # a heat pad alone says less about the size of its part
TIGHT = 1.25  # the leads of a small part lie about equally far from its middle
NO_GIANT_MM = 16.0
SAME_SIZE = 0.06
COMPLETES_MM = 0.35  # a part that is whole has its middle within this of the middle of its pads' box
WITHIN_MM = 0.1
WHOLE_MM = 0.15
BESIDE = 0.6  # of the size of its pads: how far a part may stand beside them
ALONE = -1
Pairs = tuple[Ints, Ints]  # rows of pads, and of the placements that might own them
MOST_CLAIMS = 6


@dataclass(frozen=True, eq=False)
class Field:
    """The pads of a side, and the middles and rotations of the placements on it."""

    pads: Pads
    middles: Floats
    rotation_deg: Floats

    @cached_property
    def tree(self) -> Any:
        return shapely.STRtree(shapely.points(self.pads.at))

    def seen(self, pad: Ints, part: Ints) -> Floats:
        """The box of each pad from the middle of its part, along the part's own axes."""
        return self.pads.seen(pad, self.middles[part], self.rotation_deg[part])

    @cached_property
    def sizes(self) -> Floats:
        sizes = np.sort(np.column_stack((self.pads.width_mm, self.pads.height_mm)), axis=1)
        return np.column_stack((sizes, self.pads.hole_mm))

    def alike(self, one: Ints, other: Ints) -> Flags:
        apart = np.abs(self.sizes[one] - self.sizes[other])
        return np.asarray((apart <= SAME_SIZE * np.fmax(self.sizes[one], 0.1)).all(axis=1))

    def away(self, pad: Ints, part: Ints) -> Floats:
        return np.asarray(self.pads.at[pad] - self.middles[part])

    def twin(self, pad: Ints, places: Floats, free: Flags) -> Ints:
        """The free pad like each, but not itself, that lies at each place; -1 for none."""
        found = np.full(len(pad), ALONE)
        if len(pad):
            row, other = self.tree.query(shapely.points(places), predicate="dwithin", distance=TWIN_MM)
            is_twin = free[other] & (pad[row] != other) & self.alike(pad[row], other)
            found[row[is_twin]] = other[is_twin]
        return found


def owners(field: Field) -> Ints:
    """The row of the placement that each pad belongs to, -1 for none."""
    owner = np.full(len(field.pads), ALONE)
    if len(field.pads) and len(field.middles):
        for within in ROUNDS:
            before = owner.copy()
            _opposite(field, owner, _pairs(field, owner, within))
            if within == ROUNDS[-1] and (owner == before).all():
                break  # nobody has grown
            if within == ROUNDS[0]:  # what is small is whole before the large ones reach out
                _unlike(field, owner)
                _completing(field, owner)
                _mirrored(field, owner, _pairs(field, owner, MIRROR_ROUNDS[0]), spread=TIGHT)
                _completing(field, owner)
        for reach, rivals in MIRROR_ROUNDS:
            _mirrored(field, owner, _pairs(field, owner, (reach, rivals)))
        _completing(field, owner, LAST)
        rows_of_leads(field.pads, owner)
    return owner


def _pairs(field: Field, owner: Ints, within: tuple[float, int]) -> Pairs:
    """Each free pad with the placements nearest to it, sorted by distance."""
    reach, rivals = within
    free = np.flatnonzero(owner == ALONE)
    tree = shapely.STRtree(shapely.points(field.middles))
    row, part = tree.query(shapely.points(field.pads.at[free]), predicate="dwithin", distance=reach)
    pad = free[row]
    apart = np.hypot(*field.away(pad, part).T)
    fits = apart <= _reaches(field, owner, reach)[part]
    pad, part, apart = pad[fits], part[fits], apart[fits]
    order = np.lexsort((apart, pad))
    pad, part = pad[order], part[order]
    near = np.arange(len(pad)) - np.searchsorted(pad, pad) < rivals
    return pad[near], part[near]


def _reaches(field: Field, owner: Ints, reach: float) -> Floats:
    """How far each placement may claim: one that has pads grows step by step, one that has none is no giant."""
    boxes = extents(field, owner)
    corner = np.fmax(np.abs(boxes[:, :2]), np.abs(boxes[:, 2:]))
    size = np.hypot(*np.where(np.isfinite(corner), corner, 0).T)
    had = np.bincount(owner[owner != ALONE], minlength=len(field.middles))
    grown = np.where(had == 1, GROWS_FROM_ONE, GROWS) * size + GAP_MM
    return np.where(had > 0, grown, min(reach, NO_GIANT_MM))


def _opposite(field: Field, owner: Ints, pairs: Pairs) -> None:
    pad, part = pairs
    away = field.away(pad, part)
    twin = field.twin(pad, field.middles[part] - away, owner == ALONE)
    twin = np.where(np.hypot(*away.T) <= TWIN_MM, pad, twin)  # what lies in the middle is its own
    claims = twin != ALONE
    pad, part, twin = pad[claims], part[claims], twin[claims]
    if not len(pad):
        return
    own = ~_is_foreign(field, owner, (pad, part))
    _claim(owner, (pad[own], part[own]), twin[own])


def _unlike(field: Field, owner: Ints) -> None:
    """Diodes and lamps have two pads of two sizes: the middle of the box of both is where the part is placed."""
    free = np.flatnonzero(owner == ALONE)
    had = np.bincount(owner[owner != ALONE], minlength=len(field.middles))
    pad, part = _pairs(field, owner, MIRROR_ROUNDS[0])
    order = np.lexsort((np.hypot(*field.away(pad, part).T), part))
    part, pad = part[order], pad[order]
    nearest = np.flatnonzero((part[1:] == part[:-1]) & np.concatenate(([True], part[1:-1] != part[:-2])))
    one, other, part = pad[nearest], pad[nearest + 1], part[nearest]
    first, second = field.seen(one, part), field.seen(other, part)
    off = (np.minimum(first[:, :2], second[:, :2]) + np.maximum(first[:, 2:], second[:, 2:])) / 2
    opposed = (field.away(one, part) * field.away(other, part)).sum(axis=1) < 0
    good = opposed & (had[part] == 0) & (np.abs(off).max(axis=1) <= TWIN_MM)
    good &= ~_has_third(field, free, (one, other, part))
    owner[one[good]], owner[other[good]] = part[good], part[good]


def _has_third(field: Field, free: Ints, pairs: tuple[Ints, Ints, Ints]) -> Flags:
    """A further free pad like one of the two, to which no other part is nearer: three leads and a tab."""
    one, other, part = pairs
    found = np.zeros(len(part), dtype=np.bool_)
    if not len(part):
        return found
    nearest = shapely.STRtree(shapely.points(field.middles)).nearest(shapely.points(field.pads.at[free]))
    tree = shapely.STRtree(shapely.points(field.pads.at[free]))
    row, near = tree.query(shapely.points(field.middles[part]), predicate="dwithin", distance=MIRROR_ROUNDS[0][0])
    third, mine = free[near], nearest[near] == part[row]
    others = (third != one[row]) & (third != other[row])
    found[row[mine & others & (field.alike(one[row], third) | field.alike(other[row], third))]] = True
    return found


def _is_foreign(field: Field, owner: Ints, pairs: Pairs) -> Flags:
    """Pads beyond the two of a chip that differ from them: they only happen to lie opposite of each other."""
    pad, part = pairs
    order = np.lexsort((np.hypot(*field.away(pad, part).T), part))
    first = order[np.searchsorted(part[order], np.arange(len(field.middles))).clip(max=len(order) - 1)]
    inner = pad[first]  # the nearest pad of each part that has any
    alike = field.alike(inner[part], pad)
    count = np.bincount(part[alike], minlength=len(field.middles))
    had = np.bincount(owner[owner != ALONE], minlength=len(field.middles))
    return np.asarray((~alike & (count[part] == 2)) | (had[part] == 2))


def _mirrored(field: Field, owner: Ints, pairs: Pairs, *, spread: float = np.inf) -> None:
    """About one of the part's own axes. Chips, and parts whose pads lie all around the middle, have theirs already;
    two unlike pads may be the tab and the middle lead of more.
    """
    pad, part = pairs
    had = np.bincount(owner[owner != ALONE], minlength=len(field.middles))
    is_whole = (off_middle(field, owner) <= WHOLE_MM) & (had > 2)
    open_ = ~(is_whole[part] | _closed_pairs(field, owner, (pad, part)))
    pad, part = pad[open_], part[open_]
    angle = np.radians(field.rotation_deg[part])
    along = np.column_stack((np.cos(angle), np.sin(angle)))
    away = field.away(pad, part)
    shadow = (away * along).sum(axis=1)[:, None] * along
    free = owner == ALONE
    twin = np.full(len(pad), ALONE)
    for image in (2 * shadow - away, away - 2 * shadow):
        twin = np.fmax(twin, field.twin(pad, field.middles[part] + image, free))
    claims = twin != ALONE
    pad, part, twin, apart = pad[claims], part[claims], twin[claims], np.hypot(*away[claims].T)
    nearest = np.full(len(had), np.inf)
    np.minimum.at(nearest, part, apart)
    near = apart <= spread * nearest[part]
    pad, part, twin = pad[near], part[near], twin[near]
    mine = _is_amid(field, owner, (pad, part))
    _claim(owner, (pad[mine], part[mine]), twin[mine])


def _is_amid(field: Field, owner: Ints, pairs: Pairs) -> Flags:
    """Claims of parts that stand amid, or next to, what they claim: a logo beside an IC has no right to its pins."""
    pad, part = pairs
    boxes = extents(field, owner)
    claimed = field.seen(pad, part)
    np.minimum.at(boxes[:, :2], part, claimed[:, :2])
    np.maximum.at(boxes[:, 2:], part, claimed[:, 2:])
    beside = np.fmax(np.fmax(boxes[:, :2], -boxes[:, 2:]), 0).max(axis=1)
    return np.asarray(beside[part] <= BESIDE * (boxes[:, 2:] - boxes[:, :2]).max(axis=1)[part])


def _closed_pairs(field: Field, owner: Ints, pairs: Pairs) -> Flags:
    """Claims of parts that have two pads already, except for further leads like one of two unlike ones."""
    pad, part = pairs
    had = np.bincount(owner[owner != ALONE], minlength=len(field.middles))
    pads = np.flatnonzero((owner != ALONE) & (had[owner] == 2))
    first, second = pads[np.argsort(owner[pads], kind="stable")].reshape(-1, 2).T
    pair = np.zeros((len(had), 2), dtype=np.int64)
    pair[owner[first]] = np.column_stack((first, second))
    one, other = pair[part].T
    more = ~field.alike(one, other) & (field.alike(one, pad) | field.alike(other, pad))
    return np.asarray((had[part] == 2) & ~more)


def _claim(owner: Ints, pairs: Pairs, twin: Ints) -> None:
    """The nearest claim of each pad counts, if its twin goes the same way: in a row of chips one pad of each
    neighbour lies opposite of the other. Pairs come sorted by pad and distance.
    """
    pad, part = pairs
    chosen = np.full(len(owner), ALONE)
    for _ in range(MOST_CLAIMS):
        rows = np.unique(pad, return_index=True)[1]
        chosen[:] = ALONE
        chosen[pad[rows]] = part[rows]
        vain = rows[chosen[twin[rows]] != part[rows]]
        if not len(vain):
            break
        chosen[pad[vain]] = ALONE
        pad, part, twin = (np.delete(column, vain) for column in (pad, part, twin))
    owner[chosen != ALONE] = chosen[chosen != ALONE]


def extents(field: Field, owner: Ints) -> Floats:
    """The box of the pads of each placement, seen from it; inside out for those without pads."""
    count = len(field.middles)
    boxes = np.hstack((np.full((count, 2), np.inf), np.full((count, 2), -np.inf)))
    own = np.flatnonzero(owner != ALONE)
    seen = field.seen(own, owner[own])
    np.minimum.at(boxes[:, :2], owner[own], seen[:, :2])
    np.maximum.at(boxes[:, 2:], owner[own], seen[:, 2:])
    return boxes


def off_middle(field: Field, owner: Ints) -> Floats:
    """How far each placement lies from the middle of the box of its pads; infinite without pads."""
    boxes = extents(field, owner)
    filled = np.isfinite(boxes).all(axis=1)
    found = np.full(len(boxes), np.inf)
    found[filled] = np.abs((boxes[filled, :2] + boxes[filled, 2:]) / 2).max(axis=1)
    return found


def _completing(field: Field, owner: Ints, within: tuple[float, int] = MIRROR_ROUNDS[0]) -> None:
    """A lone pad amid a part's others, or the one that brings the middle of its box where the placement is."""
    pad, part = _pairs(field, owner, within)
    rows = grouped(owner)
    for one, there in zip(pad.tolist(), part.tolist(), strict=True):
        if owner[one] == ALONE and there in rows and _completes(field, rows[there], (one, there)):
            owner[one] = there
            rows[there] = np.append(rows[there], one)


def grouped(owner: Ints) -> dict[int, Ints]:
    """The rows of the pads of each placement that has any."""
    order = np.argsort(owner, kind="stable")
    names, first = np.unique(owner[order], return_index=True)
    return {name: rows for name, rows in zip(names.tolist(), np.split(order, first[1:]), strict=False) if name != ALONE}


def _completes(field: Field, own: Ints, pair: tuple[int, int]) -> bool:
    pad, part = pair
    boxes, box = field.seen(own, np.full(len(own), part)), field.seen(np.array([pad]), np.array([part]))[0]
    low, high = boxes[:, :2].min(axis=0), boxes[:, 2:].max(axis=0)
    point = (box[:2] + box[2:]) / 2
    if ((point >= low - WITHIN_MM) & (point <= high + WITHIN_MM)).all():
        return bool(field.alike(np.full(len(own), pad), own).any())
    wider = np.minimum(low, box[:2]), np.maximum(high, box[2:])
    before, after = (np.abs((a + b) / 2).max() for a, b in ((low, high), wider))
    return bool(after <= COMPLETES_MM and after < before / 2)
