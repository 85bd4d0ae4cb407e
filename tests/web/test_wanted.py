"""“I need it by …” beside the prices: a way, or why not and what would make it possible."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
import shown_boards as boards
from browsing import inspected
from staff_work import with_unknown_part

from portal.web.access import now

SHOP = ZoneInfo("Europe/Berlin")  # where a shop stands that says nothing else


@pytest.fixture
def path(portal, visitor):
    return f"/designs/{portal.design(visitor)}/wanted-date"


def by(days):
    """A day of the shop, where it may be tomorrow already."""
    return (now().astimezone(SHOP).date() + timedelta(days=days)).isoformat()


def test_the_price_page_asks_for_it_with_the_same_choice(portal, visitor):
    design = portal.design(visitor)
    page = visitor.visit(f"/designs/{design}/prices?quantities=10&test=flying-probe")

    [address] = [link for link in page.links() if "/wanted-date" in link]
    assert "test=flying-probe" in address


def test_it_asks_for_as_many_boards_as_the_opened_price(portal, visitor):
    page = visitor.visit(f"/designs/{portal.design(visitor)}/prices?quantities=10,1000&cell=1000-standard")
    [address] = [link for link in page.links() if "/wanted-date" in link]

    assert visitor.visit(address).form("/wanted-date")["boards"] == ["1000"]


def test_it_proposes_a_day_and_the_smallest_quantity(visitor, path):
    form = visitor.visit(f"{path}?quantities=25,100").form("/wanted-date")

    assert (form["boards"], form["by"]) == (["25"], [by(14)])


def test_a_far_day_is_met_and_the_price_is_told(visitor, path):
    page = visitor.visit(f"{path}?quantities=10&boards=10&by={by(200)}").main

    assert "Yes: 10 boards, standard" in page
    assert "the cheapest way that meets" in page


def test_a_day_too_near_says_what_everything_waits_for(visitor, path):
    page = visitor.visit(f"{path}?quantities=10&boards=10&by={by(1)}").main

    assert "Not as asked." in page
    assert "Everything waits for" in page


def test_a_part_that_nobody_has_is_what_would_make_it_possible(portal, visitor):
    design = portal.design(visitor, with_unknown_part())
    page = visitor.visit(f"/designs/{design}/wanted-date?quantities=10&boards=10&by={by(200)}").main

    assert "A part that you send us" in page


def test_only_the_part_is_sent_where_the_page_asks_for_it(visitor, path):
    answer = visitor.get(f"{path}?quantities=10&boards=10&by={by(200)}", headers={"HX-Request": "true"})

    assert "<html" not in answer.text
    assert 'id="wanted"' in answer.text


@pytest.mark.parametrize("query", ["boards=0", "boards=ten", "boards=100001", "boards=10&by=soon"])
def test_what_is_no_quantity_or_no_day_is_said_at_its_field(visitor, path, query):
    day = "" if "by=" in query else f"&by={by(30)}"
    page = inspected(visitor.get(f"{path}?quantities=10&{query}{day}"), status=422)

    assert page.all("//*[contains(@class, 'field__error')]")


def test_a_day_that_has_passed_is_refused_with_a_sentence(visitor, path):
    answer = visitor.get(f"{path}?quantities=10&boards=10&by={by(-3)}")

    assert answer.status_code == 422
    assert "This day has passed" in answer.text


def test_a_board_of_somebody_else_answers_nothing(portal, visitor, anna):
    with_owner = portal.design(anna, boards.sensor_node())

    assert visitor.get(f"/designs/{with_owner}/wanted-date").status_code == 404
