"""What keeps a quote from being firm, gathered over its cells: one price is missing once, not once in each cell."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

Value = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Gap:
    """`cells` are indices into the snapshot; `part` is empty where not a price is missing but the date."""

    part: str
    designators: tuple[str, ...]
    because: str
    cells: tuple[int, ...]
    where: str


def gaps(snapshot: Value) -> list[Gap]:
    """Prices first, then dates; within them in the order of the first cell that lacks them."""
    found: dict[tuple[str, tuple[str, ...], str], list[int]] = defaultdict(list)
    for index, cell in enumerate(snapshot["cells"]):
        for line in cell["unpriced"]:
            found[line["name"], tuple(line["designators"]), line["because"]].append(index)
    for index, cell in enumerate(snapshot["cells"]):
        if not cell["promise"]["p80"]:
            found["", (), no_date(cell)].append(index)
    return [
        Gap(part, designators, because, tuple(cells), where(snapshot, cells))
        for (part, designators, because), cells in found.items()
    ]


def no_date(cell: Value) -> str:
    unknown = cell["promise"]["unknown"]
    return f"the lead time is not known of {', '.join(unknown)}" if unknown else "no date is promised"


def where(snapshot: Value, cells: list[int]) -> str:
    """“every cell”, or the cells by name."""
    if len(cells) == len(snapshot["cells"]):
        return "every cell"
    return "; ".join(cell_name(snapshot["cells"][index]) for index in cells)


def cell_name(cell: Value) -> str:
    return f"{cell['quantity']:,} {'board' if cell['quantity'] == 1 else 'boards'}, {cell['speed']}"
