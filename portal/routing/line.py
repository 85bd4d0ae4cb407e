"""The operations of the machine line, once for each side with parts to place."""

from collections.abc import Iterator
from decimal import Decimal
from math import ceil

from portal.board.design import Side
from portal.routing.build import NOTHING, Build, tenth, times
from portal.routing.operations import Operation, OperationKind
from portal.routing.population import count_of, unknowns
from portal.routing.shop import Line


def line_operations(build: Build) -> Iterator[Operation]:
    for side in build.population.sides:
        is_first = side == build.population.sides[0]
        yield printing(build, side)
        yield paste_inspection(build, side)
        yield placement(build, side, is_first=is_first)
        yield reflow(build, side)
        yield optical_inspection(build, side, is_first=is_first)


def printing(build: Build, side: Side) -> Operation:
    rules = build.shop.printing
    length = build.panels.height_mm or Decimal(0)
    strokes = rules.strokes.value * length / rules.squeegee_mm_s.value
    wipe = rules.wipe_s.value / rules.wipe_every_prints.value
    travel = f"{length} mm at {rules.squeegee_mm_s.value} mm/s" if length else "stroke length unknown, not counted"
    return Operation(
        OperationKind.PRINT,
        "printing",
        side=side,
        units=build.panels.panels,
        set_up_min=rules.set_up_min.value,
        cycle_s=rules.handling_s.value + strokes + wipe,
        because=f"{times(build.panels.panels, 'panel')}; stencil in {rules.set_up_min.value} min; "
        f"{rules.handling_s.value} s handling, {travel}, a wipe every {rules.wipe_every_prints.value} prints",
    )


def paste_inspection(build: Build, side: Side) -> Operation:
    seconds, said = scan(build, build.shop.inspection.paste_cm2_s.value)
    return Operation(
        OperationKind.SPI,
        "inspection",
        side=side,
        units=build.panels.panels,
        set_up_min=NOTHING,
        cycle_s=seconds,
        because=said,
    )


def scan(build: Build, cm2_s: Decimal) -> tuple[Decimal, str]:
    """Seconds a panel and why; a panel of unknown size takes the least time a panel can, and that is said."""
    least = build.shop.inspection.panel_least_s.value
    area = build.panels.area_cm2
    if area is None:
        return least, f"board size unknown: {least} s a panel, the least there is"
    return max(tenth(area / cm2_s), least), f"panel of {tenth(area)} cm² at {cm2_s} cm²/s, at least {least} s"


def placement(build: Build, side: Side, *, is_first: bool) -> Operation:
    """Loading reels stops the line: paid once a lot. More reels than slots: the panels pass twice."""
    line, parts = build.shop.line, build.population.placed(side)
    feeders = len({part.kind for part in parts})
    passes = ceil(feeders / line.feeder_slots)
    chips = sum((part.count * build.shop.chips[part.package.package_class].value for part in parts), Decimal(0))
    rate = chips_per_hour(line)
    handling = (line.load_unload_s.value + line.fiducial_s.value * len(line.machines)) * passes
    programme = line.first_programme_min.value if is_first else Decimal(0)
    set_up = line.changeover_min.value * passes + line.feeder_min.value * feeders + programme
    said = [
        f"{times(count_of(parts), 'part')} a board, worth {chips.normalize():f} chips at {rate:.0f} an hour",
        f"{times(build.panels.boards_per_panel, 'board')} and {handling} s handling a panel",
        f"set-up {line.changeover_min.value} min changeover + {feeders} feeders × {line.feeder_min.value} min",
    ]
    said[-1] += f" + {programme} min first programme" if programme else ""
    said += [f"{feeders} feeders in {line.feeder_slots} slots: {passes} passes"] if passes > 1 else []
    said += filter(None, [unknowns(parts)])
    return Operation(
        OperationKind.PLACE,
        "placement",
        side=side,
        units=build.panels.panels,
        set_up_min=set_up,
        cycle_s=handling + build.panels.boards_per_panel * chips * 3600 / rate,
        because="; ".join(said),
    )


def chips_per_hour(line: Line) -> Decimal:
    """Nameplate speed is not throughput: derate of each machine, balance and uptime of the line."""
    rated = sum((machine.nominal_per_hour.value * machine.derate.value for machine in line.machines), Decimal(0))
    return rated * line.balance.value * line.uptime.value


def reflow(build: Build, side: Side) -> Operation:
    oven = build.shop.oven
    length_cm = (build.panels.width_mm or Decimal(0)) / 10
    known = f"panel of {length_cm} cm" if length_cm else "panel of unknown length, not counted,"
    return Operation(
        OperationKind.REFLOW,
        "reflow",
        side=side,
        units=build.panels.panels,
        set_up_min=NOTHING,
        cycle_s=(length_cm + oven.gap_cm.value) * oven.heated_s.value / oven.heated_cm.value,
        because=f"{known} + {oven.gap_cm.value} cm gap; {oven.heated_cm.value} cm heated in {oven.heated_s.value} s",
    )


def optical_inspection(build: Build, side: Side, *, is_first: bool) -> Operation:
    rules = build.shop.inspection
    seconds, said = scan(build, rules.optical_cm2_s.value)
    first_article = rules.first_article_min.value if is_first else Decimal(0)
    said += f"; programme {rules.optical_set_up_min.value} min"
    said += f", first article {first_article} min" if first_article else ""
    return Operation(
        OperationKind.AOI,
        "inspection",
        side=side,
        units=build.panels.panels,
        set_up_min=rules.optical_set_up_min.value + first_article,
        cycle_s=seconds,
        because=said,
    )
