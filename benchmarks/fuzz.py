"""The readers against 200,000 inputs, before a release: python benchmarks/fuzz.py [INPUTS] [FIRST_SEED] [TEST].

Runs the fuzz tests of all readers in slices, in turn, each with its own seed, two at a time and with a limit on memory:
Gerber and drill files; KiCad boards, netlists, job files, component layers; part lists, centroid files, workbooks,
archives; IPC-2581 and ODB++. TEST is a part of a test file's name: only those. Prints how long each slice took, and
of every slice that fails the seed that makes it fail again.
"""

import os
import resource
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TESTS = sorted((ROOT / "tests" / "intake").glob("test_fuzz_*.py"))
SLICE = 5_000
MEMORY_BYTES = 2 * 1024**3  # of the whole process; reading one small file must need far less
HANGS_S = 900


def limit_memory() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))


def tried(seed: int, test: Path) -> str:
    """The end of the report of a slice that failed, else nothing."""
    command = [
        sys.executable,
        "-m",
        "pytest",
        str(test),
        "-q",
        "-x",
        "-p",
        "no:cacheprovider",
        f"--hypothesis-seed={seed}",
    ]
    environment = {**os.environ, "PORTAL_FUZZ": str(SLICE)}
    try:
        run = subprocess.run(
            command,
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            timeout=HANGS_S,
            preexec_fn=limit_memory,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return f"seed {seed}: not done after {HANGS_S} s"
    return f"seed {seed}:\n{run.stdout[-4_000:]}" if run.returncode else ""


def timed(seed: int, test: Path) -> tuple[str, float]:
    started = time.monotonic()
    return tried(seed, test), time.monotonic() - started


def main() -> None:
    said = [int(word) for word in sys.argv[1:] if word.isdigit()]
    names = [word for word in sys.argv[1:] if not word.isdigit()]
    tests = [test for test in TESTS if all(name in test.stem for name in names)]
    inputs, first = said[0] if said else 200_000, said[1] if len(said) > 1 else 1
    seeds = range(first, first + -(-inputs // SLICE))
    slices = [(seed, tests[seed % len(tests)]) for seed in seeds]
    started, failures = time.monotonic(), 0
    with ThreadPoolExecutor(max_workers=2) as pool:
        for (seed, test), (failure, took_s) in zip(slices, pool.map(timed, *zip(*slices, strict=True)), strict=True):
            failures += bool(failure)
            print(failure or f"{test.stem}, seed {seed}: {SLICE} read or refused in {took_s:.0f} s", flush=True)
    print(f"{len(seeds) * SLICE} inputs, {failures} slices failed, {time.monotonic() - started:.0f} s")
    sys.exit(bool(failures))


if __name__ == "__main__":
    main()
