"""Parts that may stand in for the first: in one cell, in further columns, in further rows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from workbooks import csv_of

from portal.board.design import Alternate
from portal.intake.alternates import MOST_ALTERNATES, of_cells, split
from portal.intake.bom import BomReading, read_bom

YAGEO, VISHAY, KOA = ("Yageo", "RC0603FR-0710KL"), ("Vishay", "CRCW060310K0FKEA"), ("KOA", "RK73H1JTTD1002F")
HEADINGS = ("Designator", "Qty", "Value", "Footprint", "Manufacturer", "MPN")
FIRST = ("R1,R2", "2", "10k", "0603", *YAGEO)


def read(*rows) -> BomReading:
    return read_bom("bom.csv", csv_of(*rows))


def parts(reading: BomReading) -> list[tuple[str, str]]:
    """The first line's parts, the one that is quoted first."""
    line = reading.lines[0]
    return [(line.manufacturer, line.mpn), *((other.manufacturer, other.mpn) for other in line.alternates)]


def codes(reading: BomReading) -> list[str]:
    return [finding.code for finding in reading.findings]


@pytest.mark.parametrize(
    ("makers", "numbers"),
    [
        ("Yageo / Vishay", "RC0603FR-0710KL / CRCW060310K0FKEA"),
        ("Yageo\nVishay", "RC0603FR-0710KL\nCRCW060310K0FKEA"),
        ("Yageo\nVishay", "RC0603FR-0710KL\nor CRCW060310K0FKEA"),
        ("Yageo~Vishay", "RC0603FR-0710KL~CRCW060310K0FKEA"),
        ("Yageo;Vishay", "RC0603FR-0710KL;CRCW060310K0FKEA"),
        ("Yageo, Vishay", "RC0603FR-0710KL, CRCW060310K0FKEA"),
        ("Yageo 或 Vishay", "RC0603FR-0710KL 或 CRCW060310K0FKEA"),
        ("Yageo oder Vishay", "RC0603FR-0710KL oder CRCW060310K0FKEA"),
    ],
)
def test_several_parts_in_one_cell_go_with_their_makers(makers, numbers):
    reading = read(HEADINGS, ("R1", "1", "10k", "0603", makers, numbers))

    assert parts(reading) == [YAGEO, VISHAY]
    assert codes(reading) == ["bom-alternates"]


def test_one_maker_of_two_numbers_is_known_for_the_first_alone():
    reading = read(HEADINGS, ("R1", "1", "10k", "0603", "Yageo", "RC0603FR-0710KL / CRCW060310K0FKEA"))

    assert parts(reading) == [YAGEO, ("", "CRCW060310K0FKEA")]


@pytest.mark.parametrize(
    "number", ["CR-1220/HFN", "PRTR5V0U2F,115", "LM358DR", "MIC5219-3.3YM5 TR", "2x3 header, black"]
)
def test_one_number_with_signs_in_it_is_one_part(number):
    assert read(HEADINGS, ("U1", "1", "x", "y", "Kyocera / AVX", number)).lines[0].alternates == ()


@pytest.mark.parametrize(
    "further",
    [
        ("Manufacturer 2", "MPN 2"),
        ("MFG2", "MP_N2"),
        ("Manufacturer2", "Manufacturer Part Number 2"),
        ("Alternate Manufacturer", "Alternate MPN"),
        ("Manufacturer (2nd source)", "MPN (2nd source)"),
        ("Alt. Mfr", "Alt. Part Number"),
        ("Manufacturer", "MPN"),
        ("Hersteller 2", "Herstellernummer 2"),
        ("替代品牌", "替代型号"),
    ],
)
def test_further_columns_hold_further_parts(further):
    reading = read((*HEADINGS, *further), (*FIRST, *VISHAY), ("U1", "1", "x", "y", "TI", "LM358", "", ""))

    assert parts(reading) in ([YAGEO, VISHAY], [YAGEO, ("", VISHAY[1])])
    assert reading.lines[1].alternates == ()


def test_a_column_that_is_only_called_alternative_holds_part_numbers():
    reading = read((*HEADINGS, "Alternativtyp"), (*FIRST, VISHAY[1]))

    assert parts(reading) == [YAGEO, ("", VISHAY[1])]


