"""Trying a draft of the rate card on the last quotes: a job, because fifty large boards take longer than a page may.

Each quote is computed in a reading session of its own and its effect kept at once, so that a page sees it grow; a job
that is taken up again goes on where the one before it ended.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from portal.costing.cards import RateCard
from portal.errors import NotYours
from portal.models.quotes import Quote
from portal.models.trials import RateTrial
from portal.models.work import Job, JobState
from portal.routing.options import Speed
from portal.services.audit import Act, record
from portal.services.queue import enqueue
from portal.services.rates import Computed, Effect, drafted, effect_on, last_quotes

JOB = "rate-trial"
LEFT_ALONE = timedelta(days=1)


def try_card(session: Session, text: str, *, reason: str, based_on: int, act: Act) -> RateTrial:
    """RatesRefused with every fault of the draft; otherwise its effect is worked out by the worker."""
    drafted(session, text)
    trial = RateTrial(
        text=text,
        reason=reason,
        based_on=based_on,
        quotes=[quote.id for quote in last_quotes(session)],
        effects=[],
        tried_by=act.actor,
        tried_at=act.at,
    )
    session.add(trial)
    session.flush()
    record(session, act, "rates.tried", "rates.toml", trial=trial.id, quotes=len(trial.quotes))
    if trial.quotes:
        enqueue(session, JOB, str(trial.id), key=f"{JOB}:{trial.id}", at=act.at)
    return trial


def find_trial(session: Session, number: int) -> RateTrial:
    trial = session.get(RateTrial, number)
    if trial is None:
        raise NotYours("trial of the rate card")
    return trial


def hanging_trials(session: Session, *, before: datetime) -> list[RateTrial]:
    """Begun before then, not at their end, and no job is at work on them any more: nobody will see them grow."""
    begun = session.scalars(sa.select(RateTrial).where(RateTrial.tried_at < before).order_by(RateTrial.id))
    open_trials = {f"{JOB}:{trial.id}": trial for trial in begun if not trial.is_done}
    at_work = (JobState.WAITING, JobState.LEASED)
    alive = set(session.scalars(sa.select(Job.key).where(Job.key.in_(open_trials), Job.state.in_(at_work))))
    return [trial for key, trial in open_trials.items() if key not in alive]


def drop_hanging_trials(session: Session, act: Act) -> int:
    """A draft is in its author's editor and in no quote: the trial goes, and the audit says so."""
    hanging = hanging_trials(session, before=act.at - LEFT_ALONE)
    for trial in hanging:
        record(session, act, "rates.trial-dropped", "rates.toml", trial=trial.id, tried=len(trial.effects))
        session.delete(trial)
    return len(hanging)


def trial_faults(trials: Sequence[RateTrial], hanging: Sequence[RateTrial]) -> Iterator[str]:
    for trial in trials:
        if len(trial.effects) > len(trial.quotes):
            yield f"trial {trial.id} of the rate card has {len(trial.effects)} effects on {len(trial.quotes)} quotes"
    for trial in hanging:
        yield f"trial {trial.id} of the rate card has been left hanging since {trial.tried_at:%Y-%m-%d}"


def next_effect(session: Session, trial: RateTrial, card: RateCard, computed: Computed) -> dict[str, Any]:
    """Of the first quote whose effect is not there yet."""
    return value_of(effect_on(session, session.get_one(Quote, trial.quotes[len(trial.effects)]), card, computed))


def effects_of(session: Session, trial: RateTrial) -> list[Effect]:
    """As many as there are so far, newest quote first."""
    known = trial.quotes[: len(trial.effects)]
    query = sa.select(Quote).options(joinedload(Quote.design), joinedload(Quote.company)).where(Quote.id.in_(known))
    quotes = {quote.id: quote for quote in session.scalars(query)}
    return [_effect(quotes[number], value) for number, value in zip(known, trial.effects, strict=True)]


def value_of(effect: Effect) -> dict[str, Any]:
    return {
        "quantity": effect.quantity,
        "speed": effect.speed.value,
        "frozen": str(effect.frozen),
        "now": _text(effect.now),
        "then": _text(effect.then),
        "fault": effect.fault,
    }


def _effect(quote: Quote, value: dict[str, Any]) -> Effect:
    return Effect(
        quote,
        value["quantity"],
        Speed(value["speed"]),
        frozen=Decimal(value["frozen"]),
        now=_amount(value["now"]),
        then=_amount(value["then"]),
        fault=value["fault"],
    )


def _text(amount: Decimal | None) -> str | None:
    return None if amount is None else str(amount)


def _amount(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
