"""The clock starts when the customer has done their part; which part is missing is said in words."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from planning_shop import DAY, ROUTING, a_shop, at, certain

from portal.planning.gates import TO_DO, Gate, Gates, expected_start, moved_by, slips
from portal.planning.plan import Asked
from portal.planning.promising import promise
from portal.routing.options import Speed

FILES, PAID, PARTS = at("2026-11-23 09:10"), at("2026-11-24 11:30"), at("2026-11-20 16:00")
ALL = Gates({Gate.FILES: FILES, Gate.PAYMENT: PAID, Gate.CONSIGNED_PARTS: PARTS})
UNPAID = Gates({Gate.FILES: FILES, Gate.PAYMENT: None, Gate.CONSIGNED_PARTS: PARTS})
BY_TUESDAY_NOON = {Gate.FILES: at("2026-11-23 12:00"), Gate.PAYMENT: at("2026-11-24 12:00")}


def a_promise(start: datetime):
    return promise(Asked(ROUTING, 100, a_shop()), [certain(5)], ordered_at=start, speed=Speed.STANDARD)


def test_the_last_gate_starts_the_clock():
    assert ALL.last == (Gate.PAYMENT, PAID)
    assert ALL.clock_start(DAY) == date(2026, 11, 24)


def test_after_the_cut_off_the_clock_starts_on_the_next_working_day():
    friday = Gates({Gate.FILES: FILES, Gate.PAYMENT: at("2026-11-27 12:01")})

    assert friday.clock_start(DAY) == date(2026, 11, 30)


def test_while_a_gate_is_open_no_clock_runs():
    assert UNPAID.clock_start(DAY) is None


def test_an_open_gate_says_what_to_do():
    assert (
        UNPAID.in_words(DAY)
        == "The clock has not started. Paid is missing: pay what is due at the order, or agree on terms."
    )


def test_several_open_gates_are_named_in_the_order_in_which_people_ask():
    gates = Gates({Gate.PAYMENT: None, Gate.ALTERNATES: None, Gate.FILES: FILES})

    assert gates.missing == (Gate.ALTERNATES, Gate.PAYMENT)
    assert gates.in_words(DAY).startswith("The clock has not started. Alternates approved is missing: approve")


def test_once_work_has_begun_nothing_waits_and_what_is_owed_is_owed_still():
    assert UNPAID.in_words(DAY, begun=date(2026, 11, 24)) == (
        "Work began on Tue 24 Nov 2026, without waiting for “paid”. "
        "To do still: pay what is due at the order, or agree on terms."
    )


def test_parts_that_nobody_noted_are_not_asked_for_once_work_has_begun():
    gates = Gates({Gate.FILES: FILES, Gate.CONSIGNED_PARTS: None})

    assert gates.in_words(DAY, begun=date(2026, 11, 24)).endswith("without waiting for “consigned parts in”.")


def test_work_that_began_behind_all_gates_changes_nothing_of_what_is_said():
    assert ALL.in_words(DAY, begun=date(2026, 11, 25)) == ALL.in_words(DAY)


def test_a_started_clock_says_since_when_and_why():
    assert (
        ALL.in_words(DAY)
        == "Day 0 is Tue 24 Nov 2026: the last gate, paid, was passed on Tue 24 Nov 2026, 11:30 on our clock."
    )


def test_the_cut_off_is_told_where_it_cost_a_day():
    late = Gates({Gate.PAYMENT: at("2026-11-24 13:00")})

    assert late.in_words(DAY).endswith("Tue 24 Nov 2026, 13:00 on our clock, after the cut-off at 12:00.")


def test_an_order_without_gates_starts_with_the_order():
    assert Gates({}).in_words(DAY) == "The clock starts with the order."
    assert Gates({}).clock_start(DAY) is None


@pytest.mark.parametrize("gate", list(Gate))
def test_every_gate_has_something_to_do(gate):
    assert TO_DO[gate] in Gates({gate: None}).in_words(DAY)


def test_a_gate_passed_in_time_is_no_slip():
    assert slips(ALL, BY_TUESDAY_NOON, now=at("2026-11-25 08:00")) == ()


def test_an_open_gate_slips_when_its_time_is_over():
    assert slips(UNPAID, BY_TUESDAY_NOON, now=at("2026-11-24 11:59")) == ()

    [slip] = slips(UNPAID, BY_TUESDAY_NOON, now=at("2026-11-26 08:00"))
    assert (slip.gate, slip.is_open, slip.now) == (Gate.PAYMENT, True, at("2026-11-26 08:00"))


def test_what_was_never_assumed_cannot_slip():
    assert slips(UNPAID, {}, now=at("2027-11-26 08:00")) == ()


def test_an_open_gate_is_expected_when_assumed_and_never_in_the_past():
    early, late = at("2026-11-23 10:00"), at("2026-11-26 10:00")

    assert expected_start(UNPAID, BY_TUESDAY_NOON, now=early) == at("2026-11-24 12:00")
    assert expected_start(UNPAID, BY_TUESDAY_NOON, now=late) == late


def test_without_gates_the_clock_is_expected_to_start_now():
    assert expected_start(Gates({}), {}, now=FILES) == FILES


def test_a_gate_that_slips_moves_the_date_and_says_why():
    before = a_promise(at("2026-11-24 12:00"))
    moved = moved_by(before, UNPAID, BY_TUESDAY_NOON, now=at("2026-11-26 08:00"), at=a_promise)

    assert (moved.before.p80, moved.after.p80) == (date(2026, 12, 2), date(2026, 12, 4))
    assert moved.because == (
        "paid was expected by Tue 24 Nov 2026, 12:00 and is missing still: "
        "pay what is due at the order, or agree on terms"
    )


def test_a_gate_that_came_late_says_when_it_came():
    paid_late = Gates({Gate.FILES: FILES, Gate.PAYMENT: at("2026-11-25 09:00")})
    moved = moved_by(a_promise(PAID), paid_late, BY_TUESDAY_NOON, now=at("2026-11-26 08:00"), at=a_promise)

    assert moved.because == "paid was expected by Tue 24 Nov 2026, 12:00 and came on Wed 25 Nov 2026, 09:00"


def test_nothing_moves_while_every_gate_keeps_its_time():
    assert moved_by(a_promise(PAID), ALL, BY_TUESDAY_NOON, now=at("2026-11-26 08:00"), at=a_promise) is None


gate_times = st.dictionaries(
    st.sampled_from(Gate), st.datetimes(at("2026-01-01"), at("2027-12-31")), min_size=1, max_size=4
)


@given(times=gate_times, hours=st.integers(0, 500))
def test_a_gate_that_is_passed_later_never_starts_the_clock_earlier(times, hours):
    later = {gate: moment + timedelta(hours=hours) for gate, moment in times.items()}

    assert Gates(times).clock_start(DAY) <= Gates(later).clock_start(DAY)


@given(times=gate_times)
def test_one_open_gate_is_enough_to_stop_the_clock(times):
    gate = next(iter(times))

    assert Gates({**times, gate: None}).clock_start(DAY) is None


@given(times=gate_times)
def test_the_clock_starts_on_a_working_day_and_not_before_the_last_gate(times):
    start = Gates(times).clock_start(DAY)

    assert DAY.is_working(start)
    assert start >= max(times.values()).date()
