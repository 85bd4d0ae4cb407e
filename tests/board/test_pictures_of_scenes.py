"""Laws of all pictures: whatever is on a board, they are well formed, of their size, and show what lies there."""

import io
import re

import numpy as np
import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import given, settings
from hypothesis import strategies as st
from moved import moved
from PIL import Image
from scenes import EDGE, HEIGHT, WIDTH, boards
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
from viewed import Viewed

from portal.board.bodies import Bodies
from portal.board.colours import FINISHES, MASK_COLOURS, look
from portal.board.design import Board, Design, FileRole, Finding, Place, Placement, Severity, Side
from portal.board.picture import side_picture
from portal.board.pins import marked
from portal.board.png import layer_png, side_png
from portal.board.stack import Layer, Stack
from portal.board.viewer import viewer_data

NAMED = {"svg", "title", "g", "defs", "clipPath", "path", "use"}
sides = st.sampled_from(list(Side))
COVER = Layer(FileRole.MASK, flashes(square_pad(2), (5, 25)), "F_Mask.gbr", Side.TOP)


def pixels_of(png):
    return np.array(Image.open(io.BytesIO(png)).convert("RGBA"))


def at(png, x, y, *, side=Side.TOP):
    """The colour at a place of the board, None where nothing is."""
    rows = pixels_of(png)
    margin = 0.01 * WIDTH
    scale = rows.shape[1] / (WIDTH + 2 * margin)
    across = (WIDTH - x if side is Side.BOTTOM else x) + margin
    red, green, blue, cover = rows[int((HEIGHT + margin - y) * scale), int(across * scale)]
    return f"#{red:02x}{green:02x}{blue:02x}" if cover == 255 else None


@settings(max_examples=40)
@given(board=boards(), side=sides)
def test_every_drawing_is_well_formed_and_of_few_kinds_of_elements(board, side):
    svg = side_picture(board, side)

    assert fromstring(svg).get("viewBox") == "-1.0000 -1.0000 42.0000 32.0000"
    assert set(re.findall(r"<(\w+)", svg)) <= NAMED


@settings(max_examples=40)
@given(board=boards(), side=sides)
def test_every_number_in_a_drawing_is_a_number_within_reach(board, side):
    paths = re.findall(r' d="([^"]*)"', side_picture(board, side))
    numbers = [abs(int(number)) for path in paths for number in re.findall(r"-?\d+", path)]

    assert not re.search(r"nan|inf|\de[-+]?\d", " ".join(paths), re.IGNORECASE)
    assert max(numbers) < 100_000  # micrometres: the board is 40 mm


@settings(max_examples=40)
@given(board=boards(), side=sides)
def test_every_reference_of_a_drawing_has_its_target(board, side):
    svg = side_picture(board, side)
    asked = {*re.findall(r"url\(#([^)]+)\)", svg), *re.findall(r'href="#([^"]+)"', svg)}

    assert asked <= set(re.findall(r' id="([^"]+)"', svg))


@settings(max_examples=20)
@given(board=boards(), side=sides)
def test_the_same_board_is_drawn_the_same(board, side):
    again = Stack(board.layers, board.drills)

    assert side_picture(board, side) == side_picture(again, side)
    assert side_png(board, side, width_px=120) == side_png(again, side, width_px=120)


@settings(max_examples=20)
@given(board=boards(), side=sides)
def test_a_drawing_shows_no_file_name(board, side):
    assert ".gbr" not in side_picture(board, side)


@pytest.mark.parametrize("count", [10, 100, 1000])
def test_a_drawing_grows_no_faster_than_what_is_on_it(count):
    spots = [(1 + 0.037 * n, 1 + 0.028 * n) for n in range(count)]
    svg = side_picture(stack(EDGE, copper_layer(flashes(square_pad(0.5), *spots))), Side.TOP)

    assert len(svg) < 2_000 + 90 * count


