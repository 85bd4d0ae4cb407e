"""Text of customers' tables, in whatever character set their system writes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.intake.encoding import decoded

GERMAN = "Bauteil;Gehäuse;Wert\nC1;0805;4,7µF ±10%\nD1;0603;LED grün\n"
CHINESE = "位号,数量,封装\nR1,1,0603\n"
JAPANESE = "部品番号,個数,パッケージ\nR1,1,0603\n"
KOREAN = "부품번호,수량,패키지\nR1,1,0603\n"
RUSSIAN = "Поз. обозначение;Кол.;Номинал\nR1;1;10к\n"
TAIWANESE = "項次,位置,用量,封裝\n1,R1,1,0603\n"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (GERMAN, "cp1252"),
        (CHINESE, "gbk"),
        (CHINESE, "gb18030"),
        (JAPANESE, "shift_jis"),
        (JAPANESE, "euc_jp"),
        (KOREAN, "euc_kr"),
        (RUSSIAN, "cp1251"),
        (TAIWANESE, "big5"),
    ],
)
def test_headings_tell_the_code_page(text, encoding):
    assert decoded(text.encode(encoding)).text == text


@pytest.mark.parametrize("text", [GERMAN, CHINESE, JAPANESE, KOREAN, RUSSIAN])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_unicode_is_read_in_every_form(text, encoding):
    found = decoded(text.encode(encoding))

    assert found.text == text
    assert not found.note


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_is_known_without_its_mark(encoding):
    assert decoded("Designator\tQty\r\nC1\t4.7µF\r\n".encode(encoding)).encoding == encoding


@pytest.mark.parametrize("symbol", ["µ", "°", "±", "·", "½"])
def test_one_symbol_in_ascii_is_western_and_not_chinese(symbol):
    """Detectors called 14 real part lists Shift-JIS or Big5 for a single µ."""
    text = f"Quantity,Designator,Comment\n1,C1,4.7{symbol}F\n2,C2,2.2{symbol} F\n"

    assert decoded(text.encode("cp1252")).text == text


def test_a_no_break_space_is_western():
    assert decoded(b"Item,Ref\n1,R1\xa0\n").text == "Item,Ref\n1,R1\u00a0\n"


def test_chinese_without_known_headings_is_guessed_and_said():
    found = decoded("这是一个没有标题的物料清单文件\n电阻器和电容器\n".encode("gbk"))

    assert found.encoding == "gb18030"
    assert "gb18030" in found.note


def test_russian_without_known_headings_is_guessed_and_said():
    found = decoded("это перечень элементов без заголовков\nрезистор, конденсатор\n".encode("cp1251"))

    assert found.encoding == "cp1251"
    assert found.note


def test_lines_of_two_systems_are_each_read_by_themselves():
    utf8 = "1,R1,Würth\n2,R2,grün\n3,R3,Käfer\n".encode()
    found = decoded(utf8 + "4,R4,Würth\n".encode("cp1252"))

    assert found.text.splitlines()[0] == "1,R1,Würth"
    assert found.text.splitlines()[3] == "4,R4,Würth"
    assert "two character sets" in found.note


def test_nul_bytes_are_left_out_and_said():
    found = decoded(b"Designator,Qty\nR\x001,1\n")

    assert found.text == "Designator,Qty\nR1,1\n"
    assert "NUL" in found.note


def test_nothing_is_an_empty_text():
    assert decoded(b"").text == ""


@given(st.binary(max_size=400))
def test_no_bytes_are_beyond_reading(data):
    assert isinstance(decoded(data).text, str)


@given(st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0\ufeff"), max_size=200))
def test_utf_8_with_its_mark_comes_back_as_it_was(text):
    assert decoded(text.encode("utf-8-sig")).text == text
