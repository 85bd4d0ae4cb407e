"""Whatever stands in a KiCad board: it is read, or refused with what to do, and the films hold what was drawn."""

import re
from contextlib import suppress

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from kicad_texts import FOUR, KICAD_4, KICAD_5, KICAD_9, RESISTOR_PADS, copper, footprint, named, read, text

from portal.board.design import FileRole
from portal.board.measure import measure
from portal.intake.kicad_pcb import read_kicad_pcb
from portal.intake.s_expressions import Damaged

WHOLE = text(
    "(gr_line (start 0 0) (end 50 0) (width 0.1) (layer Edge.Cuts))",
    "(gr_arc (start 50 5) (end 50 0) (angle 90) (width 0.1) (layer Edge.Cuts))",
    "(segment (start 1 1) (end 9 1) (width 0.2) (layer F.Cu) (net 1))",
    "(arc (start 1 1) (mid 5 5) (end 9 1) (width 0.2) (layer B.Cu) (net 1))",
    "(via blind (at 9 1) (size 0.6) (drill 0.3) (layers F.Cu In1.Cu) (net 1) (remove_unused_layers))",
    "(zone (net 1) (layers F.Cu B.Cu) (min_thickness 0.2) (fill yes)",
    "(filled_polygon (layer F.Cu) (pts (xy 0 0) (xy 9 0) (xy 9 9))))",
    footprint(named("R1"), RESISTOR_PADS, at="10 10 90"),
    footprint(
        named("J1"),
        "(pad 1 thru_hole custom (at 0 0 45) (size 2 1) (drill oval 1 0.5 (offset 1 0)) (layers *.Cu *.Mask)",
        "(options (anchor rect)) (primitives (gr_poly (pts (xy 0 0) (xy 1 0) (xy 1 1)) (width 0.1))",
        "(gr_arc (start 0 0) (mid 1 1) (end 2 0) (width 0.1)) (gr_circle (center 0 0) (end 1 0) (width 0))))",
        "(pad 2 np_thru_hole trapezoid (at 5 0) (size 2 2) (rect_delta 0 1) (drill 2) (layers *.Cu *.Mask))",
        "(pad 3 smd roundrect (at 9 0) (size 2 1) (roundrect_rratio 0.2) (layers F.Cu)",
        "(chamfer_ratio 0.2) (chamfer top_left))",
    ),
    layers=FOUR,
).decode()
TOKENS = re.findall(r'\(|\)|"[^"]*"|[^\s()"]+', WHOLE)
WORDS = [at for at, token in enumerate(TOKENS) if token not in "()"]
STRANGE = st.sampled_from(
    [
        *(
            "0",
            "-1",
            "1e4",
            "1e9",
            "nan",
            "0.1",
            "90",
            "no",
            "yes",
            "oval",
            "custom",
            "circle",
            '""',
            '"x y"',
            "Inner1.Cu",
        ),
        *("(at)", "(at 1)", "(pts)", "(pts (xy 1 1))", "(size 0 0)", "(size)", "(drill)", "(drill oval)", "(layers)"),
        *("(layer)", "(layer *.Cu)", "(net)", "(mid 0 0)", "(width)", "(primitives)", "(padstack (layer))", "(fill)"),
        *("(primitives (gr_poly (pts)))", "(version 3)", "(tenting none)", "(attr)", "(property)", "(fp_text)"),
    ]
)


def spoilt(changes: list[tuple[int, str, str]]) -> bytes:
    """The whole board with words changed, left out, or something put before them."""
    tokens = list(TOKENS)
    for at, how, word in changes:
        tokens[at] = {"change": word, "drop": "", "insert": f"{word} {tokens[at]}"}[how]
    return " ".join(tokens).encode()


CHANGES = st.lists(
    st.tuples(st.sampled_from(WORDS), st.sampled_from(["change", "drop", "insert"]), STRANGE), min_size=1, max_size=6
)


@given(changes=CHANGES)
def test_a_spoilt_board_is_read_or_refused(changes):
    with suppress(Damaged):
        assert read_kicad_pcb(spoilt(changes), name="x").tool


