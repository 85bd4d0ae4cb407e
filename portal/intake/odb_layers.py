"""From the features of an ODB++ layer to what every other room asks for: artwork, or holes and slots."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import shapely

from portal.board.artwork import Artwork, Box, DrillHits
from portal.board.design import Finding, Severity
from portal.board.shapes import NOTHING, Aperture, rings_of
from portal.board.solid import solid
from portal.errors import PackageRefused
from portal.intake.cut_ins import cut_in
from portal.intake.drawing import EXPORT_AGAIN, Drawing, refuse_beyond, round_pen
from portal.intake.odb_features import Feature, Features, Pad, Stroke, Surface, read_features
from portal.intake.odb_fonts import Font, Text
from portal.intake.odb_symbols import standard_symbol

Names = Mapping[int, str]
NESTING = 3  # symbols made of symbols
SHOWN = 3


@dataclass
class Symbols:
    """The symbols of a job: those of the standard, and the files of its own. Each is made once."""

    own: Mapping[str, bytes]
    mm: float
    unknown: set[str] = field(default_factory=set)
    boxes: set[str] = field(default_factory=set)  # drawn as their box only
    _made: dict[tuple[str, float], Aperture] = field(default_factory=dict)
    _depth: int = 0

    def aperture(self, name: str, unit: float) -> Aperture:
        """NOTHING for a symbol that nobody knows: it is left out, and said."""
        key = (name, unit)
        if key not in self._made:
            self._made[key] = self._own(name) if name in self.own else self._standard(name, unit)
        return self._made[key]

    def _standard(self, name: str, unit: float) -> Aperture:
        found = standard_symbol(name, unit)
        if found is None:
            self.unknown.add(name)
            return NOTHING
        if found[1]:
            self.boxes.add(name)
        return found[0]

    def _own(self, name: str) -> Aperture:
        if self._depth >= NESTING:
            self.unknown.add(name)
            return NOTHING
        self._depth += 1
        try:
            drawn, _ = artwork(read_features(self.own[name], mm=self.mm), self)
        except PackageRefused:
            self.unknown.add(name)
            return NOTHING
        finally:
            self._depth -= 1
        box = drawn.bounds_mm()
        shape = solid(drawn, box) if box else None
        return Aperture("macro", tuple(ring for part in shapely.get_parts(shape) for ring in rings_of(part)))


@dataclass(frozen=True, slots=True)
class Setting:
    """What else is known of a layer: nets and pins by the number of the feature, and where the board ends."""

    nets: Names = field(default_factory=dict)
    pins: Names = field(default_factory=dict)
    board: Box | None = None
    negative: bool = False
    font: Font | None = None  # of the texts, where they are to be drawn


NOTHING_ELSE = Setting()


def artwork(found: Features, symbols: Symbols, setting: Setting = NOTHING_ELSE) -> tuple[Artwork, int]:
    """The artwork, and how many things beyond the board were left out. Raises PackageRefused for what no board has."""
    pen = _Pen(found, symbols, setting)
    for feature in found.features:
        pen.drawing.polarity(clear=feature.clear)
        if isinstance(feature, Pad):
            pen.flash(feature)
        elif isinstance(feature, Stroke):
            pen.stroke(feature)
        else:
            pen.fill(feature)
    if setting.font:
        for text in found.written:
            pen.write(text, setting.font)
    beyond = pen.drawing.keep_within(setting.board) if setting.board else 0
    noticed = tuple(remarks(found, drawn=len(found.written) if setting.font else 0))
    return pen.drawing.artwork(negative=setting.negative, findings=noticed), beyond


@dataclass
class _Pen:
    found: Features
    symbols: Symbols
    setting: Setting
    drawing: Drawing = field(default_factory=Drawing)

    def flash(self, pad: Pad) -> None:
        key = (pad.symbol, pad.turn_deg, pad.mirrored, pad.scale)
        number = self.drawing.aperture(key, lambda: self.turned(pad))
        net, pin = self.setting.nets.get(pad.number, ""), self.setting.pins.get(pad.number, "")
        self.drawing.flash(pad.at, number, net=net, pin=pin)

    def stroke(self, stroke: Stroke) -> None:
        number = self.drawing.aperture(stroke.symbol, lambda: symbol_of(self.found, self.symbols, stroke))
        net = self.setting.nets.get(stroke.number, "")
        self.drawing.stroke(stroke.ends, number, centre=stroke.centre, sweep=stroke.sweep, net=net)

    def fill(self, surface: Surface) -> None:
        net = self.setting.nets.get(surface.number, "")
        for outer, holes in _islands(surface):
            self.drawing.fill(cut_in(outer, holes), net=net)

    def write(self, text: Text, font: Font) -> None:
        self.drawing.polarity(clear=text.clear)
        number = self.drawing.aperture(("letters", text.pen_mm), lambda: round_pen(text.pen_mm))
        for ends in font.strokes(text):
            self.drawing.stroke(ends, number)

    def turned(self, pad: Pad) -> Aperture:
        aperture = symbol_of(self.found, self.symbols, pad)
        if aperture.diameter_mm is not None and pad.scale == 1:
            return aperture
        return aperture.turned(turn_of(pad))


def turn_of(pad: Pad) -> Any:
    """Mirrored in X first, then turned clockwise."""
    angle = np.radians(-pad.turn_deg)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    return turn @ np.diag([-1.0 if pad.mirrored else 1.0, 1.0]) * pad.scale


def symbol_of(found: Features, symbols: Symbols, feature: Pad | Stroke) -> Aperture:
    name, unit = found.symbols.get(feature.symbol, ("", 1.0))
    return symbols.aperture(name or f"number {feature.symbol}", unit)


def _islands(surface: Surface) -> Iterator[tuple[Any, list[Any]]]:
    """Each island with the holes that follow it."""
    outer, holes = None, []
    for is_hole, ring in surface.contours:
        if is_hole:
            holes.append(ring)
            continue
        if outer is not None:
            yield outer, holes
        outer, holes = ring, []
    if outer is not None:
        yield outer, holes


def remarks(found: Features, *, drawn: int = 0) -> Iterator[Finding]:
    """`drawn`: how many of the texts are."""
    if found.unread:
        text = f"has {found.unread} lines that are no ODB++; they were left out."
        yield Finding(Severity.ASK, "odb-unread", "", text, EXPORT_AGAIN)
    if texts := found.texts - drawn:
        text = f"has {texts} texts that are not drawn here, as their font is not part of the board."
        yield Finding(Severity.NOTE, "odb-text", "", text, "Nothing to do, unless the text is copper that matters.")


def drill_hits(found: Features, symbols: Symbols, *, tools: Mapping[int, str], edge: Any | None) -> DrillHits:
    """Dots are holes, long symbols and strokes are slots. `edge` is where the router cuts the board out: no slot.

    `tools`: number -> TYPE of the tools file. Surfaces are pockets, and are said instead of counted.
    """
    holes = _Holes(found, symbols, tools, edge)
    for feature in found.features:
        holes.take(feature)
    return holes.hits()


# What .drill and the tools file call a hole -> is it plated
PLATING = {"0": 1, "1": 0, "2": 1, "plated": 1, "non_plated": 0, "via": 1}
ON_THE_EDGE_MM = 0.1


@dataclass
class _Holes:
    found: Features
    symbols: Symbols
    tools: Mapping[int, str]
    edge: Any | None
    round: list[tuple[float, float, float, int]] = field(default_factory=list)  # x, y, diameter, plating
    slots: list[tuple[float, float, float, float, float, int, int]] = field(default_factory=list)  # and path, plating
    pockets: int = 0
    paths: int = 0

    def take(self, feature: Feature) -> None:
        if isinstance(feature, Surface):
            self.pockets += 1
        elif isinstance(feature, Stroke):
            self._stroke(feature)
        else:
            self._pad(feature)

    def hits(self) -> DrillHits:
        round_holes, slots = np.array(self.round).reshape(-1, 4), np.array(self.slots).reshape(-1, 7)
        refuse_beyond(round_holes[:, :2], np.nan_to_num(round_holes[:, 2]), slots[:, :5])
        plating = np.concatenate((round_holes[:, 3], slots[:, 6])).astype(np.int64)
        return DrillHits(
            round_holes[:, 0],
            round_holes[:, 1],
            round_holes[:, 2],
            slots[:, :5],
            slots[:, 5].astype(np.int64),
            plating=plating,
            findings=(*remarks(self.found), *self._pockets()),
        )

    def _pad(self, pad: Pad) -> None:
        aperture, plating = symbol_of(self.found, self.symbols, pad), self._plating(pad)
        if aperture.diameter_mm is not None:
            self.round.append((*pad.at, aperture.diameter_mm * pad.scale, plating))
            return
        x0, y0, x1, y1 = aperture.box
        width, height = (x1 - x0) * pad.scale, (y1 - y0) * pad.scale
        along = np.array([max(width - height, 0), max(height - width, 0)]) / 2
        if not along.any():
            self.round.append((*pad.at, width or np.nan, plating))
            return
        reach = turn_of(pad) / pad.scale @ along
        x, y = pad.at
        self._slot((x - reach[0], y - reach[1], x + reach[0], y + reach[1]), min(width, height), plating)

    def _stroke(self, stroke: Stroke) -> None:
        width = symbol_of(self.found, self.symbols, stroke).pen_mm
        if not width or self._is_edge(stroke, width):
            return
        self._slot(stroke.ends, width, self._plating(stroke))

    def _slot(self, ends: tuple[float, float, float, float], width: float, plating: int) -> None:
        """Strokes of one width that follow each other are one slot."""
        before = self.slots[-1] if self.slots else None
        follows = before and np.allclose(before[2:5], (*ends[:2], width), atol=1e-3, rtol=0)
        self.paths += not follows
        self.slots.append((*ends, width, self.paths, plating))

    def _is_edge(self, stroke: Stroke, width: float) -> bool:
        """Beside the edge, as the router's centre goes, or right on it. Round a sharp corner it is further away."""
        if self.edge is None:
            return False
        x0, y0, x1, y1 = stroke.ends
        points = shapely.points([(x0, y0), ((x0 + x1) / 2, (y0 + y1) / 2), (x1, y1)])
        reach = width / 2 * np.array([2**0.5, 1, 2**0.5]) + ON_THE_EDGE_MM
        if stroke.sweep:
            points, reach = points[[0, 2]], reach[[0, 2]]
        return bool((shapely.distance(self.edge, points) <= reach).all())

    def _plating(self, feature: Pad | Stroke) -> int:
        attributes = self.found.attributes(feature)
        said, routed = attributes.get(".drill", ""), attributes.get(".rout_plated")
        if routed is not None:
            return int(routed.lower() not in {"0", "no", "n", "false"})
        return PLATING.get(said.lower(), self._plating_of_tool(feature.tool))

    def _plating_of_tool(self, number: int) -> int:
        """KiCad numbers no tools in its features, but keeps plated and other holes in layers of their own."""
        every = {PLATING.get(kind.lower(), -1) for kind in self.tools.values()}
        usual = every.pop() if len(every) == 1 else -1
        return PLATING.get(self.tools.get(number, "").lower(), usual)

    def _pockets(self) -> Iterator[Finding]:
        if self.pockets:
            text = f"mills {self.pockets} areas, which are not counted among the holes."
            yield Finding(Severity.NOTE, "odb-pocket", "", text, "Nothing to do; they are part of the board's making.")


def symbol_remarks(symbols: Symbols) -> Iterator[Finding]:
    """Of all layers together, once."""
    if symbols.unknown:
        names = ", ".join(sorted(symbols.unknown)[:SHOWN])
        text = f"uses {len(symbols.unknown)} symbols that it does not define ({names}); they were left out."
        yield Finding(Severity.ASK, "odb-symbol-unknown", "", text, EXPORT_AGAIN)
    if symbols.boxes:
        names = ", ".join(sorted(symbols.boxes)[:SHOWN])
        text = f"has {len(symbols.boxes)} symbols of special form ({names}), taken as the boxes around them."
        yield Finding(Severity.NOTE, "odb-symbol-box", "", text, "Check the stencil openings in the picture.")
