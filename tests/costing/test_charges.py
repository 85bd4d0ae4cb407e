"""One charge at a time: what it counts, at which rate, and what it says."""

from decimal import Decimal

import pytest
from costing_examples import a_card

from portal.costing.charges import price
from portal.costing.derived import completed
from portal.costing.drivers import Lot, Minutes

TEN_BOARDS = {
    "board": Decimal(10),
    "side": Decimal(2),
    "width_mm": Decimal(50),
    "height_mm": Decimal(20),
    "copper_layers": Decimal(4),
    "smt_per_board": Decimal(7),
    "joint_per_board": None,
    "finish": "enig",
    "speed": "standard",
}


def priced(*charges, minutes=(), head="", **changed):
    return price(a_card(*charges, head=head), Lot(completed(TEN_BOARDS | changed), minutes))


def only(*charges, **changed):
    [line] = priced(*charges, **changed).lines
    return line


def test_a_charge_is_quantity_times_rate():
    line = only('per = "smt_placement"\nrate = "0.03"')

    assert (line.quantity, line.rate, line.amount) == (70, Decimal("0.03"), Decimal("2.10"))


def test_a_charge_by_several_drivers_counts_their_product():
    assert only('per = ["board", "side"]\nrate = "1"').quantity == 20


def test_an_order_is_charged_once_whatever_its_size():
    assert only('per = "order"\nrate = "60.00"', board=Decimal(5000)).amount == Decimal("60.00")


def test_nothing_to_count_is_no_line():
    assert priced('per = "extra_side"\nrate = "30.00"', side=Decimal(1)).lines == ()


def test_a_reason_names_the_figures_it_counted():
    line = only('per = "smt_placement"\nrate = "0.03"\nbecause = "{board} boards × {smt_per_board}"')

    assert line.because == "10 boards × 7"


def test_a_driver_that_is_not_known_makes_an_unpriced_line_and_never_a_zero():
    sheet = priced('label = "Joints"\nper = "joint"\nrate = "0.0016"')

    assert sheet.lines == ()
    assert "solder joints in the lot" in sheet.unpriced[0].because


def test_an_unknown_size_leaves_the_boards_unpriced():
    sheet = priced('per = "lot_area_cm2"\nrate = "0.02"', width_mm=None)

    assert sheet.unpriced[0].name == "Charge"


def test_factors_multiply_the_rate_and_are_told():
    line = only('per = "lot_area_cm2"\nrate = "0.02"\nfactors = { copper_layers = { 2 = "1.0", 4 = "1.5" } }')

    assert line.rate == Decimal("0.03")
    assert line.because == "0.02 × 1.5 for 4 copper layers"


def test_a_factor_of_one_is_not_worth_a_word():
    line = only('per = "order"\nrate = "5.00"\nfactors = { finish = { enig = "1.0" } }')

    assert line.because == ""


def test_an_option_that_the_table_lacks_is_unpriced_and_says_what_there_is():
    sheet = priced('per = "order"\nrate = "1"\nfactors = { finish = { hasl = "0.8", osp = "0.7" } }')

    assert sheet.unpriced[0].because == "the price list has no rate for finish enig; it has hasl, osp"


def test_an_option_that_nobody_knows_is_unpriced():
    sheet = priced('per = "order"\nrate_by = { copper_layers = { 2 = "60" } }', copper_layers=None)

    assert sheet.unpriced[0].because == "not known: copper layers"


def test_a_price_may_be_looked_up_by_one_driver():
    line = only('per = "order"\nrate_by = { copper_layers = { 2 = "60.00", 4 = "95.00" } }')

    assert line.amount == Decimal("95.00")


@pytest.mark.parametrize(("boards", "rate"), [(1, "0.50"), (99, "0.50"), (100, "0.40"), (5000, "0.30")])
def test_a_tier_holds_from_its_step_on(boards, rate):
    tiers = 'per = "board"\ntiers = { by = "board", steps = { 1 = "0.50", 100 = "0.40", 1000 = "0.30" } }'

    assert only(tiers, board=Decimal(boards)).rate == Decimal(rate)


def test_below_the_first_step_there_is_no_price():
    sheet = priced('per = "board"\ntiers = { by = "board", steps = { 50 = "0.50" } }')

    assert sheet.unpriced[0].because == "the price list has no rate for 10 assembled boards in the lot; it begins at 50"


def test_a_minimum_replaces_a_smaller_amount_and_says_so():
    line = only('per = "smt_placement"\nrate = "0.01"\nminimum = { amount = "0.48", per = "board" }')

    assert line.amount == Decimal("4.80")
    assert line.because == "minimum; 70 pcs × 0.01 would be 0.70 EUR"


def test_a_minimum_leaves_a_larger_amount_alone():
    line = only('per = "smt_placement"\nrate = "1.00"\nminimum = { amount = "25.00" }')

    assert line.amount == Decimal("70.00")


@pytest.mark.parametrize(("boards", "counted"), [(1, 3), (3, 3), (4, 6), (10, 12)])
def test_sets_are_rounded_up(boards, counted):
    assert only('per = "board"\nrate = "1"\nsets = { board = 3 }', board=Decimal(boards)).quantity == counted


@pytest.mark.parametrize(
    ("condition", "is_charged"),
    [
        ('board = { min = "10" }', True),
        ('board = { min = "11" }', False),
        ('board = { max = "10" }', True),
        ('board = { max = "9" }', False),
        ('speed = { one_of = ["standard"] }', True),
        ('speed = { one_of = ["express"] }', False),
        ('copper_layers = { one_of = ["4", "6"] }', True),
        ('speed = { one_of = ["standard"] }, board = { min = "11" }', False),
    ],
)
def test_a_charge_is_made_only_when_its_conditions_hold(condition, is_charged):
    sheet = priced(f'per = "order"\nrate = "1.00"\nwhen = {{ {condition} }}')

    assert bool(sheet.lines) is is_charged


