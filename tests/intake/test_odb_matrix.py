"""The list of layers and the steps of ODB++ jobs: what is made, what is a drawing, which board is the board."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from odb_jobs_made import COPPER, DRILL, LAYERS, PROFILE, files, members

from portal.board.design import FileRole, OutlineKind, Severity, Side
from portal.board.measure import measure
from portal.errors import PackageRefused
from portal.intake.odb import is_odb, read_odb
from portal.intake.odb_job import job_of, matrix_layers


def read(texts):
    return read_odb(members(texts), name="odbjob")


def rows(*layers):
    """(name, type) rows of a list of layers, or (name, type, further lines)."""
    return "".join(
        f"LAYER {{\n  ROW={at}\n  CONTEXT=BOARD\n  TYPE={kind}\n  NAME={name}\n  POLARITY=POSITIVE\n{''.join(more)}}}\n"
        for at, (name, kind, *more) in enumerate(layers, start=1)
    )


def listed(text):
    return matrix_layers(job_of(members({"matrix/matrix": text}), name="odbjob"))


def codes(board):
    return [(finding.severity, finding.code) for finding in board.findings]


@pytest.mark.parametrize(
    ("kind", "role"),
    [
        ("SIGNAL", FileRole.COPPER),
        ("POWER_GROUND", FileRole.COPPER),
        ("MIXED", FileRole.COPPER),
        ("SOLDER_MASK", FileRole.MASK),
        ("SOLDER_PASTE", FileRole.PASTE),
        ("SILK_SCREEN", FileRole.LEGEND),
        ("DRILL", FileRole.DRILL),
        ("ROUT", FileRole.DRILL),
        ("signal", FileRole.COPPER),
        ("Solder_Mask", FileRole.MASK),
    ],
)
def test_a_type_says_what_a_layer_is_for(kind, role):
    [layer] = listed(rows(("X1", kind)))

    assert (layer.name, layer.role) == ("x1", role)


@pytest.mark.parametrize("kind", ["DOCUMENT", "COMPONENT", "DIELECTRIC", "MASK", "CONDUCTIVE_PASTE", "NEW_TYPE", ""])
def test_other_types_are_not_made(kind):
    assert listed(rows(("X1", kind))) == ()


@pytest.mark.parametrize(("context", "made"), [("BOARD", 1), ("board", 1), ("MISC", 0), ("", 0)])
def test_only_what_belongs_to_the_board_is_made(context, made):
    assert len(listed(rows(("TOP", "SIGNAL")).replace("CONTEXT=BOARD", f"CONTEXT={context}"))) == made


def test_a_row_without_a_context_belongs_to_the_board():
    assert len(listed(rows(("TOP", "SIGNAL")).replace("  CONTEXT=BOARD\n", ""))) == 1


@pytest.mark.parametrize("name", ["", "  "])
def test_a_row_without_a_name_is_an_empty_row(name):
    assert [layer.name for layer in listed(rows((name, "SIGNAL"), ("TOP", "SIGNAL")))] == ["top"]


SIX = (
    *(("CSM", "SOLDER_MASK"), ("CSS", "SILK_SCREEN"), ("L1", "SIGNAL"), ("L2", "POWER_GROUND"), ("L3", "MIXED")),
    *(("D1", "DIELECTRIC"), ("L4", "SIGNAL"), ("L5", "POWER_GROUND"), ("L6", "SIGNAL"), ("SSS", "SILK_SCREEN")),
    *(("SSM", "SOLDER_MASK"), ("SPS", "SOLDER_PASTE"), ("DRL", "DRILL")),
)


def test_copper_of_every_type_is_counted_from_the_top():
    assert {layer.name: layer.number for layer in listed(rows(*SIX)) if layer.number} == {
        f"l{number}": number for number in range(1, 7)
    }


def test_masks_and_legend_lie_on_the_side_of_their_place():
    sides = {layer.name: layer.side for layer in listed(rows(*SIX))}

    assert {name for name, side in sides.items() if side is Side.TOP} == {"csm", "css", "l1"}
    assert {name for name, side in sides.items() if side is Side.BOTTOM} == {"l6", "sss", "ssm", "sps"}


@given(order=st.permutations(range(len(SIX))))
def test_the_rows_count_however_the_file_orders_them(order):
    texts = rows(*SIX).split("LAYER ")[1:]

    assert listed("".join(f"LAYER {texts[at]}" for at in order)) == listed(rows(*SIX))


@pytest.mark.parametrize(
    ("kind", "polarity", "negative"),
    [
        ("POWER_GROUND", "NEGATIVE", True),
        ("SIGNAL", "negative", True),
        ("SIGNAL", "POSITIVE", False),
        ("SIGNAL", "", False),
        ("SOLDER_MASK", "NEGATIVE", False),
        ("SILK_SCREEN", "NEGATIVE", False),
    ],
)
def test_only_copper_is_negative_because_the_list_says_so(kind, polarity, negative):
    [layer] = listed(rows(("X", kind)).replace("POSITIVE", polarity))

    assert layer.negative is negative


SPANS = {
    ("L1", "L4"): None,
    ("L4", "L1"): None,
    ("L1", "L2"): (1, 2),
    ("L2", "L3"): (2, 3),
    ("l4", "l3"): (3, 4),
    ("", ""): None,
    ("L1", ""): None,
    ("CSM", "SSM"): None,
    ("L1", "L9"): None,
}


@pytest.mark.parametrize("ends", SPANS)
def test_a_drill_layer_knows_the_copper_it_joins(ends):
    more = f"  START_NAME={ends[0]}\n  END_NAME={ends[1]}\n"
    copper = [(f"L{number}", "SIGNAL") for number in range(1, 5)]

    *_, drill = listed(rows(*copper, ("DRL", "DRILL", more)))

    assert drill.span == SPANS[ends]


@pytest.mark.parametrize("brace", ["LAYER {", "LAYER{", "LAYER\n{", "layer  {", "Layer \t{"])
def test_blocks_begin_as_any_tool_writes_them(brace):
    assert len(listed(rows(("TOP", "SIGNAL")).replace("LAYER {", brace))) == 1


@pytest.mark.parametrize(
    ("before", "after"),
    [("  ROW=", "ROW = "), ("NAME=", "    NAME =  "), ("\n", "\r\n"), ("  TYPE", "\ttype"), ("}", "}\n\n# next\n")],
)
def test_spaces_and_line_ends_in_the_list_do_no_harm(before, after):
    assert listed(rows(*SIX).replace(before, after)) == listed(rows(*SIX))


@pytest.mark.parametrize("row", ["", "x", "1e3", "-5", "99999999999999"])
def test_a_row_number_that_is_none_comes_first(row):
    text = rows(("A", "SIGNAL"), ("B", "SIGNAL")).replace("ROW=2\n", f"ROW={row}\n")

    assert [layer.name for layer in listed(text)] == ["b", "a"]


@pytest.mark.parametrize("text", ["", "LAYER {", "}", "STEP { COL=1 NAME=PCB }", "\x00\x01\x02", "LAYER { ROW=1 }"])
def test_a_list_that_says_nothing_has_no_layers(text):
    assert listed(text) == ()


def test_a_job_with_a_list_that_says_nothing_still_has_its_edge_and_parts():
    board = read(files() | {"matrix/matrix": ""})

    assert [layer.role for layer in board.stack.layers] == [FileRole.OUTLINE]
    assert len(board.placements) == 1


def test_a_list_longer_than_any_board_is_cut():
    assert len(listed(rows(*((f"L{at}", "SIGNAL") for at in range(700))))) == 500


def upper(texts):
    return {path.upper(): text for path, text in texts.items()}


@pytest.mark.parametrize("cased", [upper, lambda texts: {path.title(): text for path, text in texts.items()}])
def test_names_in_capitals_are_the_same_files(cased):
    assert is_odb(members(cased(files())))
    assert measure(read(cased(files())).stack)[0] == measure(read(files()).stack)[0]


@pytest.mark.parametrize("text", ["", "UNITS=MM\n", "#\n# nothing here\n", "UNITS=MM\n$0 r100\n"])
def test_copper_on_which_nothing_is_drawn_is_asked_about(text):
    board = read(files(bottom=text))

    assert codes(board) == [(Severity.ASK, "odb-layer-empty")]
    assert "bottom" in board.findings[0].message


@pytest.mark.parametrize("name", ["sst", "smt", "spt", "smb", "rout"])
def test_other_layers_may_be_empty(name):
    assert codes(read(files(**{name: ""}))) == []


LACKING = {
    "matrix/matrix": None,  # refused
    "misc/info": [],
    "steps/pcb/stephdr": [],
    "steps/pcb/eda/data": [],
    "steps/pcb/layers/comp_+_top/components": [],
    "steps/pcb/layers/top/features": [(Severity.STOP, "odb-layer-missing")],
    "steps/pcb/layers/drill/features": [],
}


@pytest.mark.parametrize("path", [path for path, said in LACKING.items() if said is not None])
def test_a_job_that_lacks_one_file_is_read_and_says_what_matters(path):
    assert codes(read(files() | {path: None})) == LACKING[path]


def test_a_job_without_a_profile_has_no_edge_of_its_own():
    board = read(files() | {"steps/pcb/profile": None})

    assert not board.stack.of(FileRole.OUTLINE)
    assert measure(board.stack)[0].outline is not OutlineKind.CLOSED


@pytest.mark.parametrize("record", ["OB 0 0 I\nOS 0 ten\nOE\n", "OB 0 0\nOE\n", "OB zero 0 I\nOE\n"])
def test_a_profile_that_cannot_be_read_is_asked_for(record):
    board = read(files() | {"steps/pcb/profile": f"UNITS=MM\nS P 0\n{record}SE\n"})

    assert codes(board) == [(Severity.ASK, "odb-unread")]
    assert board.findings[0].where == "odbjob/steps/pcb/profile"


def test_a_profile_has_holes_and_islands():
    more = "OB 10 10 H\nOS 20 10\nOS 20 20\nOE\nOB 100 0 I\nOS 120 0\nOS 120 20\nOE\n"

    board = read(files() | {"steps/pcb/profile": PROFILE.replace("SE\n", f"{more}SE\n")})

    assert [len(layer.artwork.regions) for layer in board.stack.of(FileRole.OUTLINE)] == [3]


def test_a_round_board_is_as_wide_as_its_circle():
    circle = "UNITS=MM\nS P 0\nOB 10 0 I\nOC 10 0 0 0 Y\nOE\nSE\n"

    board, _ = measure(read(files(top="UNITS=MM\n$0 r100\nP 1 1 0 P 0 8 0\n") | {"steps/pcb/profile": circle}).stack)

    assert (board.width_mm, board.height_mm) == pytest.approx((20, 20), abs=0.01)


def test_a_profile_may_be_drawn_by_a_pen_of_no_width():
    ways = ("0 0 0 50", "0 50 80 50", "80 50 80 0", "80 0 0 0")
    profile = "UNITS=MM\n$0 r0\n" + "".join(f"L {way} 0 P 0\n" for way in ways)

    assert measure(read(files() | {"steps/pcb/profile": profile}).stack)[0].width_mm == 80


def panel(repeat, name="panel"):
    return {
        f"steps/{name}/stephdr": f"UNITS=MM\nX_DATUM=0\nSTEP-REPEAT {{\n{repeat}\n}}\n",
        f"steps/{name}/profile": PROFILE.replace("80", "300"),
        f"steps/{name}/layers/top/features": COPPER * 20,
        f"steps/{name}/layers/drill/features": DRILL * 20,
    }


REPEATS = {
    "NAME=PCB\nX=0\nY=0\nDX=90\nDY=60\nNX=2\nNY=3\nANGLE=0\nMIRROR=NO": 6,
    "NAME=pcb\nNX=4\nNY=1": 4,
    "NAME=PCB": 1,
    "  NAME = Pcb\n  NX = 2\n  NY = 2": 4,
    "NAME=PCB\nNX=-2\nNY=2": 4,
    "NAME=PCB\nNX=two\nNY=2": 2,
}


@pytest.mark.parametrize("repeat", REPEATS)
def test_a_panel_is_said_and_not_merged_into_the_board(repeat):
    board = read(files() | panel(repeat))

    assert board.findings[0].message == f"is a panel of {REPEATS[repeat]} × pcb; the single board was read."
    assert measure(board.stack)[0].drills.hits == 3


def test_a_panel_of_several_rows_counts_them_all():
    twice = "NAME=PCB\nNX=2\nNY=2\n}\nSTEP-REPEAT {\nNAME=PCB\nNX=1\nNY=3"

    assert "7 × pcb" in read(files() | panel(twice)).findings[0].message


def test_a_panel_with_parts_of_its_own_is_still_the_panel():
    parts = {"steps/panel/layers/comp_+_top/components": "UNITS=MM\nCMP 0 1 1 0 N FID1 FID\n"}

    board = read(files() | panel("NAME=PCB\nNX=2\nNY=2") | parts)

    assert [placement.designator for placement in board.placements] == ["R1"]


def test_an_array_of_a_panel_of_a_board_leads_to_the_board():
    board = read(files() | panel("NAME=PCB\nNX=2\nNY=2") | panel("NAME=PANEL\nNX=3\nNY=1", name="array"))

    assert measure(board.stack)[0].width_mm == 80
    assert [finding.where for finding in board.findings] == ["step panel"]


def test_of_two_equal_steps_the_first_name_is_read_and_the_other_asked_about():
    texts = files()
    second = {path.replace("steps/pcb", "steps/alt"): text for path, text in texts.items()}

    board = read(texts | second)

    assert codes(board) == [(Severity.ASK, "odb-steps")]
    assert (board.findings[0].where, "pcb" in board.findings[0].message) == ("step alt", True)


def test_a_step_without_anything_on_it_is_passed_over():
    assert codes(read(files() | {"steps/empty/stephdr": "UNITS=MM\n"})) == []


@pytest.mark.parametrize("texts", [{"matrix/matrix": rows(*LAYERS)}, {"matrix/matrix": "", "steps/readme": "x"}])
def test_without_steps_the_job_is_refused_with_what_to_do(texts):
    with pytest.raises(PackageRefused, match=r"no board \(steps\)") as refusal:
        read(texts)

    assert refusal.value.remedy.endswith("drill files.")
