"""Kit, X-ray, through-hole, depanelling, test, packing, shipping and the bench, in a shop of round figures."""

from dataclasses import replace
from decimal import Decimal

import pytest
from routing_examples import a_board
from small_shop import operations

from portal.routing.operations import Process
from portal.routing.options import TestLevel

CHIP = "R1 | R_0402_1005Metric | RES | top"
LARGE = (60, 60)  # one board a panel


def steps(parts=CHIP, *, size=LARGE, boards=1, **how):
    return operations(a_board(parts, size=size), boards=boards, **how)


def at_the_bench(parts=CHIP, **how):
    return steps(parts, process=Process.HAND, **how)


@pytest.mark.parametrize(
    ("parts", "minutes"),
    [
        (CHIP, 3),
        (f"{CHIP}\nR2 | R_0402_1005Metric | RES | bottom", 3),
        (f"{CHIP}\nC1 | C_0402_1005Metric | CAP | top", 6),
        (f"{CHIP}\nJ1 | PinHeader_1x04 | HDR | -", 6),
        (f"{CHIP}\nTP1 | TestPoint_Pad | TP | top", 3),
    ],
)
def test_a_kit_takes_three_minutes_a_kind(parts, minutes):
    assert steps(parts)["Kitting"].minutes == minutes


@pytest.mark.parametrize(
    ("parts", "counted"),
    [
        ("U1 | QFN-32 | MCU | top", "1 leadless part a board"),
        ("U1 U2 | BGA-64 | RAM | top", "2 leadless parts a board"),
        ("U1 | QFN-32 | MCU | top\nU2 | BGA-64 | RAM | bottom", "2 leadless parts a board"),
        ("U1 | DFN-8 | REG | top\nU2 | LQFP-48 | MCU | top", "1 leadless part a board"),
    ],
)
def test_xray_takes_its_time_a_board_however_many_parts_are_leadless(parts, counted):
    found = steps(parts, boards=7)["X-ray"]

    assert (found.set_up_min, found.cycle_s, found.units) == (35, 50, 7)
    assert found.because == f"{counted}; set-up 35 min, 50 s a board"


@pytest.mark.parametrize("package", ["R_0402", "SOT-23", "SOIC-8", "TSSOP-8", "LQFP-48", "PinHeader_1x04", "strange"])
def test_joints_that_an_eye_can_see_need_no_xray(package):
    assert "X-ray" not in steps(f"{CHIP}\nU1 | {package} | A | top")


@pytest.mark.parametrize(
    ("parts", "cycle_s", "said"),
    [
        # 6 s to insert each; 5 s a joint and a tenth of it again for rework
        ("J1 | PinHeader_1x04 | HDR | -", "28", "1 part a board at 600 an hour, 4 joints × 5 s + 10% rework"),
        ("J1 J2 | PinHeader_1x04 | HDR | -", "56", "2 parts a board at 600 an hour, 8 joints"),
        ("J1 | PinHeader_2x20 | HDR | -", "226", "40 joints"),
        ("Q1 | TO-220-3 | FET | -", "22.5", "3 joints"),
        ("U1 | DIP-8 | OPA | -\nR9 | R_Axial_DIN0207 | RES2 | -", "67", "2 parts a board at 600 an hour, 10 joints"),
        (
            "J1 | Pin header | HDR | -",
            "39",
            "6 joints × 5 s + 10% rework; 1 of unknown pins counted with 6 joints each",
        ),
        ("J1 | Pin header | A | -\nJ2 | 1X02 | B | -", "56", "8 joints × 5 s + 10% rework; 1 of unknown pins"),
    ],
)
def test_through_hole_is_inserting_and_soldering_joint_by_joint(parts, cycle_s, said):
    found = steps(f"{CHIP}\n{parts}", boards=3)["Through-hole"]

    assert (found.set_up_min, found.cycle_s, found.units) == (12, Decimal(cycle_s), 3)
    assert said in found.because


@pytest.mark.parametrize(
    ("size", "boards", "cycle_s"),
    [
        ((40, 20), 2, "9.9"),  # 82 × 30 mm, two lines along and one across: 8 + (164 + 30) / 100
        ((40, 20), 4, "11"),  # 82 × 52 mm, three and one: 8 + (246 + 52) / 100
        ((40, 20), 8, "13.1"),  # 82 × 96 mm, five and one: 8 + (410 + 96) / 100
    ],
)
def test_depanelling_follows_the_length_that_is_cut(size, boards, cycle_s):
    found = steps(size=size, boards=boards)["Depanelling"]

    assert (found.cycle_s, found.units) == (Decimal(cycle_s), 1)


