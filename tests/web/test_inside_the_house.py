"""An internal note is in nothing that leaves the house: pages, papers, letters, files, programs."""

import io
import zipfile

import pytest
import sqlalchemy as sa
from browsing import an_act
from staff_work import Desk, kept_quote

from portal.db import reading
from portal.models.people import Company, Role
from portal.models.quotes import Quote
from portal.models.work import OutboxMail
from portal.services.quotes import content, make_firm
from portal.services.shop import current_shop
from portal.services.taking_along import as_zip
from portal.web.documents import revision_html
from portal.web.letters import quote_letter

SECRET = "He pays late, and haggles"
NOTE = "U1 comes on a full reel"
OFF = {"discount-figure": "60", "discount-reason": "a friend of the house"}
PAGES = ("", "/comparison", "/today", "/cells/10-standard.json", "/cells/10-standard.csv")


@pytest.fixture
def noted(portal, anna):
    """A firm quote with one note for the customer and one for the house."""
    desk = Desk(portal, portal.staff(), f"/sales/quotes/{kept_quote(portal, anna, quantities='10')}")
    desk.send("notes", **{"note-text": NOTE})
    desk.send("internal-notes", **{"internal-text": SECRET})
    quote = sa.select(Quote).where(Quote.reference == desk.reference)
    desk.look(lambda s: make_firm(s, s.scalars(quote).one(), an_act("sales"), today=an_act().at.date()))
    return desk


def of_revision(portal, question):
    with reading(portal.engine) as session:
        return question(session, session.scalars(sa.select(Quote)).one())


def waiting_letters(portal):
    with reading(portal.engine) as session:
        return session.scalars(sa.select(OutboxMail).where(OutboxMail.key.startswith("decision:"))).all()


def test_colleagues_read_it_on_the_page_of_sales(noted):
    assert SECRET in noted.page().main


@pytest.mark.parametrize("page", PAGES)
def test_no_page_or_download_of_the_customer_has_it(anna, noted, page):
    assert SECRET not in anna.get(f"/quotes/{noted.reference}{page}").text


def test_the_api_has_the_note_to_the_customer_alone(anna, noted):
    answer = anna.get(f"/api/v1/quotes/{noted.reference}")
    assert answer.json["note"] == NOTE
    assert SECRET not in answer.text


def test_the_paper_and_the_letter_have_the_note_to_the_customer_alone(portal, noted):
    files = portal.app.extensions["files"]

    def written(session, quote):
        paper = revision_html(quote.current, files, current_shop(session), base_url="http://127.0.0.1:8000")
        letter = quote_letter(quote.current, base_url="http://127.0.0.1:8000")
        return [paper, letter.text, letter.html]

    for text in of_revision(portal, written):
        assert NOTE in text
        assert SECRET not in text


def test_what_a_company_takes_along_has_it_nowhere(portal, noted):
    def taken(session, quote):
        company = session.get_one(Company, quote.company_id)
        return b"".join(as_zip(session, company, portal.app.extensions["files"]))

    data = zipfile.ZipFile(io.BytesIO(of_revision(portal, taken))).read("data.json").decode()
    assert NOTE in data
    assert SECRET not in data


def test_no_snapshot_and_no_letter_in_the_outbox_has_it(portal, noted):
    def stored(session, quote):
        mails = session.scalars(sa.select(OutboxMail)).all()
        return [str(content(revision)) for revision in quote.revisions] + [mail.text + mail.html for mail in mails]

    assert not [text for text in of_revision(portal, stored) if SECRET in text]


def test_the_customer_reads_the_note_on_the_page(anna, noted):
    page = anna.visit(f"/quotes/{noted.reference}")
    assert "A note to you" in page.main
    assert NOTE in page.main


class TestTwoOfSales:
    """A discount below the floor, on the pages: seen by nobody outside before a colleague agrees."""

    @pytest.fixture
    def proposed(self, portal, anna):
        desk = Desk(portal, portal.staff(), f"/sales/quotes/{kept_quote(portal, anna, quantities='10')}")
        desk.send("discounts", **OFF)
        return desk

    def test_who_proposed_it_is_told_that_it_waits(self, proposed):
        page = proposed.page()
        assert "Waits for a second person" in page.main
        assert "so a colleague decides" in page.main
        assert proposed.quote(lambda quote: quote.current.number) == 1

    def test_colleagues_who_may_decide_get_a_letter_and_who_asked_gets_none(self, portal, anna):
        for role in (Role.ADMIN, Role.FLOOR):
            portal.staff(role)
        desk = Desk(portal, portal.staff(), f"/sales/quotes/{kept_quote(portal, anna, quantities='10')}")
        desk.send("discounts", **OFF)
        [letter] = waiting_letters(portal)
        assert letter.recipient == "admin@house.example"
        assert ("a friend of the house" in letter.text, f"{desk.path}\n" in letter.text) == (True, True)

    def test_who_looks_at_the_pages_anyway_may_do_without(self, portal, anna):
        admin = portal.staff(Role.ADMIN)
        assert "wait for a second person" in admin.visit("/account").main
        admin.post("/account/letters", {"letter": "moved-promise"})
        Desk(portal, portal.staff(), f"/sales/quotes/{kept_quote(portal, anna, quantities='10')}").send(
            "discounts", **OFF
        )
        assert waiting_letters(portal) == []

    def test_a_customer_is_not_asked_about_letters_of_the_house(self, anna):
        assert "second person" not in anna.visit("/account").main

    def test_the_customer_sees_nothing_of_it(self, anna, proposed):
        assert "a friend of the house" not in anna.get(f"/quotes/{proposed.reference}").text

    def test_a_colleague_sees_each_line_and_agrees(self, portal, anna, proposed):
        tom = Desk(portal, portal.staff(Role.ADMIN), proposed.path)
        assert "a friend of the house" in tom.page().main
        tom.send("proposal/approval", **{"approval-reason": "He is one"})
        assert "a friend of the house" in anna.visit(f"/quotes/{proposed.reference}").main

    def test_who_proposed_it_cannot_send_the_agreement_either(self, proposed):
        number = proposed.quote(lambda quote: quote.proposals[0].id)
        sha256 = proposed.quote(lambda quote: quote.current.sha256)
        sent = {"approval-number": number, "approval-sha256": sha256, "approval-reason": "Fine"}
        answer = proposed.staff.post(f"{proposed.path}/proposal/approval", sent)
        assert answer.status_code == 422
        assert "ask a colleague of sales" in answer.text

    def test_it_can_be_taken_back(self, proposed):
        proposed.send("proposal/withdrawal")
        assert "Waits for a second person" not in proposed.page().main

    def test_a_refusal_needs_a_word_and_leaves_all_as_it_was(self, portal, proposed):
        tom = Desk(portal, portal.staff(Role.ADMIN), proposed.path)
        assert tom.send("proposal/refusal").status_code == 422
        tom.send("proposal/refusal", **{"against-reason": "Too much"})
        assert tom.quote(lambda quote: (quote.current.number, quote.proposals[0].said)) == (1, "Too much")
