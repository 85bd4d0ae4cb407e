"""Any file that may hold a table: known by its bytes, refused with what to do."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from workbooks import CHIP, HEADINGS, RESISTORS, a_zip, an_ods, an_xlsx, csv_of, ods_row

from portal.board.design import Severity
from portal.intake.table import LONGEST_CELL, MOST_COLUMNS, MOST_ROWS
from portal.intake.tables import Table, TableRefused, read_tables

BOM_CSV = csv_of(HEADINGS, RESISTORS, CHIP)
BOM_XLSX = an_xlsx({"BOM": [HEADINGS, RESISTORS, CHIP]})
BOM_ODS = an_ods("".join(ods_row(*row) for row in (HEADINGS, RESISTORS, CHIP)))


@pytest.mark.parametrize("name", ["bom.csv", "bom.xlsx", "bom.xls", "bom", "bom.pdf"])
@pytest.mark.parametrize("data", [BOM_CSV, BOM_XLSX, BOM_ODS], ids=["csv", "xlsx", "ods"])
def test_the_suffix_is_never_believed(name, data):
    [table] = read_tables(name, data)

    assert table.rows == (HEADINGS, RESISTORS, CHIP)


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-8-sig"])
def test_every_separator_is_found_in_every_encoding(separator, encoding):
    data = csv_of(HEADINGS, RESISTORS, CHIP, separator=separator).decode().encode(encoding)

    assert read_tables("bom.csv", data)[0].rows == (HEADINGS, RESISTORS, CHIP)


def test_the_separator_of_the_headings_wins_over_commas_in_the_cells():
    [table] = read_tables("bom.csv", b"Rep;Designator;Value\n1;R1, R2, R3;4,7\n2;C1, C2, C4;2,2\n")

    assert table.rows[1] == ("1", "R1, R2, R3", "4,7")


def test_the_line_that_tells_excel_the_separator_is_no_row_of_text():
    [table] = read_tables("bom.csv", b"sep=;\nDesignator;Qty;Value\nR1;1;10k\n")

    assert table.rows == ((), ("Designator", "Qty", "Value"), ("R1", "1", "10k"))


def test_rows_keep_the_customers_numbers_after_a_cell_with_a_line_break():
    [table] = read_tables("bom.csv", b'Designator,Qty,MPN\nR1,1,"A\nor B"\nR2,1,C\n')

    assert table.rows[3] == ("R2", "1", "C")


def test_a_quotation_mark_that_never_closes_swallows_nothing():
    [table] = read_tables("bom.csv", b'Designator,Qty,Value,MPN\nR1,1,10k,"A\nR2,1,22k,B\nR3,1,33k,C\n')

    assert [row[0] for row in table.rows] == ["Designator", "R1", "R2", "R3"]
    assert [finding.code for finding in table.findings] == ["quote-not-closed"]


def test_an_html_table_that_is_called_xls_is_read():
    html = b"<html><body><table><tr><th>Designator<th>Qty</tr><tr><td>R1, <b>R2</b></td><td>2</td></tr></table></html>"

    assert read_tables("PLACEMENT.xls", html)[0].rows == (("Designator", "Qty"), ("R1, R2", "2"))


def test_scripts_in_html_are_no_text():
    html = b"<table><tr><td>R1<script>alert(1)</script></td><td>&lt;b&gt;</td></tr></table>"

    assert read_tables("a.xls", html)[0].rows == (("R1", "<b>"),)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"PK\x03\x04 and then nothing of a zip", "table-damaged"),
        (BOM_XLSX[: len(BOM_XLSX) // 2], "table-damaged"),
        (a_zip({"board.gtl": "G04*"}), "table-format-unknown"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(range(256)) * 20, "table-damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "table-encrypted"),
        (a_zip({"xl/workbook.bin": b"\x83\x01"}), "table-format-unknown"),
        (bytes(range(1, 32)) * 100, "table-format-unknown"),
        (b"R1,1\n" * 10_000_001, "table-too-large"),
    ],
    ids=["no zip", "cut", "other zip", "noise", "password", "xlsb", "binary", "large"],
)
def test_what_is_no_table_is_refused_by_name(data, code):
    with pytest.raises(TableRefused) as refused:
        read_tables("bom.xlsx", data)

    assert refused.value.code == code
    assert refused.value.remedy.endswith(".")


def test_an_empty_file_is_an_empty_table():
    assert read_tables("bottom.mnb", b"") == (Table("", ()),)


def test_too_many_rows_stop_the_quote():
    [table] = read_tables("bom.csv", b"Designator,Value\n" + b"R1,10k\n" * (MOST_ROWS + 5))

    assert len(table.rows) == MOST_ROWS
    assert [(finding.severity, finding.code) for finding in table.findings] == [(Severity.STOP, "table-too-long")]


def test_a_long_cell_is_cut_and_said():
    [table] = read_tables("bom.csv", b"Designator,Value\nR1," + b"x" * 5_000_000 + b"\n")

    assert len(table.rows[1][1]) == LONGEST_CELL
    assert [finding.code for finding in table.findings] == ["cell-too-long"]


def test_a_wide_row_is_cut_and_said():
    [table] = read_tables("bom.csv", b"Designator,Value" + b",x" * 400 + b"\nR1,10k\n")

    assert len(table.rows[0]) == MOST_COLUMNS
    assert [finding.code for finding in table.findings] == ["table-too-wide"]


@given(st.binary(max_size=600))
def test_random_bytes_are_a_table_or_refused(data):
    with suppress(TableRefused):
        assert read_tables("bom.csv", data)


@given(st.sampled_from([BOM_XLSX, BOM_ODS, a_zip({"content.xml": "<a/>"})]), st.data())
def test_a_workbook_with_a_damaged_byte_is_a_table_or_refused(data, draw):
    at = draw.draw(st.integers(4, len(data) - 1))
    damaged = data[:at] + bytes([draw.draw(st.integers(0, 255))]) + data[at + 1 :]
    with suppress(TableRefused):
        read_tables("bom.xlsx", damaged)


@given(st.text('R1,;\t|"\n <>#', max_size=200))
def test_text_of_separators_and_quotes_is_always_a_table(text):
    assert len(read_tables("bom.csv", text.encode())) == 1
