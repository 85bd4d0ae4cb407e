"""What a file is: the first evidence that speaks decides, and it is said in words."""

import json

import pytest
from packages_made import BOM, CENTROID, DRILL, board_files, copper_of, gerber_of, members_of, outline_of

from portal.board.design import FileRole, Side
from portal.intake.roles import assign_roles, source_roles


def role_of(name, data, **others):
    """The file as it is read beside the others."""
    files = assign_roles(members_of({name: data, **others}))
    return files[0].file


def said(function):
    return gerber_of((0, 0, 5, 0), function=function)


@pytest.mark.parametrize(
    ("function", "role", "side"),
    [
        ("Copper,L1,Top", FileRole.COPPER, Side.TOP),
        ("Copper,L4,Bot,Signal", FileRole.COPPER, Side.BOTTOM),
        ("Copper,L2,Inr", FileRole.COPPER, None),
        ("Soldermask,Top", FileRole.MASK, Side.TOP),
        ("Paste,Bot", FileRole.PASTE, Side.BOTTOM),
        ("Legend,Top", FileRole.LEGEND, Side.TOP),
        ("Profile,NP", FileRole.OUTLINE, None),
        ("Plated,1,4,PTH", FileRole.DRILL, None),
        ("AssemblyDrawing,Top", FileRole.DRAWING, Side.TOP),
        ("Drillmap", FileRole.DRAWING, None),
        ("Other,Fab,Top", FileRole.DRAWING, Side.TOP),
        ("Glue,Top", FileRole.DRAWING, Side.TOP),
        ("Keep-out,Top", FileRole.DRAWING, Side.TOP),
    ],
)
def test_what_a_file_says_of_itself_is_believed(function, role, side):
    file = role_of("0.gbr", said(function))

    assert (file.role, file.side) == (role, side)
    assert file.evidence.startswith("its own X2 attribute")


def test_an_attribute_in_a_comment_counts_too():
    old = gerber_of((0, 0, 5, 0)).replace(b"%FS", b"G04 #@! TF.FileFunction,Soldermask,Bot*\n%FS", 1)

    assert role_of("0.gbr", old).role is FileRole.MASK


def test_an_attribute_in_a_drill_file_says_whether_holes_are_plated():
    bare = DRILL.replace(b"METRIC", b"; #@! TF.FileFunction,NonPlated,1,2,NPTH\nMETRIC")
    [drill] = assign_roles(members_of({"holes.txt": bare}))

    assert (drill.file.role, drill.plated) == (FileRole.DRILL, False)


def test_the_attribute_is_believed_over_the_name_and_the_difference_remembered():
    [file] = assign_roles(members_of({"amp-F_Cu.gbr": said("Copper,L2,Bot")}))

    assert (file.file.side, file.contradiction) == (Side.BOTTOM, "top")


def test_a_name_and_an_attribute_that_agree_are_no_contradiction():
    [file] = assign_roles(members_of({"amp-F_Cu.gbr": said("Copper,L1,Top")}))

    assert not file.contradiction


def test_the_job_file_tells_of_files_that_say_nothing():
    job = {"FilesAttributes": [{"Path": "one.gbr", "FileFunction": "Copper,L1,Top"}]}
    files = {"one.gbr": copper_of(), "x-job.gbrjob": json.dumps(job).encode()}
    one, job_file = source_roles(members_of(files))

    assert (one.role, one.evidence) == (FileRole.COPPER, "the Gerber job file: Copper,L1,Top")
    assert job_file.role is FileRole.JOB


def test_the_job_files_own_word_for_paste_is_paste_whatever_the_file_is_called():
    job = {"FilesAttributes": [{"Path": "seven.gbr", "FileFunction": "SolderPaste,Top"}]}
    files = {"seven.gbr": copper_of(), "manifest.json": json.dumps(job).encode()}
    seven, manifest = source_roles(members_of(files))

    assert (seven.role, seven.side, manifest.role) == (FileRole.PASTE, Side.TOP, FileRole.JOB)


@pytest.mark.parametrize(
    "job",
    [b"", b"{", b"[]", b"7", b'{"FilesAttributes": 3}', b'{"FilesAttributes": [3, {"Path": 4}]}', b"[" * 20_000],
)
def test_a_job_file_that_is_none_is_passed_over(job):
    assert role_of("amp-F_Cu.gbr", copper_of(), **{"x.gbrjob": job}).role is FileRole.COPPER


