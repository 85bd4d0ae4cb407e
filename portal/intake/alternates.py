"""Parts that a customer allows in place of the first: in the same cell, in further columns, in further rows."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from portal.board.design import Alternate, BomLine, Finding, Severity
from portal.intake.columns import Heading
from portal.intake.grouping import some
from portal.intake.headings import Meanings, meanings, plain
from portal.intake.vocabulary import ALTERNATE_WORDS

MOST_ALTERNATES = 9
MARKS = ("~", "\n", " | ", " / ", " // ", " or ", " oder ", " ou ", " lub ", " или ", " ili ", "或", "または", "又は")
COMMAS = (";", "；", "、", ", ")  # only between order numbers: a cell of words has commas of its own
BULLETS = "-*•/,; \t"
SHORTEST_NUMBER = 5
PHRASES = sorted(
    (tuple(plain(phrase).split()) for row in ALTERNATE_WORDS for phrase in row.split(" | ")), key=len, reverse=True
)
ORDINALS = {"1st": 1, "2nd": 2, "3rd": 3, "4th": 4}

WHOLE_PHRASES = frozenset(PHRASES)
FURTHER = {f"mpn {at}": f"manufacturer {at}" for at in range(2, MOST_ALTERNATES + 2)}

Rank = tuple[bool, int]  # called an alternate, its number


def further_columns(heading: Heading, chosen: Mapping[str, int]) -> dict[str, int]:
    """The words "mpn 2", "manufacturer 2" … -> columns: "MPN 2", "MFG2", "Alternate MPN", or the same heading again."""
    if "mpn" not in chosen:
        return {}
    found: dict[Rank, dict[str, int]] = {}
    taken = set(chosen.values())
    for column, text in enumerate(heading.text):
        further = None if column in taken else _further(text) or _repeated(heading, column, chosen)
        if further:
            word, rank = further
            found.setdefault(rank, {}).setdefault(word, column)
    named = [columns for _, columns in sorted(found.items()) if "mpn" in columns][:MOST_ALTERNATES]
    return {f"{word} {number}": at for number, columns in enumerate(named, start=2) for word, at in columns.items()}


def _further(text: str) -> tuple[str, Rank] | None:
    """What a heading numbered 2 or more, or called an alternate, is about."""
    words, is_alternate = _without_phrase(plain(text[:80]).split())
    number, rest = _numbered(words)
    if not is_alternate and number < 2:
        return None
    word = "mpn" if is_alternate and not rest else _word(meanings(rest))
    return (word, (is_alternate, number)) if word else None


def _word(known: Meanings) -> str:
    """Only what can mean nothing but a manufacturer's number or name."""
    return next((word for word in ("mpn", "manufacturer") if [word] == list(known)), "")


def _without_phrase(words: Sequence[str]) -> tuple[list[str], bool]:
    for phrase in PHRASES:
        for at in range(len(words) - len(phrase) + 1):
            if tuple(words[at : at + len(phrase)]) == phrase:
                return [*words[:at], *words[at + len(phrase) :]], True
    return list(words), False


def _numbered(words: Sequence[str]) -> tuple[int, str]:
    """The number among the words or behind one of them: "mfg2", "mp n3", "2nd manufacturer"."""
    number, kept = 1, []
    for word in words:
        stem = word.rstrip("0123456789")
        behind = word[len(stem) :]
        if word in ORDINALS:
            number = ORDINALS[word]
        elif behind and len(behind) < 3:
            number = int(behind)
            kept += [stem] if stem else []
        else:
            kept.append(word)
    return number, " ".join(kept)


def _repeated(heading: Heading, column: int, chosen: Mapping[str, int]) -> tuple[str, Rank] | None:
    """The heading of the first part once more: each time it stands there it is about the next part."""
    text = heading.text[column]
    for word in ("mpn", "manufacturer"):
        first = chosen.get(word)
        if first is not None and first < column and text == heading.text[first]:
            return word, (False, 1 + heading.text[first:column].count(text))
    return None


def of_cells(cells: Mapping[str, str]) -> list[Alternate]:
    """The first part and what may stand in for it: all that one row says, the first first."""
    numbers = split(cells.get("mpn", ""))
    makers = split(cells.get("manufacturer", ""), like=numbers)
    parts = list(_paired(numbers, makers))
    for word, maker in FURTHER.items():
        if word in cells and (more := split(cells[word])):
            parts += _paired(more, split(cells.get(maker, ""), like=more))
    return list(dict.fromkeys(parts))[: MOST_ALTERNATES + 1]


