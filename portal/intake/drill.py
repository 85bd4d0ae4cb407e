"""Excellon drill and routing files, of all the habits in which CAD tools write them.

A routed slot is what the tool cuts between M15 (down) and M16 or M17 (up); G85 is a slot on one line.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from portal.board.artwork import Box, DrillHits
from portal.board.design import Finding, Severity
from portal.errors import PackageRefused
from portal.intake.drill_format import Reading, chosen
from portal.intake.drill_header import Header, read_header, read_tools
from portal.intake.drill_repeats import (
    Holes,
    Repeat,
    TooManyHoles,
    copies,
    copying,
    is_more_than_counted,
    joined,
    repeats,
)
from portal.intake.drill_tools import tool_changes
from portal.intake.modal import events, standing
from portal.intake.words import TooManyDigits, Words, words

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

NOTHING: Mapping[int, float] = MappingProxyType({})
MOST_BYTES = 60_000_000
MOST_HOLES = 2_000_000
LARGEST_MM = 2_000.0
SNIFFED = 16_384

EXPORT_AGAIN = "Export the drill file again as Excellon with decimal points and the tool sizes in its header."

HOLE, CUT, MOVE = range(3)
_ROUTING, _DRILLING = (0, 1, 2, 3), (5, 81)  # G codes; after 0 the tool only travels
_PLACES_ORIGIN = (92, 93)
_TRAVELS = (0, 6, 9, 30)  # M codes that stop the machine: what they name is where the table goes
_DWELLS = (4,)

_COMMENT = re.compile(rb";[^\n]*|\([^\n)]*\)")
_NO_NUMBER = re.compile(rb"([XY])(?=[XYM\n])")  # M02XY001: as far as before in x
_TEXT_TO_DRILL = re.compile(rb"^(M9[789]),[^\n]*", re.MULTILINE)
_HEADER_END = re.compile(rb"^(?:%|M95)$", re.MULTILINE)
HEADER_BYTES = 64 * 1024
_DRILL_LINE = re.compile(
    rb"(?:%|M\d\d?(?:,[A-Z0-9.]*)*|(?:INCH|METRIC)(?:,[A-Z0-9.]+)*|(?:FMAT|VER),\d+|[A-Z]{2,7},[A-Z0-9.]*|"
    rb"(?:[GTFSCBHNAIJRZ][+-]?[\d.]+|[XY][+-]?[\d.]+)+|(?:R\d+)?M\d\d[XY][\dXYM.+-]*|M9[789],.*)"
)


# A listing for people has headlines, and blanks behind its axis letters; either alone is some tool's habit.
_HEADLINE = re.compile(rb"^[A-Za-z]{3,} +[A-Za-z]{3,}", re.MULTILINE)
_SPACED = re.compile(rb"^X +\d+ +Y +\d+", re.MULTILINE)
_DEPTH = re.compile(
    rb"^(?!T)[^\nT]*Z[+-]?[\d.]", re.MULTILINE
)  # a mill's own program; a drill's depth is the machine's


class DrillRefused(PackageRefused):
    """A drill file that cannot be read, or would cost more than any real one."""


def is_drill(data: bytes) -> bool:
    """Whether this is an Excellon file, of whatever name. Looks at the beginning only."""
    head = data[:SNIFFED].replace(b"\r", b"\n")  # a comment ends with its line, on an old Mac too
    if b"\0" in head or b"*" in _COMMENT.sub(b"", head) or (_HEADLINE.search(head) and _SPACED.search(head)):
        return False
    plain = _COMMENT.sub(b"", head)
    if _DEPTH.search(plain):
        return False
    lines = [line.replace(b" ", b"").strip() for line in plain.split(b"\n")]
    lines = [line for line in lines[: -1 if len(data) > SNIFFED else None] if line][:300]
    known = sum(bool(_DRILL_LINE.fullmatch(line)) for line in lines)
    telling = any(re.match(rb"M48|T\d+[A-Z]|(?:G\d+)?[XY][+-]?[\d.]+", line) for line in lines)
    return telling and known >= 0.9 * len(lines)


def read_drill(data: bytes, *, near: Box | None = None, told: Mapping[int, float] = NOTHING) -> DrillHits:
    """The holes, in millimetres. `near` is where the board lies: it settles a number format that nobody states.
    `told`: the diameter in mm of tools that the file itself gives none.

    Raises DrillRefused for what is no drill file or asks for more holes than any board has.
    """
    if len(data) > MOST_BYTES:
        raise DrillRefused("drill-too-large", "This drill file is larger than any real one.", EXPORT_AGAIN)
    if not is_drill(data):
        raise DrillRefused("drill-not-excellon", "This is not an Excellon drill file.", EXPORT_AGAIN)
    text = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    header = read_header(text[:HEADER_BYTES].decode("utf-8", "replace"))
    body = _COMMENT.sub(b"", text).replace(b"G85", b"\nG85").replace(b" ", b"")
    body = _TEXT_TO_DRILL.sub(rb"\1", _NO_NUMBER.sub(rb"\g<1>0", body))
    read_tools(header, body.decode("latin-1"))
    header.sizes_mm = {**told, **header.sizes_mm}
    try:
        stream = words(_without_header(body), end=b"\n")
    except TooManyDigits as fault:
        raise DrillRefused(
            "drill-coordinates", "This drill file has numbers of too many digits.", EXPORT_AGAIN
        ) from fault
    reading = chosen(stream, header, near)
    track = _tracked(stream, reading, in_order=not header.sizes)
    return _hits(track, header, _remarks(stream, header, reading=reading, near=near))


def _without_header(body: bytes) -> bytes:
    """The header lists tools, and to list one is not to take it."""
    start = max(body.find(b"M48\n"), 0)
    end = _HEADER_END.search(body, start, start + HEADER_BYTES) if body.startswith(b"M48\n", start) else None
    return body[end.end() :] if end else body


@dataclass(frozen=True, eq=False)
class _Track:
    """x, y, tool after every statement; `at` are those with a coordinate, and `kind` says what each of them does."""

    words: Words
    reading: Reading
    x: Floats
    y: Floats
    tool: Ints
    at: Ints
    kind: Ints


def _tracked(stream: Words, reading: Reading, *, in_order: bool) -> _Track:
    has = np.zeros(stream.statements, dtype=np.bool_)
    has[stream.statement[np.isin(stream.letter, (ord("X"), ord("Y")))]] = True
    has[_not_places(stream)] = False
    every = np.arange(stream.statements)
    tools = tool_changes(stream, in_order=in_order)
    at = np.flatnonzero(has)
    x, y = (_axis(stream, reading, letter) for letter in "XY")
    track = _Track(stream, reading, x, y, tools.at(every, -1).astype(np.int64), at, np.zeros(len(at), dtype=np.int64))
    return replace(track, kind=_kinds(track))


def _not_places(stream: Words) -> Ints:
    """Statements whose x and y are no place to drill at: steps, distances, origins, where the table parks."""
    return np.concatenate(
        (
            stream.statements_with("R"),
            copying(stream),
            events(stream, "G", (*_PLACES_ORIGIN, *_DWELLS)).statement,
            events(stream, "M", _TRAVELS).statement,
        )
    )


def _axis(stream: Words, reading: Reading, letter: str) -> Floats:
    """Where the table stands after each statement; a repeat leaves it at its last hole."""
    written = np.full(stream.statements, np.nan)
    index = stream.where(letter)
    index = index[~np.isin(stream.statement[index], _not_places(stream))]
    written[stream.statement[index]] = reading.millimetres(stream, index)
    is_step = events(stream, "G", (90, 91)).at(np.arange(stream.statements), 90) == 91
    for repeat in repeats(stream, reading.millimetres):
        written[repeat.statement] = repeat.count * (repeat.dx if letter == "X" else repeat.dy)
        is_step[repeat.statement] = True
    return standing(written, is_step)


def _kinds(track: _Track) -> Ints:
    """What each coordinate means in the mode of its moment."""
    stream, at = track.words, track.at
    mode = events(stream, "G", (*_ROUTING, *_DRILLING)).at(at, 5)
    down = events(stream, "M", (15, 16, 17))
    is_down = down.at(at, 15) == 15  # a file that never raises its tool has it down
    routing = np.isin(mode, _ROUTING)
    kind = np.where(routing, np.where(is_down & (mode != 0), CUT, MOVE), HOLE)
    on_one_line = np.isin(at, events(stream, "G", (85,)).statement)
    kind[on_one_line] = CUT
    kind[np.flatnonzero(on_one_line) - 1] = MOVE  # the slot's other end is no hole of its own
    kind[(kind == HOLE) & (track.tool[at] == 0)] = MOVE
    if len(at) > 1 and kind[-1] == HOLE and track.x[at[-1]] == track.y[at[-1]] == 0:
        kind[-1] = MOVE  # the machine goes home
    return kind


def _hits(track: _Track, header: Header, findings: tuple[Finding, ...]) -> DrillHits:
    x, y, where = _repeated(track)
    cut = track.at[track.kind == CUT]
    ends = np.column_stack((track.x[cut - 1], track.y[cut - 1], track.x[cut], track.y[cut]))
    _refuse_beyond(x, y, ends)
    tools = np.concatenate((track.tool[where], track.tool[cut]))
    mm_per_unit = track.reading.mm_per_unit
    sizes = _by_tool(tools, {int(tool): header.diameter_mm(int(tool), mm_per_unit) for tool in np.unique(tools)})
    plating = _by_tool(tools, {int(tool): _plating(header, int(tool)) for tool in np.unique(tools)})
    return DrillHits(
        x_mm=x,
        y_mm=y,
        diameter_mm=sizes[: len(x)],
        slots=np.column_stack((ends, sizes[len(x) :])),
        paths=_paths(track, cut),
        routed=~np.isin(cut, events(track.words, "G", (85,)).statement),
        plated=header.plated,
        plating=plating.astype(np.int64),
        findings=(*findings, *_sizeless(sizes, tools)),
    )


def _plating(header: Header, tool: int) -> float:
    plated = header.plating.get(tool)
    return -1 if plated is None else float(plated)


def _by_tool(tools: Ints, values: dict[int, float]) -> Floats:
    known, index = np.unique(tools, return_inverse=True)
    return np.array([values[int(tool)] for tool in known], dtype=np.float64)[index.ravel()]


def _repeated(track: _Track) -> tuple[Floats, Floats, Ints]:
    """The holes and the statement of each: the listed ones, `R5X0.1` as five more, and the copies of patterns."""
    stream, millimetres = track.words, track.reading.millimetres
    at = track.at[track.kind == HOLE]
    rows = [row for row in repeats(stream, millimetres) if len(at) and row.statement > at[0]]
    total = len(at) + sum(row.count for row in rows)
    if total > MOST_HOLES:
        raise DrillRefused("drill-too-large", f"This drill file asks for {total} holes.", EXPORT_AGAIN)
    listed = joined([Holes(track.x[at], track.y[at], at), *(_row_of_holes(track, row) for row in rows)])
    try:
        every = joined([listed, *copies(stream, millimetres, listed, most=MOST_HOLES - total)])
    except TooManyHoles as fault:
        raise DrillRefused("drill-too-large", f"This drill file asks for {fault} more holes.", EXPORT_AGAIN) from fault
    return every.x, every.y, every.where


def _row_of_holes(track: _Track, row: Repeat) -> Holes:
    back = np.arange(row.count - 1, -1, -1)
    x, y = track.x[row.statement], track.y[row.statement]
    return Holes(x - back * row.dx, y - back * row.dy, np.full(row.count, row.statement))


def _paths(track: _Track, cut: Ints) -> Ints:
    """Cuts that follow each other with the tool down are one slot."""
    position = np.searchsorted(track.at, cut)
    on_one_line = np.isin(cut, events(track.words, "G", (85,)).statement)
    new = np.concatenate(([True], (np.diff(position) > 1) | on_one_line[1:]))[: len(cut)]
    return np.cumsum(new)


def _refuse_beyond(*points: Floats) -> None:
    if any(p.size and np.abs(p).max() > LARGEST_MM for p in points):
        raise DrillRefused("drill-coordinates", "This drill file has holes beyond two metres.", EXPORT_AGAIN)


def _remarks(stream: Words, header: Header, *, reading: Reading, near: Box | None) -> tuple[Finding, ...]:
    found = []
    if not stream.writes_points and len(stream.where("X")) and header.whole is None:
        how = "as that puts the holes on the board" if near else "as is usual"
        severity = Severity.NOTE if near else Severity.ASK
        found.append(_finding(severity, "drill-format", f"does not state its number format; read as {reading}, {how}."))
    elif header.mm_per_unit is None:
        unit = "millimetre" if reading.mm_per_unit == 1 else "inch"
        found.append(_finding(Severity.ASK, "drill-no-units", f"does not state its unit; {unit} was taken."))
    if header.whole is not None and (header.whole, header.decimals) != (reading.whole, reading.decimals):
        found.append(
            _finding(Severity.ASK, "drill-format", f"states a format that misses the board; read as {reading}.")
        )
    if len(events(stream, "G", (2, 3)).statement) and len(stream.where("A")) + len(stream.where("I")):
        found.append(_finding(Severity.NOTE, "drill-arc", "routes arcs, which are shown as straight cuts."))
    if is_more_than_counted(stream):
        found.append(
            _finding(Severity.ASK, "drill-pattern", "uses patterns of holes that were not counted (G84, M97).")
        )
    return tuple(found)


def _sizeless(sizes: Floats, tools: Ints) -> tuple[Finding, ...]:
    if not np.isnan(sizes).any():
        return ()
    names = ", ".join(f"T{tool}" for tool in np.unique(tools[np.isnan(sizes)]).tolist()[:10])
    text = f"does not say the diameter of {names}."
    return (
        Finding(Severity.ASK, "drill-no-size", "", text, "Send the tool list, or export with sizes in the header."),
    )


def _finding(severity: Severity, code: str, message: str) -> Finding:
    return Finding(severity, code, "", message, EXPORT_AGAIN)
