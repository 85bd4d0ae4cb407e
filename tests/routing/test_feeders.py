"""Reels on a line: which tape a part comes on, how many slots its feeder takes."""

import pytest
from routing_examples import a_board, demo_shop

from portal.board.design import Footprint, Side
from portal.parts.packages import PackageClass
from portal.routing.population import population

FEEDERS = demo_shop().feeders


def parts(rows, *, sizes=()):
    """`sizes`: designator and longer side of its pads in mm."""
    design = a_board(rows)
    footprints = tuple(Footprint(name, Side.TOP, 2, width_mm=size, height_mm=1.0) for name, size in sizes)
    return population(type(design)(design.name, design.board, design.bom, placements=design.placements,
                                   footprints=footprints)).parts  # fmt: skip


@pytest.mark.parametrize(
    ("package", "tape_mm"),
    [("R_0402", 8), ("SOT-23", 8), ("SOIC-8", 12), ("QFN-32", 12), ("LQFP-48", 24), ("ESP32-WROOM-32", 44), ("?", 12)],
)
def test_without_pads_the_class_tells_the_tape(package, tape_mm):
    [part] = parts(f"U1 | {package} | A | top")

    assert FEEDERS.tape(part) == tape_mm


@pytest.mark.parametrize(
    ("package", "pads_mm", "tape_mm"),
    [
        ("R_0603", 2.4, 8),
        ("R_1206", 4.4, 8),  # a body of 3.2 mm
        ("SOIC-8", 6.8, 12),
        ("CP_Elec_6.3x7.7", 10.5, 16),
        ("LQFP-48", 9.8, 16),
        ("LQFP-144", 22.8, 32),
        ("BGA-676", 27.0, 44),
        ("USB_C_Receptacle", 12.9, 16),
        ("Module", 45.0, 56),
        ("Module", 60.0, 0),  # too large for any tape: from a tray
    ],
)
def test_where_the_pads_are_known_their_size_tells_it(package, pads_mm, tape_mm):
    [part] = parts(f"U1 | {package} | A | top", sizes=[("U1", pads_mm)])

    assert FEEDERS.tape(part) == tape_mm


@pytest.mark.parametrize(
    ("rows", "slots"),
    [
        ("R1 R2 R3 | R_0402 | A | top", 1),
        ("R1 | R_0402 | A | top\nR2 | R_0402 | B | top", 2),
        ("R1 | R_0402 | A | top\nR2 | R_0402 | A | top", 1),  # one kind, one reel
        ("U1 | SOIC-8 | A | top", 2),
        ("U1 | LQFP-48 | A | top", 3),
        ("R1 | R_0402 | A | top\nU1 | ESP32-WROOM-32 | B | top", 7),
    ],
)
def test_a_wide_tape_takes_more_slots(rows, slots):
    assert FEEDERS.slots_of(parts(rows)) == slots


def test_a_tray_takes_no_slot():
    assert FEEDERS.slots_of(parts("U1 | Module | A | top", sizes=[("U1", 60.0)])) == 0


def test_every_class_has_its_tape():
    assert set(FEEDERS.tape_mm.values) == set(PackageClass)
