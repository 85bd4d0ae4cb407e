"""Signing in: a link by e-mail for customers, a password for staff."""

from typing import Any

from flask import Blueprint, g, redirect, render_template, url_for

from portal.models.people import STAFF
from portal.services.accounts import change_password, open_session, sign_in, sign_out
from portal.web.access import act, drop_login_cookie, home_of, open_to_everybody, put_login_cookie, requires
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
    return send_link(form.email.data, {"for": "sign-in"})


@bp.post("/sessions")
@open_to_everybody
def create() -> Any:
    form = PasswordForm()
    if not form.validate_on_submit():
        return sign_in_page(EmailForm(formdata=None), form), 422
    signed_in = sign_in(g.session, email=form.email.data, password=form.password.data, act=act())
    if signed_in is None:
        form.password.errors = ["Address or password is wrong. Please try again, or ask an administrator."]
        return sign_in_page(EmailForm(formdata=None), form), 422
    return put_login_cookie(redirect(home_of(signed_in.session.user)), signed_in)


@bp.post("/sessions/end")
@requires()
def end() -> Any:
    sign_out(g.session, g.login, act())
    return drop_login_cookie(redirect(url_for("pages.home")))


@bp.get("/sessions/password")
@requires(STAFF)
def password() -> str:
    return render_template("sessions/password.html", form=NewPasswordForm())


@bp.post("/sessions/password")
@requires(STAFF)
def set_password() -> Any:
    """Every session ends with the old password, this one too; so a new one is opened."""
    form, user = NewPasswordForm(), g.viewer.user
    if not form.validate_on_submit():
        return render_template("sessions/password.html", form=form), 422
    if sign_in(g.session, email=user.email, password=form.current.data, act=act()) is None:
        form.current.errors = ["This is not the password so far. Please try again."]
        return render_template("sessions/password.html", form=form), 422
    change_password(g.session, user, password=form.password.data, act=act())
    return put_login_cookie(redirect(home_of(user)), open_session(g.session, user, act()))


def sign_in_page(email: EmailForm, staff: PasswordForm) -> str:
    return render_template("sessions/new.html", email=email, staff=staff)
