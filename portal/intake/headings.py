"""A heading as the customer wrote it -> the words of ours that it may mean.

Headings are compared in a plain form (`plain`): case, accents, stars and punctuation do not count.
"""

import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache

from portal.intake.vocabulary import DOUBTFUL_DESIGNATORS, FRENCH_REFERENCE, MISSPELT, VOCABULARY

__all__ = ["VOCABULARY", "is_doubtful", "is_known", "meanings", "plain", "without_unit"]

Meanings = Mapping[str, int]  # our word -> rank of trust, 0 is most

NOTHING: Meanings = {}
SHORTEST_JOINED = 3  # "PartNumber" is read without its blank, "no" is not


LONGEST_OF_TWO = 60
BRACKETS, STROKES = str.maketrans("（[【）]】", "((()))"), str.maketrans("/|", "\n\n")
UNIT_WORDS = frozenset({"mm", "mil", "mils", "inch", "inches", "in", "thou", "deg", "degrees", "um", "μm", "cm", "мм"})


@lru_cache(maxsize=20_000)
def plain(heading: str) -> str:
    """The form in which headings are compared: "*Mfg. P/N" and "mfg p n" are one."""
    letters = unicodedata.normalize(
        "NFKD", heading[:200].replace("Đ", "D").replace("đ", "d").replace("ı", "i")
    ).casefold()
    kept = (
        character if character.isalnum() else " # " if character == "#" else " "
        for character in letters
        if not unicodedata.combining(character) and unicodedata.category(character) != "Cf"
    )
    return " ".join("".join(kept).split())


def _spellings(word: str) -> Iterator[str]:
    for row in VOCABULARY[word]:
        yield from (plain(spelling) for spelling in row.split(" | "))


def _table() -> dict[str, dict[str, int]]:
    """Plain heading -> our words it may mean, each with its rank of trust (0 is most)."""
    meanings: dict[str, dict[str, int]] = {}
    for word in VOCABULARY:
        for rank, spelling in enumerate(_spellings(word)):
            meanings.setdefault(spelling, {}).setdefault(word, rank)
    return meanings


MEANINGS = _table()
JOINED = {"".join(words.split()): found for words, found in MEANINGS.items() if len(words) >= SHORTEST_JOINED}
DOUBTFUL = frozenset(plain(word) for row in DOUBTFUL_DESIGNATORS for word in row.split(" | "))
RIGHT = {wrong: right for right, row in MISSPELT.items() for wrong in row.split(" | ")}
LAST_RANK = 1_000
OF_FRENCH_REFERENCE: Meanings = {"designator": LAST_RANK, "mpn": LAST_RANK}


def without_unit(heading: str) -> tuple[str, str | None]:
    """The plain heading and the unit in it: "Center-X(mm)" is ("center x", "mm")."""
    words = plain(heading).split()
    if len(words) > 1 and words[-1] in UNIT_WORDS:
        return " ".join(words[:-1]), words[-1]
    return " ".join(words), None


@lru_cache(maxsize=20_000)
def meanings(heading: str) -> Meanings:
    """Our words for this heading with their ranks; empty when it is not in the vocabulary."""
    said = heading.strip().removeprefix("# ")  # gEDA's headings stand in a remark
    if _is_french_reference(said):
        return OF_FRENCH_REFERENCE
    return _of_words(plain(said)) or _of_words(without_unit(said)[0]) or _of_both_languages(said)


def _of_words(words: str) -> Meanings:
    """As they stand, without the 1 of "MPN 1", or without their blanks."""
    first = words.removesuffix("1").strip() if len(words) > SHORTEST_JOINED else words
    found = MEANINGS.get(words) or MEANINGS.get(first) or JOINED.get(first.replace(" ", ""))
    spelt = " ".join(RIGHT.get(word, word) for word in first.split())
    return found or MEANINGS.get(spelt) or NOTHING


def _of_both_languages(heading: str) -> Meanings:
    """For "Designator(位号)", "数量 Qty", "Menge / Quantity": what both say; in brackets may stand anything."""
    if len(heading) > LONGEST_OF_TWO:
        return NOTHING
    outside, bracket, inside = heading.translate(BRACKETS).partition("(")
    if inside.find(")") == len(inside) - 1 and (found := _of_words(plain(outside))):
        return found
    parts = outside.translate(STROKES).split("\n") if not bracket else []
    halves = parts if len(parts) > 1 else _scripts(heading)
    known = [found for half in halves if (found := _of_words(plain(half)))]
    shared = [word for word in known[0] if all(word in found for found in known)] if known else []
    return {word: known[0][word] for word in shared}


def _scripts(heading: str) -> Iterator[str]:
    """The ASCII half and the other half, where one follows the other."""
    first = heading[:1].isascii()
    at = next((at for at, letter in enumerate(heading) if letter.isalpha() and letter.isascii() != first), 0)
    rest = heading[at:]
    if at and all(letter.isascii() != first for letter in rest if letter.isalpha()):
        yield from (heading[:at], rest)


def _is_french_reference(heading: str) -> bool:
    return unicodedata.normalize("NFC", heading.casefold()) in FRENCH_REFERENCE


def is_doubtful(heading: str) -> bool:
    """Designators stand under it only sometimes: the cells decide, not the word."""
    said = plain(heading)
    halves = [] if said in MEANINGS else heading[:LONGEST_OF_TWO].translate(STROKES).split("\n")
    return said in DOUBTFUL or any(plain(half) in DOUBTFUL for half in halves) or _is_french_reference(heading.strip())


def is_known(heading: str) -> bool:
    return bool(meanings(heading))
