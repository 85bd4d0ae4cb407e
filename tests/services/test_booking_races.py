"""Many hands at one schedule, on SQLite and on PostgreSQL: nobody books a place that somebody else has just taken."""

import os
import secrets
import threading
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
import sqlalchemy as sa
from booked import THANKS, cell_of, desk
from dated_prices import NOW, cells, the_shop
from samples import MONDAY

from portal.board.design import Design
from portal.db import make_engine, reading, writing
from portal.errors import PortalError
from portal.gateways.files import MemoryFiles
from portal.models.bookings import HeldDate, ScheduleVersion, SlotBooking
from portal.models.orders import Order
from portal.models.quotes import Quote
from portal.models.schema import migrate
from portal.planning.schedule import book
from portal.routing.options import BuildOptions
from portal.services import accounts, packages, planning, quotes, schedules
from portal.services.audit import Act, broken_links
from portal.services.orders import Acceptance, accept_quote
from portal.services.packages import Viewer
from portal.services.schedules import loaded, rebook
from portal.services.slots import slots_of

HANDS = 6
BOARDS = 400
ACT = Act(actor="anna@example.com", at=MONDAY, request_id="test")
OFFERED = quotes.Offered(BuildOptions(), cells(BOARDS), "EUR", {})


@pytest.fixture
def engine(tmp_path):
    """A database of its own: these tests commit."""
    address = os.environ.get("PORTAL_TEST_DATABASE_URL")
    url = sa.make_url(address).set(database=f"races_{secrets.token_hex(4)}") if address else None
    if url is not None:
        server = sa.create_engine(address, isolation_level="AUTOCOMMIT")
        with server.connect() as connection:
            connection.execute(sa.text(f"CREATE DATABASE {url.database}"))
        server.dispose()
    engine = make_engine(url.render_as_string(hide_password=False) if url else f"sqlite:///{tmp_path / 'portal.db'}")
    migrate(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def firm(engine):
    """The rows of as many firm quotes as there are hands, all of the same board."""
    with writing(engine) as session:
        anna = accounts.new_customer(session, "anna@example.com", ACT)
        package = packages.open_package(session, Viewer(visitor_hash="visit"), ACT)
        packages.add_file(session, package, "sensor.zip", received=MemoryFiles().put(b"a zip"), act=ACT)
        kept = packages.keep_reading(session, package, Design(name="sensor"), pictures={}, act=ACT)
        made = [quotes.keep_as_quote(session, kept, OFFERED, user=anna, act=ACT) for _ in range(HANDS)]
        for quote in made:
            quotes.make_firm(session, quote, ACT, today=MONDAY.date())
        return [quote.id for quote in made]


def at_once(*deeds):
    """What each came to when all begin together."""
    start, came = threading.Barrier(len(deeds)), []

    def do(deed):
        start.wait()
        try:
            came.append(deed())
        except (PortalError, sa.exc.SQLAlchemyError) as error:
            came.append(error)

    threads = [threading.Thread(target=do, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return came


def accept(engine, number, *, agreed=date.max):
    with writing(engine) as session:
        quote = session.get_one(Quote, number)
        acceptance = Acceptance(cell=0, sha256=quote.current.sha256, customer_po="PO 4711")

        def confirm(order):
            planning.confirm(session, order, desk(), agreed=agreed)

        return accept_quote(session, quote, acceptance, act=ACT, letter=lambda _: THANKS, book=confirm).promised_on


def hold(engine, number, days=2):
    at = desk()
    with writing(engine) as session:
        quote = session.get_one(Quote, number)
        return planning.hold(session, quote, cell_of(quote), until=at.in_days(days), desk=at, act=ACT).promised_on


def release(engine, number):
    with writing(engine) as session:
        held = session.scalars(sa.select(HeldDate).where(HeldDate.quote_id == number)).one()
        planning.release(session, held, desk(), ACT)


def overlaps(engine):
    """Pairs of slots that want the same place at the same time, as the database has them."""
    with reading(engine) as session:
        slots = session.execute(
            sa.select(SlotBooking.work_centre, SlotBooking.unit, SlotBooking.starts, SlotBooking.ends)
        )
        lanes = {}
        for centre, unit, starts, ends in slots:
            lanes.setdefault((centre, unit), []).append((starts, ends))
    pairs = (pair for lane in lanes.values() for pair in pairwise(sorted(lane)))
    return [(first, then) for first, then in pairs if first[1] > then[0]]


def test_orders_that_come_at_once_get_the_slots_of_orders_one_after_the_other(engine, firm):
    came = at_once(*[lambda number=number: accept(engine, number) for number in firm])

    assert all(isinstance(day, date) for day in came), came
    assert overlaps(engine) == []
    with reading(engine) as session:
        assert session.scalar(sa.select(sa.func.count(sa.distinct(SlotBooking.order_id)))) == HANDS
        assert list(broken_links(session)) == []


def test_without_the_version_the_same_orders_take_each_others_slots(engine, firm):
    """If this fails, the race is not run at all, and the test above says nothing."""
    seen = threading.Barrier(2)

    def plan_and_write(number):
        with reading(engine) as session:
            quote, schedule = session.get_one(Quote, number), loaded(session, the_shop(), NOW).schedule
            planned = slots_of(quote, cell_of(quote), schedule, local_at=NOW).bookings
            read = schedules._read(session, the_shop().schedule, NOW)
        seen.wait()  # both have planned on the same schedule
        with writing(engine) as session:
            held = HeldDate(quote_id=number, quantity=BOARDS, speed="standard", until=MONDAY, promised_on=MONDAY.date())
            held.held_by, held.held_at = "nobody", MONDAY
            session.add(held)
            difference = schedules._Difference.between(schedule, book(schedule, planned))
            schedules._write(session, read, difference, held)

    at_once(*[lambda number=number: plan_and_write(number) for number in firm[:2]])
    assert overlaps(engine) != []


def test_a_schedule_that_was_planned_on_an_old_version_is_planned_again(engine, firm):
    asked = []

    def plan(schedule, session, held):
        asked.append(len(schedule.bookings))
        if len(asked) == 1:  # somebody else is quicker
            session.execute(sa.update(ScheduleVersion).values(version=4711))
        return schedule, held

    hold(engine, firm[0])
    with writing(engine) as session:
        held = session.scalars(sa.select(HeldDate)).one()
        rebook(session, the_shop(), NOW, lambda schedule: plan(schedule, session, held))
    assert len(asked) == 2


def test_who_is_overtaken_each_time_is_told_to_try_again(engine, firm):
    def overtaken(schedule, session):
        session.execute(sa.update(ScheduleVersion).values(version=secrets.randbits(20)))
        return schedule, None

    with writing(engine) as session, pytest.raises(PortalError, match="try again"):
        rebook(session, the_shop(), NOW, lambda schedule: overtaken(schedule, session))


def test_holds_orders_and_releases_at_once_leave_a_sound_schedule(engine, firm):
    for number in firm[:2]:
        hold(engine, number)
    came = at_once(
        lambda: release(engine, firm[0]),
        lambda: accept(engine, firm[1]),
        *[lambda number=number: hold(engine, number) for number in firm[2:4]],
        *[lambda number=number: accept(engine, number) for number in firm[4:]],
    )

    assert not [each for each in came if isinstance(each, Exception)], came
    assert overlaps(engine) == []
    with reading(engine) as session:
        holders = session.execute(sa.select(SlotBooking.order_id, SlotBooking.held_date_id).distinct()).all()
        held, orders = session.scalars(sa.select(HeldDate.id)).all(), session.scalars(sa.select(Order.id)).all()
        assert sorted(holders, key=str) == sorted([(None, n) for n in held] + [(n, None) for n in orders], key=str)


def test_one_quote_is_held_or_ordered_at_once_and_never_both(engine, firm):
    at_once(lambda: hold(engine, firm[0]), lambda: accept(engine, firm[0]))

    with reading(engine) as session:
        assert session.scalars(sa.select(HeldDate)).all() == []
        assert {slot.order_id is None for slot in session.scalars(sa.select(SlotBooking))} == {False}


def test_who_sees_an_old_day_when_others_order_is_asked_again_and_orders_nothing(engine, firm):
    """The last of several at once, who agreed to the day that all of them saw."""
    big = replace(OFFERED, cells=cells(20_000))
    with writing(engine) as session:
        first = session.get_one(Quote, firm[0])
        more = [quotes.keep_as_quote(session, first.design, big, user=first.requested_by, act=ACT) for _ in range(3)]
        for quote in more:
            quotes.make_firm(session, quote, ACT, today=MONDAY.date())
        numbers = [quote.id for quote in more]
    came = at_once(*[lambda number=number: accept(engine, number, agreed=None) for number in numbers])

    assert sum(isinstance(each, planning.DateMoved) for each in came) == 2
    with reading(engine) as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(Order)) == 1
