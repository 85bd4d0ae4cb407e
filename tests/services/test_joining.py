"""The people of a company: asked by letter, with one role or the other, and gone at once when they are removed."""

from dataclasses import replace
from datetime import timedelta

import pytest

from portal.errors import BadInput, TooMuch
from portal.models.people import Role
from portal.services.accounts import new_customer, open_login, open_session, usable_link, use_link
from portal.services.joining import invite, join, open_invitations, people_of, remove, rename, set_role, withdraw


@pytest.fixture
def ours(anna):
    return anna.company


@pytest.fixture
def bo(session, act, ours):
    """A colleague who has joined, and only asks for quotes."""
    return joined(session, act, ours, "bo@example.com")


def joined(session, act, company, email, role=Role.REQUESTER):
    invited = invite(session, company, email=email, role=role, act=act)
    user = use_link(session, usable_link(session, invited.secret, act.at), act)
    join(session, user, invited.invitation.id, act)
    session.flush()
    return user


def member(session, company, user):
    [found] = [member for member in people_of(session, company) if member.user is user]
    return found


def test_a_colleague_who_follows_the_letter_sees_what_the_company_has(ours, bo):
    assert (bo.company, bo.roles) == (ours, {Role.REQUESTER})


def test_the_letter_works_once(session, act, ours):
    invited = invite(session, ours, email="bo@example.com", role=Role.BUYER, act=act)
    use_link(session, usable_link(session, invited.secret, act.at), act)
    assert usable_link(session, invited.secret, act.at) is None


def test_an_invitation_ends_after_a_week(session, act, ours):
    invited = invite(session, ours, email="bo@example.com", role=Role.BUYER, act=act)
    assert usable_link(session, invited.secret, act.at + timedelta(days=7)) is None
    assert open_invitations(session, ours, act.at + timedelta(days=7)) == []


def test_a_withdrawn_invitation_joins_nobody(session, act, ours):
    invited = invite(session, ours, email="bo@example.com", role=Role.BUYER, act=act)
    withdraw(session, ours, invited.invitation.id, act)
    bo = new_customer(session, "bo@example.com", act)
    with pytest.raises(BadInput, match="ask your colleague for a new one"):
        join(session, bo, invited.invitation.id, act)


def test_the_letter_of_one_person_joins_no_other(session, act, ours):
    invited = invite(session, ours, email="bo@example.com", role=Role.BUYER, act=act)
    eve = new_customer(session, "eve@example.net", act)
    with pytest.raises(BadInput):
        join(session, eve, invited.invitation.id, act)
    assert eve.company is not ours


def test_another_company_withdraws_nothing_here(session, act, ours):
    invited = invite(session, ours, email="bo@example.com", role=Role.BUYER, act=act)
    eve = new_customer(session, "eve@example.net", act)
    session.flush()
    withdraw(session, eve.company, invited.invitation.id, act)
    assert open_invitations(session, ours, act.at) == [invited.invitation]


def test_nobody_is_asked_twice(session, act, ours):
    invite(session, ours, email="bo@example.com", role=Role.BUYER, act=act)
    with pytest.raises(BadInput, match="was invited already"):
        invite(session, ours, email="bo@example.com", role=Role.BUYER, act=act)


def test_who_belongs_already_is_not_asked(session, act, ours, bo):
    with pytest.raises(BadInput, match="belongs to your company already"):
        invite(session, ours, email=bo.email, role=Role.BUYER, act=act)


def test_nobody_of_the_house_joins_a_customer(session, act, ours, sam):
    with pytest.raises(BadInput, match="belongs to the house"):
        invite(session, ours, email=sam.email, role=Role.BUYER, act=act)


@pytest.mark.parametrize("role", [Role.SALES, Role.FLOOR, Role.ADMIN])
def test_a_customer_gives_nobody_a_role_of_the_house(session, act, ours, bo, role):
    with pytest.raises(BadInput, match="choose one of the two"):
        invite(session, ours, email="new@example.com", role=role, act=act)
    with pytest.raises(BadInput, match="choose one of the two"):
        set_role(session, ours, member(session, ours, bo).id, role=role, act=act)


def test_a_colleague_is_allowed_to_buy(session, act, ours, bo):
    set_role(session, ours, member(session, ours, bo).id, role=Role.BUYER, act=act)
    assert bo.roles == {Role.BUYER}


def test_a_company_keeps_somebody_who_may_buy(session, act, ours, anna, bo):
    number = member(session, ours, anna).id
    with pytest.raises(BadInput, match="make another person a buyer first"):
        set_role(session, ours, number, role=Role.REQUESTER, act=act)
    with pytest.raises(BadInput, match="make another person a buyer first"):
        remove(session, ours, number, act)


def test_who_is_removed_is_signed_out_and_sees_nothing_more(session, act, ours, bo):
    signed_in = open_session(session, bo, act)
    remove(session, ours, member(session, ours, bo).id, act)
    assert open_login(session, signed_in.secret, act.at) is None
    assert bo.company is not ours


def test_people_of_another_company_cannot_be_touched(session, act, ours, bo):
    eve = new_customer(session, "eve@example.net", act)
    session.flush()
    with pytest.raises(BadInput, match="does not belong to your company"):
        remove(session, eve.company, member(session, ours, bo).id, act)


def test_nobody_writes_invitations_to_the_whole_world(session, act, ours):
    for number in range(20):
        invite(session, ours, email=f"friend{number}@example.com", role=Role.REQUESTER, act=act)
    with pytest.raises(TooMuch, match="until tomorrow"):
        invite(session, ours, email="one-more@example.com", role=Role.REQUESTER, act=act)
    tomorrow = replace(act, at=act.at + timedelta(hours=24))
    assert invite(session, ours, email="one-more@example.com", role=Role.REQUESTER, act=tomorrow)


def test_a_company_has_the_name_that_it_gives_itself(session, act, ours):
    rename(session, ours, "Müller Sensorik GmbH", act)
    assert ours.name == "Müller Sensorik GmbH"
