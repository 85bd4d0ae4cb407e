"""What a spreadsheet does to a part list on its way: numbers, dates and errors where a part's name stood."""

import re

# As a spreadsheet in English, German, French, Spanish, Italian, Portuguese, Polish, Czech or Russian shortens them.
MONTHS = (
    "jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec|mär|mrz|mai|okt|dez|janv|févr|mars|avr|juin|juil|août|déc"
    "|ene|abr|ago|dic|gen|mag|giu|lug|set|ott|fev|out|sty|lut|kwi|maj|cze|lip|sie|wrz|paź|lis|gru"
    "|янв|фев|мар|апр|май|июн|июл|авг|сен|окт|ноя|дек"
)
EXPONENT = re.compile(r"[+-]?\d{1,3}([.,]\d{1,15})?E[+-]?\d{1,3}", re.IGNORECASE)
DATE = re.compile(
    rf"\d{{4}}-\d\d-\d\d|\d{{4}}/\d\d?/\d\d?|\d\d?[./]\d\d?[./](19|20)\d\d"
    rf"|\d{{1,2}}[-. ]{{1,2}}({MONTHS})\.?([-. ]\d{{2,4}})?"
    rf"|({MONTHS})\.?[-. ]\d{{1,4}}|\d{{1,2}}月\d{{1,2}}日",
    re.IGNORECASE,
)
ERRORS = frozenset({"#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!", "#NV", "#BEZUG!", "#WERT!"})
# 0.1uF, 10k, 4k7, 5.1V: what a part has, never what it is called.
VALUE = re.compile(
    r"\d{1,4}([.,]\d{1,3})? ?([pnuµμmkKM]?([FHVA]|Ω|Ohm|ohm|Hz)|[kKMR]|[kKMRnpuµ]\d{1,3})( ?/? ?\d{1,4}(V|%))?"
)
LOST_ZERO = {"201": "0201", "402": "0402", "603": "0603", "805": "0805"}
PLACEHOLDERS = frozenset({"-", "--", "---", "–", "—", "n/a", "na", "tbd", "none", "unknown", "~", "?", "x.x", "/", "."})


def is_ruined_number(cell: str) -> bool:
    """4.02E+03, 123456789012345000: the part number that it was is lost, a number has fifteen digits at most."""
    return EXPONENT.fullmatch(cell[:40]) is not None or (len(cell) > 15 and cell.isdecimal() and cell.endswith("000"))


def is_value(cell: str) -> bool:
    """A resistance, capacitance and the like: LCSC's lists have it in the column that others keep for part numbers."""
    return VALUE.fullmatch(cell[:40]) is not None


def is_date(cell: str) -> bool:
    return DATE.fullmatch(cell[:40]) is not None


def is_error(cell: str) -> bool:
    return cell.upper() in ERRORS


def is_placeholder(cell: str) -> bool:
    return cell.casefold() in PLACEHOLDERS
