"""Quotes before sales: what waits for review, and the list of any state."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from flask import g, render_template, request, url_for
from sqlalchemy.orm import contains_eager, joinedload

from portal.models.files import DesignRecord
from portal.models.quotes import Quote, QuoteRevision
from portal.production.lifecycle import Commercial
from portal.services.quotes import content
from portal.web.access import SALES, now, requires
from portal.web.lists import page_of
from portal.web.sales.gaps import gaps
from portal.web.sales.panel import PER_PAGE, bp

ALL = "all"
TABS = {
    Commercial.BUDGET: "To review",
    Commercial.FIRM: "Firm",
    Commercial.SENT: "Sent",
    Commercial.ACCEPTED: "Accepted",
    Commercial.DECLINED: "Declined",
    Commercial.EXPIRED: "Expired",
    ALL: "All",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One quote of the list; `total` is that of its first cell."""

    quote: Quote
    quantities: tuple[int, ...]
    total: Decimal
    currency: str
    wanting: int  # things that are not known
    age: str


@bp.get("/quotes")
@requires(SALES)
def quotes() -> str:
    state = request.args.get("state", Commercial.BUDGET.value)
    page = page_of(newest_revisions(state), "quotes", per_page=PER_PAGE)
    rows = [row(revision, now()) for revision in page.items]
    return render_template("sales/quotes/index.html", page=page, rows=rows, tabs=tabs(state))


def newest_revisions(state: str) -> sa.Select[Any]:
    """The current revision of each quote in this state with what a row says of it, in one query."""
    number = sa.select(sa.func.max(QuoteRevision.number)).where(QuoteRevision.quote_id == Quote.id)
    query = (
        sa.select(QuoteRevision)
        .join(QuoteRevision.quote)
        .where(QuoteRevision.number == number.correlate(Quote).scalar_subquery())
        .options(
            contains_eager(QuoteRevision.quote).options(
                joinedload(Quote.company), joinedload(Quote.design).load_only(DesignRecord.name)
            )
        )
        .order_by(Quote.created_at.desc(), Quote.id.desc())
    )
    return query if state not in set(Commercial) else query.where(Quote.state == state)


def tabs(state: str) -> list[tuple[str, str, bool]]:
    """Each state with how many quotes are in it."""
    counts = dict(g.session.execute(sa.select(Quote.state, sa.func.count()).group_by(Quote.state)).all())
    counts[ALL] = sum(counts.values())
    return [
        (f"{label} ({counts.get(key, 0):,})", url_for("sales.quotes", state=str(key)), state == key)
        for key, label in TABS.items()
    ]


def row(revision: QuoteRevision, at: datetime) -> Row:
    snapshot = content(revision)
    cells = snapshot["cells"]
    return Row(
        quote=revision.quote,
        quantities=tuple(dict.fromkeys(cell["quantity"] for cell in cells)),
        total=Decimal(cells[0]["total"]),
        currency=snapshot["currency"],
        wanting=len(gaps(snapshot)),
        age=age(at - revision.quote.created_at),
    )


def age(span: timedelta) -> str:
    """In the largest unit that fits: what a list needs to show which has waited too long."""
    minutes = int(span.total_seconds()) // 60
    units = ((minutes // 1440, "day"), (minutes // 60, "hour"), (minutes, "minute"))
    count, unit = next(((count, unit) for count, unit in units if count), (0, "minute"))
    return f"{count} {unit}" + ("" if count == 1 else "s")
