"""How much of the corpus's Gerber and drill files is read, how fast, and whose size agrees with the truth.

python benchmarks/gerber_corpus.py [--all]. Compares with ../shared/corpus/dev/truth.csv: board size (0.1 mm, either
way round) by how sure the truth is, and drill hits. --all prints each board that differs and each file refused.
"""

import csv
import sys
import time
import zipfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from typing import Any

from portal.errors import PackageRefused
from portal.intake.drill import is_drill, read_drill
from portal.intake.gerber import is_gerber, read_gerber
from portal.intake.reading import Reading, read_package

DEV = Path(__file__).resolve().parents[2] / "shared" / "corpus" / "dev"
SAME_MM = 0.1


def files() -> Iterator[tuple[str, bytes]]:
    """Every file of the corpus, those inside of zips too."""
    for path in sorted(DEV.rglob("*")):
        if path.suffix == ".zip" and zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                yield from ((f"{path.relative_to(DEV)}!{n}", archive.read(n)) for n in archive.namelist())
        elif path.is_file():
            yield str(path.relative_to(DEV)), path.read_bytes()


def read_all(found: list[tuple[str, bytes]], reader: Callable[[bytes], Any]) -> str:
    seconds, refused = 0.0, []
    codes: Counter[str] = Counter()
    for name, data in found:
        started = time.perf_counter()
        try:
            codes.update({finding.code for finding in reader(data).findings})
        except PackageRefused as refusal:
            refused.append(f"{refusal.code}: {name}")
        seconds += time.perf_counter() - started
    size = sum(len(data) for _, data in found) / 1e6
    share = (
        f"{len(found) - len(refused)} of {len(found)} read, {size:.1f} MB in {seconds:.2f} s, {size / seconds:.1f} MB/s"
    )
    said = ", ".join(f"{code} {count}" for code, count in codes.most_common())
    return "\n  ".join([share, f"findings: {said}", *(refused if "--all" in sys.argv else refused[:3])])


def readings() -> Iterator[tuple[dict[str, str], Reading]]:
    with (DEV / "truth.csv").open(newline="") as truth:
        rows = list(csv.DictReader(truth))
    for row in rows:
        if (DEV / row["slug"]).is_dir() and row["width_mm"]:
            try:
                yield row, read_package(DEV / row["slug"], name=row["slug"])
            except PackageRefused as refusal:
                print(f"  refused {row['slug']}: {refusal.code}")


def same_size(row: dict[str, str], reading: Reading) -> bool:
    board = reading.design.board
    if board.width_mm is None or board.height_mm is None:
        return False
    wanted = sorted((float(row["width_mm"]), float(row["height_mm"])))
    return all(abs(a - b) <= SAME_MM for a, b in zip(sorted((board.width_mm, board.height_mm)), wanted, strict=True))


def same_hits(row: dict[str, str], reading: Reading) -> bool | None:
    """The truth mostly counts round holes alone."""
    drills = reading.design.board.drills
    return int(row["drill_hits"]) in {drills.hits, drills.hits - drills.slots} if row["drill_hits"] and drills else None


def tell(row: dict[str, str], reading: Reading) -> None:
    board = reading.design.board
    hits = board.drills.hits if board.drills else None
    print(
        f"  {row['slug']}: truth {row['width_mm']} × {row['height_mm']} ({row['size_confidence']}), {row['drill_hits']}"
    )
    print(f"    read {board.width_mm} × {board.height_mm} ({board.outline}), {hits} hits")


def main() -> None:
    every = list(files())
    print("Gerber files:", read_all([f for f in every if is_gerber(f[1])], read_gerber))
    print("Drill files:", read_all([f for f in every if is_drill(f[1]) and not is_gerber(f[1])], read_drill))
    sizes: dict[str, list[bool]] = defaultdict(list)
    hits: list[bool] = []
    seconds, pictures = [], []
    for row, reading in readings():
        sizes[row["size_confidence"]].append(same_size(row, reading))
        drilled = same_hits(row, reading)
        hits += [] if drilled is None else [drilled]
        seconds.append(reading.seconds["total"])
        pictures += [len(svg) / 1000 for svg in reading.pictures.values()]
        if "--all" in sys.argv and not (same_size(row, reading) and drilled is not False):
            tell(row, reading)
    print("\nboard size as in truth.csv | agree | of")
    for confidence in ("high", "medium", "low"):
        print(f"{confidence:26} | {sum(sizes[confidence]):5} | {len(sizes[confidence])}")
    print(f"{'drill hits':26} | {sum(hits):5} | {len(hits)}")
    print(f"whole package: median {median(seconds):.2f} s, slowest {max(seconds):.2f} s")
    print(f"pictures: median {median(pictures):.0f} kB, largest {max(pictures):.0f} kB")


if __name__ == "__main__":
    main()
