"""Six holes are the same six holes, whichever tool wrote them."""

import numpy as np
import pytest
from drill_dialects import BOARD, DECIMAL_MM, DIALECTS, PLACES, PLATED_KNOWN, SIZES
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.board.holes import drills, told_once
from portal.intake.drill import is_drill, read_drill

TOOL_LIST = "T1C0.3\nT2C1.016\nT3C3.2\n%\n"
EVERY_PAIR = [(one, other) for one in sorted(DIALECTS)[::3] for other in sorted(DIALECTS)[1::3]]


def read(text, near=BOARD):
    return read_drill(text.encode(), near=near)


def places(hits):
    return sorted((round(x, 2), round(y, 2)) for x, y in zip(hits.x_mm.tolist(), hits.y_mm.tolist(), strict=True))


def slot_lengths(hits):
    x0, y0, x1, y1, _ = hits.slots.T
    return np.hypot(x1 - x0, y1 - y0).round(3).tolist()


@pytest.mark.parametrize("tool", DIALECTS)
def test_every_tools_holes_are_where_they_are(tool):
    assert places(read(DIALECTS[tool])) == sorted(PLACES)


@pytest.mark.parametrize("tool", DIALECTS)
def test_every_tools_holes_are_as_large_as_they_are(tool):
    assert sorted(read(DIALECTS[tool]).diameter_mm.tolist()) == pytest.approx(sorted(SIZES), abs=0.001)


@pytest.mark.parametrize("tool", DIALECTS)
def test_every_tools_file_is_known_by_its_content(tool):
    assert is_drill(DIALECTS[tool].encode())


@pytest.mark.parametrize("tool", PLATED_KNOWN)
def test_what_a_comment_says_of_plating_is_believed(tool):
    assert tuple(read(DIALECTS[tool]).plating_each.tolist()) == PLATED_KNOWN[tool]


@pytest.mark.parametrize("tool", sorted(set(DIALECTS) - set(PLATED_KNOWN)))
def test_what_no_comment_says_of_plating_is_unknown(tool):
    assert set(read(DIALECTS[tool]).plating_each.tolist()) == {-1}


@pytest.mark.parametrize("tool", DIALECTS)
@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_the_ends_of_lines_do_not_matter(tool, end):
    assert places(read(DIALECTS[tool].replace("\n", end))) == sorted(PLACES)


@pytest.mark.parametrize("tool", DIALECTS)
def test_empty_lines_and_notes_between_do_not_matter(tool):
    noted = DIALECTS[tool].replace("\nX", "\n\n; a note\nX")

    assert places(read(noted)) == sorted(PLACES)


@pytest.mark.parametrize(("one", "other"), EVERY_PAIR)
def test_the_same_holes_in_two_formats_are_drilled_once(one, other):
    both = read(DIALECTS[one]), read(DIALECTS[other])

    assert (len(told_once(both)), drills(both).hits, drills(both).sizes) == (1, 6, 3)


@pytest.mark.parametrize("tool", DIALECTS)
def test_a_file_sent_twice_is_drilled_once(tool):
    hits = read(DIALECTS[tool])

    assert drills((hits, hits)) == drills((hits,))


@pytest.mark.parametrize(
    ("cut", "length"),
    [
        ("X5.0Y5.0G85X9.0Y5.0", 4.0),
        ("X5.0Y5.0G85Y9.0", 4.0),
        ("X5.0Y5.0G85X9.0", 4.0),
        ("X5.0Y5.0 G85 X8.0Y9.0", 5.0),
        ("G00X5.0Y5.0\nM15\nG01X9.0Y5.0\nM16\nG05", 4.0),
        ("G00X5.0Y5.0\nM15\nG01Y9.0\nM17\nG05", 4.0),
        ("G00 X5.0 Y5.0\nM15\nG01 X9.0 Y5.0\nM16\nG05", 4.0),
    ],
)
def test_a_slot_is_one_cut_however_it_is_written(cut, length):
    hits = read(f"M48\nMETRIC\n{TOOL_LIST}T2\nX1.0Y1.0\n{cut}\nX2.0Y2.0\nM30\n")

    assert slot_lengths(hits) == [length]
    assert (len(hits.x_mm), hits.slots[0, 4], drills((hits,)).slots) == (2, 1.016, 1)


