"""A quote made from another one: the same board or its next revision, at the prices of today.

What sales gave on the first one (discounts, notes, lines, dates) is not given again: they look at the new one anew.
"""

from collections.abc import Iterator

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.errors import BadInput
from portal.models.corrections import Revision
from portal.models.files import DesignRecord
from portal.models.proposals import QuoteOrigin
from portal.models.quotes import Quote
from portal.production.lifecycle import Commercial
from portal.services.audit import Act, record
from portal.services.corrections import corrected_by
from portal.services.quotes import Offered, keep_as_quote

MOST_CLONES = 20


def clone_quote(
    session: Session, quote: Quote, kept: DesignRecord, offered: Offered, *, takes_its_place: bool, act: Act
) -> Quote:
    """A budget for the same company. With `takes_its_place` the first one is over as soon as this one is binding."""
    session.refresh(quote, with_for_update=True)
    if takes_its_place and quote.state is Commercial.ACCEPTED:
        raise BadInput("This quote is ordered, so no other one can take its place. Please make one beside it.")
    if len(quote.made_after) >= MOST_CLONES:
        raise BadInput(f"{MOST_CLONES} quotes were made from this one. Please make the next one from one of them.")
    because = act.because(f"made from quote {quote.reference}")
    clone = keep_as_quote(session, kept, offered, user=quote.requested_by, act=because)
    session.add(QuoteOrigin(quote=clone, origin=quote, takes_its_place=takes_its_place))
    session.flush()
    record(session, act, "quote.cloned", quote.reference, clone=clone.reference)
    return clone


def newer_designs(session: Session, kept: DesignRecord) -> Iterator[DesignRecord]:
    """What stands for this board by now: its reading as corrected, and its later revisions, the nearest first."""
    waiting, seen = [kept], {kept.id}
    while waiting:
        board = waiting.pop(0)
        later = [corrected_by(session, board)]
        followers = session.scalars(sa.select(Revision).where(Revision.follows_id == board.id))
        later += [design for follower in followers for design in follower.package.designs]
        fresh = [design for design in later if design is not None and design.id not in seen]
        seen |= {design.id for design in fresh}
        waiting += fresh
        yield from fresh
