"""How one side of the board will look: a drawing made of numbers only, safe to show inside of a page."""

from collections.abc import Iterable
from itertools import groupby
from operator import attrgetter

import numpy as np

from portal.board.artwork import Box
from portal.board.design import FileRole, Side
from portal.board.holes import holes, slots
from portal.board.outline import Outline, outline
from portal.board.stack import Layer, Stack
from portal.board.svg_paths import UM_PER_MM, Element, layer_elements, ring_path

MARGIN_MM = 1.0

# mask over laminate, mask over copper, legend: as one sees the usual lacquers on 35 µm copper
MASK_COLOURS = {
    "green": ("#0d5f35", "#1a8049", "#f4f5f0"),
    "black": ("#17191b", "#2b2e31", "#f4f5f0"),
    "blue": ("#0b3a74", "#175398", "#f4f5f0"),
    "red": ("#8b1220", "#b2202e", "#f4f5f0"),
    "white": ("#e9e9e4", "#f6f6f2", "#1c1d1f"),
    "yellow": ("#b98a05", "#d5a516", "#1c1d1f"),
    "purple": ("#3a1a57", "#552a7a", "#f4f5f0"),
}
LAMINATE, GOLD = "#b8a06a", "#d9b14a"


def side_picture(stack: Stack, side: Side, *, mask_colour: str = "green") -> str:
    """An SVG in millimetres, the bottom mirrored as one turns the board over. An unknown colour is green.

    What a package lacks is left out: without a mask layer the copper lies bare, without copper there is the board.
    """
    edge = outline(stack)
    if edge is None:
        return _nothing(side)
    laminate_colour, copper_colour, legend_colour = MASK_COLOURS.get(mask_colour, MASK_COLOURS["green"])
    name = "t" if side is Side.TOP else "b"
    copper, mask = stack.of(FileRole.COPPER, side), stack.of(FileRole.MASK, side)
    legend = stack.of(FileRole.LEGEND, side)
    everywhere = _rectangle(edge.box)
    masks = [_board_mask(stack, edge, name)]
    painted = [f'<path d="{everywhere}" fill="{laminate_colour if mask else LAMINATE}"/>']
    if copper:
        masks.append(_layer_mask(copper, f"{name}c", everywhere))
        colour = copper_colour if mask else GOLD
        painted.append(f'<path d="{everywhere}" fill="{colour}" mask="url(#{name}c)"/>')
    if legend:
        masks.append(_layer_mask(legend, f"{name}l", everywhere))
        painted.append(f'<path d="{everywhere}" fill="{legend_colour}" mask="url(#{name}l)"/>')
    if mask:
        masks.append(_layer_mask(mask, f"{name}m", everywhere))
        bare = f'<path d="{everywhere}" fill="{GOLD}" mask="url(#{name}c)"/>' if copper else ""
        painted.append(f'<g mask="url(#{name}m)"><path d="{everywhere}" fill="{LAMINATE}"/>{bare}</g>')
    body = f'<g mask="url(#{name}b)">{"".join(painted)}</g>'
    return _document(edge.box, side, masks=masks, body=body)


def _rectangle(box: Box) -> str:
    x0, y0, x1, y1 = (round(value * UM_PER_MM) for value in _widened(box))
    return f"M{x0} {y0}H{x1}V{y1}H{x0}z"


def _widened(box: Box) -> Box:
    return box[0] - MARGIN_MM, box[1] - MARGIN_MM, box[2] + MARGIN_MM, box[3] + MARGIN_MM


def _document(box: Box, side: Side, *, masks: Iterable[str], body: str) -> str:
    """Y points up in a board and down in SVG; the bottom is mirrored besides."""
    x0, y0, x1, y1 = _widened(box)
    width, height = x1 - x0, y1 - y0
    scale = 1 / UM_PER_MM
    flip = f"matrix({scale} 0 0 {-scale} 0 {y0 + y1:.4f})"
    if side is Side.BOTTOM:
        flip = f"matrix({-scale} 0 0 {-scale} {x0 + x1:.4f} {y0 + y1:.4f})"
    size = f"{box[2] - box[0]:.1f} × {box[3] - box[1]:.1f} mm"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{x0:.4f} {y0:.4f} {width:.4f} {height:.4f}" role="img">'
        f"<title>{side.value.capitalize()} of the board, {size}</title>"
        f'<g transform="{flip}"><defs>{"".join(masks)}</defs>{body}</g></svg>'
    )


def _layer_mask(layers: tuple[Layer, ...], name: str, everywhere: str) -> str:
    """White where the layer adds, black where a later level takes away."""
    parts = [_mask_start(name)]
    negative = any(layer.artwork.negative for layer in layers)
    parts += [f'<path d="{everywhere}" fill="#fff"/>'] if negative else []
    for number, layer in enumerate(layers):
        elements = layer_elements(layer.artwork, f"{name}{number}")
        parts += [
            _group("#fff" if adds is not negative else "#000", run)
            for adds, run in groupby(elements, key=attrgetter("adds"))
        ]
    return "".join((*parts, "</mask>"))


def _mask_start(name: str) -> str:
    # The region is in user units of the board, far beyond any edge: the default of 120 % would cut at strokes.
    return f'<mask id="{name}" maskUnits="userSpaceOnUse" x="-4000000" y="-4000000" width="8000000" height="8000000">'


def _group(colour: str, run: Iterable[Element]) -> str:
    """Within one polarity the order does not matter: one group to fill, one to stroke."""
    elements = list(run)
    filled = [element.svg for element in elements if not element.is_stroke]
    drawn = [element.svg for element in elements if element.is_stroke]
    pens = f'<g fill="none" stroke="{colour}" stroke-linecap="round" stroke-linejoin="round">{"".join(drawn)}</g>'
    return (f'<g fill="{colour}">{"".join(filled)}</g>' if filled else "") + (pens if drawn else "")


def _board_mask(stack: Stack, edge: Outline, name: str) -> str:
    """The board is white; cut-outs and holes are black, so that what lies behind the picture shows through."""
    shape = "".join(ring_path(ring) for ring in edge.rings)
    found, routed = holes(stack.drills), slots(stack.drills)
    parts = [_mask_start(f"{name}b"), f'<path d="{shape}" fill="#fff" fill-rule="evenodd"/>']
    dots = np.column_stack((found.x_mm, found.y_mm, np.zeros((len(found.x_mm), 2)), found.diameter_mm))
    cuts = routed.rows.copy()
    cuts[:, 2:4] -= cuts[:, 0:2]
    every = np.concatenate((dots, cuts))
    every = every[~np.isnan(every[:, 4])]
    for width in np.unique(every[:, 4]):
        rows = np.round(every[every[:, 4] == width, :4] * UM_PER_MM).astype(np.int64)
        path = ("M%d %dl%d %d" * len(rows)) % tuple(rows.ravel().tolist())
        pen = f'stroke="#000" stroke-linecap="round" stroke-width="{round(width * UM_PER_MM)}"'
        parts.append(f'<path d="{path}" fill="none" {pen}/>')
    return "".join((*parts, "</mask>"))


def _nothing(side: Side) -> str:
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 60" role="img">'
        f"<title>{side.value.capitalize()} of the board: nothing to draw</title></svg>"
    )
