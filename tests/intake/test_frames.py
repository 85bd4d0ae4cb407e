"""Centroid files of every frame come to lie on the pads, or are asked about: never moved by a guess."""

from dataclasses import replace
from math import dist

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lands import pads, placed

from portal.board.design import Placement, Severity, Side
from portal.board.pads import Pads
from portal.intake.frames import Frame, fitted
from portal.intake.frames_votes import NEAR_MM

EDGE = (0.0, 0.0, 50.0, 40.0)
TOP = tuple(
    f"R{number} {pattern} {x} {y} {turn}"
    for number, (pattern, x, y, turn) in enumerate(
        [
            ("0603", 5, 5, 0),
            ("0603", 12.3, 7.1, 90),
            ("0402", 33.7, 4.4, 0),
            ("0402", 41.2, 30.9, 90),
            ("0805", 8.8, 33.3, 180),
            ("0603", 22.6, 18.1, 270),
            ("0402", 29.4, 26.7, 0),
            ("SOIC-8", 15.5, 24.9, 0),
            ("0805", 44.1, 11.6, 90),
            ("0603", 37.9, 20.2, 0),
        ]
    )
)
BOTTOM = tuple(
    f"C{number} 0603 {x} {y} {turn} bottom"
    for number, (x, y, turn) in enumerate(
        [(4.7, 9.9, 0), (13.3, 30.1, 90), (27.8, 12.2, 0), (35.5, 33.4, 90), (45.9, 24.6, 0), (21.1, 5.3, 180)]
    )
)
BOTH = (*TOP, *BOTTOM)


def moved(parts, change) -> tuple[Placement, ...]:
    """The file as another tool would have written it."""
    return tuple(replace(part, x_mm=change(part)[0], y_mm=change(part)[1]) for part in parts)


def places(parts) -> list[tuple[float, float]]:
    return [(round(part.x_mm, 2), round(part.y_mm, 2)) for part in parts]


def codes(found) -> list[str]:
    return [finding.code for finding in found.findings]


def test_a_file_in_the_frame_of_the_gerbers_stays_as_it_is():
    found = fitted(placed(*BOTH), pads(*BOTH), EDGE)

    assert (found.placements, found.frame.is_own, found.findings) == (placed(*BOTH), True, ())


def test_what_lies_on_the_pads_is_in_millimetres():
    assert fitted(placed(*TOP), pads(*TOP), EDGE).units == "mm"


WAYS = {
    "another origin": lambda part: (part.x_mm + 97.5, part.y_mm - 61.25),
    "y downwards": lambda part: (part.x_mm, 40 - part.y_mm),
    "y downwards below zero": lambda part: (part.x_mm, -part.y_mm),
    "a quarter turn": lambda part: (-part.y_mm + 12, part.x_mm + 3),
    "upside down": lambda part: (50 - part.x_mm, 40 - part.y_mm),
    "inches": lambda part: (part.x_mm / 25.4, part.y_mm / 25.4),
    "mils": lambda part: (part.x_mm / 0.0254, part.y_mm / 0.0254),
    "micrometres": lambda part: (part.x_mm * 1000, part.y_mm * 1000),
    "mils and another origin": lambda part: ((part.x_mm + 30) / 0.0254, part.y_mm / 0.0254),
    "seen from below": lambda part: (-part.x_mm, part.y_mm),
}


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_every_frame_is_brought_back_to_the_pads_and_said(way):
    found = fitted(moved(placed(*BOTH), way), pads(*BOTH), EDGE)

    assert places(found.placements) == places(placed(*BOTH))
    assert codes(found) == ["frame-fitted"]


@pytest.mark.parametrize(
    ("way", "units"), [("inches", "inch"), ("mils", "mil"), ("micrometres", "um"), ("another origin", "mm")]
)
def test_the_unit_is_known_once_the_parts_lie_on_their_pads(way, units):
    assert fitted(moved(placed(*TOP), WAYS[way]), pads(*TOP), EDGE).units == units


def test_rotations_turn_with_the_frame():
    turned = moved(placed(*TOP), WAYS["a quarter turn"])
    before = [replace(part, rotation_deg=part.rotation_deg + 90) for part in turned]
    found = fitted(tuple(before), pads(*TOP), EDGE)

    assert [part.rotation_deg for part in found.placements] == [part.rotation_deg for part in placed(*TOP)]


MIRRORS = {
    "from the same origin": lambda part: (-part.x_mm, part.y_mm),
    "across the board": lambda part: (50 - part.x_mm, part.y_mm),
    "from anywhere": lambda part: (131.7 - part.x_mm, part.y_mm),
}


@pytest.mark.parametrize("mirror", MIRRORS.values(), ids=MIRRORS)
def test_a_bottom_seen_from_below_is_mirrored_back(mirror):
    parts = placed(*BOTH)
    file = tuple(moved((part,), mirror)[0] if part.side is Side.BOTTOM else part for part in parts)
    found = fitted(file, pads(*BOTH), EDGE)

    assert places(found.placements) == places(parts)
    assert codes(found) == ["frame-bottom-mirrored"]


