"""Who tries too often has to wait, and nobody else."""

from dataclasses import replace
from datetime import timedelta

import pytest

from portal.errors import TooMuch
from portal.models.factors import Attempt
from portal.services.accounts import sign_in
from portal.services.limits import LIMITS, count, forget, refuse_beyond, sweep_attempts, tried

MOST = LIMITS["sign-in"][0].most


def later(act, **span):
    return replace(act, at=act.at + timedelta(**span))


def guess(session, act, *, email="sam@lakeside.example", origin="198.51.100.7", times=1):
    for _ in range(times):
        sign_in(session, email=email, password="a wrong guess", origin=origin, act=act)


def test_the_eleventh_guess_within_five_minutes_is_not_even_looked_at(session, act, sam):
    guess(session, act, times=MOST)
    with pytest.raises(TooMuch, match="wait 5 minutes"):
        sign_in(session, email=sam.email, password="x" * 12, origin="203.0.113.9", act=act)


def test_after_five_minutes_the_right_password_opens_again(session, act, sam):
    guess(session, act, times=MOST)
    assert sign_in(session, email=sam.email, password="x" * 12, act=later(act, minutes=5)) is sam


def test_guesses_at_many_addresses_from_one_place_are_stopped(session, act, sam):
    for number in range(MOST):
        guess(session, act, email=f"somebody{number}@example.com")
    with pytest.raises(TooMuch):
        guess(session, act, email="one-more@example.com")


def test_an_address_that_does_not_exist_is_limited_like_one_that_does(session, act):
    guess(session, act, email="nobody@example.com", origin="", times=MOST)
    with pytest.raises(TooMuch):
        guess(session, act, email="nobody@example.com", origin="203.0.113.9")


def test_a_right_password_forgives_the_typing_errors_before_it(session, act, sam):
    guess(session, act, times=MOST - 1)
    sign_in(session, email=sam.email, password="x" * 12, act=act)
    guess(session, act, origin="203.0.113.9", times=MOST - 1)
    assert sign_in(session, email=sam.email, password="x" * 12, origin="192.0.2.1", act=act) is sam


def test_who_tries_slowly_all_day_meets_the_limit_of_the_day(session, act):
    [*_, day] = LIMITS["code"]
    for number in range(day.most):
        count(session, "code", "sam@lakeside.example", act.at + timedelta(minutes=4 * number))
    with pytest.raises(TooMuch, match="until tomorrow"):
        refuse_beyond(session, "code", "sam@lakeside.example", act.at + timedelta(hours=12))


@pytest.mark.parametrize("kind", LIMITS)
def test_nobody_is_refused_before_they_tried(session, act, kind):
    refuse_beyond(session, kind, "anna@example.com", act.at)


def test_what_is_forgotten_is_forgotten_for_one_alone(session, act):
    for key in ("anna@example.com", "bo@example.com"):
        count(session, "code", key, act.at)
    forget(session, "code", "anna@example.com")

    since = act.at - timedelta(hours=1)
    assert [tried(session, "code", key, since) for key in ("anna@example.com", "bo@example.com")] == [0, 1]


def test_attempts_are_swept_after_a_day_and_not_before(session, act):
    count(session, "code", "anna@example.com", act.at)
    count(session, "code", "anna@example.com", act.at + timedelta(hours=2))

    assert sweep_attempts(session, act.at + timedelta(hours=25)) == 1
    assert session.query(Attempt).count() == 1


def test_guesses_at_many_addresses_from_many_places_are_stopped_too(session, act):
    for _ in range(LIMITS["sign-in anywhere"][0].most):
        count(session, "sign-in anywhere", "", act.at)

    with pytest.raises(TooMuch, match="wait 5 minutes"):
        guess(session, act, email="eve@example.net", origin="203.0.113.77")


def test_every_failure_is_counted_for_the_whole_house(session, act):
    guess(session, act, times=3)

    assert tried(session, "sign-in anywhere", "", act.at - timedelta(minutes=5)) == 3
