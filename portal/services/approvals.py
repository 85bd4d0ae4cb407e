"""A revision below the margin floor before a second person of the house: agreed to, refused, or taken back.

Never by the one who proposed it. Only what is agreed to becomes a revision, and only then the customer sees it.
"""

from datetime import date

from sqlalchemy.orm import Session

from portal.errors import BadInput, NotYours, Stale
from portal.models.proposals import Proposal, ProposalState
from portal.models.quotes import Quote, QuoteRevision
from portal.services.audit import Act, record
from portal.services.quotes import bind, freeze, waiting_proposal


def find_waiting(quote: Quote) -> Proposal:
    found = waiting_proposal(quote)
    if found is None:
        raise NotYours("proposal")
    return found


def approve(session: Session, proposal: Proposal, act: Act, *, today: date) -> QuoteRevision:
    """It is frozen as it was proposed; `act` is that of the second person, whose reason stands beside it."""
    _decide(session, proposal, ProposalState.APPROVED, act)
    if proposal.follows is not proposal.quote.current:
        raise Stale("The quote was changed after this was proposed. Please refuse it, and propose it anew.")
    mine = act.because(proposal.reason)
    quote, snapshot = proposal.quote, proposal.snapshot
    session.flush()
    if proposal.is_firm:
        proposal.revision = bind(session, quote, snapshot, mine, today=today)
    else:
        proposal.revision = freeze(session, quote, snapshot, is_firm=False, act=mine)
    return proposal.revision


def refuse(session: Session, proposal: Proposal, act: Act) -> None:
    if not act.reason.strip():
        raise BadInput("A refusal needs a reason. Please write one sentence for your colleague.")
    _decide(session, proposal, ProposalState.REFUSED, act)


def withdraw(session: Session, proposal: Proposal, act: Act) -> None:
    """By whoever proposed it, or by anybody else of sales: the quote is free for other changes."""
    _decide(session, proposal, ProposalState.WITHDRAWN, act)


def _decide(session: Session, proposal: Proposal, state: ProposalState, act: Act) -> None:
    session.refresh(proposal.quote, with_for_update=True)
    session.refresh(proposal, with_for_update=True)
    if proposal.state is not ProposalState.WAITING:
        raise Stale(f"This was {proposal.state} by {proposal.decided_by} meanwhile. Look at the quote as it is now.")
    if state is not ProposalState.WITHDRAWN and act.actor == proposal.proposed_by:
        raise BadInput("You proposed this yourself. Please ask a colleague of sales to look at it.")
    proposal.state, proposal.said = state, act.reason
    proposal.decided_by, proposal.decided_at = act.actor, act.at
    record(session, act, f"proposal.{state}", proposal.quote.reference, by=proposal.proposed_by, margin=proposal.margin)
