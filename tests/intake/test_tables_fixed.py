"""Reports in columns of blanks, with tabs mixed in as the CAD tool pleased."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.intake.bom import read_bom
from portal.intake.fixed_width import fixed_width_rows

# Voron's Fan PCB: tabs between Device and Package; one device is too long for its column.
FUSION_TWO_STRETCHES = (
    "Qty Value         Device\t\t\t\t\tPackage              Parts  Description                    \n"
    "2   10k           RESISTOR\t\t\t\t\t0805                 R2, R4 RESISTOR    \n"
    "1   Cooling Fan´s PINHD-2X3\t\t\t\t\t2X03                 JP1    PIN HEADER                     \n"
    "2   SQ2348ES      TRANSISTOR-FET_DMN2004K\tTRANSISTOR-FET_SOT23 Q1, Q2 N-Channel Enhancement MOSFET   \n"
)
# Voron's Supply PCB: four stretches, and a last row with tabs of its own.
FUSION_FOUR_STRETCHES = (
    "Qty Value        Device         \tPackage or Vendor-Nr.   \tParts\tDescription                 \n"
    "2   to Switch    Terminal Block \t691101710002 \t\t\tJ5, J6\tWuerth WR-TBL Serie 101 - 5.00 mm Horiz. Entry\n"
    "1   DC/DC        Terminal Block \t691101710002 \t\t\tJ2\t\tWuerth WR-TBL Serie 101 - 5.00 mm Horiz. Entry\n"
    "1   Powerswitch  JWM21RA2A\t\t\tSWITCH\t\t \t\t\tSW2\t\tNKK Rocker Switches 10A DPST\n"
)
EAGLE = """\
Partlist exported from C:/eagle/booz_imu.sch at 4/2/09 2:01 AM

Part     Value             Device       Package    Description
C1       4.7uF             C-EUC0805    C0805      CAPACITOR, European symbol
JP1                        PINHD-1X4    1X04       PIN HEADER
R1       10k                                       RESISTOR
"""


def rows(text: str) -> list[list[str]]:
    return fixed_width_rows(text) or []


def designators(text: str) -> list[tuple[str, ...]]:
    return [line.designators for line in read_bom("BOM.txt", text.encode()).lines]


def test_a_long_device_before_a_tab_moves_nothing():
    assert designators(FUSION_TWO_STRETCHES) == [("R2", "R4"), ("JP1",), ("Q1", "Q2")]
    assert rows(FUSION_TWO_STRETCHES)[3][3:] == ["TRANSISTOR-FET_SOT23", "Q1, Q2", "N-Channel Enhancement MOSFET"]


def test_tabs_of_its_own_move_no_row():
    assert designators(FUSION_FOUR_STRETCHES) == [("J5", "J6"), ("J2",), ("SW2",)]
    assert rows(FUSION_FOUR_STRETCHES)[3][1:4] == ["Powerswitch", "JWM21RA2A", "SWITCH"]


def test_blanks_within_a_cell_stay_in_the_cell():
    [switch, *_] = read_bom("BOM.txt", FUSION_FOUR_STRETCHES.encode()).lines

    assert (switch.value, switch.description[:20]) == ("to Switch", "Wuerth WR-TBL Serie ")


def test_a_row_with_fewer_stretches_than_the_headings_is_cut_as_it_looks():
    text = (
        "Qty Value   Device\t\tPackage Parts   Description\n"
        "2   10k     RES             0805    R1, R2  RESISTOR\n"
        "1   1u      CAP\t\t0603    C1      CAPACITOR\n"
    )

    assert [row[4] for row in rows(text)[1:]] == ["R1, R2", "C1"]


def test_empty_cells_stay_empty():
    assert rows(EAGLE)[4] == ["JP1", "", "PINHD-1X4", "1X04", "PIN HEADER"]
    assert rows(EAGLE)[5] == ["R1", "10k", "", "", "RESISTOR"]


def test_lines_above_the_headings_are_kept_whole():
    assert rows(EAGLE)[0] == ["Partlist exported from C:/eagle/booz_imu.sch at 4/2/09 2:01 AM"]


def test_blank_lines_are_rows_without_cells():
    assert rows(EAGLE.replace("JP1 ", "\n   \nJP1 "))[4:6] == [[], []]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no headings\nat all\n",
        "Part of the value of a package\nis its name and its device\n",
        "\n" * 45 + EAGLE,
        "Item  Notes\n1     10k\n",
    ],
    ids=["nothing", "words", "prose", "too far down", "no part list"],
)
def test_other_texts_have_no_columns(text):
    assert fixed_width_rows(text) is None


TEXTS = st.text("ABCR0123456789kµ-_", min_size=1, max_size=9)
GRID = st.lists(st.tuples(TEXTS, TEXTS, TEXTS), min_size=1, max_size=8)


@given(GRID, st.lists(st.integers(10, 16), min_size=4, max_size=4))
def test_flush_left_columns_of_any_width_are_found(cells, widths):
    table = [("Part", "Value", "Device", "Package"), *((f"R{at}", *row) for at, row in enumerate(cells, 1))]
    text = "\n".join("".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in table)

    assert rows(text) == [list(row) for row in table]


@given(GRID, st.integers(1, 5))
def test_tabs_between_the_stretches_may_be_as_many_as_they_like(cells, tabs):
    table = [("Part", "Value", "Device", "Package"), *((f"R{at}", *row) for at, row in enumerate(cells, 1))]
    gap = "\t" * tabs
    text = "\n".join(f"{row[0]:6}{row[1]:12}{gap}{row[2]:12}{row[3]}" for row in table)

    assert rows(text) == [list(row) for row in table]


@given(st.text("Part Value Device\tR1 10k\n#", max_size=200))
def test_no_text_breaks_the_cutting(text):
    assert fixed_width_rows(text) is None or len(rows(text)) == len(text.splitlines())


def test_a_long_footprint_pushes_no_number_into_the_next_column():
    """Altium sets numbers flush right; T2's fill the gap so that each stands whole under its neighbour's heading."""
    text = (
        "Designator Footprint               Mid X         Mid Y TB      Rotation Comment\n"
        "R93        RES0402              33.975mm      10.225mm  B         90.00 0R\n"
        "T2         TC1-1-13MA+_JA4220-AL_                55.75mm       5.525mm  T 270.00 TC1-1-13M-45+\n"
    )

    assert rows(text)[2][2:6] == ["55.75mm", "5.525mm", "T", "270.00"]
