"""A date on the quote's page: it reserves nothing, or is held; when it moves, both days are shown before the order."""

from datetime import date

import pytest
import sqlalchemy as sa
from browsing import an_act, inspected
from staff_work import Desk, kept_quote, placed_order

from portal.models.bookings import HeldDate, OrderGate, SlotBooking
from portal.models.orders import Order
from portal.models.quotes import Quote
from portal.planning.capacity import Booking
from portal.planning.gates import Gate
from portal.planning.schedule import book, cancel
from portal.services import planning
from portal.services.planning import RESERVES_NOTHING
from portal.services.quotes import content, make_firm
from portal.services.schedules import rebook
from portal.services.shop import current_shop
from portal.web.access import now


@pytest.fixture
def reference(portal, anna):
    return kept_quote(portal, anna)


@pytest.fixture
def firm(portal, reference):
    with portal.writing() as session:
        quote = session.scalars(sa.select(Quote)).one()
        make_firm(session, quote, an_act("sales@house.example"), today=now().date())
    return f"/quotes/{reference}"


@pytest.fixture
def desk(portal, reference):
    return Desk(portal, portal.staff(), f"/sales/quotes/{reference}")


def the(portal, question):
    with portal.writing() as session:
        return question(session)


def fill_the_benches(portal, *, weeks=6):
    """The date of another customer is held, and it takes everybody who lays out kits for weeks."""
    other = kept_quote(portal, portal.customer("bo@example.net"))
    with portal.writing() as session:
        quote = session.scalars(sa.select(Quote).where(Quote.reference == other)).one()
        desk = planning.Desk(current_shop(session), now(), portal.app.extensions["settings"].timezone)
        held = planning.hold(
            session, quote, content(quote.current)["cells"][0], until=desk.in_days(1), desk=desk, act=an_act()
        )
        bench = desk.shop.schedule.centre("kitting")
        start = bench.calendar.worked(desk.local_now)
        runs = [Booking("kitting", start, start + weeks * 5 * 465, other, unit=unit) for unit in range(bench.units)]
        rebook(session, desk.shop, desk.local_now, lambda schedule: (book(cancel(schedule, other), runs), held))


def acceptance(page, **changes):
    return page.form("/acceptance") | {"customer_po": "PO 4711"} | changes


def test_a_quote_says_that_it_reserves_nothing(anna, firm):
    assert RESERVES_NOTHING in anna.visit(firm).main


def test_what_can_no_longer_be_ordered_says_nothing_of_its_date(portal, anna, firm):
    anna.post(f"{firm}/refusal", anna.visit(firm).form("/refusal"))

    assert RESERVES_NOTHING not in anna.visit(firm).main


def test_sales_hold_a_date_and_the_customer_reads_until_when(portal, anna, firm, desk):
    assert desk.send("held-date", **{"held-days": "3"}).status_code == 302

    page = anna.visit(firm).main
    assert "This date is held for you until" in page
    assert RESERVES_NOTHING not in page
    assert "Held for 10 boards, standard, until" in desk.page().main


def test_a_held_date_is_given_back(portal, firm, desk):
    desk.send("held-date", **{"held-days": "3"})
    desk.send("held-date/release")

    assert the(portal, lambda session: session.scalars(sa.select(SlotBooking)).all()) == []
    assert "Held for" not in desk.page().main


def test_a_date_may_be_held_before_the_quote_is_firm(portal, desk):
    desk.send("held-date", **{"held-cell": "1", "held-days": "10"})

    held = the(portal, lambda session: session.scalars(sa.select(HeldDate)).one().quantity)
    assert held in {10, 100}


def test_more_days_than_a_date_is_held_are_refused(desk):
    answer = desk.send("held-date", **{"held-days": "11"})

    assert answer.status_code == 422


def test_an_order_in_time_keeps_the_day_that_was_held(portal, anna, firm, desk):
    desk.send("held-date", **{"held-days": "3"})
    day = the(portal, lambda session: session.scalars(sa.select(HeldDate)).one().promised_on)
    anna.post(f"{firm}/acceptance", acceptance(anna.visit(firm)))

    order = the(portal, lambda session: session.scalars(sa.select(Order.promised_on)).one())
    assert order <= day
    assert the(portal, lambda session: session.scalars(sa.select(HeldDate)).all()) == []


def test_when_the_date_moves_both_days_are_shown_before_anything_is_ordered(portal, anna, firm):
    before = anna.visit(firm)
    fill_the_benches(portal)
    answer = anna.post(f"{firm}/acceptance", acceptance(before))

    page = inspected(answer, status=409).main
    assert "others were quicker" in page
    assert "If you order now, it leaves by" in page
    assert the(portal, lambda session: session.scalars(sa.select(Order)).all()) == []


def test_the_new_day_is_ordered_by_sending_it_again(portal, anna, firm):
    before = anna.visit(firm)
    fill_the_benches(portal)
    again = inspected(anna.post(f"{firm}/acceptance", acceptance(before)), status=409)
    assert anna.post(f"{firm}/acceptance", acceptance(again)).status_code == 302

    day, cell = the(portal, lambda session: session.execute(sa.select(Order.promised_on, Order.cell)).one())
    assert day == date.fromisoformat(*again.form("/acceptance")["agreed"])
    assert day.isoformat() > cell["promise"]["p80"]


def test_a_customer_holds_no_date(anna, reference):
    assert anna.post(f"/sales/quotes/{reference}/held-date").status_code == 404


class TestGates:
    @pytest.fixture
    def order(self, portal, anna):
        return placed_order(portal, anna)

    def test_the_customer_reads_what_the_clock_waits_for(self, anna, order):
        page = anna.visit(f"/orders/{order}").main

        assert "When the clock starts" in page
        assert "The clock has not started. Paid is missing" in page

    def test_sales_note_parts_that_have_come(self, portal, order):
        with portal.writing() as session:
            kept = session.scalars(sa.select(Order)).one()
            kept.gates.append(OrderGate(gate=Gate.CONSIGNED_PARTS, assumed_at=now()))
        desk = Desk(portal, portal.staff(), f"/sales/orders/{order}")
        assert desk.send("gates").status_code == 302

        assert "Consigned parts in" not in [button.text for button in desk.page().all("//button")]

    def test_staff_do_not_pass_a_payment_by_hand(self, portal, order):
        staff = portal.staff()

        assert staff.post(f"/sales/orders/{order}/gates", {"gate": "paid"}).status_code == 422
