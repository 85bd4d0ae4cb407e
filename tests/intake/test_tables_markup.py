"""Tables in HTML and KiCad's XML: what a browser would show, and nothing fetched."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.board.design import FileRole, Side
from portal.intake.bom import read_bom
from portal.intake.centroid import read_centroid
from portal.intake.markup import html_rows, kicad_rows
from portal.intake.table import TableRefused
from portal.intake.tables import table_role

ALLEGRO_XLS = b"""\
<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><style>td {mso-number-format:"\\@"}</style></head>
<body><table border=1>
<tr><td colspan=2>UUNITS = MILS</td></tr>
<tr><th>REFDES</th><th>SYM_X</th><th>SYM_Y</th><th>SYM_ROTATE</th><th>SYM_MIRROR</th></tr>
<tr><td>C1</td><td>393.701</td><td>-787.402</td><td>90.000</td><td>NO</td></tr>
<tr><td>D1</td><td>393.701</td><td>-787.402</td><td>0.000</td><td>YES</td></tr>
</table></body></html>
"""
KICAD = """\
<?xml version="1.0" encoding="UTF-8"?>
<export version="E">
  <design><source>/home/anna/board.kicad_sch</source><tool>Eeschema 8.0.1</tool></design>
  <components>
    <comp ref="C1"><value>100n</value><footprint>Capacitor_SMD:C_0603</footprint>
      <fields><field name="MPN">CL10B104KB8NNNC</field><field name="Manufacturer">Samsung</field></fields></comp>
    <comp ref="R1"><value>10k</value><footprint>Resistor_SMD:R_0603</footprint></comp>
    <comp ref="R2"><value>0R</value><footprint>Resistor_SMD:R_0603</footprint><property name="dnp"/></comp>
  </components>
</export>
"""


def test_allegros_html_that_is_called_xls_is_a_centroid_file():
    reading = read_centroid("PLACEMENT.xls", ALLEGRO_XLS)

    assert [(part.designator, round(part.x_mm, 2), part.side) for part in reading.placements] == [
        ("C1", 10.0, Side.TOP),
        ("D1", 10.0, Side.BOTTOM),
    ]
    assert reading.units == "mil"


@pytest.mark.parametrize(
    ("html", "rows"),
    [
        ("<table><tr><td>a</td><td>b</td></tr></table>", [["a", "b"]]),
        ("<TABLE><TR><TD>a<TD>b<TR><TD>c</TABLE>", [["a", "b"], ["c"]]),
        ("<table><tr><td>  a \n b </td></tr></table>", [["a b"]]),
        ("<table><tr><td>4.7&micro;F</td><td>&lt;1%</td></tr></table>", [["4.7µF", "<1%"]]),
        ("<table><tr><td>a<br>b</td></tr></table>", [["ab"]]),
        ("<table><tr><td><script>x()</script>a<style>p{}</style></td></tr></table>", [["a"]]),
        ("<p>before</p><table><tr><td></td></tr></table><p>after</p>", [[""]]),
        ("<td>cell without a row</td>", []),
        ("<table><tr><td>never closed", [["never closed"]]),
    ],
)
def test_the_cells_of_a_page_are_its_rows(html, rows):
    assert html_rows(html) == rows


def test_kicads_xml_has_a_row_for_each_part_and_a_column_for_each_field():
    headings, first, *_ = kicad_rows(KICAD.encode()) or [[], []]

    assert headings == ["Reference", "Value", "Footprint", "MPN", "Manufacturer", "DNP"]
    assert first == ["C1", "100n", "Capacitor_SMD:C_0603", "CL10B104KB8NNNC", "Samsung", ""]


def test_kicads_xml_is_a_part_list():
    lines = read_bom("board.xml", KICAD.encode()).lines

    assert [(line.designators, line.mpn, line.not_fitted) for line in lines] == [
        (("C1",), "CL10B104KB8NNNC", False),
        (("R1",), "", False),
        (("R2",), "", True),
    ]
    assert table_role("board.xml", KICAD.encode()) is FileRole.BOM


def test_another_xml_is_no_part_list():
    assert kicad_rows(b'<?xml version="1.0"?><IPC-2581/>') is None


@pytest.mark.parametrize("cut", [60, 200, 500])
def test_xml_that_was_cut_off_is_refused(cut):
    with pytest.raises(TableRefused) as refused:
        kicad_rows(KICAD[:cut].encode())

    assert refused.value.code == "table-damaged"


@pytest.mark.parametrize(
    "doctype",
    ['<!DOCTYPE x SYSTEM "http://127.0.0.1/x.dtd">', '<!DOCTYPE x [<!ENTITY a "&#38;a;">]>'],
    ids=["fetch", "entity"],
)
def test_a_doctype_is_refused_before_anything_is_fetched(doctype):
    with pytest.raises(TableRefused) as refused:
        kicad_rows(KICAD.replace("<export", f"{doctype}\n<export", 1).encode())

    assert refused.value.code == "table-with-doctype"


@given(st.text('<>/trdhable"= R1&;\n', max_size=300))
def test_no_markup_breaks_the_reading(text):
    assert all(isinstance(row, list) for row in html_rows(text))
