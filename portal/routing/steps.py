"""The operations that every way of building shares: the kit before; from X-ray to the parcel after."""

from collections.abc import Iterator
from decimal import Decimal
from math import ceil

from portal.parts.packages import PackageClass
from portal.routing.build import NOTHING, Build
from portal.routing.operations import Operation, OperationKind
from portal.routing.options import Separation, TestLevel
from portal.routing.population import count_of
from portal.routing.words import tenth, times
from portal.routing.yields import Quality


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


def first_article(build: Build) -> Iterator[Operation]:
    """Of a machine lot; at the bench every board is looked at by a person anyway."""
    minutes = build.shop.inspection.first_article_min.value
    if build.placing.line and build.options.first_article and minutes:
        others = ", before the others follow" if build.boards > 1 else ""
        yield Operation(
            OperationKind.FIRST_ARTICLE,
            "bench",
            units=1,
            set_up_min=minutes,
            cycle_s=NOTHING,
            because=f"the first board against BOM and drawing, part by part{others}: {minutes} min",
        )


def touch_up(build: Build, quality: Quality) -> Iterator[Operation]:
    """What inspection finds is mended at the bench; as a share of every board, since nobody knows which."""
    if tenth(quality.rework_s):
        yield Operation(
            OperationKind.REWORK,
            "bench",
            units=build.boards,
            set_up_min=NOTHING,
            cycle_s=quality.rework_s,
            because=quality.said,
        )


def washing(build: Build) -> Iterator[Operation]:
    if build.options.wash:
        rules = build.shop.washing
        batches = ceil(build.boards / rules.batch_boards.value)
        yield Operation(
            OperationKind.WASH,
            "washing",
            units=batches,
            set_up_min=rules.set_up_min.value,
            cycle_s=rules.batch_s.value,
            because=f"{batches} × {rules.batch_s.value} s, {rules.batch_boards.value} boards in a basket; "
            f"set-up {rules.set_up_min.value} min",
        )


def programming(build: Build) -> Iterator[Operation]:
    if build.options.programming:
        rules = build.shop.programming
        set_up, told = build.programme(rules.set_up_min)
        yield Operation(
            OperationKind.PROGRAM,
            "programming",
            units=build.boards,
            set_up_min=set_up,
            cycle_s=rules.board_s.value,
            because=f"adapter and image {told}, {rules.board_s.value} s a board",
        )


TO_MASK = {PackageClass.CONNECTOR, PackageClass.ODD_FORM}  # switches, sockets, what must be touched


def coating(build: Build) -> Iterator[Operation]:
    if build.options.coating:
        rules = build.shop.coating
        masked = count_of(part for part in build.population.parts if part.package.package_class in TO_MASK)
        yield Operation(
            OperationKind.COAT,
            "coating",
            units=build.boards,
            set_up_min=rules.set_up_min.value,
            cycle_s=rules.board_s.value + masked * rules.mask_part_s.value,
            because=f"set-up {rules.set_up_min.value} min, {rules.board_s.value} s a board + "
            f"{times(masked, 'connector or switch', 'connectors and switches')} masked × {rules.mask_part_s.value} s",
        )


def separation(build: Build) -> tuple[Separation, str]:
    """Score lines and bites on the customer's panel decide, whatever was chosen."""
    chosen, panel = build.options.separation, build.panels.of_customer
    if panel is None or chosen is Separation.IN_PANELS:
        return chosen, ""
    if panel.mouse_bites and not panel.v_scores:
        return Separation.MOUSE_BITES, ", as your panel is made"
    if panel.v_scores:
        return Separation.V_SCORE, ", as your panel is made"
    return chosen, ""


def depanelling(build: Build) -> Iterator[Operation]:
    how, why = separation(build)
    if build.panels.boards_per_panel > 1 and build.panels.area_cm2 and how is not Separation.IN_PANELS:
        handling = build.shop.logistics.depanel_handling_s.value
        seconds, said = parted(build, how)
        yield Operation(
            OperationKind.DEPANEL,
            "depanelling",
            units=build.panels.panels,
            set_up_min=NOTHING,
            cycle_s=handling + seconds,
            because=f"{build.panels.because}; {handling} s handling, {said}{why}",
        )


def parted(build: Build, how: Separation) -> tuple[Decimal, str]:
    """Seconds a panel: along whole score lines, around every board, or board by board out of its bites."""
    rules, laid = build.shop.logistics, build.panels
    width, height = laid.width_mm or NOTHING, laid.height_mm or NOTHING
    if how is Separation.MOUSE_BITES:
        snap = rules.depanel_snap_s.value
        return (
            laid.boards_per_panel * snap,
            f"{times(laid.boards_per_panel, 'board')} × {snap} s broken out of mouse bites",
        )
    if how is Separation.ROUTING:
        around = 2 * (width * laid.rows + height * laid.columns)
        speed = rules.depanel_route_mm_s.value
        return around / speed, f"about {tenth(around)} mm routed a panel at {speed} mm/s"
    lines = (laid.rows + 1) * width + (laid.columns - 1) * height
    speed = rules.depanel_mm_s.value
    return lines / speed, f"about {tenth(lines)} mm of V-score cut a panel at {speed} mm/s"


def testing(build: Build) -> Iterator[Operation]:
    rules = build.shop.testing
    times_of = {
        TestLevel.FLYING_PROBE: (rules.flying_probe_set_up_min, rules.flying_probe_board_s),
        TestLevel.FUNCTIONAL: (rules.functional_set_up_min, rules.functional_board_s),
    }
    if build.options.test in times_of:
        first, cycle = times_of[build.options.test]
        set_up, told = build.programme(first)
        yield Operation(
            OperationKind.TEST,
            "test",
            units=build.boards,
            set_up_min=set_up,
            cycle_s=cycle.value,
            because=f"{build.options.test} test: set-up {told}, {cycle.value} s a board",
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
