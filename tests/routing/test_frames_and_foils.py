"""Stencil frames at their limits, and what is said of a foil, from files that tell all to files that tell nothing."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from routing_examples import a_board
from small_shop import small_shop

from portal.board.design import Board, Panel, Side, StencilNeed
from portal.routing.operations import Process
from portal.routing.options import BuildOptions
from portal.routing.shop import Frame, StencilRules
from portal.routing.stencils import foil, framed, holds
from portal.routing.ways import routings

MARGIN = small_shop().stencil.margin_mm.value  # 100 mm each way where no frame is large enough


def a_frame(outer, usable):
    width, height = usable
    return Frame(
        width_mm=outer[0],
        height_mm=outer[1],
        usable_width_mm=width,
        usable_height_mm=height,
        source="frames on the shelf",
        date=date(2026, 11, 1),
        grade="U",
    )


SMALL, LONG, LARGE = (
    a_frame((370, 470), (190, 290)),
    a_frame((420, 650), (240, 460)),
    a_frame((736, 736), (510, 510)),
)


def on_the_shelf(*frames):
    return StencilRules(margin_mm=small_shop().stencil.margin_mm, frames=frames)


STOCK = on_the_shelf(LARGE, SMALL, LONG)
NEED = StencilNeed(Side.TOP, apertures=48, smallest_mm=0.25, thickness_um=100, area_ratio=0.71)


def taken(width, height):
    return framed(Decimal(str(width)), Decimal(str(height)), STOCK)[:2]


@pytest.mark.parametrize(
    ("panel", "frame"),
    [
        ((190, 290), (370, 470)),
        ((290, 190), (370, 470)),  # across
        ((190.1, 290), (420, 650)),
        ((190, 290.1), (420, 650)),
        ((240, 460), (420, 650)),
        ((241, 241), (736, 736)),
        ((510, 510), (736, 736)),
        ((510.5, 510), (610.5, 610)),  # none holds it: the panel and the margin
    ],
)
def test_the_smallest_frame_that_holds_the_panel(panel, frame):
    assert taken(*panel) == tuple(Decimal(str(side)) for side in frame)


def test_the_order_of_the_frames_on_the_shelf_does_not_matter():
    assert framed(Decimal(100), Decimal(100), on_the_shelf(SMALL, LONG, LARGE)) == framed(
        Decimal(100), Decimal(100), STOCK
    )


def test_without_frames_on_the_shelf_every_stencil_has_a_size_of_its_own():
    width, height, said = framed(Decimal(80), Decimal(60), on_the_shelf())
    assert (width, height) == (80 + MARGIN, 60 + MARGIN)
    assert said == "larger than the frames in stock: panel + 100 mm each way"


@pytest.mark.parametrize(("width", "height"), [(None, Decimal(5)), (Decimal(5), None), (None, None)])
def test_half_a_size_leaves_the_frame_open(width, height):
    assert framed(width, height, STOCK) == (None, None, "panel size unknown: frame open")


@pytest.mark.parametrize(
    ("need", "said"),
    [
        (NEED, "48 openings a board, the smallest 0.25 mm, area ratio 0.71: foil of 100 µm"),
        (replace(NEED, area_ratio=None), "48 openings a board, the smallest 0.25 mm: foil of 100 µm"),
        (replace(NEED, smallest_mm=None), "48 openings a board, area ratio 0.71: foil of 100 µm"),
        (
            replace(NEED, made=True, smallest_mm=None),
            "48 openings a board, made from the pads, area ratio 0.71: foil of 100 µm",
        ),
    ],
)
def test_a_foil_is_said_with_what_is_known_of_it(need, said):
    assert list(foil(need)) == [said]


def test_of_a_side_without_paste_the_thickness_is_open():
    assert list(foil(None)) == ["no paste layer and no pads are known: thickness open"]


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (("U1",), "aspect below 1.5): U1"),
        (("U1", "U2", "U3", "U4"), "aspect below 1.5): U1, U2, U3, U4"),
        (("U1", "U2", "U3", "U4", "U5"), "aspect below 1.5): U1, U2, U3, U4 and 1 more"),
        (tuple(f"U{n}" for n in range(1, 12)), "aspect below 1.5): U1, U2, U3, U4 and 7 more"),
    ],
)
def test_four_parts_are_named_and_the_others_counted(names, said):
    assert list(foil(replace(NEED, failing=names)))[1].endswith(said)


def test_a_step_is_the_last_word():
    need = replace(NEED, failing=("U1",), step="100 µm with a step of 80 µm at U1")
    assert list(foil(need))[-1] == "or 100 µm with a step of 80 µm at U1"


def of_customers_panel(boards):
    board = Board(82, 42, 2, panel=Panel(2, 2, 4))
    design = replace(a_board("R1 | R_0402 | RES | top"), board=board, stencils=(NEED,))
    return routings(design, BuildOptions(), small_shop(), boards=boards)


def test_a_stencil_opens_every_board_of_the_customers_panel():
    assert of_customers_panel(50)[0].stencils[0].apertures == 4 * 48


def test_a_stencil_at_the_bench_opens_the_customers_panel_too():
    by_hand = of_customers_panel(5)[-1]

    assert by_hand.process is Process.HAND
    assert by_hand.stencils[0].apertures == 4 * 48
    assert "Depanelling" in [operation.label for operation in by_hand.operations]


def test_a_need_of_the_other_side_is_not_taken_for_this_one():
    design = replace(a_board("C1 | C_0603 | CAP | bottom"), stencils=(NEED,))
    [stencil] = routings(design, BuildOptions(), small_shop(), boards=50)[0].stencils
    assert (stencil.side, stencil.thickness_um, stencil.apertures) == (Side.BOTTOM, None, None)


lengths = st.decimals("1", "800", places=1)


@given(width=lengths, height=lengths)
def test_a_frame_does_not_care_how_the_panel_is_turned(width, height):
    held = framed(width, height, STOCK)[2].startswith("frame")
    assert framed(height, width, STOCK)[2].startswith("frame") is held


@given(width=st.decimals("1", "510", places=1), height=st.decimals("1", "510", places=1))
def test_half_a_panel_never_needs_a_larger_frame_of_the_shelf(width, height):
    whole, half = (framed(width / part, height, STOCK)[:2] for part in (1, 2))
    assert half[0] * half[1] <= whole[0] * whole[1]


@given(width=lengths, height=lengths)
def test_what_a_frame_holds_a_larger_one_holds_too(width, height):
    short, long = sorted((width, height))
    assert not holds(SMALL, short, long) or holds(LONG, short, long)
