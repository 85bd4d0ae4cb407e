"""What `portal quote` and `portal price` print: JSON that adds up, text that people read."""

import json
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

import pytest
from costing_examples import SENSOR, a_card, a_design, demo_basis

from portal.board.design import Side, StencilNeed
from portal.costing.budget import budget
from portal.costing.facts import price_facts
from portal.costing.matrix import asked, matrix
from portal.costing.report import facts_report, quote_report
from portal.costing.text import quote_text
from portal.routing.options import BuildOptions, Speed

PROMISE = {"p50": "2026-12-04", "p80": "2026-12-08", "p95": "2026-12-11", "critical": "U1 STM32L031K6U6, 60 days"}


UNKNOWN = f"{SENSOR}U9 | SOIC-8 | MYSTERY | top"


def cells(parts=SENSOR):
    return matrix(a_design(parts), BuildOptions(), demo_basis(), quantities=[3, 300], speeds=[Speed.STANDARD])


def budgets(parts):
    question = asked(a_design(parts), BuildOptions(), demo_basis())
    return [budget(question, boards=boards, speed=Speed.STANDARD) for boards in (3, 300)]


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
    [cell, _] = report(UNKNOWN)["cells"]

    assert cell["is_complete"] is False
    assert cell["unpriced"] == [
        {"name": "MYSTERY", "designators": ["U9"], "because": "MYSTERY is in no catalogue; 1 a board"},
    ]


def test_a_budget_says_between_what_and_what_and_from_what_it_is_guessed():
    [few, many] = report(UNKNOWN, budgets=budgets(UNKNOWN))["cells"]
    [part] = few["budget"]["parts"]

    assert Decimal(few["total"]) <= Decimal(few["budget"]["lowest"]) <= Decimal(many["budget"]["lowest"])
    assert (part["name"], part["needed"], part["package_class"]) == ("MYSTERY", 3, "soic")


def test_a_quote_that_is_whole_has_no_budget():
    assert [cell["budget"] for cell in report(budgets=budgets(SENSOR))["cells"]] == [None, None]


def test_what_changes_between_quantities_is_told():
    [first, *_] = report()["changes"]

    assert set(first) == {"step", "speed", "before", "at", "said", "per_board"}
    assert (first["before"], first["at"]) == (3, 300)


def test_advice_and_findings_are_passed_on():
    advice = [{"change": "one side", "saves_per_board": "0.31"}]
    made = report(advice=advice, findings=[{"severity": "note"}])

    assert (made["advice"], made["findings"]) == (advice, [{"severity": "note"}])


def test_panels_and_boards_stand_beside_each_price():
    few, many = (cell["built"] for cell in quote_report(cells(), [None, None], demo_basis().card)["cells"])

    assert [built["panels"] * built["boards_per_panel"] >= built["boards_started"] for built in (few, many)] == [
        True
    ] * 2
    assert all(0 < float(built["first_pass_yield"]) <= 1 for built in (few, many))


def with_stencil(**more):
    need = StencilNeed(Side.TOP, apertures=20, smallest_mm=0.25, thickness_um=100, area_ratio=0.7, **more)
    design = replace(a_design(SENSOR), stencils=(need,))
    return matrix(design, BuildOptions(), demo_basis(), quantities=[3], speeds=[Speed.STANDARD])


def test_a_stencil_is_told_with_its_frame_its_foil_and_what_it_serves_badly():
    [cell] = quote_report(with_stencil(failing=("U1",)), [None], demo_basis().card)["cells"]
    [stencil] = cell["built"]["stencils"]

    assert (stencil["side"], stencil["thickness_um"], stencil["failing"]) == ("top", 100, ["U1"])
    assert (stencil["width_mm"], stencil["height_mm"]) == ("300", "400")


def test_the_text_names_panels_yield_and_stencil_below_the_price():
    text = quote_text(quote_report(with_stencil(), [None], demo_basis().card))

    assert "% right first time, 3 boards started" in text
    assert "stencil, top: 20 openings a board, the smallest 0.25 mm" in text


def test_priced_facts_are_printed_like_a_quote():
    card = a_card('label = "Placing"\nper = "smt_placement"\nrate = "0.10"')
    made = facts_report(price_facts({"smt_placement": 70}, card), card)

    assert (made["total"], made["lines"][0]["label"], made["instead"]) == ("7.00", "Placing", [])


def test_the_text_shows_amount_what_and_why():
    text = quote_text(report())

    assert "       75.00  Order handling: 1 order × 75\n              once for each order" in text


def test_the_text_names_quantity_speed_way_and_price():
    first = quote_text(report()).splitlines()[2]

    assert first.startswith("3 boards, standard, by hand: ")
    assert first.endswith(" each")


def test_the_text_calls_a_quote_with_unknown_parts_a_budget():
    text = quote_text(report(UNKNOWN))

    assert "     unknown  MYSTERY\n" in text
    assert "total of what is known: a budget, not a price" in text


def test_the_text_says_between_what_and_what_a_budget_lies():
    text = quote_text(report(UNKNOWN, budgets=budgets(UNKNOWN)))

    assert "  at least, with unknown parts at what parts of their kind cost" in text
    assert "  at most" in text or "since nobody knows MYSTERY" in text


def test_the_text_says_when_it_leaves_or_why_nobody_knows():
    late = {"p80": None, "critical": "U9 MYSTERY: lead time not known"}
    made = quote_report(cells(), [PROMISE, late], demo_basis().card)

    assert "Leaves by 2026-12-08 in 8 of 10 cases" in quote_text(made)
    assert "No date: U9 MYSTERY: lead time not known" in quote_text(made)


def test_the_text_ends_with_what_changes_and_what_would_cost_less():
    one = {"change": "Finish osp instead of enig", "saves_per_board": "0.31", "quantity": 300, "days": -2}
    text = quote_text(report(advice=[one, one | {"days": None}, one | {"days": 0}]))

    assert "What changes\n" in text
    assert "0.31  EUR a board of 300, -2 days\n" in text
    assert "0.31  EUR a board of 300\n" in text
    assert "0.31  EUR a board of 300, on the same day\n" in text


def test_the_text_fits_on_a_terminal():
    assert max(map(len, quote_text(report()).splitlines())) <= 100
