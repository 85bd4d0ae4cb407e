"""The drawing records of ODB++: pads, lines, arcs, surfaces, and what stands in their way."""

import numpy as np
import pytest
from odb_jobs_made import files, members

from portal.board.design import FileRole, Side
from portal.board.shapes import signed_area
from portal.intake.odb import read_odb


def drawn(records, *, symbols="$0 r1000\n$1 rect2000x1000\n$2 r200\n", units="UNITS=MM\n", **more):
    texts = files(top=f"{units}{symbols}{records}", **more) | {"steps/pcb/profile": None}
    board = read_odb(members(texts), name="odbjob")
    [layer] = [each for each in board.stack.layers if each.role is FileRole.COPPER and each.side is Side.TOP]
    return layer.artwork, board.findings


def artwork(records, **more):
    return drawn(records, **more)[0]


def box_of(art, flash=0):
    return np.round(art.apertures[art.flashes.aperture[flash]].box, 6).tolist()


def test_a_pad_lies_where_it_is_said():
    art = artwork("P 10.5 -20 0 P 0 8 0\n")

    assert (art.flashes.x[0], art.flashes.y[0]) == (10.5, -20)
    assert art.apertures[art.flashes.aperture[0]].diameter_mm == 1


def test_a_file_in_inch_has_its_symbols_in_mil():
    art = artwork("P 1 2 0 P 0 8 0\n", symbols="$0 r10\n", units="U INCH\n")

    assert art.flashes.x[0] == 25.4
    assert art.apertures[art.flashes.aperture[0]].diameter_mm == pytest.approx(0.254)


@pytest.mark.parametrize(("unit", "diameter"), [("I", 0.254), ("M", 0.01)])
def test_a_symbol_may_say_its_own_unit(unit, diameter):
    art = artwork("P 1 2 0 P 0 8 0\n", symbols=f"$0 r10 {unit}\n")

    assert art.apertures[art.flashes.aperture[0]].diameter_mm == pytest.approx(diameter)


@pytest.mark.parametrize(("orientation", "size"), [("0", (2, 1)), ("1", (1, 2)), ("6", (2, 1)), ("7", (1, 2))])
def test_a_pad_is_turned_by_quarters(orientation, size):
    x0, y0, x1, y1 = box_of(artwork(f"P 5 5 1 P 0 {orientation}\n"))

    assert (x1 - x0, y1 - y0) == size


def test_a_pad_is_turned_clockwise_by_any_angle():
    art = artwork("P 5 5 0 P 0 8 30\n", symbols="$0 tri2000x1000\n")

    tip = art.apertures[art.flashes.aperture[0]].rings[0][2]
    assert tip == pytest.approx((0.5 * np.sin(np.radians(30)), 0.5 * np.cos(np.radians(30))))


def test_a_mirrored_pad_is_mirrored_before_it_is_turned():
    flat_left = "$0 oval_h2000x1000\n"

    assert box_of(artwork("P 5 5 0 P 0 9 90\n", symbols=flat_left)) == [-0.5, -1, 0.5, 1]
    assert signed_area(artwork("P 5 5 0 P 0 4\n", symbols=flat_left).apertures[0].rings[0]) > 0


def test_a_scaled_pad_is_larger():
    assert box_of(artwork("P 5 5 -1 1 2.0 P 0 8 0\n")) == [-2, -1, 2, 1]


def test_a_line_is_a_stroke_of_its_symbol():
    art = artwork("L 1 2 3 4 2 P 0\n")

    assert art.draws.ends.tolist() == [[1, 2, 3, 4]]
    assert art.apertures[art.draws.aperture[0]].pen_mm == pytest.approx(0.2)


@pytest.mark.parametrize(("clockwise", "sweep"), [("Y", -np.pi / 2), ("N", 3 * np.pi / 2)])
def test_an_arc_turns_the_way_it_is_said(clockwise, sweep):
    art = artwork(f"A 0 10 10 0 0 0 2 P 0 {clockwise}\n")

    assert art.draws.sweep[0] == pytest.approx(sweep)
    assert art.draws.centres.tolist() == [[0, 0]]


def test_an_arc_from_a_point_to_itself_is_a_circle():
    assert abs(artwork("A 10 0 10 0 0 0 2 P 0 Y\n").draws.sweep[0]) == pytest.approx(2 * np.pi)


SQUARE = "OB 0 0 I\nOS 0 10\nOS 10 10\nOS 10 0\nOS 0 0\nOE\n"
HOLE = "OB 4 4 H\nOS 6 4\nOS 6 6\nOS 4 6\nOS 4 4\nOE\n"


