"""One order built both ways: its parts placed by a line, or all of them inserted and soldered by hand.

Arithmetic on assumptions that everybody can see and change; it plans no calendar and reserves nothing. The defaults are
the founding case: 5,000 sensors of 60 parts, of which three keep their pins on the line, too.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from decimal import Decimal
from math import ceil

from portal.routing.operations import OperationKind, Routing
from portal.routing.population import Population, count_of

WORKING_DAYS_A_WEEK = 5
MILLION = 1_000_000
LINE = frozenset({OperationKind.PRINT, OperationKind.SPI, OperationKind.PLACE, OperationKind.REFLOW, OperationKind.AOI})


@dataclass(frozen=True, slots=True)
class Assumptions:
    """Of one order. Rates are for one operator or one line; money is in the shop's currency."""

    boards: Decimal = Decimal(5000)
    parts: Decimal = Decimal(60)
    with_pins: Decimal = Decimal(3)
    joints_per_part: Decimal = Decimal(2)
    material_days: Decimal = Decimal(8)
    tail_days: Decimal = Decimal(2)
    hours_a_day: Decimal = Decimal("7.5")
    operators: Decimal = Decimal(5)
    inserted_per_hour: Decimal = Decimal(420)
    placed_per_hour: Decimal = Decimal(20_000)
    hand_set_up_min: Decimal = Decimal(30)
    line_set_up_min: Decimal = Decimal(240)
    hand_minute: Decimal = Decimal("0.92")
    line_minute: Decimal = Decimal("2.50")
    hand_faults_ppm: Decimal = Decimal(1000)
    line_faults_ppm: Decimal = Decimal(50)
    rework_min: Decimal = Decimal(4)
    area_factor: Decimal = Decimal(4)
    call_off: Decimal = Decimal(100)


@dataclass(frozen=True, slots=True)
class Known:
    """What an assumption is called, its unit, the least and the most it may be, where its default is from, how sure."""

    label: str
    unit: str
    least: Decimal
    most: Decimal
    source: str
    grade: str

    @property
    def reason(self) -> str:
        """The source without where it was read: that is for the shop's own staff."""
        return self.source.partition("; read at ")[0]


CASE = "chosen for the example: no published figures were found"
ROWS = (  # assumption, what it is called, unit, least, most, source, grade
    ("boards", "Boards", "boards", "1", "1000000", CASE, "U"),
    ("parts", "Parts on a board", "parts", "1", "5000", CASE, "U"),
    ("with_pins", "Parts that keep their pins in any case", "parts", "0", "5000", CASE, "U"),
    ("joints_per_part", "Joints of a part", "joints", "1", "200", "two of a resistor, more of a circuit", "U"),
    ("material_days", "Material is here after", "working days", "0", "250", "the same for both ways", "U"),
    ("tail_days", "Test, packing and shipping take", "working days", "0", "60", "the same for both ways", "U"),
    ("hours_a_day", "Work in a day", "hours", "1", "24", "one shift without its breaks", "U"),
    ("operators", "People who insert side by side", "people", "1", "500", CASE, "U"),
    (
        "inserted_per_hour",
        "Inserted and soldered by hand",
        "parts/h each",
        "1",
        "5000",
        "300 to 800 published; read at ai.smthelp.eu 000061",
        "B",
    ),
    (
        "placed_per_hour",
        "Placed by the line",
        "parts/h",
        "10",
        "500000",
        "20,000 to 50,000 published for lines; read at zetwerk.com",
        "C",
    ),
    ("hand_set_up_min", "Set-up of the benches", "min", "0", "10000", "parts laid out, drawings read", "U"),
    (
        "line_set_up_min",
        "Set-up of the line",
        "min",
        "0",
        "10000",
        "stencil, feeders, programme, first article; both sides",
        "U",
    ),
    ("hand_minute", "A minute by hand", "a minute", "0", "100", "labour 55.19 EUR/h; read at gerbtrace", "B"),
    ("line_minute", "A minute of the line", "a minute", "0", "1000", "operator and machines together", "U"),
    ("hand_faults_ppm", "Faults by hand", "per million joints", "0", "200000", "none published by package", "U"),
    ("line_faults_ppm", "Faults on the line", "per million joints", "0", "200000", "none published by package", "U"),
    ("rework_min", "Mending a fault", "min", "0", "500", "10 chips in 30 to 60 min; read at smtnet 1432", "C"),
    ("area_factor", "A board with pins is larger", "times", "1", "50", "a resistor of 0.5 mm² against 25 mm²", "U"),
    ("call_off", "A call-off", "boards", "1", "1000000", "one delivery of a plan, built by itself", "U"),
)
ASSUMED: Mapping[str, Known] = {
    name: Known(label, unit, Decimal(least), Decimal(most), source, grade)
    for name, label, unit, least, most, source, grade in ROWS
}


