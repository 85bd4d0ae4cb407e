"""Text in columns of blanks, and which column is what."""

import pytest

from portal.intake.columns import assigned, bare_columns, best_heading_row, heading_at, share_of_designators
from portal.intake.tables import read_tables

ALTIUM = """\
Designator Footprint               Mid X         Mid Y         Ref X         Ref Y TB      Rotation Comment

R14        V0402RES            -6.3754mm      5.2578mm     -6.3754mm      5.2578mm  T         90.00 0402
SPI        PICOBLADE_53047-0710      8.5858mm     -2.4886mm      8.5858mm      1.1944mm  T        180.00 Header 7
U1         SOIC 8 wide        30.00mm       15.00mm       30.00mm       15.00mm  B        270.00 LM358
"""
KICAD = """\
### Module positions - created on Saturday, September 04, 2021 at 10:39:56 AM ###
## Unit = mm, Angle = deg.
# Ref     Val                           Package                               PosX       PosY       Rot  Side
C1        100uf_-_GRM31CR60J107ME39L    C_1206_3216Metric                 127.0000   -77.2160  270.0000  top
## End
"""
EAGLE = """\
Partlist exported from C:/eagle/booz_imu.sch at 4/2/09 2:01 AM

Part     Value             Device       Package    Description
ADC1     MAX1168           MAX1168      QSOP24
C1       4.7uF             C-EUC0805    C0805      CAPACITOR, European symbol
JP1                        PINHD-1X4    1X04       PIN HEADER
"""
FUSION = """\
Qty Value      Device           Package or Vendor-Nr.\t\t\tParts   Description
2   10µF       CAPACITOR        1206         \t\t\t\tC1, C2  CAPACITOR
"""


def rows_of(text: str) -> tuple[tuple[str, ...], ...]:
    return read_tables("report.txt", text.encode())[0].rows


def columns_of(*rows: str) -> dict[str, int]:
    cells = [row.split(",") for row in rows]
    heading = best_heading_row(cells)
    assert heading is not None
    return assigned(heading, cells[heading.row + 1 :])


def test_altiums_columns_are_cut_where_no_word_is_cut():
    assert rows_of(ALTIUM)[2][:4] == ("R14", "V0402RES", "-6.3754mm", "5.2578mm")


def test_altiums_long_footprint_pushes_the_numbers_and_they_are_found():
    assert rows_of(ALTIUM)[3][:4] == ("SPI", "PICOBLADE_53047-0710", "8.5858mm", "-2.4886mm")
    assert rows_of(ALTIUM)[3][-3:] == ("T", "180.00", "Header 7")


def test_altiums_blanks_in_a_footprint_stay_in_the_footprint():
    assert rows_of(ALTIUM)[4][1:3] == ("SOIC 8 wide", "30.00mm")


def test_kicads_hash_before_the_headings_is_no_heading():
    assert rows_of(KICAD)[2] == ("Ref", "Val", "Package", "PosX", "PosY", "Rot", "Side")
    assert rows_of(KICAD)[3][3:] == ("127.0000", "-77.2160", "270.0000", "top")


def test_eagles_empty_cells_stay_empty():
    assert rows_of(EAGLE)[5] == ("JP1", "", "PINHD-1X4", "1X04", "PIN HEADER")


def test_tabs_between_blanks_are_the_blanks_that_they_show():
    assert rows_of(FUSION)[1] == ("2", "10µF", "CAPACITOR", "1206", "C1, C2", "CAPACITOR")


def test_prose_is_no_table():
    text = "This license covers any part of the device.\nEach part has a value and a name, as the package says.\n" * 20

    assert best_heading_row(rows_of(text)) is None or "designator" not in assigned(best_heading_row(rows_of(text)), ())


def test_headings_are_found_below_a_title_block():
    rows = [
        ("Company X",),
        (),
        ("Project", "Y"),
        *[()] * 30,
        ("Item", "Designator", "Qty", "Value"),
        ("1", "R1", "1", "10k"),
    ]

    assert best_heading_row(rows).row == 33


def test_headings_below_the_fortieth_row_are_not_looked_for():
    assert best_heading_row([*[()] * 40, ("Designator", "Qty", "Value")]) is None


def test_an_empty_heading_takes_the_merged_one_above():
    heading = heading_at([("Pos", "Components", "", "Notes"), ("", "Designator", "Qty", "")], 1)

    assert heading.text == ("Pos", "Designator", "Qty", "Notes")


@pytest.mark.parametrize("row", [("R1", "10k", "0603"), ("Notes", "Item"), ("Designator",), ()])
def test_a_row_of_cells_is_no_row_of_headings(row):
    assert heading_at([row], 0) is None


@pytest.mark.parametrize(
    ("headings", "cells", "word", "column"),
    [
        ("Part,Value,Device", "R1,10k,R-EU", "designator", 0),
        ("Comment,Designator,Footprint", "10k,R1,0603", "value", 0),
        ("Qty,Value,Device,Comment,Part Number", "1,1k,R-US,R19,541-ND", "designator", 3),
        ("Designator,Mid X,Mid Y,Ref X,Ref Y", "R1,1,2,3,4", "x", 1),
        ("Designator,Ref X,Ref Y,Mid X,Mid Y", "R1,1,2,3,4", "x", 3),
        ("Reference,Part Number,Manufacturer Part Number,Qty", "R1,17,RC0603,1", "mpn", 2),
        ("Item,Quantity,QTY 100,Reference,Part", "1,2,200,BT1,CR1220", "quantity", 1),
        ("Référence,Quantité,Valeur", "R1,1,10k", "designator", 0),
        ("部品番号,個数,型番", "R1,1,RC0603", "mpn", 2),
    ],
)
def test_columns_are_chosen_by_word_and_where_that_is_doubtful_by_cells(headings, cells, word, column):
    assert columns_of(headings, cells, cells.replace("R1", "R2"))[word] == column


def test_a_column_called_part_that_holds_values_is_no_designator():
    assert "designator" not in columns_of("Part,Qty,MPN", "Resistor,1,RC0603", "Chip,1,LM358")


def test_one_column_has_one_meaning():
    columns = columns_of("Name,Designator,Quantity,Part", "10k,R1,1,RC0603", "LM358,U1,1,LM358DR")

    assert len(set(columns.values())) == len(columns)


def test_the_share_of_designators_counts_filled_cells():
    assert share_of_designators([("R1",), ("",), ("C1, C2",), ("10k",), ("LED4",)], 0) == 0.75


def test_without_headings_a_column_that_counts_the_designators_proves_both():
    rows = [("1", "R1,R2,R3", "3", "10k"), ("2", "C1 C2", "2", "4.7µF"), ("3", "U1", "1", "LM358")]

    assert bare_columns(rows) == {"designator": 1, "quantity": 2}


@pytest.mark.parametrize("rows", [[("R1", "10k")], [("R1", "C1"), ("R2", "C2")], [("x", "y"), ("z", "w")], []])
def test_without_headings_and_proof_nothing_is_known(rows):
    assert bare_columns(rows) is None
