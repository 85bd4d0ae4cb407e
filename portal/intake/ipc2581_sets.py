"""What one step of an IPC-2581 file holds on its layers: pads, features and holes, set by set as the file is read."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from typing import Any

import numpy as np
import shapely

from portal.board.arcs import Floats
from portal.board.artwork import DrillHits
from portal.board.shapes import NOTHING, Aperture, Ring, filled
from portal.intake.drawing import Drawing, refuse_beyond, round_pen
from portal.intake.ipc2581_primitives import attribute, given, is_true, tag
from portal.intake.ipc2581_shapes import Dictionary, Path, Shape, ring_of, turned

# platingStatus -> is it plated
PLATING = {"PLATED": 1, "VIA": 1, "MICROVIA": 1, "NONPLATED": 0, "NON_PLATED": 0, "UNPLATED": 0}
TO = " → "  # in the name of a span; no layer is called so
AS_IT_IS = (0.0, False, 1.0)


@dataclass(frozen=True, slots=True)
class Place:
    """Mirrored in X, turned counter-clockwise and scaled, then moved to x, y."""

    turn_deg: float = 0.0
    mirrored: bool = False
    scale: float = 1.0
    offset: tuple[float, float] = (0.0, 0.0)
    at: tuple[float, float] = (0.0, 0.0)

    @property
    def way(self) -> tuple[float, bool, float]:
        return self.turn_deg, self.mirrored, self.scale

    @property
    def matrix(self) -> Floats:
        return _matrix(*self.way)

    @property
    def origin(self) -> tuple[float, float]:
        if self.offset == (0.0, 0.0):
            return self.at
        x, y = (self.at + self.matrix @ self.offset).tolist()
        return x, y

    def turned(self, shape: Shape) -> Shape:
        return shape if self.way == AS_IT_IS else turned(shape, self.matrix)


@lru_cache(maxsize=1_000)
def _matrix(turn_deg: float, mirrored: bool, scale: float) -> Floats:
    angle = np.radians(turn_deg)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    return np.asarray(turn @ np.diag([-1.0 if mirrored else 1.0, 1.0]) * scale)


def place_of(element: Any, mm: float) -> Place:
    """Its Xform and Location. Raises ValueError for what is no number."""
    turn, mirrored, scale, offset, at = 0.0, False, 1.0, (0.0, 0.0), (0.0, 0.0)
    for child in element:
        name = tag(child)
        if name == "Location":
            at = given(child, "x") * mm, given(child, "y") * mm
        elif name == "Xform":
            turn, mirrored = attribute(child, "rotation"), is_true(child.get("mirror"))
            scale = attribute(child, "scale", 1.0)
            offset = attribute(child, "xOffset") * mm, attribute(child, "yOffset") * mm
    return Place(turn, mirrored, scale, offset, at)


@dataclass
class Holes:
    """Of one drill layer. slots: x0, y0, x1, y1, width, number of the slot, plating."""

    round: list[tuple[float, float, float, int]] = field(default_factory=list)
    slots: list[tuple[float, ...]] = field(default_factory=list)
    paths: int = 0

    def hits(self) -> DrillHits:
        """Raises LayerRefused for what lies beyond any board."""
        holes, slots = np.array(self.round).reshape(-1, 4), np.array(self.slots).reshape(-1, 7)
        refuse_beyond(holes, slots[:, :5])
        plating = np.concatenate((holes[:, 3], slots[:, 6])).astype(np.int64)
        numbers = slots[:, 5].astype(np.int64)
        return DrillHits(holes[:, 0], holes[:, 1], holes[:, 2], slots[:, :5], numbers, plating=plating)


@dataclass
class StepLayers:
    """One step while it is read; `stacks` are its padstacks: name -> layer -> shape."""

    dictionary: Dictionary
    drawings: dict[str, Drawing] = field(default_factory=dict)
    holes: dict[str, Holes] = field(default_factory=dict)
    stacks: dict[str, dict[str, Shape]] = field(default_factory=dict)
    edges: list[Ring] = field(default_factory=list)
    repeats: dict[str, int] = field(default_factory=dict)
    unread: int = 0

    def take_set(self, element: Any, layer: str, *, is_drawn: bool) -> None:
        """One Set of a layer; `is_drawn` is False for drawings that no board is made from."""
        mm = self.dictionary.unit
        for child in element:
            try:
                if tag(child) in HOLES:
                    HOLES[tag(child)](self, child, layer, mm=mm)
                elif is_drawn and tag(child) in FEATURES:
                    drawing = self.drawings.setdefault(layer, Drawing())
                    drawing.polarity(clear=(element.get("polarity") or "").upper() == "NEGATIVE")
                    FEATURES[tag(child)](self, child, layer, net=element.get("net") or "")
            except ValueError:
                self.unread += 1

    def take_stack(self, element: Any, drawn: Collection[str]) -> None:
        """A via or a pin as revisions A and B have it, in the step itself: its hole and its pads on all layers."""
        for child in element:
            layer = child.get("layerRef") or ""
            try:
                if tag(child) == "LayerHole":
                    self.hole(child, span_name(child), mm=self.dictionary.unit)
                elif tag(child) == "LayerPad" and layer in drawn:
                    self.drawings.setdefault(layer, Drawing()).polarity(clear=False)
                    self.pad(child, layer, net=element.get("net") or "")
            except ValueError:
                self.unread += 1

    def told_once(self) -> Iterator[tuple[str, Holes]]:
        """Some tools list the holes of their padstacks on a layer of holes, too."""
        listed = {_spot(hole) for name, holes in self.holes.items() if TO not in name for hole in holes.round}
        for name, holes in self.holes.items():
            own = [hole for hole in holes.round if TO not in name or _spot(hole) not in listed]
            if own or holes.slots or TO not in name:
                yield name, replace(holes, round=own)

    def learn_stack(self, element: Any) -> None:
        layers = self.stacks.setdefault(element.get("name") or "", {})
        for pad in element:
            if tag(pad) == "PadstackPadDef" and (pad.get("padUse") or "REGULAR").upper() == "REGULAR":
                shape = sum((self.dictionary.shape(child) for child in pad), Shape())
                layers[pad.get("layerRef") or ""] = place_of(pad, self.dictionary.unit).turned(shape)

    def pad(self, element: Any, layer: str, *, net: str) -> None:
        """Its own shape, or that of its padstack on this layer."""
        place = place_of(element, self.dictionary.unit)
        pin = next((child for child in element if tag(child) == "PinRef"), None)
        named = "" if pin is None else f"{pin.get('componentRef') or ''},{pin.get('pin') or ''}"
        key, shape = self._pad_shape(element, layer)
        drawing = self.drawings[layer]
        number = drawing.aperture((key, place.way), lambda: _flashed(place.turned(shape)))
        drawing.flash(place.origin, number, net=net, pin=named.strip(","))
        self._strokes(layer, place.turned(Shape(paths=shape.paths)).paths, place, net=net)

    def _pad_shape(self, element: Any, layer: str) -> tuple[object, Shape]:
        for child in element:
            if tag(child) in {"StandardPrimitiveRef", "UserPrimitiveRef"}:
                return _said(child), self.dictionary.shape(child)
            shape = self.dictionary.shape(child)
            if not shape.is_empty:
                return _said(child), shape
        stack = element.get("padstackDefRef") or ""
        known = self.stacks.get(stack, {}).get(layer)
        if known is None:
            self.dictionary.missing.add(stack or "a pad of no shape")
        return (stack, layer), known or Shape()

    def features(self, element: Any, layer: str, *, net: str) -> None:
        place, drawing = place_of(element, self.dictionary.unit), self.drawings[layer]
        for child in element:
            shape = place.turned(self.dictionary.shape(child))
            if shape.aperture is not None and shape.aperture is not NOTHING:
                key = ("drawn", _said(child), place.way)
                drawing.flash(place.origin, drawing.aperture(key, partial(_flashed, Shape(shape.aperture))), net=net)
            for ring in shape.rings:
                drawing.fill(ring + place.origin, net=net)
            self._strokes(layer, shape.paths, place, net=net)

    def _strokes(self, layer: str, paths: tuple[Path, ...], place: Place, *, net: str) -> None:
        drawing = self.drawings[layer]
        for path in paths:
            pen = drawing.aperture(("pen", path.width), partial(round_pen, path.width))
            for row in _at(path, place).tolist():
                drawing.stroke(row[:4], pen, centre=row[4:6], sweep=row[6], net=net)

    def hole(self, element: Any, layer: str, *, mm: float) -> None:
        plating = PLATING.get((element.get("platingStatus") or "").upper(), -1)
        x, y, diameter = (given(element, name) * mm for name in ("x", "y", "diameter"))
        if diameter <= 0:
            raise ValueError(diameter)
        self.holes.setdefault(layer, Holes()).round.append((x, y, diameter, plating))

    def slot(self, element: Any, layer: str, *, mm: float) -> None:
        """An oval or a contour: as long and as wide as the narrowest rectangle around it."""
        holes, place = self.holes.setdefault(layer, Holes()), place_of(element, mm)
        plating = PLATING.get((element.get("platingStatus") or "").upper(), -1)
        holes.paths += 1
        for child in element:
            shape = place.turned(self.dictionary.shape(child))
            outlines = [*(shape.aperture.rings if shape.aperture else ()), *shape.rings]
            for path in shape.paths:
                if path.width:
                    rows = _at(path, place)[:, :4].tolist()
                    holes.slots += [(*row, path.width, holes.paths, plating) for row in rows]
                else:
                    outlines.append(path.rows[:, :2])
            holes.slots += [(*_cut(ring + place.origin), holes.paths, plating) for ring in outlines if len(ring) > 2]

    def profile(self, element: Any) -> None:
        """The edge and its cut-outs."""
        rings = [ring_of(part, self.dictionary.unit) for part in element if tag(part) in {"Polygon", "Cutout"}]
        self.edges += [ring for ring in rings if len(ring) > 2]


def ends_of(element: Any) -> tuple[str, str]:
    """The layers between which a hole goes, or all holes of a layer; empty where it is not said."""
    span = next((child for child in element if tag(child) == "Span"), element)
    return span.get("fromLayer") or "", span.get("toLayer") or ""


def span_name(hole: Any) -> str:
    """What stands for a layer of holes where there is none."""
    return TO.join(ends_of(hole))


def _spot(hole: tuple[float, float, float, int]) -> tuple[float, float]:
    return round(hole[0], 3), round(hole[1], 3)


def _said(shape: Any) -> object:
    """All that a file says of a shape: free forms and fillings lie deeper than its attributes."""
    return tuple((tag(each), *sorted(each.attrib.items())) for each in shape.iter())


def _at(path: Path, place: Place) -> Floats:
    return np.asarray(path.rows + np.array([*place.origin, *place.origin, *place.origin, 0.0]))


def _flashed(shape: Shape) -> Aperture:
    """A pad of several pieces or of a free form is one aperture."""
    if shape.aperture is not None and not shape.rings:
        return shape.aperture
    rings = [*(shape.aperture.rings if shape.aperture else ()), *map(filled, shape.rings)]
    return Aperture("macro", tuple(rings)) if rings else NOTHING


def _cut(ring: Ring) -> tuple[float, float, float, float, float]:
    """The middle line and the width of the slot that a ring encloses."""
    box = shapely.minimum_rotated_rectangle(shapely.MultiPoint(ring))
    corners = shapely.get_coordinates(box)
    if len(corners) < 5:
        return (*corners[0].tolist(), *corners[-1].tolist(), 0.0)
    sides = corners[1:3] - corners[:2]
    long, short = (sides[0], sides[1]) if np.hypot(*sides[0]) > np.hypot(*sides[1]) else (sides[1], sides[0])
    width, middle = float(np.hypot(*short)), corners[:4].mean(axis=0)
    reach = long / 2 * (1 - width / np.hypot(*long))
    return (*(middle - reach).tolist(), *(middle + reach).tolist(), width)


HOLES: dict[str, Callable[..., None]] = {"Hole": StepLayers.hole, "SlotCavity": StepLayers.slot}
FEATURES: dict[str, Callable[..., None]] = {
    "Pad": StepLayers.pad,
    "Features": StepLayers.features,
    **dict.fromkeys(("Fiducial", "GlobalFiducial", "LocalFiducial", "GoodPanelMark", "BadBoardMark"), StepLayers.pad),
}
