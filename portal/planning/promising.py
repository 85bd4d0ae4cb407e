"""The promise of an order: when its kit is whole, which slots follow, and what everything waits for.

The three dates differ by what is uncertain about the kit, and about the work where the shop has learnt its own noise.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from portal.planning.calendar import moment_of
from portal.planning.kit import (
    Supply,
    arrival_day,
    kit_chance,
    kit_days,
    kit_quantiles,
    most_likely_last,
    unknown,
    working_days,
)
from portal.planning.placing import Plan, Planned
from portal.planning.plan import Asked
from portal.planning.promise import Promise, PromiseStep
from portal.planning.schedule import Schedule
from portal.planning.uncertain import READY, done_by
from portal.routing.options import Speed

SHOWN = 0.80  # the chance at which the chain of reasons is shown and slots are booked
CHANCES = (0.50, SHOWN, 0.95)
KIT_WHOLE = "Kit whole"  # the step from which confirmed orders are planned again
ALLOWANCE = "Allowance"  # the step that stands for the shop's own noise
A_DAY = timedelta(days=1)
CLOCK_STARTS = (
    "Day 0 is the working day on which the files are in order, alternates approved, payment or agreed terms and "
    "customer-supplied parts here, whichever comes last; "
    "after {cut_off:%H:%M} it is the next working day."
)


@dataclass(frozen=True, slots=True)
class Order:
    """What a promise is asked for. Day zero is already known to be a working day."""

    asked: Asked
    supplies: Sequence[Supply]
    day_zero: date
    speed: Speed

    @property
    def schedule(self) -> Schedule:
        return self.asked.schedule


@dataclass(frozen=True, slots=True)
class Chain:
    """One order with a kit that is whole so soon in so many cases (`chance`). Work begins the morning after that, and
    not inside the frozen days.
    """

    chance: float
    kit_by: date
    begins: datetime
    plan: Plan

    @property
    def dispatched(self) -> date:
        return _day_ending(moment_of(self.plan.end)) if self.plan.planned else self.kit_by


@dataclass(frozen=True, slots=True)
class Link:
    """A step, for how long everything waited for it alone, and how that is said."""

    step: PromiseStep
    waited: timedelta = timedelta()
    in_words: str = ""


def promise(asked: Asked, supplies: Sequence[Supply], *, ordered_at: datetime, speed: Speed) -> Promise:
    """Dispatch dates and why. An inquiry: it reserves nothing. `ordered_at` is the shop's local time."""
    schedule = asked.schedule
    order = Order(asked, supplies, schedule.calendar.day_zero(ordered_at), speed)
    clock_starts = CLOCK_STARTS.format(cut_off=schedule.calendar.cut_off)
    if nobody_knows := unknown(supplies):
        critical, steps = f"{nobody_knows[0]}: lead time not known", tuple(_deliveries(order))
        return Promise(None, None, None, critical, steps, clock_starts, nobody_knows)
    shown, (p50, p80, p95) = _dated(order)
    steps, critical = _reasons(order, shown)
    return Promise(p50, p80, p95, critical, (*steps, *_allowance(shown.dispatched, p80)), clock_starts)


def slots(asked: Asked, supplies: Sequence[Supply], *, ordered_at: datetime, speed: Speed) -> tuple[Planned, ...]:
    """What to book when the order behind this promise is confirmed; nothing while a lead time is unknown."""
    if unknown(supplies):
        return ()
    shown, _ = _dated(Order(asked, supplies, asked.schedule.calendar.day_zero(ordered_at), speed))
    return shown.plan.planned


def _dated(order: Order) -> tuple[Chain, tuple[date, date, date]]:
    """What is booked, and the three dates. Where the shop's own noise is not known, they differ by the kit alone.

    P80 is never before the slots that are booked for it: they are what the shop works by.
    """
    shown = _chain(order, SHOWN)
    noise = order.schedule.rules.noise
    if noise is None or not shown.plan.planned:
        return shown, (_chain(order, 0.50).dispatched, shown.dispatched, _chain(order, 0.95).dispatched)
    mornings = [_begins(order, days)[1] for days in kit_quantiles(order.supplies, READY)]
    p50, p80, p95 = done_by(order.asked, mornings, noise, chances=CHANCES)
    shown = _in_time(order, shown, p80)
    return shown, (p50, max(p80, shown.dispatched), max(p95, shown.dispatched))


def _in_time(order: Order, chain: Chain, day: date) -> Chain:
    """With slots that end by then. A late kit and late work seldom come together, so that P80 may be sooner than the
    work of a kit that is as late as in 80 % of cases.
    """
    days = order.schedule.calendar.count_days(order.day_zero, chain.kit_by)
    while chain.dispatched > day and days:
        days -= 1
        kit_by, begins = _begins(order, days)
        chain = Chain(kit_chance(order.supplies, days), kit_by, begins, order.asked.plan_from(begins))
    return chain


def _allowance(planned: date, promised: date) -> Iterator[PromiseStep]:
    """What the promise holds beyond the plan is shown, not hidden in the operations."""
    if promised > planned:
        because = "work takes longer than planned as often as it did before; one allowance for the whole order"
        yield PromiseStep(ALLOWANCE, planned, promised, because)


def _chain(order: Order, chance: float) -> Chain:
    kit_by, begins = _begins(order, kit_days(order.supplies, chance))
    return Chain(chance, kit_by, begins, order.asked.plan_from(begins))


