"""Many credit notes of one invoice take back its tax exactly, however small each of them is."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invoices_made import a_line, an_invoice

from portal.currencies import smallest
from portal.production.invoice import InvoiceKind, TaxPart, faults, tax_to_credit
from portal.production.money import from_minor, rounded

currencies = st.sampled_from(["EUR", "JPY", "KWD", "ISK"])
rates = st.sampled_from(["0", "0.07", "0.19", "0.255", "0.27"]).map(Decimal)


def taken_back(said, nets, currency):
    """The tax of each note, one after the other, and what is left at the end."""
    left_net, left_tax, taxes = said.net, said.tax, []
    for net in nets:
        taxes.append(tax_to_credit(said, left=(left_net, left_tax), net=net, currency=currency))
        left_net, left_tax = left_net - net, left_tax - taxes[-1]
    return taxes, (left_net, left_tax)


def whole(nets, rate, currency):
    net = sum(nets)
    return TaxPart("S", rate, net, rounded(net * rate, currency))


amounts = st.lists(st.integers(1, 5000), min_size=1, max_size=30)


@given(minors=amounts, rate=rates, currency=currencies)
def test_all_notes_together_take_back_the_whole_tax(minors, rate, currency):
    nets = [minor * smallest(currency) for minor in minors]
    _, left = taken_back(whole(nets, rate, currency), nets, currency)
    assert left == (0, 0)


@given(minors=amounts, rate=rates, currency=currencies)
def test_no_note_takes_tax_below_nothing_or_a_coin_from_its_own(minors, rate, currency):
    nets = [minor * smallest(currency) for minor in minors]
    taxes, _ = taken_back(whole(nets, rate, currency), nets, currency)
    for net, tax in zip(nets, taxes, strict=True):
        assert tax >= 0
        assert abs(tax - rounded(net * rate, currency)) <= smallest(currency)


def test_a_hundred_notes_of_a_cent_do_not_use_up_the_tax():
    """19 % of a cent is nothing, of a euro 19 cents: the notes take turns."""
    cent = from_minor(1, "EUR")
    taxes, _ = taken_back(TaxPart("S", Decimal("0.19"), Decimal(1000), Decimal(190)), [cent] * 100, "EUR")
    assert sum(taxes) == Decimal("0.19")


def test_notes_of_an_older_way_that_took_too_much_are_made_good_by_the_next():
    said = TaxPart("S", Decimal("0.19"), Decimal("1.00"), Decimal("0.19"))
    left = (Decimal("0.88"), Decimal("0.15"))  # four notes of three cents took a cent each
    assert tax_to_credit(said, left=left, net=Decimal("0.01"), currency="EUR") == 0
    assert tax_to_credit(said, left=left, net=Decimal("0.88"), currency="EUR") == Decimal("0.15")


@pytest.mark.parametrize(("kind", "is_right"), [(InvoiceKind.CREDIT_NOTE, True), (InvoiceKind.INVOICE, False)])
def test_only_a_credit_note_may_be_a_cent_off(kind, is_right):
    line, tax = a_line("0.03", boards="1"), TaxPart("S", Decimal("0.19"), Decimal("0.03"), Decimal("0.00"))
    assert (faults(an_invoice(kind=kind, lines=(line,), taxes=(tax,), due=())) == []) is is_right
