# ruff: noqa: INP001 (a script's neighbour, not a package)
"""Writes what a CAD tool would hand to the shop: X2 Gerbers, Excellon drills, BOM and centroid tables."""

import csv
import io
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from tracks import Point, Shape

MAKER = "Boardwright,Example boards,1"
HATCH_MM, PEN_MM, ZONE_CLEARANCE_MM, ZONE_EDGE_MM = 0.15, 0.2, 0.22, 0.5


@dataclass
class Gerber:
    """One sheet: apertures are numbered as they come."""

    function: str
    polarity: str = "Positive"
    apertures: dict[str, int] = field(default_factory=dict)
    strokes: list[str] = field(default_factory=list)
    current: int = 0

    def flash(self, aperture: str, at: Point) -> None:
        self._take(aperture)
        self.strokes.append(f"{_xy(at)}D03*")

    def line(self, width_mm: float, a: Point, b: Point) -> None:
        self._take(f"C,{width_mm:.6f}")
        self.strokes += [f"{_xy(a)}D02*", f"{_xy(b)}D01*"]

    def corner(self, width_mm: float, a: Point, b: Point, centre: Point) -> None:
        """A quarter circle, counter-clockwise."""
        self._take(f"C,{width_mm:.6f}")
        i, j = round((centre[0] - a[0]) * 1e6), round((centre[1] - a[1]) * 1e6)
        self.strokes += [f"{_xy(a)}D02*", "G03*", f"{_xy(b)}I{i}J{j}D01*", "G01*"]

    def _take(self, aperture: str) -> None:
        number = self.apertures.setdefault(aperture, 10 + len(self.apertures))
        if number != self.current:
            self.strokes.append(f"D{number}*")
            self.current = number

    def text(self) -> str:
        attributes = {
            "GenerationSoftware": MAKER,
            "SameCoordinates": "Original",
            "FileFunction": self.function,
            "FilePolarity": self.polarity,
        }
        head = [f"%TF.{name},{value}*%" for name, value in attributes.items() if value]
        apertures = [f"%ADD{number}{shape}*%" for shape, number in self.apertures.items()]
        body = ["%FSLAX46Y46*%", "%MOMM*%", "%LPD*%", "G01*", "G75*", *apertures, *self.strokes, "M02*"]
        return "\n".join([*head, *body, ""])


def _xy(at: Point) -> str:
    return f"X{round(at[0] * 1e6)}Y{round(at[1] * 1e6)}"


def pad_aperture(shape: Shape, grow: float = 0.0) -> str:
    if shape.hx:
        return f"R,{2 * (shape.hx + grow):.6f}X{2 * (shape.hy + grow):.6f}"
    return f"C,{2 * (shape.r + grow):.6f}"


def zone(shapes: Iterable[Shape], net: str, size: tuple[float, float]) -> Iterator[tuple[Point, Point]]:
    """Strokes that fill the board except around copper of other nets."""
    foreign = [shape for shape in shapes if shape.net != net]
    lines = int((size[1] - 2 * ZONE_EDGE_MM - PEN_MM) / HATCH_MM)
    for k in range(lines + 1):
        y = ZONE_EDGE_MM + PEN_MM / 2 + k * HATCH_MM
        x = ZONE_EDGE_MM + PEN_MM / 2
        end = size[0] - x
        for start, stop in [*sorted(_shadows(foreign, y)), (end, end)]:
            if start - x > PEN_MM:
                yield (x, y), (min(start, end), y)
            x = max(x, stop)


def _shadows(shapes: list[Shape], y: float) -> Iterator[tuple[float, float]]:
    """What each shape and its clearance take of the line at this height."""
    grow = ZONE_CLEARANCE_MM + PEN_MM / 2
    for shape in shapes:
        _, low, _, high = shape.box(grow)
        if low < y < high:
            ends = list(_chords(shape, y, grow))
            if ends:
                yield min(a for a, _ in ends), max(b for _, b in ends)


def _chords(shape: Shape, y: float, grow: float) -> Iterator[tuple[float, float]]:
    reach = grow + shape.r
    steps = max(1, math.ceil(math.dist(shape.a, shape.b) / 0.05))
    for k in range(steps + 1):
        t = k / steps
        x, cy = shape.a[0] + t * (shape.b[0] - shape.a[0]), shape.a[1] + t * (shape.b[1] - shape.a[1])
        off = max(abs(y - cy) - shape.hy, 0.0)
        if off < reach:
            half = shape.hx + math.sqrt(reach**2 - off**2)
            yield x - half, x + half


def excellon(function: str, holes: Iterable[tuple[Point, float]]) -> str:
    """Holes of one kind, smallest tool first; decimal millimetres."""
    by_size: dict[float, list[Point]] = {}
    for at, diameter in holes:
        by_size.setdefault(diameter, []).append(at)
    sizes = sorted(by_size)
    head = ["M48", f"; #@! TF.GenerationSoftware,{MAKER}", f"; #@! TF.FileFunction,{function}", "FMAT,2", "METRIC"]
    tools = [f"T{n}C{size:.3f}" for n, size in enumerate(sizes, 1)]
    body = [
        line for n, size in enumerate(sizes, 1) for line in (f"T{n}", *(f"X{x:.3f}Y{y:.3f}" for x, y in by_size[size]))
    ]
    return "\n".join([*head, *tools, "%", "G90", "G05", *body, "T0", "M30", ""])


def table(rows: Iterable[Iterable[object]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n", quoting=csv.QUOTE_MINIMAL).writerows(rows)
    return text.getvalue()
