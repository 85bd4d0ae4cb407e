"""Part lists, centroid files and archives of any make: they are read or refused, in time, and say only what is sane.

PORTAL_FUZZ is how many inputs are tried in all: 1,000 unless said otherwise (benchmarks/fuzz.py runs them in slices).
"""

import math
import os
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from packages_made import BOM, CENTROID, board_files, tarred, written, zipped
from workbooks import CHIP, HEADINGS, RESISTORS, an_ods, an_xlsx, ods_row

from portal.board.design import FileRole
from portal.errors import PackageRefused
from portal.intake.archives import Member, open_package
from portal.intake.bom import BomReading, read_bom
from portal.intake.centroid import read_centroid
from portal.intake.centroid_files import CentroidReading
from portal.intake.roles import assign_roles
from portal.intake.tables import table_role

INPUTS = int(os.environ.get("PORTAL_FUZZ", "1000"))
LONGEST_S = 60.0  # of the processor: not how fast it is, a hang would take hours
SEEDS = st.integers(0, 2**32 - 1)
WORDS = (
    *(
        "Designator",
        "Reference(s)",
        "Ref",
        "Bauteil",
        "位号",
        "品番",
        "부품번호",
        "Поз. обозначение",
        "Qty",
        "数量",
        "Menge",
    ),
    *("Value", "Comment", "MPN", "Mfr. Part #", "Footprint", "Mid X", "Mid Y", "Center-X(mil)", "PosX", "Rot", "Layer"),
    *("R1", "R1-R4", "R1,R2;R3", "C1..C9", "U1A", "R1-R99999", "DNP", "NC", "10k", "1e400", "nan", "-0", "4.02E+03"),
    *("5.00mm", "1,5", "1.5.2", "12mil", "0.5in", "-97.5", "TopLayer", "B", "L8-BOTTOM", "m", "YES", "270.00", "٣"),
    *(
        "",
        " ",
        '"',
        '""',
        "'",
        "=A1",
        "\u200b",
        "\ufeff",
        "\0",
        "\x1a",
        "# Ref",
        "## End",
        "Units used: mm",
        "UUNITS = MILS",
    ),
)
ENDS = ("\n", "\r\n", "\r", "\n\n", "\x0b", "\u2028")
CODES = ("utf-8", "utf-8-sig", "utf-16", "cp1252", "gbk", "shift_jis", "cp1251", "euc_kr")
BOOKS = (
    an_xlsx({"BOM": [HEADINGS, RESISTORS, CHIP], "Log": [("x",)]}),
    an_ods(ods_row(*HEADINGS) + ods_row(*RESISTORS, repeated=3) + ods_row(*CHIP)),
)
PACKAGES = (
    zipped(board_files() | {"bom.csv": BOM, "cpl.csv": CENTROID}),
    zipped({"inner.zip": zipped(board_files()), "a/b/ü.csv": BOM}),
    tarred(board_files() | {"bom.csv": BOM}),
    tarred({"x.gtl": b"G04*", "y.zip": zipped({"z.csv": CENTROID})}, "w:"),
)


def share(of_all: float) -> settings:
    checks = (HealthCheck.too_slow, HealthCheck.function_scoped_fixture)
    return settings(max_examples=max(1, round(INPUTS * of_all)), deadline=None, suppress_health_check=checks)


def in_time(read: Callable[[], object]) -> object:
    started, found = time.process_time(), None
    with suppress(PackageRefused):
        found = read()
    assert time.process_time() - started < LONGEST_S
    return found


def a_table(seed: int) -> bytes:
    """Rows of words that real tables have, in no order that any of them has."""
    random = np.random.default_rng(seed)
    separator = (",", ";", "\t", "|", "  ", " ")[random.integers(6)]
    width, height = random.integers(1, 14), random.integers(1, 30)
    rows = [separator.join(WORDS[at] for at in random.integers(len(WORDS), size=width)) for _ in range(height)]
    text = ENDS[random.integers(len(ENDS))].join(rows)
    return text.encode(CODES[random.integers(len(CODES))], "ignore")


def spoilt(data: bytes, seed: int) -> bytes:
    """Some bytes changed, left out, doubled, or everything behind a place gone."""
    random = np.random.default_rng(seed)
    made = bytearray(data)
    for _ in range(random.integers(1, 12)):
        at, how = int(random.integers(max(len(made), 1))), random.integers(5)
        if how == 0:
            made[at : at + 1] = bytes([random.integers(256)])
        elif how == 1:
            made[at : at + int(random.integers(1, 40))] = b""
        elif how == 2:
            made[at:at] = made[at : at + int(random.integers(1, 200))]
        elif how == 3:
            made[at : at + 4] = random.integers(256, size=4, dtype=np.uint8).tobytes()
        elif random.integers(8) == 0:
            del made[at:]
    return bytes(made)


def parts_are_sane(reading: BomReading) -> bool:
    names = [name for line in reading.lines for name in line.designators]
    return all(name and len(name) <= 60 and "\n" not in name for name in names) and all(
        finding.remedy.endswith(".") for finding in reading.findings
    )


def places_are_sane(reading: CentroidReading) -> bool:
    return all(
        math.isfinite(value) for part in reading.placements for value in (part.x_mm, part.y_mm, part.rotation_deg)
    )


@share(0.35)
@given(seed=SEEDS)
def test_any_table_is_a_part_list_or_none(seed):
    data = a_table(seed)
    reading = in_time(lambda: read_bom("bom.csv", data))

    assert reading is None or parts_are_sane(reading)
    assert table_role("x.txt", data) in {FileRole.BOM, FileRole.CENTROID, None}


@share(0.3)
@given(seed=SEEDS)
def test_any_table_is_a_centroid_file_or_none(seed):
    reading = in_time(lambda: read_centroid("cpl.csv", a_table(seed)))

    assert reading is None or places_are_sane(reading)


@share(0.15)
@given(seed=SEEDS, book=st.sampled_from(BOOKS))
def test_a_spoilt_workbook_is_read_or_refused(seed, book):
    data = spoilt(book, seed)
    parts, places = in_time(lambda: read_bom("a.xlsx", data)), in_time(lambda: read_centroid("a.xlsx", data))

    assert parts is None or parts_are_sane(parts)
    assert places is None or places_are_sane(places)


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("packages")


@share(0.15)
@given(seed=SEEDS, package=st.sampled_from(PACKAGES))
def test_a_spoilt_archive_is_opened_or_refused(folder, seed, package):
    path = written(folder / "package.zip", spoilt(package, seed))
    found = in_time(lambda: open_package(path))

    assert found is None or all(".." not in member.name.split("/") for member in found[0])


@share(0.05)
@given(seed=SEEDS)
def test_any_files_together_have_roles(seed):
    tables = {f"f{at}.{'csv' if at % 2 else 'gtl'}": spoilt(a_table(seed + at), seed) for at in range(3)}
    files = assign_roles([Member(name, data) for name, data in tables.items()])

    assert all(file.file.role in FileRole and file.file.evidence for file in files)
