"""A layer as a grey picture: cairo draws it, from paths that NumPy has written in bulk.

One call hands cairo a path of any length, so that no Python runs per stroke; a layer takes some ten milliseconds.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

import cairocffi
import numpy as np
import shapely
from numpy.typing import NDArray

from portal.board.arcs import Floats, Ints, flattened
from portal.board.artwork import Artwork, Box
from portal.board.colours import Colour
from portal.board.shapes import Aperture, Ring, disc

MOVE, LINE, CLOSE = (np.array([kind, rows], np.int32).view(np.float64)[0] for kind, rows in ((0, 2), (1, 2), (3, 1)))
SEEN_PX = 0.15  # a corner that lies closer than this to the line without it is left out
THINNEST_PX = 0.6  # what is finer would fade
Pixel = TypeVar("Pixel", np.uint8, np.uint32)
Path = NDArray[np.float64]  # cairo_path_data_t: rows of headers and points


@dataclass(frozen=True, slots=True)
class View:
    """Which part of the board a picture shows, from which side, at how many pixels across."""

    box: Box
    width_px: int
    is_mirrored: bool = False

    @property
    def scale(self) -> float:
        return self.width_px / (self.box[2] - self.box[0])

    @property
    def size(self) -> tuple[int, int]:
        return self.width_px, max(1, round((self.box[3] - self.box[1]) * self.scale))

    def matrix(self) -> Any:
        """Y points up in a board and down in a picture; the bottom is mirrored besides."""
        x0, _, x1, y1 = self.box
        scale = self.scale
        if self.is_mirrored:
            return cairocffi.Matrix(-scale, 0, 0, -scale, x1 * scale, y1 * scale)
        return cairocffi.Matrix(scale, 0, 0, -scale, -x0 * scale, y1 * scale)


class Canvas:
    """A grey surface to draw on in millimetres; what adds covers, what takes away uncovers.

    Finer strokes than `thinnest_px` are drawn as wide as that, to be seen; 0 where they are to be counted.
    """

    def __init__(self, view: View, thinnest_px: float = THINNEST_PX) -> None:
        self.view, self.thinnest_mm = view, thinnest_px / view.scale
        self.surface = cairocffi.ImageSurface(cairocffi.FORMAT_A8, *view.size)
        self.context = cairocffi.Context(self.surface)
        self.context.set_line_cap(cairocffi.LINE_CAP_ROUND)
        self.context.set_line_join(cairocffi.LINE_JOIN_ROUND)
        self.context.set_matrix(view.matrix())

    def ink(self, *, adds: bool) -> None:
        self.context.set_operator(cairocffi.OPERATOR_OVER if adds else cairocffi.OPERATOR_DEST_OUT)

    def cover(self) -> None:
        self.context.paint()

    def fill(self, path: Path, *, even_odd: bool = False) -> None:
        if len(path):
            _append(self.context, path)
            self.context.set_fill_rule(cairocffi.FILL_RULE_EVEN_ODD if even_odd else cairocffi.FILL_RULE_WINDING)
            self.context.fill()

    def dots(self, at: Floats, diameter_mm: float) -> None:
        tolerance = SEEN_PX / self.view.scale
        self.fill(repeated([simpler(disc(diameter_mm), tolerance)], at))

    def stroke(self, path: Path, width_mm: float) -> None:
        if len(path):
            _append(self.context, path)
            self.context.set_line_width(max(width_mm, self.thinnest_mm))
            self.context.stroke()


class Paint:
    """A surface in colour, painted through films."""

    def __init__(self, view: View, colour: Colour) -> None:
        self.surface = cairocffi.ImageSurface(cairocffi.FORMAT_RGB24, *view.size)
        self.context = cairocffi.Context(self.surface)
        self.context.set_source_rgb(*_rgb(colour))
        self.context.paint()

    def over(self, films: Iterable[Canvas], colour: Colour, *, opacity: float = 1.0) -> "Paint":
        self.context.set_source_rgba(*_rgb(colour), opacity)
        return self._masked(films)

    def through(self, films: Iterable[Canvas], other: "Paint") -> "Paint":
        self.context.set_source_surface(other.surface)
        return self._masked(films)

    def _masked(self, films: Iterable[Canvas]) -> "Paint":
        for film in films:
            self.context.mask_surface(film.surface)
        return self


def _rgb(colour: Colour) -> tuple[float, float, float]:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def _append(context: Any, path: Path) -> None:
    rows = np.ascontiguousarray(path)
    data = cairocffi.ffi.cast("cairo_path_data_t *", rows.ctypes.data)
    whole = cairocffi.ffi.new("cairo_path_t *", {"status": 0, "data": data, "num_data": len(rows)})
    context.new_path()
    cairocffi.cairo.cairo_append_path(context._pointer, whole)  # noqa: SLF001 - cairocffi's own way takes a list of tuples


def pixels(canvas: Canvas) -> NDArray[np.uint8]:
    return surface_rows(canvas.surface, np.uint8)


def surface_rows(surface: Any, kind: type[Pixel]) -> NDArray[Pixel]:
    """A copy: the surface's own memory ends with it."""
    surface.flush()
    rows, across = surface.get_height(), surface.get_stride() // np.dtype(kind).itemsize
    held = np.frombuffer(surface.get_data(), kind, rows * across)
    return held.reshape(rows, across)[:, : surface.get_width()].copy()


