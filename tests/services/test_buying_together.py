"""Parts bought for several releases at once: where it pays, by how much, and where bound money eats it up."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from called_off import JANUARY, MARCH, MAY, planned
from dated_prices import BOARD, the_shop

from portal.costing.matrix import asked
from portal.parts.catalogue import catalogue
from portal.parts.offers import Offer, PriceBreak
from portal.routing.options import BuildOptions
from portal.services.buying_together import Needed, bought_together

PART = BOARD.fitted_lines[0]
RELEASES = [Needed("Release 1", 100, JANUARY), Needed("Release 2", 100, MARCH), Needed("Release 3", 200, MAY)]
FREE, USUAL, DEAR = Decimal(0), Decimal("0.20"), Decimal(50)


def wanted(*breaks, moq=1):
    """The first part of the board, sold at these prices and by nobody else."""
    offer = Offer(
        PART.mpn,
        manufacturer="",
        supplier="Mouser",
        breaks=tuple(PriceBreak(quantity, Decimal(price)) for quantity, price in breaks),
        moq=moq,
        stock=100_000,
        source="a test",
        as_of=date(2026, 11, 23),
        grade="U",
    )
    basis = replace(the_shop().basis, catalogue=catalogue([offer]))
    return [part for part in asked(BOARD, BuildOptions(), basis).parts if part.name == PART.name]


def test_a_price_that_does_not_fall_leaves_each_release_to_itself():
    assert bought_together(wanted((1, "1.00")), RELEASES, keeping=USUAL) == ()


def test_spare_parts_are_lost_once_and_not_three_times():
    [one] = bought_together(wanted((1, "1.00")), RELEASES, keeping=FREE)

    assert 0 < one.saves < 60


def test_a_price_break_that_all_reach_together_is_told():
    [one] = bought_together(wanted((1, "1.00"), (1200, "0.50")), RELEASES, keeping=USUAL)

    assert one.releases[:2] == ("Release 1", "Release 2")
    assert one.bound > 0
    assert one.days >= (MARCH - JANUARY).days


def test_a_minimum_quantity_is_bought_once_and_not_three_times():
    [one] = bought_together(wanted((1, "0.10"), moq=5000), RELEASES, keeping=FREE)

    assert one.saves == Decimal("1000.00")  # two of three times 5,000 at 0.10


def test_bound_money_is_taken_off_what_is_saved():
    parts = wanted((1, "1.00"), (1200, "0.50"))
    [free], [usual] = (bought_together(parts, RELEASES, keeping=each) for each in (FREE, USUAL))

    assert usual.saves < free.saves


def test_where_money_is_dear_nothing_is_bought_early():
    assert bought_together(wanted((1, "1.00"), (1200, "0.90")), RELEASES, keeping=DEAR) == ()


def test_what_the_customer_sends_is_not_bought():
    [part] = wanted((1, "0.10"), moq=5000)

    assert bought_together([part._replace(is_consigned=True)], RELEASES, keeping=FREE) == ()


def test_a_plan_says_what_would_cost_less():
    found = planned().together

    assert all(one.saves >= 1 for one in found)
    assert list(found) == sorted(found, key=lambda one: -one.saves)
