"""What the primitives of a custom pad cover, in the frame of the pad with Y up."""

import math
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np
import shapely

from portal.board.artwork import Floats
from portal.board.shapes import Ring, disc, rings_of
from portal.intake.kicad_pcb_films import Frame
from portal.intake.kicad_pcb_ways import arc_of, chords_of, curve_of, point, ring_of, width_of
from portal.intake.s_expressions import Node

UPSIDE = np.array([1.0, -1.0])  # KiCad counts Y down


def grown(area: Any, by_mm: float) -> tuple[Ring, ...]:
    valid = shapely.make_valid(area)
    if by_mm:
        valid = valid.buffer(by_mm, join_style="round" if by_mm > 0 else "mitre")
    return tuple(ring for part in shapely.get_parts(valid) for ring in rings_of(part))


def areas_of(node: Node) -> Iterator[Any]:
    """What one primitive covers: its area where it is filled, and the way of its pen."""
    way = _way(node)
    if len(way) < 2:
        return
    kind = node.name.removeprefix("gr_")
    fill = node.first("fill")
    is_filled = kind == "poly" if fill is None else fill.words[:1] not in (["no"], ["none"])
    if kind in ("poly", "circle", "rect") and len(way) > 2:
        if is_filled or width_of(node) <= 0:
            yield shapely.Polygon(way)
        way = np.vstack((way, way[:1]))
    if width_of(node) > 0:
        yield shapely.LineString(way).buffer(width_of(node) / 2)


def _way(node: Node) -> Floats:
    """Its points in the frame of the pad, Y up; none for what is no shape."""
    way = WAYS.get(node.name.removeprefix("gr_"))
    return np.asarray(way(node) * UPSIDE) if way else np.empty((0, 2))


def _way_of_line(node: Node) -> Floats:
    return np.array([point(node, "start"), point(node, "end")])


def _way_of_circle(node: Node) -> Floats:
    centre = point(node, "center")
    return disc(2 * math.dist(centre, point(node, "end")), *centre)


def _way_of_rect(node: Node) -> Floats:
    (x0, y0), (x1, y1) = point(node, "start"), point(node, "end")
    return np.array([(x0, y0), (x1, y0), (x1, y1), (x0, y1)])


def _way_of_arc(node: Node) -> Floats:
    start, end, centre, sweep = arc_of(node, Frame())
    return np.asarray(chords_of(start, end, centre=centre, sweep=sweep) * UPSIDE)


WAYS: Mapping[str, Callable[[Node], Floats]] = {
    "poly": ring_of,
    "curve": curve_of,
    "line": _way_of_line,
    "circle": _way_of_circle,
    "rect": _way_of_rect,
    "arc": _way_of_arc,
}
