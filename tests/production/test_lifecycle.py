"""The four axes of an order: every move that the tables do not have is refused."""

import re
from itertools import product
from pathlib import Path

import pytest

from portal.errors import IllegalMove
from portal.production.lifecycle import COMMERCIAL, HOLD, OPERATION, Commercial, move

TABLES = {"commercial": COMMERCIAL, "operation": OPERATION, "hold": HOLD}
MOVES = [(table, now, to) for table in TABLES.values() for now, to in product(table, repeat=2)]


@pytest.mark.parametrize(("table", "now", "to"), [m for m in MOVES if m[2] in m[0][m[1]]])
def test_what_the_table_has_is_allowed(table, now, to):
    assert move(table, now, to) is to


@pytest.mark.parametrize(("table", "now", "to"), [m for m in MOVES if m[2] not in m[0][m[1]]])
def test_what_the_table_has_not_is_refused(table, now, to):
    with pytest.raises(IllegalMove, match=f"This is {now} and cannot become {to}"):
        move(table, now, to)


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_every_state_has_a_row_and_none_leads_nowhere_known(table):
    assert set(table) == set(type(next(iter(table))))
    assert all(to in table for row in table.values() for to in row)


def test_a_quote_that_was_accepted_stays_accepted():
    assert COMMERCIAL[Commercial.ACCEPTED] == frozenset()


def test_the_page_of_quotes_has_the_very_table():
    """docs/quotes.md, row by row."""
    page = (Path(__file__).resolve().parents[2] / "docs" / "quotes.md").read_text("utf-8")
    told: dict[str, set[str]] = {}
    for row in re.findall(r"^\| ([a-z, ]+) \| ([a-z, ]+) \|", page.partition("## Rules")[0], re.MULTILINE):
        ends = {end for end in row[1].split(", ") if end in set(Commercial)}
        for state in row[0].split(", "):
            told.setdefault(state, set()).update(ends)
    told.pop("from")
    assert told == {state.value: {end.value for end in ends} for state, ends in COMMERCIAL.items()}
