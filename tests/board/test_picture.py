"""Pictures: numbers only, one for each side, of whatever there is."""

import re

import numpy as np
import pytest
from defusedxml.ElementTree import fromstring
from stacks import (
    copper_layer,
    drilled,
    filled_box,
    flashes,
    frame,
    outline_layer,
    round_pad,
    square_pad,
    stack,
    strokes,
)

from portal.board.artwork import Artwork, Draws, Flashes
from portal.board.design import FileRole, Side
from portal.board.picture import MASK_COLOURS, side_picture
from portal.board.shapes import Aperture, disc, hole, rectangle
from portal.board.stack import Layer
from portal.board.svg_paths import layer_elements, ring_path, template

EDGE = outline_layer(frame(0, 0, 40, 30))
PADS = copper_layer(flashes(round_pad(2), (10, 10)))
OPENINGS = Layer(FileRole.MASK, flashes(round_pad(2.2), (10, 10)), "F_Mask.gbr", Side.TOP)
LEGEND = Layer(FileRole.LEGEND, strokes((5, 5, 9, 5)), "F_Silkscreen.gbr", Side.TOP)
WHOLE = stack(EDGE, PADS, OPENINGS, LEGEND, drills=(drilled((10, 10, 1.0), plated=True),))


def elements(artwork: Artwork) -> list[str]:
    return [element.svg for element in layer_elements(artwork, "x")]


def test_a_picture_is_well_formed_and_measured_in_millimetres():
    root = fromstring(side_picture(WHOLE, Side.TOP))

    assert root.get("viewBox") == "-1.0000 -1.0000 42.0000 32.0000"


def test_a_picture_has_a_title_for_those_who_cannot_see_it():
    assert "<title>Top of the board, 40.0 × 30.0 mm</title>" in side_picture(WHOLE, Side.TOP)


@pytest.mark.parametrize("side", Side)
def test_a_picture_holds_no_script_no_style_and_no_reference_outside(side):
    svg = side_picture(WHOLE, side)

    assert not re.search(r"<script|<style|style=|\son\w+=|<image|<foreignObject|javascript|data:", svg)
    assert all(target.startswith("#") for target in re.findall(r'href="([^"]*)"', svg))


def test_a_picture_is_made_of_nothing_from_the_files_but_numbers():
    named = Layer(FileRole.LEGEND, LEGEND.artwork, '"><script>alert(1)</script>', Side.TOP)

    assert "alert" not in side_picture(stack(EDGE, named), Side.TOP)


def test_the_bottom_is_mirrored():
    assert "matrix(0.001 0 0 -0.001 0 30.0000)" in side_picture(WHOLE, Side.TOP)
    assert "matrix(-0.001 0 0 -0.001 40.0000 30.0000)" in side_picture(WHOLE, Side.BOTTOM)


def test_ids_of_two_sides_on_one_page_do_not_meet():
    top, bottom = (set(re.findall(r'id="([^"]+)"', side_picture(WHOLE, side))) for side in Side)

    assert top
    assert not top & bottom


def test_every_reference_has_its_target():
    svg = side_picture(WHOLE, Side.TOP)

    assert set(re.findall(r"url\(#([^)]+)\)", svg)) <= set(re.findall(r'id="([^"]+)"', svg))


def test_copper_alone_is_a_picture():
    assert "url(#tc)" in side_picture(stack(PADS), Side.TOP)


def test_a_side_without_layers_shows_the_bare_board():
    assert "url(#bb)" in side_picture(WHOLE, Side.BOTTOM)
    assert "url(#bc)" not in side_picture(WHOLE, Side.BOTTOM)


def test_nothing_at_all_is_still_an_image_with_a_title():
    assert "nothing to draw" in side_picture(stack(), Side.TOP)


def test_a_hole_goes_through_the_board():
    assert re.search(
        r'M10000 10000l0 0" fill="none" stroke="#000"[^>]*stroke-width="1000"', side_picture(WHOLE, Side.TOP)
    )


def test_a_hole_of_unknown_size_is_not_drawn():
    with_hole = stack(EDGE, drills=(drilled((10, 10, np.nan)),))

    assert side_picture(with_hole, Side.TOP) == side_picture(stack(EDGE, drills=(drilled(),)), Side.TOP)


@pytest.mark.parametrize("colour", MASK_COLOURS)
def test_every_mask_colour_is_on_the_board(colour):
    assert MASK_COLOURS[colour][1] in side_picture(WHOLE, Side.TOP, mask_colour=colour)


def test_an_unknown_mask_colour_is_green():
    assert side_picture(WHOLE, Side.TOP, mask_colour='"/><x') == side_picture(WHOLE, Side.TOP)


def test_without_a_mask_the_copper_lies_bare():
    assert "#d9b14a" in side_picture(stack(EDGE, PADS), Side.TOP)


def test_a_negative_layer_is_white_where_nothing_is_drawn():
    plane = Artwork(PADS.artwork.apertures, PADS.artwork.flashes, negative=True)
    svg = side_picture(stack(EDGE, copper_layer(plane)), Side.TOP)

    assert re.search(r'<mask id="tc"[^>]*><path d="[^"]*" fill="#fff"/><g fill="none" stroke="#000"', svg)


def test_round_pads_are_dots_of_a_round_pen():
    assert elements(flashes(round_pad(2), (1, 2), (3, 4))) == [
        '<path d="M1000 2000h0M3000 4000h0" stroke-width="2000"/>'
    ]


def test_square_pads_repeat_their_shape():
    [element] = elements(flashes(square_pad(2), (0, 0), (10, 0)))

    assert element.count("M") == 2


def test_a_shape_of_many_points_is_written_once_and_referred_to():
    found = elements(flashes(Aperture("macro", (disc(2),)), (0, 0), (10, 0), (20, 5)))

    assert found[1:] == ['<use href="#xa0" x="10000" y="0"/>', '<use href="#xa0" x="20000" y="5000"/>']


def test_strokes_that_follow_each_other_share_a_start():
    [element] = elements(strokes((0, 0, 1, 0), (1, 0, 1, 1), (5, 5, 6, 5)))

    assert 'd="M0 0l1000 0 0 1000M5000 5000l1000 0"' in element


def test_an_arc_is_drawn_as_two_halves():
    circle = Draws(
        np.array([[1.0, 0, 1, 0]]), np.zeros((1, 2)), np.array([2 * np.pi]), np.zeros(1, int), np.zeros(1, int)
    )

    assert elements(Artwork((round_pad(0.2),), draws=circle))[0].count("A1000 1000") == 2


def test_a_region_that_runs_clockwise_is_turned_so_that_overlaps_unite():
    forwards, backwards = filled_box(0, 0, 1, 1), filled_box(0, 1, 1, 0)

    assert "l1000 0 0 1000 -1000 0z" in elements(forwards)[0]
    assert elements(backwards)[0].startswith('<path d="M0 0l1000 0 0 1000')


def test_a_hole_in_a_pad_is_part_of_its_path():
    assert template(Aperture("rectangle", (rectangle(2, 2), hole(rectangle(1, 1))))).count("z") == 2


def test_clear_levels_take_away_in_their_turn():
    levels = Flashes(np.zeros(3), np.zeros(3), np.zeros(3, int), np.array([0, 1, 2]))

    assert [element.adds for element in layer_elements(Artwork((round_pad(1),), levels), "x")] == [True, False, True]


def test_a_ring_is_closed():
    assert ring_path(rectangle(2, 1)) == "M-1000 -500l2000 0 0 1000 -2000 0z"
