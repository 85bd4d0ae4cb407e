"""Invoices of several rates, in yen, with a prepayment, and credit notes: each adds up or says where it does not."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invoices_made import a_line, an_invoice

from portal.production.invoice import DuePart, InvoiceKind, TaxPart, canonical, facts_of_text, faults, fingerprint
from portal.production.money import rounded

SET_UP = replace(a_line("250.00", boards="1", number=2), label="Set-up")
BOOK = a_line("10.00", number=3, rate="0.07", boards="1")


def part(net, rate="0.19", category="S", currency="EUR"):
    return TaxPart(category, Decimal(rate), Decimal(net), rounded(Decimal(net) * Decimal(rate), currency))


def billed(*lines, taxes, **changed):
    return an_invoice(lines=lines, taxes=tuple(taxes), due=(), **changed)


def test_lines_of_one_rate_are_taxed_together():
    """19 % of 1,484.57 are 282.0683: 282.07, where line by line it would be 234.57 + 47.50 as well."""
    invoice = billed(a_line(), SET_UP, taxes=[part("1484.57")])
    assert (faults(invoice), invoice.tax, invoice.gross) == ([], Decimal("282.07"), Decimal("1766.64"))


def test_two_rates_stand_in_two_parts():
    invoice = billed(a_line(), BOOK, taxes=[part("1234.57"), part("10.00", "0.07")])
    assert (faults(invoice), invoice.tax) == ([], Decimal("235.27"))


def test_a_line_of_another_rate_is_not_hidden_in_the_usual_one():
    invoice = billed(a_line(), BOOK, taxes=[part("1244.57")])
    assert faults(invoice) == ["the lines of tax category S do not sum to 1244.57"]


def test_an_invoice_free_of_tax_adds_up_to_its_net():
    line = a_line(rate="0", category="K")
    invoice = billed(line, taxes=[TaxPart("K", Decimal(0), Decimal("1234.57"), Decimal("0.00"), "Article 138")])
    assert (faults(invoice), invoice.gross) == ([], invoice.net)


def test_an_invoice_without_lines_is_of_nothing():
    invoice = billed(taxes=[])
    assert (faults(invoice), invoice.net, invoice.to_pay) == ([], 0, 0)


def test_yen_are_not_billed_in_parts():
    whole = billed(a_line("100001", boards="3"), taxes=[part("100001", "0.10", currency="JPY")], currency="JPY")
    assert faults(whole)[0] == "the lines of tax category S do not sum to 100001"  # the line says 19 %
    right = replace(whole, lines=(a_line("100001", boards="3", rate="0.10"),))
    assert (faults(right), right.tax) == ([], Decimal(10000))


def test_a_third_of_a_cent_a_board_is_rounded_on_the_line_once():
    line = replace(a_line("0.01", boards="3"), unit_price=Decimal("0.0033"), per=Decimal(1))
    assert faults(billed(line, taxes=[part("0.01")])) == []
    assert faults(billed(replace(line, amount=Decimal("0.00")), taxes=[])) == ["line 1 is 0.00, not quantity × price"]


def test_what_was_paid_more_than_the_whole_is_paid_back():
    assert an_invoice(prepaid=Decimal("1500.00")).to_pay == Decimal("-30.86")


def test_all_paid_before_leaves_instalments_of_nothing():
    paid = an_invoice(prepaid=Decimal("1469.14"), due=())
    assert (paid.to_pay, faults(paid)) == (0, [])


@pytest.mark.parametrize("last", ["734.56", "734.58", "0.00"])
def test_instalments_a_cent_off_are_found(last):
    due = (DuePart("Deposit", Decimal("734.57")), DuePart("Balance", Decimal(last)))
    assert faults(an_invoice(due=due)) == ["the instalments do not sum to 1469.14"]


def test_an_instalment_at_an_event_has_no_day_and_the_other_decides():
    first = DuePart("Deposit", Decimal("734.57"), date(2026, 12, 30))
    last = DuePart("Balance", Decimal("734.57"), when="before shipping")
    assert an_invoice(due=(first, last)).due_on == date(2026, 12, 30)


def test_every_fault_of_an_invoice_is_found_at_once():
    broken = an_invoice(lines=(replace(a_line(), amount=Decimal("1.00")),), due=(DuePart("All", Decimal("5.00")),))
    assert len(faults(broken)) == 4


def test_a_credit_note_carries_the_amounts_of_what_it_corrects():
    note = an_invoice(kind=InvoiceKind.CREDIT_NOTE, corrects="2026-0006", number="2026-0007", due=())
    assert (faults(note), note.gross, note.kind.code) == ([], Decimal("1469.14"), "381")


@pytest.mark.parametrize(
    "changed", [{"number": "2026-0008"}, {"issued_on": date(2026, 11, 24)}, {"customer_po": "4711"}]
)
def test_another_number_day_or_reference_is_another_document(changed):
    assert fingerprint(canonical(an_invoice(**changed))) != fingerprint(canonical(an_invoice()))


def test_a_stored_invoice_keeps_its_trailing_zeros():
    stored = canonical(an_invoice(prepaid=Decimal("100.10"), due=()))
    assert '"prepaid":"100.10"' in stored
    assert canonical(facts_of_text(stored)) == stored


amounts = st.lists(st.decimals("0.01", "9999.99", places=2), min_size=1, max_size=6)


@given(nets=amounts, rate=st.sampled_from(["0.19", "0.07", "0.255"]))
def test_the_tax_of_all_lines_is_within_half_a_cent_of_the_exact_one(nets, rate):
    lines = [a_line(str(net), number=number, rate=rate) for number, net in enumerate(nets, 1)]
    invoice = billed(*lines, taxes=[part(sum(nets), rate)])
    assert faults(invoice) == []
    assert abs(invoice.tax - sum(nets) * Decimal(rate)) <= Decimal("0.005")


@given(nets=amounts)
def test_the_order_of_the_lines_changes_no_sum(nets):
    lines = [a_line(str(net), number=number) for number, net in enumerate(nets, 1)]
    there, back = (billed(*order, taxes=[part(sum(nets))]) for order in (lines, lines[::-1]))
    assert (there.net, there.gross, faults(there)) == (back.net, back.gross, faults(back))
