"""Every way that a CAD tool writes down the same board: distorted and fitted again it is the board; else it is asked.

Each distortion is what one tool does; the board below is not symmetrical, so that there is one answer.
"""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lands import board, pads, placed
from turning import laid, laid_parts

from portal.board.design import Placement, Severity, Side
from portal.board.pads import pads_of
from portal.intake.frames import OWN, Fitted, Frame, fitted

EDGE = (0.0, 0.0, 60.0, 45.0)
TOP = (
    "R1 0603 5 5",
    "R2 0603 12.3 7.1 90",
    "C1 0402 33.7 4.4",
    "C2 0402 41.2 30.9 90",
    "R3 0805 8.8 33.3 180",
    "R4 0603 22.6 18.1 270",
    "C3 0402 29.4 26.7",
    "U1 SOIC-8 15.5 24.9",
    "R5 0805 44.1 11.6 90",
    "R6 0603 37.9 20.2",
    "Q1 SOT-23 52.2 38.8 90",
    "C4 0603 50.3 6.6",
)
BELOW = (
    "C10 0603 4.7 9.9 0 bottom",
    "C11 0603 13.3 30.1 90 bottom",
    "C12 0603 27.8 12.2 0 bottom",
    "C13 0402 35.5 33.4 90 bottom",
    "C14 0603 45.9 24.6 0 bottom",
    "C15 0805 21.1 5.3 180 bottom",
)
BOTH = (*TOP, *BELOW)
Way = Callable[[Placement], tuple[float, float]]


def file_of(parts: tuple[Placement, ...], way: Way, *, only: Side | None = None) -> tuple[Placement, ...]:
    """The centroid file as a tool writes it that works in another frame."""
    return tuple(
        replace(part, x_mm=way(part)[0], y_mm=way(part)[1]) if only in {None, part.side} else part for part in parts
    )


def fit(way: Way, lines: tuple[str, ...] = BOTH, *, only: Side | None = None) -> Fitted:
    return fitted(file_of(placed(*lines), way, only=only), pads(*lines), EDGE)


def places(parts: tuple[Placement, ...]) -> list[tuple[float, float]]:
    return [(round(part.x_mm, 2), round(part.y_mm, 2)) for part in parts]


def is_back(found: Fitted, lines: tuple[str, ...] = BOTH) -> bool:
    return places(found.placements) == places(placed(*lines))


def codes(found: Fitted) -> list[str]:
    return [finding.code for finding in found.findings]


TOOLS: dict[str, Way] = {
    "KiCad sheet, Y down": lambda p: (p.x_mm + 100, 120 - p.y_mm),
    "KiCad sheet, Y negated": lambda p: (p.x_mm + 100, p.y_mm - 120),
    "KiCad drill origin in a corner": lambda p: (p.x_mm - 60, p.y_mm),
    "drill origin in the middle": lambda p: (p.x_mm - 30, p.y_mm - 22.5),
    "Altium reference far away": lambda p: (p.x_mm + 1016, p.y_mm + 889),
    "Altium in mils": lambda p: (p.x_mm / 0.0254, p.y_mm / 0.0254),
    "Altium in mils, reference far away": lambda p: ((p.x_mm + 254) / 0.0254, (p.y_mm + 127) / 0.0254),
    "Allegro in inches": lambda p: (p.x_mm / 25.4, p.y_mm / 25.4),
    "Eagle in inches, Y down": lambda p: (p.x_mm / 25.4, -p.y_mm / 25.4),
    "millimetres read as inches": lambda p: (p.x_mm * 25.4, p.y_mm * 25.4),
    "millimetres read as mils": lambda p: (p.x_mm * 0.0254, p.y_mm * 0.0254),
    "a drawing on its side": lambda p: (45 - p.y_mm, p.x_mm),
    "a drawing on its other side": lambda p: (p.y_mm, 60 - p.x_mm),
    "a drawing upside down": lambda p: (60 - p.x_mm, 45 - p.y_mm),
    "upside down, from elsewhere": lambda p: (-p.x_mm - 7, -p.y_mm + 300),
    "seen from below": lambda p: (60 - p.x_mm, p.y_mm),
    "seen from below, on its side, in mils": lambda p: (p.y_mm / 0.0254, p.x_mm / 0.0254),
}


