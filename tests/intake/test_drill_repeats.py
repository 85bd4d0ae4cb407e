"""Holes that are counted and not listed: repeats, and patterns as the maker of the machines documents them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.intake.drill import DrillRefused, read_drill

INCH = "M48\nINCH,LZ\nT1C.040\nT2C.052\n%\n"
METRIC = "M48\nMETRIC\nT1C0.8\nT2C1.0\n%\n"


def read(body, head=METRIC):
    return read_drill(f"{head}{body}\nM30\n".encode())


def places(body, head=METRIC):
    hits = read(body, head)
    return sorted((round(x, 3), round(y, 3)) for x, y in zip(hits.x_mm.tolist(), hits.y_mm.tolist(), strict=True))


def codes(body):
    return {finding.code for finding in read(body).findings}


@pytest.mark.parametrize(
    ("body", "holes"),
    [
        ("X1.0Y1.0\nR2X1.0\nR1Y1.0", [(1, 1), (2, 1), (3, 1), (3, 2)]),
        ("X1.0Y1.0\nR2X1.0\nY5.0", [(1, 1), (2, 1), (3, 1), (3, 5)]),
        ("X1.0Y1.0\nR1X1.0\nX9.0Y9.0\nR1X-1.0", [(1, 1), (2, 1), (8, 9), (9, 9)]),
        ("G91\nX1.0Y1.0\nR2X1.0\nY1.0", [(1, 1), (2, 1), (3, 1), (3, 2)]),
    ],
    ids=["a second repeat", "the next coordinate", "full coordinates, as Allegro writes them", "steps"],
)
def test_what_follows_a_repeat_goes_on_from_its_last_hole(body, holes):
    assert places(f"T1\n{body}") == holes


@pytest.mark.parametrize(
    ("body", "holes"),
    [
        ("M02X5.0", [(1, 1), (2, 1), (6, 1), (7, 1)]),
        ("M02X5.0\nM02X5.0", [(1, 1), (2, 1), (6, 1), (7, 1), (11, 1), (12, 1)]),
        ("R2M02X5.0", [(1, 1), (2, 1), (6, 1), (7, 1), (11, 1), (12, 1)]),
        ("R1M02XY5.0", [(1, 1), (1, 6), (2, 1), (2, 6)]),
        ("M02X5.0\nM02\nM02Y5.0", [(1, 1), (1, 6), (2, 1), (2, 6), (6, 1), (7, 1)]),
        ("M02X5.0\nM01\nM02Y5.0", [(1, 1), (1, 6), (2, 1), (2, 6), (6, 1), (6, 6), (7, 1), (7, 6)]),
    ],
    ids=["once", "twice", "a count", "an axis without a number", "counted anew", "nested"],
)
def test_a_pattern_is_copied_as_often_as_it_says(body, holes):
    assert places(f"T1\nM25\nX1.0Y1.0\nX2.0Y1.0\nM01\n{body}\nM08") == holes


def test_a_pattern_leaves_the_holes_before_and_behind_it_alone():
    assert places("T1\nX1.0Y1.0\nM25\nX2.0Y2.0\nM01\nM02X5.0\nM08\nX9.0Y9.0") == [(1, 1), (2, 2), (7, 2), (9, 9)]


def test_repeats_inside_of_a_pattern_are_copied_with_it():
    """Thirteen holes a copy and seven further copies are the 104 that the manual's sample program counts."""
    copied = "\n".join(["M02X002Y002"] * 7)
    hits = read(f"T2\nM25\nX01Y018\nR8Y-001\nR4X001\nM01\n{copied}\nM02\nM08", INCH)

    assert (hits.count, set(hits.diameter_mm.round(4).tolist())) == (104, {1.3208})


def test_a_panel_of_two_tools_keeps_the_size_of_each_hole():
    hits = read("M25\nT1\nX1.0Y1.0\nT2\nX2.0Y1.0\nM01\nM02X10.0\nM08")

    assert hits.diameter_mm[hits.x_mm.argsort()].tolist() == [0.8, 1.0, 0.8, 1.0]


def test_a_pattern_that_is_counted_is_no_question():
    assert codes("T1\nM25\nX2.0Y1.0\nM01\nM02X5.0Y5.0\nM08") == set()


@pytest.mark.parametrize(
    "body",
    [
        "M25\nX2.0Y1.0\nM01\nM02X5.0M80\nM08",
        "M25\nX2.0Y1.0\nM01\nM02X5.0Y5.0M70\nM08",
        "G83\nX2.0Y1.0\nX4.0Y1.0\nG05",
        "X9.0Y4.0G84X0.5",
        "M97,LOT4\nX1.0Y3.0",
        "X2.0Y1.0\nP2X5.0",
    ],
    ids=["mirrored", "turned", "eight pins", "a circle", "letters", "a stored pattern"],
)
def test_patterns_that_only_the_machine_knows_are_a_question(body):
    assert codes(f"T1\nX1.0Y1.0\n{body}\nX3.0Y3.0") == {"drill-pattern"}


@pytest.mark.parametrize("line", ["M09X9.0Y9.0", "M06X9.0Y9.0", "G04X5.0", "M30X9.0Y9.0", "G93X9.0Y9.0"])
def test_where_the_table_waits_there_is_no_hole(line):
    assert places(f"T1\nX1.0Y1.0\n{line}") == [(1, 1)]


def test_a_pattern_of_a_billion_copies_is_refused():
    with pytest.raises(DrillRefused) as refused:
        read("T1\nM25\nX1.0Y1.0\nM01\nR999999999M02X0.001")

    assert refused.value.code == "drill-too-large"


def test_a_pattern_of_no_holes_is_nothing_however_often():
    assert places("T1\nM25\nM01\nR999999999M02X0.001\nM08\nX1.0Y1.0") == [(1, 1)]


@given(st.lists(st.tuples(st.integers(1, 5), st.integers(-9, 9), st.integers(-9, 9)), max_size=6))
def test_a_chain_of_repeats_is_its_holes_written_out(chain):
    x, y, written = 1, 1, ["X1.0Y1.0"]
    for count, dx, dy in chain:
        for _ in range(count):
            x, y = x + dx, y + dy
            written.append(f"X{x}.0Y{y}.0")
    repeated = "\n".join(f"R{count}X{dx}.0Y{dy}.0" for count, dx, dy in chain)

    assert places(f"T1\nX1.0Y1.0\n{repeated}\nX7.0Y7.0") == places("T1\n" + "\n".join([*written, "X7.0Y7.0"]))


@given(st.integers(1, 5), st.integers(1, 5), st.lists(st.tuples(st.integers(1, 9), st.integers(1, 9)), min_size=1))
def test_a_panel_by_patterns_is_the_panel_written_out(columns, rows, holes):
    board = "\n".join(f"X{x}.0Y{y}.0" for x, y in holes)
    step = f"M25\n{board}\nM01\nR{columns}M02X20.0\nM01\nR{rows}M02Y20.0\nM08"
    there = [(x + 20 * i, y + 20 * j) for x, y in holes for i in range(columns + 1) for j in range(rows + 1)]

    assert places(f"T1\n{step}") == sorted(there)
