"""Mask and legend over rows of pads: webs at each pitch, openings that are missing or too wide, covered vias, ink."""

import pytest
from boards import at_level, codes, legend, made, mask, pad, paste, together, track, zone
from hypothesis import given, settings
from hypothesis import strategies as st
from moved import moved_artwork, turned
from stacks import drilled, flashes, round_pad, square_pad

from portal.board.design import Side
from portal.board.shapes import Aperture, obround, rectangle
from portal.board.spots import Feature

PITCHES = {0.4: 0.2, 0.5: 0.28, 0.65: 0.36, 0.8: 0.45, 1.27: 0.6}  # of leads, and how wide their pads are
GRID = st.integers(0, 3)


def lead(width, length=1.4) -> Aperture:
    return Aperture("rectangle", (rectangle(width, length),))


def row(aperture, pitch, count=8, at=(4.0, 10.0)):
    return flashes(aperture, *((at[0] + n * pitch, at[1]) for n in range(count)))


def found(board, code):
    return [finding for finding in board.findings if finding.code == code]


@pytest.mark.parametrize("expansion", [0.0, 0.03, 0.05, 0.075])
@pytest.mark.parametrize("pitch", PITCHES)
def test_the_web_between_leads_is_what_pitch_and_expansion_leave(pitch, expansion):
    width = PITCHES[pitch]
    openings = row(lead(width + 2 * expansion), pitch)
    left = pitch - width - 2 * expansion

    board = made(row(lead(width), pitch), mask(openings))
    assert board.min_mask_web_mm == (pytest.approx(left, abs=1e-4) if 0.002 < left <= 0.3 else None)


@pytest.mark.parametrize("count", [2, 5, 20])
def test_each_web_of_a_row_is_measured(count):
    board = made(row(lead(0.28), 0.5, count), mask(row(lead(0.38), 0.5, count)))
    webs = board.measured[Feature.MASK_WEB].value

    assert set(webs.round(4)) == {0.12}
    assert len(webs) >= count - 1


@pytest.mark.parametrize("angle", [0, 30, 45, 90, 135])
def test_a_turned_row_has_the_same_webs(angle):
    parts = [moved_artwork(row(lead(width), 0.5, 6, (-1.25, 0)), turned(angle), (10, 10)) for width in (0.28, 0.38)]

    assert made(parts[0], mask(parts[1])).min_mask_web_mm == pytest.approx(0.12, abs=1e-4)


def test_one_opening_over_a_whole_row_has_no_webs_and_misses_no_pad():
    board = made(row(lead(0.2), 0.4), mask(zone(3.5, 9, 7.5, 11)), paste(row(lead(0.18), 0.4)))

    assert (board.min_mask_web_mm, codes(board)) == (None, [])


def test_round_balls_have_their_webs_across_the_rows_too():
    """A grid of 0.5 mm in which the rows are 0.45 mm apart."""
    balls = [(5 + 0.5 * i, 5 + 0.45 * j) for i in range(4) for j in range(4)]
    board = made(flashes(round_pad(0.25), *balls), mask(flashes(round_pad(0.35), *balls)))

    assert board.min_mask_web_mm == pytest.approx(0.1)


def test_the_webs_place_lies_between_the_openings():
    board = made(together(pad(5, 10), pad(7, 10)), mask(together(pad(5, 10, 1.9), pad(7, 10, 1.9))))
    [found] = board.measured[Feature.MASK_WEB].box.tolist()

    assert found == pytest.approx([5.95, 10, 6.05, 10])


def test_a_mask_that_is_drawn_with_strokes_has_webs_too():
    """Some tools paint their openings."""
    pads = together(track(5, 5, 5, 8, 0.4), track(5.9, 5, 5.9, 8, 0.4), pad(5, 5, 0.4), pad(5.9, 5, 0.4))
    openings = together(track(5, 5, 5, 8, 0.8), track(5.9, 5, 5.9, 8, 0.8))

    assert made(pads, mask(openings)).min_mask_web_mm == pytest.approx(0.1)


def test_a_bridge_drawn_clear_through_an_opening_is_a_web():
    """A dam across one large opening, drawn as a clear stroke of 0.1 mm."""
    openings = together(zone(4, 9, 8, 11), at_level(track(6, 8, 6, 12, 0.1), 1))
    board = made(together(pad(5, 10), pad(7, 10)), mask(openings))

    assert board.min_mask_web_mm == pytest.approx(0.1, abs=0.001)


