"""Price lists of suppliers: taken in whole or not at all, found by part number, beside the shop's own catalogue."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import sqlalchemy as sa

from portal.board.design import Alternate, BomLine, Design
from portal.errors import RatesRefused
from portal.models.catalogue import CatalogueOffer, PriceList
from portal.models.shop import ShopPart
from portal.models.work import AuditEntry
from portal.parts.catalogue import normalised
from portal.parts.offers import Packaging
from portal.services.catalogue import import_price_list, offers_for, part_numbers, with_offers
from portal.services.shop import shop_of_files

CONFIG = Path(__file__).resolve().parents[2] / "config"
HEAD = "mpn,supplier,as_of,breaks,stock,packaging,reel,reel_fee"
NOVEMBER = f"""{HEAD}
RC0402FR-0710KL,Digi,2026-11-01,1:0.01;100:0.005,5000,cut tape,,
RC0402FR-0710KL,Digi,2026-11-01,1:0.01;100:0.005,5000,custom reel,10000,6.02
STM32G071CBT6,Digi,2026-11-02,1:3.4,,,,
"""
DECEMBER = f"{HEAD}\nSTM32G071CBT6,Digi,2026-12-01,1:3.1,,,,\n"
OTHER = f"{HEAD}\nSTM32G071CBT6,Mouse,2026-10-01,1:3.6,,,,\n"


@pytest.fixture
def shop():
    return shop_of_files({part: (CONFIG / part.value).read_text("utf-8") for part in ShopPart})


def taken(session, act, text, name="list.csv"):
    return import_price_list(session, text.splitlines(), act, name=name)


def prices(session, *mpns):
    found = offers_for(session, mpns)
    return {(offer.supplier, offer.packaging, offer.dearest) for mpn in mpns for offer in found.find(mpn)}


def test_a_price_list_says_what_it_held_and_of_which_days(session, act):
    kept = taken(session, act, NOVEMBER)

    assert (kept.name, kept.offers) == ("list.csv", 3)
    assert (kept.oldest, kept.newest) == (date(2026, 11, 1), date(2026, 11, 2))


def test_an_offer_comes_back_as_it_stood_in_the_file(session, act):
    taken(session, act, NOVEMBER)
    _, wound = offers_for(session, ["rc0402fr-0710 kl"]).find("RC0402FR-0710KL")

    assert (wound.packaging, wound.reel, wound.reel_fee) == (Packaging.CUSTOM_REEL, 10000, Decimal("6.02"))
    assert [(step.quantity, step.unit_price) for step in wound.breaks] == [
        (1, Decimal("0.01")),
        (100, Decimal("0.005")),
    ]
    assert (wound.as_of, wound.stock, wound.lead_days) == (date(2026, 11, 1), 5000, None)


def test_the_offers_of_a_whole_bom_take_one_query(session, act):
    taken(session, act, NOVEMBER)
    seen = []
    sa.event.listen(session.connection(), "before_cursor_execute", lambda *args: seen.append(args[2]))
    offers_for(session, ["STM32G071CBT6", "RC0402FR-0710KL", "UNKNOWN"])

    assert len([statement for statement in seen if statement.startswith("SELECT")]) == 1


def test_a_newer_list_takes_the_place_of_the_older_one_of_its_supplier(session, act):
    taken(session, act, NOVEMBER)
    taken(session, act, DECEMBER)

    assert prices(session, "STM32G071CBT6", "RC0402FR-0710KL") == {("Digi", "", Decimal("3.1"))}


def test_the_lists_of_other_suppliers_stay(session, act):
    taken(session, act, OTHER)
    taken(session, act, DECEMBER)

    assert {supplier for supplier, *_ in prices(session, "STM32G071CBT6")} == {"Digi", "Mouse"}


def test_a_list_with_a_fault_is_refused_with_the_line(session, act):
    with pytest.raises(RatesRefused) as refused:
        taken(session, act, f"{NOVEMBER}STM32G031,Digi,tomorrow,1:3\n")

    assert refused.value.faults == ["list.csv line 5: as_of is 'tomorrow'; expected a day such as 2026-04-30"]


def test_a_list_without_its_columns_takes_nothing_away(session, act):
    taken(session, act, NOVEMBER)
    with pytest.raises(RatesRefused), session.begin_nested():
        taken(session, act, "part,price\nSTM32G071CBT6,3\n")

    assert prices(session, "STM32G071CBT6") == {("Digi", "", Decimal("3.4"))}


def test_who_took_a_list_in_is_remembered(session, act):
    taken(session, act, NOVEMBER)
    entry = session.scalars(sa.select(AuditEntry).order_by(AuditEntry.number.desc())).first()

    assert (entry.action, entry.subject, entry.actor) == ("catalogue.price_list", "list.csv", act.actor)
    assert entry.changes == {"offers": 3, "suppliers": ["Digi"]}


def test_thousands_of_rows_come_in_batches(session, act):
    rows = "\n".join(f"PART-{number},Digi,2026-11-01,1:0.{number % 9 + 1}" for number in range(12_001))
    kept = taken(session, act, f"mpn,supplier,as_of,breaks\n{rows}")

    assert kept.offers == session.scalar(sa.select(sa.func.count()).select_from(CatalogueOffer)) == 12_001
    assert len(prices(session, "PART-12000")) == 1


def test_what_nobody_offers_is_not_found(session, act):
    taken(session, act, NOVEMBER)

    assert prices(session, "MYSTERY", "") == set()
    assert offers_for(session, []).find("MYSTERY") == ()


def test_alternates_of_the_bom_are_looked_up_too():
    lines = (
        BomLine(1, ("R1",), mpn="A1", alternates=(Alternate("A2"),)),
        BomLine(2, ("R2",), mpn="A3", not_fitted=True),
    )

    assert list(part_numbers(Design("board", bom=lines))) == ["A1", "A2"]


def test_offers_of_the_lists_stand_beside_those_of_the_catalogue_file(session, act, shop):
    taken(session, act, OTHER)
    design = Design("board", bom=(BomLine(1, ("U1",), mpn="STM32G071CBT6"),))
    found = with_offers(session, shop, design).basis.catalogue.find("STM32G071CBT6")

    assert [offer.supplier for offer in found] == ["demo list", "Mouse"]


def test_without_price_lists_the_shop_stays_as_it_is(session, shop):
    assert with_offers(session, shop, Design("board", bom=(BomLine(1, ("U1",), mpn="X"),))) is shop


def test_a_price_list_that_names_nobody_is_kept_as_empty(session, act):
    kept = taken(session, act, HEAD)

    assert (kept.offers, kept.oldest) == (0, None)
    assert session.scalar(sa.select(sa.func.count()).select_from(PriceList)) == 1
    assert normalised(" a b ") == "AB"
