"""Which things come near which, how near, and where: distances in closed form, candidates by a tree of boxes."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import shapely

from portal.board.arcs import Floats, Ints
from portal.board.capsules import GROWN_MM, Bools, Capsules, diagonals, widened

CHUNK = 20_000  # boxes asked about at once: it bounds the memory
TOUCH_MM = 0.002  # closer than a Gerber file's own rounding is touching


@dataclass(frozen=True, eq=False)
class Pairs:
    """Segment `first` of one side comes within `gap_mm` (0 where they touch or overlap) of segment `second`."""

    first: Ints
    second: Ints
    gap_mm: Floats

    def __len__(self) -> int:
        return len(self.gap_mm)

    def kept(self, which: Bools) -> "Pairs":
        return Pairs(self.first[which], self.second[which], self.gap_mm[which])

    @property
    def turned(self) -> "Pairs":
        """First and second exchanged."""
        return Pairs(self.second, self.first, self.gap_mm)


def near(one: Capsules, other: Capsules, *, within_mm: float) -> Pairs:
    """All pairs of segments up to this far apart. Let the few be `one`, and the many `other`: its tree is kept."""
    return _collected(_searched(one, other, within_mm))


def near_each_other(things: Capsules, *, within_mm: float) -> Pairs:
    """Pairs of segments of different things of one layer, none both ways around."""
    return _collected(_searched(things, things, within_mm, own=True))


def _collected(found: Iterator[Pairs]) -> Pairs:
    parts = list(found)
    nothing = np.empty(0, dtype=np.int64)
    return Pairs(
        np.concatenate([nothing, *(part.first for part in parts)]),
        np.concatenate([nothing, *(part.second for part in parts)]),
        np.concatenate([np.empty(0), *(part.gap_mm for part in parts)]),
    )


def _searched(one: Capsules, other: Capsules, within_mm: float, *, own: bool = False) -> Iterator[Pairs]:
    if not len(one.ends) or not len(other.ends):
        return
    segment, (boxes, asking) = other.pieces[1], one.pieces
    more_mm = within_mm - GROWN_MM  # than the tree's boxes are wider already
    for start in range(0, len(boxes), CHUNK):
        some = slice(start, start + CHUNK)
        wanted = one.grown[some] if more_mm == GROWN_MM else diagonals(widened(boxes[some], more_mm))
        piece, hit = other.tree.query(wanted)
        first, second = asking[piece + start], segment[hit]
        if own:
            different = (first < second) & (one.thing[first] != one.thing[second])
            first, second = first[different], second[different]
        yield _measured(one, other, (first, second), within_mm=within_mm)


def _measured(one: Capsules, other: Capsules, pairs: tuple[Ints, Ints], *, within_mm: float) -> Pairs:
    """Pieces bring some pairs twice: that does no harm to a minimum."""
    first, second = pairs
    gap = segment_gaps(one.ends[first], other.ends[second]) - one.radius[first] - other.radius[second]
    close = gap <= within_mm
    return Pairs(first[close], second[close], np.maximum(gap[close], 0))


def segment_gaps(one: Floats, other: Floats) -> Floats:
    """The distance between the segments of each row (x0, y0, x1, y1); 0 where they cross. Flashes are segments without
    length, and most of what lies on a board: of them one end is enough.
    """
    gap = np.empty(len(one))
    of_dots = _are_dots(one)
    of_others = _are_dots(other) & ~of_dots
    of_tracks = ~(of_dots | of_others)
    for rows, dots, segments in ((of_dots, one, other), (of_others, other, one)):
        gap[rows] = np.sqrt(_to_segment(dots[rows, :2], segments[rows, :2], segments[rows, 2:]))
    gap[of_tracks] = _track_gaps(one[of_tracks], other[of_tracks])
    return gap


def _are_dots(segments: Floats) -> Bools:
    return np.asarray((segments[:, 0] == segments[:, 2]) & (segments[:, 1] == segments[:, 3]))


def _track_gaps(one: Floats, other: Floats) -> Floats:
    a, b, c, d = one[:, :2], one[:, 2:], other[:, :2], other[:, 2:]
    squares = [_to_segment(a, c, d), _to_segment(b, c, d), _to_segment(c, a, b), _to_segment(d, a, b)]
    gap = np.sqrt(np.minimum(np.minimum(squares[0], squares[1]), np.minimum(squares[2], squares[3])))
    return np.where(_cross(one, other), 0.0, gap)


def _to_segment(point: Floats, start: Floats, stop: Floats) -> Floats:
    """Squared distances of points to segments."""
    offset = point - foot(point, start, stop)
    return np.asarray(offset[:, 0] ** 2 + offset[:, 1] ** 2)


def foot(point: Floats, start: Floats, stop: Floats) -> Floats:
    """The nearest point of each segment."""
    along, to = stop - start, point - start
    length = along[:, 0] ** 2 + along[:, 1] ** 2
    share = (to[:, 0] * along[:, 0] + to[:, 1] * along[:, 1]) / np.where(length > 0, length, 1)
    return np.asarray(start + along * np.clip(share, 0, 1)[:, None])


def _cross(one: Floats, other: Floats) -> Bools:
    """Whether the segments properly cross; those that only touch have a distance of 0 anyway."""
    return _on_both_sides(one, other) & _on_both_sides(other, one)


def _on_both_sides(one: Floats, other: Floats) -> Bools:
    """Whether the ends of the other lie on different sides of the line of the first."""
    along = one[:, 2:] - one[:, :2]
    turns = [along[:, 0] * (other[:, i + 1] - one[:, 1]) - along[:, 1] * (other[:, i] - one[:, 0]) for i in (0, 2)]
    return np.asarray(turns[0] * turns[1] < 0)


def nearest_points(one: Capsules, other: Capsules, pairs: Pairs) -> Floats:
    """Where each pair comes closest: x, y on the edge of the first, x, y on that of the second."""
    p, q = one.ends[pairs.first], other.ends[pairs.second]
    a, b, c, d = p[:, :2], p[:, 2:], q[:, :2], q[:, 2:]
    on_first = np.stack((a, b, foot(c, a, b), foot(d, a, b)))
    on_second = np.stack((foot(a, c, d), foot(b, c, d), c, d))
    best = np.argmin(((on_first - on_second) ** 2).sum(axis=2), axis=0)
    rows = np.arange(len(p))
    m, n = on_first[best, rows], on_second[best, rows]
    apart = np.hypot(*(n - m).T)[:, None]
    unit = (n - m) / np.where(apart > 0, apart, 1)
    return np.hstack((m + unit * one.radius[pairs.first][:, None], n - unit * other.radius[pairs.second][:, None]))


def held(holder: Capsules, points: Floats) -> tuple[Ints, Ints]:
    """Things of the first whose polygon holds a point, and the points' numbers. Discs and strokes are not asked."""
    if not len(holder.filled) or not len(points):
        return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)
    area, point = shapely.STRtree(shapely.points(points)).query(holder.filled, predicate="intersects")
    return holder.filled_thing[area], point
