"""The worker: leases jobs, runs them, notes how it went. The only place with broad excepts, and with its own clock.

Each step is its own short transaction, so that a page sees the progress and a kill loses at most one step.
Every handler may run twice and must then change nothing the second time.
"""

import signal
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa
import structlog
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from portal import db, following, incoming, planner, printing, till, trying
from portal.gateways.files import Files
from portal.gateways.mail import MailDelayed, Mailer, MailRefused
from portal.gateways.pdf import Printer
from portal.gateways.reader import Reader
from portal.models.files import StoredFile
from portal.models.quotes import QuoteDocument, QuoteRevision
from portal.models.work import Job, OutboxMail
from portal.services import bounces, outbox, queue, quotes
from portal.services.audit import Act, record
from portal.services.limits import sweep_attempts
from portal.services.pricing import local
from portal.services.shop import current_shop
from portal.web.documents import revision_html
from portal.web.letters import quote_letter

log = structlog.get_logger()

IDLE_S = 0.15
BEAT_S = 5
PERIODIC = {
    "mail": timedelta(seconds=1),
    "expiry": timedelta(minutes=10),
    "floor": timedelta(minutes=15),  # what is late by the clock alone is seen after so long at the latest
    "sweep": timedelta(minutes=30),
    **planner.PERIODIC,
    **printing.PERIODIC,
    **till.PERIODIC,
}
ORPHAN_AGE = timedelta(hours=1)


@dataclass(frozen=True)
class Workshop:
    """Everything a job needs from outside."""

    engine: Engine
    files: Files
    mailer: Mailer
    printer: Printer
    reader: Reader
    sender: str
    base_url: str
    reply_to: str = ""  # empty: the shop's own address
    bounces_to: str = ""
    pause: Path | None = None  # while this file is there, no mail leaves
    timezone: str = "UTC"  # of the shop
    counter: till.Counter | None = None  # where Stripe is configured


def now() -> datetime:
    return datetime.now(UTC)


def make_quote_document(shop: Workshop, job_id: int, revision_id: str) -> str:
    """The PDF of a revision, and the letter that carries it."""
    with db.reading(shop.engine) as session:
        revision = session.get_one(QuoteRevision, int(revision_id))
        if revision.document:
            return ""
        html = revision_html(revision, shop.files, current_shop(session), base_url=shop.base_url)
    received = shop.files.put(shop.printer.print(html))
    with db.writing(shop.engine) as session:
        revision = session.get_one(QuoteRevision, int(revision_id))
        act = incoming.act_of(job_id)
        if session.get(StoredFile, received.sha256) is None:
            session.add(StoredFile(sha256=received.sha256, bytes=received.bytes, created_at=act.at))
            session.flush()
        session.add(QuoteDocument(revision=revision, sha256=received.sha256, created_at=act.at))
        record(session, act, "quote.printed", revision.quote.reference, sha256=received.sha256)
        _send_quote(session, revision, shop, sha256=received.sha256, act=act)
    return ""


def _send_quote(session: Session, revision: QuoteRevision, shop: Workshop, *, sha256: str, act: Act) -> None:
    """The first budget and every firm revision go to the customer; changes in between are sales' own."""
    if revision.number > 1 and not revision.is_firm:
        return
    quote = revision.quote
    if quote.order and quote.made_from:
        return  # ordered when it was made: its confirmation says all of it
    name, board = f"{quote.reference}-{revision.number}.pdf", quote.design.top_thumbnail
    shown = {"name": "board.png", "media_type": "image/png", "sha256": board or "", "shown_as": "board"}
    outbox.post(
        session,
        quote_letter(revision, base_url=shop.base_url),
        key=f"quote:{quote.reference}:{revision.number}",
        recipient=quote.requested_by.email,
        at=now(),
        attachments=(
            *([shown] if board else []),
            {"name": name, "media_type": "application/pdf", "sha256": sha256},
        ),
    )
    if revision.is_firm:
        quotes.mark_sent(session, quote, act)


# Each returns a notice for staff, or nothing.
HANDLERS: dict[str, Callable[[Workshop, int, str], str]] = {
    "quote-document": make_quote_document,
    "promise-letter": lambda shop, _, change: following.send_promise(shop.engine, change, shop.base_url, at=now()),
    "follow-floor": lambda shop, *_: following.follow(shop.engine, shop.timezone, at=now()),
    **incoming.HANDLERS,
    **planner.HANDLERS,
    **printing.HANDLERS,
    **trying.HANDLERS,
}


def send_mail(shop: Workshop) -> int:
    """Send what is due, each letter by itself; how many were tried."""
    if shop.pause and shop.pause.exists():
        return 0
    with db.reading(shop.engine) as session:
        due = [mail.id for mail in outbox.due_mail(session, now())]
    for mail_id in due:
        try:
            _send(shop, mail_id)
        except Exception as fault:
            log.exception("letter failed", mail=mail_id)  # one letter's fault must not keep the others waiting
            _note_letter(shop, mail_id, MailDelayed(f"our fault: {fault}"))
    return len(due)


