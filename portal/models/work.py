"""What is done behind a page: jobs, mail waiting to leave, and the audit of every change."""

from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portal.models.base import Base, Json, UtcTime
from portal.models.quotes import state_column


class JobState(StrEnum):
    WAITING = "waiting"
    LEASED = "leased"
    DONE = "done"
    DEAD = "dead"


class Job(Base):
    """The row is the queue: a worker leases it, beats, and finishes it; a lease that ran out is taken up again."""

    __tablename__ = "jobs"
    __table_args__ = (sa.Index("ix_jobs_next", "state", "run_after"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)  # the same work is queued once
    kind: Mapped[str] = mapped_column(sa.String(40))
    subject: Mapped[str]  # what it works on, by reference or id
    state: Mapped[JobState] = mapped_column(state_column(JobState), default=JobState.WAITING)
    attempts: Mapped[int] = mapped_column(default=0)
    run_after: Mapped[datetime] = mapped_column(UtcTime)
    lease_until: Mapped[datetime | None] = mapped_column(UtcTime)
    step: Mapped[str] = mapped_column(default="")  # what a page shows while it waits
    error: Mapped[str] = mapped_column(sa.Text, default="")
    created_at: Mapped[datetime] = mapped_column(UtcTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcTime)


class MailState(StrEnum):
    WAITING = "waiting"
    SENT = "sent"
    DEAD = "dead"


class OutboxMail(Base):
    """Mail written in the transaction that causes it; a job sends it. `key`: the same letter once."""

    __tablename__ = "outbox"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    message_id: Mapped[str] = mapped_column(unique=True)
    recipient: Mapped[str]
    subject: Mapped[str]
    text: Mapped[str] = mapped_column(sa.Text)
    html: Mapped[str] = mapped_column(sa.Text)
    attachments: Mapped[list[dict[str, str]]] = mapped_column(Json)  # name, sha256, media type, shown_as
    state: Mapped[MailState] = mapped_column(state_column(MailState), default=MailState.WAITING, index=True)
    attempts: Mapped[int] = mapped_column(default=0)
    next_try_at: Mapped[datetime] = mapped_column(UtcTime)
    last_error: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime] = mapped_column(UtcTime)
    sent_at: Mapped[datetime | None] = mapped_column(UtcTime)


class AuditEntry(Base):
    """Who changed what, when, why, by which request: a chain in which no link can be taken out unseen."""

    __tablename__ = "audit_entries"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)  # from 1, without a gap
    at: Mapped[datetime] = mapped_column(UtcTime)
    actor: Mapped[str]
    request_id: Mapped[str]
    action: Mapped[str]
    subject: Mapped[str] = mapped_column(index=True)
    reason: Mapped[str]
    changes: Mapped[dict[str, Any]] = mapped_column(Json)
    previous_hash: Mapped[str]
    hash: Mapped[str] = mapped_column(unique=True)
