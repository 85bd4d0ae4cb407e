"""The words and the modal state of plotters and drills, read as arrays."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.intake.modal import Events, events, pairs, standing
from portal.intake.words import TooManyDigits, Words, words


def read(text: str) -> Words:
    return words(text.encode(), end=b"*")


def spelled(found: Words) -> list[tuple[str, float]]:
    return [(chr(letter), value) for letter, value in zip(found.letter.tolist(), found.value.tolist(), strict=True)]


def test_a_statement_is_letters_with_numbers():
    assert spelled(read("G01X100Y-200D01*")) == [("G", 1), ("X", 100), ("Y", -200), ("D", 1)]


def test_every_word_knows_its_statement():
    found = read("X1*Y2*X3Y4*")

    assert found.statement.tolist() == [0, 1, 2, 2]
    assert found.statements == 4  # the last one is empty


def test_digits_are_counted_without_sign_and_point():
    found = read("X001Y-0200I+1.50J.5*")

    assert found.digits.tolist() == [3, 4, 3, 1]
    assert found.dotted.tolist() == [False, False, True, True]


@pytest.mark.parametrize("text", ["X1 Y2*", "X 1Y 2*", "X1\nY2*", "X1\r\nY2*", "\tX1Y2*"])
def test_blanks_are_nothing(text):
    assert spelled(read(text)) == [("X", 1), ("Y", 2)]


@pytest.mark.parametrize("blanks", ["\n", "\r\n", " ", "\n\n", "\t \r\n", ""])
def test_blanks_between_statements_are_nothing_whatever_they_are(blanks):
    found = read(f"{blanks}X1Y2*{blanks}D03*{blanks}")

    assert (spelled(found), found.statements) == ([("X", 1), ("Y", 2), ("D", 3)], 3)


@pytest.mark.parametrize("text", ["X1*5\nX 2*", "X1*\n.\nX2*", "X1*\n5X2*"])
def test_what_stands_among_the_blanks_between_statements_is_not_lost(text):
    assert read(text).unread == 1


def test_a_letter_that_is_not_there_is_nowhere():
    found = read("X1Y2*")

    assert (found.where("Z").tolist(), found.statements_with("Z").tolist()) == ([], [])


def test_words_of_one_letter_know_their_statements():
    assert read("X1Y2*Y3*X4*").statements_with("X").tolist() == [0, 2]


@pytest.mark.parametrize(
    "bad", ["hello", "X", "XY1", "1X", "X1-", "X--1", "X1.2.3", "X1..2", "X-", "x1", "X1,5", "X1é", "X.", "-1"]
)
def test_a_statement_that_is_anything_else_is_left_out_whole(bad):
    found = read(f"X1*{bad}*Y2*")

    assert spelled(found) == [("X", 1), ("Y", 2)]
    assert (found.unread, found.statements) == (1, 4)


def test_statements_keep_their_numbers_where_one_is_left_out():
    assert read("X1*bad*Y2*").statement.tolist() == [0, 2]


def test_nothing_has_no_words():
    assert (spelled(read("")), spelled(read("***")), spelled(read("  \n"))) == ([], [], [])


def test_fifteen_digits_are_the_most():
    assert read("X123456789012345*").value.tolist() == [123456789012345]
    with pytest.raises(TooManyDigits):
        read("X1234567890123456*")


@pytest.mark.parametrize(("text", "points"), [("X1Y2*", False), ("X1.0Y2*", True), ("X1Y2*C0.8*", False)])
def test_only_coordinates_with_points_mean_that_numbers_are_whole_units(text, points):
    assert read(text).writes_points is points


def test_words_of_one_letter_are_found():
    assert read("X1Y2*X3*").where("X").tolist() == [0, 2]


line = st.lists(st.tuples(st.sampled_from("GXYIJDTM"), st.integers(-(10**8), 10**8)), min_size=1, max_size=5)


@given(st.lists(line, max_size=20))
def test_what_was_written_is_read(lines):
    text = "".join("".join(f"{letter}{value}" for letter, value in one) + "*" for one in lines)

    assert spelled(read(text)) == [(letter, float(value)) for one in lines for letter, value in one]


@given(st.lists(st.decimals(-1000, 1000, places=4), min_size=1, max_size=20))
def test_numbers_with_points_are_read_exactly(values):
    found = read("".join(f"X{value:f}*" for value in values))

    assert found.value.tolist() == [float(value) for value in values]


@given(st.text("XYD0123456789.-+ *\né", max_size=60))
def test_any_text_is_words_and_what_was_left_out(text):
    try:
        found = read(text)
    except TooManyDigits:
        return

    assert len(found.letter) == len(found.value) == len(found.digits) == len(found.statement)
    assert found.unread <= found.statements == text.count("*") + 1


def test_before_the_first_event_the_default_holds():
    assert Events(np.array([3]), np.array([36.0])).at(np.array([0, 2, 3, 9]), 37).tolist() == [37, 37, 36, 36]


def test_of_two_events_in_one_statement_the_last_holds():
    assert events(read("G01G03*"), "G", (1, 2, 3)).at(np.array([0]), 0).tolist() == [3]


def test_other_codes_of_the_same_letter_are_no_events():
    assert events(read("G36*G01*G37*"), "G", (36, 37)).value.tolist() == [36, 37]


@given(st.lists(st.sampled_from(["G36", "G37", "X1", ""]), min_size=1, max_size=12))
def test_the_value_everywhere_is_the_value_at_each_statement(statements):
    found = read("*".join(statements))
    changes = events(found, "G", (36, 37))

    everywhere = changes.everywhere(found.statements, 37)
    assert everywhere.tolist() == changes.at(np.arange(found.statements), 37).tolist()


def test_no_changes_are_no_events():
    assert pairs([]).at(np.array([0, 5]), 1.0).tolist() == [1, 1]


def known(*values: float | None) -> np.ndarray:
    return np.array([np.nan if value is None else value for value in values])


@pytest.mark.parametrize(
    ("written", "steps", "stands"),
    [
        ((1, None, 2), (), [1, 1, 2]),
        ((None, None, 2), (), [0, 0, 2]),
        ((1, 1, 1), (0, 1, 2), [1, 2, 3]),
        ((5, 1, 1), (1, 2), [5, 6, 7]),
        ((5, 1, None, 9, 1), (1, 4), [5, 6, 6, 9, 10]),
        ((1, None, 1), (0, 1, 2), [1, 1, 2]),
    ],
)
def test_where_an_axis_stands(written, steps, stands):
    incremental = np.isin(np.arange(len(written)), steps)

    assert standing(known(*written), incremental).tolist() == stands


@given(st.lists(st.integers(-1000, 1000), min_size=1, max_size=30))
def test_steps_add_up_to_the_places(places):
    steps = np.diff([0, *places])

    assert standing(steps.astype(float), np.ones(len(places), dtype=bool)).tolist() == places
