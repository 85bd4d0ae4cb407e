"""What the dialogs show of a package: the first rows of what may be a table, and each edge that may be chosen."""

import json

import pytest
from packages_made import BOM, board_files, outline_of

from portal.board.design import FileRole
from portal.errors import PackageRefused
from portal.intake.corrections import NOTHING_SAID, Corrections, RoleSaid
from portal.intake.inside import inside_from, inside_to_json
from portal.intake.looking import MOST_TABLES, look_inside

LIST = b"Klump;Ding;Zahl\n10k;R1,R2;2\nLM358;U1;1\n"


@pytest.fixture
def look(tmp_path):
    """Look into these files, with this said."""

    def into(files, said=NOTHING_SAID):
        for name, data in files.items():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_bytes(data)
        return look_inside(tmp_path, said)

    return into


def test_a_list_that_nobody_took_for_a_table_is_shown_too(look):
    inside = look(board_files() | {"liste.csv": LIST})

    assert "liste.csv" in [table.name for table in inside.tables]


def test_the_tables_that_were_taken_come_first(look):
    inside = look(board_files() | {"a-liste.csv": LIST, "bom.csv": BOM})

    assert inside.tables[0].role is FileRole.BOM


def test_papers_that_are_no_table_are_left_out(look):
    inside = look(board_files() | {"bom.xlsx": b"PK\x03\x04 and no more", "read-me.pdf": b"%PDF-1.4"})

    assert {"bom.xlsx", "read-me.pdf"}.isdisjoint(table.name for table in inside.tables)


def test_there_is_an_end_to_the_tables(look):
    many = {f"liste-{number}.csv": LIST for number in range(MOST_TABLES + 5)}

    assert len(look(board_files() | many).tables) == MOST_TABLES


def test_each_outline_file_is_an_edge_to_choose(look):
    inside = look(board_files() | {"board.gko": outline_of(60, 40)})

    assert len(inside.edges) == 2
    assert [edge.is_taken for edge in inside.edges].count(True) == 1


def test_the_edge_that_the_customer_chose_is_the_one_taken(look):
    inside = look(board_files() | {"board.gko": outline_of(60, 40)}, Corrections(outline="board.gko"))

    assert [edge.file for edge in inside.edges if edge.is_taken] == ["board.gko"]


def test_a_file_that_the_customer_calls_a_bom_is_shown_as_one(look):
    said = Corrections(roles={"liste.csv": RoleSaid(FileRole.BOM)})
    [table] = [table for table in look(board_files() | {"liste.csv": LIST}, said).tables if table.name == "liste.csv"]

    assert (table.role, table.sheets[0].rows[0]) == (FileRole.BOM, ("Klump", "Ding", "Zahl"))


def test_a_package_without_layers_has_tables_and_no_edge(look):
    inside = look({"bom.csv": BOM})

    assert (len(inside.tables), inside.edges) == (1, ())


def test_what_cannot_be_opened_is_refused(tmp_path):
    (tmp_path / "a.zip").write_bytes(b"PK\x03\x04 and no more")

    with pytest.raises(PackageRefused):
        look_inside(tmp_path / "a.zip", NOTHING_SAID)


def test_what_was_seen_travels_as_json(look):
    inside = look(board_files() | {"liste.csv": LIST})

    assert inside_from(json.loads(inside_to_json(inside))) == inside
