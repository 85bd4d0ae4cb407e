"""How parts are sold: offers with price breaks, minimum quantities, multiples, reels, stock and lead time."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class PriceBreak:
    quantity: int
    unit_price: Decimal


class Packaging(StrEnum):
    """How the parts come. A strip of cut tape has no leader; a custom reel is cut tape wound on a reel for a fee."""

    CUT_TAPE = "cut tape"
    CUSTOM_REEL = "custom reel"
    REEL = "reel"
    TRAY = "tray"
    TUBE = "tube"
    BULK = "bulk"
    UNKNOWN = ""


Figures = tuple[Decimal, int, Decimal]  # of a sale, in its order


class Sale(NamedTuple):
    """So many for so much, fee and all. The first of two sales is the better one: cheaper, or fewer for the same."""

    cost: Decimal
    quantity: int
    unit_price: Decimal


@dataclass(frozen=True)
class Offer:
    """One supplier's offer of one MPN. A price is never shown without `as_of`. `stock` None: not known.

    The ladder is worked out once for each offer: a quote asks it for every quantity, the catalogue outlives the quote.
    """

    mpn: str
    manufacturer: str
    supplier: str
    breaks: tuple[PriceBreak, ...]
    as_of: date
    moq: int = 1
    order_multiple: int = 1
    stock: int | None = None
    lead_days: int | None = None  # working days when it must be ordered from the maker; None: not known
    package: str = ""
    description: str = ""
    source: str = ""  # where the price was read; empty: the supplier's own list
    grade: str = ""  # how far it can be trusted: A, B, C, or U for unsourced
    packaging: Packaging = Packaging.UNKNOWN
    reel: int | None = None  # parts on one reel; None: not known, a fee is paid once
    reel_fee: Decimal = Decimal(0)  # for each reel that is wound

    @cached_property
    def dearest(self) -> Decimal:
        """The price of buying few: what a lost part costs at most."""
        return max(price_break.unit_price for price_break in self.breaks)

    @cached_property
    def told(self) -> str:
        """Who sells it, and of which day the price is."""
        return f"{self.supplier} {self.as_of}"

    @cached_property
    def told_terms(self) -> str:
        """How it is packed and how far the price can be trusted, where that is known."""
        return (f" ({self.packaging})" if self.packaging else "") + (f", grade {self.grade}" if self.grade else "")

    @cached_property
    def lowest(self) -> Decimal:
        """The price of buying many."""
        return min(price_break.unit_price for price_break in self.breaks)

    @cached_property
    def ladder(self) -> tuple[PriceBreak, ...]:
        return tuple(sorted(self.breaks, key=lambda price_break: price_break.quantity))

    @cached_property
    def starts(self) -> tuple[int, ...]:
        return tuple(price_break.quantity for price_break in self.ladder)

    @cached_property
    def prices(self) -> tuple[Decimal, ...]:
        return tuple(price_break.unit_price for price_break in self.ladder)

    @cached_property
    def best_from(self) -> tuple[Sale, ...]:
        """For each break the best sale of that break or of a later one."""
        best: list[Sale] = []
        for price_break in reversed(self.ladder):
            sale = self.sale(self.saleable(price_break.quantity))
            best.append(min(sale, best[-1]) if best else sale)
        return tuple(reversed(best))

    @cached_property
    def terms(self) -> tuple[int, int, tuple[int, ...], tuple[Decimal, ...], tuple[Sale, ...], Decimal]:
        """All that a sale is worked out from, in one look."""
        return self.moq, self.order_multiple, self.starts, self.prices, self.best_from, self.reel_fee

    @cached_property
    def least(self) -> Decimal:
        """What has to be spent to buy any of it."""
        return self.cheapest(1).cost

    def saleable(self, quantity: int) -> int:
        """The least that is sold when so many are asked for."""
        least = max(self.moq, quantity)
        return least if self.order_multiple == 1 else -(-least // self.order_multiple) * self.order_multiple

    def reels(self, quantity: int) -> int:
        """That a fee is paid for."""
        return -(-quantity // self.reel) if self.reel else 1

    def from_stock(self, needs: Sequence[int]) -> list[Figures | None]:
        """Of the cheapest sale of each need that the stock allows; a stock that nobody tells allows any. None: too few.

        No need is below the one before.
        """
        if self.stock is None:
            return [*self.figures(needs)]
        enough = bisect_right(needs, self.stock)
        found: list[Figures | None] = [
            sale if sale[1] <= self.stock else self.within_stock(needed)
            for needed, sale in zip(needs, self.figures(needs[:enough]), strict=False)
        ]
        return found + [None] * (len(needs) - enough)

    def within_stock(self, needed: int) -> Figures | None:
        """Where the cheapest sale is more than there is: the cheapest of those that are not."""
        quantities = {self.saleable(max(needed, start)) for start in self.starts}
        return min([self.sale(quantity) for quantity in quantities if quantity <= (self.stock or 0)], default=None)

    @cached_property
    def whole_stock(self) -> Sale | None:
        """All that is saleable of what is there. None: nothing, or nobody tells."""
        quantity = (self.stock or 0) // self.order_multiple * self.order_multiple
        return self.sale(quantity) if quantity >= self.saleable(self.starts[0]) else None

    def sale(self, quantity: int) -> Sale:
        """At the price of the highest break reached; below the first break nothing is sold (ValueError)."""
        reached = bisect_right(self.starts, quantity)
        if not reached:
            raise ValueError(f"{self.supplier} sells {self.mpn} from {self.starts[0]} on, not {quantity}")
        price = self.prices[reached - 1]
        cost = quantity * price
        if self.reel_fee:
            cost += self.reels(quantity) * self.reel_fee
        return Sale(cost, quantity, price)

    def cheapest(self, needed: int) -> Sale:
        """Buying up to a break may be cheaper than buying less; of equal costs the smaller quantity is taken."""
        return Sale(*self.figures([needed])[0])

    def figures(self, needs: Iterable[int]) -> list[Figures]:
        """Of the cheapest sale of each, bare: a quote asks each offer of each part at each quantity, and takes one.

        Within a break less is cheaper, so that the least saleable quantity and the later breaks are all there is.
        """
        moq, multiple, starts, prices, best_from, fee = self.terms
        if moq != 1:
            needs = [max(moq, needed) for needed in needs]
        if multiple != 1:
            needs = [-(-needed // multiple) * multiple for needed in needs]
        found: list[Figures] = []
        for quantity in needs:
            reached = bisect_right(starts, quantity)
            if not reached:
                found.append(best_from[0])
                continue
            price = prices[reached - 1]
            cost = quantity * price
            if fee:
                cost += self.reels(quantity) * fee
            is_later_cheaper = reached < len(starts) and best_from[reached].cost < cost
            found.append(best_from[reached] if is_later_cheaper else (cost, quantity, price))
        return found
