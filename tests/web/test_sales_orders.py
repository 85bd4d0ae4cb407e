"""Orders before sales: holds, money, lots, and what was done."""

from datetime import date
from decimal import Decimal

import pytest
from browsing import an_act, inspected
from staff_work import Desk, placed_order, release

from portal.production.floor import FloorKind
from portal.production.lifecycle import Payment
from portal.services.floor import Report, find_lot, payment_of, record_floor


@pytest.fixture
def order(portal, anna):
    """Ten boards, just ordered; the first hold is open."""
    return Desk(portal, portal.staff(), f"/sales/orders/{placed_order(portal, anna)}")


def pay(order, amount, reference="BANK-1"):
    return order.send("payments", **{"payment-amount": amount, "payment-bank_reference": reference})


def total(order):
    return order.order(lambda kept: kept.total)


def test_the_list_says_who_ordered_what_and_what_holds_it_up(order):
    [row] = order.staff.visit("/sales/orders").all("//tbody/tr")

    said = " ".join(row.text_content().split())
    assert said.startswith(f"{order.reference} anna@example.org sensor-node rev C 10")
    assert said.endswith("0 % no. 1: sales")


def test_what_is_on_hold_has_a_list_of_its_own(portal, order):
    assert order.reference in order.staff.visit("/sales/orders?show=held").main

    release(portal, order.reference)
    page = order.staff.visit("/sales/orders?show=held")
    assert "No orders here" in page.main
    assert "On hold (0)" in page.main


def test_an_order_whose_day_has_passed_is_late(portal, order):
    order.order(lambda kept: setattr(kept, "promised_on", date(2020, 1, 1)))

    assert "late" in order.staff.visit("/sales/orders").main
    assert "late" in order.page().main


def test_an_empty_list_of_orders_says_where_they_come_from(portal):
    assert "A customer who accepts a firm quote" in portal.staff().visit("/sales/orders").main


def test_the_page_says_what_was_ordered_and_leads_to_quote_board_floor_and_public_progress(order):
    page = order.page()

    assert "PO 4711" in page.main
    token, quote = order.order(lambda kept: (kept.progress_token, kept.quote.reference))
    links = page.links()
    assert f"http://127.0.0.1:8000/progress/{token}" in links
    assert {f"/sales/quotes/{quote}", f"/floor/lots/{order.reference}-1", f"/orders/{order.reference}"} <= set(links)


def test_a_hold_is_closed_with_what_has_been_settled(order):
    answer = order.send("holds/1/closing", **{"closing-1-reason": "a known customer, 30 days"})

    page = order.staff.visit(answer.location)
    assert "Hold no. 1 is closed" in page.main
    assert "a known customer, 30 days" in page.main
    assert order.order(lambda kept: kept.open_holds) == []


def test_a_hold_is_not_closed_without_a_reason(order):
    page = inspected(order.send("holds/1/closing", **{"closing-1-reason": " "}), 422)

    assert "Please write one sentence" in page.main
    assert order.order(lambda kept: len(kept.open_holds)) == 1


def test_a_hold_that_is_closed_already_is_said_to_be(order):
    form = order.page().form("/closing") | {"closing-1-reason": "checked"}
    order.staff.post(f"{order.path}/holds/1/closing", form)

    page = inspected(order.staff.post(f"{order.path}/holds/1/closing", form), 409)
    assert "This is closed" in page.main


def test_a_hold_that_never_was_is_not_found(order):
    assert order.staff.post(f"{order.path}/holds/7/closing", {}).status_code == 404


def test_a_hold_is_opened_with_who_must_act(order):
    sent = {"hold-about": "J1 is late", "hold-who_must_act": "customer"}
    page = order.staff.visit(order.send("holds", **sent).location)

    assert "No. 2: J1 is late. Customer must act" in page.main
    assert order.audit()[-1] == "hold.opened"


def test_a_double_click_opens_one_hold(order):
    form = order.page().form("/holds") | {"hold-about": "J1 is late", "hold-who_must_act": "customer"}
    order.staff.post(f"{order.path}/holds", form)

    page = inspected(order.staff.post(f"{order.path}/holds", form), 409)
    assert "Another hold was opened meanwhile" in page.main
    assert order.order(lambda kept: len(kept.holds)) == 2


def test_a_hold_needs_words_and_somebody_of_the_list(order):
    page = inspected(order.send("holds", **{"hold-about": "", "hold-who_must_act": "nobody"}), 422)

    assert "Please give a sentence" in page.main
    assert order.order(lambda kept: len(kept.holds)) == 1


def test_an_invoice_is_entered_over_the_whole_order_and_then_no_second_one(order):
    page = order.staff.visit(order.send("invoices", **{"invoice-number": "2026-0001"}).location)

    assert f"Invoice 2026-0001 over {total(order)} EUR is entered" in page.main
    assert page.all("//form[contains(@action, '/invoices')]") == []
    assert order.order(payment_of) is Payment.INVOICED


def test_the_amount_that_is_still_due_is_suggested(order):
    assert order.page().form("/payments")["payment-amount"] == [str(total(order))]

    pay(order, "100.50")
    assert order.page().form("/payments")["payment-amount"] == [str(total(order) - Decimal("100.50"))]


def test_payments_add_up_until_the_order_is_paid(order):
    pay(order, "100", "BANK-1")
    assert order.order(payment_of) is Payment.PART_PAID

    pay(order, str(total(order) - 100), "BANK-2")
    assert order.order(payment_of) is Payment.PAID


def test_the_same_bank_reference_twice_is_the_same_money(order):
    pay(order, "100.00")
    pay(order, "100.00")

    assert order.order(lambda kept: len(kept.ledger)) == 1


def test_the_same_bank_reference_with_another_amount_is_questioned_on_the_page(order):
    pay(order, "100.00")
    page = inspected(pay(order, "101.00"), 422)

    assert "is entered already" in page.main
    assert page.form("/payments")["payment-amount"] == ["101.00"]
    assert order.order(lambda kept: len(kept.ledger)) == 1


@pytest.mark.parametrize("amount", ["", "1,000.00", "1.234", "-5", "١٢", "1e2", "1234567890"])
def test_an_amount_is_written_in_plain_digits_to_the_cent(order, amount):
    page = inspected(pay(order, amount), 422)

    assert "such as 12.50" in page.main
    assert order.order(lambda kept: kept.ledger) == []


def test_nothing_is_no_payment(order):
    assert "An amount must be above zero" in inspected(pay(order, "0.00"), 422).main


def test_the_customer_sees_what_sales_entered(order, anna):
    pay(order, "100.00")

    assert "100.00 €" in anna.visit(f"/orders/{order.reference}").main


def test_what_the_floor_did_is_in_the_orders_lots_timeline_and_audit(portal, order):
    lot = release(portal, order.reference)
    report = Report("a first start on the floor", 0, FloorKind.STARTED)
    order.look(lambda s: record_floor(s, find_lot(s, lot), report, an_act("floor@house.example")))

    page = order.page()
    assert f"floor@house.example started operation 1 of {lot}" in page.main
    assert "Kitting (running)" in page.main
    assert "anna@example.org accepted it as order" in page.main


def test_an_order_that_nobody_placed_is_not_found(portal):
    portal.staff().visit("/sales/orders/O-0000-0000", status=404)
