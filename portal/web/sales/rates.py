"""The rate card: its versions, two of them compared, and an editor that shows the effect before anything is saved."""

import re
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from flask import Response, current_app, flash, g, redirect, render_template, request, url_for
from sqlalchemy.orm import Session

from portal.costing.cards import RateCard, read_rate_card
from portal.costing.compared import Difference, differences
from portal.errors import RatesRefused
from portal.models.quotes import Quote
from portal.models.trials import RateTrial
from portal.services.rates import Effect, Prices, drafted, rate_version, rate_versions, save_rates, summed
from portal.services.shop import current_shop
from portal.services.trials import effects_of, find_trial, try_card
from portal.web.access import SALES, act, requires
from portal.web.forms.rates import RatesForm
from portal.web.live import Event, stream
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
    """What the draft would change: nothing is saved but the draft itself, for the worker to try it."""
    page = g.page = Editor(RatesForm())
    form = page.form
    if not form.validate():
        return page.shown(), 422
    trial = try_card(
        g.session, form.text.data, reason=form.reason.data, based_on=int(form.based_on.data), act=act("tried")
    )
    return redirect(url_for("sales.rate_trial", number=trial.id))


@bp.get("/rates/trials/<int:number>")
@requires(SALES)
def rate_trial(number: int) -> str:
    """The editor with a draft that is being tried, or was."""
    trial = find_trial(g.session, number)
    form = RatesForm(formdata=None, text=trial.text, reason=trial.reason, based_on=str(trial.based_on))
    page = g.page = Editor(form)
    changed = differences(current_shop(g.session).basis.card, drafted(g.session, trial.text))
    page.tried = Tried(changed, trial, effects_of(g.session, trial), addresses_of(trial))
    return page.shown()


def addresses_of(trial: RateTrial) -> dict[str, str]:
    """By the reference of each quote that a draft is tried on: a stream outlives the request that could make them."""
    references = g.session.scalars(sa.select(Quote.reference).where(Quote.id.in_(trial.quotes)))
    return {reference: url_for("sales.quote", reference=reference) for reference in references}


@bp.get("/rates/trials/<int:number>/events")
@requires(SALES)
def rate_trial_events(number: int) -> Response:
    """Quote by quote, until the draft was tried on all of them."""
    addresses = addresses_of(find_trial(g.session, number))
    fragment = current_app.jinja_env.get_template("sales/rates/_quotes.html")
    currency = current_shop(g.session).currency

    def version(session: Session) -> int:
        return len(session.get_one(RateTrial, number).effects)

    def render(session: Session) -> Event:
        trial = session.get_one(RateTrial, number)
        html = fragment.render(tried=Tried((), trial, effects_of(session, trial), addresses), currency=currency)
        return Event(html, name="last" if trial.is_done else "update")

    return stream(version, render)


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
    """What a draft changes, and what it would do to the last quotes, as far as it has been tried on them."""

    differences: tuple[Difference, ...]
    trial: RateTrial
    effects: list[Effect]
    addresses: dict[str, str]

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
