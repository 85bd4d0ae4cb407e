"""How far orders stray from their plan: noted when work begins, learnt when they leave, allowed for from then on."""

from datetime import date, datetime, timedelta

import pytest
from booked import Customer, desk
from dated_prices import the_shop
from reported import ZONE, Floor

from benchmarks import seed
from portal.errors import NotYours
from portal.models.plans import PlannedSpan, WorkNoise
from portal.planning.calendar import wall_of
from portal.planning.noise import Noise
from portal.planning.uncertain import Stretch
from portal.services.following import follow_floor
from portal.services.noises import learn_noise, noise_kept, note_begun, note_done, use_noise
from portal.services.orders import close_hold, open_hold
from portal.services.paces import noise_of, paced
from portal.services.planning import inquire
from portal.services.quotes import content
from portal.services.shop import load_config

TODAY = date(2026, 12, 1)
MORNING = datetime(2026, 11, 30, 8, 0)  # noqa: DTZ001 - the clock on the shop's wall
LEARNING = the_shop().lead_times.learning


@pytest.fixture
def floor(session, act):
    return Floor(session, act)


@pytest.fixture
def customer(session, kept, anna, act):
    return Customer(session, kept, anna, act)


@pytest.fixture
def order(customer, floor):
    return floor.release(customer.orders(customer.asks(10), agreed=date.max))


def begun(session, floor, order):
    floor.begins(order, 0, MORNING)
    note_begun(session, order, the_shop().schedule)
    session.flush()
    return order.span


def learnt(session, *, today=TODAY):
    learn_noise(session, the_shop().schedule, LEARNING, today=today)
    session.flush()
    return noise_of(session)


def times_its_plan(session, order, case):
    """What an order like this one takes in this case, by what is learnt on the day that it left."""
    span, shop = order.span, the_shop().schedule
    slots = [(span.work_centre, span.ends), (span.before, span.handed_on)]
    ends = [(hours, hours.worked(end)) for centre, end in slots if centre and (hours := shop.centre(centre).calendar)]
    planned = Stretch.over(ends, since=wall_of(span.begins)).planned
    ratio, minutes = learnt(session, today=span.done.date()).cases[case]
    return ratio + minutes / planned


def left(session, order, *, times=1.0):
    """In so many times the span that it was planned for, in days on the wall."""
    span = order.span
    span.done = span.begins + (span.ends - span.begins) * times
    session.flush()


def test_the_span_is_what_was_planned_when_work_began(session, floor, order):
    span = begun(session, floor, order)

    assert span.begins == min(kept.starts for kept in order.bookings)
    assert span.ends == max(kept.ends for kept in order.bookings)


def test_who_worked_before_on_other_hours_is_noted(session, floor, customer):
    """The line of the demo shop runs two shifts, its packers one."""
    order = floor.release(customer.orders(customer.asks(1000), agreed=date.max))
    span = begun(session, floor, order)
    ends = {kept.work_centre: kept.ends for kept in sorted(order.bookings, key=lambda kept: kept.ends)}

    assert (span.work_centre, span.before) == ("packing", "smt")
    assert (span.ends, span.handed_on) == (ends["packing"], ends["smt"])


def test_an_order_whose_people_all_keep_the_same_hours_has_nothing_to_note(session, floor, order):
    assert begun(session, floor, order).before is None


def test_it_is_noted_once(session, floor, order):
    span = begun(session, floor, order)
    order.bookings[-1].ends += timedelta(days=3)
    note_begun(session, order, the_shop().schedule)

    assert order.span is span


def test_an_order_that_waits_has_no_span(session, order):
    note_begun(session, order, the_shop().schedule)

    assert order.span is None


def test_when_it_left_is_the_end_of_its_last_operation(session, floor, order):
    begun(session, floor, order)
    floor.ends(order, 0, MORNING)
    floor.ships(order, MORNING + timedelta(days=2))
    note_done(order, zone=ZONE)

    assert order.span.done == MORNING + timedelta(days=2)


def test_an_order_that_was_on_hold_teaches_nothing(session, floor, order, act):
    begun(session, floor, order)
    held = open_hold(session, order, about="a question", who_must_act="customer", act=floor.at(MORNING))
    close_hold(session, order, number=held.number, act=floor.at(MORNING + timedelta(days=9)))
    note_done(order, zone=ZONE)

    assert order.span.done is None


def test_orders_that_take_longer_make_the_shop_less_sure(session, floor, order):
    begun(session, floor, order)
    left(session, order, times=3)

    assert times_its_plan(session, order, -1) > 1.2


def test_one_order_does_not_outweigh_the_plan(session, floor, order):
    begun(session, floor, order)
    left(session, order, times=3)

    assert times_its_plan(session, order, 9) == pytest.approx(1.0, abs=0.01)


def test_a_parked_order_counts_as_four_times_its_plan_and_no_more(session, floor, order):
    begun(session, floor, order)
    left(session, order, times=200)

    assert times_its_plan(session, order, -1) == pytest.approx(4.0, abs=0.01)


def test_nothing_that_left_is_nothing_learnt(session):
    assert learnt(session) is None


def test_a_shop_that_does_not_say_how_it_learns_learns_nothing(session, floor, order):
    begun(session, floor, order)
    left(session, order)
    learn_noise(session, the_shop().schedule, None, today=TODAY)

    assert noise_kept(session) is None


def test_the_next_promise_allows_for_it(session, customer):
    session.add(WorkNoise(thousandths=[1000, 3000], minutes=[-5, 90], orders=40, as_of=TODAY, is_used=True))
    session.flush()
    shop = paced(session, the_shop())

    assert shop.schedule.rules.noise == Noise((1.0, 3.0), (-5, 90))
    assert paced(session, the_shop()).schedule is shop.schedule


def test_a_quote_with_an_allowance_keeps_it_when_it_is_ordered(session, customer):
    quote = customer.asks(10)
    cell = content(quote.current)["cells"][0]
    session.add(WorkNoise(thousandths=[1000, 3000], orders=40, as_of=TODAY, is_used=True))
    session.flush()

    assert inquire(session, quote, cell, desk(shop=paced(session, the_shop()))).now == date.fromisoformat(
        cell["promise"]["p80"]
    )


def test_staff_can_set_it_aside_and_it_is_audited(session, act):
    session.add(WorkNoise(thousandths=[2000], orders=9, as_of=TODAY, is_used=True))
    session.flush()
    use_noise(session, is_used=False, act=act)
    session.flush()

    assert noise_of(session) is None
    assert paced(session, the_shop()) is the_shop()


def test_what_nobody_has_learnt_cannot_be_set_aside(session, act):
    with pytest.raises(NotYours):
        use_noise(session, is_used=False, act=act)


def test_following_the_floor_notes_begins_and_learns(session, floor, order, act):
    load_config(session, seed.CONFIG, act.because("the demo shop"))
    floor.begins(order, 0, MORNING)
    follow_floor(session, zone=ZONE, act=floor.at(MORNING))
    floor.ends(order, 0, MORNING)
    floor.ships(order, MORNING + timedelta(days=1))
    follow_floor(session, zone=ZONE, act=floor.at(MORNING + timedelta(days=1)))

    assert session.query(PlannedSpan).one().done
    assert noise_kept(session).orders == 1
