"""Paying an order at Stripe and paying it back: each step is written here first, and asked of Stripe by the worker."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.errors import BadInput, IllegalMove, NotYours
from portal.gateways.stripe import Answered, Outcome, Refused
from portal.gateways.stripe_requests import (
    Asked,
    customer_request,
    invoice_item_request,
    invoice_request,
    page_request,
)
from portal.models.base import reference, token
from portal.models.orders import Order
from portal.models.payments import PaymentAttempt, StripeCall, StripeCustomer, Way
from portal.production.attempts import ATTEMPT, IN_HAND, AttemptState, seen
from portal.production.instalments import next_part
from portal.production.money import to_minor
from portal.services.audit import Act, record
from portal.services.calls import write_call
from portal.services.ledger import lock, standings_of
from portal.services.shop import ShopData, current_shop
from portal.services.tax import settle_plan

TRANSFER_DAYS = 14  # to pay an invoice of Stripe's by transfer, where the order has no terms


@dataclass(frozen=True, slots=True)
class Till:
    """What a call needs beside the rows: the shop's rules, and where its pages are."""

    shop: ShopData
    base_url: str

    def back_to(self, order: Order) -> str:
        return f"{self.base_url.rstrip('/')}/orders/{order.reference}/payment"


def till_of(session: Session, base_url: str) -> Till:
    return Till(current_shop(session), base_url)


def attempt_in_hand(order: Order) -> PaymentAttempt | None:
    return next((attempt for attempt in order.attempts if attempt.state in IN_HAND), None)


def start_payment(session: Session, order: Order, *, way: Way, till: Till, act: Act) -> PaymentAttempt:
    """One try to pay the part that is due now. A double click, or a second tab, is the try that is in hand."""
    lock(session, order)
    if there := attempt_in_hand(order):
        return there
    settle_plan(session, order, till.shop, act)
    part = next_part(standings_of(order))
    if part is None:
        raise BadInput("Nothing is to be paid for this order now. Please reload the page.")
    attempt = PaymentAttempt(
        reference=reference("P"),
        order=order,
        in_hand_of=order.id,
        instalment=part.due.instalment.value,
        way=way,
        amount=part.left,
        currency=order.currency,
        state=AttemptState.ASKED,
        asked_by=act.actor,
        created_at=act.at,
        changed_at=act.at,
    )
    session.add(attempt)
    session.flush()
    record(session, act, "payment.asked", order.reference, attempt=attempt.reference, amount=str(attempt.amount))
    write_next_call(session, attempt, till, act)
    return attempt


def find_attempt(session: Session, order: Order, ref: str) -> PaymentAttempt:
    query = sa.select(PaymentAttempt).where(PaymentAttempt.order_id == order.id, PaymentAttempt.reference == ref)
    attempt = session.scalars(query).first()
    if attempt is None:
        raise NotYours("payment")
    return attempt


def cancel_attempt(session: Session, attempt: PaymentAttempt, act: Act) -> None:
    """The customer wants another way; its page is closed at Stripe. Money that comes all the same is taken."""
    lock(session, attempt.order)
    session.refresh(attempt)
    if attempt.state not in {AttemptState.ASKED, AttemptState.OPEN}:
        raise IllegalMove(attempt.state, AttemptState.CANCELLED)
    move_attempt(session, attempt, AttemptState.CANCELLED, act)
    _close_page(session, attempt, act)


def _close_page(session: Session, attempt: PaymentAttempt, act: Act) -> None:
    if attempt.stripe_id and attempt.way is Way.PAGE:
        params, key = {"session": attempt.stripe_id}, f"close-{attempt.reference}"
        write_call(session, "close-page", params, key=key, subject=f"attempt:{attempt.id}", at=act.at)


def move_attempt(session: Session, attempt: PaymentAttempt, news: AttemptState, act: Act) -> None:
    """What was seen, where the table has the move; old news change nothing."""
    was = attempt.state
    if seen(ATTEMPT, was, news) is was:
        return
    attempt.become(news, act.at)
    record(session, act, "payment.moved", attempt.order.reference, attempt=attempt.reference, was=was, to=news)


def write_next_call(session: Session, attempt: PaymentAttempt, till: Till, act: Act) -> None:
    """The company's customer at Stripe first, then the page or the invoice for it."""
    customer = session.get(StripeCustomer, attempt.order.company_id, with_for_update=True)
    if customer and customer.stripe_id:
        _write_payment_call(session, attempt, customer.stripe_id, till=till, act=act)
    elif customer is None or _is_refused(session, attempt.order.company_id):
        _write_customer_call(session, attempt.order, act)


def _is_refused(session: Session, company_id: int) -> bool:
    """Whether the last try to make the customer came to nothing: its address was not taken, for example."""
    query = sa.select(StripeCall).where(StripeCall.subject == f"company:{company_id}").order_by(StripeCall.id.desc())
    last = session.scalars(query.limit(1)).first()
    return last is None or last.settled_at is not None


