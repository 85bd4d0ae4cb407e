"""Signing in: a link by e-mail for customers, a password for staff."""

from typing import Any

from flask import Blueprint, g, redirect, render_template, request, url_for

from portal.models.people import User
from portal.services.accounts import change_password, sign_in, sign_out
from portal.services.limits import count, refuse_beyond
from portal.web.access import act, drop_login_cookie, home_of, open_to_everybody, requires, sign_this_browser_in
from portal.web.forms.keep import EmailForm
from portal.web.forms.sessions import NewPasswordForm, PasswordForm
from portal.web.links import send_link

bp = Blueprint("sessions", __name__)


@bp.get("/sessions/new")
@open_to_everybody
def new() -> Any:
    if g.viewer.user:
        return redirect(home_of(g.viewer.user))
    return sign_in_page(EmailForm(), PasswordForm())


@bp.post("/sessions/link")
@open_to_everybody
def link() -> Any:
    form = EmailForm()
    if not form.validate_on_submit():
        return sign_in_page(form, PasswordForm(formdata=None)), 422
    refuse_beyond(g.session, "link from", request.remote_addr or "", act().at)
    count(g.session, "link from", request.remote_addr or "", act().at)
    return send_link(form.email.data, {"for": "sign-in"})


@bp.post("/sessions")
@open_to_everybody
def create() -> Any:
    form = PasswordForm()
    if not form.validate_on_submit():
        return sign_in_page(EmailForm(formdata=None), form), 422
    user = is_right(form.email.data, form.password.data)
    if user is None:
        form.password.errors = ["Address or password is wrong. Please try again, or ask an administrator."]
        return sign_in_page(EmailForm(formdata=None), form), 422
    return sign_this_browser_in(redirect(home_of(user)), user)


@bp.post("/sessions/end")
@requires()
def end() -> Any:
    sign_out(g.session, g.login, act())
    return drop_login_cookie(redirect(url_for("pages.home")))


@bp.get("/sessions/password")
@requires()
def password() -> str:
    return render_template("sessions/password.html", form=password_form())


@bp.post("/sessions/password")
@requires()
def set_password() -> Any:
    """Every session ends with the old password, this one too; so a new one is opened."""
    form, user = password_form(), g.viewer.user
    if not form.validate_on_submit():
        return render_template("sessions/password.html", form=form), 422
    if user.password_hash and is_right(user.email, form.current.data) is None:
        form.current.errors = ["This is not the password so far. Please try again."]
        return render_template("sessions/password.html", form=form), 422
    change_password(g.session, user, password=form.password.data, act=act())
    return sign_this_browser_in(redirect(home_of(user)), user, proven_at=g.login.proven_at)


def password_form() -> NewPasswordForm:
    """Whoever has none yet is asked for none: a customer who came by a link."""
    form = NewPasswordForm()
    if g.viewer.user.password_hash is None:
        del form.current
    return form


def is_right(email: str, password: str) -> User | None:
    """Whose password this is; a wrong one is counted although the request is refused."""
    user = sign_in(g.session, email=email, password=password, origin=request.remote_addr or "", act=act())
    g.keeps_refusal = user is None
    return user


def sign_in_page(email: EmailForm, staff: PasswordForm) -> str:
    return render_template("sessions/new.html", email=email, staff=staff)
