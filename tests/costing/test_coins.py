"""Money without hundredths: each line is rounded to a coin that there is, and a total is only ever their sum."""

import json
from decimal import Decimal

import pytest
from costing_examples import SENSOR, a_design, demo_basis
from hypothesis import given
from hypothesis import strategies as st

from portal.costing.cards import read_rate_card
from portal.costing.discounts import Discount, discount_line
from portal.costing.facts import price_facts
from portal.costing.lines import CostGroup, CostLine, in_coins, total
from portal.costing.matrix import Basis, asked, row
from portal.currencies import EXPONENTS, SMALLEST, smallest
from portal.routing.options import BuildOptions, Speed
from portal.services.snapshot import sheet_of, sheet_value

currencies = st.sampled_from(["EUR", "HUF", "JPY", "KRW", "ISK", "KWD", "BHD"])
figures = st.decimals("0", "99999", places=4)
KNOWN = 'unit = "EUR"\nsource = "test"\ndate = 2026-11-23\ngrade = "A"\n'
CARD = f"""
name = "yen"
currency = "OTHER"
as_of = 2026-11-23

[[charges]]
label = "Assembly"
group = "assembly"
per = "smt_placement"
rate = "1.37"
because = "by the placement"
{KNOWN}
[[charges]]
label = "At least"
group = "adjustment"
fill_to = {{ amount = "1000", per = "order" }}
of_groups = "assembly"
because = "so that it is worth it"
{KNOWN}"""


def in_money(currency: str) -> Basis:
    basis = demo_basis()
    card = basis.card.model_copy(update={"currency": currency})
    return Basis(basis.shop, card, basis.catalogue)


def is_payable(amount: Decimal, currency: str) -> bool:
    return amount % smallest(currency) == 0


@given(quantity=figures, rate=figures, currency=currencies)
def test_a_line_is_rounded_once_to_a_coin_that_there_is(quantity, rate, currency):
    [line] = in_coins([CostLine(CostGroup.PARTS, "R", quantity, "pcs", rate, "")], smallest(currency))
    assert is_payable(line.amount, currency)
    assert abs(line.amount - quantity * rate) <= smallest(currency) / 2


@pytest.mark.parametrize("currency", ["EUR", "JPY", "ISK", "KWD"])
@pytest.mark.parametrize("boards", [1, 7, 1000])
def test_every_line_of_a_board_can_be_paid_and_the_total_is_their_sum(currency, boards):
    cells = list(row(asked(a_design(SENSOR), BuildOptions(), in_money(currency)), tuple(Speed), boards=boards))
    lines = [line for cell in cells for line in cell.sheet.lines]
    assert all(is_payable(line.amount, currency) for line in lines)
    assert [cell.sheet.total for cell in cells] == [sum(line.amount for line in cell.sheet.lines) for cell in cells]


def test_a_frozen_yen_line_thaws_as_it_was():
    [cell] = row(asked(a_design(SENSOR), BuildOptions(), in_money("JPY")), (Speed.STANDARD,), boards=7)
    frozen = json.loads(json.dumps(sheet_value(cell.sheet)))
    thawed = sheet_of(frozen | {"unpriced": []})
    assert [line.amount for line in thawed.lines] == [line.amount for line in cell.sheet.lines]


def test_a_line_in_cents_is_frozen_as_it_always_was():
    [cell] = row(asked(a_design(SENSOR), BuildOptions(), demo_basis()), (Speed.STANDARD,), boards=7)
    assert {frozenset(line) for line in sheet_value(cell.sheet)["lines"]} == {
        frozenset({"group", "label", "quantity", "unit", "rate", "amount", "because"})
    }


@given(per_cent=st.integers(1, 100), basis=st.integers(1, 10**7), currency=currencies)
def test_a_discount_can_be_paid_and_is_never_more_than_there_is(per_cent, basis, currency):
    coin = smallest(currency)
    lines = [CostLine(CostGroup.PARTS, "R", Decimal(basis), "pcs", coin, "", coin)]
    line = discount_line(Discount("Loyal", "for years", Decimal(per_cent), is_per_cent=True), lines, currency)
    assert is_payable(line.amount, currency)
    assert 0 <= total([*lines, line]) <= total(lines)


@pytest.mark.parametrize(("currency", "amounts"), [("EUR", "101.38 898.62"), ("JPY", "101 899"), ("ISK", "101 899")])
def test_given_facts_are_priced_in_whole_coins(currency, amounts):
    priced = price_facts({"smt_placement": 74}, read_rate_card(CARD.replace("OTHER", currency)))
    assert " ".join(str(line.amount) for line in priced.lines) == amounts


def test_every_currency_of_the_table_has_a_coin_of_its_own_kind():
    assert {smallest(currency) for currency in (*EXPONENTS, *SMALLEST)} == {Decimal(1), Decimal("0.01")}
