"""Orders before sales: holds, money, and where the boards are."""

from decimal import Decimal
from typing import Any, Self

import sqlalchemy as sa
from flask import flash, g, redirect, render_template, request, url_for
from flask_wtf import FlaskForm
from sqlalchemy.orm import defer, joinedload, selectinload

from portal.errors import Stale
from portal.models.files import DesignRecord
from portal.models.orders import Hold, Lot, Order
from portal.models.plans import OrderRelease
from portal.models.quotes import Quote
from portal.production.holds import next_number
from portal.production.instalments import left_to_ship
from portal.production.lifecycle import HoldState
from portal.production.payment import LedgerKind
from portal.services.floor import order_percent, payment_of
from portal.services.gates import shown as gates_shown
from portal.services.ledger import standings_of, still_due
from portal.services.orders import close_hold, find_order, open_hold, record_invoice, record_payment
from portal.services.snapshot import promise_of, sheet_of
from portal.web.access import SALES, act, requires
from portal.web.floor.standing import standing_of
from portal.web.forms.sales import ClosingForm, HoldForm, InvoiceForm, MoveForm, PaymentForm
from portal.web.lists import page_of
from portal.web.offers import desk, shop_clock
from portal.web.orders import progress_url, standing
from portal.web.sales.history import history
from portal.web.sales.panel import PER_PAGE, bp

IS_HELD = sa.exists().where(Hold.order_id == Order.id, Hold.state == HoldState.OPEN)


@bp.get("/orders")
@requires(SALES)
def orders() -> str:
    only_held = request.args.get("show") == "held"
    page = page_of(with_what_a_row_says(only_held=only_held), "orders", per_page=PER_PAGE)
    held = g.session.scalar(sa.select(sa.func.count()).select_from(Order).where(IS_HELD))
    return render_template(
        "sales/orders/index.html",
        page=page,
        tabs=[
            ("All", url_for("sales.orders"), not only_held),
            (f"On hold ({held:,})", url_for("sales.orders", show="held"), only_held),
        ],
        percent=order_percent,
        payment=payment_of,
        today=shop_clock().date(),
    )


def with_what_a_row_says(*, only_held: bool) -> sa.Select[Any]:
    """Orders, newest first, with their lots and ledgers fetched together, and without what only a whole page needs."""
    query = (
        sa.select(Order)
        .options(
            defer(Order.cell),
            joinedload(Order.company),
            joinedload(Order.quote).joinedload(Quote.design).load_only(DesignRecord.name),
            selectinload(Order.lots).selectinload(Lot.events),
            selectinload(Order.holds),
            selectinload(Order.ledger),
            selectinload(Order.releases).selectinload(OrderRelease.changes),
        )
        .order_by(Order.accepted_at.desc(), Order.id.desc())
    )
    return query.where(IS_HELD) if only_held else query


class OrderPage:
    """An order with its forms; `sent` names the one that came with this request."""

    def __init__(self, order: Order, sent: str = "") -> None:
        self.order = order
        kinds: dict[str, type[FlaskForm]] = {
            "invoice": InvoiceForm,
            "payment": PaymentForm,
            "hold": HoldForm,
            "move": MoveForm,
        }
        kinds |= {closing(hold.number): ClosingForm for hold in order.open_holds}
        suggested = {"amount": str(self.still_due), "number": ""}
        self.forms = {
            name: form(prefix=name, formdata=request.form if name == sent else None, data=suggested)
            for name, form in kinds.items()
        }

    @classmethod
    def of(cls, reference: str, *, sent: str = "") -> Self:
        """The page; its order is locked where something was sent."""
        order = find_order(g.session, reference, g.viewer)
        if sent:
            g.session.refresh(order, with_for_update=True)
        return cls(order, sent)

    @property
    def still_due(self) -> Decimal:
        return still_due(self.order)

    @property
    def left_to_ship(self) -> Decimal:
        return left_to_ship(standings_of(self.order))

    @property
    def is_invoiced(self) -> bool:
        return any(entry.kind is LedgerKind.INVOICED for entry in self.order.ledger)

    def shown(self, said: str = "") -> str:
        order = self.order
        self.forms["hold"].number.data = str(next_number(order.holds))
        return render_template(
            "sales/orders/show.html",
            page=self,
            order=order,
            said=said,
            sheet=sheet_of(order.cell),
            promise=promise_of(order.cell["promise"], order.cell.get("lead_sources", {})),
            progress_url=progress_url(order),
            lots=[standing_of(lot) for lot in order.lots],
            events=history(g.session, [order.reference, order.quote.reference, *(lot.reference for lot in order.lots)]),
            today=shop_clock().date(),
            **gates_shown(order, desk()),
            **standing(order),
        )

    def done(self, sentence: str) -> Any:
        flash(sentence, "done")
        return redirect(url_for("sales.order", reference=self.order.reference))


def closing(number: int) -> str:
    return f"closing-{number}"


@bp.get("/orders/<reference>")
@requires(SALES)
def order(reference: str) -> str:
    return OrderPage.of(reference).shown()


@bp.post("/orders/<reference>/invoices")
@requires(SALES)
def invoice(reference: str) -> Any:
    page = g.page = OrderPage.of(reference, sent="invoice")
    form = page.forms["invoice"]
    if not form.validate():
        return page.shown(), 422
    entry = record_invoice(g.session, page.order, number=form.number.data, act=act())
    return page.done(f"Invoice {form.number.data} over {entry.amount} {entry.currency} is entered.")


@bp.post("/orders/<reference>/payments")
@requires(SALES)
def payment(reference: str) -> Any:
    page = g.page = OrderPage.of(reference, sent="payment")
    form = page.forms["payment"]
    if not form.validate():
        return page.shown(), 422
    amount = Decimal(form.amount.data)
    entry = record_payment(g.session, page.order, amount=amount, bank_reference=form.bank_reference.data, act=act())
    return page.done(f"{entry.amount} {entry.currency} received are entered.")


@bp.post("/orders/<reference>/holds")
@requires(SALES)
def hold(reference: str) -> Any:
    page = g.page = OrderPage.of(reference, sent="hold")
    form = page.forms["hold"]
    if not form.validate():
        return page.shown(), 422
    if form.number.data != str(next_number(page.order.holds)):
        raise Stale("Another hold was opened meanwhile. Look at the holds; if yours is still missing, send it again.")
    open_hold(g.session, page.order, about=form.about.data, who_must_act=form.who_must_act.data, act=act())
    return page.done("The order is on hold: nothing new starts on the floor until it is closed.")


@bp.post("/orders/<reference>/holds/<int:number>/closing")
@requires(SALES)
def close(reference: str, number: int) -> Any:
    page = g.page = OrderPage.of(reference, sent=closing(number))
    form = page.forms.get(closing(number))
    if form and not form.validate():
        return page.shown(), 422
    close_hold(g.session, page.order, number=number, act=act(form.reason.data if form else ""))
    return page.done(f"Hold no. {number} is closed.")
