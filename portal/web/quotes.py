"""Quotes of the customer: kept, read with every line and reason, accepted or declined."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import sqlalchemy as sa
from flask import Blueprint, Response, current_app, g, redirect, render_template, request, url_for
from sqlalchemy.orm import Session, joinedload

from portal.db import reading
from portal.errors import BadInput, ChangedSince, DateMoved, NotYours
from portal.models.orders import Order
from portal.models.people import Role
from portal.models.quotes import Quote, QuoteRevision
from portal.production.lifecycle import Commercial
from portal.services.discounts import key_of
from portal.services.notes import note_of
from portal.services.orders import Acceptance, accept_quote
from portal.services.outbox import Words
from portal.services.planning import HOLDABLE, Dated, confirm, inquire
from portal.services.quotes import content, decline_quote, find_quote, keep_as_quote
from portal.services.reasons import changes_of
from portal.services.release_changes import book_releases
from portal.services.snapshot import options_of, options_value, sheet_of
from portal.web.access import act, open_to_everybody, requires
from portal.web.advice import as_told
from portal.web.anew import refuse_moved
from portal.web.exports import download
from portal.web.forms.choice import query_of
from portal.web.forms.keep import EmailForm
from portal.web.forms.quotes import AcceptanceForm, DeclineForm
from portal.web.letters import order_letter
from portal.web.links import send_link
from portal.web.lists import page_of
from portal.web.live import Event, stream
from portal.web.matrix import Matrix, matrix
from portal.web.offers import desk, shop_clock
from portal.web.prices import can_keep, choosing_for, price_page, wants_part
from portal.web.quote_words import standing_in_words

bp = Blueprint("quotes", __name__)


@bp.post("/designs/<reference>/quotes")
@open_to_everybody
def create(reference: str) -> Any:
    choosing, email = choosing_for(reference), EmailForm()
    if can_keep() == "not":
        raise BadInput("Staff keep no quotes. Please ask the customer to keep it from their own page.")
    if not choosing.form.validate() or (can_keep() == "by letter" and not email.validate()):
        return price_page(choosing, email)
    if can_keep() == "at once":
        quote = keep_as_quote(g.session, choosing.kept, choosing.to_keep, user=g.viewer.user, act=act())
        return redirect(url_for("quotes.show", reference=quote.reference))
    intent = {
        "for": "keep-quote",
        "design": reference,
        "visitor": g.viewer.visitor_hash,
        "options": options_value(choosing.form.options),
        "quantities": list(choosing.form.chosen_quantities),
    }
    return send_link(email.email.data, intent)


@bp.get("/quotes")
@requires()
def index() -> str:
    mine = sa.select(Quote).where(Quote.company_id == g.viewer.user.company.id)
    page = page_of(mine.options(joinedload(Quote.design)).order_by(Quote.created_at.desc(), Quote.id), "quotes")
    return render_template("quotes/index.html", page=page)


@bp.get("/quotes/<reference>")
@requires()
def show(reference: str) -> Any:
    return quote_page(find_quote(g.session, reference, g.viewer), AcceptanceForm(), DeclineForm())


def quote_page(quote: Quote, acceptance: AcceptanceForm, decline: DeclineForm) -> Any:
    """The whole page, or only the chosen cell where htmx asks for it."""
    snapshot = content(quote.current)
    shown = frozen_matrix(quote, snapshot)
    name = "quotes/_cell.html" if wants_part() else "quotes/show.html"
    html = render_template(
        name,
        quote=quote,
        matrix=shown,
        dated=dated(quote, snapshot["cells"][shown.selected_index]),
        options=options_of(snapshot["options"]),
        as_asked=as_asked(quote, snapshot),
        told=as_told(snapshot),
        changes=standing_in_words(quote),
        note=note_of(snapshot),
        acceptance=acceptance,
        decline=decline,
        has_run_out=quote.state is Commercial.EXPIRED or (quote.is_binding and quote.has_expired(shop_clock().date())),
        can_decide=quote.is_binding and not quote.has_expired(shop_clock().date()),
        is_buyer=Role.BUYER in g.viewer.user.roles,
        shown=standing(quote),
        pdf=pdf_url(quote),
    )
    return html, 422 if acceptance.errors or decline.errors else 200


def dated(quote: Quote, cell: dict[str, Any]) -> Dated | None:
    """What becomes of the chosen cell's date if it is ordered now, while it can be."""
    return inquire(g.session, quote, cell, desk()) if quote.state in HOLDABLE else None


def as_asked(quote: Quote, snapshot: dict[str, Any]) -> str:
    """The price page with the same choice: what it costs today, what would cost less."""
    quantities = tuple(dict.fromkeys(cell["quantity"] for cell in snapshot["cells"]))
    query = query_of(options_of(snapshot["options"]), quantities)
    return url_for("prices.show", reference=quote.design.reference, **query, cell=request.args.get("cell", ""))


def frozen_matrix(quote: Quote, snapshot: dict[str, Any]) -> Matrix:
    def address(cell: str) -> str:
        return url_for("quotes.show", reference=quote.reference, cell=cell)

    frozen = matrix(snapshot["cells"], snapshot["currency"], chosen=request.args.get("cell", ""), href=address)
    return replace(frozen, changes=changes_of(snapshot))


def standing(quote: Quote) -> str:
    """What a page of this quote rests on; when it changes the page is another one."""
    state = Commercial.FIRM if quote.is_binding else quote.state  # that its letter has left changes nothing on a page
    return f"{state}-{quote.current.number}"


