"""The cheapest way to buy so many of one kind of part, and what is bought beyond the need."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from operator import itemgetter

from portal.costing.attrition import Lost, Spare
from portal.costing.splitting import NONE, Bare, Split
from portal.parts.offers import Offer, Packaging

Best = tuple[Bare, Spare]  # of whom it is bought, and what is bought beyond the need
COST = itemgetter(0)


@dataclass(frozen=True, slots=True)
class Alone:
    """Offers of which one sells all: there is but one, or nobody tells a stock."""

    offers: tuple[Offer, ...]

    def cheapest(self, to_buy: Sequence[int]) -> list[Bare]:
        """Of equal ones the first. An offer is not asked where its least sale costs more than the best so far."""
        first, *others = self.offers
        best, sellers = first.figures(to_buy), [first] * len(to_buy)
        for offer in others:
            least = offer.least
            if best[-1][0] < least:
                continue
            begin = bisect_left(best, least, key=COST) if best[0][0] < least else 0
            for place, sale in enumerate(offer.figures(to_buy[begin:]), begin):
                if sale < best[place]:
                    best[place], sellers[place] = sale, offer
        return list(zip(zip(sellers, best, strict=True), strict=True))  # each a piece of its own


@dataclass(frozen=True, slots=True)
class Sources:
    """Of whom one kind of part can be bought, worked out once for every quantity; some of it may be off a strip."""

    sellers: Alone | Split
    is_cut_tape: bool

    def cheapest(self, needs: Sequence[int], *, lost: Lost, supplied: int) -> list[Best]:
        spares = lost.spares(needs, is_cut_tape=self.is_cut_tape)
        to_buy = [needed + spare[0] - supplied for needed, spare in zip(needs, spares, strict=True)]
        if to_buy[0] > 0:
            return list(zip(self.sellers.cheapest(to_buy), spares, strict=True))
        enough = bisect_right(to_buy, 0)
        rest = self.sellers.cheapest(to_buy[enough:]) if enough < len(to_buy) else []
        return list(zip([NONE] * enough + rest, spares, strict=True))


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
    return Split.of(offers) if is_told else Alone(offers)


def cheapest(sources: Sequence[Sources], needs: Sequence[int], *, lost: Lost, supplied: int) -> list[Best]:
    """For each need, of which none is below the one before."""
    first, *others = [one.cheapest(needs, lost=lost, supplied=supplied) for one in sources]
    return [min(found, key=spent) for found in zip(first, *others, strict=True)] if others else first


def spent(best: Best) -> Decimal:
    return sum([sale[0] for _, sale in best[0]], Decimal(0))
