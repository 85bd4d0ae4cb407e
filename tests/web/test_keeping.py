"""From prices to a quote: by a letter with a link for a stranger, at once for a buyer who is signed in."""

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa

from portal.db import reading
from portal.models.people import LoginLink, User
from portal.models.quotes import Quote
from portal.models.work import OutboxMail
from portal.services.quotes import content


def all_of(portal, model):
    with reading(portal.engine) as session:
        return session.scalars(sa.select(model)).all()


@pytest.fixture
def asked(portal, visitor):
    """A stranger keeps prices of two quantities; the answer to the form."""
    reference = portal.design(visitor)
    page = visitor.visit(f"/designs/{reference}/prices?quantities=10,100&finish=hasl")
    form = page.form("/quotes") | {"email": "Bo.Svensson@Example.org "}
    return visitor.post(f"/designs/{reference}/quotes", form)


def link_of(portal):
    return re.search(r"http://127.0.0.1:8000(/links/\S+)", all_of(portal, OutboxMail)[-1].text)[1]


def test_a_stranger_is_sent_a_letter_and_told_where_to_look(visitor, asked):
    page = visitor.visit(asked.location)

    assert "bo.svensson@example.org" in page.main
    assert "/outbox" in page.links()


def test_the_letter_carries_the_link_and_nothing_is_frozen_yet(portal, asked):
    [mail] = all_of(portal, OutboxMail)

    assert mail.recipient == "bo.svensson@example.org"
    assert mail.subject == "Your link to keep the quote"
    assert all_of(portal, Quote) == []


def test_looking_at_the_link_says_what_will_happen_and_does_nothing(portal, visitor, asked):
    for _ in range(3):  # as mail scanners do
        page = visitor.visit(link_of(portal))

    assert "10, 100 boards" in page.main
    assert all_of(portal, User) == []


def press(portal, browser):
    link = link_of(portal)
    return browser.post(link, browser.visit(link).form(link))


def test_pressing_the_button_signs_in_and_freezes_what_was_chosen(portal, visitor, asked):
    page = visitor.visit(press(portal, visitor).location)

    assert page.all("//h1")[0].text.startswith("Quote Q-")
    assert "HASL" in page.main
    assert "bo.svensson@example.org" in page.text


def test_the_link_works_in_another_browser_too(portal, asked):
    phone = portal.browser()

    assert press(portal, phone).status_code == 302
    assert len(all_of(portal, Quote)) == 1


def test_a_link_works_once(portal, visitor, asked):
    link = link_of(portal)
    press(portal, visitor)

    assert visitor.post(link).status_code == 410
    assert "has done its work" in visitor.visit(link, status=410).text
    assert len(all_of(portal, Quote)) == 1


def test_a_link_that_is_too_old_says_so(portal, visitor, asked):
    with portal.writing() as session:
        session.scalars(sa.select(LoginLink)).one().expires_at -= timedelta(hours=25)

    assert visitor.visit(link_of(portal), status=410).links().count("/sessions/new")


def test_an_address_that_is_none_is_said_at_its_field(portal, visitor):
    reference = portal.design(visitor)
    form = visitor.visit(f"/designs/{reference}/prices").form("/quotes") | {"email": "a@b, c@d"}
    answer = visitor.post(f"/designs/{reference}/quotes", form)

    assert answer.status_code == 422
    assert "is not an e-mail address" in answer.text


def test_a_buyer_keeps_at_once_and_is_shown_the_quote(portal, anna):
    reference = portal.design(anna)
    form = anna.visit(f"/designs/{reference}/prices?quantities=7").form("/quotes")
    page = anna.visit(anna.post(f"/designs/{reference}/quotes", form).location)

    assert "for 7 boards, standard" in page.main
    assert "A budget" in page.main


def test_what_is_kept_is_what_was_shown(portal, anna):
    reference = portal.design(anna)
    page = anna.visit(f"/designs/{reference}/prices?quantities=7&mask_colour=black")
    anna.post(f"/designs/{reference}/quotes", page.form("/quotes"))
    with reading(portal.engine) as session:
        snapshot = content(session.scalars(sa.select(Quote)).one().current)

    assert snapshot["options"]["mask_colour"] == "black"
    shown = page.all("//span[@class='price-matrix__total']")[0].text.replace("\xa0€", "").replace(",", "")
    assert snapshot["cells"][0]["total"] == shown


def test_after_keeping_the_board_is_the_companys_and_no_strangers(portal, visitor, asked):
    reference = re.search(r"/designs/([\w-]+)/", asked.request.path)[1]
    press(portal, portal.browser())

    assert visitor.get(f"/designs/{reference}").status_code == 404


def test_staff_keep_no_quotes(portal):
    sales = portal.staff()
    prices = f"/designs/{portal.design(sales)}/prices"

    assert "Keep as quote" not in sales.visit(prices).main
    answer = sales.post(prices.replace("/prices", "/quotes"), {"quantities": "1", "email": "a@example.org"})
    assert (answer.status_code, all_of(portal, LoginLink)) == (422, [])
