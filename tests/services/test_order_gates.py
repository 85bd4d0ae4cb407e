"""When the clock of an order starts, and how its day moves when something came late."""

from datetime import date, datetime, timedelta

import pytest
import sqlalchemy as sa
from booked import Customer, desk
from dated_prices import the_shop
from reported import Floor

from portal.errors import BadInput, NotYours
from portal.models.bookings import OrderGate, SlotBooking
from portal.models.plans import PromiseChange
from portal.models.work import AuditEntry, Job
from portal.planning.gates import Gate
from portal.services import gates
from portal.services.orders import close_hold

CALENDAR = the_shop().schedule.calendar


@pytest.fixture
def anna_buys(session, kept, anna, act):
    return Customer(session, kept, anna, act)


def consigned(snapshot):
    return {**snapshot, "options": {**snapshot["options"], "consigned": ["U1"], "alternates": False}}


@pytest.fixture
def order(anna_buys):
    """Anna supplies a part herself."""
    return anna_buys.orders(anna_buys.asks(change=consigned))


def pass_(session, order, gate, days, act):
    gates.pass_gate(session, order, gate, desk=desk(days), act=act)


def standing(order):
    return {row.gate: row.passed_at is not None for row in order.gates}


def moves(session):
    return session.scalars(sa.select(PromiseChange)).all()


class TestWhatAnOrderWaitsFor:
    def test_the_files_of_a_firm_quote_were_looked_at_and_money_and_parts_are_waited_for(self, order):
        assert standing(order) == {Gate.FILES: True, Gate.PAYMENT: False, Gate.CONSIGNED_PARTS: False}

    def test_nobody_waits_for_parts_where_we_buy_them_all(self, anna_buys):
        assert Gate.CONSIGNED_PARTS not in standing(anna_buys.orders(anna_buys.asks()))

    def test_who_accepts_a_quote_approves_the_alternates_in_it(self, anna_buys):
        def with_alternates(snapshot):
            return {**snapshot, "options": {**snapshot["options"], "alternates": True}}

        assert standing(anna_buys.orders(anna_buys.asks(change=with_alternates)))[Gate.ALTERNATES] is True

    def test_they_are_expected_by_the_cut_off_of_day_0(self, order):
        assert {gates.local(row.assumed_at, "Europe/Berlin").isoformat() for row in order.gates} == {
            "2026-11-23T12:00:00"
        }

    def test_the_page_says_what_to_do(self, order):
        said = gates.clock_in_words(order, CALENDAR, "Europe/Berlin")

        assert said.startswith("The clock has not started. Paid is missing: pay what is due")
        assert said.endswith("consigned parts in is missing: send the parts that you supply.")

    def test_it_waits_for_nothing_once_boards_are_on_the_line(self, session, order, act):
        floor = Floor(session, act)
        floor.ships(floor.release(order), datetime.fromisoformat("2026-11-25 10:00"))

        said = gates.clock_in_words(order, CALENDAR, "Europe/Berlin")
        assert said.startswith("Work began on Wed 25 Nov 2026, without waiting for “paid”")

    def test_an_order_of_before_there_were_gates_says_nothing(self, session, order):
        session.execute(sa.delete(OrderGate))
        session.refresh(order)

        assert gates.clock_in_words(order, CALENDAR, "Europe/Berlin") == ""


class TestPassing:
    def test_in_time_nothing_moves(self, session, order, act):
        day, slots = order.promised_on, {slot.id for slot in order.bookings}
        for gate in (Gate.PAYMENT, Gate.CONSIGNED_PARTS):
            pass_(session, order, gate, 0, act)

        assert (order.promised_on, {slot.id for slot in order.bookings}, moves(session)) == (day, slots, [])

    def test_nothing_moves_while_something_is_still_open(self, session, order, act):
        day = order.promised_on
        pass_(session, order, Gate.PAYMENT, 7, act)

        assert (order.promised_on, moves(session)) == (day, [])

    def test_when_the_last_one_is_late_the_day_moves_as_far_with_its_reason_and_a_letter(self, session, order, act):
        was = order.promised_on
        pass_(session, order, Gate.PAYMENT, 0, act)
        pass_(session, order, Gate.CONSIGNED_PARTS, 7, act)

        [change] = moves(session)
        assert order.promised_on == CALENDAR.add_days(was, 5)
        assert "consigned parts in, was passed on Mon 30 Nov 2026" in change.because
        assert session.scalars(sa.select(Job.kind).where(Job.kind == "promise-letter")).all() == ["promise-letter"]

    def test_its_slots_move_with_it(self, session, order, act):
        first = min(slot.starts for slot in order.bookings)
        pass_(session, order, Gate.PAYMENT, 0, act)
        pass_(session, order, Gate.CONSIGNED_PARTS, 14, act)

        slots = session.scalars(sa.select(SlotBooking)).all()
        assert min(slot.starts for slot in slots) - first >= timedelta(days=12)
        assert {slot.reference for slot in slots} == {order.reference}

    def test_it_is_passed_once(self, session, order, act):
        pass_(session, order, Gate.PAYMENT, 0, act)

        with pytest.raises(BadInput, match="passed already"):
            pass_(session, order, Gate.PAYMENT, 1, act)

    def test_what_an_order_has_not_cannot_be_passed(self, session, order, act):
        with pytest.raises(NotYours):
            pass_(session, order, Gate.ALTERNATES, 0, act)

    def test_it_is_in_the_audit(self, session, order, act):
        pass_(session, order, Gate.PAYMENT, 0, act)
        entry = session.scalars(sa.select(AuditEntry).where(AuditEntry.action == "gate.passed")).one()

        assert (entry.subject, entry.changes) == (order.reference, {"gate": "paid"})


class TestPaid:
    def test_agreed_terms_start_the_clock_by_themselves(self, session, order, act):
        assert gates.pass_paid(session, desk(), act) == 0
        close_hold(session, order, number=1, act=act)

        assert gates.pass_paid(session, desk(), act) == 1
        assert gates.pass_paid(session, desk(), act) == 0

    def test_terms_that_took_a_week_move_the_day_of_an_order_without_parts(self, session, anna_buys, act):
        late = anna_buys.orders(anna_buys.asks())
        was: date = late.promised_on
        close_hold(session, late, number=1, act=act)
        gates.pass_paid(session, desk(7), act)

        assert late.promised_on == CALENDAR.add_days(was, 5)
