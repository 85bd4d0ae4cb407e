"""One cell of a quote to take away: as JSON and as CSV, each enough for docs/recompute.py to add it up to the cent."""

import csv
from collections.abc import Mapping
from io import StringIO
from typing import Any

from portal.costing.cards import RateCard
from portal.costing.lines import CostLine, CostSheet
from portal.costing.report import cell_report, line_report

COLUMNS = ("group", "label", "quantity", "unit", "rate", "amount", "because")
FORMULA = tuple("=+-@\t\r\0＝＋－＠")  # how one begins (OWASP, CSV injection)


def exported_cell(sheet: CostSheet, card: RateCard, *, promise: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The cell as `portal quote` prints it, with what it takes to read it alone."""
    return {
        "currency": card.currency,
        "rate_card": card.name,
        "rate_card_as_of": card.as_of.isoformat(),
        **cell_report(sheet, promise),
    }


def csv_of_cell(sheet: CostSheet, *, currency: str = "") -> str:
    """A line for each cost line, the unpriced ones without an amount, the total last. Opens in any spreadsheet."""
    written = StringIO()
    rows = csv.DictWriter(written, COLUMNS, restval="", lineterminator="\r\n")
    rows.writeheader()
    rows.writerows(row_of(line) for line in sheet.lines)
    for unknown in sheet.unpriced:
        rows.writerow(safe({"group": "unpriced", "label": unknown.name, "because": unknown.because}))
    of = f"{sheet.quantity} boards, {sheet.speed}"
    rows.writerow({"group": "total", "label": of, "unit": currency, "amount": str(sheet.total)})
    return written.getvalue()


def row_of(line: CostLine) -> dict[str, str]:
    return safe(line_report(line))


def safe(row: dict[str, str]) -> dict[str, str]:
    """Text that a spreadsheet would run as a formula is kept text; figures may be below zero and are not touched."""
    texts = {"label", "unit", "because"}
    return {key: f"'{cell}" if key in texts and is_formula(cell) else cell for key, cell in row.items()}


def is_formula(text: str) -> bool:
    return text.lstrip(" ").startswith(FORMULA)