def _send(shop: Workshop, mail_id: int) -> None:
    with db.writing(shop.engine) as session:
        mail = outbox.claim(session, mail_id, now())
        letter = mail and outbox.letter_of(mail, shop.files, _house(shop, session))
    if letter:
        _note_letter(shop, mail_id, outbox.attempt(shop.mailer, letter))


def _house(shop: Workshop, session: Session) -> outbox.House:
    """Answers go to the shop's people unless the settings name another address; nobody reads the portal's own."""
    return outbox.House(shop.sender, shop.reply_to or current_shop(session).company.email, shop.bounces_to)


def _note_letter(shop: Workshop, mail_id: int, said: MailDelayed | MailRefused | None) -> None:
    with db.writing(shop.engine) as session:
        mail = session.get_one(OutboxMail, mail_id)
        outbox.note(mail, said, now())
        if isinstance(said, MailRefused) and said.is_address:
            bounces.mark_dead(session, mail.recipient, str(said), Act("worker", now(), f"letter {mail_id}"))


def expire_quotes(shop: Workshop) -> None:
    with db.writing(shop.engine) as session:
        at = now()
        today = local(at, shop.timezone).date()
        quotes.expire_quotes(session, Act(actor="worker", at=at, request_id="expiry"), today=today)
        sweep_attempts(session, at)


def sweep_files(shop: Workshop) -> None:
    """Remove what a kill left behind: parts of uploads, and whole files that no row came to name."""
    shop.files.sweep(time.time() - ORPHAN_AGE.total_seconds())
    with db.writing(shop.engine) as session:  # an upload names its file under this lock, and renews its age before
        known = set(session.scalars(sa.select(StoredFile.sha256)))
        for name in set(shop.files.names()) - known:
            if shop.files.age(name, now()) > ORPHAN_AGE:
                shop.files.discard(name)


CHORES: dict[str, Callable[[Workshop], Any]] = {
    "mail": send_mail,
    "expiry": expire_quotes,
    "floor": lambda shop: following.follow(shop.engine, shop.timezone, at=now()),
    "sweep": sweep_files,
    **planner.CHORES,
    **printing.CHORES,
    **till.CHORES,
}


def run_one(shop: Workshop) -> bool:
    """Lease and run the next job; False when there was none."""
    with db.reading(shop.engine) as session:
        if not queue.is_waiting(session, now()):
            return False
    with db.writing(shop.engine) as session:
        job = queue.lease_next(session, now())
        leased = (job.id, job.kind, job.subject) if job else None
    if leased is None:
        return False
    job_id, kind, subject = leased
    try:
        with beating(shop, job_id):
            notice = HANDLERS[kind](shop, job_id, subject)
    except Exception:  # noqa: BLE001 - the one broad except: a job's fault must reach the staff's list, not end the worker
        _note_fault(shop, job_id, traceback.format_exc())
        return True
    with db.writing(shop.engine) as session:
        queue.finish(session.get_one(Job, job_id), now(), notice=notice)
    return True


@contextmanager
def beating(shop: Workshop, job_id: int) -> Iterator[None]:
    """Extend the lease while the job runs, so that only a dead worker's job is taken up again."""
    done = threading.Event()

    def beat() -> None:
        while not done.wait(BEAT_S):
            with db.writing(shop.engine) as session:
                session.get_one(Job, job_id).lease_until = now() + queue.LEASE

    heart = threading.Thread(target=beat, daemon=True)
    heart.start()
    try:
        yield
    finally:
        done.set()
        heart.join()


def _note_fault(shop: Workshop, job_id: int, error: str) -> None:
    log.error("job failed", job=job_id, error=error)
    with db.writing(shop.engine) as session:
        queue.retry_later(session.get_one(Job, job_id), now(), error=error)


def run_until(shop: Workshop, stop: threading.Event) -> None:
    """The worker's loop: jobs first, chores when they are due, a short nap when there is nothing."""
    due = dict.fromkeys(CHORES, now())
    while not stop.is_set():
        ran = run_one(shop)
        for name, chore in CHORES.items():
            if now() >= due[name]:
                _do_chore(shop, name, chore)
                due[name] = now() + PERIODIC[name]
        if not ran:
            stop.wait(IDLE_S)


def _do_chore(shop: Workshop, name: str, chore: Callable[[Workshop], Any]) -> None:
    try:
        chore(shop)
    except Exception:
        log.exception("chore failed", chore=name)


def run_worker(shop: Workshop) -> None:
    """Run until SIGTERM or SIGINT; the job in hand is finished first."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    run_until(shop, stop)


def run_all(shop: Workshop, *, most: int = 100) -> int:
    """Everything that waits, now: for the tests."""
    count = 0
    while count < most and run_one(shop):
        count += 1
    send_mail(shop)
    return count
