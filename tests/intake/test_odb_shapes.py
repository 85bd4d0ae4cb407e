"""Every symbol of ODB++ on the copper of a job: in both units, at every orientation, with the area that is meant."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from odb_jobs_made import files, members

from portal.board.design import FileRole, Side
from portal.board.shapes import signed_area
from portal.intake.odb import read_odb
from portal.intake.odb_symbols import standard_symbol

PI = math.pi


def board_of(symbol, *, unit="MM", orientation="0", scale="0"):
    top = f"UNITS={unit}\n$0 {symbol}\nP 1 1 {scale} P 0 {orientation}\n"
    return read_odb(members(files(top=top) | {"steps/pcb/profile": None}), name="odbjob")


def aperture_of(symbol, **more):
    [layer] = board_of(symbol, **more).stack.of(FileRole.COPPER, Side.TOP)
    return layer.artwork.apertures[layer.artwork.flashes.aperture[0]]


def area(aperture):
    return sum(signed_area(ring) for ring in aperture.rings)


def size(aperture):
    x0, y0, x1, y1 = aperture.box
    return x1 - x0, y1 - y0


# Names as they stand in jobs, in thousandths -> width, height, area in the unit of the job
SYMBOLS = {
    "r1000": (1, 1, PI / 4),
    "s500": (0.5, 0.5, 0.25),
    "rect1524x889": (1.524, 0.889, 1.524 * 0.889),
    "rect1500x1000xr250": (1.5, 1, 1.5 - (4 - PI) * 0.0625),
    "rect1500x1000xr250x12": (1.5, 1, 1.5 - (4 - PI) * 0.0625 / 2),
    "rect1500x1000xr500": (1.5, 1, 0.5 + PI / 4),
    "rect1500x1000xc250": (1.5, 1, 1.5 - 4 * 0.03125),
    "rect1500x1000xc250x3": (1.5, 1, 1.5 - 0.03125),
    "oval2000x600": (2, 0.6, 1.4 * 0.6 + PI * 0.09),
    "oval600x2000": (0.6, 2, 1.4 * 0.6 + PI * 0.09),
    "di1000x2000": (1, 2, 1),
    "oct1000x1000x293": (1, 1, 1 - 2 * 0.293**2),
    "hex_l2000x1000x500": (2, 1, 1.5),
    "hex_s1000x2000x500": (1, 2, 1.5),
    "tri1000x2000": (1, 2, 1),
    "el2000x1000": (2, 1, PI / 2),
    "oval_h2000x1000": (2, 1, 1.5 + PI / 8),
    "bfr1000": (1, 1, PI / 8),
    "bfs1000": (1, 1, 0.5),
    "donut_r1000x500": (1, 1, PI * 3 / 16),
    "donut_s1000x500": (1, 1, 0.75),
    "donut_sr1000x500": (1, 1, 1 - PI / 16),
    "donut_rc2000x1000x200": (2, 1, 2 - 1.6 * 0.6),
    "donut_o2000x1000x200": (2, 1, (1 + PI / 4) - (1 + PI * 0.09 - 0.4)),
    "donut_s1000x500xr100": (1, 1, 0.75 - (4 - PI) * 0.01),
    "donut_rc2000x1000x200xr100x12": (2, 1, 2 - 1.6 * 0.6 - (4 - PI) * 0.01 / 2),
}


@pytest.mark.parametrize(("unit", "mm"), [("MM", 1.0), ("INCH", 25.4)])
@pytest.mark.parametrize("symbol", SYMBOLS)
def test_a_pad_is_as_large_as_the_name_of_its_symbol_says(symbol, unit, mm):
    width, height, filled = SYMBOLS[symbol]

    aperture = aperture_of(symbol, unit=unit)

    assert size(aperture) == pytest.approx((width * mm, height * mm), rel=1e-3)
    assert area(aperture) == pytest.approx(filled * mm**2, rel=0.015)


@pytest.mark.parametrize("orientation", range(8))
@pytest.mark.parametrize("symbol", SYMBOLS)
def test_a_quarter_turn_exchanges_width_and_height_and_keeps_the_area(symbol, orientation):
    width, height, filled = SYMBOLS[symbol]
    upright = orientation % 2 == 0

    aperture = aperture_of(symbol, orientation=str(orientation))

    assert size(aperture) == pytest.approx((width, height) if upright else (height, width), rel=1e-3)
    assert area(aperture) == pytest.approx(filled, rel=0.015)


@pytest.mark.parametrize("symbol", SYMBOLS)
def test_a_pad_of_double_scale_has_four_times_the_area(symbol):
    top = f"UNITS=MM\n$0 {symbol}\nP 1 1 -1 0 2.0 P 0 8 0\n"
    board = read_odb(members(files(top=top) | {"steps/pcb/profile": None}), name="odbjob")

    [aperture] = board.stack.of(FileRole.COPPER, Side.TOP)[0].artwork.apertures

    assert area(aperture) == pytest.approx(4 * SYMBOLS[symbol][2], rel=0.015)


# Where the right angle of a corner pad (legs along +x, 2 long, and +y, 1 long) shows: the ends of its legs
CORNER = "UNITS=MM\nS P 0\nOB 0 0 I\nOS 2 0\nOS 0 1\nOS 0 0\nOE\nSE\n"
LEGS = {
    "0": ((2, 0), (0, 1)),
    "1": ((0, -2), (1, 0)),
    "2": ((-2, 0), (0, -1)),
    "3": ((0, 2), (-1, 0)),
    "4": ((-2, 0), (0, 1)),
    "5": ((0, 2), (1, 0)),
    "6": ((2, 0), (0, -1)),
    "7": ((0, -2), (-1, 0)),
    "8 0": ((2, 0), (0, 1)),
    "8 90": ((0, -2), (1, 0)),
    "8 450": ((0, -2), (1, 0)),
    "8 -90": ((0, 2), (-1, 0)),
    "9 0": ((-2, 0), (0, 1)),
    "9 90": ((0, 2), (1, 0)),
    "9 180": ((2, 0), (0, -1)),
}


@pytest.mark.parametrize("orientation", LEGS)
def test_each_orientation_mirrors_first_and_turns_clockwise(orientation):
    top = f"UNITS=MM\n$0 corner\nP 5 5 0 P 0 {orientation}\n"
    texts = files(top=top) | {"steps/pcb/profile": None, "symbols/CORNER/features": CORNER}

    [layer] = read_odb(members(texts), name="odbjob").stack.of(FileRole.COPPER, Side.TOP)

    [ring] = layer.artwork.apertures[layer.artwork.flashes.aperture[0]].rings
    corners = {tuple(point) for point in (np.round(ring, 6) + 0.0).tolist()}
    assert corners == {(0.0, 0.0), *(tuple(map(float, leg)) for leg in LEGS[orientation])}


@pytest.mark.parametrize("orientation", ["10", "-1", "x", "8", "9", "8 north", "1.0"])
def test_an_orientation_that_is_none_leaves_the_pad_out_and_asks(orientation):
    layer = board_of("r1000", orientation=orientation).stack.layers[0]

    assert (len(layer.artwork.flashes), [f.code for f in layer.artwork.findings]) == (0, ["odb-unread"])


@pytest.mark.parametrize("factor", ["0", "-2", "nan", "big"])
def test_a_scale_that_is_none_leaves_the_pad_out_and_asks(factor):
    layer = board_of("r1000", scale=f"-1 0 {factor}").stack.layers[0]

    assert [f.code for f in layer.artwork.findings] == ["odb-unread"]


@pytest.mark.parametrize(
    ("symbol", "pieces", "filled"),
    [
        ("thr20x10x0x4x2", 4, 75 * PI - 4 * 2 * 5),
        ("thr20x10x0x2x2", 2, 75 * PI - 2 * 2 * 5),
        ("ths20x10x45x4x2", 4, 75 * PI - 4 * 2 * 5),
        ("s_ths20x10x0x4x2", 4, 300 - 4 * 2 * 5),
        ("s_tho20x10x0x4x2", 4, 300 - 4 * 2 * 5),
        ("sr_ths20x10x0x4x2", 4, 400 - 25 * PI - 4 * 2 * 5),
        ("rc_ths30x20x0x4x2x5", 4, 600 - 200 - 4 * 2 * 5),
        ("rc_tho30x20x0x2x2x5", 2, 600 - 200 - 2 * 2 * 5),
        ("o_ths30x20x0x2x2x5", 2, (200 + 100 * PI) - (100 + 25 * PI) - 2 * 2 * 5),
        ("s_ths20x10x0x4x2xr1", 4, 300 - 4 * 2 * 5),
        ("rc_ths30x20x0x4x2x5xr1", 4, 400 - 4 * 2 * 5),
    ],
)
def test_a_thermal_pad_is_a_frame_less_its_spokes(symbol, pieces, filled):
    [aperture, _] = standard_symbol(symbol, 1.0)

    assert len(aperture.rings) == pieces
    assert area(aperture) == pytest.approx(filled, rel=0.04)


@pytest.mark.parametrize(("angle", "reach"), [("0", 10), ("45", 7.25), ("90", 10), ("30", 8.79)])
def test_the_cross_of_a_moire_is_turned(angle, reach):
    [aperture, _] = standard_symbol(f"moire1x1x3x0.5x20x{angle}", 1.0)

    assert aperture.box[2] == pytest.approx(reach, abs=0.15)


@pytest.mark.parametrize("symbol", ["S500", "RECT1524X889", "R1000"])
def test_names_in_capitals_are_the_same_symbols(symbol):
    assert size(aperture_of(symbol)) == size(aperture_of(symbol.lower()))


@pytest.mark.parametrize(("symbol", "diameter"), [("r12.5", 0.0125), ("r.5", 0.0005), ("r1000.000000000", 1.0)])
def test_sizes_may_have_fractions(symbol, diameter):
    assert aperture_of(symbol).diameter_mm == pytest.approx(diameter)


@given(
    width=st.integers(10, 5_000),
    height=st.integers(10, 5_000),
    name=st.sampled_from(["rect", "oval", "di", "tri", "el", "oval_h"]),
    turn=st.integers(0, 359),
)
def test_a_turned_symbol_keeps_its_area(width, height, name, turn):
    symbol = f"{name}{width}x{height}"

    assert area(aperture_of(symbol, orientation=f"8 {turn}")) == pytest.approx(area(aperture_of(symbol)), rel=1e-6)


@given(turn=st.floats(-720, 720), name=st.sampled_from(sorted(SYMBOLS)))
def test_mirroring_twice_is_not_mirroring(turn, name):
    mirrored, plain = (aperture_of(name, orientation=f"{kind} {turn:.3f}") for kind in (9, 8))

    assert area(mirrored) == pytest.approx(area(plain), rel=1e-6)


@given(unit=st.sampled_from(["I", "M"]), size_of=st.integers(1, 9_999))
def test_a_symbol_in_its_own_unit_is_the_same_in_any_file(unit, size_of):
    in_mm, in_inch = (aperture_of(f"r{size_of} {unit}", unit=each) for each in ("MM", "INCH"))

    assert in_mm.diameter_mm == pytest.approx(in_inch.diameter_mm)
