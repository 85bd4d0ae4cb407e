"""The worker's money chores: ask Stripe what was written down, hear what it told, look where it told nothing.

Each step is its own short transaction, and none is open while Stripe is asked. A kill between two of them loses
nothing: what was asked is asked again by its key, and what was told is told again from the inbox.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol

import sqlalchemy as sa
import structlog
from sqlalchemy import Engine
from sqlalchemy.orm import object_session

from portal import db
from portal.gateways.stripe import Answered, NotNow, Outcome, Stripe, StripeAway
from portal.models.payments import PaymentAttempt, StripeCall, StripeEvent, Way
from portal.production.attempts import IN_HAND
from portal.services import calls, observing, reconciling, reminding, stripe_tax, webhooks
from portal.services.audit import Act
from portal.services.payments import apply_outcome, till_of
from portal.services.pricing import local
from portal.services.refunds import apply_refund_outcome
from portal.services.shop import current_shop
from portal.web.money_letters import reminder_letter

log = structlog.get_logger()

LOOK_BACK = timedelta(days=14)  # a transfer may take its time
MOST_LOOKS = 25


@dataclass(frozen=True, slots=True)
class Counter:
    """What the chores need from outside; without `stripe` there is nothing to do."""

    engine: Engine
    stripe: Stripe
    is_live: bool
    base_url: str
    now: Callable[[], datetime]

    def act(self, about: str) -> Act:
        return Act(actor="worker", at=self.now(), request_id=about)


def serve(counter: Counter) -> int:
    """Everything that is due: calls first, then events. How much there was."""
    with db.reading(counter.engine) as session:
        asked, told = calls.due_calls(session, counter.now()), webhooks.due_events(session, counter.now())
    for call_id in asked:
        make_call(counter, call_id)
    for event_id in told:
        apply_event(counter, event_id)
    return len(asked) + len(told)


def make_call(counter: Counter, call_id: int) -> None:
    with db.writing(counter.engine) as session:
        call = calls.claim(session, call_id, counter.now())
        made = (call.verb, call.params, call.key, call.attempts == 1) if call else None
    if made is None:
        return
    verb, params, key, is_first = made
    outcome = calls.make(counter.stripe, verb, params, key=key, is_first=is_first)
    with db.writing(counter.engine) as session:
        _settle(counter, session.get_one(StripeCall, call_id, with_for_update=True), outcome)


def _settle(counter: Counter, call: StripeCall, outcome: Outcome) -> None:
    if call.state not in calls.UNSETTLED:
        return  # another worker took this one for dead, and was quicker
    session, act = object_session(call), counter.act(f"call {call.key}")
    calls.note(call, outcome, act.at)
    if isinstance(outcome, NotNow):
        log.warning("stripe call not settled", call=call.key, reason=outcome.reason)
    elif call.subject.startswith("refund:"):
        apply_refund_outcome(session, call, outcome, act)
    else:
        apply_outcome(session, call, outcome, till=till_of(session, counter.base_url), act=act)
    log.info("stripe call", call=call.key, state=call.state.value, answered=isinstance(outcome, Answered))


def apply_event(counter: Counter, event_id: int) -> None:
    with db.writing(counter.engine) as session:
        event = webhooks.claim_event(session, event_id, counter.now())
        about = (webhooks.kind_of(event), event.object_id) if event else None
    if about is None:
        return
    try:
        found = observing.gathered(counter.stripe, *about)
    except StripeAway:
        with db.writing(counter.engine) as session:
            webhooks.wait_longer(session.get_one(StripeEvent, event_id), counter.now())
        return
    with db.writing(counter.engine) as session:
        event = session.get_one(StripeEvent, event_id, with_for_update=True)
        act = counter.act(f"event {event.event_id}")
        if event.applied_at is None:
            webhooks.apply_event(session, event, found, is_live=counter.is_live, act=act)


def ask_taxes(counter: Counter) -> int:
    """Where Stripe Tax decides: questions for orders that are not settled, and news of invoices."""
    with db.reading(counter.engine) as session:
        if not current_shop(session).payment.card.automatic_tax:
            return 0
    with db.writing(counter.engine) as session:
        return stripe_tax.ask_taxes(session, current_shop(session), counter.now())


def look(counter: Counter) -> int:
    """What became of the payments in hand: for a portal that Stripe cannot reach, or whose events were lost."""
    since = counter.now() - LOOK_BACK
    in_hand = sa.select(PaymentAttempt.way, PaymentAttempt.stripe_id).where(
        PaymentAttempt.state.in_(IN_HAND), PaymentAttempt.stripe_id.is_not(None), PaymentAttempt.created_at > since
    )
    with db.reading(counter.engine) as session:
        waiting = session.execute(in_hand.order_by(PaymentAttempt.id.desc()).limit(MOST_LOOKS)).all()
    for way, stripe_id in waiting:
        kind = "checkout.session" if way is Way.PAGE else "invoice"
        _look_at(counter, kind, stripe_id)
    return len(waiting)


def _look_at(counter: Counter, kind: str, stripe_id: str) -> None:
    try:
        found = observing.gathered(counter.stripe, kind, stripe_id)
    except StripeAway:
        return  # the next look is soon
    with db.writing(counter.engine) as session:
        observing.observe(session, found or [], counter.act(f"look at {stripe_id}"))


def reconcile(counter: Counter) -> None:
    """Our ledger beside Stripe's. What is missing here is taken in, and reported all the same."""
    since = counter.now() - reconciling.PERIOD
    try:
        theirs = reconciling.asked_stripe(counter.stripe, since)
    except StripeAway as away:
        log.warning("nothing to reconcile with", reason=str(away))
        return
    with db.writing(counter.engine) as session:
        found = reconciling.compare(session, theirs, since=since)
        act = counter.act("reconciliation")
        reconciling.keep_report(session, found, looked_at=len(theirs), since=since, act=act)
    for difference in found:
        if difference.what == "missing here":
            kind = "payment_intent" if difference.stripe_id.startswith("pi_") else "refund"
            _look_at(counter, kind, difference.stripe_id)


