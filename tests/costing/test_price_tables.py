"""Tiers and tables: which rate holds where, at every edge, and what is refused before it can price anything."""

from decimal import Decimal

import pytest
from costing_examples import a_card
from hypothesis import given
from hypothesis import strategies as st

from portal.costing.charges import price
from portal.costing.derived import completed
from portal.costing.drivers import Lot
from portal.costing.facts import price_facts
from portal.errors import RatesRefused


def amounts(charge, **facts):
    return [str(line.amount) for line in price_facts(facts, a_card(charge)).lines]


def refused(charge, **facts):
    with pytest.raises(RatesRefused) as fault:
        price_facts(facts, a_card(charge), file="facts.json")
    return "; ".join(fault.value.faults)


def tiers(said, per='"board"'):
    return f"per = {per}\ntiers = {{ {said} }}"


UP_TO = 'by = "lot_area_cm2", up_to = { 50 = "9", 100.5 = "7", more = "5" }'.replace("100.5", '"100.5"')


@pytest.mark.parametrize(
    ("area", "amount"), [("0.01", "9.00"), ("50", "9.00"), ("50.001", "7.00"), ("100.5", "7.00"), ("100.51", "5.00")]
)
def test_up_to_means_up_to_and_with(area, amount):
    assert amounts(tiers(UP_TO, per='"order"'), lot_area_cm2=area) == [amount]


def test_beyond_the_last_limit_there_is_no_price_without_more():
    said = refused(tiers('by = "board", up_to = { 10 = "1", 20 = "0.5" }'), board=21)

    assert "the card has no rate for board 21" in said


@pytest.mark.parametrize(
    ("boards", "lines"),
    [
        (1, ["2.00"]),
        (99, ["198.00"]),
        (100, ["198.00", "1.00"]),
        (150, ["198.00", "51.00"]),
        (1001, ["198.00", "900.00", "1.00"]),
    ],
)
def test_graduated_steps_from_one_count_pieces(boards, lines):
    steps = 'by = "board", steps = { 1 = "2", 100 = "1", 1000 = "0.50" }, graduated = true'

    assert amounts(tiers(steps), board=boards) == lines


@pytest.mark.parametrize(("area", "lines"), [("100", ["200.00"]), ("100.5", ["200.00", "0.50"]), ("0.5", ["1.00"])])
def test_graduated_steps_from_zero_measure(area, lines):
    steps = 'by = "lot_area_cm2", steps = { 0 = "2", 100 = "1" }, graduated = true'

    assert amounts(tiers(steps, per='"lot_area_cm2"'), lot_area_cm2=area) == lines


@pytest.mark.parametrize(("boards", "lines"), [(10, ["20.00"]), (11, ["20.00", "1.00"]), (30, ["20.00", "20.00"])])
def test_graduated_limits_are_the_first_so_many(boards, lines):
    assert amounts(tiers('by = "board", up_to = { 10 = "2", 30 = "1" }, graduated = true'), board=boards) == lines


def test_graduated_beyond_the_last_limit_is_refused_whole():
    said = refused(tiers('by = "board", up_to = { 10 = "2", 30 = "1" }, graduated = true'), board=31)

    assert "the card has no rate for board 31" in said


def test_a_graduated_range_is_multiplied_with_the_other_drivers():
    """Ten boards of seven at 2, five of seven at 1."""
    charge = tiers('by = "board", up_to = { 10 = "2", more = "1" }, graduated = true', per='["board", "smt_per_board"]')

    assert amounts(charge, board=15, smt_per_board=7) == ["140.00", "35.00"]


def test_each_range_says_what_it_is():
    card = a_card('label = "Boards"\n' + tiers('by = "board", up_to = { 10 = "2", more = "1" }, graduated = true'))

    assert [line.label for line in price_facts({"board": 15}, card).lines] == ["Boards, up to 10", "Boards, beyond 10"]


