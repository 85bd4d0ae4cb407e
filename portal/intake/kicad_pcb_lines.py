"""The drawn things of a KiCad board or footprint: lines, arcs, circles, rectangles, polygons and curves."""

import math
from collections.abc import Callable
from itertools import pairwise

import numpy as np

from portal.board.arcs import Floats
from portal.board.shapes import disc
from portal.intake.kicad_pcb_films import NO_PEN, Film, Frame
from portal.intake.kicad_pcb_layers import EDGE
from portal.intake.kicad_pcb_ways import arc_of, curve_of, point, ring_of, width_of
from portal.intake.s_expressions import Node

ALWAYS_FILLED_BEFORE = 20_200_000  # up to 5 a polygon was always filled


def is_drawn(node: Node) -> bool:
    return node.name.partition("_")[2] in DRAWN and node.name[:3] in ("gr_", "fp_")


def draw(node: Node, film: Film, frame: Frame, *, layer: str, version: int, net: str = "") -> None:
    """One drawn thing onto one layer; on the layer of the edge nothing is filled."""
    shape = node.name.partition("_")[2]
    is_filled = layer != EDGE and _fill(node, shape, version)
    has_edge = width_of(node) > 0 or not is_filled
    pen = film.pen(width_of(node), "Profile" if layer == EDGE else "") if has_edge else NO_PEN
    DRAWN[shape](node, film, frame, pen=pen, is_filled=is_filled, net=net)


def _fill(node: Node, shape: str, version: int) -> bool:
    fill = node.first("fill")
    if fill is None:
        return shape == "poly" and version < ALWAYS_FILLED_BEFORE
    kind = fill.word("type") or (fill.words[0] if fill.words else "yes")
    return kind not in ("no", "none")


def _line(node: Node, film: Film, frame: Frame, *, pen: int, is_filled: bool, net: str) -> None:
    _ = is_filled
    film.line(frame.at(*point(node, "start")), frame.at(*point(node, "end")), pen, net=net)


def _arc(node: Node, film: Film, frame: Frame, *, pen: int, is_filled: bool, net: str) -> None:
    _ = is_filled
    arc_onto(node, film, frame, pen=pen, net=net)


def arc_onto(node: Node, film: Film, frame: Frame, *, pen: int, net: str = "") -> None:
    start, end, centre, sweep = arc_of(node, frame)
    film.arc(start, end, pen, centre=centre, sweep=sweep, net=net)


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


DRAWN: dict[str, Callable[..., None]] = {
    "line": _line,
    "arc": _arc,
    "circle": _circle,
    "rect": _rect,
    "poly": _poly,
    "curve": _curve,
}
