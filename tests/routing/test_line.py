"""The machine line: what a side takes in set-up and in time for each panel, from figures of the demo shop."""

from decimal import Decimal

import pytest
from routing_examples import BOTH_SIDES, CHIPS, a_board, built, demo_shop, step

from portal.routing.line import chips_per_hour

MANY_KINDS = "\n".join(f"R{n} | R_0402_1005Metric | RES-{n} | top" for n in range(1, 122))


def placing(parts, **how):
    return step(built(parts, **how), "Placement, top")


def with_line(**figures):
    """The demo shop with other figures on its line."""
    shop = demo_shop()
    changed = {name: getattr(shop.line, name).model_copy(update={"value": Decimal(v)}) for name, v in figures.items()}
    return shop.model_copy(update={"line": shop.line.model_copy(update=changed)})


def test_nameplate_speed_is_not_throughput():
    """2 × 25,000 × 0.70 derate × 0.85 balance × 0.50 uptime."""
    assert chips_per_hour(demo_shop().line) == 14875


@pytest.mark.parametrize(("figure", "half"), [("balance", "0.425"), ("uptime", "0.25")])
def test_each_factor_is_applied_once(figure, half):
    assert chips_per_hour(with_line(**{figure: half}).line) == Decimal(14875) / 2


def test_loading_reels_is_paid_once_a_lot_however_many_boards_follow():
    assert placing(CHIPS, boards=1).set_up_min == placing(CHIPS, boards=5000).set_up_min


def test_each_reel_adds_its_minutes_to_the_set_up():
    """35 changeover + 45 first programme, and 0.2 for each reel."""
    assert placing(CHIPS).set_up_min == Decimal("80.2")
    assert placing(f"{CHIPS}\nC1 | C_0402_1005Metric | CAP | top").set_up_min == Decimal("80.4")


def test_the_first_programme_is_paid_once_for_both_sides():
    routing = built(BOTH_SIDES)

    assert "first programme" in step(routing, "Placement, bottom").because
    assert "first programme" not in step(routing, "Placement, top").because


def test_the_same_reel_counts_again_on_the_other_side():
    both = "R1 | R_0402_1005Metric | RES | top\nR2 | R_0402_1005Metric | RES | bottom"
    routing = built(both)

    assert "+ 1 feeders" in step(routing, "Placement, top").because
    assert "+ 1 feeders" in step(routing, "Placement, bottom").because


def test_more_reels_than_slots_make_two_passes_and_that_is_said():
    operation = placing(MANY_KINDS)

    assert "121 feeders in 120 slots: 2 passes" in operation.because
    assert operation.set_up_min > 2 * 35


def test_big_parts_take_the_time_of_many_chips():
    chip, qfp = placing("U1 | R_0402_1005Metric | A | top"), placing("U1 | LQFP-48_7x7mm | A | top")

    assert "worth 1 chips" in chip.because
    assert "worth 6 chips" in qfp.because
    assert qfp.cycle_s > chip.cycle_s


def test_parts_of_unknown_package_are_counted_and_said():
    assert "1 of unknown package counted as surface-mount" in placing("U1 | strange | A | top").because


def test_parts_whose_side_nobody_tells_are_counted_on_the_top_and_said():
    operation = placing(f"{CHIPS}\nC1 C2 | C_0402_1005Metric | CAP | -")

    assert "5 parts a board" in operation.because
    assert "2 of unknown side counted on the top" in operation.because


def test_an_unknown_is_told_on_its_own_side_only():
    routing = built("R1 | 0402 | RES | bottom\nU1 | strange | A | top")

    assert "unknown package" in step(routing, "Placement, top").because
    assert "unknown" not in step(routing, "Placement, bottom").because


def test_what_is_all_known_is_not_talked_about():
    assert "unknown" not in placing(CHIPS).because


def test_a_longer_panel_takes_longer_to_print_and_to_reflow():
    small, large = built(a_board(CHIPS, size=(150, 120))), built(a_board(CHIPS, size=(240, 180)))

    assert step(small, "Paste printing, top").cycle_s < step(large, "Paste printing, top").cycle_s
    assert step(small, "Reflow, top").cycle_s < step(large, "Reflow, top").cycle_s


def test_the_oven_is_paced_by_board_and_gap():
    """(24 + 7.6) cm × 255 s / 250 cm."""
    routing = built(a_board(CHIPS, size=(240, 180)))

    assert step(routing, "Reflow, top").cycle_s == Decimal("32.2")


def test_a_board_of_unknown_size_travels_alone_and_each_step_says_so():
    routing = built(a_board(CHIPS, size=None))

    assert (routing.panels, routing.boards_per_panel) == (100, 1)
    assert "stroke length unknown" in step(routing, "Paste printing, top").because
    assert "board size unknown" in step(routing, "Optical inspection, top").because


def test_the_first_article_is_looked_at_once():
    routing = built(BOTH_SIDES)

    assert "first article 60 min" in step(routing, "Optical inspection, bottom").because
    assert "first article" not in step(routing, "Optical inspection, top").because
