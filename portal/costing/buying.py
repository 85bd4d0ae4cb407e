"""The cheapest way to buy so many of one kind of part: each offer with its own attrition, or split over stocks."""

from collections.abc import Iterable
from decimal import Decimal

from portal.costing.attrition import Lost
from portal.costing.splitting import Pieces, Stocks, cost_of
from portal.parts.offers import Figures, Offer, Packaging

Spare = tuple[int, str]
Bare = tuple[tuple[Offer, Figures], ...]  # pieces, not yet named: of most of them only the cost is ever asked
Best = tuple[Decimal, Bare, Spare]  # what it costs, of whom it is bought, what is bought beyond the need

CUT_TAPE = Packaging.CUT_TAPE
NOTHING: Figures = (Decimal(0), 0, Decimal(0))


def cheapest(
    offers: Iterable[Offer], needs: Iterable[int], *, stocks: Stocks | None, lost: Lost, supplied: int
) -> list[Best | None]:
    """For each need of all offers, each with the attrition of its packaging; of equal ones the first. None: no offers.

    An offer that asks for more than the best so far, however little of it is bought, is not asked for its price.
    """
    if stocks:
        return [cheapest_split(stocks, needed, lost=lost, supplied=supplied) for needed in needs]
    found: list[Best | None] = []
    sold = [(offer, offer.least, offer.packaging is CUT_TAPE, offer.figures) for offer in offers]
    for needed in needs:
        usual = spent = lost.spare(needed)
        best, taken = NOTHING, None
        for offer, least, is_cut_tape, figures in sold:
            if taken and best[0] < least:
                continue
            spare = lost.spare(needed, is_cut_tape=True) if is_cut_tape else usual
            to_buy = needed + spare[0] - supplied
            asked = figures(to_buy) if to_buy > 0 else NOTHING
            if taken is None or asked < best:
                best, taken, spent = asked, offer, spare
        found.append((best[0], ((taken, best),) if best[1] else (), spent) if taken else None)
    return found


def cheapest_split(stocks: Stocks, needed: int, *, lost: Lost, supplied: int) -> Best:
    """Over what several have in stock; of cut tape more is lost, so each way of buying has its own need."""
    found: list[tuple[tuple[Decimal, int, int], Pieces, Spare]] = []
    for is_cut_tape in sorted({offer.packaging is CUT_TAPE for offer in stocks.offers}):
        spare = lost.spare(needed, is_cut_tape=is_cut_tape)
        to_buy = needed + spare[0] - supplied
        if to_buy <= 0:
            return Decimal(0), (), spare
        ways = (way for way in stocks.ways(to_buy) if is_cut_tape or all_off_tape(way))
        found += [(cost_of(way), way, spare) for way in ways]
    (cost, *_), pieces, spare = min(found, key=lambda way: way[0])
    return cost, pieces, spare


def all_off_tape(way: Pieces) -> bool:
    return all(piece.offer.packaging is not CUT_TAPE for piece in way)
