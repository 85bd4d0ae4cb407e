"""All of the bad Gerber files: each ends in a refusal or in artwork, quickly and within memory."""

import time
import zipfile
from pathlib import Path

import numpy as np
import pytest

from portal.errors import PackageRefused
from portal.intake.drill import is_drill, read_drill
from portal.intake.gerber import GerberRefused, read_gerber

pytestmark = pytest.mark.corpus
SECONDS = 60.0  # of the processor: not how fast it is, a bomb would take hours


def content(path: Path) -> bytes:
    if path.suffix != ".zip":
        return path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        return archive.read(archive.namelist()[0])


def outcome(data: bytes) -> str:
    try:
        if is_drill(data):
            read_drill(data, near=(0, 0, 40, 30))
        else:
            bounds = read_gerber(data).bounds_mm()
            assert bounds is None or np.isfinite(bounds).all()
    except PackageRefused as refused:
        return refused.code
    return "read"


def test_every_bad_file_is_refused_or_read_in_time(corpus):
    for path in sorted((corpus / "bad" / "gerber").iterdir()):
        data, started = content(path), time.process_time()

        assert outcome(data), path.name
        assert time.process_time() - started < SECONDS, path.name


@pytest.mark.parametrize(
    "name",
    [
        "ab-exponential.gbr",
        "elf.gbr",
        "html-xss.gbr",
        "huge-coordinates.gbr",
        "jpeg.gtl",
        "no-fs.gbr",
        "rs274d-no-apertures.gbr",
        "sr-billions.gbr",
        "sr-nested-holes.gbr",
        "svg-script.gbr",
    ],
)
def test_what_the_manifest_rejects_is_refused(corpus, name):
    with pytest.raises(GerberRefused) as refused:
        read_gerber((corpus / "bad" / "gerber" / name).read_bytes())

    assert refused.value.remedy


@pytest.mark.parametrize(
    "name",
    [
        "attr-xss.gbr",
        "bom-crlf-ok.gbr",
        "cr-only-ok.gbr",
        "latin1-comment-ok.gbr",
        "m00-end-ok.gbr",
        "macro-self.gbr",
        "one-line-ok.gbr",
        "outline-cutout-ok.gko",
        "zero-aperture-ok.gbr",
        "drill-as-gerber.gbr",
    ],
)
def test_what_the_manifest_accepts_is_read_without_a_word(corpus, name):
    artwork = read_gerber((corpus / "bad" / "gerber" / name).read_bytes())

    assert not artwork.is_empty
    assert artwork.findings == ()


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("both-units.gbr", "gerber-two-units"),
        ("include-file.gbr", "gerber-include"),
        ("macro-deep.gbr", "gerber-aperture"),
        ("macro-div-zero.gbr", "gerber-aperture"),
        ("missing-aperture.gbr", "gerber-missing-aperture"),
        ("missing-m02.gbr", "gerber-no-end"),
        ("negative-aperture.gbr", "gerber-aperture"),
        ("no-mo.gbr", "gerber-no-units"),
        ("nul-bytes.gbr", "gerber-unread"),
        ("region-unclosed.gbr", "gerber-open-region"),
        ("truncated-mid-coordinate.gbr", "gerber-no-end"),
        ("empty.gbr", "gerber-empty"),
        ("whitespace.gbr", "gerber-empty"),
    ],
)
def test_what_the_manifest_warns_of_is_said(corpus, name, code):
    artwork = read_gerber((corpus / "bad" / "gerber" / name).read_bytes())

    assert code in {finding.code for finding in artwork.findings}


def test_a_repeat_bomb_in_a_drill_file_is_refused(corpus):
    assert outcome((corpus / "bad" / "gerber" / "drill-repeat-bomb.drl").read_bytes()) == "drill-too-large"


def test_a_million_holes_are_counted(corpus):
    data = content(corpus / "bad" / "gerber" / "drill-million.zip")

    assert read_drill(data).count == 1_000_000
