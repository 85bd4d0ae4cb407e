"""The layers and holes of the board that was taken. A file that cannot be read is a finding; the others go on."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from portal.board.artwork import Box, DrillHits, holes_drawn_as_gerber
from portal.board.design import FileRole, Finding, Severity
from portal.board.stack import Layer, Stack, extent_of
from portal.errors import PackageRefused
from portal.intake.drill import is_drill, read_drill
from portal.intake.gerber import read_gerber
from portal.intake.roles import Assigned
from portal.intake.stages import Clock

ARTWORK = {FileRole.COPPER, FileRole.MASK, FileRole.PASTE, FileRole.LEGEND, FileRole.OUTLINE}
VITAL = {FileRole.COPPER, FileRole.DRILL}  # without these nothing can be built


def read_stack(plots: Sequence[Assigned], clock: Clock) -> tuple[Stack, tuple[Finding, ...]]:
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


def _drills(plots: Sequence[Assigned], near: Box | None, faults: list[Finding]) -> Iterator[DrillHits]:
    for plot in plots:
        try:
            hits = _hits(plot, near)
        except PackageRefused as refusal:
            faults.append(_unread(plot, refusal))
            continue
        findings = tuple(replace(finding, where=finding.where or plot.file.name) for finding in hits.findings)
        plated = hits.plated if plot.plated is None else plot.plated
        yield replace(hits, plated=plated, span=plot.span, findings=findings)


def _hits(plot: Assigned, near: Box | None) -> DrillHits:
    if is_drill(plot.member.data):
        return read_drill(plot.member.data, near=near)
    return holes_drawn_as_gerber(read_gerber(plot.member.data))


def _unread(plot: Assigned, refusal: PackageRefused) -> Finding:
    severity = Severity.STOP if plot.file.role in VITAL else Severity.ASK
    return Finding(severity, refusal.code, plot.file.name, refusal.message, refusal.remedy)
