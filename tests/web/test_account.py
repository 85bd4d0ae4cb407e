"""One's own account: where one is signed in, tokens, letters, a password of one's own."""

import re

import pytest
import sqlalchemy as sa

from portal.db import reading
from portal.models.people import User
from portal.web.account import browser_name

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
EDGE = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0"
SAFARI = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 Version/19.0 Safari/604.1"


@pytest.mark.parametrize(
    ("said", "name"),
    [
        (FIREFOX, "Firefox on Linux"),
        (EDGE, "Edge on Windows"),
        (SAFARI, "Safari on iPhone"),
        ("curl/8.5.0", "A browser or program"),
        ("", "A browser or program"),
    ],
)
def test_a_browser_is_named_as_people_name_it(said, name):
    assert browser_name(said) == name


def test_the_page_marks_the_browser_one_is_in(anna):
    assert anna.visit("/account").main.count("(this one)") == 1


def test_another_browser_can_be_signed_out(portal, anna):
    other = portal.customer()
    [action] = [path for path in anna.visit("/account").all("//form/@action") if re.search(r"sessions/\d+/end", path)]
    anna.post(action)

    assert other.get("/quotes").location == "/sessions/new"
    assert anna.get("/quotes").status_code == 200


def test_all_others_can_be_signed_out_at_once(portal, anna):
    others = [portal.customer() for _ in range(3)]
    anna.post("/account/sessions/end-others")

    assert {other.get("/quotes").location for other in others} == {"/sessions/new"}
    assert "in 3 other places" in anna.visit("/account").text


def test_nobody_signs_out_somebody_else(portal, anna):
    eve = portal.customer("eve@example.net")
    for number in range(1, 5):
        eve.post(f"/account/sessions/{number}/end")

    assert anna.get("/quotes").status_code == 200


def test_a_customer_who_came_by_a_link_chooses_a_password_and_signs_in_with_it(portal, anna):
    assert "Choose a password" in anna.visit("/account").main
    anna.post("/sessions/password", {"password": "a sentence of mine", "repeated": "a sentence of mine"})

    answer = portal.browser().post("/sessions", {"email": "anna@example.org", "password": "a sentence of mine"})
    assert answer.location == "/quotes"


def test_who_has_a_password_is_asked_for_it_before_it_changes(anna):
    for password in ("a sentence of mine", "another one of mine"):
        answer = anna.post("/sessions/password", {"password": password, "repeated": password})

    assert answer.status_code == 422


def test_letters_that_are_not_wanted_are_remembered(portal, anna):
    anna.post("/account/letters", {})

    with reading(portal.engine) as session:
        assert session.scalars(sa.select(User)).one().muted == ["moved-promise"]
    assert anna.visit("/account").all("//input[@name='letter'][@checked]") == []


def test_a_token_is_shown_once_and_listed_by_its_name(anna):
    answer = anna.post("/account/tokens", {"name": "parts database", "scope": "read", "days": "90"})
    secret = re.search(r"bw_[\w-]{43}", answer.text)[0]
    page = anna.visit("/account")

    assert "parts database" in page.main
    assert secret not in page.text


@pytest.mark.parametrize("wrong", [{"name": ""}, {"scope": "all"}, {"days": "4000"}, {"name": "x" * 81}])
def test_a_token_that_cannot_be_is_said_at_its_field(anna, wrong):
    answer = anna.post("/account/tokens", {"name": "parts", "scope": "read", "days": "90"} | wrong)

    assert answer.status_code == 422
    assert "field__error" in answer.text


def test_a_revoked_token_leaves_the_list(anna):
    anna.post("/account/tokens", {"name": "parts database", "scope": "read", "days": "90"})
    [action] = [path for path in anna.visit("/account").all("//form/@action") if path.endswith("/revoke")]
    anna.post(action)

    assert "parts database" not in anna.visit("/account").main
