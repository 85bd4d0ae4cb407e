"""Places and businesses at the edge of the Union's tax: islands, principalities, Northern Ireland, sellers abroad."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.production.taxing import Sale, Supply, Treatment, decide_tax, read_tax_table

TEXT = (Path(__file__).resolve().parents[2] / "config" / "tax.toml").read_text("utf-8")
TABLE = read_tax_table(TEXT)
ONE_STOP = read_tax_table(TEXT.replace('private_customers = "origin"', 'private_customers = "destination"'))
SMALL = read_tax_table(TEXT.replace('domestic_exemption = ""', 'domestic_exemption = "small business, section 19"'))
GERMAN = Sale("DE", Decimal("0.19"), "DE", "DE")
MEMBERS = sorted(TABLE.members)


def to(country, *, code="", by="", seller="DE", **changed):
    return replace(
        GERMAN,
        seller_country=seller,
        buyer_country=country,
        delivery_country=country,
        delivery_postal_code=code,
        vat_id=by,
        **changed,
    )


def treated(sale, table=TABLE):
    return decide_tax(sale, table).treatment


@pytest.mark.parametrize(
    ("country", "code"),
    [("ES", "35001"), ("ES", "38 001"), ("ES", "51001"), ("FR", "97110"), ("IT", "23041"), ("FI", "22100"),
     ("GR", "63086"), ("DE", "78266")],
)  # fmt: skip
def test_an_island_outside_of_the_tax_is_an_export_and_named(country, code):
    decision = decide_tax(to(country, code=code), TABLE)
    assert (decision.treatment, decision.rate) == (Treatment.EXPORT, 0)
    assert decision.because.startswith("exported to ")
    assert decision.because != f"exported to {country}"


@pytest.mark.parametrize(
    ("country", "code"), [("ES", "28035"), ("FR", "75971"), ("IT", "20341"), ("FI", "00220"), ("DE", "79098")]
)
def test_a_town_whose_code_only_holds_the_same_digits_is_inside(country, code):
    assert treated(to(country, code=code)) is Treatment.DOMESTIC


def test_a_code_of_another_country_is_no_island():
    assert treated(to("AT", code="78266")) is Treatment.DOMESTIC


def test_work_on_the_customers_parts_does_not_ask_for_the_island():
    assert treated(to("DE", code="27498", supply=Supply.WORK)) is Treatment.DOMESTIC


def test_monaco_is_at_home_for_a_french_shop():
    decision = decide_tax(to("MC", seller="FR", home_rate=Decimal("0.20")), TABLE)
    assert (decision.treatment, decision.rate) == (Treatment.DOMESTIC, Decimal("0.20"))


def test_a_french_id_frees_nobody_from_the_tax_of_a_french_shop():
    abroad = replace(to("AT", by="FR40303265045", seller="FR"), home_rate=Decimal("0.20"))
    assert treated(abroad) is Treatment.DOMESTIC


def test_a_shop_in_monaco_sells_as_a_french_one_does():
    assert treated(to("DE", by="DE136695976", seller="MC")) is Treatment.INTRA_COMMUNITY
    assert treated(to("FR", seller="MC")) is Treatment.DOMESTIC


def test_goods_for_a_business_in_northern_ireland_stay_in_the_union():
    decision = decide_tax(to("GB", by="XI366303068"), TABLE)
    assert (decision.treatment, decision.category) == (Treatment.INTRA_COMMUNITY, "K")


def test_work_for_a_business_in_northern_ireland_is_outside_of_it():
    decision = decide_tax(to("GB", by="XI366303068", supply=Supply.WORK), TABLE)
    assert (decision.treatment, decision.rate) == (Treatment.OUTSIDE, 0)


def test_what_is_fetched_by_a_business_from_abroad_is_taxed_at_home():
    fetched = replace(GERMAN, buyer_country="AT", vat_id="ATU13585627")
    assert treated(fetched) is Treatment.DOMESTIC


def test_an_american_who_has_it_sent_to_vienna_pays_the_tax_of_the_seller():
    assert treated(replace(to("AT"), buyer_country="US")) is Treatment.DOMESTIC


def test_an_austrian_business_that_has_it_sent_to_zurich_gets_an_export():
    assert treated(replace(to("CH"), buyer_country="AT", vat_id="ATU13585627")) is Treatment.EXPORT


def test_a_greek_business_is_known_by_el_and_not_by_gr():
    assert treated(to("GR", by="EL094259216")) is Treatment.INTRA_COMMUNITY
    assert treated(to("GR", by="GR094259216")) is Treatment.DOMESTIC


@pytest.mark.parametrize("country", ["CH", "NO", "US", "JP", "XK"])
def test_outside_of_the_union_nobody_is_asked_for_an_id(country):
    assert treated(to(country, is_business=False)) is Treatment.EXPORT


@pytest.mark.parametrize("country", [country for country in MEMBERS if country != "DE"])
def test_a_private_customer_pays_what_is_charged_where_they_live(country):
    decision = decide_tax(to(country, is_business=False), ONE_STOP)
    assert decision.treatment is Treatment.DESTINATION
    assert decision.rate == TABLE.members[country].value


@pytest.mark.parametrize("country", [country for country in MEMBERS if country not in {"DE", "GR"}])
def test_every_other_member_state_takes_goods_over_free_of_tax(country):
    assert treated(to(country, by=f"{country}1")) is Treatment.INTRA_COMMUNITY


def test_the_reason_for_a_rate_from_elsewhere_names_its_source_and_day():
    decision = decide_tax(to("AT", is_business=False), ONE_STOP)
    assert decision.source in decision.because
    assert str(TABLE.members["AT"].date) in decision.because


def test_a_small_business_still_exports_and_delivers_within_the_union_as_such():
    assert treated(to("US"), SMALL) is Treatment.EXPORT
    assert treated(to("DE"), SMALL) is Treatment.EXEMPT


def test_private_work_from_overseas_is_taxed_at_home():
    assert treated(to("US", supply=Supply.WORK, is_business=False)) is Treatment.DOMESTIC


def test_who_gives_an_id_is_a_business_whatever_was_ticked():
    said = to("AT", by="ATU13585627", supply=Supply.WORK, is_business=False)
    assert treated(said) is Treatment.REVERSE_CHARGE


@pytest.mark.parametrize("seller", ["GB", "CH", "US"])
def test_a_shop_outside_of_the_union_charges_its_own_tax_at_home_only(seller):
    assert treated(to(seller, seller=seller)) is Treatment.DOMESTIC
    assert treated(to("AT", by="ATU13585627", seller=seller)) is Treatment.OUTSIDE


@given(country=st.sampled_from(MEMBERS), code=st.text("0123456789", max_size=5))
def test_within_the_union_no_tax_without_an_id_means_that_a_place_is_named(country, code):
    decision = decide_tax(to(country, code=code), TABLE)
    assert decision.rate or decision.because != f"exported to {country}"


@given(country=st.sampled_from([*MEMBERS, "CH", "US", "GB"]), supply=st.sampled_from(Supply))
def test_the_same_question_gets_the_same_answer(country, supply):
    assert decide_tax(to(country, supply=supply), TABLE) == decide_tax(to(country, supply=supply), TABLE)


BELFAST = {"code": "BT1 5GS"}


@pytest.mark.parametrize("is_business", [True, False])
def test_boards_for_belfast_without_its_id_bear_the_tax_of_home(is_business):
    """Nobody there can account for it: an export would leave them untaxed."""
    decision = decide_tax(to("GB", **BELFAST, is_business=is_business), TABLE)
    assert (decision.treatment, decision.rate) == (Treatment.DOMESTIC, Decimal("0.19"))


def test_by_the_one_stop_shop_boards_for_belfast_bear_the_rate_there():
    decision = decide_tax(to("GB", **BELFAST, is_business=False), ONE_STOP)
    assert (decision.treatment, decision.rate) == (Treatment.DESTINATION, Decimal("0.20"))
    assert "UK VAT Act" in decision.because


def test_a_business_in_belfast_with_its_own_id_accounts_for_the_tax_itself():
    assert treated(to("GB", **BELFAST, by="XI366303068")) is Treatment.INTRA_COMMUNITY


def test_a_british_id_does_not_free_boards_for_belfast():
    assert treated(to("GB", **BELFAST, by="GB366303068")) is Treatment.DOMESTIC


@pytest.mark.parametrize("code", ["bt71 4aa", "BT1", " BT92 1AB"])
def test_belfast_is_known_however_its_code_is_typed(code):
    assert treated(to("GB", code=code)) is Treatment.DOMESTIC


@pytest.mark.parametrize("code", ["B1 1BT", "M1 1AE", ""])
def test_the_rest_of_the_kingdom_is_an_export(code):
    assert treated(to("GB", code=code)) is Treatment.EXPORT


def test_work_for_a_business_in_belfast_is_work_outside_of_the_union():
    assert treated(to("GB", **BELFAST, supply=Supply.WORK)) is Treatment.OUTSIDE


def test_a_seller_outside_of_the_union_exports_to_belfast_as_anywhere():
    assert treated(to("GB", **BELFAST, seller="CH")) is Treatment.OUTSIDE
