"""A part that one line of the centroid file puts beyond the board is asked about, and no file of another frame is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from packages_made import BOM, CENTROID, board_files, found_codes, read_of

from portal.board.design import Placement, Severity, Side
from portal.intake.checks_places import BEYOND_MM, outside_board

BOX = (0.0, 0.0, 40.0, 30.0)


def placed(**at):
    return [Placement(name, Side.TOP, x, y, 0) for name, (x, y) in at.items()]


RIGHT = placed(**{f"R{n}": (2.0 * n, 10.0) for n in range(1, 11)})


def test_a_part_three_metres_away_is_asked_about_by_its_name():
    [finding] = outside_board([*RIGHT, *placed(U1=(3000, 15))], BOX)

    assert (finding.code, finding.severity, finding.where) == ("placed-outside-board", Severity.ASK, "U1")
    assert "2,960 mm beyond the edge" in finding.message
    assert finding.place.designators == ("U1",)


@pytest.mark.parametrize("at", [(45, 15), (-9, 15), (20, 39), (20, -9.9), (20, 15)])
def test_a_connector_may_reach_over_the_edge(at):
    assert outside_board([*RIGHT, *placed(J1=at)], BOX) == ()


@pytest.mark.parametrize("name", ["FID1", "TP3", "H2"])
def test_a_mark_on_the_rail_is_no_part_outside(name):
    assert outside_board([*RIGHT, *placed(**{name: (80, 80)})], BOX) == ()


def test_a_file_of_another_frame_is_no_slip_of_each_line():
    moved = placed(**{f"C{n}": (200 + n, 200) for n in range(4)})

    assert outside_board([*RIGHT, *moved], BOX) == ()


def test_without_a_board_nothing_is_outside_of_it():
    assert outside_board(placed(U1=(3000, 15)), None) == ()


@given(
    st.floats(0, 40),
    st.floats(0, 30),
    st.floats(BEYOND_MM + 0.1, 1e6),
    st.sampled_from([(1, 0), (-1, 0), (0, 1), (0, -1)]),
)
def test_whichever_way_it_lies_outside_it_is_found(x, y, away, way):
    beyond = (
        40 + away if way[0] > 0 else -away if way[0] < 0 else x,
        30 + away if way[1] > 0 else -away if way[1] < 0 else y,
    )

    assert [finding.where for finding in outside_board([*RIGHT, *placed(U1=beyond)], BOX)] == ["U1"]


def test_of_a_package_the_line_that_slipped_is_named(tmp_path):
    rows = b"".join(b"R%d,%d.0mm,5.0mm,0,Top\n" % (n, n) for n in range(2, 12))
    slipped = CENTROID + rows + b"L1,3000mm,5mm,0,Top\n"
    reading = read_of(tmp_path, board_files() | {"bom.csv": BOM, "pos.csv": slipped})

    assert "placed-outside-board" in found_codes(reading)
    assert "placed-outside-board" not in found_codes(read_of(tmp_path, board_files() | {"pos.csv": CENTROID + rows}))
