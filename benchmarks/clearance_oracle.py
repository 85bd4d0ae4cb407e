"""Smallest clearance, narrowest track and copper area against a slow and plain way to find them.

python benchmarks/clearance_oracle.py [NAME…]. For each small board of ../shared/corpus: every thing becomes a polygon
with 256-gon ends, a layer their union and differences, a net the parts that plated holes join, and each two parts of
different nets are measured by GEOS. A stroke is a track where no disc a little wider than its pen, wholly on copper,
covers its middle line. No code is shared with portal/board but the reader and the board's edge.
"""

import sys
import time
from functools import reduce
from statistics import median
from typing import Any

import numpy as np
import shapely
from board_stages import stacks

from portal.board.artwork import Artwork
from portal.board.design import FileRole, OutlineKind
from portal.board.fabrication import fabrication
from portal.board.outline import Outline, outline
from portal.board.shapes import Aperture, signed_area
from portal.board.stack import Stack

QUARTER = 64
MOST_THINGS = 12_000
SAME_MM, SAME_AREA = 0.002, 0.005
LETTER_MM = 3.0
BETWEEN = (0.25, 2.0)
HAIR_MM = 0.03  # finer pens draw no copper
ALONG = np.linspace(0.1, 0.9, 9)


def aperture_shape(aperture: Aperture) -> Any:
    if aperture.diameter_mm is not None:
        return shapely.Point(0, 0).buffer(aperture.diameter_mm / 2, quad_segs=QUARTER)
    if aperture.kind == "obround":
        (x0, y0), (x1, y1) = aperture.rings[0].min(axis=0), aperture.rings[0].max(axis=0)
        reach = min(x1 - x0, y1 - y0) / 2
        core = shapely.LineString([(x0 + reach, y0 + reach), (x1 - reach, y1 - reach)])
        return core.buffer(reach, quad_segs=QUARTER)
    dark = shapely.union_all([shapely.Polygon(ring) for ring in aperture.rings if signed_area(ring) > 0])
    return dark.difference(shapely.union_all([shapely.Polygon(r) for r in aperture.rings if signed_area(r) < 0]))


def stroke(artwork: Artwork, i: int) -> Any:
    draws = artwork.draws
    a, b, centre, sweep = draws.ends[i, :2], draws.ends[i, 2:], draws.centres[i], float(draws.sweep[i])
    points = [a, b]
    if sweep:
        turn = np.arctan2(*(a - centre)[::-1]) + sweep * np.linspace(0, 1, 361)
        points = [centre + np.hypot(*(a - centre)) * np.array((np.cos(t), np.sin(t))) for t in turn]
    aperture = artwork.apertures[draws.aperture[i]]
    if aperture.diameter_mm is not None:
        return shapely.LineString(points).buffer(aperture.diameter_mm / 2, quad_segs=QUARTER)
    corners = [ring + point for ring in aperture.rings[:1] for point in points]
    return shapely.MultiPoint(np.concatenate(corners)).convex_hull if corners else shapely.Polygon()


def things(artwork: Artwork) -> list[tuple[int, bool, Any]]:
    """(level, is a pad, polygon)."""
    flashes, draws, regions = artwork.flashes, artwork.draws, artwork.regions
    stamps = [aperture_shape(aperture) for aperture in artwork.apertures]
    found = [
        (int(level), True, shapely.affinity.translate(stamps[number], x, y))
        for level, number, x, y in zip(flashes.level, flashes.aperture, flashes.x, flashes.y, strict=True)
    ]
    found += [(int(draws.level[i]), False, stroke(artwork, i)) for i in range(len(draws))]
    for i, (first, last) in enumerate(zip(regions.starts[:-1], regions.starts[1:], strict=True)):
        if last - first > 2:
            shape = shapely.make_valid(shapely.Polygon(regions.points[first:last]))
            found.append((int(regions.level[i]), False, shape))
    return [row for row in found if not row[2].is_empty]


