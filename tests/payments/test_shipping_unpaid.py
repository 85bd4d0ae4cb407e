"""Boards are built after the deposit, and leave after the balance: not a cent before."""

from datetime import timedelta
from decimal import Decimal

import pytest

from portal.db import reading
from portal.errors import Unpaid
from portal.models.orders import FloorRecord
from portal.production.floor import FloorKind
from portal.production.payment import LedgerKind
from portal.services import credit, invoices
from portal.services.floor import Report, record_floor
from portal.services.invariants_of_money import MONEY_CHECKS
from portal.services.invoices import Issuer
from portal.services.ledger import enter
from portal.services.looking import Look, Tally
from portal.services.orders import record_payment
from portal.services.outbox import Words
from portal.services.shop import current_shop

pytestmark = pytest.mark.database
PRINT, SHIP = 0, 1
SAYS = Words("Terms", "Good day.", "<p>Good day.</p>")


def report(shop, reference, operation, kind=FloorKind.STARTED, good=0):
    with shop.writing() as session:
        [lot] = shop.find(session, reference).lots
        said = Report(f"{operation} {kind}", operation, kind, good=good)
        record_floor(session, lot, said, shop.act("fay@house.example"))


def built(shop, reference):
    """Everything is done but the shipping."""
    report(shop, reference, PRINT)
    report(shop, reference, PRINT, FloorKind.FINISHED, good=100)


def transfer(shop, reference, amount):
    with shop.writing() as session:
        order = shop.find(session, reference)
        record_payment(session, order, amount=Decimal(amount), bank_reference=f"B {amount}", act=shop.act("sam"))


def invoiced(shop, **terms):
    """An order of 1,190.00 with tax, half of it due at the order and half before shipping."""
    reference = shop.order()
    with shop.writing() as session:
        order = shop.find(session, reference)
        if terms:
            asked = credit.ask_for_terms(session, order.company, limit=Decimal(5000), act=shop.act())
            credit.approve_terms(session, asked, **terms, letter=lambda _: SAYS, act=shop.act("sam", "known for years"))
        issuer = Issuer(current_shop(session), shop.at.date())
        invoices.issue_invoice(session, order, issuer=issuer, act=shop.act("sam"))
    return reference


@pytest.fixture
def half_paid(shop):
    reference = invoiced(shop)
    transfer(shop, reference, "595.00")
    built(shop, reference)
    return reference


def test_boards_do_not_leave_before_the_balance(shop, half_paid):
    with pytest.raises(Unpaid, match="595.00 EUR must come in before these boards leave"):
        report(shop, half_paid, SHIP)


def test_a_cent_that_is_missing_keeps_them(shop, half_paid):
    transfer(shop, half_paid, "594.99")
    with pytest.raises(Unpaid, match="^0.01 EUR"):
        report(shop, half_paid, SHIP)


def test_they_leave_once_the_balance_has_come_in(shop, half_paid):
    transfer(shop, half_paid, "595")
    report(shop, half_paid, SHIP)
    assert shop.faults() == []


def test_each_lot_that_left_is_looked_at(shop, half_paid):
    transfer(shop, half_paid, "595")
    report(shop, half_paid, SHIP)
    with reading(shop.engine) as session:
        look, tally = Look(session, shop.files, shop.at), Tally()
        faults = list(MONEY_CHECKS["Nothing ships unpaid"](look, tally))

    assert (faults, tally.looked_at) == ([], 1)


def test_what_is_credited_need_not_come_in(shop, half_paid):
    with shop.writing() as session:
        invoice = invoices.invoice_of(shop.find(session, half_paid))
        issuer, act = Issuer(current_shop(session), shop.at.date()), shop.act("sam", "agreed")
        invoices.issue_credit_note(session, invoice, net=Decimal(500), issuer=issuer, act=act)
    report(shop, half_paid, SHIP)
    assert shop.faults() == []


def test_with_terms_they_leave_before_anything_came_in(shop):
    reference = invoiced(shop, limit=Decimal(5000), days=30)
    built(shop, reference)
    report(shop, reference, SHIP)
    assert (shop.ledger(reference), shop.faults()) == (["invoiced 1190.00"], [])


def test_an_order_that_sales_let_go_without_a_plan_leaves(shop):
    reference = shop.order()
    built(shop, reference)
    report(shop, reference, SHIP)
    assert shop.faults() == []


def test_who_writes_past_the_gate_is_found_by_verify(shop, half_paid):
    with shop.writing() as session:
        [lot] = shop.find(session, half_paid).lots
        past = {"good": 0, "failed": 0, "scrapped": 0, "at": shop.at, "by": "somebody"}
        session.add(FloorRecord(lot=lot, key="past", operation=SHIP, kind=FloorKind.STARTED.value, **past))
    assert [fault for fault in shop.faults() if "shipped before" in fault]


def test_money_that_goes_back_later_does_not_make_it_wrong(shop, half_paid):
    transfer(shop, half_paid, "595")
    report(shop, half_paid, SHIP)
    shop.at += timedelta(days=1)
    with shop.writing() as session:
        back = {"amount": Decimal(100), "external": "bank:back", "act": shop.act("sam")}
        enter(session, shop.find(session, half_paid), LedgerKind.REFUND, **back)
    assert shop.faults() == []
