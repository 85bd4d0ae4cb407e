"""The cheapest way to buy so many of one kind of part, and what is bought beyond the need, for many needs at once."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from decimal import Decimal
from operator import itemgetter
from typing import NamedTuple, TypeVar

from portal.costing.attrition import Lost
from portal.costing.splitting import NONE, NOTHING, Bare, Columns, Split
from portal.parts.offers import Figures, Offer, Packaging

COST = itemgetter(0)


class Bought(NamedTuple):
    """In columns, by need: who sells how many for how much, nobody where enough is supplied; what stocks are bought
    empty before; how many parts are bought beyond the need, by which rule. Of most of it only the cost is ever read.
    """

    sellers: Sequence[Offer | None]
    sales: Sequence[Figures]
    before: Sequence[Bare]
    extras: Sequence[int]
    rules: Sequence[str]

    def pieces(self, place: int) -> Bare:
        seller, before = self.sellers[place], self.before[place]
        return (*before, (seller, self.sales[place])) if seller else before

    def spent(self) -> list[Decimal]:
        stocks = [sum([sale[0] for _, sale in taken], Decimal(0)) for taken in self.before]
        return [sale[0] + cost for sale, cost in zip(self.sales, stocks, strict=True)]

    def unless(self, other: "Bought", takes: Sequence[bool]) -> "Bought":
        """With the other's place wherever that is taken."""
        return Bought(
            either(self.sellers, other.sellers, takes),
            either(self.sales, other.sales, takes),
            either(self.before, other.before, takes),
            either(self.extras, other.extras, takes),
            either(self.rules, other.rules, takes),
        )


Of = TypeVar("Of")


def either(own: Sequence[Of], others: Sequence[Of], takes: Sequence[bool]) -> list[Of]:
    return [other if take else one for one, other, take in zip(own, others, takes, strict=True)]


class Alone(NamedTuple):
    """Offers of which one sells all: there is but one, or nobody tells a stock."""

    offers: tuple[Offer, ...]

    def cheapest(self, to_buy: Sequence[int]) -> Columns:
        """Of equal ones the first. An offer is not asked where its least sale costs more than the best so far."""
        first, *others = self.offers
        best = first.figures(to_buy)
        sellers: list[Offer | None] = [first] * len(to_buy)
        for offer in others:
            least = offer.least
            if best[-1][0] < least:
                continue
            begin = bisect_left(best, least, key=COST) if best[0][0] < least else 0
            for place, sale in enumerate(offer.figures(to_buy[begin:]), begin):
                if sale < best[place]:
                    best[place], sellers[place] = sale, offer
        return sellers, best, [NONE] * len(to_buy)


class Sources(NamedTuple):
    """Of whom one kind of part can be bought, worked out once for every quantity; some of it may be off a strip."""

    sellers: Alone | Split
    is_cut_tape: bool

    def cheapest(self, needs: Sequence[int], *, lost: Lost, supplied: int) -> Bought:
        extras, rules = lost.spares(needs, is_cut_tape=self.is_cut_tape)
        to_buy = [needed + extra - supplied for needed, extra in zip(needs, extras, strict=True)]
        if to_buy[0] > 0:
            return Bought(*self.sellers.cheapest(to_buy), extras, rules)
        enough = bisect_right(to_buy, 0)
        sellers, sales, before = self.sellers.cheapest(rest) if (rest := to_buy[enough:]) else ([], [], [])
        nobody: list[Offer | None] = [None] * enough
        return Bought(nobody + sellers, [NOTHING] * enough + sales, [NONE] * enough + before, extras, rules)


def sources_of(offers: tuple[Offer, ...]) -> tuple[Sources, ...]:
    """None without offers. Of cut tape more is lost: where there is other packaging too, that is bought for itself."""
    if not offers:
        return ()
    others = tuple([offer for offer in offers if offer.packaging is not Packaging.CUT_TAPE])
    if len(others) == len(offers):
        return (Sources(sellers_of(offers), is_cut_tape=False),)
    off_tape = (Sources(sellers_of(others), is_cut_tape=False),) if others else ()
    return (*off_tape, Sources(sellers_of(offers), is_cut_tape=True))


def sellers_of(offers: tuple[Offer, ...]) -> Alone | Split:
    is_told = len(offers) > 1 and any(offer.stock is not None for offer in offers)
    return Split(offers) if is_told else Alone(offers)


def cheapest(sources: Sequence[Sources], needs: Sequence[int], *, lost: Lost, supplied: int) -> Bought:
    """For each need, of which none is below the one before."""
    first, *others = [one.cheapest(needs, lost=lost, supplied=supplied) for one in sources]
    for other in others:
        first = first.unless(other, cheaper(other, first))
    return first


def cheaper(one: Bought, other: Bought) -> list[bool]:
    return [cost < known for cost, known in zip(one.spent(), other.spent(), strict=True)]
