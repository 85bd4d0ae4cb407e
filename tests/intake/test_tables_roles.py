"""Which files of a package are a part list, which a centroid file, and which are neither."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from workbooks import CHIP, HEADINGS, RESISTORS, an_xlsx, csv_of

from portal.board.design import FileRole
from portal.intake.tables import table_role

BOM, CENTROID = FileRole.BOM, FileRole.CENTROID
CPL = b"Designator,Mid X,Mid Y,Layer,Rotation\nR1,5mm,10mm,Top,0\n"
EAGLE = b"R1  5.00 10.00   0 10k R0603\nU1 30.00 15.00 270 LM358 SO08\n"
KICAD_XML = b'<?xml version="1.0"?><export><components><comp ref="R1"><value>10k</value></comp></components></export>'


@pytest.mark.parametrize("name", ["bom.csv", "export.txt", "centroid.csv", "data"])
def test_headings_say_more_than_the_name(name):
    assert table_role(name, csv_of(HEADINGS, RESISTORS)) is BOM
    assert table_role(name, CPL) is CENTROID


@pytest.mark.parametrize(
    ("name", "data", "role"),
    [
        ("a.xlsx", an_xlsx({"Cover": [("x",)], "BOM": [HEADINGS, CHIP]}), BOM),
        ("PLACEMENT.xls", b"<table><tr><td>Ref</td><td>X</td><td>Y</td></tr></table>", CENTROID),
        ("board.xml", KICAD_XML, BOM),
        ("JST.csv", b"Item,Qty,Part Num,link\nJST 2 PIN,4,B2B-XH-AM,http\n", BOM),
        ("BODY CENTER.txt", b"UUNITS = MILS\nR1 1967.0 2700.0 90 R0805\nD1 3041.0 4663.0 0 m SOD\n", CENTROID),
        ("board.mnt", EAGLE, CENTROID),
        ("parts.txt", EAGLE, CENTROID),
        ("board.mnb", b"", CENTROID),
        ("PnP_board_back.txt", b"", CENTROID),
        ("no-header.csv", b'1,"R1,R2",2,10k\n2,C1 C2 C3,3,1u\n3,U1,1,LM358\n', BOM),
        ("bom.csv", b"R1,10k\nR2,22k\n", BOM),
    ],
)
def test_real_files_have_their_role(name, data, role):
    assert table_role(name, data) is role


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("README.txt", b"Part list: see bom.csv.\nThe value of R1 is 10k, the package is 0603.\n"),
        (
            "models/3296W.txt",
            b'StartFootprints\nFootprint (Name "A")\nPad (Name "1") (Location -310, 0) (Side T)\n' * 9,
        ),
        ("LICENSE", b"any part of a device, its name or value\n" * 40),
        ("bom.pdf", b"%PDF-1.7\n"),
        ("top.gtl", b"G04 Layer: top*\n%FSLAX46Y46*%\n%MOMM*%\n"),
        ("drill.txt", b"M48\nMETRIC\nT1C0.3\n%\nT1\nX1Y1\n"),
        ("Status Report.Txt", b"Output: NC Drill\nLayer Pair : Top Layer to Bottom Layer\n"),
        (
            "L1-Top.rep",
            b"Position  Width  Hgt/ID  Shape  Qty\n  10  0.1  0  RND  140\n",
        ),
        ("drill.rep", b"T1 0.30 312 0 PTH\nT2 0.60 12 0 PTH\n"),
        ("netlist.ipc", b"C  Name Layer\nP  UNITS CUST 0\n317GND   U1 -1 D0300PA00X+001Y+001X0600Y0600R000S0\n"),
        ("designators.csv", b"R1:1\nR2:1\nC1:4\n"),
        ("board-IPC2581.xml", b'<?xml version="1.0"?><IPC-2581 revision="C"><Bom name="x"/></IPC-2581>'),
        ("stackup.csv", b"Layer,Material,Thickness\nTop,Copper,0.035\n"),
        ("FlyingProbeTesting.json", b'{"unit": "mm", "Designator": "R1", "X": 1, "Y": 2}\n'),
        ("log.csv", b"time,temperature\n1,20\n2,21\n"),
        ("bom.csv", b""),
        ("position paper.txt", b"Our position on the matter is clear.\n"),
        ("photo.jpg", b"\xff\xd8\xff\xe0" + bytes(100)),
        ("empty.csv", b""),
        ("gerbers.zip", b"PK\x03\x04" + bytes(100)),
    ],
)
def test_other_files_are_not_claimed(name, data):
    assert table_role(name, data) is None


def test_a_long_list_is_known_by_its_beginning():
    assert table_role("x", csv_of(HEADINGS, *[RESISTORS] * 20_000)) is BOM


@given(st.text(max_size=20), st.binary(max_size=400))
def test_no_file_breaks_the_question(name, data):
    assert table_role(name, data) in {BOM, CENTROID, None}


@given(st.sampled_from(["bom.csv", "pos.txt", "a"]), st.text('R1 ,;\t"<>.0xyQtyDesignator\n', max_size=200))
def test_no_text_breaks_the_question(name, text):
    assert table_role(name, text.encode()) in {BOM, CENTROID, None}
