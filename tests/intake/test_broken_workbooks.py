"""A workbook that cannot be opened is said to be so, wherever it lies, and never brings the reader down."""

from contextlib import suppress

import pytest
from packages_made import board_files, found_codes, zipped

from portal.board.design import FileRole
from portal.errors import PackageRefused
from portal.intake.reading import read_in_stages
from portal.intake.tables import TableRefused, _panics, read_tables, table_role

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
CUT_OFF = OLE + b"\0" * 900
LOCKED = OLE + "EncryptedPackage".encode("utf-16-le") + b"\0" * 900


def read(tmp_path, files):
    (tmp_path / "package.zip").write_bytes(zipped(files))
    return next(read_in_stages(tmp_path / "package.zip", name="package"))


@pytest.mark.parametrize(("data", "code"), [(CUT_OFF, "table-damaged"), (LOCKED, "table-encrypted")])
def test_a_part_list_that_cannot_be_opened_is_asked_about(tmp_path, data, code):
    reading = read(tmp_path, board_files() | {"parts.xls": data})

    assert code in found_codes(reading)
    assert reading.design.board.width_mm == 20


@pytest.mark.parametrize(("name", "role"), [("parts.xls", FileRole.BOM), ("amp_pnp.xls", FileRole.CENTROID)])
def test_it_is_taken_for_what_its_name_says(name, role):
    assert table_role(name, CUT_OFF) is role


@pytest.mark.parametrize("name", ["amp.PcbDoc", "letter.doc", "amp.SchDoc"])
def test_other_files_of_the_same_container_are_no_workbooks(name):
    assert table_role(name, CUT_OFF) is None


@pytest.mark.parametrize(("data", "code"), [(CUT_OFF, "table-damaged"), (LOCKED, "table-encrypted")])
def test_alone_it_is_refused_with_its_own_reason(tmp_path, data, code):
    with pytest.raises(PackageRefused) as refusal:
        read(tmp_path, {"parts.xls": data})

    assert refusal.value.code == code
    assert "parts.xls" in refusal.value.message


def test_beside_a_list_that_can_be_read_it_is_only_asked_about(tmp_path):
    reading = read(tmp_path, {"old.xls": CUT_OFF, "bom.csv": b"Designator,Qty,Value\nR1,1,10k\n"})

    assert "table-damaged" in found_codes(reading)
    assert [line.designators for line in reading.design.bom] == [("R1",)]


def test_a_panic_of_the_workbook_reader_is_known_by_its_name():
    panic = type("PanicException", (BaseException,), {})

    assert panic in _panics()
    assert KeyboardInterrupt not in _panics()


@pytest.mark.corpus
@pytest.mark.parametrize("fault", range(0, 5632, 41))
def test_one_wrong_byte_gives_a_table_or_a_refusal(corpus, fault):
    data = bytearray((corpus / "bad" / "bom" / "plain-ok.xls").read_bytes())
    data[fault] ^= 0xA5
    with suppress(TableRefused):
        read_tables("bom.xls", bytes(data))


@pytest.mark.corpus
@pytest.mark.parametrize("length", range(8, 5632, 401))
def test_a_workbook_cut_short_gives_a_table_or_a_refusal(corpus, length):
    data = (corpus / "bad" / "bom" / "plain-ok.xls").read_bytes()[:length]
    with suppress(TableRefused):
        read_tables("bom.xls", data)
