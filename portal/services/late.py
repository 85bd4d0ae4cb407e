"""A quote that cannot be ordered as it stands: what it is today, why, and ordering it at the difference.

While it is binding only what we buy may have moved, beyond what the shop bears; once it has run out everything is
looked up anew. What sales gave stays given. Nothing changes in silence: who orders sends the hash of what was shown.
"""

import hashlib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy.orm import Session

from portal.costing.lines import CostGroup
from portal.errors import BadInput, IllegalMove, Stale
from portal.models.base import canonical
from portal.models.orders import Order
from portal.models.quotes import Quote
from portal.production.lifecycle import BINDING, Commercial
from portal.services.audit import Act
from portal.services.clones import clone_quote
from portal.services.comparing import CellMove, cell_move
from portal.services.discounts import discount_of, discounts_of, key_of, with_discount
from portal.services.margins import margins_in_force
from portal.services.orders import Acceptance, accept_quote
from portal.services.outbox import Words
from portal.services.quotes import Offered, bind, content, first_snapshot
from portal.services.snapshot import sheet_of, sheet_value

Value = dict[str, Any]
KEPT = ("cells", "note", "discounts")
BOUGHT = CostGroup.PARTS.value
STILL = BINDING | {Commercial.EXPIRED}


class Why(StrEnum):
    EXPIRED = "The quote has run out, so prices and dates are looked up anew."
    DEARER = "Parts have become dearer since, by more than we bear."
    GONE = "Parts can no longer be bought as they were quoted."
    LATER = "The date cannot be kept any more."


@dataclass(frozen=True, slots=True)
class Today:
    """One cell of a quote as it was quoted and as it is; `snapshot` has that one cell, as it would be frozen."""

    quote: Quote
    before: Value
    snapshot: Value
    move: CellMove
    why: tuple[Why, ...]
    offered: Offered  # what the portal itself priced today

    @property
    def cell(self) -> Value:
        cell: Value = self.snapshot["cells"][0]
        return cell

    @property
    def day(self) -> date | None:
        return self.move.day_after

    @property
    def sha256(self) -> str:
        """Of what was shown: the revision, and the cell as it is today."""
        shown = canonical([self.quote.reference, self.quote.current.sha256, self.cell])
        return hashlib.sha256(shown.encode()).hexdigest()


def as_it_is(quote: Quote, index: int, offered: Offered, *, today: date, borne: Decimal | None) -> Today:
    """`offered`: this one cell as it would be priced now; `borne` None: the shop bears every rise."""
    frozen, fresh = content(quote.current), first_snapshot(quote, offered)
    before, now = frozen["cells"][index], fresh["cells"][0]
    has_run_out = quote.state is Commercial.EXPIRED or quote.has_expired(today)
    settled = _names(content(quote.revisions[0])["cells"][index]) - _names(before)
    now = {**now, "unpriced": [line for line in now["unpriced"] if line["name"] not in settled]}
    if has_run_out:
        snapshot = _given_again(quote, index, {**fresh, "cells": [now]})
    else:
        lines = before["lines"] if borne is None else _bought_anew(before["lines"], now["lines"])
        cell = {**now, "lines": lines, "unpriced": [] if borne is None else now["unpriced"]}
        snapshot = {**fresh, "cells": [_summed(cell)], "discounts": discounts_of(frozen)}
    snapshot = {**snapshot, "note": frozen.get("note", "")}
    move = cell_move(before, snapshot["cells"][0])
    why = tuple(_why(move, has_run_out=has_run_out, borne=borne))
    return Today(quote, before, snapshot, move, why, offered)


def with_day(today: Today, day: date | None) -> Today:
    """The same with a later day, where the places at the machines allow none as early."""
    if day is None or today.day is None or day <= today.day:
        return today
    promise = today.cell["promise"]
    last = max(promise["p95"] or "", day.isoformat())
    cell = {**today.cell, "promise": {**promise, "p80": day.isoformat(), "p95": last}}
    move = cell_move(today.before, cell)
    why = tuple(dict.fromkeys([*today.why, *_later(move)]))
    return replace(today, snapshot={**today.snapshot, "cells": [cell]}, move=move, why=why)


