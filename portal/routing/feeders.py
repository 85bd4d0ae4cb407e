"""Reels on a line: the tape of each part, the slots that its feeder takes, and what has to be loaded."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from portal.parts.packages import PackageClass
from portal.routing.population import Part
from portal.routing.sourced import Data, Figures, Rate, Sourced

TAPES_MM = (8, 12, 16, 24, 32, 44, 56)
ON_A_TRAY = 0


class ByTape(Figures):
    values: Mapping[int, Rate]


class ByClass(Figures):
    values: Mapping[PackageClass, Rate]


class Feeders(Data):
    """`toe_mm`: how far the pads reach beyond the part, both ends together."""

    toe_mm: Sourced
    slots: ByTape
    pocket_mm: ByTape
    tape_mm: ByClass

    def tape(self, part: Part) -> int:
        """In mm, 0 for a part from a tray. By the size of its pads where that is known, else by its class."""
        if part.length_mm is None:
            return int(self.tape_mm.values[part.package.package_class])
        body = Decimal(str(part.length_mm)) - self.toe_mm.value
        return next((tape for tape in TAPES_MM if body <= self.pocket_mm.values[tape]), ON_A_TRAY)

    def slots_of(self, parts: Iterable[Part]) -> int:
        """A kind of part stands on the line once, however many of it are placed."""
        return sum(self.slots_by_kind(parts).values())

    def slots_by_kind(self, parts: Iterable[Part]) -> dict[str, int]:
        slots = {tape: int(count) for tape, count in self.slots.values.items()} | {ON_A_TRAY: 0}
        return {part.kind: slots[self.tape(part)] for part in parts}

    def faults(self) -> list[str]:
        """Tapes and classes that the tables leave out."""
        tables = {"slots": self.slots, "pocket_mm": self.pocket_mm}
        missing = [f"feeders.{name}.values.{tape}" for name, table in tables.items() for tape in TAPES_MM
                   if tape not in table.values]  # fmt: skip
        missing += [f"feeders.tape_mm.values.{name}" for name in PackageClass if name not in self.tape_mm.values]
        return [f"{name}: is missing" for name in missing] + [
            f"feeders.tape_mm.values.{name}: expected one of {', '.join(map(str, (ON_A_TRAY, *TAPES_MM)))}"
            for name, tape in self.tape_mm.values.items()
            if tape not in (ON_A_TRAY, *TAPES_MM)
        ]
