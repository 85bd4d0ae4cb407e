"""A quote from a design to a firm offer: each change is a new frozen revision with its reason."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.costing.advice import Advice
from portal.errors import BadInput, NotYours
from portal.models.base import reference
from portal.models.files import DesignRecord
from portal.models.people import User
from portal.models.proposals import Proposal, ProposalState
from portal.models.quotes import Quote, QuoteRevision
from portal.production.lifecycle import BINDING, COMMERCIAL, LEFT, Commercial, move
from portal.routing.options import BuildOptions
from portal.services.audit import Act, record
from portal.services.margins import Margins, margins_in_force
from portal.services.packages import Viewer
from portal.services.queue import enqueue
from portal.services.reasons import reasons_value
from portal.services.shop import company_in_force
from portal.services.snapshot import PricedCell, kept_cell, missing, options_value

VALID_DAYS = 30  # only where the shop says nothing of it: company.toml
OPEN = BINDING | {Commercial.BUDGET}


@dataclass(frozen=True, slots=True)
class Offered:
    """What was priced for a customer: options, cells, and the versions of the shop's data behind them."""

    options: BuildOptions
    cells: tuple[PricedCell, ...]
    currency: str
    shop_versions: dict[str, str]  # part -> SHA-256
    releases: Sequence[dict[str, Any]] = ()  # of a call-off plan, which is one cell
    advice: Sequence[Advice] = ()


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
    why = act.because(act.reason or "kept by the customer")
    freeze(session, quote, first_snapshot(quote, offered), is_firm=False, act=why)
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
            kept_cell(cell) | ({"releases": list(offered.releases)} if offered.releases else {})
            for cell in offered.cells
        ],
        **reasons_value(offered.cells, offered.advice, currency=offered.currency),
    }


def revise_quote(session: Session, quote: Quote, snapshot: dict[str, Any], act: Act) -> QuoteRevision | Proposal:
    """A change by sales, with its reason: a new revision of a quote that is not firm yet.

    Below the margin floor it is a proposal, which nobody outside the house sees before a second person agrees.
    """
    if not act.reason.strip():
        raise BadInput("A change of a quote needs a reason. Please write one sentence.")
    session.refresh(quote, with_for_update=True)
    _refuse_change(quote)
    if below := _below_floor(session, quote, snapshot):
        return _propose(session, quote, snapshot, below=below, is_firm=False, act=act)
    return freeze(session, quote, snapshot, is_firm=False, act=act)


def make_firm(session: Session, quote: Quote, act: Act, *, today: date) -> QuoteRevision | Proposal:
    """Sales stands by it: binding until its date, and sent to the customer with its PDF."""
    session.refresh(quote, with_for_update=True)
    snapshot = content(quote.current)
    if wanting := missing(snapshot):
        raise BadInput(f"This quote cannot be firm yet. {'; '.join(wanting)}. Please add what is missing.")
    _refuse_waiting(quote)
    if below := _below_floor(session, quote, snapshot):
        move(COMMERCIAL, quote.state, Commercial.FIRM)
        return _propose(session, quote, snapshot, below=below, is_firm=True, act=act)
    return bind(session, quote, snapshot, act, today=today)


def bind(session: Session, quote: Quote, snapshot: dict[str, Any], act: Act, *, today: date) -> QuoteRevision:
    """The firm revision; a quote whose place it takes cannot be ordered any more."""
    quote.valid_until = today + timedelta(days=valid_days(session))
    firm = {**snapshot, "valid_until": quote.valid_until.isoformat()}
    revision = freeze(session, quote, firm, is_firm=True, act=act.because(act.reason or "reviewed by sales"))
    _move(session, quote, Commercial.FIRM, act)
    origin = quote.made_from
    if origin and origin.takes_its_place:
        supersede(session, origin.origin, act.because(f"quote {quote.reference} took its place"))
    return revision


def valid_days(session: Session) -> int:
    """For how long the shop stands by a firm quote, counted from the day of its making."""
    company = company_in_force(session)
    return int(company.quote.valid_days.value) if company else VALID_DAYS


