"""Letters that left, wait, or cannot be delivered; the last ones on top, because somebody must act."""

from typing import Any

import sqlalchemy as sa
from flask import flash, g, redirect, render_template, url_for

from portal.errors import NotYours
from portal.models.work import MailState, OutboxMail
from portal.services.bounces import confirm_address, dead_address, dead_addresses, last_letter
from portal.web.access import SALES, act, requires
from portal.web.lists import page_of
from portal.web.sales.panel import PER_PAGE, bp

SIGN_IN = "link:"  # such a letter opens its recipient's account, so its text is for the recipient alone


@bp.get("/outbox")
@requires(SALES)
def outbox() -> str:
    urgency = sa.case({MailState.DEAD: 0, MailState.WAITING: 1}, value=OutboxMail.state, else_=2)
    page = page_of(sa.select(OutboxMail).order_by(urgency, OutboxMail.id.desc()), "letters", per_page=PER_PAGE)
    dead = [(one, last_letter(g.session, one.address)) for one in dead_addresses(g.session)]
    return render_template("sales/outbox/index.html", page=page, dead=dead)


@bp.get("/outbox/<int:number>")
@requires(SALES)
def letter(number: int) -> Any:
    mail = find_letter(number)
    dead, is_secret = dead_address(g.session, mail.recipient), mail.key.startswith(SIGN_IN)
    return render_template("sales/outbox/show.html", mail=mail, dead=dead, is_secret=is_secret)


@bp.post("/outbox/<int:number>/confirmation")
@requires(SALES)
def confirm(number: int) -> Any:
    """Somebody has asked the customer, and the address of this letter takes letters again."""
    mail = find_letter(number)
    released = confirm_address(g.session, mail.recipient, act("the customer was asked"))
    flash(f"{mail.recipient} gets letters again. Kept back until now and leaving: {released}.", "done")
    return redirect(url_for("sales.letter", number=number))


def find_letter(number: int) -> OutboxMail:
    mail = g.session.get(OutboxMail, number)
    if mail is None:
        raise NotYours("letter")
    return mail
