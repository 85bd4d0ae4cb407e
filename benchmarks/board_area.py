"""The area of each board within its edge, beside what gerbv's picture of the outline layer encloses.

python benchmarks/board_area.py [NAME…]. The largest piece that lines part from the outside is the board; half the
width of the pen around it belongs to it. Outlines that gerbv draws as areas enclose nothing and are left out, and so
are boards whose edge is not certain. Needs gerbv: apt-get install gerbv.
"""

import sys
import tempfile
from itertools import pairwise
from pathlib import Path

import numpy as np
from board_stages import DEV, stacks
from gerber_raster import Dark, gerbvs, view_of

from portal.board.design import FileRole, OutlineKind
from portal.board.nets import grouped
from portal.board.outline import Outline, outline
from portal.board.stack import Layer
from portal.intake.archives import open_package

SAME = 0.005


def pieces(free: Dark) -> list[int]:
    """Pixels of each piece that does not reach the rim, the largest first."""
    rows = [np.flatnonzero(np.diff(np.concatenate(([0], row, [0])))).reshape(-1, 2) for row in free.astype(np.int8)]
    first = np.cumsum([0, *map(len, rows)])
    pairs = [
        (first[y] + i, first[y + 1] + j)
        for y, (upper, lower) in enumerate(pairwise(rows))
        for i, (a, b) in enumerate(upper)
        for j, (c, d) in enumerate(lower)
        if a < d and c < b
    ]
    runs = np.concatenate(rows)
    one, other = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    label = grouped(len(runs), one, other)
    sizes = np.bincount(label, weights=runs[:, 1] - runs[:, 0]).astype(np.int64)
    at_rim = np.zeros(len(runs), dtype=np.bool_)
    at_rim[: first[1]] = at_rim[first[-2] :] = True
    at_rim |= (runs[:, 0] == 0) | (runs[:, 1] == free.shape[1])
    sizes[np.unique(label[at_rim])] = 0
    return sorted(sizes[sizes > 0].tolist(), reverse=True)


def enclosed_mm2(layer: Layer, edge: Outline, data: bytes, folder: Path) -> float | None:
    bounds = layer.artwork.bounds_mm()
    if bounds is None or not len(layer.artwork.draws):
        return None
    path, view = folder / "edge.gbr", view_of(bounds)
    path.write_bytes(data)
    dark = gerbvs(path, view, folder)
    found = pieces(~dark) if dark is not None else []
    pen = float(np.nanmedian(layer.artwork.diameters_mm[layer.artwork.draws.aperture]))
    return found[0] / view.scale**2 + edge.shape.length * pen / 2 if found else None


def main() -> None:
    apart = []
    with tempfile.TemporaryDirectory() as folder:
        for name, stack in stacks(sys.argv[1:]):
            edge, layers = outline(stack), stack.of(FileRole.OUTLINE)
            if edge is None or edge.kind is not OutlineKind.CLOSED or len(layers) != 1:
                continue
            members = {member.name: member.data for member in open_package(DEV / name)[0]}
            theirs = enclosed_mm2(layers[0], edge, members.get(layers[0].file, b""), Path(folder))
            if theirs:
                apart.append(abs(edge.area_mm2 - theirs) / theirs)
                mark = "  " if apart[-1] <= SAME else "! "
                print(f"{mark}{name:32} ours {edge.area_mm2:.1f}  gerbv {theirs:.1f} mm²", flush=True)
    fit = sum(share <= SAME for share in apart)
    print(f"board area within {SAME:.1%} on {fit} of {len(apart)} boards, median {np.median(apart):.3%} apart")


if __name__ == "__main__":
    main()
