"""A simulated year of a shop: how many of its promises are kept.

    python benchmarks/year.py [--orders 1000] [--years 1] [--seed 1] [--without-noise]

The shop of benchmarks/promises.py. Orders come at random over the year, each with boards, a stencil, parcels of stocked
parts and, half of them, a part from its maker; their true days are drawn from the same lead times that the promise
knows. Every order is booked at its P80. When its slot comes and its kit does not, it is put at the next morning; when
its kit is whole, it is planned again from there. Each slot then takes its planned time × a lognormal ratio that the
promise does not know: it learns it from the spans of the orders that are done (portal/planning/noise.py), from nothing
at the start. What is late pushes what comes behind it (portal/planning/actuals.py). Nothing else is tuned.

A span is measured against the plan of the day of the order; the portal itself notes it when work begins, and so sees
less of what orders that came in between take away: learnt so, P50 comes out some points lower still.

A date is a whole day, so a promise of "at least 50 %" keeps more. Two rates are printed: by the dates as given, and
with each order counted at a random place within its day's own chance (randomised PIT). One year's rates scatter by
some points, because a late week is late for all its orders: ask for several years.
"""

import argparse
import heapq
import random
import time
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from math import ceil

from promises import MONDAY, routing, shop

from portal.planning.actuals import Key, in_lots, key, right_shifted
from portal.planning.calendar import moment_of
from portal.planning.capacity import Booking
from portal.planning.facts import Evidence
from portal.planning.kit import Supply, Wait, arrival_day, kit_quantiles
from portal.planning.noise import Noise, Ran, learnt
from portal.planning.placing import Planned
from portal.planning.plan import Asked
from portal.planning.promise import Promise
from portal.planning.promising import promise, slots
from portal.planning.schedule import book, cancel
from portal.planning.scoring import CHANCES, by_month, hits, scored
from portal.planning.suppliers import Learning
from portal.planning.uncertain import READY, Stretch, cases, stretch
from portal.routing.options import Speed

SPREAD = 0.25  # of the logarithm of a slot's actual ÷ planned minutes; its median is 1
LEARNING = Learning(8, 365, Evidence("this simulation", date(2026, 11, 23), "U"))
AS_PLANNED = Noise((1.0,))
LARGEST = 1500  # boards
FROM_THE_MAKER = 0.5  # of the orders have one such part
A_DAY = timedelta(days=1)


@dataclass
class Order:
    """`keys` tell its slots by their steps, `pairs` who waits for whom; `cases` is all that the promise knew.

    Its chances are its own: what the promise knows of other orders changes nothing of when its parts come.
    """

    name: str
    draw: random.Random
    asked: Asked
    given: Promise
    cases: list[int]
    kit_morning: datetime
    span: Stretch
    keys: list[Key] = field(default_factory=list)
    pairs: list[tuple[int, int]] = field(default_factory=list)
    round: int = 0
    left: int = 0
    is_running: bool = False
    done: datetime | None = None


