"""The matrix of a page: the same from fresh prices and from a frozen quote."""

from datetime import date
from decimal import Decimal

import pytest

from portal.costing.lines import CostGroup, CostLine, CostSheet, UnpricedLine
from portal.planning.promise import Promise
from portal.routing.operations import Process, Routing
from portal.routing.options import BuildOptions, Speed
from portal.services.quotes import Offered
from portal.services.snapshot import PricedCell
from portal.web.matrix import key_of, priced_matrix

FRIDAY = date(2026, 12, 4)


def cell(quantity=10, speed=Speed.STANDARD, *, unpriced=(), p80=FRIDAY, unknown=()):
    line = CostLine(CostGroup.ASSEMBLY, "Placement", Decimal(quantity), "pcs", Decimal("0.125"), "a part each")
    routing = Routing(Process.MACHINE, quantity, 1, quantity, ())
    promise = Promise(p80, p80, p80, "U3", (), "Day 0 is today.", unknown)
    return PricedCell(CostSheet(quantity, speed, Process.MACHINE, (line,), unpriced), routing, promise)


def shown(*cells, chosen=""):
    offered = Offered(BuildOptions(), cells, "EUR", {})
    return priced_matrix(offered, chosen=chosen, href=lambda key: f"?cell={key}")


def test_quantities_go_down_and_speeds_across():
    matrix = shown(*(cell(quantity, speed) for quantity in (1, 10) for speed in Speed))

    assert [quantity for quantity, _ in matrix.rows] == [1, 10]
    assert [cell.sheet.speed for cell in matrix.rows[0][1]] == list(matrix.speeds) == list(Speed)


def test_a_frozen_cell_says_what_the_priced_one_said():
    fresh = cell(100)

    assert shown(fresh).cells[0].sheet == fresh.sheet
    assert shown(fresh).cells[0].promise == fresh.promise


@pytest.mark.parametrize(("chosen", "index"), [("10-express", 1), ("10-standard", 0), ("", 0), ("77-slow", 0)])
def test_one_cell_is_always_chosen(chosen, index):
    matrix = shown(cell(), cell(speed=Speed.EXPRESS), chosen=chosen)

    assert matrix.selected_index == index
    assert sum(cell.is_selected for cell in matrix.cells) == 1


def test_each_cell_has_an_address_of_its_own():
    matrix = shown(cell(), cell(speed=Speed.EXPRESS))

    assert [cell.href for cell in matrix.cells] == ["?cell=10-standard", "?cell=10-express"]
    assert [key_of(cell.sheet) for cell in matrix.cells] == ["10-standard", "10-express"]


def test_a_date_is_said_with_its_weekday():
    assert shown(cell()).selected.dispatch == "leaves by Fri\xa04\xa0Dec\xa02026"


@pytest.mark.parametrize(
    ("unknown", "said"),
    [
        (("U7",), "date not known: lead time of U7 is missing"),
        (("U7", "J1", "J2"), "date not known: 3 lead times are missing"),
        ((), "date not known"),
    ],
)
def test_without_a_date_it_is_said_what_is_missing(unknown, said):
    assert shown(cell(p80=None, unknown=unknown)).selected.dispatch == said


@pytest.mark.parametrize(
    ("priced", "is_budget"),
    [
        (cell(), False),
        (cell(unpriced=(UnpricedLine("U7", ("U7",), "nobody sells it"),)), True),
        (cell(p80=None, unknown=("U7",)), True),
    ],
)
def test_what_is_not_known_makes_a_budget(priced, is_budget):
    assert shown(priced).is_budget is is_budget


def test_one_budget_among_firm_cells_makes_the_whole_a_budget():
    assert shown(cell(), cell(100, p80=None)).is_budget


MISSING = UnpricedLine("DRV8871DDAR", ("U2",), "it is in no catalogue")


@pytest.mark.parametrize(
    ("open_cells", "said"),
    [
        (4, "A budget: something is not known yet, and each cell says what"),
        (1, "1 of the 4 prices is a budget: its cell says what is not known yet"),
        (2, "2 of the 4 prices are budgets: each cell says what is not known yet"),
    ],
)
def test_only_the_prices_with_something_missing_are_called_a_budget(open_cells, said):
    cells = [cell(10 + n, unpriced=(MISSING,) if n < open_cells else ()) for n in range(4)]

    assert shown(*cells).budgets == said
