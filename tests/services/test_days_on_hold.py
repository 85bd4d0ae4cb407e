"""Days on which the customer had to act are not ours, whatever way the holds lie; and the day on which boards left."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from booked import Customer
from dated_prices import the_shop
from hypothesis import given
from hypothesis import strategies as st
from reported import ZONE, Floor

from portal.models.orders import Hold
from portal.services.scoring import held_days, left, score

CALENDAR = the_shop().schedule.calendar
MONDAY, FRIDAY = date(2026, 11, 23), date(2026, 11, 27)
DAYS = st.dates(date(2026, 11, 1), date(2027, 2, 28))


def hold(first: date, last: date | None, who="customer", hour=9) -> Hold:
    opened = datetime.combine(first, time(hour), UTC)
    closed = datetime.combine(last, time(hour + 1), UTC) if last else None
    return Hold(number=1, who_must_act=who, about="which polarity has D3?", opened_at=opened, closed_at=closed)


def days(*holds, until=FRIDAY, zone=ZONE):
    return held_days(holds, CALENDAR, until=until, zone=zone)


@st.composite
def closed_holds(draw):
    first, last = sorted(draw(st.tuples(DAYS, DAYS)))
    return hold(first, last)


def test_without_a_hold_every_day_is_ours():
    assert days() == 0


def test_a_question_answered_on_the_same_day_costs_no_day():
    assert days(hold(MONDAY, MONDAY)) == 0


def test_from_monday_to_wednesday_are_two_days():
    assert days(hold(MONDAY, date(2026, 11, 25))) == 2


@pytest.mark.parametrize("who", ["sales", "floor", "purchasing"])
def test_days_on_which_we_had_to_act_are_ours(who):
    assert days(hold(MONDAY, FRIDAY, who)) == 0


def test_a_weekend_would_not_have_been_worked_anyway():
    assert days(hold(FRIDAY, date(2026, 11, 30)), until=date(2026, 12, 4)) == 1


def test_a_holiday_would_not_have_been_worked_either():
    day = date(2026, 12, 25)

    assert not CALENDAR.is_working(day)
    assert days(hold(day, day + timedelta(days=1)), until=date(2027, 1, 8)) == 0


def test_a_hold_that_is_open_still_counts_until_the_boards_left():
    assert days(hold(MONDAY, None)) == 4


def test_a_hold_that_was_closed_after_the_boards_left_counts_until_they_left():
    assert days(hold(MONDAY, date(2026, 12, 18))) == 4


def test_a_question_that_came_after_they_left_counts_nothing():
    assert days(hold(date(2026, 11, 30), date(2026, 12, 4))) == 0


def test_two_questions_on_the_same_days_are_the_same_days():
    assert days(hold(MONDAY, FRIDAY), hold(MONDAY, date(2026, 11, 25))) == 4


def test_two_questions_one_after_the_other_add_up():
    assert days(hold(MONDAY, date(2026, 11, 24)), hold(date(2026, 11, 25), FRIDAY)) == 3


def test_the_day_is_that_of_the_shop():
    late = hold(MONDAY, date(2026, 11, 25), hour=22)

    assert days(late, zone="UTC") == 2
    assert days(late, zone="Pacific/Auckland") == 2


def test_a_question_after_midnight_in_the_shop_is_of_the_next_day():
    late = Hold(
        number=1,
        who_must_act="customer",
        about="which polarity has D3?",
        opened_at=datetime(2026, 11, 23, 23, 30, tzinfo=UTC),
        closed_at=datetime(2026, 11, 25, 9, tzinfo=UTC),
    )
    assert (days(late), days(late, zone="UTC")) == (1, 2)


@given(st.lists(closed_holds(), max_size=4), DAYS)
def test_the_order_of_the_holds_says_nothing(holds, until):
    assert days(*holds, until=until) == days(*reversed(holds), until=until)


@given(st.lists(closed_holds(), max_size=4), closed_holds(), DAYS)
def test_one_more_hold_never_makes_it_fewer_days(holds, more, until):
    assert days(*holds, until=until) <= days(*holds, more, until=until)


@given(st.lists(closed_holds(), min_size=1, max_size=4), DAYS)
def test_there_are_never_more_than_working_days_until_they_left(holds, until):
    first = min(hold.opened_at.date() for hold in holds)

    assert days(*holds, until=until) <= max(0, CALENDAR.count_days(first, until))


@given(st.lists(closed_holds(), max_size=4), DAYS)
def test_a_hold_told_twice_counts_once(holds, until):
    assert days(*holds, *holds, until=until) == days(*holds, until=until)


@pytest.fixture
def floor(session, act):
    return Floor(session, act)


@pytest.fixture
def order(session, kept, anna, act, floor):
    customer = Customer(session, kept, anna, act)
    return floor.release(customer.orders(customer.asks(600), agreed=date.max))


class TestLeaving:
    def test_an_order_leaves_with_the_last_of_its_lots(self, floor, order):
        assert len(order.lots) > 1
        floor.ships(order, datetime(2027, 1, 11, 15, 0))  # noqa: DTZ001

        assert left(order, zone=ZONE) == date(2027, 1, 11)

    def test_half_an_hour_before_midnight_in_the_shop_is_still_that_day(self, floor, order):
        floor.ships(order, datetime(2027, 1, 11, 23, 30))  # noqa: DTZ001

        assert left(order, zone=ZONE) == date(2027, 1, 11)

    def test_half_an_hour_after_midnight_in_the_shop_is_the_next_whatever_utc_says(self, floor, order):
        floor.ships(order, datetime(2027, 1, 12, 0, 30))  # noqa: DTZ001

        assert left(order, zone=ZONE) == date(2027, 1, 12)
        assert left(order, zone="UTC") == date(2027, 1, 11)

    def test_while_one_operation_is_missing_it_is_in_the_house(self, floor, order):
        floor.runs(order, 0, datetime(2027, 1, 11, 8), datetime(2027, 1, 11, 9))  # noqa: DTZ001

        assert left(order, zone=ZONE) is None

    def test_what_nobody_promised_is_not_scored(self, session, floor, order, act):
        order.promised_on = None
        floor.ships(order, datetime(2027, 1, 11, 15, 0))  # noqa: DTZ001

        assert score(session, order, CALENDAR, zone=ZONE, act=act) is None

    @pytest.mark.usefixtures("act")
    def test_a_hold_that_outlasts_the_order_takes_off_no_day_after_it_left(self, session, floor, order):
        order.holds.append(hold(date(2027, 1, 8), date(2027, 1, 29)))
        order.holds[-1].number = 2
        day = datetime(2027, 1, 11, 15, 0)  # noqa: DTZ001
        floor.ships(order, day)
        found = score(session, order, CALENDAR, zone=ZONE, act=floor.at(day))

        assert (found.held_days, found.counted_on) == (1, date(2027, 1, 8))
