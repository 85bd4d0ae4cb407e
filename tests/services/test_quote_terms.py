"""Notes, discounts and the validity of a quote: each in a revision of its own, none in silence."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
import sqlalchemy as sa
from samples import MONDAY

from portal.costing.discounts import Discount
from portal.costing.lines import CostGroup
from portal.errors import BadInput
from portal.models.shop import ShopPart
from portal.models.work import AuditEntry
from portal.production.lifecycle import Commercial
from portal.services import quotes
from portal.services.discounts import discount_of, discounts_of, with_discount
from portal.services.notes import note_internally, note_of, note_to_customer
from portal.services.quotes import content, decline_quote, make_firm, mark_sent, revise_quote
from portal.services.shop import add_version
from portal.services.snapshot import sheet_of

TODAY = MONDAY.date()
COMPANY = Path(__file__).resolve().parents[2] / "config" / "company.toml"
FIVE = Discount("Spring discount", "a returning customer", Decimal(5), is_per_cent=True)


@pytest.fixture
def quote(session, kept, offered, anna, act):
    return quotes.keep_as_quote(session, kept, offered, user=anna, act=act)


class TestNotes:
    def test_a_note_to_the_customer_is_frozen_in_a_new_revision(self, session, quote, act):
        revision = note_to_customer(session, quote, "U3 has an older date code.  \n", act)
        assert (revision.number, note_of(content(revision))) == (2, "U3 has an older date code.")

    def test_it_stays_through_later_revisions(self, session, quote, act):
        note_to_customer(session, quote, "U3 has an older date code.", act)
        assert note_of(content(make_firm(session, quote, act, today=TODAY))) == "U3 has an older date code."

    def test_an_empty_text_takes_it_out(self, session, quote, act):
        note_to_customer(session, quote, "U3 has an older date code.", act)
        assert note_of(content(note_to_customer(session, quote, " ", act))) == ""

    def test_the_same_note_is_no_new_revision(self, session, quote, act):
        with pytest.raises(BadInput, match="same as before"):
            note_to_customer(session, quote, "", act)

    def test_a_firm_quote_gets_no_other_note(self, session, quote, act):
        make_firm(session, quote, act, today=TODAY)
        with pytest.raises(BadInput, match="cannot be changed"):
            note_to_customer(session, quote, "Thanks!", act)

    def test_an_internal_note_stands_beside_the_quote_at_any_state(self, session, quote, act):
        decline_quote(session, quote, act)
        note = note_internally(session, quote, "He went to the cheap ones.", act)
        assert (quote.internal_notes, note.revision) == ([note], 1)

    def test_an_internal_note_is_in_no_snapshot_and_its_words_are_not_in_the_audit(self, session, quote, act):
        note_internally(session, quote, "He pays late.", act)
        assert "He pays late" not in make_firm(session, quote, act, today=TODAY).snapshot_text
        entries = session.scalars(sa.select(AuditEntry).where(AuditEntry.action == "quote.noted")).all()
        assert [entry.changes for entry in entries] == [{"revision": 1}]

    @pytest.mark.parametrize("text", [" ", "x" * 2001])
    def test_a_note_says_something_and_not_too_much(self, session, quote, act, text):
        with pytest.raises(BadInput):
            note_internally(session, quote, text, act)


class TestDiscounts:
    def test_each_cell_is_discounted_by_its_own_lines(self, quote):
        found = with_discount(content(quote.current), FIVE, cells=[0, 1])
        assert [cell["lines"][-1]["amount"] for cell in found["cells"]] == ["-13.96", "-2.71"]  # of 279.25 and 54.25

    def test_the_total_is_still_the_sum_of_the_lines(self, quote):
        cell = with_discount(content(quote.current), FIVE, cells=[0])["cells"][0]
        assert cell["total"] == "265.29" == str(sheet_of(cell).total)
        assert sum(Decimal(line["amount"]) for line in cell["lines"]) == Decimal("265.29")

    def test_what_was_given_is_remembered_and_reads_back(self, quote):
        of_boards = replace(FIVE, of=CostGroup.BOARDS)
        [given] = discounts_of(with_discount(content(quote.current), of_boards, cells=[1]))
        assert (discount_of(given), given["cells"]) == (of_boards, ["10-standard"])

    def test_a_quote_from_before_there_were_discounts_has_none(self, quote):
        assert discounts_of(content(quote.current)) == []

    def test_who_gave_it_and_why_stand_in_its_revision(self, session, quote, act):
        found = with_discount(content(quote.current), FIVE, cells=[0])
        revision = revise_quote(session, quote, found, act.because(f"{FIVE.label}: {FIVE.reason}"))
        assert (revision.created_by, revision.reason) == (act.actor, "Spring discount: a returning customer")


class TestValidity:
    def test_the_shop_says_for_how_many_days_it_stands_by_a_quote(self, session, quote, act):
        text = COMPANY.read_text("utf-8").replace('valid_days = { value = "30"', 'valid_days = { value = "14"')
        add_version(session, ShopPart.COMPANY, text, act)
        make_firm(session, quote, act, today=TODAY)
        assert quote.valid_until == TODAY + timedelta(days=14)

    def test_a_quote_is_sent_once_its_letter_is_on_its_way(self, session, quote, act):
        make_firm(session, quote, act, today=TODAY)
        mark_sent(session, quote, act)
        assert (quote.state, quote.is_binding) == (Commercial.SENT, True)

    def test_a_letter_that_is_late_brings_no_quote_back(self, session, quote, act):
        make_firm(session, quote, act, today=TODAY)
        decline_quote(session, quote, act)
        mark_sent(session, quote, act)
        assert quote.state is Commercial.DECLINED

    def test_a_sent_quote_expires_like_a_firm_one(self, session, quote, act):
        make_firm(session, quote, act, today=TODAY)
        mark_sent(session, quote, act)
        assert quotes.expire_quotes(session, act, today=TODAY + timedelta(days=31)) == [quote]
