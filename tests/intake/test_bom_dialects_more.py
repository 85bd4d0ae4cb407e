"""Part lists of further tools and habits, written as these tools write them: the same parts come out of each."""

import pytest

from portal.board.design import FileRole
from portal.intake.bom import read_bom
from portal.intake.tables import table_role

PADS = """\
Item  Qty  Reference     Part Name       Manufacturer  Description
----  ---  ------------  --------------  ------------  --------------------
1     3    R1 R2 R3      RC0603FR-0710K  Yageo         RES 10K 1% 0603
2     2    C1-C2         GRM21BR61E475K  Murata        CAP 4.7UF 25V 0805
3     1    U1            LM358DR         TI            IC DUAL OPAMP SOIC-8
"""
ALLEGRO = """\
Bill of Materials Report,,,
C:/CADENCE/BOARD.BRD,,,
COMP_DEVICE_TYPE,COMP_VALUE,COMP_PACKAGE,REFDES,QTY
RES,10K,R0603,"R1,R2,R3",3
CAP,4.7UF,C0805,"C1,C2",2
LM358,LM358,SOIC8,U1,1
"""
ORCAD_TABS = (
    "Revised: Friday, November 10, 2023\nRevision: A\n\n\nBill Of Materials\tNovember 10,2023\t11:52:27\tPage1\n\n"
    "Item\tQuantity\tReference\tPart\tPCB Footprint\n______________________________________________\n\n"
    "1\t3\tR1,R2,R3\t10K\tR0603\n2\t2\tC1,C2\t4.7uF\tC0805\n3\t1\tU1\tLM358\tSOIC8\n"
)
ALTIUM_TEXT = """\
Designator     Comment  Footprint  Quantity
"R1, R2, R3"   10k      0603       3
"C1, C2"       4.7uF    0805       2
"U1"           LM358    SOIC-8     1
"""
EAGLE_LIST = """\
Partlist exported from board.sch at 10.11.2023 11:52

Qty Value Device      Package Parts
3   10k   R-EU_R0603  R0603   R1, R2, R3
2   4.7uF C-EUC0805   C0805   C1, C2
1   LM358 LM358D      SO08    U1
"""
FUSION_CSV = """\
"Qty";"Value";"Device";"Package";"Parts";"Description";"MF";"MPN";
"3";"10k";"R-EU_R0603";"R0603";"R1, R2, R3";"RESISTOR";"Yageo";"RC0603FR-0710KL";
"2";"4.7uF";"C-EUC0805";"C0805";"C1, C2";"CAPACITOR";"Murata";"GRM21BR61E475KA12L";
"1";"LM358";"LM358D";"SO08";"U1";"OPAMP";"TI";"LM358DR";
"""
KICAD_GROUPED = """\
"Source:","/home/anna/board.kicad_sch"
"Date:","2023-11-10 11:52:27"
"Tool:","Eeschema 7.0.8"
"Generator:","bom_csv_grouped_by_value.py"
"Component Count:","6"

"Individual Components:"

"Item","Qty","Reference(s)","Value","LibPart","Footprint","Datasheet"
"","","R1","10k","Device:R","R_0603","~"
"","","R2","10k","Device:R","R_0603","~"
"","","R3","10k","Device:R","R_0603","~"
"","","C1","4.7uF","Device:C","C_0805","~"
"","","C2","4.7uF","Device:C","C_0805","~"
"","","U1","LM358","Amplifier:LM358","SOIC-8","~"


"Collated Components:"

"Item","Qty","Reference(s)","Value","LibPart","Footprint","Datasheet"
"1","3","R1, R2, R3","10k","Device:R","R_0603","~"
"2","2","C1, C2","4.7uF","Device:C","C_0805","~"
"3","1","U1","LM358","Amplifier:LM358","SOIC-8","~"
"""
KICAD_XML = """\
<?xml version="1.0" encoding="UTF-8"?>
<export version="E"><design><source>board.kicad_sch</source></design><components>
<comp ref="R1"><value>10k</value><footprint>R_0603</footprint></comp>
<comp ref="R2"><value>10k</value><footprint>R_0603</footprint></comp>
<comp ref="R3"><value>10k</value><footprint>R_0603</footprint></comp>
<comp ref="C1"><value>4.7uF</value><footprint>C_0805</footprint></comp>
<comp ref="C2"><value>4.7uF</value><footprint>C_0805</footprint></comp>
<comp ref="U1"><value>LM358</value><footprint>SOIC-8</footprint></comp>
<comp ref="FID1"><value>Fiducial</value><property name="exclude_from_bom"/></comp>
</components></export>
"""
JLC = """\
Comment,Designator,Footprint,JLCPCB Part #（optional）
10k,"R1,R2,R3",0603,C25804
4.7uF,"C1,C2",0805,C1779
LM358,U1,SOIC-8,C7950
"""
EASYEDA = (
    "ID\tName\tDesignator\tFootprint\tQuantity\tManufacturer Part\tManufacturer\tSupplier\tSupplier Part\n"
    "1\t10k\tR1,R2,R3\tR0603\t3\tRC0603FR-0710KL\tYageo\tLCSC\tC98220\n"
    "2\t4.7uF\tC1,C2\tC0805\t2\tGRM21BR61E475KA12L\tMurata\tLCSC\tC1779\n"
    "3\tLM358\tU1\tSOIC-8\t1\tLM358DR\tTI\tLCSC\tC7950\n"
)
AGILE = """\
Level,Item Number,Qty,Ref Des,Description,Manufacturer,Mfr. Part Number
1,100-0001,3,"R1,R2,R3",RES 10K 0603,Yageo,RC0603FR-0710KL
,,,,,Vishay,CRCW060310K0FKEA
1,100-0002,2,"C1,C2",CAP 4.7UF 0805,Murata,GRM21BR61E475KA12L
1,100-0003,1,U1,OPAMP,TI,LM358DR
,,,,,ST,LM358DT
"""
DESIGNSPARK = """\
"Names","Value","Quantity","Manufacturer","Manufacturer Part Number","Component"
"C1-2","4.7uF",2,"Murata","GRM21BR61E475KA12L","Capacitor"
"R1-3","10k",3,"Yageo","RC0603FR-0710KL","Resistor"
"U1",,1,"TI","LM358DR","LM358DR"
"Sub-total:",,6,,,
"""
PROTEUS = """\
Category,Quantity,Drawing Reference,Value,Manufacturer,Manufacturer Part No.,Vendor,Vendor Part Number,Comment
Resistors,3,R1-R3,10k,RS Pro,707-7745,RS,707-7745,0.25W
Capacitors,2,"C1,C2",4.7uF,KEMET,C320C104K5R5TA,RS,538-1310,50V
IC,1,U1,LM358,TI,LM358DR,RS,661-0300,
Total,6,,,,,,,
"""
DIALECTS = {
    "PADS": PADS,
    "Allegro": ALLEGRO,
    "OrCAD with tabs": ORCAD_TABS,
    "Altium text": ALTIUM_TEXT,
    "Eagle list": EAGLE_LIST,
    "Fusion csv": FUSION_CSV,
    "KiCad grouped": KICAD_GROUPED,
    "KiCad XML": KICAD_XML,
    "JLCPCB": JLC,
    "EasyEDA": EASYEDA,
    "Agile": AGILE,
    "DesignSpark": DESIGNSPARK,
    "Proteus by hand": PROTEUS,
}
EVERY = pytest.mark.parametrize("text", DIALECTS.values(), ids=DIALECTS)


