"""Which pads belong to which placement, and what that says about the part: pads, pitch, extents, kind.

The copper knows what the BOM leaves out. What is not sure is left unknown: a pad without an owner, a part without a
footprint, a kind "".
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import shapely

from portal.board.artwork import Floats, Ints
from portal.board.design import Footprint, Placement, Side
from portal.board.footprints_kinds import joints, kind_of
from portal.board.footprints_owners import ALONE, Field, grouped, owners
from portal.board.pads import BoardPads, Flags, Pads

CENTRED_MM, CENTRED_SHARE = 0.35, 0.1  # how far a whole part's middle may lie beside that of its pads
ON_AXIS_MM = 0.15
ORIGIN_MM = 0.15
NEXT, FAR_MM, AMID_MM = 1.3, 3.0, 0.3
LEADS_BESIDE = 4
SHELL = 3  # two pads beside so many that nobody claims hold the shell of a connector


@dataclass(frozen=True, eq=False)
class Landing:
    """`owner[side][i]` is the index of the placement that pad i of that side belongs to, -1 for none."""

    pads: BoardPads
    placements: tuple[Placement, ...] = ()
    owner: Mapping[Side, Ints] = field(default_factory=dict)

    @cached_property
    def footprints(self) -> tuple[Footprint, ...]:
        """Of the placements whose pads were found for sure, in the order of the placements."""
        return self.footprints_of(range(len(self.placements)))

    def footprints_of(self, some: Iterable[int]) -> tuple[Footprint, ...]:
        """Of these placements only."""
        sides = ((index, self.placements[index].side) for index in some)
        found = (_footprint(self, index, self.rows[side][index]) for index, side in sides if index in self.rows[side])
        return tuple(footprint for footprint in found if footprint)

    @cached_property
    def rows(self) -> Mapping[Side, dict[int, Ints]]:
        """The rows of the pads of each placement that has any."""
        return {side: grouped(self.owner.get(side, np.empty(0, dtype=np.int64))) for side in Side}

    @cached_property
    def unowned(self) -> Mapping[Side, Ints]:
        """The rows of the pads of each side that belong to nobody."""
        return {side: np.flatnonzero(owner == ALONE) for side, owner in self.owner.items()}

    @cached_property
    def free(self) -> Mapping[Side, Any]:
        """A search tree of them."""
        return {side: shapely.STRtree(shapely.points(self.pads[side].at[rows])) for side, rows in self.unowned.items()}

    def pads_of(self, index: int) -> Ints:
        """The rows of one placement's pads in the table of its side."""
        return np.flatnonzero(self.owner[self.placements[index].side] == index)


def landed(pads: BoardPads, placements: tuple[Placement, ...]) -> Landing:
    """Every pad to the placement that it belongs to. The placements must be in the frame of the artwork."""
    return Landing(pads, placements, {side: _owners(pads[side], placements, side) for side in Side})


def _owners(pads: Pads, placements: tuple[Placement, ...], side: Side) -> Ints:
    """By name where the artwork names its pads (X2), else by where they lie."""
    here = np.array([index for index, part in enumerate(placements) if part.side is side], dtype=np.int64)
    if not (len(here) and len(pads)):
        return np.full(len(pads), ALONE)
    named = _by_name(pads, {placements[index].designator: index for index in here.tolist()})
    if named is not None:
        return named
    middles = np.array([(placements[index].x_mm, placements[index].y_mm) for index in here.tolist()])
    rotation = np.array([placements[index].rotation_deg for index in here.tolist()])
    return np.concatenate((here, [ALONE]))[owners(Field(pads, middles, rotation))]


def _by_name(pads: Pads, index: Mapping[str, int]) -> Ints | None:
    """None where the file names few of its pads, or parts that are not placed."""
    names = [pin.rpartition(",")[0] if "," in pin else pin for pin in pads.pins]
    owner = np.array([index.get(name, ALONE) if name else ALONE for name in names], dtype=np.int64)
    return owner if (owner != ALONE).sum() > len(pads) / 2 else None


def footprints(landing: Landing) -> tuple[Footprint, ...]:
    return landing.footprints


def _footprint(landing: Landing, index: int, rows: Ints) -> Footprint | None:
    part = landing.placements[index]
    pads = landing.pads[part.side]
    pitch = _pitch(pads.at[rows])
    seen = pads.seen(rows, np.array([[part.x_mm, part.y_mm]]), np.array([part.rotation_deg]))
    if not pads.pins[rows[0]] and not (_is_whole(pads, rows, seen) and _is_alone(landing, part, rows, pitch=pitch)):
        return None
    are_joints = joints(pads, rows, _middles(seen))
    rows, seen = rows[are_joints], seen[are_joints]
    width, height = _size(seen)
    return Footprint(
        designator=part.designator,
        side=part.side,
        pads=len(rows),
        through_holes=int((pads.hole_mm[rows] > 0).sum()),
        pitch_mm=None if pitch is None else round(pitch, 3),
        width_mm=round(width, 3),
        height_mm=round(height, 3),
        kind=kind_of(pads, rows, _middles(seen), pitch_mm=pitch),
    )


