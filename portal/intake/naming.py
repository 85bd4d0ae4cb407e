"""A naming pattern of a customer: what he said about a file holds for the next revision's file of the same kind.

"amp-v1.2-GND.gbr" and "amp-v1.3-GND.gbr" are both "*GND.gbr": the board's own name and its version stand for nothing.
"""

import re
from collections.abc import Mapping
from typing import TypeVar

from portal.intake.habit import compiled
from portal.intake.layers import HABITS

Said = TypeVar("Said")

ANY = "*"
WORD = re.compile(r"[^-_. ()\[\]]+|[-_. ()\[\]]+")
SUFFIX = re.compile(r"\.[^-_. ()\[\]]{1,8}$")
VERSION = re.compile(r"(?:v|r|rev|ver|version|revision|issue)?\d[\da-z]{0,9}|rev[a-z]?|[a-f]\d", re.IGNORECASE)
KEPT = re.compile(r"(?:l|in|inner|layer|art|mid)\d{1,2}", re.IGNORECASE)  # a layer's number is no version


def pattern_of(name: str) -> str:
    """The pattern of a file's name, in small letters, without its folder: `*` stands for the board's name and version.

    Where a tool's habit fits, what stands before it is the board's name; else all but the last word is.
    """
    plain = name.replace("\\", "/").rsplit("/", 1)[-1].lower()
    begins = [match.start() for habit in HABITS if (match := compiled(habit.pattern).search(plain))]
    if begins:
        start = min(begins)
        return (ANY if start else "") + plain[start:]
    suffix = found.group() if (found := SUFFIX.search(plain)) else ""
    words = WORD.findall(plain.removesuffix(suffix))
    return _last_word(words) + suffix


def _last_word(words: list[str]) -> str:
    """The last word that is no version, with what follows it; versions become `*`."""
    kinds = [position for position, word in enumerate(words) if word[0].isalnum() and not _is_version(word)]
    if not kinds:
        return ANY
    kept = [ANY if _is_version(word) else word for word in words[kinds[-1] :]]
    return (ANY if kinds[-1] else "") + "".join(kept)


def _is_version(word: str) -> bool:
    return bool(VERSION.fullmatch(word)) and not KEPT.fullmatch(word)


def said_of(name: str, said: Mapping[str, Said]) -> Said | None:
    """What was said of this very file, else of files of its pattern."""
    exact = said.get(name)
    return exact if exact is not None else said.get(pattern_of(name))
