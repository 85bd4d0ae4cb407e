"""Questions on a quote: numbered, each with who must answer."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, backref, mapped_column, relationship

from portal.models.base import Base, UtcTime
from portal.models.quotes import Quote


class Question(Base):
    """Asked once and answered once; what is asked after that is a question of its own."""

    __tablename__ = "questions"
    __table_args__ = (sa.UniqueConstraint("quote_id", "number", name="uq_questions_number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    quote_id: Mapped[int] = mapped_column(sa.ForeignKey("quotes.id"))
    number: Mapped[int]
    is_for_customer: Mapped[bool]  # else the house must answer
    text: Mapped[str] = mapped_column(sa.Text)
    asked_by: Mapped[str]
    asked_at: Mapped[datetime] = mapped_column(UtcTime)
    answer: Mapped[str] = mapped_column(sa.Text, default="")
    answered_by: Mapped[str] = mapped_column(default="")
    answered_at: Mapped[datetime | None] = mapped_column(UtcTime)
    quote: Mapped[Quote] = relationship(backref=backref("questions", order_by="Question.number"))

    @property
    def is_open(self) -> bool:
        return self.answered_at is None
