"""Through-hole against surface mount: the founding case and a customer's board, every assumption to be changed."""

import re
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import urlencode

import pytest
import shown_boards as boards

from portal.currencies import exponent
from portal.routing.both_ways import ASSUMED, NAMES, Assumptions, both_ways
from portal.web.both_ways import PLANNED_WEEKS, batches
from portal.web.forms.both_ways import GROUPS

CASE = (Path(__file__).resolve().parents[2] / "docs" / "founding-case.md").read_text("utf-8")


def rows(page):
    found = page.all("//table[contains(caption, 'against surface mount')]/tbody/tr")
    return {row.xpath("string(th/text())").strip(): [cell.text_content() for cell in row.xpath("td")] for row in found}


def ask(visitor, path="/through-hole", status=200, **changed):
    return visitor.visit(f"{path}?{urlencode(changed)}", status=status)


def test_the_founding_case_needs_no_board_and_no_account(visitor):
    assert rows(ask(visitor))["From order to dispatch"] == ["5.8 weeks", "2.7 weeks"]


def test_it_says_that_the_case_is_inserted_by_hand_and_where_it_does_not_hold(visitor):
    page = ask(visitor)

    assert "inserted by hand" in page.main
    assert "does not hold against machines that insert 13,000 to 20,000 parts an hour" in page.main


def test_the_comparison_has_every_row_of_the_article(visitor):
    told = " ".join(rows(ask(visitor)))

    for claim in ("Set-up", "Speed", "Size", "Waste", "call-off", "From order to dispatch"):
        assert claim in told


def test_the_planned_weeks_are_those_of_the_worked_example():
    [line, by_hand] = re.search(r"^\| weeks, at 80 of 100 \| (.+) \| (.+) \|$", CASE, re.MULTILINE).groups()

    assert {"on the line": line, "by hand": by_hand} == PLANNED_WEEKS


def test_every_assumption_is_a_field_with_its_reason(visitor):
    page = ask(visitor)

    assert {field.get("name") for field in page.all("//input[@inputmode='decimal']")} == set(NAMES)
    for known in ASSUMED.values():
        assert f"{known.reason}; grade {known.grade}" in page.main


@pytest.mark.parametrize(("currency", "shown"), [("JPY", "¥"), ("EUR", "€"), ("KWD", "KWD")])
def test_a_batch_costs_whole_coins_of_the_shops_own_money(currency, shown):
    digits = exponent(currency)
    for _, *costs in batches(both_ways(Assumptions()), currency):
        for cost in costs:
            assert re.fullmatch(rf"[0-9,]+{rf'[.][0-9]{{{digits}}}' if digits else ''}\u00a0{shown}", cost)


def test_half_a_coin_is_a_whole_one():
    way = SimpleNamespace(cost=lambda boards: Decimal("0.5") + boards)
    yen = batches(SimpleNamespace(by_hand=way, on_the_line=way), "JPY")
    assert yen[0] == (1, "2\u00a0¥", "2\u00a0¥")


def test_every_assumption_stands_in_one_group():
    assert sorted(name for names in GROUPS.values() for name in names) == sorted(NAMES)


def test_a_changed_assumption_changes_the_table_and_stays_in_its_field(visitor):
    page = ask(visitor, inserted_per_hour="800")

    assert rows(page)["From order to dispatch"][0] == "4 weeks"
    assert page.all("//input[@name='inserted_per_hour']/@value") == ["800"]


@pytest.mark.parametrize("wrong", ["", "-1", "0", "1e3", "NaN", "１２", "99999999", "ten"])
def test_what_is_no_number_within_its_bounds_is_said(visitor, wrong):
    page = ask(visitor, status=422, boards=wrong)

    assert "is no number within its bounds" in page.main
    assert page.all("//details[@open]//p[@class='field__error']")


class TestOfABoard:
    @pytest.fixture
    def path(self, portal, visitor):
        return f"/designs/{portal.design(visitor)}/through-hole"

    def test_its_parts_are_counted(self, visitor, path):
        page = ask(visitor, path)

        assert page.all("//input[@name='parts']/@value") == ["6"]
        assert "1,000 boards of 6 parts, both ways" in page.main
        assert page.all("string(//p[@id='parts-hint'])") == "counted on your board"
        assert page.all("string(//p[@id='boards-hint'])") == "as many as you like"

    def test_so_many_boards_are_built_as_the_line_would_build_them(self, visitor, path):
        few, many = (ask(visitor, path, boards=count) for count in ("200", "20000"))

        assert "200 boards of 6 parts" in few.main
        assert rows(few) != rows(many)

    def test_one_board_is_compared_with_a_line_and_not_with_the_bench_that_is_cheapest_for_it(self, visitor, path):
        """At the bench the stencil of one board is printed in minutes: as the pace of a line that were absurd."""
        paces = [
            float(ask(visitor, path, boards=n).all("//input[@name='placed_per_hour']/@value")[0]) for n in (1, 1000)
        ]

        assert paces[0] > 0.1 * paces[1]
        assert "1 board of 6 parts, both ways" in ask(visitor, path, boards=1).main

    def test_every_batch_has_its_price_both_ways(self, visitor, path):
        table = ask(visitor, path).all("//table[starts-with(caption, 'Assembly of one board')]/tbody/tr")

        assert [row.xpath("string(th)") for row in table] == ["1", "10", "100", "1,000"]
        assert all("€" in cell.text_content() for row in table for cell in row.xpath("td"))

    def test_a_wrong_quantity_is_said_at_its_field(self, visitor, path):
        assert "Please give a number from 1" in ask(visitor, path, status=422, boards="0").main

    def test_the_price_page_leads_to_it(self, visitor, path):
        prices = visitor.visit(path.replace("through-hole", "prices?quantities=7"))

        assert f"{path}?boards=7" in prices.links()

    def test_somebody_elses_is_not_there(self, portal, path):
        assert portal.browser().get(path).status_code == 404

    @pytest.mark.parametrize("design", [boards.bare(), boards.hostile()])
    def test_a_board_of_which_little_is_known_is_told_as_far_as_it_goes(self, portal, visitor, design):
        assert rows(ask(visitor, f"/designs/{portal.design(visitor, design)}/through-hole"))


SITES = ("smthelp", "zetwerk", "gerbtrace", "smtnet")


def test_a_customer_reads_why_a_figure_is_assumed_and_not_on_which_makers_site(visitor):
    page = ask(visitor)

    assert "300 to 800 published; grade B" in page.main
    assert not [site for site in SITES if site in page.main]


def test_staff_read_where_a_figure_was_published(portal):
    page = ask(portal.staff())

    assert [site for site in SITES if site in page.main] == list(SITES)
