"""The review of a quote: what is missing, what sales may change, and what each button does."""

from datetime import timedelta
from decimal import Decimal

import pytest
import shown_boards as boards
from browsing import an_act, inspected
from sqlalchemy.orm import object_session
from staff_work import FREE_LINE, NOBODYS, Desk, kept_quote, with_unknown_part

from portal.production.lifecycle import Commercial
from portal.services.quotes import content, revise_quote

IN_TWO_WEEKS = (an_act().at + timedelta(days=14)).date().isoformat()


@pytest.fixture
def review(portal, anna):
    """A quote of which everything is known: 10 and 100 boards at two speeds."""
    return Desk(portal, portal.staff(), f"/sales/quotes/{kept_quote(portal, anna)}")


@pytest.fixture
def lacking(portal, anna):
    """A quote with a part that has neither price nor lead time."""
    return Desk(portal, portal.staff(), f"/sales/quotes/{kept_quote(portal, anna, with_unknown_part())}")


def firm_button(page):
    [button] = page.all("//button[contains(., 'Make it firm')]")
    return button


def cells(desk):
    return desk.quote(lambda quote: content(quote.current)["cells"])


def test_the_page_shows_prices_lines_board_findings_files_and_history(review):
    said = review.page().main

    for words in (
        "Prices, net",
        "Order handling",
        "50.8 × 30 mm",
        "R12 is placed but not in the BOM",
        "board-F_Cu.gbr",
    ):
        assert words in said
    assert "kept by the customer" in said
    assert "moved it from draft to budget" in said


def test_a_cell_is_chosen_by_its_address(review):
    assert "for 100 boards, express" in review.page("?cell=100-express").main


def test_only_the_cell_is_sent_where_the_page_asks_for_it(review):
    answer = review.staff.get(f"{review.path}?cell=100-express", headers={"HX-Request": "true"})

    assert "for 100 boards, express" in answer.text
    assert "<h1" not in answer.text


def test_nothing_hinders_a_quote_of_which_all_is_known(review):
    page = review.page()

    assert firm_button(page).get("disabled") is None
    assert "cannot be firm" not in page.main


def test_what_is_missing_is_named_once_and_the_button_is_off(lacking):
    page = lacking.page()

    assert firm_button(page).get("disabled") is not None
    assert page.main.count(f"Price of {NOBODYS}") == 1
    assert f"the lead time is not known of {NOBODYS}" in page.main
    assert "every cell" in page.main


def test_the_button_says_by_what_it_is_hindered(lacking):
    page = lacking.page()

    assert firm_button(page).get("aria-describedby") == "missing"
    assert "2 things are not known" in page.all("string(//*[@id='missing'])")


def test_a_click_on_a_missing_price_fills_in_the_line_for_each_board(lacking):
    page = lacking.page(f"?part={NOBODYS}")

    form = page.form("/revisions")
    assert form["line-label"] == form["line-settles"] == [NOBODYS]
    assert (form["line-quantity"], form["line-per"]) == (["2"], ["board"])


def test_a_discount_makes_a_new_revision_with_its_reason(review):
    before = cells(review)[0]["total"]
    answer = review.send("revisions", **FREE_LINE, **{"line-cells": ["0"]})

    page = review.staff.visit(answer.location)
    assert "Revision 2 has the line “Discount”" in page.main
    assert "a returning customer" in page.main
    assert Decimal(cells(review)[0]["total"]) == Decimal(before) - 20


def test_a_line_stands_in_the_chosen_cells_only(review):
    review.send("revisions", **FREE_LINE, **{"line-cells": ["1", "3"]})

    assert [cell["lines"][-1]["label"] == "Discount" for cell in cells(review)] == [False, True, False, True]


def test_a_line_for_each_board_grows_with_the_boards(lacking):
    form = lacking.page(f"?part={NOBODYS}").form("/revisions") | {"line-rate": "4.20", "line-reason": "TI's list price"}
    lacking.staff.post(f"{lacking.path}/revisions", form)

    lines = [cell["lines"][-1] for cell in cells(lacking)]
    assert [line["quantity"] for line in lines] == ["20", "20", "200", "200"]
    assert lines[0]["because"] == "TI's list price (2 for each of 10)"


def test_a_line_that_prices_a_part_takes_it_from_what_is_missing(lacking):
    form = lacking.page(f"?part={NOBODYS}").form("/revisions") | {"line-rate": "4.20", "line-reason": "TI's list price"}
    lacking.staff.post(f"{lacking.path}/revisions", form)

    page = lacking.page()
    assert f"Price of {NOBODYS}" not in page.main
    assert "1 thing is not known" in page.main


def test_a_line_without_a_reason_is_not_taken_and_what_was_typed_stays(review):
    page = inspected(review.send("revisions", **FREE_LINE | {"line-reason": "  "}), 422)

    assert "Please write one sentence" in page.main
    assert page.form("/revisions")["line-rate"] == ["-20.00"]
    assert review.quote(lambda quote: len(quote.revisions)) == 1


@pytest.mark.parametrize("rate", ["", "abc", "1,50", "1.2345678", "٣", "1e3", "--1", "NaN", "12345678"])
def test_a_rate_is_written_in_plain_digits(review, rate):
    page = inspected(review.send("revisions", **FREE_LINE | {"line-rate": rate}), 422)

    assert "Please give a figure such as -12.50" in page.main


def test_a_line_needs_a_cell(review):
    page = inspected(review.send("revisions", **FREE_LINE, **{"line-cells": []}), 422)

    assert "Please give at least one cell" in page.main


