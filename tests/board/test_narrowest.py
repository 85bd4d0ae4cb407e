"""What is narrowest of each kind is told with its file and its place, and how deep the holes of each file go."""

from dataclasses import replace

import pytest
from boards import made, pad, together, track
from stacks import copper_layer, drilled, stack

from portal.board.design import Narrowest, Span
from portal.board.measure import measure
from portal.board.spots import Spots


def gap(board, what):
    [found] = [one for one in board.gaps if one.what == what]
    return found


def test_each_kind_of_gap_is_told_with_its_own_narrowest_place():
    board = made(together(pad(4, 4), pad(5.2, 4), track(8, 10, 12, 10), track(8, 10.5, 12, 10.5)))

    assert gap(board, "pad to pad") == Narrowest("pad to pad", 0.2, "L1.gbr", (4.5, 4.0, 4.7, 4.0))
    assert gap(board, "track to track") == Narrowest("track to track", 0.3, "L1.gbr", (8.0, 10.1, 8.0, 10.4))


def test_the_way_to_the_edge_and_to_holes_is_a_gap_too():
    board = made(together(pad(0.8, 10), track(11.3, 8, 11.3, 12)), drills=[drilled((10, 10, 2.0), plated=False)])

    assert gap(board, "copper to edge").mm == pytest.approx(0.3)
    assert gap(board, "hole to copper").mm == pytest.approx(0.2)


def test_what_comes_nowhere_near_is_not_there():
    assert made(pad(10, 10)).gaps == ()


def test_each_layer_has_its_own_thinnest_ring():
    hole = drilled((10, 10, 1.0), plated=True)
    board = made(pad(10, 10, 1.6), pad(10, 10, 1.4), drills=[hole])

    assert [(ring.file, ring.mm) for ring in board.rings] == [("L1.gbr", 0.3), ("L2.gbr", 0.2)]


def test_a_layer_without_pads_on_holes_has_no_ring():
    board = made(pad(10, 10, 1.6), pad(4, 4), drills=[drilled((10, 10, 1.0), plated=True)])

    assert [ring.file for ring in board.rings] == ["L1.gbr"]


def test_nothing_has_no_narrowest():
    assert list(Spots().narrowest("track")) == []


def spans(*files):
    board, _ = measure(stack(copper_layer(pad(5, 5)), drills=files))
    return board.drills.spans


def reaching(first, last, *holes):
    return replace(drilled(*holes, plated=True), span=(first, last))


def test_blind_and_buried_holes_are_counted_by_the_layers_they_join():
    through, blind, buried = (
        reaching(1, 4, (1, 1, 0.3), (2, 1, 0.3)),
        reaching(1, 2, (3, 1, 0.1)),
        reaching(2, 3, (4, 1, 0.2)),
    )

    assert spans(through, blind, buried) == (Span(1, 2, 1), Span(1, 4, 2), Span(2, 3, 1))


def test_two_files_of_the_same_layers_are_counted_together():
    assert spans(reaching(1, 2, (3, 1, 0.1)), reaching(1, 2, (5, 1, 0.15), (6, 1, 0.15))) == (Span(1, 2, 3),)


def test_where_no_file_says_how_deep_it_drills_nothing_is_said():
    assert spans(drilled((1, 1, 0.3), plated=True)) == ()
