"""Parts as the native files name them: free properties by name -> our words, and equal parts -> one BOM line."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from portal.board.design import Alternate, BomLine
from portal.intake.headings import meanings
from portal.intake.not_fitted import Fitting, in_cell
from portal.parts.heights import HIGHEST_MM, LOWEST_MM

WORDS = ("value", "package", "mpn", "manufacturer", "description", "supplier_part")
NOTHING_SAID = frozenset({"", "?", "??", "???", "~", "*", "-", "n/a", "none", "undefined"})
LONGEST_TEXT = 300


@dataclass(frozen=True, slots=True)
class Part:
    """One part on one board with its properties in our words."""

    designator: str
    texts: Mapping[str, str]
    not_fitted: bool = False
    alternates: tuple[Alternate, ...] = ()


def said(text: str) -> str:
    """The text, or nothing where it only stands for nothing."""
    clean = " ".join(text.split())[:LONGEST_TEXT]
    return "" if clean.casefold() in NOTHING_SAID else clean


def in_our_words(properties: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The property that fits each word best, by the vocabulary of part lists; the first of equals."""
    best: dict[str, tuple[int, str]] = {}
    for name, text in properties:
        clean = said(text)
        for word, rank in meanings(name.replace("_", " ")).items() if clean else ():
            if word in WORDS and (word not in best or rank < best[word][0]):
                best[word] = (rank, clean)
    return {word: text for word, (_, text) in best.items()}


def height_mm(text: str | None, mm: float) -> float | None:
    """How high a part stands, given in units of `mm`. Libraries write 0 where nobody has entered it."""
    try:
        height = round(float(text or "") * mm, 3)
    except ValueError:
        return None
    return height if LOWEST_MM <= height <= HIGHEST_MM else None


def is_left_off(texts: Mapping[str, str]) -> bool:
    return any(in_cell(texts.get(word, "")) is Fitting.NOT_FITTED for word in ("value", "description"))


def lines_of(parts: Iterable[Part]) -> tuple[BomLine, ...]:
    """Equal parts on one line, in the order of the file."""
    lines: dict[tuple[object, ...], BomLine] = {}
    for part in parts:
        texts = {word: part.texts.get(word, "") for word in WORDS}
        key = (*texts.values(), part.not_fitted, part.alternates)
        if key not in lines:
            line = BomLine(len(lines) + 1, (), not_fitted=part.not_fitted, alternates=part.alternates, **texts)  # type: ignore[arg-type]
            lines[key] = line
        lines[key] = replace(lines[key], designators=(*lines[key].designators, part.designator))
    return tuple(lines.values())
