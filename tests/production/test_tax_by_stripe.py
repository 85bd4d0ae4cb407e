"""What Stripe Tax calculates becomes a decision with its reason on the invoice, or is left to people."""

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.production.money import from_minor, rounded, to_minor
from portal.production.tax_by_stripe import decision_of_calculation
from portal.production.taxing import Sale, Supply, Treatment, read_tax_table

TABLE = read_tax_table((Path(__file__).resolve().parents[2] / "config" / "tax.toml").read_text("utf-8"))


def told(*parts, tax=None):
    """Parts as (percent, reason, amount of tax in cents)."""
    breakdown = [
        {
            "amount": amount,
            "taxability_reason": reason,
            "tax_rate_details": {"percentage_decimal": percent} if percent is not None else None,
        }
        for percent, reason, amount in parts
    ]
    whole = sum(amount for _, _, amount in parts) if tax is None else tax
    return {"id": "taxcalc_1", "tax_amount_exclusive": whole, "tax_breakdown": breakdown}


def decided(answer, *, to="DE", net="100.00", currency="EUR", **changed):
    sale = Sale("DE", Decimal("0.19"), to, to, **changed)
    return decision_of_calculation(answer, sale, TABLE, net=Decimal(net), currency=currency)


@pytest.mark.parametrize(
    ("to", "part", "treatment", "category", "rate"),
    [
        ("DE", ("19.0", "standard_rated", 1900), Treatment.DOMESTIC, "S", "0.19"),
        ("AT", ("20.0", "standard_rated", 2000), Treatment.DESTINATION, "S", "0.20"),
        ("AT", ("0.0", "reverse_charge", 0), Treatment.INTRA_COMMUNITY, "K", "0"),
        ("US", (None, "not_collecting", 0), Treatment.EXPORT, "G", "0"),
        ("DE", (None, "customer_exempt", 0), Treatment.EXEMPT, "E", "0"),
    ],
)
def test_a_calculation_is_a_treatment_with_its_category(to, part, treatment, category, rate):
    found = decided(told(part), to=to)
    assert (found.treatment, found.category, found.rate) == (treatment, category, Decimal(rate))
    assert found.source == "Stripe Tax taxcalc_1"


def test_work_for_a_business_of_another_member_is_its_reverse_charge():
    found = decided(told(("0.0", "reverse_charge", 0)), to="AT", supply=Supply.WORK)
    assert found.treatment is Treatment.REVERSE_CHARGE


def test_several_taxes_of_one_sale_are_one_rate():
    """6.25 % of the state and 2.625 % of the city, on 100.00."""
    found = decided(told(("6.25", "standard_rated", 625), ("2.625", "standard_rated", 263)), to="US")
    assert (found.rate, found.treatment) == (Decimal("0.08875"), Treatment.DESTINATION)


@pytest.mark.parametrize(
    ("answer", "to", "said"),
    [
        (told(("19.0", "standard_rated", 1900), tax=1800), "DE", "not one rate"),
        (told((None, "not_collecting", 0)), "AT", "its reason is none that we know"),
        (told((None, "not_collecting", 0)), "DE", "its reason is none that we know"),
        (told((None, "a new word", 0)), "US", "its reason is none that we know"),
        (told(), "US", "its reason is none that we know"),
    ],
)
def test_what_cannot_stand_on_an_invoice_is_left_to_people(answer, to, said):
    found = decided(answer, to=to)
    assert (found.rate, found.is_known) == (None, False)
    assert said in found.because


@given(minor=st.integers(10, 10**8), percent=st.sampled_from(["7.0", "19.0", "25.5"]))
def test_the_rate_of_a_decision_gives_stripes_tax_back(minor, percent):
    net = from_minor(minor, "EUR")
    tax = rounded(net * Decimal(percent) / 100, "EUR")
    found = decided(told((percent, "standard_rated", to_minor(tax, "EUR"))), net=net)
    assert found.rate is not None
    assert rounded(net * found.rate, "EUR") == tax
