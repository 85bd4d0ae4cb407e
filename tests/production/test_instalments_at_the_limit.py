"""Deposits where they begin, money to the cent before and behind what is due, and credit in between."""

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.production.instalments import (
    Instalment,
    When,
    may_ship,
    may_start,
    next_part,
    plan,
    read_payment_rules,
    standings,
)

TEXT = (Path(__file__).resolve().parents[2] / "config" / "payment.toml").read_text("utf-8")
RULES = read_payment_rules(TEXT)
FROM = RULES.deposit.from_total.value
amounts = st.decimals("0.00", "20000.00", places=2)


def with_deposit(part):
    return read_payment_rules(TEXT.replace('part = { value = "0.50"', f'part = {{ value = "{part}"'))


def parts(gross="2000.00", *, days=None, rules=RULES):
    return plan(Decimal(gross), "EUR", rules, terms_days=days)


def stand(paid, *, gross="2000.00", credited="0.00", days=None):
    return standings(parts(gross, days=days), paid=Decimal(paid), credited=Decimal(credited))


def lefts(found):
    return [standing.left for standing in found]


def test_exactly_at_the_limit_a_deposit_is_asked_for():
    assert [due.instalment for due in parts(FROM)] == [Instalment.DEPOSIT, Instalment.BALANCE]


def test_a_cent_below_the_limit_all_is_paid_at_the_order():
    assert [due.when for due in parts(FROM - Decimal("0.01"))] == [When.AT_ORDER]


@pytest.mark.parametrize(
    ("part", "deposit", "balance"), [("0.30", "600.00", "1400.00"), ("0.333", "666.00", "1334.00")]
)
def test_the_deposit_is_the_part_that_the_shop_has_set(part, deposit, balance):
    found = parts(rules=with_deposit(part))
    assert [due.amount for due in found] == [Decimal(deposit), Decimal(balance)]


def test_a_third_is_rounded_once_and_the_balance_takes_the_rest():
    deposit, balance = parts("1000.01", rules=with_deposit("0.333"))
    assert (deposit.amount, balance.amount) == (Decimal("333.00"), Decimal("667.01"))


def test_terms_of_no_days_are_due_with_the_invoice_and_still_are_terms():
    [whole] = parts(days=0)
    assert (whole.when, whole.days) == (When.AFTER_INVOICE, 0)


def test_a_small_order_on_terms_is_on_terms_as_well():
    [whole] = parts("12.00", days=30)
    assert (whole.instalment, whole.when) == (Instalment.WHOLE, When.AFTER_INVOICE)


def test_an_order_of_nothing_may_start_and_ship():
    found = stand("0.00", gross="0.00")
    assert (may_start(found), may_ship(found), next_part(found)) == (True, True, None)


@pytest.mark.parametrize(
    ("paid", "left"),
    [
        ("0.00", ["1000.00", "1000.00"]),
        ("999.99", ["0.01", "1000.00"]),
        ("1000.00", ["0.00", "1000.00"]),
        ("1000.01", ["0.00", "999.99"]),
        ("2000.00", ["0.00", "0.00"]),
        ("2500.00", ["0.00", "0.00"]),
    ],
)
def test_money_fills_the_deposit_before_the_balance(paid, left):
    assert lefts(stand(paid)) == [Decimal(each) for each in left]


def test_one_missing_cent_of_the_deposit_stops_the_start():
    assert not may_start(stand("999.99"))
    assert may_start(stand("1000.00"))


def test_one_missing_cent_of_the_balance_stops_the_parcel():
    assert not may_ship(stand("1999.99"))
    assert may_ship(stand("2000.00"))


def test_what_the_bank_took_back_stops_the_start_again():
    assert not may_start(stand("-500.00"))


def test_a_credit_larger_than_the_balance_lowers_the_deposit_too():
    assert lefts(stand("0.00", credited="1200.00")) == [Decimal("800.00"), Decimal("0.00")]


def test_a_credit_over_the_whole_leaves_nothing_to_pay():
    found = stand("0.00", credited="2000.00")
    assert (next_part(found), may_start(found), may_ship(found)) == (None, True, True)


def test_a_credit_beyond_the_whole_asks_for_nothing_below_zero():
    assert lefts(stand("0.00", credited="9999.00")) == [Decimal("0.00"), Decimal("0.00")]


def test_with_a_credit_the_deposit_alone_may_let_it_ship():
    found = stand("1000.00", credited="1000.00")
    assert (may_start(found), may_ship(found)) == (True, True)


def test_what_was_credited_lowers_an_invoice_on_terms():
    [whole] = stand("0.00", credited="150.00", days=30)
    assert (whole.left, whole.due.days) == (Decimal("1850.00"), 30)


def test_the_parts_stay_in_their_order_whatever_is_credited():
    found = stand("100.00", credited="1500.00")
    assert [standing.due.instalment for standing in found] == [Instalment.DEPOSIT, Instalment.BALANCE]


@given(gross=amounts, paid=amounts, credited=amounts)
def test_nothing_is_left_below_zero(gross, paid, credited):
    assert all(left >= 0 for left in lefts(stand(paid, gross=gross, credited=credited)))


@given(gross=amounts, paid=amounts, credited=amounts)
def test_what_may_ship_may_have_started(gross, paid, credited):
    found = stand(paid, gross=gross, credited=credited)
    assert may_start(found) or not may_ship(found)


@given(gross=amounts, paid=amounts)
def test_the_next_part_is_asked_for_until_it_may_ship(gross, paid):
    found = stand(paid, gross=gross)
    assert (next_part(found) is None) is may_ship(found)


@given(gross=amounts, paid=amounts, credited=amounts, more=amounts)
def test_a_larger_credit_never_asks_for_more(gross, paid, credited, more):
    less, least = (stand(paid, gross=gross, credited=credit) for credit in (credited, credited + more))
    assert sum(lefts(least)) <= sum(lefts(less))


@given(gross=amounts, paid=amounts)
def test_paying_what_is_asked_next_settles_that_part(gross, paid):
    asked = next_part(stand(paid, gross=gross))
    if asked:
        after = stand(paid + asked.left, gross=gross)
        assert next(s.left for s in after if s.due.instalment is asked.due.instalment) == 0