def test_a_factor_and_a_minimum_hold_for_all_ranges_together():
    charge = tiers('by = "board", up_to = { 10 = "2", more = "1" }, graduated = true')
    double = "factors = { finish = { enig = 2 } }"

    assert amounts(f"{charge}\n{double}", board=15, finish="enig") == ["40.00", "10.00"]
    assert amounts(f'{charge}\nminimum = {{ amount = "30" }}', board=15) == ["30.00"]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ('steps = { 1 = "1" }', "tiers.by: is missing"),
        ('by = "board"', "expected either steps or up_to"),
        ('by = "board", steps = { 1 = "1" }, up_to = { 1 = "1" }', "expected either steps or up_to"),
        ('by = "board", up_to = {}', "tiers.up_to: expected at least one"),
        ('by = "board", steps = { 1 = "1", "1.0" = "2" }', "expected each step once, found 1 twice"),
        ('by = "board", up_to = { 10 = "1", "10.00" = "2" }', "expected each step once, found 10 twice"),
        ('by = "board", steps = { 1 = "1", 10 = "2", 100 = "1.5" }', "only rise or only fall, found 1, 2, 1.5"),
        ('by = "board", up_to = { 1 = "3", 10 = "2", more = "2.5" }', "only rise or only fall, found 3, 2, 2.5"),
        ('by = "board", steps = { 5 = "1" }, graduated = true', "graduated steps begin at 1"),
        ('by = "side", steps = { 1 = "1" }, graduated = true', "side has to be in per, once"),
        ('by = "board", steps = { few = "1" }', "expected the figure from which the rate holds, such as 10"),
        ('by = "board", up_to = { most = "1" }', "expected the figure up to which the rate holds, such as 10, or more"),
        ('by = "boards", steps = { 1 = "1" }', "the nearest is board"),
    ],
)
def test_tiers_that_cannot_be_meant_are_refused(said, expected):
    assert expected in refused(tiers(said), board=1)


def test_a_list_that_really_goes_up_and_down_says_so():
    zigzag = 'by = "board", steps = { 1 = "1", 10 = "2", 100 = "1.50" }, zigzag = true'

    assert amounts(tiers(zigzag), board=100) == ["150.00"]


def table(axes, rates, per='"order"'):
    return f"per = {per}\ntable = {{ axes = [{', '.join(f'{{ {axis} }}' for axis in axes)}], rates = {rates} }}"


LAYERS = 'by = "copper_layers", values = ["2", "4"]'
PIECES = 'by = "board", steps = [1, 10]'
SIZE = 'by = "board_area_cm2", up_to = [50, 100]'
POINTS = 'by = "board", points = [10, 20, 40]'


@pytest.mark.parametrize(
    ("layers", "area", "boards", "amount"),
    [
        (2, "50", 1, "1.00"),
        (2, "50", 10, "2.00"),
        (2, "50.1", 9, "3.00"),
        (4, "100", 99, "8.00"),
        (4, "0.1", 1, "5.00"),
    ],
)
def test_three_axes_are_read_each_in_its_way(layers, area, boards, amount):
    charge = table([LAYERS, SIZE, PIECES], '[[["1", "2"], ["3", "4"]], [["5", "6"], ["7", "8"]]]')

    assert amounts(charge, copper_layers=layers, board_area_cm2=area, board=boards) == [amount]


@pytest.mark.parametrize(
    ("boards", "amount"), [(10, "100.00"), (15, "75.00"), (20, "50.00"), (21, "49.00"), (40, "30.00")]
)
def test_between_two_points_the_line_is_straight(boards, amount):
    assert amounts(table([POINTS], '["100", "50", "30"]'), board=boards) == [amount]