def test_the_tool_that_most_files_follow_settles_a_shared_suffix():
    """.g2 is the second inner layer of Altium, but KiCad calls its first inner layer so."""
    kicad = assign_roles(members_of({n: copper_of() for n in ("a-F_Cu.gtl", "a-In1_Cu.g2", "a-B_Cu.gbl")}))
    altium = assign_roles(members_of({n: copper_of() for n in ("a.gtl", "a.g1", "a.g2", "a.gbl")}))

    assert [file.raw_layer for file in kicad][1] == 2
    assert [file.raw_layer for file in altium][2] == 3


def test_the_name_of_the_tool_is_shown():
    spoken = b"%TF.GenerationSoftware,KiCad,Pcbnew,8.0.1*%\n" + copper_of()

    assert role_of("amp-F_Cu.gbr", spoken).tool == "Pcbnew 8.0.1"
    assert role_of("amp.cmp", copper_of()).tool == "Eagle"


@pytest.mark.parametrize(
    ("name", "role", "side"),
    [
        ("rev B solder resist back.gbr", FileRole.MASK, Side.BOTTOM),
        ("stencil front.gbr", FileRole.PASTE, Side.TOP),
        ("component overlay top.gbr", FileRole.LEGEND, Side.TOP),
        ("my_board_contour.gbr", FileRole.OUTLINE, None),
        ("milling profile 2.gbr", FileRole.OUTLINE, None),
        ("assembly top view.gbr", FileRole.DRAWING, Side.TOP),
        ("ground plane.gbr", FileRole.COPPER, None),
        ("board v2 bottom layer.gbr", FileRole.COPPER, Side.BOTTOM),
    ],
)
def test_a_word_in_the_name_helps_where_no_tool_is_known(name, role, side):
    file = role_of(name, copper_of())

    assert (file.role, file.side, file.evidence) == (role, side, "a word in its name")


@pytest.mark.parametrize("name", ["0.gbr", "untitled.gbr", "topology.gbr", "laptop stand.gbr", "botany.gbr"])
def test_a_layer_that_nothing_speaks_for_is_unknown(name):
    file = role_of(name, copper_of())

    assert (file.role, file.side) == (FileRole.UNKNOWN, None)


def test_drill_data_is_drill_data_whatever_it_is_called():
    """GC-Prevue writes the drill as “Drill Drawing.GDD”, SparkFun as .txt, Eagle as .DRD.0116."""
    names = ["Drill Drawing.GDD", "holes.txt", "amp.drd.0116", "amp-drl_map.drl", "drill", "amp.xln", "amp.ncd"]
    files = assign_roles(members_of(dict.fromkeys(names, DRILL)))

    assert {file.file.role for file in files} == {FileRole.DRILL}


@pytest.mark.parametrize(
    ("name", "plated"),
    [
        ("amp-PTH.drl", True),
        ("amp-NPTH.drl", False),
        ("Drill_PTH_Through_Via.DRL", True),
        ("Drill_NPTH_Through.DRL", False),
        ("X - Drill Data - [Through Hole].drl", True),
        ("X - Drill Data - [Through Hole] (Unplated).drl", False),
        ("amp.plated-drill.cnc", True),
        ("amp.unplated-drill.cnc", False),
        ("ThruHolePlated.ncd", True),
        ("ThruHoleNonPlated.ncd", False),
        ("holes non-plated.txt", False),
        ("amp.drl", None),
        ("amp.txt", None),
    ],
)
def test_the_name_of_a_drill_file_says_whether_holes_are_plated(name, plated):
    [file] = assign_roles(members_of({name: DRILL}))

    assert (file.file.role, file.plated) == (FileRole.DRILL, plated)


@pytest.mark.parametrize(
    ("name", "data", "role"),
    [
        ("bom.csv", BOM, FileRole.BOM),
        ("positions.csv", CENTROID, FileRole.CENTROID),
        ("amp.kicad_pcb", b"(kicad_pcb (version 20221018))", FileRole.BOARD),
        ("amp.xml", b'<?xml version="1.0"?><IPC-2581 revision="C">', FileRole.BOARD),
        ("board.txt", b"317GND R1 -1 D0350PA00X+001654Y+001969X0315Y0394R000S2\n" * 3, FileRole.NETLIST),
        ("netlist.ipc", b"C  IPC-D-356 netlist\nP  UNITS CUST 0\n", FileRole.NETLIST),
        ("read me.txt", b"Please build this board.", FileRole.DOCUMENT),
        ("board.pdf", b"%PDF-1.4", FileRole.DOCUMENT),
        ("__MACOSX/._amp-F_Cu.gbr", b"\x00\x05\x16\x07", FileRole.LITTER),
        (".DS_Store", b"\x00\x00\x00\x01Bud1", FileRole.LITTER),
        ("Thumbs.db", b"\xd0\xcf", FileRole.LITTER),
        (".~lock.bom.ods#", b",me,pc,22.11.2026", FileRole.LITTER),
        ("~$bom.xlsx", b"\x04Anna", FileRole.LITTER),
        ("PnP_amp_back.txt", b"", FileRole.LITTER),
        ("refresh.log", b"size  locations =\nx     R1\ny     R2\n", FileRole.DOCUMENT),
        ("allegro/eco.txt", b"ref des,package,x,y\nU2,QFN40,33.25,26.6\nU3,QFN40,3.25,6.6\n", FileRole.DOCUMENT),
    ],
)
def test_files_that_are_no_layers_are_known(name, data, role):
    assert role_of(name, data).role is role


