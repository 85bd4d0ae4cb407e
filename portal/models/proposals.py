"""What a quote becomes once somebody else agrees, and which quote was made after which."""

from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, backref, mapped_column, relationship

from portal.models.base import Base, Json, UtcTime
from portal.models.quotes import Quote, QuoteRevision, state_column


class ProposalState(StrEnum):
    WAITING = "waiting"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class Proposal(Base):
    """A revision below the shop's margin floor. Nobody outside the house sees it before a second person approves it.

    At most one of a quote waits. `margin` and `floor` are shares of the price as they were when it was proposed.
    """

    __tablename__ = "proposals"

    id: Mapped[int] = mapped_column(primary_key=True)
    quote_id: Mapped[int] = mapped_column(sa.ForeignKey("quotes.id"), index=True)
    follows_id: Mapped[int] = mapped_column(sa.ForeignKey("quote_revisions.id"))  # what it was proposed after
    snapshot: Mapped[dict[str, Any]] = mapped_column(Json)
    is_firm: Mapped[bool]
    margin: Mapped[str]
    floor: Mapped[str]
    reason: Mapped[str] = mapped_column(sa.Text)
    state: Mapped[ProposalState] = mapped_column(state_column(ProposalState), default=ProposalState.WAITING)
    proposed_by: Mapped[str]
    proposed_at: Mapped[datetime] = mapped_column(UtcTime)
    decided_by: Mapped[str] = mapped_column(default="")
    decided_at: Mapped[datetime | None] = mapped_column(UtcTime)
    said: Mapped[str] = mapped_column(sa.Text, default="")  # by who decided
    revision_id: Mapped[int | None] = mapped_column(sa.ForeignKey("quote_revisions.id"))  # what it became
    quote: Mapped[Quote] = relationship(backref=backref("proposals", order_by="Proposal.id"))
    follows: Mapped[QuoteRevision] = relationship(foreign_keys=follows_id)
    revision: Mapped[QuoteRevision | None] = relationship(foreign_keys=revision_id)


class QuoteOrigin(Base):
    """A quote that was made from another one; whether it takes its place once it is binding."""

    __tablename__ = "quote_origins"

    id: Mapped[int] = mapped_column(primary_key=True)
    quote_id: Mapped[int] = mapped_column(sa.ForeignKey("quotes.id"), unique=True)
    origin_id: Mapped[int] = mapped_column(sa.ForeignKey("quotes.id"), index=True)
    takes_its_place: Mapped[bool]
    quote: Mapped[Quote] = relationship(foreign_keys=quote_id, backref=backref("made_from", uselist=False))
    origin: Mapped[Quote] = relationship(foreign_keys=origin_id, backref="made_after")
