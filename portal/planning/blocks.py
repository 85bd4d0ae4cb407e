"""A routing cut into what needs one slot each: a bench operation, or the whole run of one side through an SMT line."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from math import ceil

from portal.planning.capacity import Load, Rules, WorkCentre
from portal.planning.timetable import Job
from portal.routing.operations import LABELS, Operation, OperationKind

# Nothing is printed before the kit is whole, and nothing leaves the house in parts unless it was sold so.
WHOLE_LOT = frozenset({OperationKind.KIT, OperationKind.SHIP})

# Stations that a conveyor joins: none of them is free for others while the lot runs through.
IN_LINE = frozenset(
    {OperationKind.PRINT, OperationKind.SPI, OperationKind.PLACE, OperationKind.REFLOW, OperationKind.AOI}
)


@dataclass(frozen=True, slots=True)
class Block:
    """Operations that take one slot. All in work minutes: `first` until the first boards come out of a ready place,
    `last` what it still needs when the last boards have come. `stations`: of a line; empty for a bench.
    """

    operations: tuple[Operation, ...]
    job: Job
    first: int
    last: int
    stations: frozenset[str] = frozenset()

    @property
    def is_whole_lot(self) -> bool:
        return self.operations[0].kind in WHOLE_LOT

    @property
    def minutes(self) -> int:
        return self.job.set_up + self.job.work

    @property
    def centre(self) -> str:
        return self.operations[0].work_centre

    @property
    def label(self) -> str:
        """As people call it: "Through-hole"; "Printing to reflow, top" for the run through a line."""
        first, last = self.operations[0], self.operations[-1]
        if len(self.operations) == 1:
            return first.label
        side = f", {first.side}" if first.side else ""
        return f"{LABELS[first.kind]} to {LABELS[last.kind].lower()}{side}"

    def on(self, line: WorkCentre) -> Job:
        """The work on a line that is slower or faster than the one the routing was made for."""
        return self.job if line.cycle_factor == 1 else replace(self.job, work=ceil(self.job.work * line.cycle_factor))


def blocks(operations: Sequence[Operation], rules: Rules, lines: Sequence[WorkCentre], *, product: str) -> list[Block]:
    """In the order of the routing. What runs through no line of the shop is a block of its own."""
    joined = [line.stations for line in lines]
    made = []
    for run in _runs(operations):
        if any(frozenset(operation.work_centre for operation in run) <= stations for stations in joined):
            made.append(_through_line(run, rules, product))
        else:
            made += [_at_bench(operation, rules, product) for operation in run]
    return made


def _runs(operations: Sequence[Operation]) -> Iterator[tuple[Operation, ...]]:
    """Neighbours that a conveyor may join: the same side, and something is placed."""
    run: list[Operation] = []
    for operation in operations:
        if run and not (_is_in_line(run[-1], operation)):
            yield from _placed_or_apart(run)
            run = []
        run.append(operation)
    yield from _placed_or_apart(run)


def _is_in_line(before: Operation, operation: Operation) -> bool:
    return {before.kind, operation.kind} <= IN_LINE and before.side is operation.side


def _placed_or_apart(run: list[Operation]) -> Iterator[tuple[Operation, ...]]:
    if any(operation.kind is OperationKind.PLACE for operation in run):
        yield tuple(run)
    else:
        yield from ((operation,) for operation in run)


def _through_line(run: tuple[Operation, ...], rules: Rules, product: str) -> Block:
    """The slowest station paces it; the others only add the way of the first boards. One crew sets up all stations."""
    work = [ceil(operation.cycle_s * operation.units / 60) for operation in run]
    ways = [_cycle_minutes(operation, rules) for operation in run]
    slowest = work.index(max(work))
    other_ways = sum(ways) - ways[slowest]
    set_up = ceil(sum(operation.set_up_min for operation in run))
    load = Load(f"{product} {run[0].side or ''}", frozenset(chain(*(operation.reels for operation in run))))
    job = Job(max(1, work[slowest] + other_ways), set_up, load)
    stations = frozenset(operation.work_centre for operation in run)
    return Block(run, job, min(sum(ways), job.work), min(sum(ways), job.work), stations)


def _at_bench(operation: Operation, rules: Rules, product: str) -> Block:
    """A kit is laid out and a parcel packed anew for each order, however alike two orders are.

    Where the set-up may fall away a minute of work stays: a slot of no time would lie inside another one.
    """
    set_up = ceil(operation.set_up_min)
    stays = bool(set_up) and operation.kind not in WHOLE_LOT
    work = max(int(stays), max(1, ceil(operation.minutes)) - set_up)
    load = Load(f"{product} {operation.label}", frozenset(operation.reels)) if stays else None
    cycle = max(1, _cycle_minutes(operation, rules))
    return Block((operation,), Job(work, set_up, load), cycle, cycle)


def _cycle_minutes(operation: Operation, rules: Rules) -> int:
    """For as many boards or panels as move on together."""
    return ceil(operation.cycle_s * min(rules.transfer_units, operation.units) / 60)


@dataclass(frozen=True, slots=True)
class Turn:
    """A block of one lot; `at` is its place in the routing."""

    lot: int
    at: int
    block: Block


def cuts(order: Sequence[Block], boards: int, rules: Rules, *, product: str) -> list[list[Turn]]:
    """The ways to cut an order that are tried: in one lot; in several, lot by lot, so that first boards come early;
    in several, side by side, so that nothing is set up twice.
    """
    whole = [Turn(0, at, block) for at, block in enumerate(order)]
    count = min(ceil(boards / rules.lot_boards), rules.most_lots) if rules.lot_boards else 1
    if count <= 1:
        return [whole]
    by_lot = [
        Turn(lot, turn.at, share)
        for lot in range(count)
        for turn in whole
        if (share := _share(turn.block, (lot, count), rules, product=product))
    ]
    if sum(bool(block.stations) for block in order) < 2:
        return [whole, by_lot]
    return [whole, by_lot, sorted(by_lot, key=lambda turn: turn.at)]


def _share(block: Block, part: tuple[int, int], rules: Rules, *, product: str) -> Block | None:
    """Lot so and so of so many. What is done once for the order (kitting, shipping) stays whole, first or last."""
    lot, count = part
    if block.is_whole_lot:
        its_lot = 0 if block.operations[0].kind is OperationKind.KIT else count - 1
        return block if lot == its_lot else None
    run = tuple(
        replace(operation, units=units)
        for operation in block.operations
        if (units := ceil(operation.units * (lot + 1) / count) - ceil(operation.units * lot / count))
    )
    if not run:
        return None
    return _through_line(run, rules, product) if block.stations else _at_bench(run[0], rules, product)
