"""Texts of an ODB++ job are drawn on the legend with the strokes of the job's own font, and said elsewhere."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from odb_jobs_made import LAYERS, files, matrix, members

from portal.board.design import FileRole
from portal.intake.odb import read_odb
from portal.intake.odb_fonts import Font, Text, read_font

# Valor's: an I from the foot to the head of the box's drawn part, and an L.
FONT = """\
XSIZE  0.300000
YSIZE  0.300000
OFFSET 0.000000

CHAR I
LINE 0.000000 -0.100000 0.000000 0.200000 P R 0.012000
ECHAR

CHAR L
LINE -0.100000 0.200000 -0.100000 -0.100000 P R 0.012000
LINE -0.100000 -0.100000 0.100000 -0.100000 P R 0.012000
ECHAR
"""


def legend_of(records, font=FONT, units="UNITS=MM\n"):
    texts = files(sst=f"{units}$0 r150\n{records}") | {"matrix/matrix": matrix(LAYERS), "fonts/standard": font}
    [layer] = [each for each in read_odb(members(texts), name="job").stack.layers if each.role is FileRole.LEGEND]
    return layer.artwork


def ends_of(art):
    return np.round(art.draws.ends, 3).tolist()


def codes(art):
    return [finding.code for finding in art.findings]


def test_a_letter_is_its_strokes_in_a_box_at_the_place_of_the_text():
    art = legend_of("T 10 20 standard P 0 3 3 0.5 'L' 1\n")

    assert ends_of(art) == [[10, 23, 10, 20], [10, 20, 12, 20]]
    assert codes(art) == []


def test_letters_follow_each_other_by_the_width_of_a_box():
    assert ends_of(legend_of("T 10 20 standard P 0 3 3 0.5 'II' 1\n")) == [[11, 20, 11, 23], [14, 20, 14, 23]]


@pytest.mark.parametrize(("factor", "pen_mm"), [("1", 0.3048), ("0.5", 0.1524)])
def test_the_pen_is_said_in_twelfths_of_a_mil_hundred(factor, pen_mm):
    art = legend_of(f"T 10 20 standard P 0 3 3 {factor} 'I' 1\n")

    assert art.apertures[art.draws.aperture[0]].diameter_mm == pytest.approx(pen_mm)


@pytest.mark.parametrize(
    ("orientation", "head"),
    [("0", [11, 23]), ("1", [13, 19]), ("2", [9, 17]), ("3", [7, 21]), ("4", [9, 23]), ("8 90", [13, 19])],
)
def test_a_text_turns_clockwise_about_its_corner(orientation, head):
    assert ends_of(legend_of(f"T 10 20 standard P {orientation} 3 3 0.5 'I' 1\n"))[0][2:] == head


def test_a_text_in_inch_is_as_large_as_it_says():
    art = legend_of("T 1 1 standard P 0 0.1 0.1 0.5 'I' 1\n", units="U INCH\n")

    assert ends_of(art)[0][3] - ends_of(art)[0][1] == pytest.approx(2.54, abs=0.002)


def test_a_letter_that_the_font_has_not_is_a_gap():
    assert len(ends_of(legend_of("T 10 20 standard P 0 3 3 0.5 'I?I' 1\n"))) == 2


@pytest.mark.parametrize("font", [None, "", "no font", "XSIZE 0\nYSIZE 0.3\n", "XSIZE 0.3\n"])
def test_without_a_font_texts_are_said_and_not_drawn(font):
    art = legend_of("T 10 20 standard P 0 3 3 0.5 'I' 1\nP 5 5 0 P 0 0\n", font=font)

    assert (len(art.draws), codes(art)) == (0, ["odb-text"])


@pytest.mark.parametrize(
    "record", ["T 10 20 standard P 0 3 3", "T x 20 standard P 0 3 3 0.5 'I' 1", "B 10 20 x P 0 E 1"]
)
def test_a_text_that_cannot_be_read_is_said(record):
    assert codes(legend_of(f"{record}\nP 5 5 0 P 0 0\n"))[0] in {"odb-text", "odb-unread"}


def test_text_in_copper_is_said_and_not_drawn():
    texts = files(top="UNITS=MM\n$0 r150\nT 10 20 standard P 0 3 3 0.5 'I' 1\nP 5 5 0 P 0 0\n") | {
        "fonts/standard": FONT
    }
    [top, *_] = [each for each in read_odb(members(texts), name="job").stack.layers if each.role is FileRole.COPPER]

    assert (len(top.artwork.draws), codes(top.artwork)) == (0, ["odb-text"])


@given(st.text(max_size=300))
def test_any_text_is_a_font_or_none(text):
    assert isinstance(read_font(f"XSIZE 0.3\nYSIZE 0.3\n{text}"), Font)
    assert read_font(text) is None or "XSIZE" in text


@given(st.integers(0, 359), st.booleans(), st.integers(1, 30))
def test_turning_keeps_the_length_of_every_stroke(turn, mirrored, letters):
    text = Text(False, (10.0, 20.0), float(turn), mirrored, (2.0, 2.0), 0.15, "L" * letters)
    lengths = [np.hypot(x1 - x0, y1 - y0) for x0, y0, x1, y1 in read_font(FONT).strokes(text)]

    assert lengths == pytest.approx([2.0, 4 / 3] * letters)
