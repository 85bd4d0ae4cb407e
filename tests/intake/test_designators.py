"""Designators as they stand in customers' cells."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.intake.designators import (
    LONGEST_RANGE,
    MOST_IN_A_CELL,
    is_designator,
    latin,
    looks_like_designators,
    read_designators,
)

names = st.builds("{}{}".format, st.sampled_from(["R", "C", "LED", "TP", "C3L"]), st.integers(1, 9_999))


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("R1", "R1"),
        ("R1, R2,R3", "R1 R2 R3"),
        ("R1;R2\nR3", "R1 R2 R3"),
        ("C1 C2", "C1 C2"),
        ("R1，R2、R3", "R1 R2 R3"),
        ("Ｒ１", "R1"),
        ("R1,\u200bR2", "R1 R2"),
        ("A4, ", "A4"),
        ("C24/C34", "C24 C34"),
        ("HS1 Q1#2", "HS1 Q1#2"),
        ("C3L2,R2C6", "C3L2 R2C6"),
        ("USB_1", "USB_1"),
        ("?1", "?1"),
        ("ATTINY841", "ATTINY841"),
        ("Modem", "Modem"),
        ("R1, R1", "R1"),
        ("R1,2,5", "R1 R2 R5"),
        ("R1, 2, 5-7, C1", "R1 R2 R5 R6 R7 C1"),
        ("R1+R2", "R1 R2"),
        ("R1 & R2", "R1 R2"),
        ("C1, C2 und C3", "C1 C2 C3"),
        ("C1 et C2", "C1 C2"),
        ("R1, R2和R3", "R1 R2 R3"),
        ("[R1, R2]", "R1 R2"),
        ("R1-R2-R5", "R1 R2 R5"),
        ("R 1, R 2", "R1 R2"),
        ("3,2mm1", "3,2mm1"),
        ("U$1, U$2", "U$1 U$2"),
        ("R5 (DNP), R6", "R5 R6"),
        ("R5*, R6", "R5 R6"),
        ("VIN, 3V3_OUT, V+", "VIN 3V3_OUT V+"),
        ("", ""),
    ],
)
def test_lists_are_taken_apart(cell, expected):
    assert read_designators(cell).names == tuple(expected.split())


@pytest.mark.parametrize(
    "cell",
    ["R1-R4", "R1-4", "R1 - R4", "R1 -R4", "R1..R4", "R1…R4", "R1~R4", "R1–R4", "R1 to R4", "R1 bis R4", "R1 à R4"],
)
def test_ranges_are_expanded(cell):
    assert read_designators(cell).names == ("R1", "R2", "R3", "R4")


@pytest.mark.parametrize(("cell", "last"), [("C1:C4", "C4"), ("R1 -> R4", "R4"), ("R1 → R4", "R4"), ("R01-R04", "R04")])
def test_ranges_are_also_drawn_with_colons_and_arrows_and_keep_their_zeros(cell, last):
    assert len(read_designators(cell).names) == 4
    assert read_designators(cell).names[-1] == last


def test_a_colon_before_a_bare_number_is_no_range():
    assert read_designators("R1:4").names == ("R1:4",)


def test_what_stands_in_brackets_behind_a_designator_is_kept_with_it():
    assert read_designators("R5 (DNP), R6, R7*").noted == (("R5", "DNP"), ("R7", "*"))


@pytest.mark.parametrize("cell", ["R10-1", "J1A-J1B", "R4-R1", "R1-C4", "X-1"])
def test_a_hyphen_in_a_name_is_no_range(cell):
    assert read_designators(cell).names == (cell,)


def test_a_range_may_stand_among_others():
    assert read_designators("R1 R3-R5, R9").names == ("R1", "R3", "R4", "R5", "R9")


@pytest.mark.parametrize(
    ("quantity", "expected"), [(3, ("R1", "R2", "R3")), (1, ("R1-3",)), (None, ("R1", "R2", "R3"))]
)
def test_the_quantity_settles_whether_a_hyphen_is_a_range(quantity, expected):
    assert read_designators("R1-3", quantity).names == expected


@pytest.mark.parametrize(
    ("cell", "quantity", "expected"),
    [
        ("C1A-C1D", 4, "C1A C1B C1C C1D"),
        ("C1A - C1C", 3, "C1A C1B C1C"),
        ("C1A..D", 4, "C1A C1B C1C C1D"),
        ("R1, C1A to C1B", 3, "R1 C1A C1B"),
        ("J1A-J1B", 1, "J1A-J1B"),
        ("J1A-J1B", None, "J1A-J1B"),
        ("C1D-C1A", 4, "C1D-C1A"),
        ("C1A-C2B", 2, "C1A-C2B"),
        ("C1A-", 1, "C1A-"),
    ],
)
def test_letters_behind_a_number_are_a_range_only_where_the_quantity_counts_them(cell, quantity, expected):
    assert read_designators(cell, quantity).names == tuple(expected.split())


@pytest.mark.parametrize(
    "cell", ["Mating wire connectors", "Connector/11 pin male header", "3", "PCB (bare)", "<b>R1</b>"]
)
def test_what_is_no_designator_is_said(cell):
    found = read_designators(cell)

    assert found.names == ()
    assert found.unreadable


def test_a_range_that_no_board_has_is_not_expanded():
    found = read_designators("R1-R999999999")

    assert found.names == ()
    assert found.has_long_range


def test_a_cell_of_many_ranges_is_bounded():
    found = read_designators(",".join(f"R{block}000-R{block}999" for block in range(1, 60)))

    assert len(found.names) == MOST_IN_A_CELL
    assert found.has_long_range


@pytest.mark.parametrize(("cell", "name"), [("С1", "C1"), ("Т5", "T5"), ("ВТ1", "BT1")])
def test_cyrillic_letters_that_look_latin_are_replaced_and_said(cell, name):
    found = read_designators(cell)

    assert found.names == (name,)
    assert found.repaired == (cell,)


def test_a_name_in_another_alphabet_stays():
    assert latin("Ж1") == "Ж1"


@pytest.mark.parametrize("text", ["R1", "LED12", "C3L2", "J1A", "TP1_2"])
def test_ordinary_designators_look_ordinary(text):
    assert is_designator(text)


@pytest.mark.parametrize(
    "text", ["R", "10k", "0603", "RESISTOR1", "4.7uF", "", "R1,R2", "MAX-", "GRM21BR61E475KA12LXXXXXXX"]
)
def test_values_and_words_do_not_look_like_designators(text):
    assert not is_designator(text)


@pytest.mark.parametrize(("cell", "does"), [("R1, R2-R5", True), ("10k", False), ("100nF 50V", False), ("", False)])
def test_a_column_of_designators_is_known_by_its_cells(cell, does):
    assert looks_like_designators(cell) is does


@given(st.lists(names, min_size=1, max_size=20, unique=True), st.sampled_from([",", ", ", ";", " ", "\n", "、"]))
def test_a_list_reads_back_whatever_parts_it(listed, separator):
    assert read_designators(separator.join(listed)).names == tuple(listed)


@given(st.integers(1, 500), st.integers(1, LONGEST_RANGE - 1))
def test_a_range_has_as_many_as_it_says(first, more):
    assert len(read_designators(f"R{first}-R{first + more}").names) == more + 1


@given(st.text(max_size=300), st.none() | st.integers(0, 50))
def test_no_text_breaks_the_scanner(cell, quantity):
    found = read_designators(cell, quantity)

    assert len(found.names) == len(set(found.names)) <= MOST_IN_A_CELL


@given(st.text("R1-~.… to,", max_size=200))
def test_heaps_of_range_signs_do_no_harm(cell):
    assert len(read_designators(cell).names) <= MOST_IN_A_CELL


def test_a_mark_before_the_names_is_no_part_of_them():
    assert read_designators("> J1-J3").names == ("J1", "J2", "J3")
    assert read_designators("> C3, > C4").names == ("C3", "C4")


@pytest.mark.parametrize(
    ("cell", "count"),
    [("D15..D20+D99", 7), ("C22..C24/C99", 4), ("U40:U42 / U99", 4), ("C14至C21", 8), ("R1 / R2 / R3", 3)],
)
def test_ranges_and_lists_may_be_mixed_with_any_sign(cell, count):
    found = read_designators(cell)

    assert (len(found.names), found.unreadable) == (count, ())


@pytest.mark.parametrize("cell", ["R1:C4", "U1+Y?1/U2", "C5:R2/Q1"])
def test_two_names_with_an_unknown_sign_between_are_no_one_part(cell):
    found = read_designators(cell)

    assert cell not in found.names
