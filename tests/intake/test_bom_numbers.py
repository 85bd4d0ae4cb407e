"""Part numbers under several headings that only the customer can tell apart: he is asked, and none is guessed."""

import pytest
from workbooks import csv_of

from portal.intake.bom import BomReading, read_bom


def read(*rows) -> BomReading:
    return read_bom("bom.csv", csv_of(*rows))


def codes(reading: BomReading) -> list[str]:
    return [finding.code for finding in reading.findings]


MODES = ("Designator", "Qty", "Part Number_DiffMode", "Part Number_SingleMode")
NUMBERS = (("R1", "1", "RC0603FR-0710KL", "RC0603FR-0722KL"), ("C1", "1", "GRM188R71C104KA01D", ""))


def test_part_numbers_of_two_variants_are_asked_about_and_none_is_taken():
    reading = read(MODES, *NUMBERS)

    assert [line.mpn for line in reading.lines] == ["", ""]
    assert codes(reading) == ["bom-several-numbers"]
    assert "(Part Number_DiffMode, Part Number_SingleMode); none was read" in reading.findings[0].message
    assert reading.is_unsure


def test_beside_a_plain_column_of_part_numbers_it_is_said_which_was_read():
    reading = read((*MODES, "MPN"), *((*row, "ERJ-3EKF1002V") for row in NUMBERS))

    assert [line.mpn for line in reading.lines] == ["ERJ-3EKF1002V"] * 2
    assert "only MPN was read" in reading.findings[0].message


def test_one_column_of_part_numbers_under_an_odd_heading_is_asked_about():
    assert codes(read(("Designator", "Qty", "EU MPN"), *(row[:3] for row in NUMBERS))) == ["bom-several-numbers"]


def test_a_further_column_beside_the_part_numbers_is_no_question():
    assert codes(read(("Designator", "Qty", "MPN", "Comp MPN"), *NUMBERS)) == []


@pytest.mark.parametrize(
    "heading",
    ["Internal Part Number", "SAP Part Number", "3D Model", "Simulation Model", "HS Code", "Old MPN", "Notes"],
)
def test_a_houses_own_number_is_none_that_anybody_sells(heading):
    assert codes(read(("Designator", "Qty", heading), *(row[:3] for row in NUMBERS))) == []


def test_words_under_such_a_heading_are_no_part_numbers():
    assert codes(read(("Designator", "Qty", "MPN source"), ("R1", "1", "the usual one"), ("R2", "1", "any"))) == []
