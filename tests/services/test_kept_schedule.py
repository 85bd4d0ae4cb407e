"""The schedule that the database keeps: exactly as it was planned, and again as it was after a date is given back."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from booked import Customer, cell_of, desk, every_slot
from dated_prices import NOW, the_shop
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.gateways.files import MemoryFiles
from portal.models.bookings import ScheduleVersion, SlotBooking
from portal.planning.schedule import Schedule
from portal.services import planning
from portal.services.invariants import check_invariants
from portal.services.schedules import loaded
from portal.services.slots import slots_of


@pytest.fixture
def anna_buys(session, kept, anna, act):
    return Customer(session, kept, anna, act)


@pytest.fixture
def order(anna_buys):
    """An accepted order over so many boards, with its slots booked, whatever its day came to be."""

    def accepted(boards=1000):
        return anna_buys.orders(anna_buys.asks(boards), agreed=date.max)

    return accepted


def schedule(session, days=0) -> Schedule:
    return loaded(session, the_shop(), NOW + timedelta(days=days)).schedule


REELS = frozenset({"RC0603-10K", "STM32F407"})


def with_reels(snapshot):
    """As a routing names what is on the line's feeders."""
    for operation in snapshot["cells"][0]["routing"]["operations"]:
        operation["reels"] = sorted(REELS) if operation["kind"] == "place" else []
    return snapshot


class TestTheDatabaseKeepsIt:
    def test_every_slot_comes_back_exactly_as_it_was_planned(self, session, anna_buys, order):
        order(20_000)
        quote = anna_buys.asks(100, change=with_reels)
        planned = slots_of(quote, cell_of(quote), schedule(session), local_at=NOW)
        held = anna_buys.orders(quote)

        back = [slot for slot in schedule(session).bookings if slot.reference == held.reference]
        assert back == sorted(
            (replace(slot, reference=held.reference) for slot in planned.bookings), key=lambda slot: slot.order
        )
        assert {slot.load.reels for slot in back if slot.load and "top" in slot.load.product} == {REELS}

    def test_each_change_is_another_version_and_looking_is_none(self, session, order):
        versions = [session.scalars(sa.select(ScheduleVersion.version)).one()]
        for change in (lambda: order(10), lambda: schedule(session), lambda: order(10)):
            change()
            versions.append(session.scalars(sa.select(ScheduleVersion.version)).one())

        assert len(set(versions)) == 3
        assert versions[1] == versions[2]

    def test_a_slot_of_before_this_was_known_stays_where_it_is(self, session, order):
        held = order(100)
        session.execute(sa.update(SlotBooking).values(unit=None, minutes=None, set_up=0, product=None, reels=None))
        session.execute(sa.update(ScheduleVersion).values(version=4711))

        spans = {(slot.work_centre, slot.starts, slot.ends) for slot in held.bookings}
        calendar = {centre.name: centre.calendar for centre in the_shop().schedule.centres}
        assert spans == {
            (b.centre, calendar[b.centre].begins(b.start), calendar[b.centre].ends(b.end))
            for b in schedule(session).bookings
        }

    def test_a_holiday_that_is_added_shortens_no_work(self, session, order):
        held = order(20_000)
        week = frozenset(NOW.date() + timedelta(days=days) for days in range(60) if days % 2)
        closed = [replace(c, calendar=replace(c.calendar, holidays=week)) for c in the_shop().schedule.centres]
        shop = replace(the_shop(), schedule=replace(the_shop().schedule, centres=tuple(closed)))

        minutes = sum(b.end - b.start for b in loaded(session, shop, NOW).schedule.timetable.bookings())
        assert minutes == sum(slot.minutes for slot in held.bookings)


class TestWhatIsChecked:
    @pytest.fixture
    def busy(self, anna_buys, order):
        """Two orders and a held date."""
        order(1000)
        order(3000)
        return anna_buys.holds(anna_buys.asks(400))

    def faults(self, session):
        session.flush()
        session.expire_all()
        return {each.name: each.faults for each in check_invariants(session, MemoryFiles(), desk().at) if each.faults}

    def test_a_sound_schedule_has_no_fault(self, session, busy):
        checked = {each.name: each for each in check_invariants(session, MemoryFiles(), desk().at)}

        assert checked["No place is booked twice"].looked_at > len(busy.bookings)
        assert checked["No place is booked twice"].faults == checked["Dates are held for open quotes"].faults == ()

    def test_a_place_that_is_booked_twice_is_found(self, session, busy):
        kit = next(slot for slot in busy.bookings if slot.work_centre == "kitting")
        same = {"unit": 0, "starts": kit.starts, "ends": kit.ends}
        session.execute(sa.update(SlotBooking).where(SlotBooking.work_centre == "kitting").values(**same))

        assert self.faults(session)["No place is booked twice"][0].startswith("kitting 0 is booked for")

    def test_a_held_date_without_slots_is_found(self, session, busy):
        session.execute(sa.delete(SlotBooking).where(SlotBooking.held_date_id == busy.id))

        assert "has no slots of its own" in self.faults(session)["Dates are held for open quotes"][0]


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    boards=st.lists(st.sampled_from([1, 10, 100, 400, 1000, 3000]), min_size=1, max_size=4),
    more=st.sampled_from([1, 50, 600, 5000]),
    days=st.integers(1, 5),
)
def test_to_book_and_to_give_back_restores_every_byte(session, anna_buys, act, boards, more, days):
    for count in boards:
        anna_buys.orders(anna_buys.asks(count), agreed=date.max)
    quote, before, was = anna_buys.asks(more), every_slot(session), schedule(session)
    planning.release(session, anna_buys.holds(quote, days=days), desk(), act)
    planning.cancel_slots(session, anna_buys.orders(quote, agreed=date.max), desk(), act)

    assert every_slot(session) == before
    assert schedule(session) == was
