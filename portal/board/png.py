"""Pictures as PNG: each layer drawn once in grey (raster.py), then laid over each other in the colours of a board."""

import struct
import zlib
from typing import Any

import numpy as np
from numpy.typing import NDArray

from portal.board.artwork import Artwork, Box, Ints
from portal.board.colours import Colour, Look, look
from portal.board.design import FileRole, Side
from portal.board.holes import holes
from portal.board.outline import outline
from portal.board.raster import Canvas, View, drawn, polygons, polylines
from portal.board.stack import Layer, Stack

MARGIN_SHARE = 0.01
MOST_PX = 4000
MOST_THINGS = 2_000_000  # some seconds
PALETTE, COLOURS = 3, 256
SHIFTS = np.array([12, 8, 4, 0], np.uint16)
KEYS = 1 << 16
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
    canvas, edge, found = Canvas(view), outline(stack), holes(stack.drills)
    if edge:
        canvas.fill(polygons(np.concatenate(edge.rings), np.cumsum([0, *map(len, edge.rings)])), even_odd=True)
    canvas.ink(adds=False)
    for diameter in np.unique(found.diameter_mm[found.diameter_mm > 0]).tolist():
        here = found.diameter_mm == diameter
        canvas.dots(np.column_stack((found.x_mm[here], found.y_mm[here])), diameter)
    for slot in (row for drill in stack.drills for row in drill.slots if row[4] > 0):
        canvas.stroke(polylines(slot[:4].reshape(2, 2), np.array([True, False])), slot[4])
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
    """A PNG with transparency, in the 256 colours that it needs most: a quarter of the size, and no eye sees it."""
    rgba = np.dstack((colour.astype(np.uint8), cover))
    rgba[cover == 0] = 0
    index, palette = _fewer_colours(rgba)
    height, width = cover.shape
    head = struct.pack(">IIBBBBB", width, height, 8, PALETTE, 0, 0, 0)
    rows = np.hstack((np.zeros((height, 1), np.uint8), index))  # each row begins with its filter: none
    return b"".join(
        (
            b"\x89PNG\r\n\x1a\n",
            _chunk(b"IHDR", head),
            _chunk(b"PLTE", palette[:, :3].tobytes()),
            _chunk(b"tRNS", palette[:, 3].tobytes()),
            _chunk(b"IDAT", zlib.compress(rows.tobytes(), 6)),
            _chunk(b"IEND", b""),
        )
    )


def _fewer_colours(rgba: Grey) -> tuple[Grey, Grey]:
    """(index of each pixel, palette). Colours of one upper half byte are one, seldom ones become the next best.

    Each takes the middle one of its pixels, which is the colour of the area that they stand for.
    """
    key = _packed(rgba >> 4)
    every = np.sort(key.ravel().astype(np.uint32) << 16 | _packed(rgba & 15).ravel())
    count = np.bincount(key.ravel(), minlength=KEYS)
    used = np.flatnonzero(count)
    middle = every[np.cumsum(count)[used] - (count[used] + 1) // 2]
    most = np.argsort(-count[used], kind="stable")[:COLOURS]
    palette = (_unpacked(middle[most] >> 16) << 4 | _unpacked(middle[most])).astype(np.uint8)
    apart = np.abs(_unpacked(used)[:, None, :] - _unpacked(used[most])[None, :, :]).sum(axis=2)
    lookup = np.zeros(KEYS, np.uint8)
    lookup[used] = apart.argmin(axis=1)
    return lookup[key], palette


def _packed(nibbles: NDArray[Any]) -> NDArray[np.uint16]:
    packed: NDArray[np.uint16] = (nibbles.astype(np.uint16) << SHIFTS).sum(axis=2, dtype=np.uint16)
    return packed


def _unpacked(keys: NDArray[np.integer[Any]]) -> Ints:
    return keys.astype(np.int64)[:, None] >> SHIFTS & 15


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