@pytest.mark.parametrize("lines", [TOP, BOTH], ids=["top", "both"])
@pytest.mark.parametrize("way", TOOLS.values(), ids=TOOLS)
def test_the_frame_of_each_tool_is_brought_back_and_said(way, lines):
    found = fit(way, lines)

    assert is_back(found, lines)
    assert codes(found) == ["frame-fitted"]


@pytest.mark.parametrize("way", TOOLS.values(), ids=TOOLS)
def test_what_was_fitted_once_is_left_alone_the_second_time(way):
    once = fit(way).placements
    again = fitted(once, pads(*BOTH), EDGE)

    assert (again.placements, again.frame.is_own, again.findings) == (once, True, ())


@pytest.mark.parametrize("way", TOOLS.values(), ids=TOOLS)
def test_a_frame_that_is_believed_has_nearly_all_parts_on_their_pads(way):
    assert fit(way).frame.score >= 0.9


@pytest.mark.parametrize("way", TOOLS.values(), ids=TOOLS)
def test_what_is_said_of_a_frame_ends_in_what_to_do(way):
    [said] = fit(way).findings

    assert said.severity is Severity.NOTE
    assert said.remedy == "Check a few parts on the picture."


@pytest.mark.parametrize("way", TOOLS.values(), ids=TOOLS)
def test_the_edge_of_the_board_is_not_needed(way):
    assert is_back(fitted(file_of(placed(*BOTH), way), pads(*BOTH)))


BELOW_WAYS: dict[str, Way] = {
    "X negated": lambda p: (-p.x_mm, p.y_mm),
    "across the board": lambda p: (60 - p.x_mm, p.y_mm),
    "across another line": lambda p: (77.3 - p.x_mm, p.y_mm),
}


@pytest.mark.parametrize("way", BELOW_WAYS.values(), ids=BELOW_WAYS)
def test_a_bottom_alone_seen_from_below_is_mirrored_back_and_said(way):
    found = fit(way, only=Side.BOTTOM)

    assert is_back(found)
    assert codes(found) == ["frame-bottom-mirrored"]


@pytest.mark.parametrize("way", BELOW_WAYS.values(), ids=BELOW_WAYS)
def test_a_mirrored_bottom_in_a_moved_file_is_both_moved_and_mirrored(way):
    moved = file_of(file_of(placed(*BOTH), way, only=Side.BOTTOM), lambda p: (p.x_mm + 33, p.y_mm - 21))
    found = fitted(moved, pads(*BOTH), EDGE)

    assert is_back(found)
    assert codes(found) == ["frame-bottom-mirrored", "frame-fitted"]


@pytest.mark.parametrize("way", BELOW_WAYS.values(), ids=BELOW_WAYS)
def test_the_top_does_not_move_with_a_mirrored_bottom(way):
    found = fit(way, only=Side.BOTTOM)
    tops = [part for part in found.placements if part.side is Side.TOP]

    assert tops == list(placed(*TOP))


@pytest.mark.parametrize("kept", [5, 6, 8])
def test_five_parts_agree_that_a_file_was_moved(kept):
    file = file_of(placed(*TOP[:kept]), TOOLS["Altium reference far away"])

    assert places(fitted(file, pads(*TOP), EDGE).placements) == places(placed(*TOP[:kept]))


@pytest.mark.parametrize("kept", [1, 2, 3, 4])
def test_fewer_than_five_parts_move_no_file(kept):
    file = file_of(placed(*TOP[:kept]), TOOLS["Altium reference far away"])
    found = fitted(file, pads(*TOP), EDGE)

    assert (found.placements, found.frame) == (file, None)


