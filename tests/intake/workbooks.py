"""Small workbooks as customers send them, written by hand so that each oddity can be put in."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
OFFICE = "urn:oasis:names:tc:opendocument:xmlns"

HEADINGS = ("Designator", "Qty", "Value", "Footprint", "Manufacturer", "MPN")
RESISTORS = ("R1,R2,R3", "3", "10k", "0603", "Yageo", "RC0603FR-0710KL")
CHIP = ("U1", "1", "LM358", "SOIC-8", "TI", "LM358DR")


def a_zip(members: Mapping[str, str | bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return packed.getvalue()


def csv_of(*rows: Sequence[str], separator: str = ",") -> bytes:
    return "".join(separator.join(_quoted(cell, separator) for cell in row) + "\r\n" for row in rows).encode()


def _quoted(cell: str, separator: str) -> str:
    return f'"{cell}"' if separator in cell or "\n" in cell else cell


def an_xlsx(
    sheets: Mapping[str, Sequence[Sequence[str]] | str],
    *,
    hidden: Sequence[str] = (),
    styles: str = "",
    strings: str = "",
) -> bytes:
    """A sheet is rows of texts, or its <sheetData> and what follows as XML."""
    names = list(sheets)
    entries = "".join(
        f'<sheet name="{escape(name)}" sheetId="{at}" r:id="rId{at}"{_state(name in hidden)}/>'
        for at, name in enumerate(names, 1)
    )
    targets = "".join(f'<Relationship Id="rId{at}" Target="worksheets/s{at}.xml"/>' for at in range(1, len(names) + 1))
    return a_zip(
        {
            "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>{entries}</sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f"<Relationships>{targets}</Relationships>",
            **({"xl/styles.xml": f'<styleSheet xmlns="{MAIN}">{styles}</styleSheet>'} if styles else {}),
            **({"xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{strings}</sst>'} if strings else {}),
            **{f"xl/worksheets/s{at}.xml": _worksheet(sheets[name]) for at, name in enumerate(names, 1)},
        }
    )


def _state(is_hidden: bool) -> str:
    return ' state="hidden"' if is_hidden else ""


def _worksheet(sheet: Sequence[Sequence[str]] | str) -> str:
    inner = sheet if isinstance(sheet, str) else f"<sheetData>{''.join(map(row_xml, sheet))}</sheetData>"
    return f'<worksheet xmlns="{MAIN}">{inner}</worksheet>'


def row_xml(cells: Sequence[str], attributes: str = "") -> str:
    return f"<row {attributes}>{''.join(map(text_cell, cells))}</row>"


def text_cell(text: str) -> str:
    return f'<c t="inlineStr"><is><t>{escape(text)}</t></is></c>'


def an_ods(rows_xml: str, name: str = "BOM") -> bytes:
    return a_zip(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": (
                f'<o:document xmlns:o="{OFFICE}:office:1.0" xmlns:table="{OFFICE}:table:1.0"'
                f' xmlns:text="{OFFICE}:text:1.0">'
                f'<table:table table:name="{name}">{rows_xml}</table:table></o:document>'
            ),
        }
    )


def ods_row(*cells: str, repeated: int = 1) -> str:
    inner = "".join(f"<table:table-cell><text:p>{escape(cell)}</text:p></table:table-cell>" for cell in cells)
    return f'<table:table-row table:number-rows-repeated="{repeated}">{inner}</table:table-row>'
