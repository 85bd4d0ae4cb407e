"""One small cell as the JSON that other programs read: every word and digit of it."""

import json

import pytest
from costing_examples import BLINKER, a_basis, a_design

from portal.costing.facts import price_facts
from portal.costing.matrix import quote_cell
from portal.costing.report import facts_report, quote_report
from portal.routing.options import BuildOptions, Speed

PRICES = "RES-1K 1:0.05;100:0.01\nHDR-2 1:0.30"
ORDER = 'label = "Order"\ngroup = "set-up"\nper = "order"\nrate = "20.00"\nunit = "order"\nbecause = "once"'
PLACING = 'label = "Placing"\nper = "smt_placement"\nrate = "0.015"\nbecause = "{board} boards × {smt_per_board}"'
SHOP = "Corner shop 2026-11-01"
NO_SPARES = "0 attrition (no attrition in this rate card)"
LEFT_OVER = "60 left over, yours, worth 0.60 EUR: 100 cost less than fewer"
CHARGES = (
    "set-up   | Order   | 1   | order | 20    | 20.00 | once",
    f"parts    | RES-1K  | 100 | pcs   | 0.01  | 1.00  | 4 × 10 = 40 + {NO_SPARES}; {LEFT_OVER}; {SHOP} at 0.01 EUR",
    f"parts    | HDR-2   | 10  | pcs   | 0.3   | 3.00  | 1 × 10 = 10 + {NO_SPARES}; {SHOP} at 0.3 EUR",
    "assembly | Placing | 40  | pcs   | 0.015 | 0.60  | 10 boards × 4",
)
COVERED = 'covered = ["tht_placement", "smt_placement", "lot_area_cm2"]'
KEYS = ("group", "label", "quantity", "unit", "rate", "amount", "because")
LINES = [dict(zip(KEYS, (cell.strip() for cell in row.split("|")), strict=True)) for row in CHARGES]


def report(*charges, parts=BLINKER, prices=PRICES, promise=None, boards=10):
    basis = a_basis(*charges, catalogue=prices, head=COVERED)
    cell = quote_cell(a_design(parts), BuildOptions(), basis, boards=boards, speed=Speed.STANDARD)
    return json.loads(json.dumps(quote_report([cell], [promise], basis.card)))


def test_a_tiny_quote_is_this_object_and_no_other():
    """20.00 + 1.00 + 3.00 + 0.60, over ten boards."""
    made = report(ORDER, PLACING)
    [cell] = made.pop("cells")
    assert made == {"currency": "EUR", "rate_card": "test", "changes": [], "advice": [], "findings": []}

    assert cell.pop("lines") == LINES
    assert cell.pop("built")["boards_per_panel"] == 10
    assert cell.pop("instead") == ""  # by the piece, every way costs the same
    figures = {"quantity": 10, "speed": "standard", "process": "machine", "total": "24.60", "unit_price": "2.46"}
    assert cell.pop("way").startswith("on the ")
    assert cell == {**figures, "is_complete": True, "budget": None, "promise": None, "unpriced": []}


def test_of_what_is_unknown_name_designators_and_reason_are_told():
    [cell] = report(ORDER, prices="HDR-2 1:0.30")["cells"]

    assert (cell["total"], cell["is_complete"]) == ("23.00", False)
    assert cell["unpriced"] == [
        {"name": "RES-1K", "designators": ["R1", "R2", "R3", "R4"], "because": "RES-1K is in no catalogue; 4 a board"}
    ]


def test_a_charge_that_cannot_be_counted_stands_with_its_label_and_no_designators():
    [cell] = report(ORDER, 'label = "Bare boards"\nper = "drill_hit_per_board"\nrate = "0.01"')["cells"]

    assert cell["unpriced"] == [{"name": "Bare boards", "designators": [], "because": "not known: holes of one board"}]


def test_a_promise_is_passed_on_as_it_is_given():
    promise = {"p50": "2026-12-04", "p80": "2026-12-08", "p95": "2026-12-11", "critical": "HDR-2, 10 days"}

    assert report(ORDER, promise=promise)["cells"][0]["promise"] == promise


@pytest.mark.parametrize(
    ("boards", "total", "unit_price"),
    [(1, "20.56", "20.56"), (3, "21.68", "7.23"), (10, "24.60", "2.46"), (1000, "420.00", "0.42")],
)
def test_the_price_of_one_board_is_rounded_once_and_never_multiplied_back(boards, total, unit_price):
    """20.00 once; a board has four resistors, a header and 0.06 of placing; 1 × 0.30, 4 × 0.05 or 0.01."""
    [cell] = report(ORDER, PLACING, boards=boards)["cells"]

    assert (cell["total"], cell["unit_price"]) == (total, unit_price)


def test_amounts_are_text_with_two_places_and_figures_as_people_write_them():
    [cell] = report('per = "order"\nrate = "1000"', 'per = "order"\nrate = "0.1250"')["cells"]
    charged = [(line["rate"], line["amount"]) for line in cell["lines"] if line["group"] == "assembly"]

    assert charged == [("1000", "1000.00"), ("0.125", "0.13")]


def test_priced_facts_are_this_object_and_no_other():
    card = a_basis(ORDER, PLACING).card

    assert facts_report(price_facts({"board": 10, "smt_per_board": 4}, card), card) == {
        "currency": "EUR",
        "rate_card": "test",
        "total": "20.60",
        "is_complete": True,
        "unpriced": [],
        "lines": [LINES[0], LINES[3]],
        "instead": [],
    }


def test_of_boards_without_a_known_part_no_yield_is_claimed():
    [cell] = report(ORDER, parts="X1 | MountingHole_3.2mm | NONE", prices="NONE 1:1")["cells"]
    built = cell["built"]

    assert (built["first_pass_yield"], built["rework_min"], built["boards_with_unseen_faults"]) == (None, None, None)
    assert built["boards_started"] == 10
