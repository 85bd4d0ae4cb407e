"""A KiCad board (.kicad_pcb, KiCad 4 to 9) as a whole board: the arrays that its Gerber files would give.

KiCad counts Y down and plots Y up; everything here is in the frame of the Gerber files that the same board would plot
with its own settings, so that the two agree to the micrometre. Texts on copper and legend are left out: they are
drawn with KiCad's own letters, and nothing is measured on them.
"""

import re
from collections.abc import Iterator
from itertools import chain

from portal.board.design import FileRole, Finding, Severity, Side
from portal.board.stack import Layer, Stack
from portal.intake.components import listed
from portal.intake.kicad_pcb_board import Board
from portal.intake.kicad_pcb_copper import Touched, add_tracks, add_vias, add_zones
from portal.intake.kicad_pcb_films import Film, Frame
from portal.intake.kicad_pcb_holes import Drilled, add_via_holes
from portal.intake.kicad_pcb_layers import EDGE
from portal.intake.kicad_pcb_lines import draw, is_drawn
from portal.intake.kicad_pcb_pads import add_hole, add_pad, pads_of
from portal.intake.kicad_pcb_parts import FOOTPRINTS, Part, line, placement, read_part
from portal.intake.s_expressions import Damaged, Node, read_s_expression
from portal.intake.whole import WholeBoard

MOST_BYTES = 80 * 1024**2
BEGINNING = re.compile(rb"(?:\xef\xbb\xbf)?\s{0,1000}\(\s{0,10}kicad_pcb\b")
VERSIONS = (
    (20_241_000, "9"),
    (20_240_000, "8"),
    (20_220_300, "7"),
    (20_200_000, "6"),
    (20_170_000, "5"),
    (4, "4"),
    (3, "2013"),
)
TOOL_VERSION = re.compile(r"\(?(\d{1,2}\.\d{1,3}(?:\.\d{1,3})?)")
NEWEST_KNOWN = 20_260_000  # of the format; what a later KiCad adds is not read

ROLES = {
    "SilkS": FileRole.LEGEND,
    "Mask": FileRole.MASK,
    "Paste": FileRole.PASTE,
}
SIDES = {"F": Side.TOP, "B": Side.BOTTOM}
ORDER = (*(f"{side}.{kind}" for kind in ROLES for side in SIDES), EDGE)

LEGENDS = ("F.SilkS", "B.SilkS")
TEXTS = ("gr_text", "fp_text", "property", "gr_text_box", "fp_text_box")

SEND_GERBER = "Check the board as it is shown here, or send its Gerber and drill files, too."
FILL_ZONES = "Fill all zones in KiCad (key B), save the board and send it again."


def is_kicad_pcb(data: bytes) -> bool:
    """By its first word, whatever its name."""
    return bool(BEGINNING.match(data))


def read_kicad_pcb(data: bytes, *, name: str) -> WholeBoard:
    """Raises PackageRefused for a file that is cut off, nests too deep, or is larger than any real board."""
    if not is_kicad_pcb(data):
        raise Damaged("This is not a KiCad board.")
    if len(data) > MOST_BYTES:
        raise Damaged("This board is larger than any real one.", "board-too-large")
    board = Board(read_s_expression(data.decode("utf-8-sig", "replace")))
    parts = [read_part(board, node) for node in board.node.every(*FOOTPRINTS)]
    drilled = Drilled()
    touched = add_tracks(board)
    add_vias(board, touched)
    add_via_holes(board, drilled)
    unfilled = add_zones(board, chain(board.node.every("zone"), *(part.node.every("zone") for part in parts)))
    _add_drawn(board, board.node, board.frame)
    for part in parts:
        _add_footprint(board, part, drilled, touched=touched)
    return WholeBoard(
        name=name,
        stack=Stack(tuple(_layers(board, name)), tuple(drilled.hits())),
        tool=_tool(board),
        lines=listed(line(part) for part in parts if part.is_listed),
        placements=tuple(placement(board, part) for part in parts if part.is_placed),
        findings=tuple(_findings(board, name, unfilled)),
    )


def _add_footprint(board: Board, part: Part, drilled: Drilled, *, touched: Touched) -> None:
    at = part.node.numbers("at", 2) or (0.0, 0.0)
    turned = part.node.numbers("at", 3)
    frame = board.frame.within((at[0], at[1]), turned[2] if turned else 0.0)
    _add_drawn(board, part.node, frame)
    for pad in pads_of(part.node, frame, part.designator):
        add_pad(board, pad, touched)
        add_hole(pad, drilled.not_plated if pad.kind == "np_thru_hole" else drilled.plated)


def _add_drawn(board: Board, node: Node, frame: Frame) -> None:
    """Onto layers that are made; what lies on drawings and courtyards is for people."""
    made = {*board.layers.copper, *ORDER}
    for child in node.children:
        if not is_drawn(child):
            continue
        for layer in board.layers_of(child) & made:
            draw(child, board.film(layer), frame, layer=layer, version=board.version, net=board.net_of(child))


def _layers(board: Board, name: str) -> Iterator[Layer]:
    """Copper from the top, then what lies on it; a copper layer is there even with nothing on it."""
    for number, layer in enumerate(board.layers.copper, start=1):
        side = {1: Side.TOP, len(board.layers.copper): Side.BOTTOM}.get(number)
        film = board.films.get(layer, Film())
        yield Layer(FileRole.COPPER, film.artwork(), _file(board, name, layer), side, number)
    for layer in ORDER:
        if layer in board.films or layer in board.layers.names.values():
            letter, _, kind = layer.partition(".")
            artwork = board.films.get(layer, Film()).artwork()
            yield Layer(ROLES.get(kind, FileRole.OUTLINE), artwork, _file(board, name, layer), SIDES.get(letter))


def _file(board: Board, name: str, layer: str) -> str:
    """The layer as the customer calls it, within his file."""
    return f"{name}: {board.layers.shown.get(layer, layer)}"


def _tool(board: Board) -> str:
    """As it says itself, else by the version of its format."""
    host = board.node.first("host")
    said = TOOL_VERSION.match(board.node.word("generator_version") or (host.words[-1] if host and host.words else ""))
    by_format = next((version for since, version in VERSIONS if board.version >= since), "")
    return f"KiCad {said[1] if said else by_format}".strip()


def _findings(board: Board, name: str, unfilled: int) -> Iterator[Finding]:
    if board.version >= NEWEST_KNOWN:
        text = "was written by a newer KiCad than is known here; what is new in it was left out."
        yield Finding(Severity.ASK, "board-newer", name, text, SEND_GERBER)
    if unfilled:
        text = f"has {unfilled} copper zones that were never filled; their copper is missing."
        yield Finding(Severity.ASK, "board-zones-unfilled", name, text, FILL_ZONES)
    texts = sum(1 for _ in _texts(board))
    if texts:
        text = f"has {texts} texts on its legend and copper, which the pictures here do not show."
        yield Finding(Severity.NOTE, "board-text-left-out", name, text, SEND_GERBER)


def _texts(board: Board) -> Iterator[Node]:
    """What KiCad would print with its own letters: texts and fields on layers that are made, unless they are hidden."""
    made = {*board.layers.copper, *LEGENDS}
    of_parts = (part.every(*TEXTS) for part in board.node.every(*FOOTPRINTS))
    for node in chain(board.node.every(*TEXTS), *of_parts):
        if not node.says("hide") and not board.layers_of(node).isdisjoint(made):
            yield node
