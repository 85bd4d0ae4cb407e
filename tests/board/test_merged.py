"""Old tools draw the edge into every layer: the same closed line around all pads is the outline, and it is asked."""

from dataclasses import replace

import pytest
from stacks import copper_layer, filled_box, flashes, frame, outline_layer, round_pad, stack, strokes

from portal.board.artwork import Artwork
from portal.board.design import FileRole, OutlineKind
from portal.board.outline import outline
from portal.board.stack import Layer

PADS = [(float(x), float(y)) for x in range(4, 37, 4) for y in range(4, 27, 4)]
EDGE = frame(0, 0, 40, 30)


def with_pads(lines: Artwork) -> Artwork:
    """Pads, and lines drawn with the pen of the lines."""
    pads = flashes(round_pad(1.0), *PADS)
    return Artwork(
        (*pads.apertures, *lines.apertures), pads.flashes, replace(lines.draws, aperture=lines.draws.aperture + 1)
    )


def mask(lines: Artwork, name="top.gts") -> Layer:
    return Layer(FileRole.MASK, with_pads(lines), name)


def kind_and_size(*layers):
    found = outline(stack(*layers))
    return found.kind, round(found.box[2] - found.box[0], 2), round(found.box[3] - found.box[1], 2)


@pytest.mark.parametrize("role", [FileRole.MASK, FileRole.PASTE, FileRole.LEGEND])
def test_a_line_on_copper_and_on_another_layer_is_the_outline(role):
    other = Layer(role, EDGE, "other")

    assert kind_and_size(copper_layer(with_pads(EDGE)), other) == (OutlineKind.CLOSED, 40, 30)


def test_it_is_asked_about_with_the_files_that_show_it():
    [asked] = outline(stack(copper_layer(with_pads(EDGE)), mask(EDGE), mask(EDGE, "bottom.gbs"))).findings

    assert asked.code == "outline-in-layers"
    assert "top.gts and bottom.gbs" in asked.message
    assert "40.00 × 30.00 mm" in asked.message


def test_text_beside_the_board_does_not_matter():
    text = strokes(*((100 + i / 10, 50.0, 100 + i / 10, 52.0) for i in range(90)))
    lines = replace(EDGE, draws=replace(EDGE.draws))
    noisy = copper_layer(with_pads(lines)), Layer(FileRole.LEGEND, text, "text"), mask(EDGE), mask(EDGE, "b")

    assert kind_and_size(*noisy) == (OutlineKind.CLOSED, 40, 30)


@pytest.mark.parametrize(
    "layers",
    [
        (copper_layer(with_pads(EDGE)),),
        (copper_layer(with_pads(EDGE)), copper_layer(with_pads(EDGE), 2)),
        (copper_layer(with_pads(EDGE)), mask(frame(1, 1, 39, 29))),
        (copper_layer(with_pads(frame(10, 10, 20, 20))), mask(frame(10, 10, 20, 20))),
        (copper_layer(filled_box(0, 0, 40, 30)), Layer(FileRole.MASK, filled_box(0, 0, 40, 30), "top.gts")),
    ],
    ids=["one layer", "copper only", "another line", "a part of the pads", "filled areas"],
)
def test_what_is_not_plain_stays_assumed(layers):
    assert outline(stack(*layers)).kind is OutlineKind.ASSUMED


def test_an_outline_of_its_own_is_believed_before():
    layers = copper_layer(with_pads(EDGE)), mask(EDGE), outline_layer(frame(-0.5, -0.5, 40.5, 30.5))

    assert kind_and_size(*layers) == (OutlineKind.CLOSED, 41, 31)
