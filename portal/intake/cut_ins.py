"""A contour with holes as one ring: the outer edge with a cut to each hole and back, as Gerber files have it.

A cut runs level to the left, from the leftmost point of a hole to the next edge; so no two cuts cross.
"""

from collections.abc import Sequence

import numpy as np
import shapely

from portal.board.arcs import Floats, Ints
from portal.board.shapes import Ring, filled, hole

MOST_MEETINGS = 20_000_000  # of level lines and edges, some 20 for each hole of a plane; what is left hangs on a corner
AT_ONCE = 500  # holes in one long row meet all the others


def cut_in(outer: Ring, holes: Sequence[Ring]) -> Ring:
    """`outer` counter-clockwise with all holes cut in, clockwise. Holes without area are left out."""
    rings = [filled(outer), *_by_leftmost_point([hole(ring) for ring in holes if len(ring) > 2])]
    if len(rings) == 1:
        return rings[0]
    parents, edges, landings = _landings(rings)
    cuts: list[list[tuple[int, float, Floats, Ring]]] = [[] for _ in rings]
    for number in range(len(rings) - 1, 0, -1):  # what hangs on a hole was read before the hole itself
        whole = _spliced(rings[number], cuts[number])
        parent, edge, landing = int(parents[number - 1]), int(edges[number - 1]), landings[number - 1]
        along = float(np.hypot(*(landing - rings[parent][edge])))
        cuts[parent].append((edge, along, landing, whole))
    return _spliced(rings[0], cuts[0])


def _by_leftmost_point(holes: list[Ring]) -> list[Ring]:
    """Each hole begins with its leftmost point, and the holes come from left to right."""
    turned = [np.roll(ring, -int(np.argmin(ring[:, 0])), axis=0) for ring in holes]
    return sorted(turned, key=lambda ring: float(ring[0, 0]))


def _landings(rings: list[Ring]) -> tuple[Ints, Ints, Floats]:
    """For each hole the ring left of it, the number of the edge there, and the point where the cut lands.

    A hole that has nothing on its left lies outside of its contour: its cut leads to the first corner.
    """
    owner = np.repeat(np.arange(len(rings)), [len(ring) for ring in rings])
    place = np.concatenate([np.arange(len(ring)) for ring in rings])
    start = np.concatenate(rings)
    end = np.concatenate([np.roll(ring, -1, axis=0) for ring in rings])
    tree = shapely.STRtree(shapely.box(*np.minimum(start, end).T, *np.maximum(start, end).T))
    tips = np.array([ring[0] for ring in rings[1:]])
    parents, edges = np.zeros(len(tips), dtype=np.int64), np.zeros(len(tips), dtype=np.int64)
    landings = np.repeat(rings[0][:1], len(tips), axis=0)
    meetings = 0
    for first in range(0, len(tips), AT_ONCE):
        some = np.arange(first, min(first + AT_ONCE, len(tips)))
        lines = shapely.box(np.minimum(start[:, 0].min(), tips[some, 0]), tips[some, 1], tips[some, 0], tips[some, 1])
        line, edge = tree.query(lines)
        meetings += len(line)
        if meetings > MOST_MEETINGS:
            break
        tip = some[line]
        x = _crossings(start[edge], end[edge], tips[tip, 1])
        is_left = (x <= tips[tip, 0]) & (owner[edge] <= tip)  # hole number tip + 1 may hang on earlier ones only
        tip, edge, x = tip[is_left], edge[is_left], x[is_left]
        order = np.argsort(x, kind="stable")  # the last written is the nearest
        tip, edge, x = tip[order], edge[order], x[order]
        parents[tip], edges[tip] = owner[edge], place[edge]
        landings[tip] = np.column_stack((x, tips[tip, 1]))
    return parents, edges, landings


def _crossings(start: Floats, end: Floats, level: Floats) -> Floats:
    """Where each edge crosses its level; infinite where it does not."""
    (x0, y0), (x1, y1) = start.T, end.T
    straddles = (y0 <= level) != (y1 <= level)
    rise = np.where(straddles, y1 - y0, 1.0)
    return np.where(straddles, x0 + (level - y0) / rise * (x1 - x0), np.inf)


def _spliced(ring: Ring, cuts: list[tuple[int, float, Floats, Ring]]) -> Ring:
    """The ring with each hole put in where its cut lands: there, round the hole, and back."""
    pieces, at = [], 0
    for edge, _, landing, whole in sorted(cuts, key=lambda cut: cut[:2]):
        pieces += [ring[at : edge + 1], landing[None, :], whole, whole[:1], landing[None, :]]
        at = edge + 1
    return np.concatenate((*pieces, ring[at:]))
