"""The shop's working time in its own local time: no zone, no clock. Conversion to UTC is the caller's.

Work is counted in whole minutes that somebody works ("work minutes"), so that nights, breaks and holidays cost nothing:
a job of 500 work minutes that starts at 15:00 simply ends the next day.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property

from portal.planning.tally import Tally

DAYS_A_WEEK = 7
MINUTES_A_DAY = 24 * 60


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """From minute to minute: of a day, or of a work centre's work minutes. The end is not part of it."""

    start: int
    end: int

    @property
    def minutes(self) -> int:
        return self.end - self.start


@dataclass(frozen=True)
class Calendar:
    """`week` has one tuple of spans per weekday from Monday, breaks cut out; make it with `working_week`."""

    week: tuple[tuple[Span, ...], ...]
    holidays: frozenset[date]
    cut_off: time

    def __post_init__(self) -> None:
        if len(self.week) != DAYS_A_WEEK or not any(self.week):
            raise ValueError("A calendar has seven weekdays, and somebody works on at least one of them.")

    def spans(self, day: date) -> tuple[Span, ...]:
        return () if day in self.holidays else self.week[day.weekday()]

    def is_working(self, day: date) -> bool:
        return bool(self.spans(day))

    def add_days(self, day: date, working_days: int) -> date:
        """So many working days after this one; a day off counts as the next working day."""
        return date.fromordinal(self._days.day_of(self._days.before(day.toordinal()) + working_days))

    def count_days(self, start: date, end: date) -> int:
        """Working days from `start` up to, not with, `end`."""
        return self._days.before(end.toordinal()) - self._days.before(start.toordinal())

    def day_zero(self, ordered_at: datetime) -> date:
        """The working day from which days are counted: this one until the cut-off, afterwards the next."""
        if ordered_at.tzinfo:
            raise ValueError(f"The calendar is in the shop's local time, without a zone: {ordered_at}")
        late = ordered_at.time() > self.cut_off
        return self.add_days(ordered_at.date() + timedelta(days=late), 0)

    def worked(self, moment: datetime) -> int:
        """Work minutes gone by at this moment, since the beginning of days; a minute begun is gone."""
        return self.worked_at(wall_of(moment))

    def begins(self, worked: int) -> datetime:
        """When the next minute of work begins after so many: after a break, the break's end."""
        return moment_of(self._wall(worked))

    def ends(self, worked: int) -> datetime:
        """When so many minutes of work are done: before a break, the break's beginning."""
        return moment_of(self.wall_end(worked))

    def worked_at(self, wall: int) -> int:
        """Work minutes gone by at this minute on the wall."""
        day, minute = divmod(wall, MINUTES_A_DAY)
        today = 0
        for span in self._spans_of(day):
            if minute <= span.start:
                break
            today += min(minute, span.end) - span.start
        return self._minutes.before(day) + today

    def wall_end(self, worked: int) -> int:
        """The minute on the wall at which so many minutes of work are done."""
        return self._wall(worked - 1) + 1

    def wall_begin(self, worked: int) -> int:
        """The minute on the wall at which the next minute of work begins."""
        return self._wall(worked)

    def _wall(self, worked: int) -> int:
        day, left = self._minutes.split(worked)
        for span in self._spans_of(day):
            if left < span.end - span.start:
                return day * MINUTES_A_DAY + span.start + left
            left -= span.end - span.start
        raise AssertionError("the tally counts the same spans")

    def _spans_of(self, day: int) -> tuple[Span, ...]:
        return () if day in self._holidays else self.week[(day - 1) % DAYS_A_WEEK]

    @cached_property
    def _holidays(self) -> frozenset[int]:
        return frozenset(day.toordinal() for day in self.holidays)

    @cached_property
    def _minutes(self) -> Tally:
        return self._tally(tuple(sum(span.minutes for span in spans) for spans in self.week))

    @cached_property
    def _days(self) -> Tally:
        return self._tally(tuple(int(bool(spans)) for spans in self.week))

    def _tally(self, per_weekday: tuple[int, ...]) -> Tally:
        return Tally(per_weekday, tuple(sorted(day.toordinal() for day in self.holidays)))


def wall_of(moment: datetime) -> int:
    """Minutes on the wall since the beginning of days; a minute begun is gone."""
    begun = bool(moment.second or moment.microsecond)
    return moment.toordinal() * MINUTES_A_DAY + moment.hour * 60 + moment.minute + begun


def moment_of(wall: int) -> datetime:
    day, minute = divmod(wall, MINUTES_A_DAY)
    return datetime(1, 1, 1) + timedelta(days=day - 1, minutes=minute)  # noqa: DTZ001 - the shop's local time


def working_week(
    weekdays: Collection[int], shifts: Iterable[Span], breaks: Iterable[Span] = ()
) -> tuple[tuple[Span, ...], ...]:
    """The same shifts less the same breaks on each of these weekdays (Monday is 0)."""
    at_work = {minute for span in shifts for minute in range(span.start, span.end)}
    at_work -= {minute for span in breaks for minute in range(span.start, span.end)}
    starts = sorted(minute for minute in at_work if minute - 1 not in at_work)
    ends = sorted(minute + 1 for minute in at_work if minute + 1 not in at_work)
    spans = tuple(Span(start, end) for start, end in zip(starts, ends, strict=True))
    return tuple(spans if weekday in weekdays else () for weekday in range(DAYS_A_WEEK))
