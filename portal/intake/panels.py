"""Whether a centroid file is of a panel: every designator the same number of times, each time at the same distances.

Some tools keep the names apart and count the boards behind them or before them: R1_1, R1_2 or 1-R1, 2-R1.
"""

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from portal.board.design import Finding, Placement, Severity

FEWEST_PARTS = 2
SAME_PLACE_MM = 0.25
PARTS_TRIED = 5
MOST_OF_THEM = 0.8  # share of the parts that must repeat alike: fiducials and rails do not

COUNTED = (
    re.compile(r"(?P<name>[A-Za-z]{1,6}\d+[A-Za-z]?)[-_.:#/](?:\d{1,3}|[A-Za-z])\Z"),
    re.compile(r"(?:[A-Za-z]{1,6}[-_ ]?)?\d{1,3}[-_.:#/](?P<name>[A-Za-z]{1,6}\d+[A-Za-z]?)\Z"),
)
Offsets = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Panel:
    boards: int
    parts: int  # on one board


def panel_of(placements: Sequence[Placement]) -> Panel | None:
    """None for a single board, and for a board on which designators stand twice by mistake."""
    places: dict[tuple[str, str], list[tuple[float, float]]] = {}
    for part in placements:
        places.setdefault((part.designator, part.side), []).append((part.x_mm, part.y_mm))
    counts = Counter(map(len, places.values()))
    boards, parts = counts.most_common(1)[0] if counts else (1, 0)
    if boards < 2 or parts < FEWEST_PARTS or parts < MOST_OF_THEM * len(places):
        return None
    return Panel(boards, parts) if _repeat_alike(places, boards) else None


def on_each_board(placements: Sequence[Placement], listed: Collection[str]) -> tuple[Placement, ...] | None:
    """The placements of a panel by the names of the part list, where they are that list's but for a board's number.

    Without a list nothing is claimed: the channels of one board are counted, and lie alike, just so.
    """
    if sum(part.designator in listed for part in placements) > (1 - MOST_OF_THEM) * len(placements):
        return None
    for counted in COUNTED:
        named = [(part, counted.match(part.designator)) for part in placements]
        renamed = tuple(
            replace(part, designator=found["name"]) if found and found["name"] in listed else part
            for part, found in named
        )
        changed = sum(one is not part for one, part in zip(renamed, placements, strict=True))
        if changed >= MOST_OF_THEM * len(placements) and panel_of(renamed):
            return renamed
    return None


def _repeat_alike(places: Mapping[tuple[str, str], list[tuple[float, float]]], boards: int) -> bool:
    """A part that is placed twice by mistake has a distance of its own."""
    offsets = [_offsets(found) for found in places.values() if len(found) == boards]
    return any(
        _are_apart(usual) and sum(_is_same(other, usual) for other in offsets) >= MOST_OF_THEM * len(offsets)
        for usual in offsets[:PARTS_TRIED]
    )


def _offsets(found: Sequence[tuple[float, float]]) -> Offsets:
    """From the first of them, in whole tenths of a millimetre: what the file rounds does not change the order."""
    ordered = sorted((round(x, 1), round(y, 1)) for x, y in found)
    x0, y0 = ordered[0]
    return tuple((x - x0, y - y0) for x, y in ordered)


def _is_same(one: Offsets, other: Offsets) -> bool:
    return all(
        abs(x - u) <= SAME_PLACE_MM and abs(y - v) <= SAME_PLACE_MM for (x, y), (u, v) in zip(one, other, strict=True)
    )


def _are_apart(offsets: Offsets) -> bool:
    return all(abs(x) + abs(y) > 1 for x, y in offsets[1:])


def is_panel(where: str, panel: Panel) -> Finding:
    return Finding(
        Severity.ASK,
        "centroid-panel",
        where,
        f"places each of its {panel.parts} parts {panel.boards} times at the same distances: it is of a panel",
        f"Say that {panel.boards} boards are one panel, or send the positions of one board.",
    )
