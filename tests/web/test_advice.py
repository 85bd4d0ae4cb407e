"""Advice on a price: what it saves, what it changes in time, and one click to choose it."""

from decimal import Decimal
from urllib.parse import urlencode

import pytest
import shown_boards as boards
from hypothesis import given
from hypothesis import strategies as st

from portal.costing.advice import Advice
from portal.routing.options import BuildOptions
from portal.web.advice import Suggestion, with_boards
from portal.web.forms.choice import LARGEST, MOST_QUANTITIES

HTMX = {"HX-Request": "true"}


def one(**changes):
    given = {"change": "Test by inspection", "saves_per_board": Decimal("0.50"), "quantity": 100, "boards": 100}
    return Suggestion(Advice(**(given | {"total": Decimal(950), "options": BuildOptions()} | changes)), "/there")


@pytest.fixture
def advised(portal, visitor):
    """Ask for the advice on one cell; the arguments are the address's."""
    reference = portal.design(visitor)

    def ask(cell="100-express", status=200, **choice):
        return visitor.visit(f"/designs/{reference}/prices/{cell}/advice?{urlencode(choice)}", status=status)

    return ask


def test_each_advice_says_what_it_saves_and_what_it_changes_in_time(advised):
    [slower] = [
        item
        for item in advised(test="flying-probe").all("//ul[@class='advice']/li")
        if "Standard speed" in item.text_content()
    ]
    said = " ".join(slower.text_content().split())

    assert "less for each board" in said
    assert "later" in said


def test_one_click_chooses_it_and_shows_the_price_that_was_told(advised, visitor):
    page = advised(test="flying-probe")
    [item] = [item for item in page.all("//ul[@class='advice']/li") if "Standard speed" in item.text_content()]
    there = visitor.visit(item.xpath(".//a/@href")[0])

    total = there.all("//a[@aria-current='true']//span[@class='price-matrix__total']")[0].text_content()
    assert total in item.text_content()
    assert there.all("//select[@name='test']/option[@selected]/@value") == ["flying-probe"]


def test_another_quantity_is_added_to_those_that_were_asked_for(advised, visitor):
    page = advised("7-standard", quantities="7, 50")
    [item] = [item for item in page.all("//ul[@class='advice']/li") if "Order 10 boards" in item.text_content()]

    assert "7, 10, 50" in visitor.visit(item.xpath(".//a/@href")[0]).all("//input[@name='quantities']/@value")


def test_what_changes_the_design_has_no_button(portal, visitor):
    both = boards.parts(boards.Side.TOP, "120R", "0603", "R1 R2 R3") + boards.parts(
        boards.Side.BOTTOM, "", "0603", "R4"
    )
    reference = portal.design(visitor, boards.sensor_node(placements=both))
    page = visitor.visit(f"/designs/{reference}/prices/10-standard/advice")
    [item] = [
        item for item in page.all("//ul[@class='advice']/li") if "of the bottom on the top" in item.text_content()
    ]

    assert item.xpath(".//a") == []
    assert "A change of the design" in item.text_content()


def test_the_price_page_asks_for_the_advice_on_the_opened_cell(portal, visitor):
    page = visitor.visit(f"/designs/{portal.design(visitor)}/prices?quantities=5,50&cell=50-express")
    [place] = page.all("//div[contains(@hx-get, '/advice')]")

    assert "/prices/50-express/advice?quantities=5,+50" in place.get("hx-get").replace("%2C", ",")
    assert place.xpath(".//a/@href") == [place.get("hx-get")]


def test_another_choice_asks_in_another_place(portal, visitor):
    path = f"/designs/{portal.design(visitor)}/prices"
    places = {
        visitor.visit(f"{path}?finish={finish}").all("//div[contains(@hx-get, '/advice')]/@id")[0]
        for finish in ("osp", "hasl")
    }

    assert len(places) == 2


def test_the_advice_alone_is_sent_where_a_part_is_asked_for(portal, visitor):
    answer = visitor.get(f"/designs/{portal.design(visitor)}/prices/10-standard/advice", headers=HTMX)

    assert "What would cost less" in answer.text
    assert "<html" not in answer.text


def test_where_nothing_pays_that_is_said(portal, visitor):
    page = visitor.visit(
        f"/designs/{portal.design(visitor, boards.bare())}/prices/100000-standard/advice?quantities=100000"
    )

    assert "none saves 1 % or more here" in page.main or page.all("//ul[@class='advice']/li")


def test_a_quote_leads_to_the_prices_of_today_with_the_same_choice(portal, anna):
    sent = {"quantities": "7, 50", "finish": "osp", "consigned": "STM32G071CBT6"}
    kept = anna.post(f"/designs/{portal.design(anna)}/quotes", sent).headers["Location"]
    [link] = [link for link in anna.visit(f"{kept}?cell=50-express").links() if "/prices?" in link]
    page = anna.visit(link)

    assert page.all("//select[@name='finish']/option[@selected]/@value") == ["osp"]
    assert page.all("//input[@name='consigned' and @checked]/@value") == ["STM32G071CBT6"]
    assert "for 50 boards, express" in page.main


@pytest.mark.parametrize("cell", ["77-standard", "10-slow", "ten-standard", "standard", "-"])
def test_a_cell_that_was_not_asked_for_has_no_advice(advised, cell):
    advised(cell, status=404, quantities="10")


def test_a_wrong_choice_is_said(advised):
    assert "is not a quantity" in advised("10-standard", status=422, quantities="0").main


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (0, "leaves on the same day"),
        (1, "leaves 1 day later"),
        (-3, "leaves 3 days sooner"),
        (None, "what it changes in time is not known"),
    ],
)
def test_the_change_in_time_is_said_in_words(days, said):
    assert one(days=days).time == said


def test_a_full_list_of_quantities_gives_up_the_nearest():
    full = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)

    assert with_boards(full, 110) == (1, 2, 5, 10, 20, 50, 110, 200, 500, 1000, 2000, 5000)


quantities = st.sets(st.integers(1, LARGEST), min_size=1, max_size=MOST_QUANTITIES).map(
    lambda found: tuple(sorted(found))
)


@given(quantities, st.integers(1, LARGEST))
def test_with_one_more_quantity_the_list_is_still_one_that_can_be_priced(known, boards_):
    found = with_boards(known, boards_)

    assert boards_ in found
    assert list(found) == sorted(set(found))
    assert len(found) <= MOST_QUANTITIES
