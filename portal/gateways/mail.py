"""Letters out of the house: by SMTP, or into a folder until SMTP is configured."""

import smtplib
import ssl
from contextlib import ExitStack, closing, suppress
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from typing import Protocol

TIMEOUT_S = 30
THIS_MACHINE = {"127.0.0.1", "localhost", "::1"}
PAUSED = "mail.paused"  # while this file is in the data folder, no mail leaves: from a restore to `portal resume`


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that comes with the letter; with `shown_as`, a picture inside of it, which it names as cid:…"""

    name: str
    media_type: str
    data: bytes
    shown_as: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    message_id: str
    sender: str
    recipient: str
    subject: str
    text: str
    html: str
    attachments: tuple[Attachment, ...] = ()
    reply_to: str = ""
    bounces_to: str = ""  # who hears of it when it cannot be delivered; empty: the sender

    def message(self) -> EmailMessage:
        """The MIME message; EmailMessage itself refuses line breaks in a header."""
        message = EmailMessage(policy=SMTP)
        message["Message-ID"], message["Subject"] = self.message_id, self.subject
        message["From"], message["To"] = self.sender, self.recipient
        if self.reply_to:
            message["Reply-To"] = self.reply_to
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(self.text)
        message.add_alternative(self.html, subtype="html")
        page = message.get_body(("html",))
        for attachment in sorted(
            self.attachments, key=lambda one: not one.shown_as
        ):  # once there are files it is no page
            main, sub = attachment.media_type.split("/")
            more = {"maintype": main, "subtype": sub, "filename": attachment.name}
            if attachment.shown_as and page:
                page.add_related(attachment.data, **more, cid=f"<{attachment.shown_as}>", disposition="inline")
            else:
                message.add_attachment(attachment.data, **more)
        return message


class MailDelayed(Exception):
    """Not now: try again later."""


class MailRefused(Exception):
    """Never: the letter is refused for good, or with `is_address` everything to that address."""

    def __init__(self, said: str, *, is_address: bool = False) -> None:
        super().__init__(said)
        self.is_address = is_address


class Mailer(Protocol):
    def send(self, letter: Letter) -> None: ...


@dataclass(frozen=True, slots=True)
class SmtpMailer:
    """TLS from the first byte on port 465, else STARTTLS with a verified certificate; plain only to this machine."""

    host: str
    port: int
    user: str = ""
    password: str = field(default="", repr=False)  # a traceback shows what it holds
    timeout_s: float = TIMEOUT_S

    def send(self, letter: Letter) -> None:
        """What is said before the letter is ours to mend, a wrong password too: only what is said of its recipient or
        of itself is for good. What is said after it was taken is not heard.
        """
        message = letter.message()
        try:
            server = self._connect()
        except (OSError, smtplib.SMTPException) as fault:
            raise MailDelayed(str(fault)) from fault
        with closing(server):
            self._hand_over(server, message, from_addr=letter.bounces_to or None)
            with suppress(OSError, smtplib.SMTPException):
                server.quit()

    def _hand_over(self, server: smtplib.SMTP, message: EmailMessage, *, from_addr: str | None) -> None:
        try:
            server.send_message(message, from_addr=from_addr)
        except smtplib.SMTPRecipientsRefused as refused:
            code, answer = next(iter(refused.recipients.values()))
            raise _verdict(code, answer, of_address=True) from refused
        except smtplib.SMTPDataError as answer:
            raise _verdict(answer.smtp_code, answer.smtp_error) from answer
        except (OSError, smtplib.SMTPException) as fault:
            raise MailDelayed(str(fault)) from fault

    def _connect(self) -> smtplib.SMTP:
        context = ssl.create_default_context()
        if self.port == 465:
            server: smtplib.SMTP = smtplib.SMTP_SSL(self.host, self.port, timeout=self.timeout_s, context=context)
        else:
            server = smtplib.SMTP(self.host, self.port, timeout=self.timeout_s)
        with ExitStack() as on_fault:
            on_fault.callback(server.close)
            if self.port != 465 and self.host not in THIS_MACHINE:
                server.starttls(context=context)
            if self.user:
                server.login(self.user, self.password)
            on_fault.pop_all()
        return server


NO_SUCH_MAILBOX = {550, 551, 553}
POLICY = "5.7."  # it minds us, or what we wrote, not who it is for


def _verdict(code: int, answer: bytes | str, *, of_address: bool = False) -> MailDelayed | MailRefused:
    """SMTP says it: 4xx is not now, 5xx is never."""
    words = answer.decode(errors="replace") if isinstance(answer, bytes) else answer
    said = f"{code} {words}"
    if code < 500:
        return MailDelayed(said)
    return MailRefused(said, is_address=of_address and code in NO_SUCH_MAILBOX and not words.startswith(POLICY))


@dataclass(frozen=True, slots=True)
class FolderMailer:
    """No SMTP configured: each letter becomes an .eml file that any mail program opens."""

    folder: Path

    def send(self, letter: Letter) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        name = letter.message_id.strip("<>").split("@")[0]
        (self.folder / f"{name}.eml").write_bytes(letter.message().as_bytes())


@dataclass
class MemoryMailer:
    """The twin for tests."""

    sent: list[Letter] = field(default_factory=list)

    def send(self, letter: Letter) -> None:
        letter.message()
        self.sent.append(letter)
