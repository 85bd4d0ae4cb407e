"""Parts too high for the placers, or for what the line leaves below a board: just met and just missed."""

import pytest
from lands import board, placed

from portal.board.assembly import Limits, assembly
from portal.board.design import Severity
from portal.board.footprints import landed
from portal.board.pads import pads_of

LIMITS = Limits(part_height_mm=25.0, below_board_mm=15.0)
TALL = {"part-tall-for-machine", "part-tall-below"}
BOTH_SIDES = ("R1 0603 20 20", "R2 0603 20 20 0 bottom")


def told(*lines, limits=LIMITS, **heights):
    films = board(*lines)
    found = assembly(films, landed(pads_of(films), placed(*lines)), limits, heights=heights)
    return [finding for finding in found if finding.code in TALL]


def codes(*lines, **heights):
    return [finding.code for finding in told(*lines, **heights)]


@pytest.mark.parametrize(("height", "found"), [(25.0, []), (25.1, ["part-tall-for-machine"])])
def test_a_machine_places_parts_up_to_a_height(height, found):
    assert codes("R1 0603 20 20", R1=height) == found


@pytest.mark.parametrize(("height", "found"), [(15.0, []), (15.1, ["part-tall-below"])])
def test_what_is_below_while_the_top_is_made_may_not_be_higher_than_the_room_there(height, found):
    assert codes(*BOTH_SIDES, R2=height) == found


def test_the_top_is_made_last_and_may_be_higher():
    assert codes(*BOTH_SIDES, R1=20.0) == []


def test_a_board_with_parts_on_the_bottom_alone_is_never_turned():
    assert codes("R2 0603 20 20 0 bottom", R2=20.0) == []


def test_leads_on_the_other_side_are_put_in_by_hand():
    assert codes("J1 HEADER 20 20", "R2 0603 40 20 0 bottom", R2=20.0) == []


def test_a_part_with_leads_is_not_placed_by_a_machine():
    assert codes("J1 HEADER 20 20", J1=40.0) == []


def test_a_part_of_unknown_height_is_not_talked_about():
    assert codes(*BOTH_SIDES) == []


def test_a_shop_that_says_nothing_checks_nothing():
    assert told(*BOTH_SIDES, limits=Limits(), R1=60.0, R2=60.0) == []


def test_the_finding_names_the_parts_the_height_and_the_limit():
    [finding] = told("R1 0603 20 20", "R2 0603 40 20", R1=26.5, R2=3.0)

    assert finding.message == "1 part is up to 26.5 mm high, and our machines place parts up to 25 mm: R1."
    assert (finding.severity, finding.place.designators) == (Severity.ASK, ("R1",))
    assert finding.place.box_mm == pytest.approx((18.825, 19.525, 21.175, 20.475), abs=0.01)


def test_what_is_too_high_for_both_is_told_for_both():
    assert codes(*BOTH_SIDES, R2=30.0) == ["part-tall-for-machine", "part-tall-below"]