@pytest.mark.parametrize("missing", range(4))
def test_parts_that_the_file_leaves_out_do_not_matter(missing):
    few = BOTH[missing:]
    found = fitted(file_of(placed(*few), TOOLS["a drawing on its side"]), pads(*BOTH), EDGE)

    assert places(found.placements) == places(placed(*few))


def test_parts_that_the_board_has_no_pads_for_do_not_matter():
    extra = placed("X1 0603 31 40", "X2 0603 3 41", "X3 0603 57 22")
    found = fitted(file_of((*placed(*BOTH), *extra), TOOLS["Altium in mils"]), pads(*BOTH), EDGE)

    assert places(found.placements) == places((*placed(*BOTH), *extra))


SYMMETRIC = {
    "a row of chips": [f"D{n} 0603 {6 + 5 * n} 22 90" for n in range(9)],
    "a grid of chips": [f"D{x}{y} 0603 {10 + 10 * x} {10 + 10 * y}" for x in range(4) for y in range(3)],
    "one IC and four capacitors": [
        "U1 SOIC-8 30 20",
        *(f"C{x}{y} 0603 {30 + 12 * x} {20 + 9 * y}" for x in (-1, 1) for y in (-1, 1)),
    ],
}


@pytest.mark.parametrize("way", ["a drawing on its side", "seen from below", "upside down, from elsewhere"])
@pytest.mark.parametrize("lines", SYMMETRIC.values(), ids=SYMMETRIC)
def test_a_board_that_looks_the_same_both_ways_is_asked_about(lines, way):
    """Turned or mirrored: as many parts lie on pads either way, and a guess would put them on each other's."""
    file = file_of(placed(*lines), lambda p: (TOOLS[way](p)[0] + 200, TOOLS[way](p)[1]))
    found = fitted(file, pads(*lines), EDGE)

    assert (found.placements, found.frame) == (file, None)
    assert codes(found) == ["frame-unknown"]


def test_a_symmetric_board_in_its_own_frame_needs_no_question():
    lines = SYMMETRIC["a grid of chips"]

    assert fitted(placed(*lines), pads(*lines), EDGE).findings == ()


def test_one_board_of_a_panel_in_the_file_lies_on_one_of_the_boards():
    """The Gerbers show three copies; the first is as good as any, and the shop repeats it."""
    every = pads(*(f"{line.split()[0]}_{copy} {moved(line, 64 * copy)}" for copy in range(3) for line in TOP))
    found = fitted(placed(*TOP), every, (0, 0, 188, 45))

    assert (found.frame.is_own, found.findings) == (True, ())


def moved(line: str, by: float) -> str:
    _name, pattern, x, *rest = line.split()
    return " ".join([pattern, f"{float(x) + by}", *rest])


def test_a_whole_panel_in_the_file_stays_as_it_is():
    lines = [f"{line.split()[0]}_{copy} {moved(line, 64 * copy)}" for copy in range(3) for line in TOP]

    assert fitted(placed(*lines), pads(*lines), (0, 0, 188, 45)).frame.is_own


hundredths = st.integers(-30_000, 30_000).map(lambda number: number / 100)
frames = st.builds(
    Frame,
    scale=st.sampled_from([1.0, 25.4, 0.0254]),
    rotation_deg=st.sampled_from([0, 90, 180, 270]),
    is_mirrored=st.booleans(),
    offset_mm=st.tuples(hundredths, hundredths),
)


def undone(frame: Frame, part: Placement) -> tuple[float, float]:
    """Where a file in this frame has the part."""
    away = np.array([part.x_mm, part.y_mm]) - np.array(frame.offset_mm)
    x, y = np.linalg.solve(frame.matrix(), away).tolist()
    return x, y


@settings(max_examples=60)
@given(frames)
def test_distorted_and_fitted_again_is_the_board(frame):
    assert is_back(fit(lambda part: undone(frame, part)))


@settings(max_examples=40)
@given(frames)
def test_the_unit_that_was_read_is_the_one_that_was_written(frame):
    found = fit(lambda part: undone(frame, part))

    assert found.frame.scale == frame.scale
    assert found.units == {1.0: "mm", 25.4: "inch", 0.0254: "mil"}[frame.scale]


