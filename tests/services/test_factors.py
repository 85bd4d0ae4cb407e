"""The second factor: a code counts once and for half a minute, and paper stands in for a lost telephone."""

from dataclasses import replace
from datetime import timedelta

import pyotp
import pytest
import sqlalchemy as sa

from portal.errors import BadInput, TooMuch
from portal.gateways.seal import Seal
from portal.models.factors import CodeApp, RecoveryCode
from portal.services.accounts import open_login, open_session
from portal.services.factors import (
    begin_app,
    confirm_app,
    factors_of,
    left_codes,
    new_recovery_codes,
    prove_by_code,
    remove_app,
    take_all_factors,
    waiting_app,
)

SEAL = Seal("a key for the tests, and for nothing else", "second factors")


def later(act, **span):
    return replace(act, at=act.at + timedelta(**span))


def code_at(secret, act):
    return pyotp.TOTP(secret).at(act.at)


@pytest.fixture
def begun(session, act, sam):
    return begin_app(session, sam, SEAL, issuer="Lakeside", act=act).secret


@pytest.fixture
def papers(session, act, sam, begun):
    """Sam's codes on paper; the app is set up, and its first code is used up."""
    return confirm_app(session, sam, SEAL, code=code_at(begun, act), act=act)


@pytest.fixture
def login(session, act, sam):
    return open_session(session, sam, act).session


def test_an_app_counts_from_its_first_right_code(session, act, sam, begun):
    assert factors_of(session, sam) == frozenset()
    confirm_app(session, sam, SEAL, code=code_at(begun, act), act=act)
    assert factors_of(session, sam) == {"code"}


def test_a_wrong_first_code_sets_nothing_up(session, act, sam, begun):
    assert confirm_app(session, sam, SEAL, code="000000", act=act) is None
    assert factors_of(session, sam) == frozenset()


def test_the_picture_is_the_same_until_the_first_code(session, act, sam, begun):
    assert waiting_app(session, sam, SEAL, issuer="Lakeside").secret == begun


def test_there_is_no_picture_to_steal_once_the_app_works(session, sam, papers):
    assert waiting_app(session, sam, SEAL, issuer="Lakeside") is None


def test_the_address_for_the_app_names_the_shop_and_the_person(session, act, anna):
    app = begin_app(session, anna, SEAL, issuer="Lakeside Assembly", act=act)
    assert app.address.startswith("otpauth://totp/Lakeside%20Assembly:anna%40example.com?")


def test_the_database_alone_gives_no_codes(session, sam, begun):
    stored = session.scalars(sa.select(CodeApp)).one().sealed_secret
    assert begun not in stored
    assert Seal("another key of the same length, or so", "second factors").open(stored) is None


def test_a_secret_sealed_for_one_purpose_opens_for_no_other():
    assert Seal("the same key for both of them here", "letters").open(SEAL.close("words")) is None


@pytest.mark.parametrize("seconds", [-30, 0, 30])
def test_a_telephone_may_be_half_a_minute_off(session, act, login, begun, papers, seconds):
    then = later(act, minutes=5)
    code = code_at(begun, later(then, seconds=seconds))
    assert prove_by_code(session, login, SEAL, code=code, act=then)


@pytest.mark.parametrize("seconds", [-90, 90])
def test_a_code_of_another_minute_is_wrong(session, act, login, begun, papers, seconds):
    then = later(act, minutes=5)
    code = code_at(begun, later(then, seconds=seconds))
    assert not prove_by_code(session, login, SEAL, code=code, act=then)


def test_a_code_that_somebody_watched_cannot_be_used_again(session, act, login, begun, papers):
    then = later(act, minutes=5)
    assert prove_by_code(session, login, SEAL, code=code_at(begun, then), act=then)
    assert not prove_by_code(session, login, SEAL, code=code_at(begun, then), act=later(then, seconds=5))


def test_the_code_of_the_set_up_signs_nobody_in(session, act, login, begun, papers):
    assert not prove_by_code(session, login, SEAL, code=code_at(begun, act), act=act)


