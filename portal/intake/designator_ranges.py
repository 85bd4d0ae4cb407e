"""R1-R4, R1..4, C1:C4, R01 to R12: several designators said by the first and the last of them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

LONGEST_RANGE = 1_000
RANGE_WORDS = frozenset({"to", "bis", "à", "a", "thru", "through", "до", "al", "do", "até", "t/m", "->", "=>"})
RANGE_SIGNS = ("...", "..", "-", "~", "〜", "÷")
DIGITS = "0123456789"
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class Range:
    """`width` is how many digits the first number was written with: R01 is followed by R02."""

    prefix: str
    low: int
    high: int
    width: int = 1

    @property
    def is_long(self) -> bool:
        return self.high - self.low >= LONGEST_RANGE

    def names(self) -> Iterator[str]:
        return (f"{self.prefix}{number:0{self.width}d}" for number in range(self.low, self.high + 1))


def range_of(piece: str) -> Range | None:
    """None when it is a name. A colon is a range only between two whole names: R1:1 counts, R1:R4 spans."""
    for sign in RANGE_SIGNS:
        first, found, last = piece.partition(sign)
        if found:
            return _between(first, last, others=("", numbered(first)[0]))
    first, found, last = piece.partition(":")
    return _between(first, last, others=(numbered(first)[0],)) if found else None


def _between(first: str, last: str, *, others: tuple[str, ...]) -> Range | None:
    prefix, low = numbered(first)
    other, high = numbered(last)
    if prefix and low is not None and high is not None and other in others and high > low:
        digits = len(first) - len(prefix)
        return Range(prefix, low, high, digits if first[-digits] == "0" else 1)
    return None


def lettered(piece: str) -> tuple[str, ...]:
    """C1A, C1B, C1C of "C1A-C1C" or "C1A-C": one number, several letters; nothing where it is a name only."""
    for sign in RANGE_SIGNS:
        first, found, last = piece.partition(sign)
        if found and last[:-1] in {"", first[:-1]} and numbered(first[:-1])[1] is not None:
            letters = LETTERS[LETTERS.find(first[-1]) : LETTERS.find(last[-1:] or "?") + 1]
            return tuple(first[:-1] + letter for letter in letters) if first[-1] in LETTERS else ()
    return ()


def numbered(text: str) -> tuple[str, int | None]:
    """What stands before the number at the end, and that number."""
    digits = len(text) - len(text.rstrip(DIGITS))
    if not 0 < digits <= 12:
        return text, None
    return text[:-digits], int(text[-digits:])


def is_range_mark(word: str) -> bool:
    return word.casefold() in RANGE_WORDS or word in RANGE_SIGNS


def joined_ranges(words: Iterable[str]) -> list[str]:
    """All of R1 to R4, R1 - R4 and R1 -R4 become R1-R4."""
    joined: list[str] = []
    for word in words:
        if joined and is_range_mark(word):
            joined[-1] += "-"
        elif joined and (joined[-1].endswith("-") or word.startswith(("-", "~", ".."))):
            joined[-1] += word
        else:
            joined.append(word)
    return joined
