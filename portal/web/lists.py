"""Long lists, a page at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from flask import g, request, url_for

PER_PAGE = 50
LAST_PAGE = 1_000_000  # beyond it no list goes, and a database counts only so far


@dataclass(frozen=True, slots=True)
class Page:
    """`text` says which part of how many; an address that is None leads nowhere."""

    items: Sequence[Any]
    text: str
    previous: str | None
    following: str | None


def page_of(query: sa.Select[Any], noun: str, *, per_page: int = PER_PAGE) -> Page:
    """The page that the address asks for; a number that is none is the first."""
    number = min(max(1, request.args.get("page", 1, type=int)), LAST_PAGE)
    total = g.session.scalar(sa.select(sa.func.count()).select_from(query.order_by(None).subquery()))
    first = (number - 1) * per_page
    items = g.session.scalars(query.offset(first).limit(per_page)).all()
    return Page(
        items,
        in_words(first + 1, first + len(items), total=total, noun=noun),
        page_url(number - 1) if number > 1 else None,
        page_url(number + 1) if first + len(items) < total else None,
    )


def in_words(first: int, last: int, *, total: int, noun: str) -> str:
    """51 to 100 of 1,204 quotes, 8 quotes, 1 quote; `noun` in the plural."""
    counted = f"{total:,} {noun.removesuffix('s') if total == 1 else noun}"
    if last < first:
        return f"none of {counted}"
    if last - first + 1 == total:
        return counted
    return f"{first:,} to {last:,} of {counted}" if last > first else f"{first:,} of {counted}"


def page_url(number: int) -> str:
    return url_for(request.endpoint, **{**request.view_args, **request.args, "page": number})
