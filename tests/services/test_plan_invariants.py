"""Promises, scores and releases that somebody changed past the portal are found, each by its name."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from booked import Customer, desk
from called_off import agreed, called_off
from dated_prices import the_shop
from reported import ZONE, Floor

from portal.models.plans import OrderRelease, PromiseChange, PromiseScore
from portal.models.work import Job
from portal.production.floor import FloorKind
from portal.services.invariants import check_invariants
from portal.services.promises import move_promise
from portal.services.release_changes import cancel_release, lots_of, move_release, to_cancel
from portal.services.scoring import score

NAMES = ("Promises move only with a word", "Scores are of what has left", "Releases are what was sold")


@pytest.fixture
def floor(session, act):
    return Floor(session, act)


@pytest.fixture
def order(session, kept, anna, act, floor):
    """Ten boards whose promise has moved, shipped and scored."""
    customer = Customer(session, kept, anna, act)
    order = floor.release(customer.orders(customer.asks(10), agreed=date.max))
    move_promise(session, order, order.promised_on + timedelta(days=7), because="the line stood", act=act)
    floor.ships(order, desk(30).local_now)
    score(session, order, the_shop().schedule.calendar, zone=ZONE, act=act)
    return order


@pytest.fixture
def plan(session, kept, anna, act):
    """Three releases, of which one was moved and one cancelled."""
    order = called_off(session, kept, anna, act)
    first, second, _ = order.releases
    day = second.wanted_on + timedelta(days=14)
    move_release(session, second, day, agreed=agreed(second), desk=desk(), act=act)
    cancel_release(session, first, agreed=agreed(first, to_cancel), desk=desk(), act=act)
    return order


def faults(session, files, act):
    session.flush()
    session.expire_all()
    return {
        one.name: one.faults for one in check_invariants(session, files, act.at) if one.faults and one.name in NAMES
    }


def past_the_portal(session, statement):
    """Somebody with a database shell, who knows how to drop a trigger."""
    for table in ("promise_changes", "promise_scores", "call_off_changes"):
        for name in (f"{table}_no_update", f"{table}_no_delete", f"{table}_frozen"):
            on = "" if session.bind.dialect.name == "sqlite" else f" ON {table}"
            session.execute(sa.text(f"DROP TRIGGER IF EXISTS {name}{on}"))
    session.execute(statement)


def test_what_was_moved_scored_and_cancelled_by_the_portal_is_sound(session, files, act, order):
    looked = {one.name: one.looked_at for one in check_invariants(session, files, act.at)}

    assert faults(session, files, act) == {}
    assert looked[NAMES[0]] == looked[NAMES[1]] == 1


def test_a_plan_that_was_changed_by_the_portal_is_sound(session, files, act, plan):
    assert faults(session, files, act) == {}


def test_a_promise_that_moved_in_silence_is_found(session, files, act, order):
    order.promised_on += timedelta(days=1)

    assert "was told last" in faults(session, files, act)[NAMES[0]][0]


def test_a_move_that_nobody_was_told_is_found(session, files, act, order):
    session.execute(sa.delete(Job).where(Job.key.startswith("promise-letter:")))

    assert "nobody was told" in faults(session, files, act)[NAMES[0]][0]


def test_a_move_without_a_reason_is_found(session, files, act, order):
    past_the_portal(session, sa.update(PromiseChange).values(because=" "))

    assert "nobody was told why" in faults(session, files, act)[NAMES[0]][0]


def test_a_score_that_was_made_better_is_found(session, files, act, order):
    past_the_portal(session, sa.update(PromiseScore).values(p80=order.promised_on))

    assert "is scored against" in faults(session, files, act)[NAMES[1]][0]


def test_a_release_of_fewer_boards_than_were_sold_is_found(session, files, act, plan):
    session.execute(sa.update(OrderRelease).where(OrderRelease.number == 3).values(boards=1))

    assert any("are not the 3 that were sold" in fault for fault in faults(session, files, act)[NAMES[2]])


def test_a_release_that_costs_something_else_is_found(session, files, act, plan):
    plan.releases[0].price += 1

    assert "do not add up" in faults(session, files, act)[NAMES[2]][0]


def test_a_release_that_was_moved_in_silence_is_found(session, files, act, plan):
    plan.releases[2].wanted_on += timedelta(days=1)
    move = plan.releases[1]
    move.wanted_on += timedelta(days=1)

    assert "is not as it was changed last" in faults(session, files, act)[NAMES[2]][0]


def test_a_release_that_was_changed_while_it_was_being_built_is_found(session, files, act, floor, plan):
    floor.release(plan)
    [lot, *_] = lots_of(plan.releases[1])
    floor._report(lot, 0, FloorKind.STARTED, desk(-1).local_now)

    assert "while it was being built" in faults(session, files, act)[NAMES[2]][0]
