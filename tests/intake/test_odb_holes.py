"""Drill and rout layers of ODB++ jobs: holes, slots, plating by every way to say it, and which layers they join."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from odb_jobs_made import COPPER, files, matrix, members

from portal.board.measure import measure
from portal.intake.odb import read_odb

HEAD = "UNITS=MM\n$0 r300\n$1 oval2000x1000\n$2 s500\n$3 rect3000x1000\n$4 fancy\n$5 r0\n@0 .drill\n@1 .rout_plated\n"


def board_of(records, *, rout="", tools="", head=HEAD, **more):
    texts = files(drill=head + records, rout=rout) | {"steps/pcb/layers/drill/tools": tools, **more}
    return read_odb(members(texts), name="odbjob")


def holes(records, **more):
    [hits] = board_of(records, **more).stack.drills
    return hits


def tool(number, kind, *, more=""):
    return f"TOOLS {{\n  NUM={number}\n  TYPE={kind}\n  FINISH_SIZE=12\n{more}}}\n"


@pytest.mark.parametrize(("unit", "mm"), [("MM", 1.0), ("INCH", 25.4)])
def test_a_hole_lies_and_measures_in_the_unit_of_its_layer(unit, mm):
    hits = holes("P 1 2 0 P 0 8 0\n", head=f"UNITS={unit}\n$0 r100\n")

    assert (hits.x_mm[0], hits.y_mm[0], hits.diameter_mm[0]) == pytest.approx((mm, 2 * mm, 0.1 * mm))


PLATED = [
    *((";0=0", 1), (";0=1", 0), (";0=2", 1), (";0=plated", 1), (";0=non_plated", 0), (";0=via", 1), (";0=PLATED", 1)),
    *((";0=9", -1), (";0", -1), ("", -1), (";5=0", -1), (";0=1;ID=99", 0), (";0=0,3,7=1.5", 1), ("; 0=1 ", 0)),
]


@pytest.mark.parametrize(("said", "plating"), PLATED)
def test_the_attribute_of_a_hole_says_whether_it_is_plated(said, plating):
    assert holes(f"P 10 10 0 P 0 8 0{said}\n").plating_each.tolist() == [plating]


@pytest.mark.parametrize(
    ("said", "plating"),
    [(";1", 1), (";1=1", 1), (";1=0", 0), (";1=no", 0), (";1=N", 0), (";1=yes", 1), (";1=FALSE", 0)],
)
def test_the_attribute_of_a_milled_slot_says_whether_it_is_plated(said, plating):
    assert holes(f"L 10 10 12 10 0 P 0{said}\n").plating_each.tolist() == [plating]


@pytest.mark.parametrize(
    ("kind", "plating"), [("PLATED", 1), ("NON_PLATED", 0), ("VIA", 1), ("via", 1), ("LASER", -1), ("", -1)]
)
def test_where_the_hole_is_silent_its_tool_speaks(kind, plating):
    tools = tool(1, "PLATED") + tool(7, kind) + tool(8, "NON_PLATED")

    assert holes("P 10 10 0 P 7 8 0\n", tools=tools).plating_each.tolist() == [plating]


@pytest.mark.parametrize("number", ["x", "", "1.5", "-3"])
def test_a_tool_without_a_number_is_nobodys(number):
    tools = tool(number, "NON_PLATED") + tool(1, "PLATED")

    assert holes("P 10 10 0 P 1 8 0\n", tools=tools).plating_each.tolist() == [1]


@pytest.mark.parametrize("tools", ["", "UNITS=MM\nTHICKNESS=1.6\n", "TOOLS {", b"\x1f\x9d\x90\xff", "TYPE=PLATED\n"])
def test_tools_that_say_nothing_leave_plating_unknown(tools):
    assert holes("P 10 10 0 P 1 8 0\n", tools=tools).plating_each.tolist() == [-1]


@pytest.mark.parametrize(
    ("orientation", "ends"),
    [
        ("0", (9.5, 10, 10.5, 10)),
        ("1", (10, 9.5, 10, 10.5)),
        ("2", (9.5, 10, 10.5, 10)),
        ("8 90", (10, 9.5, 10, 10.5)),
        ("9 0", (9.5, 10, 10.5, 10)),
        ("8 45", (10 - 0.125**0.5, 10 - 0.125**0.5, 10 + 0.125**0.5, 10 + 0.125**0.5)),
    ],
)
def test_a_long_hole_is_a_slot_that_turns_with_its_symbol(orientation, ends):
    [x0, y0, x1, y1, width] = holes(f"P 10 10 1 P 0 {orientation}\n").slots[0].tolist()

    assert (*sorted((x0, x1)), *sorted((y0, y1))) == pytest.approx((ends[0], ends[2], ends[1], ends[3]))
    assert width == pytest.approx(1)


@pytest.mark.parametrize(("symbol", "length", "width"), [(1, 1, 1), (3, 2, 1)])
def test_a_slot_is_as_long_as_its_symbol_less_its_width(symbol, length, width):
    [x0, _, x1, _, found] = holes(f"P 10 10 {symbol} P 0 8 0\n").slots[0].tolist()

    assert (abs(x1 - x0), found) == pytest.approx((length, width))


def test_a_scaled_hole_is_larger():
    hits = holes("P 10 10 -1 0 2.5 P 0 8 0\nP 20 10 -1 1 2 P 0 8 0\n")

    assert hits.diameter_mm.tolist() == pytest.approx([0.75])
    assert (abs(hits.slots[0, 2] - hits.slots[0, 0]), hits.slots[0, 4]) == pytest.approx((2, 2))


def test_a_square_hole_is_counted_by_its_width():
    assert holes("P 10 10 2 P 0 8 0\n").diameter_mm.tolist() == [0.5]


def test_a_hole_of_an_unknown_symbol_has_an_unknown_size_and_is_asked_about():
    board = board_of("P 10 10 4 P 0 8 0\n")

    assert np.isnan(board.stack.drills[0].diameter_mm).all()
    assert [finding.code for finding in board.findings] == ["odb-symbol-unknown"]


@pytest.mark.parametrize(
    ("records", "slots"),
    [
        ("L 10 10 12 10 0 P 0\nL 12 10 14 10 0 P 0\n", 1),
        ("L 10 10 12 10 0 P 0\nL 12 10 12 14 0 P 0\nL 12 14 20 14 0 P 0\n", 1),
        ("L 10 10 12 10 0 P 0\nL 30 10 32 10 0 P 0\n", 2),
        ("L 10 10 12 10 0 P 0\nL 12 10 14 10 2 P 0\n", 2),
        ("L 10 10 12 10 5 P 0\n", 0),
    ],
    ids=["on in line", "round a corner", "apart", "of another width", "of no width"],
)
def test_strokes_that_follow_each_other_are_one_slot(records, slots):
    assert holes(f"P 1 1 0 P 0 8 0\n{records}").count == 1 + slots


def test_an_arc_is_a_slot_too():
    assert holes("A 10 10 14 10 12 10 0 P 0 Y\n").count == 1


@pytest.mark.parametrize(
    "record", ["P 10 ten 0 P 0 8 0", "P 10 10", "L 1 2 3", "P 10 10 0 X 0 8 0", "P nan 1 0 P 0 8 0"]
)
def test_a_broken_hole_is_left_out_and_asked_for(record):
    hits = holes(f"{record}\nP 20 20 0 P 0 8 0\n")

    assert (hits.count, [finding.code for finding in hits.findings]) == (1, ["odb-unread"])


def test_holes_beyond_any_board_stop():
    board = board_of("P 10 9e5 0 P 0 8 0\n")

    assert [(f.severity.value, f.code, f.where) for f in board.findings] == [
        ("stop", "layer-beyond", "odbjob/steps/pcb/layers/drill/features")
    ]
    assert board.stack.drills == ()


EDGE = "UNITS=MM\n$0 r2000\n@0 .rout_plated\n"
WAYS = ("0 0 0 50", "0 50 80 50", "80 50 80 0", "80 0 0 0")


@pytest.mark.parametrize("offset", ["on the edge", "beside it"])
def test_the_way_round_the_board_is_no_slot(offset):
    ways = WAYS if offset == "on the edge" else ("-1 -1 -1 51", "-1 51 81 51", "81 51 81 -1", "81 -1 -1 -1")

    board = board_of("P 1 1 0 P 0 8 0\n", rout=EDGE + "".join(f"L {way} 0 P 0\n" for way in ways))

    assert [hits.count for hits in board.stack.drills] == [1]


def test_a_milled_slot_in_the_board_is_routed():
    board = board_of("P 1 1 0 P 0 8 0\n", rout=f"{EDGE}L 20 20 30 20 0 P 0\n")

    assert [(hits.count, hits.routed.tolist()) for hits in board.stack.drills] == [(1, []), (1, [True])]
    assert measure(board.stack)[0].drills.routed == 1


def spans(*, ends):
    drills = {f"d{at}": f"  START_NAME={first}\n  END_NAME={last}\n" for at, (first, last) in enumerate(ends)}
    text = matrix((*((f"l{n}", "SIGNAL") for n in (1, 2, 3, 4)), *((name, "DRILL") for name in drills)))
    for name, said in drills.items():
        text = text.replace(f"  NAME={name.upper()}\n", f"  NAME={name.upper()}\n{said}")
    layers = {f"l{n}": COPPER for n in (1, 2, 3, 4)} | dict.fromkeys(drills, f"{HEAD}P 10 10 0 P 0 8 0\n")
    board = read_odb(members(files(**layers) | {"matrix/matrix": text}), name="odbjob")
    return [hits.span for hits in board.stack.drills]


def test_blind_buried_and_through_holes_know_their_layers():
    assert spans(ends=[("L1", "L4"), ("L1", "L2"), ("L2", "L3"), ("L4", "L3")]) == [None, (1, 2), (2, 3), (3, 4)]


@given(places=st.lists(st.tuples(st.integers(1, 79), st.integers(1, 49)), max_size=20))
def test_every_hole_that_is_written_is_counted_once(places):
    records = "".join(f"P {x} {y} 0 P 0 8 0;0={x % 3}\n" for x, y in places)

    hits = holes(records)

    assert hits.count == len(places)
    assert hits.plating_each.tolist() == [int(x % 3 != 1) for x, _ in places]
