"""A budget says between what and what: whole quotes with the unknown parts at what parts of their kind cost."""

from dataclasses import replace
from decimal import Decimal

import pytest
from costing_examples import BLINKER, a_basis, a_design, demo_basis
from hypothesis import given
from hypothesis import strategies as st

from portal.board.design import BomLine
from portal.costing.budget import LEAST_OFFERS, budget, share_of
from portal.costing.matrix import asked, row
from portal.parts.catalogue import read_catalogue
from portal.routing.options import BuildOptions, Speed

PER_PART = 'per = "smt_placement"\nrate = "0.10"'
COVERED = 'covered = ["lot_area_cm2", "consigned_line"]'
RESISTORS = """
R1 R2 | R_0805_2012Metric | RES-1K  | top
R3    | R_0805_2012Metric | RES-NEW | top
"""
FOUR = "RES-1K 1.00; RES-2K 2.00; RES-3K 3.00; RES-4K 4.00"


def shop(offers=FOUR, package="R_0805_2012Metric"):
    rows = (one.split() for one in offers.split(";"))
    table = "\n".join(f"{mpn},Corner shop,2026-11-0{n},1:{price},{package}" for n, (mpn, price) in enumerate(rows, 1))
    catalogue = read_catalogue(f"mpn,supplier,as_of,breaks,package\n{table}", file="catalogue.csv")
    return replace(a_basis(PER_PART, head=COVERED), catalogue=catalogue)


def a_budget(design=RESISTORS, *, basis=None, boards=10, **options):
    design = a_design(design) if isinstance(design, str) else design
    return budget(asked(design, BuildOptions(**options), basis or shop()), boards=boards, speed=Speed.STANDARD)


def total(design=RESISTORS, *, basis=None, boards=10):
    [cell] = row(asked(a_design(design), BuildOptions(), basis or shop()), (Speed.STANDARD,), boards=boards)
    return cell.sheet.total


def test_an_unknown_part_is_between_the_cheap_and_the_dear_of_its_kind():
    [unknown] = a_budget().unknown

    assert (unknown.name, unknown.needed, unknown.offers) == ("RES-NEW", 10, 4)
    assert (unknown.lowest, unknown.highest) == (Decimal("1.00"), Decimal("4.00"))


def test_the_ends_are_whole_quotes_with_the_part_at_these_prices():
    found = a_budget()

    assert found.lowest == total() + 10 * Decimal("1.00")
    assert found.highest == total() + 10 * Decimal("4.00")


def test_the_oldest_price_behind_a_guess_is_named():
    assert a_budget().unknown[0].as_of.isoformat() == "2026-11-01"


def test_a_quote_of_which_all_is_known_is_no_budget():
    known = shop("RES-1K 1.00; RES-NEW 2.00")

    assert a_budget(basis=known) is None


@pytest.mark.parametrize("offers", [FOUR.rpartition(";")[0].rpartition(";")[0], ""])
def test_of_a_kind_of_which_little_is_known_nothing_is_guessed(offers):
    found = a_budget(basis=shop(offers) if offers else a_basis(PER_PART, head=COVERED))

    assert len(offers.split(";")) < LEAST_OFFERS
    assert [(one.lowest, one.highest) for one in found.unknown if one.name == "RES-NEW"] == [(None, None)]
    assert found.highest is None


def test_three_offers_of_a_kind_are_enough_for_a_guess():
    [unknown] = a_budget(basis=shop("RES-1K 1.00; RES-2K 2.00; RES-3K 3.00")).unknown

    assert (unknown.offers, unknown.lowest, unknown.highest) == (3, Decimal("1.00"), Decimal("3.00"))


def test_parts_of_no_known_kind_say_nothing_of_one_another():
    found = a_budget(RESISTORS.replace("R_0805_2012Metric", "strange"), basis=shop(package="stranger"))

    assert [one.offers for one in found.unknown] == [0]


def test_parts_of_another_size_say_nothing():
    assert a_budget(basis=shop(package="R_0402_1005Metric")).highest is None


def test_a_part_without_a_number_is_guessed_by_its_package():
    line = BomLine(9, ("R8", "R9"), value="12k", package="R_0805_2012Metric")
    design = replace(a_design(RESISTORS), bom=(line,))
    [unknown] = a_budget(design).unknown

    assert (unknown.name, unknown.mpn, unknown.needed) == ("12k R_0805_2012Metric", "", 20)
    assert a_budget(design).open == ()


def test_what_the_card_does_not_price_has_no_upper_end():
    rated_by_layers = a_basis('per = "order"\nrate_by = { copper_layers = { 2 = "10.00" } }', head=COVERED)
    found = a_budget(a_design(RESISTORS, layers=None), basis=replace(rated_by_layers, catalogue=shop().catalogue))

    assert found.highest is None
    assert found.open


def test_a_part_that_the_customer_supplies_is_not_guessed():
    assert a_budget(consigned=frozenset({"RES-NEW"})) is None


def test_the_shop_itself_is_left_as_it_was():
    basis = shop()
    a_budget(basis=basis)

    assert basis.catalogue.find("RES-NEW") == ()


@pytest.mark.parametrize("boards", [1, 7, 100, 5000])
def test_with_the_demo_shop_the_lower_end_is_never_below_what_is_known(boards):
    unknown = BLINKER.replace("RES-1K", "NOBODY-HAS-IT")
    found = a_budget(unknown, basis=demo_basis(), boards=boards)

    assert found.lowest >= total(unknown, basis=demo_basis(), boards=boards)


prices = st.lists(st.decimals("0.001", "100", places=3), min_size=LEAST_OFFERS, max_size=40).map(sorted)


@given(prices, st.decimals("0", "1", places=2), st.decimals("0", "1", places=2))
def test_a_larger_share_is_never_a_lower_price(found, one, other):
    low, high = sorted((one, other))

    assert found[0] <= share_of(found, low) <= share_of(found, high) <= found[-1]
