"""What changed between two revisions of a quote, for its customer and for sales; and another quote like it."""

import pytest
import sqlalchemy as sa
from browsing import an_act
from staff_work import FREE_LINE, Desk, kept_quote

from portal.models.people import Role
from portal.models.quotes import Quote
from portal.production.lifecycle import Commercial
from portal.services.quotes import make_firm


@pytest.fixture
def review(portal, anna):
    return Desk(portal, portal.staff(), f"/sales/quotes/{kept_quote(portal, anna)}")


@pytest.fixture
def revised(review):
    """A second revision: 20.00 off in the first of its four cells."""
    review.send("revisions", **FREE_LINE, **{"line-cells": ["0"]})
    return review


def quotes_of(portal):
    with portal.writing() as session:
        return list(session.scalars(sa.select(Quote.reference).order_by(Quote.id)))


def clone(browser, reference, **changes):
    form = browser.visit(f"/quotes/{reference}").form("/clones") | changes
    return browser.post(f"/quotes/{reference}/clones", form)


class TestComparing:
    @pytest.mark.parametrize("who", ["customer", "sales"])
    def test_it_names_the_line_both_amounts_and_the_difference(self, anna, revised, who):
        path = f"/quotes/{revised.reference}/comparison"
        page = anna.visit(path) if who == "customer" else revised.staff.visit("/sales" + path)

        [row] = page.all("//tr[contains(., 'Discount')]")
        said = [" ".join(cell.text_content().split()) for cell in row]
        assert said[0] == "Discount new: a returning customer"
        assert [text.replace("\xa0", " ") for text in said[1:3]] == ["−20.00 €", "none"]

    def test_cells_that_are_the_same_are_said_to_be(self, anna, revised):
        assert anna.visit(f"/quotes/{revised.reference}/comparison").main.count("The same in both") == 3

    def test_any_two_can_be_chosen(self, anna, revised):
        one = f"{revised.reference}.1"
        page = anna.visit(f"/quotes/{revised.reference}/comparison?old={one}&new={one}")

        assert page.main.count("The same in both") == 4
        assert "Nothing else differs" in page.main

    def test_a_note_is_compared_too(self, anna, review):
        review.send("notes", **{"note-text": "U1 comes on a reel."})

        assert "NotenoneU1 comes on a reel." in anna.visit(f"/quotes/{review.reference}/comparison").main

    @pytest.mark.parametrize("key", ["Q-2222-2222.1", "nonsense", "-1"])
    def test_what_never_was_is_not_compared(self, anna, revised, key):
        assert anna.get(f"/quotes/{revised.reference}/comparison?old={key}").status_code == 404

    def test_the_way_to_it_stands_beside_the_revisions(self, anna, revised):
        assert f"/quotes/{revised.reference}/comparison" in anna.visit(f"/quotes/{revised.reference}").links()
        assert f"/sales/quotes/{revised.reference}/comparison" in revised.page().links()


class TestCloning:
    def test_a_customer_makes_another_one_like_it(self, portal, anna, review):
        page = anna.visit(clone(anna, review.reference).location)

        assert f"Made from quote {review.reference}; it takes its place once it is binding." in page.main
        assert len(quotes_of(portal)) == 2

    def test_it_can_be_compared_with_the_one_that_it_is_from(self, anna, review):
        address = clone(anna, review.reference).location

        assert f"{review.reference}, revision 1" in anna.visit(f"{address}/comparison").main

    def test_sales_make_one_for_the_customer(self, review):
        form = review.page().form("/clones")
        answer = review.staff.post(f"/quotes/{review.reference}/clones", form)

        assert answer.location.startswith("/sales/quotes/")
        assert "anna@example.org" in review.staff.visit(answer.location).main

    def test_once_it_is_binding_the_first_one_cannot_be_ordered(self, portal, anna, review):
        clone(anna, review.reference)
        with portal.writing() as session:
            first, second = session.scalars(sa.select(Quote).order_by(Quote.id))
            for quote in (first, second):
                make_firm(session, quote, an_act("sales@house.example"), today=an_act().at.date())
            assert first.state is Commercial.SUPERSEDED
        assert "A newer quote stands in its place" in anna.visit(f"/quotes/{review.reference}").main

    def test_the_board_of_somebody_else_is_not_there(self, portal, anna, review):
        other = portal.design(portal.customer("eve@example.net"))
        assert clone(anna, review.reference, design=other).status_code == 404

    def test_the_floor_makes_no_quotes(self, portal, review):
        floor = portal.staff(Role.FLOOR)
        assert floor.post(f"/quotes/{review.reference}/clones", {"design": "x"}).status_code == 404
