"""What one order costs and how often it is mended, by hand and on the line: sums for the back of an envelope."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from routing_examples import CHIPS, ONLY_HEADERS, WITH_HEADER, a_board, demo_shop

from portal.routing.both_ways import Assumptions, Way, both_ways, of_board, pays_from, tenths
from portal.routing.options import BuildOptions
from portal.routing.population import population
from portal.routing.ways import engineered

# 1,000 boards of 10 parts: by hand 1 min a part at 1.00, on the line 6 s a board at 2.00; one person, eight hours.
ROUND = Assumptions(
    boards=Decimal(1000),
    parts=Decimal(10),
    with_pins=Decimal(0),
    material_days=Decimal(5),
    tail_days=Decimal(1),
    hours_a_day=Decimal(8),
    operators=Decimal(1),
    inserted_per_hour=Decimal(60),
    placed_per_hour=Decimal(6000),
    hand_set_up_min=Decimal(30),
    line_set_up_min=Decimal(60),
    hand_minute=Decimal(1),
    line_minute=Decimal(2),
    hand_faults_ppm=Decimal(0),
    line_faults_ppm=Decimal(0),
)


def both(**changes):
    return both_ways(replace(ROUND, **{name: Decimal(value) for name, value in changes.items()}))


def a_way(set_up, board):
    nothing = dict.fromkeys(Way.__slots__, Decimal(0))
    return Way(**{**nothing, "set_up_cost": Decimal(set_up), "board_cost": Decimal(board)})


def test_a_board_by_hand_costs_its_minutes_and_its_share_of_the_set_up():
    by_hand = both().by_hand
    assert (by_hand.set_up_cost, by_hand.board_cost) == (30, 10)
    assert by_hand.cost(Decimal(10)) == 13


def test_a_board_on_the_line_costs_seconds_of_a_dear_minute():
    on_line = both().on_the_line
    assert (on_line.set_up_cost, on_line.board_cost) == (120, Decimal("0.2"))


def test_who_inserts_three_of_ten_parts_pays_three_minutes_a_board():
    on_line = both(with_pins=3).on_the_line
    assert on_line.board_min == 3 + Decimal("0.07")
    assert on_line.board_cost == 3 + Decimal("0.14")


def test_parts_with_pins_set_up_the_bench_beside_the_line():
    assert both(with_pins=3).on_the_line.set_up_min == 30 + 60
    assert both(with_pins=0).on_the_line.set_up_min == 60


def test_more_hands_are_quicker_and_cost_the_same():
    one, five = both().by_hand, both(operators=5).by_hand
    assert five.work_days < one.work_days
    assert five.board_cost == one.board_cost


def test_a_call_off_is_built_in_a_fraction_of_the_whole():
    by_hand = both(call_off=100, hand_set_up_min=0).by_hand
    assert by_hand.call_off_days * 10 == by_hand.work_days


def test_one_fault_in_two_joints_spoils_three_boards_of_four():
    """A part of two joints, each faulty one time in five: 1 − 0.8² = 36 of 100 boards."""
    assert both(parts=1, hand_faults_ppm=200_000).by_hand.faulty_share == Decimal("0.36")


def test_where_nothing_fails_nothing_is_mended():
    by_hand = both().by_hand
    assert (by_hand.faulty_share, by_hand.rework_hours) == (0, 0)


def test_the_faults_of_both_hands_and_line_are_mended():
    """1,000 boards × 2 joints × (4 parts × 1,000 ppm + 6 × 500 ppm) are 14 faults of 4 minutes."""
    found = both(with_pins=4, hand_faults_ppm=1000, line_faults_ppm=500, rework_min=4).on_the_line
    assert found.rework_hours == Decimal(56) / 60


def test_mending_is_paid_by_the_minute_of_hands():
    """0.02 faults a board of 5 minutes at 1.00."""
    sound, faulty = both().by_hand, both(hand_faults_ppm=1000, rework_min=5).by_hand
    assert faulty.board_cost - sound.board_cost == Decimal("0.1")


def test_only_a_board_that_is_all_pins_is_as_large_as_one_by_hand():
    assert (both(with_pins=9).on_the_line.area_factor, both(with_pins=10).on_the_line.area_factor) == (1, 4)


@pytest.mark.parametrize(
    ("hand", "line", "boards"),
    [
        (("0", "10"), ("100", "5"), 20),  # exactly: 20 × 5
        (("0", "10"), ("101", "5"), 21),
        (("0", "10"), ("0.01", "5"), 1),
        (("0", "10"), ("0", "10"), 1),
        (("0", "10"), ("1", "10"), None),
        (("50", "10"), ("20", "11"), None),
        (("50", "10"), ("20", "10"), 1),
    ],
)
def test_the_line_pays_from_the_first_board_that_earns_its_set_up(hand, line, boards):
    assert pays_from(a_way(*hand), a_way(*line)) == boards


@given(hand=st.tuples(st.integers(0, 500), st.integers(1, 50)), line=st.tuples(st.integers(0, 500), st.integers(1, 50)))
def test_from_there_on_it_is_never_the_dearer_way(hand, line):
    by_hand, on_line = a_way(*hand), a_way(*line)
    first = pays_from(by_hand, on_line)
    if first:
        assert all(of_lot(on_line, n) <= of_lot(by_hand, n) for n in (first, first + 1, 10 * first))


def of_lot(way, boards):
    """Undivided: the cost of one board has a last digit that is rounded."""
    return way.set_up_cost + way.board_cost * boards


@given(hand=st.tuples(st.integers(0, 500), st.integers(1, 50)), line=st.tuples(st.integers(0, 500), st.integers(1, 50)))
def test_before_that_it_is_the_dearer_one(hand, line):
    by_hand, on_line = a_way(*hand), a_way(*line)
    first = pays_from(by_hand, on_line)
    if first and first > 1:
        assert on_line.cost(Decimal(first - 1)) > by_hand.cost(Decimal(first - 1))


@given(boards=st.integers(1, 100_000))
def test_a_board_never_costs_more_in_a_larger_order(boards):
    way = both_ways(Assumptions()).on_the_line
    assert way.cost(Decimal(boards + 1)) <= way.cost(Decimal(boards))


@pytest.mark.parametrize(("value", "kept"), [("1.25", "1.2"), ("1.26", "1.3"), ("7", "7.0")])
def test_an_assumption_from_a_board_is_kept_to_a_tenth(value, kept):
    assert str(tenths(Decimal(value))) == kept


def assumed(parts, *, boards=100):
    design = a_board(parts)
    found = engineered(design, demo_shop())
    return of_board(population(design), found.routings(BuildOptions(), boards=boards)[0])


def test_a_board_of_headers_alone_keeps_the_usual_line():
    found = assumed(ONLY_HEADERS)
    assert (found.parts, found.with_pins) == (2, 2)
    assert found.placed_per_hour == Assumptions().placed_per_hour


def test_the_joints_of_a_header_count_among_all():
    """A resistor of two joints and a header of four: three a part."""
    assert assumed(WITH_HEADER).joints_per_part == 3


def test_a_part_of_which_nobody_knows_the_joints_leaves_the_usual_figure():
    assert assumed(CHIPS + "\nU1 | SOMETHING | X | top").joints_per_part == Assumptions().joints_per_part


def test_the_boards_are_those_of_the_order():
    assert assumed(CHIPS, boards=250).boards == 250


def test_the_line_of_a_real_routing_sets_up_longer_than_nothing_and_places_within_reason():
    found = assumed(CHIPS)
    assert found.line_set_up_min > 0
    assert 10 <= found.placed_per_hour <= 500_000
