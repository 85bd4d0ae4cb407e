"""Paying back, in part or whole: a reason, above the shop's limit a second person, then Stripe or the bank."""

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.errors import BadInput, IllegalMove, NotYours
from portal.gateways.stripe import Answered, Outcome, Refused
from portal.gateways.stripe_requests import refund_request
from portal.models.base import reference
from portal.models.orders import Order
from portal.models.payments import PaymentAttempt, Refund, StripeCall
from portal.production.attempts import PROMISED, REFUND, AttemptState, RefundState, seen
from portal.production.money import to_minor
from portal.production.payment import LedgerKind
from portal.services.audit import Act, record
from portal.services.calls import write_call
from portal.services.ledger import enter, lock, refundable
from portal.services.payments import asked_of
from portal.services.shop import ShopData


@dataclass(frozen=True, slots=True)
class Wanted:
    """`attempt` None: it is paid back by bank transfer, outside of the portal."""

    amount: Decimal
    reason: str
    attempt: PaymentAttempt | None = None


def ask_refund(session: Session, order: Order, wanted: Wanted, *, shop: ShopData, act: Act) -> Refund:
    """At most what came in and is not spoken for; of a payment, at most what it brought."""
    lock(session, order)
    if not wanted.reason.strip():
        raise BadInput("A refund needs a reason. Please write one sentence.")
    if not 0 < wanted.amount <= left_of(order, wanted.attempt):
        most = left_of(order, wanted.attempt)
        raise BadInput(f"At most {most} {order.currency} can be paid back here. Please give an amount up to that.")
    needs_second = wanted.amount > shop.payment.refunds.second_person_above.value
    refund = Refund(
        reference=reference("R"),
        order=order,
        attempt=wanted.attempt,
        amount=wanted.amount,
        currency=order.currency,
        reason=wanted.reason,
        state=RefundState.ASKED if needs_second else RefundState.APPROVED,
        asked_by=act.actor,
        created_at=act.at,
        changed_at=act.at,
    )
    session.add(refund)
    session.flush()
    because = act.because(wanted.reason)
    record(session, because, "refund.asked", order.reference, refund=refund.reference, amount=str(refund.amount))
    if not needs_second:
        _send(session, refund, act)
    return refund


def left_of(order: Order, attempt: PaymentAttempt | None) -> Decimal:
    """What can still go back by this way."""
    left = refundable(order)
    if attempt is None:
        return max(Decimal(0), left)
    gone = {RefundState.DONE} | PROMISED
    back = sum((one.amount for one in order.refunds if one.attempt_id == attempt.id and one.state in gone), Decimal(0))
    came = attempt.amount if attempt.state is AttemptState.PAID and attempt.payment_intent else Decimal(0)
    return max(Decimal(0), min(left, came - back))


def find_refund(session: Session, order: Order, ref: str) -> Refund:
    refund = session.scalars(sa.select(Refund).where(Refund.order_id == order.id, Refund.reference == ref)).first()
    if refund is None:
        raise NotYours("refund")
    return refund


def approve_refund(session: Session, refund: Refund, act: Act) -> None:
    """By somebody else than who asked."""
    _waiting(session, refund, RefundState.APPROVED)
    if act.actor == refund.asked_by:
        raise BadInput("You asked for this refund, so somebody else must look at it. Please ask a colleague.")
    _move(session, refund, RefundState.APPROVED, act)
    refund.decided_by = act.actor
    _send(session, refund, act)


def refuse_refund(session: Session, refund: Refund, act: Act) -> None:
    _waiting(session, refund, RefundState.REFUSED)
    _move(session, refund, RefundState.REFUSED, act)
    refund.decided_by = act.actor


def _waiting(session: Session, refund: Refund, to: RefundState) -> None:
    lock(session, refund.order)
    session.refresh(refund)
    if refund.state is not RefundState.ASKED:
        raise IllegalMove(refund.state, to)


def _send(session: Session, refund: Refund, act: Act) -> None:
    """Through Stripe where it came from; else it is done when somebody enters the transfer."""
    attempt = refund.attempt
    if attempt is None or attempt.payment_intent is None:
        return
    key = f"refund-{refund.reference}"
    asked = replace(asked_of(attempt, key), amount=to_minor(refund.amount, refund.currency))
    params: Any = refund_request(asked, payment_intent=attempt.payment_intent, refund=refund.reference)
    write_call(session, "refund", params, key=key, subject=f"refund:{refund.id}", at=act.at)


def enter_transfer(session: Session, refund: Refund, *, bank_reference: str, act: Act) -> None:
    """An approved refund went out by bank."""
    lock(session, refund.order)
    session.refresh(refund)
    if refund.attempt is not None or refund.state is not RefundState.APPROVED:
        raise IllegalMove(refund.state, RefundState.DONE)
    external = f"bank:{bank_reference}"
    enter(session, refund.order, LedgerKind.REFUND, amount=refund.amount, external=external, act=act)
    _move(session, refund, RefundState.DONE, act)


def _move(session: Session, refund: Refund, news: RefundState, act: Act) -> None:
    was = refund.state
    if seen(REFUND, was, news) is was:
        return
    refund.state, refund.changed_at = news, act.at
    record(session, act, "refund.moved", refund.order.reference, refund=refund.reference, was=was, to=news)


STATES = {
    "succeeded": RefundState.DONE,
    "pending": RefundState.SENT,
    "requires_action": RefundState.SENT,
    "failed": RefundState.FAILED,
    "canceled": RefundState.FAILED,
}


def apply_refund_outcome(session: Session, call: StripeCall, outcome: Outcome, act: Act) -> None:
    refund = session.get_one(Refund, int(call.subject.partition(":")[2]))
    lock(session, refund.order)
    session.refresh(refund)
    if isinstance(outcome, Refused):
        refund.problem = outcome.sentence[:300]
        _move(session, refund, RefundState.FAILED, act)
    elif isinstance(outcome, Answered):
        take_refund(session, refund, outcome.object, act)


def take_refund(session: Session, refund: Refund, told: dict[str, Any], act: Act) -> None:
    """What Stripe says of it now; the ledger has it once it is done, and takes it back if the bank does."""
    refund.stripe_id = told["id"]
    news = STATES[told["status"]]
    external = f"stripe:{told['id']}"
    if news is RefundState.DONE:
        enter(session, refund.order, LedgerKind.REFUND, amount=refund.amount, external=external, act=act)
    elif news is RefundState.FAILED and refund.state is RefundState.DONE:
        returned, order = f"{external}:returned", refund.order
        enter(session, order, LedgerKind.REFUND_RETURNED, amount=refund.amount, external=returned, act=act)
    _move(session, refund, news, act)
