"""Terms of a company: asked for, approved up to a limit, and how much of it is used."""

from collections.abc import Callable
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.orm import Session, selectinload

from portal.errors import BadInput, IllegalMove
from portal.models.orders import Order
from portal.models.people import Company
from portal.models.tax import CompanyTerms, TermsState
from portal.production.instalments import When
from portal.production.terms import Credit, CreditDecision, credit_decision
from portal.services.audit import Act, record
from portal.services.ledger import parts_of, still_due
from portal.services.outbox import Words, post

LONGEST_DAYS = 120
Letter = Callable[[CompanyTerms], Words]


def ask_for_terms(session: Session, company: Company, *, limit: Decimal, act: Act) -> CompanyTerms:
    """A customer asks to pay after the invoice; sales decide. Asking again changes what is asked, not what stands."""
    terms = company.terms
    if terms and terms.state is TermsState.APPROVED:
        raise BadInput("Your terms are approved already. Please write to us to change them.")
    if terms is None:
        terms = CompanyTerms(company=company, state=TermsState.ASKED)
        session.add(terms)
    terms.state, terms.wanted_limit = TermsState.ASKED, limit
    terms.asked_by, terms.asked_at, terms.decided_by, terms.decided_at = act.actor, act.at, "", None
    session.flush()
    record(session, act, "terms.asked", f"company {company.id}", limit=str(limit))
    return terms


def approve_terms(
    session: Session, terms: CompanyTerms, *, limit: Decimal, days: int, letter: Letter, act: Act
) -> None:
    """Orders of the company from now on are paid so many days after the invoice, while they fit into the limit."""
    if not 0 <= days <= LONGEST_DAYS:
        raise BadInput(f"Please give 0 to {LONGEST_DAYS} days.")
    terms.state, terms.credit_limit, terms.days = TermsState.APPROVED, limit, days
    _decided(session, terms, letter, act, limit=str(limit), days=days)


def end_terms(session: Session, terms: CompanyTerms, *, letter: Letter, act: Act) -> None:
    """Refused, or withdrawn when they stood already. Invoices that were issued keep their days."""
    if terms.state not in {TermsState.ASKED, TermsState.APPROVED}:
        raise IllegalMove(terms.state, TermsState.WITHDRAWN)
    terms.state = TermsState.REFUSED if terms.state is TermsState.ASKED else TermsState.WITHDRAWN
    _decided(session, terms, letter, act)


def _decided(session: Session, terms: CompanyTerms, letter: Letter, /, act: Act, **changes: object) -> None:
    """The one who asked hears of it by e-mail."""
    terms.decided_by, terms.decided_at, terms.reason = act.actor, act.at, act.reason
    entry = record(session, act, f"terms.{terms.state.value}", f"company {terms.company_id}", **changes)
    post(session, letter(terms), key=f"terms:{entry.number}", recipient=terms.asked_by, at=act.at)


def credit_of(session: Session, company: Company, *, before: Order | None = None) -> Credit:
    """The limit, and what is open of it. First come, first served: an order whose plan is not settled yet uses credit
    before those that came after it.
    """
    terms = company.terms
    limit = terms.credit_limit if terms and terms.state is TermsState.APPROVED else None
    query = sa.select(Order).where(Order.company_id == company.id).options(selectinload(Order.ledger))
    using = [order for order in session.scalars(query) if _uses_credit(order, before)]
    return Credit(limit, sum(map(still_due, using), Decimal("0.00")))


def _uses_credit(order: Order, before: Order | None) -> bool:
    if before is not None and order.id == before.id:
        return False
    if parts := parts_of(order):
        return any(part.when is When.AFTER_INVOICE for part in parts)
    return before is None or order.id < before.id


def decision_for(session: Session, order: Order, gross: Decimal) -> CreditDecision:
    return credit_decision(credit_of(session, order.company, before=order), gross)


def terms_days(session: Session, order: Order, gross: Decimal) -> int | None:
    """How many days this order has after its invoice; None: it is paid before it ships."""
    terms = order.company.terms
    if terms is None or terms.state is not TermsState.APPROVED:
        return None
    return terms.days if decision_for(session, order, gross).is_granted else None
