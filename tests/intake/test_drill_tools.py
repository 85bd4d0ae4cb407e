"""Which drill is in hand, and how large: from stops of the machine, and from the lists that lie beside a drill file."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from packages_made import board_files, found_codes, zipped

from portal.intake.drill import is_drill, read_drill
from portal.intake.drill_tools import read_sizes
from portal.intake.reading import Reading, read_in_stages

ALLEGRO = b""";LEADER: 12
;FILE  : Voltmeter-1-2.drl for  ... layers TOP and BOTTOM
;   Holesize 1. = 13.000000 Tolerance = +0.000000/-0.000000 PLATED MILS Quantity = 2
;   Holesize 2. = 35.000000 Tolerance = +0.000000/-0.000000 NON_PLATED MILS Quantity = 1
%
G90
X1460000Y1220000
X1467500Y1220000
M00
X1272500Y1200000
M30
"""
ALTIUM_DRR = b"""NCDrill File Report For: Yapa2.PcbDoc   20-4-2011  10:44:57
Layer Pair : Top Layer to Bottom Layer
Tool         Hole Size           Hole Type     Hole Count Plated       Tool Travel
---------------------------------------------------------------------------
T1        15.7mil (0.4mm)      Round          94               301.92 Inch (7668.68 mm)
T2        28mil (0.7112mm)         Round          49               300.81 Inch (7640.45 mm)
Totals                                            286              1785.28 Inch (45346.11 mm)
"""
EAGLE_DRI = b"""Drill Station Info File: espruino.dri
 Drills used:
 Code  Size       used
 T01   0.0197inch   127
 T02   0.0350inch     2
Total number of drills: 129
"""
PADS_REP = """
钻孔尺寸报告
工具   尺寸   电镀   进刀   速度   数量
   1  0.3048    x       95    300    196
   2    4   x       35    900      4
""".encode("gbk")
ALLEGRO_TOOLS = b"    0.2500  P  T01    0.000000    0.000000\n    0.5999  P  T02    0.000000    0.000000\n"
BY_HAND = b"Drill sizes (mils):\nT1 = 12\nT2 = 40\n"
INCHES = b"Tool,Size,Pltd\n1,.012,x\n2,.04,x\n"


def test_a_file_without_tool_numbers_changes_its_tool_where_the_machine_stops():
    hits = read_drill(ALLEGRO)

    assert hits.diameter_mm == pytest.approx([0.3302, 0.3302, 0.889])
    assert hits.plating.tolist() == [1, 1, 0]


def test_a_stop_changes_nothing_where_tools_have_numbers():
    numbered = b"M48\nMETRIC\nT1C0.5\nT2C0.8\n%\nT2\nX1.0Y1.0\nM00\nX2.0Y1.0\nM30\n"

    assert read_drill(numbered).diameter_mm.tolist() == [0.8, 0.8]


def test_the_program_of_a_mill_is_no_drill_file():
    assert not is_drill(b"G21\nG90\nG00 Z2.0\nG00 X1.0 Y1.0\nG01 Z-1.6 F100\nG00 Z2.0\nM05\nM30\n")


def test_a_drill_whose_tool_says_its_depth_still_is():
    assert is_drill(b"M48\nMETRIC\nT1C0.5F200Z-1.6\n%\nT1\nX1.0Y1.0\nM30\n")


@pytest.mark.parametrize(
    ("name", "data", "sizes"),
    [
        ("Yapa2_drill_tool_table.txt", ALTIUM_DRR, {1: 0.39878, 2: 0.7112}),
        ("espruino.dri", EAGLE_DRI, {1: 0.50038, 2: 0.889}),
        ("drl001.rep", PADS_REP, {1: 0.3048, 2: 4.0}),
        ("nc_tools_auto.txt", ALLEGRO_TOOLS, {1: 0.25, 2: 0.5999}),
        ("readme.txt", BY_HAND, {1: 0.3048, 2: 1.016}),
        ("drill.lst", INCHES, {1: 0.3048, 2: 1.016}),
    ],
)
def test_the_tools_own_lists_are_read(name, data, sizes):
    assert read_sizes(data, name) == pytest.approx(sizes)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"1 0.5 the first point\n2 0.7 the second\n",
        b"Drill: see drawing\n",
        b"Tool 1\n1 0.5\n1 0.9\n",
        b"Tool list\n1 0.5\n2 99\n",
        b"\0\0\0drill",
    ],
    ids=["empty", "not about drills", "no sizes", "one tool of two sizes", "a drill of 99 mm", "binary"],
)
def test_any_other_text_is_no_list_of_drills(data):
    assert read_sizes(data, "notes.txt") == {}


@given(st.binary(max_size=400))
def test_no_bytes_break_the_list_reader(data):
    assert all(0.05 <= size <= 12 for size in read_sizes(b"drill\n" + data).values())


BARE_DRILL = b"M48\nMETRIC\n%\nT1\nX5.0Y5.0\nX10.0Y5.0\nT2\nX5.0Y10.0\nX10.0Y10.0\nM30\n"


def read_of(tmp_path, **beside: bytes) -> Reading:
    files = board_files() | {"board-PTH.drl": BARE_DRILL}
    papers = {name.replace("__", "."): data for name, data in beside.items()}
    (tmp_path / "package.zip").write_bytes(zipped(files | papers))
    return next(read_in_stages(tmp_path / "package.zip", name="package"))


def test_sizes_come_from_the_list_beside_the_drill_file_and_it_is_said(tmp_path):
    reading = read_of(tmp_path, board__DRR=ALTIUM_DRR)
    drills = reading.design.board.drills

    assert drills is not None
    assert (drills.sizes, drills.smallest_mm) == (2, 0.399)
    assert "drill-sizes-beside" in found_codes(reading)


def test_a_list_that_lacks_a_tool_is_not_believed(tmp_path):
    reading = read_of(tmp_path, board__DRR=b"Tool  Hole Size\nT1  15.7mil (0.4mm)  Round  94\n")

    assert found_codes(reading) >= {"drill-no-size"}
    assert "drill-sizes-beside" not in found_codes(reading)
