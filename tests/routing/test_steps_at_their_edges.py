"""Baskets that are just full, pins that nobody told, the twentieth and the twenty-first board: each by hand."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from routing_examples import a_board
from small_shop import operations, small_shop

from portal.board.design import Board
from portal.routing.operations import LABELS, OperationKind, Process
from portal.routing.options import BuildOptions
from portal.routing.population import population
from portal.routing.through_hole import Soldering, methods
from portal.routing.ways import engineered, routings
from portal.routing.words import tenth, times

CHIP = "R1 | R_0402 | RES | top"
HEADER = f"{CHIP}\nJ1 | PinHeader_1x04_P2.54mm | HDR | -"
TEN_PINS = f"{CHIP}\nJ1 | PinHeader_1x10_P2.54mm | HDR | -"
STRANGE_PINS = f"{CHIP}\nK1 | Relay_THT | RELAY | -"
BELOW = "R1 | R_0402 | RES | top\nC1 | C_0603 | CAP | bottom\nJ1 | PinHeader_1x04_P2.54mm | HDR | -"


def steps(parts=CHIP, *, size=(40, 20), **how):
    return operations(a_board(parts, size=size), **how)


@pytest.mark.parametrize(("boards", "baskets"), [(1, 1), (10, 1), (11, 2), (20, 2), (21, 3)])
def test_a_basket_holds_ten_boards_and_the_eleventh_asks_for_another(boards, baskets):
    assert steps(boards=boards, wash=True)["Washing"].units == baskets


def test_washing_at_the_bench_takes_as_long_as_behind_the_line():
    by_hand = steps(boards=10, wash=True, process=Process.HAND)["Washing"]
    assert by_hand == steps(boards=10, wash=True)["Washing"]


@pytest.mark.parametrize(
    ("parts", "seconds"),
    [
        (CHIP, 40),
        (f"{CHIP}\nJ1 | USB_C_Receptacle | USB | top", 55),
        (HEADER, 55),
        (f"{HEADER}\nJ2 | USB_C | USB | top", 70),
    ],
)
def test_a_coat_masks_what_must_be_touched(parts, seconds):
    assert steps(parts, coating=True)["Conformal coating"].cycle_s == seconds


def test_a_lot_of_one_board_has_its_first_article_too():
    found = steps(boards=1, first_article=True)["First article"]
    assert (found.units, found.set_up_min, found.cycle_s) == (1, 40, 0)


def test_a_shop_that_takes_no_time_for_a_first_article_lists_none():
    shop = small_shop()
    look = shop.inspection.first_article_min.model_copy(update={"value": Decimal(0)})
    shop = shop.model_copy(update={"inspection": shop.inspection.model_copy(update={"first_article_min": look})})
    found = routings(a_board(CHIP), BuildOptions(), shop, boards=50)[0]
    assert "First article" not in [operation.label for operation in found.operations]


def test_firmware_is_loaded_board_by_board_at_the_bench_as_well():
    found = steps(boards=7, programming=True, process=Process.HAND)["Programming"]
    assert (found.units, found.set_up_min, found.cycle_s) == (7, 25, 30)


def test_four_pins_by_iron_are_six_seconds_to_insert_and_22_to_solder():
    """600 parts an hour are 6 s each; 4 joints × 5 s and a tenth of them again."""
    found = steps(HEADER)["Through-hole"]
    assert (found.set_up_min, found.cycle_s) == (12, 6 + 22)


def test_pins_that_nobody_told_are_six_and_said():
    found = steps(STRANGE_PINS)["Through-hole"]
    assert found.cycle_s == 6 + 33
    assert "1 of unknown pins counted with 6 joints each" in found.because


def test_a_selective_machine_takes_three_seconds_a_joint_and_ten_a_board():
    found = steps(TEN_PINS, boards=2000, way="on the line, selective soldering")
    assert (found["Selective soldering"].set_up_min, found["Selective soldering"].cycle_s) == (40, 10 + 10 * 3)
    assert found["Through-hole"].cycle_s == 6


def test_over_the_wave_a_panel_takes_its_length_and_its_gap():
    found = steps(HEADER, boards=2000, way="on the line, wave soldering")["Wave soldering"]
    [routing] = [r for r in all_ways(HEADER, boards=2000) if r.way == "on the line, wave soldering"]
    assert found.cycle_s == tenth((routing.panel_width_mm + 18) * 60 / 1200)
    assert found.units == routing.panels


def all_ways(parts, *, boards, size=(40, 20)):
    return routings(a_board(parts, size=size), BuildOptions(), small_shop(), boards=boards)


def test_a_part_below_keeps_the_board_from_the_wave():
    assert methods(population(a_board(BELOW))) == (Soldering.HAND, Soldering.SELECTIVE)
    assert "on the line, wave soldering" not in [routing.way for routing in all_ways(BELOW, boards=2000)]


def test_without_pins_no_machine_for_them_is_looked_at():
    assert methods(population(a_board(CHIP))) == (Soldering.HAND,)


@pytest.mark.parametrize(("boards", "by_hand"), [(19, True), (20, True), (21, False)])
def test_twenty_boards_are_the_most_that_hands_are_offered_for(boards, by_hand):
    assert ("by hand" in [routing.way for routing in all_ways(CHIP, boards=boards)]) is by_hand


@pytest.mark.parametrize(("boards", "by_machine"), [(5, 0), (5000, 1)])
def test_a_board_of_pins_alone_is_set_in_by_hand_whatever_its_number(boards, by_machine):
    first, *others = all_ways("J1 | PinHeader_1x04_P2.54mm | HDR | -", boards=boards)
    assert (first.way, {way.process for way in (first, *others)}) == ("by hand", {Process.HAND})
    assert len(others) == by_machine


def test_a_board_without_any_part_is_packed_and_sent():
    bare = replace(a_board(CHIP), bom=(), placements=())
    [routing] = routings(bare, BuildOptions(), small_shop(), boards=10)
    assert [operation.label for operation in routing.operations] == ["Kitting", "Packing", "Shipping"]


def test_a_kit_without_parts_takes_no_time():
    bare = replace(a_board(CHIP), bom=(), placements=())
    [routing] = routings(bare, BuildOptions(), small_shop(), boards=10)
    assert routing.operations[0].minutes == 0


@pytest.mark.parametrize("size", [None, (40, None), (None, 20)])
def test_a_board_of_unknown_size_is_one_parcel_and_is_not_cut(size):
    board = Board(*(size or (None, None)), 2)
    found = routings(replace(a_board(CHIP), board=board), BuildOptions(), small_shop(), boards=500)[0]
    [shipping] = [operation for operation in found.operations if operation.label == "Shipping"]
    assert (shipping.units, shipping.because) == (1, "board size unknown: counted as one parcel")


@pytest.mark.parametrize(("boards", "parcels"), [(125, 1), (126, 2), (250, 2), (251, 3)])
def test_a_parcel_of_a_thousand_square_centimetres_holds_125_boards_of_eight(boards, parcels):
    assert steps(boards=boards)["Shipping"].units == parcels


def test_every_kind_of_step_has_a_name_for_people():
    assert set(LABELS) == set(OperationKind)
    assert len(set(LABELS.values())) == len(LABELS)


@pytest.mark.parametrize(("count", "said"), [(0, "0 boards"), (1, "1 board"), (2, "2 boards")])
def test_one_is_said_as_one(count, said):
    assert times(count, "board") == said


@pytest.mark.parametrize(("figure", "kept"), [("0.04", "0.0"), ("0.05", "0.1"), ("2.25", "2.3"), ("7", "7.0")])
def test_times_are_rounded_half_up(figure, kept):
    assert str(tenth(Decimal(figure))) == kept


few = settings(max_examples=40, deadline=None)


@few
@given(boards=st.integers(1, 400), more=st.integers(0, 100))
def test_more_boards_never_need_fewer_baskets_parcels_or_panels(boards, more):
    ready = engineered(a_board(CHIP, size=(40, 20)), small_shop())
    less, larger = (ready.routings(BuildOptions(wash=True), boards=count)[0] for count in (boards, boards + more))
    units = [{o.label: o.units for o in routing.operations} for routing in (less, larger)]
    assert all(units[0][label] <= units[1][label] for label in ("Washing", "Shipping", "Packing"))


@few
@given(boards=st.integers(1, 400))
def test_who_chooses_a_step_more_never_waits_less(boards):
    ready = engineered(a_board(HEADER, size=(40, 20)), small_shop())
    plain, rich = (
        ready.routings(BuildOptions(wash=chosen, coating=chosen, programming=chosen), boards=boards)[0].minutes
        for chosen in (False, True)
    )
    assert rich > plain


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ("J1 | USB-C | USB | top", "1 connector or switch masked × 15 s"),
        ("J1 J2 | USB-C | USB | top", "2 connectors and switches masked × 15 s"),
        ("R1 | R_0402 | RES | top", "0 connectors and switches masked × 15 s"),
    ],
)
def test_what_is_masked_before_coating_is_counted_in_words(parts, said):
    assert said in operations(a_board(parts, size=(40, 20)), coating=True)["Conformal coating"].because
