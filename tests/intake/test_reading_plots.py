"""Packages as a customer zips them: what is found wrong on a layer names its file, and pictures come with it."""

import zipfile
from pathlib import Path

import pytest
from gerber_texts import HEADER, ROUND

from portal.board.design import Finding, Severity, Side
from portal.intake.reading import Reading, read_package

X2 = "%TF.FileFunction,{}*%\n"
EDGE = "D10*\nX0Y0D02*\nX40000000D01*\nY30000000D01*\nX0D01*\nY0D01*\n"
TRACK = "D10*\nX1000000Y1000000D02*\nX39000000Y29000000D01*\n"
DRILL = "M48\n; #@! TF.FileFunction,Plated,1,2,PTH\nMETRIC\nT1C0.8\n%\nT1\nX5.0Y5.0\nX35.0Y25.0\nM30\n"
SMALL = {
    "board-F_Cu.gbr": X2.format("Copper,L1,Top") + TRACK,
    "board-B_Cu.gbr": X2.format("Copper,L2,Bot") + TRACK,
    "board-Edge_Cuts.gbr": X2.format("Profile,NP") + EDGE,
    "board-PTH.drl": DRILL,
}


def package(folder: Path, **changed: str) -> Path:
    """The small board with some of its files changed, the points of their names written as __."""
    path = folder / "board.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name, body in {**SMALL, **{name.replace("__", "."): body for name, body in changed.items()}}.items():
            archive.writestr(name, body if name.endswith(".drl") else f"{HEADER}{ROUND}{body}M02*\n")
    return path


def read(folder: Path, **changed: str) -> Reading:
    return read_package(
        package(folder, **{name.replace("board_", "board-"): body for name, body in changed.items()}), name="b"
    )


def found(reading: Reading, code: str) -> Finding:
    [finding] = [finding for finding in reading.design.findings if finding.code == code]
    return finding


def test_a_small_board_is_measured_and_drawn(tmp_path):
    reading = read(tmp_path)
    board = reading.design.board

    assert (board.width_mm, board.height_mm, board.copper_layers, board.drills.hits) == (40, 30, 2, 2)
    assert set(reading.pictures) == set(Side)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("M48\nMETRIC\n%\nT1\nX5.0Y5.0\nM30\n", "drill-no-size"),
        ("M48\nT1C0.8\n%\nT1\nX5.0Y5.0\nM30\n", "drill-no-units"),
        ("M48\nMETRIC\nT1C0.8\n%\nT1\nX005000Y005000\nX035000Y025000\nM30\n", "drill-format"),
        ("M48\nMETRIC\nT1C0.8\n%\nT1\nX5.0Y5.0\nG83\nX6.0Y5.0\nX9.0Y5.0\nM30\n", "drill-pattern"),
    ],
)
def test_a_finding_of_a_drill_file_names_the_file(tmp_path, body, code):
    assert found(read(tmp_path, board_PTH__drl=body), code).where == "board-PTH.drl"


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (TRACK + "D99*\nX0Y0D03*\n", "gerber-missing-aperture"),
        (TRACK + "hello*\n", "gerber-unread"),
        (TRACK + "G36*\nX1000000Y1000000D02*\nX2000000D01*\nY2000000D01*\n", "gerber-open-region"),
    ],
)
def test_a_finding_of_a_layer_names_the_file(tmp_path, body, code):
    copper = X2.format("Copper,L1,Top") + body

    assert found(read(tmp_path, board_F_Cu__gbr=copper), code).where == "board-F_Cu.gbr"


def test_a_copper_layer_that_cannot_be_read_stops_and_the_rest_is_read(tmp_path):
    reading = read(tmp_path, board_F_Cu__gbr=X2.format("Copper,L1,Top") + "%IR90*%\n" + TRACK)

    assert found(reading, "gerber-rotated").severity is Severity.STOP
    assert reading.design.board.copper_layers == 1


def test_a_drill_file_that_asks_for_billions_stops_and_the_rest_is_read(tmp_path):
    reading = read(tmp_path, board_PTH__drl=DRILL.replace("M30", "R999999999X0.1\nM30"))

    assert found(reading, "drill-too-large").where == "board-PTH.drl"
    assert reading.design.board.width_mm == 40


def test_a_side_with_too_much_on_it_has_no_picture_and_says_so(tmp_path):
    dots = "".join(f"X{n % 700 * 50_000}Y{n // 700 * 50_000}D03*\n" for n in range(401_000))
    reading = read(tmp_path, board_F_Silkscreen__gbr=X2.format("Legend,Top") + "D10*\n" + dots)

    assert set(reading.pictures) == {Side.BOTTOM}
    assert "top of this board" in found(reading, "picture-too-large").message


@pytest.mark.corpus
@pytest.mark.parametrize(
    "slug", ["gn-siemens", "gn-allegro-2", "limesdr-usb-1v4", "gn-eagle-files", "pg-a64", "gn-fritzing"]
)
def test_real_boards_have_pictures_that_a_page_can_bear(corpus, slug):
    pictures = read_package(corpus / "dev" / slug, name=slug).pictures

    assert set(pictures) == set(Side)
    assert all(10_000 < len(svg) < 3_000_000 for svg in pictures.values())


ALLEGRO_HOLES = """\
;   Holesize 1. = 0.800000 Tolerance = +0.000000/-0.000000 PLATED MM Quantity = 2
;   Holesize 2. = 3.175000 Tolerance = +0.000000/-0.000000 NON_PLATED MM Quantity = 1
%
G90
X500000Y500000
X3500000Y2500000
M00
X2000000Y1500000
M30
"""


def test_a_tool_that_its_file_calls_not_plated_is_not_for_all_that_its_name_says(tmp_path):
    """Allegro puts all holes of a board into one file, "x-1-2.drl"."""
    files = {name: body for name, body in SMALL.items() if not name.endswith(".drl")} | {"board-1-2.drl": ALLEGRO_HOLES}
    with zipfile.ZipFile(tmp_path / "board.zip", "w") as archive:
        for name, body in files.items():
            archive.writestr(name, body if name.endswith(".drl") else f"{HEADER}{ROUND}{body}M02*\n")
    drills = read_package(tmp_path / "board.zip", name="b").design.board.drills

    assert (drills.hits, drills.plated) == (3, 2)
