"""The minute of the cut-off, weekends and the turn of the year: from which day an order's days are counted."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from planning_shop import DAY, at, moments

from portal.planning.gates import Gate, Gates, expected_start, moved_by, slips
from portal.planning.promise import Promise

MONDAY = at("2026-11-23 09:00")


def paid_at(text):
    return Gates({Gate.PAYMENT: at(text)})


@pytest.mark.parametrize(
    ("paid", "day_zero"),
    [
        ("2026-11-23 12:00", "2026-11-23"),
        ("2026-11-23 12:00:01", "2026-11-24"),
        ("2026-11-23 00:00", "2026-11-23"),
        ("2026-11-22 23:59", "2026-11-23"),  # a Sunday
        ("2026-11-21 09:00", "2026-11-23"),  # a Saturday
        ("2026-11-27 12:30", "2026-11-30"),  # Friday afternoon
        ("2026-12-24 12:01", "2026-12-28"),  # over Christmas and a weekend
        ("2026-12-31 13:00", "2027-01-01"),  # this shop works on New Year
        ("2028-02-28 12:01", "2028-02-29"),
    ],
)
def test_day_zero_is_the_working_day_of_the_cut_off(paid, day_zero):
    assert paid_at(paid).clock_start(DAY) == date.fromisoformat(day_zero)


def test_at_the_very_minute_of_the_cut_off_nobody_is_told_that_it_was_missed():
    assert "cut-off" not in paid_at("2026-11-23 12:00").in_words(DAY)
    assert "after the cut-off at 12:00" in paid_at("2026-11-23 12:01").in_words(DAY)


def test_a_saturday_morning_is_before_the_cut_off_and_counts_from_monday():
    assert paid_at("2026-11-21 09:00").in_words(DAY) == (
        "Day 0 is Mon 23 Nov 2026: the last gate, paid, was passed on Sat 21 Nov 2026, 09:00 on our clock."
    )


def test_of_two_gates_at_one_minute_either_starts_the_clock():
    both = Gates({Gate.FILES: MONDAY, Gate.PAYMENT: MONDAY})
    assert both.last[1] == MONDAY


def test_an_order_that_waits_for_everything_names_all_four():
    words = Gates(dict.fromkeys(Gate)).in_words(DAY)
    assert [words.index(f"{gate} is missing"[1:]) for gate in Gate] == sorted(
        words.index(str(gate)[1:]) for gate in Gate
    )


def test_what_an_order_has_not_is_not_asked_for():
    assert Gates({Gate.FILES: None}).missing == (Gate.FILES,)
    assert "alternates" not in Gates({Gate.FILES: None}).in_words(DAY)


def test_a_gate_passed_at_its_very_minute_has_not_slipped():
    gates = Gates({Gate.PAYMENT: MONDAY})
    assert slips(gates, {Gate.PAYMENT: MONDAY}, now=MONDAY + timedelta(days=3)) == ()
    assert slips(gates, {Gate.PAYMENT: MONDAY - timedelta(minutes=1)}, now=MONDAY)


def test_an_open_gate_slips_from_the_minute_after():
    gates, assumed = Gates({Gate.FILES: None}), {Gate.FILES: MONDAY}
    assert slips(gates, assumed, now=MONDAY) == ()
    [slip] = slips(gates, assumed, now=MONDAY + timedelta(minutes=1))
    assert (slip.is_open, slip.now) == (True, MONDAY + timedelta(minutes=1))


def test_what_is_missing_still_is_told_before_what_came_late():
    gates = Gates({Gate.FILES: MONDAY, Gate.PAYMENT: None})
    early = MONDAY - timedelta(days=1)
    found = slips(gates, {Gate.FILES: early, Gate.PAYMENT: early}, now=MONDAY)
    assert [slip.gate for slip in found] == [Gate.PAYMENT, Gate.FILES]


def a_promise(start):
    day = start.date()
    return Promise(day, day, day, "Bare boards", (), "")


def test_both_slips_stand_in_one_reason():
    gates = Gates({Gate.FILES: MONDAY, Gate.PAYMENT: None})
    assumed = dict.fromkeys(gates.passed, MONDAY - timedelta(days=1))
    moved = moved_by(a_promise(MONDAY), gates, assumed, now=MONDAY + timedelta(days=2), at=a_promise)
    assert moved.because == (
        "paid was expected by Sun 22 Nov 2026, 09:00 and is missing still: "
        "pay what is due at the order, or agree on terms; "
        "files ok was expected by Sun 22 Nov 2026, 09:00 and came on Mon 23 Nov 2026, 09:00"
    )


def test_the_date_before_and_the_date_after_stand_side_by_side():
    gates = Gates({Gate.PAYMENT: None})
    now = MONDAY + timedelta(days=2)
    moved = moved_by(a_promise(MONDAY), gates, {Gate.PAYMENT: MONDAY}, now=now, at=a_promise)
    assert (moved.before.p80, moved.after.p80) == (MONDAY.date(), now.date())


def test_an_open_gate_that_nobody_assumed_is_expected_now():
    assert expected_start(Gates({Gate.FILES: None}), {}, now=MONDAY) == MONDAY


def test_a_gate_passed_long_ago_does_not_hold_back_the_start():
    gates = Gates({Gate.FILES: MONDAY - timedelta(days=90), Gate.PAYMENT: MONDAY})
    assert expected_start(gates, {}, now=MONDAY + timedelta(days=5)) == MONDAY


open_or_passed = st.dictionaries(st.sampled_from(Gate), st.none() | moments, max_size=4)


@given(passed=open_or_passed, assumed=st.dictionaries(st.sampled_from(Gate), moments), now=moments)
def test_the_clock_is_never_expected_before_what_is_passed_already(passed, assumed, now):
    start = expected_start(Gates(passed), assumed, now=now)
    assert all(start >= (moment or now) for moment in passed.values())


@given(passed=open_or_passed, assumed=st.dictionaries(st.sampled_from(Gate), moments), now=moments)
def test_every_slip_is_later_than_what_was_assumed(passed, assumed, now):
    assert all(slip.now > slip.assumed for slip in slips(Gates(passed), assumed, now=now))


@given(passed=open_or_passed, now=moments)
def test_what_says_nothing_is_missing_names_a_day_or_the_order(passed, now):
    gates = Gates(passed)
    begins = "The clock has not started" if gates.missing else ("Day 0 is" if passed else "The clock starts")
    assert gates.in_words(DAY).startswith(begins)
