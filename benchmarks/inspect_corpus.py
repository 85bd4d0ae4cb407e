"""How well whole packages are read, against the truth.csv of the corpus: `python benchmarks/inspect_corpus.py`.

Truth is what independent readers said, with their own mistakes: each disagreement is printed, to be looked at.
"""

import csv
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from portal.board.design import Design
from portal.errors import PackageRefused
from portal.gateways.reader import LimitedReader

DEV = Path(__file__).resolve().parents[2] / "shared" / "corpus" / "dev"
CLOSE_MM, CLOSE_SHARE = 0.5, 0.01


def close(value: float | None, truth: str) -> bool:
    return value is not None and abs(value - float(truth)) <= max(CLOSE_MM, CLOSE_SHARE * float(truth))


def designators(design: Design) -> int:
    return len({name for line in design.bom for name in line.designators})


def comparisons(design: Design, truth: dict[str, str]) -> Iterator[tuple[str, bool, str]]:
    """(what, whether it agrees, both values), for what truth knows."""
    board = design.board
    hits = board.drills.hits if board.drills else 0
    if truth["copper_layers"] not in {"", "0"}:
        yield (
            "layers",
            str(board.copper_layers) == truth["copper_layers"],
            f"{board.copper_layers}/{truth['copper_layers']}",
        )
    if truth["width_mm"]:
        fits = close(board.width_mm, truth["width_mm"]) and close(board.height_mm, truth["height_mm"])
        said = f"{board.width_mm}x{board.height_mm}/{truth['width_mm']}x{truth['height_mm']}"
        yield f"size ({truth['size_confidence']})", fits, said
    if truth["drill_hits"]:
        known = {truth["drill_hits"], truth["drill_gerbonara"]} - {""}
        yield "drill hits", str(hits) in known, f"{hits}/{' or '.join(sorted(known))}"
    if truth["bom_unique_designators"]:
        count = designators(design)
        yield "designators", str(count) == truth["bom_unique_designators"], f"{count}/{truth['bom_unique_designators']}"
    if truth["centroid_unique"]:
        count = len({placement.designator for placement in design.placements})
        yield "placements", str(count) == truth["centroid_unique"], f"{count}/{truth['centroid_unique']}"


def main() -> None:
    with (DEV / "truth.csv").open(newline="", encoding="utf-8") as file:
        truth = {row["slug"]: row for row in csv.DictReader(file)}
    wanted = set(sys.argv[1:])
    agree, of, seconds, refused = Counter[str](), Counter[str](), [], []
    for path in sorted(path for path in DEV.iterdir() if path.is_dir() and path.name != "LICENSES"):
        if wanted and path.name not in wanted:
            continue
        began = time.perf_counter()
        try:
            design = LimitedReader().read(path, name=path.name, on_step=lambda _: None).design
        except PackageRefused as refusal:
            refused.append(f"{path.name}: {refusal.code}")
            continue
        seconds.append((time.perf_counter() - began, path.name))
        for what, fits, said in comparisons(design, truth[path.name]) if path.name in truth else ():
            of[what] += 1
            agree[what] += fits
            if not fits:
                print(f"{path.name:34} {what}: {said}")
    print(f"\nread {len(seconds)} of {len(seconds) + len(refused)}; refused: {refused}")
    for what in sorted(of):
        print(f"{what:16} {agree[what]:3} of {of[what]:3} agree")
    slowest = max(seconds)
    print(f"seconds: median {median(spent for spent, _ in seconds):.2f}, most {slowest[0]:.2f} ({slowest[1]})")


if __name__ == "__main__":
    main()
