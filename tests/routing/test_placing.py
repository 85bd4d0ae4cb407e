"""Ways that compete on a line: two passes or tweezers, two reflows or an iron, machines that take only some parts."""

from dataclasses import replace
from decimal import Decimal

import pytest
from routing_examples import CHIPS, a_board, built, demo_shop, step
from small_shop import operations, small_shop

from portal.board.design import Board, Panel
from portal.parts.packages import PackageClass
from portal.routing.options import BuildOptions
from portal.routing.ways import routings

SEVEN_KINDS = "\n".join(f"R{n} | R_0402 | RES-{n} | top" for n in range(7))
OFTEN_AND_RARE = "\n".join(f"{' '.join(f'R{n}{k}' for k in range(9 - n))} | R_0402 | RES-{n} | top" for n in range(7))
TWO_BELOW = "R1 R2 R3 | R_0402 | RES | top\nC1 C2 | C_0603 | CAP | bottom"


def ways(parts, *, boards=50, shop=None, size=(60, 60)):
    found = routings(a_board(parts, size=size), BuildOptions(), shop or small_shop(), boards=boards)
    return {routing.way: routing for routing in found}


def on(way, parts, *, boards=10):
    return operations(a_board(parts, size=(60, 60)), boards=boards, way=way)


def test_reels_without_a_slot_are_a_second_pass_or_set_by_hand():
    """Seven kinds, five slots."""
    assert list(ways(SEVEN_KINDS, boards=50)) == ["on the line", "on the line, 2 parts set by hand"]


def test_by_hand_are_set_the_kinds_that_come_least_often():
    """Nine down to three of each kind: the last two, four and three parts, would be seven by hand; six are too many."""
    assert list(ways(OFTEN_AND_RARE)) == ["on the line"]
    found = on("on the line, 2 parts set by hand", SEVEN_KINDS)

    assert found["Placement, top"].set_up_min == 20 + 5 * Decimal("0.5") + 30
    assert found["Hand placement, top"].cycle_s == 2 * 20 * 2


def test_tweezers_work_between_the_machine_and_the_oven():
    labels = list(on("on the line, 2 parts set by hand", SEVEN_KINDS))

    assert labels[1:6] == [
        "Paste printing, top",
        "Paste inspection, top",
        "Placement, top",
        "Hand placement, top",
        "Reflow, top",
    ]


def without_head_for(*classes):
    """The small shop, whose machines take anything but these."""
    shop, line = small_shop(), small_shop().lines[0]
    takes = frozenset(PackageClass) - set(classes)
    machines = tuple(machine.model_copy(update={"places": takes}) for machine in line.machines)
    return shop.model_copy(update={"lines": (line.model_copy(update={"machines": machines}),)})


def test_a_part_that_no_head_takes_is_set_by_hand():
    [(way, routing)] = ways("R1 | R_0402 | A | top\nU1 | BGA-64 | B | top", shop=without_head_for("bga")).items()

    assert way == "on the line, 1 part set by hand"
    assert any("no head or slot" in operation.because for operation in routing.operations)


def test_a_line_that_takes_no_part_of_a_side_only_prints_and_reflows_it():
    [routing] = ways("U1 | BGA-64 | B | top", shop=without_head_for("bga")).values()

    assert "Placement, top" not in [operation.label for operation in routing.operations]


def test_a_few_parts_of_the_other_side_may_be_soldered_by_iron():
    """One stencil, one reflow; 2 parts × 20 s and 4 joints × 5 s, for each board."""
    found = on("on the line, one reflow and 2 parts soldered by hand", TWO_BELOW, boards=25)

    assert "Reflow, bottom" not in found
    assert (found["Hand soldering, bottom"].cycle_s, found["Hand soldering, bottom"].units) == (60, 25)


@pytest.mark.parametrize(
    "below",
    [
        "U1 | QFN-32 | A | bottom",
        "R9 | 0201 | A | bottom",
        " ".join(f"C{n}" for n in range(6)) + " | C_0603 | A | bottom",
    ],
)
def test_hidden_joints_grains_and_many_parts_are_not_for_the_iron(below):
    top = " ".join(f"R{n}" for n in range(9)) + " | R_0402 | RES | top"

    assert not any("one reflow" in way for way in ways(f"{top}\n{below}"))


def test_a_way_that_takes_twice_as_long_as_another_is_not_offered():
    """By iron five parts take 150 s a board; eight boards on a panel take far less on the line."""
    five = f"{' '.join(f'R{n}' for n in range(9))} | R_0402 | RES | top\nC1 C2 C3 C4 C5 | C_0603 | CAP | bottom"

    assert any("one reflow" in way for way in ways(five, boards=2, size=(40, 20)))
    assert not any("one reflow" in way for way in ways(five, boards=2000, size=(40, 20)))


def test_a_board_that_a_line_does_not_hold_is_not_built_there():
    """230 mm: more than the 220 of the small line, less than the 250 of the full one."""
    parts = "R1 R2 | R_0402 | RES | top"
    large, small = (ways(parts, shop=demo_shop(), size=size) for size in ((230, 90), (210, 90)))

    assert (list(large), list(small)) == (["on the full line"], ["on the full line", "on the small line"])


def test_a_board_that_no_line_holds_is_said_to_travel_alone_on_the_first():
    [routing] = ways("R1 | R_0402 | RES | top", shop=demo_shop(), size=(400, 300)).values()

    assert (routing.way, routing.boards_per_panel) == ("on the full line", 1)
    assert routing.layout.endswith("larger than any line of the shop holds: to be agreed")


def test_a_line_without_paste_inspection_has_none():
    found = ways("R1 R2 | R_0402 | RES | top", shop=demo_shop())
    kinds = {way: {operation.kind for operation in routing.operations} for way, routing in found.items()}

    assert ("spi" in kinds["on the full line"], "spi" in kinds["on the small line"]) == (True, False)


def test_a_customers_own_panel_is_built_as_it_is():
    design = a_board("R1 R2 | R_0402 | RES | top")
    board = Board(90, 60, 2, panel=Panel(columns=3, rows=2, boards=6))
    found = routings(replace(design, board=board), BuildOptions(), small_shop(), boards=60)[0]

    assert (found.panels, found.boards_per_panel, found.panel_width_mm, found.panel_height_mm) == (10, 6, 90, 60)
    assert found.layout == "your panel of 6 boards (3 × 2), 90 × 60 mm: 60 boards on 10"


def test_panels_and_boards_are_both_named():
    routing = ways("R1 | R_0402 | RES | top", boards=50)["on the line"]

    assert (routing.boards, routing.panels * routing.boards_per_panel) == (50, 50)
    assert routing.layout.startswith("60 × 60 mm")


def test_parts_of_unknown_size_are_timed_and_that_is_said():
    """As a small IC in the demo shop, on a line; a name that says nothing is no reason to be silent."""
    placed = step(built("U1 U2 | MOSFET SMD | FET | top\nR1 | R_0402_1005Metric | RES | top"), "Placement, top")

    assert "2 of unknown size timed as 3 chips each" in placed.because
    assert "unknown" not in step(built(CHIPS), "Placement, top").because