@pytest.mark.parametrize("width_px", [97, 500, 1000])
@pytest.mark.parametrize(("width", "height"), [(40, 30), (30, 40), (100, 2), (3, 90), (10, 10)])
def test_the_longer_edge_of_a_picture_is_as_asked(width, height, width_px):
    rows = pixels_of(side_png(stack(outline_layer(frame(0, 0, width, height))), Side.TOP, width_px=width_px))

    assert max(rows.shape[:2]) == pytest.approx(width_px, abs=max(1, 0.02 * width_px))
    assert (rows.shape[1] >= rows.shape[0]) == (width >= height)


@pytest.mark.parametrize("finish", FINISHES)
@pytest.mark.parametrize("colour", MASK_COLOURS)
def test_mask_copper_legend_and_finish_have_the_colours_that_were_chosen(colour, finish):
    art = copper_layer(flashes(square_pad(4), (5, 25), (20, 15)))
    words = Layer(FileRole.LEGEND, filled_box(30, 5, 36, 8), "F_Silk.gbr", Side.TOP)
    png = side_png(stack(EDGE, art, COVER, words), Side.TOP, mask_colour=colour, finish=finish)
    mask, on_copper, legend = MASK_COLOURS[colour]

    seen = at(png, 35, 25), at(png, 20, 15), at(png, 33, 6), at(png, 5, 25)
    assert seen == (mask, on_copper, legend, FINISHES[finish])


@settings(max_examples=30)
@given(x=st.floats(3, 37), y=st.floats(3, 27), side=sides)
def test_a_pad_is_seen_where_it_lies_and_not_where_it_would_be_mirrored(x, y, side):
    pad = Layer(FileRole.COPPER, flashes(square_pad(2), (x, y)), "Cu.gbr", side, 1 if side is Side.TOP else 2)
    png = side_png(stack(EDGE, pad), side, width_px=400)

    assert at(png, x, y, side=side) == look().finish
    assert abs(x - 20) < 2 or at(png, 40 - x, y, side=side) == look().laminate


@settings(max_examples=30)
@given(x=st.floats(3, 37), y=st.floats(3, 27), side=sides)
def test_a_hole_goes_through_whatever_is_there(x, y, side):
    plane = Layer(FileRole.COPPER, filled_box(0, 0, 40, 30), "Cu.gbr", side, 1)
    png = side_png(stack(EDGE, plane, drills=(drilled((x, y, 2.0)),)), side, width_px=400)

    assert at(png, x, y, side=side) is None
    assert at(png, (x + 20) % 34 + 3, y, side=side) in {look().finish, None}


@settings(max_examples=15)
@given(board=boards(), side=sides, x=st.integers(-300, 300), y=st.integers(-300, 300))
def test_where_a_board_lies_does_not_change_its_picture(board, side, x, y):
    here, there = (pixels_of(side_png(one, side, width_px=100)) for one in (board, moved(board, by=(x, y))))
    differs = (np.abs(here.astype(int) - there.astype(int)).max(axis=2) > 40).mean()

    assert here.shape == there.shape
    assert differs < 0.02


@settings(max_examples=15)
@given(board=boards())
def test_a_film_alone_has_ink_where_it_draws(board):
    png = pixels_of(layer_png(board, board.layers[1], width_px=200, colour="#112233"))
    inked = png[png[:, :, 3] == 255][:, :3]

    assert {tuple(colour) for colour in inked.tolist()} <= {(0x11, 0x22, 0x33)}


def test_a_part_covers_its_pads_and_its_first_pin_has_a_dot():
    square = np.array([[(10, 10), (20, 10), (20, 20), (10, 20)]], dtype=float)
    body = Bodies(square, np.array([[12.0, 18.0, 1.5]]))
    plain, shown = (side_png(stack(EDGE), Side.TOP, parts=parts) for parts in (Bodies(), body))

    assert at(plain, 15, 15) != at(shown, 15, 15)
    assert (at(shown, 12, 18), at(plain, 30, 5)) == ("#ffffff", at(shown, 30, 5))