def test_two_parts_below_are_enough_to_see_that_they_are_mirrored():
    parts = placed(*TOP, *BOTTOM[:2])
    file = tuple(moved((part,), MIRRORS["across the board"])[0] if part.side is Side.BOTTOM else part for part in parts)

    assert places(fitted(file, pads(*TOP, *BOTTOM[:2]), EDGE).placements) == places(parts)


def test_a_bottom_that_lies_nowhere_is_asked_about():
    parts = placed(*TOP, *BOTTOM[:3])
    file = tuple(
        replace(part, x_mm=100.0 * number, y_mm=77.0) if part.side is Side.BOTTOM else part
        for number, part in enumerate(parts)
    )

    assert codes(fitted(file, pads(*TOP, *BOTTOM[:3]), EDGE)) == ["frame-side-off-pads"]


def test_places_that_fit_nowhere_are_kept_and_asked_about():
    file = tuple(replace(part, x_mm=float(n * n) % 47, y_mm=float(n**3) % 37) for n, part in enumerate(placed(*TOP)))
    found = fitted(file, pads(*TOP), EDGE)

    assert (found.placements, found.frame) == (file, None)
    assert [(finding.severity, finding.code) for finding in found.findings] == [(Severity.ASK, "frame-unknown")]


def test_three_parts_are_too_few_to_move_a_file():
    file = moved(placed(*TOP[:3]), WAYS["another origin"])
    found = fitted(file, pads(*TOP), EDGE)

    assert (found.placements, found.frame) == (file, None)


def test_one_part_in_its_place_is_enough_to_leave_the_file_alone():
    assert fitted(placed(TOP[0]), pads(*TOP), EDGE).frame.is_own


def test_connectors_beside_their_pads_do_not_matter():
    odd = placed("J1 JACK 60 60", "J2 JACK 61 70")
    found = fitted((*placed(*TOP), *odd), pads(*TOP), EDGE)

    assert found.frame.is_own


def test_a_board_that_looks_the_same_upside_down_is_not_turned():
    """A row of lamps: both ways fit, so neither is sure."""
    row = [f"D{number} 0603 {5 + 4 * number} 20 90" for number in range(9)]
    file = moved(placed(*row), lambda part: (-part.y_mm + 70, part.x_mm))

    assert fitted(file, pads(*row), EDGE).frame is None


def test_without_pads_nothing_is_said():
    found = fitted(placed(*TOP), {side: Pads() for side in Side}, EDGE)

    assert (found.placements, found.frame, found.units, found.findings) == (placed(*TOP), None, None, ())


def test_without_placements_nothing_is_said():
    assert fitted((), pads(*TOP), EDGE).findings == ()


def test_the_finding_says_what_was_done():
    [said] = fitted(moved(placed(*TOP), WAYS["mils and another origin"]), pads(*TOP), EDGE).findings

    assert "read as mils, moved by -30.000 mm and" in said.message
    assert "100%" in said.message


def test_lamps_with_unlike_pads_stand_where_they_are():
    strip = [f"D{number} DIODE {5 + 6 * number} {10 + number} 90" for number in range(6)]

    assert fitted(placed(*strip), pads(*strip), EDGE).frame.is_own


def test_a_frame_moves_points_as_it_says():
    frame = Frame(scale=2.0, rotation_deg=90, is_mirrored=True, offset_mm=(1.0, 2.0))

    assert frame.moved(np.array([[3.0, 4.0]])).tolist() == [[-7.0, -4.0]]


numbers = st.integers(-20_000, 20_000).map(lambda hundredths: hundredths / 100)


@settings(max_examples=30)
@example(0.0, 0.01, 0, False)
@example(0.1, 0.1, 0, False)
@example(0.15, 0.0, 0, False)
@example(0.2, 0.0, 0, False)
@example(0.3, -0.3, 0, False)
@given(numbers, numbers, st.integers(0, 3), st.booleans())
def test_no_move_or_turn_puts_a_part_anywhere_else(x, y, quarters, mirrored):
    frame = Frame(rotation_deg=90 * quarters, is_mirrored=mirrored, offset_mm=(x, y))
    file = moved(placed(*BOTH), lambda part: tuple(frame.moved(np.array([[part.x_mm, part.y_mm]]))[0].tolist()))

    stand = zip(places(fitted(file, pads(*BOTH), EDGE).placements), places(placed(*BOTH)), strict=True)
    assert max(dist(here, there) for here, there in stand) <= NEAR_MM + 1e-6  # within which a part stands where it is


@settings(max_examples=30)
@given(st.lists(st.tuples(numbers, numbers), min_size=6, max_size=12, unique=True))
def test_random_places_are_never_believed(points):
    file = tuple(Placement(f"R{n}", Side.TOP, x, y, 0.0) for n, (x, y) in enumerate(points))
    found = fitted(file, pads(*TOP), EDGE)

    assert found.frame is None or found.frame.score >= 0.5


def test_half_of_the_parts_out_of_place_leave_the_frame_alone():
    file = placed(*TOP)
    wrong = tuple(replace(part, x_mm=part.x_mm + 1.3) for part in file[:4])

    assert fitted((*wrong, *file[4:]), pads(*TOP), EDGE).frame.is_own
