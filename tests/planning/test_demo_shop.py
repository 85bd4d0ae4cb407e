"""The demo shop's own files: a four-layer sensor of 50 × 30 mm, ordered on a Monday morning, whole chain."""

import pytest
from planning_shop import CONFIG, MONDAY_MORNING, an_operation

from portal.board.design import Board
from portal.planning.leadtimes import read_lead_times
from portal.planning.plan import Asked
from portal.planning.promising import promise
from portal.planning.shopfile import read_schedule
from portal.planning.supplies import PartLead, supplies
from portal.routing.options import Speed

SHOP = read_schedule((CONFIG / "calendar.toml").read_text(encoding="utf-8"))
LEAD_TIMES = read_lead_times((CONFIG / "leadtimes.toml").read_text(encoding="utf-8"))
SENSOR = Board(width_mm=50, height_mm=30, copper_layers=4)


def routing(boards):
    return (
        an_operation("kit", "kitting", set_up_min=0, cycle_s=180, units=20),
        an_operation("print", "printing", set_up_min=60, cycle_s=40, units=boards),
        an_operation("place", "placement", set_up_min=45, cycle_s=30, units=boards),
        an_operation("reflow", "reflow", set_up_min=10, cycle_s=20, units=boards),
        an_operation("aoi", "inspection", set_up_min=10, cycle_s=15, units=boards),
        an_operation("pack", "packing", set_up_min=5, cycle_s=30, units=boards),
        an_operation("ship", "packing", set_up_min=10, cycle_s=60, units=1),
    )


def a_part(name, *, stock=1_000_000, lead_days=None, consigned=False, boards=1):
    return PartLead(name, stock, boards, lead_days, consigned, supplier="Mouser")


def quoted(boards, *parts, speed=Speed.STANDARD):
    deliveries = supplies(SENSOR, [a_part("R1"), *parts], LEAD_TIMES, boards=boards, speed=speed)
    return promise(Asked(routing(boards), boards, SHOP), deliveries, ordered_at=MONDAY_MORNING, speed=speed)


@pytest.mark.parametrize(
    ("boards", "standard", "express"),
    [(1, "2026-12-02", "2026-11-30"), (100, "2026-12-02", "2026-11-30"), (5000, "2026-12-09", "2026-12-07")],
)
def test_days_for_a_prototype_a_series_and_a_volume(boards, standard, express):
    assert str(quoted(boards).p80) == standard
    assert str(quoted(boards, speed=Speed.EXPRESS).p80) == express


def test_a_prototype_waits_for_its_bare_boards():
    assert quoted(10).critical == "Bare boards, 4 layers, 150 cm², 6 working days"


def test_a_microcontroller_out_of_stock_decides_the_date():
    given = quoted(100, a_part("U3 STM32F407VGT6", stock=3, lead_days=60, boards=100))

    assert given.critical == "U3 STM32F407VGT6, 72 working days"
    assert given.p80.isoformat() == "2027-03-08"


def test_a_part_that_the_customer_brings_costs_no_days():
    assert quoted(100, a_part("U3", stock=None, consigned=True)).p80 == quoted(100).p80


def test_a_part_that_nobody_knows_leaves_the_date_open():
    given = quoted(100, a_part("J4", stock=None))

    assert (given.p80, given.unknown) == (None, ("J4",))


def test_the_whole_chain_is_told():
    labels = [step.label for step in quoted(100).steps]

    assert labels == [
        "Files and programs",
        "Bare boards, 4 layers, 0.15 m²",
        "Stencil",
        "R1 in stock at Mouser",
        "Kit whole",
        "Kitting",
        "Paste printing to optical inspection",
        "Packing",
        "Shipping",
    ]
