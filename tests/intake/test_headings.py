"""The vocabulary of headings, in the customers' languages and spellings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.intake.headings import VOCABULARY, is_known, meanings, plain, without_unit

REAL = {
    "designator": (
        "Designator | *Designator | Reference(s) | RefDes | REF DES | Ref. | Reference designator | Parts | Location"
        " | Bauteilbezeichnung | Repère | Referencia | Riferimento | 位号 | 位置 | リファレンス | 참조번호"
        " | Поз. обозначение | Позиционное обозначение | Oznaka"
    ),
    "quantity": (
        "Qty | *Qty | Q.ty | Q.tà | Quantity Per PCB | Qunatity | Usage | Anzahl | Stückzahl | Quantité | Cantidad"
        " | 数量 | 用量 | 個数 | 수량 | Кол. | Кол-во | Količina"
    ),
    "value": "Value | Val | COMP_VALUE | Wert | Valeur | Valor | 值 | 参数 | 値 | 값 | Номинал | Vrijednost",
    "package": (
        "Footprint | *Package/Footprint | Package | COMP_PACKAGE | Pattern | PartDecal | Gehäuse | Boîtier"
        " | Encapsulado | 封装 | 封裝 | パッケージ | 패키지 | Корпус | Kućište"
    ),
    "mpn": (
        "MPN | *Mfg Part # | Mfr. P/N | Manufacturer Part Number 1 | MANUFACTURER PN | Manuf reference | manf#"
        " | Part Number | Herstellernummer | Référence fabricant | Nº de pieza | 型号 | 料號 | 型番 | 품번 | Артикул"
    ),
    "manufacturer": (
        "Manufacturer | Manufacturer(s) | Mfr | MF | Hersteller | Fabricant | Fabricante | Produttore | 厂商 | 廠牌"
        " | メーカー | 제조사 | Производитель | Proizvođač"
    ),
    "supplier_part": (
        "LCSC Part # | JLCPCB Part #（optional） | Supplier Part Number 1 | digikey# | Bestell-Nr. | 立创编号"
    ),
    "notes": "Remarks | Bemerkung | Remarque | Notas | Note | 备注 | 備考 | 비고 | Примечание | Napomena",
    "x": "Mid X | PosX | Center-X(mm) | X (mil) | SYM_X | LocationX | X-axis | X坐标",
    "y": "Mid Y | PosY | Center-Y(mm) | Y (mil) | SYM_Y | LocationY | Y-axis | Y坐标",
    "rotation": "Rotation | Rot | Orient. | SYM_ROTATE | Drehung | Angle | 角度 | 回転 | 회전 | Угол",
    "side": "Layer | Side | TB | top/bottom | Seite | Côté | 层 | 面 | Сторона | Strana",
}
EVERY = [(word, heading) for word, row in REAL.items() for heading in row.split(" | ")]


@pytest.mark.parametrize(("word", "heading"), EVERY)
def test_a_real_heading_is_understood(word, heading):
    assert word in meanings(heading)


@pytest.mark.parametrize(
    "heading", ["R1", "10k", "0603", "RC0603FR-0710KL", "Company X", "Printed 2024-01-01", "", "  "]
)
def test_what_is_no_heading_is_not_known(heading):
    assert not is_known(heading)


@pytest.mark.parametrize(
    ("heading", "plain_form", "unit"),
    [
        ("Center-X(mm)", "center x", "mm"),
        ("X (mil)", "x", "mil"),
        ("Mid Y [inch]", "mid y", "inch"),
        ("PosX", "posx", None),
        ("mm", "mm", None),
    ],
)
def test_a_unit_in_a_heading_is_taken_apart(heading, plain_form, unit):
    assert without_unit(heading) == (plain_form, unit)


@pytest.mark.parametrize(
    ("trusted", "less"),
    [
        ("Manufacturer Part Number", "Part Number"),
        ("Mid X", "Pad X"),
        ("Mid X", "Ref X"),
        ("Quantity", "Build Quantity"),
    ],
)
def test_of_two_headings_the_plainer_one_is_trusted_more(trusted, less):
    word = min(meanings(trusted), key=meanings(trusted).__getitem__)

    assert meanings(trusted)[word] < meanings(less).get(word, 1_000)


def test_case_stars_accents_and_punctuation_do_not_count():
    assert plain("*REPÈRE:") == plain("repere") == "repere"


@pytest.mark.parametrize("word", VOCABULARY)
def test_every_spelling_of_the_table_is_found_again(word):
    spellings = [spelling for row in VOCABULARY[word] for spelling in row.split(" | ")]

    assert [spelling for spelling in spellings if word not in meanings(spelling)] == []


@pytest.mark.parametrize("word", VOCABULARY)
def test_no_spelling_stands_twice_for_one_word(word):
    spellings = [plain(spelling) for row in VOCABULARY[word] for spelling in row.split(" | ")]

    assert [spelling for spelling in spellings if spellings.count(spelling) > 1] == []


@given(st.text(max_size=80))
def test_the_plain_form_is_final(heading):
    assert plain(plain(heading)) == plain(heading)
