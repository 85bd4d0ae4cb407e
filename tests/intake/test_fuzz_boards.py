"""KiCad boards, netlists, job files and component layers of any make: they are read or refused, in time.

PORTAL_FUZZ is how many inputs are tried in all: 5,000 unless said otherwise, 200,000 before a release.
"""

import json
import os
import re
import time
from collections.abc import Callable
from contextlib import suppress

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_components import HEAD, R1
from test_job import EAGLE
from test_job import KICAD as KICAD_JOB
from test_kicad_pcb_whole import TEXT
from test_netlist import ALLEGRO, KICAD

from portal.board.measure import measure
from portal.errors import PackageRefused
from portal.intake.components import read_components
from portal.intake.estimated import estimated_placements
from portal.intake.job import read_job
from portal.intake.kicad_pcb import read_kicad_pcb
from portal.intake.netlist import is_netlist, read_netlist

INPUTS = int(os.environ.get("PORTAL_FUZZ", "5000"))
LONGEST_S = 60.0  # of the processor: not how fast it is, a hang would take hours

TOKENS = re.findall(r'\(|\)|"[^"]*"|[^\s()"]+', TEXT)
STRANGE = (
    *("0", "-1", "1e4", "1e9", "1e-9", "nan", "inf", "90", "45.5", "no", "yes", "none", "oval", "custom", "circle"),
    *("roundrect", "trapezoid", "thru_hole", "np_thru_hole", '""', '"*.Cu"', '"F&B.Cu"', '"In7.Cu"', "(", ")", "()"),
    *("(at)", "(at 1)", "(pts)", "(pts (xy 1 1))", "(pts (arc (start 0 0) (mid 1 1) (end 2 2)))", "(size 0 0)"),
    *("(drill)", "(drill oval)", "(drill oval 1 (offset 9))", "(layers)", "(layer)", "(net)", "(mid 0 0)", "(fill)"),
    *("(primitives (gr_poly (pts)))", "(primitives (gr_arc (start 0 0) (end 1 0) (angle 9999)) (gr_curve))"),
    *("(options (anchor rect))", '(padstack (layer "Inner" (shape custom) (size)))', "(version 3)", "(version 4)"),
    *("(remove_unused_layers)", "(tenting none)", "(attr)", "(property)", "(fp_text reference)", "(stroke (width -1))"),
    *("(solder_mask_margin -99)", "(solder_paste_margin_ratio 99)", "(setup (aux_axis_origin 1e3))", '"\\'),
)
SEEDS = st.integers(0, 2**32 - 1)


def share(of_all: float) -> settings:
    return settings(
        max_examples=max(1, round(INPUTS * of_all)), deadline=None, suppress_health_check=(HealthCheck.too_slow,)
    )


def in_time(read: Callable[[bytes], object], data: bytes) -> object:
    started, found = time.process_time(), None
    with suppress(PackageRefused):
        found = read(data)
    assert time.process_time() - started < LONGEST_S
    return found


def spoilt_board(seed: int) -> bytes:
    """The thermometer with a few words changed, moved, left out, or doubled."""
    random = np.random.default_rng(seed)
    tokens = list(TOKENS)
    for _ in range(random.integers(1, 9)):
        at, how = int(random.integers(len(tokens))), random.integers(5)
        word = STRANGE[random.integers(len(STRANGE))]
        if how == 0 or (how < 4 and tokens[at] in "()"):
            tokens.insert(at, word)
        elif how == 1:
            del tokens[at]
        elif how == 2:
            tokens[at] = tokens[int(random.integers(len(tokens)))]
        else:
            tokens[at] = word
    return " ".join(tokens).encode()


def spoilt_text(text: str, seed: int, letters: str) -> bytes:
    """Some letters of a file changed, left out, or put in."""
    random = np.random.default_rng(seed)
    characters = list(text)
    for _ in range(random.integers(1, 12)):
        at, letter = int(random.integers(len(characters))), letters[random.integers(len(letters))]
        characters[at] = ("", letter, characters[at] + letter)[random.integers(3)]
    return "".join(characters).encode()


@share(0.25)
@given(seed=SEEDS)
def test_a_spoilt_kicad_board_is_read_or_refused(seed):
    board = in_time(lambda data: read_kicad_pcb(data, name="x"), spoilt_board(seed))
    if board is None:
        return

    places = [hits.x_mm for hits in board.stack.drills] + [np.array([p.x_mm, p.y_mm]) for p in board.placements]
    assert all(np.isfinite(place).all() for place in places)
    assert all(np.isfinite(layer.artwork.bounds_mm() or 0).all() for layer in board.stack.layers)


@share(0.03)
@given(seed=SEEDS)
def test_what_is_read_of_a_spoilt_board_can_be_measured_and_estimated(seed):
    board = in_time(lambda data: read_kicad_pcb(data, name="x"), spoilt_board(seed))

    if board is not None:
        assert measure(board.stack)[0].copper_layers != 0
        assert estimated_placements(board.stack, board.lines)[0] is not None


@share(0.2)
@given(seed=SEEDS, text=st.sampled_from([KICAD, ALLEGRO]))
def test_a_spoilt_netlist_is_read_or_refused(seed, text):
    data = spoilt_text(text, seed, "0123456789 XYADPMUNC+-\n\t\x00é")
    netlist = in_time(read_netlist, data)

    assert is_netlist(data) in (True, False)
    assert netlist is None or (np.isfinite(netlist.x_mm).all() and len(netlist.pins) == len(netlist))


@share(0.2)
@given(seed=SEEDS, said=st.sampled_from([KICAD_JOB, EAGLE]))
def test_a_spoilt_job_file_is_read_or_refused(seed, said):
    job = in_time(read_job, spoilt_text(json.dumps(said), seed, '{}[]":,0.-eENaTruIfnul\\ é'))

    assert job is None or job.copper_layers is None or 0 < job.copper_layers <= 100


@share(0.15)
@given(seed=SEEDS)
def test_a_spoilt_component_layer_is_read_or_refused(seed):
    found = in_time(read_components, spoilt_text(HEAD + R1 + R1, seed, '%*TOAD.CRotX1Y2,\n\\u"0é'))

    assert found is None or all(np.isfinite((place.x_mm, place.y_mm)).all() for place in found[0])
