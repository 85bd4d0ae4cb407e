"""Text in columns of blanks: Altium's and KiCad's reports, Eagle's part lists.

Altium sets numbers flush right and lets long footprints push them, Eagle sets words flush left: so a line is cut at the
headings where that cuts no word in two, else by its wide gaps, else by where its row of numbers stands. Where
headings and line have tabs, each stretch between them is cut by itself.
"""

from collections.abc import Sequence
from dataclasses import replace

from portal.intake.columns import HEADING_ROWS, Heading, heading_at, is_part_list
from portal.intake.headings import is_known, meanings
from portal.intake.lengths import read_length

LONGEST_HEADING_WORDS = 4
TAB = 8
NUMERIC = frozenset({"x", "y", "rotation"})


def fixed_width_rows(text: str) -> list[list[str]] | None:
    """Rows at their line numbers, or None when no line of headings is found."""
    lines = [line.rstrip() for line in text.splitlines()]
    for at, line in enumerate(lines[:HEADING_ROWS]):
        names = [name for _, name in _heading_starts(line.expandtabs(TAB))]
        heading = heading_at([names], 0)
        if heading and (heading.is_bom or heading.is_centroid):
            cut = _Cut(line, heading)
            rows = [*([above] for above in lines[:at]), names, *map(cut, lines[at + 1 :])]
            if heading.is_centroid or is_part_list(replace(heading, row=at), rows):
                return rows
    return None


def _heading_starts(line: str) -> list[tuple[int, str]]:
    """Where each heading begins. Words one blank apart are one heading when that is known, or the next is not."""
    words = _words(line.replace("#", " ", 1) if line.lstrip().startswith("#") else line)
    starts: list[tuple[int, str]] = []
    at = 0
    while at < len(words):
        length = _heading_words(words[at : at + LONGEST_HEADING_WORDS])
        starts.append((words[at][0], " ".join(word for _, word in words[at : at + length])))
        at += length
    return starts


def _words(line: str) -> list[tuple[int, str]]:
    words, position = [], 0
    for word in line.split():
        position = line.index(word, position)
        words.append((position, word))
        position += len(word)
    return words


def _heading_words(words: Sequence[tuple[int, str]]) -> int:
    """How many of the words make one heading: the longest known one, else the first word alone."""
    near = 1
    while near < len(words) and words[near][0] == words[near - 1][0] + len(words[near - 1][1]) + 1:
        near += 1
    known = (length for length in range(near, 1, -1) if is_known(" ".join(word for _, word in words[:length])))
    return next(known, 1)


class _Cut:
    """Cuts the lines below one line of headings into its columns."""

    def __init__(self, line: str, heading: Heading) -> None:
        self.heading = heading
        self.starts = [start for start, _ in _heading_starts(line.expandtabs(TAB))]
        self.stretches = [[start for start, _ in _heading_starts(part)] for part in _stretches(line)]

    def __call__(self, line: str) -> list[str]:
        if not line.strip():
            return []
        if between_tabs := self._between_tabs(line):
            return between_tabs
        shown = line.expandtabs(TAB)
        gaps = [part.strip() for part in shown.split("  ") if part.strip()]
        by_tokens = gaps if len(gaps) == len(self.starts) else aligned(shown.split(), self.heading)
        at_starts = _at_starts(shown, self.starts)
        return by_tokens if at_starts is None or self._is_shifted(at_starts, by_tokens) else at_starts

    def _is_shifted(self, at_starts: list[str], by_tokens: list[str]) -> bool:
        """A long footprint may push the numbers so far that each stands whole below its neighbour's heading."""
        places = [at for at, cell in enumerate(self.heading.text) if NUMERIC & meanings(cell).keys()]
        if not places or len(by_tokens) != len(self.starts):
            return False
        return not all(_is_number(at_starts[at]) for at in places) and all(_is_number(by_tokens[at]) for at in places)

    def _between_tabs(self, line: str) -> list[str] | None:
        """Fusion lays columns in two to four stretches with tabs between, of whatever number the eye needed."""
        stretches = _stretches(line)
        if len(self.stretches) < 2 or len(stretches) != len(self.stretches):
            return None
        cut = [_at_starts(part, starts) for part, starts in zip(stretches, self.stretches, strict=True)]
        cells = [cell for part in cut for cell in part or ()]
        return cells if all(cut) and len(cells) == len(self.starts) else None


def _stretches(line: str) -> list[str]:
    return [part.rstrip() for part in line.split("\t") if part.strip()]


def _at_starts(line: str, starts: list[int]) -> list[str] | None:
    """The line cut below its headings, the first from the margin; None where that would cut a word in two."""
    if all(start >= len(line) or line[start - 1] == " " for start in starts[1:]):
        return [line[start:end].strip() for start, end in zip([0, *starts[1:]], [*starts[1:], None], strict=True)]
    return None


def aligned(tokens: list[str], heading: Heading) -> list[str]:
    """Tokens to columns by the row of numbers; the text column before it and the last one take the blanks."""
    width = len(heading.text)
    if len(tokens) == width:
        return tokens
    numbers = _number_columns(heading)
    first, count = numbers.start, len(numbers)
    at = next((at for at in range(first, len(tokens)) if _are_numbers(tokens[at : at + count], count)), None)
    if at is None or not first:
        return tokens
    before = [*tokens[: first - 1], " ".join(tokens[first - 1 : at])]
    after = tokens[at + count :]
    room = width - first - count
    tail = [*after[: room - 1], " ".join(after[room - 1 :])] if room else []
    return [*before, *tokens[at : at + count], *tail]


def _number_columns(heading: Heading) -> range:
    """The longest run of neighbouring columns that hold numbers."""
    is_number = [bool(NUMERIC & meanings(cell).keys()) for cell in heading.text]
    best = range(0)
    start = 0
    for at, numeric in enumerate([*is_number, False]):
        if not numeric:
            best = max(best, range(start, at), key=len)
            start = at + 1
    return best


def _are_numbers(tokens: list[str], count: int) -> bool:
    return len(tokens) == count > 0 and all(map(_is_number, tokens))


def _is_number(cell: str) -> bool:
    return read_length(cell) is not None
