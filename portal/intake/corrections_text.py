"""What a customer said about his files as JSON text, and back: how it travels to the limited child and to services.

The form is described in docs/corrections.md.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any, TypeVar

from portal.board.design import FileRole, Side
from portal.errors import BadInput
from portal.intake.corrections import NOTHING_SAID, Corrections, RoleSaid, TableSaid, TurnSaid

UNITS = ("mm", "inch", "mil")
MOST_NUMBER = 10_000
FULL_TURN = 360
T = TypeVar("T")


def corrections_to_json(said: Corrections) -> str:
    return json.dumps(asdict(said), ensure_ascii=False)


def corrections_of_file(path: Path | None) -> Corrections:
    """BadInput names what is wrong with the file; no file says nothing."""
    if path is None:
        return NOTHING_SAID
    try:
        return corrections_from_json(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError) as fault:
        raise BadInput(f"{path.name} cannot be read as UTF-8 text ({fault}). Please check the file.") from fault


def corrections_from_json(text: str) -> Corrections:
    """The corrections that were written; nothing said where the text is empty; BadInput names the faulty entry."""
    if not text.strip():
        return NOTHING_SAID
    try:
        said = _object(json.loads(text), "the whole")
    except ValueError as fault:
        raise _faulty("the text", f"is not JSON: {fault}") from fault
    _only(said, {"roles", "tables", "outline", "outline_box", "take", "turns"}, "the whole")
    return Corrections(
        roles=_each(said, "roles", _role),
        tables=_each(said, "tables", _table),
        outline=_text(said, "outline", "the whole"),
        take=_text(said, "take", "the whole"),
        outline_box=_box(said.get("outline_box")),
        turns=_each(said, "turns", _turn),
    )


def _each(said: Mapping[str, Any], key: str, read: Callable[[Mapping[str, Any], str], T]) -> dict[str, T]:
    entries = _object(said.get(key) or {}, key)
    return {name: read(_object(entry, name), name) for name, entry in entries.items()}


def _role(entry: Mapping[str, Any], name: str) -> RoleSaid:
    _only(entry, {"role", "side", "layer", "plated", "because"}, name)
    plated = entry.get("plated")
    if plated is not None and not isinstance(plated, bool):
        raise _faulty(name, "“plated” is true, false or null")
    side = _one_of(entry.get("side"), tuple(Side), f"{name}, side")
    role = _one_of(entry.get("role"), tuple(FileRole), f"{name}, role")
    if role is None:
        raise _faulty(name, "says no role")
    layer, because = _number(entry, "layer", name), _text(entry, "because", name) or ""
    return RoleSaid(FileRole(role), Side(side) if side else None, layer, plated, because)


def _table(entry: Mapping[str, Any], name: str) -> TableSaid:
    _only(entry, {"columns", "header_row", "sheet", "units", "headings", "because"}, name)
    columns = _object(entry.get("columns") or {}, f"{name}, columns")
    found = {word: _number(columns, word, name) for word in columns}
    headings = _object(entry.get("headings") or {}, f"{name}, headings")
    return TableSaid(
        columns={word: number for word, number in found.items() if number is not None},
        header_row=_number(entry, "header_row", name) or 0,
        sheet=_text(entry, "sheet", name) or "",
        units=_one_of(entry.get("units"), UNITS, f"{name}, units"),
        headings={word: _text(headings, word, name) or "" for word in headings},
        because=_text(entry, "because", name) or "",
    )


def _turn(entry: Mapping[str, Any], name: str) -> TurnSaid:
    _only(entry, {"degrees", "because"}, name)
    degrees = _number(entry, "degrees", name)
    if degrees is None or degrees >= FULL_TURN:
        raise _faulty(name, "“degrees” is a whole number from 0 to 359")
    return TurnSaid(degrees, _text(entry, "because", name) or "")


def _object(value: Any, where: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise _faulty(where, "is not an object in braces")
    return value


def _only(entry: Mapping[str, Any], known: set[str], where: str) -> None:
    if unknown := sorted(set(entry) - known):
        raise _faulty(where, f"“{unknown[0][:40]}” is not known; known are {', '.join(sorted(known))}")


def _one_of(value: Any, known: tuple[str, ...], where: str) -> str | None:
    if value is None or value in known:
        return value if value is None else str(value)
    raise _faulty(where, f"“{str(value)[:40]}” is none of {', '.join(known)}")


def _number(entry: Mapping[str, Any], key: str, where: str) -> int | None:
    value = entry.get(key)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= MOST_NUMBER:
        raise _faulty(where, f"“{key[:40]}” is a whole number from 0 to {MOST_NUMBER:,}")
    return value


def _box(value: Any) -> tuple[float, float, float, float] | None:
    if value is None:
        return None
    numbers = isinstance(value, list) and all(type(part) in {int, float} and abs(part) < MOST_NUMBER for part in value)
    if not numbers or len(value) != len(("x0", "y0", "x1", "y1")):
        raise _faulty("outline_box", "is a list of four numbers in millimetres: x0, y0, x1, y1")
    x0, y0, x1, y1 = (float(part) for part in value)
    return x0, y0, x1, y1


def _text(entry: Mapping[str, Any], key: str, where: str) -> str | None:
    value = entry.get(key)
    if value is not None and not isinstance(value, str):
        raise _faulty(where, f"“{key}” is a text")
    return value or None


def _faulty(where: str, what: str) -> BadInput:
    return BadInput(f"The corrections cannot be taken: {where[:80]}: {what}. Please correct them.")
