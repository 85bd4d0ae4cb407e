"""The inbox of Stripe's events: kept as they come, applied by the worker from what Stripe says then.

An event is only a trigger: its body may be old, so the object is fetched. What cannot be applied now waits.
"""

import json
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from portal.models.payments import EventState, StripeEvent
from portal.services.audit import Act, record
from portal.services.observing import OBSERVERS, Object, Seen, observe

LEASE = timedelta(minutes=1)
PATIENCE = (timedelta(seconds=2), timedelta(seconds=30), timedelta(minutes=5), timedelta(hours=1))


def keep_event(session: Session, event: dict[str, Any], body: str, at: datetime) -> StripeEvent | None:
    """The row of a new event; None for one that is there already, whoever else is putting it there now."""
    if session.scalars(sa.select(StripeEvent.id).where(StripeEvent.event_id == event["id"])).first():
        return None
    told = event["data"]["object"]
    row = StripeEvent(
        event_id=event["id"],
        kind=event["type"],
        object_id=str(told.get("id", "")),
        is_live=event["livemode"],
        body=body,
        state=EventState.WAITING if told.get("object") in OBSERVERS else EventState.IGNORED,
        note="" if told.get("object") in OBSERVERS else "of a kind that the portal does not use",
        next_try_at=at,
        received_at=at,
    )
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:
        return None
    return row


def due_events(session: Session, at: datetime) -> list[int]:
    query = sa.select(StripeEvent.id).where(StripeEvent.state == EventState.WAITING, StripeEvent.next_try_at <= at)
    return list(session.scalars(query.order_by(StripeEvent.id).limit(50)))


def claim_event(session: Session, event_id: int, at: datetime) -> StripeEvent | None:
    event = session.get(StripeEvent, event_id, with_for_update=True)
    if event is None or event.state is not EventState.WAITING or event.next_try_at > at:
        return None
    event.attempts, event.next_try_at = event.attempts + 1, at + LEASE
    return event


def kind_of(event: StripeEvent) -> str:
    """What the event is about, as Stripe names it: `refund`, `checkout.session`."""
    return str(json.loads(event.body)["data"]["object"]["object"])


def wait_longer(event: StripeEvent, at: datetime) -> None:
    """Stripe cannot be asked now. There is no last time: an event is money."""
    event.next_try_at = at + PATIENCE[min(event.attempts, len(PATIENCE)) - 1]


def apply_event(session: Session, event: StripeEvent, found: list[Object] | None, *, is_live: bool, act: Act) -> None:
    """Bring what was fetched into our rows, in the same transaction as the mark that it was."""
    seen = _seen(session, event, found, is_live=is_live, act=act)
    event.state, event.note, event.applied_at = seen.state, seen.note, act.at
    record(session, act, "stripe.event", event.event_id, kind=event.kind, state=seen.state.value)


def _seen(session: Session, event: StripeEvent, found: list[Object] | None, *, is_live: bool, act: Act) -> Seen:
    if event.is_live is not is_live:
        return Seen(EventState.REVIEW, "of the other mode (test or live) than our key")
    if found is None:
        return Seen(EventState.REVIEW, "Stripe does not know what it is about")
    return observe(session, found, act)
