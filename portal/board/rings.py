"""Closed contours among strokes: the lines of an outline layer, joined where they meet, as polygons.

Sizes are taken on the centre line of the strokes, which is where the router goes.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import shapely

from portal.board.arcs import Floats, Ints, flattened
from portal.board.artwork import Artwork, Box

GAP_MM = 0.1  # ends closer than this were meant to meet
SAME_POINT_MM = 0.002
SAID_GAP_MM = 0.005  # below this it is rounding, not a gap
SMALLEST_MM = 2.0  # nothing smaller is a board or a cut-out worth a contour
MOST_CONTOURS = 40  # the largest ones; drawing sheets have thousands of letters
MOST_STROKES = 60_000
# A few thousand lines can cross each other millions of times: such drawings are not taken apart.
MOST_CROSSING_POINTS = 500
MOST_CROSSING_LINES = 3_000
MOST_CROSSINGS = 100_000


@dataclass(frozen=True, eq=False)
class Contour:
    """One closed ring. `gap_mm` is the widest gap that was closed for it, 0 for a clean one, `gap_at` where it was."""

    shape: Any  # shapely.Polygon without holes
    gap_mm: float = 0.0
    gap_at: tuple[float, float] | None = None

    @property
    def box(self) -> Box:
        x0, y0, x1, y1 = self.shape.bounds
        return float(x0), float(y0), float(x1), float(y1)


def centre_line_box(artwork: Artwork) -> Box | None:
    """The extent of all strokes and contours without the width of the pen."""
    x, y, _ = flattened(artwork.draws.ends, artwork.draws.centres, artwork.draws.sweep)
    xs = np.concatenate((x, artwork.draws.ends[:, 0], artwork.regions.points[:, 0]))
    ys = np.concatenate((y, artwork.draws.ends[:, 1], artwork.regions.points[:, 1]))
    return (float(xs.min()), float(ys.min()), float(xs.max()), float(ys.max())) if len(xs) else None


@lru_cache(maxsize=16)  # asked for by the outline, the panel and the customer's choice
def contours(artwork: Artwork) -> tuple[Contour, ...]:
    """All closed rings of a layer that are large enough, filled regions included."""
    return (*_of_strokes(artwork), *_of_regions(artwork))


def faces(artwork: Artwork) -> tuple[Contour, ...]:
    """What the lines of a layer part from each other: lines across a board make two faces of it."""
    draws = artwork.draws
    if not 0 < len(draws) <= MOST_CROSSING_POINTS:
        return ()
    node, place, _ = _joined_ends(draws.ends)
    lines = _lines(np.arange(len(draws)), place[node], flattened(draws.ends, draws.centres, draws.sweep))
    found = [shapely.Polygon(face.exterior) for face in _polygons(shapely.polygonize(_split_where_they_cross(lines)))]
    return tuple(Contour(face) for face in found if _is_large(np.array(face.exterior.coords)))


def _of_regions(artwork: Artwork) -> list[Contour]:
    regions = artwork.regions
    slices = zip(regions.starts[:-1].tolist(), regions.starts[1:].tolist(), strict=True)
    rings = [regions.points[first:last] for first, last in slices if last - first > 2]
    rings = sorted((ring for ring in rings if _is_large(ring)), key=lambda ring: -np.prod(np.ptp(ring, axis=0)))
    shapes = [_mended(ring) for ring in rings[:MOST_CONTOURS]]
    return [Contour(shapely.Polygon(part.exterior)) for shape in shapes for part in _polygons(shape)]


def _mended(ring: Floats) -> Any:
    """A ring that crosses itself is taken apart where that is cheap, else its hull stands in for it."""
    shape = shapely.Polygon(ring)
    if shape.is_valid:
        return shape
    return shapely.make_valid(shape) if len(ring) <= MOST_CROSSING_POINTS else shape.convex_hull


def _is_large(points: Floats) -> bool:
    return bool((np.ptp(points, axis=0) >= SMALLEST_MM).all())


def _polygons(shape: Any) -> list[Any]:
    return [part for part in shapely.get_parts(shape) if isinstance(part, shapely.Polygon) and not part.is_empty]


def _of_strokes(artwork: Artwork) -> list[Contour]:
    draws = artwork.draws
    real = (draws.ends[:, :2] != draws.ends[:, 2:]).any(axis=1) | (draws.sweep != 0)
    if not real.any() or real.sum() > MOST_STROKES:
        return []
    ends, centres, sweep = draws.ends[real], draws.centres[real], draws.sweep[real]
    node, place, gaps = _joined_ends(ends)
    group = _groups(node)
    x, y, row = flattened(ends, centres, sweep)
    found = []
    for members in _largest(group, ends, (x, y, row)):
        lines = _lines(members, place[node], (x, y, row))
        found += [Contour(ring, *_widest_gap(gaps, place, node[members])) for ring in _outer_rings(lines)]
    if not found and len(ends) <= MOST_CROSSING_LINES:  # lines that cross at the corners and meet nowhere
        lines = _lines(np.arange(len(ends)), place[node], (x, y, row))
        found = [Contour(ring) for ring in _outer_rings(lines)]
    return found


def _widest_gap(gaps: Floats, place: Floats, node: Ints) -> tuple[float, tuple[float, float] | None]:
    widest = int(node.ravel()[gaps[node.ravel()].argmax()])
    x, y = place[widest].tolist()
    return (float(gaps[widest]), (x, y)) if gaps[widest] > SAID_GAP_MM else (0.0, None)


def _joined_ends(ends: Floats) -> tuple[Ints, Floats, Floats]:
    """The node of both ends of each stroke (n, 2), the place of each node, and the gap closed there."""
    points = ends.reshape(-1, 2)
    _, first, node = np.unique(np.round(points / SAME_POINT_MM), axis=0, return_index=True, return_inverse=True)
    node, place = node.ravel(), points[first].copy()
    gaps = np.zeros(len(place))
    loose = np.flatnonzero(np.bincount(node) == 1)
    if len(loose) > 1:
        spots = shapely.points(place[loose])
        near = shapely.STRtree(spots).query_nearest(spots, max_distance=GAP_MM, exclusive=True, all_matches=False)
        stays, goes = loose[near.min(axis=0)], loose[near.max(axis=0)]
        np.maximum.at(gaps, stays, np.hypot(*(place[stays] - place[goes]).T))
        node = _moved(loose, stays, goes, nodes=len(place))[node]
    return node.reshape(-1, 2), place, gaps


def _moved(loose: Ints, stays: Ints, goes: Ints, *, nodes: int) -> Ints:
    """The node that each has become when one after the other went to where its neighbour stays."""
    held = {one: [one] for one in loose.tolist()}
    for stay, go in zip(stays.tolist(), goes.tolist(), strict=True):
        held.setdefault(stay, []).extend(held.pop(go, []))
    became = np.arange(nodes)
    for one, those in held.items():
        became[those] = one
    return became


def _groups(node: Ints) -> Ints:
    """Strokes that hang together, by the smallest node that each can reach."""
    label = np.arange(int(node.max()) + 1)
    while True:
        lowest = label[node].min(axis=1)
        before = label.copy()
        np.minimum.at(label, node[:, 0], lowest)
        np.minimum.at(label, node[:, 1], lowest)
        label = label[label]
        if (label == before).all():
            return label[node[:, 0]]


def _largest(group: Ints, ends: Floats, chords: tuple[Floats, Floats, Ints]) -> list[Ints]:
    """The strokes of each group that is large enough to be a board, the largest groups first."""
    x, y, row = chords
    names, index = np.unique(group, return_inverse=True)
    index = index.ravel()
    low, high = np.full((len(names), 2), np.inf), np.full((len(names), 2), -np.inf)
    for values, owner in ((ends[:, :2], index), (np.column_stack((x, y)), index[row])):
        np.minimum.at(low, owner, values)
        np.maximum.at(high, owner, values)
    size = high - low
    large = np.flatnonzero((size >= SMALLEST_MM).all(axis=1))
    order = large[np.argsort(-size[large].prod(axis=1))][:MOST_CONTOURS]
    return [np.flatnonzero(index == number) for number in order]


def _lines(members: Ints, ends: Floats, chords: tuple[Floats, Floats, Ints]) -> Any:
    """The strokes as line strings whose ends are exactly their nodes. ends is (n, 2, 2)."""
    x, y, row = chords
    inside = np.isin(row, members)
    x, y, row = x[inside], y[inside], row[inside]
    last = np.concatenate((row[1:] != row[:-1], [True]))
    x = np.where(last, ends[row, 1, 0], x)
    y = np.where(last, ends[row, 1, 1], y)
    points = np.concatenate((ends[members, 0], np.column_stack((x, y))))
    owner = np.concatenate((members, row))
    order = np.argsort(owner, kind="stable")  # each start comes before its chords: it stands first
    return shapely.linestrings(points[order], indices=np.unique(owner, return_inverse=True)[1][order])


def _split_where_they_cross(lines: Any) -> Any:
    if len(lines) > MOST_CROSSING_LINES or shapely.STRtree(lines).query(lines).shape[1] > MOST_CROSSINGS:
        return lines
    return shapely.get_parts(shapely.union_all(lines))


def _outer_rings(lines: Any) -> list[Any]:
    """What the lines enclose, without inner lines: a V-score across a board does not make it two."""
    faces = _polygons(shapely.polygonize(_split_where_they_cross(lines)))
    merged = shapely.union_all([shapely.Polygon(face.exterior) for face in faces])
    rings = [shapely.Polygon(part.exterior) for part in _polygons(merged)]
    return [ring for ring in rings if _is_large(np.array(ring.exterior.coords))]
