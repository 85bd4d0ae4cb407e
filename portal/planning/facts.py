"""Reading the shop's own figures out of TOML: all faults of a file in one message, no figure without its origin."""

import tomllib
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from portal.errors import RatesRefused

T = TypeVar("T")

GRADES = {
    "A": "the vendor's own figure",
    "B": "an article or a vendor's page",
    "C": "a single anecdote",
    "U": "our judgement: replace it with the shop's own data",
}


@dataclass(frozen=True, slots=True)
class Evidence:
    source: str
    date: date
    grade: str


@dataclass(slots=True)
class Entry:
    """One table of the file. Every value is taken once; a fault is noted and reading goes on."""

    where: str
    values: dict[str, Any]
    faults: list[str]

    def take(self, key: str, kind: type[T], default: T) -> T:
        """The value; `default` stands in where it is missing or wrong, and the fault keeps the file from being used."""
        value = self.values.pop(key, None)
        if isinstance(value, kind) and not (isinstance(value, bool) and kind is not bool):
            return value
        wrong = "is missing" if value is None else f"is {value!r}, not a {kind.__name__}"
        self.expect(holds=False, otherwise=f"{key} {wrong}")
        return default

    def number(self, key: str) -> float:
        """TOML keeps 5 and 5.0 apart, people do not."""
        value = self.values.get(key)
        if isinstance(value, int) and not isinstance(value, bool):
            self.values[key] = float(value)
        return self.take(key, float, 0.0)

    def number_or(self, key: str, default: float) -> float:
        return self.number(key) if key in self.values else default

    def entry(self, key: str) -> "Entry":
        return Entry(f"{self.where}.{key}" if self.where else key, dict(self.take(key, dict, {})), self.faults)

    def entries(self, key: str) -> dict[str, "Entry"]:
        """The tables below this one, by name."""
        below = Entry(f"{self.where}.{key}" if self.where else key, self.take(key, dict, {}), self.faults)
        return {name: below.entry(name) for name in tuple(below.values)}

    def rows(self, key: str) -> list["Entry"]:
        rows = self.take(key, list, [])
        self.expect(all(isinstance(row, dict) for row in rows), f"{key} is written as [[{key}]], one table a row")
        numbered = enumerate(rows, 1)
        return [Entry(f"{key} {number}", dict(row), self.faults) for number, row in numbered if isinstance(row, dict)]

    def evidence(self) -> Evidence:
        source, day = self.take("source", str, "?"), self.take("date", date, date.min)
        self.expect(bool(source.strip()), "source is empty")
        grade = self.take("grade", str, "U")
        self.expect(grade in GRADES, f"grade {grade!r} is none of {', '.join(GRADES)}")
        return Evidence(source, day, grade)

    def expect(self, holds: bool, otherwise: str) -> None:
        if not holds:
            self.faults.append(f"{self.where}: {otherwise}" if self.where else otherwise)

    def nothing_else(self) -> None:
        """A mistyped key must not pass in silence."""
        for key in self.values:
            self.expect(holds=False, otherwise=f"{key} is not known here")


def read_facts(text: str) -> Entry:
    """The whole file; RatesRefused when it is no TOML."""
    try:
        return Entry("", tomllib.loads(text), [])
    except tomllib.TOMLDecodeError as error:
        raise RatesRefused([f"this is no TOML: {error}"]) from error


def refuse_faults(faults: list[str]) -> None:
    if faults:
        raise RatesRefused(faults)
