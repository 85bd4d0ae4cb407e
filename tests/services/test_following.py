"""The worker follows the floor: everything at once, and a second time nothing."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from booked import Customer
from dated_prices import NOW
from reported import ZONE, Floor, slots

from benchmarks.seed import CONFIG
from portal.models.plans import PromiseChange, PromiseScore, WorkPace, WorkRun
from portal.models.work import AuditEntry, Job
from portal.services.following import follow_floor
from portal.services.shop import load_config


@pytest.fixture
def floor(session, act):
    load_config(session, CONFIG, act)
    return Floor(session, act)


@pytest.fixture
def order(session, kept, anna, act, floor):
    customer = Customer(session, kept, anna, act)
    return floor.release(customer.orders(customer.asks(10), agreed=date.max))


def morning(order, days=0):
    first = min(kept.starts for kept in order.bookings)
    return first.replace(hour=8, minute=0) + timedelta(days=days)


def follow(session, floor, moment):
    follow_floor(session, zone=ZONE, act=floor.at(moment))
    session.flush()


def count(session, model):
    return session.scalar(sa.select(sa.func.count()).select_from(model))


def built(floor, order):
    """Operation by operation, half an hour each."""
    for operation in range(len(order.lots[0].operations)):
        begun = morning(order) + timedelta(minutes=30 * operation)
        floor.runs(order, operation, begun, begun + timedelta(minutes=25))


def test_an_order_that_is_built_teaches_its_work_centres_and_is_scored(session, floor, order):
    built(floor, order)
    follow(session, floor, morning(order, days=1))

    assert count(session, WorkRun) > 0
    assert count(session, WorkPace) > 0
    assert session.scalars(sa.select(PromiseScore)).one().order is order


def test_followed_again_nothing_changes(session, floor, order):
    built(floor, order)
    follow(session, floor, morning(order, days=1))
    before = slots(order), count(session, WorkRun), count(session, AuditEntry)
    follow(session, floor, morning(order, days=1))

    assert (slots(order), count(session, WorkRun), count(session, AuditEntry)) == before


def test_what_is_late_by_the_clock_alone_is_told(session, floor, order):
    follow(session, floor, morning(order, days=60))

    assert session.scalars(sa.select(PromiseChange)).one().order is order


def test_an_empty_shop_is_followed_in_peace(session, floor):
    follow(session, floor, NOW)

    assert count(session, PromiseChange) == count(session, PromiseScore) == 0


def test_a_finished_operation_has_the_worker_follow(session, floor, order):
    floor.runs(order, 0, morning(order), morning(order) + timedelta(minutes=10))
    keys = session.scalars(sa.select(Job.key).where(Job.kind == "follow-floor")).all()

    assert len(keys) == len(order.lots)
