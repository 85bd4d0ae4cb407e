"""An order on its page and on its public page."""

import pytest
import shown_boards as boards
import sqlalchemy as sa
from browsing import an_act

from portal.db import reading
from portal.models.orders import Order
from portal.models.quotes import Quote
from portal.production.floor import FloorKind
from portal.services.floor import Report, record_floor
from portal.services.orders import close_hold, open_hold, record_invoice, record_payment
from portal.services.quotes import make_firm


@pytest.fixture
def order(portal, anna):
    """The address of an order of ten boards, as the customer came to it."""
    return ordered(portal, anna, boards.sensor_node())


def ordered(portal, anna, board, quantity=10):
    reference = portal.design(anna, board)
    prices = anna.visit(f"/designs/{reference}/prices?quantities={quantity}")
    quote = anna.post(f"/designs/{reference}/quotes", prices.form("/quotes")).location
    with portal.writing() as session:
        kept = session.scalars(sa.select(Quote).where(Quote.reference == quote.removeprefix("/quotes/"))).one()
        make_firm(session, kept, an_act("sales@house.example"), today=an_act().at.date())
    form = anna.visit(quote).form("/acceptance") | {"customer_po": "PO 4711"}
    return anna.post(f"{quote}/acceptance", form).location


def change(portal, what):
    with portal.writing() as session:
        return what(session, session.scalars(sa.select(Order)).one())


def build(portal, *reports):
    """Let the floor report: (kind, operation, counts)."""

    def report_all(session, order):
        if order.open_holds:
            close_hold(session, order, number=1, act=an_act("sales@house.example"))
        for number, (kind, operation, counts) in enumerate(reports):
            report = Report(key=f"report {number}", operation=operation, kind=kind, **counts)
            record_floor(session, order.lots[0], report, an_act("floor@house.example"))

    change(portal, report_all)


STARTED, COUNTED, FINISHED = FloorKind.STARTED, FloorKind.COUNTED, FloorKind.FINISHED


def public_page(portal):
    return change(portal, lambda _session, order: f"/progress/{order.progress_token}")


def test_an_order_says_what_was_bought_for_how_much_and_by_when(anna, order):
    page = anna.visit(order)

    assert "10 × sensor-node rev C" in page.main
    for fact in ("PO 4711", "standard", "Promised for", "anna@example.org"):
        assert fact in page.main


def test_an_order_is_in_the_list_of_its_company(anna, order):
    page = anna.visit("/orders")

    assert order in page.links()
    assert "0 %" in page.main


def test_an_empty_list_says_how_an_order_comes_about(anna):
    assert "An accepted quote becomes an order" in anna.visit("/orders").main


def test_a_new_order_is_on_hold_and_says_who_must_act(anna, order):
    page = anna.visit(order)

    assert "On hold, no. 1: Check the purchase order and the terms. Sales must act" in page.main
    assert "Nothing has been started" in page.main


def test_the_timeline_counts_good_and_failed_boards(portal, anna, order):
    build(portal, (STARTED, 0, {}), (COUNTED, 0, {"good": 7, "failed": 2}))

    assert "7 of 10 good, 2 to mend" in anna.visit(order).main


def test_once_boards_are_built_only_the_address_can_be_changed(portal, anna, order):
    build(portal, (STARTED, 0, {}))

    assert "the delivery address can still be changed; boards, parts and quantity cannot" in anna.visit(order).main


def test_an_order_that_is_done_cannot_be_changed_any_more(portal, anna, order):
    stages = change(portal, lambda _session, order: len(order.lots[0].operations))
    build(portal, *[report for n in range(stages) for report in ((STARTED, n, {}), (FINISHED, n, {"good": 10}))])

    page = anna.visit(order)
    assert "100 % done" in page.main
    assert "nothing can be changed any more" in page.main


def test_the_ledger_shows_the_invoice_and_what_was_paid(portal, anna, order):
    def invoice_and_pay(session, order):
        record_invoice(session, order, number="2026-0042", act=an_act("sales@house.example"))
        record_payment(session, order, amount=order.total, bank_reference="TRX-9", act=an_act("sales@house.example"))

    change(portal, invoice_and_pay)
    page = anna.visit(order)
    assert "2026-0042" in page.main
    assert page.all("//span[@class='badge badge--paid']")


def test_the_address_of_the_progress_is_a_whole_one(portal, anna, order):
    assert f"http://127.0.0.1:8000{public_page(portal)}" in anna.visit(order).links()


class TestPublicProgress:
    @pytest.mark.usefixtures("order")
    def test_a_stranger_sees_board_count_date_and_timeline(self, portal, visitor):
        page = visitor.visit(public_page(portal))

        assert "sensor-node rev C" in page.main
        assert "Promised to leave our door" in page.main
        assert page.all("//ol[@class='timeline']/li")

    def test_a_stranger_sees_no_price_no_person_and_no_file(self, portal, visitor, order):
        page = visitor.visit(public_page(portal))

        for secret in ("€", "anna", "PO 4711", "sensor-node.zip", order.removeprefix("/orders/"), "/quotes/"):
            assert secret not in page.response.text

    @pytest.mark.usefixtures("order")
    def test_a_hold_is_said_without_its_reason(self, portal, visitor):
        change(portal, lambda session, order: open_hold(
            session, order, about="U3 is overdue at Farnell", who_must_act="Bo", act=an_act()))  # fmt: skip

        text = visitor.visit(public_page(portal)).text
        assert "on hold" in text
        assert "Farnell" not in text

    @pytest.mark.usefixtures("order")
    def test_a_token_that_was_guessed_shows_nothing(self, visitor):
        assert visitor.get("/progress/guessed").status_code == 404


class TestStreams:
    @pytest.mark.parametrize("whose", ["customer", "public"])
    def test_a_stream_begins_with_how_it_stands(self, portal, anna, visitor, order, whose):
        stream = anna.get(f"{order}/events") if whose == "customer" else visitor.get(public_page(portal) + "/events")

        assert stream.mimetype == "text/event-stream"
        assert "data: " in stream.text
        assert "timeline__stage" in stream.text

    def test_what_the_stream_sends_is_what_the_page_shows(self, portal, anna, order):
        build(portal, (STARTED, 0, {}), (COUNTED, 0, {"good": 3}))

        assert "3 of 10 good" in anna.get(f"{order}/events").text

    @pytest.mark.usefixtures("order")
    def test_the_public_stream_tells_no_more_than_the_public_page(self, portal, visitor):
        text = visitor.get(public_page(portal) + "/events").text

        assert "€" not in text
        assert "Payment" not in text

    def test_a_strangers_order_cannot_be_followed(self, portal, order):
        assert portal.customer("eve@example.org").get(f"{order}/events").status_code == 404


def test_the_percentage_of_two_lots_is_of_all_boards(portal, anna):
    ordered(portal, anna, boards.sensor_node(), quantity=400)
    with reading(portal.engine) as session:
        assert len(session.scalars(sa.select(Order)).one().lots) == 2

    assert "0 %" in anna.visit("/orders").main
