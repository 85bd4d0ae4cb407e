"""Real KiCad boards of versions 3 to 9, against the Gerber, drill and position files that KiCad itself made of them."""

import zipfile
from dataclasses import replace

import numpy as np
import pytest

from portal.board.artwork import Artwork
from portal.board.design import FileRole, OutlineKind, Side
from portal.board.holes import holes
from portal.board.measure import measure
from portal.board.solid import solid
from portal.intake.centroid import read_centroid
from portal.intake.drill import read_drill
from portal.intake.gerber import read_gerber
from portal.intake.kicad_pcb import read_kicad_pcb
from portal.intake.s_expressions import Damaged

pytestmark = pytest.mark.corpus
JLC_ZIP = "JLCPCB_position-_JLCPCB_compress.zip"

# Board -> width, height, copper layers, holes, parts: the published figures, or those of its Gerber files.
BOARDS = {
    "caravel-kicad-pcb/breakout/caravel-M.2-card-WCSP/caravel-M.2-card-WCSP": (22.0, 22.0, 4, 63, 11),
    "caravel-kicad-pcb/other/led-bar-pcb/led-bar-pcb": (23.902, 29.44, 2, 31, 13),
    "kibot-fixtures/board_samples/kicad_5/light_control": (59.69, 48.26, 4, 91, 73),
    "kibot-fixtures/board_samples/kicad_9/light_control": (59.69, 48.26, 4, 91, 73),
    "kibot-fixtures/board_samples/kicad_9/vias_test": (40.0, 40.0, 6, 13, 1),
    "kibot-jlc/JLCPCB_position": (108.0, 84.6, 2, 148, 59),
    "kikit-assembly/conn": (26.0, 18.0, 2, 29, 4),
    "ppz-lisasd/lisaSD": (15.0, 14.0, 2, 24, 6),
    "ppz-stm32f4db/stm32f4discovery_daughterboard": (99.949, 69.977, 2, 462, 143),
}


def board_at(corpus, name: str):
    return read_kicad_pcb((corpus / "dev" / f"{name}.kicad_pcb").read_bytes(), name=name)


def film(board, role: FileRole, side: Side | None) -> Artwork:
    return next(layer.artwork for layer in board.stack.layers if layer.role is role and layer.side is side)


def differing_mm2(one: Artwork, other: Artwork) -> float:
    """What only one of both films covers."""
    x0, y0, x1, y1 = one.bounds_mm()
    around = (x0 - 5, y0 - 5, x1 + 5, y1 + 5)
    return solid(one, around).symmetric_difference(solid(other, around)).area


@pytest.mark.parametrize("name", BOARDS)
def test_a_board_has_the_figures_that_it_is_known_by(corpus, name):
    read = board_at(corpus, name)
    board, _ = measure(read.stack)
    width, height, layers, hits, parts = BOARDS[name]

    assert (board.width_mm, board.height_mm) == pytest.approx((width, height), abs=0.002)
    assert (board.copper_layers, board.drills.hits, len(read.placements)) == (layers, hits, parts)
    assert board.outline is OutlineKind.CLOSED


LISA = {
    "gtl": (FileRole.COPPER, Side.TOP),
    "gbl": (FileRole.COPPER, Side.BOTTOM),
    "gts": (FileRole.MASK, Side.TOP),
    "gbs": (FileRole.MASK, Side.BOTTOM),
    "gbr": (FileRole.OUTLINE, None),
}


@pytest.mark.parametrize("suffix", LISA)
def test_each_film_of_a_board_of_4_is_the_gerber_file_that_kicad_plotted(corpus, suffix):
    plotted = read_gerber((corpus / "dev/ppz-lisasd/gerbers" / f"lisaSD.{suffix}").read_bytes())
    ours = film(board_at(corpus, "ppz-lisasd/lisaSD"), *LISA[suffix])

    assert ours.bounds_mm() == pytest.approx(plotted.bounds_mm(), abs=0.001)
    assert (len(ours.flashes), len(ours.draws)) == (len(plotted.flashes), len(plotted.draws))
    assert differing_mm2(ours, plotted) < 0.001


JLC = {
    "F_Cu.gtl": (FileRole.COPPER, Side.TOP),
    "B_Cu.gbl": (FileRole.COPPER, Side.BOTTOM),
    "F_Mask.gts": (FileRole.MASK, Side.TOP),
    "B_Mask.gbs": (FileRole.MASK, Side.BOTTOM),
    "Edge_Cuts.gm1": (FileRole.OUTLINE, None),
}


