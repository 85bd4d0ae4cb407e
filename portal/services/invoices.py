"""Invoices and credit notes: numbered in the transaction that issues them, frozen, hashed, never changed after."""

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from portal.errors import BadInput, NotYours
from portal.models.invoices import Invoice, InvoiceSeries
from portal.models.orders import Order
from portal.models.tax import BillingProfile
from portal.production.instalments import Standing, When
from portal.production.invoice import (
    Address,
    Bank,
    DuePart,
    InvoiceFacts,
    InvoiceKind,
    InvoiceLine,
    Party,
    TaxPart,
    canonical,
    facts_of_text,
    faults,
    fingerprint,
    tax_to_credit,
)
from portal.production.money import rounded
from portal.production.payment import LedgerKind, paid
from portal.production.taxing import TaxDecision
from portal.services.audit import Act, record
from portal.services.ledger import enter, lock, standings_of
from portal.services.shop import ShopData
from portal.services.tax import decision_of, settle_plan

LABELS = {"whole": "Total", "deposit": "Deposit", "balance": "Balance"}
NOTHING = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Issuer:
    """Whose shop, and which day it is there. The letter goes out with the paper (portal/printing.py)."""

    shop: ShopData
    today: date


def facts_of_invoice(invoice: Invoice) -> InvoiceFacts:
    """What it says, from its frozen text: for the document, its XML and the pages."""
    return facts_of_text(invoice.facts_text)


def find_invoice(session: Session, order: Order, number: str) -> Invoice:
    query = sa.select(Invoice).where(Invoice.order_id == order.id, Invoice.number == number)
    invoice = session.scalars(query).first()
    if invoice is None:
        raise NotYours("invoice")
    return invoice


def invoice_of(order: Order) -> Invoice | None:
    """An order has one invoice; what changes of it later is in credit notes."""
    return next((invoice for invoice in order.invoices if invoice.kind is InvoiceKind.INVOICE), None)


def left_to_credit(invoice: Invoice) -> tuple[Decimal, Decimal]:
    """Net and tax of it that no credit note has taken back yet."""
    said = facts_of_invoice(invoice)
    notes = [facts_of_invoice(note) for note in invoice.order.invoices if note.corrects_id == invoice.id]
    return said.net - sum((note.net for note in notes), NOTHING), said.tax - sum((note.tax for note in notes), NOTHING)


def issue_invoice(session: Session, order: Order, *, issuer: Issuer, act: Act) -> Invoice:
    """The invoice over the whole order with its tax; a second click is the same invoice."""
    lock(session, order)
    session.expire(order, ["invoices"])
    if there := invoice_of(order):
        return there
    plan = settle_plan(session, order, issuer.shop, act)
    series, position = next_number(session, issuer.today)
    facts = _invoice_facts(order, decision_of(plan), issuer, number=f"{series}-{position:05d}")
    invoice = _keep(session, order, facts, numbered=(series, position), act=act)
    external = f"invoice:{invoice.number}"
    enter(session, order, LedgerKind.INVOICED, amount=invoice.gross, external=external, act=act)
    return invoice


def issue_credit_note(session: Session, invoice: Invoice, *, net: Decimal, issuer: Issuer, act: Act) -> Invoice:
    """Takes back a part of an invoice, or all of it, with the tax in it; the ledger lowers what is due."""
    order = lock(session, invoice.order)
    session.expire(order, ["invoices"])
    left_net, _ = left_to_credit(invoice)
    if invoice.kind is not InvoiceKind.INVOICE or not 0 < net <= left_net:
        raise BadInput(f"At most {left_net} {invoice.currency} net can be credited. Please give an amount up to that.")
    if not act.reason.strip():
        raise BadInput("A credit note needs a reason. Please write one sentence.")
    series, position = next_number(session, issuer.today)
    facts = _credit_facts(invoice, net, issuer, number=f"{series}-{position:05d}", reason=act.reason)
    note = _keep(session, order, facts, numbered=(series, position), act=act, corrects=invoice)
    external = f"credit-note:{note.number}"
    enter(session, order, LedgerKind.CREDIT_NOTE, amount=note.gross, external=external, act=act)
    return note


