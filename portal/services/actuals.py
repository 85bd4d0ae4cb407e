"""What the floor reports, and what it does not report in time, moves the schedule; what that moves is told."""

import secrets
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import cached_property
from itertools import accumulate

import sqlalchemy as sa
from sqlalchemy.orm import Session, selectinload

from portal.models.bookings import ScheduleVersion, SlotBooking
from portal.models.orders import Lot, Order
from portal.models.plans import OrderRelease, PromiseChange, PromiseScore, ReleaseState
from portal.planning.actuals import in_turns, right_shifted
from portal.planning.blocks import Block, Turn, blocks
from portal.planning.capacity import Booking, Load
from portal.planning.days import day_in_words
from portal.planning.reported import Report, Reports, Standing, is_at, operations_of, turns_of
from portal.planning.schedule import Schedule
from portal.production.floor import FloorKind
from portal.services.audit import Act
from portal.services.pricing import local
from portal.services.promises import move_promise, move_release_promise
from portal.services.snapshot import operation_of, promise_of

ALLOWANCE = "Allowance"  # the step of a promise that stands for the shop's own noise
SIGN = {FloorKind.CORRECTED: -1}  # its counts are taken back


def open_orders(session: Session) -> list[Order]:
    """Orders that have not left, with all that is asked of them here."""
    query = sa.select(Order).outerjoin(PromiseScore).where(PromiseScore.id.is_(None)).order_by(Order.id)
    with_lots = selectinload(Order.lots).selectinload(Lot.events)
    return list(session.scalars(query.options(with_lots, selectinload(Order.bookings), selectinload(Order.holds))))


def settle(
    session: Session, schedule: Schedule, orders: Sequence[Order], *, zone: str, act: Act
) -> tuple[PromiseChange, ...]:
    """Bring the kept slots to where reports and clock say that they are; the promises that this moves are told.

    While an order is on hold nothing of it is late: the hold says who must act, and its date is looked at afterwards.
    """
    session.execute(sa.update(ScheduleVersion).values(version=secrets.randbits(31)))  # whoever books now waits for us
    now = local(act.at, zone)
    works = [Work(order, schedule, zone) for order in orders]
    undone = [kept for work in works for kept in work.keep_what_is_done()]
    schedule, slots = with_slots(schedule, [*undone, *_of_others(session, orders, now)])
    actual = apart(pair for work in works for pair in work.known(slots, now))
    follows = [pair for work in works for pair in work.follows(slots)]
    rows = {f"{kept.id}": kept for kept in undone}
    shifted = right_shifted(schedule, actual, follows, now=now)
    causes = {work.order.id: work.cause(slots, actual, shifted.moved, now=now) for work in works}
    for old, new in shifted.moved.items():
        if old.reference in rows:
            keep_slot(rows[old.reference], new, schedule)
    late = [work for work in works if not work.is_held]
    of_releases = [
        move_release_promise(session, release, day, because=causes[work.order.id], act=act)
        for work in late
        for release, day in work.late_releases()
    ]
    return *of_releases, *(
        move_promise(session, work.order, day, because=causes[work.order.id], act=act)
        for work in late
        if (day := work.new_day())
    )


def _of_others(session: Session, orders: Sequence[Order], now: datetime) -> list[SlotBooking]:
    """Slots that are kept for dates which nobody has ordered yet."""
    own = {order.id for order in orders}
    ahead = sa.select(SlotBooking).where(SlotBooking.ends >= now).order_by(SlotBooking.id)
    return [kept for kept in session.scalars(ahead) if kept.order_id not in own]


def with_slots(schedule: Schedule, kept: Sequence[SlotBooking]) -> tuple[Schedule, dict[str, Booking]]:
    """The schedule with these slots, each in the name of its row, and the slots by that name."""
    full = replace(schedule, bookings=tuple(booked(schedule, one) for one in kept))
    there = full.timetable.bookings()
    return replace(schedule, bookings=there), {slot.reference: slot for slot in there}


