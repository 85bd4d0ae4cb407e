"""Excel and OpenDocument workbooks, with what real and hostile ones hold."""

import pytest
from workbooks import CHIP, HEADINGS, RESISTORS, a_zip, an_ods, an_xlsx, ods_row, row_xml, text_cell

from portal.intake.archive_xml import MOST_UNPACKED_BYTES
from portal.intake.tables import TableRefused, read_tables

DOCTYPE = '<!DOCTYPE x [<!ENTITY passwd SYSTEM "file:///etc/passwd">]>'
DATE_STYLES = (
    '<numFmts><numFmt numFmtId="170" formatCode="dd/mm/yy"/></numFmts><cellXfs><xf/><xf numFmtId="170"/></cellXfs>'
)
STRUCK_STYLES = '<fonts><font/><font><strike/></font></fonts><cellXfs><xf fontId="0"/><xf fontId="1"/></cellXfs>'


def sheet_of(*rows: str, after: str = "") -> str:
    return f"<sheetData>{''.join(rows)}</sheetData>{after}"


def only_row(cells: str, **book: str) -> tuple[str, ...]:
    [table] = read_tables("bom.xlsx", an_xlsx({"BOM": sheet_of(f"<row>{cells}</row>")}, **book))
    return table.rows[0]


def codes(data: bytes) -> list[str]:
    return [finding.code for table in read_tables("bom.xlsx", data) for finding in table.findings]


def refusal(data: bytes) -> str:
    with pytest.raises(TableRefused) as refused:
        read_tables("bom.xlsx", data)
    return refused.value.code


def test_every_sheet_is_read_in_the_order_of_the_tabs():
    tables = read_tables("bom.xlsx", an_xlsx({"Cover": [("Quotation",)], "BOM": [HEADINGS, CHIP]}))

    assert [table.sheet for table in tables] == ["Cover", "BOM"]


def test_hidden_sheets_are_marked():
    tables = read_tables("bom.xlsx", an_xlsx({"BOM": [CHIP], "old": [RESISTORS]}, hidden=["old"]))

    assert [table.is_hidden for table in tables] == [False, True]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("<c><v>3.0</v></c>", "3"),
        ("<c><v>0.1</v></c>", "0.1"),
        ("<c><v>603</v></c>", "603"),
        ("<c><v>1E-2</v></c>", "0.01"),
        ('<c t="str"><v>LM358</v></c>', "LM358"),
        ('<c t="b"><v>1</v></c>', "TRUE"),
        ('<c t="e"><v>#REF!</v></c>', "#REF!"),
        ('<c t="s"><v>1</v></c>', "RC0603"),
        ('<c s="1"><v>45326</v></c>', "2024-02-04"),
        ('<c t="n"><v>not a number</v></c>', "not a number"),
    ],
)
def test_cells_read_as_a_person_reads_them(cell, text):
    strings = "<si><t>10k</t></si><si><r><t>RC</t></r><r><t>0603</t></r><rPh><t>アールシー</t></rPh></si>"

    assert only_row(cell, strings=strings, styles=DATE_STYLES) == (text,)


@pytest.mark.parametrize("cell", ['<c t="s"><v>99</v></c>', '<c t="s"><v>x</v></c>', "<c/>"])
def test_a_cell_that_points_nowhere_is_empty(cell):
    assert only_row(cell + text_cell("R1"), strings="") in {("", "R1"), ("R1",)}


def test_a_cell_at_the_end_of_the_world_costs_nothing():
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    data = an_xlsx({"BOM": sheet_of(row_xml(HEADINGS), '<row r="2"><c r="XFD2"><v>1</v></c></row>', far)})

    assert len(read_tables("bom.xlsx", data)[0].rows) == 1
    assert codes(data) == ["far-cells"]


def test_empty_rows_keep_their_place():
    data = an_xlsx({"BOM": sheet_of(row_xml(HEADINGS, 'r="1"'), row_xml(CHIP, 'r="4"'))})

    assert read_tables("bom.xlsx", data)[0].rows == (HEADINGS, (), (), CHIP)


