"""Magic links: looking at one shows what it will do, pressing the button does it, once."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from flask import Blueprint, current_app, g, redirect, render_template, session, url_for

from portal.errors import BadInput
from portal.models.people import User, hashed
from portal.routing.options import Speed
from portal.services.accounts import LINK_LIVES, ask_for_link, open_session, usable_link, use_link
from portal.services.audit import Act
from portal.services.joining import join
from portal.services.outbox import post
from portal.services.packages import Viewer, find_design, the_design
from portal.services.quotes import keep_as_quote
from portal.services.shop import current_shop
from portal.services.snapshot import options_of
from portal.web.access import act, home_of, now, open_to_everybody, put_login_cookie
from portal.web.letters import render_words
from portal.web.offers import offer_to_keep

bp = Blueprint("links", __name__)

Intent = Mapping[str, Any]


@bp.get("/links/sent")
@open_to_everybody
def sent() -> str:
    return render_template("links/sent.html", email=session.get("asked", ""))


@bp.get("/links/<secret>")
@open_to_everybody
def show(secret: str) -> Any:
    link = usable_link(g.session, secret, now())
    if link is None:
        return render_template("links/gone.html"), 410
    return render_template("links/show.html", link=link, secret=secret, speeds=tuple(Speed))


@bp.post("/links/<secret>")
@open_to_everybody
def use(secret: str) -> Any:
    link = usable_link(g.session, secret, now())
    if link is None:
        return render_template("links/gone.html"), 410
    user = use_link(g.session, link, act())
    if user.is_staff:
        raise BadInput("Staff sign in with their password. Please use the sign-in page.")
    theirs = replace(act(), actor=user.email)
    signed_in = open_session(g.session, user, theirs)
    where = DEEDS[link.intent["for"]](link.intent, user, theirs)
    return put_login_cookie(redirect(where), signed_in)


def keep_quote(intent: Intent, user: User, theirs: Act) -> str:
    """Freeze what was chosen at today's prices; who asked for the link could see the design, and so can its user."""
    kept = find_design(g.session, intent["design"], Viewer(user=user, visitor_hash=intent["visitor"]))
    offered = offer_to_keep(the_design(kept), options_of(intent["options"]), intent["quantities"])
    quote = keep_as_quote(g.session, kept, offered, user=user, act=theirs)
    return url_for("quotes.show", reference=quote.reference)


def join_company(intent: Intent, user: User, theirs: Act) -> str:
    join(g.session, user, int(intent["invitation"]), theirs)
    return url_for("quotes.index")


def go_home(_intent: Intent, user: User, _theirs: Act) -> str:
    return home_of(user)


DEEDS: Mapping[str, Callable[[Intent, User, Act], str]] = {
    "keep-quote": keep_quote,
    "join": join_company,
    "sign-in": go_home,
}


def send_link(email: str, intent: Intent) -> Any:
    """Post the letter with the link, and say where to look for it."""
    asked = act()
    secret = ask_for_link(g.session, email=email, intent=dict(intent), act=asked)
    base_url = current_app.extensions["settings"].base_url.rstrip("/")
    words = render_words(
        "link",
        company=current_shop(g.session).company,
        intent=intent,
        address=base_url + url_for("links.show", secret=secret),
        hours=int(LINK_LIVES.total_seconds()) // 3600,
    )
    post(g.session, words, key=f"link:{hashed(secret)}", recipient=email, at=asked.at)
    session["asked"] = email
    return redirect(url_for("links.sent"))
