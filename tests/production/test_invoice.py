"""An invoice is one frozen value that adds up, and the same value is always the same bytes."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invoices_made import BUYER, a_line, an_invoice

from portal.production.invoice import InvoiceKind, TaxPart, canonical, facts_of, faults, fingerprint, value_of
from portal.production.money import rounded

amounts = st.decimals("0.01", "999999.99", places=2)
rates = st.sampled_from(["0", "0.07", "0.19", "0.255"]).map(Decimal)


def test_an_invoice_says_net_tax_and_gross():
    invoice = an_invoice()
    assert (invoice.net, invoice.tax, invoice.gross) == (Decimal("1234.57"), Decimal("234.57"), Decimal("1469.14"))


def test_a_sound_invoice_has_no_faults():
    assert faults(an_invoice()) == []


def test_what_was_paid_before_is_taken_off_what_is_to_pay():
    assert an_invoice(prepaid=Decimal("469.14")).to_pay == Decimal("1000.00")


def test_an_invoice_is_due_on_the_last_day_of_its_instalments():
    assert an_invoice().due_on == date(2026, 12, 23)


def test_an_invoice_without_days_has_no_day_on_which_it_is_due():
    assert an_invoice(due=()).due_on is None


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"lines": (replace(a_line(), amount=Decimal("1234.58")),)}, "line 1 is 1234.58"),
        ({"taxes": (TaxPart("S", Decimal("0.19"), Decimal("1234.57"), Decimal("234.58")),)}, "the tax of category S"),
        ({"taxes": (TaxPart("S", Decimal("0.19"), Decimal("1000.00"), Decimal("190.00")),)}, "do not sum to 1000.00"),
        ({"lines": (a_line(), a_line("1.00", number=2, rate="0.07"))}, "a line is in no tax category"),
        ({"prepaid": Decimal("1.00")}, "the instalments do not sum to 1468.14"),
    ],
)
def test_an_invoice_that_does_not_add_up_says_where(changed, fault):
    assert any(fault in found for found in faults(an_invoice(**changed)))


def test_the_kind_carries_the_code_of_the_standard():
    assert [(kind.value, kind.code) for kind in InvoiceKind] == [("invoice", "380"), ("credit-note", "381")]


def test_an_invoice_comes_back_from_its_json_as_it_was():
    invoice = an_invoice(ship_to=BUYER, supplied_on=date(2026, 12, 20), notes=("Thank you.",))
    assert facts_of(value_of(invoice)) == invoice


def test_json_holds_no_float():
    def numbers(value):
        inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
        return [value] if isinstance(value, float) else [found for part in inner for found in numbers(part)]

    assert numbers(value_of(an_invoice())) == []


def test_one_cent_more_is_another_fingerprint():
    other = an_invoice(lines=(a_line("1234.58"),))
    assert fingerprint(canonical(an_invoice())) != fingerprint(canonical(other))


@given(amount=amounts, boards=st.integers(1, 100_000), rate=rates)
def test_a_price_for_all_boards_together_never_needs_rounding(amount, boards, rate):
    line = a_line(str(amount), boards=str(boards), rate=str(rate))
    part = TaxPart("S", rate, amount, rounded(amount * rate, "EUR"))

    assert faults(an_invoice(lines=(line,), taxes=(part,), due=())) == []


@given(amount=amounts, words=st.text(min_size=1))
def test_the_same_invoice_is_the_same_bytes_after_any_journey(amount, words):
    invoice = an_invoice(lines=(replace(a_line(str(amount)), label=words),), customer_po=words)
    assert canonical(facts_of(value_of(invoice))) == canonical(invoice)
