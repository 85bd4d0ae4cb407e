"""Invoices have numbers without a gap, add up, never change; credit notes take back, reminders remind."""

import hashlib
import threading
from datetime import date, timedelta
from decimal import Decimal

import pytest
import sqlalchemy as sa

from portal import till
from portal.db import reading
from portal.errors import BadInput, NotYours
from portal.models.invoices import Invoice, Reminder
from portal.models.work import OutboxMail
from portal.production.instalments import When
from portal.production.invoice import InvoiceKind, canonical, faults
from portal.production.lifecycle import Payment
from portal.services import credit, invoices
from portal.services.floor import payment_of
from portal.services.invoices import Issuer, facts_of_invoice
from portal.services.orders import record_payment
from portal.services.outbox import Words
from portal.services.reminding import ageing_of, open_invoices, remind
from portal.services.shop import current_shop

pytestmark = pytest.mark.database

SAM = "sam@house.example"


def issue(shop, reference, today=None):
    with shop.writing() as session:
        issuer = Issuer(current_shop(session), today or shop.at.date())
        return invoices.issue_invoice(session, shop.find(session, reference), issuer=issuer, act=shop.act(SAM)).number


def credit_note(shop, reference, net, reason="two boards were scrapped"):
    with shop.writing() as session:
        invoice = invoices.invoice_of(shop.find(session, reference))
        issuer = Issuer(current_shop(session), shop.at.date())
        note = invoices.issue_credit_note(session, invoice, net=Decimal(net), issuer=issuer, act=shop.act(SAM, reason))
        return note.number


def said(shop, number):
    with reading(shop.engine) as session:
        return facts_of_invoice(session.scalars(sa.select(Invoice).where(Invoice.number == number)).one())


def decided(terms):
    return Words(f"Your terms: {terms.state}", "Thank you.", "<p>Thank you.</p>")


def terms(shop, reference, limit="5000"):
    with shop.writing() as session:
        company = shop.find(session, reference).company
        asked = credit.ask_for_terms(session, company, limit=Decimal(limit), act=shop.act())
        because = shop.act(SAM, "known for years")
        credit.approve_terms(session, asked, limit=Decimal(limit), days=30, letter=decided, act=because)


def pay_by_bank(shop, reference, amount):
    with shop.writing() as session:
        order = shop.find(session, reference)
        record_payment(session, order, amount=Decimal(amount), bank_reference="B-1", act=shop.act(SAM))


def test_numbers_run_without_a_gap_and_begin_anew_each_year(shop):
    numbers = [issue(shop, shop.order(), date(2026, 12, 31)) for _ in range(2)]
    assert [*numbers, issue(shop, shop.order(), date(2027, 1, 1))] == ["2026-00001", "2026-00002", "2027-00001"]


def test_an_invoice_that_fails_takes_no_number(shop):
    with pytest.raises(BadInput, match="billing address"):
        issue(shop, shop.order(billing=None))
    assert issue(shop, shop.order()).endswith("-00001")


def test_a_second_click_is_the_same_invoice(shop):
    reference = shop.order()
    assert issue(shop, reference) == issue(shop, reference)
    assert shop.ledger(reference) == ["invoiced 1190.00"]


def test_twenty_clerks_at_once_leave_no_gap(shop):
    orders = [shop.order() for _ in range(6)]
    clerks = [threading.Thread(target=issue, args=(shop, reference)) for reference in orders * 2]
    for clerk in clerks:
        clerk.start()
    for clerk in clerks:
        clerk.join()
    with reading(shop.engine) as session:
        assert sorted(session.scalars(sa.select(Invoice.position))) == list(range(1, 7))


def test_an_invoice_adds_up_and_says_who_what_and_when(shop):
    facts = said(shop, issue(shop, shop.order()))
    assert faults(facts) == []
    assert (facts.net, facts.tax, facts.gross) == (Decimal("1000.00"), Decimal("190.00"), Decimal("1190.00"))
    assert (facts.buyer.name, facts.buyer.vat_id, facts.customer_po) == ("Volta GmbH", "DE136695976", "PO 4711")


