"""Whether the artwork is a panel: the same board several times on one piece.

Three signs are believed, and all need that nothing joins the boards: contours of one size with copper in each; lines
across that part fields of one size with the same pads in each; or copper, holes and legend that all repeat at one pitch
with free lines between. A row of equal channels on one board has
tracks across and counts its designators on; it is no panel.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import shapely

from portal.board.arcs import Floats
from portal.board.artwork import Artwork, Box
from portal.board.design import FileRole, Finding, Panel, Severity
from portal.board.enclosing import things
from portal.board.holes import holes
from portal.board.repeats import Repeat, repeat
from portal.board.rings import Contour, contours, faces
from portal.board.stack import Layer, Stack

SAME_SIZE_MM = 0.15
SAME_AREA = 0.02
LEAST_BOARD_MM2 = 50.0
LEAST_SHARE = 0.5  # of the copper that each of n boards would have if all had as much
TOGETHER = 0.8  # of all copper lies on the boards
LEAST_PADS, SAME_PLACE_MM = 4, 0.05
SAME_LINE_MM = 0.5
FULL_LENGTH = 0.9  # of the panel: a V-score runs from edge to edge
BITE_MM, TOOLING_MM, FIDUCIAL_MM = 0.81, (1.0, 6.5), (0.5, 3.2)
ON_EDGE_MM = 0.6


def panel(stack: Stack, box: Box | None) -> Panel | None:
    """`box` is the board's outline. None for an ordinary board, and where nothing is sure."""
    if box is None:
        return None
    copper = [layer.artwork for layer in stack.of(FileRole.COPPER)]
    for layer in stack.of(FileRole.OUTLINE):
        boards = _boards(contours(layer.artwork), copper) or _fields(layer, copper)
        if boards:
            return _of_contours(boards, stack, box)
    across, up = repeat(stack, axis=0), repeat(stack, axis=1)
    return _of_repeats(across, up, stack=stack, box=box) if across or up else None


def panel_finding(found: Panel) -> Finding:
    size = f" of {found.board_width_mm:g} × {found.board_height_mm:g} mm" if found.board_width_mm else ""
    grid = f"{found.columns} × {found.rows}"
    layout = grid if found.boards == found.columns * found.rows else f"{found.boards} on a grid of {grid}"
    rails = ", with rails" if found.has_rails else ""
    return Finding(
        Severity.ASK,
        "panel-of-boards",
        "",
        f"These files are a panel of {found.boards} boards{size} ({layout}{rails}).",
        "Say whether your quantity counts panels or single boards.",
    )


def _boards(found: Sequence[Contour], copper: Sequence[Artwork]) -> list[Contour]:
    """The largest set of contours of one size that lie side by side and hold the copper in equal parts."""
    sets = [[other for other in found if _is_like(one, other)] for one in found if one.shape.area >= LEAST_BOARD_MM2]
    for boards in sorted(sets, key=lambda boards: -sum(board.shape.area for board in boards)):
        apart = [one for at, one in enumerate(boards) if not any(_overlap(one, other) for other in boards[:at])]
        if len(apart) > 1 and _share_copper(apart, copper):
            return apart
    return []


def _is_like(one: Contour, other: Contour) -> bool:
    """Of one size, perhaps turned."""
    sizes = sorted(_size(one.box)), sorted(_size(other.box))
    area = max(one.shape.area, other.shape.area)
    same = all(abs(a - b) <= SAME_SIZE_MM for a, b in zip(*sizes, strict=True))
    return same and abs(one.shape.area - other.shape.area) <= SAME_AREA * area


def _size(box: Box) -> tuple[float, float]:
    return box[2] - box[0], box[3] - box[1]


def _overlap(one: Contour, other: Contour) -> bool:
    return bool(one.shape.intersection(other.shape).area > 0.01 * one.shape.area)


def _share_copper(boards: Sequence[Contour], copper: Sequence[Artwork]) -> bool:
    spots = np.concatenate([np.empty((0, 2)), *(things(film) for film in copper)])
    if len(spots) < 4 * len(boards):
        return False
    shares = [float(shapely.contains_xy(board.shape, spots[:, 0], spots[:, 1]).mean()) for board in boards]
    return min(shares) >= LEAST_SHARE / len(boards) and sum(shares) >= TOGETHER


def _fields(layer: Layer, copper: Sequence[Artwork]) -> list[Contour]:
    """Boards that touch each other: score lines alone part them."""
    boards = _boards(faces(layer.artwork), copper)
    pads = np.concatenate([np.empty((0, 2)), *(np.column_stack((film.flashes.x, film.flashes.y)) for film in copper)])
    return boards if boards and _have_the_same(pads, boards) and not _joined_across(boards, copper) else []


def _have_the_same(pads: Floats, boards: Sequence[Contour]) -> bool:
    """Each board seen from its middle; boards may lie head to head."""
    each = [pads[shapely.contains_xy(b.shape, pads[:, 0], pads[:, 1])] - _middle(b.box) for b in boards]
    first = each[0]
    return all(_are_same(first, other) or _are_same(first, -other) for other in each[1:])


