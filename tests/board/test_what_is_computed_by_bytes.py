"""What is computed of a board, on packages written as bytes: every number can be checked in the head."""

import json

import pytest
from written import CHIP, SOIC, Written, area, box, cleared, dot, excellon, gerber, path

from portal.board.design import OutlineKind, Side, Span


def board(*changes):
    made = Written()
    for change in changes:
        change(made)
    return made


def codes(design):
    return [finding.code for finding in design.findings]


def test_the_board_itself(tmp_path):
    found = board().read(tmp_path).board

    assert (found.width_mm, found.height_mm, found.copper_layers, found.outline) == (60, 60, 2, OutlineKind.CLOSED)
    assert (found.min_track_mm, found.min_annular_ring_mm, found.capability) == (0.3, 0.2, "standard")


def test_a_line_of_any_width_is_cut_along_its_middle(tmp_path):
    made = board()
    made.films["edge"] = box(0, 0, 60, 60, width=1.0)

    assert made.read(tmp_path).board.width_mm == 60


def test_a_cut_out_is_no_board_area(tmp_path):
    """A hole of 20 × 18 mm leaves 3240 of 3600 mm²: what stands on copper counts for more."""
    made = board(
        lambda b: b.draw("edge", *box(2, 10, 12, 46)),
        lambda b: b.draw("bottom", area((40, 0.5), (56, 0.5), (56, 20.5), (40, 20.5))),
    )
    [_, bottom] = made.read(tmp_path).board.copper_areas

    assert bottom.share == pytest.approx(bottom.area_mm2 / 3240, abs=1e-4)


def test_the_shape_inside_a_drawing_frame_is_the_board(tmp_path):
    found = board(lambda b: b.draw("edge", *box(-30, -30, 200, 120))).read(tmp_path)

    assert (found.board.width_mm, codes(found)) == (60, ["outline-frame"])


def test_without_an_outline_the_copper_stands_in_for_it_and_is_said_to(tmp_path):
    made = board()
    del made.films["edge"]
    found = made.read(tmp_path)

    assert (found.board.outline, codes(found)) == (OutlineKind.ASSUMED, ["outline-missing"])
    assert (found.board.width_mm, found.board.height_mm) == (49, 49)


def test_copper_is_counted_in_square_millimetres(tmp_path):
    """An area of 20 × 10 mm with a window of 5 × 4 mm, beside 2.6 mm² of tracks and pads: 10 × 0.3 and two discs."""
    made = board(lambda b: b.draw("bottom", area((2, 40), (22, 40), (22, 50), (2, 50))))
    made.draw("bottom", *cleared(area((4, 42), (9, 42), (9, 46), (4, 46))))
    [_, bottom] = made.read(tmp_path).board.copper_areas

    assert bottom.area_mm2 == pytest.approx(200 - 20 + 3.76, rel=0.005)


def same_net(made, *, joined_by):
    """Two tracks 0.1 mm apart: a short of none where they are one net."""
    made.draw("bottom", *path((8, 50), (14, 50)), *path((8, 50.4), (14, 50.4)))
    if joined_by == "copper":
        made.draw("bottom", *path((8, 50), (8, 50.4)))
    if joined_by == "holes":
        for y in (50, 53):
            made.plated.append((8, y, 0.3))
            made.draw("top", dot(8, y, 0.8))
        made.draw("bottom", *path((14, 50.4), (14, 53), (8, 53)), dot(8, 53, 0.8), dot(8, 50, 0.8))
        made.draw("top", *path((8, 50), (8, 53)))
    if joined_by == "names":
        made.films["bottom"] = [
            *made.films["bottom"][:-2],
            ("", "%TO.N,GND*%"),
            *made.films["bottom"][-2:],
            ("", "%TD*%"),
        ]


NETS = (("GND", 8, 50), ("GND", 8, 50.4), ("VCC", 19.2, 20), ("N1", 20.8, 20), ("N2", 19.2, 30), ("N3", 20.8, 30))


def probe(name, at, x, y):
    """IPC-D-356, in thousandths of a millimetre; what lies above y = 50 is reached from the bottom, layer 2."""
    access = "A02" if y >= 50 else "A01"
    place = f"X+{x * 1000:06.0f}Y+{y * 1000:06.0f}"
    return f"327{name:14}   R{at:<5}-1          {access}{place}X0800Y0950R000S2"


