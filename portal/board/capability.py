"""Which fab can build this board: the cheapest class whose limits all hold, and what forces a dearer one.

The limits are data (config/capabilities.toml), each row with where it is from.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from math import inf
from typing import Any

from portal.board.artwork import Box
from portal.board.design import Demand, Enough, Finding, Place, Severity
from portal.board.line import GRADES, Limits, faults_of_line, line_limits
from portal.board.spots import Feature, Spots
from portal.errors import RatesRefused

ROW = {"feature", "at_least", "at_most", "unit", "source", "date", "grade", "mended"}


@dataclass(frozen=True, slots=True)
class Limit:
    """One limit for each class, cheapest class first. `is_most`: the value must not be larger, else not smaller.

    `mended` says what makers do by themselves where it is broken: such a limit forces no dearer class.
    """

    feature: Feature
    values: tuple[float, ...]
    unit: str
    source: str
    date: date
    grade: str
    is_most: bool = False
    mended: str = ""

    def broken(self, found: Spots, index: int) -> Spots:
        return found.above(self.values[index]) if self.is_most else found.below(self.values[index])

    def worst(self, found: Spots) -> float:
        return round(float(found.value[-1] if self.is_most else found.value[0]), 3)


@dataclass(frozen=True, slots=True)
class Capabilities:
    """`classes` are their names, cheapest first. `line` is what the assembler's own line takes."""

    classes: tuple[str, ...]
    limits: tuple[Limit, ...]
    line: Limits = field(default_factory=Limits)


def read_capabilities(text: str, *, file: str) -> Capabilities:
    """RatesRefused with every fault of the file."""
    try:
        given = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise RatesRefused([f"{file}: is not TOML: {fault}"]) from fault
    faults = [*_faults_of_file(given)]
    if faults:
        raise RatesRefused([f"{file}: {fault}" for fault in faults])
    limits = tuple(_limit(row) for row in given["limit"])
    return Capabilities(tuple(given["classes"]), limits, line_limits(given.get("assembly", {})))


def _faults_of_file(given: Mapping[str, Any]) -> Iterator[str]:
    yield from (f"{key} is not a known key" for key in given if key not in {"classes", "limit", "assembly"})
    yield from (f"assembly: {fault}" for fault in faults_of_line(given.get("assembly", {})))
    classes, rows = given.get("classes", []), given.get("limit")
    named = isinstance(classes, list) and bool(classes) and all(_is_text(name) for name in classes)
    if not named or len(set(classes)) < len(classes):
        yield "classes is a list of names, cheapest first"
    if not isinstance(rows, list) or not rows or not all(isinstance(row, dict) for row in rows):
        yield "limit is a list of rows, each under [[limit]]"
        return
    for number, row in enumerate(rows, 1):
        yield from (f"limit {number}: {fault}" for fault in _faults(row, len(classes) if named else None))
    features = [str(row.get("feature")) for row in rows]
    yield from (f"limit: {name} stands there twice" for name in dict.fromkeys(features) if features.count(name) > 1)


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _faults(row: Mapping[str, Any], classes: int | None) -> Iterator[str]:
    """`classes` is how many there are; None where that is not known."""
    yield from (f"{key} is not a known key" for key in row if key not in ROW)
    yield from (f"{key} is missing" for key in ("unit", "source") if not _is_text(row.get(key)))
    if not _is_text(row.get("mended", "nothing")):
        yield "mended is a sentence: what the maker does by himself"
    if row.get("feature") not in tuple(Feature):
        yield f"feature {row.get('feature')!r} is none of {', '.join(Feature)}"
    if type(row.get("date")) is not date:
        yield "date is written as 2026-11-22, without quotes"
    if row.get("grade") not in GRADES:
        yield f"grade {row.get('grade')!r} is none of {', '.join(GRADES)}"
    if ("at_least" in row) is ("at_most" in row):
        yield "has either at_least or at_most"
    else:
        yield from _order_faults(row, classes)


def _order_faults(row: Mapping[str, Any], classes: int | None) -> Iterator[str]:
    key = "at_most" if "at_most" in row else "at_least"
    values = row[key]
    numbers = isinstance(values, list) and all(type(value) in {int, float} and 0 <= value < inf for value in values)
    if not numbers or classes not in {None, len(values)}:
        yield f"{key} has one number for each class"
    elif values != sorted(values, reverse=key == "at_least"):
        yield f"{key}: a dearer class can do no less than a cheaper one"


