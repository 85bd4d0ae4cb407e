"""Long parts lists on paper: the body says what they come to in one line, the annex says each of them."""

from dataclasses import dataclass
from decimal import Decimal

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st
from quote_papers import a_snapshot, document, money, priced, text_of

from portal.costing.lines import CostGroup, CostLine, CostSheet, total
from portal.routing.operations import Process
from portal.routing.options import Speed
from portal.services.snapshot import sheet_of
from portal.web.annex import MOST_PARTS, Body, by_group


def a_part(number, amount="1.25"):
    return CostLine(CostGroup.PARTS, f"PART-{number}", Decimal(1), "pcs", Decimal(amount), "at 1.25")


BOARDS = CostLine(CostGroup.BOARDS, "Bare boards", Decimal(10), "pcs", Decimal("2.70"), "a panel each")
BUYING = CostLine(CostGroup.PARTS, "Purchasing and stock", Decimal(100), "EUR", Decimal("0.2"), "20 % of the parts")


def a_sheet(*lines):
    return CostSheet(10, Speed.STANDARD, Process.MACHINE, lines)


def of(count):
    return a_sheet(BOARDS, *map(a_part, range(count)), BUYING)


class TestBody:
    def test_a_short_parts_list_stays_where_it_is(self):
        sheet = of(MOST_PARTS)

        assert Body.of(sheet) == Body(sheet.lines)

    def test_one_part_more_and_all_of_them_are_one_line(self):
        body = Body.of(of(MOST_PARTS + 1))

        assert [line.label for line in body.lines] == ["Bare boards", "Parts", "Purchasing and stock"]
        assert len(body.annexed) == MOST_PARTS + 1

    def test_the_line_says_how_many_there_are_and_where(self):
        [parts] = [line for line in Body.of(of(200)).lines if line.label == "Parts"]

        assert parts.because == "200 lines, each in the annex"
        assert parts.amount == Decimal("250.00")  # 200 × 1.25

    def test_what_buying_costs_is_no_part(self):
        assert BUYING not in Body.of(of(200)).annexed

    def test_a_board_bought_by_the_piece_is_no_part(self):
        assert BOARDS not in Body.of(of(200)).annexed

    @given(st.lists(st.decimals(0, 10_000, places=7), max_size=3 * MOST_PARTS))
    def test_the_body_comes_to_the_total_of_the_sheet(self, rates):
        sheet = a_sheet(BOARDS, *(a_part(n, rate) for n, rate in enumerate(rates)), BUYING)
        body = Body.of(sheet)

        assert total(body.lines) == sheet.total

    def test_an_adjustment_by_sales_keeps_its_place(self):
        discount = CostLine(CostGroup.ADJUSTMENT, "Discount", Decimal(1), "order", Decimal(-5), "a new customer")

        assert Body.of(a_sheet(*of(200).lines, discount)).lines[-1] == discount


class TestGroups:
    def test_what_each_price_consists_of_comes_to_its_total(self):
        cells = [{"sheet": sheet_of(cell)} for cell in priced(10, 100)]

        for place, cell in enumerate(cells):
            assert sum(amounts[place] for _, amounts in by_group(cells)) == cell["sheet"].total

    def test_groups_stand_in_the_order_of_the_quote(self):
        cells = [{"sheet": a_sheet(BUYING)}, {"sheet": a_sheet(BOARDS)}]

        assert [group for group, _ in by_group(cells)] == [CostGroup.BOARDS, CostGroup.PARTS]

    def test_a_price_without_a_group_has_nothing_there(self):
        cells = [{"sheet": a_sheet(BUYING)}, {"sheet": a_sheet(BOARDS)}]

        assert dict(by_group(cells))[CostGroup.PARTS] == [Decimal("20.00"), Decimal("0.00")]


def long_snapshot(parts=200):
    """As the sensor node, with so many parts."""
    cells = priced(10, 100)
    more = [
        {"group": "parts", "label": f"PART-{n}", "quantity": "12", "unit": "pcs", "rate": "0.795210", "amount": "9.54"}
        | {"because": f"12 of PART-{n}"}
        for n in range(parts)
    ]
    amount = Decimal("9.54") * parts
    return a_snapshot(
        cells=[cell | {"lines": cell["lines"] + more, "total": str(Decimal(cell["total"]) + amount)} for cell in cells]
    )


@dataclass
class Read:
    """A document as its reader has it."""

    html: str

    def rows(self, heading):
        found = lxml.html.fromstring(self.html).xpath(f"//section[h2[contains(., '{heading}')]]//tbody/tr")
        return [" ".join(" ".join(row.itertext()).split()) for row in found]


@pytest.fixture(scope="module")
def long():
    return Read(document(long_snapshot()))


def test_each_part_is_in_the_annex_with_its_figures_and_its_reason(long):
    rows = long.rows("the parts for 10 boards, standard")

    assert "PART-7 12 0.79521 € 9.54 € 12 of PART-7" in rows
    assert sum(row.startswith("PART-") for row in rows) == 200


def test_the_annex_comes_after_the_terms(long):
    assert long.html.index("<h2>Terms</h2>") < long.html.index("Annex: the parts")


def test_the_prices_that_are_not_printed_in_full_say_what_they_consist_of(long):
    rows, cells = long.rows("what each price consists of"), long_snapshot()["cells"]

    assert len(rows) == len(cells)
    assert all(row.endswith(money(cell["total"]) + " €") for row, cell in zip(rows, cells, strict=True))


def test_a_short_quote_has_no_annex():
    one = priced(10)[:1]

    assert "Annex" not in text_of(document(a_snapshot(cells=one)))