class Year:
    """One shop and its events in order of time."""

    def __init__(self, seed: int, *, with_noise: bool) -> None:
        self.seed = seed
        empty = shop()
        self.schedule = replace(empty, rules=replace(empty.rules, lot_boards=None))
        self.with_noise = with_noise
        self.orders: dict[str, Order] = {}
        self.owners: dict[Key, tuple[str, int]] = {}
        self.spans: list[Ran] = []
        self.events: list[tuple[datetime, int, Callable[..., None], tuple[object, ...]]] = []
        self.count = 0

    def at(self, moment: datetime, what: Callable[..., None], *given: object) -> None:
        self.count += 1
        heapq.heappush(self.events, (moment, self.count, what, given))

    def run(self, orders: int) -> None:
        draw = random.Random(self.seed)
        for number in range(orders):
            day = self.schedule.calendar.add_days(MONDAY.date(), draw.randrange(250))
            moment = datetime.combine(day, MONDAY.time()) + timedelta(hours=draw.uniform(7, 16))
            self.at(moment, self.take_order, f"order {number}")
        while self.events:
            moment, _, what, given = heapq.heappop(self.events)
            what(moment, *given)

    def take_order(self, now: datetime, name: str) -> None:
        """Promised on what is known now; its true days are drawn and told to nobody."""
        self.forget_the_past(now)
        draw = random.Random(f"{self.seed} {name}")
        boards = int(20 * (LARGEST / 20) ** draw.random())
        noise = learnt(self.spans, LEARNING, today=now.date())
        rules = replace(self.schedule.rules, noise=noise if self.with_noise else None)
        asked, kit = Asked(routing(draw, boards), boards, replace(self.schedule, rules=rules)), a_kit(draw)
        given = promise(asked, kit, ordered_at=now, speed=Speed.STANDARD)
        mornings = [self.morning(now, days) for days in kit_quantiles(kit, READY)]
        known = cases(asked, mornings, noise if self.with_noise else AS_PLANNED)
        true = self.morning(now, max(drawn_days(supply, draw) for supply in kit))
        order = Order(name, draw, asked, given, known, true, stretch(asked.plan_from(true), true))
        self.orders[name] = order
        self.put(order, slots(asked, kit, ordered_at=now, speed=Speed.STANDARD))
        self.at(true, self.start_order, name)

    def morning(self, now: datetime, days: int) -> datetime:
        """After the day on which the kit is whole."""
        calendar = self.schedule.calendar
        return datetime.combine(calendar.add_days(calendar.day_zero(now), days) + A_DAY, MONDAY.time())

    def put(self, order: Order, planned: Sequence[Planned]) -> None:
        """In these slots instead of those that it had."""
        for key_there in order.keys:
            self.owners.pop(key_there, None)
        slots_there = [step.booked(order.name) for step in planned]
        self.schedule = book(self.schedule, slots_there)
        numbers = {slot: number for number, slot in enumerate(slots_there)}
        order.keys = [key(slot) for slot in slots_there]
        order.pairs = [(numbers[a], numbers[b]) for a, b in in_lots(planned, order.name)]
        order.round += 1
        self.owners.update((there, (order.name, number)) for number, there in enumerate(order.keys))
        if not order.is_running:
            self.at(planned[0].start, self.miss_slot, order.name, order.round)

    def miss_slot(self, now: datetime, name: str, of_round: int) -> None:
        """Its slot has come and its kit has not: it is put at the next morning, as long as it takes."""
        order = self.orders[name]
        if of_round != order.round or order.is_running:
            return
        begins = self.begins(self.slot(order, 0))
        if begins > now:
            self.at(begins, self.miss_slot, name, of_round)
        else:
            self.again(order, datetime.combine(now.date() + A_DAY, MONDAY.time()))

    def again(self, order: Order, ready: datetime) -> None:
        self.schedule = cancel(self.schedule, order.name)
        asked = Asked(order.asked.operations, order.asked.boards, self.schedule)
        self.put(order, asked.plan_from(ready).planned)

    def start_order(self, now: datetime, name: str) -> None:
        order = self.orders[name]
        order.is_running = True
        self.again(order, now)
        order.left = len(order.keys)
        for number in range(order.left):
            self.at(self.begins(self.slot(order, number)), self.begin_step, name, number)

    def begin_step(self, now: datetime, name: str, number: int) -> None:
        """How long it takes shows when it runs; where it was pushed meanwhile, it begins later."""
        order = self.orders[name]
        slot = self.slot(order, number)
        if (begins := self.begins(slot)) > now:
            self.at(begins, self.begin_step, name, number)
            return
        minutes = max(1, ceil((slot.end - slot.start) * order.draw.lognormvariate(0, SPREAD)))
        ran = replace(slot, end=slot.start + minutes)
        if ran.end > slot.end:
            self.push(slot, ran)
        self.finish_step(order, ran)

    def push(self, slot: Booking, ran: Booking) -> None:
        here = {key(there): there for there in self.schedule.bookings}
        waiting = [
            (here[order.keys[a]], here[order.keys[b]])
            for order in {self.orders[name].name: self.orders[name] for name, _ in self.owners.values()}.values()
            for a, b in order.pairs
            if order.keys[a] in here and order.keys[b] in here
        ]
        shifted = right_shifted(self.schedule, {slot: ran}, waiting)
        self.schedule = shifted.schedule
        owners = [(self.owners.pop(key(old), None), key(now)) for old, now in shifted.moved.items()]
        for owner, there in owners:
            if owner:
                self.owners[there] = owner
                self.orders[owner[0]].keys[owner[1]] = there

    def finish_step(self, order: Order, ran: Booking) -> None:
        end = self.schedule.centre(ran.centre).calendar.ends(ran.end)
        order.done = max(end, order.done or end)
        order.left -= 1
        if not order.left:
            self.spans.append(order.span.ran(order.done))
            for there in order.keys:
                self.owners.pop(there, None)

    def slot(self, order: Order, number: int) -> Booking:
        return next(there for there in self.schedule.bookings if key(there) == order.keys[number])

    def begins(self, slot: Booking) -> datetime:
        return self.schedule.centre(slot.centre).calendar.begins(slot.start)

    def forget_the_past(self, now: datetime) -> None:
        """What is done stays for its order's sake until the whole order is done."""
        since = {centre.name: centre.calendar.worked(now) for centre in self.schedule.centres}
        kept = tuple(
            slot for slot in self.schedule.bookings if slot.end > since[slot.centre] or self.orders[slot.reference].left
        )
        self.schedule = replace(self.schedule, bookings=kept)


