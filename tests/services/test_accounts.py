"""Signing in by link or password, and what a leaked database would give away."""

from dataclasses import replace
from datetime import timedelta

import pytest

from portal.errors import BadInput
from portal.models.people import Role
from portal.services import accounts
from portal.services.accounts import (
    ask_for_link,
    change_password,
    clean_email,
    open_login,
    open_session,
    sign_in,
    sign_out,
    usable_link,
    use_link,
)


def later(act, **span):
    return replace(act, at=act.at + timedelta(**span))


def test_a_link_signs_in_a_new_customer_with_a_company_of_their_own(session, act):
    secret = ask_for_link(session, email="bo@example.com", intent={"for": "sign-in"}, act=act)
    user = use_link(session, usable_link(session, secret, act.at), act)
    assert (user.email, user.roles) == ("bo@example.com", {Role.BUYER})


def test_a_link_works_once(session, act):
    secret = ask_for_link(session, email="bo@example.com", intent={}, act=act)
    use_link(session, usable_link(session, secret, act.at), act)
    assert usable_link(session, secret, act.at) is None


def test_a_link_is_worth_nothing_after_a_day(session, act):
    secret = ask_for_link(session, email="bo@example.com", intent={}, act=act)
    assert usable_link(session, secret, later(act, hours=24).at) is None


def test_a_link_leads_a_known_person_to_their_own_account(session, act, anna):
    secret = ask_for_link(session, email=anna.email, intent={}, act=act)
    assert use_link(session, usable_link(session, secret, act.at), act) is anna


def test_nobody_can_flood_a_mailbox_with_links(session, act):
    for _ in range(accounts.MOST_LINKS_AN_HOUR):
        ask_for_link(session, email="bo@example.com", intent={}, act=act)
    with pytest.raises(BadInput, match="newest one"):
        ask_for_link(session, email="bo@example.com", intent={}, act=act)


def test_the_secret_of_a_link_is_stored_nowhere(session, act):
    secret = ask_for_link(session, email="bo@example.com", intent={}, act=act)
    link = usable_link(session, secret, act.at)
    assert secret not in (link.token_hash, str(link.intent))


def test_staff_sign_in_with_their_password(session, act, sam):
    assert sign_in(session, email="SAM@lakeside.example ", password="x" * 12, act=act) is sam


@pytest.mark.parametrize(("email", "password"), [("sam@lakeside.example", "wrong"), ("nobody@example.com", "x" * 12)])
def test_a_wrong_password_and_an_unknown_address_look_the_same(session, act, sam, email, password):
    assert sign_in(session, email=email, password=password, act=act) is None


def test_a_customer_without_a_password_cannot_be_guessed_into(session, act, anna):
    assert sign_in(session, email=anna.email, password="nobody has this password", act=act) is None


def test_a_closed_account_cannot_sign_in(session, act, sam):
    sam.is_active = False
    assert sign_in(session, email=sam.email, password="x" * 12, act=act) is None


def test_signing_out_kills_the_session_at_once(session, act, anna):
    signed_in = open_session(session, anna, act)
    sign_out(session, signed_in.session, act)
    assert open_login(session, signed_in.secret, act.at) is None


def test_every_sign_in_has_its_own_secret(session, act, anna):
    assert open_session(session, anna, act).secret != open_session(session, anna, act).secret


def test_a_staff_session_ends_after_a_shift_and_a_half(session, act, sam):
    signed_in = open_session(session, sam, act)
    assert open_login(session, signed_in.secret, later(act, hours=11).at)
    assert open_login(session, signed_in.secret, later(act, hours=12).at) is None


def test_a_new_password_signs_out_every_browser(session, act, sam):
    signed_in = open_session(session, sam, act)
    change_password(session, sam, password="a sentence of mine", act=act)
    assert open_login(session, signed_in.secret, act.at) is None


def test_a_short_password_is_refused_with_advice(session, act, sam):
    with pytest.raises(BadInput, match="at least 12 characters"):
        change_password(session, sam, password="short", act=act)


@pytest.mark.parametrize(
    "password",
    ["passwordpassword", "123456789012", "qwertyuiop12", "aaaaaaaaaaaa", "sam@lakeside.example", "p@ssw0rd1234"],
)
def test_a_password_that_is_tried_first_is_refused(session, sam, act, password):
    with pytest.raises(BadInput, match="easily guessed"):
        change_password(session, sam, password=password, act=act)


@pytest.mark.parametrize("password", ["correct horse battery staple", "Löten, bis es hält!", "a sentence " * 40])
def test_a_sentence_of_ones_own_is_taken_however_long(session, sam, act, password):
    change_password(session, sam, password=password, act=act)

    assert sign_in(session, email=sam.email, password=password, act=act) is sam


@pytest.mark.parametrize("text", ["", "anna", "a@b@c", '"x" <a@b.de>, evil@d.com', "a@b.de\nBcc: c@d.de"])
def test_what_is_not_one_address_is_refused(text):
    with pytest.raises(BadInput, match="is not an e-mail address"):
        clean_email(text)


def test_an_address_is_kept_in_lower_case():
    assert clean_email(" Anna@Example.COM ") == "anna@example.com"
