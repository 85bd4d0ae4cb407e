"""Each kind of advice on a board where it pays and on one where it does not, priced with the demo shop's own card."""

from dataclasses import replace
from decimal import Decimal

import pytest
from costing_examples import a_basis, a_design, demo_basis

from portal.board.design import Demand, Panel
from portal.costing.advice import LEAST_SHARE, MOST, advice
from portal.costing.matrix import asked, row
from portal.routing.options import BuildOptions, Finish, Separation, Speed, TestLevel

CHIPS = f"{' '.join(f'R{n}' for n in range(20))} | R_0402_1005Metric | RC0402FR-0710KL | top"
SENSOR = f"{CHIPS}\nU1 | QFN-32_5x5mm_P0.5mm | STM32L031K6U6 | top"
TWO_SIDES = f"{SENSOR}\nC1 | C_0402_1005Metric | CL05B104KB54PNC | bottom"
PINS = f"{SENSOR}\nJ1 J2 J3 J4 | PinHeader_1x04_P2.54mm | 61300411121"
BLOCKS = f"{SENSOR}\nJ1 J2 J3 J4 | TerminalBlock_1x04_P5.08mm | 61300411121"
NEAR = """
R1 R2 R3 R4 | R_0402_1005Metric | RC0402FR-0710KL | top
R5          | R_0402_1005Metric | RC0402FR-0733KL | top
"""
TRACK = Demand("track", 12, needs=0.08, enough=0.1, unit="mm", takes="finest", cheaper="advanced")


def with_values(parts, *values):
    design = a_design(parts)
    lines = zip(design.bom, values, strict=True)
    return replace(design, bom=tuple(replace(line, value=value) for line, value in lines))


def of_class(name, *demands):
    design = a_design(SENSOR, size=(160, 100))
    return replace(design, board=replace(design.board, capability=name, demands=demands))


def on_panel(columns, rows, side_mm):
    """A customer's own panel of 200 × 190 mm, on which so many square boards lie."""
    design = a_design(SENSOR, size=(200, 190))
    panel = Panel(columns, rows, columns * rows, board_width_mm=side_mm, board_height_mm=side_mm)
    return replace(design, board=replace(design.board, panel=panel))


def advised(design, *, boards=500, basis=None, **options):
    design = a_design(design) if isinstance(design, str) else design
    question = asked(design, BuildOptions(**options), basis or demo_basis())
    cells = list(row(question, (Speed.STANDARD,), boards=boards))
    return cells[0], advice(question, cells)


BREAK = {"basis": a_basis('per = "board"\nrate = "1"', catalogue="PART 1:1.00;120:0.50")}
FLAT = {"basis": a_basis('per = "board"\nrate = "1"', catalogue="PART 1:1.00")}
MARK_UP, SENT = 'of_groups = "parts"\nrate = "0.20"', 'covered = ["consigned_line"]'
MARKED = {"basis": a_basis('per = "board"\nrate = "1"', MARK_UP, catalogue="PART 1:30.00", head=SENT)}
UNMARKED = {"basis": a_basis('per = "board"\nrate = "1"', 'per = "consigned_line"\nrate = "15"', catalogue="PART 1:30")}
PART = "U1 | SOIC-8 | PART | top"

KINDS = {  # begins with: a board where it pays, one where it does not
    "Order 120 boards instead of 100": ((PART, {**BREAK, "boards": 100}), (PART, {**FLAT, "boards": 100})),
    "Place the 1 part of the bottom": ((TWO_SIDES, {}), (SENSOR, {})),
    "Use 10k (RC0402FR-0710KL) for R5": (
        (with_values(NEAR, "10k", "10.5k"), {"boards": 10}),
        (with_values(NEAR, "10k", "33k"), {"boards": 10}),
    ),
    "Surface-mount equivalents": ((PINS, {}), (BLOCKS, {})),
    "Let us lay out the panel": ((on_panel(1, 2, 40.0), {}), (on_panel(2, 2, 95.0), {})),
    "Take the boards in their panels": (
        (SENSOR, {"separation": Separation.ROUTING}),
        (a_design(SENSOR, size=(200, 190)), {}),
    ),
    "Finish OSP instead of ENIG": ((a_design(SENSOR, size=(160, 100)), {}), (SENSOR, {"finish": Finish.OSP})),
    "Relax the board to class advanced": ((of_class("finest", TRACK), {}), (of_class("standard"), {})),
    "Supply PART yourself": ((PART, MARKED), (PART, {**UNMARKED, "boards": 1})),
    "Test by inspection": ((SENSOR, {"test": TestLevel.FLYING_PROBE}), (SENSOR, {})),
}


@pytest.mark.parametrize("kind", KINDS)
def test_it_is_told_where_it_pays(kind):
    (design, options), _ = KINDS[kind]
    cell, found = advised(design, **options)
    [one] = [one for one in found if one.change.startswith(kind)]

    assert one.saves_per_board >= cell.sheet.unit_price * LEAST_SHARE


@pytest.mark.parametrize("kind", KINDS)
def test_it_is_not_told_where_it_does_not_pay(kind):
    _, (design, options) = KINDS[kind]
    _, found = advised(design, **options)

    assert not [one.change for one in found if one.change.startswith(kind)]


def test_however_much_pays_no_more_than_seven_are_told():
    """A dear class, two sides, pins, near values, a flying probe: more than seven what-ifs save a hundredth."""
    design = of_class("finest", TRACK)
    crowded = replace(design, bom=a_design(f"{TWO_SIDES}\nJ1 J2 | PinHeader_1x04_P2.54mm | 61300411121").bom)
    _, found = advised(crowded, test=TestLevel.FLYING_PROBE)

    assert len(found) == MOST


def test_less_than_a_hundredth_is_not_worth_a_sentence():
    """Four parts of 1 cent at 20 % of mark-up on a board of 10: supplying them would save 0.01."""
    cheap = a_basis('per = "board"\nrate = "10"', 'of_groups = "parts"\nrate = "0.20"', catalogue="PART 1:0.04")
    _, found = advised(PART, basis=cheap)

    assert not [one for one in found if "PART" in one.change]


def test_what_a_change_saves_is_what_the_two_quotes_differ_by():
    cell, found = advised(TWO_SIDES)
    [one] = [one for one in found if one.change.startswith("Place the 1 part")]

    assert abs(one.saves_per_board - (cell.sheet.total - one.total) / 500) <= Decimal("0.005")


def test_every_amount_in_a_sentence_names_its_money():
    _, found = advised(PART, **MARKED)
    [one] = [one for one in found if one.change.startswith("Supply")]

    assert one.change.endswith("bought at our price of 30 EUR and here in time")
