"""The drawn things of a KiCad board or footprint: lines, arcs, circles, rectangles, polygons and curves.

Three spellings of arcs exist: by centre and angle (up to 5), by three points (from 6), and inside polygons (from 7).
"""

import math
from collections.abc import Callable
from itertools import pairwise

import numpy as np

from portal.board.arcs import Floats, flattened
from portal.board.shapes import disc
from portal.intake.kicad_pcb_films import NO_PEN, Film, Frame, Point
from portal.intake.kicad_pcb_layers import EDGE
from portal.intake.s_expressions import Damaged, Node, number

CURVE_STEPS = 32
ALWAYS_FILLED_BEFORE = 20_200_000  # up to 5 a polygon was always filled
STRAIGHT = 1e-9
FLATTEST_MM = 50_000.0  # a radius beyond this is a straight line


def is_drawn(node: Node) -> bool:
    return node.name.partition("_")[2] in DRAWN and node.name[:3] in ("gr_", "fp_")


def draw(node: Node, film: Film, frame: Frame, *, layer: str, version: int, net: str = "") -> None:
    """One drawn thing onto one layer; on the layer of the edge nothing is filled."""
    shape = node.name.partition("_")[2]
    is_filled = layer != EDGE and _fill(node, shape, version)
    has_edge = width_of(node) > 0 or not is_filled
    pen = film.pen(width_of(node), "Profile" if layer == EDGE else "") if has_edge else NO_PEN
    DRAWN[shape](node, film, frame, pen=pen, is_filled=is_filled, net=net)


def width_of(node: Node) -> float:
    """New files keep it in (stroke (width …)); 0 is the width that the plot settings say."""
    stroke = node.first("stroke")
    return (stroke or node).number("width") or 0.0


def _fill(node: Node, shape: str, version: int) -> bool:
    fill = node.first("fill")
    if fill is None:
        return shape == "poly" and version < ALWAYS_FILLED_BEFORE
    kind = fill.word("type") or (fill.words[0] if fill.words else "yes")
    return kind not in ("no", "none")


def point(node: Node, name: str) -> Point:
    found = node.numbers(name, 2)
    if found is None:
        raise Damaged(f"This board has a {node.name[:20]} without its {name}.")
    return found[0], found[1]


def _line(node: Node, film: Film, frame: Frame, *, pen: int, is_filled: bool, net: str) -> None:
    _ = is_filled
    film.line(frame.at(*point(node, "start")), frame.at(*point(node, "end")), pen, net=net)


def _arc(node: Node, film: Film, frame: Frame, *, pen: int, is_filled: bool, net: str) -> None:
    _ = is_filled
    arc_onto(node, film, frame, pen=pen, net=net)


def arc_onto(node: Node, film: Film, frame: Frame, *, pen: int, net: str = "") -> None:
    start, end, centre, sweep = arc_of(node, frame)
    film.arc(start, end, pen, centre=centre, sweep=sweep, net=net)


def arc_of(node: Node, frame: Frame) -> tuple[Point, Point, Point, float]:
    """Both ends, centre and sweep: by three points, or the old way by centre, beginning and angle (clockwise)."""
    start, end = frame.at(*point(node, "start")), frame.at(*point(node, "end"))
    if node.first("mid"):
        return start, end, *through(start, frame.at(*point(node, "mid")), end)
    sweep = -math.radians(node.number("angle") or 0.0)
    return end, _turned(end, start, sweep), start, sweep


def chords_of(start: Point, end: Point, *, centre: Point, sweep: float) -> Floats:
    """The arc as points, both ends among them."""
    x, y, _ = flattened(np.array([[*start, *end]]), np.array([centre]), np.array([sweep]))
    return np.vstack((np.array([start]), np.column_stack((x, y))))


def _turned(at: Point, centre: Point, sweep: float) -> Point:
    x, y = at[0] - centre[0], at[1] - centre[1]
    cos, sin = math.cos(sweep), math.sin(sweep)
    return centre[0] + x * cos - y * sin, centre[1] + x * sin + y * cos


