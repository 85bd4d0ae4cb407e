"""Which operations a board needs, and which ways of building it compete."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from routing_examples import (
    BOTH_SIDES,
    CHIPS,
    ONLY_HEADERS,
    WITH_BGA,
    WITH_HEADER,
    WITH_QFN,
    a_board,
    built,
    demo_shop,
    labels,
    names,
    step,
)

from portal.board.design import Design
from portal.routing.operations import Process
from portal.routing.options import BuildOptions, TestLevel
from portal.routing.ways import routings

LINES = ["on the full line", "on the small line"]


def test_a_board_with_chips_on_top_goes_down_the_line_once():
    assert labels(built(CHIPS)) == [
        "Kitting",
        "Paste printing, top",
        "Paste inspection, top",
        "Placement, top",
        "Reflow, top",
        "Optical inspection, top",
        "First article",
        "Touch-up",
        "Depanelling",
        "Packing",
        "Shipping",
    ]


def test_a_board_with_parts_on_both_sides_goes_down_the_line_twice_bottom_first():
    placed = [label for label in labels(built(BOTH_SIDES)) if label.startswith(("Placement", "Reflow"))]

    assert placed == ["Placement, bottom", "Reflow, bottom", "Placement, top", "Reflow, top"]


@pytest.mark.parametrize(
    ("parts", "has_xray"),
    [(CHIPS, False), (WITH_HEADER, False), (WITH_QFN, True), (WITH_BGA, True)],
)
def test_xray_is_only_for_joints_that_hide_below_a_body(parts, has_xray):
    assert ("X-ray" in labels(built(parts))) is has_xray


@pytest.mark.parametrize(("parts", "has_pins"), [(CHIPS, False), (WITH_HEADER, True)])
def test_through_hole_is_only_for_through_hole_parts(parts, has_pins):
    assert ("Through-hole" in labels(built(parts))) is has_pins


@pytest.mark.parametrize(
    ("level", "said"),
    [
        (TestLevel.INSPECTION, []),
        (TestLevel.FLYING_PROBE, ["flying-probe test: set-up 120 min, 360 s a board"]),
        (TestLevel.FUNCTIONAL, ["functional test: set-up 30 min, 90 s a board"]),
    ],
)
def test_a_test_is_what_the_customer_chose(level, said):
    assert [o.because for o in built(CHIPS, test=level).operations if o.label == "Test"] == said


@pytest.mark.parametrize("parts", [CHIPS, BOTH_SIDES, WITH_QFN, WITH_HEADER, ONLY_HEADERS])
def test_every_board_is_kitted_first_and_packed_and_shipped_last(parts):
    for routing in routings(a_board(parts), BuildOptions(), demo_shop(), boards=5):
        names = labels(routing)
        assert (names[0], *names[-2:]) == ("Kitting", "Packing", "Shipping")


@pytest.mark.parametrize(
    ("parts", "boards", "ways"),
    [
        (CHIPS, 1, [*LINES, "by hand"]),
        (CHIPS, 20, [*LINES, "by hand"]),
        (CHIPS, 21, LINES),
        (WITH_QFN, 5, [*LINES, "by hand"]),
        (WITH_BGA, 5, LINES),
        ("R1 | R_0201_0603Metric | RES | top", 5, LINES),
        (ONLY_HEADERS, 5, ["by hand"]),
        (ONLY_HEADERS, 5000, ["by hand", "by hand, selective soldering", "by hand, wave soldering"]),
    ],
)
def test_hands_compete_where_they_can(parts, boards, ways):
    assert names(parts, boards=boards) == ways


def test_ten_thousand_boards_with_nothing_but_pins_go_over_the_wave_in_panels():
    """An iron takes 65 s a board, the wave 19 s a panel of twenty-four."""
    found = {way.way: way for way in routings(a_board(ONLY_HEADERS), BuildOptions(), demo_shop(), boards=10_000)}
    wave = found["by hand, wave soldering"]

    assert wave.minutes + 7_000 < found["by hand"].minutes
    assert step(wave, "Wave soldering").units == step(wave, "Depanelling").units == wave.panels < 500


def test_at_the_bench_there_is_no_machine_and_no_panel():
    routing = built(CHIPS, boards=5, process=Process.HAND)

    assert {"placement", "printing", "inspection", "depanelling"}.isdisjoint(o.work_centre for o in routing.operations)
    assert (routing.panels, routing.boards_per_panel) == (5, 1)


def test_a_package_without_bom_and_centroid_file_is_bare_boards_in_a_parcel():
    [routing] = routings(Design("bare"), BuildOptions(), demo_shop(), boards=5)

    assert labels(routing) == ["Kitting", "Packing", "Shipping"]


def test_every_operation_stands_at_a_work_centre_of_the_shop_and_says_why():
    routing = built(f"{BOTH_SIDES}\n{WITH_QFN.replace('U1', 'U2')}\n{ONLY_HEADERS}", test=TestLevel.FUNCTIONAL)

    assert {o.work_centre for o in routing.operations} <= set(demo_shop().work_centres)
    assert all(o.because for o in routing.operations)


@pytest.mark.parametrize("boards", [0, -1])
def test_no_boards_are_no_lot(boards):
    with pytest.raises(ValueError, match="at least one board"):
        routings(a_board(CHIPS), BuildOptions(), demo_shop(), boards=boards)


def test_a_routing_takes_as_long_as_its_operations():
    routing = built(CHIPS)

    assert routing.minutes == sum(operation.minutes for operation in routing.operations)


@given(boards=st.integers(1, 5000), more=st.integers(0, 500))
def test_more_boards_never_take_less_time_the_quickest_way(boards, more):
    design = a_board(f"{BOTH_SIDES}\n{ONLY_HEADERS}")
    found = [routings(design, BuildOptions(), demo_shop(), boards=count) for count in (boards, boards + more)]
    few, many = (min(routing.minutes for routing in ways) for ways in found)

    assert few <= many


@given(boards=st.integers(1, 300))
def test_no_board_is_left_without_a_panel_and_no_panel_without_a_board(boards):
    routing = built(CHIPS, boards=boards)

    assert (routing.panels - 1) * routing.boards_per_panel < boards <= routing.panels * routing.boards_per_panel


def test_times_are_kept_to_a_tenth_so_that_they_check_by_hand():
    for operation in built(BOTH_SIDES).operations:
        assert operation.cycle_s == round(operation.cycle_s, 1)
        assert operation.set_up_min == round(operation.set_up_min, 1)


def test_a_reason_can_be_checked_by_hand():
    kitting = step(built(BOTH_SIDES), "Kitting")

    assert kitting.because.startswith("2 kinds of part × 4.1 min")
    assert kitting.set_up_min == 2 * demo_shop().logistics.kit_line_min.value
