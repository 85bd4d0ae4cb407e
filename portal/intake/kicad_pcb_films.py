"""What a board draws on each of its layers, gathered thing by thing and then handed over as arrays."""

import math
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field

import numpy as np

from portal.board.artwork import Artwork, Draws, Flashes, Floats, Ints, Marks, Regions
from portal.board.shapes import NOTHING, Aperture, disc
from portal.intake.s_expressions import Damaged

Point = tuple[float, float]
MOST_POINTS = 5_000_000  # on all layers of a board; the largest real ones have a tenth of that
QUARTERS = {0: (1.0, 0.0), 90: (0.0, 1.0), 180: (-1.0, 0.0), 270: (0.0, -1.0)}
NO_PEN = 0  # the first aperture of every film is nothing
THINNEST_PEN_MM = 0.1  # what KiCad takes for a line of no width


def turn(angle_deg: float) -> tuple[float, float]:
    """Cosine and sine, exact for quarter turns, so that a turned pad has exactly its size."""
    angle = angle_deg % 360
    exact = QUARTERS.get(int(angle)) if angle == int(angle) else None
    return exact or (math.cos(math.radians(angle)), math.sin(math.radians(angle)))


@dataclass(frozen=True, slots=True)
class Frame:
    """From KiCad's coordinates (Y down) of the board, or of one footprint, to millimetres with Y up."""

    x: float = 0.0
    y: float = 0.0
    cos: float = 1.0
    sin: float = 0.0

    def at(self, x: float, y: float) -> Point:
        return self.x + x * self.cos + y * self.sin, self.y + x * self.sin - y * self.cos

    def all(self, points: Floats) -> Floats:
        x, y = points[:, 0], points[:, 1]
        return np.column_stack((self.x + x * self.cos + y * self.sin, self.y + x * self.sin - y * self.cos))

    def within(self, place: Point, angle_deg: float) -> "Frame":
        """The frame of a footprint that stands there, turned counter-clockwise by its own angle."""
        return Frame(*self.at(*place), *turn(angle_deg))


@dataclass(slots=True)
class Names:
    """The distinct names of nets or pins, and the index of each; "" is -1."""

    values: dict[str, int] = field(default_factory=dict)

    def index(self, name: str) -> int:
        return self.values.setdefault(name, len(self.values)) if name else -1


@dataclass(slots=True)
class Room:
    """What all films of a board together may still draw, in points."""

    points: int = MOST_POINTS

    def take(self, points: int) -> None:
        self.points -= points
        if self.points < 0:
            raise Damaged("This board draws more than any real one.", "board-too-large")


@dataclass(slots=True)
class Film:
    """One layer. A flash is x, y, aperture, net, pin; a stroke its ends, centre, sweep, aperture and net."""

    room: Room = field(default_factory=Room)
    nets: Names = field(default_factory=Names)
    pins: Names = field(default_factory=Names)
    apertures: list[Aperture] = field(default_factory=lambda: [NOTHING])
    known: dict[Hashable, int] = field(default_factory=dict)
    flashes: list[tuple[float, float, int, int, int]] = field(default_factory=list)
    strokes: list[tuple[float, ...]] = field(default_factory=list)
    contours: list[Floats] = field(default_factory=list)
    contour_nets: list[int] = field(default_factory=list)

    def aperture(self, key: Hashable, make: Callable[[], Aperture]) -> int:
        """Its number; each is made once."""
        if key not in self.known:
            self.known[key] = len(self.apertures)
            self.apertures.append(make())
        return self.known[key]

    def pen(self, width: float, function: str) -> int:
        width = round(width, 6) if width > 0 else THINNEST_PEN_MM
        words = (function,) if function else ()
        return self.aperture(("pen", width, function), lambda: Aperture("circle", (disc(width),), width, words))

    def flash(self, at: Point, aperture: int, *, net: str = "", pin: str = "") -> None:
        self.room.take(1)
        self.flashes.append((*at, aperture, self.nets.index(net), self.pins.index(pin)))

    def line(self, start: Point, end: Point, pen: int, *, net: str = "") -> None:
        self.arc(start, end, pen, centre=(0.0, 0.0), sweep=0.0, net=net)

    def arc(self, start: Point, end: Point, pen: int, *, centre: Point, sweep: float, net: str = "") -> None:
        """`sweep` in radians, counter-clockwise positive; 0 is a straight line."""
        self.room.take(2)
        self.strokes.append((*start, *end, *centre, sweep, pen, self.nets.index(net)))

    def around(self, ring: Floats, pen: int, *, net: str = "") -> None:
        """A pen along the edge of a contour."""
        corners = [(float(x), float(y)) for x, y in ring]
        for start, end in zip(corners, [*corners[1:], corners[0]], strict=True):
            self.line(start, end, pen, net=net)

    def contour(self, ring: Floats, *, net: str = "") -> None:
        if len(ring) > 2:
            self.room.take(len(ring))
            self.contours.append(ring)
            self.contour_nets.append(self.nets.index(net))

    def artwork(self) -> Artwork:
        flashes = np.array(self.flashes, dtype=np.float64).reshape(-1, 5)
        strokes = np.array(self.strokes, dtype=np.float64).reshape(-1, 9)
        points = np.concatenate(self.contours) if self.contours else np.empty((0, 2))
        starts = np.cumsum([0, *map(len, self.contours)], dtype=np.int64)
        nets = (_whole(flashes[:, 3]), _whole(strokes[:, 8]), np.array(self.contour_nets, dtype=np.int64))
        none = (np.full(len(strokes), -1, dtype=np.int64), np.full(len(self.contours), -1, dtype=np.int64))
        return Artwork(
            tuple(self.apertures),
            Flashes(flashes[:, 0], flashes[:, 1], _whole(flashes[:, 2]), _zeros(flashes)),
            Draws(strokes[:, :4], strokes[:, 4:6], strokes[:, 6], _whole(strokes[:, 7]), _zeros(strokes)),
            Regions(points, starts, np.zeros(len(self.contours), dtype=np.int64)),
            nets=Marks(tuple(self.nets.values), *nets) if self.nets.values else None,
            pins=Marks(tuple(self.pins.values), _whole(flashes[:, 4]), *none) if self.pins.values else None,
        )


def _whole(column: Floats) -> Ints:
    return column.astype(np.int64)


def _zeros(rows: Floats) -> Ints:
    return np.zeros(len(rows), dtype=np.int64)
