"""Sales move the promise of an order: never without a reason, which the customer is told."""

from typing import Any

from flask import g

from portal.errors import BadInput
from portal.services.actuals import move_promise
from portal.web.access import SALES, act, requires
from portal.web.offers import shop_clock
from portal.web.sales.orders import OrderPage
from portal.web.sales.panel import bp


@bp.post("/orders/<reference>/dates")
@requires(SALES)
def move_date(reference: str) -> Any:
    page = g.page = OrderPage.of(reference, sent="move")
    form = page.forms["move"]
    if not form.validate():
        return page.shown(), 422
    if form.day.data < shop_clock().date():
        raise BadInput("This day has passed. Please give a day on which the boards can still leave.")
    change = move_promise(g.session, page.order, form.day.data, because=form.reason.data.rstrip("."), act=act())
    return page.done(f"The promise is {change.now} now, and the customer is told why.")
