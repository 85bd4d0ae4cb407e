"""Tables in mark-up: HTML that is called .xls, and KiCad's XML part list. Nothing outside the file is ever fetched."""

from collections.abc import Iterator
from html.parser import HTMLParser

from portal.intake.table import MOST_ROWS, TableRefused


def html_rows(text: str) -> list[list[str]]:
    reader = _HtmlTable()
    reader.feed(text)
    reader.close()
    return reader.rows


class _HtmlTable(HTMLParser):
    """Cells of every <tr>; scripts and styles are no text."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self._cell: list[str] | None = None
        self._silent = False

    def close(self) -> None:
        super().close()
        self._close_cell()  # a page that was cut off

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - the parser's own signature
        if tag in {"script", "style"}:
            self._silent = True
        elif tag in {"tr", "td", "th"}:
            self._close_cell()
            if tag == "tr":
                if len(self.rows) <= MOST_ROWS:
                    self.rows.append([])
            else:
                self._cell = []

    def handle_endtag(self, tag: str) -> None:
        if tag in {"script", "style"}:
            self._silent = False
        elif tag in {"td", "th", "tr", "table"}:
            self._close_cell()

    def handle_data(self, data: str) -> None:
        if self._cell is not None and not self._silent:
            self._cell.append(data)

    def _close_cell(self) -> None:
        if self._cell is not None and self.rows:
            self.rows[-1].append(" ".join("".join(self._cell).split()))
        self._cell = None


def kicad_rows(data: bytes) -> list[list[str]] | None:
    """KiCad's intermediate netlist (<export><components>) as a table with one row a part; None: another XML."""
    from lxml import etree  # noqa: PLC0415 - slow to import, and few packages hold XML

    if b"<!DOCTYPE" in data[:2_000]:
        raise has_doctype()
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        raise TableRefused(
            "table-damaged", "The XML part list is damaged.", "Export it again and upload the new file."
        ) from None
    if root.tag != "export":
        return None
    parts = [_kicad_part(component) for component in root.iterfind("components/comp")]
    fields = list(dict.fromkeys(name for part in parts for name in part))
    return [fields, *([part.get(name, "") for name in fields] for part in parts)]


def _kicad_part(component: object) -> dict[str, str]:
    return dict(_kicad_cells(component))


def _kicad_cells(component: object) -> Iterator[tuple[str, str]]:
    """The part's own columns, then its fields; KiCad 6 and later say `dnp` as a property, and what is no part."""
    from lxml import etree  # noqa: PLC0415

    assert isinstance(component, etree._Element)  # noqa: S101, SLF001 - lxml's element class has no public name
    yield "Reference", component.get("ref", "")
    yield "Value", component.findtext("value", "")
    yield "Footprint", component.findtext("footprint", "")
    for field in component.iterfind("fields/field"):
        yield field.get("name", "field"), field.text or ""
    for property_ in component.iterfind("property"):
        if property_.get("name") in {"dnp", "exclude_from_bom"}:
            yield "DNP", "yes"


def has_doctype() -> TableRefused:
    return TableRefused(
        "table-with-doctype",
        "The file declares XML entities, which a part list never needs.",
        "Save it again from your spreadsheet or CAD tool and upload the new file.",
    )