def remind(engine: Engine, *, base_url: str, timezone: str, now: Callable[[], datetime]) -> None:
    """Letters for invoices that are late; each level once."""
    with db.writing(engine) as session:
        at = now()
        reminding.remind(
            session,
            current_shop(session),
            today=local(at, timezone).date(),
            letter=lambda said: reminder_letter(said, base_url=base_url),
            act=Act(actor="worker", at=at, request_id="reminders"),
        )


class Shop(Protocol):
    """The workshop, as far as money is concerned."""

    @property
    def engine(self) -> Engine: ...
    @property
    def base_url(self) -> str: ...
    @property
    def timezone(self) -> str: ...
    @property
    def counter(self) -> Counter | None: ...
    @property
    def pause(self) -> Path | None: ...


def while_open(chore: Callable[[Counter], object]) -> Callable[[Shop], None]:
    """Money moves where Stripe is configured; and like mail, not between a restore and `portal resume`."""

    def do(shop: Shop) -> None:
        if shop.counter and not (shop.pause and shop.pause.exists()):
            chore(shop.counter)

    return do


PERIODIC = {
    "stripe": timedelta(seconds=0.25),  # a customer waits for the payment page
    "look": timedelta(seconds=20),
    "taxes": timedelta(seconds=2),
    "reconciling": timedelta(hours=6),
    "reminders": timedelta(hours=1),
}


def clock() -> datetime:
    return datetime.now(UTC)


CHORES: dict[str, Callable[[Shop], None]] = {
    "stripe": while_open(serve),
    "look": while_open(look),
    "taxes": while_open(ask_taxes),
    "reconciling": while_open(reconcile),
    "reminders": lambda shop: remind(shop.engine, base_url=shop.base_url, timezone=shop.timezone, now=clock),
}
