"""Which edges of a board its owner may choose from: every contour that could be a board, and each outline file."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
import shapely

from portal.board.artwork import Box
from portal.board.design import FileRole, OutlineKind
from portal.board.edges import EdgeChoice
from portal.board.enclosing import usual_box
from portal.board.outline import SAME, Outline, area_of, found_outline, likeness, outline, shared_mm2, size_of
from portal.board.rings import contours
from portal.board.stack import Layer, Stack

MOST_OF_A_FILE = 6  # the largest ones
SMALLEST_SHARE = 0.05  # of the copper: less is a cut-out
SHARED = 0.3  # of the smaller of contour and copper: else it lies somewhere else
SEEN_MM = 0.05  # corners that differ less are not drawn
MOST_CORNERS = 400


def outline_candidates(stack: Stack) -> tuple[EdgeChoice, ...]:
    """By file: its contours, the largest first; and what its lines would make of the board where that is another."""
    taken = outline(stack)
    found = [choice for layer in stack.of(FileRole.OUTLINE) for choice in _of_file(stack, layer)]
    marked = [choice for choice in found if taken and _is_taken(choice, taken)]
    return tuple(replace(choice, is_taken=choice in marked[:1]) for choice in found)


def _of_file(stack: Stack, layer: Layer) -> Iterator[EdgeChoice]:
    drawn = _contours(stack, layer)
    yield from drawn
    whole = _whole(stack, layer)
    if whole and not any(_is_same(choice.box_mm, whole.box) for choice in drawn):
        size = _rounded(size_of(whole.box))
        yield EdgeChoice(layer.file, *size, whole.kind is OutlineKind.CLOSED, is_taken=False, box_mm=_box(whole.box))


def _contours(stack: Stack, layer: Layer) -> Sequence[EdgeChoice]:
    copper = usual_box([box for film in stack.of(FileRole.COPPER) if (box := film.artwork.bounds_mm())])
    found: list[EdgeChoice] = []
    for contour in sorted(contours(layer.artwork), key=lambda one: -area_of(one.box)):
        is_new = not any(_is_same(choice.box_mm, contour.box) for choice in found)
        if is_new and (copper is None or _may_be(contour.box, copper)):
            size, corners = _rounded(size_of(contour.box)), _corners(contour.shape)
            found.append(EdgeChoice(layer.file, *size, True, False, _box(contour.box), corners))
    return found[:MOST_OF_A_FILE]


def _may_be(box: Box, copper: Box) -> bool:
    smaller = min(area_of(box), area_of(copper))
    return area_of(box) >= SMALLEST_SHARE * area_of(copper) and shared_mm2(box, copper) >= SHARED * smaller


def _whole(stack: Stack, layer: Layer) -> Outline | None:
    """As if no other file had an outline."""
    alone = tuple(other for other in stack.layers if other.role is not FileRole.OUTLINE or other is layer)
    found = found_outline(Stack(alone, stack.drills))
    return found if found and found.kind is not OutlineKind.ASSUMED else None


def _is_taken(choice: EdgeChoice, taken: Outline) -> bool:
    return choice.is_closed is (taken.kind is OutlineKind.CLOSED) and _is_same(choice.box_mm, taken.box)


def _is_same(one: Box | None, other: Box) -> bool:
    return one is not None and likeness(one, other) > SAME


def _corners(shape: shapely.Polygon) -> tuple[tuple[float, float], ...]:
    points = shapely.get_coordinates(shapely.simplify(shape.exterior, SEEN_MM))[:-1]
    thinned = points[:: 1 + len(points) // MOST_CORNERS]
    return tuple((x, y) for x, y in np.round(thinned, 3).tolist())


def _rounded(size: tuple[float, float]) -> tuple[float, float]:
    return round(size[0], 3), round(size[1], 3)


def _box(box: Box) -> Box:
    x0, y0, x1, y1 = (round(value, 4) for value in box)
    return x0, y0, x1, y1
