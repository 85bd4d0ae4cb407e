"""Which sheets and sections of a file are the list."""

import pytest
from workbooks import CHIP, HEADINGS, RESISTORS, an_xlsx

from portal.intake.bom import BomReading, read_bom

CAPACITORS = ("C1 C2", "2", "4.7µF", "0805", "Murata", "GRM21BR61E475KA12L")
CHANGES = [("S.No.", "Ref Des", "Description", "Part Number"), ("1", "R99", "DNI", "")]


def book(sheets, **more) -> BomReading:
    return read_bom("bom.xlsx", an_xlsx(sheets, **more))


def text(*rows: str) -> BomReading:
    return read_bom("bom.csv", "\n".join(rows).encode())


def fitted(reading: BomReading) -> set[str]:
    return {name for line in reading.lines if not line.not_fitted for name in line.designators}


def codes(reading: BomReading) -> list[str]:
    return [finding.code for finding in reading.findings]


def test_the_list_is_found_behind_a_cover():
    assert fitted(book({"Cover": [("Quotation",)], "Changes": [("rev A",)], "BOM": [HEADINGS, CHIP]})) == {"U1"}


@pytest.mark.parametrize("name", ["Change log", "REVISION HISTORY", "Special Assembly Instructions"])
def test_a_change_log_is_no_part_list(name):
    assert fitted(book({"MOUNT": [HEADINGS, CHIP], name: CHANGES})) == {"U1"}


@pytest.mark.parametrize("name", ["DNP", "NM", "No Mount Components"])
def test_a_sheet_of_its_own_may_hold_what_is_left_off(name):
    reading = book({"MOUNT": [HEADINGS, CHIP], name: [HEADINGS, CAPACITORS]})

    assert fitted(reading) == {"U1"}
    assert [line.not_fitted for line in reading.lines] == [False, True]


def test_sheets_with_different_parts_are_one_list():
    assert fitted(book({"SMT": [HEADINGS, CHIP], "THT": [HEADINGS, CAPACITORS]})) == {"U1", "C1", "C2"}


def test_a_hidden_sheet_is_not_read_and_said():
    reading = book({"BOM": [HEADINGS, CHIP], "old": [HEADINGS, RESISTORS]}, hidden=["old"])

    assert fitted(reading) == {"U1"}
    assert codes(reading) == ["hidden-sheet"]


def test_the_same_parts_on_two_sheets_count_once():
    reading = book({"Assembly": [HEADINGS, RESISTORS, CHIP], "Procurement": [HEADINGS, RESISTORS, CHIP]})

    assert [line.designators for line in reading.lines] == [("R1", "R2", "R3"), ("U1",)]
    assert codes(reading) == ["bom-listed-twice"]


def test_two_boards_in_one_file_are_asked_about():
    other = ("R1,R2,R9", "3", "22k", "0603", "Yageo", "RC0603FR-0722KL")
    reading = book({"MAIN": [HEADINGS, RESISTORS, CHIP], "IMU": [HEADINGS, other]})

    assert fitted(reading) == {"R1", "R2", "R3", "U1"}
    assert codes(reading) == ["bom-several-lists"]


def test_kicads_individual_and_collated_parts_count_once():
    reading = text(
        "Individual Components:,,,",
        "Item,Ref,Qty,Value",
        ",R1,1,10k",
        ",R2,1,10k",
        ",U1,1,LM358",
        ",,,",
        "Collated Components:,,,",
        "Item,Qty,Reference(s),Value",
        '1,2,"R1, R2",10k',
        "2,1,U1,LM358",
    )

    assert [(line.designators, line.quantity) for line in reading.lines] == [(("R1", "R2"), 2), (("U1",), 1)]
    assert codes(reading) == ["bom-listed-twice"]


def test_a_crossed_out_row_is_left_off_and_asked_about():
    styles = '<fonts><font/><font><strike/></font></fonts><cellXfs><xf fontId="0"/><xf fontId="1"/></cellXfs>'
    head = "<row>" + "".join(f'<c t="str"><v>{word}</v></c>' for word in ("Designator", "Value")) + "</row>"
    struck = '<row><c s="1" t="str"><v>R1</v></c><c s="1" t="str"><v>10k</v></c></row>'
    reading = book({"BOM": f"<sheetData>{head}{struck}</sheetData>"}, styles=styles)

    assert fitted(reading) == set()
    assert codes(reading) == ["bom-line-struck"]


def test_what_is_wrong_with_the_sheet_is_said_with_the_list():
    reading = book({"BOM": "<sheetData><row><c><f>A1</f></c></row></sheetData>"})

    assert codes(reading) == ["formula-without-result", "bom-empty"]
