"""What changed between two readings of a board: facts, parts, places, files and findings, in the customer's words.

Nothing is judged here: a difference is what one design says and the other does not.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import median_low
from typing import TypeVar

from portal.board.design import Board, BomLine, Design, Finding, Placement, SourceFile

MOVED_MM = 0.01
SAME_COPPER = 0.0002  # of its area: as well as it is counted on one and the same grid
TURNED_DEG = 0.1
UNKNOWN = "not known"
T = TypeVar("T")


class About(StrEnum):
    BOARD = "board"
    PART = "part"
    PLACEMENT = "placement"
    FILE = "file"
    FINDING = "finding"


@dataclass(frozen=True, slots=True)
class Difference:
    """`where` is a fact, designators, a file, or the place of a finding; "" on a side is: not there at all."""

    about: About
    where: str
    old: str
    new: str

    @property
    def is_added(self) -> bool:
        return not self.old

    @property
    def is_removed(self) -> bool:
        return not self.new


def differences(old: Design, new: Design) -> tuple[Difference, ...]:
    """In the order in which a customer asks: the board, what is on it, where, the files, what is wrong."""
    return (*_board(old, new), *_parts(old, new), *_placements(old, new), *_files(old, new), *_findings(old, new))


def _mm(value: float | None) -> str:
    return UNKNOWN if value is None else f"{round(value, 3):g} mm"


def _count(value: int | None) -> str:
    return UNKNOWN if value is None else f"{value:,}"


def _size(board: Board) -> str:
    if board.width_mm is None or board.height_mm is None:
        return UNKNOWN
    return f"{round(board.width_mm, 2):g} × {round(board.height_mm, 2):g} mm"


def _panel(board: Board) -> str:
    panel = board.panel
    return f"{panel.boards} boards, {panel.columns} × {panel.rows}" if panel else "one board"


def _area(mm2: float | None) -> str:
    return UNKNOWN if mm2 is None else f"{round(mm2, 1):,} mm²"


FACTS: Mapping[str, Callable[[Board], str]] = {
    "Size": _size,
    "Outline": lambda board: board.outline or UNKNOWN,
    "Area": lambda board: _area(board.outline_mm2),
    "Cut-outs": lambda board: _count(board.cut_outs),
    "Panel": _panel,
    "Copper layers": lambda board: _count(board.copper_layers),
    "Holes": lambda board: _count(board.drills.hits if board.drills else None),
    "Plated holes": lambda board: _count(board.drills.plated if board.drills else None),
    "Slots": lambda board: _count(board.drills.slots if board.drills else None),
    "Drill sizes": lambda board: _count(board.drills.sizes if board.drills else None),
    "Smallest drill": lambda board: _mm(board.drills.smallest_mm if board.drills else None),
    "Narrowest track": lambda board: _mm(board.min_track_mm),
    "Narrowest gap": lambda board: _mm(board.min_clearance_mm),
    "Narrowest ring": lambda board: _mm(board.min_annular_ring_mm),
    "Narrowest mask web": lambda board: _mm(board.min_mask_web_mm),
    "Class of fab": lambda board: board.capability or UNKNOWN,
    "Vias under mask, top": lambda board: _count(board.tented_top),
    "Vias under mask, bottom": lambda board: _count(board.tented_bottom),
    "Paste openings, top": lambda board: _count(board.paste.top),
    "Paste openings, bottom": lambda board: _count(board.paste.bottom),
}


def _board(old: Design, new: Design) -> Iterator[Difference]:
    for name, said in FACTS.items():
        before, after = said(old.board), said(new.board)
        if before != after:
            yield Difference(About.BOARD, name, before, after)
    yield from _copper(old.board, new.board)


def _copper(old: Board, new: Board) -> Iterator[Difference]:
    """Layer by layer, where both were measured: the area tells which one was drawn anew."""
    before, after = ({area.layer: area.area_mm2 for area in board.copper_areas} for board in (old, new))
    for layer in sorted(number for number in before if number is not None and number in after):
        if abs(after[layer] - before[layer]) > SAME_COPPER * before[layer]:
            yield Difference(About.BOARD, f"Copper of layer {layer}", _area(before[layer]), _area(after[layer]))


def _part(line: BomLine) -> str:
    """What is bought and whether it is fitted; a description is no part of it."""
    words = dict.fromkeys(filter(None, (line.manufacturer, line.mpn, line.value, line.package)))
    said = " ".join(words) or line.name
    return f"{said}, not fitted" if line.not_fitted else said


def _parts(old: Design, new: Design) -> Iterator[Difference]:
    """By designator, those with the same change together; lines without designators by what they are."""
    before, after = _by_designator(old.bom), _by_designator(new.bom)
    changes: dict[tuple[str, str], list[str]] = {}
    for name in dict.fromkeys((*before, *after)):
        pair = before.get(name, ""), after.get(name, "")
        if pair[0] != pair[1]:
            changes.setdefault(pair, []).append(name)
    for (was, now), names in changes.items():
        yield Difference(About.PART, ", ".join(names), was, now)
    yield from _loose(old.bom, new.bom)


def _by_designator(bom: Iterable[BomLine]) -> dict[str, str]:
    return {name: _part(line) for line in bom for name in line.designators}


def _loose(old: Sequence[BomLine], new: Sequence[BomLine]) -> Iterator[Difference]:
    before, after = _quantities(old), _quantities(new)
    for part in dict.fromkeys((*before, *after)):
        was, now = before.get(part, 0), after.get(part, 0)
        if was != now:
            yield Difference(About.PART, part, f"{was:,} pieces" if was else "", f"{now:,} pieces" if now else "")


def _quantities(bom: Iterable[BomLine]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for line in bom:
        if not line.designators:
            counts[_part(line)] += line.per_board
    return counts


Point = tuple[float, float]


def _placements(old: Design, new: Design) -> Iterator[Difference]:
    before, after = _once(old.placements), _once(new.placements)
    both = [name for name in before if name in after]
    shift = _shift([(before[name], after[name]) for name in both])
    for name in both:
        was, now = before[name], after[name]
        if was.side is not now.side or _is_turned(was, now) or not _is_at(was, now, shift):
            yield Difference(About.PLACEMENT, name, _place(was, (0, 0)), _place(now, shift))
    yield from (
        Difference(About.PLACEMENT, name, _place(part, (0, 0)), "")
        for name, part in before.items()
        if name not in after
    )
    yield from (
        Difference(About.PLACEMENT, name, "", _place(part, shift)) for name, part in after.items() if name not in before
    )


def _once(placements: Iterable[Placement]) -> dict[str, Placement]:
    return {part.designator: part for part in placements}


def _shift(pairs: Sequence[tuple[Placement, Placement]]) -> Point:
    """Another origin of the files moves every part alike, which is no change of the board: half of them must agree."""
    if not pairs:
        return 0, 0
    shift = median_low(now.x_mm - was.x_mm for was, now in pairs), median_low(now.y_mm - was.y_mm for was, now in pairs)
    agree = sum(_is_at(was, now, shift) for was, now in pairs)
    return shift if len(pairs) > 2 and 2 * agree > len(pairs) else (0, 0)


def _is_at(was: Placement, now: Placement, shift: Point) -> bool:
    return abs(now.x_mm - was.x_mm - shift[0]) <= MOVED_MM and abs(now.y_mm - was.y_mm - shift[1]) <= MOVED_MM


def _is_turned(was: Placement, now: Placement) -> bool:
    turn = abs(now.rotation_deg - was.rotation_deg) % 360
    return min(turn, 360 - turn) > TURNED_DEG


def _place(part: Placement, shift: Point) -> str:
    """In the frame of the older design."""
    x, y = (round(value, 2) + 0.0 for value in (part.x_mm - shift[0], part.y_mm - shift[1]))
    return f"{part.side}, {x:g} / {y:g} mm, {round(part.rotation_deg % 360, 1):g}°"


def _files(old: Design, new: Design) -> Iterator[Difference]:
    """A file goes by its content, then by its name, then by what it is where only one file of each package is that."""
    before, after = _unmatched(old.files, new.files), _unmatched(new.files, old.files)
    pairs = [*_matched(before, after, lambda file: file.name)]
    taken = {id(file) for pair in pairs for file in pair}
    left, come = ([file for file in files if id(file) not in taken] for files in (before, after))
    pairs += _matched(left, come, lambda file: (file.role, file.side, file.layer))
    taken |= {id(file) for pair in pairs for file in pair}
    for was, now in pairs:
        yield Difference(About.FILE, _renamed(was, now), f"{was.bytes:,} bytes", f"{now.bytes:,} bytes, other content")
    yield from (Difference(About.FILE, file.name, file.role, "") for file in before if id(file) not in taken)
    yield from (Difference(About.FILE, file.name, "", file.role) for file in after if id(file) not in taken)
    yield from _roles(old.files, new.files)


def _unmatched(files: Sequence[SourceFile], others: Sequence[SourceFile]) -> list[SourceFile]:
    """Those whose content the others lack: a file that was only renamed is no change, one copy less is."""
    names = {(file.name, file.sha256) for file in others}
    spare = Counter(file.sha256 for file in others)
    left: list[SourceFile] = []
    for file in sorted(files, key=lambda file: (file.name, file.sha256) not in names):
        if spare[file.sha256]:
            spare[file.sha256] -= 1
        else:
            left.append(file)
    return left


def _matched(
    left: Sequence[SourceFile], right: Sequence[SourceFile], key: Callable[[SourceFile], Hashable]
) -> Iterator[tuple[SourceFile, SourceFile]]:
    before, after = _singly(left, key), _singly(right, key)
    return ((before[name], after[name]) for name in before if name in after)


def _singly(values: Iterable[T], key: Callable[[T], Hashable]) -> dict[Hashable, T]:
    """By key, what no other value shares it with."""
    values = list(values)
    times = Counter(map(key, values))
    return {key(value): value for value in values if times[key(value)] == 1}


def _renamed(was: SourceFile, now: SourceFile) -> str:
    return now.name if was.name == now.name else f"{was.name} → {now.name}"


def _roles(old: Iterable[SourceFile], new: Iterable[SourceFile]) -> Iterator[Difference]:
    """The same file, taken for something else: by a correction, or by a newer reader."""
    before = _singly(old, lambda file: (file.name, file.sha256))
    for key, now in _singly(new, lambda file: (file.name, file.sha256)).items():
        was = before.get(key)
        if was and _taken_as(was) != _taken_as(now):
            yield Difference(About.FILE, now.name, _taken_as(was), _taken_as(now))


def _taken_as(file: SourceFile) -> str:
    layer = f"layer {file.layer}" if file.layer else ""
    return ", ".join(filter(None, (f"taken as {file.role}", file.side or "", layer)))


def _findings(old: Design, new: Design) -> Iterator[Difference]:
    """Those that are gone, then those that are new; the place on the picture is not compared."""
    before, after = _said(old.findings), _said(new.findings)
    yield from (Difference(About.FINDING, key[1], text, "") for key, text in before.items() if key not in after)
    yield from (Difference(About.FINDING, key[1], "", text) for key, text in after.items() if key not in before)


def _said(findings: Iterable[Finding]) -> dict[tuple[str, str, str], str]:
    return {(finding.code, finding.where, finding.message): finding.message for finding in findings}
