"""A layer as things with straight edges: each edge a segment with a radius about it, so that every distance has a form.

A disc is a segment of no length, a stroke one with its pen's radius, a filled contour its edges with radius 0 and a
polygon to ask what lies inside. Chords stand in for arcs with less than 1 µm of error.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import IntEnum
from functools import cached_property
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from portal.board.arcs import Floats, Ints, flattened
from portal.board.artwork import Artwork, Draws, Flashes, Regions
from portal.board.shapes import CIRCLE_POINTS, Aperture, Ring
from portal.board.solid import aperture_shape

Bools = NDArray[np.bool_]

GROWN_MM = 0.08  # half of what is searched for first: then both sides of a search are the same boxes
LONGEST_PIECE_MM = 2.0  # the box of a long slanting stroke covers half the board: it is looked for in pieces


class Kind(IntEnum):
    """How a thing was drawn: flashed, drawn with a pen, filled as a contour, drilled."""

    PAD = 0
    TRACK = 1
    AREA = 2
    HOLE = 3


def _no_polygons() -> NDArray[np.object_]:
    return np.empty(0, dtype=object)


@dataclass(frozen=True, eq=False)
class Capsules:
    """`ends` (n, 4), `radius` and `thing` are of each segment, `kind`, `source` and `level` of each thing.

    `source` is the flash, stroke or contour of the artwork that the thing was. `filled` are the polygons of the
    things `filled_thing`; they may touch themselves, and serve to ask what lies inside.
    """

    ends: Floats = field(default_factory=lambda: np.empty((0, 4)))
    radius: Floats = field(default_factory=lambda: np.empty(0))
    thing: Ints = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    kind: Ints = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    source: Ints = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    level: Ints = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    filled: NDArray[np.object_] = field(default_factory=_no_polygons)
    filled_thing: Ints = field(default_factory=lambda: np.empty(0, dtype=np.int64))

    def __len__(self) -> int:
        """How many things."""
        return len(self.kind)

    @property
    def spots(self) -> Floats:
        """One point of each thing's edge or core."""
        at = np.zeros((len(self), 2))
        at[self.thing[::-1]] = self.ends[::-1, :2]
        return at

    def boxes(self) -> Floats:
        """The extent of each segment."""
        low = np.minimum(self.ends[:, :2], self.ends[:, 2:]) - self.radius[:, None]
        high = np.maximum(self.ends[:, :2], self.ends[:, 2:]) + self.radius[:, None]
        return np.hstack((low, high))

    def thing_boxes(self) -> Floats:
        boxes = np.full((len(self), 4), np.inf)
        boxes[:, 2:] = -np.inf
        each = self.boxes()
        np.minimum.at(boxes[:, :2], self.thing, each[:, :2])
        np.maximum.at(boxes[:, 2:], self.thing, each[:, 2:])
        return boxes

    @cached_property
    def pieces(self) -> tuple[Floats, Ints]:
        """The extent of each segment, of slanting ones in pieces, and the segment that each is of."""
        span = self.ends[:, 2:] - self.ends[:, :2]
        count = np.maximum(np.ceil(np.abs(span).min(axis=1) / LONGEST_PIECE_MM), 1).astype(np.int64)
        segment = np.repeat(np.arange(len(count)), count)
        step = np.arange(len(segment)) - np.repeat(np.cumsum(count) - count, count)
        share = (span / count[:, None])[segment]
        a = self.ends[segment, :2] + share * step[:, None]
        b, reach = a + share, self.radius[segment][:, None]
        return np.hstack((np.minimum(a, b) - reach, np.maximum(a, b) + reach)), segment

    @cached_property
    def grown(self) -> Any:
        """The pieces' boxes, wider by GROWN_MM, each as its diagonal: a box of two points is half the work."""
        return diagonals(widened(self.pieces[0], GROWN_MM))

    @cached_property
    def tree(self) -> Any:
        return shapely.STRtree(self.grown)

    def chosen(self, things: Bools) -> "Capsules":
        """Only these things, numbered anew."""
        number = np.cumsum(things) - 1
        edges, areas = things[self.thing], things[self.filled_thing]
        return Capsules(
            self.ends[edges],
            self.radius[edges],
            number[self.thing[edges]],
            self.kind[things],
            self.source[things],
            self.level[things],
            self.filled[areas],
            number[self.filled_thing[areas]],
        )


