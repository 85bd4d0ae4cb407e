"""The operations at the bench: a few boards placed by hand, reflowed in a batch oven, looked at by a person."""

from collections.abc import Iterator
from decimal import Decimal

from portal.board.design import Side
from portal.routing.build import NOTHING, Build, times
from portal.routing.operations import Operation, OperationKind
from portal.routing.population import count_of, unknowns


def bench_operations(build: Build) -> Iterator[Operation]:
    for side in build.population.sides:
        yield printing(build, side)
        yield hand_placement(build, side)
        yield reflow(build, side)
        yield inspection(build, side)


def printing(build: Build, side: Side) -> Operation:
    """The boards of a side are printed one after the other within its set-up."""
    minutes = build.shop.bench.set_up_min.value
    return Operation(
        OperationKind.PRINT,
        "bench",
        side=side,
        units=build.boards,
        set_up_min=minutes,
        cycle_s=NOTHING,
        because=f"stencil set up by hand and {times(build.boards, 'board')} printed, {minutes} min a side",
    )


def hand_placement(build: Build, side: Side) -> Operation:
    bench, parts = build.shop.bench, build.population.placed(side)
    count = count_of(parts)
    touch = f"{times(count, 'part')} a board × {bench.place_s.value} s × {bench.touch_factor.value}"
    said = [f"{touch}, the working day against touch time on small jobs"]
    said += filter(None, [unknowns(parts)])
    return Operation(
        OperationKind.HAND_PLACE,
        "bench",
        side=side,
        units=build.boards,
        set_up_min=NOTHING,
        cycle_s=count * bench.place_s.value * bench.touch_factor.value,
        because="; ".join(said),
    )


def reflow(build: Build, side: Side) -> Operation:
    seconds = build.shop.bench.oven_board_s.value
    return Operation(
        OperationKind.REFLOW,
        "reflow",
        side=side,
        units=build.boards,
        set_up_min=NOTHING,
        cycle_s=seconds,
        because=f"batch oven, {seconds} s a board",
    )


def inspection(build: Build, side: Side) -> Operation:
    sides = Decimal(len(build.population.sides))
    seconds = build.shop.bench.inspect_board_s.value / sides
    return Operation(
        OperationKind.AOI,
        "bench",
        side=side,
        units=build.boards,
        set_up_min=NOTHING,
        cycle_s=seconds,
        because=f"by eye, {build.shop.bench.inspect_board_s.value} s a board over {times(int(sides), 'side')}",
    )
