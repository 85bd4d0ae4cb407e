"""Columns that say of each part whether it is fitted, under a name that only the customer knows: his build variants."""

from collections.abc import Mapping, Sequence

from portal.board.design import Finding, Severity
from portal.intake import not_fitted
from portal.intake.columns import SAMPLE_ROWS, Heading, Rows
from portal.intake.headings import is_known, plain
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