def a_kit(draw: random.Random) -> list[Supply]:
    waits = [draw.choice((Wait(4, 5, 7), Wait(5, 6, 8), Wait(7, 9, 13))), Wait(1, 2, 3)]
    waits += [Wait(1, 3, 6)] * draw.randint(1, 6)
    typical = draw.randint(8, 40)
    waits += [Wait(0.7 * typical, typical, 1.5 * typical)] if draw.random() < FROM_THE_MAKER else []
    return [Supply(f"supply {number}", wait, "") for number, wait in enumerate(waits)]


def drawn_days(supply: Supply, draw: random.Random) -> int:
    return arrival_day(supply.wait.days_at(draw.uniform(1e-9, 1 - 1e-9))) if supply.wait else 0


def day_of(moment: datetime) -> date:
    return (moment - timedelta(minutes=1)).date()


def place(order: Order, draw: random.Random) -> float:
    """Where in the cases of its promise its day lies: at random within what falls on that very day."""
    days = [day_of(moment_of(wall)) for wall in order.cases]
    dispatched = day_of(order.done)
    before, until = bisect_left(days, dispatched), bisect_right(days, dispatched)
    return draw.uniform(before, until) / len(days)


def main() -> None:
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--orders", type=int, default=1000)
    given.add_argument("--years", type=int, default=1, help="each with a seed of its own")
    given.add_argument("--seed", type=int, default=1)
    given.add_argument("--without-noise", action="store_true")
    asked = given.parse_args()
    every: list[Order] = []
    for seed in range(asked.seed, asked.seed + asked.years):
        began = time.process_time()
        year = Year(seed, with_noise=not asked.without_noise)
        year.run(asked.orders)
        every += year.orders.values()
        print(f"seed {seed}, {time.process_time() - began:.0f} s; spans of work are {shares(year)} of the plan")
        report(list(year.orders.values()), seed)
    if asked.years > 1:
        print(f"all {asked.years} years")
        report(every, asked.seed)


def report(orders: Sequence[Order], seed: int) -> None:
    scores = [found for order in orders if (found := scored(order.given, day_of(order.done)))]
    whole = hits(scores)
    print(
        f"  {len(scores)} orders, by the dates as given: P50 {whole.p50:.1%}, P80 {whole.p80:.1%}, P95 {whole.p95:.1%}"
    )
    draw = random.Random(seed)
    places = [place(order, draw) for order in orders]
    fine = ", ".join(f"P{chance * 100:.0f} {sum(p <= chance for p in places) / len(places):.1%}" for chance in CHANCES)
    print(f"  {len(scores)} orders, within the day's own chance: {fine}")
    for month, rates in by_month(scores).items():
        print(f"    {month:%Y-%m}: {rates.orders:4} orders  {rates.p50:.0%} {rates.p80:.0%} {rates.p95:.0%}")


def shares(year: Year) -> str:
    ratios = sorted(ran.ratio for ran in year.spans)
    return ", ".join(f"{ratios[int(share * len(ratios))]:.2f}" for share in (0.05, 0.25, 0.5, 0.75, 0.95))


if __name__ == "__main__":
    main()