def through(start: Point, middle: Point, end: Point) -> tuple[Point, float]:
    """Centre and sweep of the arc through three points; a sweep of 0 where they lie on a line."""
    if math.dist(start, end) < STRAIGHT:
        return ((start[0] + middle[0]) / 2, (start[1] + middle[1]) / 2), 2 * math.pi
    ax, ay = middle[0] - start[0], middle[1] - start[1]
    bx, by = end[0] - start[0], end[1] - start[1]
    cross = 2 * (ax * by - ay * bx)
    if abs(cross) < STRAIGHT:
        return (0.0, 0.0), 0.0
    aa, bb = ax * ax + ay * ay, bx * bx + by * by
    x, y = (by * aa - ay * bb) / cross, (ax * bb - bx * aa) / cross
    if math.hypot(x, y) > FLATTEST_MM:
        return (0.0, 0.0), 0.0
    swept = (math.atan2(by - y, bx - x) - math.atan2(-y, -x)) % (2 * math.pi)
    return (start[0] + x, start[1] + y), swept if cross > 0 else swept - 2 * math.pi


def _circle(node: Node, film: Film, frame: Frame, *, pen: int, is_filled: bool, net: str) -> None:
    centre, rim = frame.at(*point(node, "center")), frame.at(*point(node, "end"))
    radius = math.dist(centre, rim)
    if radius <= 0:
        return
    east = (centre[0] + radius, centre[1])
    if pen != NO_PEN:
        film.arc(east, east, pen, centre=centre, sweep=2 * math.pi, net=net)
    if is_filled:
        film.contour(disc(2 * radius, *centre), net=net)


def _rect(node: Node, film: Film, frame: Frame, *, pen: int, is_filled: bool, net: str) -> None:
    (x0, y0), (x1, y1) = point(node, "start"), point(node, "end")
    _closed(frame.all(np.array([(x0, y0), (x1, y0), (x1, y1), (x0, y1)])), film, pen=pen, is_filled=is_filled, net=net)


def _poly(node: Node, film: Film, frame: Frame, *, pen: int, is_filled: bool, net: str) -> None:
    ring = ring_of(node)
    if len(ring) > 1:
        _closed(frame.all(ring), film, pen=pen, is_filled=is_filled, net=net)


def _closed(ring: Floats, film: Film, *, pen: int, is_filled: bool, net: str) -> None:
    if pen != NO_PEN:
        film.around(ring, pen, net=net)
    if is_filled:
        film.contour(ring, net=net)


def _curve(node: Node, film: Film, frame: Frame, *, pen: int, is_filled: bool, net: str) -> None:
    _ = is_filled
    way = curve_of(node)
    if len(way):
        for start, end in pairwise([(float(x), float(y)) for x, y in frame.all(way)]):
            film.line(start, end, pen, net=net)


def curve_of(node: Node) -> Floats:
    """A cubic Bézier curve as a way of short lines; nothing where it has not its four points."""
    corners = ring_of(node)
    if len(corners) != 4:
        return np.empty((0, 2))
    t = np.linspace(0, 1, CURVE_STEPS + 1)[:, None]
    weights = np.hstack(((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3))
    return np.asarray(weights @ corners)


def ring_of(node: Node) -> Floats:
    """The points of (pts …) in KiCad's own coordinates, arcs between them as chords."""
    points = node.first("pts")
    if points is None or not points.children:
        return points.points if points else np.empty((0, 2))
    pieces = [_piece(child) for child in points.children]
    return np.concatenate([np.empty((0, 2)), *pieces])


def _piece(node: Node) -> Floats:
    if node.name == "xy" and len(node.words) > 1:
        return np.array([[number(node.words[0]), number(node.words[1])]])
    if node.name != "arc":
        return np.empty((0, 2))
    start, end = point(node, "start"), point(node, "end")
    centre, sweep = through(start, point(node, "mid"), end)
    return chords_of(start, end, centre=centre, sweep=sweep)


DRAWN: dict[str, Callable[..., None]] = {
    "line": _line,
    "arc": _arc,
    "circle": _circle,
    "rect": _rect,
    "poly": _poly,
    "curve": _curve,
}
