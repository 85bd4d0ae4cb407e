"""Real layers and drill files of many CAD tools."""

import zipfile

import pytest

from portal.intake.drill import is_drill, read_drill
from portal.intake.gerber import is_gerber, read_gerber

pytestmark = pytest.mark.corpus

PACKAGES = [
    "voron-ab-std/Rev4.zip",  # EasyEDA
    "rpga-feather/RPGA_Feather.zip",  # KiCad 5
    "caravel-clear/clear-dev-v1.zip",  # KiCad 7
    "gn-eagle-files/gn-eagle-files-packed.zip",
    "gn-fritzing/gn-fritzing-packed.zip",
    "gn-geda/gn-geda-packed.zip",
    "gn-pads/gn-pads-packed.zip",
    "gn-siemens/gn-siemens-packed.zip",
    "gn-allegro-2/gn-allegro-2-packed.zip",
    "cluck2sesame/Cluck2Sesame.zip",  # DesignSpark
    "gn-altium-composite-drill/gn-altium-composite-drill-packed.zip",
]


def members(path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        names = [info.filename for info in archive.infolist() if not info.is_dir() and "__MACOSX" not in info.filename]
        return {name: archive.read(name) for name in names}


@pytest.mark.parametrize("package", PACKAGES)
def test_every_layer_of_a_real_package_is_read(corpus, package):
    layers = {name: data for name, data in members(corpus / "dev" / package).items() if is_gerber(data)}

    assert layers
    assert all(read_gerber(data).findings is not None for data in layers.values())


@pytest.mark.parametrize("package", PACKAGES)
def test_no_file_of_a_real_package_is_both_gerber_and_drill(corpus, package):
    files = members(corpus / "dev" / package).values()

    assert not any(is_gerber(data) and is_drill(data) for data in files)


def test_the_outline_of_a_real_board_reaches_as_far_as_it_should(corpus):
    files = members(corpus / "dev" / "rpga-feather" / "RPGA_Feather.zip")
    [edge] = [read_gerber(data) for name, data in files.items() if "Edge_Cuts" in name]
    x0, y0, x1, y1 = edge.bounds_mm()

    assert (x1 - x0, y1 - y0) == pytest.approx((50.8, 22.86), abs=0.2)


def test_the_holes_of_a_real_board_are_counted(corpus):
    files = members(corpus / "dev" / "rpga-feather" / "RPGA_Feather.zip")
    counts = {name: read_drill(data).count for name, data in files.items() if is_drill(data)}

    assert counts == {"RPGA Feather-PTH.drl": 167, "RPGA Feather-NPTH.drl": 8}


def test_a_layer_of_a_megabyte_is_read(corpus):
    files = members(corpus / "dev" / PACKAGES[-1])
    largest = max((data for data in files.values() if is_gerber(data)), key=len)

    assert len(largest) > 1_000_000
    assert not read_gerber(largest).is_empty
