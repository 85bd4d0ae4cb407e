"""Below the margin floor nobody outside the house sees a revision before a second person agrees."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from samples import MONDAY

from portal.costing.discounts import Discount
from portal.errors import BadInput, NotYours, Stale
from portal.models.proposals import ProposalState
from portal.models.shop import ShopPart
from portal.production.lifecycle import Commercial
from portal.services import quotes
from portal.services.approvals import approve, find_waiting, refuse, withdraw
from portal.services.audit import Act
from portal.services.discounts import with_discount
from portal.services.margins import margins_in_force
from portal.services.quotes import content, decline_quote, make_firm, revise_quote
from portal.services.shop import add_version

TODAY = MONDAY.date()
COMPANY = Path(__file__).resolve().parents[2] / "config" / "company.toml"
SAM = Act("sam@lakeside.example", MONDAY, "test", "he buys every month")
TOM = replace(SAM, actor="tom@lakeside.example", reason="seen; he pays at once")


@pytest.fixture
def quote(session, kept, offered, anna, act):
    """Two cells of which 11 and 17 per cent are left, in a shop whose floor is 5."""
    add_version(session, ShopPart.COMPANY, COMPANY.read_text("utf-8"), act)
    return quotes.keep_as_quote(session, kept, offered, user=anna, act=act)


def less(quote, per_cent):
    return with_discount(
        content(quote.current), Discount("Discount", "he buys every month", Decimal(per_cent), True), cells=[0]
    )


@pytest.fixture
def proposal(session, quote):
    """Ten per cent off: a margin of 1 per cent."""
    return revise_quote(session, quote, less(quote, 10), SAM)


def test_a_discount_above_the_floor_is_a_revision_at_once(session, quote):
    assert revise_quote(session, quote, less(quote, 5), SAM) is quote.current


def test_a_discount_below_the_floor_is_no_revision_yet(quote, proposal):
    assert (proposal.margin, proposal.floor, proposal.state) == ("0.0116", "0.05", ProposalState.WAITING)
    assert quote.current.number == 1


def test_a_second_person_freezes_it_as_it_was_proposed(session, quote, proposal):
    revision = approve(session, proposal, TOM, today=TODAY)
    assert (revision.number, revision.reason) == (2, "he buys every month")
    assert content(revision)["cells"] == proposal.snapshot["cells"]
    assert (proposal.decided_by, proposal.said) == (TOM.actor, TOM.reason)


def test_nobody_agrees_with_himself(session, quote, proposal):
    with pytest.raises(BadInput, match="ask a colleague"):
        approve(session, proposal, SAM, today=TODAY)
    assert quote.current.number == 1


def test_nobody_refuses_without_a_word_or_his_own(session, proposal):
    for act in (SAM, replace(TOM, reason=" ")):
        with pytest.raises(BadInput):
            refuse(session, proposal, act)


def test_a_refused_proposal_leaves_the_quote_as_it_was_and_free(session, quote, proposal):
    refuse(session, proposal, TOM)
    assert revise_quote(session, quote, less(quote, 1), SAM).number == 2


def test_while_one_waits_nothing_else_is_changed(session, quote, proposal):
    for change in (
        lambda: revise_quote(session, quote, less(quote, 1), TOM),
        lambda: make_firm(session, quote, TOM, today=TODAY),
    ):
        with pytest.raises(BadInput, match="waits for a second person"):
            change()


def test_what_was_decided_is_not_decided_again(session, proposal):
    withdraw(session, proposal, SAM)
    with pytest.raises(Stale, match="withdrawn by sam"):
        approve(session, proposal, TOM, today=TODAY)


def test_a_quote_that_is_over_has_nothing_waiting(session, quote, proposal):
    decline_quote(session, quote, TOM)
    assert proposal.state is ProposalState.WITHDRAWN
    with pytest.raises(NotYours):
        find_waiting(quote)


def test_what_was_agreed_to_is_made_firm_without_asking_twice(session, quote, proposal):
    approve(session, proposal, TOM, today=TODAY)
    assert make_firm(session, quote, SAM, today=TODAY).is_firm


def test_a_quote_whose_list_price_is_below_a_new_floor_waits_before_it_is_firm(session, quote, act):
    higher = COMPANY.read_text("utf-8").replace('floor = { value = "0.05"', 'floor = { value = "0.12"')
    add_version(session, ShopPart.COMPANY, higher, act)
    waiting = make_firm(session, quote, SAM, today=TODAY)
    assert (quote.state, waiting.is_firm) == (Commercial.BUDGET, True)
    assert approve(session, waiting, TOM, today=TODAY).is_firm
    assert quote.state is Commercial.FIRM


def test_the_lowest_cell_decides(session, quote):
    margins = margins_in_force(session, content(quote.current))
    assert [margin.share for margin in margins.cells] == [Decimal("0.1105"), Decimal("0.1539")]
    assert margins.lowest.share == Decimal("0.1105")


def test_a_shop_without_the_rule_asks_nobody(session, quote, act):
    text = COMPANY.read_text("utf-8").partition("# A revision whose margin")[0]
    add_version(session, ShopPart.COMPANY, text, act)
    assert revise_quote(session, quote, less(quote, 90), SAM).number == 2
