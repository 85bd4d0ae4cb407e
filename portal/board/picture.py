"""How one side of the board will look: a drawing made of numbers only, safe to show inside of a page.

Browsers show it, and WeasyPrint prints it, which knows no masks and clips by non-zero paths alone. So the board and
the openings of its mask are clips of one path each. Where copper is taken away the laminate is painted again, which
is exact for one layer; solder mask and legend that take away are worked out as areas first (solid.py).
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby
from operator import attrgetter

from portal.board.artwork import Artwork, Box
from portal.board.bare import bare_path
from portal.board.bodies import Bodies
from portal.board.colours import BODY, BODY_EDGE, BODY_OPACITY, DOT, Colour, Look, look
from portal.board.design import FileRole, Side
from portal.board.outline import outline
from portal.board.pins import MARGIN_MM
from portal.board.solid import only_adding, parted, solid, takes_away
from portal.board.stack import Layer, Stack
from portal.board.svg_paths import UM_PER_MM, Element, circles_path, filled_path, layer_elements, ring_path, shape_path
from portal.board.within import within

MOST_CHARACTERS = 3_000_000
MOST_THINGS = 400_000  # strokes, flashes, corners and holes of one side: each is some characters

NO_BODIES = Bodies()
EDGE_UM = 40
PEN = 'fill="none" stroke-linecap="round" stroke-linejoin="round"'


def side_picture(
    stack: Stack, side: Side, *, mask_colour: str = "green", finish: str = "enig", parts: Bodies = NO_BODIES
) -> str | None:
    """An SVG in millimetres, the bottom mirrored as one turns the board over.

    What a package lacks is left out: without a mask layer the copper lies bare, without copper there is the board.
    None where the picture would be too large for a page.
    """
    edge = outline(stack)
    if edge is None:
        return _nothing(side)
    stack = _within(stack, _widened(edge.box))
    if things_on(stack, side) > MOST_THINGS:
        return None
    name = "t" if side is Side.TOP else "b"
    clips = [_clip(f"{name}b", bare_path(stack, edge))]
    body = "".join(_painted(stack, side, edge.box, clips=clips, colours=look(mask_colour, finish)))
    whole = f'<g clip-path="url(#{name}b)">{body}</g>{_parts(parts)}'
    svg = _document(edge.box, side, clips=clips, body=whole)
    return svg if len(svg) <= MOST_CHARACTERS else None


def _within(stack: Stack, box: Box) -> Stack:
    shown = {FileRole.COPPER, FileRole.MASK, FileRole.LEGEND}
    layers = (replace(one, artwork=within(one.artwork, box)) if one.role in shown else one for one in stack.layers)
    return replace(stack, layers=tuple(layers))


def _painted(stack: Stack, side: Side, box: Box, *, clips: list[str], colours: Look) -> Iterator[str]:
    """From the bottom up: what lies under the mask, the legend, and through the openings the bare metal."""
    name, everywhere = "t" if side is Side.TOP else "b", _rectangle(box)
    copper, mask = stack.outer_copper(side), stack.masks(side)
    if copper:
        clips.append(_copper(copper, name, everywhere))
    bare = _coated(name, everywhere, (colours.laminate, colours.finish), has_copper=bool(copper))
    coat = (colours.mask, colours.mask_on_copper)
    yield _coated(name, everywhere, coat, has_copper=bool(copper)) if mask else bare
    for layer in stack.of(FileRole.LEGEND, side):
        yield _legend(layer.artwork, box, colours.legend)
    if mask:
        clips.append(_clip(f"{name}m", "".join(_area(layer.artwork, box) for layer in mask)))
        yield f'<g clip-path="url(#{name}m)">{bare}</g>'


def _parts(parts: Bodies) -> str:
    """Boxes that the pads shine through, and the dots at their first pins."""
    if not len(parts.corners):
        return ""
    boxes = "".join(ring_path(corners) for corners in parts.corners)
    edge = f'stroke="{BODY_EDGE}" stroke-width="{EDGE_UM}"'
    drawn = f'<path d="{boxes}" fill="{BODY}" fill-opacity="{BODY_OPACITY}" {edge}/>'
    dots = circles_path(*parts.dots.T)
    return drawn + (f'<path d="{dots}" fill="{DOT}"/>' if dots else "")


def things_on(stack: Stack, side: Side) -> int:
    shown = (*stack.outer_copper(side), *stack.of(FileRole.MASK, side), *stack.of(FileRole.LEGEND, side))
    return sum(things_in(layer.artwork) for layer in shown) + sum(drill.count for drill in stack.drills)


def things_in(artwork: Artwork) -> int:
    return len(artwork.flashes) + len(artwork.draws) + len(artwork.regions.points)


def _rectangle(box: Box) -> str:
    x0, y0, x1, y1 = (round(value * UM_PER_MM) for value in _widened(box))
    return f"M{x0} {y0}H{x1}V{y1}H{x0}z"


def _widened(box: Box) -> Box:
    return box[0] - MARGIN_MM, box[1] - MARGIN_MM, box[2] + MARGIN_MM, box[3] + MARGIN_MM


def _document(box: Box, side: Side, *, clips: Iterable[str], body: str) -> str:
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
        f'<g transform="{flip}"><defs>{"".join(clips)}</defs>{body}</g></svg>'
    )


def _clip(name: str, path: str) -> str:
    return f'<clipPath id="{name}"><path d="{path}"/></clipPath>'


def _coated(name: str, everywhere: str, colours: tuple[Colour, Colour], *, has_copper: bool) -> str:
    """Laminate and copper in these colours, under the mask or bare."""
    laminate, copper = colours
    board = f'<path d="{everywhere}" fill="{laminate}"/>'
    return board + f'<use href="#{name}c" fill="{copper}" stroke="{copper}" color="{laminate}"/>' * has_copper


def _copper(layers: tuple[Layer, ...], name: str, everywhere: str) -> str:
    """Drawn once, used twice: it inherits its colour, and what takes away paints in the colour below."""
    parts = []
    for layer in sorted(layers, key=lambda layer: not takes_away(layer.artwork)):  # the others must not lose by it
        negative = layer.artwork.negative
        parts += [f'<path d="{everywhere}" stroke="none"/>'] if negative else []
        parts += [
            _group(run, "" if adds is not negative else "currentColor")
            for adds, run in groupby(layer_elements(layer.artwork), key=attrgetter("adds"))
        ]
    return f'<g id="{name}c">{"".join(parts)}</g>'


def _group(run: Iterable[Element], colour: str) -> str:
    """Within one polarity the order does not matter: one group to fill, one to stroke. No colour is inherited."""
    elements = list(run)
    filled = "".join(element.svg for element in elements if not element.is_stroke)
    drawn = "".join(element.svg for element in elements if element.is_stroke)
    fill, stroke = (f' fill="{colour}"', f' stroke="{colour}"') if colour else ("", "")
    areas = f'<g{fill} stroke="none">{filled}</g>' if filled else ""
    return areas + (f"<g {PEN}{stroke}>{drawn}</g>" if drawn else "")


def _area(artwork: Artwork, box: Box) -> str:
    """All of a layer as filled areas."""
    if not takes_away(artwork):
        return filled_path(artwork)
    plain, rest = parted(artwork)
    return filled_path(plain) + _worked_out(rest, box)


def _legend(artwork: Artwork, box: Box, colour: str) -> str:
    if not takes_away(artwork):
        return _group(layer_elements(artwork), colour)
    plain, rest = parted(artwork)
    return _group(layer_elements(plain), colour) + f'<path d="{_worked_out(rest, box)}" fill="{colour}"/>'


def _worked_out(artwork: Artwork, box: Box) -> str:
    """Where that is too much to work out, it is shown as if nothing was taken away."""
    shape = solid(artwork, _widened(box))
    return filled_path(only_adding(artwork)) if shape is None else shape_path(shape)


def _nothing(side: Side) -> str:
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 60" role="img">'
        f"<title>{side.value.capitalize()} of the board: nothing to draw</title></svg>"
    )
