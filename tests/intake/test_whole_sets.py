"""The same small board in every tool's names, without any table: read in one pass, and nobody has to say a word."""

from functools import cache

import pytest
from packages_made import DRILL, copper_of, gerber_of, outline_of, written, zipped
from real_names import SETS
from real_names_more import MORE_SETS
from real_names_rare import RARE_SETS

from portal.board.design import OutlineKind, Severity
from portal.intake.reading import read_in_stages

EVERY_SET = SETS | MORE_SETS | RARE_SETS
HOLES = gerber_of((5, 5, 5, 5), (10, 5, 10, 5), (5, 10, 5, 10), (10, 10, 10, 10), pen_mm=0.3)
CONTENT = {
    "mask": gerber_of((5, 5, 6, 5), (4.2, 5, 4.2, 5)),
    "paste": gerber_of((4.2, 5, 4.2, 5), (5.8, 5, 5.8, 5)),
    "legend": gerber_of((4, 8, 8, 8)),
    "outline": outline_of(20, 15),
    "drawing": gerber_of((-40, -40, 60, -40), (60, -40, 60, 50), (-40, 50, 60, 50), (3, 3, 9, 9)),
}


def rows_of(tool):
    return [tuple(part.strip() for part in line.split(" = ")) for line in EVERY_SET[tool].strip().splitlines()]


def package_of(tool):
    files = {}
    for at, (name, expected) in enumerate(rows_of(tool)):
        role = expected.split()[0]
        drilled = HOLES if name.lower().endswith(".gbr") else DRILL
        made = CONTENT.get(role) or (drilled if role == "drill" else copper_of(20 - at / 100))
        files[name] = made
    return files


def count_of(tool, word):
    return sum(expected.startswith(word) for _, expected in rows_of(tool))


@pytest.fixture(scope="module")
def design_of(tmp_path_factory):
    """After the first stage: each set is read once."""

    @cache
    def design(tool):
        package = written(tmp_path_factory.mktemp("set") / "package.zip", zipped(package_of(tool)))
        return next(read_in_stages(package, name="amp")).design

    return design


with_an_edge = pytest.mark.parametrize("tool", [tool for tool in EVERY_SET if count_of(tool, "outline")])


@with_an_edge
def test_the_board_has_its_size_and_all_its_layers(design_of, tool):
    board = design_of(tool).board

    assert (board.width_mm, board.height_mm, board.outline) == (20, 15, OutlineKind.CLOSED)
    assert board.copper_layers == count_of(tool, "copper")


@with_an_edge
def test_nothing_stops_the_board_and_it_is_one(design_of, tool):
    design = design_of(tool)

    assert [finding for finding in design.findings if finding.severity is Severity.STOP] == []
    assert design.candidates == ()


@pytest.mark.parametrize("tool", [tool for tool in EVERY_SET if count_of(tool, "drill")])
def test_the_holes_are_drilled_once_though_two_files_tell_them(design_of, tool):
    drills = design_of(tool).board.drills

    assert drills.hits == 4


@pytest.mark.parametrize("tool", [tool for tool in EVERY_SET if not count_of(tool, "drill")])
def test_a_set_without_holes_is_asked_for_them(design_of, tool):
    design = design_of(tool)

    assert design.board.drills is None
    assert "no-drill" in {finding.code for finding in design.findings}


@pytest.mark.parametrize("tool", [tool for tool in EVERY_SET if count_of(tool, "paste top")])
def test_the_openings_of_the_stencil_are_counted_on_their_side(design_of, tool):
    paste = design_of(tool).board.paste

    assert (paste.top, paste.bottom) == (2, 2 if count_of(tool, "paste bottom") else None)
