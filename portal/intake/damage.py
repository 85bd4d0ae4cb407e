"""What a spreadsheet does to a part list on its way: numbers, dates and errors where a part's name stood."""

import re

MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mär|mai|okt|dez"
EXPONENT = re.compile(r"[+-]?\d{1,3}([.,]\d{1,15})?E[+-]?\d{1,3}", re.IGNORECASE)
DATE = re.compile(
    rf"\d{{4}}-\d\d-\d\d|\d{{1,2}}[-. ]({MONTHS})([-. ]\d{{2,4}})?|({MONTHS})[-. ]\d{{1,4}}", re.IGNORECASE
)
ERRORS = frozenset({"#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!", "#NV", "#BEZUG!", "#WERT!"})
LOST_ZERO = {"201": "0201", "402": "0402", "603": "0603", "805": "0805"}
PLACEHOLDERS = frozenset({"-", "--", "---", "n/a", "na", "tbd", "none", "unknown", "~", "?", "x.x", "/", "."})


def is_ruined_number(cell: str) -> bool:
    """4.02E+03: the part number that it was is lost."""
    return EXPONENT.fullmatch(cell[:40]) is not None


def is_date(cell: str) -> bool:
    return DATE.fullmatch(cell[:40]) is not None


def is_error(cell: str) -> bool:
    return cell.upper() in ERRORS


def is_placeholder(cell: str) -> bool:
    return cell.casefold() in PLACEHOLDERS
