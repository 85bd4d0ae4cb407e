"""The schedule in the database: read exactly as it was written, and written only by whoever knows its newest version.

Slots are kept in the shop's local time, so that they stay where they are when a holiday is added. Reading thousands of
them takes longer than planning behind them, so a process keeps what it has read until the version is another one.
"""

import json
import secrets
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from functools import lru_cache
from threading import Lock
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.errors import Stale
from portal.models.bookings import HeldDate, ScheduleVersion, SlotBooking
from portal.models.orders import Order
from portal.planning.capacity import Booking, Load
from portal.planning.schedule import Schedule
from portal.services.shop import ShopData

Place = tuple[str, int | None, int, str]  # centre, unit, end, for whom: stays when a neighbour changes the set-up
Holder = Order | HeldDate
Holders = Holder | Mapping[str, Holder]  # of all new slots, or by the reference of each

KNOWN_BEFORE = timedelta(days=7)  # what ran that long ago says what a place is set up for now
MOST_TRIES = 5  # somebody else was quicker each time
MOST_READ = 4  # schedules that a process keeps


@dataclass(frozen=True)
class Read:
    """A schedule as it was read, for the shop and the day that it was read for, and the row of each slot."""

    shop: Schedule
    of: tuple[str, int, datetime]  # which database, which version, since when
    schedule: Schedule
    rows: dict[Place, int]


_READ: list[Read] = []
_LOCK = Lock()


def place(booking: Booking) -> Place:
    return booking.centre, booking.unit, booking.end, booking.reference


def loaded(session: Session, shop: ShopData, local_now: datetime) -> ShopData:
    """The shop with all that is booked, so that a new promise queues behind it. To try in, not to share."""
    return replace(shop, schedule=_read(session, shop.schedule, local_now).schedule.own)


def _read(session: Session, shop: Schedule, local_now: datetime) -> Read:
    """The version is looked up before the slots: were they written meanwhile, the version is the one that is old."""
    since = datetime.combine((local_now - KNOWN_BEFORE).date(), time())
    version = session.scalars(sa.select(ScheduleVersion.version)).one()
    of = str(session.get_bind().engine.url), version, since
    with _LOCK:
        known = next((read for read in _READ if read.of == of and read.shop is shop), None)
    if known:
        return known
    slots = list(_slots(session, shop, since))
    bookings = tuple(sorted((booking for _, booking in slots), key=lambda booking: booking.order))
    read = Read(
        shop, of, replace(shop, bookings=bookings, version=version), {place(booking): row for row, booking in slots}
    )
    with _LOCK:
        _READ[:] = [read, *_READ[: MOST_READ - 1]]
    return read


def _slots(session: Session, shop: Schedule, since: datetime) -> Iterator[tuple[int, Booking]]:
    """As rows, not as objects: there are thousands."""
    slot = SlotBooking
    columns = (slot.id, slot.reference, slot.work_centre, slot.unit, slot.starts, slot.ends, slot.minutes)
    query = sa.select(*columns, slot.set_up, slot.full_set_up, slot.product, sa.type_coerce(slot.reels, sa.Text))
    for row, reference, centre, unit, starts, ends, minutes, *set_up, product, reels in session.execute(
        query.where(slot.ends >= since)
    ):
        calendar = shop.centre(centre).calendar
        start = calendar.worked(starts)
        end = start + minutes if minutes else calendar.worked(ends)
        load = _load(product, reels) if product else None
        yield row, Booking(centre, start, end, reference, unit, *set_up, load)


@lru_cache(maxsize=20_000)
def _load(product: str, reels: str | None) -> Load:
    """Hundreds of reels, the same in every slot of a board and at every reading: their text is read once."""
    return Load(product, frozenset(json.loads(reels) if reels else ()))


def rebook(
    session: Session, shop: ShopData, local_now: datetime, plan: Callable[[Schedule], tuple[Schedule, Holders]]
) -> None:
    """Write what `plan` makes of the newest schedule; it is asked again where somebody booked in between.

    New slots belong to the holders that it names. Nothing else of the transaction may be recorded before: whoever
    waits for the version must not hold what the other one waits for.
    """
    for _ in range(MOST_TRIES):
        read = _read(session, shop.schedule, local_now)
        before = read.schedule.own
        after, holders = plan(before)
        if _is_mine(session, read.schedule.version):
            _write(session, read, _Difference.between(before, after), holders)
            return
    raise Stale("Others are booking at this very moment. Please try again.")


def _is_mine(session: Session, version: int) -> bool:
    """Another version, if it is still the one that was planned on: a number that never was, not even in what was
    rolled back, so that nobody takes the one for the other.
    """
    newer = (
        sa.update(ScheduleVersion)
        .where(ScheduleVersion.version == version)
        .values(version=secrets.randbits(31))
        .execution_options(synchronize_session=False)
    )
    return bool(session.execute(newer).rowcount)  # type: ignore[attr-defined]


@dataclass(frozen=True)
class _Difference:
    gone: set[Place]
    changed: list[Booking]
    new: list[Booking]

    @classmethod
    def between(cls, before: Schedule, after: Schedule) -> "_Difference":
        """What a calendar that changed since has pushed aside is in both, so it is no difference."""
        was = {place(booking): booking for booking in before.timetable.bookings()}
        now = {place(booking): booking for booking in after.bookings}
        return cls(
            gone=was.keys() - now.keys(),
            changed=[booking for there, booking in now.items() if there in was and was[there] != booking],
            new=[booking for there, booking in now.items() if there not in was],
        )


def _write(session: Session, read: Read, difference: _Difference, holders: Holders) -> None:
    session.flush()
    if gone := [read.rows[there] for there in difference.gone if there in read.rows]:
        session.execute(sa.delete(SlotBooking).where(SlotBooking.id.in_(gone)))
    for booking in difference.changed:
        if place(booking) in read.rows:
            row = SlotBooking.id == read.rows[place(booking)]
            session.execute(sa.update(SlotBooking).where(row).values(**_columns(booking, read.shop)))
    for booking in difference.new:
        holder = holders[booking.reference] if isinstance(holders, Mapping) else holders
        held = {"order": holder} if isinstance(holder, Order) else {"held_date": holder}
        session.add(SlotBooking(**held, **_columns(booking, read.shop)))
    session.flush()
    for holder in holders.values() if isinstance(holders, Mapping) else (holders,):
        session.expire(holder, ["bookings"])


def _columns(booking: Booking, shop: Schedule) -> dict[str, Any]:
    calendar = shop.centre(booking.centre).calendar
    return {
        "reference": booking.reference,
        "work_centre": booking.centre,
        "unit": booking.unit,
        "starts": calendar.begins(booking.start),
        "ends": calendar.ends(booking.end),
        "minutes": booking.end - booking.start,
        "set_up": booking.set_up,
        "full_set_up": booking.full_set_up,
        "product": booking.load.product if booking.load else None,
        "reels": sorted(booking.load.reels) if booking.load else None,
    }
