"""What Stripe says of an object now, brought into our rows. Each of these may be told twice, late and in any order:
the object is as it is when it was fetched, the ledger takes each amount by its name once, and states only go forward.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.errors import PortalError
from portal.gateways.stripe import Stripe
from portal.models.base import reference
from portal.models.orders import LedgerEntry
from portal.models.payments import Dispute, EventState, PaymentAttempt, Refund, Way
from portal.production.attempts import AttemptState, RefundState
from portal.production.money import from_minor, to_minor
from portal.production.payment import LedgerKind
from portal.services.audit import Act, record
from portal.services.ledger import enter, lock
from portal.services.orders import open_hold
from portal.services.payments import move_attempt
from portal.services.refunds import take_refund

Object = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Seen:
    state: EventState
    note: str = ""


APPLIED = Seen(EventState.APPLIED)
NOT_OURS = Seen(EventState.IGNORED, "about no payment of ours")


def gathered(stripe: Stripe, kind: str, stripe_id: str) -> list[Object] | None:
    """The object as it is now, after the payment that it rests on; None when Stripe does not know it."""
    found = stripe.fetch(kind, stripe_id)
    if found is None:
        return None
    intent = found.get("payment_intent") if kind in {"refund", "dispute"} else None
    before = stripe.fetch("payment_intent", intent) if intent else None
    return [before, found] if before else [found]


def observe(session: Session, found: list[Object], act: Act) -> Seen:
    """All of what was gathered; the last one is what it was about. What the ledger refuses, sales must look at."""
    told = NOT_OURS
    for each in found:
        try:
            with session.begin_nested():
                told = OBSERVERS[each["object"]](session, each, act)
        except PortalError as refused:
            told = Seen(EventState.REVIEW, refused.sentence)
    return told


def _attempt(session: Session, told: Object, *, intent: str | None = None) -> PaymentAttempt | None:
    """By its own id, by its payment, or by the reference that we gave along; its order is locked."""
    named = (told.get("metadata") or {}).get("attempt", "")
    known = [PaymentAttempt.stripe_id == told["id"], PaymentAttempt.reference == named]
    if intent:
        known.append(PaymentAttempt.payment_intent == intent)
    attempt = session.scalars(sa.select(PaymentAttempt).where(sa.or_(*known))).first()
    if attempt:
        lock(session, attempt.order)
        session.refresh(attempt)
    return attempt


def _disagreement(attempt: PaymentAttempt, told: Object, amount: int) -> str:
    """What does not fit; empty where all does."""
    expected = to_minor(attempt.amount, attempt.currency)
    given = told.get("metadata") or {}
    claims = (
        (amount != expected, f"the amount is {amount}, not {expected}"),
        (told["currency"].upper() != attempt.currency, f"the currency is {told['currency']}, not {attempt.currency}"),
        (given.get("order", attempt.order.reference) != attempt.order.reference, "it names another order"),
        (given.get("attempt", attempt.reference) != attempt.reference, "it names another payment"),
    )
    return "; ".join(sentence for is_so, sentence in claims if is_so)


def _review(session: Session, attempt: PaymentAttempt, sentence: str, act: Act) -> Seen:
    """Never paid by what does not agree: somebody must look."""
    if attempt.problem != sentence:
        attempt.problem = sentence
        record(session, act.because(sentence), "payment.disagrees", attempt.order.reference, attempt=attempt.reference)
    return Seen(EventState.REVIEW, sentence)


def observe_page(session: Session, page: Object, act: Act) -> Seen:
    attempt = _attempt(session, page)
    if attempt is None or attempt.way is not Way.PAGE:
        return NOT_OURS
    if sentence := _disagreement(attempt, page, page["amount_total"]):
        return _review(session, attempt, sentence, act)
    attempt.stripe_id = attempt.stripe_id or page["id"]
    if page.get("payment_intent"):
        attempt.payment_intent = page["payment_intent"]
    if page["payment_status"] == "paid":
        _take(session, attempt, page["payment_intent"], act)
    elif page["status"] == "complete":
        move_attempt(session, attempt, AttemptState.WAITING, act)
    elif page["status"] == "expired":
        move_attempt(session, attempt, AttemptState.EXPIRED, act)
    return APPLIED


INTENTS = {
    "processing": AttemptState.WAITING,
    "canceled": AttemptState.FAILED,
}


def observe_intent(session: Session, intent: Object, act: Act) -> Seen:
    attempt = _attempt(session, intent, intent=intent["id"])
    if attempt is None or attempt.way is not Way.PAGE:
        return NOT_OURS
    is_paid = intent["status"] == "succeeded"
    if sentence := _disagreement(attempt, intent, intent["amount_received"] if is_paid else intent["amount"]):
        return _review(session, attempt, sentence, act)
    attempt.payment_intent = intent["id"]
    if is_paid:
        _take(session, attempt, intent["id"], act)
    elif intent["status"] in INTENTS:
        move_attempt(session, attempt, INTENTS[intent["status"]], act)
    elif intent["status"] == "requires_payment_method" and attempt.state is AttemptState.WAITING:
        move_attempt(session, attempt, AttemptState.FAILED, act)  # the bank did not pay; on an open page one may retry
    return APPLIED


def _take(session: Session, attempt: PaymentAttempt, intent: str, act: Act) -> None:
    external = f"stripe:{intent}"
    enter(session, attempt.order, LedgerKind.PAYMENT, amount=attempt.amount, external=external, act=act)
    move_attempt(session, attempt, AttemptState.PAID, act)


def observe_invoice(session: Session, invoice: Object, act: Act) -> Seen:
    """Paid by transfers, perhaps in parts: what is new of it is entered."""
    attempt = _attempt(session, invoice)
    if attempt is None or attempt.way is not Way.INVOICE:
        return NOT_OURS
    if invoice["status"] == "draft":
        return APPLIED
    if sentence := _disagreement(attempt, invoice, invoice["total"]):
        return _review(session, attempt, sentence, act)
    name = f"stripe:{invoice['id']}:"
    rows = sa.select(LedgerEntry.amount).where(LedgerEntry.external_reference.startswith(name))
    new = from_minor(invoice["amount_paid"], attempt.currency) - sum(session.scalars(rows), Decimal(0))
    if new > 0:
        external = f"{name}{invoice['amount_paid']}"
        enter(session, attempt.order, LedgerKind.PAYMENT, amount=new, external=external, act=act)
    attempt.payment_intent = attempt.payment_intent or _intent_of(invoice)
    if invoice["status"] == "paid":
        move_attempt(session, attempt, AttemptState.PAID, act)
    elif invoice["status"] in {"void", "uncollectible"}:
        move_attempt(session, attempt, AttemptState.CANCELLED, act)
    return APPLIED


def _intent_of(invoice: Object) -> str | None:
    """Of an invoice that one payment settled; several are paid back by transfer."""
    paid = [one["payment"].get("payment_intent") for one in (invoice.get("payments") or {}).get("data", [])]
    return paid[0] if len(paid) == 1 and invoice["status"] == "paid" else None


def observe_refund(session: Session, told: Object, act: Act) -> Seen:
    """Ours, or one that somebody made in Stripe's own pages."""
    named = (told.get("metadata") or {}).get("refund", "")
    query = sa.select(Refund).where(sa.or_(Refund.stripe_id == told["id"], Refund.reference == named))
    refund = session.scalars(query).first()
    if refund is None:
        refund = _made_elsewhere(session, told, act)
    if refund is None:
        return NOT_OURS
    lock(session, refund.order)
    session.refresh(refund)
    if told["amount"] != to_minor(refund.amount, refund.currency) or told["currency"].upper() != refund.currency:
        refund.problem = f"Stripe paid back {told['amount']} {told['currency']} in its smallest unit"
        return Seen(EventState.REVIEW, refund.problem)
    take_refund(session, refund, told, act)
    return APPLIED


