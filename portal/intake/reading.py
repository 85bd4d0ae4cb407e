"""A package -> a Design: files by their roles, the board from its layers, parts and places from the tables.

Every step is timed and named aloud. One unreadable file is a finding of that file; the package goes on without it.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from portal.board.artwork import DrillHits, holes_drawn_as_gerber
from portal.board.design import Board, Design, FileRole, Finding, Severity, Side
from portal.board.measure import measure
from portal.board.picture import side_picture
from portal.board.stack import Layer, Stack, extent_of
from portal.errors import PackageRefused
from portal.intake.archives import open_package
from portal.intake.candidates import Candidate, candidates
from portal.intake.checks import cross_check
from portal.intake.completeness import completeness
from portal.intake.drill import is_drill, read_drill
from portal.intake.gerber import read_gerber
from portal.intake.parts_files import PartsReading, read_parts
from portal.intake.roles import Assigned, assign_roles

ARTWORK = {FileRole.COPPER, FileRole.MASK, FileRole.PASTE, FileRole.LEGEND, FileRole.OUTLINE}

USELESS = {FileRole.DOCUMENT, FileRole.LITTER, FileRole.DRAWING, FileRole.JOB}
USEFUL = set(FileRole) - USELESS


@dataclass(frozen=True, slots=True)
class Reading:
    """`pictures`: an SVG of each side. `seconds` by step, "total" among them."""

    design: Design
    pictures: dict[Side, str] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)


class Clock:
    """Names each step aloud and remembers how long it took."""

    def __init__(self, progress: Callable[[str], None]) -> None:
        self.progress, self.began = progress, time.perf_counter()
        self.seconds: dict[str, float] = {}

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        self.progress(name)
        began = time.perf_counter()
        yield
        self.seconds[name] = round(time.perf_counter() - began, 4)

    def total(self) -> dict[str, float]:
        return {"total": round(time.perf_counter() - self.began, 4), **self.seconds}


def _silent(_step: str) -> None:
    """Nobody listens."""


def read_package(
    path: Path, *, name: str, take: str | None = None, progress: Callable[[str], None] = _silent
) -> Reading:
    """Read one board of the package: `take` names it, else the first by the rule of candidates.py."""
    clock = Clock(progress)
    with clock.step("unpack"):
        members, findings = open_package(path)
    with clock.step("roles"):
        files = assign_roles(members)
        _refuse_useless(files)
        boards = candidates(files)
        taken = _taken(boards, take)
        files = _with_layers(files, taken)
    stack, faults = _stack(taken, clock)
    with clock.step("bom"):
        parts = read_parts(files, taken)
    with clock.step("checks"):
        board, measured = measure(stack) if taken else (Board(), _nothing_plotted(files))
        parts = parts.fitted_to(board)
        missing = completeness(taken.plots, files) if taken else ()
        found = (*findings, *_choice(boards, taken, chosen=bool(take)), *missing, *faults, *measured, *parts.findings)
        checked = cross_check(parts.lines, parts.placements) if parts.lines or parts.placements else ()
    with clock.step("pictures"):
        pictures, unseen = _pictures(stack)
    design = Design(
        name=taken.name if taken and len(boards) > 1 else name,
        board=board,
        bom=parts.lines,
        bom_columns=parts.columns,
        placements=parts.placements,
        placement_units=parts.units,
        files=tuple(assigned.file for assigned in files),
        findings=_ordered((*found, *checked, *unseen)),
        candidates=tuple(other.name for other in boards if other is not taken),
    )
    return Reading(design, pictures, clock.total())


def _refuse_useless(files: Sequence[Assigned]) -> None:
    """A web page called .zip, a photograph, somebody's letter: there is nothing to show a customer."""
    if not any(file.file.role in USEFUL for file in files):
        raise PackageRefused(
            "nothing-to-build",
            "There is nothing here that a board can be built from: no Gerber, drill file, part list or centroid file.",
            "Export these from your CAD tool and send them as one zip.",
        )


def _taken(boards: Sequence[Candidate], take: str | None) -> Candidate | None:
    if take is None:
        return boards[0] if boards else None
    chosen = next((board for board in boards if board.name == take), None)
    if chosen is None:
        names = ", ".join(board.name for board in boards) or "only one"
        raise PackageRefused(
            "no-such-board", f"There is no board named {take[:80]} in this package.", f"Choose: {names}."
        )
    return chosen


