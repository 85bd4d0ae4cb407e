"""What the costing tests share: the demo shop, and a design written as a small parts list."""

from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import NamedTuple

from portal.board.design import Board, BomLine, Design, Placement, Side
from portal.costing.attrition import Attrition, lost
from portal.costing.cards import RateCard, load_rate_card, read_rate_card
from portal.costing.matrix import Basis
from portal.parts.catalogue import load_catalogue, read_catalogue
from portal.parts.packages import PackageClass
from portal.routing.shop import load_shop

ROOT = Path(__file__).resolve().parents[2]
CONFIG = ROOT / "config"


@cache
def demo_basis() -> Basis:
    return Basis(
        shop=load_shop(CONFIG / "machines.toml"),
        card=load_rate_card(CONFIG / "rates.toml"),
        catalogue=load_catalogue(CONFIG / "catalogue.csv"),
    )


class Need(NamedTuple):
    needed: int
    extra: int
    rule: str


def need(count: int, package_class: PackageClass, *, price: Decimal, attrition: Attrition | None) -> Need:
    """What is bought beyond the need of so many parts of this class at this price."""
    return Need(count, *lost(attrition, package_class, price=price).spare(count))


def a_basis(*charges: str, catalogue: str = "", head: str = "") -> Basis:
    return Basis(shop=demo_basis().shop, card=a_card(*charges, head=head), catalogue=offers(catalogue))


def offers(rows: str):
    """`RES-1K 1:0.05;100:0.01`, one part a line."""
    pairs = (row.split() for row in rows.splitlines() if row.strip())
    table = "\n".join(f"{mpn},Corner shop,2026-11-01,{breaks}" for mpn, breaks in pairs)
    return read_catalogue(f"mpn,supplier,as_of,breaks\n{table}", file="catalogue.csv")


def a_card(*charges: str, head: str = "") -> RateCard:
    """A charge is written as its own keys; where it comes from is the same for all."""
    text = "\n".join(a_charge(charge, number) for number, charge in enumerate(charges, start=1))
    return read_rate_card(f'name = "test"\ncurrency = "EUR"\nas_of = 2026-11-01\n{head}\n{text}', file="card.toml")


def a_charge(keys: str, number: int = 1) -> str:
    label = f"Charge {number}" if number > 1 else "Charge"
    usual = {"label": f'"{label}"', "group": '"assembly"', "unit": '"pcs"', "source": '"test"', "grade": '"U"'}
    usual |= {"date": "2026-11-01"}
    lines = [f"{key} = {value}" for key, value in usual.items() if f"{key} =" not in keys]
    return "\n".join(["[[charges]]", *lines, *keys.split("\n")])


def a_design(parts: str, *, size: tuple[float, float] | None = (50, 20), layers: int | None = 2) -> Design:
    """`R1 R2 | R_0805 | RES-1K | top`, one BOM line a row; without a side the part has no placement."""
    rows = [[cell.strip() for cell in row.split("|")] for row in parts.strip().splitlines()]
    bom = tuple(
        BomLine(number, tuple(names.split()), package=package, mpn=mpn)
        for number, (names, package, mpn, *_) in enumerate(rows, start=1)
    )
    placements = tuple(
        Placement(name, Side(row[3]), 1.0, 1.0, 0.0) for row in rows if len(row) > 3 for name in row[0].split()
    )
    width, height = size or (None, None)
    return Design("test board", board=Board(width, height, layers), bom=bom, placements=placements)


BLINKER = """
R1 R2 R3 R4 | R_0805_2012Metric      | RES-1K | top
J1          | PinHeader_1x02_P2.54mm | HDR-2
"""
SENSOR = """
R1 R2 R3    | R_0402_1005Metric      | RC0402FR-071KL  | top
C1 C2       | C_0402_1005Metric      | CL05B104KB54PNC | top
U1          | QFN-32_5x5mm_P0.5mm    | STM32L031K6U6   | top
J1          | PinHeader_1x04_P2.54mm | 61300411121
"""
