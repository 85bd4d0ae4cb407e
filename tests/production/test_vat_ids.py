"""A VAT id is cleaned and checked by its country's format; whether it lives only the tax offices know."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.errors import BadInput
from portal.production.vat_ids import VatId, read_vat_id


@pytest.mark.parametrize(
    ("text", "country", "number"),
    [
        ("DE136695976", "DE", "DE136695976"),
        ("de 136 695 976", "DE", "DE136695976"),
        ("136695976", "DE", "DE136695976"),
        ("ATU 13585627", "AT", "ATU13585627"),
        ("EL 094259216", "GR", "EL094259216"),
        ("094259216", "GR", "EL094259216"),
        ("FR 40 303 265 045", "MC", "FR40303265045"),
        ("NL4495445B01", "NL", "NL4495445B01"),
        ("CHE-107.787.577 IVA", "CH", "CHE107787577IVA"),
    ],
)
def test_an_id_is_kept_in_one_form_with_its_prefix(text, country, number):
    assert read_vat_id(text, country=country) == VatId(number, is_checked=True)


@pytest.mark.parametrize("text", ["DE136695977", "DE1", "DE12345678901234"])
def test_a_wrong_digit_is_found(text):
    with pytest.raises(BadInput, match="does not have the form of a VAT id of DE"):
        read_vat_id(text, country="DE")


def test_an_id_of_another_member_state_than_the_address_is_asked_about():
    with pytest.raises(BadInput, match="a VAT id of AT, the address is in DE"):
        read_vat_id("ATU13585627", country="DE")


def test_northern_ireland_has_its_own_prefix():
    assert read_vat_id("XI 980 7806 84", country="GB") == VatId("XI980780684", is_checked=True)


def test_an_id_of_a_country_whose_format_nobody_knows_is_kept_unchecked():
    assert read_vat_id("123-456", country="US") == VatId("123456", is_checked=False)


def test_no_id_is_no_id():
    assert read_vat_id("  ", country="DE") == VatId("", is_checked=False)


@pytest.mark.parametrize("text", ["１３６６９５９７６", "x" * 21, "DE\u202e136695976"])
def test_what_is_no_id_at_all_is_refused_with_what_to_do(text):
    with pytest.raises(BadInput, match="or leave it empty"):
        read_vat_id(text, country="DE")


@given(text=st.text(max_size=25), country=st.sampled_from(["DE", "AT", "GR", "GB", "MC", "US", "CH", "BR", "XK"]))
def test_whatever_is_typed_is_an_id_or_a_sentence(text, country):
    with suppress(BadInput):  # any other error would be our bug
        found = read_vat_id(text, country=country)
        assert read_vat_id(found.number, country=country) == found
