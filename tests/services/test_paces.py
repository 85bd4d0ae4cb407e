"""What a lot took teaches its work centre, where it says something about the work and not about waiting."""

from datetime import date, datetime, timedelta

import pytest
from booked import Customer
from dated_prices import the_shop
from reported import ZONE, Floor

from portal.errors import NotYours
from portal.models.plans import WorkPace, WorkRun
from portal.services.orders import close_hold, open_hold
from portal.services.paces import learn, note_runs, paced, paces, use_pace

TODAY = date(2026, 12, 1)
MORNING = datetime(2026, 11, 30, 8, 0)  # noqa: DTZ001 - the clock on the shop's wall


@pytest.fixture
def floor(session, act):
    return Floor(session, act)


@pytest.fixture
def order(session, kept, anna, act, floor):
    customer = Customer(session, kept, anna, act)
    return floor.release(customer.orders(customer.asks(10), agreed=date.max))


def noted(session, order):
    runs = note_runs(session, order, the_shop().schedule, zone=ZONE)
    session.flush()
    return runs


def minutes(number):
    return MORNING + timedelta(minutes=number)


def test_a_finished_operation_is_kept_beside_its_plan(session, floor, order):
    floor.runs(order, 0, MORNING, minutes(45))
    [run] = noted(session, order)

    assert (run.work_centre, run.actual_min, run.finished_on) == ("kitting", 45, MORNING.date())
    assert run.planned_min > 0


def test_it_is_kept_once(session, floor, order):
    floor.runs(order, 0, MORNING, minutes(45))
    noted(session, order)

    assert noted(session, order) == []


def test_the_night_does_not_count(session, floor, order):
    evening, morning = MORNING.replace(hour=15, minute=10), MORNING.replace(hour=7, minute=20) + timedelta(days=1)
    floor.runs(order, 0, evening, morning)

    assert noted(session, order)[0].actual_min == 40


def test_what_was_reported_when_it_was_long_over_says_nothing(session, floor, order):
    floor.runs(order, 0, MORNING, MORNING)

    assert noted(session, order) == []


def test_what_was_on_hold_meanwhile_says_nothing(session, floor, order, act):
    floor.begins(order, 0, MORNING)
    open_hold(session, order, about="a reel is missing", who_must_act="customer", act=floor.at(minutes(10)))
    close_hold(session, order, number=2, act=floor.at(minutes(200)))
    floor.ends(order, 0, minutes(240))

    assert noted(session, order) == []


def test_what_waited_for_boards_says_nothing(session, floor, order):
    """Depanelling was begun while the line still ran."""
    labels = [operation["kind"] for operation in order.lots[0].operations]
    line_ends = labels.index("depanel") - 1
    for operation in range(line_ends):
        floor.runs(order, operation, minutes(operation * 30), minutes(operation * 30 + 20))
    floor.begins(order, line_ends, minutes(400))
    known = {run.operation for run in noted(session, order)}

    assert line_ends + 1 not in known


def test_a_line_learns_from_its_whole_run(session, floor, order):
    for operation in range(len(order.lots[0].operations)):
        floor.runs(order, operation, minutes(operation * 10), minutes(operation * 10 + 9))
    centres = [run.work_centre for run in noted(session, order)]

    assert centres.count("small") == 1
    assert not {"small-printing", "small-placement", "small-reflow"} & set(centres)


def a_run(session, order, *, planned=60, actual=90, operation=0):
    session.add(
        WorkRun(
            lot=order.lots[0],
            operation=operation,
            work_centre="kitting",
            planned_min=planned,
            actual_min=actual,
            finished_on=TODAY,
        )
    )
    session.flush()


def test_a_pace_is_learnt_with_its_count(session, order):
    a_run(session, order)
    learn(session, the_shop().lead_times.learning, today=TODAY)
    learnt = session.get_one(WorkPace, "kitting")

    assert (learnt.runs, learnt.as_of, learnt.is_used) == (1, TODAY, True)
    assert 1 < learnt.factor < 1.5
    assert paces(session) == {"kitting": learnt.factor}


def test_a_shop_that_has_not_said_how_it_learns_learns_nothing(session, order):
    a_run(session, order)
    learn(session, None, today=TODAY)

    assert paces(session) == {}


def test_what_staff_set_aside_does_not_count_and_stays_set_aside(session, order, act):
    a_run(session, order)
    learn(session, the_shop().lead_times.learning, today=TODAY)
    use_pace(session, "kitting", is_used=False, act=act)
    a_run(session, order, operation=1)
    learn(session, the_shop().lead_times.learning, today=TODAY)

    assert paces(session) == {}
    assert session.get_one(WorkPace, "kitting").runs == 2


def test_a_centre_that_has_learnt_nothing_cannot_be_set_aside(session, act):
    with pytest.raises(NotYours):
        use_pace(session, "nowhere", is_used=False, act=act)


def test_promises_are_planned_with_what_was_learnt(session, order):
    shop = the_shop()
    assert paced(session, shop) is shop
    a_run(session, order)
    learn(session, shop.lead_times.learning, today=TODAY)
    slower = paced(session, shop)

    assert slower.schedule.centre("kitting").cycle_factor > shop.schedule.centre("kitting").cycle_factor
    assert paced(session, shop).schedule is slower.schedule


@pytest.mark.parametrize(
    ("thousandths", "said"),
    [(1000, "as planned"), (1004, "as planned"), (1200, "20 % longer than planned"), (850, "15 % less than planned")],
)
def test_a_pace_is_told_in_words(thousandths, said):
    assert WorkPace(work_centre="wave", thousandths=thousandths).told == said
