"""The operations of a machine line, once for each side with parts to place."""

from collections.abc import Iterator
from decimal import Decimal

from portal.routing.build import NOTHING, Build
from portal.routing.operations import Operation, OperationKind
from portal.routing.placing import SideLoad
from portal.routing.stations import Line, Machine
from portal.routing.words import tenth, times


def line_operations(build: Build, line: Line) -> Iterator[Operation]:
    for load in build.placing.sides:
        yield printing(build, line, load)
        if line.inspection.paste_cm2_s:
            yield paste_inspection(build, line, load)
        if load.placed:
            yield placement(build, line, load)
        if load.by_hand:
            yield by_tweezers(build, load)
        yield reflow(build, line, load)
        yield optical_inspection(build, line, load)


def printing(build: Build, line: Line, load: SideLoad) -> Operation:
    rules = line.printing
    length = build.panels.height_mm or Decimal(0)
    strokes = rules.strokes.value * length / rules.squeegee_mm_s.value
    wipe = rules.wipe_s.value / rules.wipe_every_prints.value
    travel = f"{length} mm at {rules.squeegee_mm_s.value} mm/s" if length else "stroke length unknown, not counted"
    return Operation(
        OperationKind.PRINT,
        line.stations.printing,
        side=load.side,
        units=build.panels.panels,
        set_up_min=rules.set_up_min.value,
        cycle_s=rules.handling_s.value + strokes + wipe,
        because=f"{times(build.panels.panels, 'panel')}; stencil in {rules.set_up_min.value} min; "
        f"{rules.handling_s.value} s handling, {travel}, a wipe every {rules.wipe_every_prints.value} prints",
    )


def paste_inspection(build: Build, line: Line, load: SideLoad) -> Operation:
    rate = line.inspection.paste_cm2_s
    seconds, said = scan(build, line, rate.value if rate else NOTHING)
    return Operation(
        OperationKind.SPI,
        line.stations.inspection,
        side=load.side,
        units=build.panels.panels,
        set_up_min=NOTHING,
        cycle_s=seconds,
        because=said,
    )


def scan(build: Build, line: Line, cm2_s: Decimal) -> tuple[Decimal, str]:
    """Seconds a panel and why; a panel of unknown size takes the least time a panel can, and that is said."""
    least = line.inspection.panel_least_s.value
    area = build.panels.area_cm2
    if area is None:
        return least, f"board size unknown: {least} s a panel, the least there is"
    return max(tenth(area / cm2_s), least), f"panel of {tenth(area)} cm² at {cm2_s} cm²/s, at least {least} s"


def placement(build: Build, line: Line, load: SideLoad) -> Operation:
    """The slowest machine sets the pace. Loading reels stops the line: paid once a lot."""
    handling = (line.load_unload_s.value + line.fiducial_s.value) * load.passes
    lost = line.balance.value * line.uptime.value
    return Operation(
        OperationKind.PLACE,
        line.stations.placement,
        side=load.side,
        units=build.panels.panels,
        set_up_min=placement_set_up(build, line, load),
        cycle_s=handling + build.panels.boards_per_panel * load.slowest_s / lost,
        because="; ".join(filter(None, placement_said(build, line, load, handling=handling))),
        reels=load.reels,
    )


def placement_set_up(build: Build, line: Line, load: SideLoad) -> Decimal:
    programme = build.programme(line.first_programme_min)[0] if load.is_first else NOTHING
    return line.changeover_min.value * load.passes + line.feeder_min.value * len(load.reels) + programme


def placement_said(build: Build, line: Line, load: SideLoad, *, handling: Decimal) -> Iterator[str]:
    each = [
        f"{machine.name} {seconds} s{paced_by(machine, load, seconds)}"
        for machine, seconds in zip(line.machines, load.seconds, strict=True)
    ]
    yield f"{times(load.count, 'part')} a board: {', '.join(each)}"
    paced = "the slowest counts, " if len(each) > 1 else ""
    yield f"{paced}÷ {line.balance.value} balance ÷ {line.uptime.value} uptime"
    yield f"{times(build.panels.boards_per_panel, 'board')} and {handling} s handling a panel"
    feeders = f"{times(len(load.reels), 'feeder')} × {line.feeder_min.value} min"
    programme = f" + {build.programme(line.first_programme_min)[1]} first programme" if load.is_first else ""
    yield f"set-up {line.changeover_min.value} min changeover + {feeders}{programme}"
    if load.kept:
        yield f"{times(load.kept, 'reel')} kept from the other side"
    if load.passes > 1:
        yield f"feeders of {load.slots} slots in {line.feeder_slots}: {load.passes} passes, {load.passes} changeovers"
    yield load.unknowns


def paced_by(machine: Machine, load: SideLoad, seconds: Decimal) -> str:
    """What a part of a class costs in chips, the shop's table says."""
    if machine.travel and load.is_located:
        return f" as its head travels at {machine.travel.axis_mm_s.value} mm/s"
    chips = tenth(seconds * machine.chips_per_hour / 3600)
    return f", as {chips} chips at {machine.chips_per_hour:.0f} an hour"


def by_tweezers(build: Build, load: SideLoad) -> Operation:
    """Between the machines and the oven: what no head takes, or no slot is left for."""
    set_up, cycle, said = build.touched(load.touched * build.shop.bench.place_s.value)
    parts = times(load.touched, "part")
    return Operation(
        OperationKind.HAND_PLACE,
        "bench",
        side=load.side,
        units=build.boards,
        set_up_min=set_up,
        cycle_s=cycle,
        because=f"{parts} a board that the line has no head or slot for × {build.shop.bench.place_s.value} s{said}",
    )


def reflow(build: Build, line: Line, load: SideLoad) -> Operation:
    oven = line.oven
    length_cm = (build.panels.width_mm or Decimal(0)) / 10
    known = f"panel of {length_cm} cm" if length_cm else "panel of unknown length, not counted,"
    return Operation(
        OperationKind.REFLOW,
        line.stations.reflow,
        side=load.side,
        units=build.panels.panels,
        set_up_min=NOTHING,
        cycle_s=(length_cm + oven.gap_cm.value) * oven.heated_s.value / oven.heated_cm.value,
        because=f"{known} + {oven.gap_cm.value} cm gap; {oven.heated_cm.value} cm heated in {oven.heated_s.value} s",
    )


def optical_inspection(build: Build, line: Line, load: SideLoad) -> Operation:
    rules = line.inspection
    seconds, said = scan(build, line, rules.optical_cm2_s.value)
    set_up, told = build.programme(rules.optical_set_up_min)
    return Operation(
        OperationKind.AOI,
        line.stations.inspection,
        side=load.side,
        units=build.panels.panels,
        set_up_min=set_up,
        cycle_s=seconds,
        because=f"{said}; programme {told}",
    )
