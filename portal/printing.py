"""The worker prints what orders lack: confirmations, invoices, travellers, packing lists, certificates."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Protocol

import structlog
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from portal import db
from portal.gateways.files import Files
from portal.gateways.pdf import Printer, PrinterFailed
from portal.models.papers import Paper
from portal.services import outbox
from portal.services.audit import Act
from portal.services.papers import PaperKind, Wanted, keep_paper, wanted_papers
from portal.services.shop import current_shop
from portal.web.letters import invoice_letter
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
    """An invoice goes to whom it is addressed to, or else to who asked for the boards."""
    order = paper.order
    billing = order.company.billing
    recipient = (billing.email if billing else "") or order.quote.requested_by.email
    name = f"{paper.subject}.pdf"
    outbox.post(
        session,
        invoice_letter(order, paper.subject, base_url=shop.base_url),
        key=f"invoice:{paper.subject}",
        recipient=recipient,
        at=at,
        attachments=({"name": name, "media_type": "application/pdf", "sha256": paper.sha256},),
    )


PERIODIC = {"papers": timedelta(seconds=5)}
CHORES: dict[str, Callable[[Shop], int]] = {"papers": print_papers}
