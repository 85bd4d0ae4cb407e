"""KiCad's files are s-expressions: (name word word (child …) …). Read in one pass, in bounded memory, no recursion.

Most of a board file is points of filled areas: a list of them is kept as one piece of text until somebody asks.
"""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from portal.errors import PackageRefused

DEEPEST = 64  # real files reach 12
MOST_TOKENS = 6_000_000  # blanks among them; twice what a board of 50 MB has, and about 500 MB of memory
LARGEST_MM = 10_000.0

SAVE_AGAIN = "Open the board in KiCad, save it, and send it again, or send its Gerber, drill and placement files."

# Points of one polygon are one token; identifiers that nobody needs are skipped; the rest is names, texts and brackets.
TOKEN = re.compile(
    r"""
      \(pts((?:\s*+\(xy\s++[-+\d.eE]++\s++[-+\d.eE]++\s*+\))*+)\s*+\)   # 1 points without arcs between them
    | \((?:uuid|tstamp|tedit)\s++"?[-\w]++"?\s*+\)                      # skipped
    | \(\s*+([^\s()"]++)                                                # 2 a list and its name
    | (\))                                                              # 3 its end
    | "((?:[^"\\]|\\.)*+)"                                              # 4 a text in quotes
    | ([^\s()"]++)                                                      # 5 a word
    | \s++
    """,
    re.VERBOSE | re.DOTALL,
)
POINTS, NAME, END, QUOTED, WORD = 1, 2, 3, 4, 5
ESCAPE = re.compile(r"\\(.)", re.DOTALL)
LINE_BREAKS = {"n": "\n", "t": "\t", "r": "\r"}


class Damaged(PackageRefused):
    """Cut off, or not what KiCad writes."""

    def __init__(self, message: str, code: str = "board-damaged") -> None:
        super().__init__(code, message, SAVE_AGAIN)


@dataclass(slots=True)
class Node:
    """One list: its name, its words, and the lists in it. Most have none of one kind: those share an empty one."""

    name: str
    words: list[str] = field(default_factory=lambda: NO_WORDS)
    children: list["Node"] = field(default_factory=lambda: NO_CHILDREN)

    def every(self, *names: str) -> Iterator["Node"]:
        return (child for child in self.children if child.name in names)

    def first(self, *names: str) -> "Node | None":
        return next(self.every(*names), None)

    def word(self, name: str, default: str = "") -> str:
        """The first word of a child: `word("layer")` of (… (layer "F.Cu"))."""
        child = self.first(name)
        return child.words[0] if child and child.words else default

    def number(self, name: str) -> float | None:
        child = self.first(name)
        return number(child.words[0]) if child and child.words else None

    def numbers(self, name: str, count: int) -> tuple[float, ...] | None:
        """The first words of a child as numbers; None where it has fewer."""
        child = self.first(name)
        if child is None or len(child.words) < count:
            return None
        return tuple(number(word) for word in child.words[:count])

    def says(self, name: str) -> bool:
        """A flag, which is a bare word in old files and (name yes) in new ones; (name) alone is a yes, too."""
        child = self.first(name)
        return name in self.words or (child is not None and (not child.words or child.words[0] not in ("no", "false")))

    @property
    def points(self) -> NDArray[np.float64]:
        """Of a (pts …): one row a point."""
        if not self.words:
            return np.empty((0, 2))
        text = self.words[0].replace("(xy", " ").replace(")", " ")
        try:
            values = np.array(text.split(), dtype=np.float64)
        except ValueError as fault:
            raise Damaged("A polygon of this board has points that are no numbers.") from fault
        if not (np.abs(values) <= LARGEST_MM).all():
            raise Damaged("A polygon of this board reaches farther than any board.")
        return values.reshape(-1, 2)


NO_WORDS: list[str] = []  # never added to
NO_CHILDREN: list[Node] = []


def number(word: str) -> float:
    """Millimetres or degrees; what is no number, or reaches farther than any board, is damage."""
    try:
        value = float(word)
    except ValueError as fault:
        raise Damaged(f"This board has {word[:40]!r} where a number must stand.") from fault
    if not math.isfinite(value) or abs(value) > LARGEST_MM:
        raise Damaged("This board reaches farther than any board.")
    return value


def read_s_expression(text: str) -> Node:
    """The outermost list. Raises Damaged for what does not end, ends twice, or lies too deep."""
    root = Node("")
    open_lists = [root]
    at = 0
    for count, found in enumerate(TOKEN.finditer(text)):
        if found.start() != at:
            break
        at = found.end()
        _take(found, open_lists)
        if count > MOST_TOKENS:
            raise Damaged("This board is larger than any real one.", "board-too-large")
    if at != len(text) or len(open_lists) != 1 or len(root.children) != 1:
        raise Damaged("This board file is damaged: it was cut off, or changed by something that is not KiCad.")
    return root.children[0]


def _take(found: re.Match[str], open_lists: list[Node]) -> None:
    group = found.lastindex
    if group == POINTS:
        _add(Node("pts", [found[POINTS]]), open_lists[-1])
    elif group == NAME:
        _open(found[NAME], open_lists)
    elif group == END:
        if len(open_lists) == 1:
            raise Damaged("This board file is damaged: it has more ends than beginnings.")
        open_lists.pop()
    elif group == QUOTED:
        _say(_unquoted(found[QUOTED]), open_lists[-1])
    elif group == WORD:
        _say(found[WORD], open_lists[-1])


def _open(name: str, open_lists: list[Node]) -> None:
    if len(open_lists) > DEEPEST:
        raise Damaged("This board file nests deeper than KiCad ever writes.", "board-too-deep")
    node = Node(name)
    _add(node, open_lists[-1])
    open_lists.append(node)


def _add(node: Node, to: Node) -> None:
    if to.children is NO_CHILDREN:
        to.children = [node]
    else:
        to.children.append(node)


def _say(word: str, to: Node) -> None:
    if to.words is NO_WORDS:
        to.words = [word]
    else:
        to.words.append(word)


def _unquoted(text: str) -> str:
    if "\\" not in text:
        return text
    return ESCAPE.sub(lambda found: LINE_BREAKS.get(found[1], found[1]), text)
