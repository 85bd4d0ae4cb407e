"""The offline catalogue: a CSV of dated offers, looked up by manufacturer's part number.

One row is one supplier's offer of one MPN, in the shop's currency. Lines that start with # are remarks.
Columns, in any order:

    mpn             manufacturer's part number                          must be there
    breaks          price ladder, "1:0.10;100:0.05"                     must be there
    as_of           the day the price was read, 2026-04-30              must be there
    supplier        who sells it                                        must be there
    manufacturer, package, description, source, grade                   text, may be absent
    moq, order_multiple                                                 whole numbers from 1, absent: 1
    stock, lead_days                                                    whole numbers from 0, absent: not known
    packaging       cut tape, custom reel, reel, tray, tube, bulk       absent: not said
    reel            parts on one reel, whole number from 1              absent: not known
    reel_fee        paid for each reel that is wound, "6.02"            absent: none
"""

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from pathlib import Path

from portal.errors import RatesRefused
from portal.parts.offers import Offer, Packaging, PriceBreak

MUST = ("mpn", "supplier", "as_of", "breaks")
TEXTS = ("manufacturer", "package", "description", "source", "grade")
LONGEST_CELL = 10_000
MOST_FAULTS = 1_000  # of one file: nobody reads more
COUNTS = ("moq", "order_multiple", "stock", "lead_days", "reel")
FROM_ONE = frozenset({"moq", "order_multiple", "reel"})
KNOWN = (*MUST, *TEXTS, *COUNTS, "packaging", "reel_fee")


@lru_cache(maxsize=50_000)
def normalised(mpn: str) -> str:
    """Customers type an MPN in any case and with spaces in it; nothing else is forgiven."""
    return "".join(mpn.split()).upper()


@dataclass(frozen=True, slots=True)
class Catalogue:
    offers: Mapping[str, tuple[Offer, ...]]

    def find(self, mpn: str) -> tuple[Offer, ...]:
        """Every offer of this part; none when it is not known."""
        return self.offers.get(normalised(mpn), ())


def catalogue(offers: Iterable[Offer]) -> Catalogue:
    found: dict[str, tuple[Offer, ...]] = {}
    for offer in offers:
        key = normalised(offer.mpn)
        found[key] = (*found.get(key, ()), offer)
    return Catalogue(found)


def load_catalogue(path: Path) -> Catalogue:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as fault:
        raise RatesRefused([f"{path.name}: cannot be read as UTF-8 text ({fault})"]) from fault
    return read_catalogue(text, file=path.name)


def read_catalogue(text: str, *, file: str) -> Catalogue:
    """RatesRefused names every row and column that is wrong, at once."""
    return catalogue(offers_of(text.splitlines(), file=file))


def offers_of(lines: Iterable[str], *, file: str) -> Iterator[Offer]:
    """Row by row, however many there are. RatesRefused, at the end, names every row and column that is wrong."""
    numbers: list[int] = [0]  # the line of the file that was read last
    reader = csv.DictReader(rows_of(lines, numbers), strict=False)
    faults = list(faulty_heading(names_of(reader, file), file))
    try:
        for row in reader if not faults else ():
            cells = {key.strip(): (value or "").strip() for key, value in row.items() if key is not None}
            wrong = [f"{file} line {numbers[0]}: {fault}" for fault in (*faulty_cells(cells), *too_many(row))]
            faults += wrong[: MOST_FAULTS - len(faults)]
            if not faults:
                yield offer(cells)
    except csv.Error as fault:
        raise RatesRefused([f"{file}: cannot be read as a table ({fault})"]) from fault
    if faults:
        raise RatesRefused(faults)


def rows_of(lines: Iterable[str], numbers: list[int]) -> Iterator[str]:
    """Without remarks and empty lines; `numbers` holds the place of the line that was handed on last."""
    for number, line in enumerate(lines, start=1):
        if line.strip() and not line.startswith("#"):
            numbers[0] = number
            yield line


def names_of(reader: "csv.DictReader[str]", file: str) -> list[str]:
    try:
        return list(reader.fieldnames or ())
    except csv.Error as fault:
        raise RatesRefused([f"{file}: cannot be read as a table ({fault})"]) from fault