def issue_charge(session: Session, invoice: Invoice, *, net: Decimal, label: str, issuer: Issuer, act: Act) -> Invoice:
    """One more invoice of an order, for a change that costs something, taxed like the first; it is due now."""
    order = lock(session, invoice.order)
    if net <= 0 or not act.reason.strip():
        raise BadInput("A charge is above nothing, and has a reason. Please write one sentence.")
    series, position = next_number(session, issuer.today)
    facts = _charge_facts(invoice, (label, act.reason, net), issuer, number=f"{series}-{position:05d}")
    charge = _keep(session, order, facts, numbered=(series, position), act=act)
    enter(session, order, LedgerKind.INVOICED, amount=charge.gross, external=f"invoice:{charge.number}", act=act)
    enter(session, order, LedgerKind.CHARGE, amount=charge.gross, external=f"charge:{charge.number}", act=act)
    return charge


def next_number(session: Session, today: date) -> tuple[str, int]:
    """The series of the year and the next position in it: locked until this transaction ends, so without a gap."""
    series = str(today.year)
    counter = session.get(InvoiceSeries, series, with_for_update=True)
    if counter is None:
        with suppress(IntegrityError), session.begin_nested():  # somebody else may begin the year at the same moment
            session.add(InvoiceSeries(series=series, last=0))
        counter = session.get_one(InvoiceSeries, series, with_for_update=True)
    counter.last += 1
    session.flush()
    return series, counter.last


def _keep(
    session: Session,
    order: Order,
    facts: InvoiceFacts,
    *,
    numbered: tuple[str, int],
    act: Act,
    corrects: Invoice | None = None,
) -> Invoice:
    """Frozen as it is; ValueError is our bug: an invoice that does not add up is never issued."""
    if found := faults(facts):
        raise ValueError(f"{facts.number}: {'; '.join(found)}")
    text = canonical(facts)
    invoice = Invoice(
        number=facts.number,
        series=numbered[0],
        position=numbered[1],
        kind=facts.kind,
        order=order,
        corrects=corrects,
        facts_text=text,
        sha256=fingerprint(text),
        gross=facts.gross,
        currency=facts.currency,
        issued_on=facts.issued_on,
        due_on=facts.due_on,
        issued_by=act.actor,
        created_at=act.at,
    )
    session.add(invoice)
    session.flush()
    record(session, act, f"{facts.kind.value}.issued", order.reference, number=facts.number, sha256=invoice.sha256)
    return invoice


def seller_of(shop: ShopData) -> Party:
    company, place = shop.company, shop.payment.seller
    return Party(
        name=company.legal_name,
        address=Address(company.country, place.street, place.postal_code, place.city),
        vat_id=company.vat_id,
        tax_number=place.tax_number,
        email=company.email,
        phone=company.phone,
    )


def buyer_of(profile: BillingProfile) -> Party:
    address = Address(profile.country, tuple(profile.street), profile.postal_code, profile.city)
    return Party(name=profile.name, address=address, vat_id=profile.vat_id, email=profile.email)


def _line(order: Order, decision: TaxDecision) -> InvoiceLine:
    """All boards together, so that no price of one has to be rounded."""
    boards = Decimal(order.boards)
    return InvoiceLine(
        number=1,
        label=f"Assembled board “{order.quote.design.name}”",
        detail=f"Quote {order.quote.reference}, revision {order.revision.number}",
        quantity=boards,
        per=boards,
        unit_price=order.net,
        amount=order.net,
        tax_category=decision.category,
        tax_rate=decision.rate or Decimal(0),
    )


def _tax(net: Decimal, decision: TaxDecision, currency: str) -> TaxPart:
    rate = decision.rate or Decimal(0)
    tax = rounded(net * rate, currency)
    return TaxPart(decision.category, rate, net, tax, decision.reason, decision.reason_code)


