"""What an order costs beyond what it was sold for: each change of it with its net, and which of them are settled.

Until money is settled in a payment plan, changes simply change what the order costs. Afterwards each is settled by a
paper of its own (settling.py).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy.orm import Session

from portal.models.changes import Settlement
from portal.models.orders import Order
from portal.services.audit import Act

IN_THE_PLAN = "plan"


@dataclass(frozen=True, slots=True)
class PriceChange:
    """Above nothing it is charged, below it is credited; without tax. `because`: what the paper says."""

    what: str
    net: Decimal
    label: str
    because: str


def price_changes(order: Order) -> Iterator[PriceChange]:
    """In the order in which they were made, release by release; the end of the whole order last."""
    for release in order.releases:
        for change in release.changes:
            label = f"{release.plan['name']} {change.in_words}"
            yield PriceChange(f"release-change:{change.id}", change.net, label, change.because)
    if gone := order.cancellation:
        yield PriceChange(f"cancellation:{order.reference}", gone.net, "Order cancelled", gone.because)


def open_changes(order: Order) -> list[PriceChange]:
    """Those that no plan and no paper knows."""
    settled = {one.what for one in order.settlements}
    return [change for change in price_changes(order) if change.net and change.what not in settled]


def include_in_plan(session: Session, order: Order, act: Act) -> None:
    """What was changed before the payment plan is settled is in its amount."""
    for change in open_changes(order):
        note_settled(session, order, change, external=IN_THE_PLAN, act=act)


def note_settled(session: Session, order: Order, change: PriceChange, *, external: str, act: Act) -> Settlement:
    settled = Settlement(order=order, what=change.what, net=change.net, label=change.label, external=external)
    settled.by, settled.at = act.actor, act.at
    session.add(settled)
    return settled