def supersede(session: Session, quote: Quote, act: Act) -> None:
    """Another quote stands in its place, unless it was ordered or declined already."""
    session.refresh(quote, with_for_update=True)
    if Commercial.SUPERSEDED in COMMERCIAL[quote.state]:
        _move(session, quote, Commercial.SUPERSEDED, act)


def mark_sent(session: Session, quote: Quote, act: Act) -> None:
    """Its letter with the PDF is in the outbox; a quote that was decided meanwhile stays as it is."""
    session.refresh(quote, with_for_update=True)
    if quote.state is Commercial.FIRM:
        _move(session, quote, Commercial.SENT, act.because("the letter with its PDF is on its way"))


def _refuse_change(quote: Quote) -> None:
    if quote.state is not Commercial.BUDGET:
        raise BadInput(f"This quote is {quote.state} and cannot be changed. Please make a new one.")
    _refuse_waiting(quote)


def _refuse_waiting(quote: Quote) -> None:
    if waiting := waiting_proposal(quote):
        raise BadInput(
            f"A change by {waiting.proposed_by} waits for a second person. Please approve, refuse or withdraw it first."
        )


def waiting_proposal(quote: Quote) -> Proposal | None:
    return next((one for one in quote.proposals if one.state is ProposalState.WAITING), None)


def _below_floor(session: Session, quote: Quote, snapshot: dict[str, Any]) -> Margins | None:
    """None where the margin is enough, or where a second person agreed to these very prices already."""
    margins = margins_in_force(session, snapshot)
    if margins is None or not margins.is_below or was_approved(quote, snapshot, floor=margins.floor):
        return None
    return margins


def was_approved(quote: Quote, snapshot: dict[str, Any], *, floor: Decimal) -> bool:
    """The same prices in every cell, against a floor that was no lower."""
    approved = [one for one in quote.proposals if one.state is ProposalState.APPROVED]
    return any(one.snapshot["cells"] == snapshot["cells"] and Decimal(one.floor) >= floor for one in approved)


def _propose(
    session: Session, quote: Quote, snapshot: dict[str, Any], *, below: Margins, is_firm: bool, act: Act
) -> Proposal:
    proposal = Proposal(
        quote=quote,
        follows=quote.current,
        snapshot=snapshot,
        is_firm=is_firm,
        margin=str(below.lowest.share),
        floor=str(below.floor),
        reason=act.reason or "reviewed by sales",
        state=ProposalState.WAITING,
        proposed_by=act.actor,
        proposed_at=act.at,
    )
    session.add(proposal)
    session.flush()
    record(session, act, "quote.proposed", quote.reference, margin=proposal.margin, floor=proposal.floor)
    return proposal


def decline_quote(session: Session, quote: Quote, act: Act) -> None:
    """By its customer, or withdrawn by sales: nobody orders it any more."""
    session.refresh(quote, with_for_update=True)
    _move(session, quote, Commercial.DECLINED, act)


def expire_quotes(session: Session, act: Act, *, today: date) -> list[Quote]:
    """Every open quote whose date has passed."""
    query = sa.select(Quote).where(Quote.state.in_(OPEN), Quote.valid_until < today).with_for_update()
    late = list(session.scalars(query))
    for quote in late:
        _move(session, quote, Commercial.EXPIRED, act.because("its date has passed"))
    return late


def _move(session: Session, quote: Quote, to: Commercial, act: Act) -> None:
    was = quote.state
    quote.become(to)
    waiting = waiting_proposal(quote) if to in LEFT else None
    if waiting:
        waiting.state, waiting.decided_by, waiting.decided_at = ProposalState.WITHDRAWN, act.actor, act.at
        waiting.said = f"the quote is {to}"
    record(session, act, "quote.moved", quote.reference, was=was.value, to=to.value)


def freeze(session: Session, quote: Quote, snapshot: dict[str, Any], *, is_firm: bool, act: Act) -> QuoteRevision:
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
