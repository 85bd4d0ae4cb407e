"""Columns under a name that only the customer knows: whether a part is fitted in a variant, and its number there."""

from collections.abc import Iterator, Mapping, Sequence

from portal.board.design import Finding, Severity
from portal.intake import not_fitted
from portal.intake.columns import SAMPLE_ROWS, Heading, Rows
from portal.intake.headings import is_known, meanings, plain
from portal.intake.not_fitted import Fitting

FITTED = frozenset(
    plain(word)
    for word in (
        *("fitted", "fit", "populated", "populate", "mounted", "mount", "installed", "install", "assembled", "placed"),
        *(
            "stuffed",
            "bestückt",
            "bestücken",
            "monté",
            "montado",
            "montato",
            "已贴",
            "贴",
            "実装",
            "실장",
            "установлен",
        ),
    )
)
CROSSES = frozenset({"x", "✓", "✔", "☑", "•", "●", "√", "○", "1", "yes", "y", "ja", "oui", "si", "да", "是"})
MOST_COLUMNS_LOOKED_AT = 64


def variant_columns(heading: Heading, columns: Mapping[str, int], rows: Rows) -> tuple[int, ...]:
    """Those of the unknown columns whose every cell says fitted or not, and that say both or at least the latter."""
    width = min(len(heading.text), MOST_COLUMNS_LOOKED_AT)
    unknown = (at for at in range(width) if at not in columns.values() and not is_known(heading.text[at]))
    return tuple(at for at in unknown if heading.text[at] and _says_fitting(rows, at))


def _says_fitting(rows: Rows, column: int) -> bool:
    cells = [row[column].strip() for row in rows if column < len(row) and row[column].strip()][:SAMPLE_ROWS]
    off = [cell for cell in cells if not_fitted.in_cell(cell) is Fitting.NOT_FITTED and len(cell) < 30]
    return bool(off) and len(off) + sum(plain(cell) in FITTED for cell in cells) == len(cells) > 1


def crossed_columns(heading: Heading, columns: Mapping[str, int], rows: Rows) -> tuple[int, ...]:
    """Two or more unknown columns of crosses and blanks, most parts crossed in all of them: variants share parts.

    SMD beside THT is no pair of variants: there each part is crossed once.
    """
    width = min(len(heading.text), MOST_COLUMNS_LOOKED_AT)
    parts = [row for row in rows[:SAMPLE_ROWS] if any(row)]
    free = (at for at in range(width) if at not in columns.values() and not is_known(heading.text[at]))
    crossed = {at: _crosses(parts, at) for at in free if heading.text[at]}
    found = {at: crosses for at, crosses in crossed.items() if crosses and not all(crosses)}
    shared = sum(map(all, zip(*found.values(), strict=True)))
    return tuple(found) if len(found) > 1 and 2 * shared >= len(parts) else ()


def _crosses(rows: Rows, column: int) -> list[bool]:
    """Whether each row is crossed; empty where other things stand in the column, too, or nothing does."""
    cells = [row[column].strip().casefold() if column < len(row) else "" for row in rows]
    return [cell != "" for cell in cells] if {*cells, ""} <= CROSSES | {""} and any(cells) else []


def is_off_in_all(row: Sequence[str], variants: Sequence[int]) -> bool:
    """Left off whichever variant is built."""
    return bool(variants) and all(
        at < len(row) and not_fitted.in_cell(row[at].strip()) is Fitting.NOT_FITTED for at in variants
    )


def several_variants(sheet: str, heading: Heading, variants: Sequence[int]) -> Finding:
    names = ", ".join(heading.text[at][:30] for at in variants[:5])
    return Finding(
        Severity.ASK,
        "bom-variants",
        sheet or "the part list",
        f"has a column for each of {len(variants)} variants ({names}); parts of any variant were taken as fitted",
        "Send the list of the variant that is to be built, or name its column as Fitted.",
    )


# A house's own numbers: nobody outside of it can buy by them.
OWN_NUMBERS = frozenset(
    plain(word)
    for word in (
        *("internal", "company", "house", "inhouse", "our", "customer", "client", "sap", "erp", "library", "stock"),
        *("old", "obsolete", "assembly", "pcb", "board", "drawing", "product", "project", "item", "intern", "eigene"),
        *("interne", "artikel", "interno", "interna", "kunden"),
    )
)
TOO_SHORT_A_WORD = frozenset({"model", "code", "type", "brand", "part", "name", "comment"})  # 3D Model, HS code


def several_numbers(sheet: str, heading: Heading, columns: Mapping[str, int], *, rows: Rows) -> Iterator[Finding]:
    """Part numbers under headings that add a word to a known one: "Part Number_EU" beside "Part Number_US".

    One of them beside a plain column of part numbers says nothing; two of them, or one alone, are asked about.
    """
    width = min(len(heading.text), MOST_COLUMNS_LOOKED_AT)
    unread = [at for at in range(width) if at not in columns.values() and _is_number_of(heading.text[at])]
    filled = [at for at in unread if _hold_numbers([row[at].strip() for row in rows[:SAMPLE_ROWS] if at < len(row)])]
    if not filled or (len(filled) == 1 and "mpn" in columns):
        return
    names = ", ".join(heading.text[at][:40] for at in filled[:5])
    taken = f"only {heading.text[columns['mpn']][:40]} was" if "mpn" in columns else "none was"
    yield Finding(
        Severity.ASK,
        "bom-several-numbers",
        sheet or "the part list",
        f"has columns that may hold part numbers ({names}); {taken} read",
        "Name the column of the part numbers to buy, or send the list of the variant that is to be built.",
    )


def _is_number_of(text: str) -> bool:
    """A known heading for part numbers with one to three words before or behind it."""
    words = plain(text[:80]).split()
    if is_known(text) or not OWN_NUMBERS.isdisjoint(words):
        return False
    parts = [" ".join(part) for at in range(1, min(len(words), 4)) for part in (words[:-at], words[at:])]
    return any("mpn" in meanings(part) for part in parts if len(part) > 2 and part not in TOO_SHORT_A_WORD)


def _hold_numbers(cells: Sequence[str]) -> bool:
    """Most of them one word of letters and digits, as order numbers are."""
    said = [cell for cell in cells if cell]
    alike = [cell for cell in said if len(cell) > 3 and any(map(str.isdigit, cell)) and " " not in cell]
    return bool(said) and 2 * len(alike) >= len(said)
