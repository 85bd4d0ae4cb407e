"""The board as data for an interactive viewer: a JSON head that names typed arrays, packed (docs/viewer-format.md).

Everything that a picture needs is in it, layer by layer as it was read, so that a viewer can zoom without end, show
any layer alone, and point at parts and findings.
"""

import gzip
import json
from dataclasses import asdict
from typing import Any

import numpy as np
from numpy.typing import NDArray

from portal.board.artwork import Artwork
from portal.board.design import Design
from portal.board.holes import holes
from portal.board.outline import outline
from portal.board.shapes import Ring
from portal.board.stack import Layer, Stack

MAGIC = b"BWV1"
FORMAT = 1
ALIGNMENT = 8
FASTEST = 4  # of gzip: a viewer waits for the network, the customer waits for us
Head = dict[str, Any]


class Arrays:
    """Typed arrays one behind the other; each is named in the head by its type, offset in bytes and shape."""

    def __init__(self) -> None:
        self.parts: list[bytes] = []
        self.length = 0

    def add(self, values: NDArray[Any], kind: str) -> list[Any]:
        """kind: f4, u4 or i1, little-endian as browsers have it."""
        rows = np.ascontiguousarray(values, dtype=f"<{kind}")
        data = rows.tobytes()
        named = [kind, self.length, *rows.shape]
        padding = -len(data) % ALIGNMENT
        self.parts += [data, bytes(padding)]
        self.length += len(data) + padding
        return named


def viewer_data(stack: Stack, design: Design) -> bytes:
    """Packed with gzip; the same board gives the same bytes."""
    arrays = Arrays()
    edge = outline(stack)
    head = {
        "format": FORMAT,
        "name": design.name,
        "box_mm": edge.box if edge else None,
        "outline": _rings(edge.rings if edge else (), arrays),
        **_drilled(stack, arrays),
        "layers": [_layer(layer, arrays) for layer in stack.layers if not layer.artwork.is_empty],
        "parts": _parts(design, arrays),
        "findings": [
            {"severity": finding.severity, "code": finding.code, **asdict(finding.place)}
            for finding in design.findings
            if finding.place
        ],
    }
    text = json.dumps(head, ensure_ascii=False, separators=(",", ":")).encode()
    text += b" " * (-(len(MAGIC) + 4 + len(text)) % ALIGNMENT)
    whole = b"".join((MAGIC, len(text).to_bytes(4, "little"), text, *arrays.parts))
    return gzip.compress(whole, FASTEST, mtime=0)


def _rings(rings: tuple[Ring, ...], arrays: Arrays) -> Head:
    """Contours: ring i is points[starts[i]:starts[i + 1]]."""
    starts = np.cumsum([0, *map(len, rings)])
    return {
        "points": arrays.add(np.concatenate([np.empty((0, 2)), *rings]), "f4"),
        "starts": arrays.add(starts, "u4"),
    }


def _drilled(stack: Stack, arrays: Arrays) -> Head:
    found = holes(stack.drills)
    slots = np.concatenate([np.empty((0, 5)), *(drill.slots for drill in stack.drills)])
    return {
        "holes": {
            "at": arrays.add(np.column_stack((found.x_mm, found.y_mm)), "f4"),
            "diameter": arrays.add(found.diameter_mm, "f4"),
            "plating": arrays.add(found.plating, "i1"),
        },
        "slots": {"ends_and_width": arrays.add(slots, "f4")},
    }


def _layer(layer: Layer, arrays: Arrays) -> Head:
    artwork = layer.artwork
    return {
        "file": layer.file,
        "role": layer.role,
        "side": layer.side,
        "number": layer.number,
        "negative": artwork.negative,
        "apertures": _apertures(artwork, arrays),
        "flashes": {
            "at": arrays.add(np.column_stack((artwork.flashes.x, artwork.flashes.y)), "f4"),
            "aperture": arrays.add(artwork.flashes.aperture, "u4"),
            "level": arrays.add(artwork.flashes.level, "u4"),
        },
        **_strokes(artwork, arrays),
        "areas": {
            "points": arrays.add(artwork.regions.points, "f4"),
            "starts": arrays.add(artwork.regions.starts, "u4"),
            "level": arrays.add(artwork.regions.level, "u4"),
        },
    }


def _apertures(artwork: Artwork, arrays: Arrays) -> Head:
    """The shape of each about its own origin, and its diameter where it is plainly round (else 0)."""
    count = [len(aperture.rings) for aperture in artwork.apertures]
    return {
        **_rings(tuple(ring for aperture in artwork.apertures for ring in aperture.rings), arrays),
        "of_ring": arrays.add(np.repeat(np.arange(len(count)), count), "u4"),
        "diameter": arrays.add(np.nan_to_num(artwork.diameters_mm), "f4"),
        "pen": arrays.add(np.array([aperture.pen_mm for aperture in artwork.apertures], dtype=np.float64), "f4"),
    }


def _strokes(artwork: Artwork, arrays: Arrays) -> Head:
    draws, is_arc = artwork.draws, artwork.draws.sweep != 0
    lines, arcs = np.flatnonzero(~is_arc), np.flatnonzero(is_arc)
    return {
        name: {
            "ends": arrays.add(draws.ends[which], "f4"),
            "aperture": arrays.add(draws.aperture[which], "u4"),
            "level": arrays.add(draws.level[which], "u4"),
            **more,
        }
        for name, which, more in (
            ("lines", lines, {}),
            (
                "arcs",
                arcs,
                {"centres": arrays.add(draws.centres[arcs], "f4"), "sweep": arrays.add(draws.sweep[arcs], "f4")},
            ),
        )
    }


def _parts(design: Design, arrays: Arrays) -> Head:
    parts = design.placements
    places = np.array([(part.x_mm, part.y_mm, part.rotation_deg) for part in parts], dtype=np.float64)
    return {
        "designators": [part.designator for part in parts],
        "values": [part.value for part in parts],
        "packages": [part.package for part in parts],
        "sides": [part.side for part in parts],
        "estimated": [int(part.estimated) for part in parts],
        "places": arrays.add(places.reshape(-1, 3), "f4"),
    }
