"""How soon a portal that has run before is up again, from bin/run to the first 200 of "/"; and how soon a command is.

    .venv/bin/python benchmarks/start.py [--rounds 5]

The target of the issue Foundation: the second start within 3 s. The processor seconds tell a slow start from a busy
machine: they are those of everything that ran from the start to the first page.
"""

import argparse
import json
import os
import statistics
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from benchmarks.running import UP_S, free_port

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "config" / "examples" / "sensor-node.zip"
TARGET_S = 3
TICKS = os.sysconf("SC_CLK_TCK")


def first_page(folder: Path) -> tuple[float, float]:
    """Seconds from bin/run to the first page, and the processor seconds spent by then."""
    port = free_port()
    start = time.perf_counter()
    portal = subprocess.Popen(
        ["bin/run", "--port", str(port)],
        cwd=ROOT,
        env={**os.environ, "PORTAL_DATA_DIR": str(folder)},
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        await_page(f"http://127.0.0.1:{port}/", portal)
        return time.perf_counter() - start, processor_s(portal.pid)
    finally:
        portal.terminate()
        portal.wait(30)


def await_page(address: str, portal: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + UP_S
    while time.monotonic() < deadline and portal.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=UP_S) as page:
                if page.status == 200:
                    return
        except OSError:
            time.sleep(0.02)
    raise SystemExit("the portal did not come up")


def processor_s(session: int) -> float:
    """User and system time of every process of a session, and of their children that have ended (Linux)."""
    return sum(sum(map(int, fields[11:15])) for fields in processes() if int(fields[3]) == session) / TICKS


def processes() -> Iterator[list[str]]:
    """The fields of /proc/<pid>/stat after the name, which may hold spaces."""
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            yield path.read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it has ended since


def command_s(*words: str) -> float:
    start = time.perf_counter()
    subprocess.run([ROOT / ".venv" / "bin" / "portal", *words], stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - start


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rounds", type=int, default=5)
    rounds = range(asked.parse_args().rounds)
    with tempfile.TemporaryDirectory() as folder:
        once, _ = first_page(Path(folder))
        starts = [first_page(Path(folder)) for _ in rounds]
    figures = {
        "first start, s": once,
        "second start, s": statistics.median(seconds for seconds, _ in starts),
        "processor by the first page, s": statistics.median(processor for _, processor in starts),
        "portal --help, s": statistics.median(command_s("--help") for _ in rounds),
        "portal inspect, s": statistics.median(command_s("inspect", str(EXAMPLE), "--json") for _ in rounds),
        "load of the machine": os.getloadavg()[0],
    }
    print(json.dumps({name: round(figure, 2) for name, figure in figures.items()}, indent=2))
    if figures["second start, s"] > TARGET_S:
        raise SystemExit(f"above the target of {TARGET_S} s")


if __name__ == "__main__":
    main()
