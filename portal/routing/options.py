"""What a customer chooses: how the bare board is made, how fast, and who buys which part."""

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum


class Finish(StrEnum):
    HASL = "hasl"
    ENIG = "enig"
    OSP = "osp"


class MaskColour(StrEnum):
    GREEN = "green"
    BLACK = "black"
    WHITE = "white"
    BLUE = "blue"
    RED = "red"
    YELLOW = "yellow"


class TestLevel(StrEnum):
    """Inspection (SPI, AOI, X-ray where leadless) is always in the routing; this is what comes on top."""

    INSPECTION = "inspection"
    FLYING_PROBE = "flying-probe"
    FUNCTIONAL = "functional"

    __test__ = False  # not a test class, whatever its name


class Separation(StrEnum):
    """How boards are parted from their panel. Marks on the customer's own panel decide where there are any."""

    V_SCORE = "v-score"
    MOUSE_BITES = "mouse-bites"
    ROUTING = "routing"
    IN_PANELS = "in-panels"  # delivered as they are


class Speed(StrEnum):
    STANDARD = "standard"
    EXPRESS = "express"


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """`consigned` names BOM lines (BomLine.name) that the customer supplies; `supplied` those of which so many parts.

    `first_article`: the first board of a machine lot is checked part by part before the others follow. `programming`:
    firmware is loaded. `alternates`: other part numbers that the BOM names may be bought in place of the first.
    `repeat_order`: this very board was built here before, so its stencil, programmes and fixture are there.
    """

    finish: Finish = Finish.ENIG
    thickness_mm: Decimal = Decimal("1.6")
    mask_colour: MaskColour = MaskColour.GREEN
    test: TestLevel = TestLevel.INSPECTION
    consigned: frozenset[str] = field(default_factory=frozenset)
    supplied: tuple[tuple[str, int], ...] = ()
    alternates: bool = True
    first_article: bool = True
    wash: bool = False
    programming: bool = False
    coating: bool = False
    separation: Separation = Separation.V_SCORE
    repeat_order: bool = False
