"""The same four parts from the tools that are met less often, and from fabs' own forms."""

import pytest

from portal.board.design import FileRole, Side
from portal.intake.centroid import read_centroid
from portal.intake.tables import table_role

KICAD_CSV = """\
Ref,Val,Package,PosX,PosY,Rot,Side
"C1","4.7uF","C_0805_2012Metric",10.000000,-20.000000,0.000000,top
"R1","10k","R_0603_1608Metric",12.700000,-20.000000,90.000000,top
"U1","LM358","SOIC-8",25.400000,-30.500000,-90.000000,top
"D1","LED","LED_0603",10.000000,-40.000000,180.000000,bottom
"""
ULTIBOARD = """\
"RefDes","Footprint","Value","X (mm)","Y (mm)","Rotation","Board side"
"C1","CAPC2012","4.7uF","10","-20","0","Top"
"R1","RESC1608","10k","12.7","-20","90","Top"
"U1","SOIC8","LM358","25.4","-30.5","270","Top"
"D1","LED0603","LED","10","-40","180","Bottom"
"""
PCAD = """\
"RefDes"  "PatternName"  "Layer"  "LocationX"  "LocationY"  "Rotation"
"C1"      "C0805"        "Top"    "10mm"       "-20mm"      "0.0"
"R1"      "R0603"        "Top"    "12.7mm"     "-20mm"      "90.0"
"U1"      "SO8"          "Top"    "25.4mm"     "-30.5mm"    "270.0"
"D1"      "LED0603"      "Bottom" "10mm"       "-40mm"      "180.0"
"""
PULSONIX = """\
Component Name,Package,Value,Position X (mm),Position Y (mm),Rotation,Side
C1,0805,4.7uF,10.000,-20.000,0.0,Top
R1,0603,10k,12.700,-20.000,90.0,Top
U1,SO8,LM358,25.400,-30.500,270.0,Top
D1,0603,LED,10.000,-40.000,180.0,Bottom
"""
CADSTAR = """\
Component Placement Report
Units: thou

Comp. Name;Part Name;X Coord;Y Coord;Orientation;Mirror
C1;CAP-4U7;393.701;-787.402;0.0;No
R1;RES-10K;500;-787.402;90.0;No
U1;LM358;1000;-1200.787;270.0;No
D1;LED;393.701;-1574.803;180.0;Yes
"""
MENTOR = """\
# Units : mm
# RefDes     PartNumber      X         Y        Rotation  Layer
C1           100-0001     10.000   -20.000    0         TOP
R1           100-0002     12.700   -20.000    90        TOP
U1           100-0003     25.400   -30.500    270       TOP
D1           100-0004     10.000   -40.000    180       BOTTOM
"""
ZUKEN = """\
REFERENCE,PART_NUMBER,X_COORD(mm),Y_COORD(mm),ANGLE,PLACEMENT SIDE
C1,CAP,10.0000,-20.0000,0.0,A
R1,RES,12.7000,-20.0000,90.0,A
U1,LM358,25.4000,-30.5000,270.0,A
D1,LED,10.0000,-40.0000,180.0,B
"""
ALLEGRO_17 = """\
VERSION = 2.0
UUNITS = MILLIMETERS

#    refdes  !   symbol_x !   symbol_y ! rotation ! mirror ! symbol_name  ! embedded_layer
#-----------------------------------------------------------------------------------------
C1           !    10.0000 !   -20.0000 !        0 !        ! C0805        !
R1           !    12.7000 !   -20.0000 !       90 !        ! R0603        !
U1           !    25.4000 !   -30.5000 !      270 !        ! SO8          !
D1           !    10.0000 !   -40.0000 !      180 !      m ! LED0603      !
"""
TARGET = """\
Bauteil;Wert;Gehäuse;X [mm];Y [mm];Drehwinkel;Seite
C1;4,7uF;C0805;10,00;-20,00;0;Oben
R1;10k;R0603;12,70;-20,00;90;Oben
U1;LM358;SO8;25,40;-30,50;270;Oben
D1;LED;LED0603;10,00;-40,00;180;Unten
"""
FUSION_CSV = """\
Name,X (mm),Y (mm),Angle,Value,Package,Side
C1,10.00,-20.00,0,4.7uF,C0805,top
R1,12.70,-20.00,90,10k,R0603,top
U1,25.40,-30.50,270,LM358,SO08,top
D1,10.00,-40.00,180,LED,CHIPLED_0603,bottom
"""
SPRINT = """\
"Bezeichner";"Wert";"Bauform";"Lage";"X";"Y";"Winkel"
"C1";"4,7uF";"0805";"oben";"10,00 mm";"-20,00 mm";"0"
"R1";"10k";"0603";"oben";"12,70 mm";"-20,00 mm";"90"
"U1";"LM358";"SO8";"oben";"25,40 mm";"-30,50 mm";"270"
"D1";"LED";"0603";"unten";"10,00 mm";"-40,00 mm";"180"
"""
SCIENTIFIC = """\
Designator\tX\tY\tRotation\tSide\tUnits: mm
C1\t1.0000E+01\t-2.0000E+01\t0.0000E+00\tTOP
R1\t1.2700E+01\t-2.0000E+01\t9.0000E+01\tTOP
U1\t2.5400E+01\t-3.0500E+01\t2.7000E+02\tTOP
D1\t1.0000E+01\t-4.0000E+01\t1.8000E+02\tBOTTOM
"""
PCBWAY = """\
*Designator,*Mid X(mm),*Mid Y(mm),*Layer,*Rotation(degree)
C1,10,-20,T,0
R1,12.7,-20,T,90
U1,25.4,-30.5,T,-90
D1,10,-40,B,180
"""
HTML = """<html><body><table>
<tr><th>REFDES</th><th>SYM_X (mm)</th><th>SYM_Y (mm)</th><th>SYM_ROTATE</th><th>SYM_MIRROR</th></tr>
<tr><td>C1</td><td>10</td><td>-20</td><td>0</td><td>NO</td></tr>
<tr><td>R1</td><td>12.7</td><td>-20</td><td>90</td><td>NO</td></tr>
<tr><td>U1</td><td>25.4</td><td>-30.5</td><td>270</td><td>NO</td></tr>
<tr><td>D1</td><td>10</td><td>-40</td><td>180</td><td>YES</td></tr>
</table></body></html>
"""
ALTIUM_BOTH_UNITS = """\
Units used: mm
"Designator","Center-X(mil)","Center-Y(mil)","Center-X(mm)","Center-Y(mm)","Layer","Rotation"
"C1","393.701","-787.402","10","-20","TopLayer","0"
"R1","500","-787.402","12.7","-20","TopLayer","90"
"U1","1000","-1200.787","25.4","-30.5","TopLayer","270"
"D1","393.701","-1574.803","10","-40","BottomLayer","180"
"""
DIALECTS = {
    "KiCad csv": (KICAD_CSV, None),
    "Ultiboard": (ULTIBOARD, "mm"),
    "P-CAD": (PCAD, "mm"),
    "Pulsonix": (PULSONIX, "mm"),
    "CADSTAR": (CADSTAR, "mil"),
    "Mentor": (MENTOR, "mm"),
    "Zuken": (ZUKEN, "mm"),
    "Allegro 17": (ALLEGRO_17, "mm"),
    "Target": (TARGET, "mm"),
    "Fusion csv": (FUSION_CSV, "mm"),
    "Sprint": (SPRINT, "mm"),
    "scientific": (SCIENTIFIC, "mm"),
    "PCBWay": (PCBWAY, "mm"),
    "HTML called xls": (HTML, "mm"),
    "Altium, two units": (ALTIUM_BOTH_UNITS, "mil"),
}
EVERY = pytest.mark.parametrize(("text", "unit"), DIALECTS.values(), ids=DIALECTS)


