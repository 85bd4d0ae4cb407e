"""The SMT lines as data: what stands on each, how fast it is, and what the line asks of a panel."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Self

from pydantic import model_validator

from portal.parts.packages import PackageClass
from portal.routing.sourced import Data, Divisor, Sourced
from portal.routing.travel import Point, Travel


class Machine(Data):
    """What the maker promises for chips, nominal or by IPC-9850; `derate` is what of it a real board sees.

    `places`: the classes that its heads take, empty for all. `chips`: how many chips a part of a class costs in time
    on this machine, where it differs from the shop's table. `travel`: its mechanics, which stand for the promise
    wherever the places of the parts are known; nothing of them is derated.
    """

    name: str
    nominal_per_hour: Divisor | None = None
    ipc9850_per_hour: Divisor | None = None
    derate: Divisor
    feeder_slots: Sourced
    travel: Travel | None = None
    places: frozenset[PackageClass] = frozenset()
    chips: Mapping[PackageClass, Sourced] = {}

    @model_validator(mode="after")
    def has_one_rate(self) -> Self:
        if (self.nominal_per_hour is None) is (self.ipc9850_per_hour is None):
            raise ValueError("expected nominal_per_hour or ipc9850_per_hour, one of the two")
        return self

    @property
    def chips_per_hour(self) -> Decimal:
        promised = self.nominal_per_hour or self.ipc9850_per_hour
        return promised.value * self.derate.value if promised else Decimal(0)

    def chip_s(self, points: Sequence[Point]) -> Decimal:
        """Of one chip of so many: as far as the head travels, where that is known, else at the promised rate."""
        return self.travel.seconds(points) / len(points) if self.travel and points else 3600 / self.chips_per_hour

    def takes(self, package_class: PackageClass) -> bool:
        return not self.places or package_class in self.places


class Stations(Data):
    """The work centres of a line: planning gives each a calendar, costing a rate."""

    printing: str
    placement: str
    reflow: str
    inspection: str

    @property
    def names(self) -> tuple[str, ...]:
        return self.printing, self.placement, self.reflow, self.inspection


class Printing(Data):
    set_up_min: Sourced
    handling_s: Sourced
    squeegee_mm_s: Divisor
    strokes: Sourced
    wipe_s: Sourced
    wipe_every_prints: Divisor


class Oven(Data):
    heated_s: Sourced
    heated_cm: Divisor
    gap_cm: Sourced


class LineInspection(Data):
    """Without `paste_cm2_s` the line has no paste inspection."""

    paste_cm2_s: Divisor | None = None
    optical_cm2_s: Divisor
    panel_least_s: Sourced
    optical_set_up_min: Sourced


class Line(Data):
    """Derate, balance and uptime stay three factors, so that none is applied twice.

    `derate` is of each machine. `balance`: what the machines lose beyond the balance that is worked out, because reels
    are whole. `uptime`: stops, refills, waiting; not set-up, which is an own figure of each operation.
    """

    name: str
    stations: Stations
    max_width_mm: Divisor
    max_height_mm: Divisor
    balance: Divisor
    uptime: Divisor
    changeover_min: Sourced
    feeder_min: Sourced
    first_programme_min: Sourced
    load_unload_s: Sourced
    fiducial_s: Sourced
    machines: tuple[Machine, ...]
    printing: Printing
    oven: Oven
    inspection: LineInspection

    @property
    def feeder_slots(self) -> int:
        return int(sum(machine.feeder_slots.value for machine in self.machines))

    def takes(self, package_class: PackageClass) -> bool:
        return any(machine.takes(package_class) for machine in self.machines)
