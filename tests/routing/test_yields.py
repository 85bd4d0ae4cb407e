"""What goes wrong in a lot: defects by class and joint, what is found and mended, how many boards to start."""

import math
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from routing_examples import BOTH_SIDES, CHIPS, ONLY_HEADERS, WITH_BGA, WITH_HEADER, WITH_QFN, a_board, built, demo_shop
from small_shop import small_shop

from portal.board.design import Design
from portal.routing.operations import Process
from portal.routing.options import BuildOptions, TestLevel
from portal.routing.population import population
from portal.routing.through_hole import Soldering
from portal.routing.ways import routings
from portal.routing.yields import Quality, lot_yields, sigma, slipping, spare


def quality(parts, *, soldering=Soldering.HAND, shop=None, **figures):
    shop = shop or small_shop()
    rules = shop.yields
    changed = {name: getattr(rules, name).model_copy(update={"value": Decimal(v)}) for name, v in figures.items()}
    shop = shop.model_copy(update={"yields": rules.model_copy(update=changed)})
    return Quality(population(a_board(parts)), soldering, shop)


def with_dpmo(dpmo):
    shop = small_shop()
    table = shop.yields.dpmo
    every = table.model_copy(update={"values": dict.fromkeys(table.values, Decimal(dpmo))})
    return shop.model_copy(update={"yields": shop.yields.model_copy(update={"dpmo": every})})


def chips(count):
    return f"{' '.join(f'R{n}' for n in range(count))} | R_0402 | RES | top"


def test_opportunities_are_parts_and_joints():
    """Three chips with two joints each: nine, ten in a million of them fail."""
    assert quality(chips(3)).per_board == Decimal(9 * 10) / 1_000_000


def test_d3_two_thousand_opportunities_at_three_ppm():
    """ltpcba.com: 500 parts, 1,500 joints, 3.4 ppm: 0.9932, as 500 transistors of three joints."""
    parts = f"{' '.join(f'Q{n}' for n in range(500))} | SOT-23 | FET | top"
    found = quality(parts, shop=with_dpmo("3.4"))

    assert abs(found.first_pass - Decimal("0.9932")) <= Decimal("0.0002")
    assert abs(found.per_board - Decimal("0.0068")) <= Decimal("0.0002")


def test_d6_a_board_of_96_parts_at_350_ppm():
    """smtnet 11286: between 0.85 and 0.95. 48 chips and 48 transistors have 240 joints."""
    parts = f"{chips(48)}\n{' '.join(f'Q{n}' for n in range(48))} | SOT-23 | FET | top"

    assert Decimal("0.85") <= quality(parts, shop=with_dpmo(350)).first_pass <= Decimal("0.95")


def test_the_demo_shop_builds_96_parts_as_well_as_people_expect():
    """smtnet 11286: 98 % and more are expected, 85 % are far too low."""
    assert quality(chips(96), shop=demo_shop()).first_pass >= Decimal("0.98")


@pytest.mark.parametrize(
    ("soldering", "dpmo"), [(Soldering.HAND, 10), (Soldering.WAVE, 500), (Soldering.SELECTIVE, 500)]
)
def test_pins_fail_as_they_are_soldered(soldering, dpmo):
    """One part and four joints."""
    found = quality("J1 | PinHeader_1x04 | HDR | -", soldering=soldering)

    assert found.per_board == Decimal(5 * dpmo) / 1_000_000


def test_pins_by_iron_are_mended_while_they_are_soldered():
    by_iron, by_wave = (
        quality("J1 | PinHeader_1x04 | HDR | -", soldering=how) for how in (Soldering.HAND, Soldering.WAVE)
    )

    assert (by_iron.rework_s, by_wave.rework_s) == (0, Decimal(5 * 500) / 1_000_000 * Decimal("0.9") * 60)


def test_what_the_optics_miss_is_left():
    """A tenth of nine opportunities at ten in a million."""
    assert quality(chips(3)).left == Decimal(9) / 1_000_000


def test_hidden_joints_are_found_by_xray():
    """One QFN of 32 joints: X-ray finds 95 of 100, where optics would find 90."""
    found = quality("U1 | QFN-32 | MCU | top")

    assert found.left == found.per_board * Decimal("0.05")


@pytest.mark.parametrize(
    ("test", "share"),
    [(TestLevel.INSPECTION, 1), (TestLevel.FLYING_PROBE, Decimal("0.2")), (TestLevel.FUNCTIONAL, Decimal("0.5"))],
)
def test_a_test_finds_its_share_of_what_is_left(test, share):
    """1 % of the boards with a fault before the test."""
    made = quality(chips(100), shop=with_dpmo(333))
    expected = 1000 * (1 - (-made.left * share).exp())

    assert abs(lot_yields(made, test, boards=1000).escapes - expected) <= Decimal("0.05")


@pytest.mark.parametrize(
    ("expected", "confidence", "more"),
    [
        (0.0, 0.9, 0),
        (0.05, 0.9, 0),
        (0.11, 0.9, 1),
        (1.0, 0.9, 2),
        (1.0, 0.99, 4),
        (10.0, 0.9, 14),
        (1000.0, 0.9, 1063),
    ],
)
def test_so_many_boards_more_are_started_that_nine_lots_of_ten_have_enough(expected, confidence, more):
    assert spare(expected, confidence) == more


