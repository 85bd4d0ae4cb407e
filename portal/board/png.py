"""Pictures as PNG: each layer drawn once in grey (raster.py), then laid over each other in the colours of a board."""

import struct
import zlib
from typing import Any

import numpy as np
from numpy.typing import NDArray

from portal.board.artwork import Artwork, Box, Ints
from portal.board.bodies import Bodies
from portal.board.colours import BODY, BODY_OPACITY, DOT, HOLES, Colour, Look, look
from portal.board.design import FileRole, Side
from portal.board.holes import holes
from portal.board.outline import Outline, outline
from portal.board.picture import NO_BODIES, things_on
from portal.board.pins import MARGIN_MM
from portal.board.raster import Canvas, Paint, View, drawn, pixels, polygons, polylines, surface_rows
from portal.board.stack import Layer, Stack

MARGIN_SHARE = 0.01
MOST_PX = 4000
MOST_THINGS = 2_000_000  # some seconds
PALETTE, COLOURS = 3, 256
RGB = np.uint32(0xFFFFFF)
KEYS = 1 << 16
Grey = NDArray[np.uint8]
Pixels = NDArray[np.uint32]


def side_png(
    stack: Stack,
    side: Side,
    *,
    width_px: int = 1000,
    mask_colour: str = "green",
    finish: str = "enig",
    parts: Bodies = NO_BODIES,
) -> bytes | None:
    """One side as it will look, around it nothing; the longer edge has `width_px`. None where there is no board, or far
    too much on it.
    """
    edge = outline(stack)
    if edge is None or things_on(stack, side) > MOST_THINGS:
        return None
    view = view_of(edge.box, width_px, side)
    paint, board = _painted(stack, side, view, colours=look(mask_colour, finish)), _board(stack, view)
    if len(parts.corners):
        boxes, dots = _bodies(parts, view)
        paint = paint.over([boxes], BODY, opacity=BODY_OPACITY).over([dots], DOT)
        board = np.maximum(board, pixels(boxes))
    return encoded(paint, board)


def layer_png(
    stack: Stack, layer: Layer, *, width_px: int = 1000, colour: Colour = "#8a5a2b", with_edge: bool = False
) -> bytes | None:
    """One film by itself, seen from the top; with a fine line where the board ends, if asked for."""
    edge = outline(stack)
    box = edge.box if edge else layer.artwork.bounds_mm()
    if box is None:
        return None
    canvas = _film(layer.artwork, _marked_view(box, width_px) if with_edge else view_of(box, width_px, Side.TOP))
    return _of_one_colour(_edged(canvas, edge) if with_edge else canvas, colour)


def holes_png(stack: Stack, *, width_px: int = 1000) -> bytes | None:
    """All that is drilled and milled, inside of the board's edge."""
    edge = outline(stack)
    if edge is None:
        return None
    canvas = Canvas(_marked_view(edge.box, width_px))
    _bored(stack, canvas)
    return _of_one_colour(_edged(canvas, edge), HOLES)


def _marked_view(box: Box, width_px: int) -> View:
    """The view that the marks of findings have (pins.py)."""
    x0, y0, x1, y1 = box[0] - MARGIN_MM, box[1] - MARGIN_MM, box[2] + MARGIN_MM, box[3] + MARGIN_MM
    across = width_px * min(1.0, (x1 - x0) / max(y1 - y0, 1e-3))
    return View((x0, y0, x1, y1), max(1, round(across)))


def _edged(canvas: Canvas, edge: Outline | None) -> Canvas:
    canvas.ink(adds=True)
    for ring in edge.rings if edge else ():
        closed = np.vstack((ring, ring[:1]))
        canvas.stroke(polylines(closed, np.arange(len(closed)) == 0), width_mm=0.0)
    return canvas


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
    canvas, edge = Canvas(view), outline(stack)
    if edge:
        canvas.fill(polygons(np.concatenate(edge.rings), np.cumsum([0, *map(len, edge.rings)])), even_odd=True)
    canvas.ink(adds=False)
    _bored(stack, canvas)
    return pixels(canvas)


def _bored(stack: Stack, canvas: Canvas) -> None:
    found = holes(stack.drills)
    for diameter in np.unique(found.diameter_mm[found.diameter_mm > 0]).tolist():
        here = found.diameter_mm == diameter
        canvas.dots(np.column_stack((found.x_mm[here], found.y_mm[here])), diameter)
    for slot in (row for drill in stack.drills for row in drill.slots if row[4] > 0):
        canvas.stroke(polylines(slot[:4].reshape(2, 2), np.array([True, False])), slot[4])


