"""The way of staff into the house: a password, then a second factor, and nothing without both."""

import re
from datetime import UTC, datetime, timedelta

import pyotp
import pytest
import sqlalchemy as sa
from browsing import an_act

from portal.models.factors import CodeApp
from portal.models.people import LoginSession, Role, hashed
from portal.services.accounts import HALF_SIGNED_IN, add_staff
from portal.settings import Settings

PASSWORD = "correct horse battery"


@pytest.fixture
def settings(settings) -> Settings:
    """No demo: what is only offered there is required here."""
    return settings.model_copy(update={"is_demo": False})


@pytest.fixture
def lena(portal):
    with portal.writing() as session:
        user = add_staff(session, email="lena@house.example", role=Role.SALES, password=PASSWORD, act=an_act("set-up"))
        user.must_change_password = False
    return portal.browser()


def sign_in(browser):
    return browser.post("/sessions", {"email": "lena@house.example", "password": PASSWORD})


def code_now(portal, *, minutes=0):
    with portal.writing() as session:
        app = session.scalars(sa.select(CodeApp)).one()
        secret = portal.app.extensions["seal"].open(app.sealed_secret)
    return pyotp.TOTP(secret).at(datetime.now(UTC) + timedelta(minutes=minutes))


def set_up(portal, browser):
    """The codes on paper of a browser that has set up its app."""
    browser.post("/account/second-factor/app")
    answer = browser.post("/account/second-factor/app/code", {"code": code_now(portal)})
    return re.findall(r"<code>([A-Z0-9]{5}-[A-Z0-9]{5})</code>", answer.text)


def test_a_password_alone_leads_to_the_set_up_and_nowhere_else(lena):
    sign_in(lena)
    for path in ("/sales/quotes", "/floor/", "/quotes", "/account"):
        assert lena.get(path).location == "/account/second-factor"


def test_the_set_up_shows_a_picture_and_the_same_as_text(portal, lena):
    sign_in(lena)
    page = inspected_set_up(lena)

    assert page.all("//img/@src")[-1].startswith("data:image/svg+xml")
    assert re.search(r"type: [A-Z2-7]{32}", page.main)


def inspected_set_up(browser):
    browser.post("/account/second-factor/app")
    return browser.visit("/account/second-factor")


def test_the_first_right_code_opens_the_house_and_gives_ten_codes_on_paper(portal, lena):
    sign_in(lena)

    assert len(set_up(portal, lena)) == 10
    assert lena.get("/sales/quotes").status_code == 200


def test_a_wrong_first_code_is_said_at_its_field(portal, lena):
    sign_in(lena)
    lena.post("/account/second-factor/app")
    answer = lena.post("/account/second-factor/app/code", {"code": "000000"})

    assert answer.status_code == 422
    assert "check the clock of your telephone" in answer.text


def test_at_the_next_sign_in_the_code_is_asked_for(portal, lena):
    sign_in(lena)
    codes = set_up(portal, lena)
    other = portal.browser()
    sign_in(other)

    assert other.get("/sales/quotes").location == "/sessions/second"
    assert other.post("/sessions/second", {"code": codes[0]}).location == "/sales/quotes"
    assert other.get("/sales/quotes").status_code == 200


def test_a_thief_of_the_password_cannot_set_up_a_factor_of_his_own(portal, lena):
    sign_in(lena)
    set_up(portal, lena)
    thief = portal.browser()
    sign_in(thief)

    for path in ("/account/second-factor", "/account", "/sessions/password"):
        assert thief.get(path).location == "/sessions/second"
    assert thief.post("/account/second-factor/app/remove").location == "/sessions/second"


def test_wrong_codes_are_counted_although_they_are_refused(portal, lena):
    sign_in(lena)
    set_up(portal, lena)
    thief = portal.browser()
    sign_in(thief)
    answers = [thief.post("/sessions/second", {"code": "000000"}).status_code for _ in range(6)]

    assert answers == [422] * 5 + [429]


def test_wrong_passwords_are_counted_although_they_are_refused(lena):
    wrong = {"email": "lena@house.example", "password": "a wrong guess"}
    answers = [lena.post("/sessions", wrong).status_code for _ in range(11)]

    assert answers == [422] * 10 + [429]


def test_staff_cannot_remove_the_only_factor(portal, lena):
    sign_in(lena)
    set_up(portal, lena)
    answer = lena.post("/account/second-factor/app/remove")

    assert answer.status_code == 422
    assert "staff need one" in answer.text


def test_a_customer_needs_none_and_may_have_one(portal):
    anna = portal.customer()

    assert anna.get("/quotes").status_code == 200
    assert len(set_up(portal, anna)) == 10
    assert "An app that shows codes" in anna.visit("/account").main


def test_a_new_password_keeps_the_browser_proven(portal, lena):
    sign_in(lena)
    set_up(portal, lena)
    new = {"current": PASSWORD, "password": "another long sentence", "repeated": "another long sentence"}
    lena.post("/sessions/password", new)

    assert lena.get("/sales/quotes").status_code == 200


@pytest.mark.parametrize(("role", "hours"), [(Role.SALES, 1.1), (Role.BUYER, 12.1)])
def test_who_was_away_too_long_signs_in_anew(portal, role, hours):
    who = portal.customer() if role is Role.BUYER else portal.staff(role)
    with portal.writing() as session:
        login = session.scalars(sa.select(LoginSession).where(LoginSession.token_hash == hashed(who.secret))).one()
        login.created_at -= timedelta(hours=hours)

    assert who.get("/orders").location == "/sessions/new"


def test_who_looks_now_and_then_stays_signed_in(portal):
    anna = portal.customer()
    with portal.writing() as session:
        login = session.scalars(sa.select(LoginSession)).one()
        login.created_at -= timedelta(hours=11)
    anna.get("/orders")
    with portal.writing() as session:
        session.scalars(sa.select(LoginSession)).one().created_at -= timedelta(hours=11)

    assert anna.get("/orders").status_code == 200


def test_dropping_the_cookie_that_says_when_does_not_keep_a_session_awake(portal):
    anna = portal.customer()
    with portal.writing() as session:
        session.scalars(sa.select(LoginSession)).one().created_at -= timedelta(hours=13)
    anna.client.delete_cookie("visit", domain="127.0.0.1")

    assert anna.get("/orders").location == "/sessions/new"


def test_who_stops_after_the_password_is_asked_for_it_again(portal, lena):
    sign_in(lena)
    with portal.writing() as session:
        [login] = session.scalars(sa.select(LoginSession))
        lives = login.expires_at - login.created_at

    assert lives == HALF_SIGNED_IN
