"""Parts with pins: set in by hand, soldered by iron, by the selective machine, or over the wave."""

from collections.abc import Iterator
from decimal import Decimal
from enum import StrEnum

from portal.routing.build import NOTHING, Build
from portal.routing.operations import Operation, OperationKind
from portal.routing.population import Population, count_of
from portal.routing.words import tenth, times


class Soldering(StrEnum):
    HAND = "hand"
    SELECTIVE = "selective soldering"
    WAVE = "wave soldering"


def methods(population: Population) -> tuple[Soldering, ...]:
    """The wave washes one whole side: nothing may stand on it, neither chips nor bodies of other pins."""
    if not population.soldered:
        return (Soldering.HAND,)
    sides = {part.side for part in (*population.placed(), *population.soldered)}
    return (Soldering.HAND, Soldering.SELECTIVE, *((Soldering.WAVE,) if len(sides) == 1 else ()))


def through_hole(build: Build, soldering: Soldering) -> Iterator[Operation]:
    if build.population.soldered:
        if soldering is Soldering.HAND:
            yield by_iron(build)
        else:
            yield inserting(build)
            yield selective(build) if soldering is Soldering.SELECTIVE else wave(build)


def pressing(build: Build) -> Iterator[Operation]:
    """After the last soldering: no heat comes to pins that only their spring holds."""
    rules, count = build.shop.press_fit, count_of(build.population.pressed)
    if rules and count:
        yield Operation(
            OperationKind.PRESS,
            "through-hole",
            units=build.boards,
            set_up_min=rules.set_up_min.value,
            cycle_s=count * rules.part_s.value,
            because=f"{times(count, 'part')} a board that BOM or footprint calls press-fit × {rules.part_s.value} s, "
            f"tool {rules.set_up_min.value} min",
        )


def insert_s(build: Build) -> Decimal:
    return build.population.pins.parts * 3600 / build.shop.through_hole.insert_per_hour.value


def joints_of(build: Build) -> tuple[Decimal, str]:
    """Of one board, with what is said where a part does not tell its own."""
    assumed, pins = build.shop.through_hole.joints_when_unknown.value, build.population.pins
    said = f"; {pins.untold} of unknown pins counted with {assumed} joints each" if pins.untold else ""
    return pins.joints + pins.untold * assumed, said


def by_iron(build: Build) -> Operation:
    rules = build.shop.through_hole
    joints, unknown = joints_of(build)
    solder_s = joints * rules.solder_joint_s.value * (1 + rules.rework_share.value)
    more, cycle, touched = build.touched(insert_s(build) + solder_s, rules.touch_factor)
    said = (
        f"{times(build.population.pins.parts, 'part')} a board at {rules.insert_per_hour.value} an hour, "
        f"{joints} joints × {rules.solder_joint_s.value} s + {rules.rework_share.value:%} rework"
    )
    return Operation(
        OperationKind.THROUGH_HOLE,
        "through-hole",
        units=build.boards,
        set_up_min=rules.set_up_min.value + more,
        cycle_s=cycle,
        because=f"{said}{unknown}{touched}",
    )


def inserting(build: Build) -> Operation:
    rules = build.shop.through_hole
    return Operation(
        OperationKind.THROUGH_HOLE,
        "through-hole",
        units=build.boards,
        set_up_min=rules.set_up_min.value,
        cycle_s=insert_s(build),
        because=f"{times(build.population.pins.parts, 'part')} a board set in at {rules.insert_per_hour.value} an hour",
    )


def selective(build: Build) -> Operation:
    rules = build.shop.selective
    joints, unknown = joints_of(build)
    each = rules.joint_s.value + rules.move_s.value
    drawn_s, drawn, said = in_rows(build)
    set_up, programme = build.programme(rules.set_up_min)
    dipped = joints - drawn
    return Operation(
        OperationKind.SELECTIVE,
        "selective",
        units=build.boards,
        set_up_min=set_up,
        cycle_s=rules.handling_s.value + dipped * each + drawn_s,
        because=f"programme {programme}; {rules.handling_s.value} s handling, {dipped} joints × "
        f"{each} s ({rules.joint_s.value} on the joint, {rules.move_s.value} to the next){said}{unknown}",
    )


def in_rows(build: Build) -> tuple[Decimal, int, str]:
    """Seconds of one board, joints and words for the pins whose pitch is known, where the nozzle can draw a row."""
    rules, speed, rows = build.shop.selective, build.shop.selective.drawn_mm_s, build.population.pins.rows
    if speed is None or not rows:
        return NOTHING, 0, ""
    begun_s = rules.joint_s.value + rules.move_s.value
    each = ((count, begun_s + (joints - 1) * pitch / speed) for (joints, pitch), count in rows.items())
    seconds = sum((count * row_s for count, row_s in each), NOTHING)
    drawn = sum(count * joints for (joints, _), count in rows.items())
    return seconds, drawn, f"; {drawn} joints in rows drawn through the wave at {tenth(speed)} mm/s, {tenth(seconds)} s"


def wave(build: Build) -> Operation:
    rules = build.shop.wave
    length = build.panels.width_mm or NOTHING
    known = f"panel of {length} mm" if length else "panel of unknown length, not counted,"
    return Operation(
        OperationKind.WAVE,
        "wave",
        units=build.panels.panels,
        set_up_min=rules.set_up_min.value,
        cycle_s=(length + rules.gap_mm.value) * 60 / rules.speed_mm_min.value,
        because=f"{known} + {rules.gap_mm.value} mm gap at {rules.speed_mm_min.value} mm/min; "
        f"set-up {rules.set_up_min.value} min",
    )
