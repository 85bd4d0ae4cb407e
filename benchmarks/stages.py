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
    "3 measures": ("clearances", "assembly", "viewer"),
}


@dataclass(frozen=True)
class Row:
    slug: str
    seconds: dict[str, float]  # by stage
    steps: dict[str, float]
    start_s: float
    svg_kb: list[float]
    png_kb: list[float]
    viewer_kb: float
    fault: str

    def line(self) -> str:
        stages = "  ".join(f"{self.seconds[stage]:6.2f}" for stage in STAGES)
        drawn = f"svg {max(self.svg_kb, default=0):6.0f} png {max(self.png_kb, default=0):5.0f}"
        return f"{self.slug:34} {stages}  start {self.start_s:4.2f}  {drawn} viewer {self.viewer_kb:6.0f} kB {self.fault}"


def measured(path: Path) -> Row:
    began = time.perf_counter()
    reading: Reading = LimitedReader().read(path, name=path.name, on_step=lambda _: None)
    spent = time.perf_counter() - began
    steps = reading.seconds
    return Row(
        slug=path.name,
        seconds={stage: sum(steps.get(step, 0) for step in names) for stage, names in STAGES.items()},
        steps=steps,
        start_s=spent - steps["total"],
        svg_kb=[len(svg) / 1000 for svg in reading.pictures.values()],
        png_kb=[len(png) / 1000 for png in reading.thumbnails.values()],
        viewer_kb=len(reading.viewer) / 1000,
        fault=reading.fault.strip().rsplit("\n", 1)[-1],
    )


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
        spent = sorted((row.seconds[stage], row.slug) for row in rows)
        ninth = spent[int(0.9 * (len(spent) - 1))][0]
        print(f"{stage:12} median {median(s for s, _ in spent):.3f} s, 9 in 10 {ninth:.2f}, most {spent[-1][0]:.2f} ({spent[-1][1]})")
    for name in dict.fromkeys(step for row in rows for step in row.steps):
        print(f"  {name:12} median {median(row.steps.get(name, 0) for row in rows):.3f} s, most {max(row.steps.get(name, 0) for row in rows):.2f}")
    svg, png = ([kb for row in rows for kb in sizes] for sizes in ([r.svg_kb for r in rows], [r.png_kb for r in rows]))
    svg, png = [kb for row in rows for kb in row.svg_kb], [kb for row in rows for kb in row.png_kb]
    print(f"svg of a side: median {median(svg):.0f} kB, most {max(svg):.0f}; png {median(png):.0f}, most {max(png):.0f}")
    print(f"start of a child: median {median(row.start_s for row in rows):.2f} s")
    print(f"the largest child took {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024:.0f} MiB")


if __name__ == "__main__":
    main()