def test_a_routed_window_of_four_sides_is_one_slot_and_no_hole():
    route = "G00X5.0Y5.0\nM15\nG01X9.0Y5.0\nG01X9.0Y8.0\nG01X5.0Y8.0\nG01X5.0Y5.0\nM16\nG05\n"
    hits = read(f"M48\nMETRIC\n{TOOL_LIST}T2\n{route}T1\nX1.0Y1.0\nM30\n")
    counted = drills((hits,))

    assert slot_lengths(hits) == [4, 3, 4, 3]
    assert (counted.slots, counted.routed, counted.hits) == (1, 1, 1)


def test_a_slot_on_one_line_is_drilled_and_a_routed_one_is_milled():
    both = "X5.0Y5.0G85X9.0Y5.0\nG00X5.0Y8.0\nM15\nG01X9.0Y8.0\nM16\nG05\n"
    counted = drills((read(f"M48\nMETRIC\n{TOOL_LIST}T2\n{both}M30\n"),))

    assert (counted.hits, counted.slots, counted.routed) == (1, 2, 1)


@pytest.mark.parametrize("back", [False, True])
def test_a_slot_told_from_its_other_end_is_the_same_slot(back):
    ends = ("X5.0Y5.0", "X9.0Y5.0")[:: -1 if back else 1]
    first = read(f"M48\nMETRIC\n{TOOL_LIST}T2\nX5.0Y5.0G85X9.0Y5.0\nM30\n")
    second = read(f"M48\nMETRIC\n{TOOL_LIST}T2\n{ends[0]}G85{ends[1]}\nM30\n")

    assert drills((first, second)).slots == 1


@pytest.mark.parametrize(
    ("unit", "size", "mm"),
    [("METRIC", "0.3", 0.3), ("INCH", "0.0118", 0.29972), ("M71", "1.0", 1.0), ("M72", "0.04", 1.016)],
)
def test_a_tools_size_is_in_the_unit_of_its_file(unit, size, mm):
    assert read(f"M48\n{unit}\nT1C{size}\n%\nT1\nX0.5Y0.5\nM30\n").diameter_mm == pytest.approx([mm])


@settings(max_examples=40)
@given(order=st.permutations([1, 2, 3]))
def test_the_order_of_the_tools_in_the_list_is_only_an_order(order):
    sizes = {1: 0.3, 2: 1.016, 3: 3.2}
    listed = "".join(f"T{tool}C{sizes[tool]}\n" for tool in order)
    hits = read(f"M48\nMETRIC\n{listed}%\n{DECIMAL_MM}M30\n")

    assert hits.diameter_mm.tolist() == pytest.approx(SIZES)


@settings(max_examples=40)
@given(count=st.integers(1, 200), step=st.floats(0.5, 2).map(lambda mm: round(mm, 3)))
def test_a_repeat_is_as_many_holes_as_it_says_and_one(count, step):
    hits = read(f"M48\nMETRIC\nT1C0.3\n%\nT1\nX1.0Y1.0\nR{count}X{step:.3f}\nM30\n", near=None)

    assert len(hits.x_mm) == count + 1
    assert hits.x_mm[-1] == pytest.approx(1 + count * step)


@settings(max_examples=40)
@given(
    st.lists(
        st.tuples(st.integers(0, 20_000), st.integers(0, 20_000)).map(lambda p: (p[0] / 1000, p[1] / 1000)),
        min_size=1,
        max_size=20,
        unique=True,
    )
)
def test_millimetres_and_inches_are_the_same_holes(spots):
    def body(unit, scale, digits):
        holes = "".join(f"X{x / scale:.{digits}f}Y{y / scale:.{digits}f}\n" for x, y in spots)
        return f"M48\n{unit}\nT1C{0.3 / scale:.4f}\n%\nT1\n{holes}X1.0Y1.0\nM30\n"

    metric, inch = read(body("METRIC", 1, 3), None), read(body("INCH", 25.4, 6), None)

    assert metric.x_mm[:-1].tolist() == pytest.approx(inch.x_mm[:-1].tolist(), abs=1e-4)
    assert metric.y_mm[:-1].tolist() == pytest.approx(inch.y_mm[:-1].tolist(), abs=1e-4)


def test_a_listing_of_the_holes_for_people_is_no_drill_file():
    """PADS writes one beside the drill file, with ten times the digits: read as drill data it doubles every hole."""
    listing = b"Drill Listing\n=============\nDrill: .00984  Tool: 1  Feed: 0  Speed: 0\n"

    assert not is_drill(listing + b"X 520669  Y 477362\n" * 200)
    assert is_drill(b"M48\nINCH\nT1C.0098\n%\nT1\n" + b"X 520669  Y 477362\n" * 200)
