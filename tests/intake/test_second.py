"""Two processes answer what takes longest: the same answers in the same order, also when one of them dies."""

import os
import resource
import signal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.intake.second import WORTHWHILE_BYTES, Second, _half

FILES = 123


def limited():
    resource.setrlimit(resource.RLIMIT_NOFILE, (FILES, FILES))


@pytest.fixture
def second():
    made = Second(limited)
    yield made
    made.close()


def large(*values):
    """Questions that are worth a second process."""
    return [(value, bytes(WORTHWHILE_BYTES // 2)) for value in values]


def value_of(question):
    return question[0]


def who(_question):
    return os.getpid()


def files_allowed(_question):
    return resource.getrlimit(resource.RLIMIT_NOFILE)[0]


def inverse(question):
    return 1 / question[0]


def end(question):
    """Of whoever is not the reader."""
    if os.getpid() != question[0]:
        os.kill(os.getpid(), signal.SIGKILL)
    return "done here"


def test_the_answers_come_in_the_order_of_the_questions(second):
    assert list(second.share(value_of, large(*range(7)))) == list(range(7))


def test_large_questions_are_answered_in_both_processes(second):
    assert set(second.share(who, large(1, 2, 3, 4))) == {os.getpid(), second.process}


def test_small_questions_are_answered_here(second):
    assert set(second.share(who, [1, 2, 3])) == {os.getpid()}
    assert set(second.share(who, large(1)[:1])) == {os.getpid()}
    assert list(second.share(who, [])) == []


def test_it_can_be_asked_again_and_again(second):
    for number in range(3):
        assert list(second.share(value_of, large(number, 8, 9))) == [number, 8, 9]


def test_the_other_process_has_limits_of_its_own(second):
    assert FILES in set(second.share(files_allowed, large(1, 2)))
    assert resource.getrlimit(resource.RLIMIT_NOFILE)[0] != FILES


def test_what_fails_over_there_fails_here_with_its_own_words(second):
    with pytest.raises(ZeroDivisionError):
        list(second.share(inverse, large(0, 0)))


def test_what_dies_over_there_is_done_here(second):
    assert list(second.share(end, large(os.getpid(), os.getpid()))) == ["done here"] * 2
    assert list(second.share(value_of, large(5, 6))) == [5, 6]


def test_one_that_is_gone_already_is_not_missed(second):
    os.kill(second.process, signal.SIGKILL)
    os.waitpid(second.process, 0)

    assert list(second.share(value_of, large(5, 6))) == [5, 6]


def test_after_it_is_let_go_no_process_is_left():
    second = Second(limited)
    second.close()

    with pytest.raises(ProcessLookupError):
        os.kill(second.process, 0)


def test_a_limit_that_cannot_be_set_ends_only_the_other_process():
    second = Second(lambda: 1 / 0)

    assert list(second.share(value_of, large(5, 6))) == [5, 6]
    second.close()


@given(st.lists(st.integers(1, 1000), min_size=2, max_size=40))
def test_both_halves_are_as_heavy_as_they_can_be_made(weights):
    away = _half(weights)
    theirs = sum(weights[at] for at in away)

    assert abs(sum(weights) - 2 * theirs) <= max(weights)
    assert 0 < len(away) < len(weights)


@given(st.lists(st.integers(1, 9), min_size=1, max_size=9))
def test_what_is_given_away_is_named_once_and_in_order(weights):
    away = _half(weights)

    assert away == sorted(set(away))
    assert all(at in range(len(weights)) for at in away)
