"""About how many parts a paste layer is for: openings of one size that stand as near as their nearest are one part."""

import numpy as np
import shapely

from portal.board.artwork import Artwork, Floats, Ints
from portal.board.design import FileRole, Side
from portal.board.nets import grouped
from portal.board.stack import Stack

MOST_OPENINGS = 6_000
FARTHEST_MM = 12.0  # between neighbouring pads of one part
SAME_SIZE_MM, SAME_ROW_MM = 0.02, 0.1
NEARLY = 1.2
FEWEST_IN_A_ROW = 3
FARTHEST_ROWS_MM = 8.0  # of short packages; of long ones twice their length


def parts_by_paste(stack: Stack, side: Side) -> int | None:
    """None where this side has no paste layer, or one with more openings than can be told apart."""
    layers = stack.of(FileRole.PASTE, side)
    boxes = np.concatenate([_boxes(layer.artwork) for layer in layers]) if layers else np.empty((0, 4))
    if not len(boxes) or len(boxes) > MOST_OPENINGS:
        return None
    return parts_of(boxes)


def _boxes(artwork: Artwork) -> Floats:
    flashes, regions = artwork.flashes, artwork.regions
    at = np.column_stack((flashes.x, flashes.y))
    flashed = np.hstack((at, at)) + (artwork.boxes[flashes.aperture] if len(flashes) else np.empty((0, 4)))
    if not len(regions):
        return flashed
    low = np.minimum.reduceat(regions.points, regions.starts[:-1])
    high = np.maximum.reduceat(regions.points, regions.starts[:-1])
    return np.concatenate((flashed, np.hstack((low, high))))


def parts_of(boxes: Floats) -> int:
    """How many parts the openings (x0, y0, x1, y1 each) belong to."""
    boxes = np.unique(np.round(boxes, 3), axis=0)
    group = _chained(boxes)
    group = _merged(group, _facing(boxes, group))
    return len(np.unique(_merged(group, _inside(boxes, group))))


def _chained(boxes: Floats) -> Ints:
    """Openings of one size that stand about as near to each other as each to its nearest: a row, a pair, a grid."""
    size = np.round(np.sort(boxes[:, 2:] - boxes[:, :2], axis=1) / SAME_SIZE_MM)
    pairs = [np.empty((0, 2), dtype=np.int64)]
    for kind in np.unique(size, axis=0):
        own = np.flatnonzero((size == kind).all(axis=1))
        if len(own) > 1:
            pairs.append(own[_neighbours(_centres(boxes[own]))])
    return _merged(np.arange(len(boxes)), np.concatenate(pairs))


def _neighbours(centres: Floats) -> Ints:
    """Pairs of rows, each no farther than a fifth beyond the nearest of both."""
    points = shapely.points(centres)
    tree = shapely.STRtree(points)
    (row, _), distance = tree.query_nearest(points, exclusive=True, return_distance=True, all_matches=False)
    nearest = np.full(len(points), np.inf)
    nearest[row] = distance
    reach = np.fmin(nearest * NEARLY, FARTHEST_MM)
    one, other = tree.query(points, predicate="dwithin", distance=reach)
    mutual = np.hypot(*(centres[one] - centres[other]).T) <= reach[other]
    return np.asarray(np.column_stack((one, other))[mutual & (one < other)], dtype=np.int64)


def _facing(boxes: Floats, group: Ints) -> Ints:
    """Rows of as many openings that lie opposite to each other: the two sides of an SO or QFP package."""
    rows = [row for row in _rows(group) if len(row) >= FEWEST_IN_A_ROW]
    first, count = np.array([row[0] for row in rows]), np.array([len(row) for row in rows])
    boxed = np.array([_box(boxes[row]) for row in rows]).reshape(-1, 4)
    size, centre = boxed[:, 2:] - boxed[:, :2], _centres(boxed)
    pairs = [np.empty((0, 2), dtype=np.int64)]
    for at in range(len(rows)):
        along = int(size[at, 1] > size[at, 0])
        alike = (count[:at] == count[at]) & (np.abs(size[:at] - size[at]) < SAME_ROW_MM).all(axis=1)
        apart = np.abs(centre[:at] - centre[at])
        opposite = (apart[:, along] < SAME_ROW_MM) & (apart[:, 1 - along] < max(2 * size[at].max(), FARTHEST_ROWS_MM))
        others = first[:at][alike & opposite]
        pairs.append(np.column_stack((np.full(len(others), first[at]), others)))
    return np.concatenate(pairs)


def _inside(boxes: Floats, group: Ints) -> Ints:
    """Groups whose middle lies within a larger group: thermal pads, and the other two sides of a QFP."""
    rows = _rows(group)
    boxed = np.array([_box(boxes[row]) for row in rows])
    first = np.array([row[0] for row in rows])
    large = np.array([len(row) >= FEWEST_IN_A_ROW for row in rows])
    inner, outer = shapely.STRtree(shapely.box(*boxed[large].T)).query(shapely.points(_centres(boxed)), "within")
    return np.column_stack((first[inner], first[large][outer]))


def _rows(group: Ints) -> list[Ints]:
    """The rows of each group, by its number."""
    order = np.argsort(group, kind="stable")
    return np.split(order, np.flatnonzero(np.diff(group[order])) + 1)


def _box(boxes: Floats) -> Floats:
    return np.concatenate((boxes[:, :2].min(axis=0), boxes[:, 2:].max(axis=0)))


def _centres(boxes: Floats) -> Floats:
    return np.asarray((boxes[:, :2] + boxes[:, 2:]) / 2)


def _merged(group: Ints, pairs: Ints) -> Ints:
    """The groups of both rows of each pair become one; the smallest number stands for all."""
    every = np.arange(len(group))
    return grouped(len(group), np.concatenate((every, pairs[:, 0])), np.concatenate((group, pairs[:, 1])))
