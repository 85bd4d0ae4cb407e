"""From acceptance to the ledger: once, at the price that was shown, never a cent more or less."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
import sqlalchemy as sa
from samples import MONDAY, a_cell

from portal.errors import BadInput, IllegalMove, NotYours, Stale
from portal.models.work import OutboxMail
from portal.production.lifecycle import Commercial, HoldState, Payment
from portal.services import quotes
from portal.services.accounts import new_customer
from portal.services.floor import payment_of
from portal.services.orders import (
    Acceptance,
    accept_quote,
    close_hold,
    find_order,
    find_progress,
    open_hold,
    record_invoice,
    record_payment,
)
from portal.services.outbox import Words
from portal.services.packages import Viewer


def letter(order):
    return Words(f"Order {order.reference}", "Thank you.", "<p>Thank you.</p>")


@pytest.fixture
def quote(session, kept, offered, anna, act):
    big = replace(offered, cells=(a_cell(boards=600), a_cell(boards=10)))
    quote = quotes.keep_as_quote(session, kept, big, user=anna, act=act)
    quotes.make_firm(session, quote, act, today=MONDAY.date())
    return quote


def accept(session, quote, act, **changes):
    acceptance = Acceptance(**{"cell": 0, "sha256": quote.current.sha256, "customer_po": "PO 4711"} | changes)
    return accept_quote(session, quote, acceptance, act=act, letter=letter)


@pytest.fixture
def order(session, quote, act):
    return accept(session, quote, act)


def test_an_order_has_the_price_that_was_shown(order):
    assert order.total == Decimal("1529.25")  # 45 × 0.65 + 600 × 2.50
    assert (order.boards, order.customer_po, order.promised_on) == (600, "PO 4711", date(2026, 12, 4))


def test_a_double_click_is_not_a_second_order(session, quote, order, act):
    assert accept(session, quote, act) is order


def test_acceptance_moves_the_quote(quote, order):
    assert quote.state is Commercial.ACCEPTED


def test_the_confirmation_is_in_the_outbox_of_the_same_transaction(session, order):
    [mail] = session.scalars(sa.select(OutboxMail).where(OutboxMail.key == f"order:{order.reference}:confirm"))
    assert (mail.recipient, mail.subject) == ("anna@example.com", f"Order {order.reference}")


def test_a_stale_tab_cannot_accept_what_it_did_not_show(session, quote, act):
    with pytest.raises(Stale, match="changed while you looked"):
        accept(session, quote, act, sha256="0" * 64)


def test_a_budget_cannot_be_accepted(session, kept, offered, anna, act):
    budget = quotes.keep_as_quote(session, kept, offered, user=anna, act=act)
    with pytest.raises(IllegalMove):
        accept(session, budget, act)


def test_an_expired_quote_cannot_be_accepted(session, quote, act):
    with pytest.raises(Stale, match="valid until"):
        accept(session, quote, replace(act, at=act.at + timedelta(days=31)))


@pytest.mark.parametrize("cell", [-1, 2])
def test_only_a_quantity_on_the_quote_can_be_accepted(session, quote, act, cell):
    with pytest.raises(BadInput, match="choose one"):
        accept(session, quote, act, cell=cell)


def test_a_large_order_is_built_in_lots_that_hold_all_its_boards(order):
    assert [lot.boards for lot in order.lots] == [200, 200, 200]
    assert order.lots[0].operations[0]["units"] == 200


def test_nothing_starts_before_sales_has_checked_the_purchase_order(order):
    [hold] = order.open_holds
    assert (hold.number, hold.who_must_act) == (1, "sales")


def test_a_hold_is_closed_once(session, order, act):
    assert close_hold(session, order, number=1, act=act).state is HoldState.CLOSED
    with pytest.raises(IllegalMove):
        close_hold(session, order, number=1, act=act)


def test_a_second_hold_has_its_own_number(session, order, act):
    assert open_hold(session, order, about="U1 is late", who_must_act="buyer", act=act).number == 2


def test_an_order_is_open_until_it_is_invoiced_and_paid(session, order, act):
    states = [payment_of(order)]
    record_invoice(session, order, number="2026-0001", act=act)
    states.append(payment_of(order))
    record_payment(session, order, amount=Decimal("529.25"), bank_reference="B1", act=act)
    states.append(payment_of(order))
    record_payment(session, order, amount=Decimal("1000.00"), bank_reference="B2", act=act)
    assert [*states, payment_of(order)] == [Payment.OPEN, Payment.INVOICED, Payment.PART_PAID, Payment.PAID]


def test_the_same_bank_reference_is_the_same_money(session, order, act):
    first = record_payment(session, order, amount=Decimal("10.00"), bank_reference="B1", act=act)
    assert record_payment(session, order, amount=Decimal("10.00"), bank_reference="B1", act=act) is first


def test_a_bank_reference_with_another_amount_is_questioned(session, order, act):
    record_payment(session, order, amount=Decimal("10.00"), bank_reference="B1", act=act)
    with pytest.raises(BadInput, match="entered already"):
        record_payment(session, order, amount=Decimal("11.00"), bank_reference="B1", act=act)


@pytest.mark.parametrize("amount", ["0", "-1.00"])
def test_money_that_arrives_is_above_zero(session, order, act, amount):
    with pytest.raises(BadInput, match="above zero"):
        record_payment(session, order, amount=Decimal(amount), bank_reference="B1", act=act)


def test_an_order_is_seen_by_its_company_and_by_staff_only(session, order, act, sam):
    assert find_order(session, order.reference, Viewer(user=sam)) is order
    with pytest.raises(NotYours):
        find_order(session, order.reference, Viewer(user=new_customer(session, "bo@example.com", act)))


def test_the_progress_link_is_not_the_orders_reference(session, order):
    assert find_progress(session, order.progress_token) is order
    with pytest.raises(NotYours):
        find_progress(session, order.reference)
