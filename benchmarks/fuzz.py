"""The readers against 200,000 inputs, before a release: python benchmarks/fuzz.py [INPUTS] [FIRST_SEED].

Runs the fuzz tests of Gerber and drill files in slices, each with its own seed, two at a time and with a limit on
memory. Prints every slice that fails, with the seed that makes it fail again.
"""

import os
import resource
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TESTS = "tests/intake/test_fuzz_gerber.py"
SLICE = 5_000
MEMORY_BYTES = 2 * 1024**3  # of the whole process; reading one small file must need far less
HANGS_S = 900


def limit_memory() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))


def tried(seed: int) -> str:
    """The end of the report of a slice that failed, else nothing."""
    command = [sys.executable, "-m", "pytest", TESTS, "-q", "-x", "-p", "no:cacheprovider", f"--hypothesis-seed={seed}"]
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


def main() -> None:
    said = [int(word) for word in sys.argv[1:]]
    inputs, first = said[0] if said else 200_000, said[1] if len(said) > 1 else 1
    seeds = range(first, first + -(-inputs // SLICE))
    started = time.monotonic()
    with ThreadPoolExecutor(max_workers=2) as pool:
        failures = 0
        for seed, failure in zip(seeds, pool.map(tried, seeds), strict=True):
            failures += bool(failure)
            print(failure or f"seed {seed}: {SLICE} inputs read or refused", flush=True)
    print(f"{len(seeds) * SLICE} inputs, {failures} slices failed, {time.monotonic() - started:.0f} s")
    sys.exit(bool(failures))


if __name__ == "__main__":
    main()
