"""What must hold of money at every moment: the ledger, what Stripe was asked and told, plans and invoices."""

import hashlib
from collections.abc import Iterator
from decimal import Decimal

import sqlalchemy as sa

from portal.models.invoices import Invoice, InvoiceSeries
from portal.models.orders import LedgerEntry, Lot, Order
from portal.models.payments import (
    CallState,
    EventState,
    PaymentAttempt,
    Refund,
    StripeCall,
    StripeEvent,
    Way,
)
from portal.models.tax import PaymentPlan
from portal.production.attempts import IN_HAND, AttemptState, RefundState
from portal.production.floor import FloorKind
from portal.production.instalments import may_ship, standings
from portal.production.invoice import facts_of_text, faults
from portal.production.payment import LedgerKind, due, paid
from portal.services.calls import UNSETTLED, fingerprint
from portal.services.floor import ships
from portal.services.ledger import parts_of
from portal.services.looking import Check, Look, Tally
from portal.services.price_changes import IN_THE_PLAN
from portal.services.settling import settlement_faults

K = LedgerKind
# What went back, was returned, was taken: each at most what it came from.
AT_MOST = (
    ((K.REFUND,), (K.PAYMENT, K.REFUND_RETURNED), "more refunds than payments"),
    ((K.REFUND_RETURNED,), (K.REFUND,), "more refunds returned than made"),
    ((K.DISPUTE_WON, K.DISPUTE_LOST), (K.DISPUTE,), "more disputes ended than opened"),
)


def the_ledger_is_sound(look: Look, tally: Tally) -> Iterator[str]:
    for order in look.all(Order):
        sums = dict.fromkeys(LedgerKind, Decimal(0))
        for entry in order.ledger:
            tally.looked_at += 1
            sums[entry.kind] += entry.amount
            if entry.currency != order.currency or entry.amount <= 0:
                yield f"ledger entry {entry.external_reference} does not fit order {order.reference}"
        for less, more, sentence in AT_MOST:
            if sum(sums[kind] for kind in less) > sum(sums[kind] for kind in more):
                yield f"order {order.reference} has {sentence}"


def plans_are_their_parts(look: Look, tally: Tally) -> Iterator[str]:
    for plan in look.all(PaymentPlan):
        tally.looked_at += 1
        changed = sum(one.net for one in plan.order.settlements if one.external == IN_THE_PLAN)
        if plan.net != plan.order.total + changed or plan.net + plan.tax != plan.gross:
            yield f"the plan of order {plan.order.reference} is not its total with its tax"
        if sum(Decimal(part["amount"]) for part in plan.parts) != plan.gross:
            yield f"the parts of order {plan.order.reference} are not its total"


def payments_are_in_the_ledger_once(look: Look, tally: Tally) -> Iterator[str]:
    """A paid try has its entry, of its amount and order; an entry of a payment page has its try."""
    entries = {entry.external_reference: entry for entry in look.all(LedgerEntry)}
    known = set()
    for attempt in look.all(PaymentAttempt):
        tally.looked_at += 1
        if (attempt.in_hand_of is not None) != (attempt.state in IN_HAND):
            yield f"payment {attempt.reference} is {attempt.state}, and in hand of {attempt.in_hand_of}"
        if attempt.way is not Way.PAGE or attempt.state is not AttemptState.PAID:
            continue
        known.add(f"stripe:{attempt.payment_intent}")
        entry = entries.get(f"stripe:{attempt.payment_intent}")
        if entry is None or (entry.order_id, entry.amount) != (attempt.order_id, attempt.amount):
            yield f"payment {attempt.reference} is paid and not in the ledger"
    pages = {name for name, entry in entries.items() if name.startswith("stripe:pi_") and entry.kind is K.PAYMENT}
    yield from (f"ledger entry {name} is of no payment of ours" for name in sorted(pages - known))


def refunds_are_in_the_ledger_once(look: Look, tally: Tally) -> Iterator[str]:
    rows = look.session.execute(sa.select(LedgerEntry.external_reference, LedgerEntry.amount))
    entries = {name: amount for name, amount in rows}  # noqa: C416 - rows are no pairs to dict()
    for refund in look.all(Refund):
        tally.looked_at += 1
        is_stripes = refund.state is RefundState.DONE and refund.stripe_id
        if is_stripes and entries.get(f"stripe:{refund.stripe_id}") != refund.amount:
            yield f"refund {refund.reference} is done and not in the ledger"
        is_approved = refund.state is not RefundState.REFUSED and refund.decided_by
        if is_approved and refund.decided_by == refund.asked_by:
            yield f"refund {refund.reference} was approved by who asked for it"


