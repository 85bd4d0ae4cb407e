"""Pictures as PNG: copper, mask, legend and holes have their colours, and where no board is nothing is drawn."""

import io

import numpy as np
import pytest
from PIL import Image
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

from portal.board.artwork import Artwork, Flashes
from portal.board.colours import FINISHES, MASK_COLOURS, look
from portal.board.design import FileRole, Side
from portal.board.png import MOST_PX, layer_png, side_png
from portal.board.stack import Layer

EDGE = outline_layer(frame(0, 0, 40, 30))
PAD = copper_layer(flashes(square_pad(4), (10, 10)))
TRACK = copper_layer(strokes((2, 20, 38, 20), pen=round_pad(2)))
MASK = Layer(FileRole.MASK, flashes(square_pad(4), (10, 10)), "F_Mask.gbr", Side.TOP)
LEGEND = Layer(FileRole.LEGEND, filled_box(30, 5, 36, 8), "F_Silkscreen.gbr", Side.TOP)
WHOLE = stack(EDGE, PAD, TRACK, MASK, LEGEND, drills=(drilled((10, 10, 1.0), plated=True),))


class Picture:
    """A PNG whose pixels are asked for in millimetres."""

    def __init__(self, png, side=Side.TOP, margin=0.4):
        self.image = Image.open(io.BytesIO(png)).convert("RGBA")
        self.side, self.margin = side, margin
        self.scale = self.image.width / (40 + 2 * margin)

    def at(self, x, y):
        across = (40 - x if self.side is Side.BOTTOM else x) + self.margin
        red, green, blue, cover = self.image.getpixel(
            (int(across * self.scale), int((30 + self.margin - y) * self.scale))
        )
        return f"#{red:02x}{green:02x}{blue:02x}" if cover == 255 else cover


def picture(board=WHOLE, side=Side.TOP, **asked):
    return Picture(side_png(board, side, **asked), side)


def test_the_longer_edge_has_as_many_pixels_as_asked_for():
    upright = stack(outline_layer(frame(0, 0, 30, 40)))

    assert picture(width_px=500).image.size == (500, 377)
    assert Image.open(io.BytesIO(side_png(upright, Side.TOP, width_px=500))).size == pytest.approx((377, 500), abs=1)


def test_nobody_gets_more_pixels_than_the_house_allows():
    assert picture(stack(EDGE), width_px=10**6).image.width == MOST_PX


@pytest.mark.parametrize(
    ("x", "y", "part"),
    [(20, 5, "mask"), (20, 20, "mask_on_copper"), (33, 6, "legend"), (8.5, 8.5, "finish")],
)
def test_every_part_of_a_board_has_its_colour(x, y, part):
    assert picture().at(x, y) == getattr(look(), part)


def test_a_hole_and_what_lies_around_the_board_is_transparent():
    assert (picture().at(10, 10), picture().at(-0.2, 15)) == (0, 0)


def test_an_opening_without_copper_shows_the_laminate():
    opened = Layer(FileRole.MASK, flashes(square_pad(4), (20, 5)), "F_Mask.gbr", Side.TOP)

    assert picture(stack(EDGE, PAD, opened)).at(20, 5) == look().laminate


def test_without_a_mask_the_copper_lies_bare():
    assert picture(stack(EDGE, TRACK)).at(20, 20) == look().finish


def test_the_bottom_is_seen_from_below():
    below = Layer(FileRole.COPPER, TRACK.artwork, "B_Cu.gbr", Side.BOTTOM, 2)
    only = stack(EDGE, below, Layer(FileRole.LEGEND, filled_box(1, 1, 4, 4), "b", Side.BOTTOM), MASK_BELOW)

    assert picture(only, Side.BOTTOM).at(2, 2) == look().legend
    assert Picture(side_png(only, Side.BOTTOM)).at(38, 2) == look().legend  # as it lies in the picture


MASK_BELOW = Layer(FileRole.MASK, flashes(round_pad(1), (20, 20)), "B_Mask.gbr", Side.BOTTOM)


@pytest.mark.parametrize("colour", MASK_COLOURS)
def test_every_mask_colour_is_on_the_board(colour):
    assert picture(mask_colour=colour).at(20, 5) == MASK_COLOURS[colour][0]


@pytest.mark.parametrize("finish", FINISHES)
def test_every_finish_is_on_the_pads(finish):
    assert picture(finish=finish).at(8.5, 8.5) == FINISHES[finish]


def test_copper_that_was_taken_away_is_gone():
    levels = np.array([0, 1])
    carved = Artwork(
        (square_pad(8), square_pad(4)), Flashes(np.full(2, 20.0), np.full(2, 15.0), np.array([0, 1]), levels)
    )
    shown = picture(stack(EDGE, copper_layer(carved)))

    assert (shown.at(20, 15), shown.at(17, 15)) == (look().laminate, look().finish)


def test_a_negative_layer_is_copper_where_nothing_is_drawn():
    plane = Artwork(PAD.artwork.apertures, PAD.artwork.flashes, negative=True)
    shown = picture(stack(EDGE, copper_layer(plane)))

    assert (shown.at(10, 10), shown.at(30, 10)) == (look().laminate, look().finish)


def test_a_slot_and_a_cut_out_are_no_board():
    edge = outline_layer(strokes(*frame(0, 0, 40, 30).draws.ends.tolist(), *frame(20, 10, 30, 20).draws.ends.tolist()))
    shown = picture(stack(edge, drills=(drilled(slots=[(5, 5, 10, 5, 2.0)]),)))

    assert (shown.at(25, 15), shown.at(7, 5), shown.at(15, 15)) == (0, 0, look().laminate)


def test_a_film_by_itself_is_its_ink_and_nothing_else():
    film = Picture(layer_png(WHOLE, TRACK, colour="#112233"))

    assert (film.at(20, 20), film.at(20, 5), film.at(10, 10)) == ("#112233", 0, 0)


@pytest.mark.parametrize("side", Side)
def test_nothing_at_all_is_no_picture(side):
    assert side_png(stack(), side) is None


def test_a_film_without_a_board_is_as_large_as_its_ink():
    alone = layer_png(stack(), TRACK, width_px=380)

    assert Image.open(io.BytesIO(alone)).size == pytest.approx((380, 26), abs=1)


def test_a_board_that_is_a_line_is_a_picture_too():
    assert side_png(stack(copper_layer(strokes((0, 0, 30, 0)))), Side.TOP, width_px=100).startswith(b"\x89PNG")


def test_far_too_much_on_a_board_is_no_picture():
    many = np.zeros(2_100_000)
    crowd = Artwork((square_pad(1),), Flashes(many, many, many.astype(int), many.astype(int)))

    assert side_png(stack(EDGE, copper_layer(crowd)), Side.TOP) is None


def test_a_mask_without_openings_covers_the_whole_side():
    closed = Layer(FileRole.MASK, Artwork(), "F_Mask.gbr", Side.TOP)

    assert picture(stack(EDGE, PAD, closed)).at(10, 10) == picture().at(20, 20)


def test_without_a_mask_there_may_be_a_legend_all_the_same():
    assert picture(stack(EDGE, LEGEND)).at(33, 6) == picture().at(33, 6)
