"""The operations at the bench: a few boards placed by hand, reflowed in a batch oven, looked at by a person."""

from collections.abc import Iterator

from portal.board.design import Side
from portal.routing.build import NOTHING, Build
from portal.routing.operations import Operation, OperationKind
from portal.routing.population import count_of, unknowns
from portal.routing.words import times


def bench_operations(build: Build) -> Iterator[Operation]:
    for load in build.placing.sides:
        yield printing(build, load.side)
        yield hand_placement(build, load.side)
        yield reflow(build, load.side)
        yield inspection(build, load.side)


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
    set_up, cycle, touched = build.touched(count * bench.place_s.value)
    said = [f"{times(count, 'part')} a board × {bench.place_s.value} s{touched}"]
    said += filter(None, [unknowns(parts)])
    return Operation(
        OperationKind.HAND_PLACE,
        "bench",
        side=side,
        units=build.boards,
        set_up_min=set_up,
        cycle_s=cycle,
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
    sides = len(build.placing.sides)
    seconds = build.shop.bench.inspect_board_s.value / sides
    return Operation(
        OperationKind.AOI,
        "bench",
        side=side,
        units=build.boards,
        set_up_min=NOTHING,
        cycle_s=seconds,
        because=f"by eye, {build.shop.bench.inspect_board_s.value} s a board over {times(sides, 'side')}",
    )


def hand_soldering(build: Build) -> Iterator[Operation]:
    """In place of a second reflow: the few parts of the lighter side, by iron."""
    if parts := build.placing.soldered:
        rules = build.shop.through_hole
        assumed = rules.joints_when_unknown.value
        joints = sum(p.count * (assumed if p.package.joints is None else p.package.joints) for p in parts)
        place_s, joint_s = build.shop.bench.place_s.value, rules.solder_joint_s.value
        set_up, cycle, touched = build.touched(count_of(parts) * place_s + joints * joint_s, rules.touch_factor)
        yield Operation(
            OperationKind.HAND_SOLDER,
            "bench",
            side=parts[0].side,
            units=build.boards,
            set_up_min=set_up,
            cycle_s=cycle,
            because=f"{times(count_of(parts), 'part')} a board × {place_s} s + {joints} joints × {joint_s} s"
            f"{touched}; saves a stencil and a second reflow",
        )
