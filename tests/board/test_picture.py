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
from portal.board.colours import FINISHES, MASK_COLOURS
from portal.board.design import FileRole, Side
from portal.board.picture import side_picture
from portal.board.shapes import Aperture, disc, hole, rectangle, regular_polygon
from portal.board.stack import Layer
from portal.board.svg_paths import filled_path, layer_elements, ring_path, template

EDGE = outline_layer(frame(0, 0, 40, 30))
PADS = copper_layer(flashes(round_pad(2), (10, 10)))
OPENINGS = Layer(FileRole.MASK, flashes(round_pad(2.2), (10, 10)), "F_Mask.gbr", Side.TOP)
LEGEND = Layer(FileRole.LEGEND, strokes((5, 5, 9, 5)), "F_Silkscreen.gbr", Side.TOP)
WHOLE = stack(EDGE, PADS, OPENINGS, LEGEND, drills=(drilled((10, 10, 1.0), plated=True),))


def elements(artwork: Artwork) -> list[str]:
    return [element.svg for element in layer_elements(artwork)]


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
    assert '<use href="#tc"' in side_picture(stack(PADS), Side.TOP)


def test_a_side_without_layers_shows_the_bare_board():
    assert "url(#bb)" in side_picture(WHOLE, Side.BOTTOM)
    assert "#bc" not in side_picture(WHOLE, Side.BOTTOM)


def test_nothing_at_all_is_still_an_image_with_a_title():
    assert "nothing to draw" in side_picture(stack(), Side.TOP)


def test_a_picture_uses_only_what_printers_of_pages_know():
    svg = side_picture(WHOLE, Side.TOP)

    assert set(re.findall(r"<(\w+)", svg)) == {"svg", "title", "g", "defs", "clipPath", "path", "use"}


def test_a_clip_is_one_path_that_needs_no_rule():
    clips = re.findall(r"<clipPath[^>]*>(.*?)</clipPath>", side_picture(WHOLE, Side.TOP))

    assert [clip.count("<path") for clip in clips] == [1, 1]
    assert not any("rule" in clip for clip in clips)


def test_copper_is_written_once_and_shown_under_the_mask_and_bare():
    svg = side_picture(WHOLE, Side.TOP)

    assert svg.count('id="tc"') == 1
    assert re.findall(r'href="#tc" fill="(#\w+)"', svg) == ["#1a8049", "#d9b14a"]


def test_copper_that_names_no_side_is_seen_from_where_its_number_says():
    board = stack(
        EDGE, *(Layer(FileRole.COPPER, PADS.artwork, f"L{number}.gbr", None, number) for number in range(1, 5))
    )

    assert [layer.number for layer in board.outer_copper(Side.TOP)] == [1]
    assert [layer.number for layer in board.outer_copper(Side.BOTTOM)] == [4]


def test_one_copper_layer_is_not_seen_from_below():
    only = stack(EDGE, Layer(FileRole.COPPER, PADS.artwork, "L1.gbr", None, 1))

    assert only.outer_copper(Side.BOTTOM) == ()


def test_a_board_with_too_much_on_it_has_no_picture_of_that_side():
    points = np.zeros(500_000)
    crowd = Artwork(PADS.artwork.apertures, Flashes(points, points, points.astype(int), points.astype(int)))

    assert side_picture(stack(EDGE, copper_layer(crowd)), Side.TOP) is None
    assert side_picture(stack(EDGE, copper_layer(crowd)), Side.BOTTOM) is not None


def test_a_picture_of_too_many_characters_is_none():
    octagon = Aperture("polygon", (regular_polygon(8, 1.0),))
    spots = [(x / 10, y / 10) for x in range(300) for y in range(200)]

    assert side_picture(stack(EDGE, copper_layer(flashes(octagon, *spots))), Side.TOP) is None


def test_a_hole_of_unknown_size_is_not_drawn():
    with_hole = stack(EDGE, drills=(drilled((10, 10, np.nan)),))

    assert side_picture(with_hole, Side.TOP) == side_picture(stack(EDGE, drills=(drilled(),)), Side.TOP)


@pytest.mark.parametrize("colour", MASK_COLOURS)
def test_every_mask_colour_is_on_the_board(colour):
    assert MASK_COLOURS[colour][1] in side_picture(WHOLE, Side.TOP, mask_colour=colour)


@pytest.mark.parametrize("finish", FINISHES)
def test_every_finish_shows_through_the_openings(finish):
    assert f'fill="{FINISHES[finish]}"' in side_picture(WHOLE, Side.TOP, finish=finish)


def test_an_unknown_finish_is_gold():
    assert side_picture(WHOLE, Side.TOP, finish='"/><x') == side_picture(WHOLE, Side.TOP)


def test_an_unknown_mask_colour_is_green():
    assert side_picture(WHOLE, Side.TOP, mask_colour='"/><x') == side_picture(WHOLE, Side.TOP)