def test_a_deposit_is_due_now_and_the_balance_before_shipping(shop):
    facts = said(shop, issue(shop, shop.order()))
    assert [(part.label, part.amount, part.when) for part in facts.due] == [
        ("Deposit", Decimal("595.00"), When.AT_ORDER),
        ("Balance", Decimal("595.00"), When.BEFORE_SHIPPING),
    ]
    assert "before the boards are shipped" in facts.terms


def test_what_was_paid_before_stands_on_the_invoice(shop):
    reference = shop.order()
    shop.paid_page(reference)
    shop.hear_all()
    facts = said(shop, issue(shop, reference))
    assert (facts.prepaid, facts.to_pay, len(facts.due)) == (Decimal("595.00"), Decimal("595.00"), 1)


def test_an_invoice_is_kept_by_its_hash_and_the_database_refuses_to_change_it(shop):
    number = issue(shop, shop.order())
    with reading(shop.engine) as session:
        kept = session.scalars(sa.select(Invoice).where(Invoice.number == number)).one()
        assert kept.sha256 == hashlib.sha256(canonical(facts_of_invoice(kept)).encode()).hexdigest()
    change = sa.update(Invoice).values(gross=Decimal("1.00"))
    with pytest.raises(sa.exc.DBAPIError, match="append-only"), shop.writing() as session:
        session.execute(change)


def test_a_credit_note_takes_back_net_and_tax(shop):
    reference = shop.order()
    invoice = issue(shop, reference)
    facts = said(shop, credit_note(shop, reference, "100.00"))
    assert (facts.kind, facts.gross, facts.corrects) == (InvoiceKind.CREDIT_NOTE, Decimal("119.00"), invoice)
    assert shop.ledger(reference) == ["invoiced 1190.00", "credit-note 119.00"]


def test_a_credit_note_has_its_number_in_the_same_row(shop):
    reference = shop.order()
    assert [issue(shop, reference)[-1], credit_note(shop, reference, "1.00")[-1]] == ["1", "2"]


def test_an_invoice_that_is_credited_whole_is_settled(shop):
    reference = shop.order()
    issue(shop, reference)
    credit_note(shop, reference, "1000.00")
    with reading(shop.engine) as session:
        assert payment_of(shop.find(session, reference)) is Payment.PAID


@pytest.mark.parametrize("net", ["0", "-5", "900.01"])
def test_no_more_is_credited_than_was_invoiced(shop, net):
    reference = shop.order()
    issue(shop, reference)
    credit_note(shop, reference, "100.00")
    with pytest.raises(BadInput, match=r"At most 900\.00 EUR net"):
        credit_note(shop, reference, net)


def test_a_credit_note_needs_a_reason(shop):
    reference = shop.order()
    issue(shop, reference)
    with pytest.raises(BadInput, match="needs a reason"):
        credit_note(shop, reference, "1.00", reason=" ")


def test_another_orders_invoice_is_not_found(shop):
    number, other = issue(shop, shop.order()), shop.order()
    with reading(shop.engine) as session, pytest.raises(NotYours):
        invoices.find_invoice(session, shop.find(session, other), number)


def test_an_order_on_terms_is_due_after_its_invoice_and_starts_at_once(shop):
    reference = shop.order()
    terms(shop, reference)
    facts = said(shop, issue(shop, reference, date(2026, 11, 23)))
    assert [(part.amount, part.due_on) for part in facts.due] == [(Decimal("1190.00"), date(2026, 12, 23))]
    with reading(shop.engine) as session:
        assert shop.find(session, reference).open_holds == []


def test_an_order_beyond_the_limit_is_paid_before_it_starts(shop):
    first, second = shop.order("3000.00"), shop.order("2000.00")
    terms(shop, first)
    issue(shop, first)
    assert [part.when for part in said(shop, issue(shop, second)).due] == [When.AT_ORDER, When.BEFORE_SHIPPING]


