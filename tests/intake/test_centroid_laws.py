"""What holds for every centroid file, and every way to say a unit, a side and an angle."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from workbooks import an_ods, an_xlsx, csv_of, ods_row

from portal.board.design import Placement, Side
from portal.intake.centroid import read_centroid
from portal.intake.centroid_files import CentroidReading
from portal.intake.table import TableRefused

HEADINGS = ("Designator", "Value", "Package", "Mid X", "Mid Y", "Rotation", "Layer")
KICAD_HEADINGS = ("# Ref", "Val", "Package", "PosX", "PosY", "Rot", "Side")
PER_MM = {"mm": 1.0, "mil": 1 / 0.0254, "inch": 1 / 25.4}

places = st.lists(
    st.builds(
        Placement,
        st.builds("{}{}".format, st.sampled_from(["R", "C", "LED", "U"]), st.integers(1, 400)),
        st.sampled_from(Side),
        st.integers(-2_000, 4_000).map(lambda tenths: tenths / 10),
        st.integers(-2_000, 4_000).map(lambda tenths: tenths / 10),
        st.sampled_from([0.0, 45.0, 90.0, 180.0, 270.0, 359.5]),
        st.sampled_from(["10k", "100nF", "LM358", "LED grün"]),
        st.sampled_from(["0603", "SOIC-8", "LED 0603"]),
    ),
    min_size=1,
    max_size=12,
    unique_by=lambda part: part.designator,
)


def rows_of(parts: Sequence[Placement], unit: str = "mm", suffix: str = "mm") -> list[tuple[str, ...]]:
    return [
        (
            part.designator,
            part.value,
            part.package,
            f"{part.x_mm * PER_MM[unit]:.6f}{suffix}",
            f"{part.y_mm * PER_MM[unit]:.6f}{suffix}",
            f"{part.rotation_deg:g}",
            part.side.value,
        )
        for part in parts
    ]


def read(*rows: Sequence[str], separator: str = ",", name: str = "cpl.csv") -> CentroidReading:
    return read_centroid(name, csv_of(*rows, separator=separator))


def rounded(parts: Sequence[Placement]) -> list[tuple[object, ...]]:
    return [(part.designator, part.side, round(part.x_mm, 3), round(part.y_mm, 3), part.rotation_deg) for part in parts]


@given(places, st.sampled_from([",", ";", "\t", "|"]))
def test_what_is_written_is_read_whatever_parts_the_columns(parts, separator):
    assert read(HEADINGS, *rows_of(parts), separator=separator).placements == tuple(parts)


@given(places, st.sampled_from(list(PER_MM)))
def test_the_unit_does_not_move_a_part(parts, unit):
    suffix = {"mm": "mm", "mil": "mil", "inch": "in"}[unit]
    reading = read(HEADINGS, *rows_of(parts, unit, suffix))

    assert rounded(reading.placements) == rounded(parts)
    assert reading.units == unit


@given(places, st.sampled_from(list(PER_MM)))
def test_a_unit_in_the_heading_is_as_good_as_one_in_each_cell(parts, unit):
    headings = (*HEADINGS[:3], f"Mid X ({unit})", f"Mid Y ({unit})", *HEADINGS[5:])

    assert rounded(read(headings, *rows_of(parts, unit, "")).placements) == rounded(parts)


SIDES = {
    "German": ("Oberseite", "Unterseite"),
    "French": ("Recto", "Verso"),
    "French, by what is done there": ("Côté composants", "Côté soudure"),
    "Spanish": ("Cara superior", "Cara inferior"),
    "Italian": ("Lato componenti", "Lato saldature"),
    "Portuguese": ("Topo", "Fundo"),
    "Polish": ("góra", "dół"),
    "Czech": ("Nahoře", "Dole"),
    "Croatian": ("Gornja strana", "Donja strana"),
    "Russian": ("Верхний слой", "Нижний слой"),
    "Dutch": ("bovenkant", "onderkant"),
    "Swedish": ("framsida", "baksida"),
    "Turkish": ("Üst", "Alt"),
    "Chinese": ("元件面", "焊接面"),
    "Taiwanese": ("T面", "B面"),
    "Japanese": ("部品面", "半田面"),
    "Korean": ("앞면", "뒷면"),
}


@given(
    places,
    st.sampled_from(list(SIDES)),
    st.sampled_from(["{:g}", "{:.1f} deg", "{:g}º", "{:g}°", "{:g} grados", "{:g}度"]),
)
def test_sides_and_angles_are_said_in_every_language(parts, language, angle):
    words = dict(zip(Side, SIDES[language], strict=True))
    rows = [(*row[:5], angle.format(float(row[5])), words[Side(row[6])]) for row in rows_of(parts)]

    assert read(HEADINGS, *rows).placements == tuple(parts)


@given(places)
def test_a_decimal_comma_is_as_good_as_a_point(parts):
    rows = [[cell.replace(".", ",") for cell in row] for row in rows_of(parts)]

    assert read(HEADINGS, *rows, separator=";").placements == tuple(parts)


@given(places)
def test_a_workbook_says_what_the_text_says(parts):
    rows = [HEADINGS, *rows_of(parts)]

    assert read_centroid("cpl.xlsx", an_xlsx({"CPL": rows})).placements == tuple(parts)


@given(places)
def test_an_openoffice_sheet_says_what_the_text_says(parts):
    sheet = an_ods("".join(ods_row(*row) for row in (HEADINGS, *rows_of(parts))), name="CPL")

    assert read_centroid("cpl.ods", sheet).placements == tuple(parts)


@given(places, st.permutations(range(len(HEADINGS))))
def test_the_order_of_the_columns_does_not_matter(parts, order):
    rows = [[row[at] for at in order] for row in (HEADINGS, *rows_of(parts))]

    assert read(*rows).placements == tuple(parts)


@given(places, st.randoms())
def test_the_order_of_the_rows_is_kept(parts, chance):
    shuffled = chance.sample(parts, len(parts))

    assert read(HEADINGS, *rows_of(shuffled)).placements == tuple(shuffled)


@given(places, st.integers(0, len(HEADINGS)))
def test_an_empty_column_changes_nothing(parts, at):
    rows = [(*row[:at], "", *row[at:]) for row in (HEADINGS, *rows_of(parts))]

    assert read(*rows).placements == tuple(parts)


@given(places, st.integers(-4, 4))
def test_whole_turns_change_nothing(parts, turns):
    rows = [(*row[:5], f"{float(row[5]) + 360 * turns:g}", row[6]) for row in rows_of(parts)]

    assert read(HEADINGS, *rows).placements == tuple(parts)


@given(places)
def test_fixed_columns_say_what_commas_say(parts):
    rows = [HEADINGS, *rows_of([part for part in parts if " " not in part.package + part.value])]
    text = "\n".join("".join(cell.ljust(20) for cell in row) for row in rows)

    assert read_centroid("pick.txt", text.encode()).placements == read(*rows).placements


@given(places)
def test_kicads_report_says_what_its_csv_says(parts):
    rows = [[cell.replace(" ", "_") for cell in row] for row in rows_of(parts, suffix="")]
    widths = (10, 12, 12, 14, 14, 8, 8)
    lines = ["".join(map(str.ljust, row, widths)) for row in (KICAD_HEADINGS, *rows)]
    text = "\n".join(("## Unit = mm, Angle = deg.", *lines, "## End"))

    assert rounded(read_centroid("board-all.pos", text.encode()).placements) == rounded(parts)


CELLS = st.sampled_from(["", "R1", "5mm", "-3,5", "1e400", "NaN", "T", "90", "MR45", "##", "\u200b", "x" * 5_000, '"'])


@given(st.lists(st.lists(CELLS, max_size=8), max_size=10))
def test_no_cells_make_a_place_that_is_no_number(rows):
    for part in read(HEADINGS, *rows).placements:
        assert abs(part.x_mm) + abs(part.y_mm) < 1e10
        assert 0 <= part.rotation_deg < 360


@given(st.text(max_size=300), st.sampled_from(["a.mnt", "b-bottom.pos", "cpl.csv", ""]))
def test_no_text_raises_anything_but_a_refusal(text, name):
    try:
        reading = read_centroid(name, text.encode("utf-8", "replace"))
    except TableRefused as refused:
        assert refused.remedy.endswith(".")  # noqa: PT017 - most texts are read, and that is right too
    else:
        assert isinstance(reading, CentroidReading)


BARE = "Designator,X,Y,Rotation,Side\nR1,100,200,0,Top\n"


@pytest.mark.parametrize(
    ("statement", "unit"),
    [
        ("Units used: mm", "mm"),
        ("Units used: mil", "mil"),
        ("Unit: mil", "mil"),
        ("UUNITS = MILS", "mil"),
        ("UUNITS = MILLIMETERS", "mm"),
        ("UUNITS = INCHES", "inch"),
        ("*Measurements are in inches", "inch"),
        ("# X,Y in mils.  rotation in degrees.", "mil"),
        ("## Unit = mm, Angle = deg.", "mm"),
        ("## Unit = inches, Angle = deg.", "inch"),
        ("Units: Rotation - degrees, X, Y - thou", "mil"),
        ("Units: Rotation - degrees, X, Y - mm", "mm"),
    ],
)
def test_a_line_above_the_headings_may_say_the_unit(statement, unit):
    [part] = read_centroid("export.csv", f"{statement}\n\n{BARE}".encode()).placements

    assert round(part.x_mm, 4) == round(100 / PER_MM[unit], 4)


@pytest.mark.parametrize(
    "line",
    [
        "Drawn in inches and anger",
        "Date: 10.11.23",
        "Board thickness 1.6 mm",
        "Origin in the lower left corner",
        "D:\\units\\x.csv",
    ],
)
def test_other_lines_above_the_headings_say_no_unit(line):
    assert read_centroid("export.csv", f"{line}\n{BARE}".encode()).units is None


@pytest.mark.parametrize(
    "heading", ["X (mil)", "Center-X(mil)", "X[mil]", "PosX mil", "Mid X (mils)", "X-coord (mil)", "X (thou)"]
)
def test_a_unit_behind_the_heading_is_heard(heading):
    text = BARE.replace("X,Y", f"{heading},{heading.replace('X', 'Y')}")

    assert read_centroid("export.csv", text.encode()).units == "mil"


def test_a_unit_in_the_cell_wins_over_the_heading():
    text = "Designator,X (mil),Y (mil),Rotation,Side\nR1,100mm,200mm,0,Top\n"

    assert read_centroid("export.csv", text.encode()).placements[0].x_mm == 100.0


def test_of_several_sheets_the_one_with_the_most_places_is_taken():
    few, many = [HEADINGS, ("R9", "", "", "1mm", "1mm", "0", "top")], [HEADINGS, *_numbered(5)]

    assert len(read_centroid("cpl.xlsx", an_xlsx({"old": few, "CPL": many})).placements) == 5


def _numbered(count: int) -> list[tuple[str, ...]]:
    return [(f"R{at}", "10k", "0603", f"{at}mm", "1mm", "0", "top") for at in range(count)]


@pytest.mark.parametrize(
    ("language", "headings", "row"),
    [
        ("German", "Bezeichner;X-Position (mm);Y-Position (mm);Winkel;Lage", "D1;5,5;-3,25;90;Unterseite"),
        ("French", "Repère;X (mm);Y (mm);Angle;Côté", "D1;5,5;-3,25;90;dessous"),
        ("Spanish", "Referencia;Coordenada X (mm);Coordenada Y (mm);Rotación;Cara", "D1;5,5;-3,25;90;inferior"),
        ("Italian", "Riferimento;X (mm);Y (mm);Rotazione;Lato", "D1;5,5;-3,25;90;lato inferiore"),
        ("Croatian", "Oznaka;X (mm);Y (mm);Kut;Strana", "D1;5,5;-3,25;90;donja"),
        ("Russian", "Обозначение;Координата X (mm);Координата Y (mm);Поворот;Слой", "D1;5,5;-3,25;90;нижняя"),
        ("Chinese", "位号;坐标X(mm);坐标Y(mm);角度;板层", "D1;5.5;-3.25;90;底面"),
        ("Taiwanese", "位號;X (mm);Y (mm);旋轉角度;層", "D1;5.5;-3.25;90;底層"),
        ("Japanese", "リファレンス;座標X(mm);座標Y(mm);回転;搭載面", "D1;5.5;-3.25;90;半田面"),
        ("Korean", "지정자;X좌표(mm);Y좌표(mm);회전;레이어", "D1;5.5;-3.25;90;바텀"),
    ],
)
def test_headings_and_sides_are_understood_in_every_language(language, headings, row):
    reading = read_centroid("export.csv", f"{headings}\n{row}\n".encode())

    assert reading.placements == (Placement("D1", Side.BOTTOM, 5.5, -3.25, 90.0),)
    assert reading.findings == ()


@pytest.mark.parametrize(
    ("encoding", "headings", "row"),
    [
        ("gb18030", "位号,中心X,中心Y,旋转角度,层", "D1,5mm,3mm,90,底层"),
        ("big5", "位號,X,Y,旋轉角度,層", "D1,5mm,3mm,90,底層"),
        ("shift_jis", "部品記号,X座標,Y座標,回転角,実装面", "D1,5mm,3mm,90,裏"),
        ("euc_jp", "部品記号,X座標,Y座標,回転角,実装面", "D1,5mm,3mm,90,裏"),
        ("euc_kr", "참조번호,X좌표,Y좌표,각도,실장면", "D1,5mm,3mm,90,하면"),
        ("cp1251", "Обозначение;X;Y;Поворот;Сторона", "D1;5mm;3mm;90;низ"),
    ],
)
def test_the_code_page_of_a_country_is_read(encoding, headings, row):
    [part] = read_centroid("export.csv", f"{headings}\n{row}\n".encode(encoding)).placements

    assert (part.side, part.x_mm, part.rotation_deg) == (Side.BOTTOM, 5.0, 90.0)
