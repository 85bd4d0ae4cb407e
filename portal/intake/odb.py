"""ODB++ 7 and 8: a folder tree that holds the whole board, as .tgz or .zip, its larger files perhaps packed (.Z).

matrix/matrix lists the layers from top to bottom; steps/<step> holds the profile, the layers, the components and the
netlist. A panel is a step that repeats another one: the board itself is read, and the panel is said.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np
import shapely

from portal.board.artwork import Artwork, DrillHits
from portal.board.design import FileRole, Finding, Severity, Side, SourceFile
from portal.board.stack import Layer, Stack
from portal.errors import PackageRefused
from portal.intake.archives import Member
from portal.intake.drawing import EXPORT_AGAIN, Drawing, say_beyond
from portal.intake.native_parts import lines_of
from portal.intake.odb_components import FOLDERS, Component, is_part, part_of, placement_of, read_components
from portal.intake.odb_features import Features, Stroke, Surface, read_features
from portal.intake.odb_fonts import Font, read_font
from portal.intake.odb_job import (
    NOTHING,
    Job,
    MatrixLayer,
    board_step,
    drill_tools,
    job_of,
    matrix_layers,
    odb_jobs,
    own_symbols,
    step_unit,
    tool_of,
)
from portal.intake.odb_layers import Setting, Symbols, artwork, drill_hits, remarks, symbol_remarks
from portal.intake.odb_makers import Listed, read_part_list
from portal.intake.odb_nets import Nets, read_nets
from portal.intake.whole import WholeBoard

__all__ = ["is_odb", "odb_jobs", "read_odb"]

VITAL = {FileRole.COPPER, FileRole.DRILL}


def is_odb(members: Sequence[Member]) -> bool:
    return bool(odb_jobs(members))


def read_odb(members: Sequence[Member], *, name: str, said: Mapping[str, SourceFile] = NOTHING) -> WholeBoard:
    """The board of the first job among the members. Raises PackageRefused where no board is in it.

    `said`: what the customer says of single files of the job.
    """
    job = job_of(members, name=name)
    layers = matrix_layers(job, said)
    reading = _Reading(job, board_step(job, layers))
    stack = reading.stack(layers)
    parts, packages = [each for each in reading.components if is_part(each)], reading.nets.packages
    of_all = (*symbol_remarks(reading.symbols), *say_beyond(reading.beyond))
    job.findings += [replace(finding, where=name) for finding in of_all]
    return WholeBoard(
        name=name,
        stack=stack,
        tool=tool_of(job),
        lines=lines_of(part_of(each, packages, reading.part_list.get(each.designator)) for each in parts),
        placements=tuple(placement_of(component, packages) for component in parts),
        findings=tuple(job.findings),
    )


@dataclass
class _Reading:
    """One step of one job. What cannot be read is a finding of that file."""

    job: Job
    step: str
    layers: list[Layer] = field(default_factory=list)
    drills: list[DrillHits] = field(default_factory=list)
    beyond: int = 0  # things outside of the profile

    @cached_property
    def unit(self) -> float:
        return step_unit(self.job, self.step)

    @cached_property
    def symbols(self) -> Symbols:
        return Symbols(own_symbols(self.job), self.unit)

    @cached_property
    def font(self) -> Font | None:
        return read_font(self.job.text("fonts/standard"))

    @cached_property
    def nets(self) -> Nets:
        path = f"steps/{self.step}/eda/data"
        try:
            return read_nets(self.job.data(path))
        except PackageRefused as refusal:
            self._unread(path, refusal, Severity.NOTE)
            return Nets()

    @cached_property
    def part_list(self) -> Mapping[str, Listed]:
        """Of several lists none is believed: nobody has said which is to be built."""
        inside = re.compile(rf"steps/{re.escape(self.step)}/boms/[^/]+/bom")
        lists = [path for path in self.job.files if inside.fullmatch(path)]
        if len(lists) > 1:
            text = f"holds {len(lists)} part lists; only what stands behind each component was read."
            remedy = "Send the part list that is to be built as a file of its own."
            self.job.findings.append(Finding(Severity.ASK, "odb-part-lists", self.job.file(lists[0]), text, remedy))
        return read_part_list(self.job.text(lists[0])) if len(lists) == 1 else {}

    @cached_property
    def components(self) -> list[Component]:
        return [component for side in Side for component in self._of_side(side)]

    def _of_side(self, side: Side) -> list[Component]:
        path = f"steps/{self.step}/layers/{FOLDERS[side]}/components"
        try:
            components, unread = read_components(self.job.data(path), side, mm=self.unit)
        except PackageRefused as refusal:
            self._unread(path, refusal, Severity.ASK)
            return []
        if unread:
            text = f"has {unread} components that could not be read; they were left out."
            self.job.findings.append(Finding(Severity.ASK, "odb-component", self.job.file(path), text, EXPORT_AGAIN))
        return components

    def stack(self, layers: Sequence[MatrixLayer]) -> Stack:
        outline = self._outline(layers)
        for layer in layers:
            path = f"steps/{self.step}/layers/{layer.name}/features"
            try:
                self._take(layer, path, outline)
            except PackageRefused as refusal:
                self._unread(path, refusal, Severity.STOP if layer.role in VITAL else Severity.ASK)
        return Stack((*self.layers, *([outline] if outline else [])), tuple(self.drills))

    def _take(self, layer: MatrixLayer, path: str, outline: Layer | None) -> None:
        if path not in self.job.files:
            if layer.role is FileRole.COPPER:
                text = f"lists the copper layer {layer.name}, but has no file of it."
                self.job.findings.append(Finding(Severity.STOP, "odb-layer-missing", self.job.name, text, EXPORT_AGAIN))
            return
        found = read_features(self.job.data(path), mm=self.unit)
        file = self.job.file(path)
        if layer.role is not FileRole.DRILL:
            board = outline.artwork.bounds_mm() if outline else None
            nets, pins = self.nets.nets.get(layer.name, {}), self._pins(layer.name)
            font = self.font if layer.role is FileRole.LEGEND else None  # of copper the letters must be exact
            drawn, beyond = artwork(found, self.symbols, Setting(nets, pins, board, layer.negative, font))
            self.beyond += beyond
            if layer.role is FileRole.COPPER and drawn.is_empty:
                text = f"lists the copper layer {layer.name}, on which nothing is drawn."
                self.job.findings.append(Finding(Severity.ASK, "odb-layer-empty", file, text, EXPORT_AGAIN))
            self.layers.append(Layer(layer.role, drawn, file, layer.side, layer.number))
            return
        tools = drill_tools(self.job, path.removesuffix("/features"))
        hits = drill_hits(found, self.symbols, tools=tools, edge=_edge(outline))
        if hits.count or not layer.is_routed:
            findings = tuple(replace(finding, where=file) for finding in hits.findings)
            routed = np.full(len(hits.slots), layer.is_routed)
            self.drills.append(replace(hits, findings=findings, routed=routed, span=layer.span))

    def _pins(self, layer: str) -> dict[int, str]:
        """Feature -> "U3,14"."""
        parts = {side: [c for c in self.components if c.side is side] for side in Side}
        found = {}
        for feature, (side, component, pin) in self.nets.pins.get(layer, {}).items():
            if component < len(parts[side]) and pin < len(parts[side][component].pins):
                part = parts[side][component]
                if part.designator:
                    found[feature] = f"{part.designator},{part.pins[pin]}"
        return found

    def _outline(self, layers: Sequence[MatrixLayer]) -> Layer | None:
        """The profile of the step; where it has none, what a router cuts with a pen of no width."""
        path = f"steps/{self.step}/profile"
        routed = [f"steps/{self.step}/layers/{layer.name}/features" for layer in layers if layer.is_routed]
        for each in (path, *routed):
            try:
                drawn = self._edges(each)
            except PackageRefused as refusal:
                self._unread(each, refusal, Severity.ASK)
                continue
            if not drawn.is_empty:
                return Layer(FileRole.OUTLINE, drawn, self.job.file(each))
        return None

    def _edges(self, path: str) -> Artwork:
        found = read_features(self.job.data(path), mm=self.unit)
        if path.endswith("/profile"):  # a router's layer says it itself
            self.job.findings += [replace(finding, where=self.job.file(path)) for finding in remarks(found)]
        drawing = Drawing()
        for feature in found.features:
            if isinstance(feature, Surface):
                for _, ring in feature.contours:
                    drawing.fill(ring)
            elif isinstance(feature, Stroke):
                self._edge_stroke(drawing, found, feature)
        return drawing.artwork()

    def _edge_stroke(self, drawing: Drawing, found: Features, stroke: Stroke) -> None:
        name, unit = found.symbols.get(stroke.symbol, ("", 1.0))
        pen = self.symbols.aperture(name, unit)
        if not pen.pen_mm:
            drawing.stroke(stroke.ends, drawing.aperture("pen", lambda: pen), centre=stroke.centre, sweep=stroke.sweep)

    def _unread(self, path: str, refusal: PackageRefused, severity: Severity) -> None:
        finding = Finding(severity, refusal.code, self.job.file(path), refusal.message, refusal.remedy)
        self.job.findings.append(finding)


def _edge(outline: Layer | None) -> Any | None:
    """The lines where the board is cut out; None where they are not known as rings."""
    if outline is None or not len(outline.artwork.regions):
        return None
    regions = outline.artwork.regions
    rings = [regions.points[a:b] for a, b in zip(regions.starts[:-1], regions.starts[1:], strict=True)]
    return shapely.multilinestrings([shapely.LinearRing(ring) for ring in rings])
