"""Copper that reaches beyond the board: rails, frames and targets; and what the customer may choose instead."""

from dataclasses import replace

import numpy as np
import pytest
from stacks import copper_layer, flashes, frame, outline_layer, ring, round_pad, stack, strokes

from portal.board.artwork import Artwork
from portal.board.design import OutlineKind, Severity
from portal.board.edge_choices import outline_candidates
from portal.board.enclosing import holds, things, usual_box
from portal.board.outline import outline

RNG = np.random.default_rng(3)
PADS = [tuple(map(float, point)) for point in RNG.uniform(1, 59, (400, 2)) * (1, 0.5)]
RAIL_MARKS = [(-6.0, -6.0), (66.0, -6.0), (-6.0, 36.0)]
BOARD, RAILS = ring(0, 0, 60, 30), ring(-9, -9, 69, 39)


def size_of(*layers):
    box = outline(stack(*layers)).box
    return round(box[2] - box[0], 2), round(box[3] - box[1], 2)


def codes_of(*layers):
    return {finding.code for finding in outline(stack(*layers)).findings}


def pads(*more, number=1):
    return copper_layer(flashes(round_pad(0.5), *PADS, *more), number)


def test_the_board_in_rails_is_the_board_though_fiducials_stand_on_the_rails():
    layers = pads(*RAIL_MARKS), outline_layer(strokes(*BOARD, *RAILS))

    assert size_of(*layers) == (60, 30)
    assert "outline-frame" in codes_of(*layers)


def test_a_keep_out_near_the_edge_is_not_the_board():
    corners = [(0.6, 0.6), (59.4, 0.6), (0.6, 29.4)]

    assert size_of(pads(*corners), outline_layer(strokes(*BOARD, *ring(2, 2, 58, 28)))) == (60, 30)


def test_an_area_that_holds_only_a_part_of_the_copper_is_not_the_board():
    assert size_of(pads(), outline_layer(strokes(*BOARD, *ring(10, 5, 50, 25)))) == (60, 30)


@pytest.mark.parametrize("framed", [1, 2])
def test_a_drawing_frame_on_plane_films_does_not_make_the_board_larger(framed):
    film = flashes(round_pad(0.5), *PADS)
    sheet = replace(film, draws=strokes(*ring(-100, -100, 300, 200)).draws, apertures=(round_pad(0.5), round_pad(0.2)))
    films = [copper_layer(sheet if number < framed else film, number + 1) for number in range(4)]

    assert size_of(*films, outline_layer(strokes(*BOARD))) == (60, 30)


def test_a_sheet_with_its_title_block_on_every_film_is_not_the_board_and_it_is_asked():
    """“Plot border and title block”: the copper itself reaches to the edge of the paper then."""
    sheet = ring(-20, -20, 240, 176)
    film = replace(flashes(round_pad(0.5), *PADS), draws=strokes(*sheet).draws, apertures=(round_pad(0.5),))
    layers = copper_layer(film, 1), copper_layer(film, 2), outline_layer(strokes(*BOARD, *sheet))

    assert size_of(*layers) == (60, 30)
    assert [(one.code, one.severity) for one in outline(stack(*layers)).findings] == [("outline-frame", Severity.ASK)]


def test_a_contour_beside_which_a_pad_lies_is_no_board():
    film = replace(pads((200.0, 90.0)).artwork, draws=strokes(*ring(-20, -20, 240, 176)).draws)

    assert size_of(copper_layer(film), outline_layer(strokes(*BOARD, *ring(-20, -20, 240, 176)))) == (260, 196)


def test_without_an_outline_the_usual_film_stands_in():
    film = flashes(round_pad(0.5), *PADS)
    sheet = replace(film, draws=strokes(*ring(-100, -100, 300, 200)).draws, apertures=(round_pad(0.5), round_pad(0.2)))
    found = outline(stack(*(copper_layer(sheet if number == 2 else film, number) for number in range(1, 6))))

    assert found.kind is OutlineKind.ASSUMED
    assert found.box[2] - found.box[0] < 60


def test_every_outline_file_is_a_choice_with_what_it_would_make_of_the_board():
    small, large = outline_layer(strokes(*BOARD)), replace(outline_layer(strokes(*RAILS)), file="frame.gm2")
    one, other = outline_candidates(stack(pads(), small, large))

    assert (one.width_mm, one.height_mm, one.is_closed, one.is_taken) == (60, 30, True, True)
    assert (other.file, other.width_mm, other.height_mm, other.is_taken) == ("frame.gm2", 78, 48, False)