@settings(max_examples=15)
@given(st.lists(st.floats(0.05, 0.29), min_size=1, max_size=6))
def test_the_narrowest_web_of_all_is_told(webs):
    places = [2.0]
    for web in webs:
        places.append(places[-1] + 1 + web)
    board = made(
        flashes(round_pad(0.8), *((x, 10) for x in places)), mask(flashes(round_pad(1), *((x, 10) for x in places)))
    )

    assert board.min_mask_web_mm == pytest.approx(min(webs), abs=1e-4)


FOUR = ((5, 5), (8, 5), (5, 8), (8, 8))


@settings(max_examples=16)
@given(st.sets(GRID, max_size=3))
def test_each_pad_without_an_opening_is_counted_and_no_other(closed):
    pads = flashes(round_pad(1), *FOUR)
    openings = flashes(round_pad(1.1), *(at for number, at in enumerate(FOUR) if number not in closed))
    missing = found(made(pads, mask(openings), paste(pads)), "mask-opening-missing")

    assert len(missing) == bool(closed)
    assert all(f"over {len(closed)} pad" in finding.message for finding in missing)


@settings(max_examples=16)
@given(st.sets(GRID, min_size=1, max_size=4))
def test_each_far_too_wide_opening_is_counted_and_no_other(wide):
    pads = flashes(square_pad(0.6), *FOUR)
    openings = [flashes(square_pad(1.1 if number in wide else 0.7), at) for number, at in enumerate(FOUR)]
    [finding] = found(made(pads, mask(together(*openings)), paste(pads)), "mask-opening-large")

    assert f"over {len(wide)} pad" in finding.message


@pytest.mark.parametrize(("more", "told"), [(0.1, False), (0.2, False), (0.25, True), (0.5, True)])
def test_an_opening_is_wide_beyond_a_fifth_of_a_millimetre_on_each_side(more, told):
    pads, openings = flashes(lead(0.5), (5, 10)), flashes(lead(0.5 + 2 * more, 1.4 + 2 * more), (5, 10))

    assert bool(found(made(pads, mask(openings), paste(pads)), "mask-opening-large")) is told


def test_an_opening_that_is_long_one_way_only_is_meant():
    """Openings of fine rows are joined lengthwise by some houses."""
    pads, openings = flashes(lead(0.5), (5, 10)), flashes(lead(0.6, 3.0), (5, 10))

    assert codes(made(pads, mask(openings), paste(pads))) == []


@pytest.mark.parametrize("diameter", [0.7, 1.0, 1.5, 2.0])
@pytest.mark.parametrize("times", [2, 3])
def test_fiducials_of_any_size_may_stand_in_wide_openings(diameter, times):
    board = made(pad(5, 10, diameter), mask(pad(5, 10, diameter * times)), paste(pad(5, 10, diameter)))

    assert codes(board) == []


@settings(max_examples=16)
@given(st.sets(GRID, max_size=4), st.sampled_from([0.2, 0.3, 0.5, 0.6]))
def test_vias_that_mask_covers_are_counted(opened, drill):
    vias, holes = flashes(round_pad(0.9), *FOUR), drilled(*((*at, drill) for at in FOUR), plated=True)
    openings = [flashes(round_pad(1), at) for number, at in enumerate(FOUR) if number in opened]
    board = made(vias, mask(together(*openings, pad(15, 15))), drills=[holes])

    assert (board.tented, codes(board)) == ({Side.TOP: 4 - len(opened)}, [])


@pytest.mark.parametrize(("diameter", "plated"), [(0.7, True), (1.0, True), (0.3, False)])
def test_only_vias_are_counted_as_covered(diameter, plated):
    hole = drilled((5, 5, diameter), plated=plated)

    assert made(pad(5, 5, 1.5), mask(pad(15, 15)), drills=[hole]).tented == {Side.TOP: 0}


def test_the_two_sides_are_counted_apart():
    vias, holes = flashes(round_pad(0.6), *FOUR), drilled(*((*at, 0.3) for at in FOUR), plated=True)
    top, bottom = mask(flashes(round_pad(0.7), *FOUR[:3])), mask(flashes(round_pad(0.7), *FOUR[:1]), Side.BOTTOM)

    assert made(vias, vias, top, bottom, drills=[holes]).tented == {Side.TOP: 1, Side.BOTTOM: 3}


