"""Machine language of the plotters and drills: letter + number, in statements, read as arrays.

Gerber (`X100Y200D01*`) and Excellon (`X1.5Y2.5`, one a line) are both that. All steps work on the whole file at
once; nothing here loops over coordinates. Nearly every file is nothing but letters and whole numbers and is read
the short way, see digits.py; a point, or a statement of anything else, makes it go the careful way.
"""

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from portal.intake.digits import NotWhole, whole_numbers

MOST_DIGITS = 15  # what a float holds exactly; real files have 6 to 8

_LETTER, _END, _DIGIT, _SIGN, _DOT, _OTHER = range(6)
_BLANKS = b"\t\n\r "
_NOWHERE = np.empty(0, dtype=np.int64)


def _classes(end: int) -> NDArray[np.uint8]:
    table = np.full(256, _OTHER, dtype=np.uint8)
    table[65:91] = _LETTER
    table[48:58] = _DIGIT
    table[[43, 45]] = _SIGN
    table[46] = _DOT
    table[end] = _END
    return table


@dataclass(frozen=True, eq=False)
class Words:
    """`statement` counts from 0. `digits` counts them without sign and point; `dotted`: it has a decimal point.

    `unread` is the number of statements left out because they are not made of letters and numbers.
    """

    letter: NDArray[np.uint8]
    value: NDArray[np.float64]
    digits: NDArray[np.int64]
    dotted: NDArray[np.bool_]
    statement: NDArray[np.int64]
    statements: int
    unread: int
    _found: dict[str, NDArray[np.int64]] = field(default_factory=dict)
    _stand: dict[str, NDArray[np.int64]] = field(default_factory=dict)

    @cached_property
    def writes_points(self) -> bool:
        """Whether coordinates here have decimal points: then a number without one is whole units."""
        return bool(self.dotted.any()) and any(self.dotted[self.where(letter)].any() for letter in "XY")

    @cached_property
    def _letters(self) -> bytes:
        return self.letter.tobytes()

    def where(self, letter: str) -> NDArray[np.int64]:
        """The indices of the words that start with this letter."""
        if letter not in self._found:
            there = letter.encode() in self._letters  # most files lack most letters, and to look for one costs nothing
            self._found[letter] = np.flatnonzero(self.letter == ord(letter)) if there else _NOWHERE
        return self._found[letter]

    def statements_with(self, letter: str) -> NDArray[np.int64]:
        """The statement of each of these words."""
        if letter not in self._stand:
            self._stand[letter] = self.statement[self.where(letter)]
        return self._stand[letter]


class TooManyDigits(ValueError):
    """A number longer than any coordinate."""


def words(stream: bytes, *, end: bytes) -> Words:
    """Split a stream into words. A statement that is anything else is left out whole and counted."""
    try:
        return _plain(stream.lstrip(_BLANKS), end[0])
    except NotWhole:
        stream = stream.translate(None, _BLANKS.replace(end, b""))
    try:
        return _plain(stream, end[0])
    except NotWhole:
        return _careful(stream, end[0])


def _plain(stream: bytes, end: int) -> Words:
    """Whole numbers only, and blanks only behind an end, else NotWhole."""
    text = np.frombuffer(stream, dtype=np.uint8)
    is_end = text == end
    marks = np.flatnonzero((text >= ord("A")) | is_end)
    sign = text[marks]
    nth = np.flatnonzero(sign != end)
    if not len(nth) or marks[0] != 0:
        raise NotWhole
    at, letter = marks[nth], sign[nth]
    if letter.max() > ord("Z"):
        raise NotWhole
    length = np.empty(len(marks), dtype=np.int64)
    np.subtract(marks[1:], marks[:-1], out=length[:-1])
    length[-1] = len(text) - marks[-1]
    length = length[nth] - 1
    if len(text) != len(marks) + int(length.sum()) + _blanks_behind_ends(text, is_end):
        raise NotWhole
    value, digits = whole_numbers(stream, at + 1, length)
    if digits.max() > MOST_DIGITS:
        raise TooManyDigits
    return Words(
        letter=letter,
        value=value,
        digits=digits,
        dotted=np.zeros(len(at), dtype=np.bool_),
        statement=nth - np.arange(len(nth)),  # as many marks before it were ends
        statements=len(marks) - len(at) + 1,
        unread=0,
    )


