"""A call-off plan from its quote to its slots, and what it costs to change a release: nothing in silence."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
import sqlalchemy as sa
from booked import desk
from called_off import BECAUSE, JANUARY, MARCH, MAY, agreed, before_work, called_off, planned
from reported import Floor

from portal.errors import BadInput, NotYours, Stale
from portal.models.plans import ReleaseChange, ReleaseState
from portal.models.work import AuditEntry, Job
from portal.production.floor import FloorKind
from portal.services.promises import promise_faults
from portal.services.release_changes import (
    Agreed,
    cancel_release,
    find_release,
    lots_of,
    move_release,
    to_cancel,
    to_move,
)
from portal.services.releases import plan_of, plan_value

APRIL = date(2027, 4, 12)


@pytest.fixture
def order(session, kept, anna, act):
    return called_off(session, kept, anna, act)


@pytest.fixture
def second(order):
    return find_release(order, 2)


def slots(order, number):
    name = f"{order.reference}/{number}"
    return sorted((kept.work_centre, kept.starts, kept.ends) for kept in order.bookings if kept.reference == name)


class TestPlanning:
    def test_the_lines_of_the_releases_are_those_of_the_whole(self):
        found = planned()

        assert found.cell.sheet.total == found.total == sum(one.sheet.total for one in found.releases)
        assert len(found.cell.sheet.lines) == sum(len(one.sheet.lines) for one in found.releases)

    def test_material_and_work_of_a_release_are_its_price(self):
        for one in planned().releases:
            release = one.plan.release
            assert release.work_cost + sum(bought.cost for bought in release.material) == one.sheet.total

    def test_the_stencil_is_paid_and_waited_for_once(self):
        first, *others = planned().releases

        assert any(bought.name == "Stencil" for bought in first.plan.release.material)
        assert not any(bought.name == "Stencil" for one in others for bought in one.plan.release.material)

    def test_call_offs_bind_less_than_everything_at_once(self):
        found = planned()

        assert found.peak.whole < found.peak_at_once.whole

    def test_rows_are_taken_in_the_order_of_their_days(self):
        assert [one.sheet.quantity for one in planned((200, MAY), (100, JANUARY)).releases] == [100, 200]

    @pytest.mark.parametrize("rows", [[(100, date(2026, 11, 23))], [(100, MARCH)] * 13, [(99_999, MARCH), (2, MAY)]])
    def test_a_plan_that_cannot_be_is_refused(self, rows):
        with pytest.raises(BadInput):
            planned(*rows)

    def test_what_was_frozen_is_read_again_as_it_was(self):
        for one in planned().releases:
            assert plan_value(plan_of(plan_value(one.plan))) == plan_value(one.plan)


class TestOrdering:
    def test_each_release_is_kept_with_its_price_its_days_and_its_lots(self, order):
        assert [(one.number, one.boards, one.wanted_on) for one in order.releases] == [
            (1, 100, JANUARY),
            (2, 100, MARCH),
            (3, 200, MAY),
        ]
        assert sum(one.price for one in order.releases) == order.total
        assert [sum(lot.boards for lot in lots_of(one)) for one in order.releases] == [100, 100, 200]

    def test_each_has_slots_of_its_own_that_end_by_its_promise(self, order):
        for one in order.releases:
            assert slots(order, one.number)
            assert max(ends for *_, ends in slots(order, one.number)).date() <= one.promised_on

    def test_a_plan_that_can_no_longer_be_kept_is_not_ordered(self, session, kept, anna, act):
        """Quoted for the first possible day; ordered when its parts can no longer come in time."""
        from portal.services import release_changes

        order = called_off(session, kept, anna, act, (100, JANUARY))
        order.releases[0].promised_on = date(2026, 11, 30)
        with pytest.raises(Stale, match="Please make the plan anew"):
            release_changes.book_releases(session, order, desk())

    def test_another_number_is_not_found(self, order):
        with pytest.raises(NotYours):
            find_release(order, 9)


class TestMoving:
    def test_outside_the_fence_it_costs_nothing(self, second):
        assert to_move(second, desk()) == ()

    def test_it_gets_another_day_and_slots_there(self, session, order, second, act):
        before = slots(order, 2)
        move_release(session, second, APRIL, agreed=agreed(second), desk=desk(), act=act)

        assert (second.wanted_on, second.promised_on) == (APRIL, second.promised_on)
        assert second.promised_on <= APRIL
        assert slots(order, 2)[0][1] > before[0][2]

    def test_its_new_day_is_told_even_where_the_order_as_a_whole_keeps_its_own(self, session, order, second, act):
        was, whole = second.promised_on, order.promised_on
        move_release(session, second, APRIL, agreed=agreed(second), desk=desk(), act=act)
        session.flush()
        session.expire(order, ["promise_changes"])
        [told] = order.promise_changes

        assert (told.release, told.was, told.now, order.promised_on) == (2, was, second.promised_on, whole)
        assert session.scalars(sa.select(Job.key).where(Job.key == f"promise-letter:{told.id}")).one()

    def test_a_promise_of_a_release_that_moved_in_silence_is_found(self, session, order, second, act):
        move_release(session, second, APRIL, agreed=agreed(second), desk=desk(), act=act)
        session.flush()
        session.expire(order, ["promise_changes"])
        told = [f"promise-letter:{change.id}" for change in order.promise_changes]
        assert not list(promise_faults(order, told))

        second.promised_on += timedelta(days=7)
        assert "was told last" in next(promise_faults(order, told))

    def test_the_others_stay_where_they_are(self, session, order, second, act):
        before = slots(order, 1), slots(order, 3)
        move_release(session, second, APRIL, agreed=agreed(second), desk=desk(), act=act)

        assert (slots(order, 1), slots(order, 3)) == before

    def test_inside_the_fence_the_frozen_work_is_owed(self, second):
        owed = to_move(second, desk(before_work(second)))

        assert sum(one.amount for one in owed) > 0
        assert all("no longer free for others" in one.because for one in owed)

    def test_a_price_that_has_changed_since_it_was_shown_changes_nothing(self, session, second, act):
        with pytest.raises(Stale, match="has changed since you saw it"):
            move_release(session, second, APRIL, agreed=Agreed(Decimal("1.00"), BECAUSE), desk=desk(), act=act)
        assert second.wanted_on == MARCH

    @pytest.mark.parametrize("day", [MARCH, date(2026, 11, 23)])
    def test_it_needs_another_day_that_is_to_come(self, session, second, act, day):
        with pytest.raises(BadInput):
            move_release(session, second, day, agreed=agreed(second), desk=desk(), act=act)

    def test_the_order_leaves_with_its_last_release_and_its_customer_is_told(self, session, order, act):
        last = find_release(order, 3)
        move_release(session, last, MAY + timedelta(days=28), agreed=agreed(last), desk=desk(), act=act)

        session.flush()
        session.expire(order, ["promise_changes"])
        assert {(change.release, change.now) for change in order.promise_changes} == {
            (3, last.promised_on),
            (None, order.promised_on),
        }
        assert order.promised_on == last.promised_on
        assert all(BECAUSE in change.because for change in order.promise_changes)

    def test_it_is_kept_for_good_and_audited(self, session, order, second, act):
        move_release(session, second, APRIL, agreed=agreed(second), desk=desk(), act=act)
        entry = session.scalars(sa.select(AuditEntry).where(AuditEntry.action == "release.moved")).one()

        assert (entry.subject, entry.changes["release"], entry.reason) == (order.reference, 2, BECAUSE)
        with pytest.raises(sa.exc.DBAPIError, match="append-only"), session.begin_nested():
            session.execute(sa.delete(ReleaseChange))


class TestCancelling:
    def test_its_slots_and_lots_are_given_back(self, session, order, second, act):
        cancel_release(session, second, agreed=agreed(second, to_cancel), desk=desk(), act=act)

        assert second.state is ReleaseState.CANCELLED
        assert slots(order, 2) == []
        assert sum(lot.boards for lot in order.lots) == 300

    def test_inside_the_fence_material_and_frozen_work_stay_to_be_paid(self, second):
        owed = to_cancel(second, desk(before_work(second)))

        assert Decimal(0) < sum(one.amount for one in owed) <= second.price

    def test_what_is_being_built_is_not_changed(self, session, order, second, act):
        floor = Floor(session, act)
        floor.release(order)
        [lot, *_] = lots_of(second)
        floor._report(lot, 0, FloorKind.STARTED, desk(1).local_now)

        for what in (to_move, to_cancel):
            with pytest.raises(BadInput, match="is being built"):
                what(second, desk(2))

    def test_it_is_cancelled_once(self, session, second, act):
        cancel_release(session, second, agreed=agreed(second, to_cancel), desk=desk(), act=act)

        with pytest.raises(BadInput, match="cancelled already"):
            to_cancel(second, desk())

    def test_the_last_one_that_is_left_is_not_cancelled_alone(self, session, order, act):
        first, second, third = order.releases
        for one in (first, second):
            cancel_release(session, one, agreed=agreed(one, to_cancel), desk=desk(), act=act)

        with pytest.raises(BadInput, match="only release"):
            cancel_release(session, third, agreed=agreed(third, to_cancel), desk=desk(), act=act)


def test_the_floor_is_followed_release_by_release(session, order, act):
    """The first is late; the others have months and do not move."""
    floor = Floor(session, act)
    floor.release(order)
    before = slots(order, 2), slots(order, 3)
    floor.settled(desk((JANUARY - date(2026, 11, 23)).days + 1).local_now)

    [change] = order.promise_changes
    assert (change.release, change.was, change.now) == (1, JANUARY, order.releases[0].promised_on)
    assert slots(order, 1)[0][1].date() > JANUARY
    assert (slots(order, 2), slots(order, 3)) == before
