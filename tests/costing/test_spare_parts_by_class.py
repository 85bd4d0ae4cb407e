"""What is bought beyond the need of each class of part, worked out in the head from the demo shop's rules."""

from decimal import Decimal

import pytest
from costing_examples import demo_basis, need

from portal.parts.packages import PackageClass

RULES = demo_basis().card.attrition
# class: share of the need, at least; extra for 10, 100 and 1,000 parts that cost next to nothing
TABLE = """
01005          50 %   100    100   100   500
0201           50 %    50     50    50   500
0402           20 %    20     20    20   200
0603           15 %    20     20    20   150
0805           10 %    10     10    10   100
1206+          10 %     5      5    10   100
sot             5 %     3      3     5    50
soic           10 %    10     10    10   100
fine-pitch     10 %    10     10    10   100
qfp            20 %    20     20    20   200
qfn            20 %    20     20    20   200
bga             0 %     1      1     1     1
electrolytic    5 %     3      3     5    50
connector       2 %     1      1     2    20
through-hole    2 %     1      1     2    20
module          0 %     1      1     1     1
odd-form        2 %     1      1     2    20
bare-copper     0 %     0      0     0     0
unknown        10 %     5      5    10   100
"""
ROWS = [row.split() for row in TABLE.strip().splitlines()]
EXTRA = [
    (row[0], int(count), int(extra)) for row in ROWS for count, extra in zip((10, 100, 1000), row[4:], strict=True)
]


def test_the_table_forgets_no_class():
    assert {row[0] for row in ROWS} == set(PackageClass)


@pytest.mark.parametrize(("name", "count", "extra"), EXTRA)
def test_a_cheap_part_is_bought_beyond_the_need_by_its_class(name, count, extra):
    found = need(count, PackageClass(name), price=Decimal("0.001"), attrition=RULES)

    assert (found.needed, found.extra) == (count, extra)


@pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])
def test_the_rule_is_told_as_it_stands_in_the_card(row):
    name, share, _, least, *_ = row
    found = need(100, PackageClass(name), price=Decimal("0.001"), attrition=RULES)
    told_share = found.rule.removeprefix(f"{name}: ").split("%")[0]

    assert Decimal(told_share) == Decimal(share)
    assert found.rule.endswith(f"at least {least}")


@pytest.mark.parametrize(
    ("price", "count", "extra"),
    [
        ("0.20", 100, 20),  # 5.00 buy 25, more than the rule asks for
        ("0.26", 100, 20),  # 19 and one for a hundredth of the need
        ("0.27", 100, 19),
        ("0.50", 100, 11),
        ("5.00", 100, 2),
        ("5.01", 100, 1),  # the hundredth alone
        ("5.01", 99, 0),
        ("4.99", 10, 1),  # below 5.00 one at least
        ("2.51", 10, 1),
        ("2.50", 10, 2),
        ("1000", 10, 0),
        ("1000", 1000, 10),
    ],
)
def test_five_euros_and_a_hundredth_of_the_need_are_the_most_that_is_left_over(price, count, extra):
    """0402: 20 % or 20 by the rule."""
    assert need(count, PackageClass.CHIP_0402, price=Decimal(price), attrition=RULES).extra == extra


@pytest.mark.parametrize("price", ["0.27", "5.01", "1000"])
def test_where_the_price_sets_the_limit_the_reason_is_the_limit(price):
    found = need(99, PackageClass.CHIP_0402, price=Decimal(price), attrition=RULES)

    assert found.rule == "0402: worth at most 5 EUR a line + 1% of the need"


@pytest.mark.parametrize(("count", "extra"), [(1, 20), (100, 20), (101, 21), (105, 21), (106, 22)])
def test_a_begun_part_is_a_whole_part(count, extra):
    assert need(count, PackageClass.CHIP_0402, price=Decimal("0.001"), attrition=RULES).extra == extra
