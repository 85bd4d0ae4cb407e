"""On paper as on the page: what changes with the quantity, and what would have cost less, as they were frozen."""

from decimal import Decimal

from quote_papers import a_snapshot, document, text_of

from portal.costing.advice import Advice
from portal.costing.report import advice_report

TOLD = Advice("Order 120 boards instead of 100", Decimal("0.50"), 100, boards=120, total=Decimal("900.00"), days=-2)
RISE = {
    "step": "price break",
    "speed": "standard",
    "before": 10,
    "at": 100,
    "said": "R1 2 → 1 EUR",
    "per_board": "-1.00",
}


def printed(**reasons):
    return text_of(document(a_snapshot(10, 100, **reasons)))


def test_advice_is_printed_with_what_it_saves_and_its_days():
    text = printed(advice=advice_report([TOLD]))

    assert "For 100 boards: Order 120 boards instead of 100." in text
    assert "leaves 2 days sooner" in text


def test_changes_of_the_first_speed_are_printed():
    text = printed(changes=[RISE, {**RISE, "speed": "express", "said": "only when it is fast"}])

    assert "Price break: R1 2 → 1 EUR" in text
    assert "only when it is fast" not in text


def test_a_quote_of_before_has_neither_heading():
    text = printed()

    assert "What would have cost less" not in text
    assert "What changes with the quantity" not in text
