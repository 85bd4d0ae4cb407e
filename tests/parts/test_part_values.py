"""What people write for the value of a resistor or a capacitor, and what it is."""

from decimal import Decimal

import pytest

from portal.parts.values import value_of


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("10k", "10000"),
        ("4k7", "4700"),
        ("4.7k", "4700"),
        ("4.7 kΩ", "4700"),
        ("4.7 kOhm", "4700"),
        ("2R2", "2.2"),
        ("0R05", "0.05"),
        ("10R", "10"),
        ("100", "100"),
        ("1M", "1000000"),
        ("3M3", "3300000"),
        ("5m", "0.005"),
        ("100nF", "1E-7"),
        ("100n", "1E-7"),
        ("0.1uF", "1E-7"),
        ("0.1µF", "1E-7"),
        ("0.1μF", "1E-7"),  # the Greek letter, not the micro sign
        ("22pF", "22E-12"),
        ("100N", "1E-7"),
        ("1G", "1E9"),
        ("1G5", "15E8"),
        ("10K", "10000"),
        ("4K7", "4700"),
        ("100NF", "1E-7"),
        ("1UF", "1E-6"),
        ("470mH", "0.47"),
        ("4u7", "47E-7"),
        ("100n/50V", "1E-7"),
        ("100nF 50V X7R", "1E-7"),
    ],
)
def test_a_value_is_read_as_it_is_written(text, value):
    assert value_of(text) == Decimal(value)


@pytest.mark.parametrize(
    "text", ["", "LM393", "1%", "0R", "0", "DNP", "10kk", "k", "4k7n", "USB-C", "1N4148", "2N2222", "-5"]
)
def test_what_is_no_value_is_not_guessed_at(text):
    assert value_of(text) is None


def test_the_same_value_in_two_spellings_is_the_same():
    assert value_of("0.1uF") == value_of("100nF") == value_of("100000pF")
