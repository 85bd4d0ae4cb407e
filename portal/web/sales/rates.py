"""The rate card: its versions, two of them compared, and an editor that shows the effect before anything is saved."""

import re
from dataclasses import dataclass
from typing import Any

from flask import flash, g, redirect, render_template, request, url_for

from portal.costing.cards import RateCard, read_rate_card
from portal.costing.compared import Difference, differences
from portal.errors import RatesRefused
from portal.services.rates import Effect, Prices, drafted, effects, rate_version, rate_versions, save_rates, summed
from portal.services.shop import current_shop
from portal.web.access import SALES, act, requires
from portal.web.forms.rates import RatesForm
from portal.web.sales.panel import bp


@bp.get("/rates")
@requires(SALES)
def rates() -> str:
    versions = rate_versions(g.session)
    return render_template("sales/rates/index.html", versions=versions)


@bp.get("/rates/comparison")
@requires(SALES)
def compare_rates() -> str:
    """Of two versions, what the second says that the first does not; where none is named, of the last two."""
    newest = rate_versions(g.session)[0].number
    asked = {"old": max(1, newest - 1), "new": newest}
    old, new = (rate_version(g.session, request.args.get(name, usual, type=int)) for name, usual in asked.items())
    found, fault = told(old.text, new.text)
    return render_template("sales/rates/comparison.html", old=old, new=new, differences=found, fault=fault)


def told(old: str, new: str) -> tuple[tuple[Difference, ...], str]:
    """A version of before may be written for a shop of before: then it is said why it cannot be read today."""
    try:
        cards: list[RateCard] = [read_rate_card(text, file="rates.toml") for text in (old, new)]
    except RatesRefused as refused:
        return (), refused.sentence
    return differences(*cards), ""


@bp.get("/rates/draft")
@requires(SALES)
def draft_rates() -> str:
    """The editor, with the version in force or with another one to go back to."""
    newest = rate_versions(g.session)[0]
    start = rate_version(g.session, request.args.get("from", newest.number, type=int))
    reason = "" if start is newest else f"back to version {start.number}"
    form = RatesForm(formdata=None, text=start.text, reason=reason, based_on=str(newest.number))
    return Editor(form).shown()


@bp.post("/rates/draft")
@requires(SALES)
def try_rates() -> Any:
    """What the draft would change: nothing is saved."""
    page = g.page = Editor(RatesForm())
    if not page.form.validate():
        return page.shown(), 422
    card = drafted(g.session, page.form.text.data)
    page.tried = Tried(differences(current_shop(g.session).basis.card, card), effects(g.session, card))
    return page.shown()


@bp.post("/rates")
@requires(SALES)
def save_version() -> Any:
    page = g.page = Editor(RatesForm())
    form = page.form
    if not form.validate():
        return page.shown(), 422
    version = save_rates(g.session, form.text.data, based_on=int(form.based_on.data), act=act(form.reason.data))
    flash(f"Version {version.number} is in force. Quotes that exist keep their prices.", "done")
    return redirect(url_for("sales.rates"))


@dataclass(frozen=True, slots=True)
class Tried:
    """What a draft changes, and what it would do to the last quotes."""

    differences: tuple[Difference, ...]
    effects: list[Effect]

    @property
    def sums(self) -> Prices:
        return summed(self.effects)


@dataclass
class Editor:
    """The page of a draft; a refusal comes back on it, with the text as it was typed."""

    form: RatesForm
    tried: Tried | None = None

    def shown(self, said: str = "") -> str:
        """Every fault of a card begins with its file's name, so that each gets a line of its own."""
        faults = [fault for fault in re.split(r"; (?=rates\.toml:)", said) if fault]
        currency = current_shop(g.session).currency
        return render_template(
            "sales/rates/draft.html", form=self.form, tried=self.tried, faults=faults, currency=currency
        )
