"""Calls to Stripe: written before they are made, made by the worker, and made again by the same key until it is known
what became of them. No transaction is open while Stripe is asked.
"""

import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.gateways.stripe import Answered, NotNow, Outcome, Refused, Stripe, StripeAway
from portal.models.base import canonical
from portal.models.payments import CallState, StripeCall

LEASE = timedelta(minutes=1)  # a call whose worker died is made again after this; the gateway gives up long before
PATIENCE = (
    timedelta(seconds=1),
    timedelta(seconds=5),
    timedelta(seconds=30),
    timedelta(minutes=2),
    timedelta(minutes=10),
    timedelta(hours=1),  # and each hour from then on: Stripe forgets a key after a day, and then takes it as new
)
UNSETTLED = (CallState.WRITTEN, CallState.UNKNOWN)


def fingerprint(params: Mapping[str, Any]) -> str:
    return hashlib.sha256(canonical(params).encode()).hexdigest()


def write_call(
    session: Session, verb: str, params: Mapping[str, Any], *, key: str, subject: str, at: datetime
) -> StripeCall:
    """The call of this key; written once, with the parameters of the first time."""
    call = session.scalars(sa.select(StripeCall).where(StripeCall.key == key)).first()
    if call is None:
        call = StripeCall(
            key=key,
            verb=verb,
            subject=subject,
            params=dict(params),
            params_sha256=fingerprint(params),
            next_try_at=at,
            created_at=at,
            attempts=0,
        )
        session.add(call)
        session.flush()
    return call


def due_calls(session: Session, at: datetime) -> list[int]:
    query = sa.select(StripeCall.id).where(StripeCall.state.in_(UNSETTLED), StripeCall.next_try_at <= at)
    return list(session.scalars(query.order_by(StripeCall.id).limit(20)))


def claim(session: Session, call_id: int, at: datetime) -> StripeCall | None:
    """The call for one attempt, if it is still to be made; nobody else makes it meanwhile.

    From here on its outcome is unknown: a worker that dies now may have made it.
    """
    call = session.get(StripeCall, call_id, with_for_update=True)
    if call is None or call.state not in UNSETTLED or call.next_try_at > at:
        return None
    call.state, call.attempts, call.next_try_at = CallState.UNKNOWN, call.attempts + 1, at + LEASE
    return call


def make(stripe: Stripe, verb: str, params: Mapping[str, Any], *, key: str, is_first: bool) -> Outcome:
    """What was made before without our hearing of it is found before anything is asked again."""
    try:
        found = None if is_first else stripe.find(verb, params, key=key)
    except StripeAway as away:
        return NotNow(str(away)[:500])
    return Answered(found) if found else stripe.send(verb, params, key=key)


def note(call: StripeCall, outcome: Outcome, at: datetime) -> None:
    match outcome:
        case Answered(answer):
            call.state, call.answer, call.error, call.settled_at = CallState.ANSWERED, answer, "", at
        case Refused(code, sentence):
            call.state, call.error, call.settled_at = CallState.REFUSED, f"{code}: {sentence}"[:500], at
        case NotNow(reason):
            call.error = reason
            call.next_try_at = at + PATIENCE[min(call.attempts, len(PATIENCE)) - 1]