def _middles(seen: Floats) -> Floats:
    return np.asarray((seen[:, :2] + seen[:, 2:]) / 2)


def _size(seen: Floats) -> tuple[float, float]:
    """The box of the pads as it is at rotation 0."""
    width, height = (seen[:, 2:].max(axis=0) - seen[:, :2].min(axis=0)).tolist()
    return width, height


def _is_whole(pads: Pads, rows: Ints, seen: Floats) -> bool:
    """The placement is the middle of its pads, lies on their axis, or on their first lead; and none is missing.

    `seen`: the boxes of the pads from the placement, along its own axes.
    """
    low, high = seen[:, :2].min(axis=0), seen[:, 2:].max(axis=0)
    off = np.abs(low + high) / 2
    allowed = max(CENTRED_MM if len(rows) > 1 else ORIGIN_MM, CENTRED_SHARE * float((high - low).max()))
    starts = pads.hole_mm[rows] > 0
    away = np.hypot(*_middles(seen).T)
    begins = len(rows) > 1 and bool((starts & (away <= ORIGIN_MM)).any())
    on_axis = len(rows) > 3 and float(off.min()) <= ON_AXIS_MM
    return bool((off <= allowed).all()) or begins or on_axis


def _is_alone(landing: Landing, part: Placement, rows: Ints, *, pitch: float | None) -> bool:
    """No pad that nobody claims lies amid the part's own, or one step further: it would be the part's, too."""
    pads = landing.pads[part.side]
    if len(rows) == 1:
        away = np.hypot(*(pads.at - pads.at[rows[0]]).T)
        return not _are_like(pads, np.flatnonzero((away > 0) & (away < FAR_MM)), rows).any()
    if len(rows) == 2 and _is_amid_leads(landing, part, rows):
        return False
    low, high = pads.at[rows].min(axis=0), pads.at[rows].max(axis=0)
    reach = NEXT * min(pitch or FAR_MM, FAR_MM)
    near = landing.free[part.side].query(shapely.box(*(low - reach), *(high + reach)))
    free = unowned(landing, part.side)[near]
    beside = pads.at[free]
    apart = np.hypot(*np.fmax(np.fmax(low - beside, beside - high), 0).T)
    free, apart = free[apart <= reach], apart[apart <= reach]
    if not len(free):
        return True
    if len(rows) == 2 and len(free) >= SHELL:
        return False
    return not ((apart <= AMID_MM) | _are_like(pads, free, rows)).any()


def _is_amid_leads(landing: Landing, part: Placement, rows: Ints) -> bool:
    """Two pads with rows of others to their left and right are the heat pads of a larger part."""
    pads, middle = landing.pads[part.side], np.array([part.x_mm, part.y_mm])
    tree = landing.free[part.side]
    free = unowned(landing, part.side)[tree.query(shapely.points(middle), predicate="dwithin", distance=FAR_MM)]
    others = pads.at[free[~_are_like(pads, free, rows)]] if len(free) else np.empty((0, 2))
    if len(others) < LEADS_BESIDE:
        return False
    mirrored = 2 * middle - others
    apart = np.hypot(*(others[:, None] - mirrored[None]).transpose(2, 0, 1)).min(axis=1)
    return int((apart <= ON_AXIS_MM).sum()) >= LEADS_BESIDE


def _are_like(pads: Pads, free: Ints, rows: Ints) -> Flags:
    """Which of these pads have the size and hole of one of the part's own."""
    return np.asarray((pads.looks[free][:, None] == pads.looks[rows][None]).all(axis=2).any(axis=1))


def _pitch(at: Floats) -> float | None:
    """The smallest distance between two of the pads."""
    if len(at) < 2:
        return None
    if len(at) > 400:  # large grids are regular: their first rows tell
        at = at[np.lexsort((at[:, 0], at[:, 1]))][:400]
    apart = np.hypot(*(at[:, None] - at[None]).transpose(2, 0, 1))
    np.fill_diagonal(apart, np.inf)
    return float(apart.min())


def unowned(landing: Landing, side: Side) -> Ints:
    """The rows of the pads of a side that belong to no placement."""
    return landing.unowned.get(side, np.empty(0, dtype=np.int64))
