"""Real copper: as many islands, and gaps as small, as KLayout and GEOS find on the same files."""

import zipfile
from pathlib import Path

import pytest

from portal.board.areas import covered_mm2
from portal.board.clearance import Around, gaps_of_layer
from portal.board.clearance_nets import gaps_between_nets
from portal.intake.gerber import read_gerber

# package, file, islands, smallest gap between two of them as both oracles agree, in mm
FILES = {
    "A64 top": ("pg-a64", "A64-OlinuXino_Rev_G-F_Cu.gbr", 1151, 0.1067),
    "IRNAS top": ("gn-target3001", "IRNASIoTbank1.2.Top", 276, 0.0599),  # 0.0198 lies between two letters
}


def artwork_of(corpus: Path, package: str, name: str):
    for path in sorted((corpus / "dev" / package).rglob("*")):
        if path.name == name:
            return read_gerber(path.read_bytes())
        if path.suffix == ".zip":
            with zipfile.ZipFile(path) as archive:
                inside = [member for member in archive.namelist() if member.endswith(name)]
                if inside:
                    return read_gerber(archive.read(inside[0]))
    raise FileNotFoundError(name)


@pytest.mark.corpus
@pytest.mark.parametrize("board", FILES)
def test_islands_and_gaps_are_those_of_two_oracles(board, corpus):
    package, name, islands, smallest = FILES[board]

    gaps = gaps_of_layer(name, artwork_of(corpus, package, name), Around(), number=1, within_mm=0.16)

    assert gaps.islands == islands
    assert gaps_between_nets([gaps], Around()).all_nets.smallest == pytest.approx(smallest, abs=0.002)


@pytest.mark.corpus
def test_the_copper_of_a_real_layer_covers_what_its_union_does(corpus):
    """3464.6 mm² by GEOS."""
    artwork = artwork_of(corpus, "pg-a64", "A64-OlinuXino_Rev_G-F_Cu.gbr")

    assert covered_mm2(artwork, artwork.bounds_mm()) == pytest.approx(3464.6, rel=0.005)
