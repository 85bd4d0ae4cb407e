"""Where parts could stand on the artwork, and which move brings the placements there: every pair has one vote."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import shapely

from portal.board.artwork import Floats, Ints
from portal.board.pads import Flags, Pads
from portal.board.pads_shapes import heaps

PAIR_MM = 3.6  # as far apart as the two pads of a 1206
NEAREST_PAIRS = 4
CLOSE_MM = 0.4  # pads of one part lie closer than this, edge to edge, as a rule
NEAR_MM = 0.15
REACH_MM = 6.0  # half of a larger part; those further from their pads do not count
NEAREST_PADS = 4
BIN_MM = 0.25
VOTERS = 32
FAIR_SHARE = 0.2  # fewer votes than this are chance
BOXES = 1 << 18
MOST_PEAKS = 6
SAME_SIZE = 0.05


@dataclass(frozen=True, eq=False)
class Ground:
    """The pads of one side, made ready for many questions."""

    pads: Pads

    @cached_property
    def tree(self) -> Any:
        return shapely.STRtree(shapely.points(self.pads.at))

    @cached_property
    def sizes(self) -> Floats:
        return np.sort(np.column_stack((self.pads.width_mm, self.pads.height_mm)), axis=1)

    @cached_property
    def spots(self) -> Floats:
        """Points where the middle of a part may lie: between two like pads, amid a cluster, on a through-hole pad."""
        if not len(self.pads):
            return np.empty((0, 2))
        found = np.concatenate(
            (self._between(), self._amid_two(), _amid(self.pads), self.pads.at[self.pads.hole_mm > 0])
        )
        _, first = np.unique(np.round(found / (NEAR_MM / 2)), axis=0, return_index=True)
        return np.asarray(found[np.sort(first)])

    @cached_property
    def spot_tree(self) -> Any:
        return shapely.STRtree(shapely.points(self.spots))

    def _between(self) -> Floats:
        """Half way between like pads, each with the nearest four of its size."""
        points = shapely.points(self.pads.at)
        one, other = self.tree.query(points, predicate="dwithin", distance=PAIR_MM)
        alike = (one != other) & self._alike(one, other)
        near = _nearest(one, self.pads.at[one] - self.pads.at[other], NEAREST_PAIRS, among=alike)
        return np.asarray((self.pads.at[one[near]] + self.pads.at[other[near]]) / 2)

    def _amid_two(self) -> Floats:
        """The middle of the box of each pad and its nearest: diodes have unlike pads."""
        one, other = self.tree.query_nearest(
            shapely.points(self.pads.at), max_distance=PAIR_MM, exclusive=True, all_matches=False
        )
        low = np.minimum(self.pads.boxes[one, :2], self.pads.boxes[other, :2])
        return np.asarray((low + np.maximum(self.pads.boxes[one, 2:], self.pads.boxes[other, 2:])) / 2)

    def _alike(self, one: Ints, other: Ints) -> Flags:
        return np.asarray((np.abs(self.sizes[one] - self.sizes[other]) <= SAME_SIZE * self.sizes[one]).all(axis=1))

    def stands(self, points: Floats) -> Flags:
        """Which points are the middle of a part: a pad nearby has its like on the other side of the point."""
        found = np.zeros(len(points), dtype=np.bool_)
        if not (len(points) and len(self.pads)):
            return found
        part, pad = self.tree.query(shapely.points(points), predicate="dwithin", distance=REACH_MM)
        away = self.pads.at[pad] - points[part]
        near = _nearest(part, away, NEAREST_PADS, among=np.ones(len(part), dtype=np.bool_))
        part, pad, away = part[near], pad[near], away[near]
        opposite = shapely.points(points[part] - away)
        asked, twin = self.tree.query(opposite, predicate="dwithin", distance=2 * NEAR_MM)
        is_pair = self._alike(pad[asked], twin) & ((pad[asked] != twin) | (self.pads.hole_mm[twin] > 0))
        found[part[asked[is_pair]]] = True
        found[self._boxed(points, part, pad)] = True
        return found

    def _boxed(self, points: Floats, part: Ints, pad: Ints) -> Ints:
        """Parts that are the middle of the box of their two nearest pads: diodes have unlike pads."""
        first = np.flatnonzero((part[1:] == part[:-1]) & np.concatenate(([True], part[1:-1] != part[:-2])))
        one, other, owner = self.pads.boxes[pad[first]], self.pads.boxes[pad[first + 1]], part[first]
        middle = (np.minimum(one[:, :2], other[:, :2]) + np.maximum(one[:, 2:], other[:, 2:])) / 2
        apart = (one[:, :2] > other[:, 2:]).any(axis=1) | (other[:, :2] > one[:, 2:]).any(axis=1)
        return np.asarray(owner[apart & (np.hypot(*(middle - points[owner]).T) <= NEAR_MM)])


def _nearest(owner: Ints, away: Floats, most: int, *, among: Flags) -> Ints:
    """The rows of the nearest few of each owner."""
    rows = np.flatnonzero(among)
    order = rows[np.lexsort((np.hypot(*away[rows].T), owner[rows]))]
    first = np.searchsorted(owner[order], owner[order])
    return np.asarray(order[np.arange(len(order)) - first < most])


def _amid(pads: Pads) -> Floats:
    """The middle of each cluster of pads."""
    boxes = pads.boxes + np.array([-CLOSE_MM, -CLOSE_MM, CLOSE_MM, CLOSE_MM]) / 2
    heap = heaps(boxes)
    low, high = np.full((heap.max() + 1, 2), np.inf), np.full((heap.max() + 1, 2), -np.inf)
    np.minimum.at(low, heap, boxes[:, :2])
    np.maximum.at(high, heap, boxes[:, 2:])
    return np.asarray((low + high) / 2)


def some_of(points: Floats, most: int) -> Floats:
    """Evenly taken from the whole file, which is sorted by kind as a rule."""
    return np.asarray(
        points[np.unique(np.linspace(0, len(points) - 1, most).astype(np.int64))] if len(points) else points
    )


def moves(points: Floats, ground: Ground) -> list[Floats]:
    """The moves that a fair share of the points agree about, the best first.

    Counted in a hashed table of bins, so that it takes the time of one pass, however far the frames lie apart.
    """
    if not (len(points) and len(ground.spots)):
        return []
    voters = some_of(points, VOTERS)
    every = (ground.spots[None] - voters[:, None]).reshape(-1, 2)
    cell = np.round(every / BIN_MM).astype(np.int64)
    box = (cell[:, 0] * 73_856_093 ^ cell[:, 1] * 19_349_663) & (BOXES - 1)
    votes = np.bincount(box, minlength=BOXES)
    best = np.argpartition(-votes, MOST_PEAKS)[:MOST_PEAKS]
    best = best[votes[best] >= max(2, FAIR_SHARE * len(voters))]
    order = best[np.argsort(-votes[best], kind="stable")].tolist()
    return [_refined(points, ground, np.median(every[box == number], axis=0)) for number in order]


def _refined(points: Floats, ground: Ground, move: Floats) -> Floats:
    """Once more with all points: the middle of what is left between them and their spots."""
    one, spot = ground.spot_tree.query(shapely.points(points + move), predicate="dwithin", distance=BIN_MM)
    rest = np.median(ground.spots[spot] - points[one] - move, axis=0) if len(one) else np.zeros(2)
    return np.asarray(move + rest)
