"""What customers say of their own files: about one package, about all of a kind, and which board follows which."""

from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.models.base import Base, Json, UtcTime
from portal.models.files import DesignRecord, Package
from portal.models.quotes import state_column


class Rereading(Base):
    """A package read once more with what its owner said. The design that it `corrects` stays, and so do its quotes.

    `corrects_id` is empty for the first reading of a company's package, when something was remembered for it.
    """

    __tablename__ = "rereadings"

    id: Mapped[int] = mapped_column(primary_key=True)
    package_id: Mapped[int] = mapped_column(sa.ForeignKey("packages.id"), index=True)
    corrects_id: Mapped[int | None] = mapped_column(sa.ForeignKey("designs.id"), index=True)
    design_id: Mapped[int | None] = mapped_column(sa.ForeignKey("designs.id"), unique=True)  # once its board is shown
    said: Mapped[dict[str, Any]] = mapped_column(Json)  # docs/corrections.md
    refused: Mapped[str | None]  # the sentence for the customer, when it cannot be read like this
    created_at: Mapped[datetime] = mapped_column(UtcTime)
    package: Mapped[Package] = relationship()
    corrects: Mapped[DesignRecord | None] = relationship(foreign_keys=[corrects_id])
    design: Mapped[DesignRecord | None] = relationship(foreign_keys=[design_id])


class RememberedKind(StrEnum):
    ROLE = "role"
    TABLE = "table"
    TURN = "turn"


class Remembered(Base):
    """What a company said of one file and of all that are named like it, or of a package, until it is forgotten."""

    __tablename__ = "remembered"
    __table_args__ = (sa.UniqueConstraint("company_id", "kind", "pattern", name="uq_remembered_once"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    company_id: Mapped[int] = mapped_column(sa.ForeignKey("companies.id"))
    kind: Mapped[RememberedKind] = mapped_column(state_column(RememberedKind))
    pattern: Mapped[str]  # portal.intake.naming
    said: Mapped[dict[str, Any]] = mapped_column(Json)
    said_for: Mapped[str]  # the board
    created_at: Mapped[datetime] = mapped_column(UtcTime)


class Inside(Base):
    """A look into the files of a design, as they were read, for the dialogs: first rows of tables, and outlines."""

    __tablename__ = "insides"

    design_id: Mapped[int] = mapped_column(sa.ForeignKey("designs.id"), primary_key=True)
    seen: Mapped[dict[str, Any]] = mapped_column(Json)  # portal.intake.inside
    created_at: Mapped[datetime] = mapped_column(UtcTime)


class Revision(Base):
    """A package that was sent as the next revision of a board. The database itself refuses to change one."""

    __tablename__ = "revisions"

    id: Mapped[int] = mapped_column(primary_key=True)
    package_id: Mapped[int] = mapped_column(sa.ForeignKey("packages.id"), unique=True)
    follows_id: Mapped[int] = mapped_column(sa.ForeignKey("designs.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcTime)
    package: Mapped[Package] = relationship()
    follows: Mapped[DesignRecord] = relationship()
