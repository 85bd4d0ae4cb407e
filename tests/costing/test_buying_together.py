"""One kind of part is bought once: BOM lines together, alternates where allowed, the customer's own parts deducted."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from costing_examples import a_basis, a_card, a_design, offers

from portal.board.design import Alternate
from portal.costing.lines import UnpricedLine
from portal.costing.matrix import cost_sheet
from portal.costing.purchasing import parts_lines, purchase, purchases, wanted
from portal.parts.catalogue import catalogue
from portal.parts.offers import Offer, Packaging, PriceBreak
from portal.parts.packages import PackageClass
from portal.routing.options import BuildOptions, Speed

TWICE = """
R1 R2 | R_0805 | RES-1K  | top
C1    | C_0805 | CAP     | top
R3 R4 | R_0805 | res-1k  | bottom
"""
STEP = offers("RES-1K 1:0.10;40:0.02\nCAP 1:0.01\nOTHER 1:0.01")


def an_offer(ladder, *, mpn="A1", **terms):
    pairs = (step.split(":") for step in ladder.split(";"))
    breaks = tuple(PriceBreak(int(quantity), Decimal(price)) for quantity, price in pairs)
    return Offer(mpn, "maker", terms.pop("supplier", "Shop"), breaks, date(2026, 11, 1), **terms)


def lines(design, prices, *, boards=10, **options):
    return list(parts_lines(wanted(design, BuildOptions(**options), prices), boards=boards, currency="EUR"))


def with_alternates(design, *per_line):
    bom = zip(design.bom, per_line, strict=False)
    changed = tuple(replace(line, alternates=tuple(Alternate(mpn) for mpn in names)) for line, names in bom)
    return replace(design, bom=changed + design.bom[len(per_line) :])


def one_part(*sold, boards=10, **options):
    [part] = wanted(a_design("R1 | 0805 | A1 | top"), BuildOptions(**options), catalogue(sold))
    return purchase(part, boards=boards)


def test_two_bom_lines_of_one_part_number_reach_the_price_break_together():
    resistor, _ = lines(a_design(TWICE), STEP)

    assert (resistor.quantity, resistor.rate) == (40, Decimal("0.02"))
    assert resistor.because.startswith("4 × 10 = 40 + 0 attrition")
    assert "2 BOM lines bought together" in resistor.because


def test_lines_without_a_part_number_are_never_taken_for_the_same_part():
    found = lines(a_design("R1 | 0805 | | top\nR2 | 0805 | | top"), STEP)

    assert [line.designators for line in found] == [("R1",), ("R2",)]


def test_an_unknown_part_of_two_lines_is_listed_once_with_all_its_designators():
    [line] = lines(a_design("U1 | SOIC-8 | X9 | top\nU2 | SOIC-8 | x9 | top"), STEP)

    assert line == UnpricedLine("X9", ("U1", "U2"), "X9 is in no catalogue; 2 a board")


def test_of_two_packages_the_one_that_loses_more_decides_on_the_spare_parts():
    design = a_design("R1 | 0805 | A1 | top\nR2 | 0402 | a1 | top")

    for order in (design, replace(design, bom=design.bom[::-1])):
        [part] = wanted(order, BuildOptions(), catalogue([an_offer("1:0.01")]))
        assert part.package_class == "0402"


def test_an_alternate_of_the_bom_is_bought_where_it_costs_less_and_the_line_says_so():
    [line, *_] = lines(with_alternates(a_design(TWICE), ["OTHER"], [], ["OTHER"]), STEP)

    assert line.amount == Decimal("0.40")
    assert "OTHER in place of RES-1K, as your BOM allows: saves 0.40" in line.because


def test_an_alternate_that_only_one_of_the_lines_allows_is_not_bought():
    [line, *_] = lines(with_alternates(a_design(TWICE), ["OTHER"]), STEP)

    assert "in place of" not in line.because


def test_a_customer_who_allows_no_alternates_gets_the_first_part_number():
    design = with_alternates(a_design(TWICE), ["OTHER"], [], ["OTHER"])
    [line, *_] = lines(design, STEP, alternates=False)

    assert (line.amount, "in place of" in line.because) == (Decimal("0.80"), False)


def test_an_alternate_stands_in_for_a_part_that_nobody_sells():
    [line] = lines(with_alternates(a_design("U1 | SOIC-8 | GONE | top"), ["OTHER"]), STEP)

    assert "OTHER in place of GONE, as your BOM allows: GONE is in no catalogue" in line.because


def test_an_alternate_at_the_same_price_is_left_alone():
    design = with_alternates(a_design("C1 | C_0805 | CAP | top"), ["OTHER"])
    [line] = lines(design, STEP)

    assert "in place of" not in line.because


@pytest.mark.parametrize(("supplied", "bought"), [(0, 40), (15, 25), (39, 1)])
def test_what_the_customer_supplies_in_part_is_not_bought(supplied, bought):
    resistor, _ = lines(a_design(TWICE), offers("RES-1K 1:0.10\nCAP 1:0.01"), supplied=(("RES-1K", supplied),))

    assert resistor.quantity == bought
    assert (f"{supplied} of them supplied by you" in resistor.because) is bool(supplied)


def test_a_customer_who_supplies_enough_pays_for_none():
    [capacitor] = lines(a_design(TWICE), STEP, supplied=(("RES-1K", 40),))

    assert capacitor.label == "CAP"


def test_a_kind_that_is_supplied_in_part_is_checked_and_counted_like_a_whole_one():
    basis = a_basis('per = "consigned_line"\nrate = "15"', catalogue="RES-1K 1:0.10\nCAP 1:0.01")
    options = BuildOptions(supplied=(("RES-1K", 5),))
    sheet = cost_sheet(a_design(TWICE), options, basis, boards=10, speed=Speed.STANDARD)

    assert [line.amount for line in sheet.lines if line.label == "Charge"] == [Decimal("15.00")]


CUT = an_offer("1:0.10", supplier="Strip", packaging=Packaging.CUT_TAPE)
WOUND = an_offer("1:0.10", supplier="Winder", packaging=Packaging.CUSTOM_REEL, reel=1000, reel_fee=Decimal("6.00"))
FULL = an_offer("4000:0.02", supplier="Reels", packaging=Packaging.REEL, moq=4000, order_multiple=4000)


@pytest.mark.parametrize(
    ("boards", "leader", "supplier"),
    [
        (100, 0, "Strip"),
        (100, 80, "Winder"),
        (100, 30, "Strip"),
        (900, 0, "Reels"),
        (700, 80, "Winder"),
        (4001, 80, "Reels"),
    ],
)
def test_cut_tape_a_wound_reel_and_a_full_reel_are_weighed_against_each_other(boards, leader, supplier):
    """A strip costs its leader, winding costs its fee, a full reel costs 80.00 and leaves parts over."""
    told = 'value = "%s", unit = "%s", source = "test", date = 2026-11-01, grade = "U"'
    limits = "\n".join(f"{name} = {{ {told % (most, 'x')} }}" for name, most in LIMITS.items())
    rules = "\n".join(f'"{name}" = {{ {NONE} }}' for name in CLASSES)
    head = f"[attrition]\n{limits}\ncut_tape_leader = {{ {told % (leader, 'parts')} }}\n[attrition.by_class]\n{rules}"
    attrition = a_card('per = "order"\nrate = "1"', head=head).attrition
    [part] = wanted(
        a_design("R1 | 0805 | A1 | top"), BuildOptions(), catalogue([CUT, WOUND, FULL]), attrition=attrition
    )

    assert purchase(part, boards=boards).offer.supplier == supplier


LIMITS = {"budget": "1000", "volume_share": "0", "one_below": "5"}
NONE = 'share = "0", minimum = 0, source = "test", date = 2026-11-01, grade = "U"'
CLASSES = list(PackageClass)


def test_a_reel_fee_is_a_line_of_its_own_with_a_reel_for_each_that_is_wound():
    parts, fee = lines(a_design("R1 | 0805 | A1 | top"), catalogue([WOUND]), boards=1500)

    assert (parts.amount, fee.amount) == (Decimal("150.00"), Decimal("12.00"))
    assert (fee.label, fee.quantity, fee.unit) == ("Reel fee, A1", 2, "reels")


def test_left_over_has_quantity_value_and_owner():
    bought = one_part(an_offer("1:0.05", moq=50, order_multiple=25))

    assert (bought.left_over, bought.left_over_value, bought.owner) == (40, Decimal("2.00"), "yours")


def test_nothing_is_left_over_where_parts_are_sold_singly():
    assert one_part(an_offer("1:0.05")).left_over == 0


def test_what_is_bought_knows_its_offer_and_its_price():
    dear, cheap = an_offer("1:0.05", supplier="dear"), an_offer("1:0.04", supplier="cheap")
    [bought] = purchases(wanted(a_design("R1 | 0805 | A1 | top"), BuildOptions(), catalogue([dear, cheap])), boards=10)

    assert (bought.offer.supplier, bought.sale.cost) == ("cheap", Decimal("0.40"))
