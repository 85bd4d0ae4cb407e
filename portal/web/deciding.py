"""The letter to colleagues when something waits for a second person, with the page on which they decide."""

from decimal import Decimal

from flask import current_app, g, url_for

from portal.models.payments import Refund
from portal.models.proposals import Proposal
from portal.models.tax import CompanyTerms
from portal.services.second_person import tell_those_who_decide
from portal.services.shop import current_shop
from portal.web.access import act
from portal.web.filters import money, percent
from portal.web.letters import render_words


def tell_of_proposal(proposal: Proposal) -> None:
    margin, floor = percent(Decimal(proposal.margin)), percent(Decimal(proposal.floor))
    what = f"quote {proposal.quote.reference} with a margin of {margin} %, below the floor of {floor} %"
    page = url_for("sales.quote", reference=proposal.quote.reference)
    _tell(what, proposal.reason, page, name=f"proposal-{proposal.id}")


def tell_of_refund(refund: Refund) -> None:
    what = f"a refund of {money(refund.amount, refund.currency)} for order {refund.order.reference}"
    page = url_for("sales.money", reference=refund.order.reference)
    _tell(what, refund.reason, page, name=f"refund-{refund.reference}")


def tell_of_terms(terms: CompanyTerms) -> None:
    wanted = money(terms.wanted_limit, current_shop(g.session).currency)
    what = f"terms with a limit of {wanted} for {terms.company.name}"
    _tell(what, "The customer asks to pay after the invoice.", url_for("sales.credit"), name=f"terms-{g.request_id}")


def _tell(what: str, because: str, page: str, *, name: str) -> None:
    settings, mine = current_app.extensions["settings"], act()
    address = f"{settings.base_url.rstrip('/')}{page}"
    company = current_shop(g.session).company
    words = render_words("decision", company=company, what=what, by=mine.actor, because=because, address=address)
    tell_those_who_decide(g.session, words, what=name, act=mine)