def test_a_session_counts_as_proven_from_the_right_code(session, act, login, begun, papers):
    assert login.proven_at is None
    then = later(act, minutes=1)
    prove_by_code(session, login, SEAL, code=code_at(begun, then), act=then)
    assert login.proven_at == then.at


@pytest.mark.parametrize("typed", [str, str.lower, lambda code: f" {code.replace('-', ' ')} "])
def test_a_code_on_paper_is_taken_as_people_type_it(session, act, login, papers, typed):
    assert prove_by_code(session, login, SEAL, code=typed(papers[0]), act=act)


def test_a_code_on_paper_works_once(session, act, login, papers):
    prove_by_code(session, login, SEAL, code=papers[0], act=act)
    assert not prove_by_code(session, login, SEAL, code=papers[0], act=act)
    assert left_codes(session, login.user) == 9


def test_the_codes_of_one_person_are_not_those_of_another(session, act, anna, papers):
    theirs = open_session(session, anna, act).session
    assert not prove_by_code(session, theirs, SEAL, code=papers[0], act=act)


def test_new_paper_makes_the_old_worthless(session, act, login, papers):
    new_recovery_codes(session, login.user, act)
    assert not prove_by_code(session, login, SEAL, code=papers[0], act=act)


def test_the_codes_on_paper_are_stored_nowhere(session, papers):
    stored = session.scalars(sa.select(RecoveryCode.code_hash)).all()
    assert len(set(papers)) == len(stored) == 10
    assert not set(stored) & {code.replace("-", "") for code in papers}


def test_paper_without_a_second_factor_is_refused(session, act, anna):
    with pytest.raises(BadInput, match="set up an app or a passkey first"):
        new_recovery_codes(session, anna, act)


def test_the_sixth_wrong_code_is_not_looked_at(session, act, login, begun, papers):
    for _ in range(5):
        prove_by_code(session, login, SEAL, code="000000", act=act)
    with pytest.raises(TooMuch):
        prove_by_code(session, login, SEAL, code=papers[0], act=act)


def test_staff_cannot_take_their_only_factor_away(session, act, sam, papers):
    with pytest.raises(BadInput, match="only second factor"):
        remove_app(session, sam, act, is_required=True)


def test_a_customer_may_do_without(session, act, sam, papers):
    remove_app(session, sam, act, is_required=False)
    assert factors_of(session, sam) == frozenset()


def test_an_app_in_use_is_not_replaced_by_whoever_has_the_session(session, act, sam, papers):
    with pytest.raises(BadInput, match="remove it first"):
        begin_app(session, sam, SEAL, issuer="Lakeside", act=act)


def test_a_reset_ends_every_session_and_every_factor(session, act, sam, papers):
    signed_in = open_session(session, sam, act)
    take_all_factors(session, sam, act)
    assert open_login(session, signed_in.secret, act.at) is None
    assert (factors_of(session, sam), left_codes(session, sam)) == (frozenset(), 0)


@pytest.mark.usefixtures("papers")
class TestHalfSignedIn:
    @pytest.fixture
    def half(self, session, act, sam):
        return open_session(session, sam, act, needs_proof=True)

    def test_a_password_alone_is_good_for_minutes(self, session, act, half):
        assert open_login(session, half.secret, later(act, minutes=14).at) is half.session
        assert open_login(session, half.secret, later(act, minutes=15).at) is None

    def test_the_second_factor_makes_a_shift_of_it(self, session, act, begun, half):
        then = later(act, minutes=5)
        prove_by_code(session, half.session, SEAL, code=code_at(begun, then), act=then)

        assert open_login(session, half.secret, later(then, hours=11).at) is half.session

    def test_who_brings_the_proof_along_has_the_shift_at_once(self, session, act, sam):
        signed_in = open_session(session, sam, act, needs_proof=True, proven_at=act.at)

        assert open_login(session, signed_in.secret, later(act, hours=11).at) is signed_in.session
