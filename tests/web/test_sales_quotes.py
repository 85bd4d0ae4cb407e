"""The list of quotes before sales."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from staff_work import kept_quote, with_unknown_part

from portal.models.quotes import Quote
from portal.production.lifecycle import Commercial
from portal.web.sales.panel import PER_PAGE
from portal.web.sales.quotes import age


@pytest.fixture
def sales(portal):
    return portal.staff()


def test_what_waits_for_review_is_shown_first(portal, anna, sales):
    reference = kept_quote(portal, anna)

    page = sales.visit("/sales/quotes")

    assert f"/sales/quotes/{reference}" in page.links()
    assert "To review (1)" in page.main


def test_a_row_says_customer_board_quantities_total_and_age(portal, anna, sales):
    kept_quote(portal, anna, quantities="10,1000")

    [row] = sales.visit("/sales/quotes").all("//tbody/tr")

    said = " ".join(row.text_content().split())
    assert "anna@example.org sensor-node rev C 10, 1,000" in said
    assert "€ budget nothing 0 minutes" in said


def test_a_row_says_how_many_things_are_missing_for_a_firm_quote(portal, anna, sales):
    kept_quote(portal, anna, with_unknown_part())

    assert "2 things" in sales.visit("/sales/quotes").main  # a price and a date


def test_quotes_of_every_customer_are_listed_newest_first(portal, sales):
    first = kept_quote(portal, portal.customer("anna@example.org"))
    second = kept_quote(portal, portal.customer("bo@example.org"))

    rows = sales.visit("/sales/quotes").all("//tbody//th/a/text()")

    assert rows == [second, first]


@pytest.mark.parametrize(("state", "found"), [("budget", 1), ("firm", 0), ("declined", 0), ("all", 1), ("nonsense", 1)])
def test_a_tab_shows_the_quotes_of_its_state(portal, anna, sales, state, found):
    kept_quote(portal, anna)

    assert len(sales.visit(f"/sales/quotes?state={state}").all("//tbody/tr")) == found


def test_the_tab_that_is_open_is_marked(sales):
    page = sales.visit("/sales/quotes?state=firm")

    assert page.all("//nav[@class='tabs']/a[@aria-current='page']/text()") == ["Firm (0)"]


def test_an_empty_list_says_what_would_be_in_it(sales):
    assert "A customer who keeps the prices" in sales.visit("/sales/quotes").main


def test_a_long_list_is_shown_a_page_at_a_time(portal, anna, sales):
    reference = kept_quote(portal, anna)
    copies(portal, reference, PER_PAGE)

    first, second = sales.visit("/sales/quotes"), sales.visit("/sales/quotes?page=2")

    assert len(first.all("//tbody/tr")) == PER_PAGE
    assert "26 of 26 quotes" in second.main


def test_paging_stays_in_its_state(portal, anna, sales):
    copies(portal, kept_quote(portal, anna), PER_PAGE)

    assert "/sales/quotes?state=budget&page=2" in sales.visit("/sales/quotes?state=budget").links()


def copies(portal, reference, count):
    """The same quote again and again, each with its own newest revision."""
    with portal.writing() as session:
        quote = session.scalars(sa.select(Quote).where(Quote.reference == reference)).one()
        for number in range(count):
            again = Quote(
                reference=f"Q-COPY-{number:04}",
                company=quote.company,
                requested_by=quote.requested_by,
                design=quote.design,
                state=Commercial.BUDGET,
                created_at=quote.created_at - timedelta(minutes=number + 1),
            )
            session.add(again)
            session.flush()
            session.add(copy_of(quote.current, again))


def copy_of(revision, quote):
    columns = {column.key: getattr(revision, column.key) for column in sa.inspect(type(revision)).column_attrs}
    return type(revision)(**{**columns, "id": None, "quote_id": quote.id})


@pytest.mark.parametrize(
    ("span", "said"),
    [
        (timedelta(seconds=20), "0 minutes"),
        (timedelta(minutes=1), "1 minute"),
        (timedelta(minutes=59), "59 minutes"),
        (timedelta(hours=23, minutes=59), "23 hours"),
        (timedelta(days=1, hours=23), "1 day"),
        (timedelta(days=400), "400 days"),
    ],
)
def test_an_age_is_said_in_its_largest_unit(span, said):
    assert age(span) == said
