"""A panel repeats its designators on purpose and at one distance; two rows of one part are a mistake."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.board.design import Placement, Side
from portal.intake.centroid import read_centroid
from portal.intake.checks import cross_check
from portal.intake.panels import Panel, panel_of


def board(dx: float = 0, dy: float = 0, parts: int = 5) -> list[Placement]:
    return [Placement(f"R{at}", Side.TOP, dx + 1.27 * at, dy + at * at / 10, 0) for at in range(1, parts + 1)]


def panel(across: int, down: int, pitch: float = 30.0) -> list[Placement]:
    return [part for x in range(across) for y in range(down) for part in board(x * pitch, y * pitch)]


@pytest.mark.parametrize(("across", "down"), [(2, 1), (1, 5), (4, 3)])
def test_the_same_board_on_a_grid_is_a_panel(across, down):
    assert panel_of(panel(across, down)) == Panel(across * down, 5)


def test_a_single_board_is_none():
    assert panel_of(board()) is None
    assert panel_of([]) is None


def test_one_part_that_stands_twice_makes_no_panel():
    assert panel_of([*board(), Placement("R1", Side.TOP, 50, 50, 0)]) is None


def test_the_same_file_pasted_below_itself_is_no_panel():
    assert panel_of([*board(), *board()]) is None


def test_two_boards_that_differ_in_their_places_are_no_panel():
    other = [Placement(f"R{at}", Side.TOP, 60 + 7 * at, 90 - 3 * at, 0) for at in range(1, 6)]

    assert panel_of([*board(), *other]) is None


def test_fiducials_of_the_rails_do_not_hide_the_panel():
    rails = [Placement("FID1", Side.TOP, -5, -5, 0)]

    assert panel_of([*panel(3, 2), *rails]) == Panel(6, 5)


def test_a_panel_is_asked_about_once_and_its_parts_are_not_called_placed_twice():
    rows = "".join(f"{p.designator},{p.x_mm}mm,{p.y_mm}mm,0,T\n" for p in panel(3, 2))
    reading = read_centroid("cpl.csv", f"Ref,X,Y,Rot,Side\n{rows}".encode())

    assert [finding.code for finding in reading.findings] == ["centroid-panel"]
    assert "placed-twice" not in {finding.code for finding in cross_check((), reading.placements)}
    assert len(reading.placements) == 30


@given(st.integers(2, 6), st.integers(1, 4), st.floats(20, 200), st.randoms())
def test_the_order_of_the_rows_does_not_hide_a_panel(across, down, pitch, chance):
    rows = panel(across, down, pitch)

    assert panel_of(chance.sample(rows, len(rows))) == Panel(across * down, 5)
