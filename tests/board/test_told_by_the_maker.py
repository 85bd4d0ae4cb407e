"""What a maker would ask about: few findings, each with a place on the board, a file, and what to do."""

from dataclasses import replace
from pathlib import Path

import pytest
from boards import EDGE, at_level, codes, legend, made, mask, pad, paste, together, track, zone
from hypothesis import given, settings
from hypothesis import strategies as st
from moved import SAME, judged, moved
from stacks import copper_layer, drilled, flashes, round_pad, square_pad, stack

from portal.board.capability import read_capabilities
from portal.board.design import FileRole, Severity, Side
from portal.board.fabrication import fabrication, look_at_layer, look_at_side
from portal.board.fabrication_findings import ALMOST_TOUCHING_MM
from portal.board.spots import Feature
from portal.board.stack import Layer

CONFIG = Path(__file__).resolve().parents[2] / "config" / "capabilities.toml"
HOUSE = read_capabilities(CONFIG.read_text(encoding="utf-8"), file="capabilities.toml")
PADS = together(pad(5, 10), pad(7, 10))
OPEN = together(pad(5, 10, 1.2), pad(7, 10, 1.2))

FAULTY = {
    "copper-almost-touches": (together(pad(5, 10), pad(6.01, 10)),),
    "mask-opening-missing": (PADS, mask(pad(5, 10, 1.2)), paste(PADS)),
    "mask-opening-large": (flashes(square_pad(0.6), (5, 10)), mask(pad(5, 10, 1.6)), paste(pad(5, 10, 0.5))),
    "legend-on-pads": (PADS, mask(OPEN), legend(track(4, 10, 8, 10, 0.15))),
    "fab-class-dearer": (track(5, 10, 9, 10, 0.12),),
    "fab-beyond-limits": (track(5, 10, 9, 10, 0.05),),
    "fab-will-mend": (track(0.2, 5, 0.2, 15, 0.2),),
}


@pytest.mark.parametrize("code", FAULTY)
def test_each_fault_has_its_finding_and_no_other(code):
    assert codes(made(*FAULTY[code], table=HOUSE)) == [code]


@pytest.mark.parametrize("code", FAULTY)
def test_a_finding_has_a_place_on_the_board(code):
    [finding] = made(*FAULTY[code], table=HOUSE).findings
    x0, y0, x1, y1 = finding.place.box_mm

    assert 0 <= x0 <= x1 <= 20
    assert 0 <= y0 <= y1 <= 20


@pytest.mark.parametrize("code", FAULTY)
def test_a_place_moves_with_its_board(code):
    layers = FAULTY[code]
    copper = [copper_layer(layer, 1) for layer in layers if not isinstance(layer, Layer)]
    board = stack(EDGE, *copper, *(layer for layer in layers if isinstance(layer, Layer)))
    [here], [there] = (judged(moved(board, SAME, by), table=HOUSE).findings for by in ((0, 0), (100, -50)))

    moved_box = [value + by for value, by in zip(here.place.box_mm, (100, -50, 100, -50), strict=True)]
    assert there.place.box_mm == pytest.approx(moved_box, abs=0.0011)


@pytest.mark.parametrize("code", FAULTY)
def test_a_finding_names_a_file_of_the_package(code):
    [finding] = made(*FAULTY[code], table=HOUSE).findings

    assert finding.where in {"L1.gbr", "mask-top.gbr", "legend-top.gbr"}
    assert finding.place.layer == finding.where


@pytest.mark.parametrize("code", FAULTY)
def test_a_finding_is_a_sentence_and_a_remedy(code):
    [finding] = made(*FAULTY[code], table=HOUSE).findings

    assert finding.message.endswith(".")
    assert finding.remedy.endswith(".")


@pytest.mark.parametrize("code", ["copper-almost-touches", "mask-opening-missing", "fab-beyond-limits"])
def test_what_stops_a_board_is_asked_about(code):
    assert made(*FAULTY[code], table=HOUSE).findings[0].severity is Severity.ASK


@settings(max_examples=12)
@given(st.sets(st.sampled_from(["mask-opening-missing", "legend-on-pads"])), st.booleans())
def test_findings_of_one_side_do_not_hide_each_other(wanted, bottom):
    side = Side.BOTTOM if bottom else Side.TOP
    opened = pad(5, 10, 1.2) if "mask-opening-missing" in wanted else OPEN
    ink = track(4, 10, 5, 10, 0.15) if "legend-on-pads" in wanted else track(1, 1, 3, 1, 0.15)
    board = made(PADS, PADS, mask(opened, side), paste(PADS, side), legend(ink, side))

    assert set(codes(board)) == wanted


@pytest.mark.parametrize(("gap", "told"), [(0.005, True), (0.015, True), (0.025, False), (0.1, False)])
def test_almost_touching_is_below_any_process(gap, told):
    board = made(together(pad(5, 10), pad(6 + gap, 10)))

    assert (gap < ALMOST_TOUCHING_MM) is told
    assert ("copper-almost-touches" in codes(board)) is told