def _blanks_behind_ends(text: NDArray[np.uint8], is_end: NDArray[np.bool_]) -> int:
    """How many blanks there are, all of which must be between a statement and the next."""
    blank = (text == _BLANKS[0]) | (text == _BLANKS[1]) | (text == _BLANKS[2]) | (text == _BLANKS[3])
    blank &= ~is_end
    if (blank[1:] > (blank[:-1] | is_end[:-1])).any():
        raise NotWhole
    return int(np.count_nonzero(blank))


def _careful(stream: bytes, end: int) -> Words:
    text = np.frombuffer(stream, dtype=np.uint8)
    kind = _classes(end)[text]
    faults = _faults(kind)
    unread = 0
    if len(faults):
        statement = np.cumsum(kind == _END, dtype=np.int32)
        bad = np.unique(statement[faults])
        keep = ~np.isin(statement, bad) | (kind == _END)
        text, kind, unread = text[keep], kind[keep], len(bad)
    return _read(text, kind, unread)


def _read(text: NDArray[np.uint8], kind: NDArray[np.uint8], unread: int) -> Words:
    """Only letters and ends are looked at one by one: they are a quarter of the bytes."""
    marks = np.flatnonzero(kind <= _END)
    is_letter = kind[marks] == _LETTER
    at = marks[is_letter]
    length = np.diff(np.append(marks, len(text)))[is_letter] - 1
    dot = np.flatnonzero(kind == _DOT)
    dotted = np.zeros(len(at), dtype=np.bool_)
    dotted[np.searchsorted(at, dot) - 1] = True
    digits = length - dotted - (kind[np.minimum(at + 1, len(kind) - 1)] == _SIGN)
    if len(digits) and digits.max() > MOST_DIGITS:
        raise TooManyDigits
    return Words(
        letter=text[at],
        value=_numbers(text, kind),
        digits=digits,
        dotted=dotted,
        statement=np.cumsum(~is_letter)[is_letter],
        statements=len(marks) - len(at) + 1,
        unread=unread,
    )


def _faults(kind: NDArray[np.uint8]) -> NDArray[np.int64]:
    """Positions that break letter, sign, digits with at most one point: the rest of the world's text."""
    before = np.concatenate(([_END], kind[:-1])).astype(np.uint8)
    after = np.concatenate((kind[1:], [_END])).astype(np.uint8)
    numeric_next = (after == _DIGIT) | (after == _DOT)
    fault = kind == _OTHER
    fault |= (kind == _LETTER) & ~numeric_next & (after != _SIGN)
    fault |= (kind == _SIGN) & ((before != _LETTER) | ~numeric_next)
    fault |= (kind == _DIGIT) & (before == _END)
    fault |= (kind == _DOT) & ((before != _DIGIT) & (after != _DIGIT) | (before == _END) | (before == _DOT))
    return np.concatenate((np.flatnonzero(fault), _second_dots(kind)))


def _second_dots(kind: NDArray[np.uint8]) -> NDArray[np.int64]:
    """A number has one point: any further one since the last letter is a fault."""
    dots = np.flatnonzero(kind == _DOT)
    number = np.searchsorted(np.flatnonzero(kind <= _END), dots) if len(dots) else dots
    return np.asarray(dots[1:][number[1:] == number[:-1]])


def _numbers(text: NDArray[np.uint8], kind: NDArray[np.uint8]) -> NDArray[np.float64]:
    """Every number in order. The bytes were checked before, so that the C parser cannot stumble."""
    spaced = np.where(kind <= _END, np.uint8(32), text).tobytes()
    return np.fromstring(spaced, dtype=np.float64, sep=" ") if spaced.strip() else np.empty(0)
