"""Each family of packages, on copper, either side, turned any way: its pads, pitch, size and kind, or honestly none."""

from dataclasses import replace

import numpy as np
import pytest
from families import CHIPS, FAMILIES, GULL_WINGS, KINDS, LEADLESS, LEADS, PITCHES, quad
from hypothesis import given, settings
from hypothesis import strategies as st
from lands import board, layers_of, pads_below, placed
from turning import drawn_backwards, laid, laid_parts

from portal.board.design import Footprint, Side
from portal.board.footprints import footprints, landed
from portal.board.pads import pads_of
from portal.board.stack import Stack

TURNS = [0, 45, 90, 180, 270]
SIDES = list(Side)
WHOLE = [name for name in FAMILIES if name != "WROOM"]


def read(pattern: str, degrees: float = 0, side: Side = Side.TOP) -> tuple[Footprint, ...]:
    """What one part alone on the board is read as."""
    line = f"U1 {pattern} 40 30 0 {side}"
    films, parts = laid(board(line, size=(80, 60)), degrees), laid_parts(placed(line), degrees)
    return footprints(landed(pads_of(films), parts))


def size_of(pattern: str) -> tuple[float, float]:
    x, y, wide, high, _ = np.array(FAMILIES[pattern]).T
    return (
        round(float((x + wide / 2).max() - (x - wide / 2).min()), 3),
        round(float((y + high / 2).max() - (y - high / 2).min()), 3),
    )


@pytest.mark.parametrize("degrees", TURNS)
@pytest.mark.parametrize("pattern", FAMILIES)
def test_every_pad_of_a_family_is_drawn_and_found(pattern, degrees):
    found = pads_of(laid(board(f"U1 {pattern} 40 30", size=(80, 60)), degrees))[Side.TOP]

    assert len(found) == len(FAMILIES[pattern])
    assert np.sort(found.hole_mm).tolist() == sorted(pad[4] for pad in FAMILIES[pattern])


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("degrees", TURNS)
@pytest.mark.parametrize("pattern", WHOLE)
def test_a_part_of_each_family_has_all_its_pads(pattern, degrees, side):
    [part] = read(pattern, degrees, side)

    assert (part.pads, part.side) == (len(FAMILIES[pattern]), side)
    assert part.through_holes == sum(pad[4] > 0 for pad in FAMILIES[pattern])


@pytest.mark.parametrize("degrees", TURNS)
@pytest.mark.parametrize(("pattern", "pitch_mm"), PITCHES.items())
def test_the_pitch_of_each_family_is_read_off_its_pads(pattern, pitch_mm, degrees):
    [part] = read(pattern, degrees)

    assert part.pitch_mm == pytest.approx(pitch_mm, abs=0.002)


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("degrees", TURNS)
@pytest.mark.parametrize("pattern", WHOLE)
def test_the_size_of_each_family_is_that_at_rotation_zero(pattern, degrees, side):
    [part] = read(pattern, degrees, side)

    assert (part.width_mm, part.height_mm) == pytest.approx(size_of(pattern), abs=0.002)


@pytest.mark.parametrize("degrees", TURNS)
@pytest.mark.parametrize(("pattern", "kind"), KINDS.items())
def test_the_kind_of_each_family_is_seen_on_its_pads(pattern, kind, degrees):
    [part] = read(pattern, degrees)

    assert part.kind == kind


@pytest.mark.parametrize("degrees", TURNS)
@pytest.mark.parametrize("pattern", ["SOT23", "SC70-6", "SOT89", "SOT223", "DPAK", "XTAL4", "XTAL4-2016", "JST4"])
def test_what_could_be_several_kinds_has_none(pattern, degrees):
    [part] = read(pattern, degrees)

    assert part.kind == ""


def test_a_connector_of_the_surface_is_no_package_of_leads():
    """Its contacts stand in one row; the tabs hold it."""
    assert {read(pattern)[0].kind for pattern in ("FFC10", "JST4", "USB-C")} == {""}


@pytest.mark.parametrize("degrees", TURNS)
def test_a_module_with_pads_on_three_sides_is_left_open(degrees):
    """Its third row is like no pad beyond its middle: whose it is, is not known."""
    assert read("WROOM", degrees) == ()