@pytest.mark.parametrize(
    ("beyond", "boards", "amount"),
    [("hold", 1, "100.00"), ("hold", 100, "30.00"), ("extend", 8, "110.00"), ("extend", 50, "20.00")],
)
def test_beyond_the_points_the_card_decides(beyond, boards, amount):
    assert amounts(table([f'{POINTS}, beyond = "{beyond}"'], '["100", "50", "30"]'), board=boards) == [amount]


@pytest.mark.parametrize(
    ("axis", "boards"),
    [(POINTS, 9), (POINTS, 41), (PIECES.replace("1,", "5,"), 4), ('by = "board", up_to = [5, 10]', 11)],
)
def test_beyond_an_axis_there_is_no_price_unless_the_card_says_so(axis, boards):
    rates = '["1", "2", "3"]' if axis is POINTS else '["1", "2"]'

    assert f"the card has no rate for board {boards}" in refused(table([axis], rates), board=boards)


@pytest.mark.parametrize(("boards", "amount"), [(1, "1.00"), (99, "2.00")])
def test_steps_and_limits_may_hold_beyond_their_ends(boards, amount):
    held = 'by = "board", up_to = [5, 10], beyond = "hold"'

    assert amounts(table([held], '["1", "2"]'), board=boards) == [amount]


def test_points_on_two_axes_make_a_plane():
    """Between 0, 10 and 20, 30: half of the way on both is 15."""
    axes = ['by = "copper_oz", points = [1, 2]', 'by = "board", points = [1, 3]']

    assert amounts(table(axes, '[["0", "10"], ["20", "30"]]'), copper_oz="1.5", board=2) == ["15.00"]


def test_a_rate_between_points_is_printed_as_it_is_multiplied():
    [line] = price_facts({"board": 2}, a_card(table(['by = "board", points = [1, 4]'], '["0", "1"]'))).lines

    assert line.rate == Decimal("0.333333")


def test_a_fine_rate_of_a_table_keeps_its_digits():
    [line] = price_facts({"board": 1}, a_card(table(['by = "board", steps = [1]'], '["0.000000125"]'))).lines

    assert line.rate == Decimal("0.000000125")


def test_what_a_table_does_not_offer_is_said_with_where_it_is():
    charge = table([LAYERS, PIECES], '[["1", "2"], ["3", "-"]]')

    assert "not offered by the card: copper_layers 4, board 12" in refused(charge, copper_layers=4, board=12)
    assert amounts(charge, copper_layers=4, board=9) == ["3.00"]


def test_between_a_point_and_one_that_is_not_offered_there_is_no_price():
    charge = table([POINTS], '["100", "-", "30"]')

    assert "not offered" in refused(charge, board=15)
    assert amounts(charge, board=10) == ["100.00"]


@pytest.mark.parametrize(
    ("axes", "rates", "expected"),
    [
        ([LAYERS, PIECES], '[["1", "2"]]', "rates: expected a list of 2, one for each mark of its axis, found 1"),
        ([LAYERS, PIECES], '[["1", "2"], ["3"]]', "rates.1: expected a list of 2"),
        ([LAYERS, PIECES], '["1", "2"]', "rates.0: expected a list of 2"),
        ([LAYERS], '["1", "free"]', "rates.1: expected a number"),
        ([LAYERS], '["1", "-2"]', "rates.1: expected a number that is not below zero"),
        ([LAYERS], '["1", ["2"]]', "rates.1: expected a number"),
        ([], '["1"]', "table.axes: expected at least one"),
        ([LAYERS], "[]", "table.rates: expected at least one"),
        (['by = "board"'], '["1"]', "expected exactly one of values, steps, up_to, points"),
        (['by = "board", steps = [1], points = [1]'], '["1"]', "expected exactly one of values, steps"),
        (['by = "board", steps = [10, 1]'], '["1", "2"]', "expected marks that rise, found 10, 1"),
        (['by = "board", points = [1, 1]'], '["1", "2"]', "expected marks that rise, found 1, 1"),
        (['by = "finish", values = ["osp", "osp"]'], '["1", "2"]', "expected each value once"),
        (['by = "board", points = [1], beyond = "extend"'], '["1"]', "only two points or more"),
        (['by = "board", steps = [1], beyond = "guess"'], '["1"]', "beyond: expected 'refuse', 'hold'"),
        (['by = "bord", steps = [1]'], '["1"]', "the nearest is board"),
    ],
)
def test_a_table_that_is_not_whole_is_refused_by_its_place(axes, rates, expected):
    assert expected in refused(table(axes, rates), board=1)


