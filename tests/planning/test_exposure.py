"""What the customer has at stake: it rises with orders and work, and is nothing again after the last delivery."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st
from planned_releases import (
    APRIL,
    BARE_BOARDS,
    DAY_ZERO,
    FEBRUARY,
    MARCH,
    MCU,
    a_release,
    month_by_month,
    planned,
    release_lists,
)

from portal.planning.exposure import at_stake, exposure, work_shares
from portal.planning.releases import Bought


def stake(plans, day):
    return at_stake(exposure(plans), day).whole


def test_before_anything_is_ordered_nothing_is_at_stake():
    assert stake(planned(a_release(MARCH, material=[BARE_BOARDS])), DAY_ZERO) == 0


def test_a_part_counts_from_the_day_of_its_order():
    [plan] = planned(a_release(MARCH, material=[MCU]))
    ordered = plan.purchases[0].ordered

    assert stake([plan], ordered - timedelta(days=1)) == 0
    assert stake([plan], ordered) == Decimal("900.00")


def test_work_counts_when_it_is_done_and_all_goes_with_the_delivery():
    [plan] = planned(a_release(MARCH, boards=3000, material=[BARE_BOARDS]))
    evening_before = at_stake(exposure([plan]), plan.p80 - timedelta(days=1))

    assert evening_before.material == Decimal("200.00")
    assert 0 < evening_before.work < Decimal("450.00")
    assert stake([plan], plan.p80) == 0


def test_call_offs_bind_less_money_than_one_delivery():
    at_once = planned(a_release(FEBRUARY, boards=300, material=[MCU, MCU, MCU], work="1350.00"))
    by_month = planned(*(a_release(day, material=[MCU]) for day in (FEBRUARY, MARCH, APRIL)))

    most_at_once, most_by_month = (max(step.whole for step in exposure(plans)) for plans in (at_once, by_month))
    assert most_by_month < most_at_once


def test_a_release_without_a_date_binds_nothing():
    assert exposure(planned(a_release(MARCH, material=[Bought("J4", Decimal(5), None)]))) == ()


def test_the_work_is_shared_by_minutes_to_the_cent():
    [plan] = planned(a_release(MARCH, work="100.00"))
    shares = {task.label: share for task, share in work_shares(plan)}

    # 60 + 160 + 215 + 10 = 445 min
    assert shares["Kitting"] == Decimal("13.48")
    assert shares["Shipping"] == Decimal("2.25")
    assert sum(shares.values()) == Decimal("100.00")


def test_three_months_rise_and_fall_three_times():
    totals = [step.whole for step in exposure(month_by_month())]

    assert sum(after < before for before, after in pairwise(totals)) == 3


@settings(max_examples=40)
@given(releases=release_lists())
def test_nothing_at_stake_is_ever_negative(releases):
    assert all(step.material >= 0 and step.work >= 0 for step in exposure(planned(*releases)))


@settings(max_examples=40)
@given(releases=release_lists())
def test_after_the_last_delivery_nothing_is_at_stake(releases):
    plans = planned(*releases)
    last = max(plan.p80 for plan in plans)

    assert stake(plans, last) == 0
    assert exposure(plans)[-1].day <= last


@settings(max_examples=40)
@given(releases=release_lists(), day=st.dates(date(2026, 11, 1), date(2027, 12, 31)))
def test_never_more_is_at_stake_than_all_releases_cost(releases, day):
    everything = sum(release.work_cost + sum(one.cost for one in release.material) for release in releases)

    assert stake(planned(*releases), day) <= everything


@settings(max_examples=40)
@given(releases=release_lists())
def test_the_steps_are_in_order_of_time_one_a_day(releases):
    days = [step.day for step in exposure(planned(*releases))]

    assert days == sorted(set(days))


@settings(max_examples=40)
@given(releases=release_lists())
def test_what_each_release_binds_adds_up(releases):
    plans = planned(*releases)
    days = [step.day for step in exposure(plans)]

    assert all(stake(plans, day) == sum(stake([plan], day) for plan in plans) for day in days)
