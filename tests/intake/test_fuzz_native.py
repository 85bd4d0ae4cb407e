"""IPC-2581 files and ODB++ jobs of any make: they are read or refused, in time.

PORTAL_FUZZ is how many inputs are tried in all: 1,000 unless said otherwise (benchmarks/fuzz.py runs them in slices).
"""

import os
import re
import time
from contextlib import suppress

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ipc2581_made import ipc
from odb_jobs_made import files, members

from portal.board.measure import measure
from portal.errors import PackageRefused
from portal.intake.ipc2581 import read_ipc2581
from portal.intake.odb import read_odb
from portal.intake.whole import WholeBoard

INPUTS = int(os.environ.get("PORTAL_FUZZ", "1000"))
LONGEST_S = 60.0  # of the processor: not how fast it is, a hang would take hours
SEEDS = st.integers(0, 2**32 - 1)
IPC = ipc().decode()
TAGS = re.findall(r"<[^>]*>|[^<>]+", IPC)
VALUES = (
    "",
    "0",
    "-1",
    "1e400",
    "nan",
    "INF",
    "999999999",
    "0.1",
    "TOP",
    "nowhere",
    "SOLID",
    "VOID",
    "é",
    "&#0;",
    '"',
    "<",
)
JOB = files(
    top="UNITS=MM\n$0 r1000\n$1 rect2000x1000xr200\n$2 oval100x900\n@0 .smd\n&0 PAD\nP 9 20 0 P 0 8 30.5;0\n"
    "P 9 2 -1 1 1.5 N 0 9 1\nL 9 20 40 20 1 P 0\nA 0 10 10 0 0 0 0 P 0 Y\nT 1 1 standard P 0 1 1 1 'ABC' 1\n"
    "S P 0\nOB 0 0 I\nOS 0 10\nOC 10 0 5 5 N\nOE\nOB 2 1 H\nOS 3 1\nOS 3 2\nOE\nSE\n"
)
RECORDS = (
    "P",
    "L",
    "A",
    "S",
    "OB",
    "OS",
    "OC",
    "OE",
    "SE",
    "CMP",
    "PRP",
    "TOP",
    "NET",
    "SNT",
    "FID",
    "UNITS=INCH",
    "$9 r1",
)
NUMBERS = ("0", "-1", "1e9", "nan", "inf", "-0", "99999999999", "x", "", ";", "'", "N", "Y", "I", "H", "8", "9 0")


def share(of_all: float) -> settings:
    checks = (HealthCheck.too_slow,)
    return settings(max_examples=max(1, round(INPUTS * of_all)), deadline=None, suppress_health_check=checks)


def one(random: np.random.Generator, words: tuple[str, ...]) -> str:
    return words[random.integers(len(words))]


def spoilt_xml(seed: int) -> bytes:
    """Elements left out, doubled, moved; attributes with values that no tool writes."""
    random = np.random.default_rng(seed)
    tags = list(TAGS)
    for _ in range(random.integers(1, 10)):
        at, how = int(random.integers(len(tags))), random.integers(4)
        if how == 0:
            del tags[at]
        elif how == 1:
            tags.insert(at, tags[int(random.integers(len(tags)))])
        else:
            before, _, after = tags[at].partition('"')
            tags[at] = f'{before}"{one(random, VALUES)}"{after.partition(chr(34))[2]}' if after else tags[at]
    return "".join(tags).encode()


def spoilt_job(seed: int) -> dict[str, str]:
    """Words of its records changed, left out or put in; now and then a file is gone."""
    random = np.random.default_rng(seed)
    job = dict(JOB)
    for _ in range(random.integers(1, 8)):
        path = one(random, tuple(sorted(job)))
        if random.integers(20) == 0 and len(job) > 1:
            del job[path]
            continue
        words = re.split(r"(\s)", job[path])
        at = int(random.integers(len(words)))
        words[at] = one(random, (*RECORDS, *NUMBERS, "\n"))
        job[path] = "".join(words)
    return job


def holds(board: WholeBoard | None) -> bool:
    if board is None:
        return True
    bounds = [layer.artwork.bounds_mm() for layer in board.stack.layers]
    places = [(place.x_mm, place.y_mm, place.rotation_deg) for place in board.placements]
    holes = [hits.x_mm for hits in board.stack.drills]
    measure(board.stack)
    return all(bool(np.isfinite(values).all()) for values in (*filter(None, bounds), *places, *holes))


@share(0.5)
@given(seed=SEEDS)
def test_a_spoilt_ipc2581_file_is_read_or_refused(seed):
    data, started, board = spoilt_xml(seed), time.process_time(), None
    with suppress(PackageRefused):
        board = read_ipc2581(data, name="x")

    assert holds(board)
    assert time.process_time() - started < LONGEST_S


@share(0.5)
@given(seed=SEEDS)
def test_a_spoilt_odb_job_is_read_or_refused(seed):
    job, started, board = members(spoilt_job(seed)), time.process_time(), None
    with suppress(PackageRefused):
        board = read_odb(job, name="x")

    assert holds(board)
    assert time.process_time() - started < LONGEST_S
