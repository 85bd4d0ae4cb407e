"""The rate card's versions: added with a reason, tried on the last quotes before, and changing none of them."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
import sqlalchemy as sa
from samples import MONDAY

from portal.board.design import Board, BomLine, Design, OutlineKind, Placement, Side
from portal.errors import BadInput, NotYours, RatesRefused, Stale
from portal.models.quotes import QuoteRevision
from portal.models.work import AuditEntry
from portal.routing.options import BuildOptions, Speed
from portal.services.packages import Viewer, add_file, keep_reading, open_package, the_design
from portal.services.pricing import local, priced_cells
from portal.services.quotes import Offered, keep_as_quote
from portal.services.rates import (
    LAST_QUOTES,
    drafted,
    effect_on,
    last_quotes,
    rate_version,
    rate_versions,
    save_rates,
    summed,
)
from portal.services.shop import current_shop, load_config

CONFIG = Path(__file__).resolve().parents[2] / "config"
HOUSE = (CONFIG / "rates.toml").read_text("utf-8")
ORDER_75 = 'per = "order"\nrate = "75.00"'
DEARER = HOUSE.replace(ORDER_75, 'per = "order"\nrate = "85.00"')
pytestmark = pytest.mark.usefixtures("shop")
PARTS = ("0603WAF1503T5E", "CL05B104KB54PNC")


@pytest.fixture
def shop(session, act):
    load_config(session, CONFIG, act)
    return current_shop(session)


@pytest.fixture
def small(session, files, act, anna):
    """Two parts on a small board."""
    bom = tuple(BomLine(n, (f"R{n}",), mpn=mpn, package="R_0603_1608Metric") for n, mpn in enumerate(PARTS, 1))
    placed = tuple(Placement(line.designators[0], Side.TOP, 1, 1, 0) for line in bom)
    package = open_package(session, Viewer(user=anna), act)
    add_file(session, package, "small.zip", received=files.put(b"small"), act=act)
    design = Design("small", Board(50, 30, 2, OutlineKind.CLOSED), bom, placements=placed)
    return keep_reading(session, package, design, pictures={}, act=act)


@pytest.fixture
def a_quote(session, shop, small, act, anna):
    """Keeps a quote of the small board; each call another one."""

    def make(*quantities):
        at = local(MONDAY, "UTC")
        cells = priced_cells(
            the_design(small), BuildOptions(), shop, quantities=quantities or (10, 100), speeds=Speed, local_now=at
        )
        offered = Offered(BuildOptions(), cells, shop.currency, shop.versions)
        return keep_as_quote(session, small, offered, user=anna, act=act)

    return make


def effects(session, draft):
    computed = {}
    return [effect_on(session, quote, draft, computed) for quote in last_quotes(session)]


def save(session, act, text=DEARER, *, based_on=None, reason="costs have risen"):
    newest = rate_versions(session)[0].number
    return save_rates(session, text, based_on=newest if based_on is None else based_on, act=act.because(reason))


class TestSaving:
    def test_a_new_version_is_in_force_and_says_who_and_why(self, session, act):
        version = save(session, act)

        assert rate_versions(session)[0] is version
        assert (version.created_by, version.reason) == (act.actor, "costs have risen")
        assert Decimal(85) in {charge.rate for charge in current_shop(session).basis.card.charges}

    def test_it_is_in_the_audit(self, session, act):
        save(session, act)
        entry = session.scalars(sa.select(AuditEntry).order_by(AuditEntry.number.desc())).first()

        assert (entry.action, entry.subject, entry.reason) == ("shop.version", "rates.toml", "costs have risen")

    def test_going_back_is_a_new_version_with_the_old_text(self, session, act):
        first = rate_versions(session)[0]
        save(session, act)
        again = save(session, act, first.text, reason=f"back to version {first.number}")

        assert (again.number, again.text) == (first.number + 2, first.text)

    def test_without_a_reason_nothing_is_saved(self, session, act):
        with pytest.raises(BadInput, match="needs a reason"):
            save(session, act, reason="  ")

    def test_the_same_words_again_are_no_version(self, session, act):
        with pytest.raises(BadInput, match="word for word"):
            save(session, act, rate_versions(session)[0].text)

    def test_who_began_from_an_older_one_is_told_of_the_newer(self, session, act):
        began = rate_versions(session)[0].number
        save(session, act)

        with pytest.raises(Stale, match="saved meanwhile, by .*costs have risen"):
            save(session, act, HOUSE.replace(ORDER_75, 'per = "order"\nrate = "95.00"'), based_on=began)

    def test_every_fault_is_said_at_once_by_its_key(self, session, act):
        wrong = DEARER.replace('rate = "85.00"', 'rate = "-85.00"').replace('group = "stencil"', 'group = "stensil"')
        with pytest.raises(RatesRefused) as refused:
            save(session, act, wrong)

        assert len(refused.value.faults) >= 2
        assert any("charges.0.rate" in fault for fault in refused.value.faults)

    def test_a_card_in_other_money_is_refused(self, session):
        with pytest.raises(RatesRefused, match="currency: expected EUR"):
            drafted(session, HOUSE.replace('currency = "EUR"', 'currency = "USD"'))

    def test_a_version_that_never_was_is_not_there(self, session):
        with pytest.raises(NotYours):
            rate_version(session, 99_999)


class TestEffect:
    def test_ten_more_for_each_order_is_ten_more_and_its_share(self, session, a_quote):
        quote = a_quote(10, 100)
        effect = next(e for e in effects(session, drafted(session, DEARER)) if e.quote is quote)

        assert (effect.quantity, effect.speed) == (100, Speed.STANDARD)
        assert effect.now == effect.frozen
        assert effect.difference == Decimal("10.00")

    def test_a_draft_that_says_the_same_changes_nothing(self, session, a_quote):
        a_quote()

        assert {effect.difference for effect in effects(session, drafted(session, HOUSE))} == {Decimal("0.00")}

    def test_the_per_cent_are_of_the_price_with_the_card_in_force(self, session, a_quote):
        quote = a_quote()
        effect = next(e for e in effects(session, drafted(session, DEARER)) if e.quote is quote)

        assert effect.per_cent == (1000 / effect.now).quantize(Decimal("0.1"))

    def test_no_quote_that_exists_is_touched(self, session, a_quote, act):
        quote = a_quote()
        before = (quote.current.sha256, session.scalar(sa.select(sa.func.count()).select_from(QuoteRevision)))
        effects(session, drafted(session, DEARER))
        save(session, act)

        assert (quote.current.sha256, session.scalar(sa.select(sa.func.count()).select_from(QuoteRevision))) == before

    def test_a_quote_of_an_older_card_says_what_it_was_quoted_at(self, session, a_quote, act):
        quote = a_quote()
        save(session, act)
        effect = next(e for e in effects(session, drafted(session, HOUSE)) if e.quote is quote)

        assert effect.now == effect.frozen + 10
        assert effect.then == effect.frozen

    def test_a_card_that_does_not_price_a_work_centre_says_which(self, session, a_quote):
        a_quote()
        without = HOUSE.replace('per = "minute:packing"', 'per = "minute:elsewhere"')
        found = effects(session, drafted(session, without))

        assert all(effect.then is None and "packing" in effect.fault for effect in found)
        assert summed(found) == (None, None)

    def test_only_the_last_fifty_are_computed(self, session, a_quote):
        quotes = [a_quote(10) for _ in range(LAST_QUOTES + 1)]
        found = effects(session, drafted(session, DEARER))

        assert len(found) == LAST_QUOTES
        assert quotes[0] not in {effect.quote for effect in found}

    def test_the_sum_is_of_what_both_cards_know(self, session, a_quote):
        a_quote(10)
        found = effects(session, drafted(session, DEARER))
        unknown = replace(found[0], then=None)
        now, then = summed([*found, unknown])

        assert then - now == sum(effect.difference for effect in found)

    def test_without_quotes_there_is_no_effect(self, session):
        assert effects(session, drafted(session, DEARER)) == []
