"""Parcels, makers and certain days: when everything lies on the bench, from one part to dozens."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from planning_shop import CONFIG, certain, waits

from portal.board.design import Board
from portal.planning.kit import (
    Supply,
    Wait,
    arrival_day,
    kit_days,
    kit_quantiles,
    most_likely_last,
    unknown,
    working_days,
)
from portal.planning.leadtimes import read_lead_times
from portal.planning.supplies import PartLead, supplies
from portal.routing.options import Speed

LEAD_TIMES = read_lead_times((CONFIG / "leadtimes.toml").read_text(encoding="utf-8"))
SENSOR = Board(width_mm=50, height_mm=30, copper_layers=4)
CAPACITOR = PartLead("C1 100n", stock=1_000, needed=1_000, lead_days=30, consigned=False, supplier="Mouser")


def kit(*parts, boards=100):
    return supplies(SENSOR, parts, LEAD_TIMES, boards=boards, speed=Speed.STANDARD)[3:]


def test_a_stock_of_exactly_what_is_needed_is_in_stock():
    assert [supply.name for supply in kit(CAPACITOR)] == ["C1 100n in stock at Mouser"]


def test_one_part_short_comes_from_its_maker():
    [supply] = kit(replace(CAPACITOR, stock=999))
    assert supply.because == "1000 needed, 999 in stock: from the maker in typically 30 working days"


def test_a_stock_that_nobody_knows_is_no_stock():
    [supply] = kit(replace(CAPACITOR, stock=None, as_of=date(2026, 11, 2)))
    assert "stock not known" in supply.because
    assert supply.because.endswith("as told on 2026-11-02")


def test_nothing_needed_of_an_empty_shelf_is_in_stock():
    assert replace(CAPACITOR, stock=0, needed=0).is_in_stock


def test_a_consigned_part_waits_for_nobodys_stock():
    [supply] = kit(replace(CAPACITOR, stock=0, lead_days=None, consigned=True))
    assert supply.wait == Wait(0, 0, 0)
    assert unknown([supply]) == ()


def test_five_consigned_parts_are_one_gate_with_three_names():
    parts = [replace(CAPACITOR, name=f"J{number}", consigned=True) for number in range(1, 6)]
    [supply] = kit(*parts)
    assert supply.name == "Customer-supplied J1, J2, J3 and 2 more"


def test_two_suppliers_send_two_parcels():
    assert len(kit(CAPACITOR, replace(CAPACITOR, name="R1", supplier="DigiKey"))) == 2
    assert len(kit(CAPACITOR, replace(CAPACITOR, name="R1"))) == 1


def test_no_parts_bring_no_parcel():
    assert kit() == ()


@pytest.mark.parametrize(("days", "said"), [(1, "1 working day"), (0, "0 working days"), (1.5, "1.5 working days")])
def test_days_are_said_as_people_say_them(days, said):
    assert working_days(days) == said


@pytest.mark.parametrize("wrong", [(5, 4, 6), (5, 6, 5.5), (-1, 2, 3), (5, 5, 6), (5, 9, 5)])
def test_a_wait_whose_days_contradict_each_other_is_our_mistake(wrong):
    with pytest.raises(ValueError, match="one certain day, or lo < median <= p95"):
        Wait(*wrong)


def test_a_certain_day_is_no_chance_the_day_before_and_certain_on_it():
    wait = Wait(5, 5, 5)
    assert (wait.chance_by(4.999), wait.chance_by(5), wait.sigma) == (0, 1, 0)


def test_a_wait_whose_late_day_is_its_typical_one_is_certain_from_then():
    wait = Wait(3, 5, 5)
    assert (wait.chance_by(4.9), wait.chance_by(5)) == (0, 1)
    assert wait.days_at(0.95) == 5


def test_half_of_the_deliveries_are_here_by_the_median_and_nineteen_of_twenty_by_the_late_day():
    wait = Wait(2, 6, 11)
    assert wait.chance_by(6) == pytest.approx(0.5)
    assert wait.chance_by(11) == pytest.approx(0.95)


def test_never_before_is_never():
    assert Wait(2, 6, 11).chance_by(2) == 0


def test_a_kit_of_certain_days_is_there_on_the_last_of_them():
    assert kit_days([certain(3), certain(9), certain(4)], 0.95) == 9


def test_an_empty_kit_is_there_at_once():
    assert kit_days([], 0.95) == 0


def test_many_sure_parts_make_an_unsure_kit():
    part = Supply("part", Wait(1, 3, 6), "typically 3 days")
    days = [kit_days([part] * count, 0.8) for count in (1, 10, 40)]
    assert days == sorted(set(days))


def test_the_part_that_is_waited_for_is_the_slow_one():
    slow = Supply("MCU", Wait(20, 30, 45), "from the maker")
    assert most_likely_last([certain(3), slow, certain(10)], 30) is slow


def test_a_part_that_nobody_knows_is_named_among_those_that_are_known():
    assert unknown([certain(3), Supply("J4", None, "nobody has told"), certain(4)]) == ("J4",)


@pytest.mark.parametrize(("days", "morning"), [(0, 0), (0.2, 1), (1, 1), (4.00001, 4), (4.2, 5)])
def test_what_arrives_during_a_day_is_there_at_its_end(days, morning):
    assert arrival_day(days) == morning


@given(wait=waits(), chance=st.floats(0.01, 0.99))
def test_the_day_of_a_chance_has_that_chance(wait, chance):
    if wait.sigma:
        assert wait.chance_by(wait.days_at(chance)) == pytest.approx(chance, abs=1e-6)


@given(found=st.lists(waits(), min_size=1, max_size=6), sure=st.floats(0.1, 0.9), surer=st.floats(0, 0.09))
def test_to_be_surer_of_a_kit_takes_no_fewer_days(found, sure, surer):
    supplied = [Supply(str(number), wait, "") for number, wait in enumerate(found)]
    assert kit_days(supplied, sure) <= kit_days(supplied, sure + surer)


@given(found=st.lists(waits(), min_size=1, max_size=6), count=st.integers(1, 30))
def test_the_days_of_a_kit_rise_with_its_chances(found, count):
    days = kit_quantiles([Supply(str(number), wait, "") for number, wait in enumerate(found)], count)
    assert days == sorted(days)
    assert len(days) == count
