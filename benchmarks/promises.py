"""How long a promise takes in a shop with many open orders, and that a later kit never gives an earlier one.

    python benchmarks/promises.py [--orders 1000] [--probes 50000]

The shop is made up and seeded: three lines, benches, testers, two shifts, orders of 20 to 5,000 boards of one to two
sides in lots of 250. Times are CPU seconds of one process.
"""

import argparse
import gc
import random
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from statistics import median

from portal.board.design import Side
from portal.planning.calendar import Calendar, Span, wall_of, working_week
from portal.planning.capacity import Rules, WorkCentre
from portal.planning.kit import Supply, Wait
from portal.planning.noise import Noise
from portal.planning.placing import NEVER, Way
from portal.planning.plan import Asked
from portal.planning.promising import promise, slots
from portal.planning.schedule import Schedule, book, cancel
from portal.routing.operations import Operation, OperationKind
from portal.routing.options import Speed

MONDAY = datetime.fromisoformat("2026-11-23")
WEEKDAYS = range(5)
TWO_SHIFTS = Calendar(
    working_week(WEEKDAYS, [Span(360, 1320)], [Span(540, 570), Span(1080, 1110)]), frozenset(), MONDAY.time()
)
DAY = Calendar(working_week(WEEKDAYS, [Span(420, 930)], [Span(540, 555), Span(720, 750)]), frozenset(), MONDAY.time())
STATIONS = frozenset({"printing", "placement", "reflow", "inspection"})
VOLUMES = (10, 50, 100, 250, 500, 1000, 2500, 5000)
HORIZON_DAYS = 0.25  # for each order: the lines are then taken for about four fifths of the time
NOISY = Rules(
    transfer_units=25,
    lot_boards=250,
    reel_min=0.2,
    noise=Noise(tuple(0.8 + 0.1 * number for number in range(19))),
)
REELS = tuple(f"reel {number}" for number in range(300))


def shop() -> Schedule:
    lines = (("fast", 1.0), ("middle", 1.8), ("small", 3.4))
    centres = (
        WorkCentre("kitting", 3, DAY),
        *(WorkCentre(name, 1, TWO_SHIFTS, stations=STATIONS, cycle_factor=factor) for name, factor in lines),
        WorkCentre("xray", 1, TWO_SHIFTS),
        WorkCentre("through-hole", 6, DAY),
        WorkCentre("test", 3, TWO_SHIFTS),
        WorkCentre("packing", 2, DAY),
    )
    return Schedule(DAY, centres, Rules(transfer_units=25, lot_boards=250, reel_min=0.2))


def routing(draw: random.Random, boards: int) -> list[Operation]:
    """About five slots: a kit, one or two sides, through-hole or X-ray for some, test, packing."""

    def step(kind: str, centre: str, set_up: float, cycle: float, side: Side | None = None) -> Operation:
        reels = tuple(draw.sample(REELS, draw.randint(10, 60))) if kind == "place" else ()
        return Operation(
            OperationKind(kind), centre, Decimal(str(set_up)), Decimal(str(round(cycle, 1))), boards, "", side, reels
        )

    seconds = draw.uniform(2, 12)
    sides = (Side.TOP, Side.BOTTOM)[: draw.choice((1, 2))]
    line = [
        operation
        for side in sides
        for operation in (
            step("print", "printing", 15, 4, side),
            step("place", "placement", 25, seconds, side),
            step("reflow", "reflow", 0, 4, side),
            step("aoi", "inspection", 5, 3, side),
        )
    ]
    some = [step("xray", "xray", 10, 5)] if draw.random() < 0.2 else []
    some += [step("through-hole", "through-hole", 10, draw.uniform(10, 60))] if draw.random() < 0.4 else []
    return [
        step("kit", "kitting", draw.uniform(20, 120), 0),
        *line,
        *some,
        step("test", "test", 10, draw.uniform(2, 20)),
        step("pack", "packing", 5, 4),
    ]


def filled(orders: int, draw: random.Random) -> tuple[Schedule, list[tuple[Way, datetime]]]:
    """Every order in the slots that it finds, all ways and mornings tried; and the way that suited each at its turn."""
    kept = shop()
    ways = []
    for number in range(orders):
        boards = int(20 * 250 ** draw.random())
        ready = MONDAY + timedelta(days=draw.randint(0, int(HORIZON_DAYS * orders)))
        wanted = Asked(routing(draw, boards), boards, kept, f"order {number}")
        ways.append((wanted.best_way(ready), ready))
        wanted.take_from(ready, f"order {number}")
    return Schedule(kept.calendar, kept.centres, kept.rules, kept.timetable.bookings()), ways


def rebuilt(ways: list[tuple[Way, datetime]]) -> None:
    """The whole schedule order by order, each in its given way: what a night's search does for every queue."""
    timetable = shop().timetable
    for number, (way, ready) in enumerate(ways):
        plan = Way(way.cut, way.line, timetable).place(wall_of(ready), NEVER)
        timetable.take_all(step.booked(f"order {number}") for step in plan.planned)


def _share_taken(schedule: Schedule, orders: int) -> float:
    lines = [centre for centre in schedule.centres if centre.stations]
    until = max(line.calendar.worked(MONDAY + timedelta(days=HORIZON_DAYS * orders)) for line in lines)
    begin = min(line.calendar.worked(MONDAY) for line in lines)
    names = {line.name for line in lines}
    taken = sum(min(b.end, until) - min(b.start, until) for b in schedule.bookings if b.centre in names)
    return taken / (len(lines) * (until - begin))