def test_a_surface_is_filled_without_its_holes():
    art = artwork(f"S P 0\n{SQUARE}{HOLE}SE\n")

    assert abs(art.regions.signed_areas_mm2()) == pytest.approx(96)
    assert set(art.regions.level) == {0}


def test_each_island_has_its_own_holes():
    right = SQUARE.replace(" 10\n", " 1\n").replace("10 ", "30 ").replace("0 0", "20 0").replace("0 1\n", "20 1\n")

    art = artwork(f"S P 0\n{SQUARE}{HOLE}{right}SE\n")

    assert len(art.regions) == 2


def test_a_surface_with_round_corners_has_chords_for_them():
    art = artwork("S P 0\nOB 0 0 I\nOS 10 0\nOC 0 0 5 0 N\nOE\nSE\n")

    assert abs(art.regions.signed_areas_mm2()[0]) == pytest.approx(np.pi * 25 / 2, rel=1e-3)


def test_a_surface_that_takes_away_comes_after_what_it_cuts():
    art = artwork(f"P 5 5 0 P 0 8 0\nS N 0\n{SQUARE}SE\nP 5 5 2 P 0 8 0\n")

    assert (art.flashes.level.tolist(), art.regions.level.tolist()) == ([0, 2], [1])


def test_text_is_not_drawn_but_said():
    art, findings = drawn("T 1 1 standard P 0 1 1 1 'ABC' 1\nP 5 5 0 P 0 8 0\n")

    assert len(art.flashes) == 1
    assert [finding.code for finding in art.findings] == ["odb-text"]
    assert not findings


def test_text_counts_when_the_netlist_names_features():
    art = artwork("T 1 1 standard P 0 1 1 1 'ABC' 1\nP 5 5 0 P 0 8 0\n")

    assert art.nets.values == ("VCC",)  # of feature 1, the pad


@pytest.mark.parametrize("line", ["L 1 2 3", "L 1 2 x 4 2 P 0", "P 1 1 0 Q 0 8 0", "A 1 1 2 2 3 3 0 P 0", "S Q 0"])
def test_a_line_that_says_nothing_is_left_out_and_said(line):
    art = artwork(f"{line}\nP 5 5 0 P 0 8 0\n")

    assert len(art.flashes) == 1
    assert [finding.code for finding in art.findings] == ["odb-unread"]


def test_a_surface_that_was_cut_off_does_not_swallow_the_next_pad():
    art = artwork("S P 0\nOB 0 0 I\nOS 0 10\nP 5 5 0 P 0 8 0\n")

    assert len(art.flashes) == 1


def test_a_contour_with_a_broken_number_is_left_out():
    art = artwork(f"S P 0\n{SQUARE.replace('OS 10 10', 'OS 10 ten')}SE\n")

    assert art.is_empty
    assert [finding.code for finding in art.findings] == ["odb-unread"]


def test_windows_line_ends_do_no_harm():
    assert len(artwork("P 5 5 0 P 0 8 0\r\nL 1 2 3 4 2 P 0\r\n").flashes) == 1


def test_an_unknown_symbol_is_left_out_and_asked_about():
    art, findings = drawn("P 5 5 0 P 0 8 0\n", symbols="$0 fancy_pad\n")

    assert art.bounds_mm() == (5, 5, 5, 5)
    assert [(finding.code, "fancy_pad" in finding.message) for finding in findings] == [("odb-symbol-unknown", True)]


def test_a_stencil_symbol_is_taken_as_its_box_and_said():
    art, findings = drawn("P 5 5 0 P 0 8 0\n", symbols="$0 cross3000x2000x500x500x50x50xr\n")

    assert box_of(art) == [-1.5, -1, 1.5, 1]
    assert [finding.code for finding in findings] == ["odb-symbol-box"]


def with_symbol(text, records="P 5 5 0 P 0 8 90\n"):
    texts = files(top=f"UNITS=MM\n$0 Special\n{records}") | {
        "steps/pcb/profile": None,
        "symbols/special/features": text,
    }
    board = read_odb(members(texts), name="odbjob")
    return board.stack.layers[0].artwork, board.findings


def test_a_symbol_of_the_job_is_drawn_and_turned():
    art, findings = with_symbol("UNITS=MM\nS P 0\nOB -2 -1 I\nOS 2 -1\nOS 2 1\nOS -2 1\nOE\nSE\n")

    assert box_of(art) == [-1, -2, 1, 2]
    assert not findings


