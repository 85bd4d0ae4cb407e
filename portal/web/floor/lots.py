"""The floor: what is to be built, and one lot with the reports that its operations can take now."""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from sqlalchemy.orm import contains_eager, defer, joinedload, selectinload

from portal.models.base import token
from portal.models.files import DesignRecord
from portal.models.orders import FloorRecord, Lot, Order
from portal.models.quotes import Quote
from portal.production.floor import FloorKind
from portal.production.instalments import left_to_ship
from portal.services.floor import Report, event_of, find_lot, record_floor
from portal.services.ledger import standings_of
from portal.web.access import FLOOR, act, requires
from portal.web.floor.standing import standing_of
from portal.web.forms.floor import ReportForm
from portal.web.lists import page_of
from portal.web.offers import shop_clock
from portal.web.sales.panel import PER_PAGE, wire

bp = Blueprint("floor", __name__, url_prefix="/floor")
wire(bp)

SAID = {
    FloorKind.STARTED: "{label} has started.",
    FloorKind.COUNTED: "{label}: {good} good, {failed} failed, {scrapped} scrapped are counted.",
    FloorKind.REWORKED: "{label}: {good} mended, {scrapped} scrapped.",
    FloorKind.CORRECTED: "{label}: {good} good, {failed} failed, {scrapped} scrapped are taken back.",
    FloorKind.FINISHED: "{label} is finished.",
}
ANOTHER = "This form had been sent before with other figures, which stand. Nothing was added; report again below."


@bp.get("/")
@requires(FLOOR)
def lots() -> str:
    shows_done = request.args.get("show") == "done"
    page = page_of(lots_of(shows_done=shows_done), "lots", per_page=PER_PAGE)
    return render_template(
        "floor/index.html",
        page=page,
        standings=[standing_of(lot) for lot in page.items],
        tabs=[
            ("To build", url_for("floor.lots"), not shows_done),
            ("Done", url_for("floor.lots", show="done"), shows_done),
        ],
        today=shop_clock().date(),
    )


def lots_of(*, shows_done: bool) -> sa.Select[Any]:
    """Lots with everything that their cards say: the first that is due on top, or the last that was done."""
    finished = sa.select(sa.func.count()).where(
        FloorRecord.lot_id == Lot.id, FloorRecord.kind == FloorKind.FINISHED.value
    )
    is_done = finished.scalar_subquery() == operations_of_a_lot()
    return (
        sa.select(Lot)
        .join(Lot.order)
        .where(is_done if shows_done else ~is_done)
        .options(
            contains_eager(Lot.order).options(
                defer(Order.cell),
                joinedload(Order.quote).joinedload(Quote.design).load_only(DesignRecord.name),
                selectinload(Order.holds),
            ),
            selectinload(Lot.events),
        )
        .order_by(Order.promised_on.desc() if shows_done else Order.promised_on, Order.id, Lot.number)
    )


def operations_of_a_lot() -> sa.ColumnElement[int]:
    """How many operations a lot has: its routing is JSON in a text column, which PostgreSQL wants to be told."""
    is_sqlite = g.session.get_bind().dialect.name == "sqlite"
    return sa.func.json_array_length(Lot.operations if is_sqlite else sa.cast(Lot.operations, sa.JSON))


@dataclass
class LotPage:
    lot: Lot

    def shown(self, said: str = "") -> str:
        """Every form gets a key of its own each time that it is drawn."""
        order = self.lot.order
        return render_template(
            "floor/show.html",
            lot=self.lot,
            order=order,
            standing=standing_of(self.lot),
            left_to_ship=left_to_ship(standings_of(order)),
            reports=[event_of(record) for record in reversed(self.lot.events)],
            new_key=token,
            said=said,
            today=shop_clock().date(),
        )


@bp.get("/lots/<reference>")
@requires(FLOOR)
def lot(reference: str) -> str:
    return LotPage(find_lot(g.session, reference)).shown()


@bp.post("/lots/<reference>/reports")
@requires(FLOOR)
def report(reference: str) -> Any:
    page = g.page = LotPage(find_lot(g.session, reference))
    form = ReportForm()
    if not form.validate():
        return page.shown(" ".join(form.faults)), 422
    said = said_by(form)
    kept = record_floor(g.session, page.lot, said, act())
    is_same = said == Report(
        kept.key, kept.operation, FloorKind(kept.kind), good=kept.good, failed=kept.failed, scrapped=kept.scrapped
    )
    flash(*((sentence(page.lot, said), "done") if is_same else (ANOTHER, "ask")))
    return redirect(url_for("floor.lot", reference=reference))


def said_by(form: ReportForm) -> Report:
    return Report(
        key=form.key.data,
        operation=int(form.operation.data),
        kind=FloorKind(form.kind.data),
        good=int(form.good.data),
        failed=int(form.failed.data),
        scrapped=int(form.scrapped.data),
    )


def sentence(lot: Lot, said: Report) -> str:
    label = lot.operations[said.operation]["label"]
    return SAID[said.kind].format(label=label, good=said.good, failed=said.failed, scrapped=said.scrapped)
