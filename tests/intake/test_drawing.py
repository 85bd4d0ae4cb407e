"""A layer while the native readers draw it: order, polarity, marks, and what is too much."""

import numpy as np
import pytest

from portal.board.shapes import Aperture, disc, rectangle
from portal.intake import drawing as room
from portal.intake.drawing import Drawing, LayerRefused, refuse_beyond, round_pen, say_beyond

BOARD = (0, 0, 80, 50)


def dot():
    return Aperture("circle", (disc(1),), 1.0)


def a_drawing():
    drawing = Drawing()
    drawing.aperture("dot", dot)
    return drawing


def test_nothing_drawn_is_an_empty_layer():
    assert Drawing().artwork().is_empty
    assert Drawing().artwork().nets is None


def test_an_aperture_is_made_once_for_each_key():
    drawing = Drawing()

    numbers = [drawing.aperture(key, dot) for key in ("a", "b", "a")]

    assert numbers == [0, 1, 0]
    assert len(drawing.artwork().apertures) == 2


@pytest.mark.parametrize(
    ("clear", "levels"),
    [((False, False), [0, 0]), ((False, True), [0, 1]), ((True, False), [1, 2]), ((True, True), [1, 1])],
)
def test_the_level_rises_with_every_change_of_polarity(clear, levels):
    drawing = a_drawing()
    for each in clear:
        drawing.polarity(clear=each)
        drawing.flash((1, 1), 0)

    assert drawing.artwork().flashes.level.tolist() == levels


def test_flashes_strokes_and_rings_keep_their_nets():
    drawing = a_drawing()
    drawing.flash((1, 1), 0, net="GND", pin="U1,3")
    drawing.stroke((1, 1, 2, 2), 0, net="VCC")
    drawing.fill(rectangle(1, 1), net="GND")

    nets = drawing.artwork().nets

    assert nets.values == ("GND", "VCC")
    assert (nets.flashes.tolist(), nets.draws.tolist(), nets.regions.tolist()) == ([0], [1], [0])


def test_pins_are_marks_of_all_things_though_only_pads_have_them():
    drawing = a_drawing()
    drawing.flash((1, 1), 0, pin="U1,3")
    drawing.stroke((1, 1, 2, 2), 0)
    drawing.fill(rectangle(1, 1))

    pins = drawing.artwork().pins

    assert (pins.flashes.tolist(), pins.draws.tolist(), pins.regions.tolist()) == ([0], [-1], [-1])


def test_a_ring_of_two_points_is_none():
    drawing = Drawing()
    drawing.fill(np.array([(0.0, 0.0), (1.0, 1.0)]))

    assert drawing.artwork().is_empty


def test_rings_lie_one_behind_the_other():
    drawing = Drawing()
    drawing.fill(rectangle(1, 1))
    drawing.fill(disc(2))

    assert drawing.artwork().regions.starts.tolist() == [0, 4, 52]


@pytest.mark.parametrize(("at", "left_out"), [((40, 25), 0), ((80.5, 25), 0), ((81.5, 25), 1), ((40, -30), 1)])
def test_what_lies_beyond_the_board_is_left_out(at, left_out):
    drawing = a_drawing()
    drawing.flash(at, 0)

    assert drawing.keep_within(BOARD) == left_out
    assert len(drawing.artwork().flashes) == 1 - left_out


def test_a_stroke_that_only_begins_outside_stays():
    drawing = a_drawing()
    drawing.stroke((-50, 25, 40, 25), 0)
    drawing.stroke((-50, 25, -40, 25), 0)

    assert drawing.keep_within(BOARD) == 1


def test_a_ring_around_the_board_stays():
    drawing = Drawing()
    drawing.fill(rectangle(200, 200))
    drawing.fill(rectangle(2, 2, (200, 200)))

    assert drawing.keep_within(BOARD) == 1


def test_marks_are_left_out_with_their_things():
    drawing = a_drawing()
    drawing.flash((200, 200), 0, net="A")
    drawing.flash((40, 25), 0, net="B")

    drawing.keep_within(BOARD)

    nets = drawing.artwork().nets
    assert [nets.values[number] for number in nets.flashes] == ["B"]


def test_what_was_left_out_is_said_once():
    assert [finding.code for finding in say_beyond(7)] == ["beyond-profile"]
    assert list(say_beyond(0)) == []


@pytest.mark.parametrize("length", [2_001, -2_001, np.nan, np.inf])
def test_lengths_that_no_board_has_are_refused(length):
    with pytest.raises(LayerRefused, match="further than any board"):
        refuse_beyond(np.array([1.0]), np.array([[0.0, length]]))


def test_an_aperture_that_no_board_has_is_refused():
    drawing = Drawing()
    drawing.aperture("vast", lambda: Aperture("rectangle", (rectangle(9_000, 1),)))

    with pytest.raises(LayerRefused):
        drawing.artwork()


def test_a_pen_without_width_is_round_all_the_same():
    assert (round_pen(0).diameter_mm, round_pen(0).rings) == (0, ())
    assert round_pen(0.2).pen_mm == 0.2


@pytest.mark.parametrize("limit", ["MOST_APERTURES", "MOST_VERTICES"])
def test_more_apertures_than_any_layer_has_are_refused(monkeypatch, limit):
    monkeypatch.setattr(room, limit, 10)
    drawing = Drawing()

    with pytest.raises(LayerRefused, match="more on it"):
        _often(lambda number: drawing.aperture(number, dot))


@pytest.mark.parametrize("draw", ["flash", "stroke", "fill"])
def test_more_things_than_any_layer_has_are_refused(monkeypatch, draw):
    monkeypatch.setattr(room, "MOST_THINGS", 10)
    monkeypatch.setattr(room, "MOST_POINTS", 10)
    drawing = a_drawing()
    acts = {
        "flash": lambda _: drawing.flash((1, 1), 0),
        "stroke": lambda _: drawing.stroke((0, 0, 1, 1), 0),
        "fill": lambda _: drawing.fill(rectangle(1, 1)),
    }

    with pytest.raises(LayerRefused, match="more on it"):
        _often(acts[draw])


def _often(act):
    for number in range(20):
        act(number)
