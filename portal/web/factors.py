"""The second factor: shown at signing in, set up and taken away on the page of one's account."""

from typing import Any

import segno
from flask import Blueprint, current_app, flash, g, jsonify, redirect, render_template, request, url_for

from portal.errors import BadInput
from portal.gateways.seal import Seal
from portal.services import factors, passkeys
from portal.services.shop import current_shop
from portal.web.access import act, home_of, needs_factor, requires
from portal.web.forms.factors import CodeForm

bp = Blueprint("factors", __name__)

LONGEST_ANSWER = 16_384  # what a browser says of a passkey is about one thousand characters


@bp.get("/sessions/second")
@requires()
def show() -> Any:
    if g.login.proven_at:
        return redirect(home_of(g.viewer.user))
    return proof_page(CodeForm())


@bp.post("/sessions/second")
@requires()
def prove() -> Any:
    form = CodeForm()
    if form.validate_on_submit():
        if factors.prove_by_code(g.session, g.login, seal(), code=form.code.data, act=act()):
            return redirect(home_of(g.viewer.user))
        g.keeps_refusal = True  # the wrong code is counted
        form.code.errors = ["This code is not right, or it was used before. Please wait for the next one."]
    return proof_page(form), 422


@bp.post("/sessions/second/passkey/options")
@requires()
def ask_passkey() -> Any:
    return as_json(passkeys.ask_for_proof(g.session, g.login, house()))


@bp.post("/sessions/second/passkey")
@requires()
def prove_passkey() -> Any:
    if not passkeys.prove_by_passkey(g.session, g.login, house(), answer=answer_of_browser(), act=act()):
        raise BadInput("This passkey is not one of yours, or the question was too old. Please try again.")
    return jsonify(next=home_of(g.viewer.user))


@bp.get("/account/second-factor")
@requires()
def first() -> str:
    return set_up_page(CodeForm())


@bp.post("/account/second-factor/app")
@requires()
def begin() -> Any:
    factors.begin_app(g.session, g.viewer.user, seal(), issuer=shop_name(), act=act())
    return redirect(url_for("factors.first"))


@bp.post("/account/second-factor/app/code")
@requires()
def confirm() -> Any:
    """The codes on paper are shown in the answer itself, once; they are stored nowhere."""
    form, user = CodeForm(), g.viewer.user
    if form.validate_on_submit():
        if codes := factors.confirm_app(g.session, user, seal(), code=form.code.data, act=act()):
            factors.prove(g.session, g.login, "code", act())
            return render_template("account/recovery_codes.html", codes=codes, home=home_of(user))
        g.keeps_refusal = True
        form.code.errors = ["This code is not right. Please check the clock of your telephone, and take the next one."]
    return set_up_page(form), 422


@bp.post("/account/second-factor/app/remove")
@requires()
def remove_app() -> Any:
    factors.remove_app(g.session, g.viewer.user, act(), is_required=needs_factor(g.viewer.user))
    flash("The app gives no codes for this account any more.", "done")
    return redirect(url_for("account.show"))


@bp.post("/account/recovery-codes")
@requires()
def new_codes() -> str:
    codes = factors.new_recovery_codes(g.session, g.viewer.user, act())
    return render_template("account/recovery_codes.html", codes=codes, home=url_for("account.show"))


@bp.post("/account/passkeys/options")
@requires()
def ask_new_passkey() -> Any:
    return as_json(passkeys.ask_for_new(g.session, g.login, house()))


@bp.post("/account/passkeys")
@requires()
def add_passkey() -> Any:
    name = " ".join(request.args.get("name", "").split())[:60] or "Passkey"
    passkeys.add_passkey(g.session, g.login, house(), name=name, answer=answer_of_browser(), act=act())
    if g.login.proven_at is None:
        factors.prove(g.session, g.login, "passkey", act())
    return jsonify(next=url_for("account.show"))


@bp.post("/account/passkeys/<int:number>/remove")
@requires()
def remove_passkey(number: int) -> Any:
    user = g.viewer.user
    passkeys.remove_passkey(g.session, user, number, act(), is_required=needs_factor(user))
    return redirect(url_for("account.show"))


def proof_page(form: CodeForm) -> str:
    has = factors.factors_of(g.session, g.viewer.user)
    return render_template("account/proof.html", form=form, has=has)


def set_up_page(form: CodeForm) -> str:
    user = g.viewer.user
    app = factors.waiting_app(g.session, user, seal(), issuer=shop_name())
    return render_template(
        "account/second_factor.html",
        form=form,
        app=app,
        picture=segno.make(app.address).svg_data_uri(scale=5, border=3, dark="#000", light="#fff") if app else None,
        has=factors.factors_of(g.session, user),
        is_required=needs_factor(user),
        takes_passkeys=house().takes_passkeys,
    )


def answer_of_browser() -> str:
    """What the browser's key has signed, as the JSON that it sent."""
    if (request.content_length or 0) > LONGEST_ANSWER:
        raise BadInput("This is not the answer of a passkey. Please try again.")
    return request.get_data(as_text=True)


def as_json(text: str) -> Any:
    return current_app.response_class(text, mimetype="application/json")


def seal() -> Seal:
    return current_app.extensions["seal"]


def house() -> passkeys.House:
    settings = current_app.extensions["settings"]
    return passkeys.House(settings.base_url, settings.host, shop_name())


def shop_name() -> str:
    return current_shop(g.session).company.name
