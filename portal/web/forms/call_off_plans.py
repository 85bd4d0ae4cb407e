"""The rows of a call-off plan as they come from an address: so many boards, and a day."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from werkzeug.datastructures import MultiDict

from portal.services.call_off_plans import MOST_RELEASES, Wanted

WHOLE = re.compile(r"[0-9]{1,6}")
USUAL_ROWS, USUAL_BOARDS = 3, 100
FIRST_IN, EACH = timedelta(weeks=8), timedelta(weeks=4)


@dataclass(frozen=True, slots=True)
class Row:
    """As it was typed; `fault` says what is wrong with it."""

    boards: str
    day: str

    @property
    def fault(self) -> str:
        if not WHOLE.fullmatch(self.boards) or int(self.boards) == 0:
            return "Please give a whole number of boards, such as 100."
        return "" if self._day else "Please give a day."

    @property
    def _day(self) -> date | None:
        try:
            return date.fromisoformat(self.day)
        except ValueError:
            return None

    @property
    def wanted(self) -> Wanted | None:
        return Wanted(int(self.boards), self._day) if not self.fault and self._day else None


@dataclass(frozen=True, slots=True)
class Rows:
    """The editor. Without a script too: a row is added and taken out by the name of the button that was pressed."""

    rows: tuple[Row, ...]
    is_asked: bool

    @classmethod
    def of(cls, sent: MultiDict[str, str], *, today: date) -> "Rows":
        rows = [Row(*pair) for pair in zip(sent.getlist("boards"), sent.getlist("day"), strict=False)][:MOST_RELEASES]
        if not rows:
            return cls(tuple(_usual(today)), is_asked=False)
        out = sent.get("out", -1, type=int)
        if 0 <= out < len(rows) and len(rows) > 1:
            del rows[out]
        if "add" in sent and len(rows) < MOST_RELEASES:
            rows.append(_after(rows[-1], today))
        return cls(tuple(rows), is_asked=True)

    @property
    def wanted(self) -> list[Wanted]:
        return [row.wanted for row in self.rows if row.wanted]

    @property
    def is_whole(self) -> bool:
        return not any(row.fault for row in self.rows)

    @property
    def query(self) -> Mapping[str, list[str]]:
        return {"boards": [row.boards for row in self.rows], "day": [row.day for row in self.rows]}


def _usual(today: date) -> list[Row]:
    days = [_monday(today + FIRST_IN + EACH * number) for number in range(USUAL_ROWS)]
    return [Row(str(USUAL_BOARDS), f"{day}") for day in days]


def _after(row: Row, today: date) -> Row:
    last = row.wanted.day if row.wanted else today + FIRST_IN
    return Row(row.boards, f"{_monday(last + EACH)}")


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
