"""Drivers that follow from others: areas in every unit, lot totals, panels, stencils, second sides."""

from collections.abc import Callable, Mapping
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal

Value = Decimal | str | None
Values = Mapping[str, Value]
MILLIONTH = Decimal("0.000001")


def in_sets(figure: Decimal, of: Decimal) -> Decimal:
    """How many sets of this size are begun."""
    return (figure / of).to_integral_value(rounding=ROUND_CEILING)


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
    "boards_started": product("board"),  # where no routing says how many are lost
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
    "stencil_panel_area_cm2": product("stencil", "panel_area_cm2"),
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
