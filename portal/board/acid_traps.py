"""Corners of tracks so sharp that etchant stays in them: what was drawn as two strokes that meet at an acute angle."""

import numpy as np
import shapely

from portal.board.arcs import Floats, Ints
from portal.board.capsules import Bools
from portal.board.stack import Layer

SHARP_DEG = 60.0
RETRACED_DEG = 3.0  # a stroke drawn there and back is no corner
LETTER_MM = 2.0  # shorter strokes are lettering, or the fans that make teardrops
GRID_MM = 0.001


def acid_traps(layer: Layer) -> Floats:
    """A box around each corner, where neither a pad nor an area fills it."""
    draws, widths = layer.artwork.draws, layer.artwork.diameters_mm
    dark = np.flatnonzero(draws.level % 2 == 0)
    if not len(dark):
        return np.empty((0, 4))
    ends = draws.ends[dark]
    points = np.round(np.concatenate((ends[:, :2], ends[:, 2:])) / GRID_MM).astype(np.int64)
    away = np.concatenate((ends[:, 2:] - ends[:, :2], ends[:, :2] - ends[:, 2:]))
    usable = np.tile((draws.sweep[dark] == 0) & (np.hypot(*away[: len(dark)].T) >= LETTER_MM), 2)
    one, other = _meeting(points, usable)
    at = np.asarray(points[one] * GRID_MM)
    angle = np.abs(_angle(away[other]) - _angle(away[one]))
    angle = np.degrees(np.minimum(angle, 2 * np.pi - angle))
    found = (angle < SHARP_DEG) & (angle > RETRACED_DEG)
    found[found] &= ~_filled(layer, at[found])
    reach = np.nan_to_num(widths[draws.aperture[dark]])[one[found] % len(dark)][:, None]
    return np.hstack((at[found] - reach, at[found] + reach))


def _meeting(points: Ints, usable: Bools) -> tuple[Ints, Ints]:
    """Pairs of stroke ends that lie on one point, and no third with them."""
    _, place, count = np.unique(points, axis=0, return_inverse=True, return_counts=True)
    order = np.argsort(place.ravel(), kind="stable")
    first = np.flatnonzero(count == 2)
    start = np.cumsum(count) - count
    one, other = order[start[first]], order[start[first] + 1]
    both = usable[one] & usable[other]
    return one[both], other[both]


def _angle(vectors: Floats) -> Floats:
    return np.asarray(np.arctan2(vectors[:, 1], vectors[:, 0]))


def _filled(layer: Layer, at: Floats) -> Bools:
    """Whether a pad or an area lies there."""
    inside = np.zeros(len(at), dtype=np.bool_)
    flashes, regions = layer.artwork.flashes, layer.artwork.regions
    if len(flashes) and len(at):
        half = np.array([aperture.pen_mm / 2 for aperture in layer.artwork.apertures])
        pads = shapely.buffer(shapely.points(flashes.x, flashes.y), half[flashes.aperture])
        inside[shapely.STRtree(pads).query(shapely.points(at), predicate="intersects")[0]] = True
    for first, last in zip(regions.starts[:-1].tolist(), regions.starts[1:].tolist(), strict=True) if len(at) else ():
        if last - first > 2:
            inside |= shapely.contains_xy(shapely.Polygon(regions.points[first:last]), at[:, 0], at[:, 1])
    return inside