@pytest.mark.parametrize("pattern", ["SOT23-5", "SOT23-6"])
def test_the_longer_leads_of_a_small_outline_are_seen_to_reach_out(pattern):
    assert read(pattern)[0].kind == "gull-wing"


def with_vias(pattern: str, *vias: tuple[float, float], degrees: float = 0) -> tuple[Footprint, ...]:
    """Vias of 0.2 mm, from the middle of the part, in rings of copper that the mask leaves open."""
    line = f"U1 {pattern} 40 30"
    at = tuple((40 + x, 30 + y, 0.2) for x, y in vias)
    films = laid(board(line, size=(80, 60), vias=at), degrees)
    return footprints(landed(pads_of(films), laid_parts(placed(line), degrees)))


@pytest.mark.parametrize("degrees", TURNS)
@pytest.mark.parametrize("pattern", [name for name in LEADLESS if name != "LGA16"])
def test_the_vias_of_a_heat_pad_change_nothing(pattern, degrees):
    vias = [(x, y) for x in (-0.4, 0, 0.4) for y in (-0.4, 0, 0.4)]

    assert with_vias(pattern, *vias, degrees=degrees) == read(pattern, degrees)


def opened(pattern: str, *more: tuple[float, float, float, float, float], paste: bool = True) -> Footprint | None:
    """A part with more openings of the mask, from its middle, beside its own pads."""
    line = f"U1 {pattern} 40 30"
    own = pads_below(placed(line)[0])
    extra = [(40 + x, 30 + y, wide, high, hole) for x, y, wide, high, hole in more]
    layers = layers_of(Side.TOP, [*own, *extra])[:2]
    pasted = layers_of(Side.TOP, [*own, *(extra if paste else [])])[2]
    return next(iter(footprints(landed(pads_of(Stack((*layers, pasted))), placed(line)))), None)


LOCAL = [(x, x, 1.0, 1.0, 0.0) for x in (-4.4, 4.4)]
WINDOWS = [(x, y, 0.41, 0.41, 0.0) for x in (-0.76, 0, 0.76) for y in (-0.76, 0, 0.76)]


@pytest.mark.parametrize("pattern", ["QFN24", "QFN32"])
def test_marks_for_the_camera_beside_a_part_are_not_its_joints(pattern):
    assert opened(pattern, *LOCAL, paste=False) == read(pattern)[0]


@pytest.mark.parametrize("pasted", [True, False])
def test_a_heat_pad_that_is_opened_in_windows_is_one_joint(pasted):
    leads = opened("LGA16", *WINDOWS, paste=pasted)

    assert (leads.pads, leads.kind) == (17, "leadless")


@pytest.mark.parametrize("heat_pads", [0, 1])
def test_a_second_row_of_leads_is_no_heat_pad(heat_pads):
    inner = [(x, y, 0.28, 0.28, 0.0) for x, y, *_ in quad(9, 0.5, (0.3, 0.3), 3.2)]
    middle = [(0, 0, 4.0, 4.0, 0.0)] * heat_pads

    assert opened("LQFP64", *inner, *middle).pads == 64 + 36 + heat_pads


def test_a_few_windows_far_apart_are_one_heat_pad():
    corners = [(x, y, 0.4, 0.4, 0.0) for x in (-1.5, 1.5) for y in (-1.5, 1.5)]

    assert opened("LQFP48", *corners).pads == 49


def test_small_openings_about_a_heat_pad_are_part_of_it():
    vias = [(x, y, 0.3, 0.3, 0.0) for x in (-1.6, 1.6) for y in (-1.6, 1.6)]

    assert opened("QFN32", *vias).pads == 33


@pytest.mark.parametrize("pattern", ["MSOP8", "SOIC8"])
def test_two_heat_pads_amid_leads_are_no_chip(pattern):
    """A double transistor: whether all these pads are of one part is not sure, and that it is no chip is."""
    halves = [(0, y, 1.4, 0.8, 0.0) for y in (-0.6, 0.6)]

    assert opened(pattern, *halves) is None


@pytest.mark.parametrize("pattern", WHOLE)
def test_a_part_drawn_backwards_is_the_same_part(pattern):
    line = f"U1 {pattern} 40 30"
    films = drawn_backwards(board(line, size=(80, 60)))

    assert footprints(landed(pads_of(films), placed(line))) == read(pattern)