def test_third_and_fourth_sources_keep_their_order():
    headings = (*HEADINGS, "MPN 4", "Manufacturer 4", "MPN 2", "Manufacturer 2")

    assert parts(read(headings, (*FIRST, KOA[1], KOA[0], VISHAY[1], VISHAY[0]))) == [YAGEO, VISHAY, KOA]


def test_a_row_with_the_same_designators_is_an_alternate():
    reading = read(HEADINGS, FIRST, ("R1,R2", "2", "10k", "0603", *VISHAY), ("R1, R2", "", "", "", *KOA))

    assert parts(reading) == [YAGEO, VISHAY, KOA]
    assert len(reading.lines) == 1


@pytest.mark.parametrize(
    "other",
    [
        ("R1,R2", "2", "22k", "0603", *VISHAY),
        ("R1,R2", "2", "10k", "0805", *VISHAY),
        ("R1", "1", "10k", "0603", *VISHAY),
        ("R1,R2", "2", "10k", "0603", "", ""),
        ("R1,R2", "2", "10k", "0603", *YAGEO),
    ],
    ids=["value", "package", "designators", "no number", "the same number"],
)
def test_a_row_that_differs_in_more_than_the_number_is_no_alternate(other):
    assert [line.alternates for line in read(HEADINGS, FIRST, other).lines] == [(), ()]


def test_a_fitted_part_is_no_alternate_of_one_that_is_left_off():
    reading = read((*HEADINGS, "DNP"), (*FIRST, ""), ("R1,R2", "2", "10k", "0603", *VISHAY, "x"))

    assert [line.not_fitted for line in reading.lines] == [False, True]


@pytest.mark.parametrize(
    "row", [("", "", "", "", *VISHAY), ("", "2", "10k", "", *VISHAY), ("alt", "", "", "", "", VISHAY[1])]
)
def test_a_row_that_only_adds_maker_and_number_is_an_alternate_of_the_row_above(row):
    reading = read(HEADINGS, FIRST, row, ("U1", "1", "LM358", "SO8", "TI", "LM358DR"))

    assert [other.mpn for other in reading.lines[0].alternates] == [VISHAY[1]]
    assert codes(reading) == ["bom-alternates"]


@pytest.mark.parametrize(
    "row", [("", "", "22k", "", *VISHAY), ("", "4", "", "", *VISHAY), ("", "", "", "", "Connectors", "")]
)
def test_a_row_that_says_anything_else_is_none(row):
    assert read(HEADINGS, FIRST, row).lines[0].alternates == ()


def test_a_distributors_number_is_no_alternate():
    reading = read((*HEADINGS, "MPN 2"), (*FIRST, "311-10.0KHRCT-ND"))

    assert reading.lines[0].alternates == ()


words = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=30)
NUMBERS = st.sampled_from([YAGEO[1], VISHAY[1], KOA[1], "LM358DR", "GRM21BR61E475KA12L"])


@given(st.lists(NUMBERS, min_size=1, max_size=4, unique=True), st.sampled_from(["~", "\n", " / ", " or ", "; ", " | "]))
def test_what_was_joined_with_a_mark_is_parted_at_it(numbers, mark):
    assert split(mark.join(numbers)) == numbers


@given(st.dictionaries(st.sampled_from(["mpn", "manufacturer", "mpn 2", "manufacturer 2", "mpn 3"]), words))
def test_no_cells_make_a_part_without_a_number(cells):
    found = of_cells(cells)

    assert all(isinstance(part, Alternate) and part.mpn for part in found)
    assert len(found) == len(set(found)) <= MOST_ALTERNATES + 1


@given(st.permutations(["Designator", "Qty", "MPN", "MPN 2", "MFG2", "MFG1"]))
def test_the_order_of_the_columns_does_not_matter(headings):
    row = {"Designator": "R1", "Qty": "1", "MPN": YAGEO[1], "MFG1": YAGEO[0], "MPN 2": VISHAY[1], "MFG2": VISHAY[0]}

    assert parts(read(headings, [row[heading] for heading in headings])) == [YAGEO, VISHAY]
