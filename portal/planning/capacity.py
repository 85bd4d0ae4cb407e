"""Work centres, what is booked on them, and how the shop plans.

Bookings are kept in the work minutes of their centre's calendar: one that runs over a weekend is still one span.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from portal.planning.calendar import Calendar
from portal.planning.noise import Noise
from portal.routing.options import Speed

NOBODY: frozenset[str] = frozenset()


@dataclass(frozen=True)
class WorkCentre:
    """`units` places or people, each with one lot at a time. `serves` names other centres whose operations they take.

    With `stations` it is an SMT line: the centres that its conveyor joins, taken together while a lot runs through.
    `cycle_factor` says how much longer its cycles are than those of the routing.
    """

    name: str
    units: int
    calendar: Calendar
    serves: frozenset[str] = NOBODY
    stations: frozenset[str] = NOBODY
    cycle_factor: float = 1.0

    def takes(self, centre: str) -> bool:
        return not self.stations and (centre == self.name or centre in self.serves)


@dataclass(frozen=True, slots=True)
class Load:
    """What a place is set up for: one side of one board (or one operation of it), with these reels on its feeders."""

    product: str
    reels: frozenset[str] = NOBODY


@dataclass(frozen=True, slots=True)
class Booking:
    """One unit of a work centre from work minute to work minute; `reference` says for whom.

    It begins with `set_up` minutes; from an empty machine they were `full_set_up`. Without a `unit` any will do.
    """

    centre: str
    start: int
    end: int
    reference: str
    unit: int | None = None
    set_up: int = 0
    full_set_up: int = 0
    load: Load | None = None

    @property
    def work_start(self) -> int:
        return self.start + self.set_up

    @property
    def order(self) -> tuple[str, int, int, int, str]:
        """By which bookings are kept."""
        return self.centre, self.start, self.end, -1 if self.unit is None else self.unit, self.reference


@dataclass(frozen=True)
class Rules:
    """How the shop plans. `transfer_units`: boards or panels that move on together, before the lot is done.

    `fence_days`: work of this speed is not planned into so many working days from day 0; what is there is frozen.
    `lot_boards`: larger orders are built in lots of so many. `reel_min`: what a reel that is loaded already saves.
    `most_lots`: an order is not cut into more lots than that; they are larger then.
    `noise`: how long work really takes beside its plan, learnt from actuals; None takes it as it is planned.
    """

    transfer_units: int = 1
    fence_days: Mapping[Speed, int] = field(default_factory=lambda: MappingProxyType({}))
    lot_boards: int | None = None
    reel_min: float = 0.0
    most_lots: int = 12
    noise: Noise | None = None

    def set_up(self, before: Load | None, full: int, load: Load | None) -> int:
        """Minutes of set-up behind what ran there before: none for more of the same, less for reels in common."""
        if before is None or load is None:
            return full
        if before.product == load.product:
            return 0
        return max(0, full - int(len(before.reels & load.reels) * self.reel_min))

    def least_set_up(self, full: int, load: Load) -> int:
        """Behind another product that has every reel on already."""
        return max(0, full - int(len(load.reels) * self.reel_min))
