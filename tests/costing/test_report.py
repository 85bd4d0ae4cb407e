"""What `portal quote` and `portal price` print: JSON that adds up, text that people read."""

import json
from decimal import ROUND_HALF_UP, Decimal

import pytest
from costing_examples import SENSOR, a_card, a_design, demo_basis

from portal.costing.facts import price_facts
from portal.costing.matrix import matrix
from portal.costing.report import facts_report, quote_report
from portal.costing.text import quote_text
from portal.routing.options import BuildOptions, Speed

PROMISE = {"p50": "2026-12-04", "p80": "2026-12-08", "p95": "2026-12-11", "critical": "U1 STM32L031K6U6, 60 days"}


def cells(parts=SENSOR):
    return matrix(a_design(parts), BuildOptions(), demo_basis(), quantities=[3, 300], speeds=[Speed.STANDARD])


def report(parts=SENSOR, **more):
    made = quote_report(cells(parts), [PROMISE, None], demo_basis().card, **more)
    return json.loads(json.dumps(made))


def test_a_quote_names_its_currency_and_the_card_that_priced_it():
    assert (report()["currency"], report()["rate_card"]) == ("EUR", "house-2026-11")


def test_a_cell_has_what_the_contract_promises():
    assert {"quantity", "speed", "total", "unit_price", "process", "promise", "lines"} <= report()["cells"][0].keys()


def test_a_line_has_what_the_contract_promises():
    line = report()["cells"][0]["lines"][0]

    assert set(line) == {"group", "label", "quantity", "unit", "rate", "amount", "because"}
    assert all(isinstance(value, str) for value in line.values())


def test_every_cell_can_be_recomputed_to_the_cent_from_what_is_printed():
    for cell in report()["cells"]:
        products = (Decimal(line["quantity"]) * Decimal(line["rate"]) for line in cell["lines"])
        assert sum(p.quantize(Decimal("0.01"), ROUND_HALF_UP) for p in products) == Decimal(cell["total"])


def test_each_cell_gets_its_own_promise_or_none():
    assert [cell["promise"] for cell in report()["cells"]] == [PROMISE, None]


def test_a_promise_too_few_is_a_mistake():
    with pytest.raises(ValueError, match="zip"):
        quote_report(cells(), [None], demo_basis().card)


def test_what_is_not_priced_is_listed_beside_the_lines():
    [cell, _] = report(f"{SENSOR}U9 | SOIC-8 | MYSTERY | top")["cells"]

    assert cell["is_complete"] is False
    assert cell["unpriced"] == [
        {"name": "MYSTERY", "designators": ["U9"], "because": "MYSTERY is in no catalogue; 1 a board"},
    ]


def test_advice_and_findings_are_passed_on():
    advice = [{"change": "one side", "saves_per_board": "0.31"}]
    made = report(advice=advice, findings=[{"severity": "note"}])

    assert (made["advice"], made["findings"]) == (advice, [{"severity": "note"}])


def test_priced_facts_are_printed_like_a_quote():
    card = a_card('label = "Placing"\nper = "smt_placement"\nrate = "0.10"')
    made = facts_report(price_facts({"smt_placement": 70}, card), card)

    assert (made["total"], made["lines"][0]["label"], made["instead"]) == ("7.00", "Placing", [])


def test_the_text_shows_amount_what_and_why():
    text = quote_text(cells(), demo_basis().card)

    assert "       75.00  Order handling: 1 order × 75\n              once for each order" in text


def test_the_text_names_quantity_speed_way_and_price():
    first = quote_text(cells(), demo_basis().card).splitlines()[2]

    assert first.startswith("3 boards, standard, by hand: ")
    assert first.endswith(" each")


def test_the_text_calls_a_quote_with_unknown_parts_a_budget():
    text = quote_text(cells(f"{SENSOR}U9 | SOIC-8 | MYSTERY | top"), demo_basis().card)

    assert "     unknown  MYSTERY\n" in text
    assert "total of what is known: a budget, not a price" in text


def test_the_text_fits_on_a_terminal():
    assert max(map(len, quote_text(cells(), demo_basis().card).splitlines())) <= 100
