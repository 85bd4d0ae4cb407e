"""One file in nobody's own style: what its name says is believed, and where it says nothing it is asked about."""

import pytest
from packages_made import copper_of, gerber_of, members_of, outline_of

from portal.board.design import FileRole
from portal.intake.roles import BOTTOM_LAYER, assign_roles

LINES_ONLY = gerber_of((2, 5, 18, 5), (2, 10, 18, 13))
BOARD = {"amp-a.GTL": copper_of(), "amp-a.GBL": copper_of(18), "amp-a.GKO": outline_of(20, 15)}
NAMES = """
    Top Layer.gbr = copper top
    CopperTop.gbr = copper top
    TopCopper.ger = copper top
    TOP_COPPER.GBR = copper top
    L1_top_copper.gbr = copper -
    copy of top.gbr = copper top
    01_top.gbr = copper top
    robot-top.gbr = copper top
    component_side.gbr = copper top
    Primary Side.gbr = copper top
    amp_gtl.gbr = copper top
    amp-GTL.gbr = copper top
    tcopper.gbr = copper top
    顶层线路.gbr = copper top
    Bottom Layer.gbr = copper bottom
    04_bottom.gbr = copper bottom
    solder_side.gbr = copper bottom
    secondary-side.gbr = copper bottom
    amp.gbl.gbr = copper bottom
    底层線路.gbr = copper bottom
    MidLayer1.gbr = copper -
    InternalPlane1.gbr = copper -
    GND.gbr = copper -
    02_gnd.gbr = copper -
    amp_l2_gnd.gbr = copper -
    Top Solder.gbr = mask top
    BottomSolder.gbr = mask bottom
    solder_top.gbr = mask top
    Top Solder Mask.gbr = mask top
    tStop.gbr = mask top
    bStop.gbr = mask bottom
    lötstopmaske_top.gbr = mask top
    stopmask_bottom.gbr = mask bottom
    masque_dessus.gbr = mask top
    mascara_top.gbr = mask top
    顶层防焊.gbr = mask top
    top_soldermask_v2.gbr = mask top
    Top Mask (1).gbr = mask top
    amp_gts.gbr = mask top
    top_solder_paste.gbr = paste top
    cream_top.gbr = paste top
    bCream.gbr = paste bottom
    top_stencil.gbr = paste top
    钢网顶.gbr = paste top
    TopOverlay.gbr = legend top
    tPlace.gbr = legend top
    bNames.gbr = legend bottom
    sérigraphie_dessous.gbr = legend bottom
    Bestückungsdruck_oben.gbr = legend top
    底层文字.gbr = legend bottom
    topsilk-2023.gbr = legend top
    amp_GBO.gbr = legend bottom
    msk_top.ger = mask top
    Stopplack oben.gbr = mask top
    vernis épargne composants.gbr = mask top
    маска верх.gbr = mask top
    amp-BSM.gbr = mask bottom
    pst_top.ger = paste top
    creme_top.gbr = paste top
    pochoir_dessus.gbr = paste top
    顶层助焊.gbr = paste top
    паста верх.gbr = paste top
    amp-TSP.gbr = paste top
    slk_bot.ger = legend bottom
    ident_top.gbr = legend top
    Siebdruck unten.gbr = legend bottom
    Leiterbahnen Bestückungsseite.gbr = copper top
    Leiterbild Lötseite.gbr = copper bottom
    Platine Oberseite.gbr = copper top
    cuivre soudure.gbr = copper bottom
    низ.gbr = copper bottom
    Innenlage 2.gbr = copper -
    内層1.gbr = copper -
    milling.gbr = outline -
    Umriss.gbr = outline -
    边框.gbr = outline -
    pcb_outline.gbr = outline -
    Mechanical 13.gbr = drawing -
    Bohrplan.gbr = drawing -
    钻孔图.gbr = drawing -
    top_pads.gbr = drawing -
"""
ROWS = [tuple(part.strip() for part in line.split(" = ")) for line in NAMES.strip().splitlines()]
SILENT = (
    "0.gbr",
    "1.gbr",
    "board.gbr",
    "backup.gbr",
    "backpack.gbr",
    "laptop.gbr",
    "stop.gbr",
    "robot.gbr",
    "topology.gbr",
    "vias.gbr",
    "scoring.gbr",
    "Unrouted.gbr",
    "Measures.gbr",
    "tp_top.gbr",
    "fiducials_top.gbr",
    "Pads Top.gbr",
    "top_restrict.gbr",
    "tRestrict.gbr",
    "goldfinger.gbr",
    "3V3.gbr",
)


@pytest.mark.parametrize(("name", "expected"), ROWS)
def test_a_name_that_speaks_is_believed(name, expected):
    [file] = assign_roles(members_of({name: LINES_ONLY}))

    assert f"{file.file.role} {file.file.side or '-'}" == expected


@pytest.mark.parametrize(("name", "expected"), ROWS)
def test_it_speaks_the_same_beside_a_board_of_another_tool(name, expected):
    *_, file = assign_roles(members_of(BOARD | {name: LINES_ONLY}))

    assert f"{file.file.role} {file.file.side or '-'}" == expected


@pytest.mark.parametrize(("name", "expected"), ROWS)
def test_whatever_is_taken_for_something_has_its_evidence(name, expected):
    [file] = assign_roles(members_of({name: LINES_ONLY}))

    assert file.file.evidence in {"a word in its name", f"named as {file.file.tool} names it"}


@pytest.mark.parametrize("name", SILENT)
def test_a_name_that_says_nothing_is_never_guessed_at(name):
    *_, file = assign_roles(members_of(BOARD | {name: LINES_ONLY}))

    assert file.file.role is FileRole.UNKNOWN


@pytest.mark.parametrize(("name", "expected"), [row for row in ROWS if row[1] in {"copper top", "copper bottom"}])
def test_a_side_of_copper_is_its_outermost_layer(name, expected):
    [file] = assign_roles(members_of({name: LINES_ONLY}))

    assert file.raw_layer == (1 if expected.endswith("top") else BOTTOM_LAYER)


@pytest.mark.parametrize(("name", "expected"), [row for row in ROWS if not row[1].startswith("copper")])
def test_what_is_no_copper_claims_no_layer(name, expected):
    [file] = assign_roles(members_of({name: LINES_ONLY}))

    assert (file.raw_layer, file.plated, file.span) == (None, None, None)
