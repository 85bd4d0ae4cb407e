"""A package -> a Design: files by their roles, the board from its layers, parts and places from the tables.

Every step is timed and named aloud. One unreadable file is a finding of that file; the package goes on without it.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from portal.board.design import Board, Design, FileRole, Finding, Severity, Side
from portal.board.measure import measure
from portal.board.picture import side_picture
from portal.board.stack import Stack
from portal.errors import PackageRefused
from portal.intake.archives import open_package
from portal.intake.candidates import Candidate, candidates
from portal.intake.checks import cross_check
from portal.intake.completeness import completeness
from portal.intake.corrections import NOTHING_SAID, Corrections
from portal.intake.parts_files import read_parts
from portal.intake.plots import read_stack
from portal.intake.roles import Assigned, assign_roles
from portal.intake.stages import Clock, Reading, with_findings

USELESS = {FileRole.DOCUMENT, FileRole.LITTER, FileRole.DRAWING, FileRole.JOB}
USEFUL = set(FileRole) - USELESS


def _silent(_step: str) -> None:
    """Nobody listens."""


def read_package(
    path: Path,
    *,
    name: str,
    take: str | None = None,
    corrections: Corrections = NOTHING_SAID,
    progress: Callable[[str], None] = _silent,
) -> Reading:
    """Read one board of the package: `take` names it, else the first by the rule of candidates.py."""
    *_, reading = read_in_stages(path, name=name, take=take, corrections=corrections, progress=progress)
    return reading


def read_in_stages(
    path: Path,
    *,
    name: str,
    take: str | None = None,
    corrections: Corrections = NOTHING_SAID,
    progress: Callable[[str], None] = _silent,
) -> Iterator[Reading]:
    """The same reading three times, each time with more in it (see stages.py)."""
    clock = Clock(progress)
    design, stack = _designed(
        path, name=name, corrections=replace(corrections, take=take or corrections.take), clock=clock
    )
    yield Reading(design, seconds=clock.total())
    with clock.step("pictures"):
        pictures, unseen = _pictures(stack)
    design = with_findings(design, *unseen)
    yield Reading(design, pictures, seconds=clock.total())
    yield Reading(design, pictures, seconds=clock.total())


def _designed(path: Path, *, name: str, corrections: Corrections, clock: Clock) -> tuple[Design, Stack]:
    """The first stage: all that a price needs."""
    with clock.step("unpack"):
        members, findings = open_package(path)
    with clock.step("roles"):
        files = assign_roles(members)
        _refuse_useless(files)
        boards = candidates(files)
        taken = _taken(boards, corrections.take)
        files = _with_layers(files, taken)
    stack, faults = read_stack(taken.plots if taken else (), clock)
    with clock.step("bom"):
        parts = read_parts(files, taken)
    with clock.step("checks"):
        board, measured = measure(stack) if taken else (Board(), _nothing_plotted(files))
        parts = parts.fitted_to(board)
        missing = completeness(taken.plots, files) if taken else ()
        choice = _choice(boards, taken, chosen=bool(corrections.take))
        found = (*findings, *choice, *missing, *faults, *measured, *parts.findings)
        checked = cross_check(parts.lines, parts.placements) if parts.lines or parts.placements else ()
    design = Design(
        name=taken.name if taken and len(boards) > 1 else name,
        board=board,
        bom=parts.lines,
        bom_columns=parts.columns,
        placements=parts.placements,
        placement_units=parts.units,
        files=tuple(assigned.file for assigned in files),
        candidates=tuple(other.name for other in boards if other is not taken),
    )
    return with_findings(design, *found, *checked), stack


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


def _pictures(stack: Stack) -> tuple[dict[Side, str], tuple[Finding, ...]]:
    drawn = {side: side_picture(stack, side) for side in Side} if stack.layers else {}
    pictures = {side: svg for side, svg in drawn.items() if svg}
    return pictures, tuple(_undrawn(side) for side in drawn if side not in pictures)


def _undrawn(side: Side) -> Finding:
    text = f"The {side} of this board has too much on it to be shown as a picture; it was read all the same."
    return Finding(Severity.NOTE, "picture-too-large", "", text, "Nothing to do; look at it in a Gerber viewer.")


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


__all__ = ["Reading", "read_in_stages", "read_package"]