def booked(schedule: Schedule, kept: SlotBooking) -> Booking:
    calendar = schedule.centre(kept.work_centre).calendar
    start = calendar.worked(kept.starts)
    end = start + kept.minutes if kept.minutes else calendar.worked(kept.ends)
    load = Load(kept.product, frozenset(kept.reels or ())) if kept.product else None
    return Booking(kept.work_centre, start, end, f"{kept.id}", kept.unit, kept.set_up, kept.full_set_up, load)


def keep_slot(kept: SlotBooking, slot: Booking, schedule: Schedule) -> None:
    calendar = schedule.centre(kept.work_centre).calendar
    kept.starts, kept.ends = calendar.begins(slot.start), calendar.ends(slot.end)
    kept.unit, kept.minutes, kept.set_up = slot.unit, slot.end - slot.start, slot.set_up


def apart(actual: Iterable[tuple[Booking, Booking]]) -> dict[Booking, Booking]:
    """Two that run late in the same place: the one that began later is counted from where the first ends."""
    pairs, free = {}, defaultdict[tuple[str, int | None], int](int)
    for slot, there in sorted(actual, key=lambda pair: pair[0].start):
        start = max(there.start, free[there.centre, there.unit])
        end = max(there.end, start + 1)
        pairs[slot] = replace(there, start=start, end=end, set_up=min(there.set_up, end - start))
        free[there.centre, there.unit] = end
    return pairs


def product_of(order: Order) -> str:
    """The board, as its slots name it: more of the same needs no set-up."""
    return f"{order.quote.design.reference} by {order.cell['routing']['boards_per_panel']}"


