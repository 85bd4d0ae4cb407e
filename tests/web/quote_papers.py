"""A quote's snapshot as the services freeze it, and its document as a reader has it."""

from datetime import datetime
from decimal import Decimal
from functools import cache
from pathlib import Path

import lxml.html
import shown_boards as boards

from portal.models.shop import ShopPart
from portal.routing.options import BuildOptions, Speed
from portal.services.pricing import priced_cells
from portal.services.shop import shop_of_files
from portal.services.snapshot import cell_value, options_value
from portal.web.documents import Paper, quote_html

CONFIG = Path(__file__).resolve().parents[2] / "config"
NOW = datetime(2026, 11, 23, 9, 0)  # noqa: DTZ001 - the clock on the shop's wall
ADDRESS = "https://portal.example/quotes/Q-7KX4-M2"


@cache
def the_shop():
    return shop_of_files({part: (CONFIG / part.value).read_text("utf-8") for part in ShopPart})


@cache
def priced(*quantities):
    cells = priced_cells(
        boards.sensor_node(), BuildOptions(), the_shop(), quantities=quantities, speeds=Speed, local_now=NOW
    )
    return [cell_value(cell) for cell in cells]


def a_snapshot(*quantities, **changes):
    files = [{"name": "board.zip", "sha256": "ab12" * 16, "bytes": 61_234}]
    return {
        "quote": "Q-7KX4-M2",
        "revision": 2,
        "is_firm": False,
        "customer": {"company": "Lakeside Sensors", "email": "anna@example.org"},
        "design": {"reference": "", "name": "sensor node", "files": files},
        "options": options_value(BuildOptions(consigned=frozenset({"U1"}))),
        "currency": "EUR",
        "shop_versions": the_shop().versions,
        "cells": priced(*(quantities or (10, 100))),
    } | changes


DRAWING = boards.PICTURE.encode()


def document(snapshot=None, *, pictures=None, address=ADDRESS):
    return quote_html(snapshot or a_snapshot(), Paper(the_shop().company, pictures or {}, address))


def text_of(written):
    """What a reader sees of the document, on one line."""
    return " ".join(lxml.html.fromstring(written).body.text_content().split())


def money(text):
    return f"{Decimal(text):,.2f}"
