"""The part list (BOM): which sheets and sections of the file are the list, and its lines."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from portal.board.design import BomLine, Finding, Place
from portal.intake.alternates import continued, further_columns, merged, said_in_rows, with_alternates
from portal.intake.bom_cells import row_at
from portal.intake.bom_findings import (
    another_list,
    columns_unsure,
    hidden_sheet,
    listed_twice,
    no_designators,
    no_parts,
)
from portal.intake.bom_rows import lines_of
from portal.intake.columns import (
    Heading,
    assigned,
    bare_columns,
    best_heading_row,
    further_designators,
    heading_at,
    is_part_list,
)
from portal.intake.corrections import TableSaid
from portal.intake.designators import is_designator, read_designators
from portal.intake.grouping import grouped, some
from portal.intake.headings import meanings, plain
from portal.intake.not_fitted import is_not_fitted_sheet
from portal.intake.table_said import as_said, heading_text, rows_below, said_table, settled
from portal.intake.tables import Table, read_tables
from portal.intake.variants import crossed_columns, is_off_in_all, several_numbers, several_variants, variant_columns
from portal.intake.wrapped import Numbered, unwrapped

OUR_WORDS = (
    *("designator", "quantity", "value", "package", "mpn", "manufacturer"),
    *("description", "supplier_part", "not_fitted", "fitted", "optional", "notes"),
)
ABOUT_THE_FILE = frozenset(
    plain(word)
    for row in (
        "history | revision | revisions | change | changes | changelog | log | instruction | instructions | sample",
        "samples | example | examples | readme | introduction | template | cover | legend | guide | guideline | help",
        "beispiel | muster | vorlage | änderungen | anleitung | historie | exemple | modèle | historique | ejemplo",
        "plantilla | esempio | modello | пример | шаблон | primjer | przykład | vzor",
    )
    for word in row.split(" | ")
)
ABOUT_SIGNS = ("示例", "样例", "模板", "範例", "说明", "サンプル", "記入例", "예시", "변경")
UNSURE = frozenset({"columns-unsure", "bom-empty", "bom-no-designators", "bom-several-numbers"})
LINE_SIGNS = "-_=+*| \t"  # a line drawn below the headings
SAME_LIST, OTHER_LIST = 0.9, 0.1  # share of designators that two lists have in common


@dataclass(frozen=True, slots=True)
class BomReading:
    """`columns`: our word -> the customer's heading."""

    lines: tuple[BomLine, ...]
    columns: tuple[tuple[str, str], ...]
    findings: tuple[Finding, ...]

    @property
    def is_unsure(self) -> bool:
        """Whether the customer should name the columns himself."""
        return any(finding.code in UNSURE for finding in self.findings)


@dataclass(frozen=True, slots=True)
class Part:
    """One heading and the rows under it. `is_page`: its headings are those of the part before it."""

    sheet: str
    lines: tuple[BomLine, ...]
    columns: tuple[tuple[str, str], ...]
    findings: tuple[Finding, ...]
    is_page: bool = False

    @property
    def designators(self) -> frozenset[str]:
        return frozenset(name for line in self.lines for name in line.designators)


def read_bom(name: str, data: bytes, said: TableSaid | None = None) -> BomReading:
    """Raises TableRefused for what is no table; everything else is said in findings."""
    tables = read_tables(name, data)
    findings = [finding for table in tables for finding in table.findings]
    said = settled(tables, said)
    parts = _said_parts(tables, said)
    findings += as_said(name, said) if parts else ()
    kept = parts or _without_repeats(_all_parts(tables, findings), findings)
    lines = tuple(line for part in kept for line in part.lines)
    findings += [finding for part in kept for finding in part.findings]
    if not lines:
        findings.append(no_parts(name))
    elif not any(line.designators for line in lines):
        findings.append(no_designators(name))
    return BomReading(lines, kept[0].columns if kept else (), grouped(findings))


