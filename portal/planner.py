"""What the worker does about the schedule: gives held dates back, starts clocks when money comes in."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Protocol

from sqlalchemy import Engine

from portal import db
from portal.services.audit import Act
from portal.services.desks import Desk
from portal.services.gates import paid_gates, pass_paid
from portal.services.planning import held_are_over, release_over
from portal.services.shop import current_shop


class Shop(Protocol):
    """The workshop, as far as dates are concerned."""

    @property
    def engine(self) -> Engine: ...
    @property
    def timezone(self) -> str: ...


def release_held_dates(shop: Shop) -> int:
    """Looked at every minute, so it takes the write lock only when there is something to give back."""
    at = datetime.now(UTC)
    with db.reading(shop.engine) as session:
        if not held_are_over(session, at):
            return 0
    with db.writing(shop.engine) as session:
        act = Act(actor="worker", at=at, request_id="held dates")
        return release_over(session, Desk(current_shop(session), at, shop.timezone), act)


def pass_paid_gates(shop: Shop) -> int:
    """Payments that came in start the clock; an order that waited for its money gets its day anew."""
    at = datetime.now(UTC)
    with db.reading(shop.engine) as session:
        if not paid_gates(session):
            return 0
    with db.writing(shop.engine) as session:
        act = Act(actor="worker", at=at, request_id="gates")
        return pass_paid(session, Desk(current_shop(session), at, shop.timezone), act)


PERIODIC = {"held dates": timedelta(minutes=1), "gates": timedelta(minutes=1)}
CHORES: dict[str, Callable[[Shop], object]] = {"held dates": release_held_dates, "gates": pass_paid_gates}