@pytest.mark.parametrize(("size", "boards"), [(LARGE, 9), ((40, 20), 1), (None, 9), ((400, 20), 9)])
def test_boards_that_travel_alone_are_not_cut_apart(size, boards):
    assert "Depanelling" not in steps(size=size, boards=boards)


@pytest.mark.parametrize(
    ("level", "set_up_min", "cycle_s"),
    [(TestLevel.FLYING_PROBE, 90, 200), (TestLevel.FUNCTIONAL, 15, 60)],
)
@pytest.mark.parametrize("process", list(Process))
def test_a_test_takes_the_same_whoever_placed_the_parts(level, set_up_min, cycle_s, process):
    found = steps(boards=5, test=level, process=process)["Test"]

    assert (found.set_up_min, found.cycle_s, found.units) == (set_up_min, cycle_s, 5)


@pytest.mark.parametrize(("boards", "minutes"), [(1, "6.4"), (12, "11"), (100, "47.7"), (100_000, "41672.7")])
def test_packing_is_six_minutes_and_25_seconds_a_board(boards, minutes):
    assert round(steps(boards=boards)["Packing"].minutes, 1) == Decimal(minutes)


@pytest.mark.parametrize(
    ("size", "boards", "parcels"),
    [
        ((100, 100), 1, 1),
        ((100, 100), 10, 1),  # 1,000 cm² just fill it
        ((100, 100), 11, 2),
        ((100.1, 100), 10, 2),  # 1,001 cm² do not
        ((40, 20), 100_000, 800),
    ],
)
def test_a_parcel_holds_a_thousand_square_centimetres(size, boards, parcels):
    found = steps(size=size, boards=boards)["Shipping"]

    assert (found.units, found.set_up_min, found.cycle_s) == (parcels, 9, 240)


@pytest.mark.parametrize(
    ("label", "set_up_min", "cycle_s"),
    [
        ("Paste printing, top", 45, 0),
        ("Hand placement, top", 0, 120),  # 3 parts × 20 s × 2
        ("Reflow, top", 0, 240),
        ("Optical inspection, top", 0, 300),
    ],
)
def test_at_the_bench_every_board_is_worked_on_by_itself(label, set_up_min, cycle_s):
    found = at_the_bench("R1 R2 R3 | R_0402 | RES | top", boards=4)[label]

    assert (found.set_up_min, found.cycle_s, found.units) == (set_up_min, cycle_s, 4)


@pytest.mark.parametrize(
    ("label", "figures_used"),
    [
        ("Paste printing, top", ["4 boards", "45 min a side"]),
        ("Hand placement, top", ["3 parts a board × 20 s; all × 2"]),
        ("Reflow, top", ["240 s a board"]),
        ("Optical inspection, top", ["300 s a board over 1 side"]),
    ],
)
def test_a_reason_at_the_bench_holds_its_figures(label, figures_used):
    because = at_the_bench("R1 R2 R3 | R_0402 | RES | top", boards=4)[label].because

    assert [used for used in figures_used if used not in because] == []


def test_by_hand_a_large_part_takes_no_longer_than_a_small_one():
    assert at_the_bench("U1 | LQFP-48 | A | top")["Hand placement, top"].cycle_s == 40
    assert at_the_bench("U1 | R_0805 | A | top")["Hand placement, top"].cycle_s == 40


def test_the_eye_looks_at_half_a_board_for_each_of_two_sides():
    found = at_the_bench("R1 | R_0402 | RES | top\nR2 | R_0402 | RES | bottom")

    assert found["Optical inspection, top"].cycle_s == found["Optical inspection, bottom"].cycle_s == 150


def test_who_buys_a_part_changes_nothing_about_how_it_is_built():
    parts = f"{CHIP}\nJ1 | PinHeader_1x04 | HDR | -"

    assert steps(parts, consigned=frozenset({"RES", "HDR"})) == steps(parts)


def test_a_part_that_is_not_fitted_takes_no_time_at_all():
    design = a_board(f"{CHIP}\nU1 | LQFP-48 | MCU | top", size=LARGE)
    left_off = replace(design, bom=(design.bom[0], replace(design.bom[1], not_fitted=True)))

    assert operations(left_off, boards=1) == steps(CHIP)
