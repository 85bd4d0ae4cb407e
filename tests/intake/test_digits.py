"""Whole numbers read eight digits at a stroke, and the careful way that takes over where that cannot be."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.intake.digits import NotWhole, whole_numbers
from portal.intake.words import TooManyDigits, _careful, _plain, words

signed = st.tuples(st.sampled_from(["", "+", "-"]), st.text("0123456789", min_size=1, max_size=15)).map("".join)
word = st.tuples(st.sampled_from("XYIJDGM"), signed).map("".join)
statements = st.lists(st.lists(word, max_size=4).map("".join), min_size=1, max_size=8)


def read(*numbers: str) -> list[float]:
    text = "".join(f"X{number}" for number in numbers)
    at = np.array([index + 1 for index, letter in enumerate(text) if letter == "X"])
    length = np.diff(np.append(at, len(text) + 1)) - 1
    return whole_numbers(text.encode(), at, length)[0].tolist()


@given(st.lists(signed, min_size=1, max_size=20))
def test_numbers_are_those_that_python_reads(numbers):
    assert read(*numbers) == [float(int(number)) for number in numbers]


def test_more_numbers_than_are_read_at_once_are_all_read():
    numbers = [str(number * 7_919) for number in range(10_000)]

    assert read(*numbers) == [float(number) for number in numbers]


def test_sixteen_digits_are_as_many_as_two_words_hold():
    assert read("1234567812345678") == [1234567812345678.0]
    with pytest.raises(NotWhole):
        read("12345678123456781")


@pytest.mark.parametrize(
    "number", ["", "-", "+", "1.5", "--1", "1-", "1 2", "0x1", "12345678a", "a2345678", "1\xff", "/", ":"]
)
def test_what_is_no_whole_number_is_not_read(number):
    with pytest.raises(NotWhole):
        read(number)


def test_digits_are_counted_without_the_sign():
    _, digits = whole_numbers(b"-0012", np.array([0]), np.array([5]))

    assert digits.tolist() == [4]


@given(statements)
def test_both_ways_read_the_same(parts):
    stream = ("".join(f"{part}*" for part in parts) + "M02*").encode()
    short, careful = _plain(stream, ord("*")), _careful(stream, ord("*"))

    for name in ("letter", "value", "digits", "dotted", "statement"):
        assert getattr(short, name).tolist() == getattr(careful, name).tolist(), name
    assert (short.statements, short.unread) == (careful.statements, careful.unread)


@pytest.mark.parametrize("stream", [b"X1.5Y2*", b"5X1*", b"X1*junk*", b"X1Y*", b"[1*", b"", b"*", b"x1*"])
def test_what_is_not_plain_goes_the_careful_way(stream):
    with pytest.raises(NotWhole):
        _plain(stream, ord("*"))


def test_a_statement_that_means_nothing_is_counted_and_the_others_are_read():
    found = words(b"X1*what?*Y2*", end=b"*")

    assert (found.value.tolist(), found.unread) == ([1.0, 2.0], 1)


def test_a_point_anywhere_keeps_all_numbers():
    found = words(b"X1.5Y-2*X300*", end=b"*")

    assert found.value.tolist() == [1.5, -2.0, 300.0]
    assert found.dotted.tolist() == [True, False, False]


@pytest.mark.parametrize("number", ["1" * 16, "1" * 40, "1" * 16 + ".5"])
def test_a_number_of_too_many_digits_is_told_from_junk(number):
    with pytest.raises(TooManyDigits):
        words(f"X{number}*".encode(), end=b"*")


def test_blanks_between_letters_and_digits_are_no_part_of_a_number():
    assert words(b"X 1 0\r\nY\t2*\n", end=b"*").value.tolist() == [10.0, 2.0]


def test_where_lines_end_statements_a_line_end_is_no_blank():
    found = words(b"X1\nY2\n", end=b"\n")

    assert found.statement.tolist() == [0, 1]