def test_a_paid_order_frees_the_limit(shop):
    first, second = shop.order("3000.00"), shop.order("2000.00")
    terms(shop, first)
    issue(shop, first)
    pay_by_bank(shop, first, "3570.00")
    assert [part.when for part in said(shop, issue(shop, second)).due] == [When.AFTER_INVOICE]


def test_terms_that_stand_are_not_asked_for_again(shop):
    reference = shop.order()
    terms(shop, reference)
    with pytest.raises(BadInput, match="approved already"):
        terms(shop, reference)


def test_withdrawn_terms_change_no_invoice_that_was_issued(shop):
    reference, later = shop.order(), shop.order()
    terms(shop, reference)
    before = said(shop, issue(shop, reference))
    with shop.writing() as session:
        stood = shop.find(session, reference).company.terms
        credit.end_terms(session, stood, letter=decided, act=shop.act(SAM, "pays late"))
    assert said(shop, before.number) == before
    assert said(shop, issue(shop, later)).due[0].when == When.AT_ORDER


def reminded(shop):
    with shop.writing() as session:
        words = lambda said: Words(f"Reminder {said.level} of {said.levels}", said.invoice.number, "<p></p>")  # noqa: E731
        return [
            (one.invoice.number, one.level)
            for one in remind(
                session, current_shop(session), today=shop.at.date(), letter=words, act=shop.act("worker")
            )
        ]


@pytest.fixture
def overdue(shop):
    """An order on terms of 30 days; its invoice."""
    reference = shop.order()
    terms(shop, reference)
    return issue(shop, reference)


def test_reminders_come_once_each_in_their_order(shop, overdue):
    heard = []
    for days in (0, 30, 7, 0, 14, 14, 100):
        shop.at += timedelta(days=days)
        heard += reminded(shop)
    assert heard == [(overdue, 1), (overdue, 2), (overdue, 3)]
    with reading(shop.engine) as session:
        letters = session.scalars(sa.select(OutboxMail.recipient).where(OutboxMail.key.startswith("reminder:")))
        assert set(letters) == {"books@volta.example"}
        assert len(list(session.scalars(sa.select(Reminder)))) == 3


def test_nobody_is_reminded_of_what_is_paid(shop, overdue):
    with reading(shop.engine) as session:
        reference = session.scalars(sa.select(Invoice)).one().order.reference
    pay_by_bank(shop, reference, "1190.00")
    shop.at += timedelta(days=400)
    assert reminded(shop) == []


def test_the_ageing_list_has_each_open_invoice_with_what_is_left(shop, overdue):
    shop.at += timedelta(days=70)
    with reading(shop.engine) as session:
        [(invoice, found)] = open_invoices(session)
        buckets = {one.label: one.amount for one in ageing_of(session, current_shop(session), shop.at.date())}
    assert (invoice.number, found.left) == (overdue, Decimal("1190.00"))
    assert buckets["31 to 60 days late"] == Decimal("1190.00")


def test_who_asked_for_terms_hears_what_was_decided(shop):
    terms(shop, shop.order())
    with reading(shop.engine) as session:
        [letter] = session.scalars(sa.select(OutboxMail).where(OutboxMail.key.startswith("terms:")))
    assert (letter.recipient, letter.subject) == ("anna@volta.example", "Your terms: approved")


def test_the_worker_reminds_in_the_shops_own_words(shop, overdue):
    shop.at += timedelta(days=37)
    till.remind(shop.engine, base_url="https://shop.example", timezone="Europe/Berlin", now=lambda: shop.at)
    with reading(shop.engine) as session:
        [letter] = session.scalars(sa.select(OutboxMail).where(OutboxMail.key.startswith("reminder:")))
    assert letter.subject == f"Reminder: invoice {overdue}"
    for said in ("1,190.00", "https://shop.example/orders/", "are still open"):
        assert said in letter.text
        assert said in letter.html


def test_all_invariants_hold_after_a_year_of_invoices(shop):
    for net in ("100.00", "0.01", "333.33"):
        reference = shop.order("777.77")
        issue(shop, reference)
        credit_note(shop, reference, net)
    assert shop.faults() == []
