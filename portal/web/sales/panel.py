"""What all pages of the staff share: the blueprint of sales, the links of the header, and how a refusal is shown."""

from typing import Any, Protocol

from flask import Blueprint, g, request, url_for

from portal.errors import NotYours, PortalError
from portal.models.people import Role
from portal.web.access import FLOOR, SALES
from portal.web.failures import answer

bp = Blueprint("sales", __name__, url_prefix="/sales")

PER_PAGE = 25

ADMIN = frozenset({Role.ADMIN})
GROUPS = {
    "Quotes": (("Quotes", "sales.quotes", SALES),),
    "Orders": (("Orders", "sales.orders", SALES),),
    "Money": (("Credit", "sales.credit", SALES), ("Stripe", "sales.reconciliation", SALES)),
    "Floor": (
        ("Lots", "floor.lots", FLOOR),
        ("Goods in", "sales.goods", FLOOR),
        ("Capacity", "sales.capacity", FLOOR),
        ("Promises", "sales.promises", FLOOR),
    ),
    "Shop": (
        ("Data in force", "sales.shop", SALES),
        ("Rate card", "sales.rates", SALES),
        ("Outbox", "sales.outbox", SALES),
        ("Jobs", "sales.jobs", SALES),
        ("Erasure", "sales.erasure", ADMIN),
    ),
}
Link = tuple[str, str, bool]  # label, address, is it this page or one below it


class StaffPage(Protocol):
    """A page with forms on it. A route that writes puts it into `g.page` before it calls its verb."""

    def shown(self, said: str = "") -> str: ...


def staff_frame() -> dict[str, list[Link]]:
    """The groups that this member of staff can use, each leading to its first page, and the pages of this one."""
    groups = {group: links for group, pages in GROUPS.items() if (links := links_of(pages))}
    here = next((group for group, links in groups.items() if any(is_here for _, _, is_here in links)), "")
    below = groups.get(here, [])
    return {
        "panel": [(group, links[0][1], group == here) for group, links in groups.items()],
        "below": below if len(below) > 1 else [],
    }


def links_of(pages: tuple[tuple[str, str, frozenset[Role]], ...]) -> list[Link]:
    roles = g.viewer.user.roles if g.viewer.user else frozenset()
    addresses = [(label, url_for(endpoint)) for label, endpoint, allowed in pages if roles & allowed]
    return [(label, address, request.path.startswith(address)) for label, address in addresses]


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
