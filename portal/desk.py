"""Quoting without a database: the same rooms as the pages, on files."""

import json
import tomllib
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import InvalidOperation
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from portal.costing.cards import load_rate_card
from portal.costing.facts import price_facts
from portal.costing.matrix import Cell
from portal.costing.report import facts_report, quote_report
from portal.errors import BadInput
from portal.gateways.reader import LimitedReader
from portal.intake.reading import Reading
from portal.intake.report import inspect_report
from portal.models.shop import ShopPart
from portal.routing.options import BuildOptions, Speed
from portal.services.pricing import MOST_BOARDS, MOST_QUANTITIES, local, priced_cells
from portal.services.shop import ShopData, shop_of_files
from portal.services.snapshot import PricedCell, promise_value
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
    reading = LimitedReader().read(package, name=package.stem, on_step=lambda _: None)
    cells = priced_cells(
        reading.design,
        options,
        shop,
        quantities=asked[0],
        speeds=asked[1],
        local_now=local(datetime.now(UTC), settings.timezone),
    )
    if pdf:
        from portal.paper import print_quote  # noqa: PLC0415 - WeasyPrint and the templates are slow to load

        pdf.write_bytes(print_quote(reading, options, cells, shop))
    return report(reading, cells, shop)


def report(reading: Reading, cells: tuple[PricedCell, ...], shop: ShopData) -> dict[str, Any]:
    return quote_report(
        [Cell(cell.sheet, cell.routing) for cell in cells],
        [promise_value(cell.promise) for cell in cells],
        shop.basis.card,
        findings=inspect_report(reading)["findings"],
    )


def shop_of(settings: Settings, *, rates: Path | None, catalogue: Path | None) -> ShopData:
    """The configured shop, with another rate card or catalogue where one is given."""
    given = {ShopPart.RATES: rates, ShopPart.CATALOGUE: catalogue}
    paths = {part: given.get(part) or settings.config_dir / part.value for part in ShopPart}
    return shop_of_files({part: path.read_text(encoding="utf-8") for part, path in paths.items()})


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
    try:
        return [Speed(item.strip()) for item in text.split(",")]
    except ValueError as fault:
        raise BadInput(f"Please choose speeds from {', '.join(Speed)}: {fault}.") from fault


def options_of_file(path: Path | None) -> BuildOptions:
    """Build options as TOML: finish, thickness_mm, mask_colour, test, consigned; what is absent is the default."""
    if path is None:
        return BuildOptions()
    try:
        return TypeAdapter(BuildOptions).validate_python(tomllib.loads(path.read_text(encoding="utf-8")))
    except (ValidationError, tomllib.TOMLDecodeError, InvalidOperation) as fault:
        raise BadInput(f"{path.name}: {fault}") from fault


def price_given_facts(facts: Path, rates: Path) -> dict[str, Any]:
    card = load_rate_card(rates)
    try:
        given = json.loads(facts.read_text(encoding="utf-8"))
    except json.JSONDecodeError as fault:
        raise BadInput(f"{facts.name} is not JSON: {fault}") from fault
    return facts_report(price_facts(given, card, file=facts.name), card)
