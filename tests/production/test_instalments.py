"""An order is paid whole, or a deposit and the rest before shipping, or by terms; the parts are the total."""

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.errors import RatesRefused
from portal.production.instalments import (
    Due,
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
grosses = st.decimals("0.01", "200000", places=2)


def parts(gross="1000.01", *, days=None):
    return plan(Decimal(gross), "EUR", RULES, terms_days=days)


def test_half_at_the_order_and_the_rest_before_shipping():
    deposit, balance = parts()
    assert (deposit.amount, deposit.when) == (Decimal("500.01"), When.AT_ORDER)
    assert (balance.amount, balance.when) == (Decimal("500.00"), When.BEFORE_SHIPPING)


def test_a_small_order_is_paid_at_once():
    assert parts("499.99") == (Due(Instalment.WHOLE, Decimal("499.99"), When.AT_ORDER),)


def test_by_terms_everything_is_due_so_many_days_after_the_invoice():
    assert parts(days=30) == (Due(Instalment.WHOLE, Decimal("1000.01"), When.AFTER_INVOICE, 30),)


@pytest.mark.parametrize("part", ["0", "1"])
def test_a_deposit_of_nothing_or_of_all_is_none(part):
    rules = read_payment_rules(TEXT.replace('part = { value = "0.50"', f'part = {{ value = "{part}"'))
    assert [due.instalment for due in plan(Decimal(900), "EUR", rules, terms_days=None)] == [Instalment.WHOLE]


@given(gross=grosses, days=st.none() | st.integers(0, 90))
def test_the_parts_are_the_total_to_the_cent(gross, days):
    assert sum(due.amount for due in plan(gross, "EUR", RULES, terms_days=days)) == gross


@given(gross=grosses, paid=st.decimals("-500", "300000", places=2), credited=st.decimals("0", "1000", places=2))
def test_what_is_left_of_the_parts_is_what_is_left_of_the_total(gross, paid, credited):
    found = standings(parts(str(gross)), paid=paid, credited=credited)
    owed = max(Decimal(0), gross - credited)
    assert sum(standing.left for standing in found) == max(Decimal(0), owed - max(paid, 0))


@given(gross=grosses, first=grosses, more=grosses)
def test_more_money_never_leaves_more_to_pay(gross, first, more):
    before = standings(parts(str(gross)), paid=first)
    after = standings(parts(str(gross)), paid=first + more)
    assert all(late.left <= early.left for early, late in zip(before, after, strict=True))


@pytest.mark.parametrize(
    ("paid", "due", "starts", "ships"),
    [
        ("0", Instalment.DEPOSIT, False, False),
        ("500.00", Instalment.DEPOSIT, False, False),
        ("500.01", Instalment.BALANCE, True, False),
        ("1000.00", Instalment.BALANCE, True, False),
        ("1000.01", None, True, True),
        ("2000", None, True, True),
    ],
)
def test_the_deposit_lets_it_start_and_the_balance_lets_it_ship(paid, due, starts, ships):
    found = standings(parts(), paid=Decimal(paid))
    coming = next_part(found)
    assert (coming and coming.due.instalment, may_start(found), may_ship(found)) == (due, starts, ships)


def test_an_order_on_terms_starts_and_ships_unpaid():
    found = standings(parts(days=30), paid=Decimal(0))
    assert may_start(found)
    assert may_ship(found)


def test_what_was_credited_is_taken_off_the_balance_first():
    deposit, balance = standings(parts(), paid=Decimal(0), credited=Decimal("500.00"))
    assert (deposit.left, balance.left) == (Decimal("500.01"), Decimal("0.00"))


def test_the_rules_are_checked_whole():
    with pytest.raises(RatesRefused, match=r"card\.open_hours: is missing"):
        read_payment_rules(TEXT.replace("open_hours", "open_days"))


def test_every_figure_of_the_rules_has_its_source():
    for figure in (RULES.deposit.part, RULES.deposit.from_total, RULES.card.open_hours):
        assert figure.source
