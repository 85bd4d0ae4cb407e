"""Pads that are drawn with one stroke each, as gEDA and pcb-rnd have them on copper and mask alike."""

from collections.abc import Sequence

import numpy as np

from portal.board.artwork import Artwork, Floats, Ints
from portal.board.pads_shapes import LARGEST_PAINTED_MM, Shapes, table_of

SAME_END_MM = 0.01
WIDER_MM = 0.02  # letters are drawn with one pen on both films, and are no pads


def stroked(copper: Sequence[Artwork], mask: Sequence[Artwork]) -> Shapes:
    """The strokes of the copper that the mask repeats from end to end with a wider pen, as they are turned."""
    opened, openings = _strokes(mask)
    drawn, pens = _strokes(copper)
    possible = np.isin(drawn[:, 0], opened[:, 0])  # of a hundred thousand tracks few
    widest = dict(zip(map(tuple, opened.tolist()), openings.tolist(), strict=True))
    found = dict(zip(map(tuple, drawn[possible].tolist()), pens[possible].tolist(), strict=True))
    pads = [(*end, pen) for end, pen in found.items() if widest.get(end, 0.0) > pen + WIDER_MM]
    table = np.array(pads, dtype=np.float64).reshape(-1, 5)
    ends, wide = table[:, :4] * SAME_END_MM, table[:, 4:]
    low = np.minimum(ends[:, :2], ends[:, 2:]) - wide / 2
    high = np.maximum(ends[:, :2], ends[:, 2:]) + wide / 2
    return table_of(_rows(ends, wide[:, 0]), np.hstack((low, high)))


def _strokes(films: Sequence[Artwork]) -> tuple[Ints, Floats]:
    """Both ends on a grid, the lower one first, and the pen of each straight dark stroke as long as a pad may be."""
    found = [_of_film(film) for film in films]
    ends = np.concatenate([np.empty((0, 4), dtype=np.int64), *(each for each, _ in found)])
    return ends, np.concatenate([np.empty(0), *(pens for _, pens in found)])


def _of_film(film: Artwork) -> tuple[Ints, Floats]:
    draws = film.draws
    length = np.hypot(draws.ends[:, 2] - draws.ends[:, 0], draws.ends[:, 3] - draws.ends[:, 1])
    short = np.flatnonzero((draws.level % 2 == 0) & (draws.sweep == 0) & (length < LARGEST_PAINTED_MM))
    pens = np.array([aperture.pen_mm for aperture in film.apertures] or [0.0])[draws.aperture[short]]
    ends = np.round(draws.ends[short] / SAME_END_MM).astype(np.int64)
    back = (ends[:, 0] > ends[:, 2]) | ((ends[:, 0] == ends[:, 2]) & (ends[:, 1] > ends[:, 3]))
    return np.where(back[:, None], ends[:, [2, 3, 0, 1]], ends), pens


def _rows(ends: Floats, pens: Floats) -> Floats:
    """x, y, width, height, rotation: the width lies along the rotation, 0 to below 90."""
    across = ends[:, 2:] - ends[:, :2]
    length = np.hypot(*across.T) + pens
    angle = np.degrees(np.arctan2(across[:, 1], across[:, 0])) % 180
    upright = angle >= 90
    sizes = np.where(upright, pens, length), np.where(upright, length, pens)
    return np.column_stack(((ends[:, :2] + ends[:, 2:]) / 2, *sizes, angle % 90))
