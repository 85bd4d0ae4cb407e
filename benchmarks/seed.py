"""A shop with quotes and orders, made by the services themselves: for benchmarks and crash tests."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy.orm import Session

from portal.board.design import Board, BomLine, Design, Drills, OutlineKind, Placement, Side
from portal.gateways.files import Files
from portal.models.files import DesignRecord
from portal.models.orders import Order
from portal.models.people import Company, Role, User
from portal.routing.options import BuildOptions, Speed
from portal.services import accounts, orders, packages, quotes
from portal.services.audit import Act
from portal.services.outbox import Words
from portal.services.pricing import local, priced_cells
from portal.services.shop import current_shop, load_config

CONFIG = Path(__file__).resolve().parent.parent / "config"
THANKS = Words("Your order", "Thank you for your order.", "<p>Thank you for your order.</p>")
PASSWORD = "a password of the tests"


def act(actor: str = "seed") -> Act:
    return Act(actor=actor, at=datetime.now(UTC), request_id="seed")


def a_board(parts: int = 24) -> Design:
    """A small board whose parts are all in the demo catalogue."""
    mpns = ("0603WAF1503T5E", "CL05B104KB54PNC", "LM393DR2G", "MCP6002T-I/SN")
    packages_of = ("R_0603_1608Metric", "C_0402_1005Metric", "SOIC-8_3.9x4.9mm_P1.27mm", "SOIC-8_3.9x4.9mm_P1.27mm")
    lines = tuple(
        BomLine(
            row=number + 2,
            designators=tuple(f"{'RCUU'[number]}{n}" for n in range(1, parts // 4 + 1))
            if number < 2
            else (f"U{number}",),
            mpn=mpn,
            package=packages_of[number],
        )
        for number, mpn in enumerate(mpns)
    )
    placements = tuple(
        Placement(designator, Side.TOP, 2.0 * index, 3.0, 0.0, package=line.package)
        for line in lines
        for index, designator in enumerate(line.designators)
    )
    board = Board(50.0, 30.0, 2, OutlineKind.CLOSED, Drills(40, 36, 0, 3, 0.3), 0.2)
    return Design("sensor node", board, lines, placements=placements, placement_units="mm")


@dataclass(frozen=True, slots=True)
class Seeded:
    """The people of the shop, and the secrets that their browsers hold."""

    buyer: User
    buyer_secret: str
    sales_secret: str
    floor_secret: str


def open_shop(session: Session) -> Seeded:
    session.add(Company(name="Demo Assembly", is_house=True, created_at=datetime.now(UTC)))
    load_config(session, CONFIG, act())
    buyer = accounts.new_customer(session, "buyer@example.com", act())
    staff = [
        accounts.add_staff(session, email=f"{role}@demo.example", role=role, password=PASSWORD, act=act())
        for role in (Role.SALES, Role.FLOOR)
    ]
    for user in staff:
        user.must_change_password = False
    done = act()
    secrets = [accounts.open_session(session, user, done, proven_at=done.at).secret for user in (buyer, *staff)]
    return Seeded(buyer, *secrets)


def a_design(session: Session, files: Files, name: str) -> DesignRecord:
    package = packages.open_package(session, packages.Viewer(visitor_hash=f"seed {name}"), act())
    packages.add_file(session, package, f"{name}.zip", received=files.put(name.encode()), act=act())
    pictures = {"top": files.put(b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 50 30"/>')}
    return packages.keep_reading(session, package, a_board(), pictures=pictures, act=act())


def offered(session: Session, design: Design) -> quotes.Offered:
    shop, at = current_shop(session), local(datetime.now(UTC), "Europe/Berlin")
    cells = priced_cells(design, BuildOptions(), shop, quantities=[10, 100, 1000], speeds=Speed, local_now=at)
    return quotes.Offered(BuildOptions(), cells, shop.currency, shop.versions)


def firm_quote(session: Session, kept: DesignRecord, offer: quotes.Offered, buyer: User) -> quotes.Quote:
    quote = quotes.keep_as_quote(session, kept, offer, user=buyer, act=act())
    quotes.make_firm(session, quote, act(), today=datetime.now(UTC).date() + timedelta(days=1))
    return quote


def an_order(session: Session, quote: quotes.Quote) -> Order:
    """Accepted, and released for the floor."""
    acceptance = orders.Acceptance(cell=0, sha256=quote.current.sha256, customer_po="PO 4711")
    order = orders.accept_quote(session, quote, acceptance, act=act(), letter=lambda _: THANKS)
    orders.close_hold(session, order, number=1, act=act())
    return order
