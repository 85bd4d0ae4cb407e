"""The centroid file (pick-and-place): where each part sits, on which side, turned how far."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from portal.board.design import Finding, Placement, Severity, Side
from portal.intake.bom_cells import clean
from portal.intake.bom_findings import columns_unsure
from portal.intake.centroid_files import NOTHING, CentroidReading, joined
from portal.intake.centroid_rows import Read, Reader
from portal.intake.columns import Heading, assigned, best_heading_row
from portal.intake.corrections import TableSaid
from portal.intake.designators import is_designator
from portal.intake.grouping import grouped, some
from portal.intake.headings import without_unit
from portal.intake.lengths import UNIT_NAMES, read_number
from portal.intake.panels import is_panel, panel_of
from portal.intake.positions import has_place
from portal.intake.sides import pair_of_sides, side_of_file
from portal.intake.table_said import as_said, heading_text, rows_below, said_table, settled
from portal.intake.tables import Table, read_tables

OUR_WORDS = ("designator", "x", "y", "rotation", "side", "mirror", "value", "package")
PREAMBLE_ROWS = 40
MOST_NAMES = 0.9
SHORTEST_PLACE = 4  # cells before the last: a name, X, Y and an angle
# Words of a preamble line that says the unit: "Units used: mm", "UUNITS = MILS", "# X,Y in mils".
UNIT_LINE_WORDS = frozenset(
    (
        *(
            "unit",
            "units",
            "uunits",
            "used",
            "measurements",
            "measurement",
            "x",
            "y",
            "einheit",
            "einheiten",
            "maßeinheit",
        ),
        *("unité", "unités", "unidad", "unidades", "unità", "unidade", "jednostka", "jednotka", "jedinica", "eenheid"),
        *("单位", "單位", "単位", "단위", "единицы", "единица", "ед", "dimensions", "coordinates"),
    )
)
BREAKS = str.maketrans(dict.fromkeys(",:：=()（）[]/", " "))


def read_centroid(name: str, data: bytes, said: TableSaid | None = None) -> CentroidReading:
    """Raises TableRefused for what is no table; no parts on a side is no fault."""
    tables = read_tables(name, data)
    said = settled(tables, said)
    named = said_table(tables, said)
    readings = [_read_said(name, named, said)] if named and said else [_read(name, table) for table in tables]
    readings.sort(key=lambda reading: -len(reading.placements))
    found = joined(readings[0], readings[1:]) if readings else NOTHING
    noticed = [finding for table in tables for finding in table.findings]
    noticed += as_said(name, said) if named else ()
    if not found.placements and not found.findings and any(map(_has_unread_rows, tables)):
        noticed.append(columns_unsure(name))
    if panel := panel_of(found.placements):
        noticed.append(is_panel(name, panel))
    return replace(found, findings=grouped([*noticed, *found.findings]))


def _has_unread_rows(table: Table) -> bool:
    """Rows of several cells; headings alone, and a remark below them, say that nothing is on this side."""
    heading = best_heading_row(table.rows)
    below = table.rows[heading.row + 1 :] if heading and heading.is_centroid else table.rows
    return sum(1 for row in below if _is_filled(row) and sum(map(bool, row)) > 1) > 1


def _read_said(name: str, table: Table, said: TableSaid) -> CentroidReading:
    columns = {word: column for word, column in said.columns.items() if word in OUR_WORDS}
    above = table.rows[: said.header_row]
    unit = UNIT_NAMES.get(said.units or "") or _preamble_unit(above)
    if unit is None and said.header_row and "x" in columns:
        unit = UNIT_NAMES.get(without_unit(heading_text(table, said, columns["x"]))[1] or "")
    reader = Reader(columns=columns, heading=None, unit=unit, file_side=_side_of(table, name))
    body = ((at + 1, row) for at, row in rows_below(table, said) if _is_filled(row))
    return _reading(name, reader, [read for number, row in body for read in reader.read(number, row)])


def _read(name: str, table: Table) -> CentroidReading:
    heading = best_heading_row(table.rows)
    if heading is None or not heading.is_centroid:
        return _read_bare(name, table)
    body = [(at + 1, row) for at, row in enumerate(table.rows) if at > heading.row and _is_filled(row)]
    columns = assigned(heading, [row for _, row in body])
    said = _heading_unit(heading, columns) or _preamble_unit(_remarks(table.rows, heading.row))
    said_sides = [cells[columns["side"]] for _, cells in body if columns.get("side", len(cells)) < len(cells)]
    reader = Reader(
        columns=columns,
        heading=heading,
        unit=said,
        file_side=_side_of(table, name),
        sides=pair_of_sides(said_sides),
    )
    return _reading(name, reader, [read for number, row in body for read in reader.read(number, row)])


def _side_of(table: Table, name: str) -> Side | None:
    """As the sheet is called, else the file."""
    return side_of_file(f"{table.sheet}.") or side_of_file(name)


def _is_filled(row: Sequence[str]) -> bool:
    """Not blank, and none of the closing remarks: "## End", "-----"."""
    first = next((cell.strip() for cell in row if cell.strip()), "")
    return bool(first) and not first.startswith(("##", "---", "==="))


def _heading_unit(heading: Heading, columns: dict[str, int]) -> str | None:
    unit = without_unit(heading.text[columns["x"]])[1] if "x" in columns else None
    return UNIT_NAMES.get(unit) if unit else None


def _remarks(rows: Sequence[Sequence[str]], heading: int) -> Iterator[Sequence[str]]:
    """What stands above the headings and among them, and remarks below them."""
    yield from rows[: heading + 1]
    yield from (row for row in rows[heading:PREAMBLE_ROWS] if row and row[0].startswith("#"))


def _preamble_unit(rows: Iterable[Sequence[str]]) -> str | None:
    for row in list(rows)[:PREAMBLE_ROWS]:
        words = [word.strip(".;#*") for word in " ".join(row).casefold().translate(BREAKS).split()]
        named = [UNIT_NAMES[word] for word in words if word in UNIT_NAMES and word not in {"in", '"'}]
        if named and UNIT_LINE_WORDS.intersection(words):
            return named[0]
    return None


def _read_bare(name: str, table: Table) -> CentroidReading:
    """Without headings Eagle says designator, X, Y, angle, value, package; Allegro has m before a mirrored package."""
    rows = _named_first(table.rows)
    lines = [(at + 1, " ".join(map(clean, row)).split()) for at, row in enumerate(rows) if any(row)]
    lines = [(number, words) for number, words in lines if has_place(words)]
    if not lines or _has_unknown_headings(table.rows[: lines[0][0]]):
        return NOTHING
    reader = Reader(
        columns={}, heading=None, unit=_preamble_unit(table.rows[:PREAMBLE_ROWS]), file_side=_side_of(table, name)
    )
    is_allegro = any("uunits" in word.casefold() for row in table.rows[:5] for word in row)
    reads = [reader.read_words(number, words, is_allegro=is_allegro) for number, words in lines]
    return _reading(name, reader, reads)


def _named_first(rows: Sequence[Sequence[str]]) -> Sequence[Sequence[str]]:
    """A script of the designer's own writes the value first and the designator last: there no name comes twice."""
    placed = [row for row in rows if len(row) > SHORTEST_PLACE and has_place(" ".join(map(clean, row)).split())]
    firsts, lasts = ({row[at].strip() for row in placed} for at in (0, -1))
    is_named = sum(map(_is_named, lasts)) >= MOST_NAMES * len(placed)
    if len(firsts) == len(placed) or len(lasts) < MOST_NAMES * len(placed) or not is_named:
        return rows
    return [[row[-1], *row[1:-1], row[0]] if len(row) > SHORTEST_PLACE else row for row in rows]


