"""Foils and openings: the rules of the stencil just met and just missed, and what each side is told to be cut from.

The rules and the worked opening are those of docs: area ratio 0.66, aspect 1.5, foils of 80 to 150 µm.
"""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lands import artwork, board, dots, pads_below, placed
from stacks import filled_box, stack
from turning import drawn_backwards, laid, laid_parts

from portal.board.artwork import Artwork
from portal.board.design import FileRole, Severity, Side, StencilNeed
from portal.board.footprints import Landing, landed
from portal.board.pads import pads_of
from portal.board.paste import AREA_RATIO, ASPECT, FOILS_UM, Apertures, apertures, paste_findings, stencils
from portal.board.stack import Layer, Stack

HAIR_MM = 0.002


def cut(drawn: Artwork, side: Side = Side.TOP) -> Apertures:
    """The openings of a paste layer alone."""
    films = stack(Layer(FileRole.PASTE, drawn, "F_Paste.gbr", side))
    return apertures(films, landed(pads_of(films), ()), side)


def a_slit(long_mm: float, wide_mm: float, count: int = 1) -> Artwork:
    return artwork([(10.0 * index, 0, long_mm, wide_mm, 0) for index in range(count)])


def told(*drawn: Artwork) -> StencilNeed:
    films = stack(*(Layer(FileRole.PASTE, one, f"{n}_Paste.gbr", Side.TOP) for n, one in enumerate(drawn)))
    [need] = stencils(films, landed(pads_of(films), ()))
    return need


def test_the_published_opening_has_its_published_ratios():
    """1.0 × 0.5 mm at 0.12 mm: area ratio 1.39, aspect 4.17 (pcbinsider.com, solder paste calculator)."""
    opening = cut(a_slit(1.0, 0.5))

    assert opening.area_ratio(120).tolist() == pytest.approx([1.39], abs=0.005)
    assert opening.aspect(120).tolist() == pytest.approx([4.17], abs=0.005)


@pytest.mark.parametrize("foil", FOILS_UM)
def test_a_square_passes_a_foil_from_four_times_the_area_ratio_on(foil):
    least = 4 * AREA_RATIO * foil / 1000

    assert cut(a_slit(least + HAIR_MM, least + HAIR_MM)).fails(foil).tolist() == []
    assert cut(a_slit(least - HAIR_MM, least - HAIR_MM)).fails(foil).tolist() == [0]


@pytest.mark.parametrize("foil", FOILS_UM)
def test_a_dot_needs_the_same_width_as_a_square(foil):
    least = 4 * AREA_RATIO * foil / 1000

    assert cut(dots((0, 0), diameter=least * 1.01)).fails(foil).tolist() == []
    assert cut(dots((0, 0), diameter=least * 0.99)).fails(foil).tolist() == [0]


@pytest.mark.parametrize("foil", FOILS_UM)
def test_a_long_slit_passes_from_one_and_a_half_times_the_foil_on(foil):
    least = ASPECT * foil / 1000

    assert cut(a_slit(9.0, least + HAIR_MM)).fails(foil).tolist() == []
    assert cut(a_slit(9.0, least - HAIR_MM)).fails(foil).tolist() == [0]


# Openings as they are drawn for each pitch and chip, and the foil that the trade uses for them (solitech.pl, smtnet).
USUAL = {
    "0603": (0.8, 0.95, 120),
    "0402": (0.5, 0.6, 120),
    "0201": (0.3, 0.33, 100),
    "pitch 0.65": (1.4, 0.3, 120),
    "pitch 0.50": (1.4, 0.24, 120),
    "pitch 0.40": (1.2, 0.18, 100),
    "pitch 0.40, short": (0.6, 0.19, 100),
    "BGA 0.8": (0.4, 0.4, 120),
    "BGA 0.5": (0.28, 0.28, 100),
    "BGA 0.4": (0.22, 0.22, 80),
    "1206 and larger": (1.1, 1.75, 150),
}


@pytest.mark.parametrize(("long_mm", "wide_mm", "foil"), USUAL.values(), ids=USUAL)
def test_each_kind_of_part_gets_the_foil_of_the_trade(long_mm, wide_mm, foil):
    need = told(a_slit(long_mm, wide_mm, 4))

    assert (need.thickness_um, need.failing_apertures) == (foil, 0)


