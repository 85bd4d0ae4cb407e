"""Gerber and drill readers against files of any make: they read or refuse, and nothing else happens.

PORTAL_FUZZ is how many inputs are tried in all: 5,000 unless said otherwise, 200,000 before a release
(benchmarks/fuzz.py runs them in slices).
"""

import os
import time
from contextlib import suppress

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from plot_grammar import (
    HEAD,
    bases,
    damaged,
    damages,
    layer,
    macro,
    modifiers,
    routing,
)

from portal.board.artwork import Artwork, DrillHits
from portal.errors import PackageRefused
from portal.intake.drill import is_drill, read_drill
from portal.intake.gerber import is_gerber, read_gerber

INPUTS = int(os.environ.get("PORTAL_FUZZ", "5000"))
LONGEST_S = 60.0  # of the processor: not how fast it is, a hang would take hours
DRILL_HEAD = b"M48\nMETRIC\nT1C0.8\n%\nT1\nX1.0Y1.0\n"
SLOW_IS_FINE = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much)


def share(of_all: float) -> settings:
    return settings(max_examples=max(1, round(INPUTS * of_all)), deadline=None, suppress_health_check=SLOW_IS_FINE)


def read_or_refused(data: bytes) -> Artwork | None:
    started, found = time.process_time(), None
    with suppress(PackageRefused):
        found = read_gerber(data)
    assert time.process_time() - started < LONGEST_S
    return found


def holds_together(artwork: Artwork | None) -> bool:
    """Every number finite, every row with its aperture, every contour with its points, every aperture drawn."""
    if artwork is None:
        return True
    places = [artwork.flashes.x, artwork.flashes.y, artwork.draws.ends, artwork.draws.centres, artwork.regions.points]
    used = np.concatenate((artwork.flashes.aperture, artwork.draws.aperture))
    bounds = artwork.bounds_mm()
    return (
        all(bool(np.isfinite(place).all()) for place in places)
        and bool(((used > 0) & (used < len(artwork.apertures))).all())
        and artwork.regions.starts[-1] == len(artwork.regions.points)
        and len(artwork.regions.starts) == len(artwork.regions) + 1
        and all(np.isfinite(ring).all() for aperture in artwork.apertures for ring in aperture.rings)
        and (bounds is None or bool(np.isfinite(bounds).all()))
        and marks_fit(artwork)
    )


def marks_fit(artwork: Artwork) -> bool:
    kinds = ("flashes", "draws", "regions")
    return all(
        len(getattr(marks, kind)) == len(getattr(artwork, kind))
        for marks in (artwork.nets, artwork.pins)
        if marks
        for kind in kinds
    )


def hits_or_refused(data: bytes, **more) -> DrillHits | None:
    started, found = time.process_time(), None
    with suppress(PackageRefused):
        found = read_drill(data, **more)
    assert time.process_time() - started < LONGEST_S
    return found


def holes_hold_together(hits: DrillHits | None) -> bool:
    if hits is None:
        return True
    places = (hits.x_mm, hits.y_mm, hits.slots[:, :4])
    sizes = np.concatenate((hits.diameter_mm, hits.slots[:, 4]))
    return (
        all(bool(np.isfinite(place).all()) for place in places)
        and not (sizes <= 0).any()
        and len(hits.plating_each) == len(hits.x_mm) + len(hits.slots)
        and hits.count <= len(hits.x_mm) + len(hits.slots)
    )


@share(0.25)
@given(layer)
def test_statements_in_any_order_are_read_or_refused(statements):
    assert holds_together(read_or_refused((HEAD + "".join(statements)).encode()))


@share(0.05)
@given(layer)
def test_statements_without_a_head_are_read_or_refused(statements):
    assert holds_together(read_or_refused("".join(statements).encode()))


@share(0.1)
@given(st.lists(macro, max_size=3), modifiers)
def test_macros_of_any_make_are_drawn_or_left_out(macros, values):
    body = f"%ADD20PAD,{values}*%\nD20*\nX0Y0D03*\nM02*\n"

    assert holds_together(read_or_refused((HEAD + "".join(macros) + body).encode()))


@share(0.05)
@given(layer, st.integers(0, 2000))
def test_a_layer_cut_off_anywhere_is_read_or_refused(statements, length):
    assert holds_together(read_or_refused((HEAD + "".join(statements)).encode()[:length]))


@share(0.25)
@given(st.sampled_from(bases("gerber")), damages)
def test_a_real_layer_that_was_damaged_is_read_or_refused(data, changes):
    assert holds_together(read_or_refused(damaged(data, changes)))


@share(0.05)
@given(st.binary(max_size=200))
def test_any_bytes_are_gerber_or_not(data):
    assert is_gerber(data) in {True, False}
    assert is_drill(data) in {True, False}


@share(0.1)
@given(routing)
def test_drill_lines_in_any_order_are_read_or_refused(lines):
    assert holes_hold_together(hits_or_refused(DRILL_HEAD + "".join(lines).encode()))


@share(0.05)
@given(routing, st.tuples(*[st.floats(-100, 100)] * 4))
def test_drill_lines_without_a_head_are_read_or_refused(lines, corners):
    x0, y0, x1, y1 = corners
    near = (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))

    assert holes_hold_together(hits_or_refused("".join(lines).encode(), near=near))


@share(0.1)
@given(st.sampled_from(bases("drill")), damages)
def test_a_real_drill_file_that_was_damaged_is_read_or_refused(data, changes):
    assert holes_hold_together(hits_or_refused(damaged(data, changes)))