def _with_layers(files: Sequence[Assigned], taken: Candidate | None) -> tuple[Assigned, ...]:
    """The files with the layer numbers of the board that was taken."""
    numbered = {id(plot.member): plot for plot in taken.plots} if taken else {}
    return tuple(numbered.get(id(file.member), file) for file in files)


def _stack(taken: Candidate | None, clock: Clock) -> tuple[Stack, tuple[Finding, ...]]:
    plots = taken.plots if taken else ()
    faults: list[Finding] = []
    with clock.step("copper"):
        layers = tuple(_layers([plot for plot in plots if plot.file.role in ARTWORK], faults))
    with clock.step("drills"):
        near = extent_of(tuple(layer for layer in layers if layer.role in {FileRole.COPPER, FileRole.OUTLINE}))
        drills = tuple(_drills([plot for plot in plots if plot.file.role is FileRole.DRILL], near, faults))
    return Stack(layers, drills), tuple(faults)


def _layers(plots: Sequence[Assigned], faults: list[Finding]) -> Iterator[Layer]:
    for plot in plots:
        try:
            artwork = read_gerber(plot.member.data)
        except PackageRefused as refusal:
            faults.append(_unread(plot, refusal))
            continue
        yield Layer(plot.file.role, artwork, plot.file.name, plot.file.side, plot.file.layer)


def _drills(
    plots: Sequence[Assigned], near: tuple[float, float, float, float] | None, faults: list[Finding]
) -> Iterator[DrillHits]:
    for plot in plots:
        try:
            hits = _hits(plot, near)
        except PackageRefused as refusal:
            faults.append(_unread(plot, refusal))
            continue
        findings = tuple(replace(finding, where=finding.where or plot.file.name) for finding in hits.findings)
        yield replace(hits, plated=hits.plated if plot.plated is None else plot.plated, findings=findings)


def _hits(plot: Assigned, near: tuple[float, float, float, float] | None) -> DrillHits:
    if is_drill(plot.member.data):
        return read_drill(plot.member.data, near=near)
    return holes_drawn_as_gerber(read_gerber(plot.member.data))


def _pictures(stack: Stack) -> tuple[dict[Side, str], tuple[Finding, ...]]:
    drawn = {side: side_picture(stack, side) for side in Side} if stack.layers else {}
    pictures = {side: svg for side, svg in drawn.items() if svg}
    return pictures, tuple(_undrawn(side) for side in drawn if side not in pictures)


def _undrawn(side: Side) -> Finding:
    text = f"The {side} of this board has too much on it to be shown as a picture; it was read all the same."
    return Finding(Severity.NOTE, "picture-too-large", "", text, "Nothing to do; look at it in a Gerber viewer.")


def _unread(plot: Assigned, refusal: PackageRefused) -> Finding:
    """A stop for copper and drill, which the board cannot be built without."""
    is_vital = plot.file.role in {FileRole.COPPER, FileRole.DRILL}
    severity = Severity.STOP if is_vital else Severity.ASK
    return Finding(severity, refusal.code, plot.file.name, refusal.message, refusal.remedy)


def _choice(boards: Sequence[Candidate], taken: Candidate | None, *, chosen: bool) -> Iterator[Finding]:
    if len(boards) > 1 and taken and not chosen:
        others = ", ".join(board.name for board in boards if board is not taken)
        yield Finding(
            Severity.ASK,
            "several-boards",
            taken.name,
            f"was taken, as it has the most layers; the package also holds {others}.",
            "Say which one you want, or send each board as its own package.",
        )


def _nothing_plotted(files: Sequence[Assigned]) -> tuple[Finding, ...]:
    whole = [file.file.name for file in files if file.file.role is FileRole.BOARD]
    about = f" ({whole[0]} is a whole board in one file, which is not read yet)" if whole else ""
    return (
        Finding(
            Severity.STOP,
            "no-layers",
            "",
            f"There is no Gerber layer in this package{about}.",
            "Send the Gerber and drill files of the board.",
        ),
    )


ORDER = {severity: at for at, severity in enumerate(Severity)}


def _ordered(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """The worst first, each once."""
    return tuple(sorted(dict.fromkeys(findings), key=lambda finding: ORDER[finding.severity]))


__all__ = ["PartsReading", "Reading", "read_package"]
