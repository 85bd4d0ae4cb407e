"""Goods-in: the open kits, the parts to be bought, and for one order what was ordered and what came."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import flash, g, redirect, render_template, request, url_for

from portal.models.orders import Order
from portal.planning.goods import Kit, KitPart, PartPlan, PartState
from portal.services.goods import (
    Arrived,
    Ordered,
    PartKey,
    kits_of,
    note_arrival,
    order_part,
    procurement,
    waiting_orders,
)
from portal.services.orders import find_order
from portal.web.access import FLOOR, SALES, act, requires
from portal.web.forms.goods import ArrivedForm, OrderedForm
from portal.web.offers import desk, shop_clock
from portal.web.sales.panel import bp

FAR = date.max


@dataclass(frozen=True, slots=True)
class KitRow:
    """One open kit, and how many kinds of part of it are where."""

    order: Order
    kit: Kit
    states: tuple[PartState, ...]

    @classmethod
    def of(cls, order: Order, kit: Kit, today: date) -> "KitRow":
        return cls(order, kit, tuple(part.state(today, kit.needed_on) for part in kit.parts))

    @property
    def counts(self) -> dict[PartState, int]:
        return {state: self.states.count(state) for state in PartState if state in self.states}

    @property
    def parts(self) -> list[tuple[KitPart, PartState]]:
        return list(zip(self.kit.parts, self.states, strict=True))


@dataclass(frozen=True, slots=True)
class ToBuy:
    """A part that is short, and the last day on which to order it; `is_late`: that day has passed."""

    plan: PartPlan
    by: date
    is_late: bool


@bp.get("/goods")
@requires(FLOOR)
def goods() -> str:
    shows_parts = request.args.get("show") == "parts"
    today = shop_clock().date()
    return render_template(
        "sales/goods/index.html",
        rows=[] if shows_parts else open_kits(today),
        plans=to_buy() if shows_parts else [],
        shows_parts=shows_parts,
        tabs=[
            ("Kits", url_for("sales.goods"), not shows_parts),
            ("To buy", url_for("sales.goods", show="parts"), shows_parts),
        ],
    )


def to_buy() -> list[ToBuy]:
    at_desk = desk()
    today, calendar = at_desk.local_now.date(), at_desk.shop.schedule.calendar
    short = [plan for plan in procurement(g.session, at_desk) if plan.short]
    days = [plan.to_order[0].order_by for plan in short]
    return [ToBuy(plan, calendar.add_days(today, day), day < 0) for plan, day in zip(short, days, strict=True)]


def open_kits(today: date) -> list[KitRow]:
    """The one that is needed first on top; whole ones stay until their work begins."""
    rows = [
        KitRow.of(order, kit, today)
        for order in waiting_orders(g.session)
        for kit in kits_of(order).values()
        if kit.parts
    ]
    return sorted(rows, key=lambda row: (row.kit.needed_on or FAR, row.kit.name))


@dataclass
class GoodsPage:
    """`sent` names the form that came with this request."""

    order: Order
    sent: str = ""

    def __post_init__(self) -> None:
        self.kits = kits_of(self.order)
        ordered, arrived = (request.form if self.sent == name else None for name in ("ordered", "arrived"))
        self.ordered = OrderedForm(prefix="ordered", formdata=ordered)
        self.arrived = ArrivedForm(prefix="arrived", formdata=arrived)
        self.keys = {
            f"{release or 0}:{number}": PartKey(release, part.name, part.supplier)
            for release, kit in self.kits.items()
            for number, part in enumerate(kit.parts)
        }
        names = [(value, self.name(key)) for value, key in self.keys.items()]
        self.arrived.part.choices = names
        self.ordered.part.choices = [(value, name) for value, name in names if self.keys[value].supplier]

    @staticmethod
    def name(key: PartKey) -> str:
        release = f"Release {key.release}: " if key.release else ""
        return f"{release}{key.part}, {key.supplier or 'from the customer'}"

    def shown(self, said: str = "") -> str:
        today = shop_clock().date()
        for field in (self.ordered.on, self.arrived.on):
            field.data = field.data or today
        return render_template(
            "sales/goods/show.html",
            page=self,
            order=self.order,
            rows=[KitRow.of(self.order, kit, today) for kit in self.kits.values()],
            may_order=bool(g.viewer.user.roles & SALES),
            said=said,
        )

    def done(self, sentence: str) -> Any:
        flash(sentence, "done")
        return redirect(url_for("sales.goods_of", reference=self.order.reference))


@bp.get("/orders/<reference>/goods")
@requires(FLOOR)
def goods_of(reference: str) -> str:
    return GoodsPage(find_order(g.session, reference, g.viewer)).shown()


@bp.post("/orders/<reference>/goods/orders")
@requires(SALES)
def order_part_now(reference: str) -> Any:
    page = g.page = GoodsPage(find_order(g.session, reference, g.viewer), "ordered")
    form = page.ordered
    if not form.validate():
        return page.shown(), 422
    what = Ordered(page.keys[form.part.data], int(form.quantity.data), form.on.data, form.expected_on.data)
    made = order_part(g.session, page.order, what, today=shop_clock().date(), act=act())
    return page.done(f"{made.quantity:,} of {made.part} are noted as ordered.")


@bp.post("/orders/<reference>/goods/arrivals")
@requires(FLOOR)
def note_arrival_now(reference: str) -> Any:
    page = g.page = GoodsPage(find_order(g.session, reference, g.viewer), "arrived")
    form = page.arrived
    if not form.validate():
        return page.shown(), 422
    what = Arrived(page.keys[form.part.data], int(form.quantity.data), form.on.data)
    came = note_arrival(g.session, page.order, what, desk=desk(), act=act(form.reason.data or ""))
    noted = "are here" if came.quantity > 0 else "are taken back"
    return page.done(f"{abs(came.quantity):,} of {came.part} {noted}.")
