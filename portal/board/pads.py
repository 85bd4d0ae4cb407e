"""The pads of each side as the artwork shows them: openings in the solder mask with copper below, and plated holes.

Where there is no mask layer the paste openings stand in for it, else the flashes of the copper. All pads are one
table per side, so that everything that asks about parts asks arrays.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
import shapely
from numpy.typing import NDArray

from portal.board.artwork import Floats, Ints
from portal.board.design import FileRole, Side
from portal.board.holes import holes, slots
from portal.board.pads_shapes import Shapes, filled, flashed, joined, shapes
from portal.board.pads_strokes import stroked
from portal.board.stack import Stack

Flags = NDArray[np.bool_]

SAME_CENTRE_MM = 0.05
LEAD_HOLE_MM = 0.55  # thinner holes that take no paste are vias, unless the file says otherwise
LEAST_HOLE = 0.25  # a lead's hole takes at least this share of its pad; a smaller one is a via in it
LEAST_FILL = 0.3  # a drilled pad fills at least this share of its opening, else it is a via in a larger pad
LARGER = 0.8
FIDUCIAL_OPENING = 1.7
NO_PADS = (
    "ViaPad",
    "WasherPad",
    "AntiPad",
    "ThermalReliefPad",
    "Conductor",
    "NonConductor",
    "Other",
    "EtchedComponent",
)
FIDUCIAL = "FiducialPad"
CORNERS = np.array([[-1.0, -1.0], [1.0, -1.0], [1.0, 1.0], [-1.0, 1.0]])


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
    is_fiducial: Flags = field(default_factory=_flags)
    pins: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.x_mm)

    @cached_property
    def at(self) -> Floats:
        return np.column_stack((self.x_mm, self.y_mm))

    @cached_property
    def boxes(self) -> Floats:
        """x0, y0, x1, y1 of each, turned ones included."""
        return self.seen(np.arange(len(self)), np.zeros((1, 2)), np.zeros(1))

    @cached_property
    def sizes_mm(self) -> Floats:
        """The two sides of each, the shorter first."""
        return np.sort(np.column_stack((self.width_mm, self.height_mm)), axis=1)

    @cached_property
    def looks(self) -> Floats:
        """Size and hole of each, rounded: two pads of one look may be of one part."""
        return np.asarray(np.round(np.column_stack((self.sizes_mm, self.hole_mm)), 2), dtype=np.float64)

    @cached_property
    def corners(self) -> Floats:
        """Four points of each, as it is turned."""
        angle = np.radians(self.rotation_deg)
        turn = np.stack((np.cos(angle), np.sin(angle), -np.sin(angle), np.cos(angle)), axis=-1).reshape(-1, 2, 2)
        half = np.column_stack((self.width_mm, self.height_mm))[:, None] / 2 * CORNERS
        return np.asarray(self.at[:, None] + half @ turn)

    def seen(self, rows: Ints, origin: Floats, rotation_deg: Floats) -> Floats:
        """The boxes of some pads, each from its own origin along axes turned by its own angle."""
        turn, angle = np.radians(rotation_deg), np.radians(self.rotation_deg[rows] - rotation_deg)
        away, along, across = self.at[rows] - origin, np.cos(turn), np.sin(turn)
        at = np.column_stack((away[:, 0] * along + away[:, 1] * across, away[:, 1] * along - away[:, 0] * across))
        cos, sin = np.abs(np.cos(angle)), np.abs(np.sin(angle))
        wide, high = self.width_mm[rows], self.height_mm[rows]
        half = np.column_stack((wide * cos + high * sin, wide * sin + high * cos)) / 2
        return np.hstack((at - half, at + half))


BoardPads = Mapping[Side, Pads]


def pads_of(stack: Stack) -> BoardPads:
    """The pads of both sides; a side without copper has none."""
    bored = _bored(stack)
    return {side: _pads(stack, side, bored) for side in Side}


@dataclass(frozen=True, eq=False)
class _Bored:
    """All holes, slots by their middle. `plating`: 1, 0, or -1 where no file says."""

    at: Floats
    diameter: Floats
    plating: Ints


def _bored(stack: Stack) -> _Bored:
    found, routed = holes(stack.drills), slots(stack.drills)
    middles = (routed.rows[:, :2] + routed.rows[:, 2:4]) / 2
    at = np.concatenate((np.column_stack((found.x_mm, found.y_mm)), middles))
    diameter = np.nan_to_num(np.concatenate((found.diameter_mm, routed.rows[:, 4])))
    return _Bored(at, diameter, np.concatenate((found.plating, routed.plating)))


def _pads(stack: Stack, side: Side, bored: _Bored) -> Pads:
    copper = stack.outer_copper(side)
    metal = _largest_of_each_place(joined([flashed(layer.artwork) for layer in copper]))
    mask, paste = (_openings(stack, role, side) for role in (FileRole.MASK, FileRole.PASTE))
    hole = _lead_holes(metal, bored)
    pasted = _overlaps(metal, paste)
    thin = (hole > 0) & (hole < LEAD_HOLE_MM) & (metal.function != "ComponentPad")
    possible = (hole >= 0) & ~(thin & ~pasted & (metal.function == "")) & ~np.isin(metal.function, NO_PADS)
    if mask is not None:
        opening = _opening_of(metal, hole, mask)
        possible &= opening >= 0
        metal = _within(metal, opening, mask)
        others = mask.of(~np.isin(np.arange(len(mask)), opening[possible]))
        others = others.of(~_hold(others, metal.of(possible)))
        drawn = stroked(*([layer.artwork for layer in films] for films in (copper, stack.of(FileRole.MASK, side))))
        others = others.of(~_hold(others, drawn))
        extra = joined([drawn, _of_regions(others, joined([filled(layer.artwork) for layer in copper]), paste)])
        rim = (
            np.where(opening >= 0, np.fmin(mask.width, mask.height)[opening], 0) if len(mask) else np.zeros(len(metal))
        )
    else:
        possible &= pasted | (hole > 0) | (paste is None)
        extra, rim = joined([]), np.zeros(len(metal))
    is_mark = metal.is_round & (rim > FIDUCIAL_OPENING * metal.width) & (hole <= 0) & ~pasted
    is_mark |= metal.function == FIDUCIAL
    possible[possible] = ~_lie_in_larger(metal.of(possible))
    every = joined([metal.of(possible), extra])
    hole = np.where(thin, 0.0, hole)  # with paste on it, it is a via in a pad
    return Pads(
        *(every.x, every.y, every.width, every.height, every.rotation),
        hole_mm=np.concatenate((hole[possible], np.zeros(len(extra)))),
        has_paste=_overlaps(every, paste),
        is_fiducial=np.concatenate((is_mark[possible], np.zeros(len(extra), dtype=np.bool_))),
        pins=tuple(every.pin.tolist()),
    )


def _openings(stack: Stack, role: FileRole, side: Side) -> Shapes | None:
    layers = stack.of(role, side)
    return joined([shapes(layer.artwork) for layer in layers]) if layers else None


def _largest_of_each_place(metal: Shapes) -> Shapes:
    """Tools flash some pads twice, a smaller shape upon a larger one."""
    order = np.argsort(-metal.area, kind="stable")
    _, first = np.unique(np.round(np.column_stack((metal.x, metal.y))[order] / 0.01), axis=0, return_index=True)
    return metal.of(np.sort(order[first]))


def _lead_holes(metal: Shapes, bored: _Bored) -> Floats:
    """The diameter of the hole in the middle of each flash; 0 for none, -1 for one that is not plated."""
    found = np.zeros(len(metal))
    if not (len(metal) and len(bored.at)):
        return found
    tree = shapely.STRtree(shapely.points(bored.at))
    pad, hole = tree.query(shapely.points(metal.x, metal.y), predicate="dwithin", distance=2 * SAME_CENTRE_MM)
    deep = bored.diameter[hole] >= LEAST_HOLE * np.fmin(metal.width, metal.height)[pad]
    found[pad[deep]] = np.where(bored.plating[hole] == 0, -1.0, np.fmax(bored.diameter[hole], 0.01))[deep]
    return found


def _overlaps(metal: Shapes, openings: Shapes | None) -> Flags:
    """Whether the middle of one lies in the other: an opening that only reaches over a via does not count."""
    found = np.zeros(len(metal), dtype=np.bool_)
    if openings is not None and len(openings) and len(metal):
        found[_held(metal, openings)[0]] = True
        found[_held(openings, metal)[1]] = True
    return found


def _held(small: Shapes, large: Shapes) -> tuple[Ints, Ints]:
    """Which have their middle in which."""
    one, other = shapely.STRtree(shapely.box(*large.boxes.T)).query(shapely.points(small.at))
    held = large.hold(other, small.at[one])
    return one[held], other[held]


def _opening_of(metal: Shapes, hole: Floats, mask: Shapes) -> Ints:
    """The mask opening of each flash, -1 for none.

    An opening shows the flash in its middle; what else lies in it is a via or a piece of it. One without a flash in
    its middle spans several pads (gang relief), which all count.
    """
    found = np.full(len(metal), -1)
    if not (len(metal) and len(mask)):
        return found
    flash, opening = _held(metal, mask)
    order = np.lexsort((-mask.area[opening], flash))  # the smallest comes last and stays
    found[flash[order]] = opening[order]
    seen = np.flatnonzero(found >= 0)
    mine = found[seen]
    apart = np.hypot(metal.x[seen] - mask.x[mine], metal.y[seen] - mask.y[mine])
    in_middle = (apart <= SAME_CENTRE_MM) & ((hole[seen] == 0) | (metal.area[seen] >= LEAST_FILL * mask.area[mine]))
    owned = np.zeros(len(mask), dtype=np.bool_)
    owned[mine[in_middle]] = True
    found[seen[~in_middle & (owned[mine] | (hole[seen] != 0))]] = -1
    return found


def _hold(openings: Shapes, metal: Shapes) -> Flags:
    """Openings with a pad in them: some tools open the same pad twice."""
    found = np.zeros(len(openings), dtype=np.bool_)
    if len(openings) and len(metal):
        found[_held(metal, openings)[1]] = True
    return found


def _lie_in_larger(metal: Shapes) -> Flags:
    """Vias and pieces of a heat pad, which is the pad; and what is flashed again a hair beside."""
    found = np.zeros(len(metal), dtype=np.bool_)
    if len(metal):
        one, other = shapely.STRtree(shapely.box(*metal.boxes.T)).query(shapely.points(metal.x, metal.y))
        inside = (metal.boxes[one, :2] >= metal.boxes[other, :2] - SAME_CENTRE_MM).all(axis=1)
        inside &= (metal.boxes[one, 2:] <= metal.boxes[other, 2:] + SAME_CENTRE_MM).all(axis=1)
        inside &= metal.hold(other, metal.at[one])
        apart = np.hypot(metal.x[one] - metal.x[other], metal.y[one] - metal.y[other])
        again = (one > other) & (apart < 2 * SAME_CENTRE_MM)
        found[one[again | (inside & (metal.area[one] < LARGER * metal.area[other]))]] = True
    return found


def _within(metal: Shapes, opening: Ints, mask: Shapes) -> Shapes:
    """A pad that the mask covers in part (solder-mask defined) is as large as its opening."""
    at = np.flatnonzero(opening >= 0)
    alike = np.abs(metal.rotation[at] - mask.rotation[opening[at]]) < 1
    at = at[alike & (np.hypot(metal.x[at] - mask.x[opening[at]], metal.y[at] - mask.y[opening[at]]) < SAME_CENTRE_MM)]
    width, height = metal.width.copy(), metal.height.copy()
    width[at] = np.fmin(width[at], mask.width[opening[at]])
    height[at] = np.fmin(height[at], mask.height[opening[at]])
    return replace(metal, width=width, height=height)


def _of_regions(openings: Shapes, solid: Shapes, paste: Shapes | None) -> Shapes:
    """Openings without a flash: pads drawn as contours, or openings in a plane that take paste."""
    if not len(openings):
        return openings
    with_paste = _overlaps(openings, paste) & ~openings.is_painted  # letters are painted on both layers
    if not len(solid):
        return openings.of(with_paste)
    opening, region = shapely.STRtree(shapely.box(*solid.boxes.T)).query(shapely.points(openings.x, openings.y))
    alike = _is_pad_of(openings.boxes[opening], solid.boxes[region])
    best = np.full(len(openings), -1)
    best[opening[alike]] = region[alike]
    return joined([solid.of(best[best >= 0]), openings.of(with_paste & (best < 0))])


def _is_pad_of(opening: Floats, metal: Floats) -> Flags:
    """Row by row: whether the metal lies in the middle of the opening and fills a fair part of it."""
    apart = np.hypot(*((opening[:, :2] + opening[:, 2:] - metal[:, :2] - metal[:, 2:]) / 2).T)
    wide, thin = opening[:, 2:] - opening[:, :2], metal[:, 2:] - metal[:, :2]
    fits = (thin <= wide + 2 * SAME_CENTRE_MM).all(axis=1) & (thin.prod(axis=1) >= LEAST_FILL * wide.prod(axis=1))
    return np.asarray(fits & (apart <= 2 * SAME_CENTRE_MM))
