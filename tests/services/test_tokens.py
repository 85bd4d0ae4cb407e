"""Tokens of customers' programs: shown once, for one purpose, for a limited time, revoked at once."""

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from portal.errors import BadInput
from portal.models.factors import ApiToken
from portal.services.tokens import LONGEST, MOST_TOKENS, make_token, open_tokens, revoke_token, usable_token

MONTH = timedelta(days=30)


def a_token(session, user, act, **said):
    return make_token(session, user, **{"name": "parts database", "scope": "read", "lives": MONTH, "act": act} | said)


def test_a_token_opens_for_whoever_has_it(session, act, anna):
    assert usable_token(session, a_token(session, anna, act).secret, act.at).user is anna


def test_only_a_hash_of_it_is_stored(session, act, anna):
    made = a_token(session, anna, act)
    assert made.secret not in session.scalars(sa.select(ApiToken.token_hash)).all()


def test_a_token_can_be_recognised_where_it_should_not_be(session, act, anna):
    assert a_token(session, anna, act).secret.startswith("bw_")


def test_a_token_ends_by_itself(session, act, anna):
    made = a_token(session, anna, act)
    assert usable_token(session, made.secret, act.at + MONTH) is None


def test_a_revoked_token_opens_nothing_from_that_moment(session, act, anna):
    made = a_token(session, anna, act)
    session.flush()
    revoke_token(session, anna, made.token.id, act)
    assert usable_token(session, made.secret, act.at) is None


def test_nobody_revokes_the_token_of_another(session, act, anna, sam):
    made = a_token(session, anna, act)
    session.flush()
    revoke_token(session, sam, made.token.id, act)
    assert usable_token(session, made.secret, act.at) is not None


def test_the_token_of_a_closed_account_opens_nothing(session, act, anna):
    made = a_token(session, anna, act)
    anna.is_active = False
    assert usable_token(session, made.secret, act.at) is None


@pytest.mark.parametrize("said", [{"scope": "everything"}, {"lives": timedelta(0)}, {"lives": LONGEST * 2}])
def test_a_token_for_ever_or_for_anything_is_refused(session, act, anna, said):
    with pytest.raises(BadInput, match="at most a year"):
        a_token(session, anna, act, **said)


def test_nobody_collects_tokens(session, act, anna):
    for _ in range(MOST_TOKENS):
        a_token(session, anna, act)
    with pytest.raises(BadInput, match="revoke one"):
        a_token(session, anna, act)


def test_the_list_shows_what_still_opens(session, act, anna):
    old = a_token(session, anna, act, lives=timedelta(days=1))
    new = a_token(session, anna, act)
    listed = open_tokens(session, anna, replace(act, at=act.at + timedelta(days=2)).at)
    assert (old.token in listed, new.token in listed) == (False, True)
