"""Every verb on a quote in every state: where it leads, or that it is refused and changes nothing."""

from contextlib import suppress
from datetime import timedelta

import pytest
from samples import MONDAY

from portal.errors import PortalError
from portal.production.lifecycle import COMMERCIAL, Commercial
from portal.services import quotes
from portal.services.orders import Acceptance, accept_quote
from portal.services.outbox import Words

C = Commercial
TODAY = MONDAY.date()
WORDS = Words("Your order", "Thank you.", "<p>Thank you.</p>")


def accept(session, quote, act):
    accept_quote(session, quote, Acceptance(0, quote.current.sha256, "PO 1"), act=act, letter=lambda _: WORDS)


VERBS = {
    "make firm": lambda s, quote, act: quotes.make_firm(s, quote, act, today=TODAY),
    "send": quotes.mark_sent,
    "accept": accept,
    "decline": quotes.decline_quote,
    "expire": lambda s, _quote, act: quotes.expire_quotes(s, act, today=TODAY + timedelta(days=99)),
    "replace": quotes.supersede,
    "revise": lambda s, quote, act: quotes.revise_quote(s, quote, quotes.content(quote.current), act.because("asked")),
}
# How a quote comes to each state, by verbs alone. A draft is no quote yet: it is kept as a budget.
WAYS = {
    C.BUDGET: (),
    C.FIRM: ("make firm",),
    C.SENT: ("make firm", "send"),
    C.ACCEPTED: ("make firm", "accept"),
    C.DECLINED: ("decline",),
    C.EXPIRED: ("make firm", "expire"),
    C.SUPERSEDED: ("make firm", "replace"),
}
# Where each verb leads from each state; what is not here is refused, or changes nothing.
LEADS = {
    "make firm": {C.BUDGET: C.FIRM},
    "send": {C.FIRM: C.SENT},
    "accept": {C.FIRM: C.ACCEPTED, C.SENT: C.ACCEPTED},
    "decline": {C.BUDGET: C.DECLINED, C.FIRM: C.DECLINED, C.SENT: C.DECLINED, C.EXPIRED: C.DECLINED},
    "expire": {C.FIRM: C.EXPIRED, C.SENT: C.EXPIRED},  # a budget has no last day
    "replace": {C.BUDGET: C.SUPERSEDED, C.FIRM: C.SUPERSEDED, C.SENT: C.SUPERSEDED, C.EXPIRED: C.SUPERSEDED},
    "revise": {},
}


@pytest.fixture
def quote_in(session, kept, offered, anna, act):
    def made(state):
        quote = quotes.keep_as_quote(session, kept, offered, user=anna, act=act)
        for verb in WAYS[state]:
            VERBS[verb](session, quote, act)
        session.flush()
        return quote

    return made


def done(session, quote, act, verb):
    with suppress(PortalError):
        VERBS[verb](session, quote, act)
    session.flush()
    return quote.state


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("state", WAYS)
def test_a_verb_leads_where_the_table_says_and_nowhere_else(session, act, quote_in, state, verb):
    quote = quote_in(state)
    assert quote.state is state
    assert done(session, quote, act, verb) is LEADS[verb].get(state, state)


def test_every_state_of_a_kept_quote_and_every_move_of_the_table_has_its_verb():
    moves = {(state, to) for leads in LEADS.values() for state, to in leads.items()}
    table = {(state, to) for state, after in COMMERCIAL.items() for to in after if state is not C.DRAFT}
    assert set(WAYS) == set(C) - {C.DRAFT}
    assert table - moves == {(C.BUDGET, C.EXPIRED)}  # allowed, for a shop whose budgets have a last day
    assert moves <= table
