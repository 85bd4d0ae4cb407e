"""A reader of the viewer's data (docs/viewer-format.md), as small as one in a browser."""

import gzip
import json
from itertools import pairwise

import numpy as np
from stacks import outline_layer, strokes

from portal.board.artwork import Artwork, Draws, DrillHits, Flashes, Regions
from portal.board.design import FileRole, Side
from portal.board.shapes import Aperture
from portal.board.stack import Layer, Stack


class Viewed:
    """A reader that knows nothing but the document."""

    def __init__(self, data):
        whole = gzip.decompress(data)
        length = int.from_bytes(whole[4:8], "little")
        self.magic, self.start, self.whole = whole[:4], 8 + length, whole
        self.head = json.loads(whole[8 : self.start])

    def array(self, named):
        kind, offset, *shape = named
        values = np.frombuffer(self.whole, f"<{kind}", int(np.prod(shape)), self.start + offset)
        return values.reshape(shape).astype(float if kind == "f4" else np.int64)

    def rings(self, table):
        points, starts = self.array(table["points"]), self.array(table["starts"])
        return [points[a:b] for a, b in pairwise(starts)]

    def artwork(self, layer):
        lines, arcs = layer["lines"], layer["arcs"]
        both = {key: np.concatenate([self.array(lines[key]), self.array(arcs[key])]) for key in lines}
        turned = {key: self.array(arcs[key]) for key in ("centres", "sweep")}
        still = {key: np.zeros((len(self.array(lines["ends"])), *rest.shape[1:])) for key, rest in turned.items()}
        centres, sweep = (np.concatenate((still[key], turned[key])) for key in turned)
        flash, area = layer["flashes"], layer["areas"]
        return Artwork(
            self.apertures(layer["apertures"]),
            Flashes(*self.array(flash["at"]).T, self.array(flash["aperture"]), self.array(flash["level"])),
            Draws(both["ends"], centres, sweep, both["aperture"], both["level"]),
            Regions(self.array(area["points"]), self.array(area["starts"]), self.array(area["level"])),
            negative=layer["negative"],
        )

    def apertures(self, table):
        rings, owner, found = self.rings(table), self.array(table["of_ring"]), []
        for number, diameter in enumerate(self.array(table["diameter"])):
            own = tuple(ring for ring, of in zip(rings, owner, strict=True) if of == number)
            found.append(Aperture("", own, diameter or None))
        return tuple(found)

    def stack(self):
        edge = strokes(*(tuple(pair.ravel()) for ring in self.rings(self.head["outline"]) for pair in _sides(ring)))
        found = self.head["holes"]
        slots = self.array(self.head["slots"]["ends_and_width"])
        hits = DrillHits(*self.array(found["at"]).T, self.array(found["diameter"]), slots)
        layers = [layer for layer in self.head["layers"] if layer["role"] != "outline"]
        return Stack((outline_layer(edge), *map(self.layer, layers)), (hits,))

    def layer(self, said):
        side = said["side"] and Side(said["side"])
        return Layer(FileRole(said["role"]), self.artwork(said), said["file"], side, said["number"])


def _sides(ring):
    return np.stack((ring, np.roll(ring, -1, axis=0)), axis=1)
