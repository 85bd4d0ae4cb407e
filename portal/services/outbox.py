"""Letters are written in the transaction that causes them and sent by a job: at least once, usually once."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.gateways.bounces import sent_from
from portal.gateways.files import Files
from portal.gateways.mail import Attachment, Letter, MailDelayed, Mailer, MailRefused
from portal.models.base import token
from portal.models.work import MailState, OutboxMail
from portal.services.bounces import dead_address, keep_back

SENDING = timedelta(minutes=5)  # a letter whose sender died is tried again after this; SMTP gives up long before
PATIENCE = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=12),
)


@dataclass(frozen=True, slots=True)
class Words:
    """What a letter says, rendered: subject, text, HTML."""

    subject: str
    text: str
    html: str


def post(
    session: Session,
    words: Words,
    *,
    key: str,
    recipient: str,
    at: datetime,
    attachments: tuple[dict[str, str], ...] = (),
) -> OutboxMail:
    """Put a letter into the outbox; the same key is the same letter, written once."""
    mail = session.scalars(sa.select(OutboxMail).where(OutboxMail.key == key)).first()
    if mail is None:
        mail = OutboxMail(
            key=key,
            message_id=f"<{token()}@boardwright>",
            recipient=recipient,
            subject=words.subject,
            text=words.text,
            html=words.html,
            attachments=list(attachments),
            next_try_at=at,
            created_at=at,
        )
        session.add(mail)
        session.flush()
    return mail


def due_mail(session: Session, at: datetime) -> list[OutboxMail]:
    query = sa.select(OutboxMail).where(OutboxMail.state == MailState.WAITING, OutboxMail.next_try_at <= at)
    return list(session.scalars(query.order_by(OutboxMail.id).limit(20)))


def claim(session: Session, mail_id: int, at: datetime) -> OutboxMail | None:
    """The letter for one attempt, if it still waits and is due; nobody else takes it up meanwhile."""
    mail = session.get(OutboxMail, mail_id, with_for_update=True)
    if mail is None or mail.state is not MailState.WAITING or mail.next_try_at > at:
        return None
    if dead := dead_address(session, mail.recipient):
        keep_back(mail, dead)
        return None
    mail.next_try_at = at + SENDING
    return mail


@dataclass(frozen=True, slots=True)
class House:
    """Who writes, where answers go, and where reports go of what cannot be delivered; the last two may be empty."""

    sender: str
    reply_to: str = ""
    bounces_to: str = ""


def letter_of(mail: OutboxMail, files: Files, house: House) -> Letter:
    return Letter(
        reply_to=house.reply_to,
        bounces_to=sent_from(house.bounces_to, mail.message_id),
        message_id=mail.message_id,
        sender=house.sender,
        recipient=mail.recipient,
        subject=mail.subject,
        text=mail.text,
        html=mail.html,
        attachments=tuple(
            Attachment(item["name"], item["media_type"], files.read(item["sha256"]), item.get("shown_as", ""))
            for item in mail.attachments
        ),
    )


def attempt(mailer: Mailer, letter: Letter) -> MailDelayed | MailRefused | None:
    """What the mail server said against it. No transaction is open meanwhile: a server may take half a minute."""
    try:
        mailer.send(letter)
    except (MailDelayed, MailRefused) as said:
        return said
    return None


def note(mail: OutboxMail, said: MailDelayed | MailRefused | None, at: datetime) -> None:
    """How an attempt went. A refusal for good is left visible to staff."""
    mail.attempts += 1
    if said is None:
        mail.state, mail.sent_at, mail.last_error = MailState.SENT, at, ""
    elif isinstance(said, MailRefused):
        mail.state, mail.last_error = MailState.DEAD, str(said)
    else:
        _try_later(mail, str(said), at)


def _try_later(mail: OutboxMail, error: str, at: datetime) -> None:
    mail.last_error = error
    if mail.attempts > len(PATIENCE):
        mail.state = MailState.DEAD
    else:
        mail.next_try_at = at + PATIENCE[mail.attempts - 1]
