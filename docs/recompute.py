"""Adds a downloaded price up again, from its own lines: quantity × rate, each line rounded half up once, then the sum.

    python3 recompute.py CELL.json      or the JSON of `portal quote` or `portal price`, or CELL.csv

Needs Python 3 and nothing else. Says each line that does not multiply and each total that is not the sum; exit 0 when
all agree, 1 when something differs, 2 when the file cannot be read. Shares no code with the portal.
"""

import csv
import io
import json
import sys
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from pathlib import Path

CENT = Decimal("0.01")


def coin_of(cell):
    """The smallest coin of its money, as its total is written: 12.30 has cents, 930 is whole yen."""
    return Decimal(1).scaleb(Decimal(cell["total"]).as_tuple().exponent)


def amount(line, coin):
    """Of a line with its figures as text."""
    return (Decimal(line["quantity"]) * Decimal(line["rate"])).quantize(coin, rounding=ROUND_HALF_UP)


def differences(cell):
    """In sentences; none of a cell that agrees with itself."""
    coin = coin_of(cell)
    for line in cell["lines"]:
        if amount(line, coin) != Decimal(line["amount"]):
            yield f"{line['label']}: {line['quantity']} × {line['rate']} is {amount(line, coin)}, not {line['amount']}"
    total = sum((amount(line, coin) for line in cell["lines"]), Decimal(0) * coin)
    if total != Decimal(cell["total"]):
        yield f"the lines add up to {total}, not to {cell['total']}"
    if "unit_price" in cell:
        each = (total / cell["quantity"]).quantize(CENT, rounding=ROUND_HALF_UP)
        if each != Decimal(cell["unit_price"]):
            yield f"one of {cell['quantity']} is {each}, not {cell['unit_price']}"


def cells_of(path):
    """The cells of a file: several in a whole quote, one in everything else."""
    text = Path(path).read_text(encoding="utf-8-sig")
    if path.lower().endswith(".csv"):
        rows = list(csv.DictReader(io.StringIO(text, newline="")))
        lines = [row for row in rows if row["group"] not in {"total", "unpriced"}]
        [total] = [row["amount"] for row in rows if row["group"] == "total"]
        return [{"lines": lines, "total": total}]
    given = json.loads(text)
    return given.get("cells", [given])


def main(paths):
    found = []
    for path in paths:
        try:
            for cell in cells_of(path):
                wrong = list(differences(cell))
                found += wrong
                said = "; ".join(wrong) or f"{len(cell['lines'])} lines, total {cell['total']}: right"
                print(f"{path}: {said}")
        except (OSError, ValueError, KeyError, TypeError, AttributeError, InvalidOperation) as fault:
            print(f"{path}: cannot be read as a price ({fault!r})", file=sys.stderr)
            return 2
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]) if sys.argv[1:] else 2)
