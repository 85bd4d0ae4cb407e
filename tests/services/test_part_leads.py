"""A date rests on the offers that the price is made of, on the customer's own parts, and on nothing else."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from dated_prices import BOARD, NOW, cells, selling, the_shop

from portal.board.design import Alternate
from portal.costing.matrix import asked, row
from portal.parts.offers import Offer, PriceBreak
from portal.planning.supplies import supplies
from portal.routing.options import BuildOptions, Speed
from portal.services.part_leads import part_leads

RESISTOR = BOARD.bom[0]


def an_offer(*, stock=None, lead_days=None, supplier="LCSC", price="0.01", mpn=RESISTOR.mpn):
    breaks = (PriceBreak(1, Decimal(price)),)
    return Offer(mpn, "", supplier, breaks, date(2026, 11, 1), stock=stock, lead_days=lead_days)


def leads(*offers, boards=10, design=BOARD, **options):
    shop = selling(*offers)
    question = asked(design, BuildOptions(**options), shop.basis)
    [cell] = row(question, (Speed.STANDARD,), boards=boards)
    return [lead for lead in part_leads(question, cell) if lead.name == RESISTOR.name]


def told(*offers, **asked_for):
    return [(lead.is_in_stock, lead.lead_days, lead.supplier) for lead in leads(*offers, **asked_for)]


def test_what_is_in_stock_comes_with_its_suppliers_parcel():
    assert told(an_offer(stock=10_000, lead_days=60)) == [(True, 60, "LCSC")]


def test_stock_must_suffice_for_all_boards():
    offer = an_offer(stock=100, lead_days=60)

    assert [lead.is_in_stock for lead in leads(offer, boards=10)] == [True]
    assert [lead.is_in_stock for lead in leads(offer, boards=100)] == [False]


def test_of_equal_prices_the_one_in_stock_is_bought_and_waited_for():
    assert told(an_offer(lead_days=1), an_offer(stock=10_000, supplier="Farnell")) == [(True, None, "Farnell")]


def test_of_equal_prices_without_stock_the_soonest_maker_is_bought_of():
    assert told(an_offer(lead_days=60), an_offer(lead_days=20, supplier="Farnell")) == [(False, 20, "Farnell")]


def test_a_lead_time_of_nothing_is_known():
    assert told(an_offer(lead_days=5), an_offer(lead_days=0)) == [(False, 0, "LCSC")]


def test_a_dear_stock_that_is_not_bought_makes_no_date():
    """The price says LCSC, so does the date; before, the date came from whoever had it."""
    assert told(an_offer(stock=0, lead_days=30), an_offer(stock=10_000, supplier="Broker", price="1")) == [
        (False, 30, "LCSC")
    ]


def test_a_need_that_is_split_waits_for_each_of_its_suppliers():
    short, near = an_offer(stock=40, lead_days=30), an_offer(stock=10_000, supplier="Near", price="0.011")

    assert told(short, near) == [(True, 30, "LCSC"), (True, None, "Near")]
    assert sum(lead.needed for lead in leads(short, near)) == leads(near)[0].needed


@pytest.mark.parametrize("offers", [(), (an_offer(),), (an_offer(stock=1),)])
def test_what_nobody_knows_is_said_to_be_unknown(offers):
    assert [(lead.is_in_stock, lead.lead_days) for lead in leads(*offers)] == [(False, None)]


def test_a_part_that_nobody_can_get_stops_every_date_by_its_name():
    [cell] = cells(10, shop=selling())

    assert cell.promise.p80 is None
    assert RESISTOR.name in cell.promise.unknown


def test_a_consigned_part_is_not_waited_for():
    all_of_them = frozenset(line.name for line in BOARD.bom)
    [cell] = cells(10, shop=selling(), consigned=all_of_them)

    assert cell.promise.p80 is not None
    assert any(step.label.startswith("Customer-supplied") for step in cell.promise.steps)


def test_what_the_customer_supplies_in_part_is_waited_for_like_the_rest():
    offer = an_offer(stock=10_000)
    [whole], found = leads(offer, boards=100), leads(offer, boards=100, supplied=((RESISTOR.name, 50),))

    assert [lead.consigned for lead in found] == [True, False]
    assert found[1].needed == whole.needed - 50


def test_what_the_customer_supplies_whole_is_not_bought():
    assert [lead.consigned for lead in leads(an_offer(stock=10_000), supplied=((RESISTOR.name, 9999),))] == [True]


def test_the_alternate_that_is_bought_makes_the_date():
    line = replace(RESISTOR, alternates=(Alternate("OTHER"),))
    design = replace(BOARD, bom=(line, *BOARD.bom[1:]))
    own, other = an_offer(stock=9999, price="1"), an_offer(stock=0, lead_days=5, supplier="Other", mpn="OTHER")

    assert told(own, other, design=design) == [(False, 5, "Other")]
    assert told(own, other, design=design, alternates=False) == [(True, None, "LCSC")]


def test_every_lead_is_a_supply_of_the_promise():
    question = asked(BOARD, BuildOptions(), the_shop().basis)
    [cell] = row(question, (Speed.STANDARD,), boards=10)
    found = part_leads(question, cell)
    waits = supplies(BOARD.board, found, the_shop().lead_times, boards=10, speed=Speed.STANDARD)

    assert len(found) == len(question.parts)
    assert all(wait.wait for wait in waits)
    assert cells(10, now=NOW)[0].promise.p80
