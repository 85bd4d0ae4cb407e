"""The operations that every way of building shares: the kit before; from X-ray to the parcel after."""

from collections.abc import Iterator
from math import ceil

from portal.routing.build import NOTHING, Build, tenth, times
from portal.routing.operations import Operation, OperationKind
from portal.routing.options import TestLevel
from portal.routing.population import count_of


def kitting(build: Build) -> Operation:
    kinds, minutes = build.population.kinds, build.shop.logistics.kit_line_min.value
    return Operation(
        OperationKind.KIT,
        "kitting",
        units=build.boards,
        set_up_min=kinds * minutes,
        cycle_s=NOTHING,
        because=f"{times(kinds, 'kind')} of part × {minutes} min: counted, labelled, laid out",
    )


def xray(build: Build) -> Iterator[Operation]:
    """Only where joints hide below a body."""
    if leadless := build.population.leadless:
        rules = build.shop.inspection
        yield Operation(
            OperationKind.XRAY,
            "xray",
            units=build.boards,
            set_up_min=rules.xray_set_up_min.value,
            cycle_s=rules.xray_board_s.value,
            because=f"{times(count_of(leadless), 'leadless part')} a board; set-up {rules.xray_set_up_min.value} min, "
            f"{rules.xray_board_s.value} s a board",
        )


def through_hole(build: Build) -> Iterator[Operation]:
    if parts := build.population.inserted:
        rules, count = build.shop.through_hole, count_of(parts)
        unknown = count_of(part for part in parts if part.package.joints is None)
        known = sum(part.count * part.package.joints for part in parts if part.package.joints is not None)
        joints = known + unknown * rules.joints_when_unknown.value
        insert = count * 3600 / rules.insert_per_hour.value
        solder = joints * rules.solder_joint_s.value * (1 + rules.rework_share.value)
        said = (
            f"{times(count, 'part')} a board at {rules.insert_per_hour.value} an hour, "
            f"{joints} joints × {rules.solder_joint_s.value} s + {rules.rework_share.value:%} rework"
        )
        if unknown:
            said += f"; {unknown} of unknown pins counted with {rules.joints_when_unknown.value} joints each"
        yield Operation(
            OperationKind.THROUGH_HOLE,
            "through-hole",
            units=build.boards,
            set_up_min=rules.set_up_min.value,
            cycle_s=insert + solder,
            because=said,
        )


def depanelling(build: Build) -> Iterator[Operation]:
    if build.panels.boards_per_panel > 1 and build.panels.width_mm and build.panels.height_mm:
        rules = build.shop.logistics
        cut_mm = (build.panels.width_mm + build.panels.height_mm) * ceil(build.panels.boards_per_panel**0.5)
        yield Operation(
            OperationKind.DEPANEL,
            "depanelling",
            units=build.panels.panels,
            set_up_min=NOTHING,
            cycle_s=rules.depanel_handling_s.value + cut_mm / rules.depanel_mm_s.value,
            because=f"{build.panels.because}; {rules.depanel_handling_s.value} s handling, "
            f"about {cut_mm} mm cut a panel at {rules.depanel_mm_s.value} mm/s",
        )


def testing(build: Build) -> Iterator[Operation]:
    rules = build.shop.testing
    times_of = {
        TestLevel.FLYING_PROBE: (rules.flying_probe_set_up_min.value, rules.flying_probe_board_s.value),
        TestLevel.FUNCTIONAL: (rules.functional_set_up_min.value, rules.functional_board_s.value),
    }
    if build.options.test in times_of:
        set_up, cycle = times_of[build.options.test]
        yield Operation(
            OperationKind.TEST,
            "test",
            units=build.boards,
            set_up_min=set_up,
            cycle_s=cycle,
            because=f"{build.options.test} test: set-up {set_up} min, {cycle} s a board",
        )


def packing(build: Build) -> Operation:
    rules = build.shop.logistics
    return Operation(
        OperationKind.PACK,
        "packing",
        units=build.boards,
        set_up_min=rules.pack_set_up_min.value,
        cycle_s=rules.pack_board_s.value,
        because=f"{times(build.boards, 'board')} × {rules.pack_board_s.value} s in ESD bags, "
        f"labels {rules.pack_set_up_min.value} min",
    )


def parcels(build: Build) -> int | None:
    """None: the size of the board, and so of the parcel, is not known."""
    if build.board_area_cm2 is None:
        return None
    return ceil(build.boards * build.board_area_cm2 / build.shop.logistics.parcel_cm2.value)


def shipping(build: Build) -> Operation:
    rules, count = build.shop.logistics, parcels(build)
    area = build.board_area_cm2
    said = (
        f"{times(count, 'parcel')}: {build.boards} × {tenth(area)} cm², {rules.parcel_cm2.value} cm² fill one"
        if count and area
        else "board size unknown: counted as one parcel"
    )
    return Operation(
        OperationKind.SHIP,
        "packing",
        units=count or 1,
        set_up_min=rules.ship_set_up_min.value,
        cycle_s=rules.ship_parcel_s.value,
        because=said,
    )
