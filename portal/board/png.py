"""Pictures as PNG: each layer drawn once in grey (raster.py), then laid over each other in the colours of a board."""

import struct
import zlib

import numpy as np
from numpy.typing import NDArray

from portal.board.artwork import Artwork, Box
from portal.board.bare import cut_shape
from portal.board.colours import Colour, Look, look
from portal.board.design import FileRole, Side
from portal.board.outline import outline
from portal.board.raster import Canvas, View, drawn, polygons
from portal.board.shapes import rings_of
from portal.board.stack import Layer, Stack

MARGIN_SHARE = 0.01
MOST_PX = 4000
MOST_THINGS = 2_000_000  # some seconds
Grey = NDArray[np.uint8]
Pixels = NDArray[np.uint16]


def side_png(
    stack: Stack, side: Side, *, width_px: int = 1000, mask_colour: str = "green", finish: str = "enig"
) -> bytes | None:
    """One side as it will look, around it nothing; the longer edge has `width_px`. None where there is no board."""
    edge = outline(stack)
    if edge is None:
        return None
    view = view_of(edge.box, width_px, side)
    board = _board(stack, view)
    return encoded(_painted(stack, side, view, colours=look(mask_colour, finish)), board)


def layer_png(stack: Stack, layer: Layer, *, width_px: int = 1000, colour: Colour = "#8a5a2b") -> bytes | None:
    """One film by itself, seen from the top."""
    edge = outline(stack)
    box = edge.box if edge else layer.artwork.bounds_mm()
    if box is None:
        return None
    view = view_of(box, width_px, Side.TOP)
    ink = _grey(layer.artwork, view)
    return encoded(np.broadcast_to(_rgb(colour), (*ink.shape, 3)), ink)


def view_of(box: Box, width_px: int, side: Side) -> View:
    """A little more than the box, its longer edge as many pixels as asked for."""
    width, height = box[2] - box[0], box[3] - box[1]
    margin = MARGIN_SHARE * max(width, height, 1.0)
    longer = max(width, height, 1e-3) + 2 * margin
    across = max(1, round(min(width_px, MOST_PX) * (width + 2 * margin) / longer))
    around = (box[0] - margin, box[1] - margin, box[2] + margin, box[3] + margin)
    return View(around, across, is_mirrored=side is Side.BOTTOM)


def _board(stack: Stack, view: View) -> Grey:
    """Where there is board: inside of its edge, and not drilled or milled away."""
    canvas = Canvas(view)
    edge = outline(stack)
    if edge:
        rings = rings_of(cut_shape(stack, edge))
        canvas.fill(polygons(np.concatenate(rings), np.cumsum([0, *map(len, rings)])))
    return pixels(canvas)


def _painted(stack: Stack, side: Side, view: View, *, colours: Look) -> Pixels:
    """From the bottom up: what lies under the mask, the legend, and through the openings the bare metal."""
    copper = _greatest([_grey(layer.artwork, view) for layer in stack.outer_copper(side)], view)
    mask = stack.of(FileRole.MASK, side)
    bare = _over(_flat(colours.laminate, view), colours.finish, copper)
    if not mask:
        return bare
    coated = _over(_flat(colours.mask, view), colours.mask_on_copper, copper)
    for layer in stack.of(FileRole.LEGEND, side):
        coated = _over(coated, colours.legend, _grey(layer.artwork, view))
    opened = _greatest([_grey(layer.artwork, view) for layer in mask], view)
    return _mixed(coated, bare, opened)


def _grey(artwork: Artwork, view: View) -> Grey:
    return pixels(drawn(artwork, Canvas(view)))


def pixels(canvas: Canvas) -> Grey:
    """A copy: the surface's own memory ends with it."""
    width, height = canvas.view.size
    canvas.surface.flush()
    stride = canvas.surface.get_stride()
    held = np.frombuffer(canvas.surface.get_data(), np.uint8, stride * height)
    return held.reshape(height, stride)[:, :width].copy()


def _greatest(greys: list[Grey], view: View) -> Grey:
    width, height = view.size
    together = np.zeros((height, width), np.uint8)
    for grey in greys:
        np.maximum(together, grey, out=together)
    return together


def _rgb(colour: Colour) -> Pixels:
    return np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)], np.uint16)


def _flat(colour: Colour, view: View) -> Pixels:
    width, height = view.size
    return np.broadcast_to(_rgb(colour), (height, width, 3))


def _over(below: Pixels, colour: Colour, cover: Grey) -> Pixels:
    return _mixed(below, _rgb(colour), cover)


def _mixed(below: Pixels, above: Pixels, cover: Grey) -> Pixels:
    share = cover.astype(np.uint16)[..., None]
    return (below * (255 - share) + above * share + 127) // 255


def encoded(colour: NDArray[np.uint16], cover: Grey) -> bytes:
    """A PNG with transparency. Rows are written as differences to the row above, which packs flat areas best."""
    height, width = cover.shape
    rgba = np.dstack((colour.astype(np.uint8), cover))
    rgba[cover == 0] = 0
    rows = rgba.reshape(height, width * 4)
    rows = np.vstack((rows[:1], rows[1:] - rows[:-1]))
    filtered = np.hstack((np.full((height, 1), 2, np.uint8), rows))
    head = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    packed = zlib.compress(filtered.tobytes(), 6)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", packed) + _chunk(b"IEND", b"")


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
