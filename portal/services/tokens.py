"""Tokens with which a customer's own programs sign in: shown once, hashed, for one purpose and a limited time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.errors import BadInput
from portal.models.factors import ApiToken
from portal.models.people import User, hashed, new_secret
from portal.services.audit import Act, record

MARK = "bw_"  # so that a token in the wrong place is recognised, by people and by scanners
MOST_TOKENS = 20
LONGEST = timedelta(days=366)
SCOPES = ("read", "write")


@dataclass(frozen=True, slots=True)
class NewToken:
    token: ApiToken
    secret: str  # shown once, stored nowhere


def make_token(session: Session, user: User, *, name: str, scope: str, lives: timedelta, act: Act) -> NewToken:
    if scope not in SCOPES or not timedelta(0) < lives <= LONGEST:
        raise BadInput("A token reads, or reads and writes, for at most a year. Please choose again.")
    if len(open_tokens(session, user, act.at)) >= MOST_TOKENS:
        raise BadInput(f"You have {MOST_TOKENS} tokens. Please revoke one that is no longer used.")
    secret = MARK + new_secret()
    token = ApiToken(
        user_id=user.id,
        name=name,
        token_hash=hashed(secret),
        scope=scope,
        created_at=act.at,
        expires_at=act.at + lives,
    )
    session.add(token)
    record(session, act, "token.made", user.email, name=name, scope=scope)
    return NewToken(token, secret)


def open_tokens(session: Session, user: User, at: datetime) -> Sequence[ApiToken]:
    theirs = sa.select(ApiToken).where(ApiToken.user_id == user.id).order_by(ApiToken.id)
    return [token for token in session.scalars(theirs) if token.is_open(at)]


def revoke_token(session: Session, user: User, number: int, act: Act) -> None:
    for token in open_tokens(session, user, act.at):
        if token.id == number:
            token.revoked_at = act.at
            record(session, act, "token.revoked", user.email, name=token.name)


def usable_token(session: Session, secret: str, at: datetime) -> ApiToken | None:
    token = session.scalars(sa.select(ApiToken).where(ApiToken.token_hash == hashed(secret))).first()
    return token if token and token.is_open(at) else None
