"""An outline that has no file of its own: old tools draw the board's edge into every layer.

The same closed line around all pads, on two layers of which one is no copper (a copper area has an edge, too).
"""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from portal.board.arcs import Floats
from portal.board.artwork import Artwork
from portal.board.design import FileRole
from portal.board.enclosing import holds
from portal.board.rings import Contour, contours
from portal.board.stack import Layer, Stack

MOST_STROKES = 8_000  # more is text, and dear
SAME_MM = 0.1


def merged_outline(stack: Stack) -> tuple[Contour, tuple[str, ...]] | None:
    """The line and the files that show it; the layers with the fewest strokes are looked at first."""
    pads = [flashed for layer in stack.of(FileRole.COPPER) if len(flashed := _flashes(layer.artwork))]
    seen: list[tuple[Contour, Layer]] = []
    for layer in _in_order(stack):
        if layer.role is FileRole.COPPER and not seen:
            return None
        around = _around(layer.artwork, pads)
        if around is None:
            continue
        same = [other for contour, other in seen if _is_same(contour, around)]
        if same and any(other.role is not FileRole.COPPER for other in (layer, *same)):
            return around, tuple(other.file for other in (*same, layer))
        seen.append((around, layer))
    return None


def _in_order(stack: Stack) -> Iterator[Layer]:
    roles = (FileRole.PASTE, FileRole.MASK, FileRole.LEGEND, FileRole.COPPER)
    layers = [layer for role in roles for layer in stack.of(role)]
    drawn = [layer for layer in layers if 0 < len(layer.artwork.draws) <= MOST_STROKES]
    return iter(sorted(drawn, key=lambda layer: (layer.role is FileRole.COPPER, len(layer.artwork.draws))))


def _flashes(artwork: Artwork) -> Floats:
    return np.column_stack((artwork.flashes.x, artwork.flashes.y))


def _around(artwork: Artwork, pads: Sequence[Floats]) -> Contour | None:
    """The smallest closed line of strokes that holds the pads."""
    lines = Artwork(artwork.apertures, draws=artwork.draws)
    found: Any = sorted(contours(lines), key=lambda contour: contour.shape.area)
    return next((contour for contour in found if holds(contour.shape, pads)), None)


def _is_same(one: Contour, other: Contour) -> bool:
    return all(abs(a - b) <= SAME_MM for a, b in zip(one.box, other.box, strict=True))
