"""Designators out of a cell: lists, ranges, every separator seen in real files.

Scanners that look at each character a bounded number of times; no pattern that a long cell could choke.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

LONGEST_DESIGNATOR = 24
LONGEST_RANGE = 1_000
MOST_IN_A_CELL = 10_000

HARD_SEPARATORS = str.maketrans(dict.fromkeys(",;、，；|\n\r\t", ","))
RANGE_WORDS = frozenset({"to", "bis", "à", "a", "thru", "through", "до", "al", "do"})
RANGE_SIGNS = ("...", "..", "-", "~", "〜", "÷")
DASHES = str.maketrans({"–": "-", "—": "-", "−": "-", "‑": "-", "‐": "-", "…": "..", "～": "~"})
ALLOWED_MARKS = frozenset("_-+.#:?$/")

# Cyrillic and Greek letters that print like Latin ones, and come from a keyboard left in the other layout.
LOOK_ALIKES = str.maketrans("АВЕКМНОРСТХІЈЅΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEKMHOPCTXIJSABEZHIKMNOPTYX")


@dataclass(frozen=True, slots=True)
class Designators:
    """`unreadable` holds pieces of the cell that are no designators; `repaired` those with look-alike letters."""

    names: tuple[str, ...] = ()
    unreadable: tuple[str, ...] = ()
    repaired: tuple[str, ...] = ()
    has_long_range: bool = False


def read_designators(cell: str, quantity: int | None = None) -> Designators:
    """Every designator of a cell, ranges expanded.

    `quantity` settles "R1-3": three resistors, or one part that is called so.
    """
    as_ranges = _read(cell, expand=True)
    if quantity is None or len(as_ranges.names) == quantity:
        return as_ranges
    as_names = _read(cell, expand=False)
    return as_names if len(as_names.names) == quantity and not as_names.unreadable else as_ranges


def is_designator(text: str) -> bool:
    """Looks like R1, LED12, C3L2, J1A: what nearly every real one looks like."""
    return (
        1 < len(text) <= LONGEST_DESIGNATOR
        and text[0].isalpha()
        and text[0].isascii()
        and any(character.isdigit() for character in text)
        and all(character.isalnum() or character in "_-#" for character in text)
        and _leading_letters(text) <= 6
    )


def _leading_letters(text: str) -> int:
    return next((at for at, character in enumerate(text) if not character.isalpha()), len(text))


def looks_like_designators(cell: str) -> bool:
    """A cell that holds a list or range of ordinary designators and nothing else."""
    found = _read(cell[:500], expand=False)
    return bool(found.names) and not found.unreadable and all(map(_is_ordinary, found.names))


def _is_ordinary(name: str) -> bool:
    ends = _ends(name)
    return is_designator(f"{ends[0]}{ends[1]}" if ends else name)


def _read(cell: str, *, expand: bool) -> Designators:
    names: list[str] = []
    unreadable: list[str] = []
    repaired: list[str] = []
    long_range = False
    for raw in _pieces(cell):
        piece = latin(raw)
        if piece != raw:
            repaired.append(raw)
        ends = _ends(piece)
        if ends and ends[2] - ends[1] >= LONGEST_RANGE:
            long_range = True
            unreadable.append(piece)
        elif ends and expand:
            names += _expanded(*ends)
        elif _may_be_called(piece):
            names.append(piece)
        else:
            unreadable.append(piece)
        if len(names) > MOST_IN_A_CELL:
            return Designators(tuple(names[:MOST_IN_A_CELL]), tuple(unreadable), tuple(repaired), has_long_range=True)
    return Designators(tuple(dict.fromkeys(names)), tuple(unreadable), tuple(repaired), long_range)


def latin(name: str) -> str:
    """The name with look-alike letters replaced, if that makes it a Latin one; else as it is."""
    if name.isascii():
        return name
    replaced = name.translate(LOOK_ALIKES)
    return replaced if replaced.isascii() else name


def _pieces(cell: str) -> Iterator[str]:
    """Split at commas and the like; then at blanks, unless they belong to a range or to prose."""
    for item in _plain(cell).translate(HARD_SEPARATORS).split(","):
        words = item.split()
        if _is_prose(words):
            yield " ".join(words)
            continue
        for word in _joined_ranges(words):
            yield from _at_slashes(word)


def _plain(cell: str) -> str:
    """One kind of dash, no full-width letters, nothing invisible."""
    if cell.isascii():
        return cell
    narrow = unicodedata.normalize("NFKC", cell.translate(DASHES)).translate(DASHES)
    return "".join(character for character in narrow if unicodedata.category(character) != "Cf")


def _is_prose(words: list[str]) -> bool:
    """Several words, and one that cannot be a designator: “Mating wire connectors”."""
    return len(words) > 1 and any(not _has_digit(word) and not _is_range_mark(word) for word in words)


def _has_digit(word: str) -> bool:
    return any(character.isdigit() for character in word)


def _is_range_mark(word: str) -> bool:
    return word.casefold() in RANGE_WORDS or word in RANGE_SIGNS


def _joined_ranges(words: list[str]) -> Iterable[str]:
    """All of R1 to R4, R1 - R4 and R1 -R4 become R1-R4."""
    joined: list[str] = []
    for word in words:
        if joined and _is_range_mark(word):
            joined[-1] += "-"
        elif joined and (joined[-1].endswith("-") or word.startswith(("-", "~", ".."))):
            joined[-1] += word
        else:
            joined.append(word)
    return joined


def _at_slashes(word: str) -> Iterable[str]:
    parts = word.split("/")
    return parts if len(parts) > 1 and all(map(is_designator, parts)) else (word,)


def _ends(piece: str) -> tuple[str, int, int] | None:
    """Prefix, first and last number of a range: R1-R4, R1..4, C1A1~C1A4. None when it is a name."""
    for sign in RANGE_SIGNS:
        first, found, last = piece.partition(sign)
        if found:
            prefix, low = _numbered(first)
            other, high = _numbered(last)
            if prefix and low is not None and high is not None and other in {"", prefix} and high > low:
                return prefix, low, high
            return None
    return None


def _numbered(text: str) -> tuple[str, int | None]:
    digits = len(text) - len(text.rstrip("0123456789"))
    if not 0 < digits <= 12:
        return text, None
    return text[:-digits], int(text[-digits:])


def _expanded(prefix: str, low: int, high: int) -> Iterator[str]:
    return (f"{prefix}{number}" for number in range(low, high + 1))


def _may_be_called(piece: str) -> bool:
    """In a column of designators odd names are taken too: ANT, ?1, USB_1, J1#2, 3V3."""
    return (
        0 < len(piece) <= LONGEST_DESIGNATOR
        and any(character.isalpha() or character == "?" for character in piece)
        and all(character.isalnum() or character in ALLOWED_MARKS for character in piece)
    )
