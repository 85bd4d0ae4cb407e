"""Gates at their borders: ordered after the cut-off, on a weekend, passed in the last minute, by whom, on the line."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from booked import Customer, desk, every_slot
from dated_prices import the_shop
from reported import Floor

from portal.errors import BadInput, NotYours
from portal.models.bookings import OrderGate
from portal.models.plans import PromiseChange
from portal.planning.gates import Gate
from portal.services import gates
from portal.services.desks import Desk
from portal.services.orders import close_hold
from portal.services.promises import move_promise

ZONE = "Europe/Berlin"
CALENDAR = the_shop().schedule.calendar
CUT_OFF = datetime(2026, 11, 23, 11, tzinfo=UTC)  # noon in Berlin
A_SECOND = timedelta(seconds=1)


@pytest.fixture
def anna_buys(session, kept, anna, act):
    return Customer(session, kept, anna, act)


def consigned(snapshot):
    return {**snapshot, "options": {**snapshot["options"], "consigned": ["U1"], "alternates": False}}


def supplied(snapshot):
    return {**snapshot, "options": {**snapshot["options"], "supplied": [["R-1K", 200]], "alternates": False}}


def at(moment: datetime) -> Desk:
    return Desk(the_shop(), moment, ZONE)


@pytest.fixture
def order(anna_buys):
    return anna_buys.orders(anna_buys.asks())


def pays(session, order, moment, act):
    gates.pass_gate(session, order, Gate.PAYMENT, desk=at(moment), act=replace(act, at=moment))
    session.flush()


def expected(order):
    return {gates.local(row.assumed_at, ZONE).isoformat() for row in order.gates}


def moves(session):
    return session.scalars(sa.select(PromiseChange)).all()


class TestExpected:
    @pytest.mark.parametrize(
        ("ordered", "by"),
        [
            (CUT_OFF - A_SECOND, "2026-11-23T12:00:00"),
            (CUT_OFF, "2026-11-23T12:00:00"),
            (CUT_OFF + A_SECOND, "2026-11-24T12:00:00"),
            (CUT_OFF.replace(day=27, hour=15), "2026-11-30T12:00:00"),
            (CUT_OFF.replace(day=28), "2026-11-30T12:00:00"),
            (CUT_OFF.replace(day=29, hour=23, minute=30), "2026-11-30T12:00:00"),
        ],
    )
    def test_by_the_next_cut_off_after_the_order(self, anna_buys, ordered, by):
        assert expected(anna_buys.orders(anna_buys.asks(), at=at(ordered), agreed=date.max)) == {by}

    def test_an_order_of_the_last_day_of_the_year_is_expected_in_the_next(self, session, anna_buys):
        quote = anna_buys.asks()
        quote.valid_until = date(2027, 1, 31)
        session.flush()
        order = anna_buys.orders(quote, at=at(datetime(2026, 12, 31, 15, tzinfo=UTC)), agreed=date.max)

        assert min(expected(order)) > "2027-01-01"


class TestWhichGates:
    def test_part_of_the_parts_supplied_is_waited_for_like_all(self, anna_buys):
        order = anna_buys.orders(anna_buys.asks(change=supplied))

        assert Gate.CONSIGNED_PARTS in {row.gate for row in order.gates}

    def test_money_is_always_waited_for(self, order):
        assert [row.gate for row in order.gates if not row.passed_at] == [Gate.PAYMENT]

    def test_no_gate_is_there_twice(self, order):
        assert len({row.gate for row in order.gates}) == len(order.gates)

    def test_staff_are_not_asked_for_what_passes_by_itself(self, order):
        assert gates.shown(order, desk())["open_gates"] == []

    def test_staff_can_say_that_the_parts_have_come(self, anna_buys):
        order = anna_buys.orders(anna_buys.asks(change=consigned))

        assert gates.shown(order, desk())["open_gates"] == [Gate.CONSIGNED_PARTS]


class TestPassing:
    def test_in_the_minute_of_the_cut_off_nothing_moves(self, session, order, act):
        pays(session, order, CUT_OFF, act)

        assert moves(session) == []

    def test_a_second_later_the_clock_starts_on_the_next_day_and_says_so(self, session, order, act):
        before = order.promised_on
        pays(session, order, CUT_OFF + timedelta(minutes=1), act)

        assert [change.was for change in moves(session)] == [before]
        assert "after the cut-off at 12:00" in moves(session)[0].because

    def test_paid_on_friday_evening_it_moves_as_far_as_paid_on_sunday(self, session, anna_buys, act):
        friday, sunday = (anna_buys.orders(anna_buys.asks(10), agreed=date.max) for _ in range(2))
        pays(session, friday, CUT_OFF.replace(day=27, hour=18), act)
        pays(session, sunday, CUT_OFF.replace(day=29, hour=18), act)

        assert {
            gates.gates_of(order, ZONE).clock_start(the_shop().schedule.calendar) for order in (friday, sunday)
        } == {date(2026, 11, 30)}

    def test_a_gate_passed_twice_says_when_it_was_passed(self, session, order, act):
        pays(session, order, CUT_OFF, act)
        with pytest.raises(BadInput, match="2026-11-23 11:00 UTC"):
            pays(session, order, CUT_OFF + A_SECOND, act)

    def test_who_let_it_pass_stands_beside_it(self, session, order, act):
        pays(session, order, CUT_OFF, replace(act, actor="sam@lakeside.example"))
        row = next(row for row in order.gates if row.gate is Gate.PAYMENT)

        assert (row.passed_by, row.passed_at) == ("sam@lakeside.example", CUT_OFF)

    def test_an_order_that_is_on_the_line_keeps_its_slots(self, session, order, act):
        floor = Floor(session, act)
        floor.begins(floor.release(order), 0, datetime(2026, 11, 23, 10))  # noqa: DTZ001
        before = every_slot(session)
        pays(session, order, CUT_OFF.replace(day=30), act)

        assert every_slot(session) == before
        assert moves(session) == []

    def test_a_day_that_was_moved_further_already_is_not_moved_back(self, session, order, act):
        far = date(2027, 6, 1)
        move_promise(session, order, far, because="the maker is out of boards", act=act)
        pays(session, order, CUT_OFF.replace(day=30), act)

        assert order.promised_on == far

    def test_a_refused_gate_leaves_no_trace(self, session, order, act):
        with pytest.raises(NotYours):
            gates.pass_gate(session, order, Gate.CONSIGNED_PARTS, desk=desk(), act=act)

        assert {row.passed_at for row in order.gates if row.gate is Gate.PAYMENT} == {None}

    def test_later_money_is_never_an_earlier_day(self, session, anna_buys, act):
        days = []
        for day in (24, 26, 30):
            order = anna_buys.orders(anna_buys.asks(10), agreed=date.max)
            pays(session, order, CUT_OFF.replace(day=day, hour=8), act)
            days.append(order.promised_on)

        assert days == sorted(days)


class TestPaidByItself:
    def test_nobody_is_let_pass_while_sales_have_not_looked(self, session, order, act):
        assert gates.pass_paid(session, desk(), act) == 0
        assert order in session.scalars(sa.select(type(order)).join(OrderGate)).unique().all()

    def test_each_is_let_pass_once(self, session, order, act):
        close_hold(session, order, number=1, act=act)

        assert [gates.pass_paid(session, desk(), act) for _ in range(2)] == [1, 0]

    def test_several_at_once_are_all_let_pass(self, session, anna_buys, act):
        for _ in range(3):
            close_hold(session, anna_buys.orders(anna_buys.asks(10), agreed=date.max), number=1, act=act)

        assert gates.pass_paid(session, desk(), act) == 3

    def test_an_empty_shop_waits_for_nobodys_money(self, session, act):
        assert gates.paid_gates(session) == []
        assert gates.pass_paid(session, desk(), act) == 0
