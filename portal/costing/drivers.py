"""What a charge can be counted by: the drivers, by name, and their figures for one lot.

The names are a contract: rate cards and facts files are written with them. Figures are of the whole lot unless the
name says `per_board`. None: not known; a charge that needs it is listed as unpriced, never counted as zero.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal

from portal.board.design import Design
from portal.routing.operations import Operation, OperationKind, Routing
from portal.routing.options import BuildOptions, Speed
from portal.routing.population import Population, count_of
from portal.routing.shop import Shop

Value = Decimal | str | None
Values = Mapping[str, Value]
MINUTE = "minute:"  # minute:<work centre>, one line for each operation there

NUMBERS: Mapping[str, str] = {
    "order": "one",
    "board": "assembled boards in the lot",
    "panel": "panels in the lot",
    "boards_per_panel": "boards on one panel",
    "side": "sides with parts to place",
    "extra_side": "sides with parts to place beyond the first",
    "stencil": "stencils: one for each pasted side",
    "bom_line": "kinds of part that are placed or inserted",
    "smt_line": "kinds of part that are placed",
    "feeder": "reels on the line: a kind counts once for each side",
    "consigned_line": "kinds of part that the customer supplies",
    "smt_placement": "parts placed in the lot",
    "tht_placement": "parts inserted in the lot",
    "joint": "solder joints in the lot",
    "smt_per_board": "parts placed on one board",
    "tht_per_board": "parts inserted on one board",
    "joint_per_board": "solder joints of one board",
    "leadless_per_board": "QFN and BGA parts on one board",
    "width_mm": "width of one board",
    "height_mm": "height of one board",
    "board_area_cm2": "area of one board",
    "lot_area_cm2": "area of all boards",
    "stencil_area_cm2": "area of one board, once for each stencil",
    "copper_layers": "copper layers",
    "thickness_mm": "thickness of the bare board",
    "min_track_mm": "narrowest track",
    "smallest_drill_mm": "smallest hole",
    "drill_hit_per_board": "holes of one board",
    "aperture": "paste openings of all stencils",
    "parcel": "parcels sent to the customer",
    "extended_part": "kinds of part outside a maker's basic library",
    "extra_design": "further designs in the same panel",
    "parts_cost": "what the parts cost; they are lines of their own, so a charge by it is a markup",
}
TEXTS: Mapping[str, str] = {
    "process": "machine or hand",
    "speed": "standard or express",
    "finish": "hasl, enig, osp",
    "mask_colour": "green, black, white, blue, red, yellow",
    "test": "inspection, flying-probe, functional",
    "consigned": "names of the parts that the customer supplies",
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


def known_drivers(extra: Mapping[str, str]) -> set[str]:
    return {*NUMBERS, *TEXTS, *extra}


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
        "extra_design": Decimal(0),
    }


def of_population(parts: Population) -> dict[str, Value]:
    placed = parts.placed()
    return {
        "side": number(len(parts.sides)),
        "bom_line": number(parts.kinds),
        "smt_line": number(len({part.kind for part in placed})),
        "feeder": number(len({(part.kind, part.side) for part in placed})),
        "smt_per_board": number(count_of(placed)),
        "tht_per_board": number(count_of(parts.inserted)),
        "joint_per_board": number(parts.joints),
        "leadless_per_board": number(count_of(parts.leadless)),
    }


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


def board_area(values: Values) -> Value:
    """Kept to a hundredth of a cm², so that the printed figure is the one multiplied."""
    area = product("width_mm", "height_mm")(values)
    return hundredth(area / 100) if isinstance(area, Decimal) else None


def extra_side(values: Values) -> Value:
    sides = values.get("side")
    return max(sides - 1, Decimal(0)) if isinstance(sides, Decimal) else None


DERIVED: Mapping[str, Callable[[Values], Value]] = {  # in this order: a later one may need an earlier one
    "order": lambda _: Decimal(1),
    "extra_side": extra_side,
    "stencil": product("side"),
    "board_area_cm2": board_area,
    "lot_area_cm2": product("board", "board_area_cm2"),
    "stencil_area_cm2": product("stencil", "board_area_cm2"),
    "smt_placement": product("board", "smt_per_board"),
    "tht_placement": product("board", "tht_per_board"),
    "joint": product("board", "joint_per_board"),
}


def completed(given: Values) -> dict[str, Value]:
    """With every driver that follows from the given ones; what is given stays as it is."""
    values = dict(given)
    for name, derive in DERIVED.items():
        if values.get(name) is None:
            values[name] = derive(values)
    return values
