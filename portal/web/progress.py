"""The public progress of an order: no account, and no prices, people or files."""

from flask import Blueprint, Response, g, render_template

from portal.services.orders import find_progress
from portal.web.access import open_to_everybody
from portal.web.orders import follow, standing

bp = Blueprint("progress", __name__)


@bp.get("/progress/<token>")
@open_to_everybody
def show(token: str) -> str:
    order = find_progress(g.session, token)
    return render_template("progress/show.html", order=order, token=token, **standing(order))


@bp.get("/progress/<token>/events")
@open_to_everybody
def events(token: str) -> Response:
    return follow(find_progress(g.session, token).id, "progress/_live.html")
