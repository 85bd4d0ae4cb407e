"""Which of several tables are taken, and that the same parts are never counted twice."""

import pytest
from packages_made import BOM, CENTROID, board_files, found_codes, read_of

TOP = b"Ref,Val,Package,PosX,PosY,Rot,Side\nR1,10k,0603,5.0,5.0,0,top\nU1,LM358,SOIC-8,15.0,10.0,90,top\n"
BOTTOM = b"Ref,Val,Package,PosX,PosY,Rot,Side\nC1,100n,0402,8.0,8.0,0,bottom\n"
EMPTY_BOTTOM = b"""### Footprint positions - created on 2026
## Unit = mm, Angle = deg.
## Side : bottom
# Ref     Val       Package                PosX       PosY       Rot  Side
## End
"""


def placed(reading):
    return sorted(placement.designator for placement in reading.design.placements)


def test_part_list_and_centroid_of_a_package_are_read(tmp_path):
    design = read_of(tmp_path, board_files() | {"bom.csv": BOM, "cpl.csv": CENTROID}).design

    assert [line.mpn for line in design.bom] == ["RC0603FR-0710KL", "LM358DR"]
    assert [placement.designator for placement in design.placements] == ["R1", "U1"]
    assert dict(design.bom_columns)["mpn"] == "MPN"


def test_files_of_both_sides_are_joined(tmp_path):
    reading = read_of(tmp_path, board_files() | {"amp-top.pos": TOP, "amp-bottom.pos": BOTTOM})

    assert placed(reading) == ["C1", "R1", "U1"]


def test_an_empty_bottom_is_no_fault(tmp_path):
    reading = read_of(tmp_path, board_files() | {"amp-top.pos": TOP, "amp-bottom.pos": EMPTY_BOTTOM})

    assert placed(reading) == ["R1", "U1"]


def test_a_copy_of_the_same_places_is_not_added_up(tmp_path):
    files = board_files() | {"out/cpl.csv": CENTROID, "backup/cpl-2.csv": CENTROID}

    assert placed(read_of(tmp_path, files)) == ["R1", "U1"]


def test_of_two_part_lists_the_one_that_fits_the_places_is_taken(tmp_path):
    other = b"Designator,Qty,Value,MPN\nR901,1,10k,X1\nR902,1,22k,X2\nR903,1,33k,X3\n"
    reading = read_of(tmp_path, board_files() | {"a-bom.csv": other, "bom.csv": BOM, "cpl.csv": CENTROID})

    assert [line.mpn for line in reading.design.bom] == ["RC0603FR-0710KL", "LM358DR"]
    assert "several-boms" in found_codes(reading)


def test_allegros_body_centre_is_taken_before_pin_one_and_origin(tmp_path):
    shifted = CENTROID.replace(b"5.0mm,5.0mm", b"6.0mm,6.0mm")
    files = board_files() | {"PIN 1.csv": shifted, "BODY CENTER.csv": CENTROID, "SYMBOL ORIGIN.csv": shifted}
    first = read_of(tmp_path, files).design.placements[0]

    assert (first.designator, first.x_mm) == ("R1", 5.0)


def test_numbers_without_a_unit_that_fit_the_board_are_millimetres(tmp_path):
    bare = CENTROID.replace(b"mm,", b",")
    reading = read_of(tmp_path, board_files() | {"cpl.csv": bare})

    assert reading.design.placement_units == "mm"
    assert "centroid-units-unknown" not in found_codes(reading)


def test_numbers_without_a_unit_that_do_not_fit_are_asked_about(tmp_path):
    mils = b"Designator,Mid X,Mid Y,Rotation,Layer\nR1,200,200,0,Top\nU1,600,400,90,Top\n"

    assert "centroid-units-unknown" in found_codes(read_of(tmp_path, board_files() | {"cpl.csv": mils}))


def test_tables_without_a_board_are_read_all_the_same(tmp_path):
    reading = read_of(tmp_path, {"bom.csv": BOM, "cpl.csv": CENTROID})

    assert (len(reading.design.bom), placed(reading)) == (2, ["R1", "U1"])
    assert "no-layers" in found_codes(reading)


@pytest.mark.parametrize(("take", "expected"), [("main", ["R1", "U1"]), ("panel", ["C1"])])
def test_each_board_of_a_package_gets_its_own_places(tmp_path, take, expected):
    files = {f"main/{name}": data for name, data in board_files("main", 40).items()}
    files |= {f"panel/{name}": data for name, data in board_files("panel", 30).items()}
    files |= {"main-pos.csv": TOP, "panel-pos.csv": BOTTOM}

    assert placed(read_of(tmp_path, files, take=take)) == expected


def test_a_table_that_cannot_be_read_is_a_finding_and_the_rest_goes_on(tmp_path):
    broken = b"Designator,Value,MPN,Qty\n" + b"R1,10k,X,1\n" * 3 + b"\x00" * 50
    reading = read_of(tmp_path, board_files() | {"bom.csv": broken, "cpl.csv": CENTROID})

    assert placed(reading) == ["R1", "U1"]


def test_a_file_that_places_fiducials_alone_places_no_part_and_it_is_asked(tmp_path):
    marks = b"Ref,Val,Package,PosX,PosY,Rot,Side\nFID1,,FIDUCIAL,1,1,0,top\nFID2,,FIDUCIAL,9,9,0,top\n"
    reading = read_of(tmp_path, board_files() | {"bom.csv": BOM, "panel.pos": marks})

    assert "FID1" not in placed(reading)
    assert "placed-only-marks" in found_codes(reading)
