"""The worker gives dates back that nobody ordered in time."""

from datetime import time, timedelta

import pytest
import sqlalchemy as sa

from portal import db, jobs, planner
from portal.models.bookings import HeldDate, SlotBooking
from portal.models.quotes import Quote
from portal.models.work import AuditEntry, Job
from portal.services import planning, quotes
from portal.services.audit import Act
from portal.services.queue import enqueue
from portal.services.shop import current_shop


@pytest.fixture
def held(bench):
    """A quote whose date is held for two working days."""
    reference = bench.quote()
    with db.writing(bench.engine) as session:
        quote = session.scalars(sa.select(Quote).where(Quote.reference == reference)).one()
        desk = planning.Desk(current_shop(session), jobs.now(), "UTC")
        cell = quotes.content(quote.current)["cells"][0]
        act = Act(actor="sales@lakeside.example", at=jobs.now(), request_id="test")
        planning.hold(session, quote, cell, until=desk.in_days(2), desk=desk, act=act)
    return reference


def there(bench, model):
    with db.reading(bench.engine) as session:
        return session.scalar(sa.select(sa.func.count()).select_from(model))


def change(bench, statement):
    with db.writing(bench.engine) as session:
        session.execute(statement)


@pytest.mark.usefixtures("held")
def test_a_date_is_held_as_long_as_it_was_said(bench):
    assert planner.release_held_dates(bench.shop) == 0
    assert there(bench, HeldDate) == 1


@pytest.mark.usefixtures("held")
def test_a_date_whose_time_is_over_is_given_back_with_its_slots(bench):
    change(bench, sa.update(HeldDate).values(until=jobs.now() - timedelta(minutes=1)))

    assert planner.release_held_dates(bench.shop) == 1
    assert (there(bench, HeldDate), there(bench, SlotBooking)) == (0, 0)


@pytest.mark.usefixtures("held")
def test_a_date_of_a_quote_that_was_declined_is_given_back(bench):
    change(bench, sa.update(Quote).values(state="declined"))

    assert planner.release_held_dates(bench.shop) == 1


def test_giving_back_twice_changes_nothing(bench, held):
    change(bench, sa.update(HeldDate).values(until=jobs.now() - timedelta(minutes=1)))
    for _ in range(2):
        planner.release_held_dates(bench.shop)

    with db.reading(bench.engine) as session:
        entries = session.scalars(sa.select(AuditEntry.subject).where(AuditEntry.action == "date.released")).all()
    assert entries == [held]


def test_the_worker_looks_every_minute():
    assert jobs.CHORES["held dates"] is planner.release_held_dates
    assert jobs.PERIODIC["held dates"] == timedelta(minutes=1)


class TestNight:
    def test_one_search_is_queued_a_night(self, bench, monkeypatch):
        monkeypatch.setattr(planner, "NIGHT", time(0))
        for _ in range(3):
            planner.plan_the_night(bench.shop)

        with db.reading(bench.engine) as session:
            assert session.scalars(sa.select(Job.kind).where(Job.kind == "improve-queue")).all() == ["improve-queue"]

    def test_by_day_nobody_searches(self, bench, monkeypatch):
        monkeypatch.setattr(planner, "NIGHT", time.max)

        assert planner.plan_the_night(bench.shop) == 0

    def test_the_job_says_what_it_gained(self, bench):
        with db.writing(bench.engine) as session:
            enqueue(session, "improve-queue", "2026-11-23", key="improve-queue:2026-11-23", at=jobs.now())
        jobs.run_all(bench.shop)

        with db.reading(bench.engine) as session:
            said = session.scalars(sa.select(Job.error).where(Job.kind == "improve-queue")).one()
        assert said == "0 orders could be moved; nothing better was found"
