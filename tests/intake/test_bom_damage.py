"""What a spreadsheet has done to a part list is said, and never quoted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.intake.bom import read_bom
from portal.intake.damage import is_date, is_error, is_ruined_number

HEADINGS = "Designator,Qty,Value,Footprint,MPN\n"


def read(row: str):
    reading = read_bom("bom.csv", (HEADINGS + row).encode())
    return reading.lines[0], [finding.code for finding in reading.findings]


@pytest.mark.parametrize(
    "mpn", ["4.02E+03", "1.23E+05", "1,5E+12", "1E10", "#N/A", "#REF!", "2024-02-04", "02-Feb", "01. Dez", "1-déc"]
)
def test_a_part_number_that_a_spreadsheet_ruined_is_left_empty_and_asked_about(mpn):
    line, codes = read(f'R1,1,10k,0603,"{mpn}"')

    assert line.mpn == ""
    assert codes == ["bom-cell-ruined"]


@pytest.mark.parametrize(
    "value", ["2-Feb", "Feb-02", "#NAME?", "2024-02-04", "01.Dez", "4.2.2024", "2024/2/4", "2月4日", "01.дек"]
)
def test_a_value_that_became_a_date_is_left_empty_and_asked_about(value):
    line, codes = read(f"C1,1,{value},0402,X")

    assert line.value == ""
    assert codes == ["bom-cell-ruined"]


@pytest.mark.parametrize(("lost", "meant"), [("201", "0201"), ("402", "0402"), ("603", "0603"), ("805", "0805")])
def test_a_lost_zero_comes_back_and_is_said(lost, meant):
    line, codes = read(f"R1,1,10k,{lost},X")

    assert line.package == meant
    assert codes == ["bom-package-zero-lost"]


@pytest.mark.parametrize(
    "mpn", ["1N4148", "08-50-0114", "150060GS75000", "2E-12345-A", "74HC595D", "4-881545-2", "0022232061"]
)
def test_a_sound_part_number_is_left_alone(mpn):
    line, codes = read(f"U1,1,x,SOIC,{mpn}")

    assert line.mpn == mpn
    assert codes == []


@pytest.mark.parametrize("value", ["10k", "1e-6F", "4u7", "2.2", "100nF 50V", "12 MHz", "May be 10k"])
def test_a_sound_value_is_left_alone(value):
    assert read(f"C1,1,{value},0603,X")[0].value == value


@pytest.mark.parametrize("error", ["#REF!", "#n/a", "#BEZUG!"])
def test_errors_of_spreadsheets_are_known_in_two_languages(error):
    assert is_error(error)


def test_more_digits_than_a_spreadsheet_keeps_are_ruined():
    assert is_ruined_number("123456789012345000")
    assert not is_ruined_number("0022232061")


@given(st.integers(0, 999), st.integers(0, 99), st.integers(0, 99))
def test_every_exponent_is_a_ruined_number(whole, decimals, power):
    assert is_ruined_number(f"{whole}.{decimals:02}E+{power:02}")


@given(st.text(max_size=100))
def test_the_patterns_take_any_text(text):
    assert isinstance(is_date(text) or is_ruined_number(text), bool)
