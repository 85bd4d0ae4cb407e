"""Artwork as SVG path data in whole micrometres, formatted in bulk: numbers in, numbers out, nothing else.

Steps are relative, because small numbers are short; a board side stays within some hundred kilobytes.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from portal.board.arcs import FULL_TURN, Floats, Ints
from portal.board.artwork import Artwork
from portal.board.shapes import Aperture, Ring

UM_PER_MM = 1000
SHORT_TEMPLATE = 40  # characters up to which repeating a shape is smaller than referring to it
THINNEST_UM = 1


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


def template(aperture: Aperture) -> str:
    """The aperture as path data relative to its own origin, where the pen must return for a hole."""
    parts = []
    at = np.zeros(2, dtype=np.int64)
    for ring in aperture.rings:
        points = _um(ring)
        dx, dy = (points[0] - at).tolist()
        parts.append(f"m{dx} {dy}{_relative_ring(points)}")
        at = points[0]
    return "".join(parts)


def layer_elements(artwork: Artwork, prefix: str) -> Iterator[Element]:
    """Elements in painting order; fill and stroke are left to the group around them.

    `prefix` keeps ids apart where several pictures share a page.
    """
    levels = np.union1d(artwork.flashes.level, np.union1d(artwork.draws.level, artwork.regions.level))
    for level in levels.tolist():
        adds = level % 2 == 0
        yield from (Element(adds, is_stroke, svg) for is_stroke, svg in _level_elements(artwork, level, prefix))


def _level_elements(artwork: Artwork, level: int, prefix: str) -> Iterator[tuple[bool, str]]:
    regions = np.flatnonzero(artwork.regions.level == level)
    if len(regions):
        yield False, f'<path d="{_regions_path(artwork, regions)}"/>'
    draws = np.flatnonzero(artwork.draws.level == level)
    for number, members in _by_aperture(artwork.draws.aperture, draws):
        yield True, _stroke(artwork, members, _pen_um(artwork.apertures[number]))
    flashes = np.flatnonzero(artwork.flashes.level == level)
    for number, members in _by_aperture(artwork.flashes.aperture, flashes):
        x, y = _um(artwork.flashes.x[members]), _um(artwork.flashes.y[members])
        yield from _flashes(artwork.apertures[number], x, y, name=f"{prefix}a{number}")


def _by_aperture(aperture: Ints, members: Ints) -> Iterator[tuple[int, Ints]]:
    if not len(members):
        return
    order = members[np.argsort(aperture[members], kind="stable")]
    numbers, first = np.unique(aperture[order], return_index=True)
    yield from zip(numbers.tolist(), np.split(order, first[1:]), strict=True)


def _pen_um(aperture: Aperture) -> int:
    """A stroke is as wide as its round aperture; another shape draws as wide as its narrower side."""
    x0, y0, x1, y1 = aperture.box
    width = min(x1 - x0, y1 - y0) if aperture.diameter_mm is None else aperture.diameter_mm
    return max(round(width * UM_PER_MM), THINNEST_UM)


def _regions_path(artwork: Artwork, members: Ints) -> str:
    """All contours counter-clockwise, so that a non-zero fill unites them as the standard wants."""
    regions = artwork.regions
    areas = regions.signed_areas_mm2()
    parts = []
    for index in members.tolist():
        points = _um(regions.points[regions.starts[index] : regions.starts[index + 1]])
        points = points[np.concatenate(([True], (np.diff(points, axis=0) != 0).any(axis=1)))]
        if len(points) > 2:
            turned = points[::-1] if areas[index] < 0 else points
            parts.append(f"M{turned[0, 0]} {turned[0, 1]}{_relative_ring(turned)}")
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


def _flashes(aperture: Aperture, x: Ints, y: Ints, *, name: str) -> Iterator[tuple[bool, str]]:
    """Dots for round pads; else the shape again and again, or by reference where it is long."""
    if aperture.diameter_mm is not None and len(aperture.rings) < 2:
        dots = ("M%d %dh0" * len(x)) % tuple(np.column_stack((x, y)).ravel().tolist())
        yield True, f'<path d="{dots}" stroke-width="{_pen_um(aperture)}"/>'
        return
    shape = template(aperture)
    if not shape:
        return
    spots = zip(x.tolist(), y.tolist(), strict=True)
    if len(shape) <= SHORT_TEMPLATE or len(x) == 1:
        yield False, '<path d="' + "".join(f"M{at_x} {at_y}{shape}" for at_x, at_y in spots) + '"/>'
        return
    first_x, first_y = next(spots)
    yield False, f'<path id="{name}" transform="translate({first_x} {first_y})" d="M0 0{shape}"/>'
    for at_x, at_y in spots:
        yield False, f'<use href="#{name}" x="{at_x - first_x}" y="{at_y - first_y}"/>'
