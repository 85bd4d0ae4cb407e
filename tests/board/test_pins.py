"""A finding with a place is marked where it lies, on the side where it lies."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.board.design import Board, Design, FileRole, Finding, Place, Placement, Severity, Side, SourceFile
from portal.board.pins import SMALLEST_SHARE, marked, numbered

BOX = (100.0, -50.0, 140.0, -20.0)
FILES = (
    SourceFile("top.gbr", FileRole.COPPER, 1, "", Side.TOP, 1),
    SourceFile("in.gbr", FileRole.COPPER, 1, "", None, 2),
    SourceFile("last.gbr", FileRole.COPPER, 1, "", None, 3),
    SourceFile("mask.gbs", FileRole.MASK, 1, "", Side.BOTTOM),
)
PARTS = (Placement("R1", Side.TOP, 0, 0, 0), Placement("R2", Side.BOTTOM, 0, 0, 0))


def finding(box=None, layer="", designators=(), code="x"):
    return Finding(Severity.ASK, code, "", "m", "r.", Place(box, layer, designators))


def a_design(*findings, box=BOX):
    return Design("amp", Board(box_mm=box), placements=PARTS, files=FILES, findings=findings)


def sides_of(design):
    return {side for side, marks in marked(design).items() if marks.pins}


def test_only_findings_with_a_place_are_counted():
    near, nowhere, far = finding(BOX), Finding(Severity.ASK, "y", "", "m", "r."), finding(BOX, code="z")

    assert numbered(a_design(near, nowhere, far)) == {near: 1, far: 2}


def test_a_place_is_upside_down_on_the_drawing():
    [pin] = marked(a_design(finding((100.0, -22.0, 110.0, -20.0))))[Side.TOP].pins

    assert (pin.x, pin.y, pin.width, pin.height) == (100, -50, 10, 2)  # the upper left corner


def test_the_bottom_is_mirrored():
    [pin] = marked(a_design(finding((100.0, -22.0, 110.0, -20.0), "mask.gbs")))[Side.BOTTOM].pins

    assert (pin.x, pin.y) == (130, -50)


def test_a_point_is_marked_so_that_it_is_seen():
    [pin] = marked(a_design(finding((120.0, -30.0, 120.0, -30.0))))[Side.TOP].pins

    assert pin.width == pin.height == pytest.approx(40 * SMALLEST_SHARE)
    assert pin.x + pin.width / 2 == pytest.approx(120)


def test_marks_share_the_view_of_the_drawing():
    assert marked(a_design())[Side.TOP].view_box == "99.0000 -51.0000 42.0000 32.0000"


@pytest.mark.parametrize(
    ("layer", "designators", "side"),
    [
        ("top.gbr", (), Side.TOP),
        ("mask.gbs", (), Side.BOTTOM),
        ("last.gbr", (), Side.BOTTOM),
        ("in.gbr", (), Side.TOP),
        ("", ("R1",), Side.TOP),
        ("", ("R2",), Side.BOTTOM),
        ("", ("R1", "R2"), Side.TOP),
        ("", (), Side.TOP),
        ("no such file", (), Side.TOP),
    ],
)
def test_the_side_is_that_of_the_file_or_of_the_parts(layer, designators, side):
    assert sides_of(a_design(finding(BOX, layer, designators))) == {side}


def test_a_board_of_unknown_frame_has_no_marks():
    assert marked(a_design(finding(BOX), box=None)) == {}


MM = st.floats(-200, 200)


@given(x=st.floats(100, 140), y=st.floats(-50, -20))
def test_a_place_on_the_board_is_marked_on_its_drawing(x, y):
    [pin] = marked(a_design(finding((x, y, x, y))))[Side.TOP].pins

    assert 100 - 0.001 <= pin.x + pin.width / 2 <= 140.001
    assert -50 - 0.001 <= pin.y + pin.height / 2 <= -19.999


@given(MM, MM, MM, MM)
def test_any_place_has_a_mark_of_some_size(x0, y0, x1, y1):
    [pin] = marked(a_design(finding((min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)))))[Side.TOP].pins

    assert min(pin.width, pin.height) > 0
