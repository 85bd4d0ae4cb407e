"""Signing in and out."""

import re

import pytest
import sqlalchemy as sa
from browsing import an_act

from portal.db import reading
from portal.models.people import LoginSession, Role
from portal.models.work import OutboxMail
from portal.services.accounts import add_staff

PASSWORD = "correct horse battery"


@pytest.fixture
def floor(portal):
    """A member of staff whose password is still the one they were given."""
    with portal.writing() as session:
        add_staff(session, email="lena@house.example", role=Role.FLOOR, password=PASSWORD, act=an_act("set-up"))
    return "lena@house.example"


def sign_in(browser, email, password=PASSWORD):
    return browser.post("/sessions", {"email": email, "password": password})


def link_in_the_last_letter(portal):
    with reading(portal.engine) as session:
        mail = session.scalars(sa.select(OutboxMail).order_by(OutboxMail.id.desc())).first()
        return re.search(r"(/links/\S+)", mail.text)[1]


def test_the_page_offers_a_link_and_a_password(visitor):
    assert len(visitor.visit("/sessions/new").root.forms) == 2


def test_a_link_signs_a_customer_in(portal, visitor):
    visitor.post("/sessions/link", {"email": "anna@example.org"})
    link = link_in_the_last_letter(portal)

    answer = visitor.post(link, visitor.visit(link).form(link))
    assert answer.location == "/quotes"
    assert "anna@example.org" in visitor.visit("/quotes").text


def test_an_unknown_address_is_answered_like_a_known_one(visitor, anna):
    known, unknown = (
        visitor.post("/sessions/link", {"email": email}) for email in ("anna@example.org", "x@example.org")
    )

    assert (known.status_code, known.location) == (unknown.status_code, unknown.location)


def test_too_many_links_within_the_hour_are_refused_with_a_sentence(visitor):
    answers = [visitor.post("/sessions/link", {"email": "anna@example.org"}) for _ in range(7)]

    assert [answer.status_code for answer in answers] == [302] * 6 + [422]
    assert "Please use the newest one" in answers[-1].text


@pytest.mark.parametrize("wrong", ["", "nobody", "a@b@c", "a@example.org, b@example.org"])
def test_what_is_no_address_is_said_at_its_field(visitor, wrong):
    answer = visitor.post("/sessions/link", {"email": wrong})

    assert answer.status_code == 422
    assert "field__error" in answer.text


@pytest.mark.parametrize(
    ("email", "password"), [("lena@house.example", "not this one"), ("nobody@house.example", PASSWORD)]
)
def test_wrong_address_and_wrong_password_are_not_told_apart(visitor, floor, email, password):
    answer = sign_in(visitor, email, password)

    assert answer.status_code == 422
    assert "Address or password is wrong" in answer.text
    assert password not in answer.text


def test_a_password_that_was_given_must_be_changed_before_anything_else(visitor, floor):
    sign_in(visitor, floor)

    assert visitor.get("/quotes").location == "/sessions/password"


def test_a_new_password_ends_every_other_session(portal, visitor, floor):
    other = portal.browser()
    for browser in (visitor, other):
        sign_in(browser, floor)
    new = {"current": PASSWORD, "password": "another long sentence", "repeated": "another long sentence"}
    visitor.post("/sessions/password", new)

    assert visitor.get("/quotes").status_code == 200
    assert other.get("/quotes").location == "/sessions/new"


@pytest.mark.parametrize(
    ("current", "password", "repeated", "said"),
    [
        ("wrong", "another long sentence", "another long sentence", "not the password so far"),
        (PASSWORD, "short", "short", "at least 12"),
        (PASSWORD, "another long sentence", "another", "not the same"),
    ],
)
def test_a_new_password_that_will_not_do_is_said_at_its_field(visitor, floor, current, password, repeated, said):
    sign_in(visitor, floor)
    answer = visitor.post("/sessions/password", {"current": current, "password": password, "repeated": repeated})

    assert answer.status_code == 422
    assert said in answer.text


def test_staff_cannot_come_in_by_a_link(portal, visitor, floor):
    visitor.post("/sessions/link", {"email": floor})
    link = link_in_the_last_letter(portal)
    answer = visitor.post(link)

    assert answer.status_code == 422
    assert "Staff sign in with their password" in answer.text


def test_signing_out_ends_the_session_on_the_server(portal, anna):
    secret = anna.secret
    anna.post("/sessions/end")

    assert portal.browser().with_login(secret).get("/quotes").location == "/sessions/new"


def test_the_cookie_is_for_this_server_alone(visitor, floor):
    cookie = sign_in(visitor, floor).headers["Set-Cookie"]

    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_only_a_hash_of_the_cookie_is_stored(portal, anna):
    with reading(portal.engine) as session:
        stored = session.scalars(sa.select(LoginSession.token_hash)).all()

    assert anna.secret not in stored


def test_who_is_signed_in_is_sent_home(anna):
    assert anna.get("/sessions/new").location == "/quotes"