def parts(artwork: Artwork, edge: Any | None) -> tuple[list[Any], Any]:
    """The islands of one layer, and its pads. The board's own outline, drawn as strokes, is left out."""
    found = things(artwork)
    if edge is not None:
        along = edge.boundary.buffer(0.012)
        cores = {id(row): row[2] for row in found if not row[1]}
        found = [row for row in found if id(row) not in cores or not _runs_along(row[2], along)]
    shape = shapely.Polygon()
    for level in sorted({level for level, _, _ in found}):
        piece = shapely.union_all([polygon for at, _, polygon in found if at == level])
        shape = shape.difference(piece) if level % 2 else shape.union(piece)
    pads = [polygon for level, is_pad, polygon in found if is_pad and level % 2 == 0]
    return [part for part in shapely.get_parts(shape) if part.area > 1e-5], pads


def _runs_along(shape: Any, along: Any) -> bool:
    """Whether the core of a stroke lies on the edge: its skin is then as far on both sides."""
    width = 2 * shape.area / shape.length if shape.length else 0
    return bool(width) and shapely.difference(shape.buffer(-0.45 * width), along).is_empty and width < 1


def nets(layers: list[list[Any]], stack: Stack) -> list[int]:
    """The net of each part of all layers, joined through plated holes."""
    flat = [part for layer in layers for part in layer]
    label = list(range(len(flat)))

    def root(i: int) -> int:
        while label[i] != i:
            i = label[i]
        return i

    tree = shapely.STRtree(flat)
    for hits in stack.drills:
        round_holes = zip(hits.x_mm, hits.y_mm, np.nan_to_num(hits.diameter_mm, nan=0.02), strict=True)
        bodies = [shapely.Point(x, y).buffer(d / 2, quad_segs=QUARTER) for x, y, d in round_holes]
        bodies += [
            shapely.LineString(row[:4].reshape(2, 2)).buffer(row[4] / 2, quad_segs=QUARTER) for row in hits.slots
        ]
        for body, plating in zip(bodies, hits.plating_each, strict=True):
            touched = tree.query(body.buffer(0.002), predicate="intersects") if plating != 0 else []
            for other in touched[1:]:
                label[root(int(other))] = root(int(touched[0]))
    return [root(i) for i in range(len(flat))]


def claimed(part: Any, pads: Any, stack: Stack) -> bool:
    x0, y0, x1, y1 = part.bounds
    if max(x1 - x0, y1 - y0) > LETTER_MM or any(part.intersects(pad) for pad in pads):
        return True
    holes = [
        shapely.Point(x, y).buffer(d / 2)
        for h in stack.drills
        for x, y, d in zip(h.x_mm, h.y_mm, np.nan_to_num(h.diameter_mm, nan=0.02), strict=True)
    ]
    return any(part.intersects(hole) for hole in holes)


def smallest(stack: Stack, edge: Outline | None) -> float | None:
    closed = edge is not None and edge.kind is OutlineKind.CLOSED
    board = reduce(shapely.symmetric_difference, [shapely.Polygon(r) for r in edge.rings]) if edge and closed else None
    found = [parts(layer.artwork, board) for layer in stack.of(FileRole.COPPER)]
    net = nets([layer for layer, _ in found], stack)
    best, start = np.inf, 0
    for layer, pads in found:
        best = min(best, _smallest_of(layer, pads, net[start : start + len(layer)], stack))
        start += len(layer)
    return float(best) if np.isfinite(best) else None


def _smallest_of(layer: list[Any], pads: Any, net: list[int], stack: Stack) -> float:
    tree, of_net = shapely.STRtree(layer), np.array(net)
    for within in BETWEEN:
        one, other = tree.query(layer, predicate="dwithin", distance=within)
        rows = [(i, j) for i, j in zip(one, other, strict=True) if i < j and of_net[i] != of_net[j]]
        gaps = sorted((shapely.distance(layer[i], layer[j]), i, j) for i, j in rows)
        for gap, i, j in gaps:
            if gap > 0.002 and (claimed(layer[i], pads, stack) or claimed(layer[j], pads, stack)):
                return float(gap)
    return np.inf


