"""The rings of plated slots: how much of a pad stands around the whole length of its slot."""

from typing import Any

import numpy as np
import shapely

from portal.board.arcs import Floats
from portal.board.shapes import Aperture, signed_area
from portal.board.spots import Spots, spots
from portal.board.stack import Layer

CONCENTRIC_MM = 0.05
SIDES = 64  # of a round pad


def rings_of_slots(layer: Layer, rows: Floats) -> Spots:
    """`rows` are x0, y0, x1, y1 and width. Of several pads in the middle of a slot the widest is what remains."""
    flashes = layer.artwork.flashes
    dark = np.flatnonzero(flashes.level % 2 == 0)
    if not len(dark) or not len(rows):
        return Spots(files=(layer.file,))
    middles = (rows[:, :2] + rows[:, 2:4]) / 2
    pads = shapely.points(flashes.x[dark], flashes.y[dark])
    slot, pad = shapely.STRtree(pads).query(shapely.points(middles), predicate="dwithin", distance=CONCENTRIC_MM)
    widest = np.full(len(rows), -np.inf)
    for row, flash in zip(slot.tolist(), dark[pad].tolist(), strict=True):
        at = np.array((flashes.x[flash], flashes.y[flash]))
        aperture = layer.artwork.apertures[int(flashes.aperture[flash])]
        widest[row] = max(widest[row], _ring(aperture, rows[row, :4] - np.tile(at, 2), float(rows[row, 4])))
    found = widest > 0
    reach = (rows[found, 4] / 2 + widest[found])[:, None]
    low, high = np.minimum(rows[:, :2], rows[:, 2:4])[found], np.maximum(rows[:, :2], rows[:, 2:4])[found]
    return spots(widest[found], np.hstack((low - reach, high + reach)), file=layer.file)


def _ring(aperture: Aperture, cut: Floats, width_mm: float) -> float:
    """From the side of the slot to the edge of the pad, at the narrowest; below 0 where the slot leaves the pad."""
    line = shapely.LineString(cut.reshape(2, 2))
    filled = [shape for shape in _shapes(aperture) if shape.covers(line)]
    return max((float(shape.exterior.distance(line)) - width_mm / 2 for shape in filled), default=-np.inf)


def _shapes(aperture: Aperture) -> list[Any]:
    if aperture.diameter_mm is not None:
        return [shapely.Point(0, 0).buffer(aperture.diameter_mm / 2, quad_segs=SIDES)]
    return [shapely.Polygon(ring) for ring in aperture.rings if signed_area(ring) > 0]
