"""Properties of parts by name in our words, and equal parts on one line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.board.design import Alternate
from portal.intake.native_parts import LONGEST_TEXT, Part, in_our_words, is_left_off, lines_of, said


@pytest.mark.parametrize("text", ["", " ", "?", "??", "~", "*", "-", "n/a", "N/A", "None", " undefined "])
def test_text_that_stands_for_nothing_says_nothing(text):
    assert said(text) == ""


@pytest.mark.parametrize(
    ("text", "clean"), [("10k", "10k"), ("  10k\t1% ", "10k 1%"), ("a\nb", "a b"), ("0", "0"), ("-5V", "-5V")]
)
def test_text_is_kept_without_spare_spaces(text, clean):
    assert said(text) == clean


def test_text_of_pages_is_cut():
    assert len(said("x" * 5_000)) == LONGEST_TEXT


@pytest.mark.parametrize(
    ("names", "word"),
    [
        (("MPN", "Mpn", "Manufacturer_Part_Number", "MANUFACTURER PART NUMBER", "mfr_part_no"), "mpn"),
        (("Manufacturer", "MFR", "Manufacturer_Name"), "manufacturer"),
        (("Value", "VALUE", "value"), "value"),
        (("Description", "DESCRIPTION"), "description"),
        (("Package", "Footprint", "FOOTPRINT"), "package"),
    ],
)
def test_a_property_is_known_by_many_names(names, word):
    assert [in_our_words([(name, "X1")]) for name in names] == [{word: "X1"}] * len(names)


@pytest.mark.parametrize("name", ["", "Sim.Device", "HARD_LOCATION", "SIGNAL_MODEL", "ID", "Datasheet", "x" * 500])
def test_other_properties_are_no_words_of_ours(name):
    assert in_our_words([(name, "X1")]) == {}


def test_the_first_of_equal_names_counts():
    assert in_our_words([("MPN", "A"), ("MPN", "B")]) == {"mpn": "A"}


def test_a_property_that_stands_for_nothing_leaves_the_next_one_its_word():
    assert in_our_words([("MPN", "?"), ("Manufacturer_Part_Number", "LM358")]) == {"mpn": "LM358"}


@pytest.mark.parametrize(
    ("texts", "left_off"),
    [
        ({"value": "DNP"}, True),
        ({"description": "do not populate"}, True),
        ({"value": "10k"}, False),
        ({"mpn": "DNP"}, False),
        ({}, False),
    ],
)
def test_a_value_or_a_description_may_leave_a_part_off(texts, left_off):
    assert is_left_off(texts) is left_off


def part(name, **texts):
    return Part(name, texts)


def test_equal_parts_are_one_line_in_the_order_of_the_file():
    lines = lines_of([part("R2", value="10k"), part("C1", value="1u"), part("R1", value="10k")])

    assert [(line.row, line.designators) for line in lines] == [(1, ("R2", "R1")), (2, ("C1",))]


@pytest.mark.parametrize(
    "other",
    [
        Part("R2", {"value": "10k"}, not_fitted=True),
        Part("R2", {"value": "10k"}, alternates=(Alternate("RC0603", ""),)),
        Part("R2", {"value": "10k", "package": "0402"}),
        Part("R2", {"value": "10K"}),
    ],
)
def test_parts_that_differ_in_anything_are_lines_of_their_own(other):
    assert len(lines_of([part("R1", value="10k"), other])) == 2


@given(values=st.lists(st.sampled_from(["10k", "1u", "LM358"]), max_size=20))
def test_every_part_is_on_exactly_one_line(values):
    lines = lines_of(part(f"X{at}", value=value) for at, value in enumerate(values))

    assert sorted(name for line in lines for name in line.designators) == sorted(f"X{at}" for at in range(len(values)))
    assert [line.value for line in lines] == list(dict.fromkeys(values))
