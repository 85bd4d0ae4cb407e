"""A quote as plain text, for people at a terminal and for the golden quotes that a shop owner reads.

Made from the report that `portal quote --json` prints, so that both say the same.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from textwrap import wrap
from typing import Any

from portal.routing.words import times

Report = Mapping[str, Any]
WIDTH = 100


def quote_text(report: Report) -> str:
    """Every line: amount, what, quantity × rate, and below it why."""
    currency = report["currency"]
    paragraphs = [f"Prices in {currency} without VAT, rate card {report['rate_card']}\n"]
    paragraphs += ["\n".join(cell_text(cell, currency)) + "\n" for cell in report["cells"]]
    paragraphs += paragraph("What changes", changes_text(report))
    paragraphs += paragraph("What would cost less", advice_text(report, currency))
    return "\n".join(paragraphs)


def paragraph(title: str, rows: Iterator[str]) -> Iterator[str]:
    if told := list(rows):
        yield "\n".join([title, "=" * WIDTH, *told]) + "\n"


def cell_text(cell: Report, currency: str) -> Iterator[str]:
    way = cell["way"] or f"by {cell['process']}"
    built = f"{times(cell['quantity'], 'board')}, {cell['speed']}, {way}"
    yield f"{built}: {cell['total']} {currency}, {cell['unit_price']} each"
    yield "=" * WIDTH
    yield from built_text(cell["built"])
    group = ""
    for line in cell["lines"]:
        if line["group"] != group:
            group = line["group"]
            yield f"[{group}]"
        yield from line_text(line)
    for unpriced in cell["unpriced"]:
        yield f"{'unknown':>12}  {unpriced['name']}"
        yield from reason(unpriced["because"])
    yield f"{cell['total']:>12}  total{'' if cell['is_complete'] else ' of what is known: a budget, not a price'}"
    yield from budget_text(cell["budget"])
    yield from reason(cell["instead"])
    yield from promise_text(cell["promise"])


def built_text(built: Report) -> Iterator[str]:
    said = [f"{times(built['panels'], 'panel')} of {built['boards_per_panel']}: {built['layout']}"]
    if built["first_pass_yield"]:
        share = Decimal(built["first_pass_yield"])
        said.append(f"{share:.1%} right first time, {times(built['boards_started'], 'board')} started")
    yield from reason("; ".join(said))
    for stencil in built["stencils"]:
        yield from reason(f"stencil, {stencil['side']}: {stencil['because']}")


def line_text(line: Report) -> Iterator[str]:
    yield f"{line['amount']:>12}  {line['label']}: {line['quantity']} {line['unit']} × {line['rate']}"
    yield from reason(line["because"])


def budget_text(budget: Report | None) -> Iterator[str]:
    if budget:
        yield f"{budget['lowest']:>12}  at least, with unknown parts at what parts of their kind cost"
        most = budget["highest"]
        yield f"{most:>12}  at most" if most else f"{'no most':>12}  since nobody knows {', '.join(budget['open'])}"


def promise_text(promise: Report | None) -> Iterator[str]:
    if promise:
        day = promise.get("p80")
        yield from reason(f"Leaves by {day} in 8 of 10 cases" if day else f"No date: {promise.get('critical', '')}")


def changes_text(report: Report) -> Iterator[str]:
    for one in report["changes"]:
        yield f"{one['before']} → {one['at']} boards, {one['speed']}, {one['step']}"
        yield from reason(one["said"])


def advice_text(report: Report, currency: str) -> Iterator[str]:
    for one in report["advice"]:
        yield f"{one['saves_per_board']:>12}  {currency} a board of {one['quantity']}{told_days(one['days'])}"
        yield from reason(one["change"])


def told_days(days: int | None) -> str:
    """Later or sooner; nothing where a date is not known."""
    return "" if days is None else f", {days:+} days" if days else ", on the same day"


def reason(because: str) -> list[str]:
    return [f"{'':14}{row}" for row in wrap(because, WIDTH - 14)]
