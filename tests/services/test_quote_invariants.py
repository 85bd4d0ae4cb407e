"""`portal verify` names each quote that was sold below the floor by one person alone, and what waits in vain."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from samples import MONDAY

from portal.costing.discounts import Discount
from portal.models.proposals import ProposalState, QuoteOrigin
from portal.models.shop import ShopPart
from portal.production.lifecycle import Commercial
from portal.services import quotes
from portal.services.approvals import approve
from portal.services.discounts import with_discount
from portal.services.invariants import check_invariants
from portal.services.invariants_of_quotes import QUOTE_CHECKS
from portal.services.quotes import content, freeze, make_firm, revise_quote
from portal.services.shop import add_version

TODAY = MONDAY.date()
COMPANY = Path(__file__).resolve().parents[2] / "config" / "company.toml"
TEN = Discount("Discount", "he buys every month", Decimal(10), is_per_cent=True)


@pytest.fixture
def quote(session, kept, offered, anna, act):
    add_version(session, ShopPart.COMPANY, COMPANY.read_text("utf-8"), act)
    return quotes.keep_as_quote(session, kept, offered, user=anna, act=act)


@pytest.fixture
def cheap(quote):
    return with_discount(content(quote.current), TEN, cells=[0])


def checked(session, files):
    session.flush()
    session.expire_all()
    found = {one.name: one for one in check_invariants(session, files, MONDAY)}
    return [found[name].looked_at for name in QUOTE_CHECKS], [f for name in QUOTE_CHECKS for f in found[name].faults]


def test_what_two_agreed_to_is_sound(session, files, quote, cheap, act):
    proposal = revise_quote(session, quote, cheap, act.because("he buys every month"))
    approve(session, proposal, replace(act, actor="tom@lakeside.example", reason="seen"), today=TODAY)
    make_firm(session, quote, act, today=TODAY)
    assert checked(session, files) == ([2, 1, 0, 0], [])


def test_what_went_past_the_second_person_is_named(session, files, quote, cheap, act):
    freeze(session, quote, cheap, is_firm=False, act=act)
    [fault] = checked(session, files)[1]
    assert fault == f"revision 2 of quote {quote.reference} is below the floor, and one decided"


def test_one_person_twice_is_not_two(session, files, quote, cheap, act):
    proposal = revise_quote(session, quote, cheap, act.because("he buys every month"))
    proposal.state, proposal.decided_by = ProposalState.APPROVED, act.actor
    proposal.revision = freeze(session, quote, cheap, is_firm=False, act=act)
    [fault] = checked(session, files)[1]
    assert "one decided" in fault


def test_a_proposal_that_waits_for_a_quote_that_is_over_is_named(session, files, quote, cheap, act):
    revise_quote(session, quote, cheap, act.because("he buys every month"))
    quote.state = Commercial.DECLINED
    [fault] = checked(session, files)[1]
    assert "a proposal too many that waits" in fault


def test_two_quotes_of_which_one_took_the_others_place_are_not_both_binding(session, files, quote, anna, act):
    clone = quotes.Quote(
        reference="Q-CLONE-0001", company=quote.company, requested_by=anna, design=quote.design, created_at=MONDAY
    )
    session.add_all([clone, QuoteOrigin(quote=clone, origin=quote, takes_its_place=True)])
    clone.state = quote.state = Commercial.SENT
    [fault] = checked(session, files)[1]
    assert fault == f"quote Q-CLONE-0001 did not take the place of {quote.reference}"
