"""What the assembly line meets on this board: parts at the edge, at each other, fiducials, holes in pads, sizes."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

import numpy as np
import shapely

from portal.board.artwork import Box, Floats
from portal.board.design import FileRole, Finding, OutlineKind, Severity, Side
from portal.board.footprints import Landing
from portal.board.holes import holes
from portal.board.line import Limits
from portal.board.outline import Outline, outline
from portal.board.population import Population, counted, some
from portal.board.stack import Stack
from portal.board.tall import tall_parts

UNEQUAL = 1.5  # the larger pad of a chip draws it upright when it melts so much later
SMALL_CHIP_MM = 2.4  # from pad to pad of an 0805; larger chips are held down by their weight
FIDUCIALS = 3  # per panel (Worthington); two find the place, the third the stretch
VIA_MM, LARGE_PAD_MM2 = 0.5, 2.0
SCORE_SHARE = 0.8  # a line across so much of the board is meant to part it
TOUCH_MM = 0.01
ROUNDING_MM = 0.05  # of a board that is drawn in inches
NO_HEIGHTS: Mapping[str, float] = MappingProxyType({})


def assembly(
    stack: Stack, landing: Landing | None, limits: Limits, *, heights: Mapping[str, float] = NO_HEIGHTS
) -> tuple[Finding, ...]:
    """Each kind of trouble once a side, with the designators and the places that it concerns.

    `heights` of parts by designator. Without a landing nothing is known of the parts, and only the size of the board
    is looked at.
    """
    edge = outline(stack)
    found: list[Finding] = [*_board_size(edge, limits)]
    sides = [Population(landing, side) for side in Side] if landing else []
    sides = [population for population in sides if len(population.parts)]
    for population in sides:
        found += [
            *_near_edge(population, edge, limits),
            *_too_close(population, limits),
            *_unequal_chips(population),
            *_vias_in_pads(population, stack),
            *_on_cut_lines(population, stack, edge),
            *_fiducials(population),
        ]
    return (*found, *tall_parts(sides, heights, limits))


def _board_size(edge: Outline | None, limits: Limits) -> Iterator[Finding]:
    if edge is None or edge.kind is OutlineKind.ASSUMED:
        return
    size = sorted((edge.box[2] - edge.box[0], edge.box[3] - edge.box[1]), reverse=True)
    said = f"The board measures {size[0]:.4g} × {size[1]:.4g} mm"
    least, most = limits.smallest_board_mm, limits.largest_board_mm
    if least and any(have < want - ROUNDING_MM for have, want in zip(size, sorted(least, reverse=True), strict=True)):
        text = f"{said}; our line takes {max(least):g} × {min(least):g} mm and more."
        yield Finding(Severity.NOTE, "board-small-for-line", "", text, "Nothing to do: we build it in a panel.")
    if most and any(have > want + ROUNDING_MM for have, want in zip(size, sorted(most, reverse=True), strict=True)):
        text = f"{said}; our line takes {max(most):g} × {min(most):g} mm at most."
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
            f"{counted(near, 'lies', 'lie')} nearer than {limits.part_to_edge_mm:g} mm to the edge of the board"
            f" ({float(apart[near].min()):.2f} mm): {some(population.names(near))}."
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
            f"{counted(close, 'has', 'have')} pads nearer than {limits.part_to_part_mm:g} mm to those of another part:"
            f" {some(population.names(close))}."
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
        text = f"{counted(risky, 'has', 'have')} two pads of unequal size and may stand up in the oven:"
        place = population.place(risky)
        remedy = "Make both pads alike in the next revision."
        yield Finding(Severity.NOTE, "chip-pads-unequal", "", f"{text} {some(population.names(risky))}.", remedy, place)


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
        text = f"{counted(which, 'has', 'have')} an open via in a small pad, where paste runs away:"
        remedy = "Have these vias filled and capped, or move them out of the pads."
        yield Finding(
            *(Severity.ASK, "via-in-pad", "", f"{text} {some(population.names(which))}.", remedy),
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
        text = f"{counted(on, 'lies', 'lie')} across a line where boards are parted: {some(population.names(on))}."
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
