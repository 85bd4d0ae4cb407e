"""An unnamed Gerber file is what it draws, where that is plain, and it is asked about; else it stays unknown."""

from itertools import pairwise

import pytest
from packages_made import DRILL, found_codes, gerber_of, members_of, outline_of, read_of

from portal.board.design import FileRole, Side
from portal.intake.content import drawn_holes
from portal.intake.roles import assign_roles

PADS = [(x, y, x, y) for x in (2.0, 6.0, 10.0, 14.0) for y in (3.0, 9.0)]
TRACKS = [(*a[:2], *b[:2]) for a, b in pairwise(PADS)]
TOP_PADS = [*PADS, (4.0, 5.0, 4.0, 5.0), (8.0, 5.0, 8.0, 5.0), (12.0, 5.0, 12.0, 5.0)]
COPPER = gerber_of(*TOP_PADS, *TRACKS, pen_mm=1.0)
BACK = gerber_of(*PADS, *TRACKS[:3], pen_mm=1.0)
TEXT = [(3 + i / 20, 4.0, 3 + i / 20, 4.5) for i in range(80)]


def guess_of(data, **others):
    named = {name.replace("__", "."): content for name, content in others.items()}
    return assign_roles(members_of({"0.gbr": data, **named}))[0]


@pytest.mark.parametrize(
    ("data", "role"),
    [
        (COPPER, FileRole.COPPER),
        (outline_of(16, 12), FileRole.OUTLINE),
        (gerber_of((0, 0, 5, 0)), FileRole.UNKNOWN),
        (gerber_of(*PADS), FileRole.UNKNOWN),
        (gerber_of(*TEXT), FileRole.UNKNOWN),
        (gerber_of(), FileRole.UNKNOWN),
    ],
)
def test_alone_only_tracks_on_pads_and_one_closed_line_speak(data, role):
    assert guess_of(data).file.role is role


@pytest.mark.parametrize(
    ("data", "role"),
    [
        (gerber_of(*TOP_PADS, pen_mm=1.1), FileRole.MASK),
        (gerber_of(*TOP_PADS, pen_mm=0.9), FileRole.PASTE),
        (gerber_of(*TOP_PADS, pen_mm=1.0), FileRole.PASTE),
        (gerber_of(*TEXT), FileRole.LEGEND),
        (outline_of(16, 12), FileRole.OUTLINE),
        (outline_of(297, 210), FileRole.UNKNOWN),
        (gerber_of(*[(x + 1.5, y, x + 1.5, y) for x, y, *_ in PADS]), FileRole.UNKNOWN),
    ],
)
def test_beside_known_copper_openings_and_text_speak_too(data, role):
    assert guess_of(data, board__gtl=COPPER).file.role is role


def test_openings_on_the_leads_of_both_sides_are_mask_however_large_they_are():
    openings = guess_of(gerber_of(*TOP_PADS, pen_mm=1.0), board__gtl=COPPER, board__gbl=BACK)

    assert (openings.file.role, openings.file.side) == (FileRole.MASK, Side.TOP)


def test_the_side_is_that_whose_pads_are_opened():
    mask = guess_of(gerber_of(*TOP_PADS, pen_mm=1.1), board__gtl=COPPER, board__gbl=gerber_of(*PADS[:2], *TRACKS))

    assert (mask.file.role, mask.file.side) == (FileRole.MASK, Side.TOP)


def test_pads_of_both_sides_do_not_tell_the_side():
    mask = guess_of(gerber_of(*PADS, pen_mm=1.1), board__gtl=COPPER, board__gbl=BACK)

    assert (mask.file.role, mask.file.side) == (FileRole.MASK, None)


def test_one_unnamed_copper_beside_one_side_is_the_other_side():
    back = guess_of(BACK, board__gtl=COPPER)

    assert (back.file.role, back.file.side) == (FileRole.COPPER, Side.BOTTOM)


def test_copper_beside_both_sides_is_no_outer_layer():
    inner = guess_of(BACK, board__gtl=COPPER, board__gbl=COPPER)

    assert (inner.file.role, inner.file.side, inner.raw_layer) == (FileRole.COPPER, None, None)


def test_what_was_guessed_is_asked_about(tmp_path):
    reading = read_of(tmp_path, {"0.gbr": BACK, "board.gtl": COPPER, "board.gko": outline_of(16, 12), "a.drl": DRILL})
    [asked] = [finding for finding in reading.design.findings if finding.code == "layer-by-content"]

    assert reading.design.board.copper_layers == 2
    assert asked.message.endswith("taken for copper of the bottom.")


def test_a_file_with_a_name_is_not_guessed_at(tmp_path):
    files = {"mask_top.gbr": COPPER, "board.gtl": COPPER, "board.gbl": BACK, "board.gko": outline_of(16, 12)}

    assert "layer-by-content" not in found_codes(read_of(tmp_path, files))


def test_a_file_that_cannot_be_read_stays_unknown():
    assert guess_of(b"%FSLAX46Y46*%\n%MOMM*%\n%AMX*1,1,\x00*%\nD10*\nX1Y1D03*\nM02*\n").file.role is FileRole.UNKNOWN


def test_flashes_named_for_drilling_are_holes_and_strokes_are_a_drawing():
    assert drawn_holes(gerber_of(*PADS))
    assert not drawn_holes(gerber_of(*TEXT, *PADS))
    assert not drawn_holes(b"no Gerber")


@pytest.mark.parametrize("name", ["amp.xln", "amp drill.gbr", "Bohrung.ger"])
def test_a_gerber_named_for_drilling_is_drill_data_only_where_it_shows_holes(name):
    [holes, _] = assign_roles(members_of({name: gerber_of(*PADS), "board.gtl": COPPER}))
    [drawing, _] = assign_roles(members_of({name: gerber_of(*TEXT), "board.gtl": COPPER}))

    assert (holes.file.role, drawing.file.role) == (FileRole.DRILL, FileRole.DRAWING)
