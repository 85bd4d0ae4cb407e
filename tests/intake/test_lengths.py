"""Numbers, lengths and angles as CAD tools write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.intake.lengths import read_angle, read_length, read_number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("5.00", 5.0),
        ("5,000", 5.0),
        ("-97.5", -97.5),
        ("−3", -3.0),
        ("+12", 12.0),
        ("1.234,5", 1234.5),
        ("1,234.5", 1234.5),
        ("１２", 12.0),
        (" 0.1969 ", 0.1969),
        ("1e3", 1000.0),
    ],
)
def test_numbers_are_read_with_point_or_comma(text, number):
    assert read_number(text) == number


@pytest.mark.parametrize(
    "text", ["", "NaN", "inf", "-inf", "1e309", "--", "abc", "1_000", "1.2.3", "28.84   0", "99999999999", "5mm"]
)
def test_what_is_no_finite_number_is_none(text):
    assert read_number(text) is None


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("5.00mm", (5.0, "mm")),
        ("393.7mil", (393.7, "mil")),
        ("393.7 mils", (393.7, "mil")),
        ("0.7874in", (0.7874, "inch")),
        ('0.5"', (0.5, "inch")),
        ("12thou", (12.0, "mil")),
        ("7", (7.0, None)),
    ],
)
def test_a_length_keeps_its_unit(text, length):
    assert read_length(text) == length


@pytest.mark.parametrize("text", ["5 apples", "mm", "", "NaNmm", "5mmm"])
def test_what_is_no_length_is_none(text):
    assert read_length(text) is None


@pytest.mark.parametrize(
    ("text", "angle"),
    [
        ("90", (90.0, False)),
        ("360", (0.0, False)),
        ("-90", (270.0, False)),
        ("450.00", (90.0, False)),
        ("90°", (90.0, False)),
        ("R270", (270.0, False)),
        ("MR90", (90.0, True)),
        ("90,0", (90.0, False)),
    ],
)
def test_angles_come_into_one_turn(text, angle):
    assert read_angle(text) == angle


@pytest.mark.parametrize("text", ["", "north", "NaN", "M"])
def test_what_is_no_angle_is_none(text):
    assert read_angle(text) is None


@given(st.floats(-1e6, 1e6).map(lambda number: round(number, 4)))
def test_what_is_written_is_read(number):
    assert read_number(f"{number:.4f}") == number


@given(st.text(max_size=60))
def test_every_angle_lies_within_one_turn(text):
    angle = read_angle(text)

    assert angle is None or 0 <= angle[0] < 360