def probes(nets):
    return "\n".join(["P  UNITS CUST 1", *(probe(name, at, x, y) for at, (name, x, y) in enumerate(nets)), "999", ""])


def test_a_netlist_says_what_is_one_net(tmp_path):
    made = board(lambda b: same_net(b, joined_by="nothing"))
    made.files["b.ipc"] = probes(NETS)

    assert made.read(tmp_path).board.min_clearance_mm >= 0.15


def test_a_netlist_that_names_two_nets_there_hides_no_gap(tmp_path):
    made = board(lambda b: same_net(b, joined_by="nothing"))
    made.files["b.ipc"] = probes((("VDD", 8, 50), *NETS[1:]))

    assert made.read(tmp_path).board.min_clearance_mm == pytest.approx(0.1)


@pytest.mark.parametrize("way", ["copper", "holes", "names"])
def test_a_gap_inside_one_net_is_no_gap(way, tmp_path):
    found = board(lambda b: same_net(b, joined_by=way)).read(tmp_path)

    assert (found.board.min_clearance_mm >= 0.15, codes(found)) == (True, [])


def test_a_gap_between_two_nets_is_one(tmp_path):
    found = board(lambda b: same_net(b, joined_by="nothing")).read(tmp_path)

    assert (found.board.min_clearance_mm, codes(found)) == (pytest.approx(0.1), ["fab-class-dearer"])


def test_drills_are_counted_by_kind(tmp_path):
    """Two vias and a plated slot, two bare holes and a bare slot."""
    made = board()
    made.plated.append((10, 50, 1.0, 12, 50))
    made.bare += [(50, 50, 3.2), (54, 40, 3.2), (45, 52, 2.0, 49, 52)]
    for side in ("top", "bottom"):
        made.draw(side, *path((10, 50), (12, 50), width=2.0))
    drills = made.read(tmp_path).board.drills

    assert (drills.hits, drills.plated, drills.slots, drills.sizes, drills.smallest_mm) == (6, 3, 2, 4, 0.4)


def test_blind_vias_are_counted_by_the_layers_they_join(tmp_path):
    made = board()
    for name, number in (("In1_Cu", 2), ("In2_Cu", 3)):
        made.files[f"b-{name}.gbr"] = gerber(f"Copper,L{number},Inr", [dot(10, 50, 0.6)])
    made.files["b-B_Cu.gbr"] = gerber("Copper,L4,Bot", made.films.pop("bottom"))
    made.draw("top", dot(10, 50, 0.6))
    made.files["b-blind.drl"] = "; #@! TF.FileFunction,Plated,1,2,Blind\n" + excellon([(10, 50, 0.1)])

    assert Span(1, 2, 1) in made.read(tmp_path).board.drills.spans


def test_vias_under_mask_are_counted(tmp_path):
    made = board(lambda b: b.draw("mask", dot(30, 20, 0.9)))

    assert made.read(tmp_path).board.tented_top == 1


def test_the_foil_follows_the_smallest_opening(tmp_path):
    """0.25 mm wide: ÷ 0.66 ÷ 4 is 95 µm, so the foil of 80 passes and that of 100 does not."""
    made = board(lambda b: b.place("R9", "0201", 10, 50, [(-0.5, 0, 0.25, 0.25), (0.5, 0, 0.25, 0.25)]))
    [need] = made.read(tmp_path).stencils

    assert (need.thickness_um, need.apertures) == (80, 18)
    assert {foil.thickness_um: foil.failing for foil in need.foils} == {150: 2, 120: 2, 100: 2, 80: 0}


def test_without_a_paste_layer_openings_are_made_from_the_pads_and_said_to_be(tmp_path):
    made = board()
    del made.films["paste"]
    found = made.read(tmp_path)

    assert [need.made for need in found.stencils] == [True]
    assert codes(found) == ["paste-made"]