def _write_customer_call(session: Session, order: Order, act: Act) -> None:
    profile, key = order.company.billing, f"customer-{token()}"
    street = [*profile.street, "", ""]
    address = {"line1": street[0], "line2": street[1], "postal_code": profile.postal_code, "city": profile.city}
    params: Any = customer_request(
        key=key,
        company=order.company_id,
        name=profile.name,
        email=profile.email,
        address=address | {"country": profile.country},
    )
    if session.get(StripeCustomer, order.company_id) is None:
        session.add(StripeCustomer(company_id=order.company_id))
    write_call(session, "customer", params, key=key, subject=f"company:{order.company_id}", at=act.at)


def asked_of(attempt: PaymentAttempt, key: str) -> Asked:
    order = attempt.order
    label = f"Order {order.reference}" + ("" if attempt.instalment == "whole" else f", {attempt.instalment}")
    amount = to_minor(attempt.amount, attempt.currency)
    return Asked(key, attempt.reference, order.reference, amount, attempt.currency, label)


def _write_payment_call(session: Session, attempt: PaymentAttempt, customer: str, *, till: Till, act: Act) -> None:
    key = f"{attempt.way}-{attempt.reference}"
    asked, rules = asked_of(attempt, key), till.shop.payment.card
    if attempt.way is Way.PAGE:
        closes_at = act.at + timedelta(hours=int(rules.open_hours.value))
        params: Any = page_request(
            asked,
            customer=customer,
            back=till.back_to(attempt.order),
            closes_at=int(closes_at.timestamp()),
        )
    else:
        days = max((part["days"] for part in attempt.order.plan.parts), default=0) or TRANSFER_DAYS
        params = invoice_request(asked, customer=customer, days=days, footer=till.shop.company.terms)
    write_call(session, attempt.way.value, params, key=key, subject=f"attempt:{attempt.id}", at=act.at)


def apply_outcome(session: Session, call: StripeCall, outcome: Outcome, *, till: Till, act: Act) -> None:
    """What an answer of Stripe means here: for a try to pay, or for the company's customer."""
    about, _, number = call.subject.partition(":")
    if about == "company":
        _apply_customer(session, int(number), outcome, till=till, act=act)
    elif about == "attempt":
        attempt = session.get_one(PaymentAttempt, int(number))
        lock(session, attempt.order)
        session.refresh(attempt)
        _apply_to_attempt(session, attempt, call.verb, outcome=outcome, act=act)


def _apply_customer(session: Session, company_id: int, outcome: Outcome, *, till: Till, act: Act) -> None:
    waiting = (
        sa.select(PaymentAttempt)
        .join(Order)
        .where(
            Order.company_id == company_id,
            PaymentAttempt.state == AttemptState.ASKED,
            PaymentAttempt.stripe_id.is_(None),
        )
    )
    if isinstance(outcome, Answered):
        session.get_one(StripeCustomer, company_id).stripe_id = outcome.object["id"]
        session.flush()
    for attempt in session.scalars(waiting).all():
        if isinstance(outcome, Answered):
            write_next_call(session, attempt, till, act)
        elif isinstance(outcome, Refused):
            _fail(session, attempt, outcome, act)


def _apply_to_attempt(session: Session, attempt: PaymentAttempt, verb: str, *, outcome: Outcome, act: Act) -> None:
    if isinstance(outcome, Refused) and verb != "close-page":
        _fail(session, attempt, outcome, act)
    elif isinstance(outcome, Answered) and verb in STEPS:
        STEPS[verb](session, attempt, outcome.object, act)


def _fail(session: Session, attempt: PaymentAttempt, refused: Refused, act: Act) -> None:
    attempt.problem = refused.sentence[:300]
    move_attempt(session, attempt, AttemptState.FAILED, act)


def _page_is_there(session: Session, attempt: PaymentAttempt, page: dict[str, Any], act: Act) -> None:
    attempt.stripe_id, attempt.page_url = page["id"], page.get("url") or ""
    if attempt.state is AttemptState.CANCELLED:
        _close_page(session, attempt, act)
    move_attempt(session, attempt, AttemptState.OPEN, act)


def _invoice_is_there(session: Session, attempt: PaymentAttempt, invoice: dict[str, Any], act: Act) -> None:
    attempt.stripe_id = invoice["id"]
    key = f"invoice-item-{attempt.reference}"
    params: Any = invoice_item_request(asked_of(attempt, key), customer=invoice["customer"], invoice=invoice["id"])
    write_call(session, "invoice-item", params, key=key, subject=f"attempt:{attempt.id}", at=act.at)


def _item_is_there(session: Session, attempt: PaymentAttempt, item: dict[str, Any], act: Act) -> None:
    params, key = {"invoice": item["invoice"]}, f"finish-invoice-{attempt.reference}"
    if attempt.state is not AttemptState.CANCELLED:  # a draft that nobody finishes asks nobody for money
        write_call(session, "finish-invoice", params, key=key, subject=f"attempt:{attempt.id}", at=act.at)


def _invoice_is_open(session: Session, attempt: PaymentAttempt, invoice: dict[str, Any], act: Act) -> None:
    attempt.page_url = invoice.get("hosted_invoice_url") or ""
    move_attempt(session, attempt, AttemptState.OPEN, act)


STEPS = {
    "page": _page_is_there,
    "invoice": _invoice_is_there,
    "invoice-item": _item_is_there,
    "finish-invoice": _invoice_is_open,
}
