"""What a charge can be counted by: the drivers, by name, and their figures for one lot.

The names are a contract: rate cards and facts files are written with them. Figures are of the whole lot unless the
name says `per_board`. None: not known; a charge that needs it is listed as unpriced, never counted as zero.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain

from portal.board.design import Board, Design
from portal.costing.derived import MILLIONTH, Value, Values, completed, in_sets
from portal.parts.packages import PackageClass
from portal.routing.operations import Operation, OperationKind, Routing, Stencil, Yields
from portal.routing.options import BuildOptions, Speed
from portal.routing.population import Part, Population, count_of
from portal.routing.shop import Shop
from portal.routing.words import hundredth

STEPS_CHOSEN = ("wash", "programming", "coating", "first_article")
COUNTED_CLASSES: Mapping[str, frozenset[PackageClass]] = {  # price lists ask more for these
    "bga_per_board": frozenset({PackageClass.BGA}),
    "fine_pitch_per_board": frozenset({PackageClass.FINE_PITCH, PackageClass.QFP}),
    "tiny_chip_per_board": frozenset({PackageClass.CHIP_0201, PackageClass.CHIP_01005}),
}
NOT_MEASURED, BEYOND = "not measured", "beyond every class"  # of a board, in the place of its class
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
    "bga_per_board": "BGA parts on one board",
    "fine_pitch_per_board": "ICs of fine pitch and QFPs on one board",
    "tiny_chip_per_board": "chips of 0201 and smaller on one board",
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
    "paste_mm3_per_board": "paste that the openings of all stencils hold for one board",
    "stencil_step": "stencils for which a step in the foil is suggested",
    "stencil_panel_area_cm2": "area of one panel, once for each stencil",
    "stencil_frame_area_cm2": "area of the frames of all stencils",
    "boards_started": "boards started, so that enough of them are good",
    "defect_per_board": "defects expected on one board before inspection",
    "rework_min": "minutes to mend what inspection finds, all boards",
    "parcel": "parcels sent to the customer",
    "counted_amount": "of a share: what the lines that it counts come to",
    "parts_cost": "what the parts cost; they are lines of their own, so a charge by it is a markup",
}
TEXTS: Mapping[str, str] = {
    "process": "machine or hand",
    "way": "how it is built: on which line, by hand, with which soldering of pins",
    "separation": "v-score, mouse-bites, routing, in-panels",
    "wash": "yes or no",
    "programming": "yes or no",
    "coating": "yes or no",
    "first_article": "yes or no",
    "speed": "standard or express; a published list may have words of its own",
    "finish": "hasl, enig, osp, or as the list calls it",
    "mask_colour": "green, black, white, blue, red, yellow",
    "material": "fr4, or as the list calls it",
    "track_class": "the cheapest class of maker that can build it, or as the list calls it; not measured",
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
    values = completed({**fixed, **of_routing(routing), "speed": str(speed)})
    values["parcel"] = parcels(values, shop)
    return Lot(values, tuple(minutes_of(step) for step in routing.operations))


def minutes_of(operation: Operation) -> Minutes:
    return Minutes(operation.work_centre, operation.label, hundredth(operation.minutes), operation.because)


def number(count: float | None) -> Decimal | None:
    return None if count is None else Decimal(str(count))


def of_design(design: Design) -> dict[str, Value]:
    board = design.board
    return {
        **size_of(board),
        "copper_layers": number(board.copper_layers),
        "track_class": track_class(board),
        "min_track_mm": number(board.min_track_mm),
        "smallest_drill_mm": number(board.drills.smallest_mm) if board.drills else None,
        "drill_hit_per_board": number(board.drills.hits) if board.drills else None,
        "extra_design": Decimal(0),  # a quote is of one design
    }


def track_class(board: Board) -> str:
    """Where no artwork was measured, a card may have a row for it; beyond every class it had better have none."""
    is_beyond = any(demand.takes is None for demand in board.demands)
    return board.capability or (BEYOND if is_beyond else NOT_MEASURED)


def size_of(board: Board) -> dict[str, Value]:
    """Of one board. Where the files are a panel, its share of the whole panel is its area: the rails are paid too."""
    panel = board.panel if board.panel and board.panel.boards > 1 else None
    if panel is None:
        return {"width_mm": number(board.width_mm), "height_mm": number(board.height_mm)}
    whole = number(board.area_cm2)
    return {
        "width_mm": number(panel.board_width_mm),
        "height_mm": number(panel.board_height_mm),
        "board_area_cm2": whole and (whole / panel.boards).quantize(MILLIONTH),
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
        **{
            name: number(count_of(part for part in placed if part.package.package_class in classes))
            for name, classes in COUNTED_CLASSES.items()
        },
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
        "way": routing.way,
        "board": number(routing.boards),
        "panel": number(routing.panels),
        "boards_per_panel": number(routing.boards_per_panel),
        "panel_width_mm": routing.panel_width_mm,
        "panel_height_mm": routing.panel_height_mm,
        "stencil": number(prints),
        **of_stencils(routing.stencils),
        **of_yields(routing.yields),
    }


def of_stencils(stencils: tuple[Stencil, ...]) -> dict[str, Value]:
    apertures = [stencil.apertures for stencil in stencils]
    frames = [s.width_mm * s.height_mm / 100 if s.width_mm and s.height_mm else None for s in stencils]
    return {
        "aperture": sum_known(map(number, apertures)),
        "paste_mm3_per_board": sum_known(stencil.paste_mm3 for stencil in stencils),
        "stencil_step": number(sum(bool(stencil.step) for stencil in stencils)),
        "stencil_frame_area_cm2": sum_known(frames),
    }


def sum_known(figures: Iterable[Decimal | None]) -> Decimal | None:
    """None as soon as one of them is not known."""
    known = list(figures)
    return None if None in known else sum((figure for figure in known if figure is not None), Decimal(0))


def of_yields(yields: Yields | None) -> dict[str, Value]:
    if yields is None:
        return {}
    return {
        "boards_started": number(yields.started),
        "defect_per_board": yields.defects_per_board,
        "rework_min": yields.rework_min,
    }


def of_options(options: BuildOptions) -> dict[str, Value]:
    return {
        "finish": str(options.finish),
        "mask_colour": str(options.mask_colour),
        "test": str(options.test),
        "thickness_mm": options.thickness_mm,
        "separation": str(options.separation),
        **{name: "yes" if getattr(options, name) else "no" for name in STEPS_CHOSEN},
        "repeat_order": Decimal(options.repeat_order),
        "consigned": ", ".join(sorted(options.consigned)),
    }


def parcels(values: Values, shop: Shop) -> Value:
    """None where the size of the board, and so of the parcel, is not known."""
    area = values["lot_area_cm2"]
    return in_sets(area, shop.logistics.parcel_cm2.value) if isinstance(area, Decimal) else None
