"""What stands around every page: the shop's name, and the links of the header."""

from typing import Any

from flask import Flask, current_app, g, request, url_for

from portal.services.shop import current_shop
from portal.web.access import SALES

NAV = (("New board", "pages.home"), ("Quotes", "quotes.index"), ("Orders", "orders.index"), ("Company", "company.show"))


def init_app(app: Flask) -> None:
    app.context_processor(frame)


def frame() -> dict[str, Any]:
    settings = current_app.extensions["settings"]
    return {"company": current_shop(g.session).company, "nav": nav(), "is_demo": settings.is_demo}


def nav() -> list[tuple[str, str, bool]]:
    """(label, address, is it this page) of what this viewer can use."""
    user = g.viewer.user
    home, *lists = [(label, url_for(endpoint), request.endpoint == endpoint) for label, endpoint in NAV]
    if user is None:
        return [home]
    if user.roles & SALES:
        return [home, ("Panel", url_for("sales.quotes"), False)]
    return [home, ("Floor", url_for("floor.lots"), False)] if user.is_staff else [home, *lists]