def _middle(box: Box) -> Floats:
    return np.array((box[0] + box[2], box[1] + box[3])) / 2


def _are_same(one: Floats, other: Floats) -> bool:
    if len(one) != len(other) or len(one) < LEAST_PADS:
        return False
    met = shapely.STRtree(shapely.points(other)).query(shapely.points(one), predicate="dwithin", distance=SAME_PLACE_MM)
    return len(np.unique(met[0])) == len(one)


def _joined_across(boards: Sequence[Contour], copper: Sequence[Artwork]) -> bool:
    """A track from one board to the next."""
    edges = shapely.union_all([board.shape.boundary for board in boards])
    tracks = [film.draws.ends[film.draws.level % 2 == 0] for film in copper]
    lines = shapely.linestrings(np.concatenate([np.empty((0, 4)), *tracks]).reshape(-1, 2, 2))
    return bool(shapely.crosses(lines, edges).any())


def _of_contours(boards: Sequence[Contour], stack: Stack, box: Box) -> Panel:
    corners = np.array([board.box[:2] for board in boards])
    columns, pitch_x = _places(corners[:, 0])
    rows, pitch_y = _places(corners[:, 1])
    width, height = _size(boards[0].box)
    shape = shapely.union_all([board.shape for board in boards])
    has_rails = shape.area < 0.95 * _size(box)[0] * _size(box)[1] and _is_outside(shape, box)
    found = Panel(columns, rows, len(boards), pitch_x, pitch_y, round(width, 3), round(height, 3), has_rails=has_rails)
    return _with_marks(found, shape, stack=stack, box=box)


def _is_outside(shape: Any, box: Box) -> bool:
    inner = shape.bounds
    return any(abs(inner[at] - box[at]) > 2 for at in range(4))


def _places(starts: Floats) -> tuple[int, float | None]:
    """How many different places there are, and how far they are apart where they are evenly so."""
    order = np.sort(starts)
    places = order[np.concatenate(([True], np.diff(order) > SAME_LINE_MM))]
    steps = np.diff(places)
    even = len(steps) > 0 and float(np.ptp(steps)) < SAME_LINE_MM
    return len(places), round(float(steps.mean()), 3) if even else None


def _of_repeats(across: Repeat | None, up: Repeat | None, *, stack: Stack, box: Box) -> Panel:
    columns, rows = (across.count if across else 1), (up.count if up else 1)
    pitch_x, pitch_y = (across.pitch_mm if across else None), (up.pitch_mm if up else None)
    found = Panel(columns, rows, columns * rows, pitch_x, pitch_y)
    return replace(found, v_scores=_v_scores(stack, box))


def _with_marks(found: Panel, shape: Any, *, stack: Stack, box: Box) -> Panel:
    """What stands on the rails and between the boards."""
    drilled = holes(stack.drills)
    spots = shapely.points(drilled.x_mm, drilled.y_mm)
    between = ~shapely.contains(shape.buffer(-0.05), spots)
    small = drilled.diameter_mm <= BITE_MM
    on_edge = shapely.distance(shape, spots) < ON_EDGE_MM
    tooling = (drilled.diameter_mm >= TOOLING_MM[0]) & (drilled.diameter_mm <= TOOLING_MM[1]) & ~on_edge
    return replace(
        found,
        v_scores=_v_scores(stack, box),
        mouse_bites=int((between & small & on_edge).sum()),
        tooling_holes=int((between & tooling).sum()),
        fiducials=max((_fiducials(layer, shape) for layer in stack.of(FileRole.COPPER)), default=0),
    )


def _fiducials(layer: Layer, shape: Any) -> int:
    """Round flashes beside the boards."""
    art = layer.artwork
    diameter = art.diameters_mm[art.flashes.aperture] if len(art.flashes) else np.empty(0)
    round_ones = (diameter >= FIDUCIAL_MM[0]) & (diameter <= FIDUCIAL_MM[1])
    x, y = art.flashes.x[round_ones], art.flashes.y[round_ones]
    return int((~shapely.contains_xy(shape.buffer(0.5), x, y)).sum()) if len(x) else 0


def _v_scores(stack: Stack, box: Box) -> int:
    """Straight lines from edge to edge, on outline layers, each place once."""
    return sum(len(_score_lines(stack, box, axis)) for axis in (0, 1))


def _score_lines(stack: Stack, box: Box, axis: int) -> set[int]:
    """Where they cross the axis, to the millimetre."""
    films = [layer.artwork.draws for layer in stack.of(FileRole.OUTLINE)]
    ends = np.concatenate([np.empty((0, 4)), *(film.ends[film.sweep == 0] for film in films)])
    long = np.abs(ends[:, 3 - axis] - ends[:, 1 - axis]) >= FULL_LENGTH * (box[3 - axis] - box[1 - axis])
    straight = np.abs(ends[:, axis] - ends[:, axis + 2]) < 0.01
    inside = (ends[:, axis] > box[axis] + 1) & (ends[:, axis] < box[axis + 2] - 1)
    return {round(at) for at in ends[long & straight & inside, axis].tolist()}
