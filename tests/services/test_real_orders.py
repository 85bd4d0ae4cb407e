"""Real customers' packages of many CAD tools, each from the files to the shipped order."""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest

from benchmarks.seed import CONFIG
from portal.costing.lines import CostGroup, CostLine
from portal.gateways.reader import LimitedReader
from portal.models.shop import ShopPart
from portal.production.floor import FloorKind
from portal.routing.options import BuildOptions, Speed
from portal.services import floor, orders, packages, quotes
from portal.services.desks import Desk
from portal.services.invariants import check_invariants
from portal.services.outbox import Words
from portal.services.packages import Viewer
from portal.services.planning import confirm
from portal.services.pricing import priced_cells
from portal.services.shop import shop_of_files
from portal.services.snapshot import missing, with_date, with_line

MONDAY_MORNING = datetime(2026, 11, 23, 9, 0)  # noqa: DTZ001 - the clock on the shop's wall
THANKS = Words("Thanks", "Thanks.", "<p>Thanks.</p>")

# folder in the corpus: the CAD tool, copper layers that its truth names
PACKAGES = {
    "caravel-clear": ("KiCad 7", 2),
    "voron-hall-xy": ("KiCad 5", 2),
    "rpga-feather": ("KiCad 8", 4),
    "voron-ab-std": ("EasyEDA", 2),
    "wag-boost-converter-mt3608": ("EasyEDA Std", 2),
    "lisa-mx-s": ("Altium", 4),
    "yapa2": ("Protel", 2),
    "odri-microdriver": ("Eagle 8", 6),
    "voron-v0-fan": ("Fusion", 2),
    "oc-breakout": ("Allegro", 4),
    "gn-pads": ("PADS", 4),
    "cluck2sesame": ("DesignSpark", 2),
    "gn-fritzing": ("Fritzing", 2),
}


@pytest.fixture(scope="module")
def shop():
    return shop_of_files({part: (CONFIG / part.value).read_text("utf-8") for part in ShopPart})


@pytest.fixture(scope="module")
def readings():
    """Each package is read once, in the limited child, for all tests of this file."""
    return {}


@pytest.fixture(params=PACKAGES)
def reading(request, corpus, readings):
    folder: Path = corpus / "dev" / request.param
    if not folder.is_dir():
        pytest.skip(f"the package {request.param} is not in this corpus")
    if request.param not in readings:
        readings[request.param] = LimitedReader().read(folder, name=request.param, on_step=lambda _: None)
    return readings[request.param]


@pytest.mark.corpus
def test_a_real_package_is_read_with_its_layers(reading):
    assert reading.design.board.copper_layers in {PACKAGES[reading.design.name][1], None}
    assert reading.pictures


@pytest.mark.corpus
def test_a_real_package_becomes_a_shipped_order(session, files, anna, act, shop, reading):
    quote = a_quote(session, files, anna, act, shop, reading)
    settle(session, quote, act)
    quotes.make_firm(session, quote, act, today=act.at.date())
    order = accepted(session, quote, act, shop)
    orders.close_hold(session, order, number=1, act=act)
    for lot in order.lots:
        ship(session, lot, act)
    assert floor.order_percent(order) == 100
    assert [check for check in check_invariants(session, files, act.at) if check.faults] == []


def a_quote(session, files, anna, act, shop, reading):
    package = packages.open_package(session, Viewer(visitor_hash="visit"), act)
    packages.add_file(session, package, f"{reading.design.name}.zip", received=files.put(b"zip"), act=act)
    pictures = {side.value: files.put(svg.encode()) for side, svg in reading.pictures.items()}
    kept = packages.keep_reading(session, package, reading.design, pictures=pictures, act=act)
    cells = priced_cells(
        packages.the_design(kept),
        BuildOptions(),
        shop,
        quantities=[10, 500],
        speeds=[Speed.STANDARD],
        local_now=MONDAY_MORNING,
    )
    offered = quotes.Offered(BuildOptions(), cells, shop.currency, shop.versions)
    return quotes.keep_as_quote(session, kept, offered, user=anna, act=act)


def settle(session, quote, act):
    """Sales prices what nobody knew, and enters a date where none could be promised."""
    snapshot = quotes.content(quote.current)
    for name in {line["name"] for cell in snapshot["cells"] for line in cell["unpriced"]}:
        line = CostLine(CostGroup.PARTS, name, Decimal(1), "lot", Decimal("12.50"), "asked the distributor")
        snapshot = with_line(snapshot, line, cells=range(2), settles=name)
    undated = [index for index, cell in enumerate(snapshot["cells"]) if not cell["promise"]["p80"]]
    snapshot = with_date(snapshot, act.at.date().replace(year=2027), cells=undated, because="the distributor's date")
    assert missing(snapshot) == ()
    quotes.revise_quote(session, quote, snapshot, act.because("asked the distributor"))


def accepted(session, quote, act, shop):
    acceptance = orders.Acceptance(cell=1, sha256=quote.current.sha256, customer_po="PO 4711")
    return orders.accept_quote(
        session,
        quote,
        acceptance,
        act=act,
        letter=lambda _: THANKS,
        book=lambda order: confirm(session, order, Desk(shop, act.at, "Europe/Berlin")),
    )


def ship(session, lot, act):
    """Every operation of the lot's own routing, all boards good."""
    for operation in range(len(lot.operations)):
        for kind, good in ((FloorKind.STARTED, 0), (FloorKind.FINISHED, lot.boards)):
            report = floor.Report(f"{lot.reference}-{operation}-{kind}", operation, kind, good=good)
            floor.record_floor(session, lot, report, replace(act))
