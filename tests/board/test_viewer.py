"""The viewer's data is the board: whoever follows docs/viewer-format.md can draw it again."""

from pathlib import Path

import numpy as np
import pytest
from stacks import (
    copper_layer,
    drilled,
    filled_box,
    flashes,
    frame,
    outline_layer,
    round_pad,
    square_pad,
    stack,
    strokes,
)
from viewed import Viewed

from portal.board.artwork import Artwork, Draws, Flashes
from portal.board.design import Design, FileRole, Finding, Place, Placement, Severity, Side
from portal.board.png import side_png
from portal.board.shapes import Aperture, hole, rectangle
from portal.board.stack import Layer
from portal.board.viewer import viewer_data

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "viewer-format.md"
ROUND = Draws(np.array([[30.0, 15, 30, 15]]), np.array([[25.0, 15]]), np.array([2 * np.pi]), *[np.zeros(1, int)] * 2)
CARVED = Artwork(
    (square_pad(8), Aperture("rectangle", (rectangle(4, 4), hole(rectangle(2, 2))))),
    Flashes(np.full(2, 10.0), np.full(2, 15.0), np.array([0, 1]), np.array([0, 1])),
)
BOARD = stack(
    outline_layer(strokes(*frame(0, 0, 40, 30).draws.ends.tolist(), *frame(31, 3, 36, 8).draws.ends.tolist())),
    copper_layer(CARVED),
    copper_layer(Artwork((round_pad(1),), draws=ROUND)),
    Layer(FileRole.COPPER, strokes((2, 25, 38, 25), (38, 25, 38, 20), pen=round_pad(2)), "B_Cu.gbr", Side.BOTTOM, 2),
    Layer(FileRole.MASK, flashes(square_pad(9), (10, 15)), "F_Mask.gbr", Side.TOP),
    Layer(FileRole.LEGEND, filled_box(2, 2, 8, 4), "F_Silkscreen.gbr", Side.TOP),
    drills=(drilled((20, 20, 1.0), (22, 20, np.nan), plated=True, slots=[(5, 8, 9, 8, 1.2)]),),
)
DESIGN = Design(
    "Größe 板",
    placements=(Placement("U1", Side.TOP, 10, 15, 90, "LM358", "SOIC-8"), Placement("R1", Side.BOTTOM, 1, 2, 0)),
    findings=(
        Finding(Severity.NOTE, "near", "", "m", "r.", Place((1.0, 2.0, 1.0, 2.0), "F_Cu.gbr", ("U1",))),
        Finding(Severity.ASK, "nowhere", "", "m", "r."),
    ),
)


@pytest.fixture
def viewed():
    return Viewed(viewer_data(BOARD, DESIGN))


@pytest.mark.parametrize("side", Side)
def test_the_board_can_be_drawn_again_from_the_data_alone(viewed, side):
    assert side_png(viewed.stack(), side, width_px=400) == side_png(BOARD, side, width_px=400)


def test_the_head_says_what_it_is(viewed):
    assert (viewed.magic, viewed.head["format"], viewed.head["name"]) == (b"BWV1", 1, "Größe 板")
    assert viewed.head["box_mm"] == [0, 0, 40, 30]


def test_every_array_begins_where_a_browser_can_read_it(viewed):
    def arrays(value):
        if isinstance(value, list) and value and value[0] in ("f4", "u4", "i1"):
            yield value
        elif isinstance(value, dict | list):
            for inner in value.values() if isinstance(value, dict) else value:
                yield from arrays(inner)

    assert viewed.start % 8 == 0
    assert [offset for _, offset, *_ in arrays(viewed.head) if offset % 8] == []


def test_parts_are_named_with_their_places(viewed):
    parts = viewed.head["parts"]

    assert (parts["designators"], parts["sides"], parts["packages"]) == (
        ["U1", "R1"],
        ["top", "bottom"],
        ["SOIC-8", ""],
    )
    assert viewed.array(parts["places"]).tolist() == [[10, 15, 90], [1, 2, 0]]


def test_only_findings_with_a_place_are_there(viewed):
    assert viewed.head["findings"] == [
        {"severity": "note", "code": "near", "box_mm": [1, 2, 1, 2], "layer": "F_Cu.gbr", "designators": ["U1"]}
    ]


def test_an_unknown_diameter_stays_unknown(viewed):
    assert np.isnan(viewed.array(viewed.head["holes"]["diameter"])).sum() == 1


def test_a_board_of_nothing_is_data_too():
    viewed = Viewed(viewer_data(stack(), Design("empty")))

    assert (viewed.head["box_mm"], viewed.head["layers"], viewed.head["parts"]["designators"]) == (None, [], [])


def test_the_same_board_is_the_same_data():
    assert viewer_data(BOARD, DESIGN) == viewer_data(BOARD, DESIGN)


def test_the_document_names_every_key(viewed):
    text = DOCUMENT.read_text(encoding="utf-8")
    tables = [viewed.head, viewed.head["holes"], viewed.head["slots"], viewed.head["parts"], viewed.head["layers"][0]]
    tables += [viewed.head["layers"][0][name] for name in ("apertures", "flashes", "lines", "arcs", "areas")]

    assert [key for table in tables for key in table if f"`{key}`" not in text] == []
