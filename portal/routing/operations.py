"""A routing: the operations that turn bare boards and reels into tested assemblies.

The same list is priced (costing), scheduled (planning), and worked off on the floor (production).
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from portal.board.design import Side


class OperationKind(StrEnum):
    KIT = "kit"
    PRINT = "print"
    SPI = "spi"
    PLACE = "place"
    REFLOW = "reflow"
    AOI = "aoi"
    XRAY = "xray"
    HAND_PLACE = "hand-place"
    THROUGH_HOLE = "through-hole"
    DEPANEL = "depanel"
    TEST = "test"
    PACK = "pack"
    SHIP = "ship"


class Process(StrEnum):
    """The ways of building that compete; the cheaper one is quoted, and by how much is said."""

    MACHINE = "machine"
    HAND = "hand"


@dataclass(frozen=True, slots=True)
class Operation:
    """One step at one work centre: `set_up_min` once a lot, `cycle_s` for each of `units` ("boards", "panels").

    `because` gives the reason of both figures in a sentence a shop owner can check. `reels` are on its feeders.
    """

    kind: OperationKind
    work_centre: str
    set_up_min: Decimal
    cycle_s: Decimal
    units: int
    because: str
    side: Side | None = None
    reels: tuple[str, ...] = ()

    @property
    def minutes(self) -> Decimal:
        return self.set_up_min + self.cycle_s * self.units / 60

    @property
    def label(self) -> str:
        return f"{LABELS[self.kind]}, {self.side}" if self.side else LABELS[self.kind]


LABELS = {
    OperationKind.KIT: "Kitting",
    OperationKind.PRINT: "Paste printing",
    OperationKind.SPI: "Paste inspection",
    OperationKind.PLACE: "Placement",
    OperationKind.REFLOW: "Reflow",
    OperationKind.AOI: "Optical inspection",
    OperationKind.XRAY: "X-ray",
    OperationKind.HAND_PLACE: "Hand placement",
    OperationKind.THROUGH_HOLE: "Through-hole",
    OperationKind.DEPANEL: "Depanelling",
    OperationKind.TEST: "Test",
    OperationKind.PACK: "Packing",
    OperationKind.SHIP: "Shipping",
}


@dataclass(frozen=True, slots=True)
class Routing:
    process: Process
    boards: int
    panels: int
    boards_per_panel: int
    operations: tuple[Operation, ...]

    @property
    def minutes(self) -> Decimal:
        return sum((operation.minutes for operation in self.operations), Decimal(0))
