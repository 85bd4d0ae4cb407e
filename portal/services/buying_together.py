"""Releases whose parts would cost less bought at once: what that saves beyond what the bound money costs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from portal.costing.lines import rounded
from portal.costing.purchasing import Wanted, amount_of, purchase
from portal.currencies import CENT
from portal.planning.lotsizes import cheapest_purchases

MOST_SHOWN = 7
WORTH_A_WORD = Decimal(1)
A_YEAR_DAYS = 365
NOTHING = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Needed:
    """One release, as far as its parts are concerned."""

    name: str
    boards: int
    day: date


@dataclass(frozen=True, slots=True)
class Together:
    """One part bought with the first of these releases for all of them. `bound`: of what the later ones use, so much
    is paid `days` earlier, at most; `saves` is less what that costs.
    """

    part: str
    releases: tuple[str, ...]
    saves: Decimal
    bound: Decimal
    days: int


def bought_together(
    parts: Sequence[Wanted], releases: Sequence[Needed], *, keeping: Decimal, coin: Decimal = CENT
) -> tuple[Together, ...]:
    """What saves most first. `keeping`: what money that is bound for a year costs, as a share of it."""
    bought = [part for part in parts if not (part.is_consigned or part.supplied)]
    found = [one for part in bought for one in _of(part, releases, keeping, coin=coin)]
    worth = [one for one in found if one.saves >= WORTH_A_WORD]
    return tuple(sorted(worth, key=lambda one: (-one.saves, one.part))[:MOST_SHOWN])


def _of(part: Wanted, releases: Sequence[Needed], keeping: Decimal, *, coin: Decimal) -> Iterator[Together]:
    def price(first: int, last: int) -> Decimal:
        bought = purchase(part, boards=sum(one.boards for one in releases[first : last + 1]))
        return sum((amount_of(piece.sale, coin) for piece in bought.pieces), NOTHING) if bought else NOTHING

    def bound(first: int, last: int) -> list[tuple[Decimal, int]]:
        """What each later release uses of it, and for how many days that lies there."""
        some, boards = releases[first : last + 1], sum(one.boards for one in releases[first : last + 1])
        whole = price(first, last)
        return [(whole * one.boards / boards, (one.day - some[0].day).days) for one in some[1:]]

    def kept(first: int, last: int) -> Decimal:
        return sum((amount * days for amount, days in bound(first, last)), NOTHING) * keeping / A_YEAR_DAYS

    for lot in cheapest_purchases(len(releases), lambda first, last: price(first, last) + kept(first, last)):
        if lot.last > lot.first:
            apart = sum((price(at, at) for at in range(lot.first, lot.last + 1)), NOTHING)
            lies = bound(lot.first, lot.last)
            yield Together(
                part.name,
                tuple(one.name for one in releases[lot.first : lot.last + 1]),
                rounded(apart - lot.cost, coin),
                rounded(sum((amount for amount, _ in lies), NOTHING), coin),
                max(days for _, days in lies),
            )
