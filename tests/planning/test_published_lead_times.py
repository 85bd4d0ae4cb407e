"""Case E6 of the published cases: 5,000 sensors, sixty parts inserted by hand against the line.

Rates: ai.smthelp.eu 000061 (300 to 800 parts an hour and operator), blog.thedigisource.com (50,000 × 0.40). Assumed
there: five operators, 7.5 hours a day, parts here after 8 working days, a day of set-up, two of test and packing.
"""

from datetime import time

import pytest
from planning_shop import MONDAY_MORNING, an_operation, certain

from portal.planning.calendar import Calendar, Span, working_week
from portal.planning.capacity import Rules, WorkCentre
from portal.planning.plan import Asked
from portal.planning.promising import slots
from portal.planning.schedule import Schedule
from portal.routing.options import Speed

A_DAY = 450  # minutes
DAY = Calendar(working_week(range(5), [Span(8 * 60, 15 * 60 + 30)]), frozenset(), time(12))
TEAM = Schedule(DAY, (WorkCentre("team", 1, DAY),), Rules(transfer_units=5000))
OPERATORS = 5


def working_days(*seconds_a_board):
    work = [an_operation("through-hole", "team", set_up_min=0, cycle_s=s, units=5000) for s in seconds_a_board]
    tail = an_operation("ship", "team", set_up_min=2 * A_DAY, cycle_s=0, units=1)
    set_up = an_operation("kit", "team", set_up_min=A_DAY, cycle_s=0, units=1)
    asked = Asked([set_up, *work, tail], 5000, TEAM)
    planned = slots(asked, [certain(8)], ordered_at=MONDAY_MORNING, speed=Speed.STANDARD)
    begins = DAY.worked(MONDAY_MORNING.replace(hour=23))  # the day of the order is day 0 and not counted
    return (max(step.span.end for step in planned) - begins) / A_DAY


@pytest.mark.parametrize(("per_hour", "days"), [(300, 37.7), (420, 30.0), (500, 27.0), (800, 21.0)])
def test_e6_sixty_parts_by_hand_take_as_long_as_the_published_rates_say(per_hour, days):
    assert working_days(60 * 3600 / per_hour / OPERATORS) == pytest.approx(days, rel=0.003)


def test_e6_on_the_line_with_three_parts_left_it_is_less_than_half():
    on_the_line, by_hand = 57 * 3600 / 20_000, 3 * 3600 / 500 / OPERATORS

    assert working_days(on_the_line, by_hand) == pytest.approx(13.7, rel=0.003)
