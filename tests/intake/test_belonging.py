"""Several boards in a package: each is read with the tables that bear its own name."""

import pytest
from packages_made import BOM, board_files, found_codes, zipped

from portal.intake.reading import Reading, read_in_stages

HEADINGS = b"Designator,Qty,Value,MPN\n"


def a_list(name: str) -> bytes:
    return HEADINGS + f"{name},1,10k,RC0603FR-0710KL\n".encode()


def two_boards(first: str, second: str) -> dict[str, bytes]:
    """The first has more layers in its set, so it is taken."""
    fuller = {f"{first}/{name}": data for name, data in board_files("b").items()}
    other = {f"{second}/{name}": data for name, data in board_files("b", width=30).items() if "Silk" not in name}
    return fuller | other


def read_of(tmp_path, files: dict[str, bytes]) -> Reading:
    """As far as the tables."""
    (tmp_path / "package.zip").write_bytes(zipped(files))
    return next(read_in_stages(tmp_path / "package.zip", name="package"))


def listed(tmp_path, files: dict[str, bytes]) -> list[str]:
    return [name for line in read_of(tmp_path, files).design.bom for name in line.designators]


def test_the_list_of_the_board_is_taken_and_not_that_of_its_longer_named_sister(tmp_path):
    tables = {"Charger_USB-C_BOM.tsv": a_list("R7"), "Charger_BOM.tsv": a_list("R1")}

    assert listed(tmp_path, two_boards("Charger_gerber", "Charger_USB-C_gerber") | tables) == ["R1"]


def test_the_sister_is_read_with_her_own_list(tmp_path):
    tables = {"Charger_USB-C_BOM.tsv": a_list("R7"), "Charger_BOM.tsv": a_list("R1")}

    assert listed(tmp_path, two_boards("Charger_USB-C_gerber", "Charger_gerber") | tables) == ["R7"]


def test_a_list_in_the_folder_of_the_board_is_its_own(tmp_path):
    tables = {"main/bom.csv": a_list("R1"), "keyboard/bom.csv": a_list("R7")}

    assert listed(tmp_path, two_boards("main", "keyboard") | tables) == ["R1"]


def test_a_list_of_no_name_is_everybodys(tmp_path):
    assert listed(tmp_path, two_boards("main", "keyboard") | {"BOM.csv": a_list("R1")}) == ["R1"]


def test_of_one_board_every_list_may_be_its_own(tmp_path):
    reading = read_of(tmp_path, board_files() | {"v2/other-name.csv": a_list("R7")})

    assert [line.designators for line in reading.design.bom] == [("R7",)]


DIGIKEY = b"Item,Qty,MPN,Manufacturer\n1,4,RC0603FR-0710KL,Yageo\n2,2,LM358DR,TI\n3,9,GRM155R71C104KA88D,Murata\n"
BROKEN = HEADINGS + b'R1,1,10k,"RC0603FR-0710KL\nR2,1,22k,RC0603FR-0722KL\nR3,1,1k,RC0603FR-071KL\n'


@pytest.mark.parametrize("worse", [DIGIKEY, BROKEN], ids=["an order list without designators", "a damaged copy"])
def test_a_whole_list_with_designators_is_taken_before(tmp_path, worse):
    reading = read_of(tmp_path, board_files() | {"a.csv": worse, "b.csv": a_list("R1")})

    assert [line.designators for line in reading.design.bom] == [("R1",)]
    assert "several-boms" in found_codes(reading)


def test_a_sentence_below_the_list_names_no_parts(tmp_path):
    remark = b'"1. Place A9 and A10 spacers to the holes MH8, A11",NOTE,,\n'
    files = board_files() | {"bom.csv": a_list("R1") + remark}

    assert listed(tmp_path, files) == ["R1"]
    assert "designator-unreadable" in found_codes(read_of(tmp_path, files))


def test_the_lists_of_the_other_boards_are_no_question(tmp_path):
    films = {"amp": board_files(width=20), "psu": board_files(width=30)}
    files = {f"{folder}/gerbers/{name}": data for folder in films for name, data in films[folder].items()}
    reading = read_of(tmp_path, files | {"amp/amp-bom.csv": BOM, "psu/psu-bom.csv": BOM + b"R9,1,1k,0603,X1\n"})

    assert "several-boards" in found_codes(reading)
    assert "several-boms" not in found_codes(reading)
