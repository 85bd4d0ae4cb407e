"""The same little board as every CAD tool lists its parts: what stands in the file is what is read."""

import pytest

from portal.board.design import BomLine, FileRole
from portal.intake.bom import BomReading, read_bom
from portal.intake.tables import table_role

KICAD_9 = """\
"Reference","Value","Datasheet","Footprint","Qty","DNP"
"C1,C2","4.7uF","~","Capacitor_SMD:C_0805_2012Metric","2",""
"R1-R3","10k","~","Resistor_SMD:R_0603_1608Metric","3",""
"R4","0R","~","Resistor_SMD:R_0603_1608Metric","1","DNP"
"U1","LM358","https://www.ti.com/lit/ds/symlink/lm358.pdf","Package_SO:SOIC-8_3.9x4.9mm_P1.27mm","1",""
"""
KICAD_5_PCBNEW = """\
"Id";"Designator";"Footprint";"Quantity";"Designation";"Supplier and ref";
1;"C1,C2";"C_0805_2012Metric";2;"4.7uF";;;
2;"R3,R2,R1";"R_0603_1608Metric";3;"10k";;;
3;"R4";"R_0603_1608Metric";1;"0R DNP";;;
4;"U1";"SOIC-8";1;"LM358";;;
"""
KICAD_GROUPED_BY_VALUE = """\
"Source:","/home/anna/board/board.sch"
"Date:","Sat 04 Sep 2021 10:39:56 AM CEST"
"Tool:","Eeschema (5.1.10-1-10_14)"
"Generator:","/usr/share/kicad/plugins/bom_csv_grouped_by_value.py"
"Component Count:","7"

"Individual Components:"

"Item","Qty","Reference(s)","Value","LibPart","Footprint","Datasheet","DNP"
"","","C1","4.7uF","Device:C","Capacitor_SMD:C_0805","",""
"","","C2","4.7uF","Device:C","Capacitor_SMD:C_0805","",""
"","","R1","10k","Device:R","Resistor_SMD:R_0603","",""
"","","R2","10k","Device:R","Resistor_SMD:R_0603","",""
"","","R3","10k","Device:R","Resistor_SMD:R_0603","",""
"","","R4","0R","Device:R","Resistor_SMD:R_0603","","DNP"
"","","U1","LM358","Amplifier:LM358","Package_SO:SOIC-8","",""


"Collated Components:"

"Item","Qty","Reference(s)","Value","LibPart","Footprint","Datasheet","DNP"
"1","2","C1, C2","4.7uF","Device:C","Capacitor_SMD:C_0805","",""
"2","3","R1, R2, R3","10k","Device:R","Resistor_SMD:R_0603","",""
"3","1","R4","0R","Device:R","Resistor_SMD:R_0603","","DNP"
"4","1","U1","LM358","Amplifier:LM358","Package_SO:SOIC-8","",""
"""
JLC_TEMPLATE = """\
Comment,Designator,Footprint,JLCPCB Part #（optional）
4.7uF,"C1,C2",C0805,C1779
10k,"R1,R2,R3",R0603,C25804
DNP 0R,R4,R0603,
LM358,U1,SOIC-8,C7950
"""
FABRICATION_TOOLKIT = """\
Designator,Footprint,Quantity,Value,LCSC Part #
"C1, C2",0805,2,4.7uF,C1779
"R1, R2, R3",0603,3,10k,C25804
R4,0603,1,DNP,
U1,SOIC-8_3.9x4.9mm_P1.27mm,1,LM358,C7950
"""
EASYEDA = """\
ID\tName\tDesignator\tFootprint\tQuantity\tManufacturer Part\tManufacturer\tSupplier\tSupplier Part
1\t4.7uF\tC1,C2\tC0805\t2\tCL21A475KAQNNNE\tSAMSUNG\tLCSC\tC1779
2\t10k\tR1,R2,R3\tR0603\t3\t0603WAF1002T5E\tUniOhm\tLCSC\tC25804
3\tDNP\tR4\tR0603\t1\t\t\t\t
4\tLM358DR\tU1\tSOIC-8\t1\tLM358DR\tTI\tLCSC\tC7950
"""
ALTIUM = """\
"Comment","Description","Designator","Footprint","LibRef","Quantity","Manufacturer 1","Manufacturer Part Number 1"
"4.7uF","CAP CER 4.7UF 10V X5R 0805","C1, C2","CAPC2012X125N","CAP","2","Samsung","CL21A475KAQNNNE"
"10k","RES 10K OHM 1% 1/10W 0603","R1, R2, R3","RESC1608X55N","RES","3","Yageo","RC0603FR-0710KL"
"DNP","Not fitted","R4","RESC1608X55N","RES","1","",""
"LM358","IC OPAMP GP 2 CIRCUIT 8SOIC","U1","SOIC127P600X175-8N","LM358","1","TI","LM358DR"
"""
EAGLE_BY_VALUE = """\
Qty;Value;Device;Package;Parts;Description;
"2";"4.7uF";"C-EUC0805";"C0805";"C1, C2";"CAPACITOR, European symbol";
"3";"10k";"R-EU_R0603";"R0603";"R1, R2, R3";"RESISTOR, European symbol";
"1";"DNP";"R-EU_R0603";"R0603";"R4";"RESISTOR, European symbol";
"1";"LM358";"LM358D";"SO08";"U1";"OP AMP";
"""
EAGLE_PART_LIST = """\
Partlist

Exported from board.sch at 12.03.2019 10:22

EAGLE Version 9.3.1 Copyright (c) 1988-2019 Autodesk, Inc.

Assembly variant:

Part     Value          Device      Package  Library  Sheet

C1       4.7uF          C-EUC0805   C0805    rcl      1
C2       4.7uF          C-EUC0805   C0805    rcl      1
R1       10k            R-EU_R0603  R0603    rcl      1
R2       10k            R-EU_R0603  R0603    rcl      1
R3       10k            R-EU_R0603  R0603    rcl      2
R4       DNP            R-EU_R0603  R0603    rcl      2
U1       LM358          LM358D      SO08     linear   2
"""
FUSION = """\
Qty Value   Device      Package or Vendor-Nr.\t\t\tParts       Description
2   4.7µF   CAPACITOR   0805         \t\t\t\tC1, C2      CAPACITOR
3   10k     RESISTOR    0603         \t\t\t\tR1, R2, R3  RESISTOR
1   DNP     RESISTOR    0603         \t\t\t\tR4          RESISTOR
1   LM358   LM358_TRANSISTOR_LOOKS_LONG\tSOIC127P600X175-8N\tU1          OPERATIONAL AMPLIFIER
"""
ORCAD = """\
Bill Of Materials        July 3,2018      10:21:33\tPage1

Item\tQuantity\tReference\tPart\tPCB Footprint
______________________________________________

1\t2\tC1,C2\t4.7uF\tC0805
2\t3\tR1,\t10k\tR0603
\t\tR2,R3\t\t
3\t1\tR4\tDNP\tR0603
4\t1\tU1\tLM358\tSO8
"""
LIBREPCB = """\
Quantity,Designators,Value,Package,MPN[1],Manufacturer[1]
2,"C1, C2",4.7uF,CAPC2012X125,CL21A475KAQNNNE,Samsung
3,"R1, R2, R3",10k,RESC1608X55,RC0603FR-0710KL,Yageo
1,R4,DNP,RESC1608X55,,
1,U1,LM358,SOIC127P600X175-8,LM358DR,TI
"""
DIPTRACE = """\
RefDes,Value,Name,Pattern,Quantity,Manufacturer
"C1, C2",4.7uF,CAP,CAP_0805,2,Samsung
"R1, R2, R3",10k,RES,RES_0603,3,Yageo
R4,DNP,RES,RES_0603,1,
U1,LM358,LM358D,SOIC-8,1,TI
"""
PCBWAY = """\
PCBWay Bill of Materials,,,,,,
,,,,,,
Item #,*Designator,*Qty,Manufacturer,*Mfg Part #,Description / Value,*Package/Footprint
1,"C1,C2",2,Samsung,CL21A475KAQNNNE,4.7uF,0805
2,"R1,R2,R3",3,Yageo,RC0603FR-0710KL,10k,0603
3,R4,1,,,DNP,0603
4,U1,1,TI,LM358DR,LM358,SOIC-8
"""
PADS = """\
Item|Qty|Reference|Part Name|Manufacturer|Part Decal
1|2|C1-C2|CAP-4.7uF|Samsung|0805
2|3|R1-R3|RES-10k|Yageo|0603
3|1|R4|DNP|Yageo|0603
4|1|U1|LM358|TI|SO8
"""
WORDS = """\
Bill of materials of the little board

- 2x SMD 0805 Capacitor 4.7uF - C1, C2
- 3x SMD 0603 Resistor 10k - R1, R2, R3
- 1x do not populate - R4
- 1x LM358 - U1
"""
DIALECTS = {
    "KiCad 9": KICAD_9,
    "KiCad 5 from the board": KICAD_5_PCBNEW,
    "KiCad grouped by value": KICAD_GROUPED_BY_VALUE,
    "JLCPCB's template": JLC_TEMPLATE,
    "KiCad Fabrication Toolkit": FABRICATION_TOOLKIT,
    "EasyEDA": EASYEDA,
    "Altium": ALTIUM,
    "Eagle by value": EAGLE_BY_VALUE,
    "Eagle part list": EAGLE_PART_LIST,
    "Fusion": FUSION,
    "OrCAD": ORCAD,
    "LibrePCB": LIBREPCB,
    "DipTrace": DIPTRACE,
    "PCBWay's template": PCBWAY,
    "PADS": PADS,
    "sentences": WORDS,
}
EVERY = pytest.mark.parametrize("text", DIALECTS.values(), ids=DIALECTS)


