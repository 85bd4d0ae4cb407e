"""One's own account: where one is signed in, the second factor, tokens for programs, which letters come."""

from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from flask import Blueprint, flash, g, redirect, render_template, request, url_for

from portal.models.factors import Passkey
from portal.services.accounts import open_sessions, sign_out_elsewhere
from portal.services.audit import record
from portal.services.factors import factors_of, left_codes
from portal.services.tokens import make_token, open_tokens, revoke_token
from portal.web.access import act, needs_factor, now, requires
from portal.web.factors import house
from portal.web.forms.factors import TokenForm
from portal.web.letters import optional_letters

bp = Blueprint("account", __name__)

# How browsers name themselves; each is asked for before those that it pretends to be.
BROWSERS = (("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)


@bp.get("/account")
@requires()
def show() -> str:
    return account_page(TokenForm(formdata=None))


@bp.post("/account/sessions/<int:number>/end")
@requires()
def end_session(number: int) -> Any:
    sign_out_elsewhere(g.session, g.viewer.user, act(), number=number)
    return redirect(url_for("account.show"))


@bp.post("/account/sessions/end-others")
@requires()
def end_others() -> Any:
    ended = sign_out_elsewhere(g.session, g.viewer.user, act(), but=g.login.id)
    flash(f"Signed out in {ended} other places." if ended else "You are signed in nowhere else.", "done")
    return redirect(url_for("account.show"))


@bp.post("/account/letters")
@requires()
def letters() -> Any:
    wanted = set(request.form.getlist("letter"))
    g.viewer.user.muted = sorted(set(optional_letters(g.viewer.user)) - wanted)
    record(g.session, act(), "letters.chosen", g.viewer.user.email, muted=g.viewer.user.muted)
    flash("We shall write as you said.", "done")
    return redirect(url_for("account.show"))


@bp.post("/account/tokens")
@requires()
def new_token() -> Any:
    form = TokenForm()
    if not form.validate_on_submit():
        return account_page(form), 422
    lives = timedelta(days=int(form.days.data))
    made = make_token(g.session, g.viewer.user, name=form.name.data, scope=form.scope.data, lives=lives, act=act())
    return render_template("account/token.html", made=made)


@bp.post("/account/tokens/<int:number>/revoke")
@requires()
def end_token(number: int) -> Any:
    revoke_token(g.session, g.viewer.user, number, act())
    return redirect(url_for("account.show"))


def account_page(token_form: TokenForm) -> str:
    user = g.viewer.user
    keys = sa.select(Passkey).where(Passkey.user_id == user.id).order_by(Passkey.id)
    return render_template(
        "account/show.html",
        user=user,
        this=g.login,
        logins=[(login, browser_name(login.browser)) for login in open_sessions(g.session, user, now())],
        has=factors_of(g.session, user),
        is_required=needs_factor(user),
        passkeys=g.session.scalars(keys).all(),
        takes_passkeys=house().takes_passkeys,
        left=left_codes(g.session, user),
        tokens=open_tokens(g.session, user, now()),
        token_form=token_form,
        letters=optional_letters(user),
    )


def browser_name(said: str) -> str:
    """“Firefox on Windows”, from what the browser says of itself."""
    browser = next((name for mark, name in BROWSERS if mark in said), "A browser or program")
    system = next((name for mark, name in SYSTEMS if mark in said), "")
    return f"{browser} on {system}" if system else browser
