"""Artwork as SVG path data in whole micrometres, formatted in bulk: numbers in, numbers out, nothing else.

Steps are relative, because small numbers are short; a board side stays within some hundred kilobytes.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
import shapely

from portal.board.arcs import FULL_TURN, Floats, Ints, flattened
from portal.board.artwork import Artwork
from portal.board.shapes import Aperture, Ring, rings_of

UM_PER_MM = 1000
THINNEST_UM = 1
SEEN_MM = 0.004  # a corner that lies closer than this to the line without it is left out


class Element(NamedTuple):
    """One SVG element without colour: painted as a stroke of the pen, or filled; adding, or taking away."""

    adds: bool
    is_stroke: bool
    svg: str


def _um(values: Floats) -> Ints:
    return np.round(values * UM_PER_MM).astype(np.int64)


def ring_path(ring: Ring) -> str:
    """A closed ring where it is."""
    points = _um(ring)
    return f"M{points[0, 0]} {points[0, 1]}{_relative_ring(points)}"


def _relative_ring(points: Ints) -> str:
    steps = np.diff(points, axis=0)
    return "l" + ("%d %d " * len(steps))[:-1] % tuple(steps.ravel().tolist()) + "z"


def shape_path(shape: Any) -> str:
    """A shapely geometry, its holes running the other way round, so that a non-zero fill leaves them out."""
    parts = shapely.get_parts(shapely.simplify(shape, SEEN_MM))
    return "".join(ring_path(ring) for part in parts for ring in rings_of(part))


def template(aperture: Aperture) -> str:
    """The aperture as path data relative to its own origin, where the pen must return for a hole."""
    parts = []
    at = np.zeros(2, dtype=np.int64)
    for ring in aperture.rings:
        points = _um(_seen(ring))
        dx, dy = (points[0] - at).tolist()
        parts.append(f"m{dx} {dy}{_relative_ring(points)}")
        at = points[0]
    return "".join(parts)


def _seen(ring: Ring) -> Ring:
    """The ring without the points that no eye would miss; all of them where it is that small itself."""
    kept = shapely.get_coordinates(shapely.simplify(shapely.linearrings(ring), SEEN_MM))[:-1]
    return kept if len(kept) > 2 else ring


def circles_path(x: Floats, y: Floats, diameter: Floats, *, is_hole: bool = False) -> str:
    """Counter-clockwise, or clockwise for holes in what runs around them."""
    reach, turn = _um(diameter / 2), np.full(len(x), 0 if is_hole else 1)
    rows = np.column_stack((_um(x) - reach, _um(y), reach, reach, turn, 2 * reach, reach, reach, turn, -2 * reach))
    return ("M%d %da%d %d 0 0 %d %d 0a%d %d 0 0 %d %d 0z" * len(x)) % tuple(rows.ravel().tolist())


def filled_path(artwork: Artwork) -> str:
    """All that a layer draws as areas that run counter-clockwise, strokes by their outlines: what may clip.

    Polarity is not looked at: see solid.py for layers that take away.
    """
    flashes, parts = artwork.flashes, [_regions_path(artwork, np.arange(len(artwork.regions)))]
    for number, members in _by_aperture(flashes.aperture, np.arange(len(flashes))):
        aperture, x, y = artwork.apertures[number], flashes.x[members], flashes.y[members]
        if _is_dot(aperture):
            parts.append(circles_path(x, y, np.full(len(x), aperture.pen_mm)))
        else:
            parts.append(_repeated(template(aperture), _um(x), _um(y)))
    return "".join((*parts, _stroke_outlines(artwork)))


def _stroke_outlines(artwork: Artwork) -> str:
    """Each chord as two lines and two half circles. A dot is both half circles."""
    draws = artwork.draws
    if not len(draws):
        return ""
    x, y, row = flattened(draws.ends, draws.centres, draws.sweep)
    end = np.column_stack((x, y))
    start = np.concatenate((draws.ends[:1, :2], end[:-1]))
    first = np.concatenate(([True], row[1:] != row[:-1]))
    start[first] = draws.ends[:, :2]
    reach = np.array([aperture.pen_mm for aperture in artwork.apertures])[draws.aperture[row]] / 2
    along = end - start
    is_dot = ~along.any(axis=1)
    normal = np.column_stack((-along[:, 1], along[:, 0]))
    normal[is_dot] = (0, 1)
    across = normal * (reach / np.hypot(*normal.T))[:, None]
    side, pen, step = _um(start - across), _um(reach), _um(along)
    rows = np.column_stack((side, step, pen, pen, _um(2 * across), -step, pen, pen, _um(-2 * across)))
    return ("M%d %dl%d %da%d %d 0 0 1 %d %dl%d %da%d %d 0 0 1 %d %dz" * len(rows)) % tuple(rows.ravel().tolist())


def layer_elements(artwork: Artwork) -> Iterator[Element]:
    """Elements in painting order; fill and stroke are left to the group around them."""
    levels = np.union1d(artwork.flashes.level, np.union1d(artwork.draws.level, artwork.regions.level))
    for level in levels.tolist():
        adds = level % 2 == 0
        yield from (Element(adds, is_stroke, svg) for is_stroke, svg in _level_elements(artwork, level))


def _level_elements(artwork: Artwork, level: int) -> Iterator[tuple[bool, str]]:
    regions = np.flatnonzero(artwork.regions.level == level)
    if len(regions):
        yield False, f'<path d="{_regions_path(artwork, regions)}"/>'
    draws = np.flatnonzero(artwork.draws.level == level)
    for number, members in _by_aperture(artwork.draws.aperture, draws):
        yield True, _stroke(artwork, members, _pen_um(artwork.apertures[number]))
    flashes = np.flatnonzero(artwork.flashes.level == level)
    for number, members in _by_aperture(artwork.flashes.aperture, flashes):
        x, y = _um(artwork.flashes.x[members]), _um(artwork.flashes.y[members])
        yield from _flashes(artwork.apertures[number], x, y)


def _by_aperture(aperture: Ints, members: Ints) -> Iterator[tuple[int, Ints]]:
    if not len(members):
        return
    order = members[np.argsort(aperture[members], kind="stable")]
    numbers, first = np.unique(aperture[order], return_index=True)
    yield from zip(numbers.tolist(), np.split(order, first[1:]), strict=True)


def _pen_um(aperture: Aperture) -> int:
    return max(round(aperture.pen_mm * UM_PER_MM), THINNEST_UM)


def _regions_path(artwork: Artwork, members: Ints) -> str:
    """All contours counter-clockwise, so that a non-zero fill unites them as the standard wants."""
    regions = artwork.regions
    areas = regions.signed_areas_mm2()
    parts = []
    for index in members.tolist():
        points = regions.points[regions.starts[index] : regions.starts[index + 1]]
        if len(points) > 2:
            parts.append(ring_path(_seen(points[::-1] if areas[index] < 0 else points)))
    return "".join(parts)


def _stroke(artwork: Artwork, members: Ints, width: int) -> str:
    draws = artwork.draws
    ends, sweep = _um(draws.ends[members]), draws.sweep[members]
    path = _lines(ends[sweep == 0])
    arcs = members[sweep != 0]
    if len(arcs):
        path += _arcs(draws.ends[arcs], draws.centres[arcs], draws.sweep[arcs])
    return f'<path d="{path}" stroke-width="{width}"/>'


def _lines(ends: Ints) -> str:
    """Strokes that follow each other share one M. A dot is a line of no length: its round caps are the dot."""
    if not len(ends):
        return ""
    new = np.concatenate(([True], (ends[1:, :2] != ends[:-1, 2:]).any(axis=1)))
    steps = ends[:, 2:] - ends[:, :2]
    rows = np.hstack((ends[:, :2], steps)).tolist()
    return "".join(
        f"M{x} {y}l{dx} {dy}" if starts else f" {dx} {dy}"
        for starts, (x, y, dx, dy) in zip(new.tolist(), rows, strict=True)
    )


def _arcs(ends: Floats, centres: Floats, sweep: Floats) -> str:
    """Each arc as two halves, since SVG cannot draw a full turn in one."""
    spoke = ends[:, :2] - centres
    radius = np.hypot(*spoke.T)
    angle = np.arctan2(spoke[:, 1], spoke[:, 0]) + np.clip(sweep, -FULL_TURN, FULL_TURN) / 2
    middle = centres + radius[:, None] * np.column_stack((np.cos(angle), np.sin(angle)))
    side = (sweep > 0).astype(np.int64)
    reach = _um(radius)
    rows = np.column_stack((_um(ends[:, :2]), reach, reach, side, _um(middle), reach, reach, side, _um(ends[:, 2:])))
    return ("M%d %dA%d %d 0 0 %d %d %dA%d %d 0 0 %d %d %d" * len(rows)) % tuple(rows.ravel().tolist())


def _is_dot(aperture: Aperture) -> bool:
    return aperture.diameter_mm is not None and len(aperture.rings) < 2


def _flashes(aperture: Aperture, x: Ints, y: Ints) -> Iterator[tuple[bool, str]]:
    """Dots for round pads; else the shape again and again."""
    if _is_dot(aperture):
        dots = ("M%d %dh0" * len(x)) % tuple(np.column_stack((x, y)).ravel().tolist())
        yield True, f'<path d="{dots}" stroke-width="{_pen_um(aperture)}"/>'
    elif shape := template(aperture):
        yield False, f'<path d="{_repeated(shape, x, y)}"/>'


def _repeated(shape: str, x: Ints, y: Ints) -> str:
    return "".join(f"M{at_x} {at_y}{shape}" for at_x, at_y in zip(x.tolist(), y.tolist(), strict=True))
