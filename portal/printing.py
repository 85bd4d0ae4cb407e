"""The worker prints what orders lack: confirmations, invoices, travellers, packing lists, certificates."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Protocol

import sqlalchemy as sa
import structlog
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from portal import db
from portal.gateways.files import Files
from portal.gateways.pdf import Printer, PrinterFailed
from portal.models.invoices import Invoice
from portal.models.papers import Paper
from portal.services import outbox
from portal.services.audit import Act
from portal.services.invoices import facts_of_invoice
from portal.services.papers import PaperKind, Wanted, keep_paper, wanted_papers
from portal.services.shop import current_shop
from portal.web.money_letters import invoice_letter
from portal.web.papers import manuscript

log = structlog.get_logger()


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


def print_papers(shop: Shop) -> int:
    """Everything that is missing, each paper by itself: one that cannot be printed does not keep the others waiting."""
    with db.reading(shop.engine) as session:
        wanted = wanted_papers(session)
    return sum(_print(shop, paper) for paper in wanted)


def _print(shop: Shop, wanted: Wanted) -> bool:
    """No transaction is open while the child prints: that takes a second."""
    with db.reading(shop.engine) as session:
        text = manuscript(session, wanted, current_shop(session), base_url=shop.base_url)
    try:
        pdf = shop.printer.print(text.html, xml=text.xml)
    except PrinterFailed as fault:
        log.error("paper not printed", kind=wanted.kind, of=wanted.subject, fault=str(fault))  # noqa: TRY400 - the child has told all
        return False
    received = shop.files.put(pdf)
    with db.writing(shop.engine) as session:
        act = Act(actor="worker", at=datetime.now(UTC), request_id=f"paper {wanted.kind} {wanted.subject}")
        paper = keep_paper(session, wanted, received, act)
        if paper and wanted.kind is PaperKind.INVOICE:
            _send(session, shop, paper, at=act.at)
    return True


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
CHORES: dict[str, Callable[[Shop], int]] = {"papers": print_papers}
