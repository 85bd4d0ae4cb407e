"""Whatever is uploaded is opened by what it is; what is inside never leads out, and nothing is lost without a word."""

import gzip
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from packages_made import (
    BOM,
    CENTROID,
    board_files,
    folder_of,
    opened,
    tarred,
    written,
    zipped,
    zipped_link,
    zipped_pairs,
)

from portal.board.design import Severity
from portal.errors import PackageRefused
from portal.intake.archives import open_package

FILES = {"gerber/board.gtl": b"copper", "bom.csv": BOM}
NAMES = st.from_regex(r"[a-z]{1,8}(/[a-z]{1,8})?\.[a-z]{3}", fullmatch=True)
QUICK = settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


def findings_of(path, data):
    return open_package(written(path / "package.zip", data))[1]


def opened_or_told(path, data):
    """The files, or what the customer is to do."""
    try:
        return opened(path, data)
    except PackageRefused as refusal:
        return refusal.remedy


@QUICK
@given(files=st.dictionaries(NAMES, st.binary(min_size=1, max_size=300), min_size=1, max_size=6))
@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_every_file_of_a_zip_comes_out_as_it_went_in(tmp_path, files, method):
    plain = {name: b"text " + data for name, data in files.items()}

    assert opened(tmp_path, zipped(plain, method)) == plain


@pytest.mark.parametrize("mode", ["w:", "w:gz"])
def test_a_tar_is_opened_whatever_its_suffix(tmp_path, mode):
    assert opened(tmp_path, tarred(FILES, mode)) == FILES


def test_a_single_file_is_a_package_of_one(tmp_path):
    [member], findings = open_package(written(tmp_path / "bom.csv", BOM))

    assert (member.name, member.data, findings) == ("bom.csv", BOM, ())


def test_a_single_file_behind_gzip_loses_the_wrapping(tmp_path):
    [member], _ = open_package(written(tmp_path / "bom.csv.gz", gzip.compress(BOM)))

    assert member.data == BOM


def test_several_uploaded_files_are_a_folder(tmp_path):
    folder = folder_of(tmp_path / "upload", {"board.zip": zipped(board_files()), "bom.csv": BOM, "cpl.csv": CENTROID})

    members, _ = open_package(folder)

    assert {"board/board-F_Cu.gbr", "bom.csv", "cpl.csv"} <= {member.name for member in members}


def test_a_zip_inside_a_zip_is_opened_in_its_place(tmp_path):
    inner = zipped({"top.gtl": b"copper"})

    assert set(opened(tmp_path, zipped({"Gerbers.zip": inner, "bom.csv": BOM}))) == {"Gerbers/top.gtl", "bom.csv"}


def test_a_third_zip_within_is_kept_but_not_opened(tmp_path):
    deep = zipped({"d.zip": zipped({"c.zip": zipped({"b.zip": zipped({"a.gtl": b"copper"})})})})

    assert set(opened(tmp_path, deep)) == {"d/c/b.zip"}


def test_a_spreadsheet_is_a_file_although_it_is_a_zip(tmp_path):
    book = zipped({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>"})

    assert opened(tmp_path, zipped({"bom.xlsx": book})) == {"bom.xlsx": book}


def test_an_open_document_sheet_is_a_file_too(tmp_path):
    book = zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}, zipfile.ZIP_STORED)

    assert opened(tmp_path, zipped({"bom.ods": book})) == {"bom.ods": book}


@pytest.mark.parametrize("name", ["../evil.gtl", "/etc/evil.gtl", "C:\\evil.gtl", "a\\..\\..\\e.gtl", "a/../../e.gtl"])
def test_a_name_that_leads_out_is_left_out_and_said(tmp_path, name):
    data = zipped_pairs((name, b"evil"), ("board.gtl", b"copper"))

    assert set(opened(tmp_path, data)) == {"board.gtl"}
    assert [finding.code for finding in findings_of(tmp_path, data)] == ["member-outside"]


def test_a_link_is_not_followed(tmp_path):
    data = zipped_link("board-In1_Cu.gbr", "/etc/passwd", {"board-F_Cu.gbr": b"copper"})

    assert opened(tmp_path, data) == {"board-F_Cu.gbr": b"copper"}
    assert [finding.code for finding in findings_of(tmp_path, data)] == ["member-link"]


def test_a_link_in_an_uploaded_folder_is_not_followed(tmp_path):
    folder = folder_of(tmp_path / "upload", {"bom.csv": BOM})
    (folder / "linked.csv").symlink_to(tmp_path)
    (folder / "passwords.csv").symlink_to("/etc/passwd")

    assert [member.name for member in open_package(folder)[0]] == ["bom.csv"]


def test_the_same_file_twice_is_one(tmp_path):
    data = zipped_pairs(("board.gtl", b"copper"), ("board.gtl", b"copper"))

    assert opened(tmp_path, data) == {"board.gtl": b"copper"}
    assert not findings_of(tmp_path, data)