@given(cut=st.integers(0, len(WHOLE) - 1))
def test_a_board_that_is_cut_off_anywhere_is_refused(cut):
    with pytest.raises(Damaged):
        read_kicad_pcb(WHOLE[:cut].encode(), name="x")


@given(data=st.binary(max_size=200))
def test_anything_behind_the_first_word_is_read_or_refused(data):
    with suppress(Damaged):
        read_kicad_pcb(b"(kicad_pcb " + data, name="x")


def test_the_board_that_is_spoilt_was_whole():
    board = read_kicad_pcb(WHOLE.encode(), name="x")

    assert len(board.placements) == 2
    assert sum(hits.count for hits in board.stack.drills) == 3
    assert all(np.isfinite(layer.artwork.bounds_mm() or 0).all() for layer in board.stack.layers)


NUMBERS = st.integers(-100_000, 100_000).map(lambda value: value / 1000)
PLACES = st.tuples(NUMBERS, NUMBERS)


@given(at=PLACES, turned=st.integers(-360, 360), version=st.sampled_from([KICAD_4, KICAD_5, KICAD_9]))
def test_the_middle_of_two_pads_is_where_the_part_is(at, turned, version):
    pads = RESISTOR_PADS.replace("(at -0.8 0)", f"(at -0.8 0 {turned})").replace("(at 0.8 0)", f"(at 0.8 0 {turned})")
    board = read(footprint(named("R1"), pads, at=f"{at[0]} {at[1]} {turned}"), version=version)
    flashes, [place] = copper(board).flashes, board.placements

    assert np.allclose((flashes.x.mean(), flashes.y.mean()), (place.x_mm, place.y_mm), atol=1e-5)
    assert np.allclose(np.hypot(np.ptp(flashes.x), np.ptp(flashes.y)), 1.6)


@given(start=PLACES, end=PLACES, width=st.integers(1, 5000).map(lambda value: value / 1000))
def test_every_track_is_as_long_and_wide_as_it_was_drawn(start, end, width):
    track = f"(segment (start {start[0]} {start[1]}) (end {end[0]} {end[1]}) (width {width}) (layer F.Cu) (net 1))"
    artwork = copper(read(track))

    assert artwork.draws.ends.tolist() == [[start[0], -start[1], end[0], -end[1]]]
    assert artwork.apertures[artwork.draws.aperture[0]].diameter_mm == width


@given(move=PLACES)
def test_a_board_that_is_moved_on_its_sheet_is_the_same_board(move):
    def moved(x: float, y: float) -> str:
        return f"{round(x + move[0], 3)} {round(y + move[1], 3)}"

    edge = f"(gr_rect (start {moved(0, 0)}) (end {moved(50, 30)}) (width 0.1) (layer Edge.Cuts))"
    board = read(edge, footprint(named("R1"), RESISTOR_PADS, at=moved(20, 15)))

    measured, _ = measure(board.stack)
    assert np.allclose((measured.width_mm, measured.height_mm), (50, 30))


@given(points=st.lists(PLACES, min_size=3, max_size=30))
def test_every_corner_of_a_filled_area_is_kept(points):
    corners = " ".join(f"(xy {x} {y})" for x, y in points)
    zone = f"(zone (net 1) (layer F.Cu) (filled_areas_thickness no) (fill yes) (filled_polygon (pts {corners})))"
    regions = copper(read(zone)).regions

    assert regions.points.tolist() == [[x, -y] for x, y in points]
    assert regions.starts.tolist() == [0, len(points)]


@given(count=st.integers(1, 20))
def test_every_layer_and_hole_counts_each_part_once(count):
    parts = [footprint(named(f"R{number}"), RESISTOR_PADS, at=f"{3 * number} 0") for number in range(count)]
    board = read(*parts)

    pasted = next(layer for layer in board.stack.layers if layer.role is FileRole.PASTE)
    assert (len(copper(board).flashes), len(pasted.artwork.flashes)) == (2 * count, 2 * count)
    assert sum(line.per_board for line in board.lines) == len(board.placements) == count
