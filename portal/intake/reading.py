"""A package -> a Design: files by their roles, the board from its layers, parts and places from the tables.

Every step is timed and named aloud. One unreadable file is a finding of that file; the package goes on without it.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from portal.board.capability import Capabilities
from portal.board.design import Board, Design, FileRole, Finding
from portal.board.footprints import Landing, footprints, landed
from portal.board.line import Limits
from portal.board.measure import measure
from portal.board.outline import outline
from portal.board.pads import pads_of
from portal.board.stack import Stack
from portal.board.unread import OF_TABLES
from portal.errors import PackageRefused
from portal.intake.archives import open_package
from portal.intake.boards import Chosen, chosen_board, with_outline
from portal.intake.bom_unread import lists_not_read
from portal.intake.checks import cross_check
from portal.intake.checks_places import outside_board
from portal.intake.completeness import completeness
from portal.intake.corrections import NOTHING_SAID, Corrections
from portal.intake.frames import fitted
from portal.intake.parts_files import PartsReading, read_parts
from portal.intake.parts_sources import completed, estimated
from portal.intake.plots import read_stack
from portal.intake.roles import Assigned, assign_roles
from portal.intake.second import Run
from portal.intake.stages import Clock, Reading, with_findings
from portal.intake.witnesses import Witnesses, witnesses

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
    capabilities: Capabilities | None = None,
    progress: Callable[[str], None] = _silent,
) -> Reading:
    """Read one board of the package: `take` names it, else the first by the rule of boards.py.

    Without a table of `capabilities` it is not said which class of fab can build it.
    """
    asked = replace(corrections, take=take or corrections.take)
    stages = read_in_stages(path, name=name, corrections=asked, capabilities=capabilities, progress=progress)
    *_, reading = stages
    return reading


def read_in_stages(
    path: Path,
    *,
    name: str,
    corrections: Corrections = NOTHING_SAID,
    capabilities: Capabilities | None = None,
    progress: Callable[[str], None] = _silent,
    run: Run = map,
) -> Iterator[Reading]:
    """The same reading three times, each time with more in it (see stages.py). `run` answers what takes longest.

    What draws and measures is loaded after the first stage: a price does not wait for it.
    """
    clock = Clock(progress)
    known = _known(path, name=name, corrections=corrections, clock=clock)
    reading = Reading(known.design, seconds=clock.total())
    yield reading
    with clock.step("pictures"):
        from portal.intake.drawing_stage import drawn  # noqa: PLC0415

        reading = drawn(reading, known.stack, known.landing)
    yield replace(reading, seconds=clock.total())
    with clock.step("clearances"):
        from portal.intake.measuring import with_assembly, with_clearances  # noqa: PLC0415

        design = with_clearances(
            reading.design, known.stack, known.witnesses, capabilities=capabilities, landing=known.landing, run=run
        )
    with clock.step("assembly"):
        line = capabilities.line if capabilities else Limits()
        design = with_assembly(design, known.stack, known.landing, line=line, turns=corrections.turns)
    with clock.step("viewer"):
        from portal.board.viewer import viewer_data  # noqa: PLC0415

        viewer = viewer_data(known.stack, design) if known.stack.layers else b""
    with clock.step("films"):
        from portal.board.films import films  # noqa: PLC0415

        alone = films(known.stack)
    yield replace(reading, design=design, viewer=viewer, films=alone, seconds=clock.total())


@dataclass(frozen=True, eq=False)
class Known:
    """What the later stages measure further. No landing where the placements could not be laid on the pads."""

    design: Design
    stack: Stack
    landing: Landing | None
    witnesses: Witnesses


def _known(path: Path, *, name: str, corrections: Corrections, clock: Clock) -> Known:
    """The first stage: all that a price needs."""
    with clock.step("unpack"):
        members, opened = open_package(path)
    with clock.step("roles"):
        files = with_outline(assign_roles(members, corrections.roles), corrections.outline)
        _refuse_useless(files)
        chosen = chosen_board(files, members, corrections.take)
        files = chosen.numbered(files)
    stack, faults = _stack(chosen, files, clock)
    stack = replace(stack, edge_box=corrections.outline_box)
    with clock.step("bom"):
        parts = completed(read_parts(files, chosen, corrections.tables), files, chosen.whole)
        _refuse_unread(chosen, parts)
        unread = () if parts.lines else tuple(lists_not_read(files))
    with clock.step("checks"):
        board, measured = _measured(stack, chosen)
        aside = witnesses(files, board)
        parts, landing = _landed(estimated(parts.fitted_to(board), stack, aside.netlist), stack, board)
        missing = completeness(chosen.plots, files) if chosen.candidate else ()
        checked = cross_check(parts.lines, parts.placements, landing) if parts.lines or parts.placements else ()
        checked += outside_board(parts.placements, board.box_mm)
    design = Design(
        name=chosen.name or name,
        board=board,
        bom=parts.lines,
        bom_columns=parts.columns,
        placements=parts.placements,
        placement_units=parts.units,
        footprints=footprints(landing) if landing else (),
        files=tuple(assigned.file for assigned in files),
        candidates=chosen.others,
    )
    found = (
        *opened,
        *chosen.findings,
        *missing,
        *faults,
        *measured,
        *aside.findings,
        *parts.findings,
        *unread,
        *checked,
    )
    return Known(with_findings(design, *found), stack, landing, aside)


def _stack(chosen: Chosen, files: Sequence[Assigned], clock: Clock) -> tuple[Stack, tuple[Finding, ...]]:
    """Of the whole board where there are no plots; its drill files and pictures of it count for nothing then."""
    papers = [file for file in files if file.file.role is FileRole.DOCUMENT]
    stack, faults = read_stack(chosen.plots, clock, beside=papers)
    return (chosen.whole.stack, chosen.whole.findings) if chosen.whole else (stack, faults)


def _measured(stack: Stack, chosen: Chosen) -> tuple[Board, tuple[Finding, ...]]:
    if not chosen.is_there:
        return Board(), ()
    board, findings = measure(stack)
    edge = outline(stack)
    partial = chosen.whole is not None and chosen.whole.partial
    board = replace(board, copper_layers=None) if partial else board
    return replace(board, box_mm=edge.box if edge else None), findings


def _landed(parts: PartsReading, stack: Stack, board: Board) -> tuple[PartsReading, Landing | None]:
    """The placements in the frame of the artwork, and the pads that they stand on."""
    if not (parts.placements and stack.layers):
        return parts, None
    pads = pads_of(stack)
    if parts.in_frame:
        return parts, landed(pads, parts.placements)
    fit = fitted(parts.placements, pads, board.box_mm)
    findings = (*parts.findings, *fit.findings)
    if fit.units and parts.units is None:
        findings = tuple(finding for finding in findings if finding.code != "centroid-units-unknown")
    parts = replace(parts, placements=fit.placements, units=parts.units or fit.units, findings=findings)
    return parts, landed(pads, fit.placements) if fit.frame else None


def _refuse_useless(files: Sequence[Assigned]) -> None:
    """A web page called .zip, a photograph, somebody's letter: there is nothing to show a customer."""
    if not any(file.file.role in USEFUL for file in files):
        raise PackageRefused(
            "nothing-to-build",
            "There is nothing here that a board can be built from: no Gerber, drill file, part list or centroid file.",
            "Export these from your CAD tool and send them as one zip.",
        )


def _refuse_unread(chosen: Chosen, parts: PartsReading) -> None:
    """Nothing but tables, and none of them can be opened: that is no design with findings, but no design."""
    unread = [finding for finding in parts.findings if finding.code in OF_TABLES]
    if unread and not (chosen.is_there or parts.lines or parts.placements):
        raise PackageRefused(unread[0].code, f"{unread[0].where}: {unread[0].message}", unread[0].remedy)


__all__ = ["Reading", "read_in_stages", "read_package"]
