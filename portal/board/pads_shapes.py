"""Everything a layer flashes, fills or paints as a table of rectangles: centre, size, how far it is turned, box."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import shapely

from portal.board.artwork import Artwork, Floats, Ints, Marks
from portal.board.shapes import Aperture

LARGEST_PAINTED_MM = 15.0  # a heap of strokes larger than this is a frame or a text, not a pad
MOST_POINTS = 400  # contours with more are planes: their box is enough
MOST_STROKES = 20_000
PAINTED = 0.5  # strokes must cover this share of their box, else they are letters
NEARLY_UPRIGHT = 0.98  # a turned rectangle must save this much area before it is believed
ROUND_TO_MM = 1e-6


@dataclass(frozen=True, eq=False)
class Shapes:
    """`function` is the X2 use of each ("SMDPad", "" where the file does not say), `pin` its name on the board."""

    x: Floats
    y: Floats
    width: Floats
    height: Floats
    rotation: Floats
    boxes: Floats
    function: Any
    pin: Any
    is_round: Any
    is_painted: Any

    def __len__(self) -> int:
        return len(self.x)

    @property
    def area(self) -> Floats:
        return self.width * self.height

    @property
    def at(self) -> Floats:
        return np.column_stack((self.x, self.y))

    def hold(self, rows: Ints, at: Floats) -> Any:
        """Row by row: whether the rectangle, as it is turned, holds the point; its box may reach over neighbours."""
        away, angle = at - self.at[rows], np.radians(self.rotation[rows])
        along, across = np.cos(angle), np.sin(angle)
        x = np.abs(away[:, 0] * along + away[:, 1] * across)
        y = np.abs(away[:, 1] * along - away[:, 0] * across)
        return (2 * x <= self.width[rows] + ROUND_TO_MM) & (2 * y <= self.height[rows] + ROUND_TO_MM)

    def of(self, kept: Any) -> "Shapes":
        return Shapes(*(getattr(self, name)[kept] for name in self.__dataclass_fields__))


def joined(tables: list[Shapes]) -> Shapes:
    """One table out of several; an empty one where there are none."""
    tables = [*tables, table_of(np.empty((0, 5)), np.empty((0, 4)))]
    return Shapes(*(np.concatenate([getattr(t, name) for t in tables]) for name in Shapes.__dataclass_fields__))


def shapes(artwork: Artwork) -> Shapes:
    """The dark flashes, then the dark contours, then pads that were painted with strokes."""
    return joined([flashed(artwork), filled(artwork), _painted(artwork)])


def table_of(rows: Floats, boxes: Floats) -> Shapes:
    """Of rows x, y, width, height, rotation."""
    nameless = np.full(len(rows), "", dtype=object)
    x, y, width, height, rotation = rows.T
    no = np.zeros(len(rows), dtype=np.bool_)
    return Shapes(x, y, width, height, rotation, boxes, nameless, nameless, no, no)


def flashed(artwork: Artwork) -> Shapes:
    """The dark flashes alone, those of no size left out."""
    flashes = artwork.flashes
    if not len(flashes):
        return table_of(np.empty((0, 5)), np.empty((0, 4)))
    reach = artwork.boxes[flashes.aperture]
    dark = np.flatnonzero((flashes.level % 2 == 0) & (reach[:, 2] > reach[:, 0]) & (reach[:, 3] > reach[:, 1]))
    used, which = np.unique(flashes.aperture[dark], return_inverse=True)
    sizes = _sizes([artwork.apertures[number] for number in used.tolist()])[which]
    at = np.column_stack((flashes.x[dark], flashes.y[dark]))
    function = [(artwork.apertures[number].function or ("",))[0] for number in used.tolist()]
    return Shapes(
        x=at[:, 0] + sizes[:, 0],
        y=at[:, 1] + sizes[:, 1],
        width=sizes[:, 2],
        height=sizes[:, 3],
        rotation=sizes[:, 4],
        boxes=np.hstack((at, at)) + reach[dark],
        function=np.array([*function, ""], dtype=object)[which],
        pin=_names(artwork.pins, artwork.pins.flashes if artwork.pins else None, dark),
        is_round=~np.isnan(artwork.diameters_mm[flashes.aperture[dark]]),
        is_painted=np.zeros(len(dark), dtype=np.bool_),
    )


def _names(marks: Marks | None, index: Ints | None, rows: Ints) -> Any:
    if marks is None or index is None or not len(index):
        return np.full(len(rows), "", dtype=object)
    return np.array([*marks.values, ""], dtype=object)[index[rows]]


def _sizes(apertures: list[Aperture]) -> Floats:
    """Centre about the origin, width, height, rotation of each."""
    rows = _upright(np.array([aperture.box for aperture in apertures] or np.empty((0, 4))))
    odd = [number for number, aperture in enumerate(apertures) if aperture.kind not in {"circle", "nothing"}]
    if odd:
        points = [np.concatenate(apertures[number].rings) for number in odd if apertures[number].rings]
        owner = np.repeat(np.arange(len(points)), [len(group) for group in points])
        _believe_turned(rows, np.array(odd), shapely.multipoints(np.concatenate(points), indices=owner))
    return rows


def _believe_turned(rows: Floats, which: Ints, geometries: Any) -> None:
    """Puts the smallest rectangle in place of the upright one where that is clearly smaller."""
    turned = _turned(geometries)
    saves = turned[:, 2] * turned[:, 3] < NEARLY_UPRIGHT * rows[which, 2] * rows[which, 3]
    rows[which[saves]] = turned[saves]


def _turned(geometries: Any) -> Floats:
    """x, y, width, height, rotation of the smallest rectangle around each; a sliver of no area keeps zeros."""
    rectangles = shapely.oriented_envelope(geometries)
    rows = np.zeros((len(rectangles), 5))
    whole = shapely.get_type_id(rectangles) == shapely.GeometryType.POLYGON
    corners = shapely.get_coordinates(rectangles[whole]).reshape(-1, 5, 2)
    along, across = corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 1]
    width, height = np.hypot(*along.T), np.hypot(*across.T)
    angle = np.degrees(np.arctan2(along[:, 1], along[:, 0])) % 180
    lies_across = angle >= 90
    width, height = np.where(lies_across, height, width), np.where(lies_across, width, height)
    rows[whole] = np.column_stack((corners[:, :4].mean(axis=1), width, height, angle % 90))
    return rows


def filled(artwork: Artwork) -> Shapes:
    regions = artwork.regions
    lengths = np.diff(regions.starts)
    kept = np.flatnonzero((regions.level % 2 == 0) & (lengths > 2))
    if not len(kept):
        return table_of(np.empty((0, 5)), np.empty((0, 4)))
    first = regions.starts[:-1]
    boxes = np.hstack((np.minimum.reduceat(regions.points, first), np.maximum.reduceat(regions.points, first)))[kept]
    rows = _upright(boxes)
    small = np.flatnonzero((lengths[kept] <= MOST_POINTS) & (rows[:, 2:4] <= LARGEST_PAINTED_MM).all(axis=1))
    if len(small):
        mine = np.isin(np.repeat(np.arange(len(regions)), lengths), kept[small])
        owner = np.repeat(np.arange(len(small)), lengths[kept[small]])
        _believe_turned(rows, small, shapely.multipoints(regions.points[mine], indices=owner))
    table = table_of(rows, boxes)
    pin = _names(artwork.pins, artwork.pins.regions if artwork.pins else None, kept)
    return replace(table, pin=pin)


def _upright(boxes: Floats) -> Floats:
    low, high = boxes[:, :2], boxes[:, 2:]
    return np.hstack(((low + high) / 2, high - low, np.zeros((len(boxes), 1))))


def _painted(artwork: Artwork) -> Shapes:
    """Heaps of strokes that touch each other and fill their box: pads of tools that do not flash."""
    draws = artwork.draws
    dark = np.flatnonzero((draws.level % 2 == 0) & (draws.sweep == 0))
    pens = np.array([aperture.pen_mm for aperture in artwork.apertures] or [0.0])[draws.aperture[dark]]
    ends = draws.ends[dark]
    short = (np.hypot(ends[:, 2] - ends[:, 0], ends[:, 3] - ends[:, 1]) < LARGEST_PAINTED_MM) & (pens > 0)
    ends, pens = ends[short], pens[short]
    if not 0 < len(ends) <= MOST_STROKES:
        return table_of(np.empty((0, 5)), np.empty((0, 4)))
    low = np.minimum(ends[:, :2], ends[:, 2:]) - pens[:, None] / 2
    high = np.maximum(ends[:, :2], ends[:, 2:]) + pens[:, None] / 2
    heap = heaps(np.hstack((low, high)))
    count = int(heap.max()) + 1
    lower, upper = np.full((count, 2), np.inf), np.full((count, 2), -np.inf)
    np.minimum.at(lower, heap, low)
    np.maximum.at(upper, heap, high)
    inked = np.bincount(heap, weights=pens * (np.hypot(*(ends[:, 2:] - ends[:, :2]).T) + pens), minlength=count)
    boxes = np.hstack((lower, upper))
    rows = _upright(boxes)
    is_pad = (rows[:, 2:4] <= LARGEST_PAINTED_MM).all(axis=1) & (inked >= PAINTED * rows[:, 2] * rows[:, 3])
    table = table_of(rows[is_pad], boxes[is_pad])
    return replace(table, is_painted=~table.is_painted)


def heaps(boxes: Floats) -> Ints:
    """A number for each box; boxes that touch, also by way of others, have the same, counted from 0."""
    spots = shapely.box(*boxes.T)
    one, other = shapely.STRtree(spots).query(spots, predicate="intersects")
    label = np.arange(len(boxes))
    while True:
        lowest = np.minimum(label[one], label[other])
        before = label.copy()
        np.minimum.at(label, one, lowest)
        label = label[label]
        if (label == before).all():
            return np.asarray(np.unique(label, return_inverse=True)[1])
