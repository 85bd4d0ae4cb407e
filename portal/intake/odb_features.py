"""The `features` file of a layer, a profile or a symbol in an ODB++ job: pads, strokes and surfaces in millimetres.

Records are numbered as the netlist of the job counts them; text and bar codes count, and are kept apart.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from portal.board.arcs import flattened, sweep_rad
from portal.board.shapes import Ring
from portal.intake.odb_fonts import PEN_MM, Text
from portal.intake.odb_text import mm_per_unit, text_of

SYMBOL = re.compile(r"\$(\d{1,6})\s+(\S{1,200})(?:\s+([IM]))?")
ATTRIBUTE_NAME = re.compile(r"@(\d{1,7})\s(.*)")
LETTERS = re.compile(r"T (\S+) (\S+) \S+ ([PN]) (?:([0-7])|([89]) (\S+)) (\S+) (\S+) (\S+) '(.*)'")
MOST = 1e6  # of any unit
SYMBOL_UNIT = {"I": 0.0254, "M": 0.001}


class Pad(NamedTuple):
    """`turn_deg` clockwise, after the mirror in X. `scale` is seldom other than 1."""

    number: int
    clear: bool
    symbol: int
    at: tuple[float, float]
    turn_deg: float
    mirrored: bool
    scale: float
    tool: int
    said: str  # its attributes as they stand in the file


class Stroke(NamedTuple):
    """ends: x0, y0, x1, y1; `sweep` radians about the centre, 0 for a line."""

    number: int
    clear: bool
    symbol: int
    ends: tuple[float, float, float, float]
    centre: tuple[float, float]
    sweep: float
    tool: int
    said: str  # its attributes as they stand in the file


class Surface(NamedTuple):
    """Contours in order: (whether it is a hole in the last island, its ring)."""

    number: int
    clear: bool
    contours: tuple[tuple[bool, Ring], ...]


Feature = Pad | Stroke | Surface


@dataclass
class Features:
    """`symbols`: number -> (name, millimetres of one unit in the name). `unread` counts lines that say nothing.

    `texts` counts all texts and bar codes; `written` are the texts that can be drawn where their font is known.
    """

    symbols: dict[int, tuple[str, float]] = field(default_factory=dict)
    features: list[Feature] = field(default_factory=list)
    names: dict[int, str] = field(default_factory=dict)  # of the attributes
    unread: int = 0
    texts: int = 0
    written: list[Text] = field(default_factory=list)

    def attributes(self, feature: Pad | Stroke) -> dict[str, str]:
        """`0=3,1;ID=7`: attribute 0 has text or value 3, attribute 1 is true."""
        found = {}
        for pair in feature.said.partition(";")[0].split(","):
            name, _, value = pair.strip().partition("=")
            if name.isdecimal() and len(name) < 8:
                found[self.names.get(int(name), "")] = value
        return found


def read_features(data: bytes, *, mm: float) -> Features:
    """`mm` is the unit of the step, for files that do not say theirs. Raises PackageRefused for a damaged .Z file."""
    text = text_of(data)
    return _Reader(text, mm_per_unit(text) or mm).read()


class _Reader:
    """Line after line; the names of attributes and symbols stand before the features that use them."""

    def __init__(self, text: str, mm: float) -> None:
        self.lines = [line for line in text.split("\n") if line and line[0] != "#"]  # comments part contours, too
        self.mm = mm
        self.found = Features()
        self.count = 0
        self.at = 0

    def read(self) -> Features:
        while self.at < len(self.lines):
            line = self.lines[self.at]
            self.at += 1
            if line[:2] in _READERS:
                self._feature(line)
            elif line[:1] in {"$", "@"}:
                self._name(line)
        return self.found

    def _feature(self, line: str) -> None:
        record, _, said = line.partition(";")
        try:
            _READERS[line[:2]](self, record.split(), said)
        except (ValueError, LookupError):
            self.found.unread += 1
        self.count += 1

    def _name(self, line: str) -> None:
        if symbol := SYMBOL.match(line):
            unit = SYMBOL_UNIT.get(symbol[3], 0.001 * self.mm)
            self.found.symbols[int(symbol[1])] = (symbol[2].lower(), unit)
        elif name := ATTRIBUTE_NAME.match(line):
            self.found.names[int(name[1])] = name[2].strip().lower()

    def _mm(self, words: list[str]) -> tuple[float, ...]:
        return tuple([_number(word) * self.mm for word in words])

    def pad(self, words: list[str], said: str) -> None:
        """P x y symbol polarity tool orientation; `-1 symbol factor` for a scaled one."""
        x, y = self._mm(words[1:3])
        scale = _number(words[5]) if words[3] == "-1" else 1.0
        if scale <= 0:
            raise ValueError(words)
        symbol, rest = (words[4], words[6:]) if words[3] == "-1" else (words[3], words[4:])
        orientation = _ORIENTATIONS[rest[2]]
        turn = _number(rest[3]) if orientation > 7 else orientation % 4 * 90.0
        mirrored = orientation in {4, 5, 6, 7, 9}
        pad = Pad(self.count, _is_clear(rest[0]), int(symbol), (x, y), turn, mirrored, scale, int(rest[1]), said)
        self.found.features.append(pad)

    def line(self, words: list[str], said: str) -> None:
        """L x0 y0 x1 y1 symbol polarity tool"""
        x0, y0, x1, y1 = self._mm(words[1:5])
        clear, tool = _is_clear(words[6]), int(words[7]) if len(words) > 7 else 0
        stroke = Stroke(self.count, clear, int(words[5]), (x0, y0, x1, y1), (0.0, 0.0), 0.0, tool, said)
        self.found.features.append(stroke)

    def arc(self, words: list[str], said: str) -> None:
        """A x0 y0 x1 y1 xc yc symbol polarity tool clockwise"""
        x0, y0, x1, y1, cx, cy = self._mm(words[1:7])
        sweep = sweep_rad(
            np.array([(x0 - cx, y0 - cy)]), np.array([(x1 - cx, y1 - cy)]), clockwise=np.array([words[10] == "Y"])
        )
        clear, tool = _is_clear(words[8]), int(words[9])
        ends = (x0, y0, x1, y1)
        stroke = Stroke(self.count, clear, int(words[7]), ends, (cx, cy), float(sweep[0]), tool, said)
        self.found.features.append(stroke)

    def surface(self, words: list[str], _said: str) -> None:
        """S polarity, then contours up to SE."""
        clear = _is_clear(words[1])
        contours = tuple(self._contours())
        self.found.features.append(Surface(self.count, clear, contours))

    def text(self, words: list[str], _said: str) -> None:
        """T x y font polarity orientation [angle] width height pen 'letters' version; bar codes are only counted."""
        self.found.texts += 1
        record = " ".join(words)
        if (found := LETTERS.match(record)) is None:
            return
        x, y, polarity, quarter, free, angle, *size, pen, letters = found.groups()
        orientation = int(quarter or free)
        turn = _number(angle) if free else orientation % 4 * 90.0
        at, box = self._mm([x, y]), self._mm(size)
        mirrored = orientation in {4, 5, 6, 7, 9}
        self.found.written.append(
            Text(polarity == "N", (at[0], at[1]), turn, mirrored, (box[0], box[1]), _number(pen) * PEN_MM, letters)
        )

    def _contours(self) -> Iterator[tuple[bool, Ring]]:
        """OB begins a contour (I an island, H a hole), OE ends it. Where a feature follows, the surface was cut off."""
        while self.at < len(self.lines):
            line = self.lines[self.at]
            if line[:2] in _READERS:
                return
            self.at += 1
            if line.startswith("SE"):
                return
            if line.startswith("OB"):
                yield from self._contour(line.split())

    def _contour(self, words: list[str]) -> Iterator[tuple[bool, Ring]]:
        begin = self.at
        while self.at < len(self.lines) and self.lines[self.at][:2] in {"OS", "OC"}:
            self.at += 1
        steps = self.lines[begin : self.at]
        try:
            start = self._mm(words[1:3])
            ring = self._straight(start, steps) if not any(s[1] == "C" for s in steps) else self._curved(start, steps)
            is_hole = words[3].startswith("H")
        except (ValueError, IndexError):
            self.found.unread += 1
            return
        yield is_hole, ring

    def _straight(self, start: tuple[float, ...], steps: list[str]) -> Ring:
        """OS x y, in bulk: planes have a hundred thousand of them."""
        numbers = " ".join(steps).replace("OS", " ").split()
        points = np.array(numbers, dtype=np.float64).reshape(-1, 2) * self.mm
        if not (np.abs(points) <= MOST).all():
            raise ValueError(steps)
        return _open(np.concatenate((np.array([start]), points)))

    def _curved(self, start: tuple[float, ...], steps: list[str]) -> Ring:
        """OS x y, and OC x y xc yc clockwise."""
        rows = [step.split() for step in steps]
        ends = np.array([self._mm(row[1:3]) for row in rows]).reshape(-1, 2)
        starts = np.concatenate((np.array([start]), ends[:-1]))
        is_arc = np.array([row[0] == "OC" for row in rows])
        centres = np.array([self._mm(row[3:5]) if row[0] == "OC" else (0.0, 0.0) for row in rows]).reshape(-1, 2)
        clockwise = np.array([row[5] == "Y" if row[0] == "OC" else False for row in rows])
        sweep = np.where(is_arc, sweep_rad(starts - centres, ends - centres, clockwise=clockwise), 0.0)
        x, y, _ = flattened(np.hstack((starts, ends)), centres, sweep)
        return _open(np.concatenate((np.array([start]), np.column_stack((x, y)))))


def _open(ring: Ring) -> Ring:
    """The ring without its last point where that is the first again."""
    return ring[:-1] if len(ring) > 1 and np.allclose(ring[0], ring[-1], atol=1e-6, rtol=0) else ring


def _number(word: str) -> float:
    """Raises ValueError for what is none, NaN among them, or beyond what any file means."""
    value = float(word)
    if not -MOST <= value <= MOST:
        raise ValueError(word)
    return value


def _is_clear(word: str) -> bool:
    if word not in {"P", "N"}:
        raise ValueError(word)
    return word == "N"


_ORIENTATIONS = {str(number): number for number in range(10)}  # the last two say an angle
_READERS: dict[str, Callable[[_Reader, list[str], str], None]] = {
    "P ": _Reader.pad,
    "L ": _Reader.line,
    "A ": _Reader.arc,
    "S ": _Reader.surface,
    "T ": _Reader.text,
    "B ": _Reader.text,
}
