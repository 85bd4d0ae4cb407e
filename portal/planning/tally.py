"""Something counted per weekday (work minutes, working days), summed up to any date without walking there."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import accumulate


@dataclass(frozen=True)
class Tally:
    """`per_weekday` from Monday; nothing counts on `holidays`. Days are given as ordinals (1 is a Monday)."""

    per_weekday: tuple[int, ...]
    holidays: tuple[int, ...]

    def before(self, day: int) -> int:
        """All that counts before this day: whole weeks, the begun week, less the holidays among them."""
        weeks, weekday = divmod(day - 1, 7)
        lost = self._lost[bisect_left(self.holidays, day)]
        return weeks * self._begun_week[7] + self._begun_week[weekday] - lost

    def day_of(self, count: int) -> int:
        """The day on which number `count` (from 0) falls. Holidays only push it later: few days are looked at."""
        earliest = count // self._begun_week[7] * 7 + 1
        candidates = range(earliest, earliest + 7 * (len(self.holidays) + 2))
        return candidates[bisect_right(candidates, count, key=self.before) - 1]

    @cached_property
    def _begun_week(self) -> tuple[int, ...]:
        return tuple(accumulate(self.per_weekday, initial=0))

    @cached_property
    def _lost(self) -> tuple[int, ...]:
        weekdays = (date.fromordinal(day).weekday() for day in self.holidays)
        return tuple(accumulate((self.per_weekday[weekday] for weekday in weekdays), initial=0))
