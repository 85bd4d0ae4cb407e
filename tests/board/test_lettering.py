"""How high printed letters are: words of any length, either way up, and all that is no word."""

import numpy as np
import pytest
from boards import at_level, codes, legend, made, pad, together, track, zone
from hypothesis import given, settings
from hypothesis import strategies as st
from letters import STROKES, word
from moved import moved_artwork, turned
from stacks import ring, round_pad, strokes

from portal.board.artwork import Artwork
from portal.board.design import Side
from portal.board.lettering import legend_heights
from portal.board.spots import Feature

HEIGHT = st.floats(0.4, 2.5).map(lambda value: round(value, 3))


def heights(*artworks):
    return legend_heights((legend(together(*artworks)),)).value.round(4).tolist()


@given(HEIGHT)
def test_a_word_is_as_high_as_its_letters_with_the_pen(height):
    assert heights(word("R8C", 5, 5, height)) == [pytest.approx(height, abs=0.001)]


@pytest.mark.parametrize("text", ["RC", "R8", "C7", "8R8", "RIC", "TR8", "CR78"])
def test_a_word_needs_two_letters_that_differ(text):
    assert heights(word(text, 5, 5, 1.0)) == [1.0]


@pytest.mark.parametrize("text", ["R", "88", "CCC", "II", "I", "--", "RI"])
def test_what_repeats_itself_or_stands_alone_is_no_word(text):
    """Outlines of equal parts in a row, ticks, dashes; and one letter beside a line proves nothing."""
    assert heights(word(text, 5, 5, 1.0)) == []


@pytest.mark.parametrize("degrees", [0, 90, 180, 270])
@settings(max_examples=10)
@given(HEIGHT)
def test_a_word_may_stand_either_way(degrees, height):
    placed = moved_artwork(word("R8C", 0, 0, height), turned(degrees), (10, 10))

    assert heights(placed) == [pytest.approx(height, abs=0.001)]


def test_a_word_set_askew_is_not_measured():
    assert heights(moved_artwork(word("R8C", 0, 0, 1), turned(30), (10, 10))) == []


@given(st.lists(HEIGHT, min_size=1, max_size=4, unique=True))
def test_each_word_has_its_own_height(each):
    words = [word("R8", 2, 2 + 4 * n, height) for n, height in enumerate(each)]

    assert heights(*words) == pytest.approx(sorted(each), abs=0.001)


def test_two_words_of_one_line_are_two_places():
    found = legend_heights((legend(together(word("R8", 2, 5, 1), word("C7", 12, 5, 1))),))

    assert (len(found), found.places) == (2, 2)


def test_the_place_is_that_of_the_word():
    [box] = legend_heights((legend(word("RC", 5, 7, 1.0)),)).box.tolist()

    assert box == pytest.approx([4.94, 6.94, 4.94 + 5 * 0.22 + 0.12, 7.94])


@pytest.mark.parametrize(
    "what",
    [
        strokes(*ring(2, 2, 3, 3), *ring(3.2, 2, 4.2, 3)),
        strokes(*ring(2, 2, 12, 8)),
        pad(5, 5),
        zone(5, 5, 6, 6),
        word("R8C", 2, 2, 5.0),
        word("R8C", 2, 2, 2.0, 0.6),
        at_level(word("R8C", 2, 2, 1.0), 1),
        Artwork(),
    ],
    ids=["two outlines", "a frame", "a dot", "a box", "a headline", "a thick pen", "letters cut out", "nothing"],
)
def test_no_word_is_seen_in(what):
    assert heights(what) == []


def test_no_layers_have_no_words():
    assert len(legend_heights(())) == 0


def test_an_outline_around_a_word_does_not_hide_it():
    assert heights(word("R8C", 5, 5, 1.0), strokes(*ring(4, 4, 9, 7))) == [1.0]


@pytest.mark.parametrize(("height", "told"), [(0.6, True), (0.79, True), (0.8, False), (1.5, False)])
def test_letters_that_nobody_could_read_are_told(height, told):
    from test_known_violations import HOUSE

    board = made(pad(15, 15), legend(word("R8C", 5, 5, height)), table=HOUSE)
    assert (codes(board) == ["fab-will-mend"]) is told
    assert board.capability == "standard"


@pytest.mark.parametrize("side", list(Side))
def test_words_of_both_sides_are_measured(side):
    found = made(pad(15, 15), legend(word("R8C", 5, 5, 0.9), side)).measured[Feature.LEGEND_HEIGHT]

    assert (found.smallest, found.file_of_worst()) == (0.9, f"legend-{side}.gbr")


def test_letters_whose_strokes_are_drawn_in_any_order_are_the_same():
    text = word("R8C", 5, 5, 1.0)
    order = np.random.default_rng(1).permutation(len(text.draws))
    ends = text.draws.ends[order]
    backwards = strokes(*ends[:, [2, 3, 0, 1]].tolist(), pen=round_pad(0.12))

    assert heights(backwards) == heights(text) == [1.0]


@pytest.mark.parametrize("letter", STROKES)
def test_a_letter_alone_is_not_measured(letter):
    assert heights(word(letter, 5, 5, 1.0), track(15, 15, 16, 15, 0.12)) == []
