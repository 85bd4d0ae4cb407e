"""What is bought of each line: need, attrition, minimums, multiples, breaks. The sums can be done in the head."""

from datetime import date
from decimal import Decimal

import pytest
from costing_examples import BLINKER, a_design, demo_basis, need, offers
from hypothesis import given
from hypothesis import strategies as st

from portal.board.design import Design, Finding, Severity
from portal.costing.lines import CostLine, UnpricedLine
from portal.costing.purchasing import missing_parts, parts_lines, wanted
from portal.parts.catalogue import catalogue
from portal.parts.offers import Offer, PriceBreak
from portal.parts.packages import PackageClass
from portal.routing.options import BuildOptions

RULES = demo_basis().card.attrition
LM393 = "1:0.0675556;100:0.0548;300:0.0483;1000:0.043;5000:0.0347;10000:0.0333"


def an_offer(ladder, *, supplier="Shop", **terms):
    pairs = (step.split(":") for step in ladder.split(";"))
    breaks = tuple(PriceBreak(int(quantity), Decimal(price)) for quantity, price in pairs)
    return Offer("A1", "maker", supplier, breaks, date(2026, 11, 1), **terms)


def bought(needed, ladder, **terms):
    sale = an_offer(ladder, **terms).cheapest(needed)
    return sale.quantity, sale.cost


def lines(design, prices, *, boards=10, attrition=None, consigned=()):
    options = BuildOptions(consigned=frozenset(consigned))
    return list(parts_lines(wanted(design, options, prices, attrition=attrition), boards=boards, currency="EUR"))


@pytest.mark.parametrize(
    ("needed", "quantity", "cost"),
    [
        (1, 1, "1.00"),
        (49, 49, "49.00"),
        (50, 50, "50.00"),
        (51, 100, "50.00"),
        (99, 100, "50.00"),
        (100, 100, "50.00"),
        (101, 101, "50.50"),
    ],
)
def test_buying_up_to_a_break_may_be_cheaper_than_buying_less(needed, quantity, cost):
    """1.00 each, 0.50 from a hundred on; of two equal costs the smaller quantity is taken."""
    assert bought(needed, "1:1.00;100:0.50") == (quantity, Decimal(cost))


def test_a_thousand_comparators_cost_less_than_nine_hundred():
    """Case C6: naively 43.47."""
    assert bought(900, LM393) == (1000, Decimal("43.000"))


@pytest.mark.parametrize(
    ("terms", "quantity"),
    [({}, 7), ({"moq": 10}, 10), ({"order_multiple": 5}, 10), ({"moq": 12, "order_multiple": 5}, 15), ({"moq": 7}, 7)],
)
def test_parts_are_bought_as_they_are_sold(terms, quantity):
    assert bought(7, "1:1.00", **terms)[0] == quantity


@pytest.mark.parametrize(("boards", "supplier"), [(5, "few"), (50, "many")])
def test_of_two_suppliers_the_cheaper_is_taken(boards, supplier):
    prices = catalogue([an_offer("1:1.00", supplier="few"), an_offer("100:0.20", supplier="many")])
    [line] = lines(a_design("R1 | 0805 | A1 | top"), prices, boards=boards)

    assert line.because.endswith(f"{supplier} 2026-11-01 at {line.rate.normalize():f} EUR")


LADDERS = st.lists(
    st.tuples(st.integers(1, 5000), st.decimals("0.0001", "50", places=4)),
    min_size=1,
    max_size=5,
    unique_by=lambda s: s[0],
)
TERMS = st.tuples(st.integers(1, 500), st.integers(1, 100))


@given(ladder=LADDERS, terms=TERMS, needed=st.integers(1, 5000), more=st.integers(0, 500))
def test_needing_more_never_costs_less(ladder, terms, needed, more):
    offer = an_offer(";".join(f"{q}:{p}" for q, p in ladder), moq=terms[0], order_multiple=terms[1])

    assert offer.cheapest(needed).cost <= offer.cheapest(needed + more).cost


@given(ladder=LADDERS, terms=TERMS, needed=st.integers(1, 5000))
def test_what_is_bought_is_enough_and_can_be_sold(ladder, terms, needed):
    moq, multiple = terms
    quantity, _ = bought(needed, ";".join(f"{q}:{p}" for q, p in ladder), moq=moq, order_multiple=multiple)

    assert quantity >= max(needed, moq)
    assert quantity % multiple == 0


@given(ladder=LADDERS, other=LADDERS, boards=st.integers(1, 5000))
def test_a_second_supplier_never_makes_it_dearer(ladder, other, boards):
    first, second = (an_offer(";".join(f"{q}:{p}" for q, p in steps)) for steps in (ladder, other))
    [alone], [both] = (
        lines(a_design("R1 | 0805 | A1 | top"), catalogue(sold), boards=boards) for sold in ([first], [first, second])
    )

    assert both.amount <= alone.amount


@pytest.mark.parametrize(
    ("package", "count", "extra"),
    [
        (PackageClass.CHIP_01005, 70, 100),
        (PackageClass.CHIP_0201, 70, 50),
        (PackageClass.CHIP_0402, 10, 20),
        (PackageClass.CHIP_0402, 200, 40),
        (PackageClass.CHIP_0603, 1000, 150),
        (PackageClass.CHIP_0805, 1000, 100),
        (PackageClass.SOT, 100, 5),
        (PackageClass.BGA, 100, 1),
        (PackageClass.BARE_COPPER, 100, 0),
    ],
)
def test_cheap_parts_are_lost_by_the_rule_of_their_package(package, count, extra):
    """Case C2 among them: the larger of a share and a minimum."""
    assert need(count, package, price=Decimal("0.001"), attrition=RULES).extra == extra


