"""The shop's data in versions: added, never changed; the newest is in force; a broken text changes nothing."""

from dataclasses import replace

import pytest
import sqlalchemy as sa

from benchmarks.seed import CONFIG
from portal.errors import RatesRefused
from portal.models.shop import ShopPart, ShopVersion
from portal.models.work import AuditEntry
from portal.services.shop import add_version, current_shop, load_config, shop_of_files

TEXTS = {part: (CONFIG / part.value).read_text("utf-8") for part in ShopPart}
DEARER = TEXTS[ShopPart.RATES].replace('name = "house-2026-11"', 'name = "house-2026-12"')


@pytest.fixture
def shop(session, act):
    """The shop as its files say."""
    load_config(session, CONFIG, act)
    return session


def versions(session, part=ShopPart.RATES):
    query = sa.select(ShopVersion).where(ShopVersion.part == part).order_by(ShopVersion.number)
    return session.scalars(query).all()


def test_the_first_version_is_number_one(shop):
    assert [version.number for version in versions(shop)] == [1]


def test_the_same_text_again_is_no_new_version(shop, act):
    [first] = versions(shop)

    assert add_version(shop, ShopPart.RATES, TEXTS[ShopPart.RATES], act) is first
    assert versions(shop) == [first]


def test_another_text_is_the_next_version_and_the_first_stays_as_it_was(shop, act):
    add_version(shop, ShopPart.RATES, DEARER, act)

    assert [(version.number, version.text) for version in versions(shop)] == [(1, TEXTS[ShopPart.RATES]), (2, DEARER)]


def test_a_version_says_who_made_it_when_and_why(shop, act):
    made = add_version(shop, ShopPart.RATES, DEARER, act.because("copper is dearer"))

    assert (made.created_by, made.created_at, made.reason) == (act.actor, act.at, "copper is dearer")


def test_a_version_is_in_the_audit_with_its_hash(shop, act):
    made = add_version(shop, ShopPart.RATES, DEARER, act)
    shop.flush()

    entry = shop.scalars(sa.select(AuditEntry).order_by(AuditEntry.number.desc())).first()
    assert (entry.action, entry.subject) == ("shop.version", "rates.toml")
    assert entry.changes == {"number": 2, "sha256": made.sha256}


def test_going_back_to_an_old_text_is_a_version_of_its_own(shop, act):
    for text in (DEARER, TEXTS[ShopPart.RATES]):
        add_version(shop, ShopPart.RATES, text, act)

    assert [version.number for version in versions(shop)] == [1, 2, 3]
    assert current_shop(shop).basis.card.name == "house-2026-11"


@pytest.mark.parametrize("part", ShopPart)
def test_a_broken_text_is_refused_and_changes_nothing(shop, act, part):
    before = current_shop(shop)

    with pytest.raises(RatesRefused):
        add_version(shop, part, "this = is not\nwhat, it should be", act)
    assert len(versions(shop, part)) == 1
    assert current_shop(shop) is before


def test_every_fault_of_a_text_is_told_at_once(shop, act):
    broken = 'name = "x"\ncurrency = "euros"\nas_of = 2026-11-01\ncolour = "red"\n'

    with pytest.raises(RatesRefused) as refused:
        add_version(shop, ShopPart.RATES, broken, act)
    told = "; ".join(refused.value.faults)
    assert all(key in told for key in ("currency:", "charges:", "colour:"))


def test_the_newest_version_of_each_part_is_in_force(shop, act):
    add_version(shop, ShopPart.RATES, DEARER, act)
    shop.flush()

    assert current_shop(shop).basis.card.name == "house-2026-12"
    assert current_shop(shop).company == shop_of_files(TEXTS).company


def test_a_version_made_by_somebody_else_is_seen_at_once(shop, act):
    current_shop(shop)
    add_version(shop, ShopPart.RATES, DEARER, replace(act, actor="sam@house.example"))
    shop.flush()

    assert current_shop(shop).basis.card.name == "house-2026-12"


def test_a_shop_that_did_not_change_is_parsed_once(shop):
    assert current_shop(shop) is current_shop(shop)


def test_the_database_and_the_files_give_the_same_shop(shop):
    assert current_shop(shop) is shop_of_files(TEXTS)


def test_a_shop_names_every_part_by_the_hash_of_its_text(shop):
    assert current_shop(shop).versions == {part.value: versions(shop, part)[-1].sha256 for part in ShopPart}


def test_the_currency_is_that_of_the_rate_card():
    assert shop_of_files(TEXTS).currency == "EUR"


def test_a_quote_keeps_the_versions_that_priced_it(shop, act):
    priced_with = current_shop(shop).versions
    add_version(shop, ShopPart.RATES, DEARER, act)
    shop.flush()

    assert priced_with["rates.toml"] == versions(shop)[0].sha256
    assert current_shop(shop).versions["rates.toml"] == versions(shop)[1].sha256


@pytest.mark.parametrize("change", ["UPDATE shop_versions SET text = 'x'", "DELETE FROM shop_versions"])
def test_the_database_refuses_to_change_a_version(shop, change):
    shop.flush()

    with pytest.raises(sa.exc.DatabaseError):
        shop.execute(sa.text(change))
