"""What is wrong in a catalogue is told row by row, in words, before any price of it is used."""

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.errors import RatesRefused
from portal.parts.catalogue import normalised, read_catalogue

HEAD = "mpn,supplier,as_of,moq,order_multiple,stock,lead_days,breaks"
GOOD = {"mpn": "A1", "supplier": "Shop", "as_of": "2026-11-01", "breaks": "1:0.10"}
LADDER = "expected quantity:price such as 100:0.05, both above zero"


def row(**cells):
    return ",".join(f'"{(GOOD | cells).get(name, "")}"' for name in HEAD.split(","))


def read(*rows, head=HEAD):
    return read_catalogue("\n".join([head, *rows]), file="catalogue.csv")


def faults(*rows, head=HEAD):
    with pytest.raises(RatesRefused) as refused:
        read(*rows, head=head)
    return refused.value.faults


def ladder(breaks):
    [offer] = read(row(breaks=breaks)).find("A1")
    return [(step.quantity, step.unit_price) for step in offer.breaks]


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"mpn": ""}, "mpn is empty"),
        ({"mpn": "   "}, "mpn is empty"),
        ({"supplier": ""}, "supplier is empty"),
        ({"as_of": ""}, "as_of is empty"),
        ({"breaks": ""}, "breaks is empty"),
        ({"as_of": "1.11.2026"}, "as_of is '1.11.2026'; expected a day such as 2026-04-30"),
        ({"as_of": "2026-02-30"}, "as_of is '2026-02-30'; expected a day such as 2026-04-30"),
        ({"as_of": "2026-11"}, "as_of is '2026-11'; expected a day such as 2026-04-30"),
        ({"moq": "0"}, "moq is '0'; expected a whole number from 1"),
        ({"moq": "-5"}, "moq is '-5'; expected a whole number from 1"),
        ({"moq": "1.5"}, "moq is '1.5'; expected a whole number from 1"),
        ({"moq": "1,000"}, "moq is '1,000'; expected a whole number from 1"),
        ({"moq": "1e3"}, "moq is '1e3'; expected a whole number from 1"),
        ({"order_multiple": "0"}, "order_multiple is '0'; expected a whole number from 1"),
        ({"stock": "many"}, "stock is 'many'; expected a whole number from 0"),
        ({"stock": "-1"}, "stock is '-1'; expected a whole number from 0"),
        ({"lead_days": "6 weeks"}, "lead_days is '6 weeks'; expected a whole number from 0"),
        ({"breaks": "0.10"}, f"breaks has '0.10'; {LADDER}"),
        ({"breaks": "1:0.10;"}, f"breaks has ''; {LADDER}"),
        ({"breaks": "1:0,10"}, f"breaks has '1:0,10'; {LADDER}"),
        ({"breaks": "1:0.10:5"}, f"breaks has '1:0.10:5'; {LADDER}"),
        ({"breaks": "1:$0.10"}, f"breaks has '1:$0.10'; {LADDER}"),
        ({"breaks": "1-9:0.10"}, f"breaks has '1-9:0.10'; {LADDER}"),
        ({"breaks": "1:1_0"}, f"breaks has '1:1_0'; {LADDER}"),
        ({"breaks": "1:0.10;1:0.05"}, "breaks has two prices from 1 on; expected one"),
        ({"breaks": "1:0.10;100:0.05;0100:0.04"}, "breaks has two prices from 100 on; expected one"),
    ],
)
def test_each_fault_is_told_in_words_with_its_row(cells, said):
    assert faults(row(), row(**cells)) == [f"catalogue.csv line 3: {said}"]


DIGITS = {"Arabic": "٣", "Devanagari": "३", "full width": "３", "superscript": "³"}


@pytest.mark.parametrize("digit", DIGITS.values(), ids=DIGITS)
@pytest.mark.parametrize("column", ["moq", "order_multiple", "stock", "lead_days"])
def test_digits_of_other_scripts_are_no_count(column, digit):
    [fault] = faults(row(**{column: digit}))

    assert f"{column} is {digit!r}" in fault


@pytest.mark.parametrize("digit", DIGITS.values(), ids=DIGITS)
@pytest.mark.parametrize("place", ["{}:0.10", "1:0.{}"])
def test_digits_of_other_scripts_are_no_ladder(place, digit):
    assert "breaks has" in faults(row(breaks=place.format(digit)))[0]


@pytest.mark.parametrize("column", ["moq", "order_multiple", "stock", "lead_days"])
@pytest.mark.parametrize("digits", [10, 100, 5000])
def test_a_number_that_nobody_could_mean_is_refused_in_a_short_sentence(column, digits):
    [fault] = faults(row(**{column: "9" * digits}))

    assert f"{column} is '999" in fault
    assert len(fault) < 150


@pytest.mark.parametrize("breaks", ["9" * 5000 + ":1", "1:" + "9" * 5000, "1:1e999999", "1:1e7", "1:1e-9999999999"])
def test_a_ladder_of_huge_numbers_is_refused_and_breaks_nothing(breaks):
    [fault] = faults(row(breaks=breaks))

    assert fault.startswith("catalogue.csv line 2: breaks has")
    assert len(fault) < 170


def test_a_decimal_comma_is_not_cut_off_at_the_comma():
    """Without quotes 1:1,10 is two cells, and the part would be sold at 1."""
    assert faults("A1,Shop,2026-11-01,1,1,,,1:1,10") == [
        "catalogue.csv line 2: has more cells than the heading has columns; put a cell with a comma in quotes",
    ]