def pdf_url(quote: Quote) -> str:
    return url_for("quotes.document", reference=quote.reference, revision=quote.current.number)


@bp.get("/quotes/<reference>/events")
@requires()
def events(reference: str) -> Response:
    """When the PDF is there; and when the quote itself has changed, so that nobody decides about an old one."""
    quote = find_quote(g.session, reference, g.viewer)
    number, shown, pdf = quote.id, request.args.get("shown", ""), pdf_url(quote)
    fragment = current_app.jinja_env.get_template("quotes/_document.html")

    def version(session: Session) -> tuple[object, ...]:
        quote = session.get_one(Quote, number)
        return standing(quote), quote.current.document is not None

    def render(session: Session) -> Event:
        quote = session.get_one(Quote, number)
        if standing(quote) != shown:
            return Event("", name="done")  # the same address again, with the cell that is chosen there
        return Event(fragment.render(quote=quote, pdf=pdf))

    return stream(version, render)


def revision_of(quote: Quote) -> QuoteRevision:
    """The one that the address names, or the newest."""
    number = request.args.get("revision", quote.current.number, type=int)
    revision = next((revision for revision in quote.revisions if revision.number == number), None)
    if revision is None:
        raise NotYours("revision")
    return revision


@bp.get("/quotes/<reference>/document.pdf")
@requires()
def document(reference: str) -> Any:
    quote = find_quote(g.session, reference, g.viewer)
    revision = revision_of(quote)
    if revision.document is None:
        return render_template("quotes/document_waits.html", quote=quote), 404
    pdf = current_app.extensions["files"].read(revision.document.sha256)
    name = f"{quote.reference}-{revision.number}.pdf"
    return Response(pdf, mimetype="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'})


@bp.get("/quotes/<reference>/cells/<cell>.<any(json, csv):kind>")
@requires()
def cell(reference: str, cell: str, kind: str) -> Response:
    """One cell as data: everything that is needed to compute its total again."""
    quote = find_quote(g.session, reference, g.viewer)
    revision = revision_of(quote)
    snapshot = content(revision)
    frozen = next((c for c in snapshot["cells"] if f"{c['quantity']}-{c['speed']}" == cell), None)
    if frozen is None:
        raise NotYours("cell")
    said = {"quote": quote.reference, "revision": revision.number, "sha256": revision.sha256}
    value = {**said, "currency": snapshot["currency"], **frozen}
    return download(sheet_of(frozen), value, kind=kind, name=f"{quote.reference}-{revision.number}")


@bp.post("/quotes/<reference>/acceptance")
@requires(Role.BUYER)
def accept(reference: str) -> Any:
    quote, form = find_quote(g.session, reference, g.viewer), AcceptanceForm()
    if not form.validate_on_submit():
        return quote_page(quote, form, DeclineForm(formdata=None))
    acceptance = Acceptance(int(form.cell.data), form.sha256.data, form.customer_po.data, shop_clock().date())
    look_at_prices(quote, acceptance.cell)
    book = booking(form.agreed.data)
    order = accept_quote(g.session, quote, acceptance, act=act(), letter=confirmation, book=book)
    return redirect(url_for("orders.show", reference=order.reference))


def look_at_prices(quote: Quote, index: int) -> None:
    """Pricing takes longer than ordering. It only reads, so nobody else has to wait for the write lock meanwhile."""
    ordering, number = g.session, quote.id
    ordering.rollback()
    with reading(current_app.extensions["engine"]) as looking:
        g.session = looking
        try:
            refuse_moved(looking.get_one(Quote, number), index)
        finally:
            g.session = ordering


def booking(agreed: date | None) -> Callable[[Order], None]:
    """Holds the places of an order, no later than the day that was agreed to."""

    def book(order: Order) -> None:
        there = desk()
        confirm(g.session, order, there, agreed=agreed)
        book_releases(g.session, order, there)

    return book


@bp.errorhandler(ChangedSince)
def show_difference(_changed: ChangedSince) -> Any:
    """Nothing is ordered: the customer sees what changed, line by line, and chooses."""
    g.session.rollback()
    quote = find_quote(g.session, (request.view_args or {})["reference"], g.viewer)
    cells, index = content(quote.current)["cells"], request.form.get("cell", 0, type=int)
    key = key_of(cells[index]) if 0 <= index < len(cells) else ""
    return redirect(url_for("late.show", reference=quote.reference, cell=key))


@bp.errorhandler(DateMoved)
def show_both_dates(_moved: DateMoved) -> Any:
    """Nothing is ordered yet: the page comes back with the old day and the new one, and asks again."""
    g.session.rollback()
    quote = find_quote(g.session, (request.view_args or {})["reference"], g.viewer)
    html, _ = quote_page(quote, AcceptanceForm(), DeclineForm(formdata=None))
    return html, DateMoved.status


@bp.post("/quotes/<reference>/refusal")
@requires(Role.BUYER)
def decline(reference: str) -> Any:
    quote, form = find_quote(g.session, reference, g.viewer), DeclineForm()
    if not form.validate_on_submit():
        return quote_page(quote, AcceptanceForm(formdata=None), form)
    decline_quote(g.session, quote, act(form.reason.data))
    return redirect(url_for("quotes.show", reference=reference))


def confirmation(order: Order) -> Words:
    return order_letter(order, base_url=current_app.extensions["settings"].base_url)
