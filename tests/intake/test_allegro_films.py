"""Allegro films say in their heads which of the board's classes they show: that is believed before their names."""

import pytest
from packages_made import gerber_of, members_of

from portal.board.design import FileRole, Side
from portal.intake.allegro_films import film_function
from portal.intake.roles import assign_roles

COPPER, MASK, PASTE, LEGEND = FileRole.COPPER, FileRole.MASK, FileRole.PASTE, FileRole.LEGEND


def a_film(*classes: str, name: str = "PM") -> bytes:
    """Its head as Allegro 17 writes it."""
    listed = "".join(f"G04 Layer:  {kind}*\n" for kind in classes)
    head = f"G04 Layout Name:  SOLAR.brd*\nG04 Film Name:    {name}*\nG04 File Format:  Gerber RS274X*\nG04 *\n{listed}"
    return head.encode() + gerber_of((0, 0, 5, 0))


@pytest.mark.parametrize(
    ("classes", "role", "side"),
    [
        (["ETCH/TOP", "PIN/TOP", "VIA CLASS/TOP"], COPPER, Side.TOP),
        (["BOARD GEOMETRY/OUTLINE", "ETCH/BOTTOM", "PIN/BOTTOM"], COPPER, Side.BOTTOM),
        (["VIA CLASS/GND_L2", "PIN/GND_L2", "ETCH/GND_L2"], COPPER, None),
        (["VIA CLASS/SOLDERMASK_TOP", "PIN/SOLDERMASK_TOP", "BOARD GEOMETRY/OUTLINE"], MASK, Side.TOP),
        (["PIN/PASTEMASK_BOTTOM", "PACKAGE GEOMETRY/PASTEMASK_BOTTOM"], PASTE, Side.BOTTOM),
        (["REF DES/SILKSCREEN_TOP", "PACKAGE GEOMETRY/SILKSCREEN_TOP", "MANUFACTURING/PEN3"], LEGEND, Side.TOP),
        (["MANUFACTURING/AUTOSILK_BOTTOM"], LEGEND, Side.BOTTOM),
        (["BOARD GEOMETRY/DESIGN_OUTLINE", "BOARD GEOMETRY/CUTOUT"], FileRole.OUTLINE, None),
        (["MANUFACTURING/NCLEGEND-1-6", "BOARD GEOMETRY/OUTLINE"], FileRole.DRAWING, None),
        (["REF DES/ASSEMBLY_TOP", "PACKAGE GEOMETRY/ASSEMBLY_TOP"], FileRole.DRAWING, Side.TOP),
        (["REF DES/ASSEMBLY_TOP", "BOARD GEOMETRY/SILKSCREEN_TOP"], FileRole.DRAWING, Side.TOP),
        (["PIN/FILMMASKTOP", "PIN/FILMMASKBOTTOM"], FileRole.DRAWING, None),
        (["ETCH/TOP", "ETCH/BOTTOM", "REF DES/SILKSCREEN_TOP", "PIN/SOLDERMASK_TOP"], FileRole.DRAWING, None),
    ],
)
def test_the_classes_say_what_the_film_is_for(classes, role, side):
    function = film_function(a_film(*classes))

    assert function is not None
    assert (function.role, function.side) == (role, side)


def test_paste_of_both_sides_on_one_film_is_of_no_side():
    function = film_function(a_film("PIN/PASTEMASK_TOP", "PIN/PASTEMASK_BOTTOM"))

    assert function is not None
    assert (function.role, function.side) == (PASTE, None)


def test_keep_outs_and_regions_that_every_film_lists_count_for_nothing():
    everywhere = ["CONSTRAINT REGION/ALL", "ROUTE KEEPOUT/TOP", "PACKAGE KEEPIN/ALL", "DRC ERROR CLASS/SOLDERMASK_TOP"]
    function = film_function(a_film(*everywhere, "PIN/SOLDERMASK_BOTTOM"))

    assert function is not None
    assert (function.role, function.side) == (MASK, Side.BOTTOM)


def test_pads_under_a_legend_are_a_picture_for_somebody():
    function = film_function(a_film("PIN/TOP", "PACKAGE GEOMETRY/SILKSCREEN_TOP", name="SILKMASK_TOP"))

    assert function is not None
    assert function.role is FileRole.DRAWING


@pytest.mark.parametrize(
    "data",
    [
        a_film("PIN/SOLDERMASK_TOP", "PIN/PASTEMASK_TOP"),
        a_film("ETCH/TOP", "ETCH/BOTTOM"),
        a_film("CONSTRAINT REGION/ALL"),
        a_film(),
        gerber_of((0, 0, 5, 0)),
    ],
    ids=["two purposes", "two coppers", "nothing but regions", "no classes", "no film"],
)
def test_what_a_head_leaves_open_the_name_decides(data):
    assert film_function(data) is None


def test_the_film_is_believed_before_its_name():
    film = a_film("PIN/PASTEMASK_TOP", name="PM_BOT")
    [file] = assign_roles(members_of({"PM_BOT.art": film}))

    assert (file.file.role, file.file.side, file.file.tool) == (PASTE, Side.TOP, "Allegro")
    assert "PIN/PASTEMASK_TOP" in file.file.evidence


def test_inner_copper_keeps_the_number_of_its_name():
    films = {"L3_SIG.art": a_film("ETCH/SIG"), "TOP.art": a_film("ETCH/TOP"), "X.art": a_film("ETCH/BOTTOM")}
    files = assign_roles(members_of(films))

    assert [file.raw_layer for file in files][:2] == [3, 1]
    assert files[2].file.side is Side.BOTTOM
