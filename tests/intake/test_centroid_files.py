"""Places in several files and on several sheets: both sides are one board, a copy is none, and it may contradict."""

import pytest
from workbooks import an_xlsx, csv_of

from portal.board.design import FileRole, Side, SourceFile
from portal.intake.archives import Member
from portal.intake.centroid import read_centroid
from portal.intake.parts_files import PartsReading, read_parts
from portal.intake.roles import Assigned

HEADINGS = ("Designator", "Mid X", "Mid Y", "Rotation", "Layer")
TOP = (("R1", "1mm", "1mm", "0", "Top"), ("U1", "9mm", "5mm", "90", "Top"), ("FID1", "0mm", "0mm", "0", "Top"))
BOTTOM = (("C1", "3mm", "4mm", "180", "Bottom"), ("FID1", "0mm", "0mm", "0", "Bottom"))


def read(**files) -> PartsReading:
    return read_parts([assigned(name.replace("__", "."), rows) for name, rows in files.items()], None)


def assigned(name: str, rows) -> Assigned:
    return Assigned(Member(name, csv_of(HEADINGS, *rows)), SourceFile(name, FileRole.CENTROID, 1, ""))


def sides(placements) -> list[str]:
    return sorted(f"{part.designator} {part.side}" for part in placements)


BOTH = ["C1 bottom", "FID1 bottom", "FID1 top", "R1 top", "U1 top"]


def test_a_file_for_each_side_is_one_board():
    assert sides(read(top__csv=TOP, bottom__csv=BOTTOM).placements) == BOTH


def test_a_mark_on_both_sides_keeps_no_side_out():
    many = tuple((f"C{at}", f"{at}mm", "4mm", "0", "Bottom") for at in range(2, 30))

    assert len(read(a__csv=TOP, b__csv=(*many, TOP[2])).placements) == 31


def test_sides_in_folders_of_their_own_are_one_board():
    files = [assigned("top/pos.csv", TOP), assigned("bottom/pos.csv", BOTTOM)]

    assert sides(read_parts(files, None).placements) == BOTH


def test_the_same_data_as_csv_and_txt_is_not_added_up():
    reading = read(pick__csv=TOP, pick__txt=TOP)

    assert len(reading.placements) == 3
    assert reading.findings == ()


def test_a_copy_with_another_origin_is_no_contradiction():
    moved = tuple((name, f"{float(x[:-2]) + 100}mm", y, turn, side) for name, x, y, turn, side in TOP)

    assert read(a__csv=TOP, b__csv=moved).findings == ()


@pytest.mark.parametrize("other", [("U1", "9mm", "5mm", "270", "Top"), ("U1", "19mm", "5mm", "90", "Top")])
def test_a_copy_that_turns_or_moves_a_part_is_said_and_never_mixed_in(other):
    [finding] = read(pos__csv=TOP, cpl_jlc__csv=(TOP[0], other, TOP[2])).findings

    assert (finding.code, finding.where) == ("placements-differ", "pos.csv")
    assert "U1" in finding.message


def test_pin_one_and_body_centre_of_allegro_are_meant_to_differ():
    files = {"BODY CENTER.csv": TOP, "PIN 1.csv": (TOP[0], ("U1", "7mm", "5mm", "90", "Top"), TOP[2])}

    assert read_parts([assigned(*item) for item in files.items()], None).findings == ()


def test_sheets_for_each_side_are_one_board():
    bare = ("Designator", "Mid X", "Mid Y", "Rotation")
    book = an_xlsx({"TOP": [bare, *(row[:4] for row in TOP)], "BOTTOM": [bare, *(row[:4] for row in BOTTOM)]})

    assert sides(read_centroid("xy.xlsx", book).placements) == BOTH


def test_the_same_sheet_twice_is_read_once():
    book = an_xlsx({"XY": [HEADINGS, *TOP], "XY (2)": [HEADINGS, *TOP]})

    assert len(read_centroid("xy.xlsx", book).placements) == 3


@pytest.mark.parametrize(
    ("top", "bottom"), [("A", "B"), ("C", "S"), ("P", "S"), ("B", "L"), ("O", "U"), ("1", "16"), ("Comp", "Sold")]
)
def test_a_pair_of_letters_tells_the_sides(top, bottom):
    rows = (HEADINGS, ("R1", "1mm", "1mm", "0", top), ("R2", "2mm", "1mm", "0", bottom))
    reading = read_centroid("xy.csv", csv_of(*rows))

    assert [part.side for part in reading.placements] == [Side.TOP, Side.BOTTOM]
    assert reading.findings == ()


@pytest.mark.parametrize("word", ["A", "1", "S", "L"])
def test_one_letter_of_a_pair_alone_is_asked_about(word):
    reading = read_centroid("xy.csv", csv_of(HEADINGS, ("R1", "1mm", "1mm", "0", word)))

    assert [finding.code for finding in reading.findings] == ["centroid-side-unknown"]


@pytest.mark.parametrize(
    ("line", "unit"),
    [("Einheit: mm", "mm"), ("单位：mm", "mm"), ("Units=inch", "inch"), ("Unit (thou)", "mil"), ("単位: μm", "um")],
)
def test_the_unit_is_heard_above_the_headings_in_every_language(line, unit):
    rows = (HEADINGS, ("R1", "1000", "1", "0", "Top"))
    reading = read_centroid("xy.csv", (line + "\n").encode() + csv_of(*rows))

    assert reading.units == unit
    assert reading.placements[0].x_mm == {"mm": 1000, "inch": 25400, "mil": 25.4, "um": 1.0}[unit]
