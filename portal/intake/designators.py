"""Designators out of a cell: lists, ranges, every separator seen in real files.

Scanners that look at each character a bounded number of times; no pattern that a long cell could choke.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from portal.intake.designator_looks import (
    USUAL,
    is_decimal_name,
    is_designator,
    latin,
    may_be_called,
)
from portal.intake.designator_ranges import (
    LONGEST_RANGE,
    Range,
    is_range_mark,
    joined_ranges,
    lettered,
    numbered,
    range_of,
)

__all__ = [
    "LONGEST_RANGE",
    "Designators",
    "are_usual_designators",
    "is_designator",
    "latin",
    "looks_like_designators",
    "read_designators",
]

LONGEST_GOING_ON = 9
MOST_IN_A_CELL = 10_000

HARD_SEPARATORS = str.maketrans(dict.fromkeys(",;、，；|&和及与と\n\r\t", ","))
AND_WORDS = frozenset({"and", "und", "et", "y", "e", "i", "и", "en", "och", "oraz", "및", "+"})
DASHES = str.maketrans({"至": "-", "–": "-", "—": "-", "−": "-", "‑": "-", "‐": "-", "…": "..", "～": "~", "→": "-"})
SIGNS = str.maketrans(":+/", "   ")
WRAPPERS = "[]{}\"'“”>"


@dataclass(frozen=True, slots=True)
class Designators:
    """`unreadable` holds pieces of the cell that are no designators; `repaired` those with look-alike letters.

    `noted`: a designator and what stands in brackets behind it, as in "R5 (DNP)".
    """

    names: tuple[str, ...] = ()
    unreadable: tuple[str, ...] = ()
    repaired: tuple[str, ...] = ()
    has_long_range: bool = False
    noted: tuple[tuple[str, str], ...] = ()


@dataclass(slots=True)
class _Found:
    """The same, while a cell is being read."""

    names: dict[str, None] = field(default_factory=dict)
    unreadable: list[str] = field(default_factory=list)
    repaired: list[str] = field(default_factory=list)
    noted: list[tuple[str, str]] = field(default_factory=list)
    has_long_range: bool = False
    prefix: str = ""  # of the last name: "R1, 2, 5" goes on with it

    def add(self, raw: str, *, expand: bool, letters: bool = False) -> None:
        piece = latin(raw)
        if piece != raw:
            self.repaired.append(raw)
        span = range_of(piece)
        if span and span.is_long:
            self.has_long_range = True
            self.unreadable.append(piece)
        elif span and expand:
            self._name(*span.names())
        elif letters and (names := lettered(piece)):
            self._name(*names)
        elif expand and (more := self._going_on(piece)):
            self._name(*more.names())
        elif may_be_called(piece) and not _is_several(piece):
            self._name(piece)
        elif not self._add_noted(piece):
            self.unreadable.append(piece)

    def _going_on(self, piece: str) -> Range | None:
        """The 2 and the 5-7 of "R1, 2, 5-7"."""
        if not self.prefix or not piece.isascii() or not piece[:1].isdecimal() or len(piece) > LONGEST_GOING_ON:
            return None
        span = range_of(f"{self.prefix}{piece}")
        if span and not span.is_long:
            return span
        return Range(self.prefix, int(piece), int(piece)) if piece.isdecimal() else None

    def _name(self, *names: str) -> None:
        self.names |= dict.fromkeys(names)
        prefix, number = numbered(names[-1])
        self.prefix = prefix if number is not None and prefix.isalpha() else ""

    def _add_noted(self, piece: str) -> bool:
        """For "R5 (DNP)" and "R5*": the part is there; what the mark means, the caller asks."""
        name, _, rest = piece.partition("(")
        mark = rest.removesuffix(")") if rest.endswith(")") else "*" if piece.endswith("*") else ""
        name = name.rstrip("* ")
        if mark and is_designator(name):
            self._name(name)
            self.noted.append((name, mark))
        return bool(mark) and is_designator(name)


def read_designators(cell: str, quantity: int | None = None) -> Designators:
    """Every designator of a cell, ranges expanded.

    `quantity` settles "R1-3": three resistors, or one part that is called so; only it makes several of "J1A-J1B".
    """
    as_ranges = _read(cell, expand=True)
    if quantity is None or len(as_ranges.names) == quantity:
        return as_ranges
    others = (_read(cell, expand=False), _read(cell, expand=True, letters=True))
    return next((found for found in others if len(found.names) == quantity and not found.unreadable), as_ranges)


def looks_like_designators(cell: str) -> bool:
    """A cell that holds a list or range of ordinary designators and nothing else."""
    found = _read(cell[:500], expand=False)
    return bool(found.names) and not found.unreadable and all(map(_is_ordinary, found.names))


def are_usual_designators(cell: str) -> bool:
    """The same with letters and numbers that parts on a board have: LM358 and BC547 look like designators, too."""
    if not looks_like_designators(cell):
        return False
    apart = (numbered(name) for name in read_designators(cell[:500]).names)
    return all(prefix.upper().rstrip("_$") in USUAL and (number or 0) < 10_000 for prefix, number in apart)


def _is_ordinary(name: str) -> bool:
    span = range_of(name)
    return is_designator(f"{span.prefix}{span.low}" if span else name)


def _read(cell: str, *, expand: bool, letters: bool = False) -> Designators:
    found = _Found()
    for raw in _pieces(cell):
        found.add(raw, expand=expand, letters=letters)
        if len(found.names) > MOST_IN_A_CELL:
            found.has_long_range = True
            break
    return Designators(
        tuple(found.names)[:MOST_IN_A_CELL],
        tuple(found.unreadable),
        tuple(found.repaired),
        found.has_long_range,
        tuple(found.noted),
    )


def _pieces(cell: str) -> Iterator[str]:
    """Split at commas and the like; then at blanks, unless they belong to a range, a note or prose."""
    if is_decimal_name(cell):
        yield cell
        return
    for item in _plain(cell).translate(HARD_SEPARATORS).split(","):
        words = _joined_notes(item.strip(WRAPPERS + " ").split())
        if len(words) > 2:
            words = [word for word in words if word.casefold() not in AND_WORDS and word not in {"/", "\\"}]
        if _is_prose(words):
            yield " ".join(words)
            continue
        for word in joined_ranges(_joined_numbers(words)):
            yield from _at_signs(word)


def _joined_notes(words: list[str]) -> list[str]:
    """For "R5 (DNP)" is one word, the note is about that part."""
    joined: list[str] = []
    for word in words:
        if joined and word.startswith("(") and word.endswith(")") and is_designator(joined[-1]):
            joined[-1] += word
        else:
            joined.append(word)
    return joined


def _joined_numbers(words: list[str]) -> list[str]:
    """For "R 1" is R1."""
    if len(words) == 2 and words[0].isalpha() and len(words[0]) < 4 and words[1].isdecimal():
        return ["".join(words)]
    return words


def _plain(cell: str) -> str:
    """One kind of dash, no full-width letters, nothing invisible."""
    if cell.isascii():
        return cell
    narrow = unicodedata.normalize("NFKC", cell.translate(DASHES)).translate(DASHES)
    return "".join(character for character in narrow if unicodedata.category(character) != "Cf")


def _is_prose(words: list[str]) -> bool:
    """Several words, and one that cannot be a designator: “Mating wire connectors”."""
    if len(_joined_numbers(words)) == 1:
        return False
    return any(not any(map(str.isdigit, word)) and not is_range_mark(word) for word in words)


def _is_several(piece: str) -> bool:
    """Two names with a sign between that nobody knows: never one part that is called so."""
    return sum(map(is_designator, piece.translate(SIGNS).split())) > 1


def _at_signs(word: str) -> Iterable[str]:
    """At slashes and the like where each part is a designator or a range: C24/C34, R1+R2, R1-R2-R3, R1..R4/R9."""
    for sign in "/+\\":
        parts = word.split(sign)
        if len(parts) > 1 and all(is_designator(part) or range_of(part) for part in parts):
            return parts
    parts = word.split("-")
    return parts if len(parts) > 2 and all(map(is_designator, parts)) else (word,)
