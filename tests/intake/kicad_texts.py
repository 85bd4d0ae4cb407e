"""Small KiCad boards as text, as its versions write them, for the tests that read them."""

from portal.board.artwork import Artwork
from portal.board.design import FileRole, Side
from portal.board.solid import solid
from portal.intake.kicad_pcb import read_kicad_pcb
from portal.intake.whole import WholeBoard

KICAD_4, KICAD_5, KICAD_6, KICAD_7, KICAD_8, KICAD_9 = 4, 20171130, 20211014, 20221018, 20240108, 20241229

TECHNICAL_OF_4 = """
  (32 B.Adhes user) (33 F.Adhes user) (34 B.Paste user) (35 F.Paste user) (36 B.SilkS user) (37 F.SilkS user)
  (38 B.Mask user) (39 F.Mask user) (44 Edge.Cuts user)"""
TWO = f"(layers (0 F.Cu signal) (31 B.Cu signal) {TECHNICAL_OF_4})"
FOUR = f"(layers (0 F.Cu signal) (1 In1.Cu signal) (2 In2.Cu power) (31 B.Cu signal) {TECHNICAL_OF_4})"
FOUR_OF_9 = """(layers (0 "F.Cu" signal) (4 "In1.Cu" power) (6 "In2.Cu" power) (2 "B.Cu" signal)
  (13 "F.Paste" user) (15 "B.Paste" user) (5 "F.SilkS" user "F.Silkscreen") (7 "B.SilkS" user "B.Silkscreen")
  (1 "F.Mask" user) (3 "B.Mask" user) (25 "Edge.Cuts" user))"""
NETS = '(net 0 "") (net 1 "GND") (net 2 "+3V3")'
RESISTOR_PADS = """
  (pad "1" smd rect (at -0.8 0) (size 0.8 1) (layers "F.Cu" "F.Paste" "F.Mask") (net 1 "GND"))
  (pad "2" smd rect (at 0.8 0) (size 0.8 1) (layers "F.Cu" "F.Paste" "F.Mask") (net 2 "+3V3"))"""


def text(*items: str, version: int = KICAD_7, layers: str = TWO, setup: str = "") -> bytes:
    body = "\n  ".join(items)
    head = f"(kicad_pcb (version {version}) (generator pcbnew)"
    return f"{head}\n  {layers}\n  (setup {setup})\n  {NETS}\n  {body}\n)".encode()


def read(*items: str, version: int = KICAD_7, layers: str = TWO, setup: str = "") -> WholeBoard:
    return read_kicad_pcb(text(*items, version=version, layers=layers, setup=setup), name="node.kicad_pcb")


def film(board: WholeBoard, role: FileRole, side: Side | None = None, *, number: int | None = None) -> Artwork:
    """The one layer in this role, on this side or of this number."""
    layers = [layer for layer in board.stack.layers if layer.role is role and layer.side is side]
    if number is not None:
        layers = [layer for layer in board.stack.layers if layer.role is role and layer.number == number]
    [layer] = layers
    return layer.artwork


def copper(board: WholeBoard, side: Side = Side.TOP) -> Artwork:
    return film(board, FileRole.COPPER, side)


def edge(board: WholeBoard) -> Artwork:
    return film(board, FileRole.OUTLINE)


def box(artwork: Artwork) -> tuple[float, ...]:
    """The extent in hundredths of a millimetre: arcs are chords that stay within a micrometre of them."""
    return tuple(round(value, 2) + 0.0 for value in artwork.bounds_mm() or ())


def area_mm2(artwork: Artwork) -> float:
    x0, y0, x1, y1 = artwork.bounds_mm() or (0.0, 0.0, 0.0, 0.0)
    return float(solid(artwork, (x0 - 1, y0 - 1, x1 + 1, y1 + 1)).area)


def footprint(
    *items: str, at: str = "100 50", layer: str = "F.Cu", name: str = "Resistor_SMD:R_0603_1608Metric"
) -> str:
    return f'(footprint "{name}" (layer "{layer}") (at {at})\n    {" ".join(items)})'


def named(designator: str, value: str = "10k") -> str:
    """The texts that KiCad 4 to 7 keep the name and value in."""
    return (
        f'(fp_text reference "{designator}" (at 0 -1.4) (layer "F.SilkS") (effects (font (size 1 1))))'
        f'(fp_text value "{value}" (at 0 1.4) (layer "F.Fab") (effects (font (size 1 1))))'
    )


def fields(designator: str, value: str = "10k", **others: str) -> str:
    """The properties that KiCad 8 and 9 keep everything in."""
    every = {"Reference": designator, "Value": value, **others}
    return " ".join(f'(property "{name}" "{said}" (at 0 0 0) (layer "F.Fab"))' for name, said in every.items())


def pad(
    *items: str, kind: str = "smd", shape: str = "rect", size: str = "1 2", layers: str = '"F.Cu"', at: str = "0 0"
) -> str:
    return f'(pad "1" {kind} {shape} (at {at}) (size {size}) (layers {layers}) {" ".join(items)})'


def alone(*items: str, **parts: str) -> str:
    """A footprint at the origin with one pad in it."""
    return footprint(pad(*items, **parts), at="0 0")


def codes(board: WholeBoard) -> list[str]:
    return [finding.code for finding in board.findings]