def read(text: str) -> BomReading:
    return read_bom("export", text.encode())


def by_designator(reading: BomReading) -> dict[str, BomLine]:
    return {name: line for line in reading.lines for name in line.designators}


@EVERY
def test_every_tool_lists_the_same_seven_parts(text):
    assert sorted(by_designator(read(text))) == ["C1", "C2", "R1", "R2", "R3", "R4", "U1"]


@EVERY
def test_no_part_is_counted_twice(text):
    assert sum(line.per_board for line in read(text).lines) == 7


@EVERY
def test_every_tool_leaves_r4_off_and_nothing_else(text):
    assert [name for name, line in by_designator(read(text)).items() if line.not_fitted] == ["R4"]


@EVERY
def test_the_capacitor_is_named_by_its_value(text):
    capacitor = by_designator(read(text))["C1"]

    assert any("4.7" in said for said in (capacitor.value, capacitor.description))


@EVERY
def test_a_quantity_counts_the_designators_of_its_row(text):
    assert {line.quantity in {None, len(line.designators)} for line in read(text).lines} == {True}


@EVERY
def test_the_file_is_known_as_a_part_list_whatever_its_name(text):
    assert table_role("export", text.encode()) is FileRole.BOM


@EVERY
def test_nothing_has_to_be_asked_about_a_clean_export(text):
    assert {finding.severity.value for finding in read(text).findings} <= {"note"}


