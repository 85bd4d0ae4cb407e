"""Smallest clearance against KLayout's DRC: python benchmarks/klayout_clearance.py [NAME…].

KLayout unites the copper of each layer itself, joins nets through the plated holes, and checks the gaps; it is given
the single shapes that our reader found. `sh benchmarks/peers/set_up.sh` sets it up.
"""

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import clearance_oracle
import numpy as np
import shapely
from board_stages import stacks
from clearance_oracle import things

from portal.board.design import FileRole
from portal.board.fabrication import fabrication
from portal.board.outline import outline
from portal.board.stack import Layer, Stack

PEERS = Path(__file__).resolve().parent / "peers"
PYTHON = PEERS.parents[1] / "build" / "peers" / "python" / "bin" / "python"
NM = 1e6
clearance_oracle.QUARTER = 24  # corners of a quarter turn: on a pad of 3 mm still within a micrometre
MOST_THINGS = 25_000
SAME_MM, MORE_MM, FARTHEST_MM = 0.002, 0.01, 0.5


def asked(stack: Stack, within_mm: float) -> dict[str, Any]:
    holes = [
        (x, y)
        for hits in stack.drills
        for x, y, plating in zip(hits.x_mm, hits.y_mm, hits.plating_each, strict=False)
        if plating != 0
    ]
    layers = [_layer(layer) for layer in stack.of(FileRole.COPPER)]
    return {"within": round(within_mm * NM), "layers": layers, "holes": _nm(np.array(holes).reshape(-1, 2))}


def _layer(layer: Layer) -> dict[str, Any]:
    levels: dict[int, list[Any]] = {}
    pads = []
    for level, is_pad, shape in things(layer.artwork):
        for part in shapely.get_parts(shape):
            if part.geom_type == "Polygon" and not part.is_empty:
                rings = [part.exterior, *part.interiors]
                levels.setdefault(level, []).append([_nm(shapely.get_coordinates(ring)[:-1]) for ring in rings])
        if is_pad and level % 2 == 0:
            pads.append(shapely.get_coordinates(shape.representative_point())[0])
    return {"levels": sorted(levels.items()), "pads": _nm(np.array(pads).reshape(-1, 2))}


def _nm(points: Any) -> list[list[int]]:
    return np.round(points * NM).astype(np.int64).tolist()


def main() -> None:
    klayout = subprocess.Popen(
        [PYTHON, PEERS / "klayout_clearance.py"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    agree = []
    for name, stack in stacks(sys.argv[1:]):
        copper = [layer.artwork for layer in stack.of(FileRole.COPPER)]
        count = sum(len(a.flashes) + len(a.draws) + len(a.regions) for a in copper)
        if not copper or count > MOST_THINGS or not stack.drills or any(a.nets or a.negative for a in copper):
            continue
        began = time.process_time()
        ours = fabrication(stack, outline(stack)).min_clearance_mm
        seconds = time.process_time() - began
        print(json.dumps(asked(stack, (ours or FARTHEST_MM) + MORE_MM)), file=klayout.stdin, flush=True)
        found = json.loads(klayout.stdout.readline())
        theirs = None if found is None else found / NM
        agree.append(
            (ours is None and theirs is None) or (None not in (ours, theirs) and abs(ours - theirs) <= SAME_MM)
        )
        print(f"{'  ' if agree[-1] else '! '}{name:32} ours {ours}  KLayout {theirs}  {seconds:.2f} s", flush=True)
    print(f"clearance agrees within {SAME_MM} mm on {sum(agree)} of {len(agree)} boards")


if __name__ == "__main__":
    main()
