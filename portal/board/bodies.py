"""The parts of one side as boxes over their pads, and a dot at pin 1 where the files name it.

How large a body is follows from its pads and is an estimate: it is drawn so that the pads shine through, and only for
parts whose pads were found for sure.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import compress

import numpy as np
import shapely
from numpy.typing import NDArray

from portal.board.arcs import Floats
from portal.board.design import Footprint, Placement, Side
from portal.board.footprints import Landing

FEWEST_PADS = 2  # a single pad is a mounting hole, a fiducial or a test point
DOT_SHARE = 0.16  # of the shorter edge of a body
LARGEST_DOT_MM = 0.5
# How much of the pads' box a body covers: along its longer and its shorter edge.
SHARES = {"chip": (0.72, 0.9), "gull-wing": (0.74, 0.96), "leadless": (1.0, 1.0), "grid": (1.08, 1.08)}
ALL_AROUND = (0.76, 0.76)  # of leads on all four edges
OTHERS = (0.95, 0.95)
STANDING = 2  # so many other parts in a body: it is two strips for a module, or a shield, and hides them
AT_EDGE_MM, LEAST_SHARE = 0.05, 0.2  # each pair of edges of a body with leads all around has so many of them


@dataclass(frozen=True, eq=False)
class Bodies:
    """`corners` of each body, counter-clockwise; `dots` are x, y and diameter."""

    corners: Floats = field(default_factory=lambda: np.empty((0, 4, 2)))
    dots: Floats = field(default_factory=lambda: np.empty((0, 3)))


def bodies(landing: Landing, found: Sequence[Footprint], left_off: frozenset[str] = frozenset()) -> dict[Side, Bodies]:
    """Of the parts that are fitted, by the footprints `found` in the landing. `left_off` are designators."""
    index = {part.designator: at for at, part in enumerate(landing.placements) if not part.estimated}
    fitted = index.keys() - left_off
    shown = [print_ for print_ in found if print_.pads >= FEWEST_PADS and print_.designator in fitted]
    firsts = _first_pins(landing)
    places = {print_.designator: _on_its_pads(landing, index[print_.designator]) for print_ in shown}
    quads = frozenset(_with_leads_all_around(landing, shown))
    return {
        side: _bodies([print_ for print_ in shown if print_.side is side], places, firsts, quads=quads) for side in Side
    }


def _on_its_pads(landing: Landing, at: int) -> Placement:
    """Moved to the middle of its pads: that of a connector is often given as its first pin."""
    part = landing.placements[at]
    seen = landing.pads[part.side].seen(
        landing.rows[part.side][at], np.array([[part.x_mm, part.y_mm]]), np.array([part.rotation_deg])
    )
    beside = _turned(part) @ (seen[:, :2].min(axis=0) + seen[:, 2:].max(axis=0)) / 2
    return replace(part, x_mm=part.x_mm + float(beside[0]), y_mm=part.y_mm + float(beside[1]))


def _with_leads_all_around(landing: Landing, found: Sequence[Footprint]) -> Iterator[str]:
    """Of the gull-wings: a body reaches over the leads of the edges that have none."""
    index = {part.designator: at for at, part in enumerate(landing.placements)}
    for print_ in found:
        if print_.kind == "gull-wing":
            at = index[print_.designator]
            part, rows = landing.placements[at], landing.rows[print_.side][at]
            own = (landing.pads[print_.side].at[rows] - (part.x_mm, part.y_mm)) @ _turned(part)
            reach = np.abs(own - (own.min(axis=0) + own.max(axis=0)) / 2)
            at_edge = reach > reach.max(axis=0) - AT_EDGE_MM
            if (at_edge & ~at_edge[:, ::-1]).mean(axis=0).min() > LEAST_SHARE:
                yield print_.designator


def _bodies(
    found: list[Footprint], places: Mapping[str, Placement], firsts: Mapping[str, Floats], *, quads: frozenset[str]
) -> Bodies:
    dots = []
    parts = [places[print_.designator] for print_ in found]
    sizes = [_size(print_, ALL_AROUND if print_.designator in quads else None) for print_ in found]
    corners = np.array([_box(part, size) for part, size in zip(parts, sizes, strict=True)]).reshape(-1, 4, 2)
    low = _over_few(corners)
    for print_, part, size in compress(zip(found, parts, sizes, strict=True), low):
        if print_.designator in firsts and print_.pads > 2:
            dots.append(_dot(part, size, firsts[print_.designator]))
    return Bodies(corners[low], np.array(dots).reshape(-1, 3))


def _over_few(corners: Floats) -> NDArray[np.bool_]:
    """Which bodies hold the middles of fewer than STANDING others."""
    middles = shapely.points(corners.mean(axis=1))
    over, _ = shapely.STRtree(middles).query(shapely.polygons(corners), predicate="contains")
    return np.asarray(np.bincount(over, minlength=len(corners)) - 1 < STANDING)


def _size(print_: Footprint, shares: tuple[float, float] | None) -> Floats:
    """Width and height at rotation 0."""
    size = np.array((print_.width_mm or 0.0, print_.height_mm or 0.0))
    longer, shorter = shares or SHARES.get(print_.kind, OTHERS)
    return size * ((longer, shorter) if size[0] >= size[1] else (shorter, longer))


def _turned(part: Placement) -> Floats:
    angle = np.radians(part.rotation_deg)
    return np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])


def _box(part: Placement, size: Floats) -> Floats:
    around = np.array([(-1, -1), (1, -1), (1, 1), (-1, 1)]) * size / 2
    return np.asarray(around @ _turned(part).T + (part.x_mm, part.y_mm))


def _dot(part: Placement, size: Floats, first: Floats) -> Floats:
    """In the corner of the body, or at its edge, that is nearest to the first pin."""
    across = min(float(size.min()) * DOT_SHARE, LARGEST_DOT_MM)
    reach = np.maximum(size / 2 - 1.2 * across, 0)
    own = (first - (part.x_mm, part.y_mm)) @ _turned(part)
    x, y = np.clip(own, -reach, reach) @ _turned(part).T + (part.x_mm, part.y_mm)
    return np.array((x, y, across))


def _first_pins(landing: Landing) -> dict[str, Floats]:
    """Where pin 1 (of a grid: A1) of each part is, by designator."""
    firsts: dict[str, Floats] = {}
    for side in Side:
        pads = landing.pads[side]
        for row, name in enumerate(pads.pins):
            designator, _, pin = str(name).rpartition(",")
            if pin in {"1", "A1"} and designator:
                firsts[designator] = pads.at[row]
    return firsts