def _limit(row: Mapping[str, Any]) -> Limit:
    is_most = "at_most" in row
    values = tuple(float(value) for value in row["at_most" if is_most else "at_least"])
    said = row["unit"], row["source"], row["date"], row["grade"]
    return Limit(Feature(row["feature"]), values, *said, is_most=is_most, mended=str(row.get("mended", "")))


def capability(table: Capabilities, measured: Mapping[Feature, Spots]) -> tuple[str | None, tuple[Finding, ...]]:
    """The cheapest class in which nothing is broken (None: beyond all), and a finding for each thing that costs."""
    needs = [(limit, measured[limit.feature], _class_of(limit, measured)) for limit in table.limits]
    needed = max((index for limit, _, index in needs if not limit.mended), default=0)
    findings = tuple(
        _mended(limit, found) if limit.mended else _forced(table, limit, found, index=index)
        for limit, found, index in needs
        if index > 0
    )
    return (table.classes[needed] if needed < len(table.classes) else None), findings


def demands(table: Capabilities, measured: Mapping[Feature, Spots]) -> tuple[Demand, ...]:
    """The features that force a dearer class than the first, as values: what costs money, and what would save it."""
    return tuple(_demands(table, measured))


def _demands(table: Capabilities, measured: Mapping[Feature, Spots]) -> Iterator[Demand]:
    for limit in table.limits:
        index = _class_of(limit, measured)
        if index == 0 or limit.mended:
            continue
        broken = limit.broken(measured[limit.feature], index - 1)
        takes = table.classes[index] if index < len(table.classes) else None
        yield Demand(
            feature=str(limit.feature),
            places=broken.places,
            needs=limit.worst(broken),
            enough=limit.values[index - 1],
            unit=limit.unit,
            takes=takes,
            cheaper=table.classes[index - 1],
            further=tuple(
                Enough(table.classes[at], limit.values[at], limit.broken(measured[limit.feature], at).places)
                for at in reversed(range(index - 1))
            ),
        )


def _mended(limit: Limit, found: Spots) -> Finding:
    broken = limit.broken(found, 0)
    place = Place(box_mm=_first_box(limit, broken), layer=broken.file_of_worst(last=limit.is_most))
    text = f"{_counted(limit, broken)} ({limit.feature}), below {limit.values[0]:g} mm: {limit.mended}."
    remedy = "Nothing to do if that is fine; else widen them."
    return Finding(Severity.NOTE, "fab-will-mend", place.layer, text, remedy, place)


def _counted(limit: Limit, broken: Spots) -> str:
    unit = f" {limit.unit}" if limit.unit == "mm" else ""
    number = f"{broken.places} places need" if broken.places > 1 else "1 place needs"
    return f"{number} {limit.worst(broken):g}{unit}"


def _class_of(limit: Limit, measured: Mapping[Feature, Spots]) -> int:
    """The index of the cheapest class that can do it; the number of classes where none can."""
    able = (index for index in range(len(limit.values)) if not len(limit.broken(measured[limit.feature], index)))
    return next(able, len(limit.values))


def _forced(table: Capabilities, limit: Limit, found: Spots, *, index: int) -> Finding:
    """Counted at the class one below: these are the places to change for a cheaper board."""
    broken = limit.broken(found, index - 1)
    unit = f" {limit.unit}" if limit.unit == "mm" else ""
    enough, cheaper = f"{limit.values[index - 1]:g}{unit}", table.classes[index - 1]
    what = f"{_counted(limit, broken)} ({limit.feature}); at {enough} class {cheaper} can build it"
    where = table.classes[index] if index < len(table.classes) else ""
    place = Place(box_mm=_first_box(limit, broken), layer=broken.file_of_worst(last=limit.is_most))
    if not where:
        text = f"{what}. No class of the table can build it as it is."
        return Finding(
            Severity.ASK, "fab-beyond-limits", place.layer, text, f"Change it to {enough}, or ask us.", place
        )
    text = f"{what}; as it is, it takes class {where}."
    remedy = f"Change it to {enough} where you can; the prices tell what that saves."
    return Finding(Severity.NOTE, "fab-class-dearer", place.layer, text, remedy, place)


def _first_box(limit: Limit, broken: Spots) -> Box:
    x0, y0, x1, y1 = (round(float(value), 3) for value in broken.box[-1 if limit.is_most else 0])
    return x0, y0, x1, y1
