"""Something counted per weekday (work minutes, working days), summed up to any date without walking there."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import accumulate

NEAR_DAYS = 4000  # around the first day that was asked for, they are counted out once: eleven years


@dataclass(frozen=True)
class Tally:
    """`per_weekday` from Monday; nothing counts on `holidays`. Days are given as ordinals (1 is a Monday)."""

    per_weekday: tuple[int, ...]
    holidays: tuple[int, ...]

    def before(self, day: int) -> int:
        """All that counts before this day."""
        first, counts = self._near(day)
        return counts[day - first] if 0 <= day - first < len(counts) else self.reckoned(day)

    def day_of(self, count: int) -> int:
        """The day on which number `count` (from 0) falls. Holidays only push it later: few days are looked at."""
        earliest = count // self._begun_week[7] * 7 + 1
        first, counts = self._near(earliest)
        if counts[0] <= count < counts[-1]:
            return first + bisect_right(counts, count) - 1
        candidates = range(earliest, earliest + 7 * (len(self.holidays) + 2))
        return candidates[bisect_right(candidates, count, key=self.reckoned) - 1]

    def split(self, count: int) -> tuple[int, int]:
        """The day on which number `count` falls, and which number of that day it is."""
        if self._counted:
            first, counts = self._counted[0]
            if counts[0] <= count < counts[-1]:
                at = bisect_right(counts, count) - 1
                return first + at, count - counts[at]
        day = self.day_of(count)
        return day, count - self.before(day)

    def reckoned(self, day: int) -> int:
        """The same as `before` for any day: whole weeks, the begun week, less the holidays among them."""
        weeks, weekday = divmod(day - 1, 7)
        lost = self._lost[bisect_left(self.holidays, day)]
        return weeks * self._begun_week[7] + self._begun_week[weekday] - lost

    def _near(self, day: int) -> tuple[int, list[int]]:
        """The first of the days that are counted out, and what counts before each of them."""
        if not self._counted:
            first = max(1, day - NEAR_DAYS // 4)
            self._counted.append((first, [self.reckoned(there) for there in range(first, first + NEAR_DAYS)]))
        return self._counted[0]

    @cached_property
    def _counted(self) -> list[tuple[int, list[int]]]:
        return []

    @cached_property
    def _begun_week(self) -> tuple[int, ...]:
        return tuple(accumulate(self.per_weekday, initial=0))

    @cached_property
    def _lost(self) -> tuple[int, ...]:
        weekdays = (date.fromordinal(day).weekday() for day in self.holidays)
        return tuple(accumulate((self.per_weekday[weekday] for weekday in weekdays), initial=0))
