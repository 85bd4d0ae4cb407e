"""How soon each stage of a reading is there, and how much memory it takes: `python benchmarks/stages.py [SLUG …]`.

Every package of the corpus in a fresh limited child, as the portal reads it. Seconds of the reading itself, without
the start of the process, which is said apart.
"""

import resource
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from portal.errors import PackageRefused
from portal.gateways.reader import LimitedReader
from portal.intake.stages import Reading

DEV = Path(__file__).resolve().parents[2] / "shared" / "corpus" / "dev"
STAGES = {
    "1 design": ("unpack", "roles", "copper", "drills", "bom", "checks"),
    "2 pictures": ("pictures",),
    "3 measures": ("clearances", "assembly", "viewer", "films"),
}


@dataclass(frozen=True)
class Row:
    slug: str
    seconds: dict[str, float]  # by stage
    steps: dict[str, float]
    wall_s: float
    cpu_s: float
    svg_kb: list[float]
    png_kb: list[float]
    viewer_kb: float
    fault: str

    def line(self) -> str:
        stages = "  ".join(f"{self.seconds[stage]:6.2f}" for stage in STAGES)
        drawn = f"svg {max(self.svg_kb, default=0):6.0f} png {max(self.png_kb, default=0):5.0f}"
        start = f"start {self.start_s:4.2f}"
        return f"{self.slug:34} {stages}  {start}  {drawn} viewer {self.viewer_kb:6.0f} kB {self.fault}"

    @property
    def start_s(self) -> float:
        return self.wall_s - self.steps["total"]


def measured(path: Path) -> Row:
    began, before = time.perf_counter(), child_cpu_s()
    reading: Reading = LimitedReader().read(path, name=path.name, on_step=lambda _: None)
    spent = time.perf_counter() - began
    steps = reading.seconds
    return Row(
        slug=path.name,
        seconds={stage: sum(steps.get(step, 0) for step in names) for stage, names in STAGES.items()},
        steps=steps,
        wall_s=spent,
        cpu_s=child_cpu_s() - before,
        svg_kb=[len(svg) / 1000 for svg in reading.pictures.values()],
        png_kb=[len(png) / 1000 for png in reading.thumbnails.values()],
        viewer_kb=len(reading.viewer) / 1000,
        fault=reading.fault.strip().rsplit("\n", 1)[-1],
    )


def child_cpu_s() -> float:
    """Of all children so far. On a shared machine wall times say less than this."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def spread(spent: list[tuple[float, str]]) -> str:
    spent = sorted(spent)
    ninth = spent[int(0.9 * (len(spent) - 1))][0]
    return f"median {median(s for s, _ in spent):.3f} s, 9 in 10 {ninth:.2f}, most {spent[-1][0]:.2f} ({spent[-1][1]})"


def main() -> None:
    wanted, rows = set(sys.argv[1:]), []
    for path in sorted(DEV.iterdir()):
        if not path.is_dir() or path.name == "LICENSES" or (wanted and path.name not in wanted):
            continue
        try:
            rows.append(measured(path))
        except PackageRefused as refusal:
            print(f"{path.name:34} refused: {refusal.code}")
            continue
        print(rows[-1].line(), flush=True)
    for stage in STAGES:
        print(f"{stage:12} {spread([(row.seconds[stage], row.slug) for row in rows])}")
    for name in dict.fromkeys(step for row in rows for step in row.steps):
        print(f"  {name:12} {spread([(row.steps.get(name, 0), row.slug) for row in rows])}")
    for what in ("svg_kb", "png_kb"):
        sizes = [kb for row in rows for kb in getattr(row, what)]
        print(f"{what} of a side: median {median(sizes):.0f}, most {max(sizes):.0f}")
    print(f"processor time ÷ wall time: {sum(row.cpu_s for row in rows) / sum(row.wall_s for row in rows):.2f}")
    print(f"start of a child: median {median(row.start_s for row in rows):.2f} s")
    print(f"the largest child took {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024:.0f} MiB")


if __name__ == "__main__":
    main()
