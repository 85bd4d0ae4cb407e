"""The worker writes to whom a promise has moved, follows the floor by itself, and does neither twice."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from benchmarks import seed
from portal import db, jobs
from portal.models.orders import Order
from portal.models.plans import PromiseChange
from portal.models.work import Job, JobState, OutboxMail
from portal.services.promises import move_promise

BECAUSE = "the maker of U3 delivers a week later"


@pytest.fixture
def order(bench):
    """The reference of an order, released for the floor."""
    with db.writing(bench.engine) as session:
        kept = seed.a_design(session, bench.files, "sensor node")
        buyer = session.scalars(sa.select(seed.User).where(seed.User.email == "buyer@example.com")).one()
        quote = seed.firm_quote(session, kept, seed.offered(session, seed.a_board()), buyer)
        return seed.an_order(session, quote).reference


@pytest.fixture
def moved(bench, order):
    with db.writing(bench.engine) as session:
        kept = session.scalars(sa.select(Order)).one()
        later = kept.promised_on + timedelta(days=7)
        return move_promise(session, kept, later, because=BECAUSE, act=seed.act("sales")).id


def letters(bench, number):
    query = sa.select(OutboxMail).where(OutboxMail.key == f"promise:{number}")
    return bench.look(lambda session: session.scalars(query).all())


def run(bench):
    while jobs.run_one(bench.shop):
        pass


def test_a_promise_that_moved_is_a_letter_to_who_asked_for_the_quote(bench, order, moved):
    run(bench)
    [letter] = letters(bench, moved)

    assert letter.recipient == "buyer@example.com"
    assert order in letter.subject
    assert f"Why: {BECAUSE}." in letter.text


def test_the_letter_leads_to_the_order_where_the_portal_is(bench, order, moved):
    run(bench)
    [letter] = letters(bench, moved)

    assert f"https://portal.example/orders/{order}" in letter.text


def test_a_job_that_runs_twice_writes_once(bench, moved):
    run(bench)
    with db.writing(bench.engine) as session:
        job = session.scalars(sa.select(Job).where(Job.key == f"promise-letter:{moved}")).one()
        job.state, job.finished_at = JobState.WAITING, None
    run(bench)

    assert len(letters(bench, moved)) == 1


def test_the_floor_is_followed_as_a_chore_too(bench, order):
    """Nothing is booked for this order, so nothing of it is late."""
    jobs.CHORES["floor"](bench.shop)

    assert bench.look(lambda session: session.scalars(sa.select(PromiseChange)).all()) == []


def test_the_clock_is_looked_at_each_quarter_of_an_hour():
    assert jobs.PERIODIC["floor"] == timedelta(minutes=15)
    assert jobs.CHORES.keys() == jobs.PERIODIC.keys()
