"""Who may decide hears that something waits: a margin below the floor, a large refund, terms that a customer wants."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.models.people import Membership, Role, User
from portal.services.audit import Act
from portal.services.outbox import Words, post

DECIDING = (Role.SALES, Role.ADMIN)
DECISION_WAITS = "decision-waits"  # the kind of letter, for those who look at the pages anyway


def deciding(session: Session, besides: str) -> list[User]:
    """Sales and administration, without the one who asks."""
    able = sa.select(Membership.user_id).where(Membership.role.in_(DECIDING))
    query = sa.select(User).where(User.id.in_(able), User.is_active, User.email != besides)
    return [user for user in session.scalars(query.order_by(User.id)) if DECISION_WAITS not in user.muted]


def tell_those_who_decide(session: Session, words: Words, *, what: str, act: Act) -> int:
    """A letter to each; how many. `what` names the one thing that waits, so that it is told once."""
    told = deciding(session, act.actor)
    for user in told:
        post(session, words, key=f"decision:{what}:{user.id}", recipient=user.email, at=act.at)
    return len(told)
