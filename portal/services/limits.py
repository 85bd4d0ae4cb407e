"""How often somebody may try: counted in the database, so that neither a restart nor a second process forgets.

The figures are those of the Python package index, which is attacked every day. Only what fails is counted for signing
in; a package counts whether it was good or not.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.errors import TooMuch
from portal.models.factors import Attempt


@dataclass(frozen=True, slots=True)
class Limit:
    most: int
    within: timedelta


LIMITS: Mapping[str, tuple[Limit, ...]] = {
    "sign-in": (Limit(10, timedelta(minutes=5)),),
    "sign-in anywhere": (Limit(1000, timedelta(minutes=5)),),  # by many addresses from many places
    "sign-in from": (Limit(10, timedelta(minutes=5)), Limit(100, timedelta(hours=24))),
    "code": (Limit(5, timedelta(minutes=5)), Limit(20, timedelta(hours=1)), Limit(50, timedelta(hours=24))),
    "link from": (Limit(20, timedelta(hours=1)),),
    "invitation": (Limit(20, timedelta(hours=24)),),
}
KEPT = timedelta(hours=24)  # the longest window: an older attempt says nothing more


def refuse_beyond(session: Session, kind: str, key: str, at: datetime) -> None:
    """TooMuch, with when to come back, when one of the limits of this kind is reached."""
    for limit in LIMITS[kind]:
        if tried(session, kind, key, at - limit.within) >= limit.most:
            raise TooMuch(f"That was tried too often. Please wait {_span(limit.within)}, then try again.")


def tried(session: Session, kind: str, key: str, since: datetime) -> int:
    counted = sa.select(sa.func.count()).where(Attempt.kind == kind, Attempt.key == key, Attempt.at > since)
    return session.scalar(counted) or 0


def count(session: Session, kind: str, key: str, at: datetime) -> None:
    session.add(Attempt(kind=kind, key=key, at=at))


def forget(session: Session, kind: str, key: str) -> None:
    """After a success the failures before it are no longer held against anybody."""
    session.execute(sa.delete(Attempt).where(Attempt.kind == kind, Attempt.key == key))


def forget_person(session: Session, email: str) -> None:
    """All that is counted under the address of somebody who is erased."""
    session.execute(sa.delete(Attempt).where(Attempt.key == email))


def sweep_attempts(session: Session, at: datetime) -> int:
    """Nobody's attempts are kept longer than they count."""
    return session.execute(sa.delete(Attempt).where(Attempt.at <= at - KEPT)).rowcount


def _span(span: timedelta) -> str:
    minutes = int(span.total_seconds()) // 60
    return f"{minutes} minutes" if minutes < 60 else "an hour" if minutes == 60 else "until tomorrow"