class TestTheViewersData:
    """All that a browser gets is all that there is."""

    @settings(max_examples=30)
    @given(board=boards())
    def test_every_layer_comes_back_with_every_object(self, board):
        layers = Viewed(viewer_data(board, Design("amp"))).head["layers"]
        back = [Viewed(viewer_data(board, Design("amp"))).artwork(layer) for layer in layers]
        sent = [layer.artwork for layer in board.layers]

        counts = [[(len(a.flashes), len(a.draws), len(a.regions)) for a in films] for films in (back, sent)]
        assert counts[0] == counts[1]
        assert [layer["file"] for layer in layers] == [layer.file for layer in board.layers]

    @settings(max_examples=30)
    @given(board=boards())
    def test_every_place_is_right_to_the_micrometre(self, board):
        viewed = Viewed(viewer_data(board, Design("amp")))
        for said, layer in zip(viewed.head["layers"], board.layers, strict=True):
            back, sent = viewed.artwork(said), layer.artwork
            assert back.flashes.x == pytest.approx(sent.flashes.x, abs=0.001)
            assert np.sort(back.draws.ends, axis=0) == pytest.approx(np.sort(sent.draws.ends, axis=0), abs=0.001)
            assert back.regions.points == pytest.approx(sent.regions.points, abs=0.001)

    @settings(max_examples=20)
    @given(board=boards())
    def test_every_aperture_keeps_its_extent(self, board):
        viewed = Viewed(viewer_data(board, Design("amp")))
        for said, layer in zip(viewed.head["layers"], board.layers, strict=True):
            back = [aperture.box for aperture in viewed.artwork(said).apertures]
            assert back == [pytest.approx(aperture.box, abs=0.001) for aperture in layer.artwork.apertures]

    @settings(max_examples=20)
    @given(board=boards(), side=sides)
    def test_what_is_drawn_from_it_is_the_picture_of_the_board(self, board, side):
        again = Viewed(viewer_data(board, Design("amp"))).stack()
        here, there = (pixels_of(side_png(one, side, width_px=160)).astype(int) for one in (board, again))

        assert (np.abs(here - there).max(axis=2) > 40).mean() < 0.01

    @settings(max_examples=20)
    @given(names=st.lists(st.text(max_size=8), max_size=6))
    def test_parts_of_any_name_come_back(self, names):
        placed = tuple(Placement(name, Side.TOP, 1.5, 2.5, 90) for name in names)
        head = Viewed(viewer_data(stack(EDGE), Design("amp", placements=placed))).head

        assert head["parts"]["designators"] == names


FRAME = (100.0, -50.0, 140.0, -20.0)


def a_finding(box, code="x"):
    return Finding(Severity.ASK, code, "", "m", "r.", Place(box))


@settings(max_examples=60)
@given(st.lists(st.tuples(*[st.floats(-400, 400)] * 4), min_size=1, max_size=8, unique=True))
def test_every_pin_lies_within_the_picture_even_of_what_lies_beside_the_board(places):
    boxes = [(min(a, c), min(b, d), max(a, c), max(b, d)) for a, b, c, d in places]
    findings = tuple(a_finding(box, str(number)) for number, box in enumerate(boxes))
    pins = marked(Design("amp", Board(box_mm=FRAME), findings=findings))[Side.TOP]
    x, y, width, height = map(float, pins.view_box.split())

    assert [pin.number for pin in pins.pins] == list(range(1, len(boxes) + 1))
    assert all(x <= pin.x + pin.width / 2 <= x + width for pin in pins.pins)
    assert all(y <= pin.y + pin.height / 2 <= y + height for pin in pins.pins)


def test_a_pin_of_a_hole_beside_the_board_stands_at_the_nearest_edge():
    [pin] = marked(Design("amp", Board(box_mm=FRAME), findings=(a_finding((200.0, -30.0, 200.0, -30.0)),)))[
        Side.TOP
    ].pins

    assert (pin.x + pin.width / 2, pin.y + pin.height / 2) == pytest.approx((140, -40))


def test_two_strokes_that_cross_are_one_picture_without_a_hole_between():
    cross = copper_layer(strokes((10, 15, 30, 15), (20, 5, 20, 25), pen=round_pad(4)))

    assert at(side_png(stack(EDGE, cross), Side.TOP), 20, 15) == look().finish
