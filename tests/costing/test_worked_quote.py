"""docs/worked-quote.md is true."""

import csv
import re

from costing_examples import ROOT, demo_basis

from portal.board.design import Board, BomLine, Design, Placement, Side
from portal.costing.cards import read_rate_card
from portal.costing.matrix import Basis, cost_sheet
from portal.costing.values import plain
from portal.parts.catalogue import read_catalogue
from portal.routing.options import BuildOptions, Speed

PAGE = (ROOT / "docs" / "worked-quote.md").read_text(encoding="utf-8")


def block(name):
    return re.search(rf"```\w+ {name}\n(.*?)```", PAGE, re.DOTALL)[1]


def blinker():
    rows = csv.DictReader(block("bom").splitlines())
    bom = [
        BomLine(n, tuple(row["designators"].split()), package=row["package"], mpn=row["mpn"])
        for n, row in enumerate(rows, 1)
    ]
    placements = [Placement(name, Side.TOP, 1.0, 1.0, 0.0) for name in bom[0].designators]
    return Design("blinker", board=Board(50.0, 20.0, 2), bom=tuple(bom), placements=tuple(placements))


def quote():
    card = read_rate_card(block("rates"), file="worked-quote.md")
    basis = Basis(demo_basis().shop, card, read_catalogue(block("catalogue"), file="worked-quote.md"))
    return cost_sheet(blinker(), BuildOptions(), basis, boards=10, speed=Speed.STANDARD)


def test_the_quote_worked_by_hand_is_the_quote_that_is_printed():
    sheet = quote()

    rows = [f"| {x.label} | {plain(x.quantity)} {x.unit} | {plain(x.rate)} | {x.amount} |" for x in sheet.lines]
    rows.append(f"| **Total** | {sheet.quantity} boards | **{sheet.unit_price}** | **{sheet.total}** |")

    assert [row for row in PAGE.splitlines() if row.startswith("| ") and "what" not in row] == rows


def test_the_amounts_in_the_page_add_up_to_its_total():
    *amounts, total = re.findall(r"\| \**(\d+\.\d\d)\** \|$", PAGE, re.MULTILINE)

    assert sum(round(float(amount) * 100) for amount in amounts) == round(float(total) * 100)
