"""A shop over its days: orders come, are confirmed and cancelled in any order, and the schedule stays sound."""

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, multiple, rule
from planning_shop import MONDAY_MORNING, a_shop, an_operation, certain

from portal.planning.plan import Asked
from portal.planning.promising import promise, slots
from portal.planning.schedule import book, cancel
from portal.routing.options import Speed


def routing(boards, *, by_hand):
    work = (
        an_operation("through-hole", "bench", units=boards) if by_hand else an_operation("place", "line", units=boards)
    )
    return (an_operation("kit", "kitting", units=1), work, an_operation("ship", "kitting", set_up_min=10, units=1))


class Shop(RuleBasedStateMachine):
    """Every confirmed order keeps exactly the slots that it was promised."""

    orders = Bundle("orders")

    def __init__(self):
        super().__init__()
        self.schedule = a_shop()
        self.kept = {}

    @rule(
        target=orders,
        boards=st.integers(1, 800),
        kit_days=st.integers(0, 10),
        by_hand=st.booleans(),
        speed=st.sampled_from(Speed),
    )
    def confirm(self, boards, kit_days, by_hand, speed):
        reference = f"order {len(self.kept)}"
        asked = Asked(routing(boards, by_hand=by_hand), boards, self.schedule), [certain(kit_days)]
        promised = promise(*asked, ordered_at=MONDAY_MORNING, speed=speed)
        planned = slots(*asked, ordered_at=MONDAY_MORNING, speed=speed)
        self.kept[reference] = tuple(step.booked(reference) for step in planned)
        self.schedule = book(self.schedule, self.kept[reference])
        assert planned[-1].end.date() == promised.p80
        return reference

    @rule(reference=consumes(orders))
    def cancel(self, reference):
        before = self.schedule
        self.schedule = cancel(before, reference)
        assert book(self.schedule, self.kept[reference]) == before
        self.kept[reference] = ()

    @rule(target=orders, reference=consumes(orders))
    def ask_and_go(self, reference):
        before = self.schedule
        promise(
            Asked(routing(50, by_hand=False), 50, before), [certain(2)], ordered_at=MONDAY_MORNING, speed=Speed.STANDARD
        )
        assert self.schedule == before
        return multiple(reference)

    @invariant()
    def every_order_has_its_own_slots_and_no_other(self):
        assert set(self.schedule.bookings) == {booking for bookings in self.kept.values() for booking in bookings}

    @invariant()
    def no_work_centre_holds_more_than_it_has(self):
        for centre in self.schedule.centres:
            here = [booking for booking in self.schedule.bookings if booking.centre == centre.name]
            for booking in here:
                assert sum(other.start <= booking.start < other.end for other in here) <= centre.units


TestShop = Shop.TestCase
TestShop.settings = settings(max_examples=40, stateful_step_count=20, deadline=None)
