"""Pins that are pressed, not soldered: where BOM or footprint says so, and the shop says how long it takes."""

from dataclasses import replace

import pytest
from routing_examples import a_board
from small_shop import small_shop

from portal.board.design import Placement, Side
from portal.routing.options import BuildOptions
from portal.routing.population import population
from portal.routing.shop import PressFit
from portal.routing.through_hole import Soldering, methods
from portal.routing.ways import engineered

SAID = {"unit": "x", "source": "round figure", "date": "2026-11-01", "grade": "U"}
RULES = PressFit(set_up_min={"value": "10", **SAID}, part_s={"value": "12", **SAID})
PRESSING = small_shop().model_copy(update={"press_fit": RULES})
CHIP = "R1 | R_0402 | RES | top"
BOTH = f"{CHIP}\nJ1 J2 | PinHeader_2x10_Press-Fit | BACK | -\nJ3 | PinHeader_1x04_P2.54mm | HDR | -"
PRESSED = f"{CHIP}\nJ1 J2 | PinHeader_2x10_Press-Fit | BACK | -"


def steps(parts, shop=PRESSING, *, boards=100):
    design = a_board(parts, size=(40, 20)) if isinstance(parts, str) else parts
    way = engineered(design, shop).routings(BuildOptions(), boards=boards)[0]
    return {step.label: step for step in way.operations}


def test_two_connectors_are_pressed_in_twenty_four_seconds():
    found = steps(BOTH)["Press-fit"]

    assert (found.work_centre, found.set_up_min, found.cycle_s, found.units) == ("through-hole", 10, 24, 100)
    assert found.because == "2 parts a board that BOM or footprint calls press-fit × 12 s, tool 10 min"


def test_what_is_pressed_is_not_soldered():
    assert "1 part a board" in steps(BOTH)["Through-hole"].because
    assert "Through-hole" not in steps(PRESSED)


def test_it_comes_after_the_soldering():
    labels = list(steps(BOTH))

    assert labels.index("Through-hole") < labels.index("Press-fit") < labels.index("Packing")


@pytest.mark.parametrize(
    "said", ["Backplane connector, press-fit", "PRESS FIT header", "Einpressstecker 2x10", "conn pressfit"]
)
def test_the_description_may_say_so(said):
    design = a_board(f"{CHIP}\nJ1 | PinHeader_2x10 | BACK | -")
    described = replace(design, bom=(design.bom[0], replace(design.bom[1], description=said)))

    assert [part.kind for part in population(described).pressed] == ["BACK"]


@pytest.mark.parametrize("said", ["press button", "pressure sensor", "compress fit"])
def test_other_words_press_nothing(said):
    design = a_board(f"{CHIP}\nJ1 | PinHeader_2x10 | BACK | -")
    described = replace(design, bom=(design.bom[0], replace(design.bom[1], description=said)))

    assert not population(described).pressed


def test_pins_that_are_only_pressed_need_no_soldering_machine():
    assert methods(population(a_board(PRESSED))) == (Soldering.HAND,)


def test_they_still_count_as_inserted_for_lists_by_the_piece():
    assert sum(part.count for part in population(a_board(BOTH)).inserted) == 3


def test_a_shop_that_says_nothing_of_pressing_solders_them():
    found = steps(BOTH, small_shop())

    assert "Press-fit" not in found
    assert "3 parts a board" in found["Through-hole"].because


def test_without_such_parts_there_is_no_press():
    assert "Press-fit" not in steps(CHIP)


@pytest.mark.parametrize(
    ("value", "name"), [("BACK", "PinHeader_2x10_Press-Fit"), ("Press-fit header", "PinHeader_2x10")]
)
def test_without_a_bom_the_centroid_file_may_say_so(value, name):
    placed = Placement("J1", Side.TOP, 5.0, 5.0, 0.0, value=value, package=name)
    bare = replace(a_board(CHIP), bom=(), placements=(placed,))

    assert [part.count for part in population(bare).pressed] == [1]
