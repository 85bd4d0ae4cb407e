"""The calendar file: who works when, and every fault of it told at once."""

import tomllib
from datetime import date, time

import pytest
from planning_shop import CONFIG, at

from portal.errors import RatesRefused
from portal.planning.shopfile import read_calendar, read_schedule
from portal.routing.options import Speed

FILE = (CONFIG / "calendar.toml").read_text(encoding="utf-8")
SHOP = read_schedule(FILE)


def faults(text):
    with pytest.raises(RatesRefused) as refused:
        read_schedule(text)
    return refused.value.faults


def test_the_office_decides_working_days_and_the_cut_off():
    office = read_calendar(FILE)

    assert office.cut_off == time(12)
    assert not office.is_working(date(2026, 12, 25))


def test_holidays_are_free_at_every_work_centre():
    assert not any(centre.calendar.is_working(date(2027, 5, 6)) for centre in SHOP.centres)


def test_the_line_works_two_shifts_and_the_bench_one():
    day = date(2026, 11, 23)
    line, bench = (SHOP.centre(name).calendar for name in ("placement", "bench"))

    assert line.ends(line.worked(at("2026-11-24"))) == at("2026-11-23 22:00")
    assert bench.ends(bench.worked(at("2026-11-24"))) == at("2026-11-23 15:30")
    assert line.is_working(day)


def test_every_work_centre_of_the_machines_file_has_shifts():
    machines = tomllib.loads((CONFIG / "machines.toml").read_text(encoding="utf-8"))

    assert {centre.name for centre in SHOP.centres if not centre.stations} == set(machines["work_centres"])


def test_the_line_joins_printing_to_inspection():
    full, small = (centre for centre in SHOP.centres if centre.stations)

    assert full.stations == {"printing", "inspection", "placement", "reflow"}
    assert small.stations == {f"small-{name}" for name in full.stations}


def test_a_line_that_joins_what_is_not_there_is_a_fault():
    assert faults(FILE.replace('"printing", "inspection"', '"printer", "inspection"')) == [
        "smt: there is no work centre printer"
    ]


def test_people_may_serve_other_work_centres_too():
    more = FILE.replace("[work_centres.bench]", '[work_centres.bench]\nserves = ["packing"]')

    assert read_schedule(more).centre("bench").takes("packing")


def test_large_orders_are_built_in_lots():
    assert SHOP.rules.lot_boards == 250


def test_the_rules_say_what_moves_on_together_and_what_is_frozen():
    assert SHOP.rules.transfer_units == 25
    assert SHOP.rules.fence_days == {Speed.STANDARD: 1, Speed.EXPRESS: 0}


def test_nothing_is_booked_in_a_file():
    assert SHOP.bookings == ()


def test_every_fault_is_told_at_once():
    broken = FILE.replace('"07:00-15:30"', '"7-15"').replace("\nunits = 2", "\nunits = 0", 1)
    broken = broken.replace("cut_off = 12:00:00", 'cut_off = "noon"').replace("2026-01-01", '"New Year"')

    assert faults(broken) == [
        'shifts.day: hours are written as "06:00-14:00"; past midnight as two, "22:00-24:00" and on',
        "shifts.day: nobody ever works this shift",
        "holidays: dates are written as 2026-12-25, without quotes",
        "office: cut_off is 'noon', not a time",
        "work_centres.kitting: units is 1 or more",
    ]


@pytest.mark.parametrize("hours", ["14:00-06:00", "06:00-24:30", "06:60-07:00", "06:00-06:00", "6:00-14:00"])
def test_hours_that_are_no_hours_are_refused(hours):
    assert "shifts.day: hours are written as" in faults(FILE.replace("07:00-15:30", hours))[0]


def test_a_shift_may_last_until_midnight():
    bench = read_schedule(FILE.replace("07:00-15:30", "16:00-24:00")).centre("bench").calendar

    assert bench.ends(bench.worked(at("2026-11-24 00:00"))) == at("2026-11-24 00:00")


def test_a_weekday_that_does_not_exist_is_refused():
    assert "shifts.day: weekdays has ['mon']" in faults(FILE.replace('"monday"', '"mon"', 1))[0]


def test_a_shift_that_does_not_exist_is_refused():
    assert faults(FILE.replace('shift = "day"', 'shift = "night"', 1)) == ["office: there is no shift 'night'"]


def test_a_shop_without_work_centres_promises_nothing():
    assert faults(FILE.split("# Names as in machines.toml")[0])[:2] == [
        "work_centres is missing",
        "there is no work centre",
    ]


@pytest.mark.parametrize(
    "line", ["transfer_units = 25", "fence_days_standard = 1", "lot_boards = 250", "reel_min = 0.2"]
)
def test_rules_are_no_smaller_than_nothing(line):
    name, _ = line.split(" = ")

    assert len(faults(FILE.replace(line, f"{name} = -1"))) == 1


def test_a_mistyped_table_is_refused():
    assert faults(FILE + "\n[holiday]\n") == ["holiday is not known here"]