@pytest.mark.parametrize("cell", ["99", "-1", "x"])
def test_a_cell_that_is_not_on_the_quote_is_refused(review, cell):
    inspected(review.send("revisions", **FREE_LINE, **{"line-cells": [cell]}), 422)

    assert review.quote(lambda quote: len(quote.revisions)) == 1


def test_a_discount_larger_than_the_total_is_refused_on_the_same_page(review):
    page = inspected(review.send("revisions", **FREE_LINE | {"line-rate": "-99999"}), 422)

    assert "the total would be below zero" in page.main
    assert page.form("/revisions")["line-label"] == ["Discount"]
    assert review.quote(lambda quote: len(quote.revisions)) == 1


def test_a_double_click_adds_a_line_once(review):
    form = review.page().form("/revisions") | FREE_LINE
    first = review.staff.post(f"{review.path}/revisions", form)
    second = review.staff.post(f"{review.path}/revisions", form)

    assert (first.status_code, second.status_code) == (302, 409)
    assert "by sales@house.example (Discount: a returning customer)" in inspected(second, 409).main
    assert review.quote(lambda quote: len(quote.revisions)) == 2


def test_after_a_refused_second_click_the_form_is_about_the_newest_revision(review):
    form = review.page().form("/revisions") | FREE_LINE
    review.staff.post(f"{review.path}/revisions", form)
    page = inspected(review.staff.post(f"{review.path}/revisions", form), 409)

    newest = review.quote(lambda quote: quote.current.sha256)
    assert page.form("/revisions")["line-sha256"] == [newest]


def test_what_a_colleague_changed_meanwhile_is_not_made_firm_unseen(portal, review):
    form = review.page().form("/firm")
    review.quote(colleague_changes)

    inspected(review.staff.post(f"{review.path}/firm", form), 409)
    assert review.quote(lambda quote: quote.state) is Commercial.BUDGET


def colleague_changes(quote):
    revise_quote(
        object_session(quote), quote, content(quote.current), an_act("sam@house.example", "checked the stencil")
    )


def test_a_date_is_entered_where_none_can_be_computed(lacking):
    sent = {"date-day": IN_TWO_WEEKS, "date-reason": "the ADC, promised by phone"}
    page = lacking.staff.visit(lacking.send("dates", **sent).location)

    assert {cell["promise"]["p80"] for cell in cells(lacking)} == {IN_TWO_WEEKS}
    assert "date entered: the ADC, promised by phone" in page.main


def test_no_date_is_asked_for_where_one_is_promised(review):
    assert review.page().all("//form[contains(@action, '/dates')]") == []


@pytest.mark.parametrize(("day", "words"), [("2020-01-01", "has passed"), ("soon", "Not a valid date"), ("", "a day")])
def test_a_day_that_cannot_be_kept_is_refused(lacking, day, words):
    page = inspected(lacking.send("dates", **{"date-day": day, "date-reason": "the ADC"}), 422)

    assert words in page.main


def test_a_quote_with_everything_settled_is_made_firm_and_sent(review):
    answer = review.send("firm", **{"firm-reason": "checked with the stencil maker"})

    page = review.staff.visit(answer.location)
    assert "The quote is firm. Its PDF goes to anna@example.org" in page.main
    assert "checked with the stencil maker" in page.main
    assert review.quote(lambda quote: (quote.state, quote.current.is_firm)) == (Commercial.FIRM, True)


def test_a_quote_that_lacks_something_is_not_made_firm_even_when_asked(lacking):
    page = inspected(lacking.send("firm"), 422)

    assert "This quote cannot be firm yet" in page.main
    assert lacking.quote(lambda quote: quote.state) is Commercial.BUDGET


def test_a_firm_quote_offers_no_changes_to_sales(review):
    review.send("firm")

    page = review.page()
    assert page.all("//form[contains(@action, '/revisions')]") == []
    assert "who can accept it already" in page.main


def test_the_customer_can_order_what_sales_made_firm(review, anna):
    review.send("firm")

    assert "Order with obligation to pay" in anna.visit(f"/quotes/{review.reference}").main


@pytest.mark.parametrize("before", ["nothing", "firm"])
def test_sales_decline_with_a_reason(review, before):
    if before == "firm":
        review.send("firm")
    answer = review.send("refusal", **{"refusal-reason": "we do not build flex boards"})

    page = review.staff.visit(answer.location)
    assert "we do not build flex boards" in page.main
    assert review.quote(lambda quote: quote.state) is Commercial.DECLINED


def test_a_quote_is_not_declined_without_a_reason(review):
    page = inspected(review.send("refusal", **{"refusal-reason": ""}), 422)

    assert "It was not declined" in page.main


def test_a_declined_quote_cannot_be_revived(review):
    form = review.page().form("/firm")
    review.send("refusal", **{"refusal-reason": "we do not build flex boards"})

    inspected(review.staff.post(f"{review.path}/firm", form), 409)
    assert review.page().all("//form[contains(@action, '/firm')]") == []


def test_each_change_is_in_the_audit_with_its_author(review):
    review.send("revisions", **FREE_LINE)
    review.send("firm")

    assert review.audit() == ["quote.frozen", "quote.moved", "quote.frozen", "quote.frozen", "quote.moved"]
    assert "sales@house.example froze revision 2" in review.page().main


def test_names_that_are_hard_to_show_are_shown_as_they_are(portal, anna):
    quote = kept_quote(portal, anna, boards.hostile())

    page = portal.staff().visit(f"/sales/quotes/{quote}")
    assert page.all("//main//script") == []
    assert '<script>alert("x")</script>' in page.main


def test_a_quote_that_nobody_made_is_not_found(portal):
    assert "There is no such quote" in portal.staff().visit("/sales/quotes/Q-0000-0000", status=404).main
