"""KiCad's layers: what each is called in this file, and what it is.

Up to version 5 a layer that the user renamed is written by his name, and only its number tells what it is; the
numbers changed with version 4 of the format. From 6 on the file has KiCad's own names and the user's beside them.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from portal.intake.s_expressions import Node

TOP_COPPER, BOTTOM_COPPER, EDGE = "F.Cu", "B.Cu", "Edge.Cuts"
COPPER = re.compile(r"(?:F|B|In(\d{1,2}))\.Cu")
PAIRS = ("Adhes", "Paste", "SilkS", "Mask")
OUTER = (TOP_COPPER, BOTTOM_COPPER)
TECHNICAL = frozenset({EDGE, *(f"{side}.{pair}" for pair in PAIRS for side in "FB")})
FIRST_OF_4 = 4  # the file version from which copper is counted from the top: 0 is F.Cu, 31 is B.Cu
OLD_TOP = 15

# Number -> name, in pairs of bottom and top; copper has rules of its own.
NUMBERS_OF_3 = {16 + at: name for at, name in enumerate(f"{side}.{pair}" for pair in PAIRS for side in "BF")}
NUMBERS_OF_4 = {number + 16: name for number, name in NUMBERS_OF_3.items()}
EDGE_OF_3, EDGE_OF_4, BOTTOM_OF_4 = 28, 44, 31


@dataclass(frozen=True, slots=True)
class Layers:
    """`copper` from the top; `names`: as this file writes it -> KiCad's own name; `shown`: that -> the user's."""

    copper: tuple[str, ...]
    names: Mapping[str, str] = field(default_factory=dict)
    shown: Mapping[str, str] = field(default_factory=dict)

    def called(self, word: str) -> str:
        return self.names.get(word, word)

    def of(self, words: Iterable[str]) -> frozenset[str]:
        """Every layer that is meant: *.Cu is all copper, F&B.Cu both outer layers, *.Mask both masks."""
        return frozenset(name for word in words for name in self._meant(self.called(word)))

    def between(self, first: str, last: str) -> tuple[str, ...]:
        """Copper layers from one to the other, both included; none where one of them is not on this board."""
        if first not in self.copper or last not in self.copper:
            return ()
        low, high = sorted((self.copper.index(first), self.copper.index(last)))
        return self.copper[low : high + 1]

    def _meant(self, word: str) -> tuple[str, ...]:
        if word == "*.Cu":
            return self.copper
        if word.startswith("*."):
            return (f"F{word[1:]}", f"B{word[1:]}")
        if word.startswith("F&B."):
            return (f"F{word[3:]}", f"B{word[3:]}")
        return (word,)


def read_layers(board: Node, version: int) -> Layers:
    table = board.first("layers")
    rows = [Node(row.name, [word for word in row.words if word != "hide"]) for row in _rows(table)]
    copper_count = sum(_is_copper_number(int(row.name), version) for row in rows)
    names = {row.words[0]: _own_name(row, version, copper_count) for row in rows}
    copper = sorted({name for name in names.values() if COPPER.fullmatch(name)}, key=_depth)
    shown = {names[row.words[0]]: ([*row.words[:1], *row.words[2:]][-1]) for row in rows}
    return Layers(tuple(copper) or OUTER, names, shown)


def _rows(table: Node | None) -> Iterator[Node]:
    """(number name kind [the user's name] [hide])."""
    for row in table.children if table else ():
        if row.words and row.name.isascii() and row.name.isdigit() and len(row.name) < 4:
            yield row


def _own_name(row: Node, version: int, copper_count: int) -> str:
    written, number = row.words[0], int(row.name)
    if COPPER.fullmatch(written) or written in TECHNICAL:
        return written
    if version < FIRST_OF_4:
        return _name_of_3(number, copper_count) or written
    if version < 20_200_000:
        return _name_of_4(number) or written
    return written


def _is_copper_number(number: int, version: int) -> bool:
    return number <= (OLD_TOP if version < FIRST_OF_4 else BOTTOM_OF_4)


def _name_of_3(number: int, copper_count: int) -> str | None:
    """Copper was counted from the bottom: 15 is the top, 0 the bottom, inner layers upwards from 1."""
    if number in (0, OLD_TOP):
        return TOP_COPPER if number else BOTTOM_COPPER
    if number < OLD_TOP:
        return f"In{max(copper_count - 1 - number, 1)}.Cu"
    return EDGE if number == EDGE_OF_3 else NUMBERS_OF_3.get(number)


def _name_of_4(number: int) -> str | None:
    if number in (0, BOTTOM_OF_4):
        return BOTTOM_COPPER if number else TOP_COPPER
    if number < BOTTOM_OF_4:
        return f"In{number}.Cu"
    return EDGE if number == EDGE_OF_4 else NUMBERS_OF_4.get(number)


def _depth(name: str) -> int:
    found = COPPER.fullmatch(name)
    return int(found[1]) if found and found[1] else (0 if name == TOP_COPPER else 100)
