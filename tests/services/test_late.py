"""A quote that is ordered late, or whose parts have moved: the difference is shown and agreed to by hash."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
import sqlalchemy as sa
from samples import MONDAY, a_cell

from portal.costing.discounts import Discount
from portal.costing.lines import CostGroup, CostLine, UnpricedLine
from portal.errors import BadInput, ChangedSince, IllegalMove, Stale
from portal.models.orders import Order
from portal.production.lifecycle import Commercial
from portal.services import quotes
from portal.services.discounts import with_discount
from portal.services.late import Agreed, Why, as_it_is, hindrance, order_today, with_day
from portal.services.notes import note_to_customer
from portal.services.orders import Acceptance, accept_quote
from portal.services.outbox import Words
from portal.services.quotes import content, expire_quotes, make_firm, revise_quote
from portal.services.snapshot import with_line

TODAY = MONDAY.date()
LATER = TODAY + timedelta(days=40)
BORNE = Decimal("0.05")
TEN = Discount("Discount", "a returning customer", Decimal(10), is_per_cent=True)
CLEANING = CostLine(CostGroup.ADJUSTMENT, "Cleaning", Decimal(100), "boards", Decimal("0.20"), "as you asked")


def priced(part="1.00", boards="2.50", *, day=date(2026, 12, 4), unpriced=()):
    """100 boards: their part at this price, the bare boards at that one."""
    cell = a_cell(p80=day, unpriced=unpriced)
    work, bare = cell.sheet.lines
    own = CostLine(CostGroup.PARTS, "STM32G071CBT6", Decimal(100), "parts", Decimal(part), "at the break of 100")
    return replace(cell, sheet=replace(cell.sheet, lines=(work, replace(bare, rate=Decimal(boards)), own)))


def offer(*args, **changes):
    return quotes.Offered(quotes.BuildOptions(), (priced(*args, **changes),), "EUR", {"rates.toml": "0" * 64})


def letter(order):
    return Words(f"Order {order.reference}", "Thank you.", "<p>Thank you.</p>")


@pytest.fixture
def budget(session, kept, anna, act):
    return quotes.keep_as_quote(session, kept, offer(), user=anna, act=act)  # 29.25 + 250 + 100 = 379.25


@pytest.fixture
def quote(session, budget, act):
    make_firm(session, budget, act, today=TODAY)
    return budget


@pytest.fixture
def expired(session, quote, act):
    session.flush()
    expire_quotes(session, act, today=LATER)
    return quote


def today(quote, *args, on=TODAY, borne=BORNE, **changes):
    return as_it_is(quote, 0, offer(*args, **changes), today=on, borne=borne)


def order(session, found, act, *, sha256="", on=TODAY):
    agreed = Agreed(sha256 or found.sha256, "PO 4711", on)
    return order_today(session, found, agreed, act=act, letter=letter)


class TestWhatChanged:
    def test_nothing_is_said_of_a_quote_that_is_as_it_was(self, quote):
        assert today(quote).why == ()

    @pytest.mark.parametrize(("part", "why"), [("1.18", ()), ("1.19", (Why.DEARER,)), ("0.50", ())])
    def test_a_rise_is_borne_up_to_the_shops_share_of_the_total(self, quote, part, why):
        assert today(quote, part).why == why  # 5 % of 379.25 is 18.96

    def test_of_a_binding_quote_only_what_is_bought_moves(self, quote):
        found = today(quote, "1.50", "9.99")
        assert [(one.line.label, one.difference) for one in found.move.sheet.lines] == [("STM32G071CBT6", 50)]

    def test_a_shop_that_bears_all_of_it_asks_nobody(self, quote):
        assert today(quote, "9.00", borne=None).why == ()

    def test_a_part_that_is_gone_is_named_and_nobody_orders_without_it(self, session, quote):
        gone = UnpricedLine("U7", ("U7",), "nobody sells it")
        found = today(quote, unpriced=(gone,))
        assert (found.why, hindrance(session, found)) == ((Why.GONE,), "U7 cannot be priced today.")

    def test_a_day_that_is_later_is_said(self, quote):
        assert today(quote, day=date(2026, 12, 9)).why == (Why.LATER,)

    def test_the_places_at_the_machines_may_make_it_later_still(self, quote):
        found = with_day(today(quote), date(2026, 12, 10))
        assert (found.why, found.day) == ((Why.LATER,), date(2026, 12, 10))

    def test_of_an_expired_quote_everything_is_looked_up_anew(self, expired):
        found = today(expired, "1.10", "2.60", on=LATER)
        assert (found.why, found.move.sheet.difference) == ((Why.EXPIRED,), 20)

    def test_what_sales_gave_is_given_again_of_what_it_comes_to_now(self, session, budget, act):
        snapshot = with_line(content(budget.current), CLEANING, cells=[0])
        revise_quote(session, budget, with_discount(snapshot, TEN, cells=[0]), act.because("as agreed"))
        make_firm(session, budget, act, today=TODAY)
        lines = today(budget, "2.00", on=LATER).cell["lines"]
        assert [(line["label"], line["amount"]) for line in lines[-2:]] == [
            ("Cleaning", "20.00"),
            ("Discount", "-49.93"),  # of 29.25 + 250 + 200 + 20
        ]

    def test_a_price_that_sales_found_still_stands(self, session, kept, anna, act):
        gone = UnpricedLine("U7", ("U7",), "no offer in the catalogue")
        quote = quotes.keep_as_quote(session, kept, offer(unpriced=(gone,)), user=anna, act=act)
        settled = with_line(content(quote.current), CLEANING, cells=[0], settles="U7")
        revise_quote(session, quote, settled, act.because("asked the distributor"))
        make_firm(session, quote, act, today=TODAY)
        assert hindrance(session, today(quote, unpriced=(gone,), on=LATER)) == ""


class TestOrdering:
    def test_the_difference_is_a_quote_of_its_own_that_takes_the_old_ones_place(self, session, expired, act):
        placed = order(session, today(expired, "1.10", on=LATER), act, on=LATER)
        assert (placed.total, placed.quote.state, expired.state) == (
            Decimal("389.25"),
            Commercial.ACCEPTED,
            Commercial.SUPERSEDED,
        )

    def test_twice_is_once(self, session, expired, act):
        found = today(expired, on=LATER)
        assert order(session, found, act, on=LATER) is order(session, found, act, on=LATER)
        assert session.scalar(sa.select(sa.func.count()).select_from(Order)) == 1

    def test_what_was_not_shown_is_not_ordered(self, session, expired, act):
        shown = today(expired, "1.10", on=LATER).sha256
        with pytest.raises(Stale, match="changed once more"):
            order(session, today(expired, "1.20", on=LATER), act, sha256=shown, on=LATER)
        assert expired.order is None

    def test_the_hash_says_price_day_and_revision(self, quote):
        same, dearer, later = today(quote), today(quote, "1.01"), today(quote, day=date(2026, 12, 9))
        assert same.sha256 == today(quote).sha256
        assert len({same.sha256, dearer.sha256, later.sha256}) == 3

    def test_the_note_goes_with_it(self, session, budget, act):
        note_to_customer(session, budget, "U1 has an older date code.", act)
        make_firm(session, budget, act, today=TODAY)
        placed = order(session, today(budget, "1.50"), act)
        assert content(placed.revision)["note"] == "U1 has an older date code."

    def test_what_has_no_price_is_not_ordered(self, session, expired, act):
        found = today(expired, unpriced=(UnpricedLine("U7", ("U7",), "nobody sells it"),), on=LATER)
        with pytest.raises(BadInput, match="U7 cannot be priced today"):
            order(session, found, act, on=LATER)

    def test_what_was_declined_stays_declined(self, session, quote, act):
        found = today(quote)
        quotes.decline_quote(session, quote, act)
        with pytest.raises(IllegalMove):
            order(session, found, act)

    def test_an_expired_quote_itself_leads_to_the_difference(self, session, expired, act):
        acceptance = Acceptance(cell=0, sha256=expired.current.sha256, customer_po="PO 1", today=LATER)
        with pytest.raises(ChangedSince, match="valid until"):
            accept_quote(session, expired, acceptance, act=act, letter=letter)

    def test_an_expired_quote_can_be_declined_at_last(self, session, expired, act):
        quotes.decline_quote(session, expired, act)
        assert expired.state is Commercial.DECLINED
