"""Every layer alone: each has its name and its file, from the top of the board to its bottom, and the holes."""

import io

import numpy as np
import pytest
from boards import legend, mask, pad, paste, track
from PIL import Image
from stacks import copper_layer, drilled, flashes, frame, outline_layer, round_pad, stack

from portal.board.artwork import Artwork, Flashes
from portal.board.colours import FILMS, HOLES
from portal.board.design import FileRole, Side
from portal.board.films import MOST_FILMS, film_name, films
from portal.board.stack import Layer

EDGE = outline_layer(frame(0, 0, 20, 10))
BOTTOM = Layer(FileRole.COPPER, track(2, 2, 18, 2), "back.gbr", Side.BOTTOM, 2)
TOP = Layer(FileRole.COPPER, pad(5, 5, 2.0), "front.gbr", Side.TOP, 1)
WHOLE = stack(
    EDGE,
    BOTTOM,
    mask(pad(5, 5, 2.2), Side.BOTTOM),
    TOP,
    mask(pad(5, 5, 2.2)),
    paste(pad(5, 5)),
    legend(track(1, 9, 6, 9)),
    drills=(drilled((5, 5, 1.0)),),
)


def seen(film):
    return Image.open(io.BytesIO(film.png)).convert("RGBA")


def at(film, x, y):
    """The colour at a place in millimetres; None where there is nothing. The view ends 1 mm around the board."""
    image = seen(film)
    scale = image.width / 22
    red, green, blue, cover = image.getpixel((int((x + 1) * scale), int((11 - y) * scale)))
    return f"#{red:02x}{green:02x}{blue:02x}" if cover == 255 else None


def test_copper_comes_first_and_the_holes_last_each_from_the_top():
    names = [film.name for film in films(WHOLE)]

    assert names[:4] == ["Copper L1 top", "Copper L2 bottom", "Solder mask top", "Solder mask bottom"]
    assert names[4:] == ["Paste top", "Legend top", "Outline", "Holes"]


def test_each_film_says_whose_file_it_is():
    assert {film.name: film.file for film in films(WHOLE)}["Copper L2 bottom"] == "back.gbr"


def test_a_film_shows_its_own_ink_and_the_edge_of_the_board():
    front, back, *_ = films(WHOLE)

    assert (at(front, 5, 5), at(front, 10, 2), at(back, 10, 2)) == (
        FILMS[FileRole.COPPER],
        None,
        FILMS[FileRole.COPPER],
    )
    assert seen(front).getpixel((seen(front).width // 2, round(seen(front).width / 22)))[3] > 0


def test_the_holes_of_all_files_are_one_film():
    *_, drilled_film = films(WHOLE)

    assert (drilled_film.file, at(drilled_film, 5, 5), at(drilled_film, 10, 5)) == ("", HOLES, None)


def test_all_films_of_a_board_have_one_size_and_lie_on_each_other():
    assert len({seen(film).size for film in films(WHOLE, width_px=300)}) == 1


def test_an_upright_board_is_no_larger_than_a_lying_one():
    upright = stack(outline_layer(frame(0, 0, 10, 40)), copper_layer(pad(5, 5)))

    assert max(seen(films(upright, width_px=300)[0]).size) == pytest.approx(300, abs=1)


def test_without_an_edge_and_without_holes_there_are_the_films_alone():
    assert [film.name for film in films(stack(TOP))] == ["Copper L1 top"]
    assert films(stack()) == ()


def test_holes_alone_have_no_frame_to_be_shown_in():
    assert films(stack(drills=(drilled((5, 5, 1.0)),))) == ()


def test_a_layer_with_far_too_much_is_left_out_and_so_are_layers_beyond_count():
    many = np.zeros(2_100_000)
    crowd = Artwork((round_pad(1),), Flashes(many, many, many.astype(int), many.astype(int)))
    inner = [Layer(FileRole.COPPER, pad(5, 5), f"in{n}.gbr", None, n) for n in range(1, MOST_FILMS + 5)]

    assert films(stack(EDGE, copper_layer(crowd)))[0].name == "Outline"
    assert len(films(stack(*inner), width_px=10)) == MOST_FILMS


@pytest.mark.parametrize(
    ("layer", "name"),
    [
        (Layer(FileRole.COPPER, flashes(round_pad(1), (0, 0)), "a"), "Copper"),
        (Layer(FileRole.COPPER, flashes(round_pad(1), (0, 0)), "a", None, 3), "Copper L3"),
        (Layer(FileRole.PASTE, flashes(round_pad(1), (0, 0)), "a", Side.BOTTOM), "Paste bottom"),
    ],
)
def test_what_is_not_known_of_a_layer_is_not_in_its_name(layer, name):
    assert film_name(layer) == name