def test_a_symbol_of_the_job_may_take_away_from_itself():
    art, _ = with_symbol("UNITS=MM\n$0 s4000\n$1 r2000\nP 0 0 0 P 0 8 0\nP 0 0 1 N 0 8 0\n")

    [outer, inner] = art.apertures[art.flashes.aperture[0]].rings
    assert signed_area(outer) == pytest.approx(16)
    assert signed_area(inner) == pytest.approx(-np.pi, rel=0.01)


def test_a_symbol_that_draws_itself_is_not_followed():
    _, findings = with_symbol("UNITS=MM\n$0 special\nP 0 0 0 P 0 8 0\n")

    assert [finding.code for finding in findings] == ["odb-symbol-unknown"]


def test_a_symbol_without_anything_draws_nothing():
    art, findings = with_symbol("UNITS=MM\n")

    assert art.apertures[art.flashes.aperture[0]].rings == ()
    assert not findings


def drills(records, *, rout="", tools="", symbols="$0 r300\n$1 oval2000x1000\n$2 s500\n"):
    texts = files(drill=f"UNITS=MM\n{symbols}@0 .drill\n@1 .rout_plated\n{records}", rout=rout)
    board = read_odb(members(texts | {"steps/pcb/layers/drill/tools": tools}), name="odbjob")
    return board.stack.drills


@pytest.mark.parametrize(("said", "plating"), [(";0=0", 1), (";0=1", 0), (";0=2", 1), ("", -1), (";0=7", -1)])
def test_a_hole_is_plated_as_its_attribute_says(said, plating):
    [hits] = drills(f"P 10 10 0 P 0 8 0{said}\n")

    assert (hits.x_mm[0], hits.diameter_mm[0], hits.plating_each.tolist()) == (10, 0.3, [plating])


def test_where_the_hole_says_nothing_its_tool_does():
    [hits] = drills(
        "P 10 10 0 P 2 8 0\n", tools="TOOLS {\n NUM=1\n TYPE=VIA\n}\nTOOLS {\n NUM=2\n TYPE=NON_PLATED\n}\n"
    )

    assert hits.plating_each.tolist() == [0]


@pytest.mark.parametrize(
    ("kinds", "plating"), [(("PLATED", "VIA"), 1), (("NON_PLATED",), 0), (("PLATED", "NON_PLATED"), -1)]
)
def test_a_hole_without_a_tool_is_plated_where_all_tools_are(kinds, plating):
    tools = "".join(f"TOOLS {{\n NUM={at}\n TYPE={kind}\n}}\n" for at, kind in enumerate(kinds, start=1))

    [hits] = drills("P 10 10 0 P 0 8 0\n", tools=tools)

    assert hits.plating_each.tolist() == [plating]


def test_a_long_symbol_is_a_slot():
    [hits] = drills("P 10 10 1 P 0 8 90\n")

    assert np.round(hits.slots, 6).tolist() == [[10, 10.5, 10, 9.5, 1]]
    assert hits.count == 1


def test_a_square_symbol_is_a_hole_of_its_width():
    assert drills("P 10 10 2 P 0 8 0\n")[0].diameter_mm.tolist() == [0.5]


def test_lines_that_follow_each_other_are_one_slot():
    [hits] = drills("L 10 10 12 10 0 P 0;0=1\nL 12 10 12 14 0 P 0;0=1\nL 30 10 32 10 0 P 0;0=0\n")

    assert (len(hits.slots), hits.count) == (3, 2)
    assert hits.plating_each.tolist() == [0, 0, 1]


def test_routing_along_the_edge_is_no_slot():
    edge = "UNITS=MM\n$0 r2000\n$1 r800\nL -1 0 -1 50 0 P 0\nL 0 0 80 0 1 P 0\n"

    assert [hits.count for hits in drills("P 10 10 0 P 0 8 0\n", rout=edge)] == [1]


def test_routing_within_the_board_is_a_milled_slot():
    [_, hits] = drills("P 10 10 0 P 0 8 0\n", rout="UNITS=MM\n$0 r800\n@0 .rout_plated\nL 20 20 25 20 0 P 0;0\n")

    assert (hits.count, hits.routed.tolist(), hits.plating_each.tolist()) == (1, [True], [1])


def test_a_milled_area_is_said_and_not_counted():
    [_, hits] = drills("P 10 10 0 P 0 8 0\n", rout=f"UNITS=MM\n$0 r800\nS P 0\n{SQUARE}SE\nL 20 20 25 20 0 P 0\n")

    assert hits.count == 1
    assert [(finding.code, finding.where) for finding in hits.findings] == [
        ("odb-pocket", "odbjob/steps/pcb/layers/rout/features")
    ]
