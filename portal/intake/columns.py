"""Which column is what: the heading row is found, its words translated; where they are doubtful the cells decide."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile

from portal.intake.designators import are_usual_designators, looks_like_designators, read_designators
from portal.intake.headings import is_doubtful, meanings

HEADING_ROWS = 40
SAMPLE_ROWS = 200
MOST = 0.75
NEARLY_ALL = 0.9  # of the rows: people miscount, and name a connector as they like

Rows = Sequence[Sequence[str]]

# Words that make a row of headings a row of headings; "item" or "notes" alone do not.
TELLING = frozenset({"designator", "quantity", "value", "package", "mpn", "manufacturer", "supplier_part", "x", "y"})


@dataclass(frozen=True, slots=True)
class Heading:
    """`columns`: our word -> its columns, best first. `row` counts from 0. `text` is as the customer wrote it."""

    row: int
    text: tuple[str, ...]
    columns: Mapping[str, tuple[int, ...]]

    def first(self, word: str) -> int | None:
        return next(iter(self.columns.get(word, ())), None)

    @property
    def is_bom(self) -> bool:
        words = self.columns.keys()
        names_part = words & {"value", "mpn", "package", "description", "supplier_part"}
        return not self.is_centroid and (
            ("designator" in words and bool(names_part | (words & {"quantity"})))
            or ("quantity" in words and bool(words & {"mpn", "supplier_part", "value"}))
        )

    @property
    def is_centroid(self) -> bool:
        return {"x", "y"} <= self.columns.keys() and bool(self.columns.keys() & {"designator", "rotation"})


def heading_at(rows: Rows, row: int) -> Heading | None:
    """The row as headings, or None. An empty cell takes the merged heading above it."""
    text = tuple(cell.strip() for cell in rows[row])
    known = [meanings(cell) if len(cell) < 100 else {} for cell in text]
    if sum(map(bool, known)) < 2 or not any(TELLING & words.keys() for words in known):
        return None
    if sum(map(bool, text)) > 2 * sum(map(bool, known)) + 12:
        return None  # a row of data in which two cells happen to be words of ours
    above = rows[row - 1] if row else ()
    full = tuple(cell or (above[at].strip() if at < len(above) else "") for at, cell in enumerate(text))
    ranked: dict[str, list[tuple[int, int]]] = {}
    for at, cell in enumerate(full):
        for word, rank in meanings(cell).items():
            ranked.setdefault(word, []).append((rank, at))
    return Heading(row, full, {word: tuple(at for _, at in sorted(found)) for word, found in ranked.items()})


def best_heading_row(rows: Rows) -> Heading | None:
    """The row of the first forty that says most; the upper one of two."""
    found = (heading_at(rows, row) for row in range(min(len(rows), HEADING_ROWS)))
    return max(
        (heading for heading in found if heading),
        key=lambda heading: (heading.is_bom or heading.is_centroid, len(_distinct(heading)), -heading.row),
        default=None,
    )


def _distinct(heading: Heading) -> set[int]:
    """Columns that are understood: a cell with two meanings counts once."""
    return {at for columns in heading.columns.values() for at in columns}


def share_of_designators(rows: Rows, column: int) -> float:
    """How much of a column (its first filled cells) holds lists of ordinary designators."""
    cells = [row[column].strip() for row in rows if column < len(row) and row[column].strip()][:SAMPLE_ROWS]
    return sum(map(looks_like_designators, cells)) / len(cells) if cells else 0.0


def designator_column(heading: Heading, rows: Rows) -> int | None:
    """By its word where the word is plain; where it is doubtful ("Part", "Comment") the cells decide."""
    candidates = heading.columns.get("designator", ())
    certain = [column for column in candidates if not is_doubtful(heading.text[column])]
    if certain:
        return max(certain, key=lambda column: (share_of_designators(rows, column) >= 0.3, -certain.index(column)))
    doubtful = {column: _share_of_usual(rows, column) for column in candidates}
    best = max(doubtful, key=lambda column: doubtful[column], default=None)
    return best if best is not None and doubtful[best] >= 0.5 else _proved_column(heading, rows)


def _share_of_usual(rows: Rows, column: int) -> float:
    """As share_of_designators, but LM358 and BC547 do not count: their letters are no kind of part on a board."""
    cells = [row[column].strip() for row in rows if column < len(row) and row[column].strip()][:SAMPLE_ROWS]
    return sum(map(are_usual_designators, cells)) / len(cells) if cells else 0.0


def _proved_column(heading: Heading, rows: Rows) -> int | None:
    """Under a heading that nobody knows, if most cells hold other designators and the quantities count them.

    Rows below the list (totals, shipping) have a quantity and no designator: a quarter of them may.
    """
    counting = heading.first("quantity")
    if counting is None or len(rows) < 2:
        return None
    filled = [row for row in rows[:SAMPLE_ROWS] if len(row) > counting and row[counting].strip()]
    unknown = (at for at in range(min(len(heading.text), 64)) if at != counting and not meanings(heading.text[at]))
    proved = [at for at in unknown if _is_proved(filled, at, counting)]
    return proved[0] if len(proved) == 1 else None


def _is_proved(rows: Rows, column: int, counting: int) -> bool:
    named = [row for row in rows if column < len(row) and row[column].strip()]
    return (
        len(named) >= MOST * len(rows)
        and _share_of_usual(named, column) >= MOST
        and _counts(named, column, counting)
        and len({row[column] for row in named}) >= NEARLY_ALL * len(named)
    )


def further_designators(heading: Heading, chosen: Mapping[str, int], rows: Rows) -> dict[str, int]:
    """The words "designator 2" … -> columns: top and bottom apart, or a list that a separator has spread out."""
    first = chosen.get("designator")
    if first is None:
        return {}
    known = [column for column in heading.columns.get("designator", ()) if not is_doubtful(heading.text[column])]
    spread = list(takewhile(lambda at: not heading.text[at], range(first + 1, min(len(heading.text), 64))))
    names = _names_in(rows, first)
    found = []
    for column in (*known, *spread):
        if column in chosen.values() or share_of_designators(rows, column) < 0.9:
            continue
        others = _names_in(rows, column)
        if others and not others & names:
            found.append(column)
            names |= others
    return {f"designator {number}": column for number, column in enumerate(sorted(found), start=2)}


def _names_in(rows: Rows, column: int) -> set[str]:
    return {name for row in rows if column < len(row) for name in read_designators(row[column]).names}


def assigned(heading: Heading, rows: Rows) -> dict[str, int]:
    """Our word -> column, each column once. The designators choose first, then the words that mean one thing only."""
    chosen: dict[str, int] = {}
    designators = designator_column(heading, rows)
    if designators is not None:
        chosen["designator"] = designators
    words = [word for word in heading.columns if word != "designator"]
    for word in sorted(words, key=lambda word: _ambiguity(heading, word)):
        free = [column for column in heading.columns[word] if column not in chosen.values()]
        if free:
            chosen[word] = free[0]
    return chosen


def is_part_list(heading: Heading, rows: Rows) -> bool:
    """The headings say so; where only "Part" or "Name" says designator the cells agree: prose has such words, and so
    has a list of apertures (Position, Shape, Qty).
    """
    columns = assigned(heading, rows[heading.row + 1 :])
    counts_parts = "quantity" in columns and bool(columns.keys() & {"mpn", "supplier_part", "value", "description"})
    return heading.is_bom and ("designator" in columns or counts_parts)


def _ambiguity(heading: Heading, word: str) -> int:
    """How many meanings the word's best column has: "Value" has one, "Name" has several."""
    return len(meanings(heading.text[heading.columns[word][0]]))


