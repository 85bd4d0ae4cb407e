"""The symbols of ODB++ by their names: each has the extent and the area that its name says."""

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from portal.board.shapes import signed_area
from portal.intake.odb_symbols import standard_symbol


def aperture(name):
    return standard_symbol(name, 1.0)[0]


def area(name):
    return sum(signed_area(ring) for ring in aperture(name).rings)


@pytest.mark.parametrize(
    ("name", "width", "height", "filled"),
    [
        ("r10", 10, 10, np.pi * 25),
        ("s10", 10, 10, 100),
        ("rect20x10", 20, 10, 200),
        ("rect20x10xr2", 20, 10, 200 - (4 - np.pi) * 4),
        ("rect20x10xr2x1", 20, 10, 200 - (4 - np.pi)),
        ("rect20x10xc2", 20, 10, 200 - 4 * 2),
        ("rect20x10xc2x24", 20, 10, 200 - 2 * 2),
        ("oval20x10", 20, 10, 100 + np.pi * 25),
        ("di20x10", 20, 10, 100),
        ("oct20x20x5", 20, 20, 400 - 4 * 12.5),
        ("hex_l20x10x5", 20, 10, 150),
        ("hex_s20x10x5", 20, 10, 100),
        ("tri20x10", 20, 10, 100),
        ("el20x10", 20, 10, np.pi * 50),
        ("oval_h20x10", 20, 10, 150 + np.pi * 12.5),
        ("bfr20", 20, 20, np.pi * 50),
        ("bfs20", 20, 20, 200),
        ("donut_r20x10", 20, 20, np.pi * 75),
        ("donut_s20x10", 20, 20, 300),
        ("donut_sr20x10", 20, 20, 400 - np.pi * 25),
        ("donut_rc20x10x2", 20, 10, 200 - 16 * 6),
        ("donut_o20x10x2", 20, 10, (100 + np.pi * 25) - (60 + np.pi * 9)),
        ("hole10xpx1x1", 10, 10, np.pi * 25),
    ],
)
def test_a_symbol_is_as_large_as_its_name_says(name, width, height, filled):
    x0, y0, x1, y1 = aperture(name).box

    assert (x1 - x0, y1 - y0) == pytest.approx((width, height), abs=1e-6)
    assert area(name) == pytest.approx(filled, rel=0.01)


@pytest.mark.parametrize("name", ["thr20x10x45x4x2", "ths20x10x45x4x2", "s_ths20x10x45x4x2", "sr_ths20x10x45x4x2"])
def test_a_thermal_pad_is_parted_into_four(name):
    assert len(aperture(name).rings) == 4


def test_the_frame_of_a_thermal_pad_is_parted_too():
    assert len(aperture("rc_ths20x10x0x4x1x2").rings) == 4
    assert len(aperture("o_ths20x10x0x2x1x2").rings) == 2


def test_a_moire_has_its_rings_and_its_cross():
    assert aperture("moire1x1x3x0.5x20x0").box == pytest.approx((-10, -10, 10, 10))


@pytest.mark.parametrize("name", ["null5", "rect0x10", "oval10x0", "hole0xpx1x1", "rect0x5xr1"])
def test_a_symbol_without_extent_draws_nothing(name):
    assert aperture(name).rings == ()


def test_a_pen_of_no_width_is_still_round():
    assert aperture("r0").diameter_mm == 0


def test_the_unit_of_a_name_is_the_callers():
    assert standard_symbol("r10", 0.0254)[0].diameter_mm == pytest.approx(0.254)


def test_a_stencil_opening_is_its_box():
    found, is_box = standard_symbol("dogbone30x20x10x10x50x10", 1.0)

    assert found.box == (-15, -10, 15, 10)
    assert is_box


@pytest.mark.parametrize("name", ["", "fancy", "r", "r-5", "rect20", "r1e9", "rect20x10x", "construct+1", "r10x"])
def test_other_names_are_not_in_the_standard(name):
    assert standard_symbol(name, 1.0) is None


@given(name=st.from_regex(r"(?:thr|rect|oval|donut_r|moire|hex_l|rc_ths)[0-9.xrc]{0,30}", fullmatch=True))
def test_any_name_is_a_finite_shape_or_none(name):
    found = standard_symbol(name, 0.001)

    assert found is None or np.isfinite(found[0].box).all()


@given(width=st.integers(1, 500), height=st.integers(1, 500), corner=st.integers(0, 600))
def test_round_corners_stay_within_the_rectangle(width, height, corner):
    ring = aperture(f"rect{width}x{height}xr{corner}").rings[0]

    assert shapely.box(-width / 2, -height / 2, width / 2, height / 2).buffer(1e-6).covers(shapely.MultiPoint(ring))
