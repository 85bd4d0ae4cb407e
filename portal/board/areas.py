"""How much of a layer is covered: painted grey and counted. It is a tenth of the cost of a union, and as right."""

import numpy as np
from numpy.typing import NDArray

from portal.board.artwork import Artwork, Box
from portal.board.raster import Canvas, View, drawn, polygons
from portal.board.shapes import Ring

PIXELS = 1600  # along the longer side: grey edges make it right to a fifth of a percent


def covered_mm2(artwork: Artwork, box: Box, rings: tuple[Ring, ...] = ()) -> float:
    """The area covered within the box; within these rings where they are given (the board's edge and cut-outs)."""
    width, height = box[2] - box[0], box[3] - box[1]
    if artwork.is_empty or width <= 0 or height <= 0:
        return 0.0
    view = View(box, max(round(PIXELS * min(1.0, width / height)), 1))
    grey = _grey(drawn(artwork, Canvas(view, thinnest_px=0)))
    if rings:
        grey *= _grey(_board(view, rings)) / 255
    return float(grey.sum()) / 255 / view.scale**2


def _board(view: View, rings: tuple[Ring, ...]) -> Canvas:
    canvas = Canvas(view)
    starts = np.cumsum([0, *map(len, rings)], dtype=np.int64)
    canvas.fill(polygons(np.concatenate(rings), starts), even_odd=True)
    return canvas


def _grey(canvas: Canvas) -> NDArray[np.float64]:
    surface = canvas.surface
    surface.flush()
    rows = np.frombuffer(surface.get_data(), dtype=np.uint8).reshape(surface.get_height(), surface.get_stride())
    return rows[:, : surface.get_width()].astype(np.float64)
