"""How fast copper is read, beside the peers, in one run: python benchmarks/gerber_speed.py [--every N] [--slow].

CPU seconds. Every copper file of the corpus is read REPEATS times by each reader in turn, the least time counts,
and the median over the files is told. --every N takes each Nth file; --slow lists where we are slowest against
gerbv. Ours runs as the child that reads a package does (its allocator keeps memory), and forgets before each file
what it remembers of others: the expressions of macros, which all layers of a package share.
`sh benchmarks/peers/set_up.sh` sets up the peers; one that is missing is left out. All are warm: no start of a
process, no import is in the figures.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

from gerber_corpus import files

from portal.board.design import FileRole
from portal.errors import PackageRefused
from portal.gateways.reader import KEEP_MEMORY
from portal.intake import macros
from portal.intake.archives import Member
from portal.intake.gerber import is_gerber, read_gerber
from portal.intake.roles import assign_roles

REPEATS, SLOW_REPEATS = 7, 2  # the slow ones need no more: a tenth up or down changes nothing
PEERS = Path(__file__).resolve().parent / "peers"
BUILT = PEERS.parents[1] / "build" / "peers"
GERBV = (BUILT / "gerbv_parse", str(REPEATS))
GERBONARA = (BUILT / "python" / "bin" / "python", PEERS / "gerbonara_parse.py", str(SLOW_REPEATS))
TRACESPACE = ("node", PEERS / "tracespace_parse.js", str(SLOW_REPEATS))

Seconds = dict[str, float]


def copper() -> Iterator[tuple[str, bytes]]:
    """Each package's files are classified together, as they come."""
    packages: dict[str, list[Member]] = defaultdict(list)
    for name, data in files():
        if is_gerber(data):
            packages[name.split("/")[0]].append(Member(name, data))
    for members in packages.values():
        for assigned in assign_roles(members):
            if assigned.file.role is FileRole.COPPER:
                yield assigned.member.name, assigned.member.data


class Peer:
    """A process that reads the names of files and answers each with seconds."""

    def __init__(self, command: tuple[object, ...], columns: tuple[str, ...]) -> None:
        self.columns = columns
        self.process = subprocess.Popen(
            [str(word) for word in command],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env={**os.environ, "NODE_PATH": str(BUILT / "node" / "node_modules")},
        )

    def __call__(self, path: Path) -> Seconds:
        print(path, file=self.process.stdin, flush=True)
        answer = self.process.stdout.readline()
        if not answer or answer.startswith("failed"):
            return {}
        return {column: float(word) for column, word in zip(self.columns, answer.split("\t"), strict=True)}


def peers() -> list[Callable[[Path], Seconds]]:
    found: list[Callable[[Path], Seconds]] = []
    if GERBV[0].exists():
        found.append(Peer(GERBV, ("gerbv, its parser alone", "gerbv, opening a file")))
    if GERBONARA[0].exists():
        found.append(Peer(GERBONARA, ("gerbonara", "gerbonara with box")))
    if (BUILT / "node" / "node_modules" / "gerber-parser").exists():
        found.append(Peer(TRACESPACE, ("tracespace v4",)))
    return found


def ours(path: Path) -> Seconds:
    try:
        times = [once(path) for _ in range(REPEATS)]
    except PackageRefused:
        return {}
    return {"ours": min(parse for parse, _ in times), "ours with box": min(box for _, box in times)}


def once(path: Path) -> tuple[float, float]:
    macros.remembered.cache_clear()
    started = time.process_time()
    artwork = read_gerber(path.read_bytes())
    parsed = time.process_time()
    artwork.bounds_mm()
    return parsed - started, time.process_time() - started


def tell(rows: list[tuple[str, int, Seconds]]) -> None:
    columns = dict.fromkeys(column for _, _, seconds in rows for column in seconds)
    print(f"{'':26} | files | median ms | all s | times ours, median")
    for column in columns:
        both = [(seconds[column], seconds["ours"]) for _, _, seconds in rows if column in seconds and "ours" in seconds]
        factor = median(theirs / our for theirs, our in both)
        times = [theirs for theirs, _ in both]
        print(f"{column:26} | {len(both):5} | {median(times) * 1e3:9.2f} | {sum(times):5.2f} | {factor:5.2f}")


def tell_by_size(rows: list[tuple[str, int, Seconds]]) -> None:
    print("\nkB         | files | median ms: " + ", ".join(dict.fromkeys(c for *_, seconds in rows for c in seconds)))
    for low, high in ((0, 20), (20, 60), (60, 150), (150, 400), (400, 100_000)):
        group = [seconds for _, size, seconds in rows if low * 1e3 <= size < high * 1e3]
        columns = dict.fromkeys(column for seconds in group for column in seconds)
        medians = (median(seconds[column] for seconds in group if column in seconds) for column in columns)
        print(f"{low:4} to {high:6} | {len(group):5} | " + ", ".join(f"{value * 1e3:.2f}" for value in medians))


def as_the_child_is_started() -> None:
    """Once more from the beginning, for the allocator reads its words at the start."""
    if not KEEP_MEMORY.items() <= os.environ.items():
        os.execve(sys.executable, [sys.executable, *sys.argv], {**os.environ, **KEEP_MEMORY})


def main() -> None:
    as_the_child_is_started()
    every = int(sys.argv[sys.argv.index("--every") + 1]) if "--every" in sys.argv else 1
    readers = [ours, *peers()]
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "layer.gbr"
        for name, data in list(copper())[::every]:
            path.write_bytes(data)
            rows.append((name, len(data), {key: value for read in readers for key, value in read(path).items()}))
    print(f"{len(rows)} copper files, median {median(size for _, size, _ in rows) / 1e3:.0f} kB")
    tell(rows)
    tell_by_size(rows)
    if "--slow" in sys.argv:
        known = [row for row in rows if {"ours", "gerbv, opening a file"} <= row[2].keys()]
        known.sort(key=lambda row: row[2]["ours"] / row[2]["gerbv, opening a file"], reverse=True)
        for name, size, seconds in known[:20]:
            print(
                f"{seconds['ours'] * 1e3:8.2f} ms, gerbv {seconds['gerbv, opening a file'] * 1e3:.2f}, {size} B {name}"
            )


if __name__ == "__main__":
    main()
