"""A promise that moves: one chain of days, each with its reason, each told; and what is found when one was silent."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
import sqlalchemy as sa
from booked import Customer
from called_off import JANUARY, MARCH, called_off
from hypothesis import given
from hypothesis import strategies as st

from portal.errors import BadInput
from portal.models.orders import Order
from portal.models.plans import PromiseChange
from portal.models.work import AuditEntry, Job
from portal.planning.days import day_in_words
from portal.services.promises import move_promise, move_release_promise, promise_faults

A_DAY = timedelta(days=1)
DAYS = st.dates(date(2026, 1, 1), date(2030, 12, 31))
BECAUSE = "the bare boards came back from test"


@pytest.fixture
def order(session, kept, anna, act):
    customer = Customer(session, kept, anna, act)
    return customer.orders(customer.asks(100))


@pytest.fixture
def plan(session, kept, anna, act):
    return called_off(session, kept, anna, act)


def moves(session, order, act, *days):
    for day in days:
        move_promise(session, order, order.promised_on + timedelta(days=day), because=BECAUSE, act=act)
    session.flush()
    session.expire(order, ["promise_changes"])


def told(session):
    return set(session.scalars(sa.select(Job.key)))


def change(was, now, *, number, because=BECAUSE, release=None):
    return PromiseChange(id=number, was=was, now=now, because=because, release=release)


class TestMoving:
    def test_each_move_begins_where_the_one_before_ended(self, session, order, act):
        moves(session, order, act, 3, 4, -2)
        found = order.promise_changes

        assert [one.was for one in found[1:]] == [one.now for one in found[:-1]]

    def test_the_first_day_that_was_promised_is_never_lost(self, session, order, act):
        first = order.promised_on
        moves(session, order, act, 3, 4)

        assert order.first_promised_on == first

    def test_a_promise_may_move_to_an_earlier_day(self, session, order, act):
        before = order.promised_on
        moves(session, order, act, -1)

        assert order.promised_on == before - A_DAY

    def test_over_the_turn_of_the_year_it_is_a_day_like_any(self, session, order, act):
        move_promise(session, order, date(2026, 12, 31), because=BECAUSE, act=act)
        move_promise(session, order, date(2027, 1, 1), because=BECAUSE, act=act)

        assert order.promise_changes[-1].now - order.promise_changes[-1].was == A_DAY

    @pytest.mark.parametrize("because", ["", " ", "\n\t "])
    def test_blanks_are_no_reason(self, session, order, act, because):
        with pytest.raises(BadInput, match="write one sentence"):
            move_promise(session, order, order.promised_on + A_DAY, because=because, act=act)

    def test_to_the_day_that_is_promised_it_does_not_move(self, session, order, act):
        with pytest.raises(BadInput, match="already"):
            move_promise(session, order, order.promised_on, because=BECAUSE, act=act)

    def test_each_move_asks_for_a_letter_of_its_own(self, session, order, act):
        moves(session, order, act, 3, 4)

        assert len([key for key in told(session) if key.startswith("promise-letter:")]) == 2

    def test_a_refused_move_asks_for_none(self, session, order, act):
        with pytest.raises(BadInput):
            move_promise(session, order, order.promised_on, because=BECAUSE, act=act)

        assert not [key for key in told(session) if key.startswith("promise-letter:")]

    def test_a_move_is_sound(self, session, order, act):
        moves(session, order, act, 3, 4, -2)

        assert list(promise_faults(order, told(session))) == []


class TestReleases:
    def test_a_release_moves_without_the_order(self, session, plan, act):
        before = plan.promised_on
        move_release_promise(session, plan.releases[0], JANUARY + 7 * A_DAY, because=BECAUSE, act=act)

        assert (plan.releases[0].promised_on, plan.promised_on) == (JANUARY + 7 * A_DAY, before)

    def test_the_audit_says_which_release(self, session, plan, act):
        move_release_promise(session, plan.releases[1], MARCH + A_DAY, because=BECAUSE, act=act)
        entry = session.scalars(sa.select(AuditEntry).where(AuditEntry.action == "promise.moved")).one()

        assert entry.changes["release"] == 2

    def test_what_is_scored_is_the_first_day_of_the_whole_and_not_of_a_release(self, session, plan, act):
        first = plan.promised_on
        move_release_promise(session, plan.releases[0], JANUARY + 7 * A_DAY, because=BECAUSE, act=act)
        session.expire(plan, ["promise_changes"])

        assert plan.first_promised_on == first

    def test_a_release_that_moved_is_sound(self, session, plan, act):
        move_release_promise(session, plan.releases[0], JANUARY + 7 * A_DAY, because=BECAUSE, act=act)
        session.expire(plan, ["promise_changes"])

        assert list(promise_faults(plan, told(session))) == []


class TestFaults:
    def faults(self, *changes, promised, told=("promise-letter:1", "promise-letter:2")):
        order = Order(reference="O-7", promise_changes=list(changes), promised_on=promised)
        return list(promise_faults(order, told))

    def test_a_promise_that_never_moved_is_sound(self):
        assert self.faults(promised=MARCH) == []

    def test_a_letter_that_was_sent_counts_as_well_as_one_that_is_asked_for(self):
        assert self.faults(change(JANUARY, MARCH, number=9), promised=MARCH, told=["promise:9"]) == []

    def test_a_gap_in_the_chain_is_found(self):
        gap = change(JANUARY, MARCH, number=1), change(MARCH + A_DAY, MARCH + 2 * A_DAY, number=2)

        assert self.faults(*gap, promised=MARCH + 2 * A_DAY) == ["the promise of order O-7 has moved between two moves"]

    def test_another_day_than_was_told_last_is_found(self):
        [fault] = self.faults(change(JANUARY, MARCH, number=1), promised=MARCH + A_DAY)

        assert "2027-03-15 was told last" in fault

    def test_the_move_of_a_release_is_no_part_of_the_orders_chain(self):
        mixed = change(JANUARY, MARCH, number=1), change(JANUARY, JANUARY + A_DAY, number=2, release=1)

        assert self.faults(*mixed, promised=MARCH) == []

    def test_a_release_that_was_moved_in_silence_is_found(self):
        silent = change(JANUARY, JANUARY + A_DAY, number=5, release=1)

        assert self.faults(silent, promised=MARCH) == ["nobody was told why order O-7 moved to 2027-01-26"]

    @given(st.lists(DAYS, min_size=2, max_size=6))
    def test_whatever_the_days_a_told_chain_is_sound(self, days):
        chain = [change(was, now, number=number) for number, (was, now) in enumerate(pairwise(days))]
        letters = [f"promise:{number}" for number in range(len(chain))]

        assert self.faults(*chain, promised=days[-1], told=letters) == []


class TestWords:
    @pytest.mark.parametrize(
        ("day", "words"),
        [
            (date(2026, 12, 4), "Fri 4 Dec 2026"),
            (date(2027, 1, 1), "Fri 1 Jan 2027"),
            (date(2028, 2, 29), "Tue 29 Feb 2028"),
            (date(2026, 11, 30), "Mon 30 Nov 2026"),
        ],
    )
    def test_a_day_has_its_weekday_and_no_nought(self, day, words):
        assert day_in_words(day) == words

    @given(DAYS, DAYS)
    def test_two_days_never_read_the_same(self, one, other):
        assert (day_in_words(one) == day_in_words(other)) == (one == other)
