"""A quote: frozen revisions, firm only when nothing is unknown, seen by its own company only."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
import sqlalchemy as sa
from samples import MONDAY, a_cell

from portal.costing.lines import CostGroup, CostLine, UnpricedLine
from portal.errors import BadInput, IllegalMove, NotYours
from portal.models.work import Job
from portal.production.lifecycle import Commercial
from portal.services import quotes
from portal.services.packages import Viewer
from portal.services.quotes import content, decline_quote, expire_quotes, find_quote, make_firm, revise_quote
from portal.services.snapshot import missing, promise_of, sheet_of, with_date, with_line

TODAY = MONDAY.date()
UNKNOWN = UnpricedLine("STM32F407VGT6", ("U1",), "no offer in the catalogue")
DISCOUNT = CostLine(CostGroup.ADJUSTMENT, "Discount", Decimal(1), "order", Decimal("-20.00"), "a returning customer")


@pytest.fixture
def quote(session, kept, offered, anna, act):
    return quotes.keep_as_quote(session, kept, offered, user=anna, act=act)


@pytest.fixture
def unknown_quote(session, kept, offered, anna, act):
    cells = (a_cell(unpriced=(UNKNOWN,), p80=None),)
    return quotes.keep_as_quote(session, kept, replace(offered, cells=cells), user=anna, act=act)


def test_what_the_customer_saw_is_frozen_with_its_lines(quote):
    [hundred, ten] = content(quote.current)["cells"]
    assert (hundred["total"], hundred["unit_price"]) == ("279.25", "2.79")  # 45 × 0.65 + 100 × 2.50
    assert ten["lines"][1]["because"] == "2 layers"


def test_a_kept_quote_is_a_budget_until_sales_has_reviewed_it(quote):
    assert (quote.state, quote.current.is_firm) == (Commercial.BUDGET, False)


def test_keeping_a_quote_makes_the_design_the_companys(quote, anna):
    assert quote.design.package.company_id == anna.company.id


def test_the_document_of_each_revision_is_made_by_a_job(session, quote):
    keys = session.scalars(sa.select(Job.key).where(Job.kind == "quote-document"))
    assert list(keys) == [f"quote-document:{quote.current.id}"]


def test_the_snapshot_names_every_file_by_its_hash(quote):
    [file] = content(quote.current)["design"]["files"]
    assert (file["name"], len(file["sha256"])) == ("sensor.zip", 64)


def test_a_frozen_cell_reads_back_as_the_sheet_that_was_priced(quote):
    cell = content(quote.current)["cells"][0]
    assert sheet_of(cell) == a_cell().sheet
    assert promise_of(cell["promise"]) == a_cell().promise


def test_a_change_by_sales_is_a_new_revision_with_its_reason(session, quote, act):
    changed = with_line(content(quote.current), DISCOUNT, cells=[0])
    revision = revise_quote(session, quote, changed, act.because("a returning customer"))
    assert (revision.number, revision.reason) == (2, "a returning customer")
    assert content(revision)["cells"][0]["total"] == "259.25"


def test_a_change_touches_only_the_chosen_quantities(session, quote):
    changed = with_line(content(quote.current), DISCOUNT, cells=[0])
    assert changed["cells"][1] == content(quote.current)["cells"][1]


def test_a_change_without_a_reason_is_refused(session, quote, act):
    with pytest.raises(BadInput, match="needs a reason"):
        revise_quote(session, quote, content(quote.current), act)


def test_a_discount_cannot_turn_the_price_around(quote):
    with pytest.raises(BadInput, match="below zero"):
        with_line(content(quote.current), replace(DISCOUNT, rate=Decimal(-300)), cells=[0])


def test_an_unknown_price_or_date_keeps_a_quote_from_being_firm(session, unknown_quote, act):
    with pytest.raises(BadInput, match="STM32F407VGT6 has no price"):
        make_firm(session, unknown_quote, act, today=TODAY)


def test_sales_settles_what_was_unknown_and_says_so(session, unknown_quote, act):
    line = CostLine(CostGroup.PARTS, "STM32F407VGT6", Decimal(100), "parts", Decimal("9.80"), "offer of 23 November")
    settled = with_line(content(unknown_quote.current), line, cells=[0], settles="STM32F407VGT6")
    assert missing(settled) == ("100 boards, standard: no date can be promised (U1)",)
    dated = with_date(settled, date(2027, 1, 15), cells=[0], because="the distributor's date")
    assert missing(dated) == ()


def test_a_firm_quote_is_binding_for_thirty_days(session, quote, act):
    make_firm(session, quote, act, today=TODAY)
    assert (quote.state, quote.valid_until) == (Commercial.FIRM, TODAY + timedelta(days=30))
    assert quote.current.is_firm


def test_a_firm_quote_is_changed_by_nobody(session, quote, act):
    make_firm(session, quote, act, today=TODAY)
    with pytest.raises(BadInput, match="cannot be changed"):
        revise_quote(session, quote, content(quote.current), act.because("a wish"))


def test_the_database_refuses_to_change_a_revision(session, quote):
    quote.current.reason = "another"
    with pytest.raises(sa.exc.DBAPIError, match="append-only"):
        session.flush()


def test_a_quote_past_its_date_expires(session, quote, act):
    make_firm(session, quote, act, today=TODAY)
    session.flush()
    assert expire_quotes(session, act, today=TODAY + timedelta(days=30)) == []
    assert expire_quotes(session, act, today=TODAY + timedelta(days=31)) == [quote]


def test_a_declined_quote_cannot_be_made_firm(session, quote, act):
    decline_quote(session, quote, act)
    with pytest.raises(IllegalMove):
        make_firm(session, quote, act, today=TODAY)


def test_another_company_cannot_find_the_quote(session, quote, act, anna, sam):
    from portal.services.accounts import new_customer

    bo = new_customer(session, "bo@example.com", act)
    with pytest.raises(NotYours):
        find_quote(session, quote.reference, Viewer(user=bo))
    assert find_quote(session, quote.reference, Viewer(user=sam)) is quote
