"""A customer's company: its name, its people, who is invited, and its data, to take along or to have erased."""

from collections.abc import Iterator
from typing import Any

from flask import Blueprint, Response, current_app, flash, g, redirect, render_template, request, url_for

from portal.db import reading
from portal.models.people import Company, Role
from portal.services import joining
from portal.services.erasing import ask_for_erasure, withdraw_erasure
from portal.services.outbox import post
from portal.services.shop import current_shop
from portal.services.taking_along import as_zip
from portal.web.access import CUSTOMERS, act, now, requires
from portal.web.forms.company import ROLES, InviteForm, NameForm
from portal.web.letters import render_words

bp = Blueprint("company", __name__)


@bp.get("/company")
@requires(CUSTOMERS)
def show() -> str:
    return company_page(InviteForm(formdata=None), NameForm(formdata=None, name=ours().name))


@bp.post("/company/name")
@requires(Role.BUYER)
def name() -> Any:
    form = NameForm()
    if not form.validate_on_submit():
        return company_page(InviteForm(formdata=None), form), 422
    joining.rename(g.session, ours(), form.name.data.strip(), act())
    return redirect(url_for("company.show"))


@bp.post("/company/invitations")
@requires(Role.BUYER)
def invite() -> Any:
    form = InviteForm()
    if not form.validate_on_submit():
        return company_page(form, NameForm(formdata=None, name=ours().name)), 422
    invited = joining.invite(g.session, ours(), email=form.email.data, role=Role(form.role.data), act=act())
    base_url = current_app.extensions["settings"].base_url.rstrip("/")
    words = render_words(
        "invitation",
        company=current_shop(g.session).company,
        invitation=invited.invitation,
        address=base_url + url_for("links.show", secret=invited.secret),
    )
    key = f"invitation:{invited.invitation.id}"
    post(g.session, words, key=key, recipient=invited.invitation.email, at=act().at)
    flash(f"We have written to {invited.invitation.email}.", "done")
    return redirect(url_for("company.show"))


@bp.post("/company/invitations/<int:number>/withdraw")
@requires(Role.BUYER)
def withdraw(number: int) -> Any:
    joining.withdraw(g.session, ours(), number, act())
    return redirect(url_for("company.show"))


@bp.post("/company/people/<int:number>/role")
@requires(Role.BUYER)
def set_role(number: int) -> Any:
    said = request.form.get("role", "")
    role = Role(said) if said in set(Role) else Role.ADMIN  # what is no role is refused like one of the house
    joining.set_role(g.session, ours(), number, role=role, act=act())
    return redirect(url_for("company.show"))


@bp.post("/company/people/<int:number>/remove")
@requires(Role.BUYER)
def remove(number: int) -> Any:
    joining.remove(g.session, ours(), number, act())
    return redirect(url_for("company.show"))


@bp.get("/company/data.zip")
@requires(Role.BUYER)
def data() -> Response:
    """Written while it is sent; the session stays open for as long as that takes."""
    company, files = ours().id, current_app.extensions["files"]
    engine = current_app.extensions["engine"]

    def pieces() -> Iterator[bytes]:
        with reading(engine) as session:
            yield from as_zip(session, session.get_one(Company, company), files)

    named = {"Content-Disposition": "attachment; filename=our-data.zip"}
    return Response(pieces(), mimetype="application/zip", headers=named)


@bp.post("/company/erasure")
@requires(Role.BUYER)
def ask_erasure() -> Any:
    ask_for_erasure(g.session, ours(), act())
    flash("We have your wish, and shall do it or write to you within 30 days.", "done")
    return redirect(url_for("company.show"))


@bp.post("/company/erasure/withdraw")
@requires(Role.BUYER)
def keep_data() -> Any:
    withdraw_erasure(g.session, ours(), act())
    return redirect(url_for("company.show"))


def ours() -> Company:
    return g.viewer.user.company


def company_page(invite_form: InviteForm, name_form: NameForm) -> str:
    return render_template(
        "company/show.html",
        ours=ours(),
        people=joining.people_of(g.session, ours()),
        invitations=joining.open_invitations(g.session, ours(), now()),
        may_change=Role.BUYER in g.viewer.user.roles,
        roles=ROLES,
        invite_form=invite_form,
        name_form=name_form,
        erasure=ours().erasure_asked_at,
    )
