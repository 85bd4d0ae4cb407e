"""What all pages of the staff share: the blueprint of sales, the links of the header, and how a refusal is shown."""

from typing import Any, Protocol

from flask import Blueprint, g, request, url_for

from portal.errors import NotYours, PortalError
from portal.web.access import FLOOR, SALES
from portal.web.failures import answer

bp = Blueprint("sales", __name__, url_prefix="/sales")

PER_PAGE = 25

NAV = (
    ("Quotes", "sales.quotes", SALES),
    ("Orders", "sales.orders", SALES),
    ("Credit", "sales.credit", SALES),
    ("Stripe", "sales.reconciliation", SALES),
    ("Floor", "floor.lots", FLOOR),
    ("Goods in", "sales.goods", FLOOR),
    ("Capacity", "sales.capacity", FLOOR),
    ("Promises", "sales.promises", FLOOR),
    ("Outbox", "sales.outbox", SALES),
    ("Jobs", "sales.jobs", SALES),
    ("Shop", "sales.shop", SALES),
)


class StaffPage(Protocol):
    """A page with forms on it. A route that writes puts it into `g.page` before it calls its verb."""

    def shown(self, said: str = "") -> str: ...


def staff_frame() -> dict[str, Any]:
    """(label, address, is it this page or one below it) of what this member of staff can use."""
    roles = g.viewer.user.roles if g.viewer.user else frozenset()
    links = ((label, url_for(endpoint)) for label, endpoint, allowed in NAV if roles & allowed)
    return {"panel": [(label, href, request.path.startswith(href)) for label, href in links]}


def show_again(error: PortalError) -> Any:
    """A form that a rule of the shop refuses comes back on its own page, filled in, with the sentence."""
    page: StaffPage | None = g.get("page")
    if page is None or isinstance(error, NotYours):
        return answer(error.status, error.sentence)
    g.session.rollback()
    return page.shown(error.sentence), error.status


def wire(room: Blueprint) -> None:
    room.context_processor(staff_frame)
    room.register_error_handler(PortalError, show_again)


wire(bp)