def narrowest(stack: Stack) -> float | None:
    """Where apertures are said to be conductors (X2), of those alone."""
    layers = [layer.artwork for layer in stack.of(FileRole.COPPER)]
    stated = any(a.function[:1] == ("Conductor",) for layer in layers for a in layer.apertures)
    found = [width for layer in layers if (width := _narrowest_of(layer, stated=stated)) is not None]
    return min(found, default=None)


def _narrowest_of(artwork: Artwork, *, stated: bool) -> float | None:
    draws, apertures = artwork.draws, artwork.apertures
    pens = {}
    for i in np.flatnonzero((draws.level % 2 == 0) & (draws.sweep == 0)).tolist():
        aperture = apertures[draws.aperture[i]]
        if (aperture.diameter_mm or 0) >= HAIR_MM and (not stated or aperture.function[:1] == ("Conductor",)):
            pens.setdefault(aperture.diameter_mm, []).append(draws.ends[i])
    copper = shapely.union_all(parts(artwork, None)[0]) if pens else None
    for width, ends in sorted(pens.items()):
        reach = width / 2 + SAME_MM
        wider = copper.buffer(-reach, quad_segs=16).buffer(reach + SAME_MM / 2, quad_segs=16)
        rows = np.array(ends)
        points = rows[:, None, :2] + ALONG[None, :, None] * (rows[:, 2:] - rows[:, :2])[:, None]
        shapely.prepare(wider)
        if not shapely.contains_xy(wider, points[..., 0].ravel(), points[..., 1].ravel()).all():
            return float(width)
    return None


def area(artwork: Artwork, edge: Outline | None) -> float:
    shape = shapely.union_all(parts(artwork, None)[0])
    if edge is not None and edge.kind is OutlineKind.CLOSED:
        shape = shape.intersection(reduce(shapely.symmetric_difference, [shapely.Polygon(r) for r in edge.rings]))
    return float(shape.area)


def main() -> None:
    agree, tracks, areas, seconds = [], [], [], []
    for name, stack in stacks(sys.argv[1:]):
        copper = stack.of(FileRole.COPPER)
        count = sum(len(a.flashes) + len(a.draws) + len(a.regions) for a in (layer.artwork for layer in copper))
        has_supposed_nets = not stack.drills or any(layer.artwork.nets or layer.artwork.negative for layer in copper)
        if not copper or count > MOST_THINGS or has_supposed_nets:
            continue
        edge = outline(stack)
        began = time.process_time()
        ours = fabrication(stack, edge)
        seconds.append(time.process_time() - began)
        truth = smallest(stack, edge)
        same = (truth is None and ours.min_clearance_mm is None) or (
            truth is not None and ours.min_clearance_mm is not None and abs(truth - ours.min_clearance_mm) <= SAME_MM
        )
        agree.append(same)
        track = narrowest(stack)
        tracks.append(abs((track or 0) - (ours.min_track_mm or 0)) <= SAME_MM)
        pairs = [
            (mine.area_mm2, area(layer.artwork, edge)) for mine, layer in zip(ours.copper_areas, copper, strict=True)
        ]
        areas += [abs(mine - theirs) / theirs for mine, theirs in pairs if theirs > 1]
        print(
            f"{'  ' if same else '! '}{name:32} ours {ours.min_clearance_mm}  oracle {truth and round(truth, 4)}"
            f"{'  ' if tracks[-1] else '  ! '}track {ours.min_track_mm}  oracle {track and round(track, 4)}",
            flush=True,
        )
    print(f"clearance agrees within {SAME_MM} mm on {sum(agree)} of {len(agree)} boards; ours {median(seconds):.2f} s")
    print(f"narrowest track agrees within {SAME_MM} mm on {sum(tracks)} of {len(tracks)} boards")
    worst, fit = max(areas), sum(share <= SAME_AREA for share in areas)
    print(f"copper area within {SAME_AREA:.1%} on {fit} of {len(areas)} layers, worst {worst:.2%}")


if __name__ == "__main__":
    main()