@pytest.mark.parametrize(
    ("price", "count", "extra"),
    [("0.01", 100, 20), ("1.00", 100, 6), ("2.50", 100, 3), ("4.99", 10, 1), ("30.00", 10, 0), ("30.00", 500, 5)],
)
def test_of_a_dear_part_few_are_bought_beyond_the_need(price, count, extra):
    """A QFN: 20 % or 20, but worth at most 5.00 and 1 % of the need; one at least below 5.00 each."""
    assert need(count, PackageClass.QFN, price=Decimal(price), attrition=RULES).extra == extra


def test_a_card_without_attrition_buys_the_need():
    found = need(100, PackageClass.CHIP_0402, price=Decimal(1), attrition=None)

    assert (found.extra, found.rule) == (0, "no attrition in this rate card")


@given(
    count=st.integers(1, 20_000),
    more=st.integers(0, 500),
    price=st.decimals("0.0005", "60", places=4),
    package=st.sampled_from(list(PackageClass)),
)
def test_more_boards_never_need_fewer_spare_parts(count, more, price, package):
    few = need(count, package, price=price, attrition=RULES)
    many = need(count + more, package, price=price, attrition=RULES)

    assert few.extra <= many.extra


def test_each_kind_of_part_is_one_line_with_its_reason():
    found = lines(a_design(BLINKER), offers("RES-1K 1:0.05;100:0.01\nHDR-2 1:0.30"))

    assert [(line.label, line.quantity, line.amount) for line in found] == [
        ("RES-1K", 100, Decimal("1.00")),
        ("HDR-2", 10, Decimal("3.00")),
    ]


def test_a_reason_tells_need_left_over_supplier_and_day():
    found = lines(a_design(BLINKER), offers("RES-1K 1:0.05;100:0.01\nHDR-2 1:0.30"))

    assert found[0].because == (
        "4 × 10 = 40 + 0 attrition (no attrition in this rate card); "
        "60 left over, yours, worth 0.60 EUR: 100 cost less than fewer; Corner shop 2026-11-01 at 0.01 EUR"
    )


def test_what_a_minimum_leaves_over_is_told_by_the_minimum():
    prices = catalogue([an_offer("1:0.05", moq=50, order_multiple=25)])
    [line] = lines(a_design("R1 | 0805 | A1 | top"), prices)

    assert "40 left over, yours, worth 2.00 EUR: sold from 50 in multiples of 25" in line.because


def test_attrition_is_part_of_the_reason():
    found = lines(a_design("R1 | 0805 | RES | top"), offers("RES 1:0.01"), attrition=RULES)

    assert "1 × 10 = 10 + 10 attrition (0805: 10%, at least 10)" in found[0].because


def test_a_price_nobody_vouches_for_shows_its_grade():
    [line] = lines(a_design("R1 | 0805 | A1 | top"), catalogue([an_offer("1:0.05", grade="U")]))

    assert line.because.endswith("at 0.05 EUR, grade U")


def test_too_little_stock_is_told():
    [line] = lines(a_design("R1 | 0805 | A1 | top"), catalogue([an_offer("1:0.05", stock=3)]))

    assert "only 3 in stock" in line.because


def test_a_part_that_is_in_no_catalogue_is_unknown_and_not_free():
    [line] = lines(a_design("U1 U2 | SOIC-8 | MYSTERY | top"), offers("RES 1:1"))

    assert line == UnpricedLine("MYSTERY", ("U1", "U2"), "MYSTERY is in no catalogue; 2 a board")


def test_a_line_without_part_number_is_unknown_and_says_what_is_missing():
    [line] = lines(a_design("U1 | SOIC-8 | | top"), offers("RES 1:1"))

    assert isinstance(line, UnpricedLine)
    assert line.because == "the BOM gives no manufacturer's part number; 1 a board"


def test_what_the_customer_supplies_is_not_bought():
    found = lines(a_design(BLINKER), offers("RES-1K 1:0.05\nHDR-2 1:0.30"), consigned=["RES-1K"])

    assert [line.label for line in found] == ["HDR-2"]


def test_bare_copper_is_not_bought():
    assert lines(a_design("TP1 | TestPoint_Pad | TP | top"), offers("RES 1:1")) == []


def test_a_package_without_bom_says_that_parts_and_assembly_are_unknown():
    found = list(missing_parts(a_design("R1 | 0805 | A | top").__class__("empty")))

    assert [line.name for line in found] == ["Assembly", "Parts"]


def test_a_list_that_could_not_be_read_is_asked_for_by_its_name():
    unread = Finding(Severity.ASK, "list-not-read", "BOM.pdf", "is named like a list, but is a PDF.", "Send a table.")
    [_, parts] = missing_parts(Design("amp", findings=(unread,)))

    assert parts.because == "BOM.pdf could not be read as a BOM; send it with part numbers."


def test_a_package_with_a_centroid_file_alone_counts_its_placements():
    design = a_design("R1 R2 | 0805 | A | top")
    [line] = missing_parts(design.__class__("no bom", placements=design.placements))

    assert "2 placements are counted from the centroid file" in line.because


@given(boards=st.integers(1, 3000), more=st.integers(0, 300))
def test_more_boards_never_need_cheaper_parts(boards, more):
    design, prices = a_design(BLINKER), offers("RES-1K 1:0.05;100:0.01\nHDR-2 1:0.30;1000:0.12")
    few, many = (
        sum(line.amount for line in lines(design, prices, boards=n, attrition=RULES) if isinstance(line, CostLine))
        for n in (boards, boards + more)
    )

    assert few <= many
