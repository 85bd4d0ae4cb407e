"""A routing: the operations that turn bare boards and reels into tested assemblies.

The same list is priced (costing), scheduled (planning), and worked off on the floor (production).
"""

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from portal.board.design import Side
from portal.routing.words import tenth


class OperationKind(StrEnum):
    KIT = "kit"
    PRINT = "print"
    SPI = "spi"
    PLACE = "place"
    REFLOW = "reflow"
    AOI = "aoi"
    XRAY = "xray"
    HAND_PLACE = "hand-place"
    HAND_SOLDER = "hand-solder"
    FIRST_ARTICLE = "first-article"
    THROUGH_HOLE = "through-hole"
    SELECTIVE = "selective"
    WAVE = "wave"
    PRESS = "press"
    REWORK = "rework"
    WASH = "wash"
    PROGRAM = "program"
    COAT = "coat"
    DEPANEL = "depanel"
    TEST = "test"
    PACK = "pack"
    SHIP = "ship"


class Process(StrEnum):
    """Who places most of the parts: rate cards ask for it. The ways that compete are told apart by Routing.way."""

    MACHINE = "machine"
    HAND = "hand"


@dataclass(frozen=True, slots=True)
class Operation:
    """One step at one work centre: `set_up_min` once a lot, `cycle_s` for each of `units` ("boards", "panels").

    `because` gives the reason of both figures in a sentence a shop owner can check. `reels` are
    those that it loads.
    """

    kind: OperationKind
    work_centre: str
    set_up_min: Decimal
    cycle_s: Decimal
    units: int
    because: str
    side: Side | None = None
    reels: tuple[str, ...] = ()
    minutes: Decimal = field(init=False, repr=False, compare=False)  # worked out once: prices and dates ask for them

    def __post_init__(self) -> None:
        """Times are kept to a tenth, so that what is printed is what is multiplied."""
        set_up_min, cycle_s = tenth(self.set_up_min), tenth(self.cycle_s)
        object.__setattr__(self, "set_up_min", set_up_min)
        object.__setattr__(self, "cycle_s", cycle_s)
        object.__setattr__(self, "minutes", set_up_min + cycle_s * self.units / 60)

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
    OperationKind.HAND_SOLDER: "Hand soldering",
    OperationKind.FIRST_ARTICLE: "First article",
    OperationKind.THROUGH_HOLE: "Through-hole",
    OperationKind.SELECTIVE: "Selective soldering",
    OperationKind.WAVE: "Wave soldering",
    OperationKind.PRESS: "Press-fit",
    OperationKind.REWORK: "Touch-up",
    OperationKind.WASH: "Washing",
    OperationKind.PROGRAM: "Programming",
    OperationKind.COAT: "Conformal coating",
    OperationKind.DEPANEL: "Depanelling",
    OperationKind.TEST: "Test",
    OperationKind.PACK: "Packing",
    OperationKind.SHIP: "Shipping",
}


@dataclass(frozen=True, slots=True)
class Stencil:
    """One for each pasted side. Sizes are of the frame; None, as the thickness, where nothing says them.

    `failing` are the designators whose openings keep too much of their paste at this thickness. `paste_mm3` is what the
    openings of one board hold.
    """

    side: Side
    width_mm: Decimal | None
    height_mm: Decimal | None
    thickness_um: int | None
    apertures: int | None
    step: str
    failing: tuple[str, ...]
    because: str
    paste_mm3: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Yields:
    """What goes wrong in a lot, as it is expected: shares of boards, boards, minutes. `started` are built in all."""

    first_pass: Decimal
    defects_per_board: Decimal
    started: int
    rework_min: Decimal
    escapes: Decimal
    because: str


@dataclass(frozen=True, slots=True)
class Routing:
    """`way`: how it is said in a sentence, "on the small line". `layout`: why so many boards travel together."""

    process: Process
    boards: int
    panels: int
    boards_per_panel: int
    operations: tuple[Operation, ...]
    way: str = ""
    layout: str = ""
    panel_width_mm: Decimal | None = None
    panel_height_mm: Decimal | None = None
    stencils: tuple[Stencil, ...] = ()
    yields: Yields | None = None

    @property
    def started(self) -> int:
        """Boards that are begun, so that those ordered are good: each of them needs a bare board and parts."""
        return self.yields.started if self.yields else self.boards

    @property
    def minutes(self) -> Decimal:
        return sum([operation.minutes for operation in self.operations], Decimal(0))
