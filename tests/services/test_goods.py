"""Goods-in: parts are ordered, come, are taken back; suppliers are learnt from; gates pass by themselves."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from booked import Customer, desk
from called_off import called_off
from dated_prices import BOARD, cells, the_shop

from portal.errors import BadInput, NotYours
from portal.models.goods import Arrival
from portal.models.work import AuditEntry
from portal.planning.gates import Gate
from portal.planning.supplies import PartLead, supplies
from portal.routing.options import BuildOptions, Speed
from portal.services import quotes
from portal.services.goods import (
    Arrived,
    Ordered,
    PartKey,
    goods_faults,
    kits_of,
    learnt_past,
    note_arrival,
    order_part,
    part_of,
    procurement,
)

TODAY = date(2026, 11, 23)


@pytest.fixture
def customer(session, kept, anna, act):
    return Customer(session, kept, anna, act)


@pytest.fixture
def order(customer):
    return customer.orders(customer.asks(10), agreed=date.max)


def first(order, release=None):
    """Of the kit, with the supplier that its price is from."""
    part = kits_of(order)[release].parts[0]
    return PartKey(release, part.name, part.supplier)


@dataclass
class GoodsIn:
    """Who notes what was ordered and what came, on Monday."""

    session: Any
    act: Any

    def ordered(self, order, key=None, *, count=None, on=TODAY, expected=None):
        key = key or first(order)
        what = Ordered(key, count or part_of(order, key).needed, on, expected)
        return order_part(self.session, order, what, today=TODAY, act=self.act)

    def came(self, order, key=None, *, count=None, on=TODAY, because=""):
        key = key or first(order)
        count = part_of(order, key).needed if count is None else count
        act = self.act.because(because)
        return note_arrival(self.session, order, Arrived(key, count, on), desk=desk(), act=act)

    def put(self, order, count, *, part_order=None, on=TODAY):
        """A row that no service wrote."""
        key = first(order)
        row = Arrival(order=order, part=key.part, supplier=key.supplier, quantity=count, part_order=part_order)
        row.arrived_on, row.because, row.by, row.at = on, "", "nobody", self.act.at
        self.session.add(row)
        self.session.flush()


@pytest.fixture
def goods(session, act):
    return GoodsIn(session, act)


def test_the_kit_of_an_order_is_what_its_price_was_made_of(order):
    kit = kits_of(order)[None]

    assert {part.name for part in kit.parts} == {line.name for line in BOARD.fitted_lines}
    assert all(part.supplier and part.needed >= 10 for part in kit.parts)


def test_the_kit_is_needed_when_its_first_slot_begins(order):
    assert kits_of(order)[None].needed_on == min(kept.starts for kept in order.bookings).date()


def test_an_order_of_before_says_what_its_lines_say(order):
    old = {name: value for name, value in order.cell.items() if name != "kit"}
    names = {part.name for part in kits_of(order)[None].parts}
    order.cell = old

    assert {part.name for part in kits_of(order)[None].parts} >= names


def test_each_release_has_its_own_kit(session, kept, anna, act):
    order = called_off(session, kept, anna, act)

    assert [kit.name for kit in kits_of(order).values()] == [f"{order.reference}/{number}" for number in (1, 2, 3)]
    assert kits_of(order)[3].parts[0].needed > kits_of(order)[1].parts[0].needed


def test_what_is_ordered_is_expected_and_audited(session, order, goods):
    made = goods.ordered(order, expected=TODAY + timedelta(days=4))
    part = part_of(order, first(order))

    assert (part.ordered, part.arrived, part.expected_on) == (made.quantity, 0, TODAY + timedelta(days=4))
    assert session.query(AuditEntry).filter_by(action="part.ordered", subject=order.reference).count() == 1


def test_a_part_delivery_leaves_the_rest_expected(session, order, goods):
    made = goods.ordered(order, expected=TODAY + timedelta(days=4))
    goods.came(order, count=3)
    part = part_of(order, first(order))

    assert (part.arrived, part.coming) == (3, made.quantity - 3)
    assert part.expected_on == TODAY + timedelta(days=4)


def test_the_oldest_order_that_waits_is_served_first(session, order, goods):
    one, two = (goods.ordered(order, count=5) for _ in range(2))
    arrivals = [goods.came(order, count=5) for _ in range(2)]

    assert [arrival.part_order for arrival in arrivals] == [one, two]


def test_what_nobody_had_ordered_may_come_too(session, order, goods):
    assert goods.came(order).part_order is None
    assert part_of(order, first(order)).missing == 0


def test_an_entry_is_taken_back_with_its_reason(session, order, goods):
    goods.came(order, count=8)
    goods.came(order, because="counted twice", count=-3)

    assert part_of(order, first(order)).arrived == 5


@pytest.mark.parametrize(
    ("count", "on", "sentence"),
    [
        (0, TODAY, "how many came"),
        (-1, TODAY, "Only 0 of"),
        (5, TODAY + timedelta(days=1), "still to come"),
        (20_000_000, TODAY, "how many came"),
    ],
)
def test_what_cannot_have_come_is_refused(order, goods, count, on, sentence):
    with pytest.raises(BadInput, match=sentence):
        goods.came(order, because="so it was", count=count, on=on)


def test_to_take_back_without_a_reason_is_refused(session, order, goods):
    goods.came(order, count=8)
    with pytest.raises(BadInput, match="needs a reason"):
        goods.came(order, count=-8)


@pytest.mark.parametrize(
    ("count", "on", "expected"),
    [(-5, TODAY, None), (5, TODAY + timedelta(days=1), None), (5, TODAY, TODAY - timedelta(days=1))],
)
def test_what_cannot_have_been_ordered_is_refused(order, goods, count, on, expected):
    with pytest.raises(BadInput):
        goods.ordered(order, count=count, on=on, expected=expected)


def test_a_part_of_another_board_is_not_found(order):
    with pytest.raises(NotYours):
        part_of(order, PartKey(None, "NE555", "Mouser"))


def consigned(customer, *names):
    """An order whose customer sends these parts."""
    options = BuildOptions(consigned=frozenset(names))
    offered = quotes.Offered(options, cells(10, consigned=frozenset(names)), "EUR", {})
    quote = quotes.keep_as_quote(customer.session, customer.kept, offered, user=customer.anna, act=customer.act)
    quotes.make_firm(customer.session, quote, customer.act, today=customer.act.at.date())
    return customer.orders(quote, agreed=date.max)


def gate(order):
    return next(row for row in order.gates if row.gate is Gate.CONSIGNED_PARTS)


def test_the_gate_passes_when_the_last_of_the_customers_parts_is_here(customer, goods):
    names = sorted(line.name for line in BOARD.fitted_lines)[:2]
    order = consigned(customer, *names)
    passed = []
    for name in names:
        goods.came(order, PartKey(None, name, ""))
        passed.append(gate(order).passed_at is not None)

    assert passed == [False, True]


def test_what_the_customer_sends_is_not_ordered(customer, goods):
    name = min(line.name for line in BOARD.fitted_lines)
    order = consigned(customer, name)
    with pytest.raises(BadInput, match="sent by the customer"):
        goods.ordered(order, PartKey(None, name, ""))


def test_all_that_is_missing_is_to_be_bought(session, order):
    plans = {plan.part: plan for plan in procurement(session, desk())}

    assert plans.keys() == {part.name for part in kits_of(order)[None].parts}
    assert all(plan.short == plan.needed for plan in plans.values())


def test_what_is_here_or_coming_in_time_is_not_bought_again(session, order, goods):
    here, coming = (PartKey(None, part.name, part.supplier) for part in kits_of(order)[None].parts[:2])
    goods.came(order, here)
    goods.ordered(order, coming, expected=TODAY + timedelta(days=1))
    short = {plan.part: plan.short for plan in procurement(session, desk())}

    assert (short[here.part], short[coming.part]) == (0, 0)


def test_what_is_left_over_serves_the_next_order_of_the_same_customer(session, customer, order, goods):
    key = first(order)
    needed = part_of(order, key).needed
    goods.came(order, key, count=needed + 1000)
    customer.orders(customer.asks(10), agreed=date.max)
    plan = next(plan for plan in procurement(session, desk()) if plan.part == key.part)

    assert (plan.needed, plan.short) == (2 * needed, 0)


def seen(order, goods, *, took, times=12):
    """So many parcels of the first part's supplier, each after so many days."""
    for number in range(times):
        on = TODAY - timedelta(days=7 * (number + 2))
        made = goods.ordered(order, count=1, on=on)
        goods.put(order, 1, part_order=made, on=on + timedelta(days=took))
    return first(order).supplier


