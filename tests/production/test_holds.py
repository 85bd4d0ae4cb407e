"""Holds: numbered, with somebody who must act; while one is open nothing starts and the clock stands still."""

from datetime import timedelta

import pytest
from a_lot import SEVEN
from hypothesis import given
from hypothesis import strategies as st

from portal.errors import IllegalMove
from portal.production.holds import Hold, held_for, next_number, open_holds, refuse_while_held, state
from portal.production.lifecycle import HoldState


def hours(count):
    return SEVEN + timedelta(hours=count)


def a_hold(number=1, opened=0, closed=None, *, who="customer", about="Approve the alternate for U3"):
    return Hold(number, who, about, hours(opened), None if closed is None else hours(closed))


def test_a_hold_is_open_until_it_is_closed():
    assert state(a_hold()) is HoldState.OPEN
    assert state(a_hold(closed=3)) is HoldState.CLOSED


def test_numbers_are_given_once_even_when_the_first_is_closed():
    assert next_number([]) == 1
    assert next_number([a_hold(1, closed=2), a_hold(2)]) == 3


def test_only_open_holds_are_in_the_way():
    first, second = a_hold(1, closed=2), a_hold(2)

    assert open_holds([first, second]) == (second,)


def test_nothing_starts_while_a_hold_is_open_and_the_sentence_says_who_must_act():
    with pytest.raises(IllegalMove, match=r"no\. 2: Approve the alternate for U3; customer must act"):
        refuse_while_held([a_hold(1, closed=2), a_hold(2)])


def test_work_goes_on_when_all_holds_are_closed():
    refuse_while_held([a_hold(1, closed=2)])


def test_an_open_hold_stops_the_clock_until_now():
    assert held_for([a_hold(opened=2)], now=hours(10)) == timedelta(hours=8)


def test_holds_that_overlap_stop_the_clock_once():
    holds = [a_hold(1, 0, 4), a_hold(2, 2, 6), a_hold(3, 3, 4), a_hold(4, 8, 9)]

    assert held_for(holds, now=hours(10)) == timedelta(hours=7)


def test_without_holds_the_clock_never_stood_still():
    assert held_for([], now=hours(10)) == timedelta()


spans = st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)).map(sorted), max_size=8)


@given(spans=spans)
def test_the_clock_stood_still_in_exactly_the_hours_with_a_hold(spans):
    holds = [a_hold(number, start, end) for number, (start, end) in enumerate(spans, 1)]
    held = {hour for start, end in spans for hour in range(start, end)}

    assert held_for(holds, now=hours(60)) == timedelta(hours=len(held))