def test_a_small_lot_starts_no_board_that_it_will_not_need():
    assert built(CHIPS, boards=10).yields.started == 10


def test_a_large_lot_starts_some_more_and_their_panels_hold_them():
    routing = built(BOTH_SIDES, boards=50_000)

    assert routing.yields.started > 50_000
    assert routing.panels * routing.boards_per_panel >= routing.yields.started
    assert f"{routing.yields.started:,} started for 50,000 good" in routing.yields.because


def test_a_reason_of_a_yield_can_be_checked():
    """Three chips of three opportunities at 50 ppm: 0.00045 defects; 4 min each for the nine tenths that are seen.

    A tenth of them on 100 boards: 0.0045 faulty boards, one in 222 lots.
    """
    found = built(CHIPS, boards=100).yields

    assert found.because.startswith(
        "0.0004 defects a board by class and joint (50 in a million chances, 5.4 sigma): 100.0% right first time, 0.1 s"
    )
    assert found.because.endswith("; a board with a fault that no inspection or test sees in 1 of 220 such lots")


@pytest.mark.parametrize(
    ("escapes", "said"),
    [
        ("0", "no fault is expected that inspection and test would miss"),
        ("0.0000345", "a board with a fault that no inspection or test sees in 1 of 29,000 such lots"),
        ("0.49", "a board with a fault that no inspection or test sees in 1 of 2 such lots"),
        ("0.5", "about 0.5 of 10,000 boards with a fault that no inspection or test sees"),
        ("1234.56", "about 1,234.6 of 10,000 boards with a fault that no inspection or test sees"),
    ],
)
def test_less_than_a_faulty_board_is_told_as_one_in_so_many_lots(escapes, said):
    assert slipping(Decimal(escapes), 10_000) == said


def test_what_is_found_is_mended_at_the_bench():
    [mended] = [step for step in built(WITH_QFN).operations if step.label == "Touch-up"]

    assert (mended.work_centre, mended.units, mended.set_up_min) == ("bench", 100, 0)
    assert mended.cycle_s == round(quality(WITH_QFN, shop=demo_shop()).rework_s, 1)


@pytest.mark.parametrize("parts", [CHIPS, BOTH_SIDES, WITH_QFN, WITH_BGA, WITH_HEADER])
@pytest.mark.parametrize("boards", [1, 100, 100_000])
def test_a_yield_is_a_share(parts, boards):
    for routing in routings(a_board(parts), BuildOptions(), demo_shop(), boards=boards):
        assert 0 < routing.yields.first_pass <= 1
        assert 0 <= routing.yields.escapes <= boards


@settings(max_examples=60, deadline=None)
@given(expected=st.floats(0, 2000), more=st.floats(0, 50), confidence=st.floats(0.5, 0.999))
def test_more_lost_boards_never_ask_for_fewer_spares(expected, more, confidence):
    assert spare(expected, confidence) <= spare(expected + more, confidence) + 3  # 3: where the law changes


@settings(max_examples=60, deadline=None)
@given(expected=st.floats(0.001, 400), confidence=st.floats(0.5, 0.999))
def test_spares_are_no_fewer_than_the_confidence_asks_for(expected, confidence):
    count = spare(expected, confidence)
    kept = sum(math.exp(-expected + n * math.log(expected) - math.lgamma(n + 1)) for n in range(count + 1))

    assert kept >= confidence - 1e-9


@settings(max_examples=40, deadline=None)
@given(boards=st.integers(1, 50_000), more=st.integers(0, 1000))
def test_more_boards_never_start_fewer(boards, more):
    found = quality(chips(50), shop=demo_shop())

    few, many = (lot_yields(found, TestLevel.INSPECTION, boards=count) for count in (boards, boards + more))
    assert few.started <= many.started


def test_hands_and_machines_have_their_yields_too():
    by_hand = built(CHIPS, boards=3, process=Process.HAND)

    assert by_hand.yields.first_pass == built(CHIPS, boards=3).yields.first_pass


@pytest.mark.parametrize("dpmo", ["0", "600000", "1000000"])
def test_no_sigma_is_told_where_it_is_not_defined(dpmo):
    assert sigma(Decimal(dpmo)) is None


def test_fewer_defects_are_a_higher_sigma():
    levels = [sigma(Decimal(dpmo)) for dpmo in ("1", "50", "233", "6210", "100000")]

    assert levels == sorted(levels, reverse=True)


def test_by_iron_nothing_is_said_of_mending_that_is_in_the_time_of_the_joints():
    found = routings(a_board(ONLY_HEADERS), BuildOptions(), demo_shop(), boards=100)
    said = {way.way: way.yields.because for way in found}

    assert "s a board to mend" not in said["by hand"]
    assert "s a board to mend what inspection finds" in said["by hand, wave soldering"]


def test_of_a_board_without_a_known_part_no_yield_is_claimed():
    [bare] = routings(Design("bare"), BuildOptions(), demo_shop(), boards=5)

    assert bare.yields.started == 5
    assert bare.yields.because == "no part is known to be placed or soldered: nothing is said of what goes wrong"
