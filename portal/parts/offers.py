"""How parts are sold: offers with price breaks, minimum quantities, multiples, stock and lead time."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class PriceBreak:
    quantity: int
    unit_price: Decimal


@dataclass(frozen=True, slots=True)
class Offer:
    """One supplier's offer of one MPN. A price is never shown without `as_of`. `stock` None: not known."""

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

    @property
    def dearest(self) -> Decimal:
        """The price of buying few: what a lost part costs at most."""
        return max(price_break.unit_price for price_break in self.breaks)
