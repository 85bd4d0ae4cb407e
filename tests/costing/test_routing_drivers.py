"""What the routing tells a rate card: panels, stencils, yields, and the steps that were chosen."""

from dataclasses import replace
from decimal import Decimal

import pytest
from costing_examples import SENSOR, a_basis, a_design, demo_basis

from portal.board.design import Board, Panel, Side, StencilNeed
from portal.costing.drivers import always, lot
from portal.costing.matrix import quote_cell
from portal.costing.ranking import worth_pricing
from portal.routing.operations import Operation, OperationKind, Process, Routing
from portal.routing.options import BuildOptions, Separation, Speed
from portal.routing.ways import engineered

SHOP = demo_basis().shop
NEED = StencilNeed(Side.TOP, apertures=120, smallest_mm=0.25, thickness_um=100, step="120 µm with a step down at U1")


def values(design, *, boards=100, **options):
    chosen = BuildOptions(**options)
    built = engineered(design, SHOP)
    return lot(
        always(design, built.population, chosen),
        built.routings(chosen, boards=boards)[0],
        speed=Speed.STANDARD,
        shop=SHOP,
    ).values


def test_a_card_may_charge_by_the_panel():
    """SENSOR is 50 × 30 mm: four beside each other and six above, 24 a panel; a hundred on five of twenty."""
    found = values(replace(a_design(SENSOR), board=Board(50, 30, 2)))

    assert [found[name] for name in ("board", "panel", "boards_per_panel")] == [100, 5, 20]
    assert found["panel_area_cm2"] == found["panel_width_mm"] * found["panel_height_mm"] / 100
    assert found["lot_panel_area_cm2"] == 5 * found["panel_area_cm2"]


def test_a_card_may_charge_by_the_stencil():
    found = values(replace(a_design(SENSOR), stencils=(NEED,)))

    assert found["aperture"] == 120 * found["boards_per_panel"]
    assert (found["stencil"], found["stencil_step"]) == (1, 1)
    assert found["stencil_frame_area_cm2"] > found["stencil_panel_area_cm2"] > 0


def test_openings_that_nobody_counted_are_not_none_at_all():
    assert values(a_design(SENSOR))["aperture"] is None


def test_a_card_may_charge_by_what_goes_wrong():
    found = values(a_design(SENSOR), boards=1000)

    assert found["boards_started"] >= 1000
    assert 0 < found["defect_per_board"] < 1
    assert found["rework_min"] > 0


@pytest.mark.parametrize("name", ["wash", "programming", "coating", "first_article"])
def test_a_card_may_ask_for_a_step_that_was_chosen(name):
    assert [values(a_design(SENSOR), **{name: chosen})[name] for chosen in (True, False)] == ["yes", "no"]


def test_a_card_may_ask_how_boards_are_parted():
    assert values(a_design(SENSOR), separation=Separation.ROUTING)["separation"] == "routing"


def own_panel(**size):
    return replace(a_design(SENSOR), board=Board(104, 74, 2, panel=Panel(2, 2, 4, **size)))


def test_of_a_customers_panel_a_board_is_its_share():
    """104 × 74 mm hold four: 19.24 cm² each, rails and all."""
    found = values(own_panel(board_width_mm=50, board_height_mm=35))

    assert (found["width_mm"], found["height_mm"], found["board_area_cm2"]) == (50, 35, Decimal("19.24"))
    assert (found["board"], found["panel"], found["lot_area_cm2"]) == (100, 25, 1924)


def test_of_a_panel_that_nothing_divides_only_the_area_is_known():
    found = values(own_panel())

    assert (found["width_mm"], found["board_area_cm2"]) == (None, Decimal("19.24"))


def a_way(name, minutes, *, process=Process.MACHINE, centre="line"):
    step = Operation(OperationKind.PLACE, centre, Decimal(minutes), Decimal(0), 1, "why")
    return Routing(process, 1, 1, 1, (step,), way=name)


def card(*rates):
    return a_basis(*(f'per = "minute:{centre}"\nrate = "{rate}"\nunit = "min"' for centre, rate in rates)).card


def test_the_ways_that_cost_least_by_the_minute_are_priced_whole():
    ways = [a_way(name, minutes) for name, minutes in (("a", 40), ("b", 10), ("c", 30), ("d", 20))]

    assert [way.way for way in worth_pricing(ways, card(("line", "1.00")))] == ["b", "c", "d"]


def test_a_dear_minute_weighs_more_than_a_cheap_one():
    ways = [a_way(str(n), 10 + n) for n in range(3)] + [a_way("slow", 30, centre="bench")]
    found = worth_pricing(ways, card(("line", "5.00"), ("bench", "0.10")))

    assert "slow" in [way.way for way in found]


def test_the_best_by_hand_is_always_priced():
    ways = [a_way(str(n), n) for n in range(1, 5)]
    by_hand = a_way("by hand", 99, process=Process.HAND)

    assert by_hand in worth_pricing([*ways, by_hand], card(("line", "1.00")))


def test_a_card_by_the_piece_prices_the_first_ways():
    ways = [a_way(str(n), 10 - n) for n in range(5)]

    assert [way.way for way in worth_pricing(ways, a_basis('per = "board"\nrate = "1"').card)] == ["0", "1", "2"]


def test_a_rate_of_a_work_centre_is_the_sum_of_its_charges():
    assert card(("line", "1.00"), ("line", "0.25")).minute_rates == {"line": Decimal("1.25")}


def test_the_way_that_was_taken_is_the_cheapest_of_all():
    """Priced one by one, none of those that were left out is cheaper."""
    design, options, basis = a_design(SENSOR), BuildOptions(), demo_basis()
    for boards in (1, 10, 100, 1000, 10_000):
        taken = quote_cell(design, options, basis, boards=boards, speed=Speed.STANDARD)
        rates = basis.card.minute_rates
        costs = {
            way.way: sum(step.minutes * rates[step.work_centre] for step in way.operations)
            for way in engineered(design, basis.shop).routings(options, boards=boards)
        }
        assert costs[taken.routing.way] <= min(costs.values()) * Decimal("1.05")