def test_a_condition_on_something_unknown_is_unpriced():
    sheet = priced('per = "order"\nrate = "1.00"\nwhen = { joint = { min = "1" } }')

    assert "depends on what is not known: solder joints in the lot" in sheet.unpriced[0].because


def test_a_condition_that_fails_decides_even_when_another_is_unknown():
    sheet = priced('per = "order"\nrate = "1"\nwhen = { joint = { min = "1" }, board = { min = "99" } }')

    assert (sheet.lines, [line for line in sheet.unpriced if not line.is_uncovered]) == ((), [])


def test_a_share_of_groups_counts_what_stands_in_them():
    sheet = priced(
        'group = "boards"\nper = "order"\nrate = "40.00"',
        'group = "assembly"\nper = "order"\nrate = "60.00"',
        'group = "logistics"\nper = "order"\nrate = "9.00"',
        'label = "Express"\ngroup = "adjustment"\nof_groups = ["boards", "assembly"]\nrate = "0.22"',
    )

    assert [line.amount for line in sheet.lines if line.label == "Express"] == [Decimal("22.00")]


def test_a_later_share_counts_an_earlier_one():
    share = 'of_groups = ["assembly"]\nrate = "0.10"'
    sheet = priced('per = "order"\nrate = "100.00"', share, share)

    assert sheet.total == Decimal("121.00")


def test_a_share_of_nothing_is_no_line():
    assert priced('of_groups = ["parts"]\nrate = "0.10"').lines == ()


def test_a_share_with_an_unknown_condition_is_unpriced():
    sheet = priced('of_groups = ["parts"]\nrate = "0.10"\nwhen = { joint = { min = "1" } }')

    assert sheet.unpriced[0].name == "Charge"


BY_HAND = 'per = "smt_placement"\nrate = "1.00"\nalternative = { of = "assembly", way = "hands" }'
BY_MACHINE = 'per = "order"\nrate = "200.00"\nalternative = { of = "assembly", way = "machine" }'


def test_of_alternatives_the_cheaper_is_taken_and_the_other_is_told():
    sheet = priced(BY_HAND, BY_MACHINE)

    assert sheet.total == Decimal("70.00")
    assert sheet.instead == ("assembly: hands is taken; machine is 130.00 EUR dearer",)


def test_an_alternative_is_taken_whole():
    more_by_hand = 'per = "order"\nrate = "180.00"\nalternative = { of = "assembly", way = "hands" }'
    sheet = priced(BY_HAND, more_by_hand, BY_MACHINE)

    assert [line.amount for line in sheet.lines] == [Decimal("200.00")]


def test_an_alternative_that_cannot_be_priced_is_not_the_cheapest():
    by_joint = 'per = "joint"\nrate = "0.01"\nalternative = { of = "assembly", way = "joints" }'
    sheet = priced(by_joint, BY_HAND)

    assert sheet.total == Decimal("70.00")
    assert sheet.instead == ("assembly: hands is taken; joints is not known",)


def test_two_sets_of_alternatives_are_chosen_one_by_one():
    cheap = 'per = "order"\nrate = "1.00"\nalternative = { of = "packing", way = "bag" }'
    dear = 'per = "order"\nrate = "2.00"\nalternative = { of = "packing", way = "box" }'

    assert priced(BY_HAND, BY_MACHINE, dear, cheap).total == Decimal("71.00")


TWO_STEPS = (
    Minutes("placement", "Placement, top", Decimal("12.50"), "because of parts"),
    Minutes("bench", "Hand placement", Decimal("3.00"), "because of hands"),
    Minutes("placement", "Placement, bottom", Decimal("0.00"), "nothing there"),
)


def test_minutes_at_a_work_centre_give_one_line_for_each_operation_there():
    [line] = priced('per = "minute:placement"\nrate = "1.20"\nunit = "min"', minutes=TWO_STEPS).lines

    assert (line.label, line.amount, line.because) == ("Placement, top", Decimal("15.00"), "because of parts")


def test_a_factor_on_minutes_is_told_beside_the_operations_own_reason():
    by_speed = 'factors = { speed = { standard = "1.5" } }'
    [line] = priced(f'per = "minute:bench"\nrate = "1.00"\n{by_speed}', minutes=TWO_STEPS).lines

    assert (line.amount, line.because) == (Decimal("4.50"), "because of hands; 1 × 1.5 for speed standard")


def test_lines_stand_in_the_order_of_the_work_whatever_the_order_of_the_card():
    bench, line = 'per = "minute:bench"\nrate = "1"', 'per = "minute:placement"\nrate = "1"'
    sheet = priced('per = "order"\nrate = "5.00"', bench, line, minutes=TWO_STEPS)

    assert [line.label for line in sheet.lines] == ["Placement, top", "Hand placement", "Charge"]


def test_lines_stand_in_the_order_of_the_groups():
    sheet = priced('group = "logistics"\nper = "order"\nrate = "1"', 'group = "set-up"\nper = "order"\nrate = "1"')

    assert [str(line.group) for line in sheet.lines] == ["set-up", "logistics"]


def test_a_line_is_rounded_once_half_up():
    assert only('per = "order"\nrate = "0.125"').amount == Decimal("0.13")


def test_the_total_is_the_sum_of_the_rounded_lines():
    twice = 'per = "order"\nrate = "0.125"'

    assert priced(twice, twice).total == Decimal("0.26")


def test_a_reason_about_something_unknown_says_unknown():
    line = only('per = "order"\nrate = "1.00"\nbecause = "{joint} joints, {parcel} parcels"')

    assert line.because == "unknown joints, unknown parcels"
