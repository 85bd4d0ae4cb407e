"""The ways of building one lot that compete: on each line, one reflow or two, pins by iron or machine; or at the bench.

What no quantity changes is worked out once for a design (Engineered). Which way is cheapest, costing says.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from itertools import chain

from portal.board.design import Design
from portal.routing.bench import bench_operations, hand_soldering
from portal.routing.build import Build
from portal.routing.line import line_operations
from portal.routing.operations import Operation, Process, Routing
from portal.routing.options import BuildOptions
from portal.routing.panels import Panels, fits, panels, singly
from portal.routing.placing import Placing, at_the_bench, placings
from portal.routing.population import Population, population
from portal.routing.shop import Shop
from portal.routing.stations import Line
from portal.routing.stencils import stencils
from portal.routing.steps import (
    coating,
    depanelling,
    first_article,
    kitting,
    packing,
    programming,
    shipping,
    testing,
    touch_up,
    washing,
    xray,
)
from portal.routing.through_hole import Soldering, methods, pressing, through_hole
from portal.routing.yields import Quality, lot_yields

TOO_SLOW = 2  # no rate of a work centre makes up for so many times the minutes


@dataclass(frozen=True, slots=True)
class Way:
    placing: Placing
    quality: Quality

    @property
    def soldering(self) -> Soldering:
        return self.quality.soldering

    @property
    def name(self) -> str:
        by_machine = "" if self.soldering is Soldering.HAND else f", {self.soldering}"
        return f"{self.placing.name}{by_machine}"


@dataclass(frozen=True)
class Engineered:
    """A design on the machines of a shop, for any options and quantities."""

    design: Design
    population: Population
    shop: Shop

    @cached_property
    def on_lines(self) -> tuple[tuple[Way, ...], ...]:
        """By placing; in each the ways to solder pins. A line that does not hold the board is not on offer."""
        if not self.population.placed():
            return ()
        holding = [line for line in self.shop.lines if fits(self.design.board, room(line))] or [*self.shop.lines[:1]]
        found = chain.from_iterable(placings(line, self.population, self.shop) for line in holding)
        return tuple(self._ways(placing) for placing in found)

    @cached_property
    def at_bench(self) -> tuple[Way, ...]:
        return self._ways(at_the_bench(self.population))

    def _ways(self, placing: Placing) -> tuple[Way, ...]:
        """Who places parts by hand has few boards, and an iron; with nothing to place there may be many."""
        usual = (Soldering.HAND,) if placing.sides and not placing.line else methods(self.population)
        return tuple(Way(placing, self._qualities[how]) for how in usual)

    @cached_property
    def _qualities(self) -> dict[Soldering, Quality]:
        return {how: Quality(self.population, how, self.shop) for how in Soldering}

    def routings(self, options: BuildOptions, *, boards: int) -> tuple[Routing, ...]:
        """At least one; each complete from the kit to the parcel. What takes far too long is left out."""
        if boards < 1:
            raise ValueError(f"a lot has at least one board, not {boards}")
        placed = [self._of_placing(ways, options, boards=boards) for ways in self.on_lines]
        built = [routing for alike in placed for routing in quickest(alike)]
        least = min((routing.minutes for routing in built), default=None)
        sensible = [routing for routing in built if least is None or routing.minutes <= TOO_SLOW * least]
        if self._is_for_the_bench(boards):
            sensible += quickest(self._of_placing(self.at_bench, options, boards=boards))
        return tuple(sensible)

    def _is_for_the_bench(self, boards: int) -> bool:
        """Few boards and nothing that needs a machine; or nothing to place at all."""
        few = boards <= self.shop.bench.most_boards.value and not self.population.is_only_for_machines
        return few or not self.population.placed()

    def _of_placing(self, ways: tuple[Way, ...], options: BuildOptions, *, boards: int) -> list[Routing]:
        return [self._routing(way, options, boards=boards) for way in ways]

    def _routing(self, way: Way, options: BuildOptions, *, boards: int) -> Routing:
        line = way.placing.line
        yields = lot_yields(way.quality, options.test, boards=boards)
        build = Build(
            design=self.design,
            population=self.population,
            placing=way.placing,
            panels=self._laid(way, started=yields.started, boards=boards),
            options=options,
            shop=self.shop,
            boards=boards,
        )
        return Routing(
            process=Process.MACHINE if line else Process.HAND,
            boards=boards,
            panels=build.panels.panels,
            boards_per_panel=build.panels.boards_per_panel,
            operations=tuple(operations(build, way)),
            way=way.name,
            layout=build.panels.because,
            panel_width_mm=build.panels.width_mm,
            panel_height_mm=build.panels.height_mm,
            stencils=tuple(stencils(build)),
            yields=yields,
        )

    def _laid(self, way: Way, *, started: int, boards: int) -> Panels:
        """Whole panels go over the wave, too."""
        if way.placing.line:
            return self._panels(way.placing.line, started=started)
        if way.soldering is Soldering.WAVE:
            return self._panels(self.shop.lines[0], started=started)
        return singly(self.design.board, boards=boards)

    def _panels(self, line: Line, *, started: int) -> Panels:
        laid = panels(self.design.board, self.shop.panel, room=room(line), boards=started)
        if fits(self.design.board, room(line)):
            return laid
        return replace(laid, because=f"{laid.because}; larger than any line of the shop holds: to be agreed")


def engineered(design: Design, shop: Shop, parts: Population | None = None) -> Engineered:
    """A shop that says nothing of pressing solders every pin."""
    found = population(design) if parts is None else parts
    if shop.press_fit is None and found.pressed:
        found = Population(tuple(replace(part, is_pressed=False) for part in found.parts))
    return Engineered(design, found, shop)


def routings(design: Design, options: BuildOptions, shop: Shop, *, boards: int) -> tuple[Routing, ...]:
    return engineered(design, shop).routings(options, boards=boards)


def room(line: Line) -> tuple[Decimal, Decimal]:
    return line.max_width_mm.value, line.max_height_mm.value


def quickest(alike: list[Routing]) -> Iterator[Routing]:
    """The first is with pins by iron; a machine for them is only worth a price where it takes less time."""
    by_iron, *others = alike
    yield by_iron
    yield from (other for other in others if other.minutes < by_iron.minutes)


def operations(build: Build, way: Way) -> Iterator[Operation]:
    line = build.placing.line
    yield kitting(build)
    yield from line_operations(build, line) if line else bench_operations(build)
    yield from first_article(build)
    yield from hand_soldering(build)
    yield from xray(build)
    yield from through_hole(build, way.soldering)
    yield from pressing(build)
    yield from touch_up(build, way.quality)
    yield from washing(build)
    yield from depanelling(build)
    yield from programming(build)
    yield from testing(build)
    yield from coating(build)
    yield packing(build)
    yield shipping(build)