def faulty_heading(names: Iterable[str], file: str) -> Iterator[str]:
    names = [name.strip() for name in names]
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield f"{file}: column {name!r} stands there twice"
    for name in MUST:
        if name not in names:
            yield f"{file}: column {name} is missing"
    for name in names:
        if name not in KNOWN:
            yield f"{file}: column {name!r} is not known; known are {', '.join(KNOWN)}"


def too_many(row: Mapping[str | None, object]) -> Iterator[str]:
    """A decimal comma begins a cell of its own: 1:1,10 would be sold at 1."""
    if None in row:
        yield "has more cells than the heading has columns; put a cell with a comma in quotes"


def faulty_cells(cells: Mapping[str, str]) -> Iterator[str]:
    for name, text in cells.items():
        if len(text) > LONGEST_CELL:
            yield f"{name} is longer than {LONGEST_CELL:,} signs"
    for name in MUST:
        if not cells.get(name):
            yield f"{name} is empty"
    for name in COUNTS:
        least = 1 if name in FROM_ONE else 0
        text = cells.get(name) or str(least)
        if not is_count(text) or int(text) < least:
            yield f"{name} is {text[:60]!r}; expected a whole number from {least}"
    if cells.get("as_of") and not is_day(cells["as_of"]):
        yield f"as_of is {cells['as_of']!r}; expected a day such as 2026-04-30"
    yield from faulty_packaging(cells)
    if cells.get("breaks"):
        yield from faulty_breaks(cells["breaks"])


def faulty_packaging(cells: Mapping[str, str]) -> Iterator[str]:
    if cells.get("packaging", "").lower() not in set(Packaging):
        yield f"packaging is {cells['packaging'][:60]!r}; expected one of {', '.join(filter(None, Packaging))}"
    if cells.get("reel_fee") and not is_price(cells["reel_fee"]):
        yield f"reel_fee is {cells['reel_fee'][:60]!r}; expected an amount above zero such as 6.02"


def is_count(text: str) -> bool:
    """Digits 0 to 9, and not so many that nobody could mean them."""
    return text.isascii() and text.isdecimal() and len(text) <= 9


def is_day(text: str) -> bool:
    try:
        return bool(date.fromisoformat(text))
    except ValueError:
        return False


def faulty_breaks(text: str) -> Iterator[str]:
    seen = set()
    for part in text.split(";"):
        quantity, _, price = part.partition(":")
        if not is_count(quantity.strip()) or int(quantity) < 1 or not is_price(price.strip()):
            yield f"breaks has {part[:60]!r}; expected quantity:price such as 100:0.05, both above zero"
        elif int(quantity) in seen:
            yield f"breaks has two prices from {int(quantity)} on; expected one"
        else:
            seen.add(int(quantity))


def is_price(text: str) -> bool:
    """From a millionth to ten millions: a smaller price would buy spare parts without end."""
    try:
        return text.isascii() and "_" not in text and Decimal("0.000001") <= Decimal(text) < 10**7
    except InvalidOperation:
        return False


def offer(cells: Mapping[str, str]) -> Offer:
    return Offer(
        mpn=cells["mpn"],
        supplier=cells["supplier"],
        as_of=date.fromisoformat(cells["as_of"]),
        breaks=breaks(cells["breaks"]),
        moq=int(cells.get("moq") or 1),
        order_multiple=int(cells.get("order_multiple") or 1),
        stock=count(cells.get("stock")),
        lead_days=count(cells.get("lead_days")),
        reel=count(cells.get("reel")),
        reel_fee=Decimal(cells.get("reel_fee") or 0),
        packaging=Packaging(cells.get("packaging", "").lower()),
        manufacturer=cells.get("manufacturer", ""),
        package=cells.get("package", ""),
        description=cells.get("description", ""),
        source=cells.get("source", ""),
        grade=cells.get("grade", ""),
    )


def count(text: str | None) -> int | None:
    return int(text) if text else None


def breaks(text: str) -> tuple[PriceBreak, ...]:
    pairs = (part.partition(":") for part in text.split(";"))
    found = (PriceBreak(int(quantity), Decimal(price.strip())) for quantity, _, price in pairs)
    return tuple(sorted(found, key=lambda price_break: price_break.quantity))
