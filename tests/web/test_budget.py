"""A budget on the price page: between what and what it lies, why, and how it becomes firm."""

import pytest
import shown_boards as boards
from lxml import html

LQFP = boards.BomLine(5, ("U7",), mpn="NOBODY-SELLS-THIS-1", package="0603")


@pytest.fixture
def prices(portal, visitor):
    """The price page of a board with these lines more."""

    def ask(*lines, query="quantities=10"):
        node = boards.sensor_node()
        reference = portal.design(visitor, boards.sensor_node(bom=(*node.bom, *lines)))
        return visitor.visit(f"/designs/{reference}/prices?{query}")

    return ask


def rows(page):
    tables = page.all("//table[caption='Parts without a price']")
    return [" ".join(row.text_content().split()) for table in tables for row in table.xpath("tbody/tr")]


def test_a_price_that_can_be_firm_says_nothing_of_a_budget(prices):
    assert "not binding" not in prices().main


def test_an_unknown_part_makes_the_price_a_range(prices):
    page = prices(LQFP)

    assert "Between " in page.all("//h2[contains(., 'Between')]")[0].text_content()
    assert "10 boards, standard: a budget, not binding, because 1 kind of part has no price" in page.main


def test_each_unknown_part_says_how_many_what_it_may_cost_and_by_what(prices):
    [row] = rows(prices(LQFP))

    assert row.startswith("NOBODY-SELLS-THIS-1 U7 10 ")
    assert " of 6 parts in 0603, asked Thu 30 Apr 2026 or later " in row
    assert "Check its part number, or name an alternate in the BOM." in row


def test_a_part_without_a_number_asks_for_it(prices):
    [row] = rows(prices(boards.BomLine(6, ("R77",), value="12k", package="0603")))

    assert "Give its manufacturer's part number in the BOM." in row


def test_one_click_supplies_an_unknown_part_and_the_price_is_whole(prices, visitor):
    page = prices(LQFP)
    [link] = page.all("//a[@aria-label='supply NOBODY-SELLS-THIS-1 yourself']/@href")
    there = visitor.visit(link)

    assert there.all("//input[@name='consigned' and @checked]/@value") == ["NOBODY-SELLS-THIS-1"]
    assert rows(there) == []


def test_of_a_kind_that_nobody_knows_no_guess_is_made(prices):
    page = prices(boards.BomLine(7, ("X1",), mpn="ODD-1", package="nothing-like-it"))

    assert "not known: too few parts of its kind" in rows(page)[0]
    assert page.all("//h2[contains(., 'and more')]")


def test_of_many_unknown_parts_the_first_ten_have_their_remedies_and_the_others_are_named(prices):
    many = [boards.BomLine(row, (f"R{row}",), mpn=f"NOBODY-{row}", package="0603") for row in range(100, 123)]
    page = prices(*many)

    assert len(rows(page)) == 10
    assert "NOBODY-110 (10)" in page.all("//details[summary[contains(., 'other unknown parts')]]")[0].text_content()
    assert "23 kinds of part have no price" in page.main
    assert "date not known: 23 lead times are missing" in page.main


def test_a_price_without_a_date_says_whose_lead_time_is_missing(prices):
    page = prices(query="quantities=100000&cell=100000-express")
    said = [
        html.tostring(card, encoding="unicode") for card in page.all("//section[contains(., 'A price without a date')]")
    ]

    assert all("the lead time is not known for" in card for card in said)


def test_a_hostile_name_is_shown_and_is_no_markup(portal, visitor):
    page = visitor.visit(f"/designs/{portal.design(visitor, boards.hostile())}/prices?quantities=10")

    assert '=HYPERLINK("http://x")' in rows(page)[0]
