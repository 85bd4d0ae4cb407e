"""Documents of an order on paper: one design, the figures of the pages. The worker prints them without a request."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Self

import sqlalchemy as sa
from flask import Blueprint, Response, current_app, g
from markupsafe import Markup
from sqlalchemy.orm import Session

from portal.board.design import BomLine
from portal.gateways.einvoice import invoice_xml
from portal.models.invoices import Invoice
from portal.models.orders import Lot, Order
from portal.production.invoice import InvoiceKind
from portal.services.floor import lot_progress
from portal.services.invoices import buyer_of, facts_of_invoice, seller_of
from portal.services.orders import find_order
from portal.services.packages import the_design
from portal.services.papers import PaperKind, Wanted, find_paper
from portal.services.quotes import content
from portal.services.shop import ShopData
from portal.services.snapshot import options_of, promise_of, sheet_of
from portal.web.access import requires
from portal.web.annex import Body
from portal.web.documents import code_of, styles
from portal.web.letters import stationery

bp = Blueprint("papers", __name__)

TITLES = {
    PaperKind.CONFIRMATION: "Order confirmation",
    PaperKind.PRO_FORMA: "Pro forma invoice",
    PaperKind.INVOICE: "Invoice",
    PaperKind.TRAVELLER: "Traveller",
    PaperKind.PACKING_LIST: "Packing list",
    PaperKind.CERTIFICATE: "Certificate of conformance",
}


@dataclass(frozen=True, slots=True)
class Manuscript:
    """What goes to the printer: HTML, and for an invoice the XML that goes inside."""

    html: str
    xml: bytes | None = None


@dataclass(frozen=True, slots=True)
class LotPart:
    """A fitted line of the BOM on the traveller: what it is called, how many a board and how many the lot take."""

    name: str
    designators: tuple[str, ...]
    on_a_board: int
    in_the_lot: int

    @classmethod
    def of(cls, line: BomLine, boards: int) -> Self:
        count = len(line.designators)
        return cls(line.mpn or line.value or line.description, line.designators, count, count * boards)


@bp.get("/orders/<reference>/papers/<kind>/<subject>.pdf")
@requires()
def show(reference: str, kind: str, subject: str) -> Response:
    order = find_order(g.session, reference, g.viewer)
    paper = find_paper(order, kind, subject, is_staff=g.viewer.is_staff)
    pdf = current_app.extensions["files"].read(paper.sha256)
    named = {"Content-Disposition": f'inline; filename="{kind}-{subject}.pdf"'}
    return Response(pdf, mimetype="application/pdf", headers=named)


def manuscript(session: Session, wanted: Wanted, shop: ShopData, *, base_url: str) -> Manuscript:
    """The document as text, ready for the printer."""
    order = session.get_one(Order, wanted.order_id)
    address = f"{base_url.rstrip('/')}/orders/{order.reference}"
    context = CONTEXTS[wanted.kind](session, wanted, order)
    title = context.pop("title", TITLES[wanted.kind])
    template = stationery().get_template(f"documents/{wanted.kind.value}.html")
    html = template.render(
        company=shop.company,
        seller=seller_of(shop),
        buyer=buyer_of(order.company.billing) if order.company.billing else None,
        order=order,
        title=title,
        subject=wanted.subject,
        address=address,
        code=code_of(address),
        styles=Markup(styles()),  # noqa: S704 - our own style sheets, nobody's data
        **context,
    )
    return Manuscript(html, context.get("xml"))


def _confirmation(_session: Session, _wanted: Wanted, order: Order) -> dict[str, Any]:
    snapshot, sheet = content(order.revision), sheet_of(order.cell)
    return {
        "sheet": sheet,
        "body": Body.of(sheet),
        "promise": promise_of(order.cell["promise"]),
        "options": options_of(snapshot["options"]),
        "snapshot": snapshot,
    }


def _pro_forma(_session: Session, _wanted: Wanted, order: Order) -> dict[str, Any]:
    return {"plan": order.plan, "sheet": sheet_of(order.cell)}


def _invoice(session: Session, wanted: Wanted, _order: Order) -> dict[str, Any]:
    facts = facts_of_invoice(session.scalars(sa.select(Invoice).where(Invoice.number == wanted.subject)).one())
    title = "Credit note" if facts.kind is InvoiceKind.CREDIT_NOTE else "Invoice"
    return {"facts": facts, "title": title, "xml": invoice_xml(facts)}


def _lot(session: Session, wanted: Wanted, _order: Order) -> dict[str, Any]:
    lot = session.scalars(sa.select(Lot).where(Lot.reference == wanted.subject)).one()
    return {"lot": lot, "progress": lot_progress(lot)}


def _traveller(session: Session, wanted: Wanted, order: Order) -> dict[str, Any]:
    facts, lines = _lot(session, wanted, order), the_design(order.quote.design).fitted_lines
    parts = [LotPart.of(line, facts["lot"].boards) for line in lines]
    return {**facts, "parts": parts, "snapshot": content(order.revision)}


def _certificate(session: Session, wanted: Wanted, order: Order) -> dict[str, Any]:
    return {**_lot(session, wanted, order), "snapshot": content(order.revision)}


CONTEXTS: Mapping[PaperKind, Callable[[Session, Wanted, Order], dict[str, Any]]] = {
    PaperKind.CONFIRMATION: _confirmation,
    PaperKind.PRO_FORMA: _pro_forma,
    PaperKind.INVOICE: _invoice,
    PaperKind.TRAVELLER: _traveller,
    PaperKind.PACKING_LIST: _lot,
    PaperKind.CERTIFICATE: _certificate,
}
