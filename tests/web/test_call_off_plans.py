"""A call-off plan on its page: rows in, prices, dates and exposure out; kept as a quote like any other."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from browsing import inspected
from staff_work import with_unknown_part

from portal.models.people import Role
from portal.models.quotes import Quote
from portal.services.quotes import content

SOON = date.today() + timedelta(days=70)
LATER = SOON + timedelta(days=28)


@pytest.fixture
def design(portal, anna):
    return portal.design(anna)


def plan(design, *rows, **query):
    rows = rows or ((50, SOON), (100, LATER))
    asked = "&".join(f"boards={boards}&day={day}" for boards, day in rows)
    more = "".join(f"&{name}={value}" for name, value in query.items())
    return f"/designs/{design}/releases?{asked}{more}"


def rows_of(page):
    return [" ".join(row.text_content().split()) for row in page.all("//table[caption='Releases']/tbody/tr")]


def typed(page):
    return list(
        zip(page.all("//li//input[@name='boards']/@value"), page.all("//li//input[@name='day']/@value"), strict=True)
    )


def test_an_empty_plan_proposes_three_releases_to_begin_with(anna, design):
    page = anna.visit(f"/designs/{design}/releases")

    assert [boards for boards, _ in typed(page)] == ["100"] * 3
    assert len(rows_of(page)) == 5  # three releases, the whole, and all at once


def test_each_release_has_its_price_and_its_days(anna, design):
    first, second, whole, at_once = rows_of(anna.visit(plan(design)))

    assert first.startswith("Release 1 50")
    assert second.startswith("Release 2 100")
    assert whole.startswith("In all150")
    assert "yours to store" in at_once


def test_what_is_at_stake_stands_as_a_drawing_and_as_a_table(anna, design):
    page = anna.visit(plan(design))

    assert page.all("//*[@class='exposure__drawing']/@aria-label")[0].startswith("Money in material and in work")
    assert page.all("//table[caption='At stake from day to day']/tbody/tr")


def test_the_last_safe_day_of_every_delivery_is_told(anna, design):
    page = anna.visit(plan(design))

    deliveries = [row.text_content() for row in page.all("//table[caption='Latest safe days']/tbody/tr")]
    assert any("Bare boards" in row and "Release 2" in row for row in deliveries)


def test_a_row_is_added_and_taken_out_without_a_script(anna, design):
    assert len(typed(anna.visit(plan(design, add=1)))) == 3
    assert typed(anna.visit(plan(design, out=0))) == [("100", f"{LATER}")]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (("x", SOON), "Please give a whole number of boards"),
        ((0, SOON), "Please give a whole number of boards"),
        ((50, "tomorrow"), "Please give a day"),
        ((50, "2020-01-01"), "has passed"),
        ((999999, SOON), "at most 100,000 boards"),
    ],
)
def test_a_row_that_cannot_be_is_named(anna, design, row, said):
    assert said in inspected(anna.get(plan(design, row, (100, LATER))), 422).main


def test_a_part_without_lead_time_leaves_the_dates_open_and_says_which(portal, anna):
    page = anna.visit(plan(portal.design(anna, with_unknown_part())))

    assert "not known: the lead time of" in page.main
    assert "Some parts have no price yet" in page.main


class TestKeeping:
    def kept(self, portal, anna, design):
        answer = anna.post(f"/designs/{design}/releases", {"boards": ["50", "100"], "day": [f"{SOON}", f"{LATER}"]})
        with portal.writing() as session:
            quote = session.scalars(sa.select(Quote)).one()
            return answer, content(quote.current)

    def test_the_plan_is_one_cell_whose_lines_are_those_of_its_releases(self, portal, anna, design):
        _, snapshot = self.kept(portal, anna, design)
        [cell] = snapshot["cells"]

        assert cell["quantity"] == 150
        assert {line["label"].partition(":")[0] for line in cell["lines"]} == {"Release 1", "Release 2"}

    def test_the_releases_add_up_to_it(self, portal, anna, design):
        from decimal import Decimal

        _, snapshot = self.kept(portal, anna, design)
        [cell] = snapshot["cells"]
        assert sum(Decimal(one["price"]) for one in cell["releases"]) == Decimal(cell["total"])
        assert [one["boards"] for one in cell["releases"]] == [50, 100]

    def test_it_is_promised_when_its_last_release_leaves(self, portal, anna, design):
        _, snapshot = self.kept(portal, anna, design)
        [cell] = snapshot["cells"]

        assert cell["promise"]["p80"] == cell["releases"][-1]["p80"]

    def test_its_page_shows_the_releases(self, portal, anna, design):
        answer, _ = self.kept(portal, anna, design)

        assert "Release 2" in anna.visit(answer.location).main

    def test_nobody_keeps_a_plan_who_is_not_signed_in(self, portal, visitor):
        own = portal.design(visitor)

        assert "sign in" in visitor.visit(plan(own)).main
        assert visitor.post(f"/designs/{own}/releases", {"boards": "50", "day": f"{SOON}"}).status_code == 422

    def test_staff_look_and_keep_nothing(self, portal, design):
        assert "Keep this plan" not in portal.staff(Role.SALES).visit(plan(design)).main
