"""docs/rate-cards.md is true: every example there is read, priced, and compared line by line."""

import json
import re

import pytest
from costing_examples import ROOT

from portal.costing.cards import read_rate_card
from portal.costing.charge import Charge
from portal.costing.drivers import NUMBERS, TEXTS
from portal.costing.facts import price_facts
from portal.costing.values import plain

PAGE = (ROOT / "docs" / "rate-cards.md").read_text(encoding="utf-8")


def blocks(language):
    found = re.findall(rf"^```{language} ([^\n]+)\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)
    assert len({name for name, _ in found}) == len(found)
    return dict(found)


CARDS, FACTS, PRICES = blocks("toml"), blocks("json"), blocks("text")
HEAD = CARDS.pop("head")


def printed(name):
    """As the page prints it: amount, what, quantity × rate, why."""
    card = read_rate_card(HEAD + CARDS[name], file="rate-cards.md")
    priced = price_facts(json.loads(FACTS[name]), card, file="rate-cards.md")
    for line in priced.lines:
        because = f"  ({line.because})" if line.because else ""
        yield f"{line.amount:>9}  {line.label}: {plain(line.quantity)} {line.unit} × {plain(line.rate)}{because}"
    yield from (f"  unknown  {line.driver or line.name}: {line.in_card or line.because}" for line in priced.unpriced)
    yield f"{priced.total:>9}  total"
    yield from priced.instead


@pytest.mark.parametrize("name", CARDS)
def test_every_example_costs_what_the_page_says(name):
    assert "\n".join(printed(name)) + "\n" == PRICES[name]


def test_every_card_of_the_page_has_its_facts_and_its_price():
    assert set(CARDS) == set(FACTS) == set(PRICES)


@pytest.mark.parametrize("key", Charge.model_fields)
def test_every_key_of_a_charge_is_shown_on_the_page(key):
    assert re.search(rf"\b{key}\b", PAGE)


def test_every_driver_stands_in_the_list_with_its_meaning():
    rows = [f"| `{name}` | {meaning} |" for name, meaning in {**NUMBERS, **TEXTS}.items()]

    assert [row for row in PAGE.splitlines() if row.startswith("| `")] == rows