@dataclass(frozen=True, slots=True)
class Way:
    """What comes out for one way of building. `faulty_share` of the boards need mending at least once."""

    set_up_min: Decimal
    board_min: Decimal
    work_days: Decimal
    lead_days: Decimal
    call_off_days: Decimal
    faulty_share: Decimal
    rework_hours: Decimal
    area_factor: Decimal
    set_up_cost: Decimal
    board_cost: Decimal

    @property
    def weeks(self) -> Decimal:
        return self.lead_days / WORKING_DAYS_A_WEEK

    def cost(self, boards: Decimal) -> Decimal:
        """Of the assembly of one board of so many."""
        return self.set_up_cost / boards + self.board_cost


@dataclass(frozen=True, slots=True)
class Both:
    """`line_pays_from` boards the line is the cheaper way; None: it never is."""

    by_hand: Way
    on_the_line: Way
    line_pays_from: int | None


def both_ways(given: Assumptions) -> Both:
    """Parts with pins are inserted by hand either way; they never outnumber the parts."""
    pins = min(given.with_pins, given.parts)
    by_hand = a_way(given, inserted=given.parts, placed=Decimal(0))
    on_the_line = a_way(given, inserted=pins, placed=given.parts - pins)
    return Both(by_hand, on_the_line, pays_from(by_hand, on_the_line))


def a_way(given: Assumptions, *, inserted: Decimal, placed: Decimal) -> Way:
    hand_min, line_min = inserted * 60 / given.inserted_per_hour, placed * 60 / given.placed_per_hour
    hand_set_up = given.hand_set_up_min if inserted else Decimal(0)
    line_set_up = given.line_set_up_min if placed else Decimal(0)
    joints = given.joints_per_part * (inserted + placed)
    faults = given.joints_per_part * (inserted * given.hand_faults_ppm + placed * given.line_faults_ppm) / MILLION
    mending_min = faults * given.rework_min

    def days(boards: Decimal) -> Decimal:
        """Set up, placed, then inserted by all together: one after the other, which is the slow case."""
        minutes = hand_set_up + line_set_up + boards * (line_min + hand_min / given.operators)
        return minutes / (given.hours_a_day * 60)

    return Way(
        set_up_min=hand_set_up + line_set_up,
        board_min=hand_min + line_min,
        work_days=days(given.boards),
        lead_days=given.material_days + days(given.boards) + given.tail_days,
        call_off_days=days(given.call_off),
        faulty_share=1 - (1 - faults / joints) ** joints,
        rework_hours=mending_min * given.boards / 60,
        area_factor=Decimal(1) if placed else given.area_factor,
        set_up_cost=hand_set_up * given.hand_minute + line_set_up * given.line_minute,
        board_cost=(hand_min + mending_min) * given.hand_minute + line_min * given.line_minute,
    )


def of_board(population: Population, routing: Routing) -> Assumptions:
    """For the board of a customer: its parts counted, and the line as the routing of this order has it."""
    usual, boards = Assumptions(), Decimal(routing.boards)
    placed, inserted = count_of(population.placed()), count_of(population.inserted)
    on_line = [operation for operation in routing.operations if operation.kind in LINE]
    pace_s = max((operation.cycle_s * operation.units / boards for operation in on_line), default=Decimal(0))
    counted = replace(usual, boards=boards, parts=Decimal(max(1, placed + inserted)), with_pins=Decimal(inserted))
    if population.joints and placed + inserted:
        counted = replace(counted, joints_per_part=max(Decimal(1), tenths(Decimal(population.joints) / counted.parts)))
    if not (placed and pace_s):
        return counted
    set_up = sum((operation.set_up_min for operation in on_line), Decimal(0))
    return replace(
        counted, placed_per_hour=max(Decimal(10), tenths(placed * 3600 / pace_s)), line_set_up_min=tenths(set_up)
    )


def tenths(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.1"))


def pays_from(by_hand: Way, on_the_line: Way) -> int | None:
    saved = by_hand.board_cost - on_the_line.board_cost
    more = on_the_line.set_up_cost - by_hand.set_up_cost
    if more <= 0:
        return 1 if saved >= 0 else None
    return ceil(more / saved) if saved > 0 else None


NAMES = tuple(field.name for field in fields(Assumptions))
