"""What the house writes beside a quote for itself. It never leaves the house: no page, paper or file of a customer."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, backref, mapped_column, relationship

from portal.models.base import Base, UtcTime
from portal.models.quotes import Quote


class InternalNote(Base):
    """Append-only: what a colleague has read stays as it was; a later thought is a note of its own."""

    __tablename__ = "internal_notes"

    id: Mapped[int] = mapped_column(primary_key=True)
    quote_id: Mapped[int] = mapped_column(sa.ForeignKey("quotes.id"), index=True)
    revision: Mapped[int]  # the number of the revision that it was written beside
    text: Mapped[str] = mapped_column(sa.Text)
    written_by: Mapped[str]
    written_at: Mapped[datetime] = mapped_column(UtcTime)
    quote: Mapped[Quote] = relationship(backref=backref("internal_notes", order_by="InternalNote.id"))
