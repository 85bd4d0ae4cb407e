"""Centroid files of each CAD tool -> placements in millimetres."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from workbooks import an_xlsx, csv_of

from portal.board.design import Placement, Severity, Side
from portal.intake.centroid import read_centroid
from portal.intake.centroid_files import CentroidReading

TOP, BOTTOM = Side.TOP, Side.BOTTOM

KICAD_CSV = "Ref,Val,Package,PosX,PosY,Rot,Side\nC1,4.7uF,C_0805,127.0,-97.5,270.0,top\nD1,LED,D_0603,10,5,0,bottom\n"
KICAD_POS = """\
### Module positions - created on Saturday, September 04, 2021 at 10:39:56 AM ###
### Printed by Pcbnew version kicad (5.1.10-1-10_14)
## Unit = mm, Angle = deg.
## Side : All
# Ref     Val                           Package                               PosX       PosY       Rot  Side
C1        100uf_-_GRM31CR60J107ME39L    C_1206_3216Metric                 127.0000   -97.5000  270.0000  top
D1        LED                           D_0603                             10.0000     5.0000    0.0000  bottom
## End
"""
ALTIUM = """\
Altium Designer Pick and Place Locations
Units used: mil

"Designator","Comment","Layer","Footprint","Center-X(mil)","Center-Y(mil)","Rotation","Description"
"C1","100nF","TopLayer","CAP0402","5000","-3838.5827","270","CAP"
"D1","LED","BottomLayer","LED0603","393.7008","196.8504","0",""
"""
ALTIUM_OLD = """\
Designator Footprint               Mid X         Mid Y         Ref X         Ref Y         Pad X         Pad Y TB
C1         CAP0402              127.00mm      -97.50mm      126.00mm      -97.50mm      125.50mm      -97.50mm  T
D1         LED0603               10.00mm        5.00mm        9.00mm        5.00mm        8.50mm        5.00mm  B
"""
JLC = "Designator,Mid X,Mid Y,Layer,Rotation\nC1,127mm,-97.5mm,Top,270\nD1,10mm,5mm,Bottom,0\n"
INCHES = """\
RefDes,Layer,LocationX (inch),LocationY (inch),Rotation
C1,Top,5.0,-3.83858268,270
D1,Bottom,.39370079,.19685039,0
"""
ALLEGRO = """\
UUNITS = MILS
C1                   5000.000    -3838.583      270    CAP0402
D1                    393.701      196.850        0  m LED0603
"""
ALLEGRO_REPORT = """\
Component Report
UUNITS = MILS
REFDES,COMP_DEVICE_TYPE,COMP_VALUE,COMP_TOL,COMP_PACKAGE,SYM_X,SYM_Y,SYM_ROTATE,SYM_MIRROR
C1,CAP_0402,0.1uF,,CAP0402,5000.00,-3838.583,270.000,NO
D1,LED,LED,,LED0603,393.701,196.850,0.000,YES
"""
DIALECTS = {
    "KiCad csv": KICAD_CSV,
    "KiCad pos": KICAD_POS,
    "Altium csv": ALTIUM,
    "Altium text": ALTIUM_OLD,
    "JLC": JLC,
    "inches": INCHES,
    "Allegro": ALLEGRO,
    "Allegro report": ALLEGRO_REPORT,
}


def read(text: str, name: str = "positions.csv") -> CentroidReading:
    return read_centroid(name, text.encode())


def codes(reading: CentroidReading) -> list[str]:
    return [finding.code for finding in reading.findings]


def row(x: str = "5mm", y: str = "10mm", rotation: str = "0", side: str = "Top") -> CentroidReading:
    return read(f"Ref;X;Y;Rot;Side\nR1;{x};{y};{rotation};{side}\n")


@pytest.mark.parametrize("text", DIALECTS.values(), ids=DIALECTS)
def test_the_same_board_reads_the_same_from_every_tool(text):
    places = [(part.designator, part.side, round(part.x_mm, 2), round(part.y_mm, 2)) for part in read(text).placements]

    assert places == [("C1", TOP, 127.0, -97.5), ("D1", BOTTOM, 10.0, 5.0)]


@pytest.mark.parametrize(
    ("dialect", "units"),
    [
        ("KiCad csv", None),
        ("KiCad pos", "mm"),
        ("Altium csv", "mil"),
        ("JLC", "mm"),
        ("inches", "inch"),
        ("Allegro", "mil"),
    ],
)
def test_units_are_what_the_file_says(dialect, units):
    assert read(DIALECTS[dialect]).units == units


def test_a_placement_keeps_value_package_and_rotation():
    assert read(KICAD_POS).placements[0] == Placement(
        "C1", TOP, 127.0, -97.5, 270.0, "100uf_-_GRM31CR60J107ME39L", "C_1206_3216Metric"
    )


def test_the_middle_of_a_part_is_taken_and_not_its_first_pad():
    text = "Designator,Pad X,Pad Y,Ref X,Ref Y,Mid X,Mid Y,Layer,Rotation\nU1,1mm,2mm,3mm,4mm,5mm,6mm,T,0\n"
    [part] = read(text).placements

    assert (part.x_mm, part.y_mm) == (5.0, 6.0)


def test_units_that_nobody_says_are_asked_about_with_the_span():
    [finding] = read(KICAD_CSV).findings

    assert (finding.severity, finding.code) == (Severity.ASK, "centroid-units-unknown")
    assert "117.0 × 102.5 mm" in finding.message


def test_each_cell_is_converted_from_its_own_unit():
    text = "Ref,X,Y,Rot,Side\nR1,5mm,10mm,0,T\nR2,393.7mil,393.7mil,0,T\nC1,0.7874in,0.7874in,0,T\n"

    assert [round(part.x_mm, 1) for part in read(text).placements] == [5.0, 10.0, 20.0]


def test_lines_without_a_unit_among_lines_with_one_are_asked_about():
    reading = read("Ref,X,Y,Rot,Side\nR1,5mm,10mm,0,T\nR2,7,8,0,T\n")

    assert codes(reading) == ["centroid-units-mixed"]


@pytest.mark.parametrize(
    "data",
    [
        JLC.encode("utf-16"),
        JLC.replace(",", "\t").encode("utf-16"),
        JLC.replace(".", ",")
        .replace("Designator,Mid X,Mid Y,Layer,Rotation", "Designator;Mid X;Mid Y;Layer;Rotation")
        .replace("C1,127mm,-97,5mm,Top,270", "C1;127mm;-97,5mm;Top;270")
        .replace("D1,10mm,5mm,Bottom,0", "D1;10mm;5mm;Bottom;0")
        .encode(),
        an_xlsx({"Pick": [line.split(",") for line in JLC.splitlines()]}),
        b"<table>"
        + b"".join(
            b"<tr>" + b"".join(b"<td>" + cell + b"</td>" for cell in line.split(b",")) + b"</tr>"
            for line in JLC.encode().splitlines()
        )
        + b"</table>",
    ],
    ids=["utf-16", "utf-16 tabs", "decimal commas", "xlsx", "html"],
)
def test_any_container_holds_the_same_placements(data):
    assert read_centroid("PLACEMENT.xls", data).placements == read(JLC).placements


@pytest.mark.parametrize(
    ("written", "degrees"),
    [("360", 0.0), ("-90", 270.0), ("450.00", 90.0), ("90°", 90.0), ("R270", 270.0), ("90,5", 90.5)],
)
def test_rotations_come_into_one_turn(written, degrees):
    assert row(rotation=written).placements[0].rotation_deg == degrees


@pytest.mark.parametrize("written", ["", "north", "NaN"])
def test_a_rotation_that_is_none_is_zero_and_asked_about(written):
    reading = row(rotation=written)

    assert reading.placements[0].rotation_deg == 0.0
    assert codes(reading) == ["centroid-rotation-unreadable"]


@pytest.mark.parametrize("x", ["NaN9", "1e309", "1_0", "9 apples"])
def test_a_place_that_is_no_finite_number_is_left_out_and_asked_about(x):
    reading = row(x=x)

    assert reading.placements == ()
    assert codes(reading) == ["centroid-place-unreadable"]


def test_no_place_ever_becomes_not_a_number():
    text = "Ref,X,Y,Rot,Side\nR1,NaN,10,0,T\nR2,inf,10,0,T\nR3,1e309,10,0,T\nR4,,10,0,T\nR5,--,10,0,T\n"

    assert read(text).placements == ()
    assert len(read(text).findings) == 5


def test_a_tab_that_slipped_is_found_by_the_numbers():
    """odri-microdriver: blanks where the others have tabs, and a heading without a name."""
    text = "name\tX-axis\tY-axis\tangle\tvalue\t\tpackage\tside\nC3 \t36.88\t28.84   0 \t1.0u\t \tC0402\ttop\n"
    [part] = read(text).placements

    assert (part.x_mm, part.y_mm, part.side, part.package) == (36.88, 28.84, TOP, "C0402")


@pytest.mark.parametrize("footer", ["## End", "-----", ",,,,", "Total parts: 1,,,,", "Ref,X,Y,Rot,Side"])
def test_footers_and_second_headings_are_no_parts(footer):
    reading = read(f"Ref,X,Y,Rot,Side\nR1,5mm,10mm,0,T\n{footer}\n")

    assert len(reading.placements) == 1
    assert codes(reading) == []


def test_the_same_designator_twice_is_two_placements():
    """A panel repeats its designators on purpose; the cross-check asks."""
    assert len(read("Ref,X,Y,Rot,Side\nR1,5mm,10mm,0,T\nR1,55mm,10mm,0,T\n").placements) == 2


@pytest.mark.parametrize(
    "data", [b"", b"### Module positions ###\n## Unit = mm\n# Ref Val Package PosX PosY Rot Side\n## End\n"]
)
def test_a_side_without_parts_is_no_fault(data):
    assert read_centroid("board-bottom.pos", data) == CentroidReading((), None, ())


def test_odd_names_in_a_file_without_headings_are_parts_too():
    reading = read(ALLEGRO + "MH-TOP   100.0  200.0  0  1206\n")

    assert [part.designator for part in reading.placements] == ["C1", "D1", "MH-TOP"]


@given(
    st.lists(
        st.tuples(st.integers(1, 999), st.integers(-3_000, 3_000), st.integers(-3_000, 3_000), st.integers(0, 359)),
        min_size=1,
        max_size=15,
    )
)
def test_what_is_written_is_read(parts):
    rows = [(f"R{name}", f"{x / 10}mm", f"{y / 10}mm", str(turn), "Top") for name, x, y, turn in parts]
    reading = read_centroid("pos.csv", csv_of(("Ref", "X", "Y", "Rot", "Side"), *rows))

    assert [(p.x_mm, p.y_mm, p.rotation_deg) for p in reading.placements] == [
        (x / 10, y / 10, t) for _, x, y, t in parts
    ]


@given(
    st.lists(st.lists(st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=10), max_size=6), max_size=10)
)
def test_no_cells_below_headings_break_the_reading(rows):
    data = csv_of(("Ref", "X", "Y", "Rot", "Side"), *rows)

    assert isinstance(read_centroid("pos.csv", data), CentroidReading)


def test_rows_below_known_headings_of_which_none_can_be_read_are_asked_about():
    rows = "Comp,Footprint,X,Y,Rotation\n,0603,east,3,0\n,0402,west,4,90\n"
    reading = read_centroid("pnp.csv", rows.encode())

    assert reading.placements == ()
    assert reading.findings
