"""The worker prints what orders lack: confirmations, invoices, travellers, packing lists, certificates."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Protocol

import sqlalchemy as sa
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from portal import db
from portal.gateways.files import Files
from portal.gateways.pdf import Printer
from portal.models.invoices import Invoice
from portal.models.papers import Paper
from portal.services import outbox, queue
from portal.services.audit import Act
from portal.services.invoices import facts_of_invoice
from portal.services.papers import PaperKind, Wanted, keep_paper, wanted_papers
from portal.services.shop import current_shop
from portal.web.money_letters import invoice_letter
from portal.web.papers import manuscript


class Shop(Protocol):
    """The workshop, as far as paper is concerned."""

    @property
    def engine(self) -> Engine: ...
    @property
    def files(self) -> Files: ...
    @property
    def printer(self) -> Printer: ...
    @property
    def base_url(self) -> str: ...


def ask_for_papers(shop: Shop) -> int:
    """A job for everything that is missing: one that cannot be printed keeps nobody waiting, and staff see it."""
    with db.reading(shop.engine) as session:
        if not wanted_papers(session):
            return 0
    with db.writing(shop.engine) as session:
        wanted, at = wanted_papers(session), datetime.now(UTC)
        for paper in wanted:
            queue.enqueue(session, "paper", paper.subject_of_job, key=paper.key_of_job, at=at)
    return len(wanted)


def print_paper(shop: Shop, _job: int, subject: str) -> str:
    """No transaction is open while the child prints: that takes a second."""
    wanted = Wanted.of_job(subject)
    with db.reading(shop.engine) as session:
        text = manuscript(session, wanted, current_shop(session), base_url=shop.base_url)
    received = shop.files.put(shop.printer.print(text.html, xml=text.xml))
    with db.writing(shop.engine) as session:
        act = Act(actor="worker", at=datetime.now(UTC), request_id=wanted.key_of_job)
        paper = keep_paper(session, wanted, received, act)
        if paper and wanted.kind is PaperKind.INVOICE:
            _send(session, shop, paper, at=act.at)
    return ""


def _send(session: Session, shop: Shop, paper: Paper, *, at: datetime) -> None:
    """To whom the invoice is addressed."""
    invoice = session.scalars(sa.select(Invoice).where(Invoice.number == paper.subject)).one()
    attached = {"name": f"{paper.subject}.pdf", "media_type": "application/pdf", "sha256": paper.sha256}
    outbox.post(
        session,
        invoice_letter(invoice, base_url=shop.base_url),
        key=f"invoice:{invoice.number}",
        recipient=facts_of_invoice(invoice).buyer.email,
        at=at,
        attachments=(attached,),
    )


PERIODIC = {"papers": timedelta(seconds=5)}
CHORES: dict[str, Callable[[Shop], int]] = {"papers": ask_for_papers}
HANDLERS: dict[str, Callable[[Shop, int, str], str]] = {"paper": print_paper}
