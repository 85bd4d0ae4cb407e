"""A sensor called off month by month: what it is built from, and what that costs."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import strategies as st
from planning_shop import DAY, ROUTING, a_shop

from portal.planning.kit import Wait
from portal.planning.releases import Bought, Release, plan_releases

DAY_ZERO = date(2026, 11, 23)
BARE_BOARDS = Bought("Bare boards", Decimal("200.00"), Wait(5, 6, 8))
RESISTORS = Bought("Resistors", Decimal("30.00"), Wait(1, 3, 6))
MCU = Bought("U3 STM32F407VGT6", Decimal("900.00"), Wait(20, 30, 45), is_long_lead=True)
FEBRUARY, MARCH, APRIL = date(2027, 2, 15), date(2027, 3, 15), date(2027, 4, 15)


def a_release(wanted, *, name="", boards=100, material=(BARE_BOARDS, RESISTORS, MCU), work="450.00"):
    routing = [replace(step, units=boards if step.units > 1 else 1) for step in ROUTING]
    return Release(name or f"{wanted:%B}", boards, wanted, routing, tuple(material), Decimal(work))


def planned(*releases, shop=None):
    return plan_releases(releases, shop or a_shop(), day_zero=DAY_ZERO, product="sensor")


def month_by_month():
    return planned(a_release(FEBRUARY), a_release(MARCH), a_release(APRIL))


def working_days_before(day, days):
    return DAY.add_days(day, -days)


cents = st.integers(0, 100_000).map(lambda amount: Decimal(amount) / 100)


@st.composite
def materials(draw):
    lo, more, late = draw(st.tuples(st.integers(0, 20), st.integers(1, 20), st.integers(0, 40)))
    number = draw(st.integers(1, 99))
    return Bought(f"part {number}", draw(cents), Wait(lo, lo + more, lo + more + late), draw(st.booleans()))


@st.composite
def release_lists(draw):
    count = draw(st.integers(1, 4))
    return [
        a_release(
            DAY_ZERO + timedelta(days=draw(st.integers(0, 200))),
            name=f"release {number}",
            boards=draw(st.integers(1, 600)),
            material=draw(st.lists(materials(), max_size=4)),
            work=draw(cents),
        )
        for number in range(count)
    ]