def _said_parts(tables: Sequence[Table], said: TableSaid | None) -> "list[Part]":
    table = said_table(tables, said)
    if table is None or said is None:
        return []
    columns = {word: column for word, column in said.columns.items() if word.rstrip(" 0123456789") in OUR_WORDS}
    used = tuple((word, heading_text(table, said, columns[word])) for word in OUR_WORDS if word in columns)
    lines, findings = _read_rows(table, rows_below(table, said), columns)
    return [Part(table.sheet, lines, used, findings)] if lines else []


def _all_parts(tables: Sequence[Table], findings: list[Finding]) -> "list[Part]":
    return [part for table in _lists(tables, findings) for part in _parts(table) if part.lines]


def _lists(tables: Sequence[Table], findings: list[Finding]) -> list[Table]:
    """The sheets that are part lists: not the change log, not the cover, not what is hidden."""
    headed = [table for table in tables if (found := best_heading_row(table.rows)) and is_part_list(found, table.rows)]
    visible = [table for table in headed if not table.is_hidden] or headed
    if len(visible) < len(headed):
        findings.append(hidden_sheet(some(tuple(table.sheet for table in headed if table.is_hidden))))
    about = [table for table in visible if _is_about_the_file(table.sheet)]
    lists = [table for table in visible if table not in about] or about
    return lists or [table for table in tables if bare_columns(table.rows)][:1]


def _is_about_the_file(sheet: str) -> bool:
    return not ABOUT_THE_FILE.isdisjoint(plain(sheet).split()) or any(sign in sheet for sign in ABOUT_SIGNS)


def _parts(table: Table) -> Iterator[Part]:
    heading = best_heading_row(table.rows)
    if heading is None or not is_part_list(heading, table.rows):
        yield from _bare_part(table)
        return
    is_page = False
    while heading:
        following = _next_heading(table, heading)
        part = _part(table, heading, _without_title(table, following.row) if following else len(table.rows))
        yield replace(part, is_page=is_page)
        is_page = following is not None and _is_repeat(following.text, heading)
        heading = following


def _next_heading(table: Table, heading: Heading) -> Heading | None:
    """A second table below the first; with the same headings it may be only a new page."""
    column = heading.first("designator")
    if column is None:
        return None
    for row in range(heading.row + 1, len(table.rows)):
        cells = table.rows[row]
        if column < len(cells) and any(map(is_designator, read_designators(cells[column]).names)):
            continue  # a part that is called "part" and is not to be fitted, and no headings
        if any("designator" in meanings(cell) for cell in cells[:12] if _may_be_heading(cell)):
            other = heading_at(table.rows, row)
            if other and other.is_bom and len(other.columns) > 2:
                return other
    return None


def _without_title(table: Table, end: int) -> int:
    """The title of the next table ("Bottom") is no part of this one: one word alone above its headings."""
    above = next((at for at in range(end - 1, -1, -1) if any(table.rows[at])), end)
    cells = [cell for cell in table.rows[above] if cell.strip()] if above < end else []
    return above if len(cells) == 1 and not any(map(is_designator, read_designators(cells[0]).names)) else end


def _may_be_heading(cell: str) -> bool:
    """Two letters of Latin are a value or a unit; two signs of Chinese are a whole word."""
    return 2 < len(cell) < 40 or (len(cell) == 2 and not cell.isascii())


def _is_repeat(cells: Sequence[str], heading: Heading) -> bool:
    return [plain(cell) for cell in cells if cell] == [plain(cell) for cell in heading.text if cell]


def columns_of(heading: Heading, body: Sequence[Sequence[str]]) -> tuple[dict[str, int], tuple[int, ...]]:
    """Our word -> column, those of alternates and of spread designators too; and the columns of build variants."""
    columns = assigned(heading, body)
    columns |= further_columns(heading, columns) | further_designators(heading, columns, body)
    variants = variant_columns(heading, columns, body)
    if len(variants) == 1 and "fitted" not in columns:
        columns["fitted"] = variants[0]
    return columns, variants