def _why(move: CellMove, *, has_run_out: bool, borne: Decimal | None) -> list[Why]:
    found = [Why.EXPIRED] if has_run_out else []
    if not has_run_out and borne is not None and move.share > borne:
        found.append(Why.DEARER)
    if move.no_longer_priced:
        found.append(Why.GONE)
    return [*found, *_later(move)]


def _later(move: CellMove) -> list[Why]:
    return [Why.LATER] if move.day_after is None or (move.days or 0) > 0 else []


def hindrance(session: Session, today: Today) -> str:
    """Why nobody can order it without our sales looking first; empty where the customer can."""
    if today.cell["unpriced"]:
        return f"{', '.join(line['name'] for line in today.cell['unpriced'])} cannot be priced today."
    if today.day is None:
        return "No date can be promised today."
    margins = margins_in_force(session, today.snapshot)
    return "Our sales team has to look at this price first." if margins and margins.is_below else ""


def _names(cell: Value) -> set[str]:
    return {line["name"] for line in cell["unpriced"]}


def _summed(cell: Value) -> Value:
    return {**cell, **sheet_value(sheet_of(cell))}


def _bought_anew(frozen: list[Value], fresh: list[Value]) -> list[Value]:
    """The frozen lines, with those of the parts as they are today in their place."""
    parts = [line for line in fresh if line["group"] == BOUGHT]
    place = next((n for n, line in enumerate(frozen) if line["group"] == BOUGHT), len(frozen))
    others = [line for line in frozen if line["group"] != BOUGHT]
    return [*others[:place], *parts, *others[place:]]


def _given_again(quote: Quote, index: int, fresh: Value) -> Value:
    """What sales added since the portal priced it; discounts of what it comes to now."""
    frozen, first = (content(revision)["cells"][index] for revision in (quote.current, quote.revisions[0]))
    given = [one for one in discounts_of(content(quote.current)) if key_of(frozen) in one["cells"]]
    labels = Counter(one["label"] for one in given)
    priced = Counter(canonical(line) for line in first["lines"])
    added = []
    for line in frozen["lines"]:
        said = canonical(line)
        if priced[said]:
            priced[said] -= 1
        elif labels[line["label"]]:
            labels[line["label"]] -= 1
        else:
            added.append(line)
    cell = fresh["cells"][0]
    snapshot = {**fresh, "cells": [_summed({**cell, "lines": [*cell["lines"], *added]})]}
    for one in given:
        snapshot = with_discount(snapshot, discount_of(one), cells=[0])
    return snapshot


@dataclass(frozen=True, slots=True)
class Agreed:
    """What the customer was shown, the number of their order, and the day on the shop's wall."""

    sha256: str
    customer_po: str
    on: date


def order_today(
    session: Session,
    today: Today,
    agreed: Agreed,
    *,
    act: Act,
    letter: Callable[[Order], Words],
    book: Callable[[Order], None] = lambda _: None,
) -> Order:
    """A quote of the difference, which takes the place of the old one, and its order. Twice is once."""
    quote = today.quote
    session.refresh(quote, with_for_update=True)
    ordered = next((made.quote.order for made in quote.made_after if made.quote.order), None)
    if ordered:
        return ordered
    if quote.state not in STILL:
        raise IllegalMove(quote.state, Commercial.ACCEPTED)
    if agreed.sha256 != today.sha256:
        raise Stale("This has changed once more while you looked at it. Please read it again before you order.")
    if wrong := hindrance(session, today):
        raise BadInput(f"{wrong} Please ask us for a new quote.")
    successor = clone_quote(session, quote, quote.design, today.offered, takes_its_place=True, act=act)
    snapshot = {**content(successor.current), **{name: today.snapshot[name] for name in KEPT if name in today.snapshot}}
    why = act.because(f"the difference to quote {quote.reference} was accepted")
    bind(session, successor, snapshot, why, today=agreed.on)
    acceptance = Acceptance(0, successor.current.sha256, agreed.customer_po, agreed.on)
    return accept_quote(session, successor, acceptance, act=act, letter=letter, book=book)