@EVERY
def test_windows_line_ends_change_nothing(text):
    assert read(text.replace("\n", "\r\n")).lines == read(text).lines


@EVERY
def test_blank_lines_behind_the_list_change_nothing(text):
    assert read(text + "\n\n\n").lines == read(text).lines


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
@EVERY
def test_the_encoding_changes_nothing(text, encoding):
    assert read_bom("export", text.encode(encoding)).lines == read(text).lines


@pytest.mark.parametrize(
    ("dialect", "package", "mpn", "supplier_part"),
    [
        ("KiCad 9", "Package_SO:SOIC-8_3.9x4.9mm_P1.27mm", "", ""),
        ("JLCPCB's template", "SOIC-8", "", "C7950"),
        ("KiCad Fabrication Toolkit", "SOIC-8_3.9x4.9mm_P1.27mm", "", "C7950"),
        ("EasyEDA", "SOIC-8", "LM358DR", "C7950"),
        ("Altium", "SOIC127P600X175-8N", "LM358DR", ""),
        ("Eagle by value", "SO08", "", ""),
        ("Eagle part list", "SO08", "", ""),
        ("Fusion", "SOIC127P600X175-8N", "", ""),
        ("OrCAD", "SO8", "", ""),
        ("LibrePCB", "SOIC127P600X175-8", "LM358DR", ""),
        ("DipTrace", "SOIC-8", "", ""),
        ("PCBWay's template", "SOIC-8", "LM358DR", ""),
        ("PADS", "SO8", "", ""),
    ],
)
def test_the_chip_has_the_package_and_numbers_of_its_export(dialect, package, mpn, supplier_part):
    chip = by_designator(read(DIALECTS[dialect]))["U1"]

    assert (chip.package, chip.mpn, chip.supplier_part) == (package, mpn, supplier_part)


@pytest.mark.parametrize(
    ("dialect", "row"),
    [
        ("KiCad 9", 5),
        ("KiCad grouped by value", 25),
        ("Eagle part list", 17),
        ("OrCAD", 10),
        ("PCBWay's template", 7),
        ("sentences", 6),
    ],
)
def test_the_row_of_the_chip_is_the_line_that_the_customer_sees(dialect, row):
    assert by_designator(read(DIALECTS[dialect]))["U1"].row == row


@pytest.mark.parametrize(
    ("dialect", "columns"),
    [
        ("KiCad 5 from the board", {"designator": "Designator", "quantity": "Quantity", "package": "Footprint"}),
        ("JLCPCB's template", {"designator": "Designator", "value": "Comment", "package": "Footprint"}),
        ("Eagle part list", {"designator": "Part", "value": "Value", "package": "Package"}),
        ("OrCAD", {"designator": "Reference", "value": "Part", "package": "PCB Footprint"}),
        ("DipTrace", {"designator": "RefDes", "value": "Value", "package": "Pattern"}),
        ("PADS", {"designator": "Reference", "value": "Part Name", "package": "Part Decal"}),
    ],
)
def test_the_tools_own_words_are_shown_for_the_columns(dialect, columns):
    assert columns.items() <= dict(read(DIALECTS[dialect]).columns).items()


def test_the_supplier_of_easyeda_is_no_manufacturer():
    assert by_designator(read(EASYEDA))["U1"].manufacturer == "TI"


def test_two_rows_of_kicad_for_one_part_are_noted_once():
    assert [finding.code for finding in read(KICAD_GROUPED_BY_VALUE).findings] == ["bom-listed-twice"]
