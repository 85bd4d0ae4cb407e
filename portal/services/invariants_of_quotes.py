"""What must hold of quotes beyond their state: nobody sold below the floor alone, nobody waits for what is over."""

from bisect import bisect_right
from collections.abc import Iterator
from datetime import datetime

import sqlalchemy as sa

from portal.costing.margin import MarginRule
from portal.models.proposals import Proposal, ProposalState, QuoteOrigin
from portal.models.quotes import QuoteRevision
from portal.models.shop import ShopPart, ShopVersion
from portal.models.trials import RateTrial
from portal.production.lifecycle import Commercial
from portal.services.looking import Check, Look, Tally
from portal.services.margins import margins_by
from portal.services.quotes import content
from portal.services.shop import company_of_text
from portal.services.trials import LEFT_ALONE, hanging_trials, trial_faults

BEFORE_ALL = -1


def below_the_floor_two_agreed(look: Look, tally: Tally) -> Iterator[str]:
    """Each revision by sales, by the margin rule that was in force when it was frozen."""
    begins, rules = _rules(look)
    for revision in look.all(QuoteRevision):
        place = bisect_right(begins, revision.created_at) - 1
        rule = rules[place] if place > BEFORE_ALL else None
        if rule is None or not (revision.is_firm or revision.number > 1):
            continue
        tally.looked_at += 1
        if margins_by(rule, content(revision)).is_below and not _was_agreed(revision):
            yield f"revision {revision.number} of quote {revision.quote.reference} is below the floor, and one decided"


def _rules(look: Look) -> tuple[list[datetime], list[MarginRule | None]]:
    company = sa.select(ShopVersion).where(ShopVersion.part == ShopPart.COMPANY).order_by(ShopVersion.number)
    versions = look.session.scalars(company).all()
    return [version.created_at for version in versions], [company_of_text(version.text).margin for version in versions]


def _was_agreed(revision: QuoteRevision) -> bool:
    cells = content(revision)["cells"]
    return any(
        one.state is ProposalState.APPROVED and one.decided_by != one.proposed_by and one.snapshot["cells"] == cells
        for one in revision.quote.proposals
    )


def proposals_wait_for_open_quotes(look: Look, tally: Tally) -> Iterator[str]:
    waiting: set[int] = set()
    for one in look.all(Proposal):
        tally.looked_at += 1
        if (one.state is ProposalState.APPROVED) != (one.revision_id is not None):
            yield f"a proposal for quote {one.quote.reference} is {one.state}, its revision is {one.revision_id}"
        if one.state is not ProposalState.WAITING:
            continue
        if one.quote.state is not Commercial.BUDGET or one.quote_id in waiting:
            yield f"quote {one.quote.reference} is {one.quote.state} and has a proposal too many that waits"
        waiting.add(one.quote_id)


def one_of_two_quotes_can_be_ordered(look: Look, tally: Tally) -> Iterator[str]:
    """Where a binding quote took the place of another, the other one is over."""
    for made in look.all(QuoteOrigin):
        tally.looked_at += 1
        is_both = made.takes_its_place and made.quote.is_binding and made.origin.is_binding
        if is_both or made.quote.company_id != made.origin.company_id:
            yield f"quote {made.quote.reference} did not take the place of {made.origin.reference}"


def trials_come_to_an_end(look: Look, tally: Tally) -> Iterator[str]:
    """The sweep at night takes a day; what is left alone for longer, it has missed."""
    trials = list(look.all(RateTrial))
    tally.looked_at = len(trials)
    yield from trial_faults(trials, hanging_trials(look.session, before=look.at - 2 * LEFT_ALONE))


QUOTE_CHECKS: dict[str, Check] = {
    "Below the floor two agreed": below_the_floor_two_agreed,
    "Proposals wait for open quotes": proposals_wait_for_open_quotes,
    "One of two quotes can be ordered": one_of_two_quotes_can_be_ordered,
    "Trials of the rate card come to an end": trials_come_to_an_end,
}
