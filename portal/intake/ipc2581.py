"""IPC-2581 (revisions A to C): one XML file that holds the whole board, or the part of it that one trade needs.

The name of a layer says nothing here: each says its function, and the stack-up says its place.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from portal.board.artwork import DrillHits
from portal.board.design import FileRole, Finding, Placement, Severity, Side
from portal.board.stack import Layer, Stack
from portal.intake.drawing import EXPORT_AGAIN, Drawing, LayerRefused, say_beyond
from portal.intake.ipc2581_parts import Parts, placement_of
from portal.intake.ipc2581_primitives import given, tag
from portal.intake.ipc2581_sets import Holes, StepLayers, ends_of, span_name
from portal.intake.ipc2581_shapes import MM_PER_UNIT, Dictionary
from portal.intake.ipc2581_stream import Mode, elements, is_ipc2581
from portal.intake.native_parts import height_mm
from portal.intake.sides import side_of
from portal.intake.whole import WholeBoard

__all__ = ["is_ipc2581", "read_ipc2581"]

SHOWN = 3
ROLES = {
    **dict.fromkeys(("CONDUCTOR", "SIGNAL", "PLANE", "MIXED", "CONDFILM", "CONDFOIL", "POWER_GROUND"), FileRole.COPPER),
    **dict.fromkeys(("SOLDERMASK", "COVERLAY", "COVERCOAT"), FileRole.MASK),
    **dict.fromkeys(("PASTEMASK", "SOLDERPASTE"), FileRole.PASTE),
    **dict.fromkeys(("SILKSCREEN", "LEGEND"), FileRole.LEGEND),
    **dict.fromkeys(("BOARD_OUTLINE", "BOARDOUTLINE"), FileRole.OUTLINE),
}
SIDES = {"TOP": Side.TOP, "BOTTOM": Side.BOTTOM}
PARTIAL = {"ASSEMBLY", "STENCIL", "TEST", "BOM", "STACKUP", "DFX"}  # modes that may leave out inner copper


def read_ipc2581(data: bytes, *, name: str) -> WholeBoard:
    """Raises PackageRefused for what is damaged, declares entities, or would cost too much."""
    reading = _Reading(name, mode=Mode.of(data).name)
    for element in elements(data, name, TAKEN):
        reading.take(element)
    return reading.board()


@dataclass(frozen=True, slots=True)
class _LayerSaid:
    role: FileRole | None
    side: Side | None
    negative: bool
    ends: tuple[str, str] = ("", "")  # of a drill layer
    routed: bool = False


OUTLINE = _LayerSaid(FileRole.OUTLINE, None, negative=False)


@dataclass
class _Step:
    layers: StepLayers
    placements: list[Placement] = field(default_factory=list)

    @property
    def weight(self) -> tuple[bool, int, int]:
        """The board itself has parts and copper, and repeats nothing."""
        return not self.layers.repeats, len(self.placements), len(self.layers.drawings)


class _Reading:
    """What has been seen of the file so far."""

    def __init__(self, name: str, *, mode: str) -> None:
        self.name, self.mode = name, mode
        self.dictionary = Dictionary()
        self.layers: dict[str, _LayerSaid] = {}
        self.order: dict[str, float] = {}
        self.steps: dict[str, _Step] = {}
        self.heights: dict[str, float | None] = {}  # by package
        self.parts = Parts()
        self.tool = ""
        self.unread = self.unsided = 0
        self.unit_is_known = True
        self.refused: list[Finding] = []

    def take(self, element: Any) -> None:
        try:
            TAKEN[tag(element)](self, element)
        except ValueError:
            self.unread += 1

    def step(self, element: Any) -> _Step:
        """The step that the element lies in."""
        while element is not None and tag(element) != "Step":
            element = element.getparent()
        name = "" if element is None else element.get("name") or ""
        return self.steps.setdefault(name, _Step(StepLayers(self.dictionary)))

    def header(self, element: Any) -> None:
        unit = MM_PER_UNIT.get((element.get("units") or "").strip().upper())
        self.dictionary.unit, self.unit_is_known = unit or 1.0, unit is not None

    def layer(self, element: Any) -> None:
        role = ROLES.get((element.get("layerFunction") or "").upper())
        where = (element.get("side") or "").upper()
        side = SIDES.get(where) or (side_of(element.get("name") or "") if where != "INTERNAL" else None)
        side = None if role is FileRole.OUTLINE else side
        # Only of copper is it said in one way: many tools call every mask negative and draw its openings.
        negative = role is FileRole.COPPER and (element.get("polarity") or "").upper() == "NEGATIVE"
        ends = ends_of(element)
        routed = (element.get("layerFunction") or "").upper() == "ROUT"
        self.layers[element.get("name") or ""] = _LayerSaid(role, side, negative, ends, routed)

    def stackup_layer(self, element: Any) -> None:
        if element.get("sequence"):
            self.order[element.get("layerOrGroupRef") or ""] = given(element, "sequence")

    def set(self, element: Any) -> None:
        parent = element.getparent()
        layer = "" if parent is None else parent.get("layerRef") or ""
        said = self.layers.get(layer)
        self.step(element).layers.take_set(element, layer, is_drawn=bool(said and said.role))

    def padstack(self, element: Any) -> None:
        self.step(element).layers.learn_stack(element)

    def stack(self, element: Any) -> None:
        for child in element:
            if tag(child) == "LayerHole":
                self.layers.setdefault(span_name(child), _LayerSaid(None, None, negative=False, ends=ends_of(child)))
        drawn = [name for name, said in self.layers.items() if said.role]
        self.step(element).layers.take_stack(element, drawn)

    def profile(self, element: Any) -> None:
        self.step(element).layers.profile(element)

    def repeat(self, element: Any) -> None:
        count = abs(int(element.get("nx") or 1) * int(element.get("ny") or 1))
        repeats = self.step(element).layers.repeats
        repeats[element.get("stepRef") or ""] = repeats.get(element.get("stepRef") or "", 0) + count

    def package(self, element: Any) -> None:
        self.heights[element.get("name") or ""] = height_mm(element.get("height"), self.dictionary.unit)

    def component(self, element: Any) -> None:
        layer = element.get("layerRef") or ""
        said = self.layers.get(layer)
        side = (said.side if said else None) or side_of(layer)
        placement = placement_of(element, side, mm=self.dictionary.unit)
        if placement:
            placement = replace(placement, height_mm=self.heights.get(placement.package))
            self.step(element).placements.append(placement)
            self.unsided += side is None

    def entry(self, element: Any) -> None:
        self.dictionary.learn(element)

    def item(self, element: Any) -> None:
        self.parts.take_item(element)

    def vendors(self, element: Any) -> None:
        self.parts.take_vendors(element)

    def maker(self, element: Any) -> None:
        self.parts.take_maker(element)

    def software(self, element: Any) -> None:
        self.tool = " ".join(filter(None, (element.get("name"), element.get("revision"))))[:80]

    def board(self) -> WholeBoard:
        step = max(self.steps.values(), key=lambda each: each.weight, default=_Step(StepLayers(self.dictionary)))
        layers, beyond = self._drawn(step)
        drills = tuple(filter(None, (self._hits(name, holes) for name, holes in step.layers.told_once())))
        copper = [layer for layer in layers if layer.role is FileRole.COPPER]
        partial = not copper or (self.mode in PARTIAL and len(copper) <= 2)
        remarks = (
            *self._remarks(step),
            *self._say_missing(step),
            *self._say_steps(step),
            *say_beyond(beyond),
            *self._say_partial(len(copper), partial=partial),
        )
        return WholeBoard(
            self.name,
            Stack(layers, drills),
            self.tool or None,
            self.parts.lines(tool=self.tool),
            tuple(step.placements),
            (*self.refused, *(replace(each, where=self.name) for each in remarks)),
            partial=partial,
        )

    def _drawn(self, step: _Step) -> tuple[tuple[Layer, ...], int]:
        """The layers from top to bottom, and how many things beyond the board were left out."""
        edge = Drawing()
        for ring in step.layers.edges:
            edge.fill(ring)
        outline = self._layer(edge, "Profile", OUTLINE)
        board = outline.artwork.bounds_mm() if outline else None
        layers, beyond = [outline] if outline and board else [], 0
        for name in self._in_order(step.layers.drawings):
            drawing, said = step.layers.drawings[name], self.layers[name]
            if board and said.role is not FileRole.OUTLINE:
                beyond += drawing.keep_within(board)
            if not board or said.role is not FileRole.OUTLINE:
                layers += filter(None, [self._layer(drawing, name, said)])
        return tuple(layers), beyond

    def _layer(self, drawing: Drawing, name: str, said: _LayerSaid) -> Layer | None:
        """None for a layer that cannot be read, which is then said."""
        role = said.role or FileRole.DRAWING
        try:
            drawn = drawing.artwork(negative=said.negative)
        except LayerRefused as refusal:
            self._refuse(name, refusal, Severity.STOP if role is FileRole.COPPER else Severity.ASK)
            return None
        return Layer(role, drawn, f"{self.name}: {name}", said.side, self._copper_numbers().get(name))

    def _hits(self, name: str, holes: Holes) -> DrillHits | None:
        try:
            hits = holes.hits()
        except LayerRefused as refusal:
            self._refuse(name, refusal, Severity.STOP)
            return None
        said, copper = self.layers.get(name), self._copper_numbers()
        if said is None:
            return hits
        first, last = sorted(copper[end] for end in said.ends) if copper.keys() >= set(said.ends) else (0, 0)
        span = None if not first or (first, last) == (1, len(copper)) else (first, last)
        return replace(hits, span=span, routed=np.full(len(hits.slots), said.routed))

    def _refuse(self, layer: str, refusal: LayerRefused, severity: Severity) -> None:
        where = f"{self.name}: {layer}"
        self.refused.append(Finding(severity, refusal.code, where, refusal.message, refusal.remedy))

    def _in_order(self, names: Iterable[str]) -> list[str]:
        """As the stack-up counts them; else the top first and the bottom last, and as the file has them."""
        place = {Side.TOP: -1, None: 0, Side.BOTTOM: 1}
        return sorted(names, key=lambda name: (self.order.get(name, 0), place[self.layers[name].side]))

    def _copper_numbers(self) -> dict[str, int]:
        copper = [name for name, said in self.layers.items() if said.role is FileRole.COPPER]
        return {name: number for number, name in enumerate(self._in_order(copper), start=1)}

    def _remarks(self, step: _Step) -> Iterator[Finding]:
        unread = self.unread + step.layers.unread
        if unread:
            text = f"has {unread} elements whose numbers cannot be read; they were left out."
            yield Finding(Severity.ASK, "ipc-unread", "", text, EXPORT_AGAIN)
        if not self.unit_is_known:
            text = "does not say its unit of length, or one that is not in the standard; millimetres were taken."
            yield Finding(Severity.ASK, "ipc-unit", "", text, EXPORT_AGAIN)
        if self.unsided:
            text = (
                f"has {self.unsided} components on layers of no side; what is mirrored was taken to be on the bottom."
            )
            yield Finding(
                Severity.ASK, "ipc-component-side", "", text, "Check the sides of these parts in the picture."
            )
        if self.dictionary.missing:
            names = ", ".join(sorted(self.dictionary.missing)[:SHOWN])
            text = f"uses {len(self.dictionary.missing)} shapes that it does not define ({names}); they were left out."
            yield Finding(Severity.ASK, "ipc-shape-unknown", "", text, EXPORT_AGAIN)
        if self.dictionary.texts:
            text = f"has {self.dictionary.texts} texts that are not drawn here, as their font is not part of the board."
            yield Finding(Severity.NOTE, "ipc-text", "", text, "Nothing to do, unless the text is copper that matters.")

    def _say_missing(self, step: _Step) -> Iterator[Finding]:
        """Copper that the file names and does not draw, where it is written for the fabricator."""
        copper = [name for name, said in self.layers.items() if said.role is FileRole.COPPER]
        missing = [name for name in copper if name not in step.layers.drawings]
        if missing and len(missing) < len(copper) and self.mode not in PARTIAL:
            text = f"names {len(missing)} copper layers ({', '.join(missing[:SHOWN])}) on which nothing is drawn."
            yield Finding(Severity.ASK, "ipc-layer-missing", "", text, EXPORT_AGAIN)

    def _say_steps(self, taken: _Step) -> Iterator[Finding]:
        [name] = [each for each, step in self.steps.items() if step is taken] or [""]
        for each, step in self.steps.items():
            if count := step.layers.repeats.get(name):
                text = f"holds a panel ({each}) of {count} × {name}; the single board was read."
                yield Finding(Severity.NOTE, "ipc-panel", "", text, "Say so if we are to build this panel.")
            elif step is not taken and step.layers.drawings and not step.layers.repeats:
                text = f"holds the boards {name} and {each}; {name} was read."
                yield Finding(Severity.ASK, "ipc-steps", "", text, "Say which of them is to be built.")

    def _say_partial(self, copper: int, *, partial: bool) -> Iterator[Finding]:
        if not partial:
            return
        mode = f" ({self.mode.lower()} mode)" if self.mode else ""
        layers = f"only {copper} copper layers" if copper else "no copper"
        text = f"holds {layers}{mode}, so the number of layers of the board is not known from it."
        remedy = "Add the full export (fabrication mode), or the Gerber files."
        yield Finding(Severity.ASK, "ipc-partial", "", text, remedy)


TAKEN: dict[str, Callable[[_Reading, Any], None]] = {
    **dict.fromkeys(("EntryStandard", "EntryUser", "EntryLineDesc", "EntryFillDesc"), _Reading.entry),
    "CadHeader": _Reading.header,
    "Layer": _Reading.layer,
    "StackupLayer": _Reading.stackup_layer,
    "PadStackDef": _Reading.padstack,
    "PadStack": _Reading.stack,
    "Profile": _Reading.profile,
    "StepRepeat": _Reading.repeat,
    "Package": _Reading.package,
    "Component": _Reading.component,
    "Set": _Reading.set,
    "BomItem": _Reading.item,
    "AvlItem": _Reading.vendors,
    "Enterprise": _Reading.maker,
    "SoftwarePackage": _Reading.software,
}
