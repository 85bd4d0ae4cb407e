"""The smallest gap between nets as KLayout's DRC finds it; run by klayout_clearance.py, one board a line.

A line of JSON in: `within`, `layers` of {"levels": [[level, polygons]], "pads": points}, `holes` (points of plated
ones); all in nanometres, a polygon as its rings, the first its hull. The smallest gap out, or null.
"""

import json
import sys
from collections.abc import Iterator

import klayout.db as kl

LETTER_NM, TOUCHING_NM = 3_000_000, 2_000


def region(polygons: list) -> kl.Region:
    found = kl.Region()
    for hull, *holes in polygons:
        polygon = kl.Polygon([kl.Point(x, y) for x, y in hull])
        for hole in holes:
            polygon.insert_hole([kl.Point(x, y) for x, y in hole])
        found.insert(polygon)
    return found


def copper(levels: list) -> kl.Region:
    shape = kl.Region()
    for level, polygons in levels:
        piece = region(polygons).merged()
        shape = shape - piece if level % 2 else (shape + piece).merged()
    return shape.merged()


class Layer:
    """Merged copper; its polygons by number, to be asked which one holds a point."""

    def __init__(self, given: dict, first: int) -> None:
        self.shape, self.first = copper(given["levels"]), first
        self.store = kl.Shapes()
        self.polygons = list(self.shape.each())
        for number, polygon in enumerate(self.polygons):
            self.store.insert(kl.PolygonWithProperties(polygon, {1: number}))
        boxes = [polygon.bbox() for polygon in self.polygons]
        self.claimed = {at for at, box in enumerate(boxes) if max(box.width(), box.height()) > LETTER_NM}
        self.claimed |= {number for x, y in given["pads"] if (number := self.at(x, y)) is not None}

    def at(self, x: int, y: int) -> int | None:
        point = kl.Point(x, y)
        for found in self.store.each_touching(kl.Box(x - 1, y - 1, x + 1, y + 1)):
            if found.polygon.inside(point):
                return found.property(1)
        return None


class Nets:
    """Polygons of all layers that plated holes join."""

    def __init__(self, layers: list[Layer], holes: list) -> None:
        self.label = list(range(sum(len(layer.polygons) for layer in layers)))
        for x, y in holes:
            met = [(layer, number) for layer in layers if (number := layer.at(x, y)) is not None]
            for layer, number in met:
                layer.claimed.add(number)
                self.label[self.of(layer, number)] = self.of(*met[0])

    def of(self, layer: Layer, number: int) -> int:
        at = layer.first + number
        while self.label[at] != at:
            at = self.label[at]
        return at


def smallest(board: dict) -> float | None:
    layers: list[Layer] = []
    for given in board["layers"]:
        layers.append(Layer(given, sum(len(layer.polygons) for layer in layers)))
    nets = Nets(layers, board["holes"])
    found = [gap for layer in layers for gap in gaps(layer, nets, board["within"])]
    return min(found, default=None)


def gaps(layer: Layer, nets: Nets, within: int) -> Iterator[int]:
    for pair in layer.shape.isolated_check(within, False, kl.Region.Euclidian).each():
        middles = [edge.p1 + (edge.p2 - edge.p1) * 0.5 for edge in (pair.first, pair.second)]
        one, other = (layer.at(round(middle.x), round(middle.y)) for middle in middles)
        if pair.distance() <= TOUCHING_NM or None in (one, other) or not {one, other} & layer.claimed:
            continue
        if nets.of(layer, one) != nets.of(layer, other):
            yield pair.distance()


for line in sys.stdin:
    print(json.dumps(smallest(json.loads(line))), flush=True)
