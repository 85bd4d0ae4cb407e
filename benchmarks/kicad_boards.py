"""KiCad boards against the Gerber files that KiCad plotted of them: python benchmarks/kicad_boards.py FOLDER.

In the folder lies NAME.zip beside each NAME.kicad_pcb. For each layer that both have: what only one of them covers, in
mm2, and how far the extents differ; for each board the holes on both sides. The legend differs by its texts.
"""

import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import numpy as np

from portal.board.artwork import Artwork
from portal.board.design import FileRole
from portal.board.holes import holes
from portal.board.solid import solid
from portal.board.stack import Layer, Stack
from portal.errors import PackageRefused
from portal.intake.archives import open_package
from portal.intake.candidates import candidates
from portal.intake.drill import is_drill, read_drill
from portal.intake.gerber import read_gerber
from portal.intake.kicad_pcb import read_kicad_pcb
from portal.intake.roles import Assigned, assign_roles


def plotted(package: Path) -> Stack:
    members, _ = open_package(package)
    plots = candidates(assign_roles(members))[0].plots
    drills = tuple(read_drill(plot.member.data) for plot in plots if is_drill(plot.member.data))
    return Stack(tuple(_layers(plots)), drills)


def _layers(plots: tuple[Assigned, ...]) -> Iterator[Layer]:
    for plot in plots:
        with suppress(PackageRefused):
            if plot.file.role is not FileRole.DRILL:
                artwork = read_gerber(plot.member.data)
                yield Layer(plot.file.role, artwork, plot.file.name, plot.file.side, plot.file.layer)


def same_layers(ours: Stack, theirs: Stack) -> Iterator[tuple[Layer, Artwork]]:
    for layer in ours.layers:
        for other in theirs.layers:
            alike = (layer.role, layer.side, layer.number) == (other.role, other.side, other.number)
            if alike and not layer.artwork.is_empty and not other.artwork.is_empty:
                yield layer, other.artwork


def differing_mm2(one: Artwork, other: Artwork) -> float:
    boxes = np.array([one.bounds_mm(), other.bounds_mm()])
    around = (*(boxes[:, :2].min(axis=0) - 1), *(boxes[:, 2:].max(axis=0) + 1))
    areas = solid(one, around), solid(other, around)
    return float("nan") if None in areas else areas[0].symmetric_difference(areas[1]).area


def main() -> None:
    for path in sorted(Path(sys.argv[1]).glob("*.kicad_pcb")):
        ours = read_kicad_pcb(path.read_bytes(), name=path.stem).stack
        theirs = plotted(path.with_suffix(".zip"))
        found = len(holes(ours.drills).x_mm), len(holes(theirs.drills).x_mm)
        print(f"{path.stem}: {found[0]} round holes, {found[1]} in the drill files")
        for layer, artwork in same_layers(ours, theirs):
            apart = np.abs(np.subtract(layer.artwork.bounds_mm(), artwork.bounds_mm())).max()
            print(f"  {layer.file:40} {differing_mm2(layer.artwork, artwork):10.4f} mm2  {apart * 1000:8.1f} µm")


if __name__ == "__main__":
    main()