def test_one_small_part_draws_the_foil_down_for_all():
    assert told(a_slit(0.8, 0.95, 20)).thickness_um == 120
    assert told(a_slit(0.8, 0.95, 20), a_slit(0.28, 0.28)).thickness_um == 100


def test_one_part_below_a_millimetre_keeps_the_thick_foil_away():
    assert told(a_slit(2.0, 2.0, 8)).thickness_um == 150
    assert told(a_slit(2.0, 2.0, 8), a_slit(0.95, 0.95)).thickness_um == 120


def test_a_board_on_which_no_opening_passes_gets_the_thinnest_foil():
    need = told(a_slit(0.18, 0.18, 6))

    assert (need.thickness_um, need.failing_apertures) == (80, 6)


def test_one_hopeless_opening_does_not_thin_the_foil_of_the_others():
    need = told(a_slit(0.8, 0.95, 20), a_slit(0.1, 0.1))

    assert (need.thickness_um, need.failing_apertures) == (120, 1)


def test_all_paste_layers_of_a_side_are_one_stencil():
    assert told(a_slit(1, 1, 3), a_slit(0.5, 0.5, 4)).apertures == 7


def test_contours_are_openings_too():
    need = told(filled_box(0, 0, 1.0, 0.5))

    assert (need.apertures, need.smallest_mm) == (1, 0.5)
    assert need.area_ratio == pytest.approx(1.389, abs=0.001)


LINES = ("R1 0603 10 10", "U1 SOIC-8 20 20", "C1 0402 30 10 90", "J1 HEADER 40 30")


def of_lines(lines: tuple[str, ...] = LINES, **films: bool) -> tuple[StencilNeed, ...]:
    there = board(*lines, **films)
    return stencils(there, landed(pads_of(there), placed(*lines)))


def test_openings_made_from_the_mask_are_as_many_as_the_pads_under_parts():
    [made] = of_lines(paste=False)

    assert (made.made, made.apertures, made.side) == (True, 2 + 8 + 2, Side.TOP)


def test_made_and_drawn_openings_of_one_board_agree():
    [made], [drawn] = of_lines(paste=False), of_lines()

    assert replace(made, made=False) == drawn


def test_openings_are_made_without_any_mask_as_well():
    assert of_lines(mask=False, paste=False) == of_lines(paste=False)


def test_each_side_without_paste_is_made_for_itself():
    lines = (*LINES, "C9 0603 20 35 0 bottom")
    films = board(*lines)
    bare = Stack(tuple(x for x in films.layers if (x.role, x.side) != (FileRole.PASTE, Side.BOTTOM)), films.drills)
    needs = stencils(bare, landed(pads_of(bare), placed(*lines)))

    assert [(need.side, need.made, need.apertures) for need in needs] == [
        (Side.TOP, False, 12),
        (Side.BOTTOM, True, 2),
    ]


def test_a_stencil_needs_no_centroid_file():
    films = board(*LINES)
    alone, landing = Landing(pads_of(films)), landed(pads_of(films), placed(*LINES))

    assert stencils(films, alone) == stencils(films, landing)


def test_without_paste_and_centroid_nothing_is_made_up():
    films = board(*LINES, paste=False)

    assert stencils(films, Landing(pads_of(films))) == ()


def shrunk(by: float, *names: str) -> StencilNeed:
    """The board with the openings of some of its parts made smaller."""
    films, parts = board(*LINES, paste=False), placed(*LINES)
    drawn = [
        (x, y, wide * (by if part.designator in names else 1), high * (by if part.designator in names else 1), 0)
        for part in parts
        for x, y, wide, high, hole in pads_below(part)
        if not hole
    ]
    films = Stack((*films.layers, Layer(FileRole.PASTE, artwork(drawn), "F_Paste.gbr", Side.TOP)), films.drills)
    [need] = stencils(films, landed(pads_of(films), parts))
    return need


@pytest.mark.parametrize("names", [("C1",), ("R1",), ("U1",), ("C1", "R1"), ("C1", "R1", "U1")])
def test_exactly_the_parts_whose_openings_fail_are_named(names):
    assert shrunk(0.15, *names).failing == names


def test_openings_that_are_smaller_but_pass_are_not_named():
    assert shrunk(0.7, "C1", "R1", "U1").failing == ()


