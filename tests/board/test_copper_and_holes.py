"""The finest things on the copper, and the holes of several files together."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from stacks import copper_layer, drilled, filled_box, flashes, ring, round_pad, square_pad, strokes

from portal.board.artwork import Artwork, Draws, DrillHits, Flashes, holes_drawn_as_gerber
from portal.board.copper import min_annular_ring_mm, min_track_mm
from portal.board.holes import drills, holes, slots
from portal.board.shapes import Aperture, hole, obround, rectangle


def track(width: float, function: tuple[str, ...] = ()) -> Artwork:
    return strokes((0, 0, 10, 0), pen=round_pad(width, function))


def thinnest(*artworks: Artwork) -> float | None:
    return min_track_mm(tuple(copper_layer(artwork, number) for number, artwork in enumerate(artworks, 1)))


def ring_mm(pads: Artwork, *files: DrillHits) -> float | None:
    return min_annular_ring_mm((copper_layer(pads),), holes(files))


def with_zone(edge: Artwork, *, turned: bool = False) -> Artwork:
    """The strokes together with a filled area from (0, 0) to (10, 10)."""
    zone = filled_box(0, 10, 10, 0) if turned else filled_box(0, 0, 10, 10)
    return replace(edge, regions=zone.regions)


def test_the_thinnest_of_all_layers_counts():
    assert thinnest(track(0.3), track(0.15), track(0.2)) == 0.15


def test_a_drawing_aid_is_no_track():
    assert thinnest(track(0.01), track(0.2)) == 0.2
    assert thinnest(track(0.0)) is None


def test_a_stroke_that_takes_away_is_no_track():
    clear = track(0.1)
    carved = replace(clear, draws=replace(clear.draws, level=np.ones(1, dtype=np.int64)))

    assert thinnest(carved, track(0.2)) == 0.2


def test_strokes_of_square_apertures_have_no_width_to_be_sure_of():
    assert thinnest(strokes((0, 0, 10, 0), pen=square_pad(0.1))) is None


@pytest.mark.parametrize("turned", [False, True])
def test_the_outline_of_a_zone_is_no_track_whichever_way_it_runs(turned):
    edges = strokes(*ring(0, 0, 10, 10), pen=round_pad(0.1))

    assert thinnest(with_zone(edges, turned=turned)) is None


def test_a_track_that_ends_on_a_zone_is_a_track():
    assert thinnest(with_zone(strokes((10, 5, 20, 5), pen=round_pad(0.1)))) == 0.1


def test_a_track_along_half_an_edge_is_a_track():
    assert thinnest(with_zone(strokes((0, 0, 5, 0), pen=round_pad(0.1)))) == 0.1


def test_where_conductors_are_named_the_outline_of_a_zone_may_be_thinner():
    assert thinnest(track(0.1, ("Other",)), track(0.25, ("Conductor",))) == 0.25


def test_a_conductor_named_on_one_layer_settles_all():
    assert thinnest(track(0.1), track(0.25, ("Conductor",))) == 0.25


def test_no_layers_have_no_track():
    assert thinnest() is None
    assert thinnest(Artwork()) is None


PLATED = drilled((5, 5, 1.0), plated=True)


@pytest.mark.parametrize(
    ("pad", "ring"),
    [
        (round_pad(1.5), 0.25),
        (square_pad(1.5), 0.25),
        (Aperture("obround", (obround(3.0, 1.6),)), 0.3),
        (Aperture("rectangle", (rectangle(2.0, 1.4),)), 0.2),
        (Aperture("rectangle", (rectangle(2.0, 2.0), hole(rectangle(1.0, 1.0)))), 0.5),
        (Aperture("macro", (rectangle(2.0, 2.0, (0.4, 0)),)), 0.1),
    ],
    ids=["round", "square", "obround", "oblong", "with a drill mark", "off its centre"],
)
def test_the_ring_is_as_thin_as_the_pad_is_near(pad, ring):
    assert ring_mm(flashes(pad, (5, 5)), PLATED) == pytest.approx(ring, abs=0.01)


def test_the_thinnest_ring_of_all_counts():
    pads = flashes(round_pad(1.0), (5, 5), (9, 9))

    assert ring_mm(pads, drilled((5, 5, 0.4), (9, 9, 0.6), plated=True)) == pytest.approx(0.2)


def test_a_pad_as_large_as_its_hole_is_no_ring():
    assert ring_mm(flashes(round_pad(1.0), (5, 5)), PLATED) is None


@pytest.mark.parametrize(("off_mm", "ring"), [(0.0, 0.25), (0.02, 0.25), (0.1, None)])
def test_a_pad_beside_the_hole_is_not_its_pad(off_mm, ring):
    assert ring_mm(flashes(round_pad(1.5), (5 + off_mm, 5)), PLATED) == ring


def test_a_clear_flash_is_no_pad():
    pads = flashes(round_pad(1.5), (5, 5))
    antipad = replace(pads, flashes=replace(pads.flashes, level=np.ones(1, dtype=np.int64)))

    assert ring_mm(antipad, PLATED) is None


def test_where_plating_is_known_only_plated_holes_have_rings():
    pads = flashes(round_pad(1.2), (5, 5), (9, 9))

    assert ring_mm(pads, PLATED, drilled((9, 9, 1.19), plated=False)) == pytest.approx(0.1)


def test_where_plating_is_not_known_every_hole_counts():
    assert ring_mm(flashes(round_pad(1.2), (5, 5)), drilled((5, 5, 1.0))) == pytest.approx(0.1)


def test_a_hole_of_unknown_size_has_no_ring():
    assert ring_mm(flashes(round_pad(1.2), (5, 5)), drilled((5, 5, np.nan), plated=True)) is None


def test_a_board_without_holes_has_no_ring():
    assert ring_mm(flashes(round_pad(1.2), (5, 5))) is None


def test_two_sizes_in_one_place_are_two_holes():
    assert len(holes((drilled((1, 1, 0.3), (1, 1, 0.8)),)).x_mm) == 2


@pytest.mark.parametrize(("apart_mm", "count"), [(0.0, 1), (0.002, 1), (0.05, 2)])
def test_two_files_may_round_the_same_hole_differently(apart_mm, count):
    assert len(holes((drilled((1, 1, 0.3)), drilled((1 + apart_mm, 1, 0.3)))).x_mm) == count


def test_holes_keep_the_order_of_the_files():
    found = holes((drilled((9, 9, 1.0), (1, 1, 1.0)), drilled((5, 5, 1.0))))

    assert found.x_mm.tolist() == [9, 1, 5]


@pytest.mark.parametrize(
    ("one", "other", "plating"), [(None, True, 1), (True, None, 1), (None, False, 0), (False, True, 1)]
)
def test_of_two_files_the_one_that_knows_more_is_believed(one, other, plating):
    assert holes((drilled((1, 1, 1.0), plated=one), drilled((1, 1, 1.0), plated=other))).plating.tolist() == [plating]


def test_no_files_have_no_holes():
    assert (len(holes(()).x_mm), len(slots(()).rows), drills(())) == (0, 0, None)


def test_a_slot_of_two_files_is_one():
    one = drilled(slots=[(0, 0, 3, 0, 1.0)], plated=True)

    assert len(slots((one, one)).rows) == 1


def test_a_routed_path_is_one_slot_by_its_first_cut():
    path = replace(drilled(slots=[(0, 0, 3, 0, 1.0), (3, 0, 3, 3, 1.0)]), paths=np.array([7, 7]))

    assert slots((path,)).rows[:, :4].tolist() == [[0, 0, 3, 0]]
    assert path.count == 1


def test_sizes_that_differ_by_rounding_are_one_size():
    found = drills((drilled((1, 1, 0.3), (2, 2, 0.3000001), (3, 3, 0.4)),))

    assert (found.sizes, found.smallest_mm) == (2, 0.3)


def test_a_slot_counts_among_the_sizes_and_the_plated():
    found = drills((drilled((1, 1, 0.3), slots=[(0, 0, 3, 0, 0.2)], plated=True),))

    assert (found.hits, found.plated, found.slots, found.smallest_mm) == (2, 2, 1, 0.2)


def test_holes_drawn_as_gerber_of_several_sizes_and_shapes():
    places = np.array([1.0, 2.0, 3.0])
    art = Artwork(
        (round_pad(0.3), round_pad(1.0), square_pad(2)), Flashes(places, places, np.arange(3), np.zeros(3, dtype=int))
    )

    assert holes_drawn_as_gerber(art).diameter_mm.tolist() == [0.3, 1.0]


def test_a_drill_layer_that_does_not_say_its_plating_does_not_know_it():
    odd = replace(flashes(round_pad(1.0), (1, 1)), attributes={".FileFunction": ("Drillmap",)})

    assert holes_drawn_as_gerber(odd).plated is None


def test_the_bounds_of_holes_reach_to_the_ends_of_slots():
    assert drilled((1, 1, 0.3), slots=[(0, 0, 5, 7, 1.0)]).bounds_mm() == (0, 0, 5, 7)


place = st.tuples(st.integers(0, 30), st.integers(0, 30), st.sampled_from([0.3, 0.8, 3.2]))


@given(st.lists(place, max_size=30), st.lists(place, max_size=30))
def test_holes_of_two_files_are_those_of_both_each_once(one, other):
    together = holes((drilled(*map(tuple, one)), drilled(*map(tuple, other))))

    assert len(together.x_mm) == len({*one, *other})


@given(st.lists(place, min_size=1, max_size=30), st.floats(-200, 200), st.floats(-200, 200))
def test_moving_a_board_changes_no_count(found, x, y):
    here, there = drilled(*found), drilled(*((a + x, b + y, size) for a, b, size in found))

    assert drills((here,)).sizes == drills((there,)).sizes
    assert abs(drills((here,)).hits - drills((there,)).hits) == 0


@given(st.lists(st.floats(0.05, 3), min_size=1, max_size=10))
def test_the_thinnest_track_is_the_least_of_all(widths):
    pens = tuple(round_pad(width) for width in widths)
    count = len(widths)
    across = 5.0 * np.arange(count)
    rows = np.column_stack((across, np.zeros(count), across, np.ones(count)))
    draws = Draws(rows, np.zeros((count, 2)), np.zeros(count), np.arange(count), np.zeros(count, dtype=int))

    assert thinnest(Artwork(pens, draws=draws)) == round(min(widths), 4)