def test_a_heading_with_spaces_is_read_as_it_is_meant():
    offers = read("A1,Shop,2026-11-01,1:0.10", head="mpn, supplier , as_of, breaks").find("A1")

    assert [offer.supplier for offer in offers] == ["Shop"]


@pytest.mark.parametrize(
    ("breaks", "kept"),
    [
        ("1000:0.01;1:0.10;100:0.05", [1, 100, 1000]),
        (" 1:0.10 ; 100: 0.05 ", [1, 100]),
        ("5000:0.01", [5000]),
        ("001:0.10", [1]),
    ],
)
def test_a_ladder_may_stand_in_any_order_and_with_spaces(breaks, kept):
    assert [quantity for quantity, _ in ladder(breaks)] == kept


@pytest.mark.parametrize("price", ["0.0001", "1e-4", "0.00010", "9999999", "12.345678901234567890"])
def test_a_price_keeps_every_digit_it_is_given(price):
    assert ladder(f"1:{price}") == [(1, Decimal(price))]


def test_rows_are_counted_past_remarks_and_empty_lines():
    text = f"# list of November\n\n{HEAD}\n# chips\n{row()}\n\n{row(moq='0')}\n{row(stock='x')}\n"
    with pytest.raises(RatesRefused) as refused:
        read_catalogue(text, file="ours.csv")

    assert [fault.split(":")[0] for fault in refused.value.faults] == ["ours.csv line 7", "ours.csv line 8"]


def test_one_wrong_row_keeps_the_whole_table_out():
    assert len(faults(*[row(mpn=f"A{n}") for n in range(50)], row(moq="0"))) == 1


def test_the_same_offer_twice_is_two_offers_of_one_part():
    assert len(read(row(), row()).find("A1")) == 2


@pytest.mark.parametrize(
    ("one", "other"),
    [("LM393 DR2G", "lm393dr2g"), ("a1", "A1"), (" A 1 ", "A1"), ("A\u00a01", "a1"), ("stm32\tf0", "STM32F0")],
)
def test_case_and_spaces_do_not_make_another_part(one, other):
    assert read(row(mpn=one)).find(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("A1", "A1-T"), ("A1", "A-1"), ("A1", "A1/NOPB"), ("O1", "01"), ("A1,5", "A15"), ("A1", "")],
)
def test_every_other_sign_makes_another_part(one, other):
    assert read(row(mpn=one)).find(other) == ()


@given(st.text(max_size=30))
def test_a_part_number_that_is_normalised_stays_as_it_is(mpn):
    assert normalised(normalised(mpn)) == normalised(mpn)


LADDERS = st.dictionaries(
    st.integers(1, 999_999_999), st.decimals("0.0001", "9999999", places=4), min_size=1, max_size=8
)


@given(steps=LADDERS, order=st.randoms(use_true_random=False))
def test_whatever_ladder_is_written_is_read_back_in_order(steps, order):
    written = [f"{quantity}:{price}" for quantity, price in steps.items()]
    order.shuffle(written)

    assert ladder(";".join(written)) == sorted(steps.items())


@given(text=st.text(max_size=200))
def test_no_text_whatever_breaks_the_reading(text):
    """It is a catalogue or it is refused: nothing else."""
    with suppress(RatesRefused):
        assert read_catalogue(f"{HEAD}\n{text}", file="x.csv").offers is not None


def test_a_row_that_runs_over_two_lines_does_not_move_the_numbers_of_the_others():
    assert faults(row(supplier="Corner\nshop"), row(moq="0")) == [
        "catalogue.csv line 4: moq is '0'; expected a whole number from 1",
    ]


@pytest.mark.parametrize("column", ["mpn", "breaks", "moq"])
def test_a_column_that_stands_there_twice_is_not_chosen_from(column):
    assert faults(head=f"{HEAD},{column}") == [f"catalogue.csv: column {column!r} stands there twice"]


@pytest.mark.parametrize("column", ["mpn", "supplier"])
def test_a_cell_as_long_as_a_book_is_refused_with_a_sentence(column):
    assert faults(row(**{column: "A" * 100_000})) == [f"catalogue.csv line 2: {column} is longer than 10,000 signs"]


def test_a_cell_longer_than_a_table_can_hold_is_refused_too():
    """How much that is depends on the reader of tables, which others may have told another limit."""
    [fault] = faults(row(mpn="A" * 200_000))

    assert fault.startswith("catalogue.csv")
    assert len(fault) < 150


@pytest.mark.parametrize("fee", ["-6", "six", "6,02", "0"])
def test_a_fee_for_a_reel_that_is_no_amount_is_told(fee):
    [fault] = faulty_fee(fee)

    assert f"reel_fee is {fee!r}; expected an amount above zero such as 6.02" in fault


def faulty_fee(fee):
    return faults(f'A1,Shop,2026-11-01,1:0.10,"{fee}"', head="mpn,supplier,as_of,breaks,reel_fee")


LONG = "mpn,supplier,as_of,breaks,description"


def test_a_cell_may_hold_ten_thousand_signs_and_no_more():
    [offer] = read(f"A1,Shop,2026-11-01,1:0.10,{'x' * 10_000}", head=LONG).find("A1")
    [fault] = faults(f"A1,Shop,2026-11-01,1:0.10,{'x' * 10_001}", head=LONG)

    assert len(offer.description) == 10_000
    assert "description is longer than 10,000 signs" in fault
