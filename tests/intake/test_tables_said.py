"""The customer names the columns himself: his word outranks headings and cells, wherever it fits the file."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from workbooks import an_xlsx, csv_of

from portal.board.design import FileRole, Side, SourceFile
from portal.intake.archives import Member
from portal.intake.bom import read_bom
from portal.intake.centroid import read_centroid
from portal.intake.corrections import TableSaid
from portal.intake.parts_files import read_parts
from portal.intake.roles import Assigned
from portal.intake.table_said import column_letter

STRANGE = (("Klump", "Ding", "Zahl", "Was"), ("10k", "R1,R2", "2", "RC0603"), ("LM358", "U1", "1", "LM358DR"))
NAMED = TableSaid({"value": 0, "designator": 1, "quantity": 2, "mpn": 3}, header_row=1)
PLACES = (("wo", "quer", "hoch", "dreh", "seite"), ("R1", "100", "200", "90", "B"), ("U1", "300", "50", "0", "T"))
PLACED = TableSaid({"designator": 0, "x": 1, "y": 2, "rotation": 3, "side": 4}, header_row=1, units="mil")


def told(reading):
    return [(line.designators, line.quantity, line.value, line.mpn) for line in reading.lines]


def test_a_list_in_no_language_is_read_as_it_was_said():
    reading = read_bom("liste.csv", csv_of(*STRANGE), NAMED)

    assert told(reading) == [(("R1", "R2"), 2, "10k", "RC0603"), (("U1",), 1, "LM358", "LM358DR")]
    assert not reading.findings


def test_the_customers_headings_are_kept_as_he_wrote_them():
    columns = read_bom("liste.csv", csv_of(*STRANGE), NAMED).columns

    assert dict(columns) == {"designator": "Ding", "quantity": "Zahl", "value": "Klump", "mpn": "Was"}


def test_without_headings_a_column_is_called_by_its_letter():
    said = TableSaid(NAMED.columns, header_row=0)
    reading = read_bom("liste.csv", csv_of(*STRANGE[1:]), said)

    assert (len(reading.lines), dict(reading.columns)["designator"]) == (2, "B")


def test_what_was_said_outranks_a_known_heading():
    rows = (("Designator", "Ref", "Qty", "Value"), ("1", "R1", "1", "10k"))
    said = TableSaid({"designator": 1, "value": 3}, header_row=1)

    assert read_bom("bom.csv", csv_of(*rows), said).lines[0].designators == ("R1",)


def test_the_sheet_that_was_named_is_read():
    book = an_xlsx({"BOM": [("Designator", "Qty", "Value"), ("R9", "1", "1k")], "Export": STRANGE})
    said = TableSaid(NAMED.columns, header_row=1, sheet="Export")

    assert told(read_bom("bom.xlsx", book, said))[1][0] == ("U1",)


@pytest.mark.parametrize(
    "said",
    [
        TableSaid({"designator": 9}, header_row=1),
        TableSaid({"designator": -1}, header_row=1),
        TableSaid({"designator": 0}, header_row=99),
        TableSaid({"designator": 0}, header_row=1, sheet="Gone"),
        TableSaid({}),
    ],
)
def test_what_was_said_of_another_file_does_not_spoil_this_one(said):
    rows = (("Designator", "Qty", "Value"), ("R1", "1", "10k"))

    assert read_bom("bom.csv", csv_of(*rows), said).lines[0].designators == ("R1",)


def test_places_are_read_as_they_were_said_with_their_unit():
    reading = read_centroid("orte.csv", csv_of(*PLACES), PLACED)
    first = reading.placements[0]

    assert (first.designator, first.x_mm, first.y_mm, first.rotation_deg) == ("R1", 2.54, 5.08, 90.0)
    assert (first.side, reading.units, reading.findings) == (Side.BOTTOM, "mil", ())


def test_places_under_unknown_headings_are_not_taken_but_asked_about():
    reading = read_centroid("orte.csv", csv_of(*PLACES))

    assert reading.placements == ()
    assert [finding.code for finding in reading.findings] == ["columns-unsure"]


def test_an_empty_side_is_no_question():
    assert not read_centroid("amp-bottom.pos", b"# Ref Val Package PosX PosY Rot Side\n## End\n").is_unsure


@given(st.dictionaries(st.sampled_from(["designator", "x", "mpn", "what"]), st.integers(-2, 400)), st.integers(-1, 5))
def test_nothing_that_is_said_breaks_the_reading(columns, header_row):
    said = TableSaid(columns, header_row=header_row)

    assert read_bom("a.csv", csv_of(*STRANGE), said).columns is not None
    assert read_centroid("a.csv", csv_of(*PLACES), said).findings is not None


@pytest.mark.parametrize(("column", "letter"), [(0, "A"), (25, "Z"), (26, "AA"), (255, "IV")])
def test_columns_are_lettered_as_a_spreadsheet_does(column, letter):
    assert column_letter(column) == letter


def assigned(name, role, rows):
    return Assigned(Member(name, csv_of(*rows)), SourceFile(name, role, 1, ""))


PACKAGE = (
    assigned("liste.csv", FileRole.BOM, STRANGE),
    assigned("orte.csv", FileRole.CENTROID, PLACES),
)


def test_a_package_names_the_tables_that_nobody_could_read():
    assert read_parts(PACKAGE, None).unsure == ("liste.csv", "orte.csv")


def test_a_package_is_read_as_was_said_of_its_tables():
    parts = read_parts(PACKAGE, None, {"liste.csv": NAMED, "orte.csv": PLACED})

    assert ([line.mpn for line in parts.lines], len(parts.placements)) == (["RC0603", "LM358DR"], 2)
    assert (parts.unsure, parts.units) == ((), "mil")
