"""What a kit waits for, from the board, the parts and the lead-time file."""

from dataclasses import replace
from datetime import date

import pytest
from planning_shop import CONFIG

from portal.board.design import Board
from portal.planning.kit import Wait, unknown
from portal.planning.leadtimes import read_lead_times
from portal.planning.supplies import PartLead, supplies
from portal.routing.options import Speed

LEAD_TIMES = read_lead_times((CONFIG / "leadtimes.toml").read_text(encoding="utf-8"))
SENSOR = Board(width_mm=50, height_mm=30, copper_layers=4)

RESISTOR = PartLead("R1 RC0603-10K", stock=900_000, needed=4_000, lead_days=90, consigned=False, supplier="Mouser")
CAPACITOR = PartLead("C1 100n", stock=50_000, needed=1_200, lead_days=None, consigned=False, supplier="Mouser")
DIODE = PartLead("D1 BAT54", stock=20_000, needed=100, lead_days=None, consigned=False, supplier="DigiKey")
MCU = PartLead("U3 STM32F407VGT6", stock=3, needed=100, lead_days=60, consigned=False, supplier="Mouser")


def kit(*parts, board=SENSOR, boards=100, speed=Speed.STANDARD):
    return supplies(board, parts, LEAD_TIMES, boards=boards, speed=speed)


def named(kit, beginning):
    return next(supply for supply in kit if supply.name.startswith(beginning))


def test_every_order_waits_for_programs_boards_and_a_stencil():
    assert [supply.name for supply in kit()] == ["Files and programs", "Bare boards, 4 layers, 0.15 m²", "Stencil"]


def test_boards_say_typical_and_late_days():
    assert named(kit(), "Bare boards").because == "typically 5 working days, in 1 of 20 cases over 7"


def test_where_the_figure_is_from_is_told_apart():
    assert named(kit(), "Bare boards").source == (
        "5 days for boards (7pcb.com); low and medium volume 5-7 (topfastpcba.com); 2026-11-22, grade B"
    )


@pytest.mark.parametrize("speed", list(Speed))
@pytest.mark.parametrize("boards", [10, 10_000])
def test_no_reason_names_where_a_figure_is_from(speed, boards):
    whole = [*kit(RESISTOR, boards=boards, speed=speed), *kit(MCU, boards=boards, speed=speed)]

    assert not [supply.because for supply in whole if ".com" in supply.because or "Seeed" in supply.because]
    assert all(supply.source for supply in whole if supply.wait)


def test_more_board_area_takes_longer():
    few, many = named(kit(), "Bare"), named(kit(boards=10_000), "Bare")

    assert few.wait.median_days < many.wait.median_days


@pytest.mark.parametrize("name", ["Files", "Bare", "Stencil", "R1"])
def test_express_is_sooner(name):
    standard, express = named(kit(RESISTOR), name), named(kit(RESISTOR, speed=Speed.EXPRESS), name)

    assert express.wait.median_days < standard.wait.median_days


def test_boards_that_no_row_covers_are_unknown():
    sixteen = kit(board=Board(width_mm=50, height_mm=30, copper_layers=16))

    assert unknown(sixteen) == ("Bare boards, 16 layers, 0.15 m²",)
    assert "no lead time on file" in named(sixteen, "Bare").because


@pytest.mark.parametrize(
    ("board", "because"),
    [
        (Board(width_mm=50, height_mm=30), "the number of copper layers is not known"),
        (Board(copper_layers=4), "the size of the board is not known"),
    ],
)
def test_boards_of_which_something_is_not_known_are_unknown(board, because):
    boards = named(kit(board=board), "Bare boards")

    assert (boards.wait, boards.because) == (None, because)


def test_lines_in_stock_at_one_supplier_are_one_parcel():
    parcels = kit(RESISTOR, CAPACITOR, DIODE)[3:]

    assert [parcel.name for parcel in parcels] == [
        "R1 RC0603-10K, C1 100n in stock at Mouser",
        "D1 BAT54 in stock at DigiKey",
    ]


def test_a_long_parcel_names_its_first_lines():
    parts = [PartLead(f"R{number}", 1000, 10, None, consigned=False, supplier="Mouser") for number in range(1, 41)]

    assert kit(*parts)[-1].name == "R1, R2, R3 and 37 more in stock at Mouser"


def test_a_part_in_stock_nobody_says_where_is_a_parcel_of_its_own():
    part = PartLead("R1", stock=10, needed=10, lead_days=None, consigned=False)

    assert kit(part)[-1].name == "R1 in stock"


def test_a_part_in_stock_does_not_wait_for_its_maker():
    assert named(kit(RESISTOR), "R1").wait == Wait(1, 3, 6)


def test_a_part_short_of_stock_comes_from_its_maker():
    mcu = named(kit(MCU), "U3")

    assert mcu.wait == Wait(42, 60, 90)  # 0.7 and 1.5 of 60 days
    assert mcu.because == "100 needed, 3 in stock: from the maker in typically 60 working days"


def test_the_day_on_which_a_lead_time_was_told_stands_beside_it():
    mcu = named(kit(replace(MCU, as_of=date(2026, 11, 1))), "U3")

    assert mcu.because.endswith("typically 60 working days, as told on 2026-11-01")


def test_a_part_nobody_knows_the_lead_time_of_is_unknown():
    part = PartLead("J4 connector", stock=None, needed=100, lead_days=None, consigned=False)

    assert unknown(kit(part)) == ("J4 connector",)
    assert "100 needed, stock not known, and nobody has told a lead time" in kit(part)[-1].because


def test_a_maker_that_ships_today_is_a_certain_wait():
    part = PartLead("J4", stock=0, needed=1, lead_days=0, consigned=False)

    assert kit(part)[-1].wait == Wait(0, 0, 0)


def test_customer_supplied_parts_are_a_gate_and_cost_no_days():
    parts = [PartLead(name, None, 100, None, consigned=True) for name in ("U3", "J1")]
    gate = kit(*parts)[-1]

    assert (gate.name, gate.wait) == ("Customer-supplied U3, J1", Wait(0, 0, 0))
    assert gate.because == "day 0 is the day on which they are all here"