def test_a_formula_that_was_never_calculated_is_asked_about():
    formula = "<row><c><f>SUM(B2:B9)</f></c><c><f>1+1</f><v>2</v></c></row>"

    assert codes(an_xlsx({"BOM": sheet_of(formula)})) == ["formula-without-result"]


def test_hidden_rows_are_read_and_said():
    data = an_xlsx({"BOM": sheet_of(row_xml(HEADINGS), row_xml(CHIP, 'hidden="1"'))})

    assert read_tables("bom.xlsx", data)[0].rows[1] == CHIP
    assert codes(data) == ["hidden-rows"]


def test_a_row_that_is_crossed_out_is_marked():
    struck = '<row><c s="1" t="str"><v>R1</v></c><c s="1"><v>1</v></c></row>'
    [table] = read_tables("bom.xlsx", an_xlsx({"BOM": sheet_of(row_xml(CHIP), struck)}, styles=STRUCK_STYLES))

    assert table.struck == {1}


def test_a_cell_merged_over_rows_says_the_same_in_each():
    merged = '<mergeCells><mergeCell ref="B1:B2"/><mergeCell ref="A1:C1"/></mergeCells>'
    rows = '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>7</v></c></row><row r="2"><c r="A2"><v>2</v></c></row>'

    assert read_tables("bom.xlsx", an_xlsx({"BOM": sheet_of(rows, after=merged)}))[0].rows == (("1", "7"), ("2", "7"))


def test_external_entities_are_refused_and_never_fetched():
    assert refusal(a_zip({"content.xml": f"{DOCTYPE}<a>&passwd;</a>"})) == "table-with-doctype"


@pytest.mark.parametrize("declaration", [DOCTYPE, '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'])
def test_a_document_with_entities_is_refused(declaration):
    members = {
        "xl/workbook.xml": f"{declaration}<workbook/>",
        "xl/_rels/workbook.xml.rels": "<Relationships/>",
    }

    assert refusal(a_zip(members)) == "table-with-doctype"


def test_a_part_list_in_xml_with_entities_is_refused():
    assert refusal(f'<?xml version="1.0"?>{DOCTYPE}<export><components/></export>'.encode()) == "table-with-doctype"


def test_a_member_that_unpacks_to_a_bomb_is_refused_unopened():
    assert (
        refusal(a_zip({"xl/workbook.xml": b" " * 2_000_000, "xl/_rels/workbook.xml.rels": "<a/>"})) == "table-too-large"
    )


def test_a_workbook_that_unpacks_to_a_bomb_is_refused_unopened():
    spread = {f"xl/media/{at}.bin": bytes(MOST_UNPACKED_BYTES // 4) for at in range(5)}

    assert refusal(a_zip(spread)) == "table-too-large"


def test_broken_xml_is_refused():
    assert refusal(an_xlsx({"BOM": "<sheetData><row>"})) == "table-damaged"


def test_openoffice_sheets_are_read_by_their_text():
    [table] = read_tables("bom.ods", an_ods(ods_row(*HEADINGS) + ods_row(*CHIP)))

    assert table.sheet == "BOM"
    assert table.rows == (HEADINGS, CHIP)


def test_repeated_cells_and_rows_of_openoffice_are_counted():
    blank = '<table:table-row table:number-rows-repeated="2"><table:table-cell/></table:table-row>'
    twice = '<table:table-row><table:table-cell table:number-columns-repeated="2"><text:p>1</text:p></table:table-cell>'
    covered = "<table:covered-table-cell/><table:table-cell><text:p>9</text:p></table:table-cell></table:table-row>"
    [table] = read_tables("bom.ods", an_ods(ods_row("a", repeated=2) + blank + twice + covered))

    assert table.rows == (("a",), ("a",), (), (), ("1", "1", "", "9"))


def test_a_million_repeated_empty_rows_cost_nothing():
    [table] = read_tables("bom.ods", an_ods(ods_row("a") + ods_row("", repeated=1_048_576)))

    assert table.rows == (("a",),)


def test_a_million_repeated_filled_rows_are_refused():
    assert refusal(an_ods(ods_row("a", repeated=1_048_576))) == "table-too-large"
