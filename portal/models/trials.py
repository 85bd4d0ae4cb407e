"""A draft of the rate card that somebody tries on the last quotes before it is saved."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portal.models.base import Base, Json, UtcTime


class RateTrial(Base):
    """`quotes` are ids of those it is tried on, newest first; `effects` grow in their order until all are here."""

    __tablename__ = "rate_trials"

    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str] = mapped_column(sa.Text)
    reason: Mapped[str]
    based_on: Mapped[int]  # the version that was newest when its author began
    quotes: Mapped[list[int]] = mapped_column(Json)
    effects: Mapped[list[dict[str, Any]]] = mapped_column(Json)
    tried_by: Mapped[str]
    tried_at: Mapped[datetime] = mapped_column(UtcTime)

    @property
    def is_done(self) -> bool:
        return len(self.effects) == len(self.quotes)
