"""What may change in a shop without any promise getting worse, and what comes back exactly as it was."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from planning_shop import LINE, MONDAY_MORNING, ROUTING, a_shop, booked, supply_lists

from portal.planning.capacity import Rules, WorkCentre
from portal.planning.noise import Noise
from portal.planning.plan import Asked
from portal.planning.promising import promise, slots
from portal.planning.schedule import book, cancel
from portal.routing.options import Speed

RULES = Rules(transfer_units=10, lot_boards=250, reel_min=0.2)
NOISY = replace(RULES, noise=Noise((0.9, 1.0, 1.3, 2.0)))

loads = st.lists(st.tuples(st.integers(0, 40), st.integers(1, 3)), max_size=20).map(
    lambda rows: booked("line", *[(240 * start, 240 * start + 70 * long) for start, long in dict(rows).items()])
)
boards = st.integers(1, 2000)
rules = st.sampled_from([RULES, NOISY])


def routing(count):
    return [replace(step, units=count if step.units > 1 else 1) for step in ROUTING]


def promised(shop, supplies, count):
    return promise(Asked(routing(count), count, shop), supplies, ordered_at=MONDAY_MORNING, speed=Speed.STANDARD)


def dates(given_promise):
    return given_promise.p50, given_promise.p80, given_promise.p95


def confirmed(shop, supplies, count, reference):
    asked = Asked(routing(count), count, shop)
    planned = slots(asked, supplies, ordered_at=MONDAY_MORNING, speed=Speed.STANDARD)
    return book(shop, [step.booked(reference) for step in planned])


def with_more(shop, name, units):
    """More places of a work centre; what is booked keeps its own."""
    centres = tuple(replace(there, units=there.units + units * (there.name == name)) for there in shop.centres)
    kept = tuple(replace(slot, unit=slot.unit or 0) for slot in shop.bookings)
    return replace(shop, centres=centres, bookings=kept)


@settings(max_examples=50)
@given(supplies=supply_lists, bookings=loads, count=boards, given_rules=rules, units=st.integers(1, 3))
def test_another_line_never_delays_a_new_promise(supplies, bookings, count, given_rules, units):
    shop = a_shop(bookings=bookings, rules=given_rules)
    more = with_more(shop, "line", units)

    before, after = (dates(promised(each, supplies, count)) for each in (shop, more))
    assert all(now <= then for then, now in zip(before, after, strict=True))


@settings(max_examples=50)
@given(
    supplies=supply_lists, bookings=loads, count=boards, given_rules=rules, name=st.sampled_from(["bench", "kitting"])
)
def test_another_pair_of_hands_never_delays_a_new_promise(supplies, bookings, count, given_rules, name):
    shop = a_shop(bookings=bookings, rules=given_rules)
    before, after = (dates(promised(each, supplies, count)) for each in (shop, with_more(shop, name, 1)))

    assert all(now <= then for then, now in zip(before, after, strict=True))


@settings(max_examples=50)
@given(supplies=supply_lists, bookings=loads, first=boards, second=boards)
def test_an_order_that_is_booked_and_cancelled_leaves_the_shop_as_it_was(supplies, bookings, first, second):
    shop = confirmed(a_shop(bookings=bookings, rules=RULES), supplies, first, "stays")
    back = cancel(confirmed(shop, supplies, second, "goes"), "goes")

    assert back.bookings == shop.bookings
    assert repr(back.timetable.bookings()) == repr(shop.timetable.bookings())


@settings(max_examples=50)
@given(supplies=supply_lists, bookings=loads, first=boards, second=boards)
def test_a_promise_is_the_same_after_another_order_has_come_and_gone(supplies, bookings, first, second):
    shop = a_shop(bookings=bookings, rules=RULES)
    back = cancel(confirmed(shop, supplies, second, "goes"), "goes")

    assert promised(back, supplies, first) == promised(shop, supplies, first)


@settings(max_examples=50)
@given(supplies=supply_lists, bookings=loads, count=boards, given_rules=rules)
def test_surer_dates_are_never_earlier(supplies, bookings, count, given_rules):
    p50, p80, p95 = dates(promised(a_shop(bookings=bookings, rules=given_rules), supplies, count))

    assert p50 <= p80 <= p95


@settings(max_examples=50)
@given(supplies=supply_lists, bookings=loads, count=boards, given_rules=rules, days=st.integers(1, 20))
def test_who_orders_later_is_never_promised_earlier(supplies, bookings, count, given_rules, days):
    shop = a_shop(bookings=bookings, rules=given_rules)
    asked = [Asked(routing(count), count, shop) for _ in range(2)]
    moments = MONDAY_MORNING, MONDAY_MORNING + timedelta(days=days)
    early, late = (
        promise(each, supplies, ordered_at=moment, speed=Speed.STANDARD)
        for each, moment in zip(asked, moments, strict=True)
    )

    assert all(a <= b for a, b in zip(dates(early), dates(late), strict=True))


@settings(max_examples=50)
@given(supplies=supply_lists, bookings=loads, count=boards, lot=st.integers(1, 1000))
def test_to_be_allowed_to_cut_an_order_never_makes_it_later(supplies, bookings, count, lot):
    whole, cut = (a_shop(bookings=bookings, rules=replace(RULES, lot_boards=each)) for each in (None, lot))

    assert promised(cut, supplies, count).p80 <= promised(whole, supplies, count).p80


@settings(max_examples=50)
@given(supplies=supply_lists, count=boards)
def test_an_empty_shop_with_longer_shifts_is_never_later(supplies, count):
    shop = a_shop(rules=RULES)
    longer = replace(shop, centres=tuple(WorkCentre(each.name, each.units, LINE) for each in shop.centres))

    assert promised(longer, supplies, count).p80 <= promised(shop, supplies, count).p80
