"""The primitives of IPC-2581 that have a name: circles, rectangles of every corner, donuts, thermals, as apertures."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import numpy as np

from portal.board.shapes import NOTHING, Aperture, Ring, composed, disc, filled, obround, rectangle, regular_polygon
from portal.intake.corners import chamfered, round_cornered

MOST = 1e7  # of any unit; micrometres are the smallest
MOST_SPOKES = 32
MOST_RINGS = 50
NO_CORNER = "0"


def tag(element: Any) -> str:
    """The name without its namespace; empty for comments."""
    return _local(element.tag) if isinstance(element.tag, str) else ""


@lru_cache(maxsize=1_000)
def _local(name: str) -> str:
    return name.rpartition("}")[2]


def attribute(element: Any, name: str, usual: float = 0.0) -> float:
    """Raises ValueError for what is no number, or beyond what any file means; the usual one where it is not given."""
    number = float(element.get(name) or usual)
    if not -MOST <= number <= MOST:
        raise ValueError(name)
    return number


def given(element: Any, name: str) -> float:
    """As attribute, where nothing is usual: a place that is not said is not zero."""
    return attribute(element, name, usual=float("nan"))


def is_true(text: str | None) -> bool:
    return (text or "").strip().lower() in {"true", "1", "yes"}


def _sizes(element: Any, mm: float, *names: str) -> list[float]:
    """Raises ValueError for a negative one."""
    sizes = [attribute(element, name) * mm for name in names]
    if min(sizes) < 0:
        raise ValueError(names)
    return sizes


def _plain(kind: str, ring: Ring) -> Aperture:
    return Aperture(kind, (filled(ring),)) if len(ring) > 2 and np.ptp(ring, axis=0).all() else NOTHING


def _circle(element: Any, mm: float) -> Aperture:
    [diameter] = _sizes(element, mm, "diameter")
    return Aperture("circle", (disc(diameter),) if diameter else (), diameter)


def _rectangle(element: Any, mm: float) -> Aperture:
    width, height = _sizes(element, mm, "width", "height")
    return _plain("rectangle", rectangle(width, height))


def _corners(element: Any) -> str:
    """Which corners are cut, counter-clockwise from right and up; empty for all of them, where none is spoken of."""
    names = ("upperRight", "upperLeft", "lowerLeft", "lowerRight")
    if not any(element.get(name) for name in names):
        return ""
    return "".join(str(at) for at, name in enumerate(names, start=1) if is_true(element.get(name))) or NO_CORNER


def _cornered(name: str, outline: Callable[..., Ring]) -> Callable[[Any, float], Aperture]:
    def aperture(element: Any, mm: float) -> Aperture:
        width, height, cut = _sizes(element, mm, "width", "height", name)
        return _plain("macro", outline(width, height, cut=cut, corners=_corners(element)))

    return aperture


def _by_corners(element: Any, mm: float) -> Aperture:
    names = ("lowerLeftX", "lowerLeftY", "upperRightX", "upperRightY")
    x0, y0, x1, y1 = (attribute(element, name) * mm for name in names)
    return _plain("rectangle", rectangle(x1 - x0, y1 - y0, ((x0 + x1) / 2, (y0 + y1) / 2)))


def _oval(element: Any, mm: float) -> Aperture:
    width, height = _sizes(element, mm, "width", "height")
    return _plain("obround", obround(width, height))


def _ellipse(element: Any, mm: float) -> Aperture:
    return _plain("macro", disc(2.0) * (np.array(_sizes(element, mm, "width", "height")) / 2))


def _diamond(element: Any, mm: float) -> Aperture:
    x, y = np.array(_sizes(element, mm, "width", "height")) / 2
    return _plain("polygon", np.array([(x, 0), (0, y), (-x, 0), (0, -y)]))


def _polygon(vertices: int) -> Callable[[Any, float], Aperture]:
    def aperture(element: Any, mm: float) -> Aperture:
        [length] = _sizes(element, mm, "length")
        return _plain("polygon", regular_polygon(vertices, length))

    return aperture


def _triangle(element: Any, mm: float) -> Aperture:
    x, y = np.array(_sizes(element, mm, "base", "height")) / 2
    return _plain("polygon", np.array([(-x, -y), (x, -y), (0, y)]))


ROUNDS = {"HEXAGON": 6, "OCTAGON": 8}


def _edge(shape: str, size: float) -> Ring:
    if shape == "SQUARE":
        return rectangle(size, size)
    return regular_polygon(ROUNDS[shape], size) if shape in ROUNDS else disc(size)


def _donut(element: Any, mm: float) -> Aperture:
    outer, inner = _sizes(element, mm, "outerDiameter", "innerDiameter")
    shape = (element.get("shape") or "").upper()
    if not outer:
        return NOTHING
    return Aperture(
        "macro", composed([(True, _edge(shape, outer)), *([(False, _edge(shape, inner))] if inner else [])])
    )


def _thermal(element: Any, mm: float) -> Aperture:
    """A donut whose ring is parted by gaps."""
    outer, gap = _sizes(element, mm, "outerDiameter", "gap")
    count = int(min(max(attribute(element, "spokeCount"), 0), MOST_SPOKES))
    turns = np.radians(attribute(element, "spokeStartAngle")) + np.arange(count) * (2 * np.pi / max(count, 1))
    bar = rectangle(outer, gap, (outer / 2, 0))
    bars = [(False, bar @ np.array([[np.cos(t), np.sin(t)], [-np.sin(t), np.cos(t)]])) for t in turns] if gap else []
    ring = [(number == 0, edge) for number, edge in enumerate(_donut(element, mm).rings)]
    return Aperture("macro", composed([*ring, *bars])) if outer else NOTHING


def _moire(element: Any, mm: float) -> Aperture:
    """Rings from the outside inwards, and a cross."""
    outer, width, gap = _sizes(element, mm, "diameter", "ringWidth", "ringGap")
    line, length = _sizes(element, mm, "lineWidth", "lineLength")
    count = int(min(max(attribute(element, "ringNumber"), 0), MOST_RINGS))
    edges = [(outer - 2 * at * (width + gap), outer - 2 * at * (width + gap) - 2 * width) for at in range(count)]
    rings = [(edge == 0, disc(size)) for pair in edges for edge, size in enumerate(pair) if size > 0]
    angle = np.radians(attribute(element, "lineAngle"))
    turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    bars = [(True, rectangle(w, h) @ turn) for w, h in ((length, line), (line, length)) if w and h]
    return Aperture("macro", composed([*rings, *bars]))


def _butterfly(element: Any, mm: float) -> Aperture:
    """Two opposite quarters are open."""
    square = (element.get("shape") or "").upper() == "SQUARE"
    [size] = _sizes(element, mm, "side" if square else "diameter")
    if not size:
        return NOTHING
    quarter = size / 2
    open_ones = [(False, rectangle(quarter, quarter, (x * quarter / 2, -x * quarter / 2))) for x in (-1, 1)]
    return Aperture("macro", composed([(True, _edge("SQUARE" if square else "", size)), *open_ones]))


APERTURES: dict[str, Callable[[Any, float], Aperture]] = {
    "Circle": _circle,
    "RectCenter": _rectangle,
    "RectRound": _cornered("radius", round_cornered),
    "RectCham": _cornered("chamfer", chamfered),
    "RectCorner": _by_corners,
    "Oval": _oval,
    "Ellipse": _ellipse,
    "Diamond": _diamond,
    "Hexagon": _polygon(6),
    "Octagon": _polygon(8),
    "Triangle": _triangle,
    "Donut": _donut,
    "Thermal": _thermal,
    "Butterfly": _butterfly,
    "Moire": _moire,
}