@pytest.mark.parametrize("count", [1, 2, 7])
def test_places_that_almost_touch_are_counted_in_one_finding(count):
    pairs = together(*(pad(x, 2 + 2 * n) for n in range(count) for x in (5, 6.01)))
    [finding] = made(pairs).findings

    assert finding.message.startswith("In one place" if count == 1 else f"In {count} places")


def test_the_smallest_of_all_is_the_one_that_is_shown():
    pairs = together(pad(5, 5), pad(6.015, 5), pad(5, 15), pad(6.005, 15))
    [finding] = made(pairs).findings

    assert finding.place.box_mm == (5.5, 15, 5.505, 15)


def test_a_board_of_every_fault_stays_short():
    """However bad a board is, the customer reads a list, not a log."""
    bad = together(*(track(x, 2, x, 18, 0.05) for x in range(2, 19)), *(pad(x + 0.08, 10, 0.1) for x in range(2, 18)))
    board = made(bad, bad, mask(pad(5, 10, 0.2)), paste(bad), legend(zone(1, 1, 19, 19)), table=HOUSE)

    assert 3 <= len(board.findings) <= 12


def test_a_side_that_takes_too_long_is_left_out_and_the_other_not(monkeypatch):
    from portal.board import capsules_cleared

    monkeypatch.setattr(capsules_cleared, "MOST_CUTS", 1)
    cut = together(zone(2, 2, 18, 18), pad(1, 1), at_level(flashes(square_pad(2), (10, 10), (4, 4)), 1))
    board = made(cut, PADS, mask(OPEN), mask(OPEN, Side.BOTTOM), drills=[drilled((5, 10, 0.3), plated=True)])

    assert set(board.tented) == {Side.BOTTOM}


@pytest.mark.parametrize("side", list(Side))
def test_one_side_can_be_looked_at_alone(side):
    layers = copper_layer(PADS, 1), mask(pad(5, 10, 1.2), side), paste(PADS, side)
    from portal.board.drilling import bored

    facts = look_at_side(stack(*(replace(layer, side=side) for layer in layers)), side, bored(()))
    assert (facts.side, len(facts.mask.missing)) == (side, 1)


def test_one_layer_can_be_looked_at_alone():
    from portal.board.clearance import Around

    facts = look_at_layer(copper_layer(PADS), Around(), edge=None)
    assert (facts.gaps.islands, facts.area.share) == (2, None)


@pytest.mark.parametrize("role", list(FileRole))
def test_an_empty_layer_of_any_role_is_no_fault(role):
    empty = Layer(role, together(PADS), "empty.gbr", Side.TOP, 1)
    nothing = replace(empty, artwork=replace(empty.artwork, flashes=type(empty.artwork.flashes)()))

    assert fabrication(stack(EDGE, nothing), None).findings == ()


def test_nothing_is_said_to_be_zero_that_was_not_looked_for():
    board = fabrication(stack(copper_layer(PADS)), None)

    assert (board.over_edge, board.half_holes, board.tented, board.min_mask_web_mm) == (None, None, {}, None)
    assert board.copper_areas[0].share is None


@pytest.mark.parametrize("diameter", [0.1, 0.3, 1.0, 6.0])
def test_one_pad_alone_has_no_clearance_and_no_finding(diameter):
    board = made(flashes(round_pad(diameter), (10, 10)), table=HOUSE)

    assert (board.min_clearance_mm, board.searched_mm, codes(board)) == (None, 2.0, [])


@pytest.mark.parametrize("width", [0.15, 0.2, 1.0])
def test_tracks_in_x2_are_those_of_conductors(width):
    conductor = track(5, 5, 9, 5, width)
    named = replace(conductor, apertures=(round_pad(width, ("Conductor",)),))
    board = made(together(named, track(5, 8, 9, 8, 0.1)))

    assert board.min_track_mm == width
    assert len(board.measured[Feature.TRACK]) == 1


@pytest.mark.parametrize(("gap", "reached"), [(0.1, 0.1), (0.3, 0.3), (1.9, 1.9), (2.1, None)])
def test_gaps_are_looked_for_up_to_two_millimetres(gap, reached):
    board = made(together(pad(5, 10), pad(6 + gap, 10)))

    assert board.min_clearance_mm == reached
    assert board.searched_mm == (None if reached else 2.0)


@settings(max_examples=10)
@given(st.lists(st.sampled_from([0.1, 0.15, 0.2, 0.3, 0.5]), min_size=1, max_size=6))
def test_every_track_is_among_what_was_measured(widths):
    tracks = together(*(track(2, 2 + 2 * n, 9, 2 + 2 * n, width) for n, width in enumerate(widths)))
    found = made(tracks).measured[Feature.TRACK]

    assert found.value.tolist() == pytest.approx(sorted(widths))
    assert found.places == len(widths)


@pytest.mark.parametrize(("pen", "width"), [(0.0, 0.2), (0.01, 0.2), (0.0254, 0.2), (0.05, 0.05)])
def test_a_pen_of_one_mil_is_a_drawing_aid_and_no_track(pen, width):
    """The rim of a mounting hole, plotted on the copper."""
    board = made(together(track(2, 2, 9, 2, 0.2), track(2, 5, 9, 5, pen)), table=HOUSE)

    assert board.min_track_mm == width
    assert (board.capability == "standard") is (pen < 0.03)
