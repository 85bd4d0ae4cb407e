"""Cards of a line or two over one small job, for sums that are done in the head."""

import pytest
from costing_examples import a_card

from portal.costing.facts import price_facts
from portal.errors import RatesRefused

FACTS = {"board": 10, "side": 2, "speed": "express", "parts_cost": "50.00"}
BOARDS = 'label = "Boards"\ngroup = "boards"\nper = "board"\nrate = "6"'  # 60.00
WORK = 'label = "Work"\nper = "board"\nrate = "4"'  # 40.00


def priced(*charges, head="", **changed):
    return price_facts(FACTS | changed, a_card(*charges, head=head), file="facts.json")


def amount(*charges, head="", **changed):
    """Of the last charge, named Last; None where it makes no line."""
    *others, last = charges
    lines = priced(*others, f'label = "Last"\n{last}', head=head, **changed).lines
    return next((str(line.amount) for line in lines if line.label == "Last"), None)


def refused(*charges, head="", **changed):
    with pytest.raises(RatesRefused) as fault:
        priced(*charges, head=head, **changed)
    return "; ".join(fault.value.faults)
