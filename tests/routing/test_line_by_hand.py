"""Every operation of the machine line, worked out in the head from a shop of round figures.

Boards of 40 × 20 mm on panels of at most 100 × 100: two beside each other, four above, eight a panel,
82 × 96 mm with gaps of 2 and rails of 5. One chip takes one second: 5,000 and 4,000 an hour are 0.4 s
side by side, ÷ 0.8 ÷ 0.5.
"""

from decimal import Decimal

import pytest
from routing_examples import a_board
from small_shop import operations, small_shop

from portal.parts.packages import PackageClass

THREE_CHIPS = "R1 R2 R3 | R_0402_1005Metric | RES | top"
TWO_SIDES = "R1 R2 R3 | R_0402_1005Metric | RES | top\nR4 | R_0402_1005Metric | RES | bottom"


def on_the_line(parts=THREE_CHIPS, *, size=(40, 20), **how):
    return operations(a_board(parts, size=size), **how)


def figures(operation):
    return operation.set_up_min, operation.cycle_s, operation.units


@pytest.mark.parametrize(
    ("label", "set_up_min", "cycle_s"),
    [
        ("Kitting", "3", "0"),  # 1 kind × 3 min
        ("Paste printing, top", "8", "25.8"),  # 20 + 2 × 96 / 50 + 12 / 6
        ("Paste inspection, top", "0", "7.9"),  # 78.7 cm² / 10
        ("Placement, top", "50.5", "36"),  # 20 + 30 + 1 × 0.5; 10 + 2 + 8 × 3 × 1
        ("Reflow, top", "0", "18.3"),  # (8.2 + 4) × 300 / 200
        ("Optical inspection, top", "25", "15.7"),  # 78.7 cm² / 5
        ("First article", "40", "0"),
        ("Depanelling", "0", "13.1"),  # 8 + (5 × 82 + 96) / 100
    ],
)
def test_sixteen_boards_on_two_panels_take_what_they_take_on_paper(label, set_up_min, cycle_s):
    found = on_the_line()[label]

    assert (found.set_up_min, found.cycle_s) == (Decimal(set_up_min), Decimal(cycle_s))
    assert found.units == {"Kitting": 16, "First article": 1}.get(label, 2)


@pytest.mark.parametrize(
    ("label", "figures_used"),
    [
        ("Kitting", ["1 kind", "3 min"]),
        ("Paste printing, top", ["2 panels", "8 min", "20 s", "96 mm", "50 mm/s", "every 6 prints"]),
        ("Paste inspection, top", ["78.7 cm²", "10 cm²/s", "at least 3 s"]),
        (
            "Placement, top",
            [
                "3 parts",
                "placer 1.20 s, as 1.7 chips at 5000 an hour",
                "÷ 0.8 balance ÷ 0.5 uptime",
                "8 boards",
                "12 s",
                "1 feeder × 0.5",
            ],
        ),
        ("Reflow, top", ["8.2 cm", "4 cm gap", "200 cm", "300 s"]),
        ("Optical inspection, top", ["78.7 cm²", "5 cm²/s", "25 min"]),
        ("Depanelling", ["40 × 20 mm", "2 × 4 on a panel", "100 × 100 mm", "8 s", "506.0 mm", "100 mm/s"]),
        ("Packing", ["16 boards", "25 s", "6 min"]),
        ("Shipping", ["1 parcel", "16 × 8.0 cm²", "1000 cm²"]),
    ],
)
def test_a_reason_holds_the_figures_that_it_was_worked_out_from(label, figures_used):
    because = on_the_line()[label].because

    assert [used for used in figures_used if used not in because] == []


@pytest.mark.parametrize(
    ("size", "paste_s", "optical_s"),
    [
        ((60, 50), "3", "6"),  # one board a panel: 30 cm² is 3 s of paste, 6 s of optics
        ((52, 56.5), "3", "5.9"),  # 29.4 cm² would be 2.9 s of paste: below the least
        ((50, 60), "3", "6"),
        ((110, 12), "3", "3"),  # 13.2 cm² are 2.6 s of optics: the least holds for both
        ((60, 20), "3", "3.6"),  # on a panel with two rails: 60 × 30 mm
        ((200, 100), "20", "40"),
    ],
)
def test_inspection_is_by_area_and_never_below_the_least(size, paste_s, optical_s):
    found = on_the_line(size=size, boards=1)

    assert found["Paste inspection, top"].cycle_s == Decimal(paste_s)
    assert found["Optical inspection, top"].cycle_s == Decimal(optical_s)


NEVER_PLACED = {PackageClass.THROUGH_HOLE, PackageClass.BARE_COPPER}


@pytest.mark.parametrize("package_class", [name for name in PackageClass if name not in NEVER_PLACED])
def test_a_chip_of_each_class_takes_its_own_number_of_seconds(package_class):
    names = {"1206+": "R_1206", "sot": "SOT-23", "soic": "SOIC-8", "fine-pitch": "TSSOP-8", "qfp": "LQFP-48"}
    names |= {"qfn": "QFN-32", "bga": "BGA-64", "electrolytic": "CP_Elec_4x5.3", "connector": "USB_C_Receptacle"}
    names |= {"module": "ESP32-WROOM-32", "odd-form": "Crystal_SMD_3225", "unknown": "strange"}
    found = on_the_line(f"U1 | {names.get(package_class, package_class)} | A | top", size=(60, 60), boards=1)

    assert found["Placement, top"].cycle_s == 12 + small_shop().chips[package_class].value


