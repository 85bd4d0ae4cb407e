"""Addresses that bounced get no more letters until somebody confirms them; what was written meanwhile waits."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.errors import BadInput
from portal.gateways.bounces import Bounce
from portal.models.bounces import DeadAddress
from portal.models.work import MailState, OutboxMail
from portal.services.audit import Act, record

KEPT = "kept back: "  # a letter that never left, because its address is dead


def take_bounce(session: Session, bounce: Bounce, act: Act) -> DeadAddress | None:
    """Mark the address of a letter of ours. None where it is only late, or where the letter is none of ours: anybody
    can write a report, and nobody may silence an address by it.
    """
    named = OutboxMail.message_id.in_(bounce.letters)
    mail = session.scalars(sa.select(OutboxMail).where(named).with_for_update()).first()
    if mail is None or not bounce.is_for_good or mail.recipient.lower() != bounce.recipient:
        return None
    mail.state, mail.last_error = MailState.DEAD, f"bounced: {bounce.said}"
    return mark_dead(session, mail.recipient, bounce.said, act)


def mark_dead(session: Session, address: str, said: str, act: Act) -> DeadAddress:
    dead = _row(session, address)
    if dead is None:
        dead = DeadAddress(address=address.lower())
        session.add(dead)
    elif dead.confirmed_at is None:
        return dead
    dead.said, dead.since, dead.confirmed_by, dead.confirmed_at = said, act.at, "", None
    session.flush()
    record(session, act, "address.bounced", dead.address, said=said)
    return dead


def dead_address(session: Session, address: str) -> DeadAddress | None:
    dead = _row(session, address)
    return dead if dead and dead.confirmed_at is None else None


def dead_addresses(session: Session) -> list[DeadAddress]:
    """The last one first."""
    open_ones = sa.select(DeadAddress).where(DeadAddress.confirmed_at.is_(None))
    return list(session.scalars(open_ones.order_by(DeadAddress.since.desc(), DeadAddress.id.desc())))


def last_letter(session: Session, address: str) -> int:
    """The number of the newest letter to it; a dead address had at least one."""
    to_it = sa.select(sa.func.max(OutboxMail.id)).where(sa.func.lower(OutboxMail.recipient) == address)
    return session.scalars(to_it).one() or 0


def _row(session: Session, address: str) -> DeadAddress | None:
    return session.scalars(sa.select(DeadAddress).where(DeadAddress.address == address.lower())).first()


def keep_back(mail: OutboxMail, dead: DeadAddress) -> None:
    mail.state = MailState.DEAD
    mail.last_error = f"{KEPT}{dead.address} takes no letters since {dead.since:%d %b %Y}: {dead.said}"


def confirm_address(session: Session, address: str, act: Act) -> int:
    """Somebody has asked the customer: it is alive. How many letters that were kept back leave now."""
    dead = dead_address(session, address)
    if dead is None:
        raise BadInput(f"{address} takes letters as far as we know. There is nothing to confirm; reload the page.")
    dead.confirmed_by, dead.confirmed_at = act.actor, act.at
    record(session, act, "address.confirmed", dead.address)
    return _release(session, dead.address, act.at)


def _release(session: Session, address: str, at: datetime) -> int:
    """What left before and came back is not sent again: it may have been read elsewhere meanwhile."""
    waiting = sa.select(OutboxMail).where(
        sa.func.lower(OutboxMail.recipient) == address,
        OutboxMail.state == MailState.DEAD,
        OutboxMail.last_error.startswith(KEPT),
    )
    letters = list(session.scalars(waiting))
    for mail in letters:
        mail.state, mail.next_try_at, mail.last_error = MailState.WAITING, at, ""
    return len(letters)