BGA = [(0.8 * (x - 2.5), 0.8 * (y - 2.5), 0.4, 0.4) for x in range(6) for y in range(6)]
QFN = [
    *((side * 1.95, 0.5 * (n - 1.5), 0.7, 0.25) for side in (-1, 1) for n in range(4)),
    *((0.5 * (n - 1.5), side * 1.95, 0.25, 0.7) for side in (-1, 1) for n in range(4)),
    (0, 0, 2.0, 2.0),
]
KINDS = {
    "grid": (BGA, 36, 0.8),
    "leadless": (QFN, 17, 0.5),
    "gull-wing": (SOIC, 8, 1.27),
    "chip": (CHIP, 2, 1.6),
}


@pytest.mark.parametrize("kind", KINDS)
def test_the_copper_itself_tells_what_kind_of_part_stands_there(kind, tmp_path):
    pads, count, pitch = KINDS[kind]
    made = board(lambda b: b.place("U9", "HOUSE-17", 12, 48, pads))
    [found] = [one for one in made.read(tmp_path).footprints if one.designator == "U9"]

    assert (found.kind, found.pads, found.side) == (kind, count, Side.TOP)
    assert found.pitch_mm == pytest.approx(pitch, abs=1e-3)


def panelled(*, head_to_head=False):
    """2 × 2 boards of 20 × 20 mm without a gap, V-scored, in rails of 5 mm with fiducials and tooling holes."""
    made = Written()
    made.films = {name: [] for name in ("edge", "top", "bottom", "mask")}
    made.parts, made.bom, made.plated = [], [], []
    made.draw("edge", *box(0, 0, 50, 50))
    for x, y in ((5, 5), (25, 5), (5, 25), (25, 25)):
        small_board(made, x + 10, y + 10, -1 if head_to_head and y == 5 else 1)
    for at in (5, 25, 45):
        made.draw("edge", *path((at, 0), (at, 50), width=0.1), *path((0, at), (50, at), width=0.1))
    made.draw("top", *(dot(*spot, 1.0) for spot in ((2.5, 10), (47.5, 10), (2.5, 40))))
    made.bare += [(2.5, 25, 3.2), (47.5, 25, 3.2)]
    return made


def small_board(made, x, y, way):
    """Around its middle; turned by half where `way` is -1."""
    made.draw("edge", *box(x - 10, y - 10, x + 10, y + 10))
    for n in range(6):
        made.draw("top", dot(x + way * (2.5 * n - 7), y - way * 2, 1.5))
        made.draw("bottom", dot(x + way * (2.5 * n - 7), y + way * 2, 1.5))
    made.plated.append((x - way * 7, y - way * 2, 0.6))


def test_a_panel_is_taken_for_what_it_is(tmp_path):
    panel = panelled().read(tmp_path).board.panel

    assert (panel.columns, panel.rows, panel.boards, panel.board_width_mm) == (2, 2, 4, 20)
    assert (panel.has_rails, panel.v_scores, panel.fiducials, panel.tooling_holes) == (True, 6, 3, 2)


def test_what_depends_on_the_thickness_asks_the_job_file(tmp_path):
    """A hole of 0.3 mm through 2.4 mm is the deepest of the first class, through 3.2 mm it takes the third."""
    made = board(lambda b: b.plated.append((10, 50, 0.3)))
    for side in ("top", "bottom"):
        made.draw(side, dot(10, 50, 0.9))
    job = {
        "Header": {"GenerationSoftware": {"Vendor": "x"}},
        "GeneralSpecs": {"BoardThickness": 3.2},
        "FilesAttributes": [],
    }
    made.files["b-job.gbrjob"] = json.dumps(job)

    assert made.read(tmp_path).board.capability == "finest"


def test_fields_with_other_pads_in_each_are_one_board(tmp_path):
    made = panelled()
    made.draw("top", dot(40, 40, 1.5))

    assert made.read(tmp_path).board.panel is None


def test_a_track_across_a_score_line_makes_one_board(tmp_path):
    made = panelled()
    made.draw("top", *path((20.5, 13), (28, 13)))

    assert made.read(tmp_path).board.panel is None


def test_boards_head_to_head_on_a_scored_panel_are_a_panel(tmp_path):
    assert panelled(head_to_head=True).read(tmp_path).board.panel.boards == 4
