"""How promises were kept: by month, by what everything waited for, and the worst misses with their reasons."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from portal.models.orders import Order
from portal.models.plans import PromiseScore
from portal.planning.scoring import CHANCES, Share, share_kept

MOST_MONTHS, MOST_MISSES = 24, 10


@dataclass(frozen=True, slots=True)
class Kept:
    """Of some orders: how many left by their P50, P80 and P95. `name` is a month (its first day) or a word."""

    name: Any
    orders: int
    shares: tuple[Share | None, ...]  # one for each of CHANCES

    @property
    def beside_chances(self) -> list[tuple[float, Share | None]]:
        return list(zip(CHANCES, self.shares, strict=True))


@dataclass(frozen=True, slots=True)
class Scoreboard:
    """`months` in order of time, `kinds` with most orders first; all without entries where nothing has left yet."""

    whole: Kept
    months: tuple[Kept, ...]
    kinds: tuple[Kept, ...]
    misses: tuple[PromiseScore, ...]


def scoreboard(session: Session) -> Scoreboard:
    query = sa.select(PromiseScore).order_by(PromiseScore.left_on, PromiseScore.id)
    scores = session.scalars(query.options(joinedload(PromiseScore.order).defer(Order.cell))).all()
    months = _grouped(scores, lambda score: score.left_on.replace(day=1))
    kinds = _grouped(scores, lambda score: score.critical_kind)
    late = sorted((score for score in scores if days_late(score) > 0), key=days_late, reverse=True)
    return Scoreboard(
        _kept("all", scores),
        tuple(months[-MOST_MONTHS:]),
        tuple(sorted(kinds, key=lambda kept: (-kept.orders, kept.name))),
        tuple(late[:MOST_MISSES]),
    )


def days_late(score: PromiseScore) -> int:
    """After its P80; below zero, it was early."""
    return (score.counted_on - score.p80).days


def _grouped(scores: Iterable[PromiseScore], by: Callable[[PromiseScore], Any]) -> list[Kept]:
    groups: dict[Any, list[PromiseScore]] = defaultdict(list)
    for score in scores:
        groups[by(score)].append(score)
    return [_kept(name, groups[name]) for name in sorted(groups)]


def _kept(name: date | str, scores: Sequence[PromiseScore]) -> Kept:
    """An order of which sales had entered the date has a P80 alone."""
    days = ([(getattr(score, chance), score.counted_on) for score in scores] for chance in ("p50", "p80", "p95"))
    return Kept(name, len(scores), tuple(map(share_kept, days)))