def chosen_sizes(*layers, **said):
    return [(edge.width_mm, edge.height_mm) for edge in outline_candidates(replace(stack(*layers), **said))]


def test_each_contour_of_a_file_is_a_choice_the_largest_first_and_once():
    layers = pads(), outline_layer(strokes(*BOARD, *RAILS, *BOARD))

    assert chosen_sizes(*layers) == [(78, 48), (60, 30)]
    assert [edge.is_taken for edge in outline_candidates(stack(*layers))] == [False, True]


def test_a_cut_out_and_a_title_block_beside_the_board_are_no_choices():
    assert chosen_sizes(pads(), outline_layer(strokes(*BOARD, *ring(5, 5, 9, 9), *ring(90, 0, 140, 30)))) == [(60, 30)]


def test_the_edge_that_was_chosen_is_the_board_without_another_question():
    board = replace(stack(pads(), outline_layer(strokes(*BOARD, *RAILS))), edge_box=(-9, -9, 69, 39))
    found = outline(board)

    assert (found.box, found.findings) == ((-9, -9, 69, 39), ())
    assert [edge.is_taken for edge in outline_candidates(board)] == [True, False]


def test_a_chosen_edge_that_is_no_longer_there_is_not_missed():
    board = replace(stack(pads(), outline_layer(strokes(*BOARD))), edge_box=(0, 0, 61, 30))

    assert outline(board).box == (0, 0, 60, 30)


def test_a_cut_out_stays_one_whichever_edge_is_chosen():
    hole = ring(25.2, 10.2, 25.8, 10.8)
    bare = copper_layer(flashes(round_pad(0.5), (1, 1), (59, 29)))
    board = replace(stack(bare, outline_layer(strokes(*BOARD, *RAILS, *ring(20, 8, 30, 14), *hole))))

    assert len(outline(replace(board, edge_box=(0, 0, 60, 30))).rings) == 2


def test_a_choice_says_where_it_lies_by_its_corners():
    [choice] = outline_candidates(stack(pads(), outline_layer(strokes(*BOARD))))

    assert choice.box_mm == (0, 0, 60, 30)
    assert set(choice.contour) == {(0, 0), (60, 0), (60, 30), (0, 30)}


def test_a_round_edge_is_drawn_with_few_corners():
    turn = np.linspace(0, 2 * np.pi, 20_001)
    x, y = 30 + 40 * np.cos(turn), 15 + 40 * np.sin(turn)
    lines = np.column_stack((x[:-1], y[:-1], x[1:], y[1:])).tolist()
    [choice] = outline_candidates(stack(pads(), outline_layer(strokes(*lines))))

    assert 20 < len(choice.contour) <= 400


def test_at_most_six_contours_of_a_file_are_offered():
    frames = [side for at in range(12) for side in ring(-2 - 3 * at, -2 - 3 * at, 62 + 3 * at, 32 + 3 * at)]

    assert len(chosen_sizes(pads(), outline_layer(strokes(*frames)))) in {6, 7}


def test_an_open_outline_is_a_choice_too():
    [choice] = outline_candidates(stack(pads(), outline_layer(strokes(*BOARD[:3]))))

    assert (choice.width_mm, choice.is_closed) == (60, False)


def test_a_file_that_does_not_fit_the_copper_is_no_choice():
    assert outline_candidates(stack(pads(), outline_layer(frame(200, 200, 205, 205)))) == ()


def test_without_outline_files_there_is_no_choice():
    assert outline_candidates(stack(pads())) == ()


def test_a_film_is_known_by_some_hundred_of_its_things():
    assert 400 <= len(things(flashes(round_pad(0.5), *(PADS * 20)))) <= 1_300
    assert len(things(Artwork())) == 0


def test_what_holds_nothing_is_no_board():
    from shapely import box

    film = np.array(PADS)
    assert holds(box(0, 0, 60, 30), [film])
    assert not holds(box(0, 0, 60, 30), [])
    assert not holds(box(0, 0, 30, 30), [film])


@pytest.mark.parametrize(
    ("boxes", "usual"),
    [
        ([], None),
        ([(0, 0, 5, 5)], (0, 0, 5, 5)),
        ([(0, 0, 5, 5), (-9, 0, 5, 9)], (-9, 0, 5, 9)),
        ([(0, 0, 5, 5)] * 3 + [(-90, -90, 90, 90)], (0, 0, 5, 5)),
        ([(0, 0, 5, 5)] * 3 + [(-90, -90, 90, 90)] * 3, (0, 0, 5, 5)),
    ],
)
def test_the_usual_box_is_of_the_most_films_where_there_are_many(boxes, usual):
    assert usual_box(boxes) == usual
