"""A quote as plain text, for people at a terminal and for the golden quotes that a shop owner reads."""

from collections.abc import Iterable, Iterator
from textwrap import wrap

from portal.costing.cards import RateCard
from portal.costing.lines import CostLine, CostSheet
from portal.costing.matrix import Cell
from portal.costing.values import plain

WIDTH = 100


def quote_text(cells: Iterable[Cell], card: RateCard) -> str:
    """Every line: amount, what, quantity × rate, and below it why."""
    paragraphs = [f"Prices in {card.currency} without VAT, rate card {card.name}\n"]
    paragraphs += ["\n".join(sheet_text(cell.sheet, card.currency)) + "\n" for cell in cells]
    return "\n".join(paragraphs)


def sheet_text(sheet: CostSheet, currency: str) -> Iterator[str]:
    boards = "1 board" if sheet.quantity == 1 else f"{sheet.quantity} boards"
    way = sheet.way or f"by {sheet.process}"
    yield f"{boards}, {sheet.speed}, {way}: {sheet.total} {currency}, {sheet.unit_price} each"
    yield "=" * WIDTH
    group = ""
    for line in sheet.lines:
        if line.group != group:
            group = line.group
            yield f"[{group}]"
        yield from line_text(line)
    for unpriced in sheet.unpriced:
        yield f"{'unknown':>12}  {unpriced.name}"
        yield from reason(unpriced.because)
    yield f"{sheet.total:>12}  total{'' if sheet.is_complete else ' of what is known: a budget, not a price'}"
    yield from reason(sheet.instead)


def line_text(line: CostLine) -> Iterator[str]:
    yield f"{line.amount:>12}  {line.label}: {plain(line.quantity)} {line.unit} × {plain(line.rate)}"
    yield from reason(line.because)


def reason(because: str) -> list[str]:
    return [f"{'':14}{row}" for row in wrap(because, WIDTH - 14)]