def calls_are_what_was_written(look: Look, tally: Tally) -> Iterator[str]:
    for call in look.all(StripeCall):
        tally.looked_at += 1
        if fingerprint(call.params) != call.params_sha256:
            yield f"call {call.key} is not what was written"
        if (call.settled_at is None) != (call.state in UNSETTLED):
            yield f"call {call.key} is {call.state}, settled at {call.settled_at}"
        if (call.answer is None) == (call.state is CallState.ANSWERED):
            yield f"call {call.key} is {call.state}, and its answer is {call.answer}"


def events_are_applied_once(look: Look, tally: Tally) -> Iterator[str]:
    for event in look.all(StripeEvent):
        tally.looked_at += 1
        if event.state is EventState.APPLIED and event.applied_at is None:
            yield f"event {event.event_id} is applied, nobody knows when"
        if event.state is EventState.WAITING and event.applied_at is not None:
            yield f"event {event.event_id} waits, and was applied at {event.applied_at}"


def invoices_have_no_gap(look: Look, tally: Tally) -> Iterator[str]:
    positions: dict[str, list[int]] = {}
    for invoice in look.all(Invoice):
        tally.looked_at += 1
        positions.setdefault(invoice.series, []).append(invoice.position)
        if hashlib.sha256(invoice.facts_text.encode()).hexdigest() != invoice.sha256:
            yield f"{invoice.number} is not what was issued"
        yield from (f"{invoice.number}: {fault}" for fault in faults(facts_of_text(invoice.facts_text)))
    for series in look.all(InvoiceSeries):
        if sorted(positions.get(series.series, [])) != list(range(1, series.last + 1)):
            yield f"the invoices of {series.series} have a gap"


def invoices_are_in_the_ledger(look: Look, tally: Tally) -> Iterator[str]:
    """And of the right kind: an invoice is due, a credit note takes back."""
    rows = look.session.execute(sa.select(LedgerEntry.external_reference, LedgerEntry.order_id, LedgerEntry.amount))
    entries = {name: (order, amount) for name, order, amount in rows}
    for invoice in look.all(Invoice):
        tally.looked_at += 1
        if entries.get(f"{invoice.kind.value}:{invoice.number}") != (invoice.order_id, invoice.gross):
            yield f"{invoice.number} is not in the ledger of its order"


def nothing_ships_unpaid(look: Look, tally: Tally) -> Iterator[str]:
    """By the ledger of that moment: what was paid back or disputed later was not known."""
    for lot in look.all(Lot):
        for kept in lot.events:
            if kept.kind != FloorKind.STARTED or not ships(lot, kept.operation):
                continue
            tally.looked_at += 1
            order, known = lot.order, [entry for entry in lot.order.ledger if entry.at <= kept.at]
            has_plan = order.plan and order.plan.made_at <= kept.at
            credited = order.gross - due(known, order.gross)
            if has_plan and not may_ship(standings(parts_of(order), paid=paid(known), credited=credited)):
                yield f"lot {lot.reference} was shipped before order {order.reference} was paid"


def changes_are_settled_once(look: Look, tally: Tally) -> Iterator[str]:
    for order in look.all(Order):
        tally.looked_at += len(order.settlements)
        yield from settlement_faults(order)


MONEY_CHECKS: dict[str, Check] = {
    "The ledger is sound": the_ledger_is_sound,
    "Plans are their parts": plans_are_their_parts,
    "Payments are in the ledger once": payments_are_in_the_ledger_once,
    "Refunds are in the ledger once": refunds_are_in_the_ledger_once,
    "Calls are what was written": calls_are_what_was_written,
    "Events are applied once": events_are_applied_once,
    "Invoices have no gap": invoices_have_no_gap,
    "Invoices are in the ledger": invoices_are_in_the_ledger,
    "Changes are settled once": changes_are_settled_once,
    "Nothing ships unpaid": nothing_ships_unpaid,
}
