"""Lines that are written late are the lines, and their amount is known before: to the cent, for any purchase."""

from decimal import Decimal

import pytest
from costing_examples import BLINKER, SENSOR, a_basis, a_design, demo_basis
from hypothesis import given
from hypothesis import strategies as st
from test_splitting import bought, offers

from portal.costing.charges import at_any_speed, price
from portal.costing.drivers import lot
from portal.costing.lines import LaterLines, total
from portal.costing.matrix import asked, priceable, row
from portal.costing.purchasing import bought_lines, choices
from portal.currencies import CENT
from portal.routing.options import BuildOptions, Speed


@given(found=st.lists(offers, min_size=1, max_size=4), boards=st.integers(1, 3000))
def test_what_a_purchase_comes_to_is_what_its_lines_come_to(found, boards):
    one = bought(*found, boards=boards)

    assert choices([one.part], startings=[boards]).amounts(CENT)[boards] == total(bought_lines(one, "EUR"))


@pytest.mark.parametrize("design", [BLINKER, SENSOR])
@pytest.mark.parametrize("boards", [1, 7, 1000])
def test_the_total_of_a_cell_is_the_sum_of_the_lines_that_are_written_later(design, boards):
    [cell] = row(asked(a_design(design), BuildOptions(), demo_basis()), (Speed.STANDARD,), boards=boards)

    assert cell.sheet.total == sum(line.amount for line in cell.sheet.lines)


def test_nothing_is_written_before_it_is_read_and_then_once():
    written = []
    later = LaterLines(Decimal("1.00"), lambda: written.append("now") or ())

    assert (total(later), written) == (Decimal("1.00"), [])
    assert (len(later), list(later), written) == (0, [], ["now"])


def test_they_compare_and_cut_like_a_tuple():
    [cell] = row(asked(a_design(SENSOR), BuildOptions(), demo_basis()), (Speed.STANDARD,), boards=10)
    lines, same = cell.sheet.lines, tuple(cell.sheet.lines)

    assert lines == same == lines[:]
    assert (hash(lines), repr(lines), lines[-1]) == (hash(same), repr(same), same[-1])


BY_SPEED = 'per = "order"\nrate_by = { speed = { standard = 1, express = 3 } }'
DOUBLED = 'of_groups = "assembly"\nrate_by = { speed = { standard = 0, express = 1 } }\ngroup = "adjustment"'


def test_a_charge_that_the_speed_changes_is_made_for_each_speed():
    basis = a_basis('per = "board"\nrate = "2"', BY_SPEED, DOUBLED, catalogue="RES-1K 1:0.10\nHDR-2 1:1")
    question = asked(a_design(BLINKER), BuildOptions(), basis)
    standard, express = row(question, tuple(Speed), boards=10)

    assert express.sheet.total - standard.sheet.total == 2 + 23


@pytest.mark.parametrize(
    "charge",
    [
        'per = "board"\nrate = "2"\nbecause = "{board} boards at {speed} speed"',
        'per = "extra"\nrate = "2"\nbecause = "{board} boards, {hurry}"',
    ],
)
def test_a_reason_that_tells_the_speed_tells_each_its_own(charge):
    head = """[computed]
extra = { meaning = "boards again", sum = [{ of = "board" }] }
hurry = { meaning = "how much of a hurry", rate_by = { speed = { standard = 1, express = 2 } } }"""
    question = asked(a_design(BLINKER), BuildOptions(), a_basis(charge, head=head))
    standard, express = ([line.because for line in cell.sheet.lines] for cell in row(question, tuple(Speed), boards=10))

    assert standard[-1] != express[-1]


@pytest.mark.parametrize("design", [BLINKER, SENSOR])
@pytest.mark.parametrize("boards", [1, 50, 1000])
def test_what_is_taken_over_from_another_way_is_what_would_be_made_anew(design, boards):
    question = asked(a_design(design), BuildOptions(), demo_basis())
    card = question.basis.card
    (_, first), *others = priceable(question, boards)
    alike = at_any_speed(card, first, Decimal(100))

    for _, facts in others:
        taken, anew = at_any_speed(card, facts, Decimal(100), alike=alike), at_any_speed(card, facts, Decimal(100))
        assert taken == anew
        assert any(taken.made[number] is alike.made[number] for number in card.counted if taken.made.get(number))


def test_charges_made_once_price_as_charges_made_each_time():
    question = asked(a_design(SENSOR), BuildOptions(), demo_basis())
    [cell] = row(question, (Speed.EXPRESS,), boards=50)
    facts = lot(question.fixed, cell.routing, speed=Speed.EXPRESS, shop=question.basis.shop)
    parts = [line for purchase in cell.bought for line in bought_lines(purchase, "EUR")]
    once = at_any_speed(question.basis.card, facts, total(parts))

    assert (
        price(question.basis.card, facts, given=parts).lines
        == price(question.basis.card, facts, given=parts, once=once).lines
    )
    assert tuple(cell.sheet.lines) == price(question.basis.card, facts, given=parts).lines
