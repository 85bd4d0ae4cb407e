"""One stencil for each pasted side: its frame, its foil, and the parts that it serves badly, by name."""

from dataclasses import replace
from decimal import Decimal

import pytest
from routing_examples import BOTH_SIDES, CHIPS, ONLY_HEADERS, a_board, demo_shop

from portal.board.design import Side, StencilNeed
from portal.routing.operations import Process
from portal.routing.options import BuildOptions
from portal.routing.stencils import framed
from portal.routing.ways import routings

NEED = StencilNeed(Side.TOP, apertures=120, smallest_mm=0.25, thickness_um=120, area_ratio=0.735, aspect_ratio=2.1)


def of_line(parts=CHIPS, *needs, boards=100, size=(50, 30), way="on the full line"):
    design = replace(a_board(parts, size=size), stencils=needs)
    [found] = [r for r in routings(design, BuildOptions(), demo_shop(), boards=boards) if r.way == way]
    return found


@pytest.mark.parametrize(("parts", "sides"), [(CHIPS, ["top"]), (BOTH_SIDES, ["bottom", "top"])])
def test_there_is_one_for_each_pasted_side(parts, sides):
    assert [stencil.side for stencil in of_line(parts).stencils] == sides


def test_a_board_of_pins_alone_needs_none():
    [by_hand] = routings(a_board(ONLY_HEADERS), BuildOptions(), demo_shop(), boards=5)

    assert by_hand.stencils == ()


def test_one_reflow_saves_a_stencil():
    found = of_line(BOTH_SIDES, boards=2, way="on the small line, one reflow and 1 part soldered by hand")

    assert [stencil.side for stencil in found.stencils] == [Side.TOP]


@pytest.mark.parametrize(("side", "is_said"), [("-", True), ("top", False)])
def test_a_side_with_paste_gets_no_stencil_unsaid_while_nobody_knows_where_parts_stand(side, is_said):
    """Paste on both sides, and a list without a centroid file: all is counted on the top."""
    below = replace(NEED, side=Side.BOTTOM, apertures=4)
    [stencil] = of_line(CHIPS.replace("top", side), NEED, below).stencils

    assert ("none for the bottom: no part on its 4 openings is known" in stencil.because) is is_said


def test_the_foil_follows_the_openings_of_the_board():
    [stencil] = of_line(CHIPS, NEED).stencils

    assert (stencil.thickness_um, stencil.step, stencil.failing) == (120, "", ())
    assert stencil.because.startswith("120 openings a board, the smallest 0.25 mm, area ratio 0.73: foil of 120 µm")


def test_a_stencil_has_the_openings_of_all_the_boards_on_the_panel():
    routing = of_line(CHIPS, NEED)

    assert routing.stencils[0].apertures == 120 * routing.boards_per_panel


def test_openings_that_keep_their_paste_are_named_by_designator():
    failing = tuple(f"U{n}" for n in range(1, 7))
    [stencil] = of_line(CHIPS, replace(NEED, failing=failing, failing_apertures=80)).stencils

    assert stencil.failing == failing
    assert "aspect below 1.5): U1, U2, U3, U4 and 2 more" in stencil.because


def test_a_step_that_is_suggested_is_said():
    [stencil] = of_line(CHIPS, replace(NEED, step="120 µm with a step down to 100 µm at U1")).stencils

    assert "or 120 µm with a step down to 100 µm at U1" in stencil.because


def test_openings_made_from_the_pads_are_said_to_be():
    assert "made from the pads" in of_line(CHIPS, replace(NEED, made=True)).stencils[0].because


def test_without_paste_and_pads_the_thickness_is_open():
    [stencil] = of_line().stencils

    assert (stencil.thickness_um, stencil.apertures) == (None, None)
    assert "thickness open" in stencil.because


@pytest.mark.parametrize(
    ("panel", "frame"),
    [((130, 210), (300, 400)), ((210, 130), (300, 400)), ((131, 210), (370, 470)), ((205, 166), (370, 470)),
     ((300, 200), (420, 520)), ((370, 470), (550, 650)), ((400, 400), (584, 584))],
)  # fmt: skip
def test_the_smallest_frame_that_holds_the_panel_is_taken(panel, frame):
    width, height = map(Decimal, panel)

    assert framed(width, height, demo_shop().stencil)[:2] == frame


def test_a_panel_that_no_frame_holds_gets_a_size_of_its_own():
    found = framed(Decimal(500), Decimal(420), demo_shop().stencil)

    assert found == (600, 520, "larger than the frames in stock: panel + 100 mm each way")


def test_of_a_board_of_unknown_size_the_frame_is_open():
    [stencil] = of_line(size=None).stencils

    assert (stencil.width_mm, stencil.height_mm) == (None, None)
    assert stencil.because.endswith("panel size unknown: frame open")


def test_at_the_bench_a_stencil_is_used_too():
    by_hand = of_line(CHIPS, NEED, boards=2, way="by hand")

    assert by_hand.process is Process.HAND
    assert by_hand.stencils[0].apertures == 120
