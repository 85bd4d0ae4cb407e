"""The shop's machines and benches as data: config/machines.toml, one class per table of the file."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Self

from pydantic import AfterValidator, model_validator

from portal.errors import RatesRefused
from portal.parts.packages import PackageClass
from portal.routing.feeders import ByClass, Feeders
from portal.routing.sourced import Data, Divisor, Grade, Rate, Sourced, checked
from portal.routing.stations import Line


class PanelRules(Data):
    """`least_mm`: no line holds a panel that is smaller, either way."""

    rail_mm: Sourced
    gap_mm: Sourced
    least_mm: Sourced


class Inspection(Data):
    first_article_min: Sourced
    xray_set_up_min: Sourced
    xray_board_s: Sourced


class Bench(Data):
    """Hand work. `touch_factor`: what a day at the bench takes against the touch time, up to `most_boards`.

    `most_parts` a board are set or soldered by hand where a line places the rest.
    """

    most_boards: Sourced
    most_parts: Sourced
    touch_factor: Sourced
    set_up_min: Sourced
    place_s: Sourced
    oven_board_s: Sourced
    inspect_board_s: Sourced


class ThroughHole(Data):
    set_up_min: Sourced
    insert_per_hour: Divisor
    solder_joint_s: Sourced
    rework_share: Sourced
    joints_when_unknown: Sourced
    touch_factor: Sourced


class Selective(Data):
    """With `nozzle_mm` and `pad_mm` rows of pins are drawn through the wave: each joint stays in it for `joint_s`.

    Speed = (nozzle + pad) ÷ time on the joint (icape-group.com). Without them, and where no pitch is known, the nozzle
    dips at each joint and moves on.
    """

    set_up_min: Sourced
    handling_s: Sourced
    joint_s: Sourced
    move_s: Sourced
    nozzle_mm: Divisor | None = None
    pad_mm: Divisor | None = None

    @model_validator(mode="after")
    def says_both_or_neither(self) -> Self:
        if (self.nozzle_mm is None) is not (self.pad_mm is None):
            raise ValueError("expected nozzle_mm and pad_mm, both or neither")
        if self.nozzle_mm and not self.joint_s.value:
            raise ValueError("joint_s: expected more than zero where a row is drawn through the wave")
        return self

    @property
    def drawn_mm_s(self) -> Decimal | None:
        if self.nozzle_mm is None or self.pad_mm is None:
            return None
        return (self.nozzle_mm.value + self.pad_mm.value) / self.joint_s.value


class Wave(Data):
    set_up_min: Sourced
    speed_mm_min: Divisor
    gap_mm: Sourced


class Washing(Data):
    set_up_min: Sourced
    batch_boards: Divisor
    batch_s: Sourced


class Coating(Data):
    """`mask_part_s`: for each part that must stay free of it."""

    set_up_min: Sourced
    board_s: Sourced
    mask_part_s: Sourced


class Programming(Data):
    set_up_min: Sourced
    board_s: Sourced


class Testing(Data):
    flying_probe_set_up_min: Sourced
    flying_probe_board_s: Sourced
    functional_set_up_min: Sourced
    functional_board_s: Sourced


class PressFit(Data):
    """`part_s`: one connector set in, pressed home and looked at."""

    set_up_min: Sourced
    part_s: Sourced


class Repeats(Data):
    """`set_up_share`: what is left of a programme's minutes where it is there from an earlier order."""

    set_up_share: Sourced


class Logistics(Data):
    kit_line_min: Sourced
    depanel_handling_s: Sourced
    depanel_mm_s: Divisor
    depanel_route_mm_s: Divisor
    depanel_snap_s: Sourced
    pack_set_up_min: Sourced
    pack_board_s: Sourced
    ship_set_up_min: Sourced
    ship_parcel_s: Sourced
    parcel_cm2: Divisor


