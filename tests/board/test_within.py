"""What lies beside the board is not drawn, and nothing of what lies on it is lost."""

from dataclasses import replace

import numpy as np
import pytest
import shapely
from boards import pad, together, track, zone
from hypothesis import given, settings
from scenes import artworks
from stacks import copper_layer, flashes, frame, outline_layer, ring, round_pad, stack, strokes

from portal.board.artwork import Draws, Marks
from portal.board.design import FileRole, Side
from portal.board.picture import side_picture
from portal.board.solid import solid
from portal.board.stack import Layer
from portal.board.within import within

BOX = (0.0, 0.0, 20.0, 20.0)
INSIDE = together(pad(5, 5), track(2, 8, 18, 8, 0.3), zone(2, 10, 12, 18))
SHEET = together(strokes(*ring(-90, -120, 190, 80)), flashes(round_pad(1), (-50, -50)), zone(-80, -110, -20, -90))


def counts(artwork):
    return len(artwork.flashes), len(artwork.draws), len(artwork.regions)


def arc(centre, radius):
    """A whole turn."""
    x, y = centre
    start, zero = (x + radius, y), np.zeros(1, dtype=np.int64)
    turn = Draws(np.array([start * 2]), np.array([centre]), np.array([2 * np.pi]), zero, zero)
    return replace(track(0, 0, 1, 1, 0.2), draws=turn)


def test_a_sheet_of_paper_around_the_board_goes():
    assert counts(within(together(INSIDE, SHEET), BOX)) == counts(INSIDE)


def test_a_layer_without_a_sheet_stays_as_it_is():
    assert within(INSIDE, BOX) is INSIDE


def test_a_layer_that_lies_beside_the_board_does_not_become_empty():
    assert within(SHEET, BOX) is SHEET


@pytest.mark.parametrize(("x", "is_kept"), [(-0.4, True), (-0.6, False), (20.4, True), (20.6, False)])
def test_a_pad_is_kept_where_it_reaches_into_the_box(x, is_kept):
    lone = together(INSIDE, flashes(round_pad(1), (x, 10)))

    assert len(within(lone, BOX).flashes) == 1 + is_kept


@pytest.mark.parametrize(
    ("line", "is_kept"), [((-5, 10, 25, 10), True), ((-5, -0.1, 25, -0.1), True), ((-5, -0.2, 25, -0.2), False)]
)
def test_a_stroke_is_kept_by_its_width_though_both_ends_lie_outside(line, is_kept):
    assert len(within(together(INSIDE, track(*line, 0.3)), BOX).draws) == 1 + is_kept


@pytest.mark.parametrize(("centre", "is_kept"), [((-5, 10), True), ((-7, 10), False)])
def test_an_arc_reaches_beyond_its_ends(centre, is_kept):
    assert len(within(together(INSIDE, arc(centre, 6)), BOX).draws) == 1 + is_kept


def test_nets_and_pins_are_not_shown():
    named = replace(together(INSIDE, SHEET), nets=Marks(("GND",)), pins=Marks(("U1,1",)))

    assert (within(named, BOX).nets, within(named, BOX).pins) == (None, None)


@settings(max_examples=25)
@given(artworks)
def test_whatever_is_drawn_the_box_shows_the_same(artwork):
    everything, seen = (solid(one, BOX).intersection(shapely.box(*BOX)) for one in (artwork, within(artwork, BOX)))

    assert seen.symmetric_difference(everything).area == pytest.approx(0, abs=1e-6)


def test_a_title_block_does_not_make_the_picture_larger():
    edge, silk = outline_layer(frame(0, 0, 20, 20)), track(3, 3, 9, 3, 0.2)
    plain, framed = (
        side_picture(stack(copper_layer(INSIDE), edge, Layer(FileRole.LEGEND, ink, "silk.gto", Side.TOP)), Side.TOP)
        for ink in (silk, together(silk, SHEET))
    )

    assert framed == plain
