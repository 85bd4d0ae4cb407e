"""A release from its plan to its score: what it binds, how it is built, and laws that hold for any plan."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from booked import THANKS, desk
from called_off import JANUARY, MARCH, MAY, agreed, called_off, planned
from dated_prices import BOARD, NOW, the_shop
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reported import ZONE, Floor

from portal.board.design import BomLine
from portal.costing.lines import CostGroup, CostLine
from portal.errors import BadInput
from portal.planning.exposure import at_stake
from portal.production.floor import FloorKind
from portal.routing.options import BuildOptions
from portal.services import quotes
from portal.services.actuals import settle
from portal.services.call_off_plans import MOST_RELEASES, call_off_plan
from portal.services.orders import Acceptance, accept_quote
from portal.services.release_changes import book_releases, cancel_release, frozen_from, lots_of, move_release, to_cancel
from portal.services.releases import release_faults, releases_value
from portal.services.scoring import score
from portal.services.snapshot import cell_value, sheet_of, with_date, with_line

DAYS = st.dates(NOW.date() + timedelta(days=60), NOW.date() + timedelta(days=400))
ROWS = st.lists(st.tuples(st.integers(60, 400), DAYS), min_size=1, max_size=5)


@pytest.fixture
def order(session, kept, anna, act):
    return called_off(session, kept, anna, act)


@pytest.fixture
def floor(session, act):
    return Floor(session, act)


class TestAnyPlan:
    @settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(ROWS)
    def test_it_adds_up_to_the_cent_and_binds_nothing_in_the_end(self, rows):
        found = planned(*rows)

        assert found.boards == sum(boards for boards, _ in rows)
        assert found.total == sum(line.amount for one in found.releases for line in one.sheet.lines)
        assert found.exposed[-1].whole == 0

    @settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(ROWS)
    def test_its_dates_rise_and_its_work_begins_before_it_leaves(self, rows):
        for one in planned(*rows).releases:
            assert one.plan.p50 <= one.plan.p80 <= one.plan.p95
            assert one.plan.begins <= one.plan.p80

    @settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(ROWS)
    def test_what_is_frozen_prices_the_same_again(self, rows):
        cell = cell_value(planned(*rows).cell)

        assert str(sheet_of(cell).total) == cell["total"]


class TestExposure:
    def test_between_two_releases_far_apart_nothing_is_bound(self):
        found = planned((100, JANUARY), (100, MAY))
        first = found.releases[0].plan

        assert at_stake(found.exposed, first.p80 + timedelta(days=7)).whole == 0

    def test_before_it_leaves_all_its_material_and_most_of_its_work_is_bound(self):
        [one] = planned((1000, MARCH)).releases
        found = planned((1000, MARCH))
        before = at_stake(found.exposed, one.plan.p80 - timedelta(days=1))

        assert before.material == sum(bought.cost for bought in one.plan.release.material)

    def test_the_boards_cost_what_their_lines_say(self):
        for one in planned().releases:
            boards = next(bought for bought in one.plan.release.material if bought.name.startswith("Bare boards"))
            lines = [line for line in one.sheet.lines if line.group is CostGroup.BOARDS]
            assert boards.cost == sum(line.amount for line in lines)

    def test_a_part_that_nobody_sells_leaves_the_dates_open_and_is_named(self):
        unknown = BomLine(row=99, designators=("U99",), mpn="NOBODY-SELLS-THIS")
        found = planned((100, MARCH), design=replace(BOARD, bom=(*BOARD.bom, unknown)))

        assert found.promise.p80 is None
        assert any("NOBODY-SELLS-THIS" in name for name in found.unknown)


class TestLimits:
    def test_twelve_releases_are_a_plan(self):
        rows = [(60, JANUARY + timedelta(days=21 * number)) for number in range(MOST_RELEASES)]

        assert len(planned(*rows).releases) == MOST_RELEASES

    def test_no_release_is_no_plan(self):
        with pytest.raises(BadInput, match="1 to 12"):
            call_off_plan(BOARD, BuildOptions(), the_shop(), wanted=[], local_now=NOW)


class TestBuilding:
    def test_lots_belong_to_one_release_each(self, order):
        numbers = [lot.number for one in order.releases for lot in lots_of(one)]

        assert sorted(numbers) == [lot.number for lot in order.lots]

    def test_a_release_that_is_built_does_not_make_the_others_late(self, floor, order):
        """Its lots are through; the slots of the others stay months ahead."""
        floor.release(order)
        before = {kept.id: kept.starts for kept in order.bookings if not kept.reference.endswith("/1")}
        for lot in lots_of(order.releases[0]):
            for operation in range(len(lot.operations)):
                floor._report(lot, operation, FloorKind.STARTED, NOW)
                floor._report(lot, operation, FloorKind.FINISHED, NOW, good=lot.boards)
        floor.settled(desk(1).local_now)

        assert {kept.id: kept.starts for kept in order.bookings if not kept.reference.endswith("/1")} == before

    def test_the_order_is_scored_when_its_last_release_has_left(self, session, floor, order):
        floor.release(order)
        calendar = the_shop().schedule.calendar
        floor.ships(order, desk(2).local_now)
        kept = score(session, order, calendar, zone=ZONE, act=floor.act)

        assert kept.p80 == max(one.promised_on for one in order.releases)
        assert kept.critical_kind == "call-off plan"


class TestFence:
    def test_the_last_free_day_and_the_first_that_costs(self, order):
        second = order.releases[1]
        frozen = frozen_from(second, desk())
        days = (frozen - NOW.date()).days

        before, after = (to_cancel(second, desk(day)) for day in (days - 1, days))
        assert {one.label.partition(",")[0] for one in before} <= {"Bare boards"}  # nobody takes those back
        assert sum(one.amount for one in after) > sum(one.amount for one in before)

    def test_what_is_owed_grows_towards_the_day_and_never_beyond_the_price(self, order):
        second = order.releases[1]
        last = (date.fromisoformat(second.plan["p80"]) - NOW.date()).days
        owed = [sum((one.amount for one in to_cancel(second, desk(day))), Decimal(0)) for day in range(0, last, 3)]

        assert owed == sorted(owed)
        assert owed[-1] <= second.price

    def test_after_a_move_it_is_free_again_until_its_new_fence(self, session, order, act):
        second = order.releases[1]
        inside = (frozen_from(second, desk()) - NOW.date()).days
        move_release(session, second, MAY, agreed=agreed(second, days=inside), desk=desk(inside), act=act)

        assert sum(one.amount for one in to_cancel(second, desk(inside))) == 0


class TestEnteredBySales:
    """A plan with a part that nobody sells: sales gave it a price and a day."""

    @pytest.fixture
    def entered(self, session, kept, anna, act):
        unknown = BomLine(row=99, designators=("U99",), mpn="NOBODY-SELLS-THIS")
        found = planned((100, MARCH), (100, MAY), design=replace(BOARD, bom=(*BOARD.bom, unknown)))
        offered = quotes.Offered(BuildOptions(), (found.cell,), "EUR", {}, releases=releases_value(found))
        quote = quotes.keep_as_quote(session, kept, offered, user=anna, act=act)
        snapshot, line = (
            quotes.content(quote.current),
            CostLine(CostGroup.PARTS, "U99", Decimal(1), "lot", Decimal(50), ""),
        )
        for name in [one["name"] for one in snapshot["cells"][0]["unpriced"]]:
            snapshot = with_line(snapshot, line, cells=[0], settles=name)
        snapshot = with_date(snapshot, MAY, cells=[0], because="the distributor's date")
        quotes.revise_quote(session, quote, snapshot, act.because("asked the distributor"))
        quotes.make_firm(session, quote, act, today=act.at.date())
        acceptance = Acceptance(cell=0, sha256=quote.current.sha256, customer_po="PO 1")
        return accept_quote(
            session,
            quote,
            acceptance,
            act=act,
            letter=lambda _: THANKS,
            book=lambda order: book_releases(session, order, desk()),
        )

    def test_it_is_ordered_for_the_day_of_sales_and_books_nothing(self, entered):
        assert {one.promised_on for one in entered.releases} == {MAY}
        assert entered.bookings == []
        assert list(release_faults(entered)) == []

    def test_its_releases_are_not_moved_without_talking(self, session, entered, act):
        first = entered.releases[0]

        with pytest.raises(BadInput, match="Talk to us"):
            move_release(session, first, MARCH + timedelta(days=14), agreed=agreed(first), desk=desk(), act=act)


def test_what_was_cancelled_leaves_room_for_others(session, order, act):
    """Its slots are in nobody's way any more."""
    second = order.releases[1]
    taken = {(kept.work_centre, kept.starts) for kept in order.bookings if kept.reference.endswith("/2")}
    cancel_release(session, second, agreed=agreed(second, to_cancel), desk=desk(), act=act)

    assert taken
    assert not taken & {(kept.work_centre, kept.starts) for kept in order.bookings}


def test_following_a_plan_that_nobody_is_late_with_tells_nothing(session, floor, order):
    floor.release(order)

    assert settle(session, the_shop().schedule, [order], zone=ZONE, act=floor.at(desk(3).local_now)) == ()
