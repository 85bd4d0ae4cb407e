"""Laws of every routing, looked for over any small board: Hypothesis searches the case that breaks them."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from routing_examples import a_board
from small_shop import small_shop

from portal.board.design import Side
from portal.routing.operations import OperationKind, Process
from portal.routing.options import BuildOptions, TestLevel
from portal.routing.ways import routings

PACKAGES = ["R_0402", "01005", "SOT-23", "SOIC-8", "LQFP-48", "QFN-32", "PinHeader_1x04", "Pin header", "strange"]
ROWS = st.tuples(
    st.integers(1, 5), st.sampled_from(PACKAGES), st.sampled_from("ABCDEFGH"), st.sampled_from(["top", "bottom", "-"])
)
SIZE = st.none() | st.tuples(st.integers(5, 150), st.integers(5, 150))
BOARDS, MANY = st.integers(1, 3000), st.integers(21, 3000)
MACHINE_KINDS = {OperationKind.PRINT, OperationKind.SPI, OperationKind.PLACE, OperationKind.REFLOW, OperationKind.AOI}
OTHER = {Side.TOP: Side.BOTTOM, Side.BOTTOM: Side.TOP}
few_examples = settings(max_examples=50, deadline=None)


@st.composite
def designs(draw):
    rows = [
        f"{' '.join(f'{mpn}{number}{place}' for place in range(count))} | {package} | {mpn} | {side}"
        for number, (count, package, mpn, side) in enumerate(draw(st.lists(ROWS, min_size=1, max_size=5)))
    ]
    return a_board("\n".join(rows), size=draw(SIZE))


def ways(design, boards, **options):
    found = routings(design, BuildOptions(**options), small_shop(), boards=boards)
    return {routing.way: routing for routing in found}


def known_sides(design):
    """With a side for each part: one that nobody tells counts on the top, and a mirror does not move it."""
    placed = {placement.designator for placement in design.placements}
    return replace(design, bom=tuple(line for line in design.bom if placed.issuperset(line.designators)))


@few_examples
@given(design=designs(), boards=BOARDS, more=st.integers(0, 300))
def test_more_boards_never_take_less_time_whichever_way_they_are_built(design, boards, more):
    few, many = ways(design, boards), ways(design, boards + more)

    assert all(few[way].minutes <= many[way].minutes for way in few.keys() & many.keys())


@few_examples
@given(design=designs(), boards=MANY, others=MANY)
def test_a_set_up_does_not_depend_on_the_number_of_boards(design, boards, others):
    """Once there are more than the few that take hands longer."""
    one, other = ways(design, boards), ways(design, others)

    for way in one.keys() & other.keys():
        ours, theirs = ({o.label: o.set_up_min for o in w[way].operations} for w in (one, other))
        assert all(ours[label] == theirs[label] for label in ours.keys() & theirs.keys())


@few_examples
@given(design=designs(), boards=BOARDS)
def test_a_mirrored_board_takes_as_long_on_the_line_as_it_did(design, boards):
    design = known_sides(design)
    mirrored = replace(design, placements=tuple(replace(p, side=OTHER[p.side]) for p in design.placements))
    seen, turned = ways(design, boards), ways(mirrored, boards)
    common = seen.keys() & turned.keys() & {"on the line", "by hand"}

    assert all(abs(seen[way].minutes - turned[way].minutes) < Decimal("0.0001") for way in common)


@few_examples
@given(design=designs(), boards=BOARDS, order=st.randoms(use_true_random=False))
def test_the_order_of_bom_lines_designators_and_placements_changes_nothing(design, boards, order):
    bom = [replace(b, designators=tuple(order.sample(b.designators, len(b.designators)))) for b in design.bom]
    placements = list(design.placements)
    order.shuffle(bom)
    order.shuffle(placements)

    assert ways(replace(design, bom=tuple(bom), placements=tuple(placements)), boards) == ways(design, boards)


@few_examples
@given(design=designs(), boards=BOARDS, level=st.sampled_from(TestLevel))
def test_a_test_adds_its_own_operation_and_touches_no_other(design, boards, level):
    untested = ways(design, boards)
    for way, routing in ways(design, boards, test=level).items():
        rest = [o for o in routing.operations if o.kind is not OperationKind.TEST]
        assert way not in untested or rest == list(untested[way].operations)


@few_examples
@given(design=designs(), boards=BOARDS)
def test_another_part_never_saves_time(design, boards):
    extra = a_board("Z1 | R_0402 | Z | top")
    larger = replace(design, bom=design.bom + extra.bom, placements=design.placements + extra.placements)
    one, other = ways(design, boards), ways(larger, boards)

    assert all(one[way].minutes < other[way].minutes for way in one.keys() & other.keys())


@few_examples
@given(design=designs(), boards=BOARDS)
def test_every_operation_takes_some_time_and_says_why(design, boards):
    for routing in ways(design, boards).values():
        assert all(o.minutes > 0 and o.units >= 1 for o in routing.operations)
        assert all(o.because.strip() == o.because != "" for o in routing.operations)


@few_examples
@given(design=designs(), boards=BOARDS)
def test_no_work_is_planned_on_the_line_for_boards_built_at_the_bench(design, boards):
    for routing in ways(design, boards).values():
        centres = {o.work_centre for o in routing.operations if o.kind in MACHINE_KINDS}
        assert ("placement" in centres) is (routing.process is Process.MACHINE)


@few_examples
@given(design=designs(), boards=st.integers(21, 3000))
def test_beyond_twenty_boards_with_parts_to_place_only_the_machine_is_left(design, boards):
    found = ways(design, boards)
    is_placed = any(line.package not in {"PinHeader_1x04", "Pin header"} for line in design.bom)

    assert {routing.process for routing in found.values()} == {Process.MACHINE if is_placed else Process.HAND}


@pytest.mark.parametrize("boards", [1, 2, 10, 100, 1000, 10_000, 100_000])
def test_the_minutes_of_a_lot_are_its_set_ups_and_its_cycles(boards):
    routing = ways(a_board("R1 | R_0402 | A | top\nU1 | QFN-32 | B | bottom"), boards)["on the line"]
    set_ups = sum(o.set_up_min for o in routing.operations)
    cycles = sum(o.cycle_s * o.units for o in routing.operations)

    assert abs(routing.minutes - set_ups - cycles / 60) < Decimal("0.0001")
