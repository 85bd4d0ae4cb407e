"""The tax on an invoice is decided once, from country, delivery and VAT id, and says why."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.errors import RatesRefused
from portal.production.taxing import Sale, Supply, Treatment, decide_tax, read_tax_table

TEXT = (Path(__file__).resolve().parents[2] / "config" / "tax.toml").read_text("utf-8")
TABLE = read_tax_table(TEXT)
THERE = read_tax_table(TEXT.replace('private_customers = "origin"', 'private_customers = "destination"'))
SMALL = read_tax_table(TEXT.replace('domestic_exemption = ""', 'domestic_exemption = "small business, section 19"'))
HOME = Sale(seller_country="DE", home_rate=Decimal("0.19"), buyer_country="DE", delivery_country="DE")
BUSINESS = replace(HOME, buyer_country="AT", delivery_country="AT", vat_id="ATU13585627")


def sale(text, *, seller="DE", supply=Supply.GOODS):
    """'AT to FR-97400 by ATU13585627': the buyer, where it goes when it goes elsewhere, and the id."""
    words = text.replace("privately", "").split()
    place = words[words.index("to") + 1] if "to" in words else words[0]
    country, _, code = place.partition("-")
    vat_id = words[words.index("by") + 1] if "by" in words else ""
    parties = {"buyer_country": words[0][:2], "delivery_country": country, "delivery_postal_code": code}
    is_business = "privately" not in text
    return replace(HOME, seller_country=seller, vat_id=vat_id, is_business=is_business, supply=supply, **parties)


@pytest.mark.parametrize(
    ("text", "treatment", "category", "rate"),
    [
        ("DE", Treatment.DOMESTIC, "S", "0.19"),
        ("DE by DE136695976", Treatment.DOMESTIC, "S", "0.19"),
        ("DE privately", Treatment.DOMESTIC, "S", "0.19"),
        ("AT by ATU13585627", Treatment.INTRA_COMMUNITY, "K", "0"),
        ("GR by EL094259216", Treatment.INTRA_COMMUNITY, "K", "0"),
        ("AT privately", Treatment.DOMESTIC, "S", "0.19"),
        ("AT", Treatment.DOMESTIC, "S", "0.19"),
        ("AT to DE by ATU13585627", Treatment.DOMESTIC, "S", "0.19"),
        ("DE to AT by DE136695976", Treatment.DOMESTIC, "S", "0.19"),
        ("GB to GB by XI366303068", Treatment.INTRA_COMMUNITY, "K", "0"),
        ("GB by GB366303068", Treatment.EXPORT, "G", "0"),
        ("US", Treatment.EXPORT, "G", "0"),
        ("CH by CHE107787577", Treatment.EXPORT, "G", "0"),
        ("CH to DE by CHE107787577", Treatment.DOMESTIC, "S", "0.19"),
        ("MC by FR40303265045", Treatment.INTRA_COMMUNITY, "K", "0"),
        ("ES-35001 by ESB58378431", Treatment.EXPORT, "G", "0"),
        ("ES-28001 by ESB58378431", Treatment.INTRA_COMMUNITY, "K", "0"),
        ("FR to FR-97400 by FR40303265045", Treatment.EXPORT, "G", "0"),
        ("DE-27498", Treatment.EXPORT, "G", "0"),
    ],
)
def test_goods_are_taxed_by_where_they_go_and_who_takes_them(text, treatment, category, rate):
    decision = decide_tax(sale(text), TABLE)
    assert (decision.treatment, decision.category, decision.rate) == (treatment, category, Decimal(rate))


@pytest.mark.parametrize(
    ("text", "treatment"),
    [
        ("DE by DE136695976", Treatment.DOMESTIC),
        ("AT by ATU13585627", Treatment.REVERSE_CHARGE),
        ("AT to DE by ATU13585627", Treatment.REVERSE_CHARGE),
        ("AT", Treatment.DOMESTIC),
        ("US", Treatment.OUTSIDE),
        ("US privately", Treatment.DOMESTIC),
        ("AT privately", Treatment.DOMESTIC),
        ("GB by GB366303068", Treatment.OUTSIDE),
    ],
)
def test_work_on_the_customers_parts_is_taxed_where_the_business_is(text, treatment):
    assert decide_tax(sale(text, supply=Supply.WORK), TABLE).treatment is treatment


def test_a_private_customer_elsewhere_pays_their_own_rate_by_the_one_stop_shop():
    decision = decide_tax(sale("FI privately"), THERE)
    assert (decision.treatment, decision.rate) == (Treatment.DESTINATION, Decimal("0.255"))
    assert "since September 2024" in decision.source


def test_a_small_business_charges_no_tax_at_home_and_names_its_law():
    decision = decide_tax(HOME, SMALL)
    assert (decision.category, decision.rate, decision.because) == ("E", Decimal(0), "small business, section 19")


def test_a_rate_of_zero_is_zero_rated():
    assert decide_tax(replace(HOME, seller_country="HK", buyer_country="HK", delivery_country="HK"), TABLE).is_known
    free = replace(HOME, seller_country="GG", buyer_country="GG", delivery_country="GG", home_rate=Decimal(0))
    assert decide_tax(free, TABLE).category == "Z"


def test_a_seller_outside_the_union_knows_no_member_states():
    assert decide_tax(sale("DE by DE136695976", seller="GB"), TABLE).treatment is Treatment.OUTSIDE


@pytest.mark.parametrize("missing", ["buyer_country", "delivery_country"])
def test_without_a_country_there_is_a_question_and_no_rate(missing):
    decision = decide_tax(replace(BUSINESS, **{missing: ""}), TABLE)
    assert (decision.rate, decision.is_known) == (None, False)
    assert decision.because.endswith("Please give the billing address.")


def test_whoever_pays_no_tax_is_told_by_which_law():
    for text in ("AT by ATU13585627", "US", "ES-35001"):
        decision = decide_tax(sale(text), TABLE)
        assert "Directive 2006/112/EC" in decision.reason
        assert decision.reason_code.startswith("VATEX-EU-")


countries = st.sampled_from(["", "DE", "AT", "GR", "GB", "US", "CH", "ES", "MC", "XK"])
ids = st.sampled_from(["", "ATU13585627", "DE136695976", "EL094259216", "XI366303068", "CHE107787577"])
sales = st.builds(
    Sale,
    seller_country=st.sampled_from(["DE", "AT", "GB", "US"]),
    home_rate=st.sampled_from([Decimal("0.19"), Decimal("0.20"), Decimal(0)]),
    buyer_country=countries,
    delivery_country=countries,
    delivery_postal_code=st.sampled_from(["", "35001", "27498"]),
    vat_id=ids,
    is_business=st.booleans(),
    supply=st.sampled_from(Supply),
)


@given(sales)
def test_every_sale_has_an_answer_and_a_reason(made):
    decision = decide_tax(made, TABLE)
    assert decision.because
    assert decision.is_known is bool(made.buyer_country and made.delivery_country)


@given(sales)
def test_nobody_is_freed_from_tax_inside_the_union_without_an_id(made):
    decision = decide_tax(replace(made, vat_id=""), TABLE)
    assert decision.treatment not in {Treatment.INTRA_COMMUNITY, Treatment.REVERSE_CHARGE}


@given(sales)
def test_tax_is_charged_by_exactly_the_categories_that_have_a_rate(made):
    decision = decide_tax(made, THERE)
    assert not decision.is_known or (decision.rate > 0) is (decision.category == "S")


@pytest.mark.parametrize(
    ("was", "becomes", "fault"),
    [
        ('value = "0.19"', 'value = "a fifth"', "members.DE.value"),
        ('private_customers = "origin"', 'private_customers = "nowhere"', "private_customers"),
        ("[treatments.export]", "[treatments.exports]", "treatments.exports"),
    ],
)
def test_a_broken_table_is_refused_with_the_place(was, becomes, fault):
    with pytest.raises(RatesRefused, match=fault):
        read_tax_table(TEXT.replace(was, becomes))


def test_all_member_states_are_in_the_table_with_their_source():
    assert len(TABLE.members) == 27
    assert all(rate.source and rate.date and rate.grade for rate in TABLE.members.values())
