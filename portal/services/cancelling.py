"""Cancelling an order that is not being built: what is bought, begun or about to begin stays to be paid."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from portal.costing.lines import CostGroup
from portal.currencies import smallest
from portal.errors import BadInput, Stale
from portal.models.changes import OrderCancellation
from portal.models.orders import Order
from portal.models.plans import ReleaseState
from portal.planning.fence import Fence, Owed, total
from portal.planning.releases import Bought, Purchase, Release, ReleasePlan, Task
from portal.routing.options import Speed
from portal.services.audit import Act, record
from portal.services.desks import Desk
from portal.services.gates import gates_of
from portal.services.goods import kits_of
from portal.services.ledger import has_begun
from portal.services.outbox import Words, post
from portal.services.planning import cancel_slots
from portal.services.release_changes import to_cancel

NOTHING = Decimal("0.00")
MADE_FOR_IT = {CostGroup.BOARDS: "Bare boards", CostGroup.STENCIL: "Stencil"}  # nobody takes these back


@dataclass(frozen=True, slots=True)
class Ending:
    """What cancelling means today. `credit`: of the price of what is left of the order, before what is owed."""

    credit: Decimal
    owed: tuple[Owed, ...]

    @property
    def price(self) -> Decimal:
        return total(self.owed)

    @property
    def saved(self) -> Decimal:
        return self.credit - self.price


def ending(order: Order, desk: Desk) -> Ending:
    """BadInput once it is cancelled, being built, or gone."""
    _refuse(order)
    if order.releases:
        left = [one for one in order.releases if one.state is ReleaseState.PLANNED]
        owed = tuple(each for one in left for each in to_cancel(one, desk))
        return Ending(sum((one.price_now for one in left), NOTHING), owed)
    schedule = desk.shop.schedule
    days = schedule.rules.fence_days.get(Speed(order.cell["speed"]), 0)
    fence = Fence(schedule.calendar, days, smallest(order.currency))
    return Ending(order.total, fence.to_cancel(as_planned(order, desk), desk.local_now.date()))


def _refuse(order: Order) -> None:
    if order.cancellation:
        raise BadInput(f"Order {order.reference} was cancelled already. There is nothing left to do.")
    if has_begun(order):
        raise BadInput(f"Order {order.reference} is being built, or has left: it cannot be cancelled here. Talk to us.")


def as_planned(order: Order, desk: Desk) -> ReleasePlan:
    """The whole order as one delivery, with what of it is bought and when its work is booked."""
    material = tuple(_material(order))
    work = order.total - sum((one.cost for one in material), NOTHING)
    release = Release(f"Order {order.reference}", order.boards, date.max, (), material, work)
    started = gates_of(order, desk.zone).clock_start(desk.shop.schedule.calendar)
    noted = {one.part: one.ordered_on for one in reversed(order.part_orders)}
    days = [(one, noted.get(one.name) or started) for one in material]
    purchases = tuple(Purchase(one, day, day) for one, day in days if day)
    tasks = tuple(
        Task(f"Work at {kept.work_centre}", kept.minutes or 1, kept.starts, kept.ends) for kept in order.bookings
    )
    begins = min((task.start.date() for task in tasks), default=None)
    return ReleasePlan(release, begins=begins, purchases=purchases, tasks=tasks)


def _material(order: Order) -> list[Bought]:
    """Boards and stencil are made for this order, and so is what comes from its maker; stocked parts go back."""
    from_maker = {part.name for kit in kits_of(order).values() for part in kit.parts if not part.is_from_stock}
    costs: dict[tuple[str, bool], Decimal] = {}
    for line in order.cell["lines"]:
        group, amount = CostGroup(line["group"]), Decimal(line["amount"])
        if group in MADE_FOR_IT:
            key = MADE_FOR_IT[group], True
        elif group is CostGroup.PARTS:
            name = line["label"].removeprefix("Reel fee, ").partition(", ")[0]
            key = name, name in from_maker
        else:
            continue
        costs[key] = costs.get(key, NOTHING) + amount
    return [Bought(name, cost, None, is_long_lead) for (name, is_long_lead), cost in costs.items()]


def cancel_order(
    session: Session, order: Order, *, agreed: Decimal, desk: Desk, act: Act, letter: Callable[[Order], Words]
) -> OrderCancellation:
    """Its slots and lots are given back, what is owed stays to be paid, and its customer is told."""
    found = ending(order, desk)
    if found.price != agreed:
        raise Stale("What this costs has changed since you saw it. Nothing is cancelled. Please look at it again.")
    if not act.reason.strip():
        raise BadInput("To cancel an order needs a reason. Please write one sentence.")
    cancel_slots(session, order, desk, act)
    session.refresh(order, with_for_update=True)
    _refuse(order)
    for lot in order.lots:
        session.delete(lot)
    gone = OrderCancellation(order=order, owed=found.price, credit=found.credit, because=act.reason)
    gone.lines = [{"label": one.label, "amount": str(one.amount), "because": one.because} for one in found.owed]
    gone.by, gone.at = act.actor, act.at
    session.add(gone)
    session.flush()
    session.expire(order, ["lots"])
    record(session, act, "order.cancelled", order.reference, owed=str(gone.owed), credit=str(gone.credit))
    reader = order.quote.requested_by.email
    post(session, letter(order), key=f"order:{order.reference}:cancelled", recipient=reader, at=act.at)
    return gone
