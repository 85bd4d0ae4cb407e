"""A promise that moves is told: the old day, the new day and the reason are kept, shown, and sent by mail."""

from collections.abc import Container, Iterator
from datetime import date
from itertools import pairwise

from sqlalchemy.orm import Session

from portal.errors import BadInput
from portal.models.orders import Order
from portal.models.plans import OrderRelease, PromiseChange, ReleaseState
from portal.planning.days import day_in_words
from portal.services.audit import Act, record
from portal.services.queue import enqueue


def move_promise(session: Session, order: Order, new: date, *, because: str, act: Act) -> PromiseChange:
    """Another day for an order, with the reason that the customer reads: on the page, and in a letter by a job."""
    session.refresh(order, with_for_update=True)
    if not because.strip():
        raise BadInput("A promise does not move without a reason. Please write one sentence.")
    if order.score:
        raise BadInput(
            f"Order {order.reference} left on {day_in_words(order.score.left_on)}. Its promise stays as it was."
        )
    if order.promised_on is None or order.promised_on == new:
        raise BadInput("This is the day that is promised already. Please give another one.")
    change = PromiseChange(order=order, was=order.promised_on, now=new)
    order.promised_on = new
    return _told(session, change, act.because(because))


def move_release_promise(
    session: Session, release: OrderRelease, new: date, *, because: str, act: Act
) -> PromiseChange:
    """The same for one release; the order's own day is that of its last."""
    change = PromiseChange(order=release.order, release=release.number, was=release.promised_on, now=new)
    release.promised_on = new
    return _told(session, change, act.because(because))


def _told(session: Session, change: PromiseChange, act: Act) -> PromiseChange:
    change.because, change.by, change.at = act.reason, act.actor, act.at
    session.add(change)
    session.flush()
    days = {"was": change.was.isoformat(), "now": change.now.isoformat()}
    record(session, act, "promise.moved", change.order.reference, **days, release=change.release)
    enqueue(session, "promise-letter", str(change.id), key=f"promise-letter:{change.id}", at=act.at)
    return change


def promise_faults(order: Order, told: Container[str]) -> Iterator[str]:
    """What moved in silence: each move begins where the one before ended, the last is in force, and each was told.

    `told` are the keys of jobs and letters.
    """
    promised = {None: order.promised_on} | {
        one.number: one.promised_on for one in order.releases if one.state is ReleaseState.PLANNED
    }
    for number, day in promised.items():
        name = order.reference if number is None else f"{order.reference}/{number}"
        moves = [change for change in order.promise_changes if change.release == number]
        if any(before.now != after.was for before, after in pairwise(moves)):
            yield f"the promise of order {name} has moved between two moves"
        if moves and moves[-1].now != day:
            yield f"order {name} is promised for {day}, and {moves[-1].now} was told last"
    for change in order.promise_changes:
        if not change.because.strip() or not any(
            key in told for key in (f"promise-letter:{change.id}", f"promise:{change.id}")
        ):
            yield f"nobody was told why order {order.reference} moved to {change.now}"
