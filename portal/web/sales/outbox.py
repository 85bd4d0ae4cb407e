"""Letters that left, wait, or cannot be delivered; the last ones on top, because somebody must act."""

from typing import Any

import sqlalchemy as sa
from flask import g, render_template

from portal.errors import NotYours
from portal.models.work import MailState, OutboxMail
from portal.web.access import SALES, requires
from portal.web.lists import page_of
from portal.web.sales.panel import PER_PAGE, bp

SIGN_IN = "link:"  # such a letter opens its recipient's account, so its text is for the recipient alone


@bp.get("/outbox")
@requires(SALES)
def outbox() -> str:
    urgency = sa.case({MailState.DEAD: 0, MailState.WAITING: 1}, value=OutboxMail.state, else_=2)
    page = page_of(sa.select(OutboxMail).order_by(urgency, OutboxMail.id.desc()), "letters", per_page=PER_PAGE)
    return render_template("sales/outbox/index.html", page=page)


@bp.get("/outbox/<int:number>")
@requires(SALES)
def letter(number: int) -> Any:
    mail = g.session.get(OutboxMail, number)
    if mail is None:
        raise NotYours("letter")
    return render_template("sales/outbox/show.html", mail=mail, is_secret=mail.key.startswith(SIGN_IN))
