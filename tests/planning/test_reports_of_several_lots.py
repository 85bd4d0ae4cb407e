"""Lots of one order reported by the board: miscounts, scrap, whole lots lost, and what a slot makes of it."""

from datetime import timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from planning_shop import DAY, LINE, an_operation, at

from portal.planning.blocks import Block
from portal.planning.capacity import Booking, Load, WorkCentre
from portal.planning.reported import Report, Reports, Standing, is_at, serves
from portal.planning.timetable import Job

SEVEN = at("2026-11-23 07:00")
KIT, PLACE, TEST = range(3)
LOTS = (0, 40), (40, 80), (80, 100)


def hour(number):
    return SEVEN + timedelta(hours=number)


def said(*reports):
    """`(operation, hour, good, scrapped)`, the last two as far as there are any."""
    return Reports([Report(operation, hour(when), *counts) for operation, when, *counts in reports])


def standings(reports, operation):
    return [reports.standing(operation, operation, lot) for lot in LOTS]


def a_slot(start, minutes, *, set_up=0):
    begins = DAY.worked(at(start))
    return Booking("bench", begins, begins + minutes, "order 1", 0, set_up, set_up)


def test_each_lot_is_done_when_its_own_last_board_is():
    found = standings(said((PLACE, 1, 40), (PLACE, 2, 40), (PLACE, 3, 20)), PLACE)
    assert [lot.done for lot in found] == [hour(1), hour(2), hour(3)]


def test_one_large_count_finishes_several_lots_at_once():
    found = standings(said((PLACE, 4, 85)), PLACE)
    assert [(lot.done, lot.share) for lot in found] == [(hour(4), 1), (hour(4), 1), (None, Fraction(1, 4))]


def test_a_board_before_the_end_of_a_lot_is_not_the_end_of_it():
    first, second, _ = standings(said((PLACE, 1, 39)), PLACE)
    assert (first.done, first.share, second.begun) == (None, Fraction(39, 40), None)


def test_a_lot_is_begun_with_the_first_report_after_the_lot_before():
    _, second, _ = standings(said((PLACE, 1, 40), (PLACE, 3, 1)), PLACE)
    assert (second.begun, second.share) == (hour(3), Fraction(1, 40))


def test_boards_that_never_come_are_through_before_those_that_do():
    """Sixty of a hundred were lost before: that is the first lot and half of the second; forty placed are the rest."""
    found = standings(said((KIT, 1, 40, 60), (PLACE, 2, 40)), PLACE)
    assert [lot.done for lot in found] == [hour(1), hour(2), hour(2)]


def test_scrap_of_later_steps_says_nothing_about_earlier_ones():
    first, *_ = standings(said((PLACE, 1, 30), (TEST, 2, 20, 10)), PLACE)
    assert first.share == Fraction(30, 40)


def test_a_whole_lot_lost_is_done_and_was_never_begun():
    [standing] = [said((KIT, 1, 0, 100)).standing(PLACE, PLACE, (0, 100))]
    assert (standing.begun, standing.done, standing.heard) == (None, hour(1), None)


def test_a_miscount_that_was_put_right_is_done_when_the_boards_were():
    """A hundred were counted at eight by mistake, ten taken back at nine, and counted truly at noon."""
    standing = said((PLACE, 1, 100), (PLACE, 2, -10), (PLACE, 5, 10)).standing(PLACE, PLACE, (0, 100))
    assert (standing.done, standing.share) == (hour(5), 1)


def test_a_miscount_of_boards_beyond_the_lot_leaves_it_done_when_it_was():
    standing = said((PLACE, 1, 60), (PLACE, 2, -10)).standing(PLACE, PLACE, (0, 40))
    assert standing.done == hour(1)


def test_what_was_taken_back_whole_has_begun_all_the_same():
    standing = said((PLACE, 1, 10), (PLACE, 2, -10)).standing(PLACE, PLACE, (0, 100))
    assert (standing.begun, standing.share, standing.heard) == (hour(1), 0, hour(2))


def test_a_report_without_boards_begins_a_lot():
    standing = said((PLACE, 2)).standing(PLACE, PLACE, (0, 100))
    assert (standing.begun, standing.share) == (hour(2), 0)


def test_a_lot_of_one_board_is_all_or_nothing():
    assert said().standing(PLACE, PLACE, (0, 1)).share == 0
    assert said((PLACE, 1, 1)).standing(PLACE, PLACE, (0, 1)).share == 1


