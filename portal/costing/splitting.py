"""All ways to buy one kind of part: of one supplier, or split over what several have in stock, cheapest first.

Needing more never costs less. Every way to buy that is compared here costs no less for more, and is compared for every
need: stocks that are bought empty, in one order that no need changes, then the rest from one offer. The cheapest of
ways that only rise only rises.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from operator import itemgetter
from typing import NamedTuple

from portal.parts.offers import Figures, Offer, Sale

NO_WAIT = Decimal("1.25")  # times the cheapest price: so much more is worth not waiting for the maker; our judgement


class Piece(NamedTuple):
    """What is bought of one offer. `is_ordered`: more than the supplier has."""

    offer: Offer
    sale: Sale

    @property
    def is_ordered(self) -> bool:
        return self.offer.stock is not None and self.sale.quantity > self.offer.stock


Pieces = tuple[Piece, ...]
Bare = tuple[tuple[Offer, Figures], ...]  # pieces, not yet named: of most of them only the cost is ever asked
NONE: Bare = ()
NOTHING: Figures = (Decimal(0), 0, Decimal(0))
Columns = tuple[list[Offer | None], list[Figures], list[Bare]]  # for each need who sells, what, and what goes before it


def cost_of(pieces: Pieces) -> tuple[Decimal, int, int]:
    """What they cost, how many parts they are, how many offers may have to be waited for: the less, the better."""
    cost = sum((piece.sale.cost for piece in pieces), Decimal(0))
    waits = sum(piece.offer.stock is None or piece.is_ordered for piece in pieces)
    return cost, sum(piece.sale.quantity for piece in pieces), waits


# compared in this order: what costs less, is fewer, waits for nobody; then what is bought empty, and who sells the rest
Found = tuple[Decimal, int, bool, Bare, Offer | None, Figures]
NOT_YET: Found = (Decimal("Infinity"), 0, False, NONE, None, NOTHING)
COST = itemgetter(0)


class Way(NamedTuple):
    """Stocks that are bought empty, and each who may sell the rest: what he has, or also what is made for him."""

    emptied: Bare
    sellers: tuple[Offer, ...]
    cost: Decimal
    quantity: int
    from_stock: bool

    def improve(self, best: list[Found], to_buy: Sequence[int]) -> None:
        """What costs less from need to need stands in front: those who have paid less than this way costs are done."""
        begin = bisect_left(best, self.cost, key=COST)
        if begin == len(best):
            return
        rests = [count - self.quantity for count in to_buy]
        enough = max(begin, bisect_right(rests, 0))
        alone = self.cost, self.quantity, False
        for place in range(begin, enough):
            if alone < best[place][:3]:
                best[place] = (*alone, self.emptied, None, NOTHING)
        for seller in self.sellers:
            self.ask(seller, best, rests, begin=enough)

    def ask(self, seller: Offer, best: list[Found], rests: Sequence[int], *, begin: int) -> None:
        """An offer that asks for more than the best so far, however little of it is bought, is not asked its price."""
        begin = bisect_left(best, self.cost + seller.least, key=COST, lo=begin)
        if begin == len(best):
            return
        sales = seller.from_stock(rests[begin:]) if self.from_stock else seller.figures(rests[begin:])
        for place, sale in enumerate(sales, begin):
            if sale and (cost := self.cost + sale[0]) <= best[place][0]:
                found = cost, self.quantity + sale[1], seller.stock is None or sale[1] > seller.stock
                if found < best[place][:3]:
                    best[place] = (*found, self.emptied, seller, sale)


@dataclass(frozen=True)
class Split:
    """What several suppliers have of one kind of part, and every way to buy that is compared."""

    offers: tuple[Offer, ...]

    def cheapest(self, to_buy: Sequence[int]) -> Columns:
        """Of equal ones the first. Somebody can always be asked for more."""
        best = [NOT_YET] * len(to_buy)
        way(NONE, self.offers, from_stock=True).improve(best, to_buy)
        if best[-1][0] >= self.least_emptied:
            for beyond in self.ways_beyond:
                beyond.improve(best, to_buy)
        return [found[4] for found in best], [found[5] for found in best], [found[3] for found in best]

    @cached_property
    def stocks(self) -> Bare:
        """All that each has, cheapest first, of those whose price is worth not waiting."""
        most = NO_WAIT * min([offer.lowest for offer in self.can_wait]) if self.can_wait else None
        near = [offer for offer in self.offers if most is None or offer.lowest <= most]
        stocks = [(offer, offer.whole_stock) for offer in near if offer.whole_stock]
        return tuple(sorted(stocks, key=lambda stock: (stock[0].lowest, stock[1].cost)))

    @cached_property
    def can_wait(self) -> tuple[Offer, ...]:
        return tuple([offer for offer in self.offers if offer.stock is None or offer.lead_days is not None])

    @cached_property
    def least_emptied(self) -> Decimal:
        """What every way beyond one stock costs at least; a supplier who alone has some may have more made at once."""
        return min([sale[0] for _, sale in self.stocks]) if len(self.stocks) > 1 else Decimal(0)

    @cached_property
    def ways_beyond(self) -> tuple[Way, ...]:
        """First what more and more have; then by each who could have more made, or tells no stock, after the others."""
        stocks, left, found = self.stocks, self.offers, []
        for count, (gone, _) in enumerate(stocks, 1):
            left = tuple([offer for offer in left if offer is not gone])
            found.append(way(stocks[:count], left, from_stock=True))
        for offer in self.can_wait or self.offers:
            others = tuple([stock for stock in stocks if stock[0] is not offer])
            found.append(way(others, (offer,), from_stock=False))
        return tuple(found)


def way(taken: Bare, sellers: tuple[Offer, ...], *, from_stock: bool) -> Way:
    cost, quantity = Decimal(0), 0
    for _, sale in taken:
        cost += sale[0]
        quantity += sale[1]
    return Way(taken, sellers, cost, quantity, from_stock)