@pytest.mark.parametrize("films", [{"mask": False}, {"paste": False}, {"mask": False, "paste": False}])
@pytest.mark.parametrize("pattern", WHOLE)
def test_a_family_is_known_whatever_films_are_missing(pattern, films):
    line = f"U1 {pattern} 40 30"
    found = footprints(landed(pads_of(board(line, size=(80, 60), **films)), placed(line)))

    assert [part.pads for part in found] == [len(FAMILIES[pattern])]


@pytest.mark.parametrize("pattern", WHOLE)
def test_a_small_error_of_the_file_does_not_lose_a_part(pattern):
    line = f"U1 {pattern} 40 30"
    beside = tuple(replace(part, x_mm=part.x_mm + 0.02, y_mm=part.y_mm - 0.02) for part in placed(line))
    [part] = footprints(landed(pads_of(board(line, size=(80, 60))), beside))

    assert part.pads == len(FAMILIES[pattern])


@pytest.mark.parametrize("pattern", [*CHIPS, *GULL_WINGS, *LEADLESS])
def test_a_part_between_two_of_its_kind_keeps_its_own_pads(pattern):
    wide = size_of(pattern)[0]
    lines = [f"U{n} {pattern} {40 + n * (wide + 0.4):.3f} 30" for n in (-1, 0, 1)]
    found = footprints(landed(pads_of(board(*lines, size=(120, 60))), placed(*lines)))

    assert [part.pads for part in found] == [len(FAMILIES[pattern])] * 3


whole = st.sampled_from(WHOLE)
angles = st.sampled_from([0, 30, 45, 60, 90, 135, 200, 315])
offsets = st.tuples(st.integers(-300, 300), st.integers(-300, 300))


@settings(max_examples=60)
@given(whole, angles, offsets)
def test_a_board_that_is_turned_and_moved_has_the_same_parts(pattern, degrees, by):
    line = f"U1 {pattern} 40 30"
    films, parts = laid(board(line, size=(80, 60)), degrees, by), laid_parts(placed(line), degrees, by)
    [part], [plain] = footprints(landed(pads_of(films), parts)), read(pattern)

    assert (part.pads, part.kind) == (plain.pads, plain.kind)
    assert (part.width_mm, part.height_mm) == pytest.approx((plain.width_mm, plain.height_mm), abs=0.003)


CROWD = [
    ("LQFP48", 20, 20),
    *((name, x, y) for name, x, y in [("C0402", 13, 20), ("C0402", 27, 20), ("C0603", 20, 12.4), ("SOT23", 30, 14)]),
    ("QFN16", 30, 24),
    ("TSSOP16", 40, 20),
    ("BGA64-0.8", 52, 22),
    ("PIN2X5", 52, 34),
    ("SOIC8", 40, 32),
    ("USB-C", 20, 36),
    ("SOT23-5", 33, 35),
]
LINES = [f"U{number} {pattern} {x} {y}" for number, (pattern, x, y) in enumerate(CROWD)]


def crowd(degrees: float = 0, order: list[str] | None = None) -> dict[str, tuple[int, str]]:
    films, parts = laid(board(*LINES, size=(80, 60)), degrees), laid_parts(placed(*(order or LINES)), degrees)
    return {part.designator: (part.pads, part.kind) for part in footprints(landed(pads_of(films), parts))}


def test_a_crowded_board_has_all_its_parts():
    assert {name: pads for name, (pads, _) in crowd().items()} == {
        f"U{number}": len(FAMILIES[pattern]) for number, (pattern, *_) in enumerate(CROWD)
    }


@pytest.mark.parametrize("degrees", [30, 45, 90, 180, 210, 270])
def test_a_crowded_board_reads_the_same_turned(degrees):
    assert crowd(degrees) == crowd()


@settings(max_examples=20)
@given(st.permutations(LINES))
def test_the_order_of_the_placements_does_not_matter(order):
    assert crowd(order=list(order)) == crowd()


def test_leads_have_their_kind_by_their_holes():
    assert {read(pattern)[0].kind for pattern in LEADS} == {"pins"}
