"""A shop without a key of Stripe's: no card is offered, and everything else works."""

import pytest
from paying import EVENT, Paying


@pytest.fixture
def there(portal) -> Paying:
    return Paying.begin(portal, None)


def test_no_card_is_offered_and_a_transfer_is(there):
    page = there.anna.visit(there.path)
    assert "Pay by bank transfer" in page.main
    assert "Stripe" not in page.main
    assert page.all("//form[contains(@action, '/tries')]") == []


def test_a_card_payment_cannot_be_asked_for(there):
    assert there.ask().status_code == 422
    assert there.look(lambda order: order.attempts) == []


def test_nothing_can_be_signed_so_no_event_is_taken(there, visitor):
    assert there.tell(visitor, EVENT, "").status_code == 400


def test_sales_issue_the_invoice_and_enter_the_transfer(there, portal):
    desk = there.desk(portal.staff())
    desk.staff.post(f"{desk.path}/invoice")
    gross = there.look(lambda order: order.gross)
    sent = {"payment-amount": str(gross), "payment-bank_reference": "B-1"}
    desk.staff.post(f"/sales/orders/{there.reference}/payments", sent)
    assert "Everything is paid" in there.anna.visit(there.path).main


def test_the_customer_sees_the_invoice(there, portal):
    desk = there.desk(portal.staff())
    desk.staff.post(f"{desk.path}/invoice")
    number = there.look(lambda order: order.invoices[0].number)
    assert number in there.anna.visit(there.path).main
