"""Apertures: what one flash of light leaves on the film, as closed rings around its own origin.

A ring that runs counter-clockwise is filled, one that runs clockwise is a hole in it, so that a plain non-zero
fill of all rings is the aperture. Millimetres, Y up.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from operator import itemgetter
from typing import Any, overload

import numpy as np
import shapely
from numpy.typing import NDArray

Ring = NDArray[np.float64]  # (n, 2), not closed: the last point joins the first

CIRCLE_POINTS = 48  # a multiple of four, so that the extent of a circle is exact


Part = tuple[bool, Ring]  # whether it adds, and where
Box = tuple[float, float, float, float]


class Late(Sequence[Ring]):
    """Rings that are made only when somebody looks: most apertures of a package are never looked at closely.

    `box` is known sooner, and for a macro without uniting its parts, which costs a hundred times what reading does.
    """

    def __init__(self, rings: Callable[[], Sequence[Ring]], box: Callable[[], Box]) -> None:
        self._make, self.box = rings, box

    @cached_property
    def _rings(self) -> tuple[Ring, ...]:
        return tuple(self._make())

    def __len__(self) -> int:
        return len(self._rings)

    @overload
    def __getitem__(self, index: int) -> Ring: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Ring, ...]: ...
    def __getitem__(self, index: int | slice) -> Ring | tuple[Ring, ...]:
        return self._rings[index]


@dataclass(frozen=True, eq=False)
class Aperture:
    """`diameter_mm` is set for plain round apertures only: those draw lines of one width.

    `function` is the X2 .AperFunction, empty where the file does not say.
    """

    kind: str  # circle, rectangle, obround, polygon, macro, block, nothing
    rings: Sequence[Ring]
    diameter_mm: float | None = None
    function: tuple[str, ...] = ()

    @cached_property
    def box(self) -> Box:
        """x0, y0, x1, y1 about the origin; all zero for an aperture of no size."""
        if self.diameter_mm is not None:
            reach = self.diameter_mm / 2
            return (-reach, -reach, reach, reach)
        return self.rings.box() if isinstance(self.rings, Late) else box_of(self.rings)

    @property
    def pen_mm(self) -> float:
        """How wide it draws: a round one by its diameter, another about as wide as its narrower side."""
        x0, y0, x1, y1 = self.box
        return min(x1 - x0, y1 - y0) if self.diameter_mm is None else self.diameter_mm

    @cached_property
    def inner_radius_mm(self) -> float:
        """The largest circle about the origin that the aperture fills, its own holes (drill marks) ignored."""
        if self.diameter_mm is not None:
            return self.diameter_mm / 2
        filled = [shapely.Polygon(ring) for ring in self.rings if signed_area(ring) > 0]
        origin = shapely.Point(0, 0)
        return max((float(ring.exterior.distance(origin)) for ring in filled if ring.covers(origin)), default=0.0)

    def turned(self, matrix: NDArray[np.float64]) -> "Aperture":
        """The aperture mirrored, rotated or scaled by a 2 × 2 matrix (Gerber LM, LR, LS)."""
        rings = tuple(ring @ matrix.T for ring in self.rings)
        if np.linalg.det(matrix) < 0:
            rings = tuple(ring[::-1] for ring in rings)
        scale = float(np.sqrt(abs(np.linalg.det(matrix))))
        diameter = None if self.diameter_mm is None else self.diameter_mm * scale
        return Aperture(self.kind, rings, diameter, self.function)


NOTHING = Aperture("nothing", ())
_ANGLES = np.arange(CIRCLE_POINTS) * (2 * np.pi / CIRCLE_POINTS)
_UNIT_CIRCLE = np.column_stack((np.cos(_ANGLES), np.sin(_ANGLES)))
_UPPER_HALF = _UNIT_CIRCLE[: CIRCLE_POINTS // 2 + 1]
_RIGHT_HALF = _UPPER_HALF @ np.array([(0, 1), (-1, 0)]).T


def box_of(rings: Sequence[Ring]) -> Box:
    if not len(rings):
        return (0.0, 0.0, 0.0, 0.0)
    points = np.concatenate(rings)
    (x0, y0), (x1, y1) = points.min(axis=0).tolist(), points.max(axis=0).tolist()
    return x0, y0, x1, y1


def signed_area(ring: Ring) -> float:
    """Positive for a ring that runs counter-clockwise."""
    x, y = ring[:, 0], ring[:, 1]
    return float(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1))) / 2


def disc(diameter: float, x: float = 0.0, y: float = 0.0) -> Ring:
    return _UNIT_CIRCLE * (diameter / 2) + (x, y)


def rectangle(width: float, height: float, centre: tuple[float, float] = (0.0, 0.0)) -> Ring:
    (x, y), w, h = centre, width / 2, height / 2
    return np.array([(x - w, y - h), (x + w, y - h), (x + w, y + h), (x - w, y + h)])


def obround(width: float, height: float) -> Ring:
    """A rectangle whose shorter sides are half circles."""
    cap = (_RIGHT_HALF if width > height else _UPPER_HALF) * (min(width, height) / 2)
    slide = np.array([max(width - height, 0), max(height - width, 0)]) / 2
    return np.concatenate((cap + slide, -cap - slide))


def regular_polygon(vertices: int, diameter: float, rotation_deg: float = 0.0) -> Ring:
    """The first vertex lies on the X axis, as the Gerber standard has it."""
    angle = np.radians(rotation_deg) + np.arange(vertices) * (2 * np.pi / vertices)
    return diameter / 2 * np.column_stack((np.cos(angle), np.sin(angle)))


def hole(ring: Ring) -> Ring:
    return ring[::-1] if signed_area(ring) > 0 else ring


def filled(ring: Ring) -> Ring:
    return ring[::-1] if signed_area(ring) < 0 else ring


def composed(parts: Sequence[Part]) -> tuple[Ring, ...]:
    """Macro primitives painted one after the other; False takes away what lies below."""
    parts = [(dark, ring) for dark, ring in parts if len(ring) > 2]
    if len(parts) == 1:
        return (filled(parts[0][1]),) if parts[0][0] else ()
    shape: Any = shapely.Polygon()
    for dark, run in groupby(parts, key=itemgetter(0)):
        rings = [shapely.Polygon(ring) for _, ring in run]
        piece = shapely.union_all(shapely.make_valid(rings))
        shape = shape.union(piece) if dark else shape.difference(piece)
    return tuple(ring for part in shapely.get_parts(shape) for ring in rings_of(part))


def rings_of(part: Any) -> tuple[Ring, ...]:
    """The edges of a shapely polygon; nothing for what is none."""
    if not isinstance(part, shapely.Polygon) or part.is_empty:
        return ()
    outer = filled(np.array(part.exterior.coords)[:-1])
    return (outer, *(hole(np.array(inner.coords)[:-1]) for inner in part.interiors))
