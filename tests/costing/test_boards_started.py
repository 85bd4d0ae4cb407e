"""Boards that will be lost are built, too: bare boards and parts follow what is started, and every line says so."""

from dataclasses import replace
from decimal import Decimal

import pytest
from costing_examples import SENSOR, a_basis, a_design, demo_basis
from routing_examples import a_board

from portal.costing.facts import price_facts
from portal.costing.matrix import Basis, asked, quote_cell, row
from portal.parts.packages import PackageClass
from portal.routing.options import BuildOptions, Speed
from portal.services.part_leads import part_leads

EACH = a_basis('per = ["boards_started", "board_area_cm2"]\nrate = "0.01"', catalogue="RES 1:1.00")
CHIPS = "R1 R2 | R_0402_1005Metric | RES | top"


def losing(basis, dpmo):
    """The demo shop, where so many of a million opportunities fail, and half of the faults cannot be mended."""
    yields = basis.shop.yields
    dpmos = yields.dpmo.model_copy(update={"values": dict.fromkeys(PackageClass, Decimal(dpmo))})
    scrap = yields.scrap_share.model_copy(update={"value": Decimal("0.5")})
    changed = yields.model_copy(update={"dpmo": dpmos, "scrap_share": scrap})
    return Basis(basis.shop.model_copy(update={"yields": changed}), basis.card, basis.catalogue)


def cell(basis=EACH, *, dpmo=5000, boards=1000, parts=CHIPS, **options):
    design = a_design(parts) if isinstance(parts, str) else parts
    return quote_cell(design, BuildOptions(**options), losing(basis, dpmo), boards=boards, speed=Speed.STANDARD)


def test_parts_are_bought_for_every_board_that_is_started():
    found = cell()
    [line] = [line for line in found.sheet.lines if line.label == "RES"]

    assert found.routing.started > 1000
    assert line.quantity == 2 * found.routing.started
    assert line.because.startswith(f"2 × {found.routing.started} started for 1000 = {line.quantity} + 0 attrition")


def test_bare_boards_are_paid_for_every_board_that_is_started():
    found = cell()
    [boards] = [line for line in found.sheet.lines if line.label == "Charge"]

    assert boards.quantity == found.routing.started * 10


def test_where_no_board_is_lost_nothing_is_said_of_it():
    found = cell(dpmo=0)
    [line] = [line for line in found.sheet.lines if line.label == "RES"]

    assert found.routing.started == 1000
    assert line.because.startswith("2 × 1000 = 2000 + 0 attrition")


def test_the_price_of_a_board_is_for_those_that_are_ordered():
    found = cell()

    assert found.sheet.unit_price == (found.sheet.total / 1000).quantize(Decimal("0.01"))


def test_the_kit_waits_for_the_parts_of_all_that_are_started():
    question = asked(a_design(CHIPS), BuildOptions(), losing(EACH, 5000))
    [found] = row(question, (Speed.STANDARD,), boards=1000)
    [lead] = part_leads(question, found)

    assert lead.needed == found.bought[0].to_buy == 2 * found.routing.started


def test_a_customer_who_supplies_a_part_sends_it_for_all_that_are_started():
    question = asked(a_design(CHIPS), BuildOptions(consigned=frozenset({"RES"})), losing(EACH, 5000))
    [found] = row(question, (Speed.STANDARD,), boards=1000)
    [lead] = part_leads(question, found)

    assert (lead.consigned, lead.needed) == (True, 2 * found.routing.started)


@pytest.mark.parametrize("boards", [1, 20, 999, 1000, 5000])
def test_one_board_more_never_needs_fewer_parts(boards):
    few, many = (cell(boards=count).bought[0].needed for count in (boards, boards + 1))

    assert few < many


def test_facts_that_tell_no_losses_start_what_is_ordered():
    card = EACH.card

    assert price_facts({"board": 10, "width_mm": 50, "height_mm": 20}, card).total == Decimal("1.00")
    assert price_facts({"board": 10, "boards_started": 12, "width_mm": 50, "height_mm": 20}, card).total == Decimal(
        "1.20"
    )


def test_the_house_charges_bare_boards_by_what_is_started():
    found = quote_cell(a_design(SENSOR), BuildOptions(), demo_basis(), boards=5000, speed=Speed.STANDARD)
    [boards] = [line for line in found.sheet.lines if line.label == "Bare boards"]

    assert boards.quantity == found.routing.started * 10
    assert boards.because.startswith(f"{found.routing.started} started for 5000 good,")


def test_a_routing_without_yields_starts_what_is_ordered():
    routing = replace(cell(parts=a_board(CHIPS)).routing, yields=None)

    assert routing.started == routing.boards == 1000