@settings(max_examples=25)
@given(st.permutations(BOTH), st.sampled_from(sorted(TOOLS)))
def test_the_order_of_the_lines_does_not_matter(lines, way):
    found = fitted(file_of(placed(*lines), TOOLS[way]), pads(*BOTH), EDGE)

    assert places(found.placements) == places(placed(*lines))


@settings(max_examples=25)
@given(st.integers(0, 3), hundredths, hundredths)
def test_turning_and_moving_board_and_file_together_changes_nothing(quarters, x, y):
    films, parts = laid(board(*BOTH), 90 * quarters, (x, y)), laid_parts(placed(*BOTH), 90 * quarters, (x, y))
    found = fitted(parts, pads_of(films))

    assert (found.placements, found.frame.is_own, found.findings) == (parts, True, ())


@settings(max_examples=25)
@given(st.lists(st.tuples(hundredths, hundredths), min_size=8, max_size=14, unique=True))
def test_places_that_fit_no_board_are_never_moved_in_silence(points):
    file = tuple(Placement(f"R{n}", Side.TOP, x, y, 0.0) for n, (x, y) in enumerate(points))
    found = fitted(file, pads(*TOP), EDGE)

    assert found.placements == file or "frame-fitted" in codes(found)


@given(frames, st.lists(st.tuples(hundredths, hundredths), min_size=1, max_size=6))
def test_a_frame_keeps_distances_but_for_its_scale(frame, points):
    before, after = np.array(points), frame.moved(np.array(points))
    apart = [np.hypot(*(table - table[0]).T) for table in (before, after)]

    assert apart[1] == pytest.approx(frame.scale * apart[0], abs=1e-6)


@given(frames)
def test_only_the_frame_that_changes_nothing_is_the_files_own(frame):
    corners = np.array([[0.0, 0], [1, 0], [0, 1]])

    assert frame.is_own == (frame.moved(corners).tolist() == corners.tolist())
    assert OWN.is_own


QUARTERS = {"a quarter turn": 90, "upside down": 180, "three quarters": 270}


@pytest.mark.parametrize("degrees", QUARTERS.values(), ids=QUARTERS)
def test_rotations_come_back_with_the_places(degrees):
    file = laid_parts(placed(*TOP), degrees, (11, 7))
    found = fitted(file, pads(*TOP), EDGE)

    assert [part.rotation_deg for part in found.placements] == [part.rotation_deg for part in placed(*TOP)]
    assert is_back(found, TOP)


def test_rotations_run_backwards_in_a_file_that_is_mirrored_as_a_whole():
    file = tuple(replace(part, x_mm=-part.x_mm, rotation_deg=(-part.rotation_deg) % 360) for part in placed(*TOP))
    found = fitted(file, pads(*TOP), EDGE)

    assert [part.rotation_deg for part in found.placements] == [part.rotation_deg for part in placed(*TOP)]


def test_a_mirrored_bottom_keeps_the_rotations_that_the_file_gives():
    """Tools that mirror X below do not agree about its angles: what they mean is a habit, and read off the pads."""
    found = fit(BELOW_WAYS["X negated"], only=Side.BOTTOM)

    assert [part.rotation_deg for part in found.placements] == [part.rotation_deg for part in placed(*BOTH)]


def elsewhere(part: Placement) -> tuple[float, float]:
    return 500 + 17 * part.y_mm % 31, 900.0


@pytest.mark.parametrize("count", [2, 3, 5])
def test_a_side_that_lies_elsewhere_is_asked_about_and_left(count):
    lines = (*TOP, *BELOW[:count])
    found = fit(elsewhere, lines, only=Side.BOTTOM)

    assert codes(found) == ["frame-side-off-pads"]
    assert found.placements == file_of(placed(*lines), elsewhere, only=Side.BOTTOM)


def test_one_part_elsewhere_says_nothing_about_its_side():
    assert codes(fit(elsewhere, (*TOP, BELOW[0]), only=Side.BOTTOM)) == []
