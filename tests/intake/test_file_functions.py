"""The words with which X2 and the Gerber job file say what a file is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.board.design import FileRole, Side
from portal.intake.file_functions import file_function


@pytest.mark.parametrize(
    ("text", "role", "side", "layer", "plated"),
    [
        ("Copper,L1,Top", FileRole.COPPER, Side.TOP, 1, None),
        ("Copper,L2,Inr", FileRole.COPPER, None, 2, None),
        ("Copper,L4,Bot,Signal", FileRole.COPPER, Side.BOTTOM, 4, None),
        ("SolderMask,Top", FileRole.MASK, Side.TOP, None, None),
        ("Soldermask,Bot", FileRole.MASK, Side.BOTTOM, None, None),
        ("SolderPaste,Top", FileRole.PASTE, Side.TOP, None, None),
        ("Paste,Bot", FileRole.PASTE, Side.BOTTOM, None, None),
        ("Legend,Top", FileRole.LEGEND, Side.TOP, None, None),
        ("Profile", FileRole.OUTLINE, None, None, None),
        ("Profile,NP", FileRole.OUTLINE, None, None, None),
        ("Plated,1,4,PTH", FileRole.DRILL, None, None, True),
        ("NonPlated,1,4,NPTH,Drill", FileRole.DRILL, None, None, False),
        ("MixedPlating,1,2", FileRole.DRILL, None, None, None),
        ("AssemblyDrawing,Top", FileRole.DRAWING, Side.TOP, None, None),
        ("Drillmap", FileRole.DRAWING, None, None, None),
        ("Glue,Top", FileRole.DRAWING, Side.TOP, None, None),
        ("Component,L1,Top", FileRole.DRAWING, Side.TOP, None, None),
        ("Other,Eco1", FileRole.DRAWING, None, None, None),
        ("Telepathy,Top", FileRole.DRAWING, Side.TOP, None, None),
        ("", FileRole.DRAWING, None, None, None),
    ],
)
def test_every_file_function_says_what_a_file_is(text, role, side, layer, plated):
    function = file_function(text)

    assert (function.role, function.side, function.layer, function.plated) == (role, side, layer, plated)


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("Plated,1,4,PTH", (1, 4)),
        ("Plated,2,3,Buried", (2, 3)),
        ("Plated", None),
        ("Plated,x,4", None),
        ("Copper,1,4", None),
    ],
)
def test_a_drill_file_says_from_where_to_where_it_goes(text, span):
    assert file_function(text).span == span


def test_a_drill_file_has_no_side_though_it_begins_at_one():
    assert file_function("Plated,1,2,Blind,Top").side is None


@given(text=st.text(max_size=300))
def test_any_text_is_some_function(text):
    assert file_function(text).role in FileRole
