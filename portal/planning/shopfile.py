"""The calendar file: the office's days, shifts, holidays, and which work centre works which shift."""

import re
from collections.abc import Mapping
from datetime import date, time
from types import MappingProxyType

from portal.planning.calendar import Calendar, Span, working_week
from portal.planning.capacity import Rules, WorkCentre
from portal.planning.facts import Entry, read_facts, refuse_faults
from portal.planning.schedule import Schedule
from portal.routing.options import Speed

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
HOURS = re.compile(r"([01]\d|2[0-4]):([0-5]\d)-([01]\d|2[0-4]):([0-5]\d)")
MIDNIGHT = 24 * 60

Week = tuple[tuple[Span, ...], ...]
ANY_WEEK = working_week(range(5), [Span(0, 1)])  # reading goes on with it; a file with faults is never used


def read_calendar(text: str) -> Calendar:
    """The office's calendar; RatesRefused with every fault of the file."""
    return read_schedule(text).calendar


def read_schedule(text: str) -> Schedule:
    """The shop with all its work centres and nothing booked; RatesRefused with every fault of the file."""
    file = read_facts(text)
    weeks = {name: _week(shift) for name, shift in file.entries("shifts").items()}
    holidays = _holidays(file.entry("holidays"))
    calendar = _office(file.entry("office"), weeks, holidays)
    centres = tuple(_centre(entry, weeks, calendar) for entry in file.entries("work_centres").values())
    rules = _rules(file.entry("rules"))
    lines = file.entries("lines") if "lines" in file.values else {}
    joined = tuple(_line(entry, weeks, calendar) for entry in lines.values())
    file.expect(bool(centres), "there is no work centre")
    _check_names(file, centres, joined)
    file.nothing_else()
    refuse_faults(file.faults)
    return Schedule(calendar, (*centres, *joined), rules)


def _office(entry: Entry, weeks: Mapping[str, Week], holidays: frozenset[date]) -> Calendar:
    calendar = Calendar(_shift(entry, weeks), holidays, entry.take("cut_off", time, time(12)))
    _close(entry)
    return calendar


def _centre(entry: Entry, weeks: Mapping[str, Week], office: Calendar) -> WorkCentre:
    """`serves` lists other centres whose operations its people take as well."""
    units, calendar = _units(entry), _calendar(entry, weeks, office)
    serves = _names(entry, "serves") if "serves" in entry.values else frozenset()
    _close(entry)
    return WorkCentre(entry.where.removeprefix("work_centres."), units, calendar, serves)


def _line(entry: Entry, weeks: Mapping[str, Week], office: Calendar) -> WorkCentre:
    """`stations` are the work centres that its conveyor joins; `cycle_factor` where it is slower than the routing."""
    units, calendar, stations = _units(entry), _calendar(entry, weeks, office), _names(entry, "stations")
    factor = entry.number_or("cycle_factor", 1.0)
    entry.expect(factor > 0, "cycle_factor is more than 0")
    entry.expect(bool(stations), "stations lists the work centres that the conveyor joins")
    _close(entry)
    name = entry.where.removeprefix("lines.")
    return WorkCentre(name, units, calendar, stations=stations, cycle_factor=factor)


def _units(entry: Entry) -> int:
    units = entry.take("units", int, 1)
    entry.expect(units >= 1, "units is 1 or more")
    return units


def _calendar(entry: Entry, weeks: Mapping[str, Week], office: Calendar) -> Calendar:
    return Calendar(_shift(entry, weeks), office.holidays, office.cut_off)


def _names(entry: Entry, key: str) -> frozenset[str]:
    names = entry.take(key, list, [])
    entry.expect(all(isinstance(name, str) for name in names), f"{key} is a list of names of work centres")
    return frozenset(name for name in names if isinstance(name, str))


def _check_names(file: Entry, centres: tuple[WorkCentre, ...], lines: tuple[WorkCentre, ...]) -> None:
    """A line or a skill that names nothing would never be used, and nobody would notice."""
    known = {centre.name for centre in centres}
    for centre in (*centres, *lines):
        unknown = sorted((centre.serves | centre.stations) - known)
        file.expect(not unknown, f"{centre.name}: there is no work centre {', '.join(unknown)}")
    for line in lines:
        file.expect(line.name not in known, f"lines.{line.name}: a work centre has this name already")


def _rules(entry: Entry) -> Rules:
    transfer_units = entry.take("transfer_units", int, 1)
    lot_boards = entry.take("lot_boards", int, 1) if "lot_boards" in entry.values else None
    entry.expect(lot_boards is None or lot_boards >= 1, "lot_boards is 1 or more")
    reel_min = entry.number_or("reel_min", 0.0)
    entry.expect(reel_min >= 0, "reel_min is not negative")
    fence_days = {speed: entry.take(f"fence_days_{speed}", int, 0) for speed in Speed}
    entry.expect(transfer_units >= 1, "transfer_units is 1 or more")
    entry.expect(min(fence_days.values()) >= 0, "fence_days is not negative")
    _close(entry)
    return Rules(transfer_units, MappingProxyType(fence_days), lot_boards, reel_min)


def _holidays(entry: Entry) -> frozenset[date]:
    dates = entry.take("dates", list, [])
    entry.expect(all(type(day) is date for day in dates), "dates are written as 2026-12-25, without quotes")
    _close(entry)
    return frozenset(day for day in dates if type(day) is date)


def _week(entry: Entry) -> Week:
    weekdays = entry.take("weekdays", list, [])
    unknown = [weekday for weekday in weekdays if weekday not in WEEKDAYS]
    entry.expect(not unknown, f"weekdays has {unknown}; they are {', '.join(WEEKDAYS)}")
    numbers = [number for number, weekday in enumerate(WEEKDAYS) if weekday in weekdays]
    week = working_week(numbers, _spans(entry, "hours"), _spans(entry, "breaks"))
    _close(entry)
    entry.expect(any(week), "nobody ever works this shift")
    return week if any(week) else ANY_WEEK


def _spans(entry: Entry, key: str) -> list[Span]:
    spans = [_span(text) for text in entry.take(key, list, [])]
    entry.expect(None not in spans, f'{key} are written as "06:00-14:00"; past midnight as two, "22:00-24:00" and on')
    return [span for span in spans if span]


def _span(text: object) -> Span | None:
    matched = HOURS.fullmatch(str(text))
    if not matched:
        return None
    from_hour, from_minute, to_hour, to_minute = map(int, matched.groups())
    start, end = from_hour * 60 + from_minute, to_hour * 60 + to_minute
    return Span(start, end) if start < end <= MIDNIGHT else None


def _shift(entry: Entry, weeks: Mapping[str, Week]) -> Week:
    name = entry.take("shift", str, "")
    entry.expect(name in weeks, f"there is no shift {name!r}")
    return weeks.get(name, ANY_WEEK)


def _close(entry: Entry) -> None:
    """Every table says where its figures are from, and holds nothing that is not read."""
    entry.evidence()
    entry.nothing_else()
