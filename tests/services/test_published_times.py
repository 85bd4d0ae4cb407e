"""Published lead times against the dates that the portal gives, each by its id in the cases; E6 is with planning."""

from datetime import date, datetime, time
from decimal import Decimal

import pytest
from costing_examples import a_design
from dated_prices import NOW, cells, selling, the_shop
from planning_shop import MONDAY_MORNING, an_operation, certain

from portal.parts.offers import Offer, PriceBreak
from portal.planning.calendar import Calendar, Span, working_week
from portal.planning.capacity import Rules, WorkCentre
from portal.planning.plan import Asked
from portal.planning.promising import promise
from portal.planning.schedule import Schedule
from portal.routing.options import Speed

ROUND_THE_CLOCK = Calendar(working_week(range(7), [Span(0, 24 * 60)]), frozenset(), time(12))
A_DAY = 24 * 60


def test_e1_boards_assembly_and_shipping_follow_one_another():
    """7pcb.com, standard turnkey: 5 days boards, 7 assembly, 2 shipping: 14."""
    shop = Schedule(ROUND_THE_CLOCK, (WorkCentre("bittele", 1, ROUND_THE_CLOCK),), Rules(transfer_units=5))
    work = [
        an_operation(kind, "bittele", set_up_min=0, cycle_s=days * A_DAY * 60, units=1)
        for kind, days in (("place", 7), ("ship", 2))
    ]
    found = promise(Asked(work, 5, shop), [certain(5)], ordered_at=MONDAY_MORNING, speed=Speed.STANDARD)

    assert (found.p50 - MONDAY_MORNING.date()).days == 14


def mixed_board(kinds=45):
    """The board of case A5: 120 parts placed, eight inserted, 45 kinds; 80 × 57 mm."""
    packages = ("R_0402_1005Metric", "C_0603_1608Metric", "SOIC-8", "SOT-23")
    placed = [
        f"{' '.join(f'X{row}_{n}' for n in range(3 if row < 38 else 2))} | {packages[row % 4]} | P{row} | top"
        for row in range(kinds - 4)
    ]
    inserted = [f"J{row}A J{row}B | PinHeader_1x04_P2.54mm | H{row} | top" for row in range(4)]
    return a_design("\n".join(placed + inserted), size=(80, 57))


@pytest.mark.parametrize(("boards", "least", "most"), [(50, 7, 14), (500, 7, 14), (5000, 15, 30)])
def test_e3_the_median_lies_within_the_published_band(boards, least, most):
    """queenems.com, turnkey by quantity, in working days; every part in stock."""
    board, price = mixed_board(), (PriceBreak(1, Decimal("0.01")),)
    offers = [Offer(line.mpn, "", "LCSC", price, date(2026, 11, 1), stock=10**6) for line in board.bom]
    [cell] = cells(boards, design=board, shop=selling(*offers))

    assert least <= the_shop().schedule.calendar.count_days(NOW.date(), cell.promise.p50) <= most


@pytest.mark.parametrize(
    ("begun", "done", "hours"),
    [("2021-03-17 08:50", "2021-03-22 14:48", 5.25 * 24), ("2021-03-22 16:39", "2021-03-23 08:08", 15.5)],
)
def test_e4_a_real_order_minute_by_minute(begun, done, hours):
    """gist thomascate: boards took days, assembly hours; a shop that never closes works as long as the clock says."""
    start, end = (ROUND_THE_CLOCK.worked(datetime.fromisoformat(moment)) for moment in (begun, done))

    assert (end - start) / 60 == pytest.approx(hours, rel=0.005)


def test_e4_the_boards_of_that_order_lie_within_what_the_demo_shop_waits_for():
    wait = the_shop().lead_times.leads[2].wait

    assert wait.lo_days <= 5.25 <= wait.p95_days
