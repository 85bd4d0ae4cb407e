"""Any file that may hold a table -> sheets of text cells. What it is, its bytes say; the suffix is never believed."""

import datetime as dt
import io
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from portal.board.design import FileRole, Finding, Severity
from portal.intake.archive_xml import damaged, encrypted, office_archive
from portal.intake.columns import bare_columns, best_heading_row, is_part_list, share_of_designators
from portal.intake.delimited import blank_parted_rows, delimited_rows
from portal.intake.encoding import decoded
from portal.intake.fixed_width import fixed_width_rows
from portal.intake.markup import html_rows, kicad_rows
from portal.intake.ods import ods_tables
from portal.intake.positions import is_bare_centroid, is_position
from portal.intake.prose import prose_rows
from portal.intake.table import MOST_BYTES, MOST_COLUMNS, Table, TableRefused, bounded
from portal.intake.xlsx import xlsx_tables

__all__ = ["Table", "TableRefused", "read_tables", "table_role"]

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
WORKBOOKS = (".xls", ".xlsx", ".xlsm", ".ods")
ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")

# Beginnings of files that are no table: pictures, PDF, archives, Gerber, Excellon.
NO_TABLE = (
    *(b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BM"),
    *(
        b"%FS",
        b"%MO",
        b"%TF",
        b"%AD",
        b"%AM",
        b"%LP",
        b"%IN",
        b"%AS",
        b"%IP",
        b"%OF",
        b"G04",
        b"G75",
        b"M48",
        b"(kicad",
        b"{",
        b"[{",
        b"[\n",
    ),
)
SMALL_WORKBOOK = 1_000_000
ROLE_BYTES = 60_000  # of a text: its headings stand in the first forty rows
EVEN = 0.9
SURE_COLUMNS = 4  # headings understood with a separator: no need to try columns of blanks


def read_tables(name: str, data: bytes) -> tuple[Table, ...]:
    """Every sheet, or TableRefused with what to do."""
    if len(data) > MOST_BYTES:
        raise TableRefused(
            "table-too-large", f"{name} is larger than 50 MB.", "Upload the part list without pictures and data sheets."
        )
    if data.startswith((ZIP, OLE)):
        return _workbook(data) if len(data) > SMALL_WORKBOOK else _kept_workbook(data)
    return _text_tables(name, data)


def _workbook(data: bytes) -> tuple[Table, ...]:
    if data.startswith(OLE):
        return _xls_tables(data)
    archive = office_archive(data)
    return ods_tables(archive) if "content.xml" in archive.namelist() else xlsx_tables(archive)


@lru_cache(maxsize=8)
def _kept_workbook(data: bytes) -> tuple[Table, ...]:
    """A package's tables are opened twice, to see what they are and to read them; a large one would fill the memory."""
    return _workbook(data)


def _xls_tables(data: bytes) -> tuple[Table, ...]:
    if ENCRYPTED_STREAM in data:
        raise encrypted()
    import python_calamine  # noqa: PLC0415 - slow to import, and only old workbooks need it

    try:
        book = python_calamine.load_workbook(io.BytesIO(data))
        sheets = [
            (entry, book.get_sheet_by_name(entry.name).to_python(skip_empty_area=False))
            for entry in book.sheets_metadata
        ]
    except python_calamine.PasswordError:
        raise encrypted() from None
    except (python_calamine.CalamineError, OSError, ValueError):
        raise damaged() from None
    except _panics():
        raise damaged() from None
    visible = python_calamine.SheetVisibleEnum.Visible
    return tuple(_xls_table(entry.name, rows, is_hidden=entry.visible != visible) for entry, rows in sheets)


def _panics() -> tuple[type[BaseException], ...]:
    """A panic of Rust is no Exception, and its class can only be found once there was one."""
    return tuple(kind for kind in BaseException.__subclasses__() if kind.__name__ == "PanicException")


def _xls_table(name: str, rows: Iterable[Iterable[Any]], *, is_hidden: bool) -> Table:
    table = bounded(name, ([_cell_text(cell) for cell in row] for row in rows), where=name)
    return Table(name, table.rows, table.findings, is_hidden=is_hidden)


def _cell_text(cell: Any) -> str:
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else f"{cell:.15g}"
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat()
    return str(cell).replace("\0", "")  # some writers call two bytes a letter one


def _text_tables(name: str, data: bytes) -> tuple[Table, ...]:
    text = decoded(data)
    start = text.text[:2_000].lstrip().casefold()
    findings: list[Finding] = []
    if _is_binary(text.text):
        raise TableRefused("table-format-unknown", f"{name} is no table.", "Upload the part list as .xlsx or .csv.")
    if start.startswith("<") and ("<table" in text.text.casefold() or start.startswith("<!doctype html")):
        rows = html_rows(text.text)
    elif start.startswith(("<?xml", "<export")):
        rows = kicad_rows(data) or []
    else:
        rows, findings = _plain_rows(name, text.text)
    if text.note:
        findings.append(_doubtful_text(name, text.note))
    table = bounded("", rows, where=name)
    return (Table("", table.rows, (*findings, *table.findings)),)


def _is_binary(text: str) -> bool:
    sample = text[:4_000]
    strange = sum(
        1 for character in sample if (character < " " and character not in "\t\r\n\f\x1a") or character == "\ufffd"
    )
    return strange * 20 > len(sample)


def _plain_rows(name: str, text: str) -> tuple[list[list[str]], list[Finding]]:
    """The reading in which more headings are understood; without any, cells only where a separator is sure."""
    rows, is_unclosed = delimited_rows(text) or ([], False)
    understood = _understood(rows)
    if understood < SURE_COLUMNS and not _is_headed(rows):
        fixed = fixed_width_rows(text) or []
        parted = blank_parted_rows(text) or []
        best = max(parted, fixed, key=_understood)
        if _understood(best) > understood:
            return best, []
    if not understood and (sentences := prose_rows(text)):
        return sentences, []
    if not rows or (not understood and is_bare_centroid(text.splitlines())):
        return [[line] for line in text.splitlines()], []
    return rows, [_unclosed_quote(name)] if is_unclosed else []


def _understood(rows: list[list[str]]) -> int:
    heading = best_heading_row(rows)
    return len(heading.columns) if heading else 0


def _is_headed(rows: list[list[str]]) -> bool:
    """A separator that cuts the headings of a list and nearly all rows alike is no accident, though they are few."""
    heading = best_heading_row(rows)
    if heading is None or not (heading.is_bom or heading.is_centroid) or not all(heading.text):
        return False
    below = [row for row in rows[heading.row + 1 :] if any(row)]
    return sum(len(row) == len(heading.text) for row in below) >= EVEN * len(below)


def _unclosed_quote(name: str) -> Finding:
    return Finding(
        Severity.ASK,
        "quote-not-closed",
        name,
        "has a quotation mark that is never closed; each line was read by itself",
        "Check the lines with quotation marks, or export the file again.",
    )


def _doubtful_text(name: str, note: str) -> Finding:
    return Finding(
        Severity.ASK, "text-doubtful", name, note, "Check the letters outside ASCII, or save the file as UTF-8."
    )


def table_role(name: str, data: bytes) -> FileRole | None:
    """BOM, CENTROID or None: by headings and cells first, by the name only where they leave it open. Never raises."""
    if data.startswith(NO_TABLE) or _is_of_another_kind(data):
        return None
    is_workbook = data.startswith((ZIP, OLE))
    is_whole = is_workbook or len(data) <= ROLE_BYTES or b"<export" in data[:500]
    try:
        tables = read_tables(name, data if is_whole else _whole_lines(data[:ROLE_BYTES]))
    except TableRefused:
        is_unread = is_workbook and name.casefold().endswith(WORKBOOKS)
        return (_role_by_name(name, ()) or FileRole.BOM) if is_unread else None  # so that somebody is asked
    roles = [role for table in tables if (role := role_of_sheet(table))]
    if FileRole.BOM in roles:
        return FileRole.BOM
    return roles[0] if roles else _role_by_name(name, tables)


def _is_of_another_kind(data: bytes) -> bool:
    """IPC-D-356 netlists, IPC-2581 and other boards, libraries of Ultra Librarian."""
    is_netlist = b"\nP  " in data[:5_000] and b"\n3" in data[:ROLE_BYTES]
    is_board = b"<?xml" in data[:100] and b"<export" not in data[:500]
    return is_netlist or is_board or b"StartFootprints" in data[:2_000]


def _whole_lines(data: bytes) -> bytes:
    return data[: data.rfind(b"\n") + 1] or data


def role_of_sheet(table: Table) -> FileRole | None:
    heading = best_heading_row(table.rows)
    if heading is None:
        return FileRole.CENTROID if is_bare_centroid([" ".join(row) for row in table.rows]) else _bare_role(table)
    if heading.is_centroid:
        return FileRole.CENTROID
    return FileRole.BOM if is_part_list(heading, table.rows) else None


def _bare_role(table: Table) -> FileRole | None:
    """A list without headings is one when a column counts the designators of every row."""
    columns = bare_columns(table.rows)
    return FileRole.BOM if columns and "quantity" in columns else None


NAMES = (
    (FileRole.CENTROID, ("pnp", "cpl", "centroid", "pick", "place", "pos", "mnt", "mnb", "xy")),
    (FileRole.BOM, ("bom", "partlist", "stückliste", "stueckliste", "物料清单", "部品表")),
)


def _role_by_name(name: str, tables: tuple[Table, ...]) -> FileRole | None:
    """An empty bottom side, or a list without headings: then only the name can say it."""
    words = set(
        name.casefold()
        .replace("\\", "/")
        .rsplit("/", 1)[-1]
        .replace("_", " ")
        .replace("-", " ")
        .replace(".", " ")
        .split()
    )
    return next((role for role, known in NAMES if words.intersection(known) and _could_be(role, tables)), None)


def _could_be(role: FileRole, tables: tuple[Table, ...]) -> bool:
    rows = [row for table in tables for row in table.rows if any(row)]
    if role is FileRole.CENTROID:
        return not rows or any(is_position(" ".join(row).split()) for row in rows)
    width = max(map(len, rows), default=0)
    return any(share_of_designators(rows, column) >= 0.5 for column in range(min(width, MOST_COLUMNS)))
