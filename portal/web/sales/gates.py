"""A gate that staff see passed: the customer's parts are in, alternates are approved."""

from typing import Any

from flask import g, request

from portal.errors import BadInput
from portal.planning.gates import Gate
from portal.services.gates import BY_STAFF, pass_gate
from portal.web.access import SALES, act, requires
from portal.web.offers import desk
from portal.web.sales.orders import OrderPage
from portal.web.sales.panel import bp


@bp.post("/orders/<reference>/gates")
@requires(SALES)
def pass_gate_now(reference: str) -> Any:
    page = g.page = OrderPage.of(reference)
    gate = next((gate for gate in BY_STAFF if gate == request.form.get("gate")), None)
    if gate is None:
        raise BadInput("There is no such gate to pass here. Reload the page.")
    pass_gate(g.session, page.order, Gate(gate), desk=desk(), act=act("seen by sales"))
    return page.done(f"Noted: {gate}. If the clock starts later than promised, the customer is told the new day.")
