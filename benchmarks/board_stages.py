"""How long the third look at a board takes: clearances, mask webs, copper areas, capability.

python benchmarks/board_stages.py [NAME…] [--findings]. CPU seconds of one core for each package of ../shared/corpus
(half of it is the wall time with two processes), the median, the slowest, and the largest memory.
"""

import resource
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from statistics import median

from portal.board.artwork import DrillHits, holes_drawn_as_gerber
from portal.board.capability import read_capabilities
from portal.board.design import FileRole
from portal.board.fabrication import fabrication
from portal.board.outline import outline
from portal.board.stack import Layer, Stack, extent_of
from portal.errors import PackageRefused
from portal.intake.archives import open_package
from portal.intake.candidates import candidates
from portal.intake.drill import is_drill, read_drill
from portal.intake.gerber import read_gerber
from portal.intake.roles import Assigned, assign_roles

ROOT = Path(__file__).resolve().parents[1]
DEV = ROOT.parent / "shared" / "corpus" / "dev"
DRAWN = {FileRole.COPPER, FileRole.MASK, FileRole.PASTE, FileRole.LEGEND, FileRole.OUTLINE}


def stacks(names: Sequence[str] = ()) -> Iterator[tuple[str, Stack]]:
    """The first board of each package, or of those named."""
    for path in sorted(DEV.iterdir()):
        if path.is_dir() and path.name != "LICENSES" and (not names or path.name in names):
            found = _stack(path)
            if found and found.layers:
                yield path.name, found


def _stack(path: Path) -> Stack | None:
    try:
        boards = candidates(assign_roles(open_package(path)[0]))
    except PackageRefused:
        return None
    if not boards:
        return None
    layers = tuple(_layers([plot for plot in boards[0].plots if plot.file.role in DRAWN]))
    near = extent_of(tuple(layer for layer in layers if layer.role in {FileRole.COPPER, FileRole.OUTLINE}))
    drills = [plot for plot in boards[0].plots if plot.file.role is FileRole.DRILL]
    return Stack(layers, tuple(_drills(drills, near)))


def _layers(plots: Sequence[Assigned]) -> Iterator[Layer]:
    for plot in plots:
        try:
            artwork = read_gerber(plot.member.data)
        except PackageRefused:
            continue
        yield Layer(plot.file.role, artwork, plot.file.name, plot.file.side, plot.file.layer)


def _drills(plots: Sequence[Assigned], near: tuple[float, float, float, float] | None) -> Iterator[DrillHits]:
    for plot in plots:
        data = plot.member.data
        try:
            hits = read_drill(data, near=near) if is_drill(data) else holes_drawn_as_gerber(read_gerber(data))
        except PackageRefused:
            continue
        yield replace(hits, plated=hits.plated if plot.plated is None else plot.plated)


def main() -> None:
    names = [word for word in sys.argv[1:] if not word.startswith("--")]
    table = read_capabilities((ROOT / "config" / "capabilities.toml").read_text("utf-8"), file="capabilities.toml")
    seconds, codes = [], Counter()
    for name, stack in stacks(names):
        edge = outline(stack)
        began = time.process_time()
        made = fabrication(stack, edge, table=table)
        seconds.append(time.process_time() - began)
        codes.update(finding.code for finding in made.findings)
        values = f"clearance {made.min_clearance_mm}  track {made.min_track_mm}  web {made.min_mask_web_mm}"
        print(f"{name:32} {seconds[-1]:6.2f} s  {values}  {made.capability}", flush=True)
        if "--findings" in sys.argv:
            for finding in made.findings:
                print(f"    {finding.severity} {finding.code}: {finding.where} {finding.message}")
    print(dict(codes.most_common()))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"median {median(seconds):.2f} s, slowest {max(seconds):.2f} s of one core; {memory:.0f} MiB at most")


if __name__ == "__main__":
    main()
