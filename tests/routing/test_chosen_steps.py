"""Steps that a customer chooses: first article, washing, programming, coating, and how boards are parted."""

from dataclasses import replace
from decimal import Decimal

import pytest
from routing_examples import a_board, demo_shop
from small_shop import operations, small_shop

from portal.board.design import Board, Panel
from portal.routing.options import BuildOptions, Separation
from portal.routing.ways import routings

CHIP = "R1 | R_0402 | RES | top"


def steps(parts=CHIP, *, size=(40, 20), **how):
    return operations(a_board(parts, size=size), **how)


@pytest.mark.parametrize(
    ("option", "label"),
    [("first_article", "First article"), ("wash", "Washing"), ("programming", "Programming"),
     ("coating", "Conformal coating")],
)  # fmt: skip
def test_a_step_is_there_where_it_is_chosen_and_only_there(option, label):
    assert label in steps(**{option: True})
    assert label not in steps(**{option: False})


def test_every_step_has_its_place_in_the_order_of_the_work():
    chosen = {"wash": True, "programming": True, "coating": True, "test": "functional"}
    labels = list(steps("U1 | LQFP-100 | MCU | top\nJ1 | PinHeader_1x04 | HDR | -", **chosen))

    assert labels[labels.index("First article") :] == [
        "First article",
        "Through-hole",
        "Touch-up",
        "Washing",
        "Depanelling",
        "Programming",
        "Test",
        "Conformal coating",
        "Packing",
        "Shipping",
    ]


@pytest.mark.parametrize(("boards", "baskets"), [(1, 1), (10, 1), (11, 2), (1000, 100)])
def test_boards_are_washed_basket_by_basket(boards, baskets):
    found = steps(boards=boards, wash=True)["Washing"]

    assert (found.units, found.set_up_min, found.cycle_s) == (baskets, 12, 600)


@pytest.mark.parametrize(
    ("parts", "cycle_s"),
    [(CHIP, 40), (f"{CHIP}\nJ1 | USB_C_Receptacle | USB | top", 55), (f"{CHIP}\nJ1 J2 | PinHeader_1x02 | H | -", 70)],
)
def test_connectors_are_masked_before_the_coat(parts, cycle_s):
    """40 s a board and 15 s a connector."""
    found = steps(parts, boards=5, coating=True)["Conformal coating"]

    assert (found.cycle_s, found.set_up_min, found.units) == (cycle_s, 20, 5)


def test_firmware_goes_into_every_board():
    found = steps(boards=7, programming=True)["Programming"]

    assert (found.set_up_min, found.cycle_s, found.units) == (25, 30, 7)


def test_at_the_bench_there_is_no_first_article():
    found = routings(a_board(CHIP), BuildOptions(), demo_shop(), boards=3)
    labels = {routing.way: {o.label for o in routing.operations} for routing in found}

    assert "First article" not in labels["by hand"]
    assert "First article" in labels["on the small line"]


@pytest.mark.parametrize(
    ("separation", "cycle_s", "said"),
    [
        # eight boards on 82 × 96 mm: two beside each other, four above
        (Separation.V_SCORE, "13.1", "about 506.0 mm of V-score cut a panel at 100 mm/s"),  # 8 + 5.06
        (Separation.MOUSE_BITES, "40", "8 boards × 4 s broken out of mouse bites"),  # 8 + 32
        (Separation.ROUTING, "112", "about 1040.0 mm routed a panel at 10 mm/s"),  # 8 + 2 × (82 × 4 + 96 × 2) / 10
    ],
)
def test_boards_are_parted_as_chosen(separation, cycle_s, said):
    found = steps(separation=separation)["Depanelling"]

    assert (found.cycle_s, found.units) == (Decimal(cycle_s), 2)
    assert said in found.because


def test_panels_that_are_delivered_whole_are_not_cut():
    assert "Depanelling" not in steps(separation=Separation.IN_PANELS)


def own_panel(**marks):
    return replace(a_board(CHIP), board=Board(82, 42, 2, panel=Panel(2, 2, 4, **marks)))


@pytest.mark.parametrize(
    ("marks", "chosen", "said"),
    [
        ({"v_scores": 3}, Separation.ROUTING, "V-score cut a panel at 100 mm/s, as your panel is made"),
        ({"mouse_bites": 16}, Separation.V_SCORE, "4 boards × 4 s broken out of mouse bites, as your panel is made"),
        ({"mouse_bites": 16, "v_scores": 1}, Separation.ROUTING, "V-score cut a panel"),
        ({}, Separation.ROUTING, "routed a panel at 10 mm/s"),
    ],
)
def test_the_marks_of_a_customers_panel_decide_how_it_is_parted(marks, chosen, said):
    [found, *_] = routings(own_panel(**marks), BuildOptions(separation=chosen), small_shop(), boards=8)
    [parted] = [operation for operation in found.operations if operation.label == "Depanelling"]

    assert said in parted.because


def test_a_customers_panel_is_delivered_whole_where_that_is_chosen():
    options = BuildOptions(separation=Separation.IN_PANELS)
    found = routings(own_panel(v_scores=3), options, small_shop(), boards=8)

    assert all(operation.label != "Depanelling" for routing in found for operation in routing.operations)


def test_parcels_hold_boards_and_not_their_panel():
    """A board is a quarter of 34.44 cm²; a parcel of 1,000 cm² holds 116."""
    [found, *_] = routings(own_panel(), BuildOptions(), small_shop(), boards=116)

    assert next(o.units for o in found.operations if o.label == "Shipping") == 1
