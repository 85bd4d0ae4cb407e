"""Quoting without a database: the same rooms as the pages, on files."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from portal.costing.cards import read_rate_card
from portal.costing.facts import price_facts, read_facts
from portal.costing.matrix import Cell
from portal.costing.report import advice_report, facts_report, quote_report
from portal.errors import BadInput
from portal.gateways.reader import LimitedReader
from portal.intake.report import inspect_report
from portal.models.shop import ShopPart
from portal.routing.choices import read_options
from portal.routing.options import BuildOptions, Speed
from portal.services.pricing import (
    MOST_BOARDS,
    MOST_QUANTITIES,
    advised,
    budgets,
    local,
    priced_cells,
)
from portal.services.shop import ShopData, shop_of_files
from portal.services.snapshot import promise_value
from portal.settings import Settings


@dataclass(frozen=True, slots=True)
class Ask:
    """What the command line was asked for, as it was typed."""

    quantities: str
    speeds: str
    options_file: Path | None
    rates: Path | None
    catalogue: Path | None


def quote_without_database(
    package: Path,
    settings: Settings,
    *,
    ask: Ask,
    pdf: Path | None,
) -> dict[str, Any]:
    """The JSON of the contract; with `pdf` the same figures as a document."""
    shop = shop_of(settings, rates=ask.rates, catalogue=ask.catalogue)
    options = options_of_file(ask.options_file)
    asked = (parse_quantities(ask.quantities), parse_speeds(ask.speeds))
    if pdf and not pdf.absolute().parent.is_dir():
        raise BadInput(f"There is no folder {pdf.absolute().parent} for the PDF. Please make it, or name another.")
    local_now = local(datetime.now(UTC), settings.timezone)
    reading = LimitedReader().read(package, name=package.stem, on_step=lambda _: None)
    cells = priced_cells(
        reading.design,
        options,
        shop,
        quantities=asked[0],
        speeds=asked[1],
        local_now=local_now,
    )
    found = advised(reading.design, options, shop, quantities=asked[0], speed=asked[1][0], local_now=local_now)
    if pdf:
        from portal.paper import print_quote  # noqa: PLC0415 - WeasyPrint and the templates are slow to load

        pdf.write_bytes(print_quote(reading, options, cells, shop=shop, local_now=local_now, advice=found))
    return quote_report(
        [Cell(cell.sheet, cell.routing, cell.bought) for cell in cells],
        [promise_value(cell.promise) for cell in cells],
        shop.basis.card,
        budgets=budgets(reading.design, options, shop, cells=cells),
        advice=advice_report(found),
        findings=inspect_report(reading)["findings"],
    )


def shop_of(settings: Settings, *, rates: Path | None, catalogue: Path | None) -> ShopData:
    """The configured shop, with another rate card or catalogue where one is given."""
    given = {ShopPart.RATES: rates, ShopPart.CATALOGUE: catalogue}
    paths = {part: given.get(part) or settings.config_dir / part.value for part in ShopPart}
    return shop_of_files({part: text_of(path) for part, path in paths.items()})


def text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as fault:
        raise BadInput(f"{path.name} cannot be read as UTF-8 text ({fault}). Please save it as UTF-8.") from fault


def parse_quantities(text: str) -> list[int]:
    """Whole numbers from 1 to 100000, at most twelve, each once and in the order given."""
    found = []
    for item in text.replace(";", ",").split(","):
        number = item.strip()
        if not (number.isascii() and number.isdigit() and len(number) <= 7 and 1 <= int(number) <= MOST_BOARDS):
            raise BadInput(f"“{number[:20]}” is not a quantity. Please give whole numbers from 1 to {MOST_BOARDS:,}.")
        found.append(int(number))
    if len(found) > MOST_QUANTITIES:
        raise BadInput(f"{len(found)} quantities are too many at once. Please ask for at most {MOST_QUANTITIES}.")
    return list(dict.fromkeys(found))


def parse_speeds(text: str) -> list[Speed]:
    """Each once and in the order given."""
    names = [item.strip() for item in text.split(",")]
    if unknown := [name for name in names if name not in set(Speed)]:
        raise BadInput(f"“{unknown[0][:20]}” is not a speed. Please choose from {', '.join(Speed)}.")
    return list(dict.fromkeys(Speed(name) for name in names))


def options_of_file(path: Path | None) -> BuildOptions:
    """Build options as TOML: finish, thickness_mm, mask_colour, test, consigned; what is absent is the default."""
    return read_options(text_of(path), file=path.name) if path else BuildOptions()


def price_given_facts(facts: Path, rates: Path) -> dict[str, Any]:
    card = read_rate_card(text_of(rates), file=rates.name)
    given = read_facts(text_of(facts), file=facts.name)
    return facts_report(price_facts(given, card, file=facts.name), card)
