"""Where no supplier alone has enough: how one need is split, cheapest first, over what several have in stock.

Needing more never costs less. Every way to buy that is compared here costs no less for more, and is compared for every
need: stocks that are bought empty, in one order that no need changes, then the rest from one offer. The cheapest of
ways that only rise only rises.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate
from typing import NamedTuple, Self

from portal.parts.offers import Offer, Sale

NO_WAIT = Decimal("1.25")  # times the cheapest price: so much more is worth not waiting for the maker; our judgement


class Piece(NamedTuple):
    """What is bought of one offer. `is_ordered`: more than the supplier has."""

    offer: Offer
    sale: Sale

    @property
    def is_ordered(self) -> bool:
        return self.offer.stock is not None and self.sale.quantity > self.offer.stock


Pieces = tuple[Piece, ...]
NONE: Pieces = ()


def cost_of(pieces: Pieces) -> tuple[Decimal, int, int]:
    """What they cost, how many parts they are, how many offers may have to be waited for: the less, the better."""
    cost = sum((piece.sale.cost for piece in pieces), Decimal(0))
    waits = sum(piece.offer.stock is None or piece.is_ordered for piece in pieces)
    return cost, sum(piece.sale.quantity for piece in pieces), waits


@dataclass(frozen=True, slots=True)
class Stocks:
    """What several suppliers have of one kind of part, worked out once for every quantity.

    `emptied`: all that each has, cheapest first, of those whose price is worth not waiting. `orderable`: who could
    have more made, or says nothing of stock.
    """

    offers: tuple[Offer, ...]
    emptied: Pieces
    orderable: tuple[Offer, ...]

    @classmethod
    def of(cls, offers: tuple[Offer, ...]) -> Self | None:
        """None where there is nothing to split: one offer, or nobody tells a stock."""
        if len(offers) < 2 or {offer.stock for offer in offers} == {None}:
            return None
        can_wait = [offer for offer in offers if offer.stock is None or offer.lead_days is not None]
        most = NO_WAIT * min(offer.lowest for offer in can_wait) if can_wait else None
        near = [offer for offer in offers if most is None or offer.lowest <= most]
        pieces = [Piece(offer, sale) for offer in near if (sale := offer.whole_stock())]
        pieces.sort(key=lambda piece: (piece.offer.lowest, piece.sale.cost))
        return cls(offers, tuple(pieces), tuple(can_wait) or offers)

    def ways(self, to_buy: int) -> Iterator[Pieces]:
        """Never none: somebody can always be asked for more."""
        for taken in accumulate(((piece,) for piece in self.emptied), initial=NONE):
            rest = to_buy - cost_of(taken)[1]
            if rest <= 0:
                yield taken
                break
            emptied = {id(piece.offer) for piece in taken}
            others = (offer for offer in self.offers if id(offer) not in emptied)
            yield from ((*taken, Piece(offer, sale)) for offer in others if (sale := offer.from_stock(rest)))
        for offer in self.orderable:
            taken = tuple(piece for piece in self.emptied if piece.offer is not offer)
            rest = to_buy - cost_of(taken)[1]
            yield (*taken, Piece(offer, offer.cheapest(rest))) if rest > 0 else taken
