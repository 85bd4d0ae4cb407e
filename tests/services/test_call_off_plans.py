"""A plan of dated call-offs before it is ordered: its rows, its price, its days, what is bound, what is bought when."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from called_off import JANUARY, MARCH, MAY, planned
from dated_prices import BOARD, NOW, cells, the_shop
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.board.design import BomLine
from portal.costing.lines import CostGroup
from portal.errors import BadInput
from portal.planning.releases import Bought, Release, ReleasePlan
from portal.routing.options import BuildOptions
from portal.services.call_off_plans import MOST_BOARDS, Wanted, call_off_plan
from portal.services.releases import Frozen, frozen_releases, plan_of, plan_value, releases_value
from portal.services.snapshot import cell_value

CALENDAR = the_shop().schedule.calendar
TODAY = NOW.date()
DAYS = st.dates(date(2026, 1, 1), date(2030, 12, 31))
CENTS = st.decimals("0.00", "99999.99", places=2)


@st.composite
def kept_plans(draw):
    """Whatever a plan may hold when it is frozen; its dates may be unknown."""
    material = tuple(
        Bought(f"part {number}", draw(CENTS), None, draw(st.booleans())) for number in range(draw(st.integers(0, 3)))
    )
    release = Release("Release 1", draw(st.integers(1, 9999)), draw(DAYS), (), material, draw(CENTS))
    days = [draw(st.none() | DAYS) for _ in range(4)]
    return ReleasePlan(
        release, *days[:3], begins=days[3], unknown=tuple(draw(st.lists(st.text(max_size=9), max_size=2)))
    )


def rows_of(found):
    return [one.sheet.quantity for one in found.releases]


class TestRows:
    def test_one_release_is_a_plan(self):
        assert rows_of(planned((100, MARCH))) == [100]

    def test_one_board_is_a_release(self):
        assert planned((1, MARCH)).boards == 1

    def test_two_releases_may_be_wanted_on_one_day(self):
        assert rows_of(planned((100, MARCH), (150, MARCH))) == [100, 150]

    def test_tomorrow_is_a_day_to_come_and_today_is_not(self):
        assert planned((100, TODAY + timedelta(days=1))).boards == 100
        with pytest.raises(BadInput, match="has passed, or is today"):
            planned((100, TODAY))

    def test_one_day_that_has_passed_refuses_the_plan_and_names_it(self):
        with pytest.raises(BadInput, match="2026-11-20"):
            planned((100, MARCH), (100, date(2026, 11, 20)))

    def test_it_is_the_shops_day_that_counts(self):
        eve = datetime(2027, 1, 24, 23, 59)  # noqa: DTZ001 - the clock on the shop's wall
        found = call_off_plan(BOARD, BuildOptions(), the_shop(), wanted=[Wanted(10, JANUARY)], local_now=eve)
        assert found.releases[0].plan.release.wanted == JANUARY
        with pytest.raises(BadInput):
            call_off_plan(
                BOARD, BuildOptions(), the_shop(), wanted=[Wanted(10, JANUARY)], local_now=eve + timedelta(minutes=1)
            )

    def test_more_boards_than_the_shop_plans_are_refused_with_the_limit(self):
        with pytest.raises(BadInput, match="100,000"):
            planned((MOST_BOARDS, MARCH), (1, MAY))

    def test_releases_that_are_built_in_different_ways_are_no_plan_and_say_what_to_do(self):
        with pytest.raises(BadInput, match="on its own"):
            planned((1, MARCH), (20_000, MAY))

    def test_releases_are_numbered_in_the_order_of_their_days(self):
        names = [(one.name, one.plan.release.wanted) for one in planned((100, MAY), (100, JANUARY)).releases]

        assert names == [("Release 1", JANUARY), ("Release 2", MAY)]


class TestPrice:
    def test_the_whole_is_the_sum_of_the_releases(self):
        found = planned()

        assert found.total == sum(one.sheet.total for one in found.releases) == found.cell.sheet.total

    def test_a_plan_of_one_release_costs_what_an_order_costs(self):
        [cell] = cells(100)

        assert planned((100, MARCH)).total == cell.sheet.total

    def test_to_call_off_is_dearer_than_all_at_once_because_it_is_set_up_each_time(self):
        found = planned((100, JANUARY), (100, MARCH), (100, MAY))

        assert found.total > found.at_once.sheet.total

    def test_the_stencil_is_on_one_sheet_only(self):
        with_stencil = [
            one.name for one in planned().releases if any(line.group is CostGroup.STENCIL for line in one.sheet.lines)
        ]
        assert with_stencil == ["Release 1"]

    def test_two_equal_later_releases_cost_the_same(self):
        _, second, third = planned((100, JANUARY), (100, MARCH), (100, MAY)).releases

        assert second.sheet.total == third.sheet.total

    def test_each_line_of_the_whole_says_of_which_release_it_is(self):
        names = {line.label.partition(":")[0] for line in planned().cell.sheet.lines}

        assert names == {"Release 1", "Release 2", "Release 3"}

    def test_the_routing_of_the_whole_is_of_all_boards(self):
        routing = planned().cell.routing

        assert routing.boards == 400
        assert max(step.units for step in routing.operations) >= 400

    def test_the_day_on_which_it_is_asked_changes_no_price(self):
        later = call_off_plan(
            BOARD, BuildOptions(), the_shop(), wanted=[Wanted(100, MAY)], local_now=NOW + timedelta(days=30)
        )
        assert later.total == planned((100, MAY)).total


class TestDays:
    def test_who_gives_enough_time_gets_every_day(self):
        assert all(one.plan.is_in_time for one in planned().releases)

    def test_who_gives_too_little_gets_an_honest_later_day(self):
        [one] = planned((100, TODAY + timedelta(days=2))).releases

        assert not one.plan.is_in_time
        assert one.plan.p80 > one.plan.release.wanted

    def test_the_promise_of_the_whole_is_that_of_its_last_release(self):
        found = planned()

        assert found.promise.p80 == found.releases[-1].plan.p80

    def test_what_is_late_is_what_everything_waits_for(self):
        found = planned((100, TODAY + timedelta(days=2)), (100, MAY))

        assert found.promise.critical.startswith("Release 1")

    def test_exactly_one_step_of_the_promise_is_critical(self):
        assert [step.is_critical for step in planned().promise.steps].count(True) == 1

    def test_no_release_leaves_on_a_day_off(self):
        sunday = date(2027, 3, 14)

        assert CALENDAR.is_working(planned((100, sunday)).releases[0].plan.p80)
        assert planned((100, sunday)).releases[0].plan.p80 < sunday

    def test_over_the_turn_of_the_year_work_is_planned_on_working_days(self):
        [one] = planned((100, date(2027, 1, 8))).releases

        assert all(CALENDAR.is_working(task.start.date()) for task in one.plan.tasks)

    def test_it_says_when_the_clock_starts(self):
        assert f"{CALENDAR.cut_off:%H:%M}" in planned().clock_starts


class TestBound:
    def test_in_the_end_nothing_is_bound(self):
        assert planned().exposed[-1].whole == 0

    def test_the_peak_is_the_highest_step(self):
        found = planned()

        assert found.peak.whole == max(step.whole for step in found.exposed)

    def test_never_more_is_bound_than_the_plan_costs(self):
        found = planned()

        assert found.peak.whole <= found.total

    def test_parts_are_listed_by_the_last_day_on_which_ordering_is_safe(self):
        days = [purchase.latest for _, purchase in planned().purchases]

        assert days == sorted(days)

    def test_nothing_is_to_be_ordered_before_today(self):
        assert min(purchase.ordered for _, purchase in planned().purchases) >= TODAY

    def test_every_release_buys_its_own_bare_boards(self):
        names = [name for name, purchase in planned().purchases if purchase.bought.name.startswith("Bare boards")]

        assert sorted(names) == ["Release 1", "Release 2", "Release 3"]

    def test_a_part_that_nobody_knows_binds_nothing_and_is_named_once(self):
        unknown = BomLine(row=99, designators=("U99",), mpn="NOBODY-SELLS-THIS")
        found = planned(design=replace(BOARD, bom=(*BOARD.bom, unknown)))

        assert len(found.unknown) == len(set(found.unknown)) == 1
        assert (found.peak, found.exposed) == (None, ())


class TestFrozen:
    def test_a_cell_that_is_one_delivery_has_no_releases(self):
        assert frozen_releases(cell_value(cells(100)[0])) == []

    def test_each_release_is_frozen_with_its_price(self):
        found = planned()
        frozen = frozen_releases({"releases": releases_value(found)})

        assert [one.price for one in frozen] == [one.sheet.total for one in found.releases]
        assert all(isinstance(one, Frozen) for one in frozen)

    def test_no_amount_is_frozen_as_a_float(self):
        values = releases_value(planned())
        amounts = [value["price"] for value in values] + [one["cost"] for value in values for one in value["material"]]

        assert all(Decimal(amount) >= 0 and isinstance(amount, str) for amount in amounts)

    @given(kept_plans())
    def test_whatever_is_frozen_thaws_as_it_was(self, plan):
        assert plan_of(plan_value(plan)) == plan


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.integers(60, 400), st.dates(JANUARY, MAY)), min_size=1, max_size=4))
def test_in_whatever_order_rows_are_typed_the_plan_costs_the_same(rows):
    assert planned(*rows).total == planned(*reversed(rows)).total
