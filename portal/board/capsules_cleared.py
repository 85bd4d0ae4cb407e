"""What is left of a layer when its clear shapes have taken away: exact, but only where a clear shape lies.

A plane that clear strokes cut in two is two things afterwards. Whatever no clear shape touches stays as it was drawn.
"""

from typing import Any

import numpy as np
import shapely

from portal.board.arcs import Floats, Ints
from portal.board.artwork import Artwork, Box
from portal.board.capsules import Capsules, Kind, drawn, edges_of, joined

MOST_CUTS = 60_000  # pairs of a dark and a clear shape: some seconds
CHORD_ERROR_MM = 0.001
DUST_MM2 = 1e-5  # what rounding leaves between two cuts
CUT_LEVEL = -1  # the level of what is left of a thing: slivers between two cuts are told by it


class TooManyCuts(Exception):
    """Nobody can wait for this layer: what is left of it stays unknown."""


def left_on_film(artwork: Artwork, everywhere: Box | None = None) -> Capsules:
    """The dark things of a layer. `everywhere` is what a negative plot starts from; TooManyCuts where it costs."""
    things = drawn(artwork)
    if artwork.negative:
        things = _negated(things, everywhere or artwork.bounds_mm() or (0.0, 0.0, 0.0, 0.0))
    is_clear = things.level % 2 == 1
    dark = things.chosen(~is_clear)
    return _cut(dark, things.chosen(is_clear)) if is_clear.any() and len(dark) else dark


def _negated(things: Capsules, box: Box) -> Capsules:
    """A negative plot is a full sheet from which the drawn things are taken."""
    sheet = shapely.box(*box)
    edges, _ = edges_of(np.array([sheet]))
    zero = np.zeros(1, dtype=np.int64)
    ground = Capsules(
        edges,
        np.zeros(len(edges)),
        np.zeros(len(edges), dtype=np.int64),
        np.array([int(Kind.AREA)]),
        zero - 1,
        zero - 1,
        np.array([sheet], dtype=object),
        zero,
    )
    every = joined([ground, things])
    return Capsules(
        every.ends,
        every.radius,
        every.thing,
        every.kind,
        every.source,
        every.level + 1,
        every.filled,
        every.filled_thing,
    )


def _cut(dark: Capsules, clear: Capsules) -> Capsules:
    hit, by = _met(dark, clear)
    if len(hit) > MOST_CUTS:
        raise TooManyCuts
    cut, first = np.unique(hit, return_index=True)
    if not len(cut):
        return dark
    knives = shapes_of(clear, np.unique(by))
    knife = dict(zip(np.unique(by).tolist(), knives, strict=True))
    wholes = shapes_of(dark, cut)
    takers = np.split(by, first[1:])
    left = [
        whole.difference(shapely.disjoint_subset_union_all([knife[number] for number in taker.tolist()]))
        for whole, taker in zip(wholes, takers, strict=True)
    ]
    untouched = np.ones(len(dark), dtype=np.bool_)
    untouched[cut] = False
    return joined([dark.chosen(untouched), _remains(dark, cut, np.array(left, dtype=object))])


def _met(dark: Capsules, clear: Capsules) -> tuple[Ints, Ints]:
    """Dark things and the later clear ones whose boxes meet them, in the order of the dark."""
    boxes = shapely.box(*dark.thing_boxes().T)
    by, hit = shapely.STRtree(boxes).query(shapely.box(*clear.thing_boxes().T))
    later = clear.level[by] > dark.level[hit]
    by, hit = by[later], hit[later]
    order = np.argsort(hit, kind="stable")
    return hit[order], by[order]


def _remains(dark: Capsules, cut: Ints, left: Any) -> Capsules:
    parts, of = shapely.get_parts(left, return_index=True)
    real = (shapely.get_type_id(parts) == shapely.GeometryType.POLYGON) & (shapely.area(parts) > DUST_MM2)
    parts, of = parts[real], cut[of[real]]
    edges, part = edges_of(parts)
    number = np.arange(len(parts))
    return Capsules(
        edges, np.zeros(len(edges)), part, dark.kind[of], dark.source[of], np.full(len(of), CUT_LEVEL), parts, number
    )


def shapes_of(things: Capsules, which: Ints) -> Any:
    """These things as valid shapely areas, in their order."""
    shapes = np.full(len(things), None, dtype=object)
    shapes[things.filled_thing] = things.filled
    wanted = np.zeros(len(things), dtype=np.bool_)
    wanted[which] = True
    round_ones = wanted[things.thing] & (things.radius > 0)
    bodies = _buffered(things.ends[round_ones], things.radius[round_ones])
    owner = things.thing[round_ones]
    alone = np.bincount(owner, minlength=len(things)) == 1
    shapes[owner[alone[owner]]] = bodies[alone[owner]]
    for thing in np.unique(owner[~alone[owner]]).tolist():  # arcs, by their chords
        shapes[thing] = shapely.union_all(bodies[owner == thing])
    return shapely.make_valid(shapes[which])


def _buffered(ends: Floats, radius: Floats) -> Any:
    """Polygons that lie as much inside as outside of a disc; straight sides stay exact, their ends lie inside."""
    arc = np.arccos(np.clip(1 - CHORD_ERROR_MM / np.maximum(radius, 0.01), -1, 1))
    steps = np.ceil(np.pi / 4 / arc).astype(np.int64)
    is_disc = (ends[:, :2] == ends[:, 2:]).all(axis=1)
    reach = np.where(is_disc, radius * (2 / (1 + np.cos(np.pi / 4 / steps))), radius)
    lines = shapely.linestrings(ends.reshape(-1, 2, 2))
    bodies = np.full(len(ends), None, dtype=object)
    for count in np.unique(steps).tolist():
        same = steps == count
        bodies[same] = shapely.buffer(lines[same], reach[same], quad_segs=count)
    return bodies