def test_two_files_of_one_name_are_both_kept_and_asked_about(tmp_path):
    data = zipped_pairs(("board.gtl", b"one"), ("board.gtl", b"two"))

    assert opened(tmp_path, data) == {"board.gtl": b"one", "board (2).gtl": b"two"}
    assert [(finding.code, finding.severity) for finding in findings_of(tmp_path, data)] == [
        ("name-twice", Severity.ASK)
    ]


def test_names_that_differ_only_in_case_are_asked_about(tmp_path):
    data = zipped({"board.gtl": b"one", "BOARD.GTL": b"two"})

    assert set(opened(tmp_path, data)) == {"board.gtl", "BOARD.GTL"}
    assert [finding.code for finding in findings_of(tmp_path, data)] == ["name-twice"]


def test_a_broken_archive_inside_is_asked_about_and_the_rest_is_read(tmp_path):
    data = zipped({"old.zip": zipped(FILES)[:60], "bom.csv": BOM})

    assert "bom.csv" in opened(tmp_path, data)
    assert [(f.code, f.where) for f in findings_of(tmp_path, data)] == [("archive-damaged", "old.zip")]


@pytest.mark.parametrize(
    ("beginning", "kind"),
    [
        (b"\xfd7zXZ\x00", "xz"),
        (b"BZh91AY", "bzip2"),
        (b"\x28\xb5\x2f\xfd", "Zstandard"),
    ],
)
def test_an_archive_that_is_not_taken_is_named(tmp_path, beginning, kind):
    with pytest.raises(PackageRefused) as refused:
        opened(tmp_path, beginning + bytes(100))

    assert refused.value.code == "archive-type"
    assert kind in refused.value.message
    assert refused.value.remedy == "Please send a zip."


@pytest.mark.parametrize("data", [b"%PDF-1.7 " + zipped(FILES), b"MZ program " + zipped(FILES)])
def test_a_zip_behind_other_data_is_refused(tmp_path, data):
    with pytest.raises(PackageRefused) as refused:
        opened(tmp_path, data)

    assert refused.value.code == "archive-damaged"


def test_an_empty_upload_is_refused(tmp_path):
    with pytest.raises(PackageRefused) as refused:
        opened(tmp_path, b"")

    assert refused.value.code == "package-empty"


@pytest.mark.parametrize("empty", [zipped({}), zipped({"only/a/folder/": b""})])
def test_an_archive_without_files_is_refused(tmp_path, empty):
    with pytest.raises(PackageRefused) as refused:
        opened(tmp_path, empty)

    assert refused.value.code == "archive-empty"


def test_a_folder_without_files_is_refused(tmp_path):
    with pytest.raises(PackageRefused) as refused:
        open_package(tmp_path)

    assert refused.value.code == "archive-empty"


def test_opening_writes_nothing(tmp_path):
    package = written(tmp_path / "package.zip", zipped(FILES))

    open_package(package)

    assert list(tmp_path.iterdir()) == [package]


@QUICK
@given(data=st.binary(max_size=400))
@pytest.mark.parametrize("beginning", [b"", b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b\x08", b"7z\xbc\xaf"])
def test_rubbish_is_a_file_or_refused_but_never_our_fault(tmp_path, beginning, data):
    assert opened_or_told(tmp_path, beginning + data)


@QUICK
@given(at=st.integers(0, 10_000), byte=st.integers(0, 255))
def test_one_wrong_byte_is_never_our_fault(tmp_path, at, byte):
    good = bytearray(zipped(FILES))
    good[at % len(good)] = byte

    assert opened_or_told(tmp_path, bytes(good))


@QUICK
@given(share=st.floats(0.05, 0.98))
@pytest.mark.parametrize("whole", [zipped(board_files()), tarred(board_files())])
def test_an_upload_that_was_cut_off_is_refused(tmp_path, whole, share):
    with pytest.raises(PackageRefused) as refused:
        opened(tmp_path, whole[: int(len(whole) * share)])

    assert refused.value.code in {"archive-damaged", "archive-empty", "package-empty"}


def test_a_tar_of_the_oldest_format_is_opened(tmp_path):
    old = bytearray(tarred({"board.gtl": b"copper"}, "w"))
    old[257:265] = bytes(8)  # no mark "ustar"
    old[148:156] = b" " * 8
    old[148:156] = b"%06o\0 " % sum(old[:512])

    assert opened(tmp_path, bytes(old)) == {"board.gtl": b"copper"}


@pytest.mark.parametrize("name", ["board.brd", "board.SAV", "hole.bsm", "cap.psm"])
def test_allegros_databases_hold_zips_and_are_no_damaged_ones(tmp_path, name):
    _, findings = open_package(
        folder_of(tmp_path, {name: b"\x00\x04\x14\x00" * 9 + zipped({"a": b"1"}), "b.gtl": b"2"})
    )

    assert findings == ()


def test_a_broken_workbook_is_left_to_those_who_read_tables(tmp_path):
    """It is asked about once, as a spreadsheet, and not as an archive as well."""
    members, findings = open_package(folder_of(tmp_path, {"BOM.xlsx": b"PK\x03\x04 broken", "b.gtl": b"2"}))

    assert ([member.name for member in members], findings) == (["BOM.xlsx", "b.gtl"], ())