def test_litter_named_like_a_layer_is_no_layer():
    assert role_of("__MACOSX/amp-F_Cu.gbr", copper_of()).role is FileRole.LITTER


def test_each_file_has_its_size_and_its_own_sha256():
    files = source_roles(members_of(board_files()))

    assert all(file.bytes and len(file.sha256) == 64 for file in files)
    assert len({file.sha256 for file in files}) == len(files)


def test_files_keep_the_order_of_the_package():
    names = list(board_files())[::-1]

    assert [file.name for file in source_roles(members_of(dict.fromkeys(names, outline_of(5, 5))))] == names


@pytest.mark.parametrize("function", ["", ",", "Copper", "Copper,L0", "Copper,Lx,Top", "Copper,L999,Inr", "Nonsense"])
def test_an_odd_attribute_is_never_our_fault(function):
    assert role_of("0.gbr", said(function or " ")).role in FileRole


def test_flashed_holes_under_the_suffix_of_a_drill_file_are_drills_and_are_asked_about():
    holes = gerber_of((5, 5, 5, 5), (10, 5, 10, 5))
    [file, *_] = assign_roles(members_of({"board.txt": holes, "board.gtl": copper_of()}))

    assert (file.file.role, file.is_guess) == (FileRole.DRILL, True)


def test_tracks_under_the_suffix_of_a_drill_file_are_no_drills():
    [file, *_] = assign_roles(members_of({"board.txt": copper_of(), "board.gtl": copper_of(19)}))

    assert file.file.role is not FileRole.DRILL


def test_a_drill_file_with_a_word_of_its_own_for_plating_is_a_drill_file():
    """DesignSpark says Unplated where X2 says NonPlated; the mounting holes would be lost."""
    bare = DRILL.replace(b"METRIC", b";#@! TF.FileFunction,Unplated,1,2,NPTH\nMETRIC")
    odd = DRILL.replace(b"METRIC", b";#@! TF.FileFunction,Telepathy,1,2\nMETRIC")
    files = assign_roles(members_of({"a (Unplated).drl": bare, "b.drl": odd}))

    assert [(file.file.role, file.plated) for file in files] == [(FileRole.DRILL, False), (FileRole.DRILL, None)]


def test_a_drill_film_that_draws_a_cross_for_each_hole_is_a_drawing():
    """DipTrace says Plated,1,2,PTH,Drill of it; each stroke would be a slot as wide as the pen."""
    crosses = [stroke for x in (5, 9) for stroke in ((x - 1, 5, x + 1, 5), (x, 4, x, 6))]
    slots = [(5, 5, 6, 5), (9, 5, 10, 5), (5, 8, 6, 8), (9, 8, 10, 8)]
    files = {"Through.gbr": crosses, "Slots.gbr": slots}
    found = source_roles(members_of({n: gerber_of(*drawn, function="Plated,1,2,PTH") for n, drawn in files.items()}))

    assert [file.role for file in found] == [FileRole.DRAWING, FileRole.DRILL]
    assert found[0].evidence == "it draws a sign for each hole, not the holes"


def test_a_save_that_the_tool_kept_is_no_second_layer():
    """Allegro renames TOP.art to TOP.art,1 when it writes the film anew."""
    films = {"TOP.art": copper_of(), "TOP.art,1": copper_of(18), "TOP.art,2": copper_of(17)}
    top, *older = source_roles(members_of(films))

    assert (top.role, {file.role for file in older}) == (FileRole.COPPER, {FileRole.DOCUMENT})
    assert older[0].evidence == "an older save, which the tool kept"


def test_of_saves_alone_each_is_what_it_is():
    [file] = source_roles(members_of({"bottom layer.art,1": gerber_of((0, 0, 5, 0), function="Copper,L2,Bot")}))

    assert file.role is FileRole.COPPER