def _made_elsewhere(session: Session, told: Object, act: Act) -> Refund | None:
    query = sa.select(PaymentAttempt).where(PaymentAttempt.payment_intent == told.get("payment_intent"))
    attempt = session.scalars(query).first() if told.get("payment_intent") else None
    if attempt is None:
        return None
    refund = Refund(
        reference=reference("R"),
        order=attempt.order,
        attempt=attempt,
        amount=from_minor(told["amount"], attempt.currency),
        currency=attempt.currency,
        reason="made in Stripe's own pages",
        state=RefundState.APPROVED,
        stripe_id=told["id"],
        asked_by="Stripe's pages",
        created_at=act.at,
        changed_at=act.at,
    )
    session.add(refund)
    session.flush()
    record(session, act, "refund.found", attempt.order.reference, refund=refund.reference, amount=str(refund.amount))
    return refund


def observe_dispute(session: Session, told: Object, act: Act) -> Seen:
    """The bank has taken the money while it decides; a mere question (`warning_…`) has not."""
    query = sa.select(PaymentAttempt).where(PaymentAttempt.payment_intent == told.get("payment_intent"))
    attempt = session.scalars(query).first() if told.get("payment_intent") else None
    if attempt is None:
        return NOT_OURS
    lock(session, attempt.order)
    dispute = session.scalars(sa.select(Dispute).where(Dispute.stripe_id == told["id"])).first()
    if dispute is None:
        dispute = _open_dispute(session, attempt, told, act)
    dispute.status, dispute.changed_at = told["status"], act.at
    if not told["status"].startswith("warning"):
        _enter_dispute(session, dispute, act)
    return APPLIED


def _open_dispute(session: Session, attempt: PaymentAttempt, told: Object, act: Act) -> Dispute:
    by = (told.get("evidence_details") or {}).get("due_by")
    dispute = Dispute(
        order=attempt.order,
        stripe_id=told["id"],
        amount=from_minor(told["amount"], attempt.currency),
        currency=attempt.currency,
        reason=told.get("reason") or "",
        status=told["status"],
        answer_by=datetime.fromtimestamp(by, UTC) if by else None,
        opened_at=act.at,
        changed_at=act.at,
    )
    session.add(dispute)
    session.flush()
    record(session, act, "dispute.opened", attempt.order.reference, dispute=told["id"], amount=str(dispute.amount))
    about = f"The customer's bank disputes a payment of {dispute.amount} {dispute.currency}; answer it at Stripe"
    open_hold(session, attempt.order, about=about, who_must_act="sales", act=act)
    return dispute


ENDED = {"won": LedgerKind.DISPUTE_WON, "lost": LedgerKind.DISPUTE_LOST}


def _enter_dispute(session: Session, dispute: Dispute, act: Act) -> None:
    name, order = f"stripe:{dispute.stripe_id}", dispute.order
    enter(session, order, LedgerKind.DISPUTE, amount=dispute.amount, external=name, act=act)
    if kind := ENDED.get(dispute.status):
        enter(session, order, kind, amount=dispute.amount, external=f"{name}:{dispute.status}", act=act)


OBSERVERS: Mapping[str, Callable[[Session, Object, Act], Seen]] = {
    "checkout.session": observe_page,
    "payment_intent": observe_intent,
    "invoice": observe_invoice,
    "refund": observe_refund,
    "dispute": observe_dispute,
}
