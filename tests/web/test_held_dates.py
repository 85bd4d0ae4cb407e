"""A date on the quote's page: it reserves nothing, or is held; when it moves, both days are shown before the order."""

from datetime import date

import pytest
import sqlalchemy as sa
from browsing import an_act, inspected
from staff_work import Desk, kept_quote

from portal.models.bookings import HeldDate, SlotBooking
from portal.models.orders import Order
from portal.models.quotes import Quote
from portal.planning.capacity import Booking
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


def fill_the_line(portal, *, weeks=6):
    """The date of another customer is held, and it takes the whole line for weeks."""
    other = kept_quote(portal, portal.customer("bo@example.net"))
    with portal.writing() as session:
        quote = session.scalars(sa.select(Quote).where(Quote.reference == other)).one()
        desk = planning.Desk(current_shop(session), now(), portal.app.extensions["settings"].timezone)
        held = planning.hold(
            session, quote, content(quote.current)["cells"][0], until=desk.in_days(1), desk=desk, act=an_act()
        )
        start = desk.shop.schedule.centre("smt").calendar.worked(desk.local_now)
        run = Booking("smt", start, start + weeks * 5 * 15 * 60, other, unit=0)
        rebook(session, desk.shop, desk.local_now, lambda schedule: (book(cancel(schedule, other), [run]), held))


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
    fill_the_line(portal)
    answer = anna.post(f"{firm}/acceptance", acceptance(before))

    page = inspected(answer, status=409).main
    assert "others were quicker" in page
    assert "If you order now, it leaves by" in page
    assert the(portal, lambda session: session.scalars(sa.select(Order)).all()) == []


def test_the_new_day_is_ordered_by_sending_it_again(portal, anna, firm):
    before = anna.visit(firm)
    fill_the_line(portal)
    again = inspected(anna.post(f"{firm}/acceptance", acceptance(before)), status=409)
    assert anna.post(f"{firm}/acceptance", acceptance(again)).status_code == 302

    day, cell = the(portal, lambda session: session.execute(sa.select(Order.promised_on, Order.cell)).one())
    assert day == date.fromisoformat(*again.form("/acceptance")["agreed"])
    assert day.isoformat() > cell["promise"]["p80"]


def test_a_customer_holds_no_date(anna, reference):
    assert anna.post(f"/sales/quotes/{reference}/held-date").status_code == 404
