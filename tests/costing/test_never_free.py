"""Work that no charge counts is told as unpriced: in given facts, and in a quote of a design."""

from decimal import Decimal

import pytest
from costing_examples import CONFIG, SENSOR, a_basis, a_card, a_design, demo_basis

from portal.costing.cards import load_rate_card
from portal.costing.facts import price_facts
from portal.costing.matrix import Basis, matrix
from portal.routing.options import BuildOptions, Speed

FACTS = {
    "board": 10,
    "smt_per_board": 20,
    "tht_per_board": 3,
    "side": 2,
    "width_mm": 50,
    "height_mm": 20,
    "consigned_line": 1,
    "extended_part": 2,
    "extra_design": 1,
}
WORK = [
    "lot_area_cm2",
    "smt_placement",
    "tht_placement",
    "extra_side",
    "consigned_line",
    "extended_part",
    "extra_design",
]
ORDER = 'label = "Order"\ngroup = "set-up"\nper = "order"\nrate = "1"'


def unpriced(*charges, head="", **changed):
    sheet = price_facts({**FACTS, **changed}, a_card(ORDER, *charges, head=head))
    return [line.driver for line in sheet.unpriced]


def test_a_card_of_an_order_fee_alone_leaves_all_the_work_unpriced():
    assert unpriced() == WORK


@pytest.mark.parametrize(
    ("per", "paid"),
    [
        ("smt_placement", "smt_placement"),
        ("smt_per_board", "smt_placement"),
        ("smt_line", "smt_placement"),
        ("bom_line", "smt_placement"),
        ("tht_placement", "tht_placement"),
        ("tht_joint", "tht_placement"),
        ("side", "extra_side"),
        ("stencil", "extra_side"),
        ("lot_area_m2", "lot_area_cm2"),
        ("board_area_cm2", "lot_area_cm2"),
        ("consigned_line", "consigned_line"),
        ("extended_part", "extended_part"),
        ("design", "extra_design"),
    ],
)
def test_a_charge_pays_for_the_work_that_it_counts(per, paid):
    known = {"tht_joint": 5, "bom_line": 4, "smt_line": 3}

    assert unpriced(f'per = "{per}"\nrate = "1"', **known) == [work for work in WORK if work != paid]


def test_a_price_by_the_joint_pays_for_placed_and_inserted_parts():
    assert set(WORK) - set(unpriced('per = "joint"\nrate = "1"', joint=5)) == {"smt_placement", "tht_placement"}


def test_minutes_pay_for_whatever_hands_and_machines_do():
    paid = set(WORK) - set(unpriced('per = "minute:bench"\nrate = "1"', **{"minute:bench": 5}))

    assert paid == {"smt_placement", "tht_placement", "extra_side", "consigned_line"}


def test_a_flat_price_in_the_group_of_boards_pays_for_the_boards():
    assert "lot_area_cm2" not in unpriced('group = "boards"\nper = "order"\nrate = "5"')


def test_a_charge_that_is_not_made_pays_for_nothing():
    later = 'per = "tht_placement"\nrate = "1"\nwhen = { board = { min = "100" } }'

    assert "tht_placement" in unpriced(later)
    assert "tht_placement" not in unpriced(later, board=100)


def test_a_way_that_is_not_taken_pays_for_nothing():
    hand = 'per = ["board", "tht_per_board"]\nrate = "9"\nalternative = { of = "a", way = "hand" }'
    robot = 'per = "order"\nrate = "1"\nalternative = { of = "a", way = "robot" }'

    assert "tht_placement" in unpriced(hand, robot)


def test_a_driver_of_the_cards_own_pays_for_what_it_rests_on():
    head = '[computed.point]\nmeaning = "x"\nsum = [{ of = "smt_placement" }, { times = 4, of = "tht_placement" }]'
    paid = set(WORK) - set(unpriced('per = "point"\nrate = "1"', head=head))

    assert paid == {"smt_placement", "tht_placement"}


def test_what_the_card_says_is_covered_is_not_missed():
    assert unpriced(head='covered = ["tht_placement", "lot_area_cm2"]') == [
        work for work in WORK if work not in {"tht_placement", "lot_area_cm2"}
    ]


def test_what_is_covered_has_to_be_known():
    with pytest.raises(Exception, match="covered.0: expected a known driver.*; the nearest is tht_placement"):
        unpriced(head='covered = ["tht_placements"]')


def test_what_there_is_none_of_is_not_missed():
    none = dict.fromkeys(("tht_per_board", "smt_per_board", "consigned_line", "extended_part", "extra_design"), 0)

    assert unpriced(head='covered = ["lot_area_cm2"]', **none, side=1) == []


def test_a_customer_reads_what_has_no_price_without_the_keys_of_the_card():
    sheet = price_facts({"board": 10, "tht_per_board": 3}, a_card(ORDER))

    assert [(line.name, line.because) for line in sheet.unpriced] == [
        ("Parts inserted in the lot", "the price list has no charge for 30 parts inserted in the lot")
    ]


def test_the_sentence_says_how_many_and_what_to_do():
    sheet = price_facts({"board": 10, "tht_per_board": 3}, a_card(ORDER))

    assert [line.in_card for line in sheet.unpriced] == [
        (
            "30 (parts inserted in the lot): no charge of test that is made counts it; "
            "add one per tht_placement, or name tht_placement in covered"
        )
    ]


def cells(basis):
    return matrix(a_design(SENSOR), BuildOptions(), basis, quantities=[10], speeds=[Speed.STANDARD])


def test_a_quote_with_a_card_that_forgets_the_header_is_a_budget():
    [cell] = cells(a_basis(ORDER, 'label = "Placing"\nper = "smt_placement"\nrate = "1"'))

    assert {"Parts inserted in the lot", "Area of all boards"} <= {line.name for line in cell.sheet.unpriced}
    assert not cell.sheet.is_complete


def test_the_house_forgets_nothing():
    assert [cell.sheet.unpriced for cell in cells(demo_basis())] == [()]


def test_a_maker_that_takes_no_through_hole_gives_no_whole_price_for_it():
    card = load_rate_card(CONFIG / "cards" / "jlcpcb-economic-2026.toml")
    [cell] = cells(Basis(demo_basis().shop, card, demo_basis().catalogue))

    assert any("parts inserted in the lot; it takes at most 0" in line.because for line in cell.sheet.unpriced)
    assert cell.sheet.total > Decimal(0)


FINGERS = '[drivers]\ngold_finger = "gold fingers on one board"\n'


@pytest.mark.parametrize(
    ("head", "keys", "missed"),
    [
        (FINGERS, "", ["gold_finger"]),
        (f'covered = "gold_finger"\n{FINGERS}', "", []),
        (FINGERS, 'because = "{gold_finger} fingers are in it"', []),
        (FINGERS, "when = { gold_finger = { max = 50 } }", []),
        (f"{FINGERS}[limits]\ngold_finger = {{ max = 50 }}\n", "", []),
        (
            f'{FINGERS}[computed.all]\nmeaning = "all"\nsum = [{{ of = "gold_finger" }}]\n',
            'minimum = { amount = 1, per = "all" }',
            [],
        ),
    ],
)
def test_a_driver_of_the_cards_own_that_nothing_asks_for_is_missed_where_it_is_given(head, keys, missed):
    card = a_card(f"{ORDER}\n{keys}", head=head)

    assert [line.driver for line in price_facts({"gold_finger": 20}, card).unpriced] == missed
    assert price_facts({"gold_finger": 0}, card).unpriced == ()
