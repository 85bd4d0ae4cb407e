"""What the letters say, and what surrounds them."""

import re
from datetime import date
from types import SimpleNamespace

import pytest
import shown_boards as boards
import sqlalchemy as sa
from browsing import an_act

from app import create_app
from portal.models.quotes import Quote
from portal.services.quotes import make_firm
from portal.settings import Settings
from portal.web.letters import quote_letter, render_words

COMPANY = SimpleNamespace(name="Norrland & Söner <Elektronik>", email="hello@example.org")


def link_letter(**changes):
    given = {"intent": {"for": "sign-in"}, "address": "https://portal.example/links/abc", "hours": 24}
    return render_words("link", company=COMPANY, **(given | changes))


def test_a_letter_has_a_subject_of_one_line():
    assert link_letter().subject == "Your link to sign in"


def test_the_text_carries_the_address_on_a_line_of_its_own():
    assert "\nhttps://portal.example/links/abc\n" in link_letter().text


def test_the_html_carries_its_own_style_and_needs_nothing_from_outside():
    html = link_letter().html

    assert "style=" in html
    assert "<link" not in html
    assert "<img" not in html


def test_a_name_with_signs_is_shown_and_is_no_markup():
    letter = link_letter()

    assert "Norrland & Söner <Elektronik>" in letter.text
    assert "Norrland &amp; Söner &lt;Elektronik&gt;" in letter.html


def test_the_letter_says_how_long_the_link_works_and_what_to_do_otherwise():
    assert "It works once, within 24 hours. If you did not ask for it, do nothing" in link_letter().text


def test_a_quote_to_keep_is_named_in_the_letter():
    assert "keep prices for your board as a quote" in link_letter(intent={"for": "keep-quote"}).text


class TestOutbox:
    @pytest.fixture
    def letter(self, visitor):
        visitor.post("/sessions/link", {"email": "anna@example.org"})

    @pytest.mark.usefixtures("letter")
    def test_a_demonstration_shows_its_letters_to_everybody(self, visitor):
        page = visitor.visit("/outbox")

        assert "Your link to sign in" in page.main
        assert "anna@example.org" in page.main

    @pytest.mark.usefixtures("letter")
    def test_a_letter_shows_its_text_and_its_link_can_be_pressed(self, visitor):
        [link] = [href for href in visitor.visit("/outbox/1").links() if "/links/" in href]

        assert visitor.get(link.removeprefix("http://127.0.0.1:8000")).status_code == 200

    def test_an_empty_outbox_says_so(self, visitor):
        assert "No letters yet" in visitor.visit("/outbox").main

    def test_a_letter_that_was_not_written_is_not_there(self, visitor):
        assert visitor.get("/outbox/99").status_code == 404

    @pytest.mark.usefixtures("letter")
    def test_a_real_shop_shows_nobody_its_letters(self, settings):
        real = create_app(Settings(**(settings.model_dump() | {"is_demo": False})))
        client = real.test_client()

        assert client.get("/outbox", base_url="http://127.0.0.1:8000").status_code == 404
        assert client.get("/outbox/1", base_url="http://127.0.0.1:8000").status_code == 404
        real.extensions["engine"].dispose()


def test_a_list_of_more_than_fifty_has_pages(portal, anna):
    reference = portal.design(anna, boards.bare())
    form = anna.visit(f"/designs/{reference}/prices?quantities=1").form("/quotes")
    for _ in range(51):
        anna.post(f"/designs/{reference}/quotes", form)

    assert "51 of 51 quotes" in anna.visit("/quotes?page=2").main
    assert "/quotes?page=2" in anna.visit("/quotes").links()


class TestQuoteLetter:
    @pytest.fixture
    def letter(self, portal, anna):
        """The letter of a quote over 1 and 1,000 boards; sales may have made it firm."""

        def of(*, is_firm=False):
            reference = portal.design(anna)
            form = anna.visit(f"/designs/{reference}/prices?quantities=1,1000").form("/quotes")
            anna.post(f"/designs/{reference}/quotes", form)
            with portal.writing() as session:
                quote = session.scalars(sa.select(Quote)).one()
                if is_firm:
                    make_firm(session, quote, an_act("sales"), today=date(2026, 11, 22))
                return quote_letter(quote.current, base_url="https://portal.example/")

        return of

    def test_it_names_the_board_and_says_that_it_is_a_budget(self, letter):
        words = letter()

        assert words.subject.endswith("for sensor-node rev C (budget)")
        assert "our sales team checks it next" in words.text

    def test_a_firm_one_says_until_when_it_binds(self, letter):
        assert "binding until Tue 22 Dec 2026" in letter(is_firm=True).text

    def test_it_has_every_cell_with_its_total(self, letter):
        text = letter().text.replace("\xa0", " ")

        assert len(re.findall(r"^1 board, (standard|express): [\d,.]+ € net$", text, re.MULTILINE)) == 2
        assert len(re.findall(r"^1,000 boards, (standard|express): [\d,.]+ € net$", text, re.MULTILINE)) == 2

    def test_its_address_is_the_portals_own(self, letter):
        assert re.search(r"^https://portal\.example/quotes/Q-\w{4}-\w{4}$", letter().text, re.MULTILINE)
