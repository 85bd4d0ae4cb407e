"""Every hostile, odd or merely untidy archive of the corpus, through the limited child, as its manifest asks."""

import csv
import tracemalloc
from contextlib import suppress
from pathlib import Path
from tempfile import gettempdir

import pytest
from packages_made import found_codes

from portal.errors import PackageRefused
from portal.gateways.reader import LimitedReader, ReaderKilled
from portal.intake.archives import open_package

pytestmark = pytest.mark.corpus

REFUSED = {  # with which code
    "archive/zipbomb-flat-6GB.zip": "archive-too-large",
    "archive/zipbomb-overlap-20GB.zip": "archive-too-large",
    "archive/zipbomb-nested-25GB.zip": "archive-bomb",
    "archive/gzip-bomb-2GB.tgz": "archive-bomb",
    "archive/bomb-in-good.zip": "archive-too-large",
    "archive/many-entries-40000.zip": "archive-too-many",
    "archive/truncated.zip": "archive-damaged",
    "archive/crc-error.zip": "archive-damaged",
    "archive/empty.zip": "archive-empty",
    "archive/zero-bytes.zip": "package-empty",
    "archive/random.zip": "nothing-to-build",
    "archive/html-as.zip": "nothing-to-build",
    "archive/prefix-junk-ok.zip": "archive-damaged",
    "archive/pdf-zip-polyglot.zip": "archive-damaged",
    "archive/encrypted-zipcrypto.zip": "archive-encrypted",
    "archive/encrypted-aes.zip": "archive-encrypted",
}
READ = {  # as the board of the control, with these findings and no other
    "00-good/board.zip": set(),
    "archive/nested-ok.zip": set(),
    "archive/deep-folders-ok.zip": set(),
    "archive/mac-junk-ok.zip": set(),
    "archive/names-gbk-noflag-ok.zip": set(),
    "archive/names-sjis-noflag-ok.zip": set(),
    "archive/nasty-names.zip": set(),
    "archive/targz-renamed.zip": set(),
    "archive/7z-renamed.zip": set(),
    "archive/board.7z": set(),
    "archive/path-traversal.zip": {"member-outside"},
    "archive/symlinks.zip": {"member-link"},
    "archive/two-boards.zip": {"several-boards"},
    "archive/duplicate-names.zip": {"name-twice"},
    "archive/case-collision.zip": {"name-twice"},
    "package/generic-names-ok.zip": set(),
}
ASKED = {  # what a package that lacks or confuses something is asked, among other things
    "archive/odb-traversal.tgz": "member-outside",
    "package/no-outline.zip": "outline-missing",
    "package/no-drill.zip": "no-drill",
    "package/no-bottom.zip": "single-sided",
    "package/only-paste.zip": "stencil-only",
    "package/mixed-units.zip": "outline-misfit",
    "package/shifted-drill.zip": "drill-outside-board",
    "package/generic-names-no-x2.zip": "layer-unknown",
    "package/names-lie.zip": "layer-contradiction",
}
TABLES = {"00-good/bom.csv": (4, 0), "00-good/cpl.csv": (0, 7)}  # BOM lines and placements
MOST_BYTES = 150 * 1024**2


def silent(_step):
    """Nobody listens."""


def read(corpus, name):
    return LimitedReader().read(corpus / "bad" / name, name="x", on_step=silent)


def test_every_row_of_the_manifest_has_its_claim_here(corpus):
    with (corpus / "bad" / "MANIFEST.csv").open(newline="") as file:
        listed = {row["path"] for row in csv.DictReader(file)}
    here = {path for path in listed if path.startswith(("00-good/", "archive/", "package/"))}

    assert here == set(REFUSED) | set(READ) | set(ASKED) | set(TABLES)


@pytest.mark.parametrize(("name", "code"), REFUSED.items(), ids=REFUSED)
def test_a_package_that_cannot_be_taken_is_refused_by_name(corpus, name, code):
    with pytest.raises(PackageRefused) as refused:
        read(corpus, name)

    assert refused.value.code == code
    assert not isinstance(refused.value, ReaderKilled)


@pytest.mark.parametrize(("name", "code"), REFUSED.items(), ids=REFUSED)
def test_refusing_takes_no_memory(corpus, name, code):
    tracemalloc.start()
    with suppress(PackageRefused):
        open_package(corpus / "bad" / name)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert most < MOST_BYTES


@pytest.mark.parametrize(("name", "codes"), READ.items(), ids=READ)
def test_an_untidy_package_is_read_as_the_tidy_one(corpus, name, codes):
    reading = read(corpus, name)
    board = reading.design.board

    assert (board.width_mm, board.height_mm, board.copper_layers, board.drills.hits) == (40.0, 30.0, 2, 16)
    assert found_codes(reading) - {"outline-frame", "parts-estimated", "board-small-for-line"} == codes


@pytest.mark.parametrize(("name", "code"), ASKED.items(), ids=ASKED)
def test_what_a_package_lacks_or_confuses_is_asked(corpus, name, code):
    assert code in found_codes(read(corpus, name))


@pytest.mark.parametrize(("name", "counts"), TABLES.items(), ids=TABLES)
def test_a_table_alone_is_read(corpus, name, counts):
    design = read(corpus, name).design

    assert (len(design.bom), len(design.placements)) == counts


def test_the_control_as_a_folder_of_uploads_matches_throughout(corpus):
    reading = read(corpus, "00-good")

    assert len({name for line in reading.design.bom for name in line.designators}) == 7
    assert found_codes(reading) == {"board-small-for-line"}


@pytest.mark.parametrize("name", ["archive/path-traversal.zip", "archive/symlinks.zip", "archive/odb-traversal.tgz"])
def test_nothing_is_written_anywhere(corpus, name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    before = evil()
    with suppress(PackageRefused):
        read(corpus, name)

    assert list(tmp_path.iterdir()) == []
    assert evil() == before


def evil():
    """What the hostile names would have made where they lead."""
    return [path for path in Path(gettempdir()).iterdir() if "evil" in path.name]


def test_a_link_brings_nothing_of_this_machine_in(corpus):
    reading = read(corpus, "archive/symlinks.zip")

    assert "root:" not in str(reading.design) + "".join(reading.pictures.values())


def test_of_two_boards_each_can_be_taken(corpus):
    path = corpus / "bad" / "archive" / "two-boards.zip"
    [first, second] = [LimitedReader().read(path, name="x", take=name, on_step=silent).design for name in ("A", "B")]

    assert (first.board.width_mm, second.board.width_mm) == (40.0, 50.0)
    assert first.board.copper_layers == second.board.copper_layers == 2