def test_a_mix_of_classes_is_the_sum_of_its_parts():
    """3 chips + 2 × 2 + 1 × 5 = 12 s, and 12 s of handling."""
    found = on_the_line(f"{THREE_CHIPS}\nQ1 Q2 | SOT-23 | FET | top\nU1 | LQFP-48 | MCU | top", size=(60, 60), boards=1)

    assert found["Placement, top"].cycle_s == 24
    assert "6 parts a board: placer 4.80 s" in found["Placement, top"].because


@pytest.mark.parametrize(
    ("kinds", "passes"),
    [(1, 1), (4, 1), (5, 1), (6, 2), (10, 2), (11, 3)],
)
def test_every_five_reels_are_another_pass_through_the_line(kinds, passes):
    """Three and two slots: each pass is a changeover of 20 min and 12 s of handling; half a minute a reel."""
    parts = "\n".join(f"R{n} | R_0402 | RES-{n} | top" for n in range(kinds))
    found = on_the_line(parts, size=(60, 60), boards=1)["Placement, top"]

    assert found.set_up_min == 30 + 20 * passes + kinds * Decimal("0.5")
    assert found.cycle_s == 12 * passes + kinds


def test_a_kind_on_two_bom_lines_needs_one_feeder():
    twice = "R1 | R_0402 | RES | top\nR2 | R_0402 | RES | top"

    assert on_the_line(twice)["Placement, top"].set_up_min == Decimal("50.5")


def test_a_kind_on_both_sides_is_loaded_and_programmed_once():
    found = on_the_line(TWO_SIDES)

    assert found["Placement, bottom"].set_up_min == Decimal("50.5")
    assert found["Placement, top"].set_up_min == 20
    assert "1 reel kept from the other side" in found["Placement, top"].because


def test_a_line_that_is_loaded_twice_keeps_no_reels():
    many = "\n".join(f"R{n} | R_0402 | RES-{n} | top\nC{n} | R_0402 | RES-{n} | bottom" for n in range(6))
    found = on_the_line(many)

    assert found["Placement, top"].set_up_min == 2 * 20 + 3
    assert "kept" not in found["Placement, top"].because


def test_each_side_places_its_own_parts():
    """Eight boards a panel: 8 × 1 + 12 below, 8 × 3 + 12 above."""
    found = on_the_line(TWO_SIDES)

    assert (found["Placement, bottom"].cycle_s, found["Placement, top"].cycle_s) == (20, 36)


@pytest.mark.parametrize("label", ["Paste printing", "Paste inspection", "Reflow"])
def test_a_side_is_printed_inspected_and_reflowed_like_the_other(label):
    found = on_the_line(TWO_SIDES)

    assert figures(found[f"{label}, top"]) == figures(found[f"{label}, bottom"])


def test_one_board_is_the_first_article_of_both_sides():
    assert figures(on_the_line(TWO_SIDES)["First article"]) == (40, 0, 1)
    assert "First article" not in on_the_line(TWO_SIDES, first_article=False)


@pytest.mark.parametrize(
    ("size", "boards", "cycle_s"),
    [
        ((40, 20), 1, "12"),  # 4 cm and the gap of 4 at 1.5 s/cm
        ((40, 20), 2, "18.3"),  # 8.2 + 4
        ((100, 20), 1, "21"),
        ((180, 200), 1, "33"),
    ],
)
def test_the_oven_takes_as_long_as_the_panel_is(size, boards, cycle_s):
    assert on_the_line(size=size, boards=boards)["Reflow, top"].cycle_s == Decimal(cycle_s)


@pytest.mark.parametrize(
    ("label", "cycle_s", "said"),
    [
        ("Paste printing, top", "22", "stroke length unknown, not counted"),  # 20 handling + 2 wiping
        ("Paste inspection, top", "3", "board size unknown: 3 s a panel, the least there is"),
        ("Reflow, top", "6", "panel of unknown length, not counted,"),  # the gap alone
        ("Optical inspection, top", "3", "board size unknown: 3 s a panel, the least there is"),
        ("Placement, top", "15", "1 board and 12 s handling a panel"),
        ("Shipping", "240", "board size unknown: counted as one parcel"),
    ],
)
def test_of_a_board_of_unknown_size_only_what_is_known_is_counted(label, cycle_s, said):
    found = on_the_line(size=None)[label]

    assert found.cycle_s == Decimal(cycle_s)
    assert said in found.because


def test_a_part_of_unknown_package_takes_the_time_of_an_unknown_and_is_told():
    found = on_the_line("U1 | strange | A | top", size=(60, 60), boards=1)["Placement, top"]

    assert found.cycle_s == 24
    assert "1 of unknown package counted as surface-mount" in found.because


@pytest.mark.parametrize(("boards", "panels"), [(1, 1), (8, 1), (9, 2), (100, 13), (100_000, 12_500)])
def test_every_machine_step_is_counted_by_the_panel(boards, panels):
    found = on_the_line(boards=boards)
    machine = ("Paste printing", "Paste inspection", "Placement", "Reflow", "Optical inspection")

    assert {found[f"{name}, top"].units for name in machine} == {panels}


def test_a_hundred_thousand_boards_take_weeks_and_not_a_rounding():
    """12,500 panels × 36 s, and 50.5 min once."""
    assert on_the_line(boards=100_000)["Placement, top"].minutes == Decimal("50.5") + Decimal(12_500 * 36) / 60
