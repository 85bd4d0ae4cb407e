"""The bare board as one path: its edge, and all that is milled and drilled away."""

from functools import reduce
from typing import Any

import numpy as np
import shapely

from portal.board.holes import holes
from portal.board.outline import Outline
from portal.board.stack import Stack
from portal.board.svg_paths import circles_path, shape_path

ARC_STEPS = 8
AROUND = 1.03  # so that the corners of a polygon around a hole lie outside of it


def bare_path(stack: Stack, edge: Outline) -> str:
    """For a non-zero fill. A hole that touches nothing is two arcs; the others are cut out of the shape."""
    shape = reduce(shapely.symmetric_difference, [shapely.Polygon(ring) for ring in edge.rings])
    found = holes(stack.drills)
    sized = found.diameter_mm > 0
    x, y, diameter = found.x_mm[sized], found.y_mm[sized], found.diameter_mm[sized]
    around = shapely.buffer(shapely.points(x, y), diameter / 2 * AROUND, quad_segs=ARC_STEPS)
    slots = _slots(stack)
    alone = _are_alone(around, slots, shape)
    touching = shapely.buffer(shapely.points(x[~alone], y[~alone]), diameter[~alone] / 2, quad_segs=ARC_STEPS)
    shape = shape.difference(shapely.union_all([*touching, *slots]))
    return shape_path(shape) + circles_path(x[alone], y[alone], diameter[alone], is_hole=True)


def _slots(stack: Stack) -> Any:
    """Every cut of every routed path."""
    rows = np.concatenate([np.empty((0, 5)), *(drill.slots for drill in stack.drills)])
    rows = rows[rows[:, 4] > 0]
    return shapely.buffer(shapely.linestrings(rows[:, :4].reshape(-1, 2, 2)), rows[:, 4] / 2, quad_segs=ARC_STEPS)


def _are_alone(around: Any, slots: Any, shape: Any) -> Any:
    """Whether each hole lies within the board and meets no other hole or slot."""
    shapely.prepare(shape)
    alone = shapely.contains_properly(shape, around)
    one, other = shapely.STRtree(np.concatenate((around, slots))).query(around, predicate="intersects")
    alone[one[one != other]] = False
    return alone
