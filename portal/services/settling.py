"""Changes of an order that is invoiced or paid already: a credit note takes back, a charge of its own is added."""

from collections.abc import Iterator

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.models.changes import OrderCancellation
from portal.models.orders import LedgerEntry, Order
from portal.models.plans import OrderRelease, ReleaseChange
from portal.models.tax import PaymentPlan
from portal.services.audit import Act, record
from portal.services.invoices import Issuer, issue_charge, issue_credit_note, issue_invoice
from portal.services.ledger import lock
from portal.services.price_changes import IN_THE_PLAN, note_settled, open_changes, price_changes


def settle_changes(session: Session, order: Order, *, issuer: Issuer, act: Act) -> int:
    """Each change once, with its paper and its entry in the ledger; how many there were.

    Before there is a payment plan there is nothing to settle. What was paid without an invoice gets it first.
    """
    if order.plan is None or not open_changes(order):
        return 0
    lock(session, order)
    session.expire(order, ["settlements"])
    changes = open_changes(order)
    invoice = issue_invoice(session, order, issuer=issuer, act=act)
    for change in changes:
        because = act.because(f"{change.label}: {change.because}")
        if change.net < 0:
            note = issue_credit_note(session, invoice, net=-change.net, issuer=issuer, act=because)
            external = f"credit-note:{note.number}"
        else:
            charge = issue_charge(session, invoice, net=change.net, label=change.label, issuer=issuer, act=because)
            external = f"charge:{charge.number}"
        note_settled(session, order, change, external=external, act=act)
        record(session, because, "change.settled", order.reference, net=str(change.net), external=external)
    session.flush()
    return len(changes)


def to_settle(session: Session) -> list[Order]:
    """Orders with a payment plan and a change that no paper knows yet; the worker looks every minute."""
    of_release = sa.exists().where(OrderRelease.order_id == Order.id, ReleaseChange.release_id == OrderRelease.id)
    is_gone = sa.exists().where(OrderCancellation.order_id == Order.id)
    changed = sa.select(Order).join(PaymentPlan).where(of_release | is_gone).order_by(Order.id)
    return [order for order in session.scalars(changed) if open_changes(order)]


def settlement_faults(order: Order) -> Iterator[str]:
    """A settled change is what it was, and its entry is in the ledger of this order."""
    known = {change.what: change.net for change in price_changes(order)}
    entries = {entry.external_reference for entry in order.ledger}
    for one in order.settlements:
        if known.get(one.what) != one.net:
            yield f"{one.what} of order {order.reference} was settled with {one.net}, and is {known.get(one.what)}"
        if one.external != IN_THE_PLAN and one.external not in entries:
            yield f"{one.what} of order {order.reference} is settled and {one.external} is not in its ledger"
    papers = {one.external for one in order.settlements}
    yield from (f"{name} of order {order.reference} is for no change" for name in _charges(order.ledger) - papers)


def _charges(ledger: list[LedgerEntry]) -> set[str]:
    return {entry.external_reference for entry in ledger if entry.external_reference.startswith("charge:")}
