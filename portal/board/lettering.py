"""How high the printed letters are, as far as strokes tell: glyphs of one height, side by side, that are not all alike.

Letters that a tool fills as contours are not measured: nothing says there which contour is a letter.
"""

from dataclasses import dataclass

import numpy as np

from portal.board.arcs import Floats, Ints
from portal.board.capsules import Bools
from portal.board.copper import THINNEST_MM
from portal.board.nets import grouped
from portal.board.spots import Spots, gathered, spots
from portal.board.stack import Layer

GRID_MM = 0.001
SAME_LINE_MM = 0.02
HEIGHTS_MM = (0.2, 3.0)  # of what may be a letter
WIDEST_PEN_MM = 0.4
WIDEST = 1.5  # times its height is the widest letter
NEXT = 0.6  # times its height follows the next letter
ALIKE = 0.98


@dataclass(frozen=True, eq=False)
class Glyphs:
    """Strokes that hang together: their `box` with the pen's width, how many they are, how long together."""

    box: Floats
    strokes: Ints
    length: Floats


def legend_heights(layers: tuple[Layer, ...]) -> Spots:
    """Of each word that is set along one of the axes: its height, pen included."""
    return gathered([_of_layer(layer) for layer in layers])


def _of_layer(layer: Layer) -> Spots:
    glyphs = _glyphs(layer)
    words = np.concatenate((_words(glyphs, (0, 1)), _words(glyphs, (1, 0))))
    boxes, heights = words[:, :4], words[:, 4]
    return spots(heights, boxes, file=layer.file)


def _glyphs(layer: Layer) -> Glyphs:
    draws = layer.artwork.draws
    pen = layer.artwork.diameters_mm[draws.aperture] if len(draws) else np.empty(0)
    thin = (draws.level % 2 == 0) & (pen >= THINNEST_MM) & (pen <= WIDEST_PEN_MM)
    ends, pen = draws.ends[thin], pen[thin]
    grid = np.round(ends.reshape(-1, 2) / GRID_MM).astype(np.int64)
    node = np.unique(grid, axis=0, return_inverse=True)[1].reshape(-1, 2)
    of_node = grouped(int(node.max(initial=-1)) + 1, node[:, 0], node[:, 1])
    glyph = np.unique(of_node[node[:, 0]], return_inverse=True)[1].ravel()
    box = np.full((int(glyph.max(initial=-1)) + 1, 4), np.inf)
    box[:, 2:] = -np.inf
    np.minimum.at(box[:, :2], glyph, np.minimum(ends[:, :2], ends[:, 2:]) - pen[:, None] / 2)
    np.maximum.at(box[:, 2:], glyph, np.maximum(ends[:, :2], ends[:, 2:]) + pen[:, None] / 2)
    length = np.zeros(len(box))
    np.add.at(length, glyph, np.hypot(*(ends[:, 2:] - ends[:, :2]).T))
    return Glyphs(box, np.bincount(glyph, minlength=len(box)), length)


def _words(glyphs: Glyphs, axes: tuple[int, int]) -> Floats:
    """Rows of a word's box and height. `axes`: along which it runs, across which it stands."""
    along, across = axes
    box = glyphs.box
    height, width = box[:, 2 + across] - box[:, across], box[:, 2 + along] - box[:, along]
    letter = (height >= HEIGHTS_MM[0]) & (height <= HEIGHTS_MM[1]) & (width <= WIDEST * height)
    box, ink = box[letter], np.where(glyphs.strokes > 1, glyphs.length, np.nan)[letter]
    if not len(box):
        return np.empty((0, 5))
    foot, head = (np.round(box[:, at] / SAME_LINE_MM).astype(np.int64) for at in (across, 2 + across))
    order = np.lexsort((box[:, along], head, foot))
    box, ink, foot, head = box[order], ink[order], foot[order], head[order]
    follows = (foot[1:] == foot[:-1]) & (head[1:] == head[:-1])
    follows &= box[1:, along] - box[:-1, 2 + along] <= NEXT * (box[1:, 2 + across] - box[1:, across])
    first = np.flatnonzero(np.concatenate(([True], ~follows)))
    low, high = np.minimum.reduceat(box[:, :2], first), np.maximum.reduceat(box[:, 2:], first)
    words = np.column_stack((low, high, high[:, across] - low[:, across]))
    return np.asarray(words[_not_alike(ink, first)])


def _not_alike(ink: Floats, first: Ints) -> Bools:
    """Outlines of equal parts are alike; of two letters one has more ink. A single stroke (NaN) proves nothing."""
    most, least = np.fmax.reduceat(ink, first), np.fmin.reduceat(ink, first)
    return np.asarray(least < ALIKE * most)
