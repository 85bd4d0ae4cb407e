"""What must not change a promise for the worse, and what must not change it for the better."""

import random
from dataclasses import replace
from datetime import date, timedelta
from statistics import quantiles

import pytest
from hypothesis import given
from hypothesis import strategies as st
from planning_shop import DAY, LINE, MONDAY_MORNING, ROUTING, a_shop, an_operation, supply_lists

from portal.planning.capacity import Rules, WorkCentre
from portal.planning.kit import Wait, _bisect
from portal.planning.plan import Asked
from portal.planning.promising import promise
from portal.planning.schedule import Schedule
from portal.routing.options import Speed

counts = st.integers(1, 3000)


def p80(supplies, shop, operations=ROUTING):
    return promise(Asked(operations, 100, shop), supplies, ordered_at=MONDAY_MORNING, speed=Speed.STANDARD).p80


def built(boards):
    """The same routing for more or fewer boards."""
    return [replace(operation, units=boards if operation.units > 1 else 1) for operation in ROUTING]


@given(supplies=supply_lists, boards=counts, more=st.integers(0, 500))
def test_more_boards_are_never_ready_earlier(supplies, boards, more):
    assert p80(supplies, a_shop(), built(boards)) <= p80(supplies, a_shop(), built(boards + more))


@given(supplies=supply_lists, boards=counts, index=st.integers(0, 4))
def test_one_more_operation_is_never_a_day_saved(supplies, boards, index):
    operations = built(boards)
    longer = [*operations[:index], an_operation("aoi", "bench", units=boards), *operations[index:]]

    assert p80(supplies, a_shop(), operations) <= p80(supplies, a_shop(), longer)


@given(supplies=supply_lists, boards=counts, day=st.dates(date(2026, 11, 23), date(2027, 3, 1)))
def test_one_more_holiday_never_makes_a_promise_earlier(supplies, boards, day):
    def closed(calendar):
        return replace(calendar, holidays=calendar.holidays | {day})

    centres = (WorkCentre(c.name, c.units, closed(c.calendar)) for c in a_shop().centres)
    shorter = replace(a_shop(), calendar=closed(DAY), centres=tuple(centres))

    assert p80(supplies, a_shop(), built(boards)) <= p80(supplies, shorter, built(boards))


@given(supplies=supply_lists, boards=counts)
def test_a_second_shift_never_makes_a_promise_later(supplies, boards):
    centres = (WorkCentre(c.name, c.units, LINE) for c in a_shop().centres)
    longer = replace(a_shop(), centres=tuple(centres))

    assert p80(supplies, longer, built(boards)) <= p80(supplies, a_shop(), built(boards))


@given(supplies=supply_lists, boards=counts, carrier=st.integers(1, 100), more=st.integers(1, 200))
def test_smaller_carriers_never_make_a_promise_later(supplies, boards, carrier, more):
    small, large = (a_shop(rules=Rules(transfer_units=units)) for units in (carrier, carrier + more))

    assert p80(supplies, small, built(boards)) <= p80(supplies, large, built(boards))


@given(supplies=supply_lists, fence=st.integers(0, 30))
def test_an_express_order_is_never_later_than_a_standard_one(supplies, fence):
    shop = a_shop(rules=Rules(fence_days={Speed.STANDARD: fence}))
    express = promise(Asked(ROUTING, 100, shop), supplies, ordered_at=MONDAY_MORNING, speed=Speed.EXPRESS)

    assert express.p80 <= p80(supplies, shop)


@given(supplies=supply_lists)
def test_no_step_ends_before_it_starts_or_before_the_order(supplies):
    given_steps = promise(
        Asked(ROUTING, 100, a_shop()), supplies, ordered_at=MONDAY_MORNING, speed=Speed.STANDARD
    ).steps

    assert all(MONDAY_MORNING.date() <= step.start <= step.end for step in given_steps)


@given(supplies=supply_lists)
def test_the_order_in_which_supplies_are_listed_does_not_matter(supplies):
    assert p80(supplies, a_shop()) == p80(supplies[::-1], a_shop())


@given(supplies=supply_lists, weeks=st.integers(1, 40))
def test_a_shop_without_holidays_is_the_same_every_week(supplies, weeks):
    week = timedelta(weeks=weeks)
    calendar = replace(DAY, holidays=frozenset())
    shop = Schedule(calendar, tuple(WorkCentre(c.name, c.units, calendar) for c in a_shop().centres))
    later = promise(Asked(ROUTING, 100, shop), supplies, ordered_at=MONDAY_MORNING + week, speed=Speed.STANDARD)

    assert p80(supplies, shop) + week == later.p80


@pytest.mark.parametrize("lines", [1, 5, 40])
def test_the_kit_agrees_with_twenty_thousand_drawn_kits(lines):
    chance, wait = random.Random(1), Wait(1, 3, 6)  # noqa: S311 (a drawn kit keeps no secret)
    draws = [max(wait.days_at(chance.uniform(1e-9, 1 - 1e-9)) for _ in range(lines)) for _ in range(20_000 // lines)]
    twentieths = quantiles(draws, n=20)

    for percent in (50, 80, 95):
        assert _bisect([wait] * lines, percent / 100) == pytest.approx(twentieths[percent // 5 - 1], rel=0.05)
