"""Each check of the assembly just met and just missed, on either side, and on a board that lies askew."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lands import artwork, board, dots, placed
from stacks import drilled, outline_layer, ring, strokes
from turning import drawn_backwards, laid, laid_parts

from portal.board.assembly import Limits, assembly
from portal.board.design import FileRole, Finding, Placement, Severity, Side
from portal.board.footprints import landed
from portal.board.pads import pads_of
from portal.board.stack import Layer, Stack

SIZE = (60.0, 50.0)
LINE = Limits(part_to_edge_mm=3.0, part_to_part_mm=0.2, smallest_board_mm=(50, 50), largest_board_mm=(330, 250))
HAIR_MM = 0.03
CLEAN = ("R1 0603 20 20", "R2 0603 20 30 90", "U1 SOIC-8 35 20", "J1 HEADER 50 35", "C1 0402 35 30")
MARKS = ((6.0, 6), (44, 6), (6, 14))


def marks(side: Side, points=MARKS) -> Iterator[Layer]:
    yield Layer(FileRole.COPPER, dots(*points, diameter=1), f"{side}-marks.gbr", side, 1 if side is Side.TOP else 2)
    yield Layer(FileRole.MASK, dots(*points, diameter=3), f"{side}-mask.gbr", side)


def films_of(*lines: str, size: tuple[float, float] = SIZE, vias=(), points=MARKS) -> Stack:
    there = board(*lines, size=size, vias=vias)
    return Stack((*there.layers, *(layer for side in Side for layer in marks(side, points))), there.drills)


def said(films: Stack, parts: tuple[Placement, ...], limits: Limits = LINE) -> tuple[Finding, ...]:
    return assembly(films, landed(pads_of(films), parts), limits)


def codes(*lines: str, limits: Limits = LINE, **how) -> list[str]:
    return [finding.code for finding in said(films_of(*lines, **how), placed(*lines), limits)]


def one(code: str, *lines: str, **how) -> Finding:
    [found] = [finding for finding in said(films_of(*lines, **how), placed(*lines)) if finding.code == code]
    return found


# Code -> the lines of a board on which the limit is just met, and on which it is just missed.
# A 0603 reaches 1.175 mm to its sides and 0.475 mm up and down.
PAIRS = {
    "part-near-edge": ("R9 0603 40 3.505", "R9 0603 40 3.445"),
    "parts-close": ("R9 0603 20 21.19 0|R8 0603 40 40", "R9 0603 20 21.11 0|R8 0603 40 40"),
}
SIDES = ["top", "bottom"]


def on(side: str, *lines: str) -> tuple[str, ...]:
    """The same parts on one of the sides; leads go through both."""
    return tuple(f"{line} {side}" if len(line.split()) > 4 else f"{line} 0 {side}" for line in lines)


@pytest.mark.parametrize("side", SIDES)
def test_nothing_is_said_of_a_clean_board(side):
    assert codes(*on(side, *CLEAN)) == []


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize(("met", "missed"), PAIRS.values(), ids=PAIRS)
def test_a_distance_just_met_is_silent_and_just_missed_is_said_once(met, missed, side, request):
    code = request.node.callspec.id.rsplit("-", 1)[0]

    assert codes(*on(side, "R1 0603 20 20", *met.split("|"))) == []
    assert codes(*on(side, "R1 0603 20 20", *missed.split("|"))) == [code]


EDGES = {"left": (4.145, 25), "right": (55.855, 25), "low": (30, 3.445), "high": (30, 46.555)}


@pytest.mark.parametrize(("x", "y"), EDGES.values(), ids=EDGES)
def test_every_edge_of_the_board_counts(x, y):
    assert one("part-near-edge", "R1 0603 20 20", f"R9 0603 {x} {y}").place.designators == ("R9",)


@pytest.mark.parametrize(("x", "y"), EDGES.values(), ids=EDGES)
def test_a_hair_further_in_is_far_enough(x, y):
    inward = (30 + (x - 30) * 0.997 if x != 30 else x, 25 + (y - 25) * 0.997 if y != 25 else y)

    assert codes("R1 0603 20 20", f"R9 0603 {inward[0]} {inward[1]}") == []


def test_the_way_a_part_is_turned_decides_how_near_it_comes():
    assert codes("R1 0603 20 20", "R9 0603 40 3.6") == []
    assert codes("R1 0603 20 20", "R9 0603 40 3.6 90") == ["part-near-edge"]


def test_the_edge_is_told_by_its_distance_in_the_message():
    assert "(1.53 mm)" in one("part-near-edge", "R1 0603 20 20", "R9 0603 40 2").message


def cut_out(x0: float) -> Stack:
    """A slot through the board to the right of R1."""
    edges = outline_layer(strokes(*ring(0, 0, *SIZE), *ring(x0, 15, x0 + 4, 25)))
    films = films_of("R1 0603 20 20")
    return Stack((*(layer for layer in films.layers if layer.role is not FileRole.OUTLINE), edges))


@pytest.mark.parametrize(("x0", "found"), [(24.175 + HAIR_MM, []), (24.175 - HAIR_MM, ["part-near-edge"])])
def test_the_edge_of_a_cut_out_counts_as_any_other(x0, found):
    assert [finding.code for finding in said(cut_out(x0), placed("R1 0603 20 20"))] == found


def test_pads_that_touch_are_one_land_and_no_distance():
    """Two parts in parallel on one pair of pads are drawn so on purpose."""
    assert codes("R1 0603 20 20", "R9 0603 30 20") == []


def lopsided(ratio: float, apart: float = 1.55) -> tuple[str, ...]:
    """What is said of a chip of which one pad is so many times as large as the other."""
    pads = artwork([(30 - apart / 2, 20, 0.8, 1.0, 0), (30 + apart / 2, 20, 0.8, ratio, 0)])
    films = films_of("R1 0603 20 20")
    extra = [Layer(role, pads, f"{role}.gbr", Side.TOP, 1) for role in (FileRole.COPPER, FileRole.MASK)]
    films = Stack((*films.layers, *extra), films.drills)
    return tuple(finding.code for finding in said(films, placed("R1 0603 20 20", "R9 0603 30 20")))


@pytest.mark.parametrize(("ratio", "found"), [(1.0, ()), (1.48, ()), (1.52, ("chip-pads-unequal",))])
def test_pads_of_a_chip_may_differ_by_half(ratio, found):
    assert lopsided(ratio) == found


@pytest.mark.parametrize(("apart", "found"), [(2.35, ("chip-pads-unequal",)), (2.45, ())])
def test_chips_larger_than_an_0805_lie_by_their_weight(apart, found):
    assert lopsided(2.0, apart) == found


VIAS = {
    "in the middle of a pad": ((20.775, 20, 0.3), ["via-in-pad"]),
    "just inside a pad": ((20.775, 20.46, 0.3), ["via-in-pad"]),
    "just outside a pad": ((20.775, 20.49, 0.3), []),
    "as large as vias are": ((20.775, 20, 0.5), ["via-in-pad"]),
    "larger than vias are": ((20.775, 20, 0.52), []),
    "between the pads": ((20, 20, 0.3), []),
}


def drilled_at(x: float, y: float, diameter: float, *, plated: bool = True) -> list[str]:
    films = films_of("R1 0603 20 20", "R2 0603 40 20")
    films = replace(films, drills=(drilled((x, y, diameter), plated=plated),))
    return [finding.code for finding in said(films, placed("R1 0603 20 20", "R2 0603 40 20"))]


@pytest.mark.parametrize(("via", "found"), VIAS.values(), ids=VIAS)
def test_a_via_counts_where_its_middle_is_in_a_small_pad(via, found):
    assert [code for code in drilled_at(*via) if code == "via-in-pad"] == found


def test_a_hole_without_plating_is_no_via():
    assert drilled_at(20.775, 20.1, 0.3, plated=False) == []


@pytest.mark.parametrize(("count", "found"), [(0, "no"), (1, "only 1"), (2, "only 2")])
def test_fewer_than_three_fiducials_are_noted(count, found):
    films = films_of("R1 0603 20 20", points=MARKS[:count]) if count else board("R1 0603 20 20", size=SIZE)
    [finding] = said(films, placed("R1 0603 20 20"))

    assert (finding.code, finding.severity) == ("fiducials-few", Severity.NOTE)
    assert f"There are {found} fiducials" in finding.message


def test_three_fiducials_are_enough():
    assert codes("R1 0603 20 20") == []


def test_each_side_wants_its_own_fiducials():
    lines = ("R1 0603 20 20", "R2 0603 40 20 0 bottom")
    films = board(*lines, size=SIZE)
    films = Stack((*films.layers, *marks(Side.TOP)))
    [finding] = said(films, placed(*lines))

    assert "on the bottom" in finding.message


def scored(x: float, length: float) -> list[str]:
    """A line of the outline layers, upright through the parts."""
    films = films_of("R1 0603 20 20", "R2 0603 40 20")
    line = Layer(FileRole.OUTLINE, strokes((x, 0, x, length)), "vscore.gbr")
    return [f.code for f in said(Stack((*films.layers, line)), placed("R1 0603 20 20", "R2 0603 40 20"))]


@pytest.mark.parametrize(("x", "found"), [(21.1, ["part-on-cut-line"]), (21.25, []), (20, ["part-on-cut-line"])])
def test_a_part_may_stand_beside_a_cut_but_not_on_it(x, found):
    assert [code for code in scored(x, 50) if code == "part-on-cut-line"] == found


@pytest.mark.parametrize(("length", "found"), [(41, ["part-on-cut-line"]), (38, [])])
def test_a_line_across_most_of_the_board_is_a_cut(length, found):
    assert [code for code in scored(20, length) if code == "part-on-cut-line"] == found


BOARDS = {
    "as small as it may be": ((50, 50), []),
    "a hair too narrow": ((49.9, 60), ["board-small-for-line"]),
    "a hair too short": ((60, 49.9), ["board-small-for-line"]),
    "as large as it may be": ((330, 250), []),
    "as large, upright": ((250, 330), []),
    "a hair too long": ((330.2, 200), ["board-large-for-line"]),
    "a hair too high": ((300, 250.2), ["board-large-for-line"]),
    "long and narrow": ((400, 20), ["board-small-for-line", "board-large-for-line"]),
}


@pytest.mark.parametrize(("size", "found"), BOARDS.values(), ids=BOARDS)
def test_the_line_takes_boards_between_two_sizes(size, found):
    assert codes("R1 0603 10 10", size=size) == found


@pytest.mark.parametrize("limits", [Limits(), Limits(part_to_edge_mm=0.0, part_to_part_mm=0.0)])
def test_a_limit_of_nothing_is_met_by_every_board(limits):
    assert codes("R1 0603 20 0.6", "R9 0603 20 1.58", limits=limits) == []


TROUBLES = (*CLEAN, "R8 0603 40 2.4", "R9 0603 20 21.07")


def told(degrees: float = 0, by: tuple[float, float] = (0, 0), order=TROUBLES) -> dict[str, tuple[str, ...]]:
    """Each code with the parts that it names."""
    films, parts = laid(films_of(*TROUBLES), degrees, by), laid_parts(placed(*order), degrees, by)
    limits = replace(LINE, smallest_board_mm=None)  # a board that lies askew fills a larger box
    return {finding.code: finding.place.designators for finding in said(films, parts, limits)}


@settings(max_examples=20)
@given(st.sampled_from([0, 30, 45, 90, 135, 180, 270]), st.tuples(st.integers(-90, 90), st.integers(-90, 90)))
def test_a_board_that_is_turned_and_moved_has_the_same_troubles(degrees, by):
    assert told(degrees, by) == {"part-near-edge": ("R8",), "parts-close": ("R1", "R9")}


@settings(max_examples=20)
@given(st.permutations(TROUBLES))
def test_the_order_of_the_placements_changes_no_trouble(order):
    found = told(order=order)

    assert {code: sorted(names) for code, names in found.items()} == {
        "part-near-edge": ["R8"],
        "parts-close": ["R1", "R9"],
    }


def test_the_order_of_the_flashes_changes_no_trouble():
    films = drawn_backwards(films_of(*TROUBLES))

    assert said(films, placed(*TROUBLES)) == said(films_of(*TROUBLES), placed(*TROUBLES))


@pytest.mark.parametrize("degrees", [30, 45, 60])
def test_a_clean_board_that_lies_askew_is_clean(degrees):
    """The boxes of turned parts overlap long before the parts do."""
    row = (*CLEAN, "R7 0603 35 3.6", *(f"C{n} 0402 {20 + 1.1 * n} 40 90" for n in range(10, 16)))
    films, parts = laid(films_of(*row), degrees), laid_parts(placed(*row), degrees)

    assert said(films, parts) == ()


def near_edge(limit_mm: float, y: float) -> set[str]:
    lines = ("R1 0603 20 20", f"R9 0603 40 {y}", "R8 0603 30 4")
    found = said(films_of(*lines), placed(*lines), Limits(part_to_edge_mm=limit_mm))
    return {name for finding in found for name in finding.place.designators}


@settings(max_examples=40)
@given(st.floats(0.3, 6.0), st.floats(1.0, 2.0), st.floats(1.0, 9.0))
def test_a_stricter_limit_never_finds_fewer_parts(limit_mm, stricter, y):
    assert near_edge(limit_mm, y) <= near_edge(limit_mm * stricter, y)


def test_every_trouble_has_its_place_and_its_remedy():
    for finding in said(films_of(*TROUBLES), placed(*TROUBLES)):
        assert finding.place.box_mm
        assert finding.remedy.endswith(".")