def test_without_a_mask_the_copper_lies_bare():
    svg = side_picture(stack(EDGE, PADS), Side.TOP)

    assert "#d9b14a" in svg
    assert "#1a8049" not in svg


def test_a_mask_without_openings_covers_the_whole_side():
    closed = Layer(FileRole.MASK, Artwork(), "F_Mask.gbr", Side.TOP)
    svg = side_picture(stack(EDGE, PADS, closed), Side.TOP)

    assert "#1a8049" in svg
    assert '<clipPath id="tm"><path d=""/></clipPath>' in svg


def carved() -> Artwork:
    """A round spot of copper, and a clear one on top of it."""
    levels = Flashes(np.zeros(2), np.zeros(2), np.zeros(2, int), np.array([0, 1]))
    return Artwork((round_pad(1),), levels)


def test_copper_taken_away_is_painted_as_what_lies_below():
    svg = side_picture(stack(EDGE, copper_layer(carved()), OPENINGS), Side.TOP)

    assert svg.count('stroke="currentColor"') == 1
    assert re.findall(r' color="(#\w+)"', svg) == ["#0d5f35", "#b8a06a"]


def test_a_negative_layer_is_copper_where_nothing_is_drawn():
    plane = Artwork(PADS.artwork.apertures, PADS.artwork.flashes, negative=True)
    svg = side_picture(stack(EDGE, copper_layer(plane)), Side.TOP)

    assert re.search(r'<g id="tc"><path d="[^"]*" stroke="none"/><g fill="none"[^>]* stroke="currentColor"', svg)


def test_copper_that_takes_away_is_painted_before_copper_that_does_not():
    plain = copper_layer(flashes(round_pad(3), (5, 5)))
    svg = side_picture(stack(EDGE, plain, copper_layer(carved())), Side.TOP)

    assert svg.index("currentColor") < svg.index('stroke-width="3000"')


def test_a_legend_that_takes_away_leaves_what_lies_below_to_be_seen():
    svg = side_picture(stack(EDGE, Layer(FileRole.LEGEND, carved(), "F_Silkscreen.gbr", Side.TOP)), Side.TOP)

    assert "currentColor" not in svg
    assert '<path d="" fill="#f4f5f0"/>' in svg  # the clear spot was as large as the other


def test_a_mask_that_takes_away_opens_only_what_is_left():
    mask = Layer(FileRole.MASK, carved(), "F_Mask.gbr", Side.TOP)

    assert '<clipPath id="tm"><path d=""/></clipPath>' in side_picture(stack(EDGE, PADS, mask), Side.TOP)


def test_a_mask_with_too_much_to_work_out_is_shown_without_taking_away():
    many = np.zeros(9_000)
    level = np.concatenate((np.zeros(8_999, int), [1]))
    mask = Layer(FileRole.MASK, Artwork((round_pad(1),), Flashes(many, many, many.astype(int), level)), "m", Side.TOP)

    assert 'id="tm"><path d="M-500 0a500 500' in side_picture(stack(EDGE, PADS, mask), Side.TOP)


def test_a_stroke_as_an_area_is_two_lines_and_two_half_circles():
    assert filled_path(strokes((1, 1, 3, 1), pen=round_pad(2))) == (
        "M1000 0l2000 0a1000 1000 0 0 1 0 2000l-2000 0a1000 1000 0 0 1 0 -2000z"
    )


def test_a_dot_as_an_area_is_round():
    dot = strokes((1, 1, 1, 1), pen=round_pad(2))

    assert filled_path(dot) == "M1000 0l0 0a1000 1000 0 0 1 0 2000l0 0a1000 1000 0 0 1 0 -2000z"


def test_round_pads_as_areas_are_circles_and_others_their_rings():
    assert filled_path(flashes(round_pad(2), (1, 1))) == "M0 1000a1000 1000 0 0 1 2000 0a1000 1000 0 0 1 -2000 0z"
    assert filled_path(flashes(square_pad(2), (1, 1))).startswith("M1000 1000m-1000 -1000l2000 0")


def test_round_pads_are_dots_of_a_round_pen():
    assert elements(flashes(round_pad(2), (1, 2), (3, 4))) == [
        '<path d="M1000 2000h0M3000 4000h0" stroke-width="2000"/>'
    ]


def test_square_pads_repeat_their_shape():
    [element] = elements(flashes(square_pad(2), (0, 0), (10, 0)))

    assert element.count("M") == 2


def test_corners_that_nobody_sees_are_left_out():
    [element] = elements(flashes(Aperture("macro", (disc(0.1),)), (0, 0)))

    assert element.count(" ") < 40  # 48 corners would be 96 numbers


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

    assert [element.adds for element in layer_elements(Artwork((round_pad(1),), levels))] == [True, False, True]


def test_a_ring_is_closed():
    assert ring_path(rectangle(2, 1)) == "M-1000 -500l2000 0 0 1000 -2000 0z"
