"""The machine line: what a side takes in set-up and in time for each panel, from figures of the demo shop."""

from decimal import Decimal

from routing_examples import BOTH_SIDES, CHIPS, a_board, built, step

MANY_KINDS = "\n".join(f"R{n} | R_0402_1005Metric | RES-{n} | top" for n in range(1, 162))


def placing(parts, **how):
    return step(built(parts, **how), "Placement, top")


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


def test_the_same_reel_stays_for_the_other_side():
    both = "R1 | R_0402_1005Metric | RES | top\nR2 | R_0402_1005Metric | RES | bottom"
    routing = built(both)

    assert "+ 1 feeder ×" in step(routing, "Placement, bottom").because
    assert "+ 0 feeders ×" in step(routing, "Placement, top").because


def test_an_operation_names_the_reels_that_it_loads():
    routing = built(BOTH_SIDES)

    assert (step(routing, "Placement, bottom").reels, step(routing, "Placement, top").reels) == (("CAP",), ("RES",))


def test_more_reels_than_slots_make_two_passes_and_that_is_said():
    operation = placing(MANY_KINDS)

    assert "feeders of 161 slots in 160: 2 passes, 2 changeovers" in operation.because
    assert operation.set_up_min > 2 * 35


def test_big_parts_take_the_time_of_many_chips():
    chip, qfp = placing("U1 | R_0402_1005Metric | A | top"), placing("U1 | LQFP-48_7x7mm | A | top")

    assert (
        "Chip shooter 0.00 s, as 0.0 chips at 42000 an hour, Flexible placer 1.54 s, as 6.0 chips at 14000 an hour"
        in qfp.because
    )
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
    small, large = built(a_board(CHIPS, size=(150, 130))), built(a_board(CHIPS, size=(240, 180)))

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
    assert step(built(BOTH_SIDES), "First article").set_up_min == 60
