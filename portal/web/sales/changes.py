"""What sales enter, applied to a snapshot: one line for each chosen cell, or a date."""

from datetime import date
from decimal import Decimal
from typing import Any

from portal.costing.discounts import Discount
from portal.costing.lines import CostGroup, CostLine
from portal.currencies import smallest
from portal.errors import BadInput
from portal.services.snapshot import with_date, with_line
from portal.web.forms.sales import BOARD, PER_CENT, DateForm, DiscountForm, LineForm

Value = dict[str, Any]


def with_sales_line(snapshot: Value, form: LineForm) -> Value:
    """The line in every chosen cell; counted for each board it grows with the cell's boards."""
    for index in form.cells.data:
        line = cost_line(form, boards=snapshot["cells"][index]["quantity"], currency=snapshot["currency"])
        snapshot = with_line(snapshot, line, cells=(index,), settles=form.settles.data)
    return snapshot


def cost_line(form: LineForm, *, boards: int, currency: str) -> CostLine:
    each, because = Decimal(form.quantity.data), form.reason.data
    is_each = form.per.data == BOARD
    return CostLine(
        group=CostGroup.ADJUSTMENT,
        label=form.label.data,
        quantity=each * boards if is_each else each,
        unit=form.unit.data,
        rate=Decimal(form.rate.data),
        because=f"{because} ({each.normalize():f} for each of {boards:,})" if is_each else because,
        coin=smallest(currency),
    )


def asked_discount(form: DiscountForm) -> Discount:
    return Discount(
        label=form.label.data,
        reason=form.reason.data,
        figure=Decimal(form.figure.data),
        is_per_cent=form.kind.data == PER_CENT,
        of=CostGroup(form.of.data) if form.of.data else None,
    )


def with_sales_date(snapshot: Value, form: DateForm, *, today: date) -> Value:
    """The date in every chosen cell, said to be entered by sales."""
    if form.day.data < today:
        raise BadInput("This day has passed. Please give a day on which the boards can still leave.")
    return with_date(snapshot, form.day.data, cells=form.cells.data, because=form.reason.data)
