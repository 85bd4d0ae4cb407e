"""What a charge can be counted by: the drivers, by name, and their figures for one lot.

The names are a contract: rate cards and facts files are written with them. Figures are of the whole lot unless the
name says `per_board`. None: not known; a charge that needs it is listed as unpriced, never counted as zero.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from itertools import chain

from portal.board.design import Design
from portal.routing.operations import Operation, OperationKind, Routing
from portal.routing.options import BuildOptions, Speed
from portal.routing.population import Part, Population, count_of
from portal.routing.shop import Shop

Value = Decimal | str | None
Values = Mapping[str, Value]
MILLIONTH = Decimal("0.000001")
MINUTE = "minute:"  # minute:<work centre>, one line for each operation there

NUMBERS: Mapping[str, str] = {
    "order": "one",
    "repeat_order": "1 when the same board was built before, else 0",
    "design": "designs in the order",
    "extra_design": "further designs in the same panel",
    "board": "assembled boards in the lot",
    "panel": "panels in the lot",
    "boards_per_panel": "boards on one panel",
    "side": "sides with parts to place",
    "extra_side": "sides with parts to place beyond the first",
    "stencil": "stencils: one for each pasted side",
    "bom_line": "kinds of part that are placed or inserted",
    "smt_line": "kinds of part that are placed",
    "tht_line": "kinds of part that are inserted",
    "feeder": "reels on the line: a kind counts once for each side",
    "consigned_line": "kinds of part that the customer supplies",
    "extended_part": "kinds of part outside a maker's basic library",
    "smt_placement": "parts placed in the lot",
    "tht_placement": "parts inserted in the lot",
    "leadless_placement": "QFN and BGA parts in the lot",
    "joint": "solder joints in the lot",
    "smt_joint": "solder joints of placed parts in the lot",
    "tht_joint": "solder joints of inserted parts in the lot",
    "smt_per_board": "parts placed on one board",
    "tht_per_board": "parts inserted on one board",
    "leadless_per_board": "QFN and BGA parts on one board",
    "joint_per_board": "solder joints of one board",
    "smt_joint_per_board": "solder joints of the parts placed on one board",
    "tht_joint_per_board": "solder joints of the parts inserted on one board",
    "width_mm": "width of one board",
    "height_mm": "height of one board",
    "thickness_mm": "thickness of the bare board",
    "panel_width_mm": "width of one panel",
    "panel_height_mm": "height of one panel",
    "board_area_cm2": "area of one board",
    "board_area_dm2": "area of one board",
    "board_area_in2": "area of one board",
    "panel_area_cm2": "area of one panel",
    "lot_area_cm2": "area of all boards",
    "lot_area_dm2": "area of all boards",
    "lot_area_m2": "area of all boards",
    "lot_area_in2": "area of all boards",
    "lot_panel_area_cm2": "area of all panels",
    "lot_panel_area_m2": "area of all panels",
    "stencil_area_cm2": "area of one board, once for each stencil",
    "copper_layers": "copper layers",
    "copper_oz": "copper on the outer layers, ounces a square foot",
    "inner_copper_oz": "copper on the inner layers, ounces a square foot",
    "min_track_mm": "narrowest track",
    "smallest_drill_mm": "smallest hole",
    "drill_hit_per_board": "holes of one board",
    "aperture": "paste openings of all stencils",
    "parcel": "parcels sent to the customer",
    "counted_amount": "of a share: what the lines that it counts come to",
    "parts_cost": "what the parts cost; they are lines of their own, so a charge by it is a markup",
}
TEXTS: Mapping[str, str] = {
    "process": "machine or hand",
    "speed": "standard or express; a published list may have words of its own",
    "finish": "hasl, enig, osp, or as the list calls it",
    "mask_colour": "green, black, white, blue, red, yellow",
    "material": "fr4, or as the list calls it",
    "track_class": "as the list calls it",
    "test": "inspection, flying-probe, functional",
    "country": "where the parcel goes, two letters",
    "shipping": "how the parcel goes, as the list calls it",
    "consigned": "names of the parts that the customer supplies",
    "currency": "the money that parts_cost is in; without it, the card's",
}


@dataclass(frozen=True, slots=True)
class Minutes:
    """Time at a work centre, to a hundredth of a minute, so that the line checks by hand."""

    work_centre: str
    label: str
    minutes: Decimal
    because: str


@dataclass(frozen=True, slots=True)
class Lot:
    """One lot, built one way at one speed, as the charges see it."""

    values: Values
    minutes: tuple[Minutes, ...] = ()


def known_drivers(*extra: Iterable[str]) -> set[str]:
    return {*NUMBERS, *TEXTS, *chain.from_iterable(extra)}


def always(design: Design, parts: Population, options: BuildOptions) -> Values:
    """What no quantity, way or speed changes."""
    return {
        **of_design(design),
        **of_population(parts),
        **of_options(options),
        "consigned_line": number(sum(line.name in options.consigned for line in design.fitted_lines)),
    }


def lot(fixed: Values, routing: Routing, *, speed: Speed, shop: Shop) -> Lot:
    values = {**fixed, **of_routing(routing), "speed": str(speed)}
    return Lot(completed(values | parcels(values, shop)), tuple(minutes_of(step) for step in routing.operations))


def minutes_of(operation: Operation) -> Minutes:
    return Minutes(operation.work_centre, operation.label, hundredth(operation.minutes), operation.because)


def hundredth(figure: Decimal) -> Decimal:
    return figure.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


def in_sets(figure: Decimal, of: Decimal) -> Decimal:
    """How many sets of this size are begun."""
    return (figure / of).to_integral_value(rounding=ROUND_CEILING)


def number(count: float | None) -> Decimal | None:
    return None if count is None else Decimal(str(count))


def of_design(design: Design) -> dict[str, Value]:
    board = design.board
    return {
        "width_mm": number(board.width_mm),
        "height_mm": number(board.height_mm),
        "copper_layers": number(board.copper_layers),
        "min_track_mm": number(board.min_track_mm),
        "smallest_drill_mm": number(board.drills.smallest_mm) if board.drills else None,
        "drill_hit_per_board": number(board.drills.hits) if board.drills else None,
        "extra_design": Decimal(0),  # a quote is of one design, priced as if for the first time
        "repeat_order": Decimal(0),
    }


def of_population(parts: Population) -> dict[str, Value]:
    placed = parts.placed()
    return {
        "side": number(len(parts.sides)),
        "bom_line": number(parts.kinds),
        "smt_line": number(len({part.kind for part in placed})),
        "tht_line": number(len({part.kind for part in parts.inserted})),
        "feeder": number(len({(part.kind, part.side) for part in placed})),
        "smt_per_board": number(count_of(placed)),
        "tht_per_board": number(count_of(parts.inserted)),
        "joint_per_board": number(parts.joints),
        "smt_joint_per_board": joints_of(placed),
        "tht_joint_per_board": joints_of(parts.inserted),
        "leadless_per_board": number(count_of(parts.leadless)),
    }


def joints_of(parts: Iterable[Part]) -> Decimal | None:
    """None as soon as one of them does not say."""
    parts = tuple(parts)
    if any(part.package.joints is None for part in parts):
        return None
    return number(sum(part.count * (part.package.joints or 0) for part in parts))


def of_routing(routing: Routing) -> dict[str, Value]:
    prints = sum(operation.kind is OperationKind.PRINT for operation in routing.operations)
    return {
        "process": str(routing.process),
        "board": number(routing.boards),
        "panel": number(routing.panels),
        "boards_per_panel": number(routing.boards_per_panel),
        "stencil": number(prints),
    }


def of_options(options: BuildOptions) -> dict[str, Value]:
    return {
        "finish": str(options.finish),
        "mask_colour": str(options.mask_colour),
        "test": str(options.test),
        "thickness_mm": options.thickness_mm,
        "consigned": ", ".join(sorted(options.consigned)),
    }


def parcels(values: Values, shop: Shop) -> dict[str, Value]:
    """None where the size of the board, and so of the parcel, is not known."""
    area = completed(values).get("lot_area_cm2")
    return {"parcel": in_sets(area, shop.logistics.parcel_cm2.value) if isinstance(area, Decimal) else None}


def product(*names: str) -> Callable[[Values], Value]:
    """None as soon as one of them is not known."""

    def multiplied(values: Values) -> Value:
        result = Decimal(1)
        for name in names:
            figure = values.get(name)
            if not isinstance(figure, Decimal):
                return None
            result *= figure
        return result

    return multiplied


def share(name: str, of: str) -> Callable[[Values], Value]:
    """The same area in a larger unit, kept to six places, so that the printed figure is the one multiplied."""

    def divided(values: Values) -> Value:
        figure = values.get(name)
        return (figure / Decimal(of)).quantize(MILLIONTH, ROUND_HALF_UP) if isinstance(figure, Decimal) else None

    return divided


def area(width: str, height: str) -> Callable[[Values], Value]:
    def multiplied(values: Values) -> Value:
        found = product(width, height)(values)
        return (found / 100).quantize(MILLIONTH, ROUND_HALF_UP) if isinstance(found, Decimal) else None

    return multiplied


def more(name: str, by: int) -> Callable[[Values], Value]:
    """One fewer or one more than another driver, never below zero."""

    def counted(values: Values) -> Value:
        figure = values.get(name)
        return max(figure + by, Decimal(0)) if isinstance(figure, Decimal) else None

    return counted


def panels(values: Values) -> Value:
    boards, size = values.get("board"), values.get("boards_per_panel")
    return in_sets(boards, size) if isinstance(boards, Decimal) and isinstance(size, Decimal) and size else None


def joints(values: Values) -> Value:
    placed, inserted = values.get("smt_joint_per_board"), values.get("tht_joint_per_board")
    return placed + inserted if isinstance(placed, Decimal) and isinstance(inserted, Decimal) else None


CM2_IN_IN2 = "6.4516"
DERIVED: Mapping[str, Callable[[Values], Value]] = {  # in this order: a later one may need an earlier one
    "order": lambda _: Decimal(1),
    "extra_design": more("design", -1),
    "design": more("extra_design", 1),
    "extra_side": more("side", -1),
    "stencil": product("side"),
    "panel": panels,
    "board_area_cm2": area("width_mm", "height_mm"),
    "board_area_dm2": share("board_area_cm2", "100"),
    "board_area_in2": share("board_area_cm2", CM2_IN_IN2),
    "panel_area_cm2": area("panel_width_mm", "panel_height_mm"),
    "lot_area_cm2": product("board", "board_area_cm2"),
    "lot_area_dm2": share("lot_area_cm2", "100"),
    "lot_area_m2": share("lot_area_cm2", "10000"),
    "lot_area_in2": share("lot_area_cm2", CM2_IN_IN2),
    "lot_panel_area_cm2": product("panel", "panel_area_cm2"),
    "lot_panel_area_m2": share("lot_panel_area_cm2", "10000"),
    "stencil_area_cm2": product("stencil", "board_area_cm2"),
    "smt_placement": product("board", "smt_per_board"),
    "tht_placement": product("board", "tht_per_board"),
    "leadless_placement": product("board", "leadless_per_board"),
    "joint_per_board": joints,
    "joint": product("board", "joint_per_board"),
    "smt_joint": product("board", "smt_joint_per_board"),
    "tht_joint": product("board", "tht_joint_per_board"),
}


def completed(given: Values) -> dict[str, Value]:
    """With every driver that follows from the given ones; what is given stays as it is."""
    values = dict(given)
    for name, derive in DERIVED.items():
        if values.get(name) is None:
            values[name] = derive(values)
    return values