def read(text):
    return read_centroid("export", text.encode())


@EVERY
def test_every_tool_places_the_same_parts(text, unit):
    assert [(part.designator, round(part.x_mm, 1), round(part.y_mm, 1)) for part in read(text).placements] == [
        ("C1", 10.0, -20.0),
        ("R1", 12.7, -20.0),
        ("U1", 25.4, -30.5),
        ("D1", 10.0, -40.0),
    ]


@EVERY
def test_every_tool_turns_the_parts_the_same_way_and_puts_the_light_below(text, unit):
    placements = read(text).placements

    assert [part.rotation_deg for part in placements] == [0.0, 90.0, 270.0, 180.0]
    assert [part.designator for part in placements if part.side is Side.BOTTOM] == ["D1"]


@EVERY
def test_the_unit_is_heard_where_it_is_said(text, unit):
    reading = read(text)

    assert reading.units == unit
    assert [finding.code for finding in reading.findings] == ([] if unit else ["centroid-units-unknown"])


@EVERY
def test_the_file_is_known_as_a_centroid_file_whatever_its_name(text, unit):
    assert table_role("export", text.encode()) is FileRole.CENTROID


VALUE_FIRST = """\
10uF; 2400; 2124;180;C1-EP-DR
10uF; 3590; 1602;180;C2
4.7uF/25V; 2607; 1499;  0;C3
LM358; 3260; 1578; 90;U1
"""


def test_lines_that_begin_with_the_value_end_with_the_designator():
    placed = read_centroid("board.mnt", VALUE_FIRST.encode()).placements

    assert [part.designator for part in placed] == ["C1-EP-DR", "C2", "C3", "U1"]
    assert placed[0].package == "10uF"