def test_what_was_last_heard_is_of_any_station_of_the_run():
    standing = said((KIT, 1, 100), (PLACE, 2, 30), (KIT, 3)).standing(KIT, PLACE, (0, 100))
    assert standing.heard == hour(3)


def test_a_slot_ends_over_lunch_when_its_work_does():
    """Two hours from eleven, begun at half past: noon to half past is lunch, so it ends at two."""
    slot = a_slot("2026-11-23 11:00", 120)
    now = is_at(slot, Standing(), DAY, now=at("2026-11-23 11:30"))
    assert DAY.ends(now.end) == at("2026-11-23 14:00")


def test_a_slot_of_friday_afternoon_waits_for_monday_without_being_later():
    slot = a_slot("2026-11-27 15:00", 30)
    assert is_at(slot, Standing(), DAY, now=at("2026-11-28 10:00")).start - slot.start == 30
    assert is_at(slot, Standing(), DAY, now=at("2026-11-30 07:00")).start - slot.start == 30


def test_a_slot_over_christmas_is_not_late_by_the_holidays():
    slot = a_slot("2026-12-24 15:00", 30)
    assert is_at(slot, Standing(), DAY, now=at("2026-12-28 07:10")).start - slot.start == 30 + 10


def test_at_the_minute_of_its_beginning_nothing_is_late():
    slot = a_slot("2026-11-23 09:00", 60)
    assert is_at(slot, Standing(), DAY, now=at("2026-11-23 09:00")) == slot
    assert is_at(slot, Standing(), DAY, now=at("2026-11-23 09:01")) != slot


def test_what_is_late_keeps_its_length_and_its_set_up():
    slot = a_slot("2026-11-23 07:00", 90, set_up=30)
    now = is_at(slot, Standing(), DAY, now=hour(3))
    assert (now.end - now.start, now.set_up) == (90, 30)


def test_the_set_up_is_not_needed_again_by_the_boards_that_are_left():
    """Thirty minutes of set-up and sixty of work: half the boards left are thirty minutes more."""
    slot = a_slot("2026-11-23 07:00", 90, set_up=30)
    half = Standing(hour(0), None, Fraction(1, 2), hour(2))
    assert DAY.ends(is_at(slot, half, DAY, now=hour(2)).end) == SEVEN + timedelta(hours=2, minutes=30)


def test_what_has_begun_and_counted_nothing_needs_its_whole_time():
    slot = a_slot("2026-11-23 07:00", 90)
    begun = Standing(hour(1), None, Fraction(0), hour(1))
    assert DAY.ends(is_at(slot, begun, DAY, now=hour(1)).end) == SEVEN + timedelta(hours=2, minutes=30)


@pytest.mark.parametrize(
    ("stations", "wanted", "takes"),
    [
        ({"printing", "reflow"}, {"printing"}, True),
        ({"printing"}, {"printing", "reflow"}, False),
        (set(), {"reflow"}, False),
    ],
)
def test_a_line_takes_a_run_through_stations_that_it_has(stations, wanted, takes):
    line = WorkCentre("line", 1, LINE, stations=frozenset(stations))
    block = Block((an_operation(),), Job(10, load=Load("sensor")), 1, 1, frozenset(wanted))
    assert serves(line, block) is takes


counts = st.lists(st.tuples(st.sampled_from([KIT, PLACE]), st.integers(0, 40), st.integers(0, 5)), max_size=10)


@given(rows=counts)
def test_an_earlier_lot_is_never_behind_a_later_one(rows):
    reports = said(*((step, number, good, scrap) for number, (step, good, scrap) in enumerate(rows)))
    shares = [lot.share for lot in standings(reports, PLACE)]
    assert shares == sorted(shares, reverse=True)


@given(rows=counts)
def test_the_shares_of_the_lots_are_the_boards_that_are_through(rows):
    reports = said(*((step, number, good, scrap) for number, (step, good, scrap) in enumerate(rows)))
    through = sum(good + scrap if step == PLACE else scrap for step, good, scrap in rows)
    done = sum(
        lot.share * (until - before) for lot, (before, until) in zip(standings(reports, PLACE), LOTS, strict=True)
    )
    assert done == min(through, 100)


@given(rows=counts)
def test_a_lot_is_done_exactly_when_all_of_its_boards_are_through(rows):
    reports = said(*((step, number, good, scrap) for number, (step, good, scrap) in enumerate(rows)))
    assert all((lot.done is not None) is (lot.share == 1) for lot in standings(reports, PLACE))
