"""5,000 sensors: about two and a half weeks on the line, about six with twelve parts inserted by hand.

Assumed: an empty shop; 40 stocked lines, each typically 3 days and in 1 of 20 cases over 6; 45 placements a board at
22,500 an hour with two set-ups of 45 min; two shifts on the line and one at the benches; 0.45 min a hand-soldered part,
three operators; lots of 500 boards move on together.
"""

from datetime import timedelta

from planning_shop import MONDAY_MORNING, a_shop, an_operation

from portal.planning.capacity import Rules
from portal.planning.kit import Supply, Wait
from portal.planning.plan import Asked
from portal.planning.promising import promise
from portal.routing.options import Speed

KIT = [Supply(f"line {number}", Wait(1, 3, 6), "stocked") for number in range(40)]
SHOP = a_shop(rules=Rules(transfer_units=500))

ON_THE_LINE = [
    an_operation("kit", "kitting", set_up_min=240, cycle_s=0, units=1),
    an_operation("place", "line", set_up_min=90, cycle_s=45 * 3600 / 22_500, units=5000),
    an_operation("test", "bench", set_up_min=30, cycle_s=15, units=5000),
    an_operation("ship", "kitting", set_up_min=60, cycle_s=0, units=1),
]
BY_HAND = an_operation("through-hole", "bench", set_up_min=30, cycle_s=12 * 0.45 * 60 / 3, units=5000)


def weeks(operations):
    promised = promise(Asked(operations, 5000, SHOP), KIT, ordered_at=MONDAY_MORNING, speed=Speed.STANDARD)
    return (promised.p80 - MONDAY_MORNING.date()) / timedelta(weeks=1), promised.critical


def test_on_the_line_they_take_about_two_and_a_half_weeks():
    taken, critical = weeks(ON_THE_LINE)

    assert 2.3 <= taken <= 2.7
    assert critical == "line 0, 5 working days (10 until all deliveries are here)"


def test_with_twelve_parts_by_hand_they_take_four_weeks_more():
    taken, critical = weeks([*ON_THE_LINE[:2], BY_HAND, *ON_THE_LINE[2:]])

    assert 6.0 <= taken <= 6.4
    assert critical == "Through-hole, 18 working days"  # 5,000 × 12 × 0.45 min ÷ 3 operators ÷ 8 h = 18.75
