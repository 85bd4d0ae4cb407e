"""Which tool of a drill file is in hand, and how large it is where only a file beside says so.

Tools keep the sizes apart: Altium's .DRR, PADS's .rep, Eagle's .dri, Allegro's nc_tools_auto.txt, lists typed by hand.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile

import numpy as np

from portal.intake.assigned import Assigned
from portal.intake.modal import Events, events
from portal.intake.words import Words

MM = {"mm": 1.0, "mil": 0.0254, "mils": 0.0254, "inch": 25.4, "in": 25.4, '"': 25.4, "um": 0.001, "µm": 0.001}
MOST_BYTES = 200_000
MOST_LINES = 2_000
SMALLEST_MM, LARGEST_MM = 0.05, 12.0
# In a list of no unit: nobody drills with half-inch bits only, nor with nothing below 6 mm.
MOST_INCH, LEAST_INCH, LEAST_MIL = 0.5, 0.1, 6.0
# The number of the tool first, as most have it: "T01 0.40mm", "1  0.3048  x  95"; or behind, as Allegro does.
FIRST = re.compile(
    r'^\W*T?0*(\d{1,3})[\s:=,;|]+(?:[CDØ⌀]\s*)?(\d*\.?\d+)\s*(mm|mils?|inch|in|"|[uµ]m)?(?![\w.])', re.IGNORECASE
)
BEHIND = re.compile(r'^\W*(\d*\.\d+)\s*(mm|mils?|inch|in|"|[uµ]m)?\s+\w{1,3}\s+T0*(\d{1,3})\b', re.IGNORECASE)
ABOUT_DRILLS = re.compile(r"drill|drl|tool|hole|bohr|werkzeug|foret|per[cç]age|钻|孔|ドリル|сверл", re.IGNORECASE)


def tool_changes(words: Words, *, in_order: bool) -> Events:
    """By their numbers. A file without any (Allegro's) stops the machine instead: its tools come `in_order`."""
    named = words.where("T")
    if len(named) or not in_order:
        return Events(words.statement[named], words.value[named])
    stops = events(words, "M", (0,)).statement
    return Events(np.concatenate(([0], stops)), np.arange(1.0, len(stops) + 2))


def nearest_lists(drill: Assigned, files: Sequence[Assigned]) -> Iterator[tuple[str, Mapping[int, float]]]:
    """(its name, tool -> mm) of every list of drills, the one named most like the drill file first."""
    for file in sorted(files, key=lambda file: -_likeness(file.file.name, drill.file.name)):
        if sizes := read_sizes(file.member.data, file.file.name):
            yield file.file.name, sizes


def _likeness(name: str, other: str) -> int:
    return len(list(takewhile(lambda pair: pair[0] == pair[1], zip(name.lower(), other.lower(), strict=False))))


def read_sizes(data: bytes, name: str = "") -> dict[int, float]:
    """Tool -> mm of a list of drills; empty for any other text, and where two lines disagree."""
    if not data or len(data) > MOST_BYTES or b"\0" in data[:1000]:
        return {}
    lines = data.decode("utf-8", "replace").splitlines()[:MOST_LINES]
    if not ABOUT_DRILLS.search(name) and not any(map(ABOUT_DRILLS.search, lines)):
        return {}
    rows = [row for row in map(_row, lines) if row]
    bare_mm = _unit_of([size for _, size, unit in rows if not unit])
    read = [(tool, size * (MM[unit] if unit else bare_mm)) for tool, size, unit in rows]
    sizes = dict(read)
    is_one = all(abs(sizes[tool] - size) < SMALLEST_MM / 2 for tool, size in read)
    return sizes if is_one and all(SMALLEST_MM <= size <= LARGEST_MM for size in sizes.values()) else {}


def _row(line: str) -> tuple[int, float, str] | None:
    if found := BEHIND.match(line):
        size, unit, tool = found.groups()
    elif found := FIRST.match(line):
        tool, size, unit = found.groups()
    else:
        return None
    return int(tool), float(size), (unit or "").lower()


def _unit_of(sizes: Sequence[float]) -> float:
    if sizes and min(sizes) < LEAST_INCH and max(sizes) <= MOST_INCH:
        return MM["inch"]
    return MM["mil"] if sizes and min(sizes) >= LEAST_MIL else MM["mm"]
