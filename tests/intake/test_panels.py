"""A panel repeats its designators on purpose and at one distance; two rows of one part are a mistake."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from packages_made import found_codes, read_of

from portal.board.design import Placement, Side
from portal.intake.centroid import read_centroid
from portal.intake.checks import cross_check
from portal.intake.panels import Panel, on_each_board, panel_of


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


LISTED = {f"R{at}" for at in range(1, 6)}


def counted(name: str, boards: int = 4) -> list[Placement]:
    """The parts of each board with its number in their names."""
    return [
        replace(part, designator=name.format(part.designator, at + 1))
        for at in range(boards)
        for part in board(30 * at)
    ]


@pytest.mark.parametrize("name", ["{0}_{1}", "{0}-{1}", "{0}.{1}", "{0}#{1}", "{1}-{0}", "PCB{1}-{0}", "board_{1}:{0}"])
def test_names_that_count_the_boards_of_a_panel_are_those_of_the_part_list(name):
    placed = on_each_board(counted(name), LISTED)

    assert {part.designator for part in placed} == LISTED
    assert panel_of(placed) == Panel(4, 5)


def test_channels_that_the_part_list_names_are_parts_of_one_board():
    """Altium counts the channels of a board in just this way, and lays them out alike."""
    channels = counted("{0}_{1}")

    assert on_each_board(channels, {part.designator for part in channels}) is None
    assert on_each_board(channels, set()) is None


def test_names_with_numbers_that_do_not_repeat_alike_are_no_panel():
    other = [replace(part, y_mm=part.x_mm * part.x_mm) for part in counted("{0}_{1}", boards=1)]
    apart = [replace(part, designator=part.designator.replace("_1", "_2")) for part in other]

    assert on_each_board([*counted("{0}_{1}", boards=1), *apart], LISTED) is None


def test_a_panel_of_counted_names_is_asked_about(tmp_path):
    rows = "".join(f"{p.designator},{p.x_mm}mm,{p.y_mm}mm,0,T\n" for p in counted("{0}_{1}"))
    bom = "Designator,Qty,Value\n" + "".join(f"{name},1,10k\n" for name in sorted(LISTED))
    files = {"cpl.csv": f"Ref,X,Y,Rot,Side\n{rows}".encode(), "bom.csv": bom.encode()}
    reading = read_of(tmp_path, files)

    assert "centroid-panel" in found_codes(reading)
    assert "placed-not-listed" not in found_codes(reading)
