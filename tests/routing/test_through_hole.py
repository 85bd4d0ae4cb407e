"""Parts with pins: by iron, by the selective machine, over the wave; worked out in the head in the small shop."""

from decimal import Decimal

import pytest
from routing_examples import a_board, demo_shop
from small_shop import operations, small_shop

from portal.routing.options import BuildOptions
from portal.routing.population import population
from portal.routing.shop import Selective
from portal.routing.through_hole import Soldering, methods
from portal.routing.ways import routings

CHIP = "R1 | R_0402 | RES | top"
HEADERS = f"{CHIP}\nJ1 J2 | PinHeader_1x10 | HDR | -"
TWO_SIDES = f"{HEADERS}\nR2 | R_0402 | RES | bottom"


def steps(way, *, boards=1000, parts=HEADERS):
    return operations(a_board(parts, size=(40, 20)), boards=boards, way=f"on the line{way}")


def test_the_selective_machine_solders_what_hands_set_in():
    """Two parts at 600 an hour; 10 s handling and 20 joints × (2 + 1) s."""
    found = steps(", selective soldering", parts=TWO_SIDES)

    assert found["Through-hole"].cycle_s == 12
    assert (found["Selective soldering"].set_up_min, found["Selective soldering"].cycle_s) == (40, 70)
    assert "20 joints × 3 s (2 on the joint, 1 to the next)" in found["Selective soldering"].because


def test_over_the_wave_go_whole_panels():
    """82 mm and a gap of 18 at 1,200 mm a minute: 5 s for eight boards."""
    found = steps(", wave soldering")["Wave soldering"]

    assert (found.set_up_min, found.cycle_s, found.units) == (50, 5, 125)
    assert "panel of 82 mm + 18 mm gap at 1200 mm/min" in found.because


def test_by_iron_there_is_neither():
    found = operations(a_board(HEADERS, size=(40, 20)), boards=10)

    assert {"Selective soldering", "Wave soldering"}.isdisjoint(found)
    assert "20 joints × 5 s + 10% rework" in found["Through-hole"].because


@pytest.mark.parametrize(
    ("parts", "usual"),
    [
        (HEADERS, [Soldering.HAND, Soldering.SELECTIVE, Soldering.WAVE]),
        (TWO_SIDES, [Soldering.HAND, Soldering.SELECTIVE]),  # the wave would wash R2 away
        (f"{HEADERS}\nJ3 | PinHeader_1x10 | HDR | bottom", [Soldering.HAND, Soldering.SELECTIVE]),  # or J3
        ("J1 | PinHeader_1x10 | HDR | bottom", [Soldering.HAND, Soldering.SELECTIVE, Soldering.WAVE]),
        (f"{CHIP}\nJ1 | PinHeader_1x10 | HDR | bottom", [Soldering.HAND, Soldering.SELECTIVE]),  # or the chip
        (CHIP, [Soldering.HAND]),
    ],
)
def test_the_wave_needs_a_side_on_which_nothing_stands(parts, usual):
    assert list(methods(population(a_board(parts)))) == usual


def offered(boards, parts=HEADERS):
    found = routings(a_board(parts, size=(40, 20)), BuildOptions(), small_shop(), boards=boards)
    return [routing.way for routing in found]


@pytest.mark.parametrize(
    ("boards", "machine"),
    [(1, ""), (20, ""), (32, ", wave soldering"), (100, ", wave soldering"), (1000, ", wave soldering")],
)
def test_a_machine_for_pins_is_offered_where_it_takes_less_time(boards, machine):
    """By iron 110 s a board: the wave's 50 min are back with 28 boards."""
    assert (f"on the line{machine}" in offered(boards)) is True
    assert any("wave" in way for way in offered(boards)) is bool(machine)


def test_pins_that_no_name_tells_are_counted_and_said_by_machine_too():
    found = steps(", selective soldering", parts=f"{CHIP}\nJ1 J2 J3 | Pin header | HDR | -")["Selective soldering"]

    assert "3 of unknown pins counted with 6 joints each" in found.because
    assert found.cycle_s == 10 + 18 * 3


def test_few_boards_take_hands_twice_as_long():
    """Demo shop, six boards: 7.2 s and 10 joints × 6.24 s, all twice; on a hundred only the first twenty."""
    board = a_board("R1 | R_0402 | RES | top\nJ1 | PinHeader_1x10 | HDR | -")
    few, many = (routings(board, BuildOptions(), demo_shop(), boards=boards)[0] for boards in (6, 100))
    [six], [hundred] = ([o for o in r.operations if o.label == "Through-hole"] for r in (few, many))

    assert (six.set_up_min, six.cycle_s) == (15, Decimal("139.2"))
    assert (hundred.set_up_min, hundred.cycle_s) == (Decimal("38.2"), Decimal("69.6"))


@pytest.mark.parametrize("boards", [1, 19, 20, 21, 22, 40, 1000])
def test_the_twenty_first_board_does_not_save_time(boards):
    board = a_board("R1 | R_0402 | RES | top\nJ1 | PinHeader_1x10 | HDR | -")

    def minutes(count):
        [found] = [r for r in routings(board, BuildOptions(), demo_shop(), boards=count) if r.way == "on the full line"]
        return next(o.minutes for o in found.operations if o.label == "Through-hole")

    assert minutes(boards) < minutes(boards + 1)


def drawing_shop(**figures):
    """The small shop with a nozzle that draws rows: (8 + 1) mm ÷ 2 s on the joint = 4.5 mm/s."""
    shop = small_shop()
    said = shop.selective.joint_s
    usual = {"nozzle_mm": 8, "pad_mm": 1} | figures
    sized = {name: said.model_copy(update={"value": Decimal(value)}) for name, value in usual.items()}
    return shop.model_copy(update={"selective": shop.selective.model_copy(update=sized)})


def soldered(parts, shop):
    ways = routings(a_board(parts, size=(40, 20)), BuildOptions(), shop, boards=1000)
    return next(step for way in ways for step in way.operations if step.label == "Selective soldering")


def test_a_row_of_known_pitch_is_drawn_through_the_wave():
    """Ten pins: 3 s for the first, nine pitches of 2.54 mm at 4.5 mm/s; and 10 s handling."""
    found = soldered(f"{TWO_SIDES.replace('J1 J2', 'J1')}".replace("1x10", "1x10_P2.54mm"), drawing_shop())

    assert found.cycle_s == (10 + 3 + 9 * Decimal("2.54") / Decimal("4.5")).quantize(Decimal("0.1"))
    assert "0 joints × 3 s" in found.because
    assert "10 joints in rows drawn through the wave at 4.5 mm/s, 8.1 s" in found.because


def test_where_no_pitch_is_known_the_nozzle_dips_at_each_joint():
    assert soldered(TWO_SIDES, drawing_shop()).cycle_s == 70


def test_a_shop_without_a_nozzle_size_dips_whatever_the_pitch():
    assert soldered(TWO_SIDES.replace("1x10", "1x10_P2.54mm"), small_shop()).cycle_s == 70


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"nozzle_mm": None}, "expected nozzle_mm and pad_mm, both or neither"),
        ({"pad_mm": None}, "expected nozzle_mm and pad_mm, both or neither"),
        ({"joint_s": {"value": "0"}}, "joint_s: expected more than zero where a row is drawn through the wave"),
    ],
)
def test_half_a_nozzle_is_refused(change, expected):
    whole = drawing_shop().selective.model_dump()
    changed = {name: whole[name] | said if said else None for name, said in change.items()}

    with pytest.raises(ValueError, match=expected):
        Selective.model_validate(whole | changed)
