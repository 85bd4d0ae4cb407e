"""A quote as a PDF without a database, for the command line."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from portal.board.design import Side
from portal.costing.advice import Advice
from portal.gateways.pdf import LimitedPrinter
from portal.intake.reading import Reading
from portal.routing.options import BuildOptions
from portal.services.reasons import reasons_value
from portal.services.shop import ShopData
from portal.services.snapshot import PricedCell, cell_value, options_value
from portal.web.documents import Paper, printable, quote_html


def print_quote(
    reading: Reading,
    options: BuildOptions,
    cells: tuple[PricedCell, ...],
    *,
    shop: ShopData,
    local_now: datetime,
    advice: Iterable[Advice] = (),
) -> bytes:
    """A budget: nobody has reviewed it, and it says so."""
    drawn = {side.value: printable(reading.drawn.get(side), reading.drawn.get(f"{side}.png")) for side in Side}
    pictures = {side: picture for side, picture in drawn.items() if picture}
    frozen = snapshot(reading, options, cells, shop=shop, local_now=local_now)
    frozen |= reasons_value(cells, advice, currency=shop.currency)
    return LimitedPrinter().print(quote_html(frozen, Paper(shop.company, pictures, "")))


def snapshot(
    reading: Reading, options: BuildOptions, cells: tuple[PricedCell, ...], *, shop: ShopData, local_now: datetime
) -> dict[str, Any]:
    files = [{"name": f.name, "sha256": f.sha256, "bytes": f.bytes} for f in reading.design.files]
    return {
        "quote": f"of {local_now:%d %B %Y}",
        "revision": 1,
        "is_firm": False,
        "customer": {"company": "the holder of these files", "email": ""},
        "design": {"reference": "", "name": reading.design.name, "files": files},
        "options": options_value(options),
        "currency": shop.currency,
        "shop_versions": shop.versions,
        "cells": [cell_value(cell) for cell in cells],
    }
