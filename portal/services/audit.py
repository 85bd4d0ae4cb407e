"""Every change of state leaves one entry in the same transaction, chained by hash to the one before."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.models.base import canonical
from portal.models.work import AuditEntry

CHAIN_LOCK = 7_264_201  # any number: PostgreSQL's advisory lock of the chain; SQLite writers wait for each other anyway


@dataclass(frozen=True, slots=True)
class Act:
    """Who acts, when (UTC), by which request, and why: handed to every service that changes something."""

    actor: str
    at: datetime
    request_id: str
    reason: str = ""

    def because(self, reason: str) -> "Act":
        return replace(self, reason=reason)


def record(session: Session, act: Act, action: str, subject: str, **changes: Any) -> AuditEntry:
    """Append to the chain. People are named by id or e-mail in `actor` only, so that erasure can reach them."""
    session.flush()
    if session.get_bind().dialect.name == "postgresql":
        session.execute(sa.select(sa.func.pg_advisory_xact_lock(CHAIN_LOCK)))
    last = session.scalars(sa.select(AuditEntry).order_by(AuditEntry.number.desc()).limit(1)).first()
    entry = AuditEntry(
        number=last.number + 1 if last else 1,
        at=act.at,
        actor=act.actor,
        request_id=act.request_id,
        action=action,
        subject=subject,
        reason=act.reason,
        changes=changes,
        previous_hash=last.hash if last else "",
    )
    entry.hash = link(entry)
    session.add(entry)
    session.flush()
    return entry


def link(entry: AuditEntry) -> str:
    """SHA-256 over the entry before and everything this one says."""
    said = [entry.number, entry.at.isoformat(), entry.actor, entry.request_id, entry.action]
    said += [entry.subject, entry.reason, entry.changes]
    return hashlib.sha256((entry.previous_hash + canonical(said)).encode()).hexdigest()


def broken_links(session: Session) -> Iterator[str]:
    """Each entry that was changed, taken out or put in, by its number."""
    previous, expected = "", 1
    for entry in session.scalars(sa.select(AuditEntry).order_by(AuditEntry.number)).yield_per(1000):
        if entry.number != expected:
            yield f"audit entry {expected} is missing"
        if entry.previous_hash != previous or entry.hash != link(entry):
            yield f"audit entry {entry.number} does not fit its chain"
        previous, expected = entry.hash, entry.number + 1
