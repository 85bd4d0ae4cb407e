"""Changing a release: free outside the fence but for long-lead parts, priced inside it, refused once it is gone."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from planned_releases import BARE_BOARDS, DAY_ZERO, MARCH, MCU, RESISTORS, a_release, planned, release_lists
from planning_shop import DAY

from portal.errors import BadInput
from portal.planning.fence import Fence, total
from portal.planning.releases import Bought

FENCE = Fence(DAY, days=5)
[PLAN] = planned(a_release(MARCH))  # Monday, 15 March 2027; begun the same morning
[WITHOUT_MCU] = planned(a_release(MARCH, material=[BARE_BOARDS, RESISTORS]))
WEEK_BEFORE = date(2027, 3, 8)


def labels(owed):
    return [one.label for one in owed]


def test_the_fence_begins_five_working_days_before_the_work():
    assert FENCE.begins(PLAN) == WEEK_BEFORE
    assert FENCE.is_frozen(PLAN, WEEK_BEFORE)
    assert not FENCE.is_frozen(PLAN, date(2027, 3, 7))


def test_before_anything_is_bought_cancelling_is_free():
    assert FENCE.to_cancel(WITHOUT_MCU, DAY_ZERO) == ()


def test_outside_the_fence_only_the_long_lead_part_is_paid():
    [owed] = FENCE.to_cancel(PLAN, date(2027, 2, 26))

    assert (owed.label, owed.amount) == (MCU.name, Decimal("900.00"))
    assert owed.because.startswith("ordered on 2026-12")
    assert owed.because.endswith("it is not taken back")


def test_inside_the_fence_everything_bought_and_all_frozen_work_is_paid():
    owed = FENCE.to_cancel(PLAN, WEEK_BEFORE)

    assert labels(owed)[:3] == ["Bare boards", "Resistors", MCU.name]
    assert labels(owed)[3:] == ["Kitting", "Placement", "Through-hole", "Shipping"]
    assert total(owed) == Decimal("1580.00")  # 200 + 30 + 900 + 450


def test_work_that_begins_behind_the_fence_is_free_even_when_the_release_is_frozen():
    [plan] = planned(a_release(MARCH, boards=6000))
    owed = FENCE.to_cancel(plan, FENCE.begins(plan))

    assert "Kitting" in labels(owed)
    assert "Shipping" not in labels(owed)


def test_work_that_is_begun_is_told_apart_from_work_that_is_reserved():
    reserved, begun = (FENCE.to_move(PLAN, day)[0].because for day in (WEEK_BEFORE, MARCH))

    assert reserved == "planned for 2027-03-15: no longer free for others"
    assert begun == "planned for 2027-03-15: begun"


def test_to_move_a_release_outside_the_fence_is_free():
    assert FENCE.to_move(PLAN, date(2027, 3, 5)) == ()


def test_to_move_a_release_inside_the_fence_costs_its_work_and_keeps_its_parts():
    assert total(FENCE.to_move(PLAN, WEEK_BEFORE)) == Decimal("450.00")


def test_half_of_the_boards_cost_half_of_it():
    # half of 1,580.00, each line rounded half up
    assert total(FENCE.to_build(PLAN, boards=50, today=WEEK_BEFORE)) == Decimal("790.01")


def test_to_build_all_of_them_costs_nothing():
    assert FENCE.to_build(PLAN, boards=100, today=WEEK_BEFORE) == ()


@pytest.mark.parametrize("boards", [-1, 101])
def test_more_boards_than_called_off_are_a_release_of_their_own(boards):
    with pytest.raises(BadInput, match="add a release"):
        FENCE.to_build(PLAN, boards=boards, today=DAY_ZERO)


def test_what_has_left_the_house_is_not_cancelled():
    with pytest.raises(BadInput, match="has been dispatched on 2027-03-15"):
        FENCE.to_cancel(PLAN, date(2027, 3, 16))


def test_a_release_without_a_date_has_no_fence_and_costs_nothing():
    [undated] = planned(a_release(MARCH, material=[Bought("J4", Decimal(5), None)]))

    assert FENCE.begins(undated) is None
    assert FENCE.to_cancel(undated, MARCH + timedelta(days=1)) == ()


on_days = st.integers(0, 250).map(lambda days: DAY_ZERO + timedelta(days=days))


@settings(max_examples=40)
@given(releases=release_lists(), today=on_days)
def test_outside_the_fence_cancelling_costs_the_bought_long_lead_parts_and_nothing_else(releases, today):
    for plan in planned(*releases):
        if not FENCE.is_frozen(plan, today):
            bought = [one for one in plan.purchases if one.ordered <= today and one.bought.is_long_lead]
            assert total(FENCE.to_cancel(plan, today)) == sum(one.bought.cost for one in bought)


@settings(max_examples=40)
@given(releases=release_lists(), today=on_days, later=st.integers(1, 60))
def test_waiting_never_makes_cancelling_cheaper(releases, today, later):
    [plan] = planned(releases[0])
    then = min(today + timedelta(days=later), plan.p80)

    assert total(FENCE.to_cancel(plan, min(today, plan.p80))) <= total(FENCE.to_cancel(plan, then))


@settings(max_examples=40)
@given(releases=release_lists(), today=on_days)
def test_cancelling_never_costs_more_than_the_release(releases, today):
    [plan] = planned(releases[0])
    whole = plan.release.work_cost + sum(one.cost for one in plan.release.material)

    assert total(FENCE.to_cancel(plan, min(today, plan.p80))) <= whole


@settings(max_examples=40)
@given(releases=release_lists(), today=on_days, days=st.integers(0, 20))
def test_a_longer_fence_never_makes_a_change_cheaper(releases, today, days):
    [plan] = planned(releases[0])
    longer = replace(FENCE, days=FENCE.days + days)

    assert total(FENCE.to_move(plan, min(today, plan.p80))) <= total(longer.to_move(plan, min(today, plan.p80)))
