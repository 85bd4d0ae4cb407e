"""An amount becomes whole minor units in one place, and comes back as it was."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.currencies import EXPONENTS, exponent, smallest
from portal.production.money import from_minor, rounded, shares, to_minor

currencies = st.sampled_from(["EUR", "USD", "GBP", "CHF", "JPY", "KWD", "ISK"])


@pytest.mark.parametrize(
    ("amount", "currency", "minor"),
    [
        ("12.34", "EUR", 1234),
        ("12", "JPY", 12),
        ("1.23", "KWD", 1230),
        ("12", "ISK", 1200),
        ("0.00", "USD", 0),
        ("12.340000", "eur", 1234),
    ],
)
def test_an_amount_is_whole_minor_units_of_its_currency(amount, currency, minor):
    assert to_minor(Decimal(amount), currency) == minor


@pytest.mark.parametrize(("amount", "currency"), [("12.345", "EUR"), ("0.5", "JPY"), ("1.234", "KWD"), ("0.5", "ISK")])
def test_an_amount_finer_than_the_coin_is_our_bug(amount, currency):
    with pytest.raises(ValueError, match="finer than its smallest coin"):
        to_minor(Decimal(amount), currency)


@given(coins=st.integers(-(10**12), 10**12), currency=currencies)
def test_minor_units_come_back_as_they_went(coins, currency):
    amount = coins * smallest(currency)
    assert from_minor(to_minor(amount, currency), currency) == amount


@given(amount=st.decimals("-10000", "10000", places=6), currency=currencies)
def test_what_is_rounded_is_never_further_off_than_half_a_coin(amount, currency):
    assert abs(rounded(amount, currency) - amount) <= smallest(currency) / 2


def test_half_a_cent_goes_up():
    assert rounded(Decimal("0.125"), "EUR") == Decimal("0.13")


def test_most_currencies_have_cents():
    assert exponent("SEK") == 2
    assert set(EXPONENTS.values()) == {0, 3}


@given(minor=st.integers(0, 10**10), percents=st.lists(st.integers(1, 50), min_size=1, max_size=5), currency=currencies)
def test_the_shares_of_a_total_sum_to_it_exactly(minor, percents, currency):
    parts = [Decimal(percent) / 100 for percent in percents]
    parts[-1] += 1 - sum(parts)
    total = minor * smallest(currency)
    assert sum(shares(total, parts, currency)) == total


def test_an_odd_cent_goes_to_the_last_share():
    assert shares(Decimal("0.03"), (Decimal("0.5"), Decimal("0.5")), "EUR") == (Decimal("0.02"), Decimal("0.01"))


def test_parts_that_are_not_one_whole_are_our_bug():
    with pytest.raises(ValueError, match="are not one whole"):
        shares(Decimal(100), (Decimal("0.5"), Decimal("0.4")), "EUR")