def widened(boxes: Floats, by_mm: float) -> Floats:
    return np.asarray(boxes + np.array([-by_mm, -by_mm, by_mm, by_mm]))


def diagonals(boxes: Floats) -> Any:
    return shapely.linestrings(boxes.reshape(-1, 2, 2))


def dots(points: Floats) -> Capsules:
    """Points as things, to ask what comes near them."""
    number = np.arange(len(points))
    return Capsules(np.tile(points, 2), np.zeros(len(points)), number, kind=number, source=number, level=number)


def joined(parts: list[Capsules]) -> Capsules:
    """All things together, each part's numbered after the ones before."""
    if not parts:
        return Capsules()
    before = np.concatenate(([0], np.cumsum([len(part) for part in parts])[:-1]))
    return Capsules(
        np.concatenate([part.ends for part in parts]),
        np.concatenate([part.radius for part in parts]),
        np.concatenate([part.thing + first for part, first in zip(parts, before, strict=True)]),
        np.concatenate([part.kind for part in parts]),
        np.concatenate([part.source for part in parts]),
        np.concatenate([part.level for part in parts]),
        np.concatenate([part.filled for part in parts]),
        np.concatenate([part.filled_thing + first for part, first in zip(parts, before, strict=True)]),
    )


def drawn(artwork: Artwork) -> Capsules:
    """Everything the file draws, dark and clear alike; `level` says which."""
    return joined([*_flashed(artwork), *_stroked(artwork), *_filled(artwork.regions)])


def _flashed(artwork: Artwork) -> Iterator[Capsules]:
    flashes = artwork.flashes
    for number in np.unique(flashes.aperture).tolist():
        aperture = artwork.apertures[number]
        if aperture.rings:
            yield _stamped(aperture, flashes, np.flatnonzero(flashes.aperture == number))


def _stamped(aperture: Aperture, flashes: Flashes, which: Ints) -> Capsules:
    """The same aperture at many places."""
    ends, radius = stamp(aperture)
    at = np.column_stack((flashes.x, flashes.y))[which]
    count, edges = len(which), len(ends)
    areas = _no_polygons() if radius.any() else _copies(aperture, at)
    return Capsules(
        (np.tile(at, 2)[:, None, :] + ends[None]).reshape(-1, 4),
        np.tile(radius, count),
        np.repeat(np.arange(count), edges),
        np.full(count, int(Kind.PAD)),
        which,
        flashes.level[which],
        areas,
        np.arange(len(areas)),
    )


def stamp(aperture: Aperture) -> tuple[Floats, Floats]:
    """The segments of one flash about its origin and their radii. A drill mark in the middle of a disc is copper."""
    if aperture.diameter_mm is not None:
        return np.zeros((1, 4)), np.array([aperture.diameter_mm / 2])
    ring = aperture.rings[0]
    if aperture.kind == "obround" and len(ring) == CIRCLE_POINTS + 2:
        return _core(ring)
    edges = [np.hstack((points, np.roll(points, -1, axis=0))) for points in aperture.rings]
    return np.concatenate(edges), np.zeros(sum(map(len, edges)))


def _core(ring: Ring) -> tuple[Floats, Floats]:
    """An obround is half a circle, a straight side, half a circle: its core line with the circles' radius."""
    half = CIRCLE_POINTS // 2
    centres = (ring[0] + ring[half]) / 2, (ring[half + 1] + ring[-1]) / 2
    return np.concatenate(centres)[None], np.array([np.hypot(*(ring[0] - ring[half])) / 2])


