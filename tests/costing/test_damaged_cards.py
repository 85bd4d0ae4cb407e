"""However a card or a facts file is damaged, it is priced or refused by name; it never breaks the program."""

import json
import re

from hypothesis import assume, given
from hypothesis import strategies as st
from test_rate_card_page import CARDS, FACTS, HEAD

from portal.costing.cards import read_rate_card
from portal.costing.facts import price_facts, read_facts
from portal.errors import RatesRefused

VALUES = (
    "5",
    "-1",
    "true",
    '""',
    '"x"',
    '"NaN"',
    "[]",
    "{}",
    "[1]",
    "1.5",
    "nan",
    "2026-11-01",
    '"board"',
    "{ x = 1 }",
)
NAMES = st.sampled_from(sorted(CARDS))


def other_value(row, value):
    return re.sub(r"=.*", f"= {value}", row, count=1)


def other_word(row, word):
    return re.sub(r"[a-z_]{3,}", word, row, count=1)


DAMAGE = st.one_of(
    st.sampled_from(VALUES).map(lambda value: lambda row: other_value(row, value)),
    st.sampled_from(("board", "moon", "rate", "finish", "tiers", "computed")).map(
        lambda word: lambda row: other_word(row, word)
    ),
    st.sampled_from((lambda _: "", lambda row: f"{row}\n{row}", lambda row: row[: len(row) // 2])),
)


def outcome(card, facts):
    """The total as a sentence of its file, or every fault."""
    try:
        given_facts = read_facts(facts, file="facts.json")
        priced = price_facts(given_facts, read_rate_card(card, file="card.toml"), file="facts.json")
    except RatesRefused as refused:
        return refused.faults
    return [f"facts.json: {priced.total}"]


def is_told_by_file(sentences):
    return bool(sentences) and all(said.startswith(("card.toml", "facts.json", "example-2026")) for said in sentences)


@given(NAMES, st.integers(0, 60), DAMAGE)
def test_a_row_of_a_card_that_is_damaged_is_priced_or_refused(name, number, damaged):
    rows = (HEAD + CARDS[name]).splitlines()
    assume(number < len(rows))
    rows[number] = damaged(rows[number])

    assert is_told_by_file(outcome("\n".join(rows), FACTS[name]))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=4,
)


@given(NAMES, st.data())
def test_a_fact_that_is_anything_is_priced_or_refused(name, data):
    facts = json.loads(FACTS[name])
    facts[data.draw(st.sampled_from(sorted(facts)))] = data.draw(JSON)

    assert is_told_by_file(outcome(HEAD + CARDS[name], json.dumps(facts)))
