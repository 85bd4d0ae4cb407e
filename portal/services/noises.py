"""How far whole orders stray from their plan, learnt from those that have left; the next promises allow for it.

The pace of a work centre is its mean; this is what is left: waiting for others that are late, and plain chance.
"""

from dataclasses import replace
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.errors import NotYours
from portal.models.orders import Order
from portal.models.plans import PlannedSpan, WorkNoise
from portal.planning.calendar import wall_of
from portal.planning.noise import Ran, learnt
from portal.planning.pace import MOST
from portal.planning.schedule import Schedule
from portal.planning.suppliers import Learning
from portal.planning.uncertain import Stretch
from portal.services.audit import Act, record
from portal.services.floor import order_progress
from portal.services.paces import OLDEST
from portal.services.pricing import local


def note_begun(session: Session, order: Order, schedule: Schedule) -> None:
    """How it is planned when its work begins. Call-off plans are in work for months, and teach nothing here."""
    if order.span or order.releases or not order.bookings or not any(lot.events for lot in order.lots):
        return
    last = max(order.bookings, key=lambda kept: kept.ends)
    hours = schedule.centre(last.work_centre).calendar
    others = [kept for kept in order.bookings if schedule.centre(kept.work_centre).calendar != hours]
    before = max(others, key=lambda kept: kept.ends, default=None)
    session.add(
        PlannedSpan(
            order=order,
            work_centre=last.work_centre,
            begins=min(kept.starts for kept in order.bookings),
            ends=last.ends,
            before=before.work_centre if before else None,
            handed_on=before.ends if before else None,
            places=len({kept.work_centre for kept in order.bookings}),
        )
    )


def note_done(order: Order, *, zone: str) -> None:
    """When it left. An order that was on hold meanwhile says nothing of the work."""
    if order.span and not order.span.done and not _was_held(order, zone):
        ends = [lot.operations[-1].finished_at for lot in order_progress(order) if lot.is_done and lot.operations]
        order.span.done = local(max(end for end in ends if end), zone)


def _was_held(order: Order, zone: str) -> bool:
    return any(hold.closed_at is None or local(hold.closed_at, zone) > order.span.begins for hold in order.holds)


def learn_noise(session: Session, schedule: Schedule, learning: Learning | None, *, today: date) -> None:
    """Anew from all that has left; a shop that has not said how it learns learns nothing."""
    since = datetime.combine(today - OLDEST, datetime.min.time())
    spans = session.scalars(sa.select(PlannedSpan).where(PlannedSpan.done > since)).all()
    past = [ran for span in spans if (ran := _ran(span, schedule))]
    if learning is None or not past:
        return
    kept = session.scalars(sa.select(WorkNoise)).first() or WorkNoise(is_used=True)
    found = learnt(past, learning, today=today)
    kept.thousandths = [max(1, round(1000 * ratio)) for ratio in found.ratios]
    kept.minutes = list(found.minutes)
    kept.orders, kept.as_of = len(past), today
    session.add(kept)


def _ran(span: PlannedSpan, schedule: Schedule) -> Ran | None:
    """In work minutes. Beyond some measure it was not work: a report that was forgotten, an order that was parked."""
    if span.done is None or span.begins >= span.ends:
        return None
    slots = ((span.work_centre, span.ends), (span.before, span.handed_on))
    calendars = ((schedule.centre(centre).calendar, ends) for centre, ends in slots if centre and ends)
    ends = [(hours, hours.worked(ends)) for hours, ends in calendars]
    there = Stretch.over(ends, since=wall_of(span.begins), places=span.places or 2)
    ran = there.ran(span.done)
    return replace(ran, actual=min(max(ran.actual, ran.planned / MOST), ran.planned * MOST))


def noise_kept(session: Session) -> WorkNoise | None:
    return session.scalars(sa.select(WorkNoise)).first()


def use_noise(session: Session, *, is_used: bool, act: Act) -> WorkNoise:
    """Staff say whether the next promises allow for it."""
    kept = session.scalars(sa.select(WorkNoise).with_for_update()).first()
    if kept is None:
        raise NotYours("learnt noise")
    kept.is_used = is_used
    record(session, act, "noise.used" if is_used else "noise.set-aside", "work", orders=kept.orders)
    return kept