def _painted(stack: Stack, side: Side, view: View, *, colours: Look) -> Paint:
    """From the bottom up: what lies under the mask, the legend, and through the openings the bare metal."""
    copper = [_film(layer.artwork, view) for layer in stack.outer_copper(side)]
    mask = stack.masks(side)
    bare = Paint(view, colours.laminate).over(copper, colours.finish)
    legend = [_film(layer.artwork, view) for layer in stack.of(FileRole.LEGEND, side)]
    if not mask:
        return bare.over(legend, colours.legend)
    coated = Paint(view, colours.mask).over(copper, colours.mask_on_copper).over(legend, colours.legend)
    return coated.through([_film(layer.artwork, view) for layer in mask], bare)


def _bodies(parts: Bodies, view: View) -> tuple[Canvas, Canvas]:
    boxes, dots = Canvas(view), Canvas(view)
    boxes.fill(polygons(parts.corners.reshape(-1, 2), np.arange(0, 4 * len(parts.corners) + 1, 4)))
    for x, y, across in parts.dots.tolist():
        dots.dots(np.array([(x, y)]), across)
    return boxes, dots


def _film(artwork: Artwork, view: View) -> Canvas:
    return drawn(artwork, Canvas(view))


def encoded(paint: Paint, cover: Grey) -> bytes:
    """A PNG with transparency, in the 256 colours that it needs most: a quarter of the size, and no eye sees it."""
    rgb = surface_rows(paint.surface, np.uint32)
    index, palette = _fewer_colours(
        np.where(cover > 0, (cover.astype(np.uint32) << np.uint32(24)) | (rgb & RGB), np.uint32(0))
    )
    return _png(index, palette)


def _of_one_colour(canvas: Canvas, colour: Colour) -> bytes:
    """The ink is the index into a palette that only grows denser."""
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    palette = np.tile(np.array((blue, green, red, 0), np.uint8), (COLOURS, 1))
    palette[:, 3] = np.arange(COLOURS)
    return _png(pixels(canvas), palette)


def _png(index: Grey, palette: Grey) -> bytes:
    """`palette` has a row of B, G, R, A for each index."""
    height, width = index.shape
    head = struct.pack(">IIBBBBB", width, height, 8, PALETTE, 0, 0, 0)
    rows = np.hstack((np.zeros((height, 1), np.uint8), index))  # each row begins with its filter: none
    return b"".join(
        (
            b"\x89PNG\r\n\x1a\n",
            _chunk(b"IHDR", head),
            _chunk(b"PLTE", palette[:, [2, 1, 0]].tobytes()),
            _chunk(b"tRNS", palette[:, 3].tobytes()),
            _chunk(b"IDAT", zlib.compress(rows.tobytes(), 6)),
            _chunk(b"IEND", b""),
        )
    )


def _fewer_colours(argb: Pixels) -> tuple[Grey, Grey]:
    """(index of each pixel, palette in bytes B, G, R, A).

    Colours that share their upper half bytes are one; seldom ones become the next best. Each takes the middle one of
    its pixels, which is the colour of the area that they stand for.
    """
    key = _nibbles(argb >> np.uint32(4))
    every = np.sort(((key << np.uint32(16)) | _nibbles(argb)).ravel())
    count = np.bincount(key.ravel(), minlength=KEYS)
    used = np.flatnonzero(count)
    middle = every[np.cumsum(count)[used] - (count[used] + 1) // 2]
    most = np.argsort(-count[used], kind="stable")[:COLOURS]
    palette = (_apart(middle[most] >> 16) << 4 | _apart(middle[most])).astype(np.uint8)
    far = np.abs(_apart(used)[:, None, :] - _apart(used[most])[None, :, :]).sum(axis=2)
    lookup = np.zeros(KEYS, np.uint8)
    lookup[used] = far.argmin(axis=1)
    return lookup[key], palette


def _nibbles(argb: Pixels) -> Pixels:
    """The lower half of each byte, close together."""
    moved = [(argb >> np.uint32(4 * place)) & np.uint32(15 << (4 * place)) for place in range(4)]
    return np.asarray(np.bitwise_or.reduce(moved), np.uint32)


def _apart(nibbles: NDArray[np.integer[Any]]) -> Ints:
    return np.asarray(nibbles.astype(np.int64)[:, None] >> np.array([0, 4, 8, 12]) & 15)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