def test_an_opening_a_little_beside_its_pad_still_opens_it():
    pads = flashes(square_pad(1), (5, 10))

    assert codes(made(pads, mask(flashes(square_pad(1.1), (5.1, 10))), paste(pads))) == []


def test_an_opening_far_beside_its_pad_opens_nothing():
    """A mask that was moved: all its pads are missing."""
    pads = flashes(square_pad(0.5), *FOUR)
    moved = flashes(square_pad(0.6), *((x + 1, y) for x, y in FOUR))
    [finding] = found(made(pads, mask(moved), paste(pads)), "mask-opening-missing")

    assert "4 pads" in finding.message


def test_the_findings_place_is_around_all_of_its_pads():
    pads = flashes(round_pad(1), *FOUR)
    [finding] = found(made(pads, mask(pad(15, 15)), paste(pads)), "mask-opening-missing")

    assert finding.place.box_mm == (4.5, 4.5, 8.5, 8.5)
    assert finding.where == "mask-top.gbr"


INK = {
    "a stroke across": track(4, 5, 6, 5, 0.15),
    "a filled box": zone(4.2, 4.2, 5.8, 5.8),
    "a dot in the middle": pad(5, 5, 0.2),
    "an oblong": flashes(Aperture("obround", (obround(2, 0.3),)), (5.4, 5.2)),
    "a corner that reaches in": zone(5.3, 5.3, 9, 9),
}


@pytest.mark.parametrize("what", INK)
def test_ink_on_a_pad_is_told(what):
    board = made(pad(5, 5), mask(pad(5, 5, 1.1)), legend(INK[what]))

    assert codes(board) == ["legend-on-pads"]


@pytest.mark.parametrize("what", INK)
def test_the_same_ink_elsewhere_is_fine(what):
    assert codes(made(pad(5, 5), mask(pad(5, 5, 1.1)), legend(moved_artwork(INK[what], by=(6, 6))))) == []


@pytest.mark.parametrize("what", INK)
def test_ink_on_a_covered_pad_is_fine(what):
    """A via under mask may be printed over."""
    via = drilled((5, 5, 0.3), plated=True)

    assert codes(made(pad(5, 5), mask(pad(15, 15)), legend(INK[what]), drills=[via])) == []


@settings(max_examples=16)
@given(st.sets(GRID, min_size=1, max_size=4))
def test_printed_openings_are_counted_and_no_other(printed):
    pads, openings = flashes(round_pad(1), *FOUR), mask(flashes(round_pad(1.1), *FOUR))
    dots = flashes(round_pad(0.3), *(FOUR[number] for number in printed))
    [finding] = made(pads, openings, legend(dots)).findings

    assert f"over {len(printed)} mask opening" in finding.message


@pytest.mark.parametrize("gap", [0.0, 0.01, 0.1])
def test_ink_up_to_the_opening_is_fine(gap):
    line = track(5.55 + gap + 0.075, 4, 5.55 + gap + 0.075, 6, 0.15)

    assert codes(made(pad(5, 5), mask(pad(5, 5, 1.1)), legend(line))) == []


def test_ink_without_a_mask_is_not_judged():
    assert codes(made(pad(5, 5), legend(track(4, 5, 6, 5, 0.15)))) == []


@settings(max_examples=10)
@given(st.lists(st.sampled_from([0.08, 0.1, 0.12, 0.15, 0.2]), min_size=1, max_size=8))
def test_the_thinnest_of_all_printed_lines_counts(widths):
    lines = together(*(track(2, 2 + n, 8, 2 + n, width) for n, width in enumerate(widths)))

    assert made(pad(15, 15), legend(lines)).measured[Feature.LEGEND_LINE].smallest == min(widths)


@pytest.mark.parametrize("side", list(Side))
def test_a_printed_line_is_shown_on_its_own_side(side):
    lines = made(pad(15, 15), legend(track(2, 2, 8, 2, 0.1), side)).measured[Feature.LEGEND_LINE]

    assert lines.file_of_worst() == f"legend-{side}.gbr"
