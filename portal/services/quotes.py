"""A quote from a design to a firm offer: each change is a new frozen revision with its reason."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.errors import BadInput, NotYours
from portal.models.base import reference
from portal.models.files import DesignRecord
from portal.models.people import User
from portal.models.quotes import Quote, QuoteRevision
from portal.production.lifecycle import Commercial
from portal.routing.options import BuildOptions
from portal.services.audit import Act, record
from portal.services.packages import Viewer
from portal.services.queue import enqueue
from portal.services.snapshot import PricedCell, cell_value, missing, options_value

VALID_DAYS = 30


@dataclass(frozen=True, slots=True)
class Offered:
    """What was priced for a customer: options, cells, and the versions of the shop's data behind them."""

    options: BuildOptions
    cells: tuple[PricedCell, ...]
    currency: str
    shop_versions: dict[str, str]  # part -> SHA-256
    releases: Sequence[dict[str, Any]] = ()  # of a call-off plan, which is one cell


def find_quote(session: Session, ref: str, viewer: Viewer) -> Quote:
    """The quote, if this viewer may see it: staff, or the company it was made for."""
    quote = session.scalars(sa.select(Quote).where(Quote.reference == ref)).first()
    is_own = quote and viewer.user and quote.company_id == viewer.user.company.id
    if quote is None or not (viewer.is_staff or is_own):
        raise NotYours("quote")
    return quote


def content(revision: QuoteRevision) -> dict[str, Any]:
    """The frozen snapshot of a revision."""
    return json.loads(revision.snapshot_text)


def keep_as_quote(session: Session, kept: DesignRecord, offered: Offered, *, user: User, act: Act) -> Quote:
    """Freeze what the customer saw as a budget quote; the design becomes their company's."""
    if kept.package.company_id is None:
        kept.package.company_id = user.company.id
    quote = Quote(
        reference=reference("Q"),
        company=user.company,
        requested_by=user,
        design=kept,
        state=Commercial.DRAFT,
        created_at=act.at,
    )
    session.add(quote)
    session.flush()
    _freeze(session, quote, first_snapshot(quote, offered), is_firm=False, act=act.because("kept by the customer"))
    _move(session, quote, Commercial.BUDGET, act)
    return quote


def first_snapshot(quote: Quote, offered: Offered) -> dict[str, Any]:
    package = quote.design.package
    return {
        "quote": quote.reference,
        "customer": {"company": quote.company.name, "email": quote.requested_by.email},
        "design": {
            "reference": quote.design.reference,
            "name": quote.design.name,
            "files": [{"name": f.name, "sha256": f.sha256, "bytes": f.stored.bytes} for f in package.files],
        },
        "options": options_value(offered.options),
        "currency": offered.currency,
        "shop_versions": offered.shop_versions,
        "cells": [
            cell_value(cell) | ({"releases": list(offered.releases)} if offered.releases else {})
            for cell in offered.cells
        ],
    }


def revise_quote(session: Session, quote: Quote, snapshot: dict[str, Any], act: Act) -> QuoteRevision:
    """A change by sales, with its reason: a new revision of a quote that is not firm yet."""
    if not act.reason.strip():
        raise BadInput("A change of a quote needs a reason. Please write one sentence.")
    if quote.state is not Commercial.BUDGET:
        raise BadInput(f"This quote is {quote.state} and cannot be changed. Please make a new one.")
    return _freeze(session, quote, snapshot, is_firm=False, act=act)


def make_firm(session: Session, quote: Quote, act: Act, *, today: date) -> QuoteRevision:
    """Sales stands by it: binding until its date, and sent to the customer with its PDF."""
    snapshot = content(quote.current)
    if wanting := missing(snapshot):
        raise BadInput(f"This quote cannot be firm yet. {'; '.join(wanting)}. Please add what is missing.")
    quote.valid_until = today + timedelta(days=VALID_DAYS)
    firm = {**snapshot, "valid_until": quote.valid_until.isoformat()}
    revision = _freeze(session, quote, firm, is_firm=True, act=act.because(act.reason or "reviewed by sales"))
    _move(session, quote, Commercial.FIRM, act)
    return revision


def decline_quote(session: Session, quote: Quote, act: Act) -> None:
    _move(session, quote, Commercial.DECLINED, act)


def expire_quotes(session: Session, act: Act, *, today: date) -> list[Quote]:
    """Every open quote whose date has passed."""
    open_states = (Commercial.BUDGET, Commercial.FIRM)
    query = sa.select(Quote).where(Quote.state.in_(open_states), Quote.valid_until < today).with_for_update()
    late = list(session.scalars(query))
    for quote in late:
        _move(session, quote, Commercial.EXPIRED, act.because("its date has passed"))
    return late


def _move(session: Session, quote: Quote, to: Commercial, act: Act) -> None:
    was = quote.state
    quote.become(to)
    record(session, act, "quote.moved", quote.reference, was=was.value, to=to.value)


def _freeze(session: Session, quote: Quote, snapshot: dict[str, Any], *, is_firm: bool, act: Act) -> QuoteRevision:
    """A new revision with its hash; its PDF and the letter with it are made by a job."""
    number = len(quote.revisions) + 1
    revision = QuoteRevision.of(
        {**snapshot, "revision": number, "is_firm": is_firm},
        quote=quote,
        number=number,
        is_firm=is_firm,
        reason=act.reason,
        created_by=act.actor,
        created_at=act.at,
    )
    session.add(revision)
    session.flush()
    record(session, act, "quote.frozen", quote.reference, revision=number, sha256=revision.sha256)
    enqueue(session, "quote-document", str(revision.id), key=f"quote-document:{revision.id}", at=act.at)
    return revision
