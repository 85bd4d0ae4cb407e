"""What the assembly line meets on this board: parts at the edge, at each other, fiducials, holes in pads, sizes."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import shapely

from portal.board.artwork import Box, Floats, Ints
from portal.board.design import FileRole, Finding, OutlineKind, Place, Severity, Side
from portal.board.footprints import Landing
from portal.board.footprints_owners import ALONE
from portal.board.holes import holes
from portal.board.line import Limits
from portal.board.outline import Outline, outline
from portal.board.stack import Stack

NAMED = 5
UNEQUAL = 1.5  # the larger pad of a chip draws it upright when it melts so much later
SMALL_CHIP_MM = 2.4  # from pad to pad of an 0805; larger chips are held down by their weight
FIDUCIALS = 3  # per panel (Worthington); two find the place, the third the stretch
VIA_MM, LARGE_PAD_MM2 = 0.5, 2.0
SCORE_SHARE = 0.8  # a line across so much of the board is meant to part it
TOUCH_MM = 0.01
ROUNDING_MM = 0.05  # of a board that is drawn in inches


@dataclass(frozen=True, eq=False)
class Population:
    """The parts of one side that have pads: their rows of the table of pads, and the box of each."""

    landing: Landing
    side: Side

    @cached_property
    def rows(self) -> Ints:
        """Pads with an owner, those of one part together."""
        owner = self.landing.owner.get(self.side, np.empty(0, dtype=np.int64))
        rows = np.flatnonzero(owner != ALONE)
        return np.asarray(rows[np.argsort(owner[rows], kind="stable")])

    @cached_property
    def starts(self) -> Ints:
        owner = self.landing.owner[self.side][self.rows] if len(self.rows) else np.empty(0, dtype=np.int64)
        return np.flatnonzero(np.concatenate((owner[:1] >= 0, np.diff(owner) != 0)))

    @cached_property
    def parts(self) -> Ints:
        """The index of the placement of each box."""
        return np.asarray(self.landing.owner[self.side][self.rows[self.starts]]) if len(self.rows) else self.rows

    @cached_property
    def boxes(self) -> Floats:
        if not len(self.rows):
            return np.empty((0, 4))
        boxes = self.landing.pads[self.side].boxes[self.rows]
        low, high = np.minimum.reduceat(boxes, self.starts), np.maximum.reduceat(boxes, self.starts)
        return np.hstack((low[:, :2], high[:, 2:]))

    @cached_property
    def pads(self) -> Any:
        """The shape of each row: the box of a turned pad reaches over its neighbours."""
        return shapely.polygons(self.landing.pads[self.side].corners[self.rows])

    @cached_property
    def part(self) -> Ints:
        """The number of the part of each row, counted as the boxes are."""
        return np.repeat(np.arange(len(self.parts)), np.diff(np.append(self.starts, len(self.rows))))

    @cached_property
    def hulls(self) -> Any:
        """What lies amid the pads of each part."""
        corners = self.landing.pads[self.side].corners[self.rows].reshape(-1, 2)
        return shapely.convex_hull(shapely.multipoints(corners, indices=np.repeat(self.part, 4)))

    @cached_property
    def is_surface(self) -> Any:
        """Which have no leads: those with leads reach to the edge on purpose."""
        deep = self.landing.pads[self.side].hole_mm[self.rows] > 0
        return ~np.logical_or.reduceat(deep, self.starts) if len(self.rows) else np.zeros(0, dtype=np.bool_)

    def names(self, which: Iterable[int]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self.landing.placements[int(self.parts[row])].designator for row in which))

    def place(self, which: Sequence[int]) -> Place:
        """The box around them all, and their names."""
        chosen = self.boxes[list(which)]
        low, high = chosen[:, :2].min(axis=0), chosen[:, 2:].max(axis=0)
        x0, y0, x1, y1 = np.round(np.concatenate((low, high)), 3).tolist()
        return Place((x0, y0, x1, y1), f"{self.side} copper", self.names(which))


def assembly(stack: Stack, landing: Landing | None, limits: Limits) -> tuple[Finding, ...]:
    """Each kind of trouble once a side, with the designators and the places that it concerns.

    Without a landing nothing is known of the parts, and only the size of the board is looked at.
    """
    edge = outline(stack)
    found: list[Finding] = [*_board_size(edge, limits)]
    for population in [Population(landing, side) for side in Side] if landing else []:
        if not len(population.parts):
            continue
        found += [
            *_near_edge(population, edge, limits),
            *_too_close(population, limits),
            *_unequal_chips(population),
            *_vias_in_pads(population, stack),
            *_on_cut_lines(population, stack, edge),
            *_fiducials(population),
        ]
    return tuple(found)


def _board_size(edge: Outline | None, limits: Limits) -> Iterator[Finding]:
    if edge is None or edge.kind is OutlineKind.ASSUMED:
        return
    size = sorted((edge.box[2] - edge.box[0], edge.box[3] - edge.box[1]))
    said = f"The board measures {size[0]:.1f} × {size[1]:.1f} mm"
    least, most = limits.smallest_board_mm, limits.largest_board_mm
    if least and any(have < want - ROUNDING_MM for have, want in zip(size, sorted(least), strict=True)):
        text = f"{said}; our line takes {min(least):g} × {max(least):g} mm and more."
        yield Finding(Severity.NOTE, "board-small-for-line", "", text, "Nothing to do: we build it in a panel.")
    if most and any(have > want + ROUNDING_MM for have, want in zip(size, sorted(most), strict=True)):
        text = f"{said}; our line takes {min(most):g} × {max(most):g} mm at most."
        yield Finding(Severity.ASK, "board-large-for-line", "", text, "Ask us how it can be built.")


def _near_edge(population: Population, edge: Outline | None, limits: Limits) -> Iterator[Finding]:
    """Pads of the surface: connectors that hang over the edge are meant to."""
    if edge is None or edge.kind is not OutlineKind.CLOSED or limits.part_to_edge_mm is None:
        return
    lines = shapely.union_all([shapely.LinearRing(ring) for ring in edge.rings if len(ring) > 2])
    apart = shapely.distance(population.hulls, lines)
    near = np.flatnonzero((apart < limits.part_to_edge_mm) & population.is_surface).tolist()
    if near:
        text = (
            f"{_parts(near, 'lies', 'lie')} nearer than {limits.part_to_edge_mm:g} mm to the edge of the board"
            f" ({float(apart[near].min()):.2f} mm): {_some(population.names(near))}."
        )
        remedy = "Nothing to do: we add rails, unless the edge is to be scored there."
        yield Finding(Severity.NOTE, "part-near-edge", "", text, remedy, population.place(near))


def _too_close(population: Population, limits: Limits) -> Iterator[Finding]:
    """From pad to pad of two parts; bodies may be nearer still."""
    if limits.part_to_part_mm is None or len(population.parts) < 2:
        return
    spots, part = population.pads, population.part
    one, other = shapely.STRtree(spots).query(spots, predicate="dwithin", distance=limits.part_to_part_mm - TOUCH_MM)
    pair = part[one] < part[other]
    close = np.unique(np.concatenate((part[one[pair]], part[other[pair]]))).tolist()
    if close:
        text = (
            f"{_parts(close, 'has', 'have')} pads nearer than {limits.part_to_part_mm:g} mm to those of another part:"
            f" {_some(population.names(close))}."
        )
        remedy = "Nothing to do for this order; more room makes inspection and repair safer."
        yield Finding(Severity.NOTE, "parts-close", "", text, remedy, population.place(close))


def _unequal_chips(population: Population) -> Iterator[Finding]:
    """Tombstoning: the paste of the smaller pad melts first and pulls the chip upright."""
    pads, counts = population.landing.pads[population.side], np.diff(np.append(population.starts, len(population.rows)))
    chips = np.flatnonzero((counts == 2) & population.is_surface)
    if not len(chips):
        return
    one, other = population.rows[population.starts[chips]], population.rows[population.starts[chips] + 1]
    area = pads.width_mm * pads.height_mm
    ratio = np.maximum(area[one], area[other]) / np.fmax(np.minimum(area[one], area[other]), 1e-9)
    small = np.hypot(*(pads.at[one] - pads.at[other]).T) <= SMALL_CHIP_MM
    risky = chips[(ratio > UNEQUAL) & small].tolist()
    if risky:
        text = f"{_parts(risky, 'has', 'have')} two pads of unequal size and may stand up in the oven:"
        place = population.place(risky)
        remedy = "Make both pads alike in the next revision."
        yield Finding(
            Severity.NOTE, "chip-pads-unequal", "", f"{text} {_some(population.names(risky))}.", remedy, place
        )


def _vias_in_pads(population: Population, stack: Stack) -> Iterator[Finding]:
    """Paste runs down an open via. In large pads there is enough of it, and heat pads have vias on purpose."""
    pads, rows = population.landing.pads[population.side], population.rows
    size = np.minimum(pads.width_mm, pads.height_mm)
    is_small = (pads.hole_mm[rows] == 0) & ((pads.width_mm * pads.height_mm)[rows] <= LARGE_PAD_MM2)
    rows, spots = rows[is_small], population.pads[is_small]
    bored = holes(stack.drills)
    vias = np.flatnonzero((bored.plating != 0) & (bored.diameter_mm <= VIA_MM))
    if not (len(vias) and len(rows)):
        return
    tree = shapely.STRtree(shapely.points(np.column_stack((bored.x_mm, bored.y_mm))[vias]))
    pad, via = tree.query(spots, predicate="contains")
    deep = bored.diameter_mm[vias[via]] < size[rows[pad]]
    owner = population.landing.owner[population.side][rows[pad[deep]]]
    which = np.flatnonzero(np.isin(population.parts, owner)).tolist()
    if which:
        text = f"{_parts(which, 'has', 'have')} an open via in a small pad, where paste runs away:"
        remedy = "Have these vias filled and capped, or move them out of the pads."
        yield Finding(
            *(Severity.ASK, "via-in-pad", "", f"{text} {_some(population.names(which))}.", remedy),
            place=population.place(which),
        )


def _on_cut_lines(population: Population, stack: Stack, edge: Outline | None) -> Iterator[Finding]:
    """Straight lines of the outline layers across the whole board: V-scores, along which boards are broken apart."""
    lines = _cut_lines(stack, edge.box) if edge else np.empty((0, 4))
    if not len(lines):
        return
    tree = shapely.STRtree(shapely.linestrings(lines.reshape(-1, 2, 2)))
    on = np.unique(tree.query(population.hulls, predicate="intersects")[0]).tolist()
    if on:
        text = f"{_parts(on, 'lies', 'lie')} across a line where boards are parted: {_some(population.names(on))}."
        remedy = "Move the line or the parts, or tell us that the line is no cut."
        yield Finding(Severity.ASK, "part-on-cut-line", "", text, remedy, population.place(on))


def _cut_lines(stack: Stack, box: Box) -> Floats:
    strokes = [layer.artwork.draws for layer in stack.of(FileRole.OUTLINE)]
    ends = np.concatenate([np.empty((0, 4)), *(draws.ends[draws.sweep == 0] for draws in strokes)])
    spans = np.abs(ends[:, 2:] - ends[:, :2])
    middles = (ends[:, :2] + ends[:, 2:]) / 2
    found = np.zeros(len(ends), dtype=np.bool_)
    for along, across in ((0, 1), (1, 0)):
        straight = (spans[:, across] < TOUCH_MM) & (spans[:, along] >= SCORE_SHARE * (box[along + 2] - box[along]))
        inside = (middles[:, across] > box[across] + 1) & (middles[:, across] < box[across + 2] - 1)
        found |= straight & inside
    return np.asarray(ends[found])


def _fiducials(population: Population) -> Iterator[Finding]:
    """Marks for the machine's camera."""
    count = _marks(population)
    if population.is_surface.any() and count < FIDUCIALS:
        have = f"only {count}" if count else "no"
        text = f"There are {have} fiducials on the {population.side}; a placement machine wants {FIDUCIALS}."
        remedy = "Nothing to do where we add a panel with its own; else add 1 mm of copper in a 3 mm opening."
        yield Finding(Severity.NOTE, "fiducials-few", "", text, remedy)


def _marks(population: Population) -> int:
    """Round copper in a much larger opening, and what the centroid file calls a fiducial."""
    drawn = int(population.landing.pads[population.side].is_fiducial.sum())
    placed = sum(
        "fiducial" in part.package.casefold() or part.designator.rstrip("0123456789").casefold() in {"fid", "fd", "fm"}
        for part in population.landing.placements
        if part.side is population.side
    )
    return max(drawn, placed)


def _parts(which: Sequence[int], one: str, more: str) -> str:
    return f"{len(which)} part {one}" if len(which) == 1 else f"{len(which)} parts {more}"


def _some(names: tuple[str, ...]) -> str:
    more = len(names) - NAMED
    return ", ".join(names[:NAMED]) + (f" and {more} more" if more > 0 else "")