def _copies(aperture: Aperture, places: Floats) -> NDArray[np.object_]:
    if len(aperture.rings) == 1:
        ring = aperture.rings[0]
        rows = (places[:, None, :] + ring[None]).reshape(-1, 2)
        return np.asarray(shapely.polygons(_rings(rows, np.full(len(places), len(ring)))))
    shape = aperture_shape(aperture)
    return np.array([shapely.transform(shape, lambda points, at=at: points + at) for at in places], dtype=object)


def _rings(points: Floats, lengths: Ints) -> Any:
    return shapely.linearrings(points, indices=np.repeat(np.arange(len(lengths)), lengths))


def _stroked(artwork: Artwork) -> Iterator[Capsules]:
    draws = artwork.draws
    if not len(draws):
        return
    diameter = artwork.diameters_mm[draws.aperture]
    round_pen = np.flatnonzero(diameter > 0)
    ends, row = _chords(draws, round_pen)
    nothing = _no_polygons(), np.empty(0, dtype=np.int64)
    yield Capsules(ends, diameter[round_pen][row] / 2, row, *_of_strokes(draws, round_pen), *nothing)
    other = np.isnan(diameter) & np.array([len(a.rings) > 0 for a in artwork.apertures])[draws.aperture]
    if other.any():
        yield _swept(artwork, np.flatnonzero(other))


def _of_strokes(draws: Draws, which: Ints) -> tuple[Ints, Ints, Ints]:
    return np.full(len(which), int(Kind.TRACK)), which, draws.level[which]


def _chords(draws: Draws, which: Ints) -> tuple[Floats, Ints]:
    """The straight pieces of these strokes, and which of them each is of."""
    ends = draws.ends[which]
    x, y, row = flattened(ends, draws.centres[which], draws.sweep[which])
    stops = np.column_stack((x, y))
    starts = np.empty_like(stops)
    starts[1:] = stops[:-1]
    first = np.concatenate(([True], row[1:] != row[:-1]))[: len(row)]
    starts[first] = ends[row[first], :2]
    return np.hstack((starts, stops)), row


def _swept(artwork: Artwork, which: Ints) -> Capsules:
    """Strokes of a pen with corners: what the pen covers from one end to the other."""
    ends, row = _chords(artwork.draws, which)
    pens = artwork.draws.aperture[which][row]
    corners = [artwork.apertures[pen].rings[0] for pen in pens.tolist()]
    lengths = np.array([len(ring) * 2 for ring in corners])
    points = np.concatenate(
        [np.concatenate((ring + e[:2], ring + e[2:])) for ring, e in zip(corners, ends, strict=True)]
    )
    hulls = shapely.convex_hull(shapely.multipoints(points, indices=np.repeat(np.arange(len(lengths)), lengths)))
    solid = shapely.area(hulls) > 0
    edges, piece = edges_of(hulls[solid])
    thing = row[solid]
    return Capsules(edges, np.zeros(len(edges)), thing[piece], *_of_strokes(artwork.draws, which), hulls[solid], thing)


def edges_of(polygons: Any) -> tuple[Floats, Ints]:
    """All edges, holes' too, and the polygon that each is of."""
    rings, polygon = shapely.get_rings(polygons, return_index=True)
    points, ring = shapely.get_coordinates(rings, return_index=True)
    same = ring[1:] == ring[:-1]
    return np.hstack((points[:-1], points[1:]))[same], polygon[ring[:-1][same]]


def _filled(regions: Regions) -> Iterator[Capsules]:
    lengths = np.diff(regions.starts)
    enough = lengths > 2
    if not enough.any():
        return
    which = np.flatnonzero(enough)
    inside = np.repeat(enough, lengths)
    following = np.arange(1, len(regions.points) + 1)
    following[regions.starts[1:][lengths > 0] - 1] = regions.starts[:-1][lengths > 0]
    edges = np.hstack((regions.points, regions.points[following]))[inside]
    thing = np.repeat(np.arange(len(which)), lengths[enough])
    polygons = np.asarray(shapely.polygons(_rings(regions.points[inside], lengths[enough])))
    kind = np.full(len(which), int(Kind.AREA))
    number = np.arange(len(which))
    yield Capsules(edges, np.zeros(len(edges)), thing, kind, which, regions.level[which], polygons, number)
