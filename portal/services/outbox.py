"""Letters are written in the transaction that causes them and sent by a job: at least once, usually once."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.gateways.files import Files
from portal.gateways.mail import Attachment, Letter, MailDelayed, Mailer, MailRefused
from portal.models.base import token
from portal.models.work import MailState, OutboxMail

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
    return list(session.scalars(query.order_by(OutboxMail.id).limit(20).with_for_update(skip_locked=True)))


def deliver(mail: OutboxMail, mailer: Mailer, files: Files, *, sender: str, at: datetime) -> None:
    """Send one letter and note how it went. A refusal for good is left visible to staff."""
    letter = Letter(
        message_id=mail.message_id,
        sender=sender,
        recipient=mail.recipient,
        subject=mail.subject,
        text=mail.text,
        html=mail.html,
        attachments=tuple(
            Attachment(item["name"], item["media_type"], files.read(item["sha256"])) for item in mail.attachments
        ),
    )
    mail.attempts += 1
    try:
        mailer.send(letter)
    except MailDelayed as delayed:
        _try_later(mail, str(delayed), at)
    except MailRefused as refused:
        mail.state, mail.last_error = MailState.DEAD, str(refused)
    else:
        mail.state, mail.sent_at, mail.last_error = MailState.SENT, at, ""


def _try_later(mail: OutboxMail, error: str, at: datetime) -> None:
    mail.last_error = error
    if mail.attempts > len(PATIENCE):
        mail.state = MailState.DEAD
    else:
        mail.next_try_at = at + PATIENCE[mail.attempts - 1]