def drawn(artwork: Artwork, canvas: Canvas) -> Canvas:
    """All of a layer, level by level."""
    if artwork.negative:
        canvas.cover()
    levels = np.union1d(artwork.flashes.level, np.union1d(artwork.draws.level, artwork.regions.level))
    for level in levels.tolist():
        canvas.ink(adds=(level % 2 == 0) is not artwork.negative)
        _draw_level(artwork, level, canvas)
    return canvas


def _draw_level(artwork: Artwork, level: int, canvas: Canvas) -> None:
    regions = np.flatnonzero(artwork.regions.level == level)
    canvas.fill(_regions(artwork, regions))
    draws = np.flatnonzero(artwork.draws.level == level)
    for number, members in by_aperture(artwork.draws.aperture, draws):
        canvas.stroke(_strokes(artwork, members), artwork.apertures[number].pen_mm)
    flashes = np.flatnonzero(artwork.flashes.level == level)
    for number, members in by_aperture(artwork.flashes.aperture, flashes):
        at = np.column_stack((artwork.flashes.x[members], artwork.flashes.y[members]))
        canvas.fill(repeated(seen_rings(artwork.apertures[number], SEEN_PX / canvas.view.scale), at))


def by_aperture(aperture: Ints, members: Ints) -> Iterator[tuple[int, Ints]]:
    """(aperture, its members), each aperture once."""
    if not len(members):
        return
    order = members[np.argsort(aperture[members], kind="stable")]
    numbers, first = np.unique(aperture[order], return_index=True)
    yield from zip(numbers.tolist(), np.split(order, first[1:]), strict=True)


def polygons(points: Floats, starts: Ints) -> Path:
    """Closed contours; contour i is points[starts[i]:starts[i + 1]], none of them empty."""
    count = np.diff(starts)
    contour = np.repeat(np.arange(len(count)), count)
    header = 2 * np.arange(len(points)) + contour
    path = np.zeros((2 * len(points) + len(count), 2))
    path[header, 0] = LINE
    path[header[starts[:-1]], 0] = MOVE
    path[header + 1] = points
    path[2 * starts[1:] + np.arange(len(count)), 0] = CLOSE
    return path


def polylines(points: Floats, is_first: NDArray[np.bool_]) -> Path:
    """Open lines; each begins at a point that is a first one."""
    path = np.zeros((2 * len(points), 2))
    path[0::2, 0] = np.where(is_first, MOVE, LINE)
    path[1::2] = points
    return path


def _strokes(artwork: Artwork, members: Ints) -> Path:
    ends = artwork.draws.ends[members]
    x, y, row = flattened(ends, artwork.draws.centres[members], artwork.draws.sweep[members])
    points = np.concatenate((ends[:, :2], np.column_stack((x, y))))
    owner = np.concatenate((np.arange(len(ends)), row))
    order = np.argsort(owner, kind="stable")  # each start comes before its chords: it stands first
    return polylines(points[order], order < len(ends))


def _regions(artwork: Artwork, members: Ints) -> Path:
    """All counter-clockwise, so that a non-zero fill unites them as the standard wants."""
    regions = artwork.regions
    members = members[np.diff(regions.starts)[members] > 2]
    if not len(members):
        return np.empty((0, 2))
    clockwise = regions.signed_areas_mm2() < 0
    rings = [
        regions.points[regions.starts[i] : regions.starts[i + 1]][:: -1 if clockwise[i] else 1]
        for i in members.tolist()
    ]
    return polygons(np.concatenate(rings), np.cumsum([0, *map(len, rings)], dtype=np.int64))


def seen_rings(aperture: Aperture, tolerance_mm: float) -> list[Floats]:
    """The rings of an aperture without the corners that nobody would see."""
    return [simpler(ring, tolerance_mm) for ring in aperture.rings]


def simpler(ring: Ring, tolerance_mm: float) -> Ring:
    kept = shapely.get_coordinates(shapely.simplify(shapely.linearrings(ring), tolerance_mm))[:-1]
    return kept if len(kept) > 2 else ring


def repeated(rings: list[Floats], at: Floats) -> Path:
    """The same rings at each place."""
    if not rings or not len(at):
        return np.empty((0, 2))
    points, lengths = np.concatenate(rings), np.array([len(ring) for ring in rings])
    every = (points[None] + at[:, None]).reshape(-1, 2)
    return polygons(every, np.concatenate(([0], np.cumsum(np.tile(lengths, len(at))))))
