"""A promise is scored once, when its order leaves: against the first day that was promised, never the moved one."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from sqlalchemy.orm import Session

from portal.models.orders import Hold, Order
from portal.models.plans import PromiseScore
from portal.planning.calendar import Calendar
from portal.planning.scoring import critical_kind
from portal.services.audit import Act, record
from portal.services.floor import order_progress
from portal.services.pricing import local
from portal.services.snapshot import promise_of

CUSTOMER = "customer"  # only while the customer had to act, the clock stood still; our own holds count against us


def score(session: Session, order: Order, calendar: Calendar, *, zone: str, act: Act) -> PromiseScore | None:
    """None while it is in the house, when it is scored already, and where nothing was promised."""
    left_on = left(order, zone=zone)
    first, promise = order.first_promised_on, promise_of(order.cell["promise"])
    if left_on is None or order.score or first is None:
        return None
    later = calendar.count_days(promise.p80, first) if promise.p80 else 0  # days from the quote to the order
    held = held_days(order.holds, calendar, until=left_on, zone=zone)
    scored = PromiseScore(
        order=order,
        p50=calendar.add_days(promise.p50, later) if promise.p50 else None,
        p80=first,
        p95=calendar.add_days(promise.p95, later) if promise.p95 else None,
        left_on=left_on,
        held_days=held,
        counted_on=calendar.add_days(left_on, -held) if held else left_on,
        critical_kind=critical_kind(promise),
        critical=promise.critical,
        because=_because(order),
    )
    session.add(scored)
    record(session, act, "promise.scored", order.reference, left_on=f"{left_on}", p80=f"{first}", held_days=held)
    return scored


def left(order: Order, *, zone: str) -> date | None:
    """The day on which the last board of the last lot was through its last operation; None before."""
    lots = order_progress(order)
    if not lots or not all(lot.is_done for lot in lots):
        return None
    ends = [lot.operations[-1].finished_at for lot in lots if lot.operations]
    return max((local(end, zone).date() for end in ends if end), default=None)


def held_days(holds: Sequence[Hold], calendar: Calendar, *, until: date, zone: str) -> int:
    """Working days until it left on which the customer had to act; two holds of one day are one day."""
    days = set()
    for hold in holds:
        if hold.who_must_act == CUSTOMER:
            start = local(hold.opened_at, zone).date()
            end = min(local(hold.closed_at, zone).date(), until) if hold.closed_at else until
            days |= {start + timedelta(days=number) for number in range((end - start).days)}
    return sum(map(calendar.is_working, days))


def _because(order: Order) -> str:
    """What was said when the promise moved, and what else held it up."""
    said = [change.because for change in order.promise_changes]
    said += [f"on hold: {hold.about} ({hold.who_must_act} had to act)" for hold in order.holds[1:]]
    return "; ".join(said)


def score_faults(order: Order) -> Iterator[str]:
    """Only what has left is scored, and against the day that was promised first."""
    if order.score and not all(lot.is_done for lot in order_progress(order)):
        yield f"order {order.reference} is scored and has not left"
    if order.score and order.score.p80 != order.first_promised_on:
        yield f"order {order.reference} is scored against {order.score.p80}, not {order.first_promised_on}"