def bare_columns(rows: Rows) -> dict[str, int] | None:
    """Columns of a list without headings: exactly one of designators, and the one that counts them in every row."""
    filled = [row for row in rows if any(row)][:SAMPLE_ROWS]
    width = min(max(map(len, filled), default=0), 64)
    named = [column for column in range(width) if share_of_designators(filled, column) >= 0.9]
    lists = [column for column in named if _are_different(filled, column)]
    if len(filled) < 2 or not lists:
        return None
    counting = [(at, count) for at in lists for count in range(width) if _counts(filled, at, count)]
    if len(counting) == 1:
        return {"designator": counting[0][0], "quantity": counting[0][1]}
    return {"designator": lists[0]} if len(lists) == 1 else None


def _are_different(rows: Rows, column: int) -> bool:
    cells = [row[column] for row in rows if column < len(row) and row[column]]
    return len(cells) * 10 >= len(rows) * 9 and len(set(cells)) == len(cells)


def _counts(rows: Rows, designators: int, column: int) -> bool:
    """Nearly every row holds the number of its designators, and not all of them one: item numbers would do that too."""
    pairs = [
        (len(read_designators(row[designators]).names), row[column].strip())
        for row in rows
        if max(designators, column) < len(row)
    ]
    right = [names for names, said in pairs if str(names) == said]
    return len(pairs) == len(rows) and len(right) >= NEARLY_ALL * len(pairs) and any(names > 1 for names in right)
