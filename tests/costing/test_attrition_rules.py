"""One form of rule holds every published rule of spare parts; the cases are those of their publishers."""

from datetime import date
from decimal import Decimal

import pytest
from costing_examples import demo_basis
from hypothesis import given
from hypothesis import strategies as st

from portal.costing.attrition import Extra, lost
from portal.parts.packages import PackageClass
from portal.routing.sourced import Sourced

ORIGIN = {"source": "test", "date": date(2026, 11, 1), "grade": "A"}
HOUSE = demo_basis().card.attrition


def with_leader(leader):
    """The house's rules made anew: a copy would keep what they have worked out already."""
    kept = {name: getattr(HOUSE, name) for name in type(HOUSE).model_fields}
    return type(HOUSE)(**{**kept, "cut_tape_leader": leader})


def a_rule(share, minimum=0, **more):
    return Extra(share=share, minimum=minimum, **ORIGIN, **more)


def test_lead_quantity_and_attrition():
    """Case C1, learncq.calcuquote.com: 2 × 500 boards, 5 %, lead 20: buy 1,070."""
    assert 1000 + a_rule("0.05", lead=20).of(1000) == 1070


@pytest.mark.parametrize(("share", "minimum", "bought"), [("0.5", 100, 170), ("0.5", 50, 120), ("0.25", 50, 120)])
def test_percent_or_minimum_whichever_is_more(share, minimum, bought):
    """Case C2, emsolutionstech.com and bayareacircuits.com, for a need of 70."""
    assert 70 + a_rule(share, minimum).of(70) == bought


@pytest.mark.parametrize(
    ("need", "loss", "least", "reel", "sides", "bought"),
    [
        (15, 10, 20, 4000, 1, 25),
        (15, 10, 20, 4000, 2, 35),
        (5, 5, 20, 4000, 1, 20),
        (10000, 10, 20, 5000, 1, 10020),
        (3, 0, 1, 2500, 1, 3),
    ],
)
def test_a_makers_loss_rule_part_by_part(need, loss, least, reel, sides, bought):
    """Case C4: max(need + k·(loss + floor(0.002·max(0, need − reel))), minimum)."""
    rule = a_rule("0.002", lead=loss, beyond=reel, rounds_down=True, each_side=True, least_in_all=least)

    assert need + rule.of(need, sides=sides) == bought


RULES = st.builds(
    a_rule,
    st.decimals("0", "1", places=3),
    st.integers(0, 200),
    lead=st.integers(0, 50),
    beyond=st.integers(0, 5000),
    rounds_down=st.booleans(),
    least_in_all=st.integers(0, 500),
)


@given(rule=RULES, count=st.integers(1, 20_000), more=st.integers(0, 500))
def test_more_boards_never_need_fewer_parts_in_all(rule, count, more):
    assert count + rule.of(count) <= count + more + rule.of(count + more)


@given(rule=RULES, count=st.integers(1, 20_000))
def test_no_rule_takes_parts_away(rule, count):
    assert rule.of(count) >= 0


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        (a_rule("0.2", 20), "20%, at least 20"),
        (a_rule("0.05", lead=20), "5%, and 20 at the start"),
        (a_rule("0.002", lead=10, beyond=4000, each_side=True), "0.2% beyond 4000, and 10 at the start of each side"),
        (a_rule("0", lead=5, least_in_all=20), "0%, and 5 at the start, at least 20 in all"),
    ],
)
def test_a_rule_reads_as_a_sentence(rule, told):
    assert rule.told == told


def test_a_rule_for_one_part_number_goes_before_that_of_its_class():
    rules = HOUSE.model_copy(update={"by_mpn": {"C1525": a_rule("0", lead=10)}})
    found = lost(rules, PackageClass.CHIP_0402, price=Decimal("0.01"), mpn="C1525")

    assert found.spare(1000) == (10, "C1525: 0%, and 10 at the start")


def test_a_rule_for_one_part_number_holds_however_dear_the_part_is():
    rules = HOUSE.model_copy(update={"by_mpn": {"STM32": a_rule("0", lead=10)}})

    assert lost(rules, PackageClass.QFP, price=Decimal(30), mpn="STM32").spare(5)[0] == 10


def test_a_strip_of_cut_tape_is_bought_long_enough_for_a_leader():
    leader = Sourced(value="60", unit="parts", **ORIGIN)
    found = lost(with_leader(leader), PackageClass.SOT, price=Decimal("0.01"))

    assert found.spare(100, is_cut_tape=True) == (60, "cut tape: 60 for a leader")
    assert found.spare(100)[0] == 5


def test_only_where_the_leader_is_more_than_the_rule_it_is_the_reason():
    found = lost(with_leader(Sourced(value="60", unit="parts", **ORIGIN)), PackageClass.SOT, price=Decimal("0.01"))
    extras, rules = found.spares([100, 10_000], is_cut_tape=True)

    assert extras == [60, 500]
    assert [rule.partition(":")[0] for rule in rules] == ["cut tape", "sot"]


def test_a_leader_of_dear_parts_is_limited_by_their_price_too():
    leader = Sourced(value="60", unit="parts", **ORIGIN)
    found = lost(with_leader(leader), PackageClass.QFN, price=Decimal("2.50"))

    assert found.spare(10, is_cut_tape=True)[0] == 2