@dataclass
class Work:
    """One open order: its slots, what each is for, and what the floor has reported of it."""

    order: Order
    schedule: Schedule
    zone: str
    done: set[int] = field(default_factory=set)

    @property
    def is_held(self) -> bool:
        return bool(self.order.open_holds)

    @cached_property
    def blocks(self) -> list[Block]:
        operations = [operation_of(value) for value in self.order.cell["routing"]["operations"]]
        lines = [centre for centre in self.schedule.centres if centre.stations]
        return blocks(operations, self.schedule.rules, lines, product=product_of(self.order))

    @cached_property
    def parts(self) -> dict[str, tuple[list[SlotBooking], tuple[int, int]]]:
        """Slots by whom they are booked for, with the boards from one number to another: a release, or the whole."""
        rows: dict[str, list[SlotBooking]] = defaultdict(list)
        for kept in self.order.bookings:
            rows[kept.reference].append(kept)
        active = [one for one in self.order.releases if one.state is ReleaseState.PLANNED]
        ends = list(accumulate(one.boards for one in active))
        bounds = {
            f"{self.order.reference}/{one.number}": (end - one.boards, end)
            for one, end in zip(active, ends, strict=True)
        }
        return {name: (own, bounds.get(name, (0, self.order.boards))) for name, own in rows.items()}

    @cached_property
    def turns(self) -> dict[int, Turn]:
        """By the slot's id; empty where the shop's rules have changed since it was booked."""
        return {number: turn for turns in self._turns_by_part.values() for number, turn in turns.items()}

    @cached_property
    def _turns_by_part(self) -> dict[str, dict[int, Turn]]:
        found = {}
        for name, (rows, _) in self.parts.items():
            turns = turns_of([booked(self.schedule, kept) for kept in rows], self.blocks, self.schedule.centres)
            found[name] = {kept.id: turn for kept, turn in zip(rows, turns, strict=False)}
        return found

    @cached_property
    def standings(self) -> dict[int, Standing]:
        reports, spans = Reports(tuple(self._reports())), operations_of(self.blocks)
        found = {}
        for name, (_, (before, until)) in self.parts.items():
            turns = self._turns_by_part[name]
            count = 1 + max((turn.lot for turn in turns.values()), default=0)
            for number, turn in turns.items():
                lot, lots = (0, 1) if turn.block.is_whole_lot else (turn.lot, count)
                boards = (before + (until - before) * lot // lots, before + (until - before) * (lot + 1) // lots)
                found[number] = reports.standing(*spans[turn.at], boards)
        return found

    def _reports(self) -> Iterator[Report]:
        events = sorted((event for lot in self.order.lots for event in lot.events), key=lambda event: event.id)
        for event in events:
            sign = SIGN.get(FloorKind(event.kind), 1)
            at = local(event.at, self.zone)
            yield Report(event.operation, at, sign * event.good, sign * event.scrapped)

    def keep_what_is_done(self) -> list[SlotBooking]:
        """Slots of the past become what they were; the others are given back."""
        for kept in self.order.bookings:
            standing = self.standings.get(kept.id)
            if standing and standing.done:
                self.done.add(kept.id)
                slot, calendar = booked(self.schedule, kept), self.schedule.centre(kept.work_centre).calendar
                keep_slot(kept, is_at(slot, standing, calendar, now=standing.done), self.schedule)
        return [kept for kept in self.order.bookings if kept.id not in self.done]

    def known(self, slots: dict[str, Booking], now: datetime) -> Iterator[tuple[Booking, Booking]]:
        """Where begun slots are; where the order is on hold, or nobody knows what a slot is for, it stays."""
        for kept in self.order.bookings:
            standing, slot = self.standings.get(kept.id), slots.get(f"{kept.id}")
            if slot is None or kept.id in self.done:
                continue
            if standing and standing.begun:
                yield slot, is_at(slot, standing, self.schedule.centre(slot.centre).calendar, now=now)
            elif self.is_held or standing is None:
                yield slot, slot

    def follows(self, slots: dict[str, Booking]) -> Iterator[tuple[Booking, Booking]]:
        """Releases do not wait for each other."""
        for turns in self._turns_by_part.values():
            there = [(turn, slots[f"{number}"]) for number, turn in turns.items() if f"{number}" in slots]
            yield from in_turns(sorted(there, key=lambda pair: (pair[0].at, pair[0].lot)))

    def new_day(self) -> date | None:
        """On which it leaves now: its last slot's, and what was allowed for the shop's noise on top."""
        if not self.order.bookings:
            return None
        ends = max(kept.ends for kept in self.order.bookings) - timedelta(minutes=1)
        calendar = self.schedule.calendar
        allowed = sum(
            calendar.count_days(step.start, step.end)
            for step in promise_of(self.order.cell["promise"]).steps
            if step.label == ALLOWANCE
        )
        is_late = self.order.promised_on is not None and ends.date() > self.order.promised_on
        return calendar.add_days(ends.date(), allowed) if is_late else None

    def late_releases(self) -> Iterator[tuple[OrderRelease, date]]:
        """Those whose last slot ends after their own day, with the day on which it does."""
        for release in self.order.releases:
            rows, _ = self.parts.get(f"{self.order.reference}/{release.number}", ([], (0, 0)))
            ends = max((kept.ends for kept in rows), default=None)
            day = (ends - timedelta(minutes=1)).date() if ends else release.promised_on
            if release.state is ReleaseState.PLANNED and day > release.promised_on:
                yield release, day

    def cause(
        self,
        slots: dict[str, Booking],
        actual: dict[Booking, Booking],
        moved: Mapping[Booking, Booking],
        *,
        now: datetime,
    ) -> str:
        """Why it is late, from the first of its slots that had to move; other customers' orders are not named."""
        own = [(slots[f"{kept.id}"], kept) for kept in self.order.bookings if f"{kept.id}" in slots]
        mine = [(slot, kept) for slot, kept in own if moved.get(slot, slot) != slot]
        if not mine:
            return "it was finished later than planned"
        slot, kept = min(mine, key=lambda pair: pair[1].starts)
        turn, calendar = self.turns.get(kept.id), self.schedule.centre(slot.centre).calendar
        label = turn.block.label if turn else f"Work at {slot.centre}"
        was, ends = (calendar.ends(there.end).date() for there in (slot, moved[slot]))
        later = f"it ends {day_in_words(ends)}, " + (
            f"not {day_in_words(was)}" if ends > was else "later that day than planned"
        )
        if slot in actual:
            return f"{label} takes longer than planned: {later}"
        begins = calendar.begins(slot.start)
        if begins < now:
            return f"{label} was planned for {day_in_words(begins.date())} and has not begun: {later}"
        return f"{label} waits for other work that is late: {later}"
