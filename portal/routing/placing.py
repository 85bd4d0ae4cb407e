"""How the parts of one board get onto it: by which line or by hand, each side with its machines, reels and passes.

All of it is the same for every quantity, so it is worked out once for a design.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil

from portal.board.design import Side
from portal.parts.packages import PackageClass
from portal.routing.balance import Seconds, balanced
from portal.routing.population import Part, Population, count_of, unknowns
from portal.routing.shop import Shop
from portal.routing.stations import Line, Machine
from portal.routing.travel import Point
from portal.routing.words import hundredth, times

UNSOLDERABLE = {PackageClass.BGA, PackageClass.QFN, PackageClass.CHIP_01005, PackageClass.CHIP_0201}


@dataclass(frozen=True, slots=True)
class SideLoad:
    """`reels` are loaded for this side, `kept` stay from the side before. `seconds`: of each machine, for one board.

    `by_hand`: parts that tweezers set on the paste, because no head takes them or no slot is left.
    """

    side: Side
    placed: tuple[Part, ...]
    by_hand: tuple[Part, ...] = ()
    touched: int = 0  # so many parts are in by_hand
    reels: tuple[str, ...] = ()
    kept: int = 0
    slots: int = 0
    passes: int = 1
    seconds: tuple[Decimal, ...] = ()
    is_first: bool = True
    count: int = 0  # of the parts placed
    unknowns: str = ""  # what of them is counted without being known
    is_located: bool = False  # it is known where they go

    @property
    def slowest_s(self) -> Decimal:
        return max(self.seconds, default=Decimal(0))


@dataclass(frozen=True, slots=True)
class Placing:
    """`line` None: at the bench. `soldered`: parts of the lighter side, by iron, in place of a second reflow."""

    line: Line | None
    sides: tuple[SideLoad, ...]
    soldered: tuple[Part, ...] = ()

    @property
    def by_hand(self) -> int:
        return sum(load.touched for load in self.sides)

    @property
    def name(self) -> str:
        """As it is said in a sentence: "on the small line, 3 parts by hand"."""
        if self.line is None:
            return "by hand"
        said = [f"on the {self.line.name}"]
        said += [f"{times(self.by_hand, 'part')} set by hand"] if self.by_hand else []
        said += [f"one reflow and {times(count_of(self.soldered), 'part')} soldered by hand"] if self.soldered else []
        return ", ".join(said)


def at_the_bench(population: Population) -> Placing:
    return Placing(None, tuple(SideLoad(side, population.placed(side)) for side in population.sides))


def placings(line: Line, population: Population, shop: Shop) -> Iterator[Placing]:
    """On this line: each side in as many passes as it needs, or the rarest kinds by hand; both reflows, or one."""
    by_side = {side: population.placed(side) for side in population.sides}
    for soldered in (None, *lighter_side(by_side, shop)):
        kept = {side: parts for side, parts in by_side.items() if side is not soldered}
        touched = by_side[soldered] if soldered else ()
        in_passes = loaded(line, kept, shop, spill=False)
        yield Placing(line, in_passes, touched)
        if any(load.passes > 1 for load in in_passes):
            spilled = loaded(line, kept, shop, spill=True)
            if sum(load.touched for load in spilled) <= shop.bench.most_parts.value:
                yield Placing(line, spilled, touched)


def lighter_side(by_side: dict[Side, tuple[Part, ...]], shop: Shop) -> Iterator[Side]:
    """A side with so few parts that an iron may be quicker than stencil, set-up and a second reflow."""
    if len(by_side) > 1:
        side = min(by_side, key=lambda side: (count_of(by_side[side]), side is Side.TOP))
        classes = {part.package.package_class for part in by_side[side]}
        if count_of(by_side[side]) <= shop.bench.most_parts.value and not classes & UNSOLDERABLE:
            yield side


def loaded(line: Line, by_side: dict[Side, tuple[Part, ...]], shop: Shop, *, spill: bool) -> tuple[SideLoad, ...]:
    loads: list[SideLoad] = []
    takes = {name for name in PackageClass if line.takes(name)}
    for side, parts in by_side.items():
        taken = [part for part in parts if part.package.package_class in takes]
        kinds = within_slots(taken, line, shop) if spill else {part.kind for part in taken}
        placed = tuple(part for part in taken if part.kind in kinds)
        on_line = set(map(id, placed))
        by_hand = tuple(part for part in parts if id(part) not in on_line)
        points = [point for part in placed for point in part.at]
        rates = tuple(seconds_a_part(machine, shop, points) for machine in line.machines)
        slots = shop.feeders.slots_of(placed)
        passes = max(1, ceil(slots / line.feeder_slots))
        stay = {part.kind for load in loads for part in load.placed} if passes == 1 else set()
        loads.append(
            SideLoad(
                side=side,
                placed=placed,
                by_hand=by_hand,
                touched=count_of(by_hand),
                reels=tuple(sorted(kinds - stay)),
                kept=len(kinds & stay),
                slots=slots,
                passes=passes,
                seconds=tuple(hundredth(seconds) for seconds in balanced(classes_of(placed), rates)),
                is_first=not loads,
                count=count_of(placed),
                is_located=bool(points),
                unknowns=", ".join(filter(None, (unknowns(placed), unsized(placed, shop)))),
            )
        )
    return tuple(loads)


def unsized(placed: Iterable[Part], shop: Shop) -> str:
    if count := count_of(part for part in placed if part.package.package_class is PackageClass.UNKNOWN):
        return f"{count} of unknown size timed as {shop.chips[PackageClass.UNKNOWN].value} chips each"
    return ""


def within_slots(parts: Sequence[Part], line: Line, shop: Shop) -> set[str]:
    """The kinds that are placed most often, as long as there are slots for them."""
    often, slots = Counter[str](), shop.feeders.slots_by_kind(parts)
    for part in parts:
        often[part.kind] += part.count
    kinds, left = set(), line.feeder_slots
    for kind in sorted(often, key=lambda kind: (-often[kind], kind)):
        left -= slots[kind]
        if left < 0:
            break
        kinds.add(kind)
    return kinds


def seconds_a_part(machine: Machine, shop: Shop, points: Sequence[Point]) -> Seconds:
    chip_s = machine.chip_s(points)
    return {
        name: chip_s * machine.chips.get(name, shop.chips[name]).value for name in PackageClass if machine.takes(name)
    }


def classes_of(parts: Iterable[Part]) -> Counter[PackageClass]:
    counts = Counter[PackageClass]()
    for part in parts:
        counts[part.package.package_class] += part.count
    return counts
