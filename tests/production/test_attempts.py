"""A try to pay follows its table, whatever comes twice, late or in any order."""

from itertools import permutations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.production.attempts import ATTEMPT, IN_HAND, PROMISED, REFUND, AttemptState, RefundState, seen

A, R = AttemptState, RefundState


def after(table, start, news):
    for state in news:
        start = seen(table, start, state)
    return start


@pytest.mark.parametrize(("now", "news"), list(product(AttemptState, repeat=2)))
def test_news_lead_only_where_the_table_says(now, news):
    assert seen(ATTEMPT, now, news) is (news if news in ATTEMPT[now] else now)


@pytest.mark.parametrize("news", list(permutations([A.OPEN, A.WAITING, A.PAID, A.PAID, A.EXPIRED], 5))[::2])
def test_money_that_arrived_stays_in_whatever_order_it_is_told(news):
    assert after(ATTEMPT, A.ASKED, news) is A.PAID


@given(st.lists(st.sampled_from(AttemptState), max_size=12))
def test_news_heard_twice_change_nothing_the_second_time(news):
    doubled = [state for one in news for state in (one, one)]
    assert after(ATTEMPT, A.ASKED, doubled) is after(ATTEMPT, A.ASKED, news)


@given(st.lists(st.sampled_from(AttemptState), max_size=12))
def test_an_attempt_never_comes_back_into_hand(news):
    states = [after(ATTEMPT, A.ASKED, news[:count]) for count in range(len(news) + 1)]
    hands = [state in IN_HAND for state in states]
    assert hands == sorted(hands, reverse=True)


@pytest.mark.parametrize("closed", [A.FAILED, A.EXPIRED, A.CANCELLED])
def test_money_that_comes_late_is_taken_all_the_same(closed):
    assert seen(ATTEMPT, closed, A.PAID) is A.PAID


def test_a_refund_goes_nowhere_without_a_second_person():
    assert REFUND[R.ASKED] == {R.APPROVED, R.REFUSED}


def test_a_refund_that_the_bank_sends_back_has_failed():
    assert after(REFUND, R.APPROVED, [R.SENT, R.DONE, R.FAILED, R.DONE]) is R.FAILED


def test_what_is_spoken_for_is_what_has_not_ended():
    assert {state for state in RefundState if REFUND[state]} - {R.DONE} == PROMISED
