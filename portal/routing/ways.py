"""The ways of building one lot that compete: on the machine line, or at the bench.

Operations that all ways share stand in steps.py; those of one way in line.py and bench.py.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from portal.board.design import Board, Design
from portal.routing.bench import bench_operations
from portal.routing.build import Build, tenth
from portal.routing.line import line_operations
from portal.routing.operations import Operation, Process, Routing
from portal.routing.options import BuildOptions
from portal.routing.panels import Panels, panels
from portal.routing.population import Population, is_only_for_machines, population
from portal.routing.shop import Shop
from portal.routing.steps import depanelling, kitting, packing, shipping, testing, through_hole, xray


@dataclass(frozen=True, slots=True)
class Way:
    """`panels`: the bench works board by board."""

    process: Process
    is_sensible: Callable[[Build], bool]
    operations: Callable[[Build], Iterator[Operation]]
    has_panels: bool


def is_for_the_line(build: Build) -> bool:
    return bool(build.population.placed())


def is_for_the_bench(build: Build) -> bool:
    """Few boards and nothing that needs a machine; or nothing to place at all."""
    parts = build.population.placed()
    return not parts or (build.boards <= build.shop.bench.most_boards.value and not is_only_for_machines(parts))


WAYS = (
    Way(Process.MACHINE, is_for_the_line, line_operations, has_panels=True),
    Way(Process.HAND, is_for_the_bench, bench_operations, has_panels=False),
)


def routings(design: Design, options: BuildOptions, shop: Shop, *, boards: int) -> tuple[Routing, ...]:
    """At least one; each complete from the kit to the parcel."""
    return ways_of(design.board, population(design), options, shop=shop, boards=boards)


def ways_of(board: Board, parts: Population, options: BuildOptions, *, shop: Shop, boards: int) -> tuple[Routing, ...]:
    """For many quantities of one design, whose population is worked out once."""
    if boards < 1:
        raise ValueError(f"a lot has at least one board, not {boards}")
    found = []
    for way in WAYS:
        layout = panels(board, shop.panel, boards=boards) if way.has_panels else singly(boards)
        build = Build(board, parts, layout, options, shop, boards)
        if way.is_sensible(build):
            found.append(routing(build, way))
    return tuple(found)


def singly(boards: int) -> Panels:
    return Panels(boards, 1, None, None, "single boards at the bench")


def routing(build: Build, way: Way) -> Routing:
    return Routing(
        process=way.process,
        boards=build.boards,
        panels=build.panels.panels,
        boards_per_panel=build.panels.boards_per_panel,
        operations=tuple(in_tenths(operation) for operation in operations(build, way)),
    )


def operations(build: Build, way: Way) -> Iterator[Operation]:
    yield kitting(build)
    yield from way.operations(build)
    yield from xray(build)
    yield from through_hole(build)
    yield from depanelling(build)
    yield from testing(build)
    yield packing(build)
    yield shipping(build)


def in_tenths(operation: Operation) -> Operation:
    return replace(operation, set_up_min=tenth(operation.set_up_min), cycle_s=tenth(operation.cycle_s))
