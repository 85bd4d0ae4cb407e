"""Both ways of building one order: sums that can be done in the head, and laws that hold for any assumptions."""

from dataclasses import fields, replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.routing.both_ways import ASSUMED, NAMES, Assumptions, both_ways, of_board
from portal.routing.operations import Operation, OperationKind, Process, Routing
from portal.routing.population import Population

# 1,000 boards of 10 parts: by hand 1 min a part, on the line 6 s a board; one person, eight hours a day.
SIMPLE = Assumptions(
    boards=Decimal(1000),
    parts=Decimal(10),
    with_pins=Decimal(0),
    material_days=Decimal(5),
    tail_days=Decimal(1),
    hours_a_day=Decimal(8),
    operators=Decimal(1),
    inserted_per_hour=Decimal(60),
    placed_per_hour=Decimal(6000),
    hand_set_up_min=Decimal(0),
    line_set_up_min=Decimal(60),
    hand_minute=Decimal(1),
    line_minute=Decimal(2),
    hand_faults_ppm=Decimal(0),
    line_faults_ppm=Decimal(0),
)


def with_(**changes):
    return both_ways(replace(SIMPLE, **{name: Decimal(value) for name, value in changes.items()}))


def test_a_part_a_minute_is_ten_minutes_a_board():
    assert with_().by_hand.board_min == 10
    assert with_().on_the_line.board_min == Decimal("0.1")


def test_the_work_is_set_up_and_every_board():
    assert with_().by_hand.work_days == Decimal(10_000) / 480
    assert with_().on_the_line.work_days == Decimal(60 + 100) / 480


def test_from_order_to_dispatch_is_material_work_and_tail():
    assert with_().on_the_line.lead_days == 5 + Decimal(160) / 480 + 1
    assert with_(boards=480, line_set_up_min=0, parts=1).by_hand.weeks == Decimal(7) / 5  # 5 + 1 + 1 days


def test_twice_the_hands_are_half_the_work():
    assert with_(operators=2).by_hand.work_days == Decimal(5_000) / 480


def test_the_line_pays_from_where_its_set_up_is_earned():
    """60 min × 2.00 of set-up; a board costs 10.00 by hand and 0.20 on the line: 120 ÷ 9.80."""
    both = with_()

    assert both.line_pays_from == 13
    assert both.by_hand.cost(Decimal(12)) < both.on_the_line.cost(Decimal(12))
    assert both.by_hand.cost(Decimal(13)) > both.on_the_line.cost(Decimal(13))


def test_a_line_without_set_up_pays_from_the_first_board():
    assert with_(line_set_up_min=0).line_pays_from == 1


def test_a_line_that_is_dearer_a_board_never_pays():
    assert with_(line_minute=1000).line_pays_from is None
    assert with_(line_minute=1000, line_set_up_min=0).line_pays_from is None


def test_a_fault_is_mended_by_hand():
    """1,000 boards × 10 parts × 2 joints × 1,000 ppm are 20 faults of 3 minutes."""
    assert with_(hand_faults_ppm=1000, rework_min=3).by_hand.rework_hours == 1


def test_parts_with_pins_are_inserted_either_way():
    both = with_(with_pins=10)

    assert both.by_hand.board_min == both.on_the_line.board_min
    assert both.on_the_line.set_up_min == 0  # the line has nothing to do


def test_more_pins_than_parts_are_no_more_than_the_parts():
    assert with_(with_pins=99) == with_(with_pins=10)


def test_the_founding_case_is_six_weeks_by_hand_and_two_and_a_half_on_the_line():
    both = both_ways(Assumptions())

    assert 5.5 <= both.by_hand.weeks <= 6.2
    assert 2.4 <= both.on_the_line.weeks <= 2.8


@pytest.mark.parametrize(("rate", "weeks"), [(300, "7.3"), (420, "5.8"), (500, "5.2"), (800, "4.0")])
def test_at_the_published_rates_of_hands_it_is_four_to_seven_weeks(rate, weeks):
    assert round(both_ways(Assumptions(inserted_per_hour=Decimal(rate))).by_hand.weeks, 1) == Decimal(weeks)


def test_against_inserting_machines_the_case_does_not_hold():
    both = both_ways(Assumptions(inserted_per_hour=Decimal(16_000)))

    assert both.by_hand.weeks <= both.on_the_line.weeks


def test_every_assumption_has_a_name_a_unit_bounds_and_a_source():
    assert set(ASSUMED) == set(NAMES) == {field.name for field in fields(Assumptions)}
    assert all(known.label and known.unit and known.source and known.grade in "ABCU" for known in ASSUMED.values())


@pytest.mark.parametrize("name", NAMES)
def test_the_usual_lies_within_its_bounds(name):
    assert ASSUMED[name].least <= getattr(Assumptions(), name) <= ASSUMED[name].most


def within(name):
    return st.decimals(ASSUMED[name].least, ASSUMED[name].most, places=1, allow_nan=False)


anything = st.fixed_dictionaries({name: within(name) for name in NAMES}).map(lambda values: Assumptions(**values))


@given(anything)
def test_whatever_is_assumed_there_is_an_answer_and_nothing_is_below_zero(assumed):
    both = both_ways(assumed)

    for way in (both.by_hand, both.on_the_line):
        assert all(getattr(way, field.name) >= 0 for field in fields(way))
        assert way.faulty_share <= 1


@given(anything, st.integers(1, 1000))
def test_more_boards_never_take_less_time(assumed, more):
    larger = replace(assumed, boards=assumed.boards + more)

    assert both_ways(larger).by_hand.lead_days >= both_ways(assumed).by_hand.lead_days
    assert both_ways(larger).on_the_line.lead_days >= both_ways(assumed).on_the_line.lead_days


class TestOfABoard:
    ROUTING = Routing(
        Process.MACHINE,
        100,
        10,
        10,
        (
            Operation(OperationKind.PRINT, "printing", Decimal(10), Decimal(30), 10, "a print a panel"),
            Operation(OperationKind.PLACE, "placement", Decimal(50), Decimal(60), 10, "the slowest: 6 s a board"),
            Operation(OperationKind.TEST, "test", Decimal(99), Decimal(99), 100, "not of the line"),
        ),
    )

    def test_a_board_without_parts_is_taken_as_one_part_so_that_there_is_something_to_compare(self):
        assert of_board(Population(()), self.ROUTING).parts == 1

    def test_the_line_goes_as_fast_as_its_slowest_station(self, sixty_chips):
        found = of_board(sixty_chips, self.ROUTING)

        assert (found.boards, found.parts, found.with_pins) == (100, 60, 0)
        assert found.placed_per_hour == 36_000  # 60 parts in 6 s
        assert found.line_set_up_min == 60

    def test_a_lot_that_no_line_builds_is_compared_with_the_usual_line(self, sixty_chips):
        by_hand = replace(self.ROUTING, operations=())

        assert of_board(sixty_chips, by_hand).placed_per_hour == Assumptions().placed_per_hour


@pytest.fixture
def sixty_chips():
    from portal.board.design import Side
    from portal.parts.packages import package_of
    from portal.routing.population import Part

    return Population((Part("10k", package_of("R_0603_1608Metric"), 60, Side.TOP, side_is_known=True),))


def test_the_example_as_it_stands_mends_forty_hours_by_hand_and_four_on_the_line():
    """600,000 joints, 1,000 ppm, 4 min each; on the line 30,000 by hand and 570,000 at 50 ppm: 58.5 faults."""
    found = both_ways(Assumptions())

    assert found.by_hand.rework_hours == 40
    assert found.on_the_line.rework_hours == Decimal("58.5") * 4 / 60