def _is_named(cell: str) -> bool:
    """C1-EP-DR is a name that only its own column makes one."""
    return is_designator(cell.replace("-", "_"))


def _has_unknown_headings(rows: Sequence[Sequence[str]]) -> bool:
    """A row of words as wide as the first place below it: what its columns are, nobody here can say."""
    *above, first = rows
    words = [[cell for cell in row if cell] for row in above]
    width = len([cell for cell in first if cell])
    return width > 1 and any(len(row) == width and not any(map(read_number, row)) for row in words)


def _reading(name: str, reader: Reader, reads: Sequence[Read]) -> CentroidReading:
    placements = tuple(read.placement for read in reads)
    units = Counter(read.unit for read in reads if read.unit)
    unit = units.most_common(1)[0][0] if units else None
    findings = [*reader.findings, *_about_units(name, reads, unit), *_about_sides(name, reads)]
    return CentroidReading(placements, unit, tuple(findings))


def _about_units(name: str, reads: Sequence[Read], unit: str | None) -> Iterator[Finding]:
    bare = [read.placement.designator for read in reads if read.unit is None]
    if not bare:
        return
    if unit is None:
        yield Finding(
            Severity.ASK,
            "centroid-units-unknown",
            name,
            "does not say its unit; its numbers were read as millimetres,"
            f" so the parts span {_span([read.placement for read in reads])}",
            "Say whether the file is in mm, mil or inch, or export it with the unit.",
        )
    else:
        yield Finding(
            Severity.ASK,
            "centroid-units-mixed",
            some(tuple(bare)),
            "gives no unit while other lines do; its numbers were read as millimetres",
            "Export the file with one unit.",
        )


def _span(placements: Sequence[Placement]) -> str:
    xs = [placement.x_mm for placement in placements]
    ys = [placement.y_mm for placement in placements]
    return f"{max(xs) - min(xs):.1f} × {max(ys) - min(ys):.1f} mm"


def _about_sides(name: str, reads: Sequence[Read]) -> Iterator[Finding]:
    unsaid = tuple(read.placement.designator for read in reads if read.is_side_assumed)
    if not unsaid:
        return
    where = name if len(unsaid) == len(reads) else some(unsaid)
    yield Finding(
        Severity.ASK,
        "centroid-side-unknown",
        where,
        "does not say on which side the parts are; top was assumed",
        "Add a column Side with top or bottom.",
    )
