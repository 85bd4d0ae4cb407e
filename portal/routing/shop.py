"""The shop's machines and benches as data: config/machines.toml, one class per table of the file."""

from collections.abc import Mapping
from pathlib import Path

from portal.errors import RatesRefused
from portal.parts.packages import PackageClass
from portal.routing.sourced import Data, Sourced, checked


class PanelLimits(Data):
    max_width_mm: Sourced
    max_height_mm: Sourced
    rail_mm: Sourced
    gap_mm: Sourced


class Machine(Data):
    """`nominal_per_hour` is what the maker promises; `derate` is what of it a real board sees."""

    name: str
    nominal_per_hour: Sourced
    derate: Sourced
    feeder_slots: Sourced


class Line(Data):
    """Derate, balance and uptime stay three factors, so that none is applied twice.

    `balance`: the machines of a line never finish together. `uptime`: stops, refills, waiting; not set-up,
    which is an own figure of each operation.
    """

    balance: Sourced
    uptime: Sourced
    changeover_min: Sourced
    feeder_min: Sourced
    first_programme_min: Sourced
    load_unload_s: Sourced
    fiducial_s: Sourced
    machines: tuple[Machine, ...]

    @property
    def feeder_slots(self) -> int:
        return int(sum(machine.feeder_slots.value for machine in self.machines))


class Printing(Data):
    set_up_min: Sourced
    handling_s: Sourced
    squeegee_mm_s: Sourced
    strokes: Sourced
    wipe_s: Sourced
    wipe_every_prints: Sourced


class Oven(Data):
    heated_s: Sourced
    heated_cm: Sourced
    gap_cm: Sourced


class Inspection(Data):
    paste_cm2_s: Sourced
    optical_cm2_s: Sourced
    panel_least_s: Sourced
    optical_set_up_min: Sourced
    first_article_min: Sourced
    xray_set_up_min: Sourced
    xray_board_s: Sourced


class Bench(Data):
    """Hand work. `touch_factor`: what a day at the bench takes against the touch time of a small job."""

    most_boards: Sourced
    touch_factor: Sourced
    set_up_min: Sourced
    place_s: Sourced
    oven_board_s: Sourced
    inspect_board_s: Sourced


class ThroughHole(Data):
    set_up_min: Sourced
    insert_per_hour: Sourced
    solder_joint_s: Sourced
    rework_share: Sourced
    joints_when_unknown: Sourced


class Testing(Data):
    flying_probe_set_up_min: Sourced
    flying_probe_board_s: Sourced
    functional_set_up_min: Sourced
    functional_board_s: Sourced


class Logistics(Data):
    kit_line_min: Sourced
    depanel_handling_s: Sourced
    depanel_mm_s: Sourced
    pack_set_up_min: Sourced
    pack_board_s: Sourced
    ship_set_up_min: Sourced
    ship_parcel_s: Sourced
    parcel_cm2: Sourced


class Shop(Data):
    """`work_centres`: what planning gives a calendar and costing a rate, with its name for people."""

    name: str
    work_centres: Mapping[str, str]
    panel: PanelLimits
    line: Line
    chips: Mapping[PackageClass, Sourced]  # how many 0402 … 1206 chips a part of this class costs in time
    printing: Printing
    oven: Oven
    inspection: Inspection
    bench: Bench
    through_hole: ThroughHole
    testing: Testing
    logistics: Logistics


WORK_CENTRES = (
    "kitting", "printing", "placement", "reflow", "inspection", "xray",
    "bench", "through-hole", "depanelling", "test", "packing",
)  # fmt: skip


def read_shop(text: str, *, file: str = "machines.toml") -> Shop:
    shop = checked(Shop, text, file=file)
    missing = [f"{file}: work_centres.{name}: is missing" for name in WORK_CENTRES if name not in shop.work_centres]
    missing += [f"{file}: chips.{name}: is missing" for name in PackageClass if name not in shop.chips]
    if not shop.line.machines:
        missing.append(f"{file}: line.machines: expected at least one machine")
    missing += [f"{file}: {name}: expected a number above zero" for name in zeros(shop)]
    if shop.line.machines and shop.line.feeder_slots < 1:
        missing.append(f"{file}: line.machines.feeder_slots: expected one whole slot at least")
    if missing:
        raise RatesRefused(missing)
    return shop


def load_shop(path: Path) -> Shop:
    return read_shop(path.read_text(encoding="utf-8"), file=path.name)


def zeros(shop: Shop) -> list[str]:
    """Whatever the routing divides by."""
    divisors = (
        {
            "line.balance": shop.line.balance,
            "line.uptime": shop.line.uptime,
            "printing.squeegee_mm_s": shop.printing.squeegee_mm_s,
            "printing.wipe_every_prints": shop.printing.wipe_every_prints,
            "oven.heated_cm": shop.oven.heated_cm,
            "inspection.paste_cm2_s": shop.inspection.paste_cm2_s,
            "inspection.optical_cm2_s": shop.inspection.optical_cm2_s,
            "through_hole.insert_per_hour": shop.through_hole.insert_per_hour,
            "logistics.depanel_mm_s": shop.logistics.depanel_mm_s,
            "logistics.parcel_cm2": shop.logistics.parcel_cm2,
            "line.machines.nominal_per_hour": min(
                (m.nominal_per_hour for m in shop.line.machines), key=lambda s: s.value
            ),
            "line.machines.derate": min((m.derate for m in shop.line.machines), key=lambda s: s.value),
        }
        if shop.line.machines
        else {}
    )
    return [name for name, figure in divisors.items() if figure.value <= 0]
