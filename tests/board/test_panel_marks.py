"""Rails, score lines, mouse bites, tooling holes and fiducials of a panel: each drawn, and each just not drawn."""

import pytest
from boards import together
from edges import boards
from stacks import copper_layer, drilled, flashes, outline_layer, ring, round_pad, square_pad, stack, strokes

from portal.board.outline import outline
from portal.board.panel import panel

SIZE = (24.0, 16.0)
AT = ((0.0, 0.0), (26.0, 0.0))  # two boards, 2 mm apart
PADS = tuple((3.0 + 1.6 * n, 3.0 + (n * 7) % 11) for n in range(12))
RAILED, CLOSE = (-6.0, -6.0, 56.0, 22.0), (-1.9, -1.9, 51.9, 17.9)


def marks(*lines, frame=RAILED, holes=(), pads=()):
    """What stands on a panel of two boards, with further lines in its outline, holes, and pads on its lower side."""
    spots = [(x + dx, y + dy) for dx, dy in AT for x, y in PADS]
    edge = outline_layer(together(boards(AT, SIZE), strokes(*ring(*frame), *lines)))
    made = stack(copper_layer(flashes(round_pad(1), *spots)), *pads, edge, drills=[drilled(*holes)] if holes else [])
    return panel(made, outline(made).box)


def below(pad, *spots):
    return [copper_layer(flashes(pad, *spots), 2)]


def test_a_frame_of_some_millimetres_is_rails():
    assert marks().has_rails


def test_a_frame_as_wide_as_a_cutter_is_none():
    assert not marks(frame=CLOSE).has_rails


@pytest.mark.parametrize("line", [(25, -6, 25, 22), (-6, 19, 56, 19), (25, -5, 25, 21)])
def test_a_line_from_edge_to_edge_is_a_score(line):
    assert marks(line).v_scores == 1


@pytest.mark.parametrize(
    "line",
    [(25, -6, 25, 18), (-6, 19, 48, 19), (25, -6, 25.5, 22), (-5.5, -6, -5.5, 22), (-6, 21.5, 56, 21.5)],
    ids=["too short", "too short across", "askew", "along the left edge", "along the upper edge"],
)
def test_what_is_nearly_a_score_is_none(line):
    assert marks(line).v_scores == 0


def test_small_holes_on_the_edge_of_a_board_are_mouse_bites():
    assert marks(holes=[(24.4, 4.0 + n, 0.5) for n in range(4)]).mouse_bites == 4


@pytest.mark.parametrize(
    "hole",
    [(25, 8, 0.5), (24.4, 8, 1.0), (23.5, 8, 0.5), (-3, -3, 0.5)],
    ids=["between two boards", "too large", "a via inside the edge", "on the rail"],
)
def test_what_is_nearly_a_mouse_bite_is_none(hole):
    assert marks(holes=[hole]).mouse_bites == 0


@pytest.mark.parametrize("diameter_mm", [1.0, 3.2, 6.5])
def test_large_holes_in_the_rails_are_tooling_holes(diameter_mm):
    assert marks(holes=[(-3, -3, diameter_mm), (53, 19, diameter_mm)]).tooling_holes == 2


@pytest.mark.parametrize(
    "hole",
    [(-3, -3, 0.8), (25, 19.5, 7.0), (3, 13, 3.2), (24.5, 8, 3.2)],
    ids=["too small", "too large", "a mounting hole of the board", "a bite into the board"],
)
def test_what_is_nearly_a_tooling_hole_is_none(hole):
    assert marks(holes=[hole]).tooling_holes == 0


@pytest.mark.parametrize("diameter_mm", [0.5, 1.0, 3.2])
def test_round_pads_on_the_rails_are_fiducials(diameter_mm):
    assert marks(pads=below(round_pad(diameter_mm), (-3, -3), (53, -3), (53, 19))).fiducials == 3


@pytest.mark.parametrize(
    ("pad", "spot"),
    [(square_pad(1), (-3, -3)), (round_pad(4), (-3, -3)), (round_pad(0.4), (-3, -3)), (round_pad(1), (20, 13))],
    ids=["square", "too large", "too small", "on the board"],
)
def test_what_is_nearly_a_fiducial_is_none(pad, spot):
    assert marks(pads=below(pad, spot)).fiducials == 0


def test_marks_on_both_sides_are_counted_once():
    both = [*below(round_pad(1), (-3, -3), (53, 19)), copper_layer(flashes(round_pad(1), (-3, -3), (53, 19)), 3)]

    assert marks(pads=both).fiducials == 2
