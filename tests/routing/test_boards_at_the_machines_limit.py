"""Boards in inches and customers' panels: what just fits a line, and what is counted by the board and not its panel."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from routing_examples import a_board
from small_shop import small_shop

from portal.board.design import Board, Panel
from portal.routing.operations import Process
from portal.routing.options import BuildOptions, Separation
from portal.routing.panels import customers, exact, fits, large_enough, panels, singly
from portal.routing.ways import routings

RULES = small_shop().panel
ROOM = Decimal(100), Decimal(100)
FOOT = Decimal("304.8")  # twelve inches: a float is a hair more than that
CHIP = a_board("R1 | R_0402 | RES | top")


def four_up(**marks):
    return replace(CHIP, board=Board(82, 42, 2, panel=Panel(2, 2, 4, **marks)))


def built(design, *, boards, process=Process.MACHINE, **options):
    found = routings(design, BuildOptions(**options), small_shop(), boards=boards)
    return next(routing for routing in found if routing.process is process)


def units(routing, label):
    return next(operation.units for operation in routing.operations if operation.label == label)


def test_a_board_of_a_foot_fits_a_machine_of_a_foot():
    assert fits(Board(304.8, 100), (FOOT, Decimal(200)))
    assert not fits(Board(304.9, 100), (FOOT, Decimal(200)))


@pytest.mark.parametrize(
    ("size", "room", "is_held"),
    [
        ((100, 100), (100, 100), True),
        ((100, 100.1), (100, 100), False),
        ((200, 90), (100, 250), True),  # across
        ((101, 240), (100, 250), False),
        ((250, 100), (100, 250), True),
        ((250, 101), (100, 250), False),
    ],
)
def test_a_board_fits_as_it_lies_or_across(size, room, is_held):
    assert fits(Board(*size), tuple(map(Decimal, room))) is is_held


@pytest.mark.parametrize("size", [(None, None), (50, None), (None, 50), (0, 50)])
def test_a_board_of_unknown_size_is_taken_to_fit(size):
    assert fits(Board(*size), ROOM)


@pytest.mark.parametrize(("length", "said"), [(50.0, "50"), (50.05, "50.05"), (304.8, "304.8"), (None, "0"), (7, "7")])
def test_a_length_is_kept_as_it_is_written(length, said):
    assert str(exact(length)) == said


def test_one_board_of_an_order_is_one_board_on_one_panel():
    laid = panels(Board(20, 20), RULES, room=ROOM, boards=1)
    assert (laid.panels, laid.boards_per_panel, laid.columns, laid.rows) == (1, 1, 1, 1)
    assert (laid.width_mm, laid.height_mm) == (20, 30)  # two rails of 5 mm


def test_a_panel_of_which_no_size_is_known_has_no_area():
    assert panels(Board(None, 20), RULES, room=ROOM, boards=3).area_cm2 is None


def test_a_panel_of_one_board_is_no_panel():
    laid = panels(Board(40, 40, panel=Panel(1, 1, 1)), RULES, room=ROOM, boards=8)
    assert laid.of_customer is None
    assert laid.boards_per_panel > 1


def test_a_customers_panel_is_not_cut_to_the_machines_room():
    laid = panels(Board(180, 160, panel=Panel(4, 2, 8)), RULES, room=ROOM, boards=9)
    assert (laid.panels, laid.width_mm, laid.height_mm) == (2, 180, 160)


def test_places_left_empty_on_a_customers_panel_are_not_built():
    laid = customers(Panel(3, 3, 7), (Decimal(90), Decimal(90)), boards=21)
    assert (laid.panels, laid.columns, laid.rows) == (3, 3, 3)


def test_a_panel_that_is_large_enough_keeps_its_rails_and_its_words():
    laid = panels(Board(40, 40), RULES, room=ROOM, boards=4)
    assert large_enough(laid, RULES) is laid


def test_at_the_bench_a_customers_panel_stays_whole_until_it_is_parted():
    laid = singly(Board(82, 42, panel=Panel(2, 2, 4)), boards=5)
    assert (laid.panels, laid.boards_per_panel, laid.width_mm) == (2, 4, 82)


@pytest.mark.parametrize("process", list(Process))
def test_a_parcel_is_filled_by_boards_whoever_builds_them(process):
    """The panel is 34.44 cm², a board a quarter of it; 1,000 cm² fill a parcel and sixteen boards are 138."""
    [shipping] = [o for o in built(four_up(), boards=16, process=process).operations if o.label == "Shipping"]
    assert "16 × 8.6 cm²" in shipping.because
    assert shipping.units == 1


def test_a_whole_panel_more_is_started_for_a_board_more():
    assert built(four_up(), boards=8).panels == 2
    assert built(four_up(), boards=9).panels == 3


def test_boards_delivered_in_their_panels_are_packed_by_the_board():
    found = built(four_up(v_scores=3), boards=8, separation=Separation.IN_PANELS)
    assert units(found, "Packing") == 8
    assert "Depanelling" not in [operation.label for operation in found.operations]


def test_a_panel_with_scores_and_bites_is_cut_along_its_scores():
    [parted] = [o for o in built(four_up(v_scores=2, mouse_bites=8), boards=8).operations if o.label == "Depanelling"]
    assert "V-score" in parted.because


def test_a_board_larger_than_every_line_is_to_be_agreed():
    found = built(a_board("R1 | R_0402 | RES | top", size=(150, 90)), boards=50)
    assert found.layout.endswith("larger than any line of the shop holds: to be agreed")


def test_a_board_across_the_machine_is_not_said_to_be_too_large():
    assert "to be agreed" not in built(a_board("R1 | R_0402 | RES | top", size=(90, 100)), boards=50).layout


sizes = st.decimals("5", "160", places=1)


@given(width=sizes, height=sizes)
def test_whether_a_board_fits_does_not_depend_on_how_it_was_drawn(width, height):
    room = Decimal(120), Decimal(80)
    assert fits(Board(float(width), float(height)), room) is fits(Board(float(height), float(width)), room)


@given(width=sizes)
def test_a_board_as_large_as_the_machine_always_fits(width):
    assert fits(Board(float(width), float(width)), (width, width))


@given(boards=st.integers(1, 3000), per_panel=st.integers(2, 40))
def test_no_board_of_a_customers_panels_is_missing_and_less_than_a_panel_is_too_much(boards, per_panel):
    laid = customers(Panel(1, per_panel, per_panel), (Decimal(90), Decimal(90)), boards=boards)
    assert 0 <= laid.panels * per_panel - boards < per_panel


@given(width=sizes, height=sizes, boards=st.integers(1, 500))
def test_what_is_laid_out_is_never_smaller_than_the_least_a_line_holds(width, height, boards):
    laid = panels(Board(float(width), float(height)), RULES, room=ROOM, boards=boards)
    assert min(laid.width_mm, laid.height_mm) >= RULES.least_mm.value
