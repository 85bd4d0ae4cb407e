"""Letters: a text and an HTML body from templates/letters, with addresses that work outside of this browser.

The worker writes letters, too, so nothing here needs a request or an application.
"""

from functools import cache
from pathlib import Path
from typing import Any

import css_inline
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from sqlalchemy.orm import object_session

from portal.models.orders import Order
from portal.models.people import User
from portal.models.plans import PromiseChange
from portal.models.quotes import QuoteRevision
from portal.services.notes import note_of
from portal.services.outbox import Words
from portal.services.quotes import content
from portal.services.second_person import DECIDING, DECISION_WAITS
from portal.services.shop import current_shop
from portal.services.snapshot import sheet_of
from portal.web.filters import install

MOVED_PROMISE = "moved-promise"
# Kinds of letters that a person may do without; all others belong to what the person has done.
OPTIONAL_LETTERS = {
    MOVED_PROMISE: "When the promised date of an order moves",
}
OF_THE_HOUSE = {
    DECISION_WAITS: "When a change of a quote, a refund or terms wait for a second person",
}


def optional_letters(user: User) -> dict[str, str]:
    """By kind, what this person may choose."""
    return {**OPTIONAL_LETTERS, **(OF_THE_HOUSE if user.roles & set(DECIDING) else {})}


TEMPLATES = Path(__file__).resolve().parents[2] / "templates"


def render_words(name: str, **context: Any) -> Words:
    """The letter of this name. Its text begins with the subject and an empty line; `company` is always needed."""
    subject, _, text = stationery().get_template(f"letters/{name}.txt").render(context).partition("\n\n")
    html = stationery().get_template(f"letters/{name}.html").render(context, subject=subject)
    return Words(subject=" ".join(subject.split()), text=text.strip() + "\n", html=inliner().inline(html))


@cache
def stationery() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), undefined=StrictUndefined, autoescape=select_autoescape(), trim_blocks=True
    )
    install(environment)
    return environment


@cache
def inliner() -> css_inline.CSSInliner:
    """Mail programs drop style sheets, so every element carries its own."""
    css = (TEMPLATES / "letters" / "letter.css").read_text("utf-8")
    return css_inline.CSSInliner(extra_css=css, load_remote_stylesheets=False)


def quote_letter(revision: QuoteRevision, *, base_url: str) -> Words:
    """The quote is in the attachment; the letter says what it is and where it can be answered."""
    quote, snapshot = revision.quote, content(revision)
    return render_words(
        "quote",
        company=current_shop(object_session(revision)).company,
        quote=quote,
        revision=revision,
        note=note_of(snapshot),
        sheets=[sheet_of(cell) for cell in snapshot["cells"]],
        currency=snapshot["currency"],
        address=f"{base_url.rstrip('/')}/quotes/{quote.reference}",
    )


def order_letter(order: Order, *, base_url: str) -> Words:
    here = base_url.rstrip("/")
    return render_words(
        "order",
        company=current_shop(object_session(order)).company,
        order=order,
        address=f"{here}/orders/{order.reference}",
        progress=f"{here}/progress/{order.progress_token}",
    )


def cancelled_letter(order: Order, *, base_url: str) -> Words:
    """What stays to be paid of an order that is not built, and why."""
    return render_words(
        "cancelled",
        company=current_shop(object_session(order)).company,
        order=order,
        gone=order.cancellation,
        address=f"{base_url.rstrip('/')}/orders/{order.reference}",
    )


def promise_letter(change: PromiseChange, *, base_url: str) -> Words:
    """The old day, the new one, and why."""
    order, days = change.order, (change.now - change.was).days
    release = next((one for one in order.releases if one.number == change.release), None)
    return render_words(
        "promise",
        company=current_shop(object_session(change)).company,
        order=order,
        boards=release.boards if release else order.boards,
        change=change,
        days=abs(days),
        direction="later" if days > 0 else "earlier",
        address=f"{base_url.rstrip('/')}/orders/{order.reference}",
    )