def timed(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return (time.process_time() - began) * 1000


def main() -> None:
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--orders", type=int, default=1000)
    given.add_argument("--probes", type=int, default=2000)
    asked = given.parse_args()
    draw = random.Random(7)
    schedule, ways = filled(asked.orders, draw)
    slots = f"{asked.orders} orders in {len(schedule.bookings)} slots"
    print(f"the schedule rebuilt, each order in its given way ({slots}): {timed(lambda: rebuilt(ways)) / 1000:.2f} s")
    again = timed(lambda: Schedule(schedule.calendar, schedule.centres, schedule.rules, schedule.bookings).timetable)
    taken = _share_taken(schedule, asked.orders)
    print(f"the lines are taken for {taken:.0%} of the time until the last order's parts are there")
    print(f"the same timetable again from its bookings: {again / 1000:.2f} s")
    gc.collect()
    gc.freeze()  # the bookings are here to stay
    one_promise(schedule, draw)
    whole_quote(schedule, draw)
    whole_quote(replace(schedule, rules=NOISY), draw, ", with what orders take beyond their plan")
    monotone(schedule, draw, asked.probes)
    for law in (restores, more_places, in_order):
        law(schedule, draw, max(1, asked.probes // 250))


def one_promise(schedule: Schedule, draw: random.Random) -> None:
    """The better of two measurements of each: what other processes do on this machine is not ours."""
    times = []
    for _ in range(400):
        boards, ready = int(20 * 250 ** draw.random()), MONDAY + timedelta(days=draw.randint(5, 15))
        asked = [Asked(operations, boards, schedule) for operations in [routing(draw, boards)] * 2]
        times.append(min(timed(lambda wanted=wanted, ready=ready: wanted.plan_from(ready)) for wanted in asked))
    print(f"one promise: median {median(times):.2f} ms, worst {max(times):.1f} ms of {len(times)}")


def whole_quote(schedule: Schedule, draw: random.Random, how: str = "") -> None:
    kit = [Supply(f"parcel {number}", Wait(1, 3, 6), "") for number in range(5)]
    times = []
    for _ in range(10):
        cells = [(routing(draw, boards), boards) for boards in VOLUMES]

        def quote(cells: list[tuple[list[Operation], int]] = cells) -> None:
            for operations, boards in cells:
                asked = Asked(operations, boards, schedule)  # one way of building, tried once for both speeds
                for speed in Speed:
                    promise(asked, kit, ordered_at=MONDAY, speed=speed)

        times.append(timed(quote))
    asked = f"{len(VOLUMES)} volumes x 2 speeds x 3 levels{how}"
    print(f"a quote of {asked}: median {median(times):.0f} ms, worst {max(times):.0f} ms")


def monotone(schedule: Schedule, draw: random.Random, probes: int) -> None:
    wrong = done = 0
    while done < probes:
        boards = int(20 * 250 ** draw.random())
        wanted = Asked(routing(draw, boards), boards, schedule)
        mornings = sorted(MONDAY + timedelta(days=draw.randint(0, 60)) for _ in range(24))
        ends = [wanted.plan_from(morning).end for morning in mornings]
        wrong += sum(a > b for a, b in pairwise(ends))
        done += len(ends) - 1
    print(f"a later kit gave an earlier end in {wrong} of {done} probes")


def an_order(schedule: Schedule, draw: random.Random) -> tuple[Asked, list[Supply]]:
    """Of up to 5,000 boards in lots of 250, with five parcels of parts."""
    boards = int(20 * 250 ** draw.random())
    return Asked(routing(draw, boards), boards, schedule), [Supply("parcel", Wait(1, draw.randint(2, 20), 30), "")] * 5


def restores(schedule: Schedule, draw: random.Random, probes: int) -> None:
    """Booked and cancelled, the schedule is byte for byte what it was."""
    wrong = 0
    before = repr(schedule.timetable.bookings())
    for _ in range(probes):
        asked, kit = an_order(schedule, draw)
        planned = slots(asked, kit, ordered_at=MONDAY, speed=Speed.STANDARD)
        booked = book(schedule, [step.booked("comes and goes") for step in planned])
        wrong += repr(cancel(booked, "comes and goes").bookings) != before
    print(f"an order that came and went left its traces in {wrong} of {probes} probes")


def more_places(schedule: Schedule, draw: random.Random, probes: int) -> None:
    wrong = 0
    for _ in range(probes):
        name = draw.choice([centre.name for centre in schedule.centres])
        more = tuple(replace(one, units=one.units + (one.name == name)) for one in schedule.centres)
        asked, kit = an_order(schedule, draw)
        wider = Asked(asked.operations, asked.boards, replace(schedule, centres=more))
        before, after = (promise(one, kit, ordered_at=MONDAY, speed=Speed.STANDARD) for one in (asked, wider))
        wrong += after.p80 > before.p80 or after.p95 > before.p95
    print(f"one place more made a new promise later in {wrong} of {probes} probes")


def in_order(schedule: Schedule, draw: random.Random, probes: int) -> None:
    wrong = 0
    for _ in range(probes):
        asked, kit = an_order(replace(schedule, rules=draw.choice((schedule.rules, NOISY))), draw)
        found = promise(asked, kit, ordered_at=MONDAY, speed=Speed.STANDARD)
        wrong += not found.p50 <= found.p80 <= found.p95
    print(f"P50, P80 and P95 were out of order in {wrong} of {probes} probes")


if __name__ == "__main__":
    main()
