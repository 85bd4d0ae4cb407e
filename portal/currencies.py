"""What the smallest coin of a currency is. Every room rounds its money to it, so the table stands below them all."""

from decimal import Decimal
from functools import cache

CENTS = 2
CENT = Decimal("0.01")

# Digits after the point of a minor unit, where they are not two: ISO 4217, as Stripe counts them
# (docs.stripe.com/currencies, zero-decimal and three-decimal currencies, 2026-11).
EXPONENTS = {
    **dict.fromkeys(
        ("BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA", "PYG", "RWF", "VND", "VUV", "XAF", "XOF", "XPF"), 0
    ),
    **dict.fromkeys(("BHD", "JOD", "KWD", "OMR", "TND"), 3),
}

# The smallest amount that can be paid, where it is not one minor unit (docs.stripe.com/currencies, special cases,
# 2026-11): krónur and shillings are counted in hundredths of which there are none; of thousandths the last digit is 0.
SMALLEST = {
    **dict.fromkeys(("ISK", "UGX"), Decimal(1)),
    **dict.fromkeys(("BHD", "JOD", "KWD", "OMR", "TND"), CENT),
}


def exponent(currency: str) -> int:
    return EXPONENTS.get(currency.upper(), CENTS)


@cache
def smallest(currency: str) -> Decimal:
    """0.01 for the euro, 1 for the yen."""
    return SMALLEST.get(currency.upper(), Decimal(1).scaleb(-exponent(currency)))
