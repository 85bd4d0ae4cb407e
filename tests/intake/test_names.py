"""Names of files: readable where they can be, harmless always."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from packages_made import opened, raw_named

from portal.intake.limits import LIMITS
from portal.intake.names import decoded_name, leads_out, shown_name


@pytest.mark.parametrize(
    ("name", "encoding"),
    [
        ("顶层铜.gtl", "gbk"),
        ("底层铜.gbl", "gbk"),
        ("主板-驱动板.zip", "gbk"),
        ("表面パターン.gtl", "cp932"),
        ("部品表.csv", "utf-8"),
        ("Stückliste.csv", "utf-8"),
        ("board.gtl", "ascii"),
    ],
)
def test_names_without_a_flag_are_read_as_they_were_written(name, encoding):
    assert decoded_name(name.encode(encoding), is_utf8=False) == name


def test_a_backslash_inside_a_japanese_sign_is_no_folder(tmp_path):
    """表 is 0x95 0x5C in Shift-JIS."""
    raw = "表面パターン.gtl".encode("cp932")

    assert b"\\" in raw
    assert set(opened(tmp_path, raw_named(raw, b"copper"))) == {"表面パターン.gtl"}


def test_an_umlaut_of_an_old_pc_is_shown_somehow():
    assert decoded_name("Stückliste.csv".encode("cp437"), is_utf8=False).endswith("ckliste.csv")


def test_the_field_with_the_unicode_name_is_believed():
    extra = b"\x75\x70" + (5 + 8).to_bytes(2, "little") + b"\x01\x00\x00\x00\x00" + "板.gtl".encode()[:8]

    assert decoded_name(b"?.gtl", is_utf8=False, extra=extra).startswith("板")


@pytest.mark.parametrize("extra", [b"\x75", b"\x75\x70\xff\xff", b"\x75\x70\x02\x00ab", b"\x01\x00\x08\x00"])
def test_a_cut_extra_field_is_passed_over(extra):
    assert decoded_name(b"board.gtl", is_utf8=False, extra=extra) == "board.gtl"


@pytest.mark.parametrize("name", ["/etc/passwd", "..", "a/../b", "..\\b", "C:/b", "c:b", "\\\\server\\b"])
def test_a_name_that_leads_out_is_known(name):
    assert leads_out(name)


@pytest.mark.parametrize("name", ["a..b.gtl", "V1.2/board.gtl", "...gtl", "a/b c/d.gtl", "X.V3.1"])
def test_dots_alone_do_not_lead_out(name):
    assert not leads_out(name)


def test_signs_that_turn_a_line_around_are_replaced():
    assert shown_name("board\u202egpj.exe") == "board_gpj.exe"


def test_line_breaks_and_tabs_are_replaced():
    assert shown_name("two\nlines\tand tabs.gbr") == "two_lines_and tabs.gbr"


def test_markup_stays_as_it_is_for_the_page_to_escape():
    assert shown_name("<img src=x>.gbr") == "<img src=x>.gbr"


def test_a_long_name_keeps_its_suffix():
    short = shown_name("x" * 400 + ".gtl")

    assert len(short.encode()) <= LIMITS.name_bytes
    assert short.endswith(".gtl")


def test_a_name_of_nothing_has_a_name():
    assert shown_name("///") == "unnamed"


@given(name=st.text(max_size=400))
def test_a_shown_name_is_short_visible_and_stays_inside(name):
    shown = shown_name(name)

    assert 0 < len(shown.encode()) <= LIMITS.name_bytes
    assert not any(unicodedata.category(sign)[0] == "C" for sign in shown)
    assert not shown.startswith("/")


@given(raw=st.binary(max_size=60), is_utf8=st.booleans(), extra=st.binary(max_size=30))
def test_any_bytes_have_a_name(raw, is_utf8, extra):
    assert isinstance(decoded_name(raw, is_utf8=is_utf8, extra=extra), str)
