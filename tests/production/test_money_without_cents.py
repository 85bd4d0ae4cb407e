"""Currencies with no coin below one, or with a thousandth: every amount stays what can be paid."""

from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.currencies import exponent, smallest
from portal.production.instalments import plan, read_payment_rules
from portal.production.money import from_minor, rounded, shares, to_minor

TEXT = (Path(__file__).resolve().parents[2] / "config" / "payment.toml").read_text("utf-8")
RULES = read_payment_rules(TEXT)
QUARTERS = [Decimal("0.25")] * 4
currencies = st.sampled_from(["EUR", "JPY", "KWD", "ISK"])


@pytest.mark.parametrize(
    ("currency", "coin"), [("EUR", "0.01"), ("JPY", "1"), ("KRW", "1"), ("BHD", "0.01"), ("ISK", "1"), ("HUF", "0.01")]
)
def test_the_smallest_coin_of_a_currency(currency, coin):
    assert smallest(currency) == Decimal(coin)


@pytest.mark.parametrize("currency", ["jpy", "Jpy", "JPY"])
def test_a_currency_is_known_however_it_is_written(currency):
    assert exponent(currency) == 0


@pytest.mark.parametrize(
    ("amount", "currency", "in_coins"),
    [
        ("1234.50", "JPY", "1235"),
        ("1234.49", "JPY", "1234"),
        ("0.4999", "JPY", "0"),
        ("1.2345", "KWD", "1.23"),
        ("1.005", "EUR", "1.01"),
        ("-1.005", "EUR", "-1.01"),
        ("99.995", "EUR", "100.00"),
    ],
)
def test_an_amount_is_rounded_to_what_can_be_paid(amount, currency, in_coins):
    assert str(rounded(Decimal(amount), currency)) == in_coins


def test_a_yen_comes_back_without_a_point():
    assert str(from_minor(1500, "JPY")) == "1500"


def test_a_refund_is_counted_below_nothing_as_well():
    assert to_minor(Decimal("-12.34"), "EUR") == -1234


def test_a_thousand_yen_more_than_half_a_billion_lose_nothing():
    assert to_minor(Decimal(500_001_000), "JPY") == 500_001_000


def test_half_of_an_odd_sum_of_yen_is_whole_yen():
    deposit, balance = plan(Decimal(100_001), "JPY", RULES, terms_days=None)
    assert (deposit.amount, balance.amount) == (Decimal(50_001), Decimal(50_000))


def test_half_of_an_odd_sum_of_dinars_is_what_stripe_takes():
    deposit, balance = plan(Decimal("1000.01"), "KWD", RULES, terms_days=None)
    assert (to_minor(deposit.amount, "KWD"), to_minor(balance.amount, "KWD")) == (500_010, 500_000)


def test_crowns_of_iceland_are_whole_and_counted_in_hundredths():
    deposit, balance = plan(Decimal(100_001), "ISK", RULES, terms_days=None)
    assert (to_minor(deposit.amount, "ISK"), to_minor(balance.amount, "ISK")) == (5_000_100, 5_000_000)


def test_two_cents_in_four_parts_take_nothing_from_anybody():
    assert shares(Decimal("0.02"), QUARTERS, "EUR") == tuple(map(Decimal, ("0.01", "0.00", "0.01", "0.00")))


def test_one_whole_part_is_the_total():
    assert shares(Decimal("19.99"), [Decimal(1)], "EUR") == (Decimal("19.99"),)


def test_a_part_of_nothing_gets_nothing():
    assert shares(Decimal("10.00"), [Decimal(0), Decimal(1)], "EUR") == (Decimal("0.00"), Decimal("10.00"))


def test_no_parts_are_not_one_whole():
    with pytest.raises(ValueError, match="are not one whole"):
        shares(Decimal(1), [], "EUR")


@given(minor=st.integers(0, 10**9), cuts=st.lists(st.integers(0, 100), max_size=6), currency=currencies)
def test_no_share_is_below_nothing_or_finer_than_a_coin(minor, cuts, currency):
    edges = [0, *sorted(cuts), 100]
    parts = [Decimal(high - low) / 100 for low, high in pairwise(edges)]
    found = shares(minor * smallest(currency), parts, currency)
    assert all(share >= 0 and share == rounded(share, currency) for share in found)


@given(minor=st.integers(0, 10**9), currency=currencies)
def test_the_halves_of_a_total_differ_by_one_coin_at_most(minor, currency):
    one, other = shares(minor * smallest(currency), [Decimal("0.5"), Decimal("0.5")], currency)
    assert 0 <= one - other <= smallest(currency)


@given(minor=st.integers(1, 10**9), currency=currencies)
def test_every_instalment_can_be_asked_for_at_stripe(minor, currency):
    parts = plan(minor * smallest(currency), currency, RULES, terms_days=None)
    assert sum(to_minor(part.amount, currency) for part in parts) == to_minor(minor * smallest(currency), currency)


@given(amount=st.decimals("-9999", "9999", places=5), currency=currencies)
def test_rounding_twice_is_rounding_once(amount, currency):
    once = rounded(amount, currency)
    assert rounded(once, currency) == once
