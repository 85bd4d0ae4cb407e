"""The stencil of a side: sums that can be done in the head, and what is said where it will not print well."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lands import artwork, board, dots, pads, placed
from stacks import stack, strokes

from portal.board.design import FileRole, Foil, Side, StencilNeed
from portal.board.footprints import landed
from portal.board.pads import pads_of
from portal.board.paste import FOILS_UM, Apertures, apertures, paste_findings, stencils
from portal.board.stack import Layer


def need(*lines: str, side: Side = Side.TOP, **films: bool) -> StencilNeed:
    films_there = board(*lines, **films)
    needs = stencils(films_there, landed(pads_of(films_there), placed(*lines)))
    return next(need for need in needs if need.side is side)


def openings(drawn, side: Side = Side.TOP) -> Apertures:
    films = stack(Layer(FileRole.PASTE, drawn, "F_Paste.gbr", side))
    return apertures(films, landed(pads_of(films), ()), side)


def a_square(side_mm: float, count: int = 1) -> Apertures:
    return openings(artwork([(5 * index, 0, side_mm, side_mm, 0) for index in range(count)]))


def test_the_area_ratio_is_the_floor_by_the_walls():
    """A square of 0.4 mm in 100 µm: 0.16 mm² by 4 × 0.4 × 0.1 mm² is 1."""
    assert a_square(0.4).area_ratio(100).tolist() == pytest.approx([1.0])


def test_a_round_opening_counts_by_its_true_area():
    found = openings(dots((0, 0), diameter=0.4))

    assert found.area_ratio(100).tolist() == pytest.approx([1.0], rel=0.01)
    assert found.area_mm2.tolist() == pytest.approx([0.1257], rel=0.01)


def test_the_aspect_is_the_width_by_the_thickness():
    slit = openings(artwork([(0, 0, 1.5, 0.15, 0)]))

    assert slit.aspect(100).tolist() == pytest.approx([1.5])
    assert slit.fails(120).tolist() == [0]


@pytest.mark.parametrize(("side_mm", "thickness_um"), [(0.32, 120), (0.31, 100), (0.27, 100), (0.25, 80), (1.2, 150)])
def test_the_thickest_foil_that_every_opening_passes_is_recommended(side_mm, thickness_um):
    """A square passes where its side is at least 4 × 0.66 of the thickness."""
    films = stack(Layer(FileRole.PASTE, artwork([(0, 0, side_mm, side_mm, 0)]), "F_Paste.gbr", Side.TOP))
    [found] = stencils(films, landed(pads_of(films), ()))

    assert (found.thickness_um, found.failing_apertures) == (thickness_um, 0)


TWO_SQUARES = [(0, 0, 0.4, 0.4, 0), (5, 0, 0.4, 0.4, 0)]
NOBODY = landed(pads_of(stack()), ())


def test_an_opening_holds_its_floor_by_the_thickness():
    """0.4 × 0.4 mm in 100 µm are 0.016 mm³; two of them in the foil of 120 µm that is recommended 0.038."""
    [found] = stencils(stack(Layer(FileRole.PASTE, artwork(TWO_SQUARES), "F_Paste.gbr", Side.TOP)), NOBODY)

    assert a_square(0.4).volume_mm3(100).tolist() == pytest.approx([0.016])
    assert (found.thickness_um, found.paste_mm3) == (120, 0.038)


def test_every_foil_in_stock_is_told_with_its_ratios():
    """0.4 × 0.4 mm: area ratio 0.4 ÷ (4 × thickness), aspect 0.4 ÷ thickness."""
    [found] = stencils(stack(Layer(FileRole.PASTE, artwork(TWO_SQUARES), "F_Paste.gbr", Side.TOP)), NOBODY)

    assert found.foils == (
        Foil(150, 0.667, 2.67, failing=0),
        Foil(120, 0.833, 3.33, failing=0),
        Foil(100, 1.0, 4.0, failing=0),
        Foil(80, 1.25, 5.0, failing=0),
    )


def test_ordinary_chips_get_the_usual_foil():
    found = need("R1 0603 10 10", "R2 0402 20 10")

    assert replace(found, foils=()) == StencilNeed(
        side=Side.TOP,
        apertures=4,
        smallest_mm=0.56,
        thickness_um=120,
        area_ratio=1.226,
        aspect_ratio=4.67,
        paste_mm3=0.266,
    )


def test_each_pasted_side_has_its_own_stencil():
    films = board("R1 0603 10 10", "R2 0603 20 10 0 bottom")
    found = stencils(films, landed(pads_of(films), placed("R1 0603 10 10", "R2 0603 20 10 0 bottom")))

    assert [(need.side, need.apertures) for need in found] == [(Side.TOP, 2), (Side.BOTTOM, 2)]


def test_leads_take_no_paste():
    films = board("J1 HEADER 10 30")

    assert stencils(films, landed(pads_of(films), placed("J1 HEADER 10 30"))) == ()


def test_without_a_paste_layer_the_openings_are_made_and_said_to_be():
    made = need("R1 0603 10 10", "J1 HEADER 20 30", paste=False)

    assert (made.made, made.apertures) == (True, 2)


def test_openings_are_made_only_under_parts():
    films = board("R1 0603 10 10", "R2 0603 20 10", paste=False)
    [made] = stencils(films, landed(pads_of(films), placed("R1 0603 10 10")))

    assert made.apertures == 2


def test_openings_that_hold_back_their_paste_are_named():
    films = board("R1 0603 10 10", "U1 0402 20 10", paste=False)
    slits = artwork([(20 + x, 10, 0.1, 0.3, 0) for x in (-0.48, 0.48)])
    films = stack(*films.layers, Layer(FileRole.PASTE, slits, "F_Paste.gbr", Side.TOP))
    [found] = stencils(films, landed(pads_of(films), placed("R1 0603 10 10", "U1 0402 20 10")))

    assert (found.failing_apertures, found.failing) == (2, ("U1",))


def test_a_few_fine_parts_ask_for_a_step():
    films = board("R1 0603 10 10", "U1 0402 20 10", paste=False)
    small = artwork(
        [*((20 + x, 10, 0.28, 0.28, 0) for x in (-0.48, 0.48)), (9.2, 10, 0.8, 0.9, 0), (10.8, 10, 0.8, 0.9, 0)]
    )
    films = stack(*films.layers, Layer(FileRole.PASTE, small, "F_Paste.gbr", Side.TOP))
    [found] = stencils(films, landed(pads_of(films), placed("R1 0603 10 10", "U1 0402 20 10")))

    assert (found.thickness_um, found.step) == (100, "120 µm with a step down to 100 µm at U1")


def test_letters_on_the_paste_layer_are_no_openings():
    films = board("R1 0603 10 10")
    title = Layer(FileRole.PASTE, strokes((40, 60, 40, 62)), "title.gbr", Side.TOP)
    found = stencils(stack(*films.layers, title), landed(pads("R1 0603 10 10"), placed("R1 0603 10 10")))

    assert found[0].apertures == 2


def test_a_board_without_parts_and_paste_needs_no_stencil():
    films = board("R1 0603 10 10", paste=False)

    assert stencils(films, landed(pads_of(films), ())) == ()


def test_made_openings_and_poor_ones_are_said():
    poor = StencilNeed(Side.TOP, 20, 0.1, 80, area_ratio=0.4, failing_apertures=8, failing=("U1", "U2"), made=True)
    made, small = paste_findings((poor,))

    assert (made.code, small.code) == ("paste-made", "paste-aperture-small")
    assert small.place.designators == ("U1", "U2")
    assert "8 of 20" in small.message


def test_a_good_stencil_is_not_talked_about():
    assert paste_findings((StencilNeed(Side.TOP, 20, 0.5, 120, area_ratio=1.1),)) == ()


def test_only_the_first_names_are_read_out():
    names = tuple(f"U{number}" for number in range(9))
    [small] = paste_findings((StencilNeed(Side.TOP, 20, 0.1, 80, 0.4, failing_apertures=9, failing=names),))

    assert "U4 and 4 more" in small.message


@given(st.floats(0.05, 5), st.sampled_from(FOILS_UM))
def test_a_thinner_foil_never_holds_back_more(side_mm, thickness_um):
    square = a_square(side_mm)
    thinner = [foil for foil in FOILS_UM if foil <= thickness_um]

    assert all(len(square.fails(foil)) <= len(square.fails(thickness_um)) for foil in thinner)


@given(st.lists(st.floats(0.1, 3), min_size=1, max_size=8))
def test_the_smallest_opening_decides(sides):
    drawn = artwork([(5.0 * index, 0, side, side, 0) for index, side in enumerate(sides)])
    films = stack(Layer(FileRole.PASTE, drawn, "F_Paste.gbr", Side.TOP))
    [found] = stencils(films, landed(pads_of(films), ()))

    assert found.smallest_mm == round(min(sides), 3)
    assert found.aspect_ratio == pytest.approx(min(sides) * 1000 / found.thickness_um, abs=0.01)


def test_apertures_know_the_part_above_them():
    lines = ("R1 0603 10 10", "R2 0603 20 10")
    films = board(*lines)
    found = apertures(films, landed(pads_of(films), placed(*lines)), Side.TOP)

    assert np.bincount(found.owner).tolist() == [2, 2]