def test_every_fault_of_a_table_is_told_at_once():
    said = refused(table([LAYERS, PIECES], '[["x", "2"], ["3", "y"]]'), board=1)

    assert "rates.0.0" in said
    assert "rates.1.1" in said


@pytest.mark.parametrize("given", ["1.6", "1.60", 1.6, Decimal("1.600")])
@pytest.mark.parametrize("key", ["1.6", "1.60"])
def test_an_option_that_is_a_number_may_be_written_with_its_zeros(given, key):
    assert amounts(f'per = "order"\nrate_by = {{ thickness_mm = {{ "{key}" = "7" }} }}', thickness_mm=given) == ["7.00"]


def test_other_is_every_value_that_the_table_does_not_name():
    charge = 'per = "order"\nrate_by = { finish = { enig = "1", other = "3" } }'

    assert (amounts(charge, finish="enig"), amounts(charge, finish="gold")) == (["1.00"], ["3.00"])


def test_other_is_not_for_what_is_not_known():
    assert "not known: finish" in refused('per = "order"\nrate_by = { finish = { other = "3" } }', board=1)


@pytest.mark.parametrize(
    ("way", "rate", "amount"), [("half-up", "0.125", "0.13"), ("up", "0.121", "0.13"), ("down", "0.129", "0.12")]
)
def test_a_rate_may_be_rounded_before_it_is_multiplied(way, rate, amount):
    charge = f'per = "order"\nrate = "{rate}"\nround_rate = {{ to = "0.01", way = "{way}" }}'

    assert amounts(charge) == [amount]


COUNTS = st.integers(1, 5000)
RATES = st.lists(st.decimals(0, 9, places=3), min_size=1, max_size=5).map(lambda rates: sorted(rates, reverse=True))


def lot(boards):
    return Lot(completed({"board": Decimal(boards)}))


def graduated(rates, *, marks):
    steps = ", ".join(f'{mark} = "{rate}"' for mark, rate in zip(marks, rates, strict=False))
    return a_card(tiers(f'by = "board", steps = {{ {steps} }}, graduated = true'))


@given(boards=COUNTS, more=st.integers(0, 500), rates=RATES)
def test_graduated_more_boards_never_cost_less(boards, more, rates):
    """But for half a cent of rounding in each range."""
    card = graduated(rates, marks=[1, 10, 100, 1000, 2000])
    few, many = (price(card, lot(count)).total for count in (boards, boards + more))

    assert few <= many + Decimal("0.025")


@given(boards=COUNTS, rates=RATES)
def test_the_ranges_of_a_graduated_price_hold_every_board_once(boards, rates):
    lines = price(graduated(rates, marks=[1, 7, 50, 700, 2000]), lot(boards)).lines

    assert sum(line.quantity for line in lines) == boards


@given(st.lists(st.integers(1, 10_000), min_size=2, max_size=6, unique=True).map(sorted), COUNTS, RATES)
def test_between_points_a_rate_lies_between_theirs(marks, boards, rates):
    rates = [str(rate) for rate in (rates * 6)[: len(marks)]]
    axis = f'by = "board", points = {marks}, beyond = "hold"'
    [line] = price(a_card(table([axis], str(rates).replace("'", '"'), per='"order"')), lot(boards)).lines or [None]

    assert line is None or min(map(Decimal, rates)) <= line.rate <= max(map(Decimal, rates))