def test_a_step_names_the_parts_that_want_the_thinner_foil():
    need = shrunk(0.48, "C1")

    assert (need.thickness_um, need.failing) == (100, ())
    assert need.step == "120 µm with a step down to 100 µm at C1"


def test_a_board_of_one_foil_needs_no_step():
    assert shrunk(1.0).step == ""


def test_poor_openings_are_noted_with_their_layer_and_all_their_parts():
    [finding] = paste_findings((shrunk(0.15, "C1", "R1"),))

    assert (finding.severity, finding.code) == (Severity.NOTE, "paste-aperture-small")
    assert (finding.place.layer, finding.place.designators) == ("top paste", ("C1", "R1"))


def test_poor_openings_below_no_part_are_said_to_be_unknown():
    [finding] = paste_findings((told(a_slit(0.1, 0.1)),))

    assert "parts that are not known" in finding.message
    assert finding.place.designators == ()


def test_each_side_speaks_for_itself():
    needs = (StencilNeed(Side.TOP, 5, 0.5, 120, made=True), StencilNeed(Side.BOTTOM, 5, 0.5, 120, made=True))

    assert [side in finding.message for side, finding in zip(Side, paste_findings(needs), strict=True)] == [True, True]


sizes = st.tuples(st.floats(0.05, 4.0), st.floats(0.05, 4.0))
foils = st.sampled_from(FOILS_UM)


@given(sizes, foils)
def test_the_ratios_are_those_of_the_sum(size, foil):
    (long_mm, wide_mm), opening = size, cut(a_slit(*size))

    assert opening.area_ratio(foil)[0] == pytest.approx(long_mm * wide_mm / (2 * (long_mm + wide_mm) * foil / 1000))
    assert opening.aspect(foil)[0] == pytest.approx(min(size) * 1000 / foil)


@given(sizes, foils)
def test_an_opening_laid_across_is_the_same_opening(size, foil):
    one, other = cut(a_slit(*size)), cut(a_slit(*size[::-1]))

    assert one.area_ratio(foil).tolist() == pytest.approx(other.area_ratio(foil).tolist())
    assert one.fails(foil).tolist() == other.fails(foil).tolist()


@given(sizes, st.floats(1.0, 3.0), foils)
def test_a_larger_opening_never_fails_where_a_smaller_one_passes(size, factor, foil):
    small, large = cut(a_slit(*size)), cut(a_slit(size[0] * factor, size[1] * factor))

    assert len(large.fails(foil)) <= len(small.fails(foil))


@given(st.lists(sizes, min_size=1, max_size=8))
def test_no_other_foil_would_be_failed_by_fewer(openings):
    drawn = artwork([(10.0 * index, 0, *size, 0) for index, size in enumerate(openings)])
    need, found = told(drawn), cut(drawn)
    allowed = [foil for foil in FOILS_UM if foil <= 120 or min(map(min, openings)) >= 1]

    assert need.failing_apertures == min(len(found.fails(foil)) for foil in allowed)


@given(st.sampled_from([0, 30, 45, 90, 180, 250]), st.integers(-200, 200))
def test_a_board_that_is_turned_and_moved_has_the_same_stencil(degrees, by):
    films, parts = laid(board(*LINES), degrees, (by, -by)), laid_parts(placed(*LINES), degrees, (by, -by))
    [turned], [plain] = stencils(films, landed(pads_of(films), parts)), of_lines()

    assert (turned.apertures, turned.thickness_um, turned.failing) == (12, plain.thickness_um, plain.failing)
    assert turned.area_ratio == pytest.approx(plain.area_ratio, abs=0.002)


def test_the_order_of_the_flashes_does_not_matter():
    films = drawn_backwards(board(*LINES))

    assert stencils(films, landed(pads_of(films), placed(*LINES))) == of_lines()


@given(st.permutations(LINES))
def test_the_order_of_the_placements_does_not_matter(lines):
    films = board(*LINES)

    assert stencils(films, landed(pads_of(films), placed(*lines))) == of_lines()


def test_every_opening_on_a_pad_belongs_to_the_part_of_that_pad():
    films = board(*LINES)
    found = apertures(films, landed(pads_of(films), placed(*LINES)), Side.TOP)

    assert np.bincount(found.owner).tolist() == [2, 8, 2]
