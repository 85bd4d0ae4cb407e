"""Real packages of real CAD tools, from the upload to the design: what came out agrees with independent readers."""

import csv

import pytest

from portal.board.design import FileRole, Side
from portal.intake.reading import read_package

pytestmark = pytest.mark.corpus

# CAD tool, package, copper layers, width and height in mm, drill hits, designators in the BOM, placements
PACKAGES = (
    ("KiCad 5", "caravel-brk-v2", 2, 25.4, 25.4, 88, 12, 14),
    ("KiCad 7, layers renamed", "caravel-m2-qfn", 4, 22.0, 22.0, 96, 10, 13),
    ("KiCad 7, one side", "caravel-ledbar", 1, 23.9, 29.44, 31, 11, 13),
    ("KiCad 8, Fabrication Toolkit", "rpga-feather", 4, 50.8, 22.86, 171, 67, 67),
    ("KiBot", "kibot-jlc", 2, 108.0, 84.6, 148, 59, 59),
    ("KiCad 4", "pg-atmega", 2, 77.0, 100.0, 323, 0, 0),
    ("Altium", "lisa-mx-s", 4, 19.41, 21.74, 84, 46, 55),
    ("Altium X2", "pg-altiumx2", 1, 31.0, 21.0, None, 0, 0),
    ("Eagle 9", "voron-v0-hotend", 4, 54.0, 33.5, 53, 18, 6),
    ("Fusion", "gn-eagle-files", 4, 28.0, 77.5, None, 0, 0),
    ("Eagle 8, classic", "odri-microdriver", 6, 51.0, 50.0, 388, 147, 149),
    ("Eagle 5", "ppz-tiny", 2, 70.8, 40.0, 312, None, 0),
    ("Allegro", "oc-breakout", 4, 76.2, 76.2, 288, 72, 68),
    ("Allegro, numbered films", "gn-allegro-2", 10, 212.09, 126.55, None, 0, 0),
    ("PADS", "gn-pads", 4, 68.58, 101.09, 606, 0, 0),
    ("PADS, house style", "oc-debug", 6, 101.6, 122.6, 716, None, 337),
    ("EasyEDA", "wag-solar-charger", 2, 43.18, 35.56, 68, None, 0),
    ("EasyEDA, two boards", "voron-v0-simple", 2, 80.0, 35.0, 33, 2, 2),
    ("Fritzing", "gn-fritzing", 2, 96.96, 97.94, 482, 0, 0),
    ("Target 3001", "gn-target3001", 2, 65.0, 72.08, 436, 0, 0),
    ("DesignSpark", "hotpi", 2, 89.97, 139.95, None, 0, 0),
    ("GC-Prevue", "cluck2sesame", 2, 89.97, 49.99, 309, 0, 0),
    ("Xpedition", "gn-siemens", 12, 99.19, 73.79, 1945, 0, 0),
    ("Upverter", "gn-upverter", 2, 39.5, 60.03, 63, 0, 0),
    ("FAB 3000", "gn-fab-3000", 2, 50.0, 50.0, 26, 0, 0),
)


@pytest.fixture(scope="module", params=PACKAGES, ids=lambda package: f"{package[0]}: {package[1]}")
def read_and_expected(request, corpus):
    return read_package(corpus / "dev" / request.param[1], name=request.param[1]), request.param[2:]


@pytest.fixture(scope="module")
def design(read_and_expected):
    return read_and_expected[0].design


@pytest.fixture(scope="module")
def expected(read_and_expected):
    return read_and_expected[1]


def test_the_layers_are_counted(design, expected):
    assert design.board.copper_layers == expected[0]


def test_the_layers_are_numbered_without_gap_from_the_top(design, expected):
    names = (design.name, *design.candidates)
    layers = {file.layer for file in design.files if file.role is FileRole.COPPER and file.layer}

    assert layers == set(range(1, expected[0] + 1)), names


def test_the_size_is_measured(design, expected):
    assert (design.board.width_mm, design.board.height_mm) == pytest.approx(expected[1:3], abs=0.02)


def test_the_holes_are_counted(design, expected):
    if expected[3] is None:
        pytest.skip("independent readers differ here, or there is no drill file")

    assert design.board.drills.hits == expected[3]


def test_the_designators_of_the_part_list_are_counted(design, expected):
    if expected[4] is None:
        pytest.skip("how many parts are fitted is a matter of opinion in this file")

    assert len({name for line in design.bom for name in line.designators}) == expected[4]


def test_the_places_are_counted(design, expected):
    assert sum(not placement.estimated for placement in design.placements) == expected[5]


def test_both_sides_are_drawn(read_and_expected):
    assert set(read_and_expected[0].pictures) == set(Side)


def test_every_gerber_that_was_taken_says_why(design):
    assert all(file.evidence for file in design.files)


def test_each_finding_tells_what_to_do(design):
    assert all(finding.message and finding.remedy for finding in design.findings)


def test_the_numbers_above_are_those_of_the_independent_readers(corpus):
    """Layers as truth.csv has them, but for three sets where the names are plain and truth.csv is not."""
    with (corpus / "dev" / "truth.csv").open(newline="") as file:
        truth = {row["slug"]: row for row in csv.DictReader(file)}
    differing = {package[1] for package in PACKAGES if str(package[2]) != truth[package[1]]["copper_layers"]}

    assert differing == {"gn-allegro-2"}  # ten films, lyr1 to lyr10, are ten layers


def test_boards_of_a_package_are_never_merged(corpus):
    """DipTrace's three boards lie in one folder under three names."""
    design = read_package(corpus / "dev" / "gn-diptrace", name="x").design

    assert (design.name, set(design.candidates)) == ("mainboard", {"panel", "keyboard"})
    assert (design.board.copper_layers, design.board.drills.hits) == (2, 168)


def test_another_board_of_a_package_can_be_taken(corpus):
    design = read_package(corpus / "dev" / "gn-diptrace", name="x", take="keyboard").design

    assert (design.board.copper_layers, "several-boards" in {f.code for f in design.findings}) == (1, False)
