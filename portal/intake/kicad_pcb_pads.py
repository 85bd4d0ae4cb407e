"""The pads of KiCad's footprints: on copper as they are, on mask and paste with their margins, and their holes."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from portal.board.shapes import NOTHING
from portal.intake.kicad_pcb_board import VERSION_5, Board
from portal.intake.kicad_pcb_copper import Touched, is_unused_removed
from portal.intake.kicad_pcb_films import Frame, Point, turn
from portal.intake.kicad_pcb_holes import Holes
from portal.intake.kicad_pcb_layers import BOTTOM_COPPER, TOP_COPPER
from portal.intake.kicad_pcb_shapes import PadShape, aperture, shape_of
from portal.intake.s_expressions import Node, number

FUNCTIONS = {
    "smd": ("SMDPad", "CuDef"),
    "connect": ("ConnectorPad",),
    "thru_hole": ("ComponentPad",),
    "np_thru_hole": ("WasherPad",),
}
FIDUCIAL = ("FiducialPad", "Local")
MASKS, PASTES = ("F.Mask", "B.Mask"), ("F.Paste", "B.Paste")
NO_MARGIN = (0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Pad:
    """`angle_deg` is that of the pad itself, the footprint's turn included, as the file has it."""

    node: Node
    footprint: Node
    designator: str
    at: Point  # where its hole is; the shape may lie beside it
    angle_deg: float

    @property
    def number(self) -> str:
        return self.node.words[0] if self.node.words else ""

    @property
    def kind(self) -> str:
        return self.node.words[1] if len(self.node.words) > 1 else "smd"

    def shape_on(self, layer: str) -> PadShape:
        """From 9 on a pad may have another shape on each layer, or on all inner ones."""
        stack = self.node.first("padstack")
        shapes = {row.words[0]: row for row in stack.every("layer") if row.words} if stack else {}
        inner = shapes.get("Inner") if layer.endswith(".Cu") and layer not in (TOP_COPPER, BOTTOM_COPPER) else None
        own = shapes.get(layer.replace("Mask", "Cu").replace("Paste", "Cu")) or inner
        if own is not None:
            return shape_of(own, own.word("shape", "circle"))
        return shape_of(self.node, self.node.words[2] if len(self.node.words) > 2 else "circle")


def pads_of(footprint: Node, frame: Frame, designator: str) -> Iterator[Pad]:
    for node in footprint.every("pad"):
        at = node.numbers("at", 2) or NO_MARGIN
        turned = node.numbers("at", 3)
        yield Pad(node, footprint, designator, frame.at(at[0], at[1]), turned[2] if turned else 0.0)


def add_pad(board: Board, pad: Pad, touched: Touched) -> None:
    layers = board.layers_of(pad.node)
    for layer in board.layers.copper:
        left_out = _is_bare_hole(pad, layer) or _is_left_out(board, pad, layer, touched=touched)
        if layer in layers and not left_out:
            _flash(board, pad, layer, margin=NO_MARGIN)
    has_copper = not layers.isdisjoint(board.layers.copper)
    for layer in MASKS:
        if layer in layers:
            _flash(board, pad, layer, margin=_mask_margin(board, pad) if has_copper else NO_MARGIN)
    for layer in PASTES:
        if layer in layers:
            _flash(board, pad, layer, margin=_paste_margin(board, pad, layer) if has_copper else NO_MARGIN)


def _flash(board: Board, pad: Pad, layer: str, *, margin: Point) -> None:
    shape, film = replace(pad.shape_on(layer), keeps_corners=board.version < VERSION_5), board.film(layer)
    is_copper = layer in board.layers.copper
    is_fiducial = "fiducial" in pad.node.word("property")
    function = (FIDUCIAL if is_fiducial else FUNCTIONS.get(pad.kind, ())) if is_copper else ()
    key = (shape.key, margin, pad.angle_deg % 360, function)
    index = film.aperture(
        key, lambda: aperture(shape, margin=margin, angle_deg=pad.angle_deg, function=function) or NOTHING
    )
    if film.apertures[index] is NOTHING:
        return
    cos, sin = turn(pad.angle_deg)
    x, y = shape.offset
    at = (pad.at[0] + x * cos - y * sin, pad.at[1] + x * sin + y * cos)
    pin = f"{pad.designator},{pad.number}" if is_copper and pad.designator and pad.number else ""
    film.flash(at, index, net=board.net_of(pad.node) if is_copper else "", pin=pin)


def _is_bare_hole(pad: Pad, layer: str) -> bool:
    """A hole without plating and with no copper wider than itself is not plotted."""
    drilled = _drill_size(pad.node)
    if pad.kind != "np_thru_hole" or drilled is None:
        return False
    shape = pad.shape_on(layer)
    return shape.width <= drilled[0] and shape.height <= drilled[1]


def _is_left_out(board: Board, pad: Pad, layer: str, *, touched: Touched) -> bool:
    is_end = layer in (TOP_COPPER, BOTTOM_COPPER)
    if pad.kind != "thru_hole" or not is_unused_removed(pad.node, layer, is_end=is_end):
        return False
    x, y = pad.at[0] - board.frame.x, board.frame.y - pad.at[1]
    return (layer, round(x, 4), round(y, 4)) not in touched


def _mask_margin(board: Board, pad: Pad) -> Point:
    """The pad's own, else its footprint's, else the board's; never so negative that nothing stays open."""
    margin = _first(pad.node.number("solder_mask_margin"), pad.footprint.number("solder_mask_margin"))
    margin = _first(margin, board.setup.number("pad_to_mask_clearance")) or 0.0
    return margin, margin


def _paste_margin(board: Board, pad: Pad, layer: str) -> Point:
    """A length and a share of the pad's size, added up, for each axis by itself."""
    margin = _first(pad.node.number("solder_paste_margin"), pad.footprint.number("solder_paste_margin"))
    margin = _first(margin, board.setup.number("pad_to_paste_clearance")) or 0.0
    share = _first(_paste_share(pad.node), _paste_share(pad.footprint))
    share = _first(share, board.setup.number("pad_to_paste_clearance_ratio")) or 0.0
    shape = pad.shape_on(layer)
    return margin + share * shape.width, margin + share * shape.height


def _paste_share(node: Node) -> float | None:
    return _first(node.number("solder_paste_margin_ratio"), node.number("solder_paste_ratio"))


def _first(one: float | None, other: float | None) -> float | None:
    return other if one is None else one


def _drill_size(node: Node) -> Point | None:
    """Width and height of the hole in the frame of the pad; None without one."""
    drill = node.first("drill")
    if drill is None:
        return None
    sizes = [number(word) for word in drill.words if word != "oval"]
    if not sizes or sizes[0] <= 0:
        return None
    return sizes[0], sizes[1] if "oval" in drill.words and len(sizes) > 1 else sizes[0]


def add_hole(pad: Pad, holes: Holes) -> None:
    """A long hole is a slot between the centres of its two ends."""
    size = _drill_size(pad.node)
    if size is None or pad.kind not in ("thru_hole", "np_thru_hole"):
        return
    (width, height), (cos, sin) = size, turn(pad.angle_deg)
    if abs(width - height) < 1e-9:
        holes.round.append((*pad.at, width))
        return
    half = abs(width - height) / 2
    x, y = (half * cos, half * sin) if width > height else (-half * sin, half * cos)
    holes.long.append((pad.at[0] - x, pad.at[1] - y, pad.at[0] + x, pad.at[1] + y, min(width, height)))
