"""The layers and holes of the board that was taken. A file that cannot be read is a finding; the others go on."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from portal.board.artwork import Box, DrillHits, holes_drawn_as_gerber
from portal.board.design import FileRole, Finding, Severity
from portal.board.stack import Layer, Stack, extent_of
from portal.errors import PackageRefused
from portal.intake.drill import is_drill, read_drill
from portal.intake.drill_tools import nearest_lists
from portal.intake.gerber import read_gerber
from portal.intake.roles import Assigned
from portal.intake.stages import Clock

ARTWORK = {FileRole.COPPER, FileRole.MASK, FileRole.PASTE, FileRole.LEGEND, FileRole.OUTLINE}
VITAL = {FileRole.COPPER, FileRole.DRILL}  # without these nothing can be built


def read_stack(
    plots: Sequence[Assigned], clock: Clock, *, beside: Sequence[Assigned] = ()
) -> tuple[Stack, tuple[Finding, ...]]:
    """`beside`: the papers of the package; one of them may list the sizes of the drills."""
    faults: list[Finding] = []
    with clock.step("copper"):
        layers = tuple(_layers([plot for plot in plots if plot.file.role in ARTWORK], faults))
    with clock.step("drills"):
        near = extent_of(tuple(layer for layer in layers if layer.role in {FileRole.COPPER, FileRole.OUTLINE}))
        drills = tuple(
            _drills([plot for plot in plots if plot.file.role is FileRole.DRILL], near, faults, beside=beside)
        )
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
    plots: Sequence[Assigned], near: Box | None, faults: list[Finding], *, beside: Sequence[Assigned]
) -> Iterator[DrillHits]:
    for plot in plots:
        try:
            hits = _with_sizes(_hits(plot, near), plot, near=near, beside=beside)
        except PackageRefused as refusal:
            faults.append(_unread(plot, refusal))
            continue
        findings = tuple(replace(finding, where=finding.where or plot.file.name) for finding in hits.findings)
        yield replace(_plated(hits, plot.plated), span=plot.span, findings=findings)


def _plated(hits: DrillHits, by_name: bool | None) -> DrillHits:
    """What the file says of each tool is believed; the name of the file, where nothing else speaks."""
    if by_name is None:
        return hits
    if hits.plated is None and (hits.plating >= 0).any():
        return replace(hits, plating=np.where(hits.plating < 0, int(by_name), hits.plating))
    return replace(hits, plated=by_name)


def _hits(plot: Assigned, near: Box | None) -> DrillHits:
    if is_drill(plot.member.data):
        return read_drill(plot.member.data, near=near)
    return holes_drawn_as_gerber(read_gerber(plot.member.data))


def _with_sizes(hits: DrillHits, plot: Assigned, *, near: Box | None, beside: Sequence[Assigned]) -> DrillHits:
    """Where the file does not say its sizes: those of the list beside it that has all of them."""
    if not (np.isnan(hits.diameter_mm).any() or np.isnan(hits.slots[:, 4]).any()) or not is_drill(plot.member.data):
        return hits
    for name, sizes in nearest_lists(plot, beside):
        told = read_drill(plot.member.data, near=near, told=sizes)
        if not (np.isnan(told.diameter_mm).any() or np.isnan(told.slots[:, 4]).any()):
            return replace(told, findings=(*told.findings, _sizes_from(name)))
    return hits


def _sizes_from(name: str) -> Finding:
    return Finding(
        Severity.NOTE,
        "drill-sizes-beside",
        "",
        f"does not say the size of its drills; they were read from {name}.",
        "Nothing to do if that list is of this board.",
    )


def _unread(plot: Assigned, refusal: PackageRefused) -> Finding:
    severity = Severity.STOP if plot.file.role in VITAL else Severity.ASK
    return Finding(severity, refusal.code, plot.file.name, refusal.message, refusal.remedy)
