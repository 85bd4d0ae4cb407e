"""How fast each work centre really is, learnt from finished lots: counted by the next promises unless staff say no."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from threading import Lock

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.errors import NotYours
from portal.models.orders import Lot, Order
from portal.models.plans import WorkNoise, WorkPace, WorkRun
from portal.planning.blocks import Block, blocks
from portal.planning.capacity import WorkCentre
from portal.planning.noise import Noise, Ran
from portal.planning.pace import MOST, at_pace, pace
from portal.planning.reported import operations_of
from portal.planning.schedule import Schedule
from portal.planning.suppliers import Learning
from portal.production.floor import OperationProgress
from portal.production.lifecycle import OperationState
from portal.services.audit import Act, record
from portal.services.floor import lot_progress
from portal.services.pricing import local
from portal.services.shop import ShopData
from portal.services.snapshot import operation_of

MOST_KEPT = 4  # schedules that a process keeps
OLDEST = timedelta(days=3 * 365)  # what is older weighs an eighth at most, and is left out


def note_runs(session: Session, order: Order, schedule: Schedule, *, zone: str) -> list[WorkRun]:
    """What of this order has been done since, where it says something about the pace. `schedule`: as configured."""
    known = set(session.execute(sa.select(WorkRun.lot_id, WorkRun.operation).join(Lot).where(Lot.order_id == order.id)))
    runs = [
        run
        for lot in order.lots
        for run in _runs(lot, schedule, zone)
        if (lot.id, run.operation) not in known and run.actual_min * MOST >= run.planned_min
    ]
    session.add_all(runs)
    return runs


def _runs(lot: Lot, schedule: Schedule, zone: str) -> Iterator[WorkRun]:
    """Blocks that began when all their boards were there, and ran while nothing was on hold: the rest is waiting."""
    operations = [operation_of(value) for value in lot.operations]
    lines = [centre for centre in schedule.centres if centre.stations]
    order = blocks(operations, schedule.rules, lines, product=lot.reference)
    progress, there_since = lot_progress(lot).operations, None
    for block, (first, last) in zip(order, operations_of(order), strict=True):
        here = progress[first : last + 1]
        if any(operation.state is not OperationState.DONE for operation in here):
            return
        begun, done = here[0].started_at, here[-1].finished_at
        centre = _centre(block, schedule, lot.order)
        waited = (there_since and begun and begun < there_since) or _held(lot.order, here)
        if centre and begun and done and not waited:
            work, clock = block.on(centre), centre.calendar.worked
            yield WorkRun(
                lot_id=lot.id,
                operation=first,
                work_centre=centre.name,
                planned_min=work.set_up + work.work,
                actual_min=max(0, clock(local(done, zone)) - clock(local(begun, zone))),
                finished_on=local(done, zone).date(),
            )
        there_since = done


def _centre(block: Block, schedule: Schedule, order: Order) -> WorkCentre | None:
    """Where it ran, as its slots say; None where several could have done it, and nobody knows which."""
    able = [
        centre
        for centre in schedule.centres
        if (centre.stations and block.stations <= centre.stations if block.stations else centre.takes(block.centre))
    ]
    booked = {kept.work_centre for kept in order.bookings}
    there = [centre for centre in able if centre.name in booked] or able
    return there[0] if len(there) == 1 else None


def _held(order: Order, here: tuple[OperationProgress, ...]) -> bool:
    begun, done = here[0].started_at, here[-1].finished_at
    return any(
        begun and done and hold.opened_at < done and (hold.closed_at is None or hold.closed_at > begun)
        for hold in order.holds
    )


def learn(session: Session, learning: Learning | None, *, today: date) -> None:
    """The pace of every work centre anew; a shop that has not said how it learns learns nothing."""
    if learning is None:
        return
    runs: dict[str, list[Ran]] = defaultdict(list)
    for run in session.scalars(sa.select(WorkRun).where(WorkRun.finished_on > today - OLDEST)):
        runs[run.work_centre].append(Ran(run.planned_min, run.actual_min, run.finished_on))
    kept = {one.work_centre: one for one in session.scalars(sa.select(WorkPace))}
    for centre, history in runs.items():
        factor = pace(history, learning, today=today)
        learnt = kept.get(centre) or WorkPace(work_centre=centre, is_used=True)
        learnt.thousandths, learnt.runs, learnt.as_of = round(factor * 1000), len(history), today
        session.add(learnt)


def paces(session: Session) -> dict[str, float]:
    """What the next promise counts with, by work centre."""
    return {one.work_centre: one.factor for one in session.scalars(sa.select(WorkPace)) if one.is_used}


def paced(session: Session, shop: ShopData) -> ShopData:
    """The shop as fast, and as sure, as it has proved to be: what promises are planned with. The same one as long as
    nothing is learnt, so that whoever keeps what was read for it knows it again.
    """
    learnt = paces(session), noise_of(session)
    if not any(learnt):
        return shop
    with _LOCK:
        known = next((there for of, at, there in _PACED if of is shop.schedule and at == learnt), None)
        if known is None:
            known = at_pace(shop.schedule, learnt[0])
            known = replace(known, rules=replace(known.rules, noise=learnt[1]))
            _PACED[:] = [(shop.schedule, learnt, known), *_PACED[: MOST_KEPT - 1]]
    return replace(shop, schedule=known)


def noise_of(session: Session) -> Noise | None:
    """None while nothing is learnt, or where staff have set it aside."""
    kept = session.scalars(sa.select(WorkNoise).where(WorkNoise.is_used)).first()
    return Noise(tuple(each / 1000 for each in kept.thousandths), tuple(kept.minutes)) if kept else None


_PACED: list[tuple[Schedule, tuple[dict[str, float], Noise | None], Schedule]] = []
_LOCK = Lock()


def use_pace(session: Session, work_centre: str, *, is_used: bool, act: Act) -> WorkPace:
    """Staff say whether what a work centre has learnt counts."""
    learnt = session.get(WorkPace, work_centre, with_for_update=True)
    if learnt is None:
        raise NotYours("work centre that has learnt a pace")
    learnt.is_used = is_used
    record(session, act, "pace.used" if is_used else "pace.set-aside", work_centre, factor=f"{learnt.factor:.3f}")
    return learnt
