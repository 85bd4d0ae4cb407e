"""Open invoices: how old they are, and whom to remind of them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload, selectinload

from portal.models.invoices import Invoice, Reminder
from portal.models.orders import Order
from portal.production.invoice import InvoiceKind
from portal.production.terms import Bucket, OpenInvoice, ageing, reminder_due
from portal.services.audit import Act, record
from portal.services.ledger import still_due
from portal.services.outbox import Words, post
from portal.services.shop import ShopData


@dataclass(frozen=True, slots=True)
class Reminded:
    """What a reminder says: of which invoice, for the how-many-eth time, of how many."""

    invoice: Invoice
    open: OpenInvoice
    level: int
    levels: int


def open_invoices(session: Session) -> Iterator[tuple[Invoice, OpenInvoice]]:
    """Invoices of which something is left to pay, the oldest first. An order has one that stands."""
    query = (
        sa.select(Invoice)
        .where(Invoice.kind == InvoiceKind.INVOICE)
        .options(joinedload(Invoice.order).joinedload(Order.company), selectinload(Invoice.reminders))
        .options(joinedload(Invoice.order).selectinload(Order.ledger))
        .order_by(Invoice.due_on, Invoice.id)
    )
    newest = {invoice.order_id: invoice for invoice in session.scalars(query)}
    for invoice in newest.values():
        if (left := still_due(invoice.order)) > 0:
            yield invoice, OpenInvoice(invoice.number, left, invoice.due_on)


def ageing_of(session: Session, shop: ShopData, today: date) -> tuple[Bucket, ...]:
    return ageing([found for _, found in open_invoices(session)], today=today, days=shop.payment.ageing.days)


def remind(
    session: Session, shop: ShopData, *, today: date, letter: Callable[[Reminded], Words], act: Act
) -> list[Reminded]:
    """A letter for each invoice whose next reminder is due: each level once, however often this runs."""
    days, sent = shop.payment.reminders.days_after_due, []
    for invoice, found in open_invoices(session):
        level = reminder_due(found, today=today, sent=len(invoice.reminders), days_after_due=days)
        if level is None or not invoice.order.company.billing:
            continue
        said = Reminded(invoice, found, level, len(days))
        session.add(Reminder(invoice=invoice, level=level, at=act.at))
        recipient = invoice.order.company.billing.email
        post(session, letter(said), key=f"reminder:{invoice.number}:{level}", recipient=recipient, at=act.at)
        record(session, act, "invoice.reminded", invoice.order.reference, number=invoice.number, level=level)
        sent.append(said)
    return sent