class YieldRules(Data):
    """Defects of a million joints, and what finds and mends them. `scrap_share` of the defects cannot be mended.

    `confidence`: the share of lots in which enough good boards come out of those that were started.
    """

    wave_dpmo: Sourced
    aoi_coverage: Sourced
    xray_coverage: Sourced
    flying_probe_coverage: Sourced
    functional_coverage: Sourced
    scrap_share: Sourced
    confidence: Sourced
    dpmo: ByClass
    rework_min: ByClass


class Frame(Data):
    """A stencil frame, and the panel that it holds."""

    width_mm: Rate
    height_mm: Rate
    usable_width_mm: Rate
    usable_height_mm: Rate
    source: str
    date: date
    grade: Grade


def smallest_first(frames: tuple[Frame, ...]) -> tuple[Frame, ...]:
    return tuple(sorted(frames, key=lambda frame: frame.width_mm * frame.height_mm))


class StencilRules(Data):
    margin_mm: Sourced
    frames: Annotated[tuple[Frame, ...], AfterValidator(smallest_first)] = ()


class Shop(Data):
    """`work_centres`: what planning gives a calendar and costing a rate, with its name for people.

    `lines`: the first is preferred where two ways cost the same.
    """

    name: str
    work_centres: Mapping[str, str]
    panel: PanelRules
    lines: tuple[Line, ...]
    chips: Mapping[PackageClass, Sourced]  # how many 0402 … 1206 chips a part of this class costs in time
    feeders: Feeders
    inspection: Inspection
    bench: Bench
    through_hole: ThroughHole
    selective: Selective
    wave: Wave
    washing: Washing
    coating: Coating
    programming: Programming
    testing: Testing
    logistics: Logistics
    yields: YieldRules
    stencil: StencilRules
    press_fit: PressFit | None = None  # without it pins that are pressed are soldered
    repeats: Repeats | None = None  # without it a repeat order is set up like a first one


WORK_CENTRES = (
    "kitting", "reflow", "xray", "bench", "through-hole", "selective", "wave", "depanelling",
    "washing", "coating", "programming", "test", "packing",
)  # fmt: skip


def read_shop(text: str, *, file: str = "machines.toml") -> Shop:
    shop = checked(Shop, text, file=file)
    if found := list(faults(shop)):
        raise RatesRefused([f"{file}: {fault}" for fault in found])
    return shop


def load_shop(path: Path) -> Shop:
    return read_shop(path.read_text(encoding="utf-8"), file=path.name)


def faults(shop: Shop) -> Iterator[str]:
    """What no table can see by itself."""
    wanted = dict.fromkeys([*WORK_CENTRES, *(name for line in shop.lines for name in line.stations.names)])
    yield from (f"work_centres.{name}: is missing" for name in wanted if name not in shop.work_centres)
    yield from (f"chips.{name}: is missing" for name in PackageClass if name not in shop.chips)
    yield from shop.feeders.faults()
    for table in ("dpmo", "rework_min"):
        known = getattr(shop.yields, table).values
        yield from (f"yields.{table}.values.{name}: is missing" for name in PackageClass if name not in known)
    for share in (
        "aoi_coverage",
        "xray_coverage",
        "flying_probe_coverage",
        "functional_coverage",
        "confidence",
        "scrap_share",
    ):
        if getattr(shop.yields, share).value >= 1:
            yield f"yields.{share}: expected a share below one"
    if not shop.lines:
        yield "lines: expected at least one line"
    names = [line.name for line in shop.lines]
    yield from (
        f"lines: {name!r} stands twice; expected a name of its own" for name in {*names} if names.count(name) > 1
    )
    for number, line in enumerate(shop.lines):
        yield from (f"lines.{number}.{fault}" for fault in line_faults(line))


def line_faults(line: Line) -> Iterator[str]:
    if not line.machines:
        yield "machines: expected at least one machine"
    elif line.feeder_slots < 1:
        yield "machines.feeder_slots: expected one whole slot at least"
