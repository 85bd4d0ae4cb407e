"""Reports move slots, slots move promises, and every promise that moves is told."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
import sqlalchemy as sa
from booked import Customer
from dated_prices import the_shop
from reported import ZONE, Floor, slots

from portal.errors import BadInput
from portal.models.bookings import ScheduleVersion
from portal.models.plans import PromiseChange
from portal.models.work import AuditEntry, Job
from portal.planning.days import day_in_words
from portal.services.actuals import Work, move_promise, with_slots
from portal.services.orders import open_hold

BECAUSE = "the maker of U3 delivers a week later"


@pytest.fixture
def floor(session, act):
    return Floor(session, act)


@pytest.fixture
def anna_buys(session, kept, anna, act):
    return Customer(session, kept, anna, act)


@pytest.fixture
def order(anna_buys, floor):
    """Ten boards, released."""
    return floor.release(anna_buys.orders(anna_buys.asks(10), agreed=date.max))


def first_begins(order) -> datetime:
    return min(kept.starts for kept in order.bookings)


def last_ends(order) -> datetime:
    return max(kept.ends for kept in order.bookings)


def weeks_later(order, weeks=4) -> datetime:
    """In the middle of a working day, when all of it should have left."""
    return datetime.combine(order.promised_on + timedelta(weeks=weeks), datetime.min.time()).replace(hour=10)


class TestMoving:
    def test_old_day_new_day_and_reason_are_kept(self, session, order, act):
        was, new = order.promised_on, order.promised_on + timedelta(days=7)
        move_promise(session, order, new, because=BECAUSE, act=act)

        [change] = order.promise_changes
        assert (change.was, change.now, change.because, change.by) == (was, new, BECAUSE, "anna@example.com")
        assert order.promised_on == new

    def test_it_is_audited_and_a_letter_is_asked_for(self, session, order, act):
        change = move_promise(session, order, order.promised_on + timedelta(days=7), because=BECAUSE, act=act)

        entry = session.scalars(sa.select(AuditEntry).order_by(AuditEntry.number.desc())).first()
        assert (entry.action, entry.subject, entry.reason) == ("promise.moved", order.reference, BECAUSE)
        assert session.scalars(sa.select(Job).where(Job.key == f"promise-letter:{change.id}")).one()

    @pytest.mark.parametrize(("days", "because"), [(7, " "), (0, BECAUSE)])
    def test_it_needs_a_reason_and_another_day(self, session, order, act, days, because):
        with pytest.raises(BadInput):
            move_promise(session, order, order.promised_on + timedelta(days=days), because=because, act=act)
        assert order.promise_changes == []

    def test_the_database_refuses_to_change_what_was_told(self, session, order, act):
        move_promise(session, order, order.promised_on + timedelta(days=7), because=BECAUSE, act=act)

        with pytest.raises(sa.exc.DBAPIError, match="append-only"), session.begin_nested():
            session.execute(sa.update(PromiseChange).values(because="nothing"))


class TestFollowing:
    def test_an_order_that_runs_as_planned_stays_as_it_is(self, floor, order):
        before = slots(order)

        assert floor.settled(first_begins(order) - timedelta(hours=1)) == ()
        assert slots(order) == before

    def test_what_nobody_has_begun_in_time_moves_its_order(self, floor, order):
        was, later = order.promised_on, weeks_later(order)
        [change] = floor.settled(later)

        assert change.was == was
        assert change.now == order.promised_on >= later.date()
        assert first_begins(order) >= later

    def test_the_reason_names_what_did_not_begin_and_its_days(self, floor, order):
        begins = first_begins(order)
        [change] = floor.settled(weeks_later(order))

        assert change.because.startswith(f"Kitting was planned for {begins:%a} {begins.day} {begins:%b %Y}")

    def test_a_delay_that_the_gaps_take_up_moves_no_promise(self, floor, order):
        floor.settled(first_begins(order) + timedelta(minutes=20))

        assert order.promise_changes == []
        assert last_ends(order).date() <= order.promised_on

    def test_asking_again_at_once_moves_nothing_more(self, floor, order):
        later = weeks_later(order)
        floor.settled(later)
        before = slots(order)

        assert floor.settled(later) == ()
        assert slots(order) == before

    def test_what_is_done_is_not_late_by_the_clock(self, floor, order):
        floor.runs(order, 0, first_begins(order), first_begins(order) + timedelta(minutes=30))
        kitting = min(order.bookings, key=lambda kept: kept.starts)
        floor.settled(weeks_later(order))

        assert kitting.starts < min(kept.starts for kept in order.bookings if kept is not kitting)
        assert "Kitting" not in order.promise_changes[0].because

    def test_what_is_done_early_frees_the_rest_of_its_slot(self, floor, order):
        kitting = min(order.bookings, key=lambda kept: kept.starts)
        ends = kitting.ends
        floor.runs(order, 0, kitting.starts, kitting.starts + timedelta(minutes=5))
        floor.settled(kitting.starts + timedelta(minutes=6))

        assert kitting.ends < ends

    def test_what_runs_and_was_not_finished_in_time_takes_longer(self, floor, order):
        floor.begins(order, 0, first_begins(order))
        [change] = floor.settled(weeks_later(order))

        assert change.because.startswith("Kitting takes longer than planned")

    def test_what_nobody_has_begun_by_its_hour_is_named_with_the_day_it_was_planned_for(self, floor, order):
        begins = first_begins(order)
        [change] = floor.settled(weeks_later(order))

        assert change.because.startswith(
            f"Kitting was planned for {day_in_words(begins.date())} and has not begun: it ends"
        )

    @pytest.mark.parametrize(("minutes", "said"), [(5, "later that day than planned"), (960, "not ")])
    def test_what_is_pushed_by_others_says_that_it_waits_for_them(self, order, minutes, said):
        _, there = with_slots(the_shop().schedule, order.bookings)
        kitting = there[f"{min(order.bookings, key=lambda kept: kept.starts).id}"]
        moved = {kitting: replace(kitting, start=kitting.start + minutes, end=kitting.end + minutes)}
        work = Work(order, the_shop().schedule, ZONE)

        because = work.cause(there, {}, moved, now=first_begins(order) - timedelta(days=9))
        assert because.startswith("Kitting waits for other work that is late: it ends ")
        assert said in because

    def test_while_it_is_on_hold_nothing_of_it_is_late(self, session, floor, order, act):
        open_hold(session, order, about="U3 is missing", who_must_act="customer", act=act)
        before = slots(order)

        assert floor.settled(weeks_later(order)) == ()
        assert slots(order) == before

    def test_two_late_orders_do_not_take_the_same_place(self, floor, order, anna_buys):
        other = floor.release(anna_buys.orders(anna_buys.asks(10), agreed=date.max))
        floor.settled(weeks_later(other))

        own = [(kept.work_centre, kept.unit, kept.starts, kept.ends) for kept in (*order.bookings, *other.bookings)]
        for centre, unit, starts, ends in own:
            inside = [one for one in own if one[:2] == (centre, unit) and one[2] < ends and starts < one[3]]
            assert len(inside) <= 1  # a second kit of the same board needs no time of its own

    def test_an_operation_is_never_before_the_one_that_it_waits_for(self, floor, order):
        floor.settled(weeks_later(order))
        kitting, *others = sorted(order.bookings, key=lambda kept: kept.starts)

        assert kitting.work_centre == "kitting"
        assert all(kept.starts >= kitting.ends for kept in others)

    def test_whoever_books_meanwhile_has_to_plan_again(self, session, floor, order):
        before = session.scalars(sa.select(ScheduleVersion.version)).one()
        floor.settled(weeks_later(order))

        assert session.scalars(sa.select(ScheduleVersion.version)).one() != before
