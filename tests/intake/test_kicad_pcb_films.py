"""Frames, films and what they become: nothing moves, nothing is lost, and like things share one aperture."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.board.artwork import Artwork
from portal.board.shapes import Aperture, disc
from portal.intake.kicad_pcb_films import MOST_POINTS, NO_PEN, THINNEST_PEN_MM, Film, Frame, Names, Room, turn
from portal.intake.s_expressions import Damaged

LENGTHS = st.integers(-200_000, 200_000).map(lambda value: value / 1000)
PLACES = st.tuples(LENGTHS, LENGTHS)
ANGLES = st.integers(-7200, 7200).map(lambda value: value / 10)


def dot() -> Aperture:
    return Aperture("circle", (disc(1.0),), 1.0)


def a_film(*nets: str) -> Film:
    """A flash, a stroke and a filled square for each net."""
    film = Film()
    for at, net in enumerate(nets):
        film.flash((at, 0), film.aperture("dot", dot), net=net, pin=f"U1,{at}")
        film.line((at, 0), (at, 5), film.pen(0.2, "Conductor"), net=net)
        film.contour(np.array([(0.0, 0), (1, 0), (1, 1), (0, 1)]) + at, net=net)
    return film


@pytest.mark.parametrize(
    ("angle", "exact"),
    [(0, (1, 0)), (90, (0, 1)), (180, (-1, 0)), (270, (0, -1)), (-90, (0, -1)), (360, (1, 0)), (720.0, (1, 0))],
)
def test_a_quarter_turn_is_exact(angle, exact):
    assert turn(angle) == exact


@given(angle=ANGLES)
def test_every_turn_is_that_of_its_angle(angle):
    cos, sin = turn(angle)

    assert (cos, sin) == pytest.approx((math.cos(math.radians(angle)), math.sin(math.radians(angle))), abs=1e-9)


@given(at=PLACES)
def test_the_frame_of_the_board_turns_y_over_and_nothing_else(at):
    assert Frame().at(*at) == (at[0], -at[1])


@given(place=PLACES, angle=ANGLES, at=PLACES)
def test_a_footprint_keeps_every_distance_from_its_middle(place, angle, at):
    middle, there = Frame().at(*place), Frame().within(place, angle).at(*at)

    assert math.dist(middle, there) == pytest.approx(math.hypot(*at), abs=1e-6)


@given(place=PLACES, angle=ANGLES, points=st.lists(PLACES, min_size=1, max_size=9))
def test_many_points_go_where_each_goes(place, angle, points):
    frame = Frame().within(place, angle)

    assert frame.all(np.array(points)).tolist() == [pytest.approx(frame.at(x, y)) for x, y in points]


@given(place=PLACES, one=ANGLES, other=ANGLES)
def test_a_turn_goes_counter_clockwise_as_one_sees_it(place, one, other):
    """The east of a footprint that is turned by an angle lies at that angle, with Y up."""
    x, y = Frame().within(place, one).at(1, 0)
    middle = Frame().at(*place)

    assert (x - middle[0], y - middle[1]) == pytest.approx(turn(one), abs=1e-6)
    assert turn(one + other) == pytest.approx(turn(other + one))


def test_names_are_numbered_as_they_come_and_no_name_is_none():
    names = Names()

    assert [names.index(name) for name in ("GND", "", "+3V3", "GND")] == [0, -1, 1, 0]


def test_like_things_share_an_aperture():
    film = Film()
    indices = [film.pen(0.2, "Conductor"), film.pen(0.2, "Conductor"), film.pen(0.2, ""), film.pen(0.3, "Conductor")]

    assert indices == [1, 1, 2, 3]
    assert [aperture.diameter_mm for aperture in film.apertures[1:]] == [0.2, 0.2, 0.3]


@pytest.mark.parametrize("width", [0, -1, -0.0])
def test_a_pen_of_no_width_is_the_plotters_thinnest(width):
    film = Film()

    assert film.apertures[film.pen(width, "")].diameter_mm == THINNEST_PEN_MM


def test_the_first_aperture_draws_nothing():
    assert Film().apertures[NO_PEN].rings == ()


def test_everything_on_a_film_becomes_the_artwork():
    artwork = a_film("GND", "+3V3", "").artwork()

    assert (len(artwork.flashes), len(artwork.draws), len(artwork.regions)) == (3, 3, 3)
    assert artwork.flashes.x.tolist() == [0, 1, 2]
    assert artwork.draws.ends.tolist() == [[0, 0, 0, 5], [1, 0, 1, 5], [2, 0, 2, 5]]
    assert artwork.regions.starts.tolist() == [0, 4, 8, 12]


def test_each_thing_keeps_its_net_and_its_pin():
    artwork = a_film("GND", "+3V3", "").artwork()

    assert artwork.nets.values == ("GND", "+3V3")
    assert [marks.tolist() for marks in (artwork.nets.flashes, artwork.nets.draws, artwork.nets.regions)] == [
        *([0, 1, -1],) * 3
    ]
    assert artwork.pins.values == ("U1,0", "U1,1", "U1,2")
    assert artwork.pins.draws.tolist() == [-1, -1, -1]


def test_nothing_takes_anything_away():
    artwork = a_film("GND").artwork()

    levels = (artwork.flashes.level, artwork.draws.level, artwork.regions.level)
    assert [level.tolist() for level in levels] == [[0], [0], [0]]


def test_an_empty_film_is_empty_artwork():
    artwork = Film().artwork()

    assert artwork.is_empty
    assert (artwork.bounds_mm(), artwork.nets, artwork.pins) == (None, None, None)


def test_a_pen_around_a_contour_comes_back_to_where_it_began():
    film = Film()
    film.around(np.array([(0.0, 0), (4, 0), (4, 3)]), film.pen(0.1, ""))

    ends = film.artwork().draws.ends
    assert ends[:, 2:].tolist() == np.roll(ends[:, :2], -1, axis=0).tolist()


@pytest.mark.parametrize("corners", [0, 1, 2])
def test_an_area_needs_three_corners(corners):
    film = Film()
    film.contour(np.zeros((corners, 2)))

    assert film.artwork().is_empty


def test_all_films_of_a_board_share_their_room():
    room = Room(points=3)
    one, other = Film(room), Film(room)
    one.flash((0, 0), 1)
    other.line((0, 0), (1, 1), 1)

    with pytest.raises(Damaged) as refused:
        one.flash((0, 0), 1)
    assert refused.value.code == "board-too-large"


def test_there_is_room_for_every_real_board():
    assert Room().points == MOST_POINTS > 1_000_000


@given(
    flashes=st.lists(PLACES, max_size=8),
    lines=st.lists(st.tuples(PLACES, PLACES), max_size=8),
    corners=st.lists(PLACES, min_size=3, max_size=8),
)
def test_the_artwork_reaches_as_far_as_what_was_drawn(flashes, lines, corners):
    film = Film()
    for at in flashes:
        film.flash(at, film.aperture("dot", dot))
    for start, end in lines:
        film.line(start, end, film.pen(1.0, ""))
    film.contour(np.array(corners))

    assert film.artwork().bounds_mm() == pytest.approx(expected(flashes, lines, corners))


def expected(flashes, lines, corners) -> tuple[float, float, float, float]:
    """Dots and pens are 1 mm wide."""
    round_ = [*flashes, *(end for line in lines for end in line)]
    x = [*(x for x, _ in corners), *(x + half for x, _ in round_ for half in (-0.5, 0.5))]
    y = [*(y for _, y in corners), *(y + half for _, y in round_ for half in (-0.5, 0.5))]
    return min(x), min(y), max(x), max(y)


def test_an_artwork_of_films_is_like_that_of_gerber_files():
    """The same arrays of the same kinds, so that nobody has to ask where they came from."""
    ours, plain = a_film("GND").artwork(), Artwork()
    pairs = [
        (ours.flashes.x, plain.flashes.x),
        (ours.flashes.aperture, plain.flashes.aperture),
        (ours.draws.ends, plain.draws.ends),
        (ours.draws.centres, plain.draws.centres),
        (ours.draws.aperture, plain.draws.aperture),
        (ours.regions.points, plain.regions.points),
        (ours.regions.starts, plain.regions.starts),
    ]

    assert all(one.dtype == other.dtype and one.shape[1:] == other.shape[1:] for one, other in pairs)
