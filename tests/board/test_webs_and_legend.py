"""The solder mask and the legend against the pads below them."""

import pytest
from boards import codes, legend, made, mask, pad, paste, together, track, with_nets, zone
from stacks import drilled, flashes, round_pad, square_pad

from portal.board.design import Side
from portal.board.spots import Feature

PADS = together(pad(5, 10), pad(7, 10))
SMD = ("SMDPad", "CuDef")


def found(board, code):
    return [finding for finding in board.findings if finding.code == code]


def test_the_web_between_two_openings():
    board = made(PADS, mask(together(pad(5, 10, 1.85), pad(7, 10, 1.95))))

    assert board.min_mask_web_mm == 0.1


def test_openings_that_meet_have_no_web():
    assert made(PADS, mask(together(pad(5, 10, 2), pad(7, 10, 2.1)))).min_mask_web_mm is None


def test_a_web_beside_an_opening_for_a_picture_does_not_count():
    """A logo bared in the mask: nothing is soldered there."""
    board = made(PADS, mask(together(pad(5, 10, 1.2), pad(7, 10, 1.2), zone(5.65, 5, 6, 15))))

    assert board.min_mask_web_mm is None


def test_openings_within_one_pad_are_one():
    assert made(PADS, mask(together(zone(4, 9, 6, 11), pad(5, 10, 1), pad(7, 10, 1)))).min_mask_web_mm is None


def test_both_sides_count():
    top, bottom = (
        mask(together(pad(5, 10, 1.7), pad(7, 10, 2.0))),
        mask(together(pad(5, 10, 1.9), pad(7, 10, 2.0)), Side.BOTTOM),
    )

    assert made(PADS, PADS, top, bottom).min_mask_web_mm == 0.05


def test_without_copper_the_openings_are_measured_all_the_same():
    assert made(mask(together(pad(5, 10, 1.85), pad(7, 10, 1.95)))).min_mask_web_mm == 0.1


def test_a_pad_with_paste_and_without_an_opening_is_asked_about():
    [finding] = found(made(PADS, mask(pad(5, 10, 1.1)), paste(PADS)), "mask-opening-missing")

    assert finding.place.box_mm == (6.5, 9.5, 7.5, 10.5)
    assert "1 pad to be soldered" in finding.message


@pytest.mark.parametrize("function", [SMD, ("ComponentPad",), ("BGAPad", "CuDef")])
def test_x2_says_which_pads_are_soldered(function):
    board = made(flashes(round_pad(1, function), (5, 10), (7, 10)), mask(pad(5, 10, 1.1)))

    assert codes(board) == ["mask-opening-missing"]


def test_a_covered_via_is_no_missing_opening_but_counted():
    vias = together(pad(5, 10, 0.6, ("ViaPad",)), pad(7, 10, 0.6, ("ViaPad",)))
    board = made(vias, mask(pad(5, 10, 0.7)), drills=[drilled((5, 10, 0.3), (7, 10, 0.3), plated=True)])

    assert (board.tented, codes(board)) == ({Side.TOP: 1}, [])


def test_a_via_under_a_chip_may_be_covered_though_it_is_called_a_component_pad():
    via = pad(5, 10, 0.6, ("ComponentPad",))

    assert codes(made(via, mask(pad(15, 15)), drills=[drilled((5, 10, 0.3), plated=True)])) == []


def test_an_opening_far_larger_than_its_pad_is_noted():
    board = made(PADS, mask(together(pad(5, 10, 1.6), pad(7, 10, 1.2))), paste(PADS))

    assert [finding.place.box_mm for finding in found(board, "mask-opening-large")] == [(4.5, 9.5, 5.5, 10.5)]


def test_the_wide_opening_of_a_fiducial_is_meant():
    """Some tools put paste on fiducials, too."""
    assert codes(made(pad(5, 10), mask(pad(5, 10, 3)))) == []
    assert codes(made(pad(5, 10), mask(pad(5, 10, 2)), paste(pad(5, 10)))) == []


def test_the_wide_opening_of_a_mounting_hole_is_meant():
    hole = drilled((5, 10, 3.2), plated=True)

    assert codes(made(pad(5, 10, 6), mask(pad(5, 10, 6.6)), drills=[hole])) == []


def test_legend_on_a_pad_is_noted_with_its_place():
    board = made(PADS, mask(together(pad(5, 10, 1.2), pad(7, 10, 1.2))), legend(track(7, 8, 7, 12, 0.15)))

    assert [finding.place.box_mm for finding in found(board, "legend-on-pads")] == [(6.4, 9.4, 7.6, 10.6)]


@pytest.mark.parametrize("line", [track(6, 8, 6, 12, 0.15), track(5.675, 8, 5.675, 12, 0.15)])
def test_legend_beside_a_pad_or_up_to_its_opening_is_fine(line):
    assert codes(made(PADS, mask(together(pad(5, 10, 1.2), pad(7, 10, 1.2))), legend(line))) == []


def test_a_legend_that_takes_away_over_pads_is_left_alone():
    from boards import at_level

    clipped = together(track(7, 8, 7, 12, 0.15), at_level(pad(7, 10, 1.2), 1))

    assert codes(made(PADS, mask(together(pad(5, 10, 1.2), pad(7, 10, 1.2))), legend(clipped))) == []


def test_the_thinnest_line_of_the_legend():
    board = made(PADS, legend(together(track(1, 1, 5, 1, 0.15), track(1, 2, 5, 2, 0.1), track(1, 3, 5, 3, 0.0))))

    assert board.measured[Feature.LEGEND_LINE].smallest == 0.1


def test_square_pads_are_looked_at_in_their_middle():
    board = made(flashes(square_pad(1), (5, 10)), mask(flashes(square_pad(0.9), (5, 10))), paste(pad(5, 10, 0.5)))

    assert codes(board) == []


def test_nets_do_not_matter_to_the_mask():
    named = with_nets(PADS, "GND", "GND")

    assert made(named, mask(together(pad(5, 10, 1.85), pad(7, 10, 1.95)))).min_mask_web_mm == 0.1