def _part(table: Table, heading: Heading, end: int) -> Part:
    body = table.rows[heading.row + 1 : end]
    columns, variants = columns_of(heading, body)
    used = tuple((word, heading.text[columns[word]]) for word in OUR_WORDS if word in columns)
    numbered = (
        (number, raw)
        for number, (raw, below) in enumerate(zip_longest(body, body[1:], fillvalue=()), start=heading.row + 1)
        if "".join(raw).strip(LINE_SIGNS) and not _is_repeat(raw, heading) and not _is_title(raw, below)
    )
    lines, findings = _read_rows(table, numbered, columns, variants=variants)
    if asked := variants if len(variants) > 1 else crossed_columns(heading, columns, body):
        findings = (*findings, several_variants(table.sheet, heading, asked))
    findings = (*findings, *several_numbers(table.sheet, heading, columns, rows=body))
    return Part(table.sheet, lines, used, findings)


def _is_title(row: Sequence[str], below: Sequence[str]) -> bool:
    """One word alone over the parts of a group ("Passives:"), or one with a line drawn below it."""
    said, line = "".join(row).strip(), "".join(below).strip()
    is_underlined = len(line) > 2 and not line.strip(LINE_SIGNS)
    return sum(map(bool, row)) == 1 and (said.endswith(":") or is_underlined)


def _read_rows(
    table: Table, numbered: Iterable[Numbered], columns: Mapping[str, int], *, variants: Sequence[int] = ()
) -> tuple[tuple[BomLine, ...], tuple[Finding, ...]]:
    all_not_fitted = is_not_fitted_sheet(table.sheet)
    lines: list[BomLine] = []
    findings: list[Finding] = []
    for at, raw in unwrapped(numbered, columns):
        row = row_at(at + 1, raw, columns)
        if others := continued(row.cells, lines[-1] if lines else None):
            lines[-1] = with_alternates(lines[-1], others)
            findings.append(said_in_rows([row.number]))
            continue
        is_off = all_not_fitted or is_off_in_all(raw, variants)
        found = tuple(lines_of(row, all_not_fitted=is_off, is_struck=at in table.struck))
        lines += found
        findings += _placed(row.findings, found)
    kept, noticed = merged(lines)
    return tuple(kept), (*findings, *noticed)


def _placed(findings: Iterable[Finding], lines: Sequence[BomLine]) -> Iterator[Finding]:
    """Of a row: at its designators."""
    names = tuple(name for line in lines for name in line.designators)
    return (replace(finding, place=Place(designators=names) if names else None) for finding in findings)


def _bare_part(table: Table) -> Iterator[Part]:
    """No headings: only what the cells prove is taken, and the rest is asked."""
    columns = bare_columns(table.rows)
    if columns:
        lines, _ = _read_rows(table, ((at, raw) for at, raw in enumerate(table.rows) if any(raw)), columns)
        yield Part(table.sheet, lines, (), (columns_unsure(table.sheet or "the part list"),))


def _without_repeats(parts: Sequence[Part], findings: list[Finding]) -> list[Part]:
    """Lists that name the same parts again (grouped and collated, two sheets) count once: the shortest of them."""
    listed = [part for part in parts if part.designators or part.is_page] or list(parts)
    kept: list[Part] = []
    for part in sorted(listed, key=lambda part: (-len(part.designators), len(part.lines))):
        shared = max((_shared(part, other) for other in kept), default=0.0)
        if shared <= OTHER_LIST or (part.is_page and shared < SAME_LIST):
            kept.append(part)
        elif shared >= SAME_LIST:
            findings.append(listed_twice(part.sheet))
        else:
            findings.append(another_list(part.sheet or "the second table", kept[0].sheet or "the first table"))
    return sorted(kept, key=listed.index)


def _shared(part: Part, other: Part) -> float:
    """Of the smaller list; a page of the same sheet is that list again only when it is as long."""
    sizes = len(part.designators), len(other.designators)
    is_page = part.sheet == other.sheet and (part.is_page or other.is_page)
    size = max(sizes) if is_page else min(sizes)
    return len(part.designators & other.designators) / size if size else 0.0
