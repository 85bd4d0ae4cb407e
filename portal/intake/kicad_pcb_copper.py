"""Tracks, vias and filled areas of a KiCad board, each onto the films of its layers."""

from collections.abc import Iterator
from functools import partial

from portal.board.shapes import Aperture, disc
from portal.intake.kicad_pcb_board import OUTER_MASK, Board, is_tented
from portal.intake.kicad_pcb_films import Point
from portal.intake.kicad_pcb_layers import BOTTOM_COPPER, TOP_COPPER
from portal.intake.kicad_pcb_lines import arc_onto
from portal.intake.kicad_pcb_ways import point, ring_of
from portal.intake.s_expressions import Node

Touched = frozenset[tuple[str, float, float]]
GRID = 4  # decimals of a millimetre: ends of tracks meet to the tenth of a micrometre


def add_tracks(board: Board) -> Touched:
    """All tracks; returns where on each layer one ends, which says where a via needs its ring."""
    touched: set[tuple[str, float, float]] = set()
    for node in board.node.every("segment", "arc"):
        for layer in board.layers_of(node):
            _add_track(board, node, layer)
            touched.update((layer, *_rounded(point(node, name))) for name in ("start", "end"))
    return frozenset(touched)


def _add_track(board: Board, node: Node, layer: str) -> None:
    """A track on the mask (from 9 on it may lie bare) is no conductor there."""
    film, net = board.film(layer), board.net_of(node)
    is_copper = layer in board.layers.copper
    width = node.number("width") or 0.0
    if not is_copper:
        width += 2 * (node.number("solder_mask_margin") or 0.0)
    pen = film.pen(width, "Conductor" if is_copper else "")
    if node.name == "arc":
        arc_onto(node, film, board.frame, pen=pen, net=net)
    else:
        start, end = point(node, "start"), point(node, "end")
        film.line(board.frame.at(*start), board.frame.at(*end), pen, net=net)


def _rounded(at: Point) -> Point:
    return round(at[0], GRID), round(at[1], GRID)


def add_vias(board: Board, touched: Touched) -> None:
    for node in board.node.every("via"):
        at, net = point(node, "at"), board.net_of(node)
        span = via_span(board, node)
        for layer in span:
            if not _is_left_out(node, layer, span=span, at=at, touched=touched):
                _flash(board, layer, at=at, diameter=_size(node, layer), net=net)
        margin = board.setup.number("pad_to_mask_clearance") or 0.0
        for layer in _open_sides(board, node, span):
            _flash(board, OUTER_MASK[layer], at=at, diameter=_size(node, layer) + 2 * margin, net="")


def via_span(board: Board, node: Node) -> tuple[str, ...]:
    """The copper layers that a via goes through; all of them where it does not say."""
    words = [board.layers.called(word) for child in node.every("layers") for word in child.words]
    if len(words) < 2 or not (span := board.layers.between(words[0], words[-1])):
        return board.layers.copper
    return span


def _size(node: Node, layer: str) -> float:
    """From 9 on a via may have another ring on each layer: of the layer itself, or of all inner ones."""
    stack = node.first("padstack")
    rings = {ring.words[0]: ring.number("size") for ring in stack.every("layer") if ring.words} if stack else {}
    inner = rings.get("Inner") if layer not in (TOP_COPPER, BOTTOM_COPPER) else None
    return rings.get(layer) or inner or node.number("size") or 0.0


def _is_left_out(node: Node, layer: str, *, span: tuple[str, ...], at: Point, touched: Touched) -> bool:
    """Rings that nothing is joined to may be left out, the two outermost ones kept or not."""
    if not is_unused_removed(node, layer, is_end=layer in (span[0], span[-1])):
        return False
    return (layer, *_rounded(at)) not in touched


def is_unused_removed(node: Node, layer: str, *, is_end: bool) -> bool:
    """Whether a pad or via loses its ring on this layer unless a track or an area holds it there."""
    if not node.says("remove_unused_layers") and not node.says("remove_unused_layer"):
        return False
    joined = node.first("zone_layer_connections")
    if joined and layer in joined.words:
        return False
    return not (is_end and node.says("keep_end_layers"))


def _open_sides(board: Board, node: Node, span: tuple[str, ...]) -> Iterator[str]:
    for layer in OUTER_MASK:
        own = is_tented(node, layer)
        is_open = board.opens_vias(layer) if own is None else not own
        if layer in span and is_open:
            yield layer


def _flash(board: Board, layer: str, *, at: Point, diameter: float, net: str) -> None:
    if diameter <= 0:
        return
    film = board.film(layer)
    function = ("ViaPad",) if layer in board.layers.copper else ()
    make = partial(Aperture, "circle", (disc(diameter),), diameter, function)
    film.flash(board.frame.at(*at), film.aperture(("via", diameter), make), net=net)


def add_zones(board: Board, zones: Iterator[Node]) -> int:
    """Filled areas of any layer. Returns how many are drawn but were never filled: their copper is missing."""
    return sum(_add_zone(board, zone) for zone in zones)


def _add_zone(board: Board, zone: Node) -> bool:
    fill = zone.first("fill")
    if zone.first("keepout"):
        return False
    own, net = board.layers_of(zone), board.net_of(zone)
    # Up to 5 the stored area is smaller by half a pen, which goes along its edge.
    pen_mm = 0.0 if zone.word("filled_areas_thickness") == "no" else zone.number("min_thickness") or 0.0
    for node in zone.every("filled_polygon"):
        ring = board.frame.all(ring_of(node))
        for layer in board.layers_of(node) or own:
            film = board.film(layer)
            film.contour(ring, net=net)
            if pen_mm and len(ring):
                film.around(ring, film.pen(pen_mm, ""), net=net)
    _add_hatching(board, zone, pen_mm=pen_mm, net=net)
    is_filled = fill is not None and "yes" in fill.words
    return not is_filled and not zone.first("filled_polygon") and not zone.first("fill_segments")


def _add_hatching(board: Board, zone: Node, *, pen_mm: float, net: str) -> None:
    """Very old files filled areas with strokes side by side, each by its two ends."""
    strokes = [pair for node in zone.every("fill_segments") for pair in node.every("pts")]
    for layer in board.layers_of(zone) if strokes else ():
        film = board.film(layer)
        pen = film.pen(pen_mm, "")
        for pair in strokes:
            ends = [(float(x), float(y)) for x, y in board.frame.all(pair.points)]
            film.line(ends[0], ends[-1], pen, net=net) if ends else None
