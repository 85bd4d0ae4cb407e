"""The shapes of IPC-2581 (standard primitives, contours, lines) in millimetres about their own origin."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from portal.board.arcs import Floats, flattened, sweep_rad
from portal.board.shapes import Aperture, Ring
from portal.intake.cut_ins import cut_in
from portal.intake.ipc2581_primitives import APERTURES, attribute, is_true, tag

MM_PER_UNIT = {"MILLIMETER": 1.0, "MM": 1.0, "INCH": 25.4, "MICRON": 0.001, "MIL": 0.0254}
FILLED = {"", "FILL", "SOLID", "HATCH", "MESH"}  # HOLLOW draws the edge only
VOID = "VOID"  # draws nothing


@dataclass(frozen=True, slots=True, eq=False)
class Path:
    """Strokes of one pen. rows: x0, y0, x1, y1, and for arcs the centre and the sweep in radians (else 0)."""

    rows: Floats
    width: float


@dataclass(frozen=True, slots=True, eq=False)
class Shape:
    """What one primitive draws: an aperture, filled rings, strokes, or all of them."""

    aperture: Aperture | None = None
    rings: tuple[Ring, ...] = ()
    paths: tuple[Path, ...] = ()

    @property
    def is_empty(self) -> bool:
        return self.aperture is None and not self.rings and not self.paths

    def __add__(self, other: "Shape") -> "Shape":
        both = self.aperture or other.aperture
        if self.aperture and other.aperture:
            both = Aperture("macro", (*self.aperture.rings, *other.aperture.rings))
        return Shape(both, (*self.rings, *other.rings), (*self.paths, *other.paths))


@dataclass
class Dictionary:
    """Named shapes, pens and fillings of one file. What is asked for and was never given is counted."""

    unit: float = 1.0  # of the drawing; each dictionary has its own
    shapes: dict[tuple[str, str], Shape] = field(default_factory=dict)  # by "Standard" or "User", and by name
    pens: dict[str, float] = field(default_factory=dict)
    fills: dict[str, str] = field(default_factory=dict)
    missing: set[str] = field(default_factory=set)
    texts: int = 0

    def learn(self, entry: Any) -> None:
        """An Entry… of one of the dictionaries. Raises ValueError for what holds no numbers."""
        parent = entry.getparent()
        unit = MM_PER_UNIT.get((parent.get("units") or "").upper(), self.unit) if parent is not None else self.unit
        name = entry.get("id") or ""
        for child in entry:
            if tag(child) == "LineDesc":
                self.pens[name] = attribute(child, "lineWidth") * unit
            elif tag(child) == "FillDesc":
                self.fills[name] = (child.get("fillProperty") or "").upper()
            else:
                key = (tag(entry).removeprefix("Entry"), name)
                self.shapes[key] = self.shapes.get(key, Shape()) + self.shape(child, unit)

    def shape(self, element: Any, unit: float | None = None) -> Shape:
        """Empty for what is no shape. Raises ValueError for a size that is no number."""
        mm = self.unit if unit is None else unit
        name = tag(element)
        if name in {"StandardPrimitiveRef", "UserPrimitiveRef"}:
            return self._named(name.removesuffix("PrimitiveRef"), element.get("id") or "")
        if name in APERTURES:
            return self._primitive(element, mm)
        if name in PATHS:
            return Shape(paths=(Path(PATHS[name](element, mm), self._pen(element, mm)),))
        if name in {"Contour", "Outline", "Polygon"}:
            return self._contour(element, mm)
        if name == "UserSpecial":
            return sum((self.shape(child, mm) for child in element), Shape())
        self.texts += name == "Text"
        return Shape()

    def _named(self, kind: str, name: str) -> Shape:
        """The two dictionaries may use one name; a tool that mixes them up is understood."""
        keys = [(each, name) for each in (kind, "Standard", "User")]
        found = next((self.shapes[key] for key in keys if key in self.shapes), None)
        if found is None:
            self.missing.add(name)
        return found or Shape()

    def _primitive(self, element: Any, mm: float) -> Shape:
        """A hollow one is drawn by its edge, as silkscreen has it."""
        aperture = APERTURES[tag(element)](element, mm)
        filling = self._filling(element)
        if filling in FILLED:
            return Shape(aperture)
        if filling == VOID:
            return Shape()
        pen = self._pen(element, mm)
        return Shape(paths=tuple(Path(_closed(ring), pen) for ring in aperture.rings))

    def _contour(self, element: Any, mm: float) -> Shape:
        """Contour: a polygon and its cut-outs, filled. Outline: its edge. A polygon alone says it by its filling."""
        parts = [element] if tag(element) == "Polygon" else [e for e in element if tag(e) in {"Polygon", "Cutout"}]
        if not parts:
            return Shape()
        filling = self._filling(parts[0])
        if filling == VOID:
            return Shape()
        is_edge = tag(element) == "Outline" or filling not in FILLED
        rings = [ring_of(part, mm) for part in parts]
        if is_edge:
            pen = self._pen(element, mm) or self._pen(parts[0], mm)
            return Shape(paths=tuple(Path(_closed(ring), pen) for ring in rings if len(ring) > 1))
        return Shape(rings=(cut_in(rings[0], rings[1:]),) if len(rings[0]) > 2 else ())

    def _filling(self, element: Any) -> str:
        for child in element:
            if tag(child) == "FillDescRef":
                return self.fills.get(child.get("id") or "", "")
            if tag(child) == "FillDesc":
                return (child.get("fillProperty") or "").upper()
        return ""

    def _pen(self, element: Any, mm: float) -> float:
        for child in element:
            if tag(child) == "LineDescRef":
                return self.pens.get(child.get("id") or "", 0.0)
            if tag(child) == "LineDesc":
                return attribute(child, "lineWidth") * mm
        return 0.0


def ring_of(polygon: Any, mm: float) -> Ring:
    """PolyBegin, then segments and curves; arcs as chords. Open: the last point is not the first again."""
    rows = polyline(polygon, mm)
    if not len(rows):
        return np.empty((0, 2))
    x, y, _ = flattened(rows[:, :4], rows[:, 4:6], rows[:, 6])
    ring = np.concatenate((rows[:1, :2], np.column_stack((x, y))))
    return ring[:-1] if np.allclose(ring[0], ring[-1], atol=1e-6, rtol=0) else ring


def _closed(ring: Ring) -> Floats:
    """A ring as strokes back to its start."""
    return np.hstack((ring, np.roll(ring, -1, axis=0), np.zeros((len(ring), 3))))


def polyline(element: Any, mm: float) -> Floats:
    points, centres, turns = [], [], []
    for step in element:
        name = tag(step)
        if name not in {"PolyBegin", "PolyStepSegment", "PolyStepCurve"}:
            continue
        points.append((attribute(step, "x"), attribute(step, "y")))
        is_arc = name == "PolyStepCurve"
        centres.append((attribute(step, "centerX"), attribute(step, "centerY")) if is_arc else (np.nan, np.nan))
        turns.append(is_true(step.get("clockwise")))
    ends = np.array(points, dtype=np.float64).reshape(-1, 2) * mm
    centre = np.array(centres, dtype=np.float64).reshape(-1, 2)[1:] * mm
    return _rows(ends[:-1], ends[1:], centre=centre, clockwise=np.array(turns[1:], dtype=np.bool_))


def _rows(start: Floats, end: Floats, *, centre: Floats, clockwise: Any) -> Floats:
    """Centre is NaN for straight steps."""
    is_arc = ~np.isnan(centre[:, 0]) if len(centre) else np.zeros(0, dtype=np.bool_)
    middle = np.where(is_arc[:, None], centre, 0.0)
    sweep = np.where(is_arc, sweep_rad(start - middle, end - middle, clockwise=clockwise), 0.0)
    return np.column_stack((start, end, middle, sweep))


def _line(element: Any, mm: float) -> Floats:
    ends = [attribute(element, name) * mm for name in ("startX", "startY", "endX", "endY")]
    return np.array([[*ends, 0.0, 0.0, 0.0]])


def _arc(element: Any, mm: float) -> Floats:
    ends = np.array([[attribute(element, name) * mm for name in ("startX", "startY", "endX", "endY")]])
    centre = np.array([[attribute(element, name) * mm for name in ("centerX", "centerY")]])
    return _rows(ends[:, :2], ends[:, 2:], centre=centre, clockwise=np.array([is_true(element.get("clockwise"))]))


PATHS: dict[str, Callable[[Any, float], Floats]] = {"Line": _line, "Arc": _arc, "Polyline": polyline}


def turned(shape: Shape, matrix: Floats) -> Shape:
    """Mirrored, turned and scaled by a 2 × 2 matrix."""
    flips, scale = np.linalg.det(matrix) < 0, float(np.sqrt(abs(np.linalg.det(matrix))))
    return Shape(
        shape.aperture.turned(matrix) if shape.aperture else None,
        tuple(ring @ matrix.T for ring in shape.rings),
        tuple(Path(_turned_rows(path.rows, matrix, flips=bool(flips)), path.width * scale) for path in shape.paths),
    )


def _turned_rows(rows: Floats, matrix: Floats, *, flips: bool) -> Floats:
    points = [rows[:, at : at + 2] @ matrix.T for at in (0, 2, 4)]
    return np.column_stack((*points, -rows[:, 6] if flips else rows[:, 6]))