def _paired(numbers: Sequence[str], makers: Sequence[str]) -> Iterator[Alternate]:
    """As many makers as numbers go together; else the one maker is that of the first number alone."""
    known = makers if len(makers) == len(numbers) else [*makers[:1], *[""] * len(numbers)]
    return (Alternate(number, maker) for number, maker in zip(numbers, known, strict=False) if number)


def split(cell: str, *, like: Sequence[str] | None = None) -> list[str]:
    """The parts of a cell; `like`: cut makers only into as many as there are numbers, "Kyocera / AVX" is one."""
    for mark in (mark for mark in MARKS if mark in cell):
        parts = _cut(cell, mark)
        if len(parts) > 1 and (like is None or len(parts) == len(like)):
            return parts
    for mark in (mark for mark in COMMAS if mark in cell):
        parts = _cut(cell, mark)
        if len(parts) > 1 and (all(map(_is_order_number, parts)) if like is None else len(parts) == len(like)):
            return parts
    return [cell] if cell else []


def _cut(cell: str, mark: str) -> list[str]:
    """Without "or" at the beginning of a line, and without the empty lines of a supplier's column."""
    parts = (part.strip().removeprefix("or ").strip(BULLETS) for part in cell.split(mark))
    return [part for part in parts if part]


def _is_order_number(text: str) -> bool:
    return (
        len(text) >= SHORTEST_NUMBER
        and any(map(str.isdigit, text))
        and any(map(str.isalpha, text))
        and not any(map(str.isspace, text))
    )


def continued(cells: Mapping[str, str], above: BomLine | None) -> list[Alternate]:
    """A row that only adds a maker and his number to the line above: how approved-vendor lists are printed.

    A number alone may be a part whose designators were forgotten.
    """
    if cells.get("quantity") and cells.get("designator"):
        return []  # a part of its own, as nearly every row is
    if above is None or not above.designators or not above.mpn:
        return []
    said = {word: text for word, text in cells.items() if text and not _is_phrase(text)}
    if "manufacturer" not in said and not any(map(_is_phrase, cells.values())):
        return []
    if "designator" in said or said.get("quantity", str(above.quantity)) != str(above.quantity):
        return []
    texts = {"value": above.value, "package": above.package, "description": above.description}
    if any(word in said and plain(said[word]) != plain(text) for word, text in texts.items()):
        return []
    parts = of_cells(said)
    return parts if parts and all(_is_order_number(part.mpn) for part in parts) else []


def _is_phrase(text: str) -> bool:
    return len(text) < 30 and tuple(plain(text).split()) in WHOLE_PHRASES


def merged(lines: Sequence[BomLine]) -> tuple[list[BomLine], list[Finding]]:
    """Rows that name the same designators with another number, and nothing else that differs, are one line."""
    kept: list[BomLine] = []
    first: dict[frozenset[str], int] = {}
    joined: list[BomLine] = []
    for line in lines:
        names = frozenset(line.designators)
        at = first.setdefault(names, len(kept)) if names else len(kept)
        if at < len(kept) and _may_replace(line, kept[at]):
            kept[at] = with_alternates(kept[at], [Alternate(line.mpn, line.manufacturer), *line.alternates])
            joined.append(line)
        else:
            kept.append(line)
    return kept, [said_in_rows([line.row for line in joined])] if joined else []


def _may_replace(line: BomLine, first: BomLine) -> bool:
    """Another number for the same thing: a value that differs makes it another part."""
    texts = [(line.value, first.value), (line.package, first.package)]
    if not any(map(all, texts)):
        texts.append((line.description, first.description))
    return (
        bool(line.mpn and first.mpn)
        and line.mpn != first.mpn
        and line.not_fitted == first.not_fitted
        and all(not one or not other or plain(one) == plain(other) for one, other in texts)
    )


def with_alternates(line: BomLine, more: Sequence[Alternate]) -> BomLine:
    others = dict.fromkeys(part for part in (*line.alternates, *more) if part.mpn != line.mpn)
    return replace(line, alternates=tuple(others)[:MOST_ALTERNATES])


def said_in_rows(rows: Sequence[int]) -> Finding:
    return Finding(
        Severity.NOTE,
        "bom-alternates",
        some(tuple(f"row {row}" for row in rows)),
        "names another part number for the designators of a row above; it was taken as an alternate",
        "Nothing to do, if the first of them is the one you want.",
    )