def fitted(reading):
    return {name for line in reading.lines if not line.not_fitted for name in line.designators}


@EVERY
def test_every_tool_lists_the_same_parts(text):
    assert fitted(read_bom("export", text.encode())) == {"R1", "R2", "R3", "C1", "C2", "U1"}


@EVERY
def test_the_file_is_known_as_a_part_list_whatever_its_name(text):
    assert table_role("export", text.encode()) is FileRole.BOM


@EVERY
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_the_encoding_changes_nothing(text, encoding):
    if "<?xml" in text:
        return  # says its encoding itself
    assert fitted(read_bom("export", text.encode(encoding))) == {"R1", "R2", "R3", "C1", "C2", "U1"}


@EVERY
def test_nothing_but_a_repeat_or_an_alternate_is_said_of_a_clean_export(text):
    codes = {finding.code for finding in read_bom("export", text.encode()).findings}

    assert codes <= {"bom-listed-twice", "bom-alternates"}


def test_a_list_of_approved_vendors_keeps_its_second_sources():
    lines = read_bom("bom.csv", AGILE.encode()).lines

    assert [[other.mpn for other in line.alternates] for line in lines] == [["CRCW060310K0FKEA"], [], ["LM358DT"]]


def test_what_kicad_leaves_out_of_the_list_is_not_fitted():
    assert [line.designators for line in read_bom("a.xml", KICAD_XML.encode()).lines if line.not_fitted] == [("FID1",)]
