"""Which parts stand on one board, on which side, and what is not known about them."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from portal.board.design import BomLine, Design, Footprint, Placement, Side
from portal.parts.packages import Mount, Package, PackageClass, package_of
from portal.routing.pads import completed, length_mm, pitch_mm
from portal.routing.travel import Point
from portal.routing.words import times


@dataclass(frozen=True, slots=True)
class Part:
    """`count` parts of one kind on one side of one board. `kind` is what a feeder holds: the BOM line's name.

    `length_mm` is the longer side of its pads, `pitch_mm` from one pad to the next, None where they are not known. `at`
    are the places of those that the centroid file names, from the board's lower left corner.
    """

    kind: str
    package: Package
    count: int
    side: Side
    side_is_known: bool
    length_mm: float | None = None
    pitch_mm: Decimal | None = None
    at: tuple[Point, ...] = ()
    is_pressed: bool = False  # its pins are pressed into their holes, not soldered

    @property
    def is_placed(self) -> bool:
        """By machine or tweezers. A part of unknown mounting is counted here, and said to be."""
        return self.package.mount is Mount.SMD or self.package.mount is Mount.UNKNOWN

    @property
    def is_inserted(self) -> bool:
        return self.package.mount is Mount.THROUGH_HOLE


PRESS_FIT = re.compile(r"(?<![a-z])press[-_ ]?fit(?!\w)|einpress", re.IGNORECASE)  # as a BOM or a footprint says it
NOT_BY_HAND = {PackageClass.BGA, PackageClass.CHIP_01005, PackageClass.CHIP_0201}


@dataclass(frozen=True, slots=True)
class Pins:
    """Parts that are soldered into holes of one board, the joints that they tell, and how many parts tell none.

    `rows`: how many of them stand in a row of so many pins, at that pitch.
    """

    parts: int
    joints: int
    untold: int
    rows: Mapping[tuple[int, Decimal], int]


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

    @cached_property
    def soldered(self) -> tuple[Part, ...]:
        """Of those inserted: into solder, not pressed."""
        return tuple(part for part in self.inserted if not part.is_pressed)

    @cached_property
    def pressed(self) -> tuple[Part, ...]:
        return tuple(part for part in self.inserted if part.is_pressed)

    @cached_property
    def sides(self) -> tuple[Side, ...]:
        """With parts to place, bottom first: the lighter side is reflowed first."""
        return tuple(side for side in (Side.BOTTOM, Side.TOP) if self.placed(side))

    @cached_property
    def leadless(self) -> tuple[Part, ...]:
        return tuple(part for part in self.parts if part.package.package_class.is_leadless)

    @cached_property
    def kinds(self) -> int:
        return len({part.kind for part in self.parts if part.is_placed or part.is_inserted})

    @cached_property
    def is_only_for_machines(self) -> bool:
        """Nobody sets a BGA or a grain of 0201 by hand in a row of boards."""
        return any(part.package.package_class in NOT_BY_HAND for part in self.placed_parts)

    @cached_property
    def pins(self) -> Pins:
        """Of the parts that are inserted and soldered."""
        unknown = count_of(part for part in self.soldered if part.package.joints is None)
        known = sum(part.count * (part.package.joints or 0) for part in self.soldered)
        rows: dict[tuple[int, Decimal], int] = {}
        for part in self.soldered:
            if part.package.joints and part.pitch_mm:
                row = part.package.joints, part.pitch_mm
                rows[row] = rows.get(row, 0) + part.count
        return Pins(count_of(self.soldered), known, unknown, rows)

    @property
    def joints(self) -> int | None:
        """Of one board; None as soon as one fitted part does not say."""
        if any(part.package.joints is None for part in self.parts):
            return None
        return sum(part.count * (part.package.joints or 0) for part in self.parts)


def count_of(parts: Iterable[Part]) -> int:
    return sum([part.count for part in parts])


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
    landed = Landed(
        {placement.designator: placement for placement in design.placements},
        {footprint.designator: footprint for footprint in design.footprints},
        design.board.box_mm[:2] if design.board.box_mm else (0.0, 0.0),
    )
    parts = of_bom(design.fitted_lines, landed) if design.bom else of_centroid(design.placements, landed)
    return Population(tuple(part for part in parts if part.count))


@dataclass(frozen=True, slots=True)
class Landed:
    """By designator: where each part goes, and the pads found below it. `corner`: the lower left of the board."""

    placements: Mapping[str, Placement]
    footprints: Mapping[str, Footprint]
    corner: Point

    def points(self, placements: Iterable[Placement]) -> tuple[Point, ...]:
        x, y = self.corner
        return tuple([(place.x_mm - x, place.y_mm - y) for place in placements])

    def pads_of(self, designators: Iterable[str]) -> Footprint | None:
        """Of the first of them whose pads were found: they are all one kind of part."""
        return next((self.footprints[name] for name in designators if name in self.footprints), None)


def of_bom(lines: Iterable[BomLine], landed: Landed) -> Iterator[Part]:
    for line in lines:
        found = [landed.placements[name] for name in line.designators if name in landed.placements]
        name = line.package or next((placement.package for placement in found if placement.package), "")
        pads = landed.pads_of(line.designators)
        package = completed(package_of(name, line.description), pads)
        length, pitch = length_mm(pads), pitch_mm(name, pads)
        is_pressed = bool(PRESS_FIT.search(f"{name} {line.description} {line.value}"))
        standing = [(side, [place for place in found if place.side is side]) for side in Side]
        counted = [(side, True, len(places), landed.points(places)) for side, places in standing]
        for side, is_known, count, at in (*counted, (Side.TOP, False, line.per_board - len(found), ())):
            if count:
                yield Part(
                    kind=line.name,
                    package=package,
                    count=count,
                    side=side,
                    side_is_known=is_known,
                    length_mm=length,
                    pitch_mm=pitch,
                    at=at,
                    is_pressed=is_pressed,
                )


def of_centroid(placements: Iterable[Placement], landed: Landed) -> Iterator[Part]:
    kinds: dict[tuple[str, str, Side], list[Placement]] = {}
    for placement in placements:
        kind = f"{placement.value} {placement.package}".strip() or nameless(placement, landed)
        kinds.setdefault((kind, placement.package, placement.side), []).append(placement)
    for (kind, name, side), alike in kinds.items():
        pads = landed.pads_of(placement.designator for placement in alike)
        yield Part(
            kind=kind,
            package=completed(package_of(name), pads),
            count=len(alike),
            side=side,
            side_is_known=True,
            length_mm=length_mm(pads),
            pitch_mm=pitch_mm(name, pads),
            at=landed.points(alike),
            is_pressed=bool(PRESS_FIT.search(kind)),
        )


def nameless(placement: Placement, landed: Landed) -> str:
    """Where nothing but the designator is known, what begins alike on the same pads counts as one kind, and no more."""
    letters = placement.designator.rstrip("0123456789")
    pads = landed.footprints.get(placement.designator)
    return f"{letters} on {times(pads.pads, 'pad')}, {length_mm(pads)} mm" if pads else f"{letters} of unknown package"
