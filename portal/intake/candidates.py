"""Which boards a package holds: sets of layers that belong together. They are never merged; one is taken, by a rule."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from portal.board.design import FileRole, Side, SourceFile
from portal.intake.assigned import BOTTOM_LAYER, Assigned, is_plane
from portal.intake.first_taken import in_order

PLOTTED = {
    FileRole.COPPER,
    FileRole.MASK,
    FileRole.PASTE,
    FileRole.LEGEND,
    FileRole.OUTLINE,
    FileRole.DRILL,
}

NUMBER_AT_END = re.compile(r"(\d{1,2})(?:\.\w+)?$")
OF_EVERY_BOARD = frozenset(
    word
    for row in (
        "gerber | gerbers | gerber files | gerberfiles | gerber_files | gbr | camoutputs | cam | plot | plots | output",
        "outputs | production | manufacturing | fabrication | fab | fabfiles | pcb | jlcpcb | jlc | pcbway | release",
        "drill | drills | drillfiles | nc drill | board | files | export | exports | hardware | hw",
    )
    for word in row.split(" | ")
)
UNCLAIMED = BOTTOM_LAYER - 1
Seed = tuple[str, str]  # a folder with copper in it, and a board's own name where the folder holds several


@dataclass(frozen=True, slots=True)
class Candidate:
    """One board of the package. `name` is what the customer calls it, as far as the files say."""

    name: str
    folder: str
    stem: str
    plots: tuple[Assigned, ...]

    @property
    def copper(self) -> tuple[Assigned, ...]:
        return tuple(plot for plot in self.plots if plot.file.role is FileRole.COPPER)

    @property
    def content(self) -> frozenset[str]:
        """Copper and outline: two boards may share the one and differ in the other."""
        shape = {FileRole.COPPER, FileRole.OUTLINE}
        return frozenset(plot.file.sha256 for plot in self.plots if plot.file.role in shape)


def candidates(files: Sequence[Assigned]) -> tuple[Candidate, ...]:
    """The boards, in the order of first_taken.py."""
    plots = [file for file in files if file.file.role in PLOTTED]
    return tuple(in_order(_unlike(_boards(plots))))


def folder(assigned: Assigned) -> str:
    return assigned.file.name.rpartition("/")[0]


def _boards(plots: list[Assigned]) -> list[Candidate]:
    seeds = _seeds([plot for plot in plots if plot.file.role is FileRole.COPPER])
    if not seeds and plots:
        seeds = [(folder(plots[0]), "")]
    stencils = _stencils(plots, seeds)
    rest = [plot for plot in plots if not any(plot in own for own in stencils.values())]
    several = len(seeds) + len(stencils)
    return [
        Candidate(_name(where, stem, several), where, stem, _numbered(_belonging(rest, (where, stem), seeds)))
        for where, stem in seeds
    ] + [Candidate(_name(where, "", several), where, "", tuple(own)) for where, own in stencils.items()]


def _stencils(plots: list[Assigned], seeds: list[Seed]) -> dict[str, list[Assigned]]:
    """Folders with paste and no copper, where a board has other paste of that side: the stencil's own set."""
    boards = {where for where, _ in seeds}
    apart: dict[str, list[Assigned]] = {}
    for plot in plots:
        if folder(plot) not in boards:
            apart.setdefault(folder(plot), []).append(plot)
    paste = {plot.file.side: plot.file.sha256 for plot in plots if folder(plot) in boards and _is_paste(plot)}
    return {
        where: own
        for where, own in apart.items()
        if any(_is_paste(plot) and paste.get(plot.file.side, plot.file.sha256) != plot.file.sha256 for plot in own)
        and not any(plot.file.role is FileRole.DRILL for plot in own)
    }


def _is_paste(plot: Assigned) -> bool:
    return plot.file.role is FileRole.PASTE


def _seeds(copper: Iterable[Assigned]) -> list[Seed]:
    """A folder is one board, unless two files in it claim the same layer under different names."""
    by_folder: dict[str, list[Assigned]] = {}
    for file in copper:
        by_folder.setdefault(folder(file), []).append(file)
    seeds = []
    for where, files in by_folder.items():
        stems = dict.fromkeys(file.stem for file in files)
        claims = [(file.raw_layer, file.file.side) for file in files if file.raw_layer is not None]
        is_split = len(stems) > 1 and len(set(claims)) < len(claims)
        seeds += [(where, stem) for stem in stems] if is_split else [(where, "")]
    return seeds


def _belonging(plots: list[Assigned], own: Seed, seeds: list[Seed]) -> tuple[Assigned, ...]:
    """The board's own files, and those of folders without copper of their own that lie nearest to it."""
    taken = []
    for plot in plots:
        near = min(seeds, key=lambda seed: _distance(plot, seed))
        if near == own or (_is_shared(plot, own[0], seeds) and plot.file.role is not FileRole.COPPER):
            taken.append(plot)
    return tuple(taken)


