"""Every bad file of the corpus through the limited child, as its manifest asks: `bad_corpus.py [PATH …]`.

A centroid file, a lone drill file and a paper are sent with the board and the list of 00-good, without which nothing
could be wrong with them. For each row of bad/MANIFEST.csv: how the child ended (read, refused by which code, killed),
the findings, and how much more memory the parent needed than before it. A row that the manifest wants warned or asked
about must have a finding that no file of its kind has which the manifest accepts. Exit 1 where a row ends otherwise, a
child is killed, or the parent grows by more than 100 MB.
"""

import csv
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from portal.board.design import Severity
from portal.errors import PackageRefused
from portal.gateways.reader import LimitedReader, ReaderKilled

BAD = Path(__file__).resolve().parents[2] / "shared" / "corpus" / "bad"
MOST_MIB = 100
BOARD, LIST = "00-good/board.zip", "00-good/bom.csv"
COMPANY = {
    "centroid/": (BOARD, LIST),
    "gerber/drill-inch-vs-mm": (BOARD,),
    "gerber/ipc356-broken": (BOARD,),
    "other/drawing.pdf": (BOARD, LIST),
}
READ_AS_DECLARED = {
    "gerber/incremental.gbr",  # “parse or refuse clearly”
    "gerber/fs-trailing-zeros.gbr",  # nothing beside it shows another size
    "gerber/arc-bad-radius.gbr",  # its ends fit the centre to 0.05 mm: the flat arc that it draws is 10.2 × 0.21 mm
}
ENDS = {
    "accept": {"read"},
    "reject": {"refused", "stopped"},
    "ask": {"said", "refused", "stopped"},
    "warn": {"said", "refused", "stopped"},
    "reject-or-warn": {"said", "refused", "stopped"},
    "accept-or-warn": {"read", "said"},
    "accept-or-reject": {"read", "said", "refused", "stopped"},
}


@dataclass(frozen=True)
class Ended:
    """`stops` are findings of the worst kind, `codes` all of them; both empty for what was refused by `refused`."""

    path: str
    wanted: str
    refused: str = ""
    stops: frozenset[str] = frozenset()
    codes: frozenset[str] = frozenset()
    grown_mib: float = 0.0
    seconds: float = 0.0

    @property
    def kind(self) -> str:
        """Its folder and suffix: what a lone file of it is always asked about is no answer to what is wrong with it."""
        return f"{self.path.split('/', 1)[0]} {Path(self.path).suffix.lower()}"


@contextmanager
def sent(path: str) -> Iterator[Path]:
    """The file alone, or a folder of uploads with it and its company."""
    company = next((names for start, names in COMPANY.items() if path.startswith(start)), ())
    if not company:
        yield BAD / path
        return
    with TemporaryDirectory() as folder:
        for name in (path, *company):
            shutil.copy(BAD / name, folder)
        yield Path(folder)


def read(row: dict[str, str]) -> Ended:
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # the high-water mark begins anew
    before, began = status("VmRSS"), time.perf_counter()
    said: dict[str, object] = {}
    try:
        with sent(row["path"]) as path:
            design = LimitedReader().read(path, name="x", on_step=lambda _step: None).design
        said["codes"] = frozenset(finding.code for finding in design.findings)
        said["stops"] = frozenset(finding.code for finding in design.findings if finding.severity is Severity.STOP)
    except ReaderKilled:
        said["refused"] = "KILLED"
    except PackageRefused as refusal:
        said["refused"] = refusal.code
    grown = status("VmHWM") - before
    took = time.perf_counter() - began
    return Ended(row["path"], row["expected_outcome"], grown_mib=grown, seconds=took, **said)  # type: ignore[arg-type]


def status(name: str) -> float:
    """In MiB."""
    [line] = [line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith(f"{name}:")]
    return int(line.split()[1]) / 1024


def usual(every: list[Ended]) -> dict[str, frozenset[str]]:
    """Kind -> what is said of the files that the manifest accepts."""
    kinds: dict[str, frozenset[str]] = {}
    for one in every:
        if one.wanted == "accept":
            kinds[one.kind] = kinds.get(one.kind, frozenset()) | one.codes
    return kinds


def ends_of(one: Ended, known: frozenset[str]) -> Iterator[str]:
    """All that may be said of how it ended."""
    if one.refused:
        yield "refused"
        return
    yield "read"
    if one.codes - known or one.path in READ_AS_DECLARED:
        yield "said"
    if one.stops - known:
        yield "stopped"


def main() -> int:
    with (BAD / "MANIFEST.csv").open(encoding="utf-8", newline="") as file:
        wanted = [row for row in csv.DictReader(file) if row["path"].startswith(tuple(sys.argv[1:]) or "")]
    every = [read(row) for row in wanted]
    kinds, wrong = usual(every), 0
    for one in every:
        known = kinds.get(one.kind, frozenset())
        is_right = one.refused != "KILLED" and not ENDS[one.wanted].isdisjoint(ends_of(one, known))
        is_right &= one.grown_mib <= MOST_MIB
        wrong += not is_right
        ended = one.refused or " ".join(sorted(one.codes - known)) or "read"
        figures = f"{one.grown_mib:5.0f} MiB {one.seconds:5.1f} s"
        print(f"{'    ' if is_right else 'BAD '}{one.path:42} {one.wanted:17} {figures}  {ended}")
    most = max(one.grown_mib for one in every)
    print(f"\n{len(every) - wrong} of {len(every)} as the manifest says; the parent grew by at most {most:.0f} MiB")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
