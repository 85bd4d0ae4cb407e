"""The visible outbox of a demonstration: letters that a real shop would send. Absent anywhere else."""

from typing import Any

import sqlalchemy as sa
from flask import Blueprint, abort, current_app, g, render_template

from portal.models.work import OutboxMail
from portal.web.access import open_to_everybody
from portal.web.lists import page_of

bp = Blueprint("outbox", __name__)


@bp.before_request
def only_in_a_demonstration() -> None:
    if not current_app.extensions["settings"].is_demo:
        abort(404)


@bp.get("/outbox")
@open_to_everybody
def index() -> str:
    return render_template(
        "outbox/index.html", page=page_of(sa.select(OutboxMail).order_by(OutboxMail.id.desc()), "letters")
    )


@bp.get("/outbox/<int:number>")
@open_to_everybody
def show(number: int) -> Any:
    return render_template("outbox/show.html", mail=g.session.get(OutboxMail, number) or abort(404))
