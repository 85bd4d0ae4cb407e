"""Habits of real part lists and centroid files that misled readers: each as the smallest file that has it."""

import pytest
from odb_jobs_made import job
from packages_made import BOM, CENTROID, board_files, copper_of, outline_of, read_of, tarred
from workbooks import an_xlsx, csv_of

from portal.board.design import Side
from portal.intake.bom import read_bom
from portal.intake.centroid import read_centroid
from portal.intake.reading import read_package


def lines_of(text):
    return read_bom("bom.csv", text.encode()).lines


def placed(text):
    found = read_centroid("pnp.txt", text.encode()).placements
    return [(part.designator, part.x_mm, part.y_mm, part.rotation_deg, part.side) for part in found]


def test_a_list_of_kicost_without_headings_is_asked_about_and_nothing_is_made_up():
    reading = read_bom("nohdr.csv", b"R1,RC0603FR-0710KL,10k\nR2,RC0603FR-0710KL,10k\nU1,LM358DR,LM358\n")

    assert [(line.designators, line.mpn, line.value) for line in reading.lines] == [
        ((name,), "", "") for name in ("R1", "R2", "U1")
    ]
    assert [finding.code for finding in reading.findings] == ["columns-unsure"]


def test_short_headings_of_kicad_fields_are_known():
    """MFN is the maker's name, MP his number; nothing of Va is guessed."""
    [line, _] = lines_of(
        "Designator,MFN,Va,MP,Qty\nR1,Yageo,10k,RC0603FR-0710KL,1\nC1,Murata,1u,GRM188R71C104KA01D,1\n"
    )

    assert (line.manufacturer, line.mpn, line.value) == ("Yageo", "RC0603FR-0710KL", "")


def test_numbered_fields_are_further_sources_in_their_order():
    headings = "Designator,Qty,MPN,MFG1,MPN3,MP_N4,Mouse_r3,Digike_y2"
    [line] = lines_of(f"{headings}\nR1,1,RC0603FR-0710KL,Yageo,ERJ-3EKF1002V,RMCF0603FT10K0,603-1,311-1\n")

    assert [line.mpn, *(one.mpn for one in line.alternates)] == ["RC0603FR-0710KL", "ERJ-3EKF1002V", "RMCF0603FT10K0"]


def test_prices_beside_a_list_are_no_quantities():
    text = 'Item,Ref Des,Qty,Description,Unit$,Ext$\n1,"R1, R2",2,RES,1,2\n2,C1,1,CAP,7,7\n,,,Total,,9\n'

    assert [(line.designators, line.quantity) for line in lines_of(text)] == [(("R1", "R2"), 2), (("C1",), 1)]


@pytest.mark.parametrize(("word", "is_off"), [("ABSENT", True), ("ne pas monter", True), ("à vérifier", False)])
def test_a_french_list_says_what_is_left_off(word, is_off):
    sheet = [("Repère", "Quantité", "Valeur", "Remarque"), ("R1", "1", "10k", ""), ("R2", "1", "22k", word)]

    assert [line.not_fitted for line in read_bom("Liste_Assy.xlsx", an_xlsx({"Feuil1": sheet})).lines] == [
        False,
        is_off,
    ]


def test_two_tables_below_each_other_are_one_list():
    head = ("Designator", "Qty", "Value")
    reading = read_bom("bom.csv", csv_of(("Top",), head, ("R1", "1", "1k"), (), ("Bottom",), head, ("C1", "1", "1u")))

    assert [line.designators for line in reading.lines] == [("R1",), ("C1",)]


def test_of_a_list_to_order_from_and_one_to_build_from_the_latter_is_taken(tmp_path):
    order = b"Item,Qty,MPN,Unit$\n1,2,RC0603FR-0710KL,0.01\n2,1,LM358DR,0.20\n"
    design = read_of(tmp_path, board_files() | {"bom_procurement.csv": order, "bom_assembly.csv": BOM}).design

    assert [line.designators for line in design.bom] == [("R1",), ("U1",)]
    assert [finding.where for finding in design.findings if finding.code == "several-boms"] == ["bom_assembly.csv"]


ALTIUM_OF_OLD = """Designator Footprint   Mid X   Mid Y   Ref X   Ref Y   Pad X   Pad Y TB  Rotation Comment

R1         0603       100mil  200mil  110mil  210mil   90mil  200mil  T     90.00 10k
C1         0603       300mil  200mil  310mil  210mil  290mil  200mil  B    270.00 100n
"""
TABLES = {
    "MRP": "MRP,RefDes,PatternName,Layer,LocationX,LocationY,Rotation\nA,R1,0603,Top,2.54mm,5.08mm,90\n"
    "A,C1,0603,Bottom,7.62mm,5.08mm,270\n",
    "a number first": "*No,Value,Package,X,Y,Rotation,Side,Name\n1,10k,0603,2.54mm,5.08mm,90,Top,R1\n"
    "2,100n,0603,7.62mm,5.08mm,270,Bottom,C1\n",
    "Altium's TB": ALTIUM_OF_OLD,
    "PADS": "PartType,RefDes,PartDecal,Pins,Layer,Orient.,X,Y,SMD,Glued\nRES,R1,0603,2,Top,90,100mil,200mil,Yes,No\n"
    "CAP,C1,0603,2,Bottom,270,300mil,200mil,Yes,No\n",
    "layers by number": "RefDes,Layer,LocationX,LocationY,Rotation\nR1,L1-TOP,2.54mm,5.08mm,90\n"
    "C1,L8-BOTTOM,7.62mm,5.08mm,-90\n",
}


@pytest.mark.parametrize("table", TABLES)
def test_every_order_of_columns_places_the_same_two_parts(table):
    assert placed(TABLES[table]) == [
        ("R1", pytest.approx(2.54), pytest.approx(5.08), 90, Side.TOP),
        ("C1", pytest.approx(7.62), pytest.approx(5.08), 270, Side.BOTTOM),
    ]


def test_the_edge_of_the_panel_beside_that_of_the_board_is_not_the_boards(tmp_path):
    """One package, one set of films, and two files of edges: the one around the copper is taken, and it is asked."""
    files = board_files() | {"board-F_Cu.gbr": copper_of(), "board-Panel_Outline.gbr": outline_of(120, 90)}
    reading = read_of(tmp_path, files | {"pos.csv": CENTROID})

    assert (reading.design.board.width_mm, reading.design.board.height_mm) == (20, 15)


def test_an_odb_job_packed_as_zip_is_a_board_as_its_tgz_is(tmp_path):
    members = {member.name: member.data for member in job()}
    from_zip = read_of(tmp_path, members).design.board
    (tmp_path / "job.tgz").write_bytes(tarred(members))
    from_tgz = read_package(tmp_path / "job.tgz", name="job").design.board

    assert from_zip.copper_layers
    assert from_zip == from_tgz
