"""Reports from the floor, and where a slot therefore is: done, running, or late because nobody has begun it."""

from dataclasses import replace
from datetime import datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from planning_shop import DAY, LINE, MONDAY_MORNING, ROUTING, a_shop, at

from portal.planning.blocks import blocks
from portal.planning.capacity import Booking, Rules
from portal.planning.plan import Asked
from portal.planning.reported import Report, Reports, Standing, is_at, operations_of, turns_of

MORNING = at("2026-11-23 07:00")
WHOLE, FIRST_HALF, SECOND_HALF = (0, 100), (0, 50), (50, 100)


def hour(number: int) -> datetime:
    return MORNING + timedelta(hours=number)


def reports(*said: Report) -> Reports:
    """Of an order of a hundred boards."""
    return Reports(said)


def a_slot(start: str, minutes: int, *, set_up: int = 0) -> Booking:
    begins = DAY.worked(at(start))
    return Booking("bench", begins, begins + minutes, "order 1", 0, set_up, set_up)


def test_what_nobody_reported_has_neither_begun_nor_is_it_done():
    assert reports().standing(0, 0, WHOLE) == Standing()


def test_an_operation_is_done_when_its_last_board_is_through():
    said = reports(Report(1, hour(1)), Report(1, hour(2), good=60), Report(1, hour(3), good=40))

    assert said.standing(1, 1, WHOLE) == Standing(hour(1), hour(3), Fraction(1), hour(3))


def test_a_board_that_was_scrapped_before_is_not_waited_for():
    said = reports(Report(0, hour(1), good=99, scrapped=1), Report(1, hour(2), good=99))

    assert said.standing(1, 1, WHOLE).done == hour(2)


def test_a_miscount_that_was_taken_back_is_not_done():
    said = reports(Report(0, hour(1), good=100), Report(0, hour(2), good=-10))
    standing = said.standing(0, 0, WHOLE)

    assert standing.done is None
    assert standing.share == Fraction(9, 10)


def test_the_first_half_is_done_while_the_second_has_begun():
    said = reports(Report(0, hour(1), good=50), Report(0, hour(2), good=10))
    first, second = (said.standing(0, 0, part) for part in (FIRST_HALF, SECOND_HALF))

    assert (first.begun, first.done) == (hour(1), hour(1))
    assert (second.begun, second.done, second.share) == (hour(2), None, Fraction(1, 5))


def test_a_run_through_a_line_begins_with_its_first_station_and_ends_with_its_last():
    said = reports(Report(0, hour(1), good=100), Report(1, hour(2), good=30))
    standing = said.standing(0, 1, WHOLE)

    assert (standing.begun, standing.done, standing.share) == (hour(1), None, Fraction(3, 10))


def test_what_is_as_planned_stays_where_it_is():
    slot = a_slot("2026-11-23 09:15", 60)

    assert is_at(slot, Standing(), DAY, now=hour(1)) == slot


def test_what_nobody_has_begun_is_late_by_the_clock():
    slot = a_slot("2026-11-23 07:00", 60)
    now = is_at(slot, Standing(), DAY, now=hour(2))

    assert (now.start - slot.start, now.end - slot.end) == (120, 120)


def test_what_runs_late_ends_when_the_rest_of_its_boards_is_through():
    slot = a_slot("2026-11-23 07:00", 100)
    halfway = Standing(hour(0), None, Fraction(1, 2), hour(2))

    assert is_at(slot, halfway, DAY, now=hour(2)).end - slot.end == 120 + 50 - 100


def test_what_is_ahead_keeps_its_place_until_it_is_done():
    slot = a_slot("2026-11-23 07:00", 300)
    quick = Standing(hour(0), None, Fraction(9, 10), hour(1))

    assert is_at(slot, quick, DAY, now=hour(1)) == slot


def test_what_ran_and_was_not_heard_of_ends_now_at_the_earliest():
    slot = a_slot("2026-11-23 07:00", 60)

    assert DAY.ends(is_at(slot, Standing(hour(0), heard=hour(0)), DAY, now=hour(4)).end) == hour(4)


def done_at(slot: Booking, moment: datetime) -> Booking:
    return is_at(slot, Standing(hour(0), moment, Fraction(1)), DAY, now=hour(5))


def test_what_is_done_early_gives_the_rest_back():
    slot = a_slot("2026-11-23 07:00", 60, set_up=50)
    was = done_at(slot, MORNING + timedelta(minutes=20))

    assert DAY.ends(was.end) == MORNING + timedelta(minutes=20)
    assert was.work_start == was.end


def test_what_is_done_late_stays_in_the_past_where_it_was():
    slot = a_slot("2026-11-23 07:00", 60)

    assert done_at(slot, hour(4)) == slot


def test_what_is_done_before_its_turn_gives_all_but_a_minute_back():
    slot = a_slot("2026-11-25 07:00", 60)
    was = done_at(slot, hour(1))

    assert (was.start, was.end) == (slot.start, slot.start + 1)


@given(st.integers(0, 2000), st.integers(0, 100), st.integers(0, 3000))
def test_nothing_that_is_not_done_is_expected_before_its_plan(length, through, minutes):
    slot = a_slot("2026-11-23 07:00", length + 1)
    standing = Standing(hour(0), None, Fraction(through, 101), hour(0)) if through else Standing()

    now = is_at(slot, standing, DAY, now=MORNING + timedelta(minutes=minutes))
    assert now.end >= slot.end
    assert now.end - now.start >= slot.end - slot.start


def planned(boards: int, *, lot_boards: int = 200):
    """Its slots in any order, what each is for, its blocks, and the shop's work centres."""
    shop = a_shop(rules=Rules(transfer_units=10, lot_boards=lot_boards))
    steps = Asked(ROUTING, boards, shop, "sensor").plan_from(MONDAY_MORNING).planned
    by_place = sorted(steps, key=lambda step: step.booking.order)
    order = blocks(ROUTING, shop.rules, [], product="sensor")
    return [step.booking for step in by_place], [step.turn for step in by_place], order, shop.centres


@pytest.mark.parametrize("boards", [50, 800])
def test_each_slot_is_known_again_by_what_it_is_for(boards):
    slots, turns, order, centres = planned(boards)

    expected = [(0 if one.block.is_whole_lot else one.lot, one.at) for one in turns]
    assert [(turn.lot, turn.at) for turn in turns_of(slots, order, centres)] == expected


def test_slots_without_a_set_up_that_is_known_are_taken_in_the_order_of_the_routing():
    slots, turns, order, centres = planned(50)
    plain = [replace(slot, load=None) for slot in slots]

    assert [turn.at for turn in turns_of(plain, order, centres)] == [turn.at for turn in turns]


def test_slots_whose_counts_do_not_match_the_routing_are_not_known_again():
    slots, _, order, centres = planned(50)
    plain = [replace(slot, load=None) for slot in slots]
    kitting = next(slot for slot in plain if slot.centre == "kitting")  # where shipping is done, too

    assert turns_of([*plain, kitting], order, centres) == []


def test_blocks_know_their_operations_by_their_places_in_the_routing():
    assert operations_of(blocks(ROUTING, Rules(), [], product="sensor")) == [(0, 0), (1, 1), (2, 2), (3, 3)]


def test_night_and_weekend_do_not_count_as_late():
    slot = Booking("line", LINE.worked(at("2026-11-27 21:00")), LINE.worked(at("2026-11-27 21:00")) + 60, "order 1")

    assert is_at(slot, Standing(), LINE, now=at("2026-11-30 06:00")).start - slot.start == 60
