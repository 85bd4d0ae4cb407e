"""Where drawn things of a KiCad board run: points, polygons, curves, and arcs in their three spellings.

By centre and angle (up to 5), by three points (from 6), and between the points of a polygon (from 7).
"""

import math

import numpy as np

from portal.board.arcs import Floats, flattened
from portal.intake.kicad_pcb_films import Frame, Point
from portal.intake.s_expressions import Damaged, Node, number

CURVE_STEPS = 32
STRAIGHT = 1e-9
FLATTEST_MM = 50_000.0  # a radius beyond this is a straight line


def width_of(node: Node) -> float:
    """New files keep it in (stroke (width …)); 0 is the width that the plot settings say."""
    stroke = node.first("stroke")
    return (stroke or node).number("width") or 0.0


def point(node: Node, name: str) -> Point:
    found = node.numbers(name, 2)
    if found is None:
        raise Damaged(f"This board has a {node.name[:20]} without its {name}.")
    return found[0], found[1]


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
