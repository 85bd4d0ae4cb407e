"""The tables for whoever makes the board and its stencil: copper, rings, gaps, foils."""

from dataclasses import replace

import pytest
from shown_boards import BOARD, sensor_node

from portal.board.design import CopperArea, Foil, Heights, Narrowest, Side, StencilNeed

FOILS = (Foil(150, 0.61, 1.66, 4), Foil(120, 0.76, 2.08, 0), Foil(100, 0.91, 2.5, 0), Foil(80, 1.14, 3.13, 0))
MEASURED = replace(
    BOARD,
    copper_areas=(
        CopperArea("board-F_Cu.gbr", 1, 812.46, 0.533),
        CopperArea("gerbers/rev C/board-B_Cu.gbr", 2, 1200.0, None),
    ),
    rings=(Narrowest("annular ring", 0.13, "board-F_Cu.gbr"),),
    gaps=(Narrowest("track to pad", 0.152, "board-F_Cu.gbr"), Narrowest("copper to edge", 0.3, "board-B_Cu.gbr")),
    outline_mm2=1524.0,
    cut_outs=1,
)
NEED = StencilNeed(Side.TOP, 112, 0.25, 120, 0.76, 2.08, foils=FOILS)
HEIGHTS = (Heights(Side.TOP, 14, 2, 10.0, ("C7",), "its name, diameter × height"), Heights(Side.BOTTOM, 0, 3))


@pytest.fixture
def page(portal, visitor):
    board = sensor_node(board=MEASURED, stencils=(NEED,), heights=HEIGHTS)
    return visitor.visit(f"/designs/{portal.design(visitor, board)}")


@pytest.mark.parametrize(
    "said",
    [
        "812.5 mm²",
        "53.3 %",
        "track to pad",
        "0.152 mm",
        "foil of 120 µm",
        "0.76",
        "15.24 cm²",
        "10 mm at most (C7); of 2 parts not known",
    ],
)
def test_what_was_measured_stands_on_the_page(page, said):
    assert said in page.main


def test_the_foil_that_we_would_take_is_marked(page):
    assert page.main.count("ours") == 1


def test_a_share_that_is_not_known_is_said_to_be(page):
    assert "1,200 mm²" in page.main
    assert "not known" in page.main


def test_files_are_named_without_their_folders(page):
    assert "rev C/" not in page.main