def _begins(order: Order, kit_days: int) -> tuple[date, datetime]:
    """When a kit of so many days is whole, and the morning on which its work begins."""
    calendar, rules = order.schedule.calendar, order.schedule.rules
    kit_by = calendar.add_days(order.day_zero, kit_days)
    fence = calendar.add_days(order.day_zero, rules.fence_days.get(order.speed, 0))
    return kit_by, max(_midnight(kit_by) + A_DAY, _midnight(fence))


def _reasons(order: Order, chain: Chain) -> tuple[tuple[PromiseStep, ...], str]:
    """The steps, the longest link of them marked critical, and that one in words."""
    links = [*_kit_links(order, chain), *_fence_links(order, chain), *_operation_links(order, chain)]
    longest = max(links, key=lambda link: link.waited)
    steps = tuple(replace(link.step, is_critical=link is longest) for link in links)
    return steps, longest.in_words


def _kit_links(order: Order, chain: Chain) -> Iterator[Link]:
    """All deliveries run side by side; the wait for the kit is laid at the door of the one most likely to be last."""
    start, whole_by = order.day_zero, order.schedule.calendar.count_days(order.day_zero, chain.kit_by)
    wait = _midnight(chain.kit_by) + A_DAY - _midnight(start)
    last = most_likely_last(order.supplies, whole_by)
    for step in _deliveries(order):
        own_days = order.schedule.calendar.count_days(start, step.end)
        merged = f" ({whole_by} until all deliveries are here)" if whole_by > own_days else ""
        is_last = last is not None and step.label == last.name
        yield Link(step, wait if is_last else timedelta(), f"{step.label}, {working_days(own_days)}{merged}")
    because = (
        f"all {len(order.supplies)} deliveries are here by then in {chain.chance:.0%} of cases; "
        "work begins the next morning"
    )
    yield Link(PromiseStep(KIT_WHOLE, start, chain.kit_by, because))


def _deliveries(order: Order) -> Iterator[PromiseStep]:
    for supply in order.supplies:
        if supply.wait:
            arrived = order.schedule.calendar.add_days(order.day_zero, arrival_day(supply.wait.days_at(SHOWN)))
            yield PromiseStep(supply.name, order.day_zero, arrived, supply.because, source=supply.source)


def _fence_links(order: Order, chain: Chain) -> Iterator[Link]:
    kit_ready = _midnight(chain.kit_by) + A_DAY
    if chain.begins > kit_ready:
        because = "the next days are planned and stay as they are; express orders go in between"
        step = PromiseStep("Days already planned", kit_ready.date(), chain.begins.date(), because)
        days = order.schedule.calendar.count_days(step.start, step.end)
        yield Link(step, chain.begins - kit_ready, f"{step.label}, {working_days(days)}")


def _operation_links(order: Order, chain: Chain) -> Iterator[Link]:
    """Block by block of the routing, each from its first lot to its last."""
    released, lots = chain.begins, 1 + max((step.turn.lot for step in chain.plan.planned), default=0)
    for steps in _by_block(chain.plan.planned):
        start, end = min(step.start for step in steps), max(step.end for step in steps)
        because = _because(steps, order.schedule) + (
            f"; in {lots} lots, so that they find room" if len(steps) > 1 else ""
        )
        step = PromiseStep(steps[0].block.label, start.date(), _day_ending(end), because)
        days = max(1, order.schedule.calendar.count_days(_day_ending(released), _day_ending(end)))
        queue = f" after a queue at {steps[0].block.centre}" if steps[0].has_queued else ""
        yield Link(step, end - released, f"{step.label}{queue}, {working_days(days)}")
        released = max(released, end)


def _by_block(planned: Sequence[Planned]) -> list[list[Planned]]:
    """The same block of every lot, in the order of the routing."""
    by_block: dict[int, list[Planned]] = {}
    for step in planned:
        by_block.setdefault(step.turn.at, []).append(step)
    return [by_block[at] for at in sorted(by_block)]


def _because(steps: Sequence[Planned], schedule: Schedule) -> str:
    """A place that is slower or faster than its routing says so: as it is configured, or as it has learnt."""
    first = steps[0]
    place = schedule.centre(first.booking.centre)
    jobs = [step.block.on(place) for step in steps]
    work = sum(job.set_up + job.work for job in jobs)
    pace = f" at {place.cycle_factor:.0%} of its planned cycles" if f"{place.cycle_factor:.0%}" != "100%" else ""
    taken = sum(step.span.minutes for step in steps)
    in_step = f" in step with its neighbours ({taken} min)" if taken > work else ""
    saved = sum(step.block.job.set_up - step.booking.set_up for step in steps)
    less = f", {saved} min less as the place is set up already" if saved else ""
    queued = ", after waiting for a free slot" if first.has_queued else ""
    reasons = " ".join(dict.fromkeys(operation.because for operation in first.block.operations))
    return f"{work} min at {first.booking.centre}{pace}{in_step}{less}{queued}: {reasons}"


def _midnight(day: date) -> datetime:
    """At which the day begins."""
    return datetime.combine(day, time())


def _day_ending(moment: datetime) -> date:
    """A shift that ends at midnight belongs to the day that ends."""
    return (moment - timedelta(minutes=1)).date()