@pytest.mark.parametrize("suffix", JLC)
def test_each_film_of_a_board_of_7_is_the_gerber_file_that_kicad_plotted(corpus, suffix):
    """Its Gerber files have rounded pads as outlines of chords, which is where a tenth of a square millimetre goes."""
    with zipfile.ZipFile(corpus / "dev/kibot-jlc/KiBot/JLCPCB" / JLC_ZIP) as archive:
        name = next(name for name in archive.namelist() if name.endswith(suffix))
        plotted = read_gerber(archive.read(name))
    ours = film(board_at(corpus, "kibot-jlc/JLCPCB_position"), *JLC[suffix])

    assert ours.bounds_mm() == pytest.approx(plotted.bounds_mm(), abs=0.002)
    assert differing_mm2(ours, plotted) < 0.2


def test_the_holes_are_those_of_the_drill_file(corpus):
    """Written in tenths of a mil: 0.508 mm is 0.51 there."""
    ours = holes(board_at(corpus, "ppz-lisasd/lisaSD").stack.drills)
    theirs = read_drill((corpus / "dev/ppz-lisasd/gerbers/lisaSD.drl").read_bytes(), near=(95, -105, 120, -80))

    apart = np.hypot(ours.x_mm[:, None] - theirs.x_mm, ours.y_mm[:, None] - theirs.y_mm)
    assert apart.shape == (24, 24)
    assert apart.min(axis=0).max() < 0.01
    assert np.allclose(np.sort(ours.diameter_mm), np.sort(theirs.diameter_mm), atol=0.02)


def test_placements_are_those_of_the_position_file(corpus):
    """It holds the 45 surface parts, as its owner asked KiCad for; the board has 14 of leads besides."""
    data = (corpus / "dev/kibot-jlc/KiBot/positiondir/JLCPCB_position-both_pos.csv").read_bytes()
    theirs = {place.designator: place for place in read_centroid("both_pos.csv", data).placements}
    ours = {place.designator: place for place in board_at(corpus, "kibot-jlc/JLCPCB_position").placements}

    rounded = {
        name: replace(ours[name], x_mm=round(ours[name].x_mm, 4), y_mm=round(ours[name].y_mm, 4)) for name in theirs
    }
    assert len(theirs) == 45
    assert rounded == theirs


def test_the_part_list_knows_the_suppliers_numbers(corpus):
    lines = board_at(corpus, "kibot-jlc/JLCPCB_position").lines

    assert {line.value: line.supplier_part for line in lines if line.supplier_part}["1N4148W"] == "C81598"


def test_the_same_board_in_5_and_in_9_is_the_same_board(corpus):
    old, new = (board_at(corpus, f"kibot-fixtures/board_samples/kicad_{v}/light_control") for v in (5, 9))
    key = "designator", "side", "x_mm", "y_mm", "rotation_deg"
    placed = [{tuple(getattr(place, word) for word in key) for place in board.placements} for board in (old, new)]

    assert placed[0] == placed[1]
    assert measure(old.stack)[0].min_track_mm == measure(new.stack)[0].min_track_mm == 0.1524


def test_blind_and_buried_vias_are_told_by_their_layers(corpus):
    drills = board_at(corpus, "kibot-fixtures/board_samples/kicad_9/vias_test").stack.drills

    assert [(hits.span, hits.plated) for hits in drills] == [
        (None, True),
        (None, False),
        *((span, True) for span in [(1, 3), (1, 4), (2, 5), (2, 6), (4, 5)]),
    ]


@pytest.mark.parametrize(("name", "code"), [("deep", "board-too-deep"), ("unclosed", "board-damaged")])
def test_a_bad_board_is_refused(corpus, name, code):
    with pytest.raises(Damaged) as refused:
        read_kicad_pcb((corpus / "bad/other" / f"{name}.kicad_pcb").read_bytes(), name=name)

    assert refused.value.code == code


def test_a_board_from_the_future_is_read_with_a_question(corpus):
    read = read_kicad_pcb((corpus / "bad/other/future.kicad_pcb").read_bytes(), name="future")

    assert [finding.code for finding in read.findings] == ["board-newer"]