def _distance(plot: Assigned, seed: Seed) -> tuple[int, bool]:
    """Folders apart, then whether the name is another board's."""
    where, stem = seed
    here, there = folder(plot).split("/"), where.split("/")
    common = len(list(takewhile(lambda pair: pair[0] == pair[1], zip(here, there, strict=False))))
    return len(here) + len(there) - 2 * common, bool(stem) and plot.stem != stem


def _is_shared(plot: Assigned, where: str, seeds: list[Seed]) -> bool:
    """In a folder of several boards a file that bears none of their names is everybody's."""
    stems = {stem for place, stem in seeds if place == where and stem}
    return folder(plot) == where and bool(stems) and plot.stem not in stems


def _numbered(plots: tuple[Assigned, ...]) -> tuple[Assigned, ...]:
    """Copper counted from 1: by the numbers that files claim; what claims none lies between top and bottom."""
    copper = [plot for plot in plots if plot.file.role is FileRole.COPPER]
    claims = {plot.file.name: _claim(plot) for plot in copper} | _counted(copper)
    order = {claim: number for number, claim in enumerate(sorted(set(claims.values())), start=1)}
    numbers = {name: order[claim] for name, claim in claims.items()}
    is_whole = len(order) > 1 and min(order)[0] == 1 and max(order)[0] != UNCLAIMED
    ends = {1: Side.TOP, len(order): Side.BOTTOM} if is_whole and not any(plot.file.side for plot in copper) else {}
    return tuple(
        replace(plot, file=_with_layer(plot.file, numbers[plot.file.name], ends))
        if plot.file.name in numbers
        else replace(plot, span=_span(plot.span, order))
        for plot in plots
    )


def _counted(copper: Sequence[Assigned]) -> dict[str, tuple[int, str]]:
    """GND2, ART03, SIG4, PWR5: where some claim no number, those at the ends of the names, if they count through."""
    inner = [plot for plot in copper if plot.file.side is None]
    if all(plot.raw_layer is not None for plot in inner) or {plot.file.side for plot in copper} != {None, *Side}:
        return {}
    ends = {plot.file.name: NUMBER_AT_END.search(plot.file.name) for plot in inner}
    numbers = {name: (int(found[1]), "") for name, found in ends.items() if found}
    return numbers if sorted(numbers.values()) == [(number, "") for number in range(2, len(inner) + 2)] else {}


def _with_layer(file: SourceFile, number: int, ends: Mapping[int, Side]) -> SourceFile:
    """Where a name gives no side but a number, the first layer is the top and the last the bottom."""
    return replace(file, layer=number, side=file.side or ends.get(number))


def _span(said: tuple[int, int] | None, order: dict[tuple[int, str], int]) -> tuple[int, int] | None:
    """Counted as copper is; None for holes through all layers. Eagle's bottom is 16, however few layers there are."""
    if said is None:
        return None
    first, last = (order.get((number, ""), min(number, len(order))) for number in said)
    return None if (first, last) == (1, len(order)) or first >= last else (first, last)


def _claim(plot: Assigned) -> tuple[int, str]:
    """Two files of one layer claim the same; a file that claims none stands by itself, and a plane apart."""
    if plot.raw_layer is None:
        return UNCLAIMED, plot.file.name
    return plot.raw_layer, "plane" if is_plane(plot) else ""


def _name(where: str, stem: str, boards: int) -> str:
    """As its folder is called; of "amp rev 2/gerbers" that is the upper one, as every board has gerbers."""
    if boards == 1:
        return ""
    parts = where.split("/")
    telling = [part for part in parts if part.strip().lower() not in OF_EVERY_BOARD] or parts
    return " ".join(filter(None, (telling[-1], re.sub(r"[-_. ]+$", "", stem)))) or where or "board"


def _unlike(boards: list[Candidate]) -> list[Candidate]:
    """The same copper twice is one board: loose files beside their own zip. The fuller set stays."""
    kept: dict[frozenset[str], Candidate] = {}
    for board in boards:
        there = kept.get(board.content)
        if there is None or len(board.plots) > len(there.plots):
            kept[board.content] = board
    return _distinct(list(kept.values()))


def _distinct(boards: list[Candidate]) -> list[Candidate]:
    """Names by which one can be chosen."""
    names: dict[str, int] = {}
    result = []
    for board in boards:
        names[board.name] = names.get(board.name, 0) + 1
        again = names[board.name]
        result.append(replace(board, name=f"{board.name} ({again})") if again > 1 else board)
    return result
