"""What a customer said of one file holds for the next one named like it, as long as the next one looks like it."""

import pytest
from workbooks import csv_of

from portal.board.design import FileRole, Severity, SourceFile
from portal.intake.archives import Member
from portal.intake.bom import read_bom
from portal.intake.centroid import read_centroid
from portal.intake.corrections import TableSaid
from portal.intake.parts_files import read_parts
from portal.intake.roles import Assigned

BECAUSE = "as you said for amp v1 on 3 Nov 2026"
HEAD = ("Klump", "Ding", "Zahl", "Was")
ROWS = (("10k", "R1,R2", "2", "RC0603"), ("LM358", "U1", "1", "LM358DR"))
REMEMBERED = TableSaid(
    {"value": 0, "designator": 1, "quantity": 2, "mpn": 3},
    header_row=1,
    headings={"value": "Klump", "designator": "Ding", "quantity": "Zahl", "mpn": "Was"},
    because=BECAUSE,
)
BY_PLACE = TableSaid({"value": 0, "designator": 1, "quantity": 2, "mpn": 3}, because=BECAUSE)


def mpns(reading):
    return {name: line.mpn for line in reading.lines for name in line.designators}


@pytest.mark.parametrize(
    "rows",
    [
        (HEAD, *ROWS),
        (("Amplifier",), ("printed on Monday",), HEAD, *ROWS),
        (tuple(reversed(HEAD)), *(tuple(reversed(row)) for row in ROWS)),
        (("klump ", "DING", "zahl", "was"), *ROWS),
    ],
    ids=["the same", "two rows lower", "in another order", "in other letters"],
)
def test_columns_are_found_by_their_headings_wherever_they_stand_now(rows):
    reading = read_bom("amp-v2-liste.csv", csv_of(*rows), REMEMBERED)

    assert mpns(reading) == {"R1": "RC0603", "R2": "RC0603", "U1": "LM358DR"}
    assert [(finding.code, finding.severity) for finding in reading.findings] == [("columns-as-said", Severity.NOTE)]


def test_a_table_with_other_headings_is_read_as_if_nothing_had_been_said():
    other = csv_of(("Value", "Designator", "Qty", "MPN"), *ROWS)

    assert read_bom("amp-v2-liste.csv", other, REMEMBERED) == read_bom("amp-v2-liste.csv", other)


def test_of_two_columns_with_one_heading_the_one_at_its_old_place_is_taken():
    rows = (("Was", "Ding", "Zahl", "Was", "Klump"), ("OLD", "R1", "1", "RC0603", "10k"))

    assert mpns(read_bom("liste.csv", csv_of(*rows), REMEMBERED)) == {"R1": "RC0603"}


def test_what_is_remembered_is_said_with_its_origin():
    [finding] = read_bom("liste.csv", csv_of(HEAD, *ROWS), REMEMBERED).findings

    assert (finding.where, finding.message.endswith(BECAUSE)) == ("liste.csv", True)


def test_without_headings_nobody_can_tell_whether_the_columns_are_the_same_so_it_is_asked():
    reading = read_bom("liste.csv", csv_of(*ROWS), BY_PLACE)

    assert [(finding.code, finding.severity) for finding in reading.findings] == [("columns-by-place", Severity.ASK)]


def test_what_is_said_of_this_very_file_needs_no_word_about_it():
    said = TableSaid(REMEMBERED.columns, header_row=1)

    assert read_bom("liste.csv", csv_of(HEAD, *ROWS), said).findings == ()


def test_a_centroid_file_is_read_by_its_remembered_headings():
    said = TableSaid({"designator": 0, "x": 1, "y": 2}, 1, units="mm", headings={"x": "quer", "y": "hoch"})
    said = TableSaid(said.columns, 1, units="mm", headings={"designator": "wo", **said.headings}, because=BECAUSE)
    reading = read_centroid("orte top.csv", csv_of(("nr", "wo", "quer", "hoch"), ("1", "R1", "7", "8")), said)

    assert [(part.designator, part.x_mm, part.y_mm) for part in reading.placements] == [("R1", 7, 8)]
    assert "columns-as-said" in {finding.code for finding in reading.findings}


def test_the_next_revisions_table_is_known_by_the_pattern_of_its_name():
    data = csv_of(HEAD, *ROWS)
    file = SourceFile("amp-v2-liste.csv", FileRole.BOM, len(data), "0" * 64)
    reading = read_parts([Assigned(Member(file.name, data), file)], None, {"*liste.csv": REMEMBERED})

    assert {name for line in reading.lines for name in line.designators} == {"R1", "R2", "U1"}
