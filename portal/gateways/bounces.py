"""What a mail server reports of a letter that it could not deliver (RFC 3464): which letter, to whom, and why."""

import email
import re
from dataclasses import dataclass
from email import policy
from email.message import EmailMessage, Message

from portal.errors import BadInput

PERMANENT = "5"  # the first digit of a status: 4 is tried again by the server itself
TAGGED = re.compile(r"\+([\w-]{20,})@")  # the letter's own name, in the address that it left from
LONGEST = 400


@dataclass(frozen=True, slots=True)
class Bounce:
    """`letters`: the names that it may go by, as Message-IDs. A delay is none for good."""

    letters: tuple[str, ...]
    recipient: str
    said: str
    is_for_good: bool


def sent_from(bounce_address: str, message_id: str) -> str:
    """An address of its own for each letter, so that a report names it even where it has lost everything else."""
    name, at, domain = bounce_address.partition("@")
    return f"{name}+{_token(message_id)}{at}{domain}" if at else ""


def read_bounces(raw: bytes) -> tuple[Bounce, ...]:
    """Each recipient of a report; BadInput where it is none."""
    report = email.message_from_bytes(raw, policy=policy.default)
    letters = _letters(report)
    found = tuple(
        Bounce(letters, _address(each), _said(each), is_for_good=_is_for_good(each))
        for part in report.walk()
        if part.get_content_type() == "message/delivery-status"
        for each in part.iter_parts()
        if each.get("Final-Recipient")
    )
    if not found:
        raise BadInput("This is no report of a mail server (RFC 3464). Please look at it yourself.")
    return found


def _letters(report: EmailMessage) -> tuple[str, ...]:
    """By the address that the report came to, and by the letter that it holds."""
    came_to = " ".join(str(report.get(name, "")) for name in ("To", "Delivered-To", "X-Original-To"))
    tags = [f"<{tag}@boardwright>" for tag in TAGGED.findall(came_to)]
    inside = [part.get("Message-ID", "") for part in report.walk() if part is not report]
    heads = [
        email.message_from_string(part.get_content(), policy=policy.default).get("Message-ID", "")
        for part in report.walk()
        if part.get_content_type() == "text/rfc822-headers"
    ]
    return tuple(dict.fromkeys(str(name).strip() for name in (*tags, *inside, *heads) if name))


def _token(message_id: str) -> str:
    return message_id.strip("<>").partition("@")[0]


def _address(said: Message) -> str:
    """`rfc822; anna@example.com`"""
    return str(said["Final-Recipient"]).rpartition(";")[2].strip().strip("<>").lower()


def _said(said: Message) -> str:
    diagnostic = " ".join(str(said.get("Diagnostic-Code", "")).rpartition(";")[2].split())
    return (diagnostic or f"status {said.get('Status', 'not given')}")[:LONGEST]


def _is_for_good(said: Message) -> bool:
    action, status = str(said.get("Action", "")).strip().lower(), str(said.get("Status", "")).strip()
    return action == "failed" and status.startswith(PERMANENT)
