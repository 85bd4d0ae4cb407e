"""A design survives its way through JSON: from the limited child, into the database and back."""

import json
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.board.design import (
    Board,
    BomLine,
    Design,
    Drills,
    FileRole,
    Finding,
    OutlineKind,
    PasteApertures,
    Placement,
    Severity,
    Side,
    SourceFile,
)
from portal.board.record import design_from_json, design_to_json

DESIGN = Design(
    name="Thermometer µ",
    board=Board(50.8, 30.0, 4, OutlineKind.CLOSED, Drills(312, None, 4, 9, 0.3), 0.15, None, 0.13, PasteApertures(412)),
    bom=(BomLine(1, ("R1", "R2"), 2, "10k", "0603", "RC0603FR-0710KL", not_fitted=True),),
    bom_columns=(("designator", "Ref"), ("mpn", "Mfr Part #")),
    placements=(Placement("R1", Side.BOTTOM, -1.5, 97.25, 270.0),),
    placement_units="mm",
    files=(SourceFile("a/b.gtl", FileRole.COPPER, 12, "ab" * 32, Side.TOP, 1, "KiCad 8.0.1", "its name"),),
    findings=(Finding(Severity.ASK, "no-drill", "", "There is none.", "Send it."),),
    candidates=("panel",),
)

TEXT = st.text(max_size=30)
MM = st.floats(-1e4, 1e4)
BOARDS = st.builds(
    Board,
    width_mm=st.none() | MM,
    height_mm=st.none() | MM,
    copper_layers=st.none() | st.integers(1, 64),
    outline=st.none() | st.sampled_from(OutlineKind),
    drills=st.none() | st.builds(Drills, *[st.integers(0, 9)] * 4, st.none() | MM),
    min_track_mm=st.none() | MM,
    min_clearance_mm=st.none(),
    min_annular_ring_mm=st.none() | MM,
    paste=st.builds(PasteApertures, top=st.none() | st.integers(0, 9), bottom=st.none()),
)
DESIGNS = st.builds(
    Design,
    name=TEXT,
    board=BOARDS,
    bom=st.lists(st.builds(BomLine, st.integers(1, 9), st.lists(TEXT, max_size=3).map(tuple)), max_size=3).map(tuple),
    bom_columns=st.lists(st.tuples(TEXT, TEXT), max_size=2).map(tuple),
    placements=st.lists(st.builds(Placement, TEXT, st.sampled_from(Side), MM, MM, MM), max_size=3).map(tuple),
    placement_units=st.none() | TEXT,
    files=st.just(()),
    findings=st.lists(st.builds(Finding, st.sampled_from(Severity), *[TEXT] * 4), max_size=2).map(tuple),
    candidates=st.lists(TEXT, max_size=3).map(tuple),
)


def test_a_design_comes_back_as_it_was():
    assert design_from_json(design_to_json(DESIGN)) == DESIGN


@settings(max_examples=60, deadline=None)
@given(design=DESIGNS)
def test_any_design_comes_back_as_it_was(design):
    assert design_from_json(design_to_json(design)) == design


def test_words_of_the_house_come_back_as_words_and_not_as_text():
    back = design_from_json(design_to_json(DESIGN))

    assert back.placements[0].side is Side.BOTTOM
    assert back.files[0].role is FileRole.COPPER
    assert back.board.outline is OutlineKind.CLOSED


def test_what_is_not_known_stays_null():
    assert json.loads(design_to_json(Design("empty")))["board"]["width_mm"] is None
    assert design_from_json(design_to_json(Design("empty"))) == Design("empty")


def test_a_record_of_before_a_field_was_added_is_read():
    older = json.loads(design_to_json(DESIGN))
    del older["candidates"], older["board"]["min_clearance_mm"]

    assert design_from_json(json.dumps(older)).candidates == ()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        "{}",
        '{"name": 3}',
        '{"name": "x", "board": {"outline": "round"}}',
        '{"name":"x","bom":[1]}',
    ],
)
def test_what_is_no_design_is_refused(text):
    with pytest.raises(ValueError, match="."):
        design_from_json(text)


def test_the_child_that_writes_does_not_pay_for_the_library_that_reads():
    script = "import sys, portal.board.record; sys.exit('pydantic' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
