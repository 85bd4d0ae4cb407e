"""Call-offs: each release as late as its date allows, in slots of its own, with its parts ordered in time."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from planned_releases import (
    APRIL,
    BARE_BOARDS,
    DAY_ZERO,
    FEBRUARY,
    MARCH,
    MCU,
    RESISTORS,
    a_release,
    month_by_month,
    planned,
    release_lists,
    working_days_before,
)
from planning_shop import DAY, MONDAY_MORNING, a_shop, booked

from portal.errors import BadInput
from portal.planning.capacity import Rules
from portal.planning.noise import Noise
from portal.planning.plan import plan as plan_of
from portal.planning.releases import Bought, evenly
from portal.planning.schedule import book


def purchase(plan, name):
    return next(one for one in plan.purchases if one.bought.name == name)


def test_a_release_is_built_just_before_it_is_wanted():
    [plan] = planned(a_release(MARCH))

    assert (plan.p50, plan.p80, plan.p95) == (MARCH, MARCH, MARCH)
    assert plan.begins == MARCH  # kitting to shipping takes seven hours


def test_larger_releases_begin_earlier():
    [plan] = planned(a_release(MARCH, boards=3000))

    assert plan.p80 <= MARCH
    assert plan.begins < MARCH - timedelta(days=4)


def test_who_wants_it_sooner_than_its_parts_come_gets_three_honest_dates():
    [plan] = planned(a_release(date(2026, 12, 10)))

    assert plan.p50 < plan.p80 < plan.p95
    assert not plan.is_in_time


LATE = Noise((1.0, 1.0, 1.0, 2.0, 4.0))
NOISY = a_shop(rules=Rules(transfer_units=10, noise=LATE))


def test_a_shop_that_knows_that_work_runs_late_begins_a_release_earlier():
    [quiet], [noisy] = planned(a_release(MARCH)), planned(a_release(MARCH), shop=NOISY)

    assert noisy.begins < quiet.begins
    assert noisy.p50 <= noisy.p80 <= MARCH < noisy.p95  # one in five takes longer, and one in twenty a lot


def test_what_is_ordered_for_a_release_that_begins_earlier_is_ordered_earlier():
    [quiet], [noisy] = planned(a_release(MARCH)), planned(a_release(MARCH), shop=NOISY)

    assert all(early.latest < late.latest for early, late in zip(noisy.purchases, quiet.purchases, strict=True))


@settings(max_examples=15)
@given(drawn=release_lists())
def test_to_be_surer_is_never_earlier_for_a_release_whatever_the_noise(drawn):
    for plan in planned(*drawn, shop=NOISY):
        assert plan.p50 <= plan.p80 <= plan.p95
        assert max(step.end for step in plan.planned).date() <= plan.p80


def test_releases_are_planned_in_the_order_of_their_days_whatever_the_list_says():
    names = [plan.release.name for plan in planned(a_release(APRIL), a_release(FEBRUARY), a_release(MARCH))]

    assert names == ["February", "March", "April"]


def test_two_releases_of_one_day_do_not_share_a_slot():
    plans = planned(a_release(MARCH, boards=400), a_release(MARCH, name="the other", boards=400))

    steps = [step.booked(plan.release.name) for plan in plans for step in plan.planned]
    assert len(book(a_shop(), steps).bookings) == 8


def test_a_release_in_a_full_week_begins_before_it():
    full = booked("line", (960 * 5 * 15, 960 * 5 * 16))  # the week of 8 March
    week_end = date(2027, 3, 12)

    [free], [crowded] = (planned(a_release(week_end), shop=a_shop(bookings=taken)) for taken in ((), full))
    assert crowded.p80 <= week_end
    assert crowded.begins < free.begins


def test_a_part_is_ordered_so_that_the_whole_kit_is_there_in_95_of_100_cases():
    [plan] = planned(a_release(MARCH, material=[MCU]))

    # on its own: 95 of 100 cases within 45 working days, and work begins the next morning
    assert purchase(plan, "U3 STM32F407VGT6").latest == working_days_before(MARCH, 46)


def test_with_more_parts_each_must_be_ordered_earlier():
    [alone] = planned(a_release(MARCH, material=[MCU]))
    [among_three] = planned(a_release(MARCH))

    assert purchase(among_three, MCU.name).latest < purchase(alone, MCU.name).latest


def test_long_lead_parts_are_ordered_first():
    [plan] = planned(a_release(MARCH))
    ordered = {one.bought.name: one.ordered for one in plan.purchases}

    assert ordered[MCU.name] < ordered[BARE_BOARDS.name] < ordered[RESISTORS.name]


def test_a_part_that_should_have_been_ordered_last_month_is_not_safe():
    [plan] = planned(a_release(date(2026, 12, 21)))

    assert not purchase(plan, MCU.name).is_safe
    assert purchase(plan, MCU.name).ordered == DAY_ZERO
    assert purchase(plan, RESISTORS.name).is_safe


def test_a_part_that_nobody_knows_leaves_the_release_open_and_takes_no_slot():
    unknown = Bought("J4 connector", MCU.cost, None)
    plan, later = planned(a_release(MARCH, material=[unknown]), a_release(APRIL))

    assert (plan.p80, plan.planned, plan.unknown) == (None, (), ("J4 connector",))
    assert not plan.is_in_time
    assert later.is_in_time


def test_a_release_of_parts_alone_leaves_with_its_kit():
    [plan] = planned(replace(a_release(MARCH), operations=()))

    assert plan.p80 == MARCH


def test_the_whole_is_cut_evenly_and_nothing_is_lost():
    days = [FEBRUARY, MARCH, APRIL]

    assert evenly(1000, days) == [(333, FEBRUARY), (333, MARCH), (334, APRIL)]


@pytest.mark.parametrize("days", [[], [MARCH] * 4])
def test_more_releases_than_boards_or_none_are_refused(days):
    with pytest.raises(BadInput, match="Name between one and 3 days"):
        evenly(3, days)


@given(boards=st.integers(1, 10_000), count=st.integers(1, 40))
def test_the_releases_add_up_to_the_whole(boards, count):
    days = [DAY_ZERO + timedelta(days=number) for number in range(min(count, boards))]
    sizes = [size for size, _ in evenly(boards, days)]

    assert sum(sizes) == boards
    assert max(sizes) - min(sizes) <= 1


@settings(max_examples=40)
@given(releases=release_lists())
def test_all_releases_fit_beside_each_other(releases):
    plans = planned(*releases)
    steps = [step.booked(f"sensor {plan.release.name}") for plan in plans for step in plan.planned]

    assert len(book(a_shop(), steps).bookings) == len(steps)


@settings(max_examples=40)
@given(releases=release_lists())
def test_to_be_surer_is_never_earlier_for_a_release(releases):
    assert all(plan.p50 <= plan.p80 <= plan.p95 for plan in planned(*releases))


@settings(max_examples=40)
@given(releases=release_lists())
def test_nothing_is_ordered_before_day_zero_nor_after_its_work_begins(releases):
    for plan in planned(*releases):
        assert all(DAY_ZERO <= one.ordered <= plan.begins for one in plan.purchases)


@settings(max_examples=40)
@given(releases=release_lists(), more=st.integers(0, 60))
def test_a_release_wanted_later_is_never_dispatched_earlier(releases, more):
    one = releases[0]
    [plan], [later] = planned(one), planned(replace(one, wanted=one.wanted + timedelta(days=more)))

    assert plan.p80 <= later.p80


@settings(max_examples=40)
@given(releases=release_lists())
def test_a_working_day_later_would_be_too_late(releases):
    one = replace(releases[0], material=())
    [plan] = planned(one)
    next_morning = datetime.combine(DAY.add_days(plan.begins, 1), time())

    if plan.is_in_time:
        late = plan_of(one.operations, a_shop(), kit_ready=next_morning, boards=one.boards)
        assert late[-1].end.date() > one.wanted


def test_month_by_month_every_release_keeps_its_day():
    assert [plan.p80 for plan in month_by_month()] == [FEBRUARY, MARCH, APRIL]
    assert all(plan.planned[0].start > MONDAY_MORNING for plan in month_by_month())