def test_a_slow_supplier_makes_the_next_promise_later(session, order, goods):
    supplier = seen(order, goods, took=14)
    shop = learnt_past(session, the_shop(), today=TODAY)
    parcel = [PartLead("R1", 100, 10, 5, consigned=False, supplier=supplier)]
    slow, usual = (
        supplies(BOARD.board, parcel, the_shop().lead_times, boards=10, speed=Speed.STANDARD, past=past)[-1]
        for past in (shop.past, None)
    )

    assert slow.wait.median_days > usual.wait.median_days
    assert f"deliveries of {supplier} took 10 working days on average" in slow.because


def test_parts_that_came_in_one_parcel_are_one_delivery(session, order, goods):
    for part in kits_of(order)[None].parts:
        key = PartKey(None, part.name, part.supplier)
        goods.ordered(order, key)
        goods.came(order, key)
    past = learnt_past(session, the_shop(), today=TODAY).past

    assert len(past.deliveries) == len({part.supplier for part in kits_of(order)[None].parts})


def test_where_nothing_came_nothing_is_learnt(session, order, goods):
    goods.ordered(order)

    assert learnt_past(session, the_shop(), today=TODAY) is the_shop()


def test_the_papers_of_goods_in_are_sound(session, order, goods):
    goods.ordered(order)
    goods.came(order)

    assert list(goods_faults(order)) == []


def test_more_taken_back_than_came_is_a_fault(order, goods):
    goods.put(order, -3)
    part = first(order).part

    assert list(goods_faults(order)) == [f"3 more of {part} of order {order.reference} were taken back than came"]


def test_a_part_that_came_for_another_order_is_a_fault(customer, order, goods):
    other = customer.orders(customer.asks(10), agreed=date.max)
    goods.put(order, 3, part_order=goods.ordered(other))

    assert list(goods_faults(order)) == [f"a part of order {order.reference} came for another order"]
