"""Padstacks as revisions A and B have them, and Altium to this day: in the step, each with its hole and its pads."""

import numpy as np
import pytest
from ipc2581_made import HOLES, PROFILE, features, ipc, step

from portal.board.design import FileRole
from portal.intake.ipc2581 import read_ipc2581

INNER = """
<Layer name="Top Layer" layerFunction="SIGNAL" side="TOP" polarity="POSITIVE"/>
<Layer name="Inner 1" layerFunction="SIGNAL" side="INTERNAL" polarity="POSITIVE"/>
<Layer name="Inner 2" layerFunction="SIGNAL" side="INTERNAL" polarity="POSITIVE"/>
<Layer name="Bottom Layer" layerFunction="SIGNAL" side="BOTTOM" polarity="POSITIVE"/>
<Layer name="Top Paste" layerFunction="PASTEMASK" side="TOP" polarity="POSITIVE"/>
<Layer name="Drawing" layerFunction="ASSEMBLY" side="TOP" polarity="POSITIVE"/>
<Layer name="Drill" layerFunction="DRILL" side="ALL"/>
"""


def a_pad(layer: str, *, x: float = 10, y: float = 5, more: str = "", turn: str = "") -> str:
    shape = '<StandardPrimitiveRef id="bar"/>'
    return f'<LayerPad layerRef="{layer}">{turn}<Location x="{x}" y="{y}"/>{shape}{more}</LayerPad>'


def a_hole(first: str, last: str, *, x: float = 10, plating: str = "VIA", size: str = "0.3") -> str:
    said = f'diameter="{size}" platingStatus="{plating}" plusTol="0" minusTol="0" x="{x}" y="5"'
    return f'<LayerHole name="Via_1" {said}><Span fromLayer="{first}" toLayer="{last}"/></LayerHole>'


def a_stack(*parts: str, net: str = "GND") -> str:
    return f'<PadStack net="{net}">{"".join(parts)}</PadStack>'


THROUGH = a_stack(a_hole("Top Layer", "Bottom Layer"), a_pad("Top Layer"), a_pad("Bottom Layer"))


def read(*stacks: str, more: str = "", revision: str = "B"):
    return read_ipc2581(ipc(layers=INNER, steps=step("".join(stacks) + more), revision=revision), name="board.cvg")


def copper_of(board, name):
    [layer] = [layer for layer in board.stack.layers if layer.file.endswith(f": {name}")]
    return layer.artwork


@pytest.mark.parametrize("revision", ["A", "B"])
def test_the_pads_of_a_stack_lie_on_their_layers(revision):
    board = read(THROUGH, revision=revision)

    assert len(copper_of(board, "Top Layer").flashes) == len(copper_of(board, "Bottom Layer").flashes) == 1


def test_the_hole_of_a_stack_is_drilled_and_plated():
    [hits] = read(THROUGH).stack.drills

    assert (hits.x_mm.tolist(), hits.diameter_mm.tolist(), hits.plating.tolist()) == ([10.0], [0.3], [1])


def test_a_hole_through_all_layers_has_no_span():
    [hits] = read(THROUGH, a_stack(a_pad("Inner 1"), a_pad("Inner 2"))).stack.drills

    assert hits.span is None


def test_a_blind_via_goes_from_its_first_layer_to_its_last():
    stacks = [THROUGH, a_stack(a_hole("Top Layer", "Inner 1", x=20), a_pad("Inner 1"), a_pad("Inner 2"))]

    assert [hits.span for hits in read(*stacks).stack.drills] == [None, (1, 2)]


def test_a_pad_of_a_stack_knows_its_net_and_its_pin():
    pin = '<PinRef componentRef="U1" pin="7"/>'
    artwork = copper_of(read(a_stack(a_pad("Top Layer", more=pin), net="SCL")), "Top Layer")

    assert (artwork.nets.values, artwork.pins.values) == (("SCL",), ("U1,7",))


def test_a_turned_pad_stands_upright():
    turned = a_pad("Top Layer", turn='<Xform rotation="90"/>')
    x0, y0, x1, y1 = copper_of(read(a_stack(turned)), "Top Layer").bounds_mm()

    assert (x1 - x0, y1 - y0) == pytest.approx((1, 2))


def test_paste_of_a_stack_is_paste_and_its_drawing_is_nothing():
    roles = [layer.role for layer in read(a_stack(a_pad("Top Paste"), a_pad("Drawing"))).stack.layers]

    assert roles == [FileRole.OUTLINE, FileRole.PASTE]


def test_a_hole_that_stands_on_a_layer_of_holes_too_is_drilled_once():
    again = '<Set><Hole name="V" diameter="0.3" platingStatus="VIA" plusTol="0" minusTol="0" x="10" y="5"/></Set>'
    drills = read(THROUGH, more=features("Drill", HOLES + again)).stack.drills

    assert sum(hits.count for hits in drills) == 3


def test_stacks_and_tracks_of_one_layer_lie_together():
    track = '<Set net="GND"><Pad><Location x="70" y="40"/><StandardPrimitiveRef id="dot"/></Pad></Set>'
    artwork = copper_of(read(THROUGH, more=features("Top Layer", track)), "Top Layer")

    assert len(artwork.flashes) == 2


@pytest.mark.parametrize("size", ["0", "nan", "wide", "-1"])
def test_a_hole_of_no_size_is_counted_as_unread(size):
    board = read(a_stack(a_hole("Top Layer", "Bottom Layer", size=size), a_pad("Top Layer")))

    assert [finding.code for finding in board.findings if finding.code == "ipc-unread"] == ["ipc-unread"]
    assert not any(np.isnan(hits.diameter_mm).any() for hits in board.stack.drills)


def test_the_profile_stays_the_edge_of_the_board():
    assert PROFILE in step(THROUGH)
    assert copper_of(read(THROUGH), "Profile").bounds_mm() == pytest.approx((0, 0, 80, 50), abs=0.2)
