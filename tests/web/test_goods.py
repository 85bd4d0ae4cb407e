"""Goods-in as staff use it: open kits, what is to be bought, and noting what was ordered and what came."""

import pytest
from staff_work import Desk, placed_order

from portal.models.people import Role


@pytest.fixture
def order(portal, anna):
    return Desk(portal, portal.staff(), f"/sales/orders/{placed_order(portal, anna)}/goods")


def test_a_shop_without_orders_says_so(portal):
    staff = portal.staff()

    assert "No open kits" in staff.visit("/sales/goods").main
    assert "Nothing is to be bought" in staff.visit("/sales/goods?show=parts").main


def test_an_order_is_a_kit_with_the_way_to_its_parts(order):
    page = order.staff.visit("/sales/goods")

    assert order.path in page.links()
    assert "to order" in page.main


def test_what_is_missing_is_to_be_bought(order):
    page = order.staff.visit("/sales/goods?show=parts")

    assert "STM32G071CBT6" in page.main
    assert "Order by" in page.main


def test_an_order_at_a_supplier_and_its_arrival_are_noted(order):
    said = order.staff.visit(order.send("orders", **{"ordered-quantity": "500"}).location).main
    assert "are noted as ordered" in said
    assert "expected" in said

    said = order.staff.visit(order.send("arrivals", **{"arrived-quantity": "500"}).location).main
    assert "are here" in said
    assert "1 of" in said


@pytest.mark.parametrize(("typed", "sentence"), [("ten", "whole number"), ("-5", "Only 0 of"), ("", "whole number")])
def test_a_figure_that_cannot_be_comes_back_with_a_sentence(order, typed, sentence):
    answer = order.send("arrivals", **{"arrived-quantity": typed})

    assert answer.status_code in {400, 422}
    assert sentence in answer.text


def test_the_floor_notes_arrivals_and_orders_nothing(portal, order):
    page = portal.staff(Role.FLOOR).visit(order.path)

    assert "Parts came" in page.main
    assert "Parts were ordered" not in page.main


def test_the_order_page_shows_the_way_to_its_parts(order):
    assert order.path in order.staff.visit(order.path.removesuffix("/goods")).links()
