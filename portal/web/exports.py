"""Lines of a cell as CSV, safe to open in a spreadsheet program."""

import csv
import io
from typing import Any

COLUMNS = ("group", "label", "quantity", "unit", "rate", "amount", "currency", "because")
STARTS_FORMULA = tuple("=+-@\t\r\0＝＋－＠")


def harmless(text: str) -> str:
    """A cell that a spreadsheet would take for a formula begins with an apostrophe (OWASP, CSV injection)."""
    return f"'{text}" if text.lstrip(" ").startswith(STARTS_FORMULA) else text


def lines_csv(cell: dict[str, Any], currency: str) -> str:
    """Priced lines, then what has no price: its amount is empty, never zero."""
    file = io.StringIO()
    rows = csv.writer(file)
    rows.writerow(COLUMNS)
    for line in cell["lines"]:
        numbers = (line["quantity"], harmless(line["unit"]), line["rate"], line["amount"], currency)
        rows.writerow((line["group"], harmless(line["label"]), *numbers, harmless(line["because"])))
    for line in cell["unpriced"]:
        rows.writerow(("not priced", harmless(line["name"]), "", "", "", "", currency, harmless(line["because"])))
    rows.writerow(("total", "", "", "", "", cell["total"], currency, ""))
    return file.getvalue()
