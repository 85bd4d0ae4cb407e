"""What is learnt of a pace: from how old runs, how few, by whom set aside, and what the next promise makes of it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from booked import Customer
from dated_prices import cells, the_shop
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.errors import NotYours
from portal.models.plans import WorkPace, WorkRun
from portal.models.work import AuditEntry
from portal.planning.blocks import blocks
from portal.planning.pace import MOST
from portal.services.paces import OLDEST, _centre, learn, paced, paces, use_pace
from portal.services.snapshot import operation_of

TODAY = date(2026, 12, 1)
LEARNING = the_shop().lead_times.learning
MINUTES = st.integers(1, 600)


@pytest.fixture
def lot(session, kept, anna, act):
    customer = Customer(session, kept, anna, act)
    return customer.orders(customer.asks(100)).lots[0]


@pytest.fixture
def ran(session, lot):
    """Runs of a work centre: planned and actual minutes."""
    numbers = iter(range(1000))

    def add(*pairs, centre="kitting", on=TODAY):
        for planned, actual in pairs:
            run = WorkRun(lot_id=lot.id, operation=next(numbers), work_centre=centre, finished_on=on)
            run.planned_min, run.actual_min = planned, actual
            session.add(run)
        session.flush()
        learn(session, LEARNING, today=TODAY)
        session.flush()
        return session.get(WorkPace, centre)

    return add


def add_pace(session, centre, thousandths, *, is_used=True):
    pace = WorkPace(work_centre=centre, thousandths=thousandths, runs=20, as_of=TODAY, is_used=is_used)
    session.add(pace)
    session.flush()
    return pace


def promised(shop):
    return cells(5000, shop=shop)[0].promise.p80


def test_a_shop_in_which_nothing_ran_has_learnt_nothing(session):
    learn(session, LEARNING, today=TODAY)

    assert paces(session) == {}


def test_runs_as_planned_leave_the_pace_as_it_is(ran):
    assert ran((45, 45), (30, 30)).factor == 1.0


def test_one_slow_run_moves_it_a_little_and_many_move_it_far(ran):
    once = ran((45, 90)).thousandths
    often = ran(*[(45, 90)] * 50).thousandths

    assert 1000 < once < 1200
    assert 1600 < often < 2000


def test_a_quick_centre_gets_a_pace_below_one(ran):
    assert ran(*[(60, 45)] * 20).factor < 0.9


def test_each_centre_learns_from_its_own_runs(session, ran):
    ran(*[(45, 90)] * 20)
    ran(*[(60, 45)] * 20, centre="packing")

    assert paces(session)["kitting"] > 1 > paces(session)["packing"]


def test_it_says_of_how_many_runs_and_of_which_day_it_is(ran):
    learnt = ran((45, 90), (45, 60), (45, 30))

    assert (learnt.runs, learnt.as_of) == (3, TODAY)


def test_a_run_from_before_three_years_is_left_out(session, ran):
    assert ran(*[(45, 90)] * 20, on=TODAY - OLDEST) is None
    assert paces(session) == {}


def test_a_run_a_day_younger_still_counts_a_little(ran):
    learnt = ran(*[(45, 90)] * 20, on=TODAY - OLDEST + timedelta(days=1))

    assert learnt.runs == 20
    assert 1.0 < learnt.factor < 1.5


def test_a_run_of_last_year_says_less_than_one_of_today(session, ran):
    old = ran(*[(45, 90)] * 10, on=TODAY - timedelta(days=365)).thousandths
    new = ran(*[(45, 90)] * 10, centre="packing").thousandths

    assert old < new


def test_a_weekend_in_a_report_counts_as_four_times_at_most(ran):
    assert ran(*[(10, 4000)] * 200).factor <= MOST


def test_learning_twice_on_one_day_is_learning_once(session, ran):
    first = ran((45, 90), (45, 60)).thousandths
    learn(session, LEARNING, today=TODAY)

    assert session.get(WorkPace, "kitting").thousandths == first


def test_new_runs_change_the_pace_that_is_there(session, ran):
    ran((45, 90))
    ran((45, 90))

    assert session.scalar(sa.select(sa.func.count()).select_from(WorkPace)) == 1


class TestSayingNo:
    def test_what_is_set_aside_counts_in_no_promise(self, session, act):
        add_pace(session, "smt", 2000)
        use_pace(session, "smt", is_used=False, act=act)

        assert paces(session) == {}

    def test_what_is_taken_up_again_counts_again(self, session, act):
        add_pace(session, "smt", 2000, is_used=False)
        use_pace(session, "smt", is_used=True, act=act)

        assert paces(session) == {"smt": 2.0}

    def test_to_say_the_same_twice_changes_nothing(self, session, act):
        add_pace(session, "smt", 2000)
        for _ in range(2):
            use_pace(session, "smt", is_used=False, act=act)

        assert not session.get(WorkPace, "smt").is_used

    def test_who_said_it_and_of_which_pace_is_in_the_audit(self, session, act):
        add_pace(session, "smt", 1234)
        use_pace(session, "smt", is_used=False, act=act)
        entry = session.scalars(sa.select(AuditEntry).where(AuditEntry.action == "pace.set-aside")).one()

        assert (entry.actor, entry.changes["factor"]) == (act.actor, "1.234")

    @pytest.mark.parametrize("centre", ["", "SMT", "smt ", "nowhere"])
    def test_only_a_centre_that_has_learnt_can_be_set_aside(self, session, act, centre):
        add_pace(session, "smt", 2000)
        with pytest.raises(NotYours):
            use_pace(session, centre, is_used=False, act=act)


class TestPromises:
    def test_a_shop_that_has_learnt_nothing_is_the_same_shop(self, session):
        assert paced(session, the_shop()) is the_shop()

    def test_what_was_read_for_a_paced_shop_is_known_again(self, session):
        add_pace(session, "smt", 1500)

        assert paced(session, the_shop()).schedule is paced(session, the_shop()).schedule

    def test_another_pace_is_another_shop(self, session):
        learnt = add_pace(session, "smt", 1500)
        before = paced(session, the_shop()).schedule
        learnt.thousandths = 1600
        session.flush()

        assert paced(session, the_shop()).schedule is not before

    def test_a_slow_packing_bench_promises_later(self, session):
        add_pace(session, "packing", 4000)

        assert promised(paced(session, the_shop())) > promised(the_shop())

    def test_set_aside_it_promises_as_configured(self, session, act):
        add_pace(session, "packing", 4000)
        use_pace(session, "packing", is_used=False, act=act)

        assert promised(paced(session, the_shop())) == promised(the_shop())

    def test_a_pace_changes_no_price(self, session):
        add_pace(session, "packing", 4000)
        [slow], [usual] = cells(500, shop=paced(session, the_shop())), cells(500)

        assert slow.sheet.total == usual.sheet.total

    def test_a_centre_that_the_shop_no_longer_has_harms_nobody(self, session):
        add_pace(session, "the old wave", 3000)

        assert promised(paced(session, the_shop())) == promised(the_shop())


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(runs=st.lists(st.tuples(MINUTES, MINUTES), min_size=1, max_size=8))
def test_no_history_makes_a_centre_stand_still_or_take_no_time(session, lot, runs):
    session.execute(sa.delete(WorkRun))
    for number, (planned, actual) in enumerate(runs):
        run = WorkRun(lot_id=lot.id, operation=number, work_centre="aoi", finished_on=TODAY)
        run.planned_min, run.actual_min = planned, actual
        session.add(run)
    session.flush()
    learn(session, LEARNING, today=TODAY)

    assert 1 / MOST <= session.get(WorkPace, "aoi").factor <= MOST


@pytest.fixture
def order(session, kept, anna, act):
    customer = Customer(session, kept, anna, act)
    return customer.orders(customer.asks(10), agreed=date.max)


def two_lines(order, *names):
    """A shop with a second line like the first, and what is booked of this order."""
    schedule = the_shop().schedule
    line = next(centre for centre in schedule.centres if centre.name == "small")
    for kept in order.bookings:
        kept.work_centre = names[0] if names and kept.work_centre in {"smt", "small"} else kept.work_centre
    return replace(schedule, centres=(*schedule.centres, replace(line, name="small two")))


def placed(order, schedule):
    """Where its placing is said to have run."""
    blocks_there = blocks(
        [operation_of(value) for value in order.lots[0].operations],
        schedule.rules,
        [centre for centre in schedule.centres if centre.stations],
        product="",
    )
    block = next(block for block in blocks_there if block.stations)
    found = _centre(block, schedule, order)
    return found.name if found else None


def test_of_two_like_lines_the_one_that_was_booked_learns(order):
    assert placed(order, two_lines(order, "small two")) == "small two"


def test_where_nobody_knows_which_line_it_was_nobody_learns(order):
    schedule = two_lines(order)
    order.bookings.clear()

    assert placed(order, schedule) is None
