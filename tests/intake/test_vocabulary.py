"""Headings in every language that a customer of ours writes, for part lists and for centroid files."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from workbooks import csv_of

from portal.board.design import Side
from portal.intake.bom import read_bom
from portal.intake.centroid import read_centroid
from portal.intake.headings import VOCABULARY, is_doubtful, meanings, plain

LISTS = {
    "English, spelled together": "RefDesignator | Qty | Value | PackageType | ManufacturerPartNumber | Mfr | Remarks",
    "German": "Einbauplatz | Anzahl | Wert | Bauform | Hersteller-Teilenummer | Hersteller | Anmerkung",
    "French": "Repère | Qté | Valeur | Boîtier | Référence | Fabricant | Remarques",
    "Spanish": "Designador | Cant. | Valor | Huella | Número de parte | Fabricante | Observaciones",
    "Italian": "Designatore | Q.tà | Valore | Impronta | Codice produttore | Costruttore | Note montaggio",
    "Portuguese": "Referência | Qtde | Valor | Encapsulamento | Código do fabricante | Fabricante | Observações",
    "Polish": "Oznaczenie | Ilość | Wartość | Obudowa | Numer katalogowy | Producent | Uwagi",
    "Czech": "Označení | Počet kusů | Hodnota | Pouzdro | Číslo výrobce | Výrobce | Poznámka",
    "Dutch": "Referentie | Aantal | Waarde | Behuizing | Onderdeelnummer | Fabrikant | Opmerking",
    "Swedish": "Beteckning | Antal | Värde | Kapsel | Artikelnummer | Tillverkare | Anmärkning",
    "Hungarian": "Pozíciószám | Darab | Érték | Tok | Gyártói cikkszám | Gyártó | Megjegyzés",
    "Croatian": "Oznaka | Kom. | Vrijednost | Kućište | Broj dijela | Proizvođač | Napomena",
    "Russian": "Поз. обозначение | Кол-во | Номинал | Типоразмер | Парт-номер | Изготовитель | Примечание",
    "Chinese": "元件位号 | 单板用量 | 参数值 | 元件封装 | 制造商型号 | 制造商 | 备注",
    "Taiwanese": "零件位號 | 用量 | 規格 | 封裝 | 原廠料號 | 廠商 | 備註",
    "Japanese": "ロケーション | 員数 | 定数 | 形状 | メーカー品番 | 製造元 | 備考",
    "Korean": "실장위치 | 소요량 | 사양 | 사이즈 | 제조사 파트넘버 | 메이커 | 비고",
    "two languages": "Designator(位号) | Qty 数量 | Value/值 | 封装 Footprint | MPN(型号) | 品牌 Brand | 备注/Remark",
}
PART = ("R1, R2", "2", "10k", "0603", "RC0603FR-0710KL", "Yageo", "DNP")
PLACES = {
    "English": "Designator | Center-X(mm) | Center-Y(mm) | Rotation | Side",
    "German": "Bezeichner | X-Koordinate [mm] | Y-Koordinate [mm] | Drehwinkel | Bestückseite",
    "French": "Repère | Coordonnée X (mm) | Coordonnée Y (mm) | Angle de rotation | Face",
    "Spanish": "Referencia | Coordenada X (mm) | Coordenada Y (mm) | Rotación | Cara",
    "Italian": "Riferimento | Posizione X (mm) | Posizione Y (mm) | Angolo | Lato",
    "Portuguese": "Referência | Posição X (mm) | Posição Y (mm) | Rotação | Camada",
    "Polish": "Oznaczenie | Współrzędna X (mm) | Współrzędna Y (mm) | Kąt obrotu | Warstwa",
    "Czech": "Označení | Souřadnice X (mm) | Souřadnice Y (mm) | Natočení | Vrstva",
    "Dutch": "Referentie | X-coördinaat (mm) | Y-coördinaat (mm) | Hoek | Zijde",
    "Croatian": "Oznaka | Koordinata X (mm) | Koordinata Y (mm) | Zakret | Strana",
    "Russian": "Обозначение | Координата X (mm) | Координата Y (mm) | Угол поворота | Сторона",
    "Chinese": "位号 | 中心坐标X(mm) | 中心坐标Y(mm) | 旋转角度 | 层",
    "Taiwanese": "位號 | X坐標(mm) | Y坐標(mm) | 旋轉角度 | 板層",
    "Japanese": "部品記号 | X座標(mm) | Y座標(mm) | 実装角度 | 実装面",
    "Korean": "참조번호 | X좌표(mm) | Y좌표(mm) | 회전각 | 실장면",
}


@pytest.mark.parametrize("headings", LISTS.values(), ids=LISTS)
def test_a_part_list_is_read_in_every_language(headings):
    reading = read_bom("liste.csv", csv_of(headings.split(" | "), PART, ("U1", "1", "LM358", "SO8", "X", "TI", "")))
    line = reading.lines[0]

    assert (line.designators, line.quantity, line.value, line.package) == (("R1", "R2"), 2, "10k", "0603")
    assert (line.mpn, line.manufacturer, line.not_fitted) == ("RC0603FR-0710KL", "Yageo", True)


@pytest.mark.parametrize("headings", PLACES.values(), ids=PLACES)
def test_a_centroid_file_is_read_in_every_language(headings):
    reading = read_centroid("lage.csv", csv_of(headings.split(" | "), ("R1", "5.5", "-3", "90", "B")))
    [part] = reading.placements

    assert (part.designator, part.x_mm, part.y_mm, part.rotation_deg) == ("R1", 5.5, -3.0, 90.0)
    assert (part.side, reading.units, reading.findings) == (Side.BOTTOM, "mm", ())


@pytest.mark.parametrize(
    "word", ["不贴", "未実装", "미실장", "Nicht bestücken", "Ne pas monter", "No montar", "Não montar"]
)
def test_a_column_of_its_own_leaves_parts_off_in_every_language(word):
    reading = read_bom(
        "a.csv", csv_of(("Designator", "Qty", "Value", word), ("R1", "1", "1k", "x"), ("R2", "1", "2k", ""))
    )

    assert [line.not_fitted for line in reading.lines] == [True, False]


@pytest.mark.parametrize(
    ("heading", "word"),
    [
        ("Qty (per board)", "quantity"),
        ("MPN 1", "mpn"),
        ("Mfg.Part.No.", "mpn"),
        ("Number of ref", "quantity"),
        ("Package/Footprint", "package"),
        ("X [mm]", "x"),
        ("Manufacter Part#", "mpn"),
        ("Mrf#", "mpn"),
        ("Desctiption", "description"),
        ("Digkey Part No", "supplier_part"),
        ("Refrence Desginator", "designator"),
        ("Model", "mpn"),
    ],
)
def test_brackets_numbers_dots_and_slips_of_the_hand_do_not_hide_a_heading(heading, word):
    assert word in meanings(heading)


@pytest.mark.parametrize("cell", ["X1", "Y1", "C1", "R1", "U1, U2", "10k", "L1-TOP", "Rev 1", "Page 1"])
def test_what_stands_in_the_cells_is_no_heading(cell):
    assert meanings(cell) == {}


def test_only_the_accent_tells_a_french_order_number_from_english_designators():
    assert "mpn" in meanings("Référence")
    assert "mpn" not in meanings("Reference")


def test_two_halves_that_contradict_each_other_mean_nothing():
    assert meanings("Quantity/Manufacturer") == {}


@given(st.sampled_from([spelling for rows in VOCABULARY.values() for row in rows for spelling in row.split(" | ")]))
def test_every_spelling_means_something_however_it_is_written(spelling):
    assert meanings(f" *{spelling.upper()}:") or meanings(spelling)


@given(st.text(max_size=80))
def test_no_heading_raises_anything(heading):
    assert meanings(heading) is not None
    assert is_doubtful(heading) in {True, False}
    assert plain(plain(heading)) == plain(heading)
