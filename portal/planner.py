"""What the worker does about the schedule: held dates given back, clocks started, a better queue at night."""

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from time import monotonic
from typing import Protocol

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from portal import db
from portal.models.orders import Order
from portal.services.audit import Act
from portal.services.desks import Desk
from portal.services.gates import paid_gates, pass_paid
from portal.services.invoices import Issuer
from portal.services.nights import looked_at, searched, take_over
from portal.services.paces import paced
from portal.services.planning import held_are_over, release_over
from portal.services.pricing import local
from portal.services.queue import enqueue
from portal.services.settling import settle_changes, to_settle
from portal.services.shop import current_shop
from portal.services.trials import drop_hanging_trials

NIGHT = time(22, 15)  # on the shop's wall: after the late shift
SEARCH_S = 60.0
MOST_QUEUES = 5_000


class Shop(Protocol):
    """The workshop, as far as dates are concerned."""

    @property
    def engine(self) -> Engine: ...
    @property
    def timezone(self) -> str: ...


def _desk(session: Session, shop: Shop, at: datetime) -> Desk:
    """At the pace that the shop has learnt, as promises are made."""
    return Desk(paced(session, current_shop(session)), at, shop.timezone)


def release_held_dates(shop: Shop) -> int:
    """Looked at every minute, so it takes the write lock only when there is something to give back."""
    at = datetime.now(UTC)
    with db.reading(shop.engine) as session:
        if not held_are_over(session, at):
            return 0
    with db.writing(shop.engine) as session:
        act = Act(actor="worker", at=at, request_id="held dates")
        return release_over(session, _desk(session, shop, at), act)


def pass_paid_gates(shop: Shop) -> int:
    """Payments that came in start the clock; an order that waited for its money gets its day anew."""
    at = datetime.now(UTC)
    with db.reading(shop.engine) as session:
        if not paid_gates(session):
            return 0
    with db.writing(shop.engine) as session:
        act = Act(actor="worker", at=at, request_id="gates")
        return pass_paid(session, _desk(session, shop, at), act)


def settle_changed_orders(shop: Shop) -> int:
    """What orders became dearer or cheaper by goes into their ledgers, each order in a transaction of its own."""
    at = datetime.now(UTC)
    with db.reading(shop.engine) as session:
        waiting = [order.id for order in to_settle(session)]
    for number in waiting:
        with db.writing(shop.engine) as session:
            issuer = Issuer(current_shop(session), local(at, shop.timezone).date())
            act = Act(actor="worker", at=at, request_id="changes")
            settle_changes(session, session.get_one(Order, number), issuer=issuer, act=act)
    return len(waiting)


def plan_the_night(shop: Shop) -> int:
    """One search a night, after the last shift: the job's key is the day, so that it is queued once."""
    at = datetime.now(UTC)
    wall = local(at, shop.timezone)
    if wall.time() < NIGHT:
        return 0
    with db.writing(shop.engine) as session:
        enqueue(session, "improve-queue", f"{wall:%Y-%m-%d}", key=f"improve-queue:{wall:%Y-%m-%d}", at=at)
        drop_hanging_trials(session, Act(actor="worker", at=at, request_id="night"))
    return 1


def improve_queue(shop: Shop, job_id: int, *, seconds: float = SEARCH_S) -> str:
    """A minute's search for a better queue; the sentence is what staff read in the list of jobs."""
    end, at = monotonic() + seconds, datetime.now(UTC)
    with db.reading(shop.engine) as session:
        desk = _desk(session, shop, at)
        seen = looked_at(session, desk)
    night = searched(seen, tries=MOST_QUEUES, seed=job_id, is_over=lambda: monotonic() > end)
    if not night.is_better:
        return night.in_words
    with db.writing(shop.engine) as session:
        act = Act(actor="worker", at=desk.at, request_id=f"job {job_id}")
        is_taken = take_over(session, night, desk, act)
    return night.in_words if is_taken else "somebody booked meanwhile: tomorrow night again"


PERIODIC = {
    "held dates": timedelta(minutes=1),
    "gates": timedelta(minutes=1),
    "changes": timedelta(minutes=1),
    "night": timedelta(minutes=10),
}
CHORES: dict[str, Callable[[Shop], object]] = {
    "held dates": release_held_dates,
    "gates": pass_paid_gates,
    "changes": settle_changed_orders,
    "night": plan_the_night,
}
HANDLERS: dict[str, Callable[[Shop, int, str], str]] = {"improve-queue": lambda shop, job, _: improve_queue(shop, job)}