def _invoice_facts(order: Order, decision: TaxDecision, issuer: Issuer, *, number: str) -> InvoiceFacts:
    due = tuple(_due(standing, order, issuer.today) for standing in standings_of(order) if standing.left > 0)
    bank = issuer.shop.payment.bank
    return InvoiceFacts(
        number=number,
        kind=InvoiceKind.INVOICE,
        currency=order.currency,
        issued_on=issuer.today,
        seller=seller_of(issuer.shop),
        buyer=buyer_of(order.company.billing),
        lines=(_line(order, decision),),
        taxes=(_tax(order.net, decision, order.currency),),
        order_reference=order.reference,
        quote_reference=order.quote.reference,
        customer_po=order.customer_po,
        due=due,
        terms=terms_in_words(due, order.currency),
        bank=Bank(bank.holder, bank.iban, bank.bic),
        prepaid=min(max(paid(order.ledger), NOTHING), order.gross),
    )


def _due(standing: Standing, order: Order, today: date) -> DuePart:
    """At the order is now; before shipping is the day on which the boards are promised to leave."""
    due = standing.due
    days = {
        When.AT_ORDER: today,
        When.BEFORE_SHIPPING: max(order.promised_on, today) if order.promised_on else None,
        When.AFTER_INVOICE: today + timedelta(days=due.days),
    }
    return DuePart(LABELS[due.instalment], standing.left, days[due.when], due.when.value)


def terms_in_words(due: tuple[DuePart, ...], currency: str) -> str:
    """One sentence for each instalment, as the invoice prints it."""
    sentences = [
        f"{part.label} of {part.amount} {currency} due "
        + (f"by {part.due_on.isoformat()}" if part.due_on else part.when)
        + (", before the boards are shipped." if part.when == When.BEFORE_SHIPPING else ".")
        for part in due
    ]
    return " ".join(sentences) or "Nothing is left to be paid."


def _charge_facts(invoice: Invoice, line: tuple[str, str, Decimal], issuer: Issuer, *, number: str) -> InvoiceFacts:
    """`line`: what, why and how much. To the buyer and by the tax of the invoice of the order."""
    said, (label, reason, net) = facts_of_invoice(invoice), line
    [old] = said.taxes
    tax = rounded(net * old.rate, said.currency)
    due = (DuePart("Charge", net + tax, issuer.today, When.AT_ORDER.value),)
    row = InvoiceLine(
        1,
        label,
        detail=reason,
        quantity=Decimal(1),
        unit_price=net,
        amount=net,
        tax_category=old.category,
        tax_rate=old.rate,
    )
    return replace(
        said,
        number=number,
        issued_on=issuer.today,
        lines=(row,),
        taxes=(replace(old, net=net, tax=tax),),
        due=due,
        terms=terms_in_words(due, said.currency),
        prepaid=NOTHING,
    )


def _credit_facts(invoice: Invoice, net: Decimal, issuer: Issuer, *, number: str, reason: str) -> InvoiceFacts:
    """To the buyer as the invoice has it: an address may have changed since, the invoice has not."""
    said = facts_of_invoice(invoice)
    [old] = said.taxes
    tax = tax_to_credit(old, left=left_to_credit(invoice), net=net, currency=said.currency)
    part = TaxPart(old.category, old.rate, net, tax, old.reason, old.reason_code)
    line = InvoiceLine(
        number=1,
        label=f"Credit for invoice {said.number}",
        detail=reason,
        quantity=Decimal(1),
        unit_price=net,
        amount=net,
        tax_category=old.category,
        tax_rate=old.rate,
    )
    return InvoiceFacts(
        number=number,
        kind=InvoiceKind.CREDIT_NOTE,
        currency=said.currency,
        issued_on=issuer.today,
        seller=said.seller,
        buyer=said.buyer,
        lines=(line,),
        taxes=(part,),
        order_reference=said.order_reference,
        quote_reference=said.quote_reference,
        customer_po=said.customer_po,
        corrects=said.number,
        reason=reason,
    )
