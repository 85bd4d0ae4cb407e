"""Two revisions of one real board, package to page: each thing that its owner changed is named, in his words, once."""

import zipfile
from pathlib import Path

import pytest
from packages_made import written, zipped

from portal.board.revisions import About, differences
from portal.intake.reading import read_in_stages

EXAMPLE = Path(__file__).resolve().parents[2] / "config" / "examples" / "motor-driver.zip"
BOM, POSITIONS, EDGE = "motor-driver-bom.csv", "motor-driver-all-pos.csv", "gerbers/motor-driver-Edge_Cuts.gbr"
CHANGED = {
    BOM: [
        (b"WSL2512R0500FEA,Resistor 0.05R", b"WSL2512R0200FEA,Resistor 0.02R"),
        (b"R1,1,0.05R,", b"R1,1,0.02R,"),
        (b",DNP\n", b",\n"),
    ],
    POSITIONS: [
        (b"U4,TPS54331,SOIC-8_3.9x4.9mm,22.000000,35.000000,0", b"U4,TPS54331,SOIC-8_3.9x4.9mm,22.500000,35.000000,90")
    ],
    EDGE: [(b"X60000000", b"X61000000"), (b"X58500000", b"X59500000")],
}


@pytest.fixture(scope="module")
def changes(tmp_path_factory):
    """What the page shows: the older and the newer package as they are read, and what is unlike between them."""
    with zipfile.ZipFile(EXAMPLE) as archive:
        older = {name: archive.read(name) for name in archive.namelist()}
    newer = dict(older)
    for name, replacements in CHANGED.items():
        for was, now in replacements:
            newer[name] = newer[name].replace(was, now) if was != b",DNP\n" else _fitted(newer[name])
    newer["assembly notes.pdf"] = b"%PDF-1.7 please glue C1"
    folder = tmp_path_factory.mktemp("revisions")
    designs = [
        next(read_in_stages(written(folder / f"{at}.zip", zipped(files)), name="motor-driver")).design
        for at, files in enumerate((older, newer))
    ]
    return differences(*designs)


def _fitted(table):
    """Its first part that was left off is fitted now."""
    head, *rows = table.splitlines(keepends=True)
    at = next(at for at, row in enumerate(rows) if row.rstrip().endswith(b"DNP"))
    return b"".join([head, *rows[:at], rows[at].replace(b"DNP", b""), *rows[at + 1 :]])


def said(changes, about):
    return [(one.where, one.old, one.new) for one in changes if one.about is about]


def test_the_new_outline_is_the_size_of_the_board(changes):
    assert ("Size", "60 × 45 mm", "61 × 45 mm") in said(changes, About.BOARD)


def test_another_value_and_another_number_are_one_change_of_the_part(changes):
    was, now = (
        "Vishay Dale WSL2512R0500FEA 0.05R R_2512_6332Metric",
        "Vishay Dale WSL2512R0200FEA 0.02R R_2512_6332Metric",
    )

    assert ("R1", was, now) in said(changes, About.PART)


def test_a_part_that_is_fitted_now_was_not_fitted_before(changes):
    [(_, was, now)] = [one for one in said(changes, About.PART) if one[0] != "R1"]

    assert was == f"{now}, not fitted"


def test_the_part_that_was_moved_and_turned_is_the_only_one(changes):
    [(where, was, now)] = said(changes, About.PLACEMENT)

    assert where == "U4"
    assert "22" in was
    assert "22.5" in now
    assert "90°" in now


def test_files_are_added_and_changed_and_the_others_are_not_named(changes):
    files = {where: (bool(was), bool(now)) for where, was, now in said(changes, About.FILE)}

    assert files == {"assembly notes.pdf": (False, True)} | dict.fromkeys(CHANGED, (True, True))


def test_nothing_is_said_twice(changes):
    assert len(set(changes)) == len(changes)
