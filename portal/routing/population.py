"""Which parts stand on one board, on which side, and what is not known about them."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from portal.board.design import BomLine, Design, Placement, Side
from portal.parts.packages import Mount, Package, PackageClass, package_of


@dataclass(frozen=True, slots=True)
class Part:
    """`count` parts of one kind on one side of one board. `kind` is what a feeder holds: the BOM line's name."""

    kind: str
    package: Package
    count: int
    side: Side
    side_is_known: bool

    @property
    def is_placed(self) -> bool:
        """By machine or tweezers. A part of unknown mounting is counted here, and said to be."""
        return self.package.mount in {Mount.SMD, Mount.UNKNOWN}

    @property
    def is_inserted(self) -> bool:
        return self.package.mount is Mount.THROUGH_HOLE


@dataclass(frozen=True)
class Population:
    """Worked out once for a design; every way, quantity and speed asks it again."""

    parts: tuple[Part, ...]

    def placed(self, side: Side | None = None) -> tuple[Part, ...]:
        return self.placed_parts if side is None else self.placed_by_side[side]

    @cached_property
    def placed_parts(self) -> tuple[Part, ...]:
        return tuple(part for part in self.parts if part.is_placed)

    @cached_property
    def placed_by_side(self) -> dict[Side, tuple[Part, ...]]:
        return {side: tuple(part for part in self.placed_parts if part.side is side) for side in Side}

    @cached_property
    def inserted(self) -> tuple[Part, ...]:
        return tuple(part for part in self.parts if part.is_inserted)

    @property
    def sides(self) -> tuple[Side, ...]:
        """With parts to place, bottom first: the lighter side is reflowed first."""
        return tuple(side for side in (Side.BOTTOM, Side.TOP) if self.placed(side))

    @property
    def leadless(self) -> tuple[Part, ...]:
        return tuple(part for part in self.parts if part.package.package_class.is_leadless)

    @cached_property
    def kinds(self) -> int:
        return len({part.kind for part in self.parts if part.is_placed or part.is_inserted})

    @property
    def joints(self) -> int | None:
        """Of one board; None as soon as one fitted part does not say."""
        if any(part.package.joints is None for part in self.parts):
            return None
        return sum(part.count * (part.package.joints or 0) for part in self.parts)


def count_of(parts: Iterable[Part]) -> int:
    return sum(part.count for part in parts)


def unknowns(parts: Iterable[Part]) -> str:
    """What is counted without being known, in words; empty when all is known."""
    parts = tuple(parts)
    mount = count_of(part for part in parts if part.package.mount is Mount.UNKNOWN)
    side = count_of(part for part in parts if part.is_placed and not part.side_is_known)
    said = []
    if mount:
        said.append(f"{mount} of unknown package counted as surface-mount")
    if side:
        said.append(f"{side} of unknown side counted on the top")
    return ", ".join(said)


def population(design: Design) -> Population:
    """From the BOM, with sides from the centroid file; without a BOM from the centroid file alone."""
    placements = {placement.designator: placement for placement in design.placements}
    parts = of_bom(design.fitted_lines, placements) if design.bom else of_centroid(design.placements)
    return Population(tuple(part for part in parts if part.count))


def of_bom(lines: Iterable[BomLine], placements: dict[str, Placement]) -> Iterator[Part]:
    for line in lines:
        found = [placements[designator] for designator in line.designators if designator in placements]
        name = line.package or next((placement.package for placement in found if placement.package), "")
        package = package_of(name, line.description)
        sides = Counter(placement.side for placement in found)
        for side in Side:
            if sides[side]:
                yield Part(line.name, package, sides[side], side, side_is_known=True)
        yield Part(line.name, package, line.per_board - len(found), Side.TOP, side_is_known=False)


def of_centroid(placements: Iterable[Placement]) -> Iterator[Part]:
    kinds = Counter((placement.value, placement.package, placement.side) for placement in placements)
    for (value, package, side), count in kinds.items():
        yield Part(f"{value} {package}".strip(), package_of(package), count, side, side_is_known=True)


def is_only_for_machines(parts: Iterable[Part]) -> bool:
    """Nobody sets a BGA or a grain of 0201 by hand in a row of boards."""
    tiny = {PackageClass.BGA, PackageClass.CHIP_01005, PackageClass.CHIP_0201}
    return any(part.package.package_class in tiny for part in parts)
