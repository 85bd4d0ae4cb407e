"""7-Zip and RAR hold what a zip holds, under the same limits; without the library they are refused by name."""

import sys
import tracemalloc

import pytest
from foreign_made import encrypted_rar5, rar4, rar5, seven_zipped
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from packages_made import board_files, opened, written, zipped

from portal.errors import PackageRefused
from portal.intake.archives import open_package
from portal.intake.limits import LIMITS, MIB
from portal.intake.reading import read_package

FILES = {"board.gtl": b"copper" * 50, "bom.csv": b"Designator,MPN\nR1,RC0603\n"}
BYTES = {name.encode(): data for name, data in FILES.items()}
QUICK = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
EVERY = {"7z": seven_zipped(FILES), "rar4": rar4(BYTES), "rar5": rar5(FILES)}


def refusal_of(path, data):
    with pytest.raises(PackageRefused) as refused:
        opened(path, data)
    return refused.value


def opened_or_told(path, data):
    """Whether the customer gets his files or a sentence; any other exception is our bug."""
    try:
        return bool(opened(path, data))
    except PackageRefused as refusal:
        return bool(refusal.message and refusal.remedy)


@pytest.mark.parametrize("kind", EVERY)
@pytest.mark.parametrize("name", ["board.7z", "board.rar", "board.zip", "board"])
def test_they_are_opened_under_any_name(tmp_path, kind, name):
    members, findings = open_package(written(tmp_path / name, EVERY[kind]))

    assert {member.name: member.data for member in members} == FILES
    assert findings == ()


def test_a_zip_under_the_name_of_a_rar_is_opened(tmp_path):
    members, _ = open_package(written(tmp_path / "board.rar", zipped(FILES)))

    assert {member.name for member in members} == set(FILES)


@pytest.mark.parametrize("kind", EVERY)
def test_they_lie_in_zips_and_zips_in_them(tmp_path, kind):
    assert set(opened(tmp_path, zipped({"Gerber.rar": EVERY[kind]}))) == {"Gerber/board.gtl", "Gerber/bom.csv"}
    assert "inner/board.gtl" in opened(tmp_path, seven_zipped({"inner.zip": zipped(FILES)}))


def test_nested_twice_is_opened_and_three_times_is_asked_about(tmp_path):
    twice = seven_zipped({"b.rar": rar5({"c.7z": seven_zipped(FILES)})})

    assert "b/c/board.gtl" in opened(tmp_path, twice)
    assert "a/b/c.7z" in opened(tmp_path, zipped({"a.7z": twice}))


def test_a_whole_board_in_a_seven_zip_is_read(tmp_path):
    package = written(tmp_path / "board.7z", seven_zipped(board_files()))
    board = read_package(package, name="board").design.board

    assert (board.width_mm, board.height_mm, board.copper_layers) == (20, 15, 2)


def test_names_of_a_chinese_windows_are_read(tmp_path):
    assert set(opened(tmp_path, rar4({"主板/顶层.gtl".encode("gbk"): b"x"}))) == {"主板/顶层.gtl"}


def test_names_of_a_japanese_windows_are_read(tmp_path):
    assert set(opened(tmp_path, rar4({"部品リスト.csv".encode("cp932"): b"x"}))) == {"部品リスト.csv"}


def test_names_in_any_language_of_the_newer_formats_are_read(tmp_path):
    names = {"驱动板.gtl": b"x", "Stückliste.csv": b"y"}

    assert set(opened(tmp_path, rar5(names))) == set(opened(tmp_path, seven_zipped(names))) == set(names)


@pytest.mark.parametrize("packed", [rar5, seven_zipped])
def test_names_that_lead_out_are_left_out_and_said(tmp_path, packed):
    data = packed({"../../etc/cron.d/x": b"x", "/etc/passwd": b"y", "board.gtl": b"z"})
    members, findings = open_package(written(tmp_path / "p", data))

    assert [member.name for member in members] == ["board.gtl"]
    assert {finding.code for finding in findings} == {"member-outside"}


def test_links_are_left_out_and_said(tmp_path):
    data = rar4({b"board.gtl": b"x"}, links={b"board.gbl": b"/etc/passwd"})
    members, findings = open_package(written(tmp_path / "p", data))

    assert [member.name for member in members] == ["board.gtl"]
    assert [(finding.code, finding.where) for finding in findings] == [("member-link", "board.gbl")]


@pytest.mark.parametrize("data", [rar5(FILES, archive_flags=1), rar4(BYTES, archive_flags=1), EVERY["7z"][:-8]])
def test_one_part_of_several_is_refused_as_such(tmp_path, data):
    refusal = refusal_of(tmp_path, data)

    assert refusal.code == "archive-volume"
    assert refusal.remedy == "Pack the files into one zip."


@pytest.mark.parametrize("data", [encrypted_rar5(), rar4(BYTES, file_flags=0x04), rar4(BYTES, archive_flags=0x80)])
def test_a_password_is_said(tmp_path, data):
    assert refusal_of(tmp_path, data).code == "archive-encrypted"


@pytest.mark.parametrize("data", [EVERY["rar5"][:60], EVERY["7z"][:40] + bytes(400), b"Rar!\x1a\x07\x00" + bytes(50)])
def test_a_damaged_one_is_refused_as_such(tmp_path, data):
    assert refusal_of(tmp_path, data).code == "archive-damaged"


def test_a_damaged_one_beside_the_tables_does_not_hide_them(tmp_path):
    _, findings = open_package(written(tmp_path / "p", zipped({"g.rar": EVERY["rar5"][:60], "bom.csv": b"x"})))

    assert [(finding.code, finding.where) for finding in findings] == [("archive-damaged", "g.rar")]


def test_too_many_files_are_refused(tmp_path):
    many = {f"{number}.txt": b"x" for number in range(LIMITS.members + 1)}

    assert refusal_of(tmp_path, rar5(many)).code == "archive-too-many"


def test_what_grows_too_much_is_stopped_before_the_memory_is_taken(tmp_path):
    bomb = seven_zipped({"zeros.gtl": bytes(LIMITS.ratio_from_bytes + 2 * MIB)})
    tracemalloc.start()
    refusal = refusal_of(tmp_path, bomb)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert refusal.code == "archive-bomb"
    assert peak < 2 * LIMITS.ratio_from_bytes


@pytest.mark.parametrize("kind", EVERY)
def test_without_the_library_the_type_is_named(tmp_path, monkeypatch, kind):
    monkeypatch.setitem(sys.modules, "libarchive", None)
    refusal = refusal_of(tmp_path, EVERY[kind])

    assert refusal.code == "archive-type"
    assert {"7z": "7-Zip"}.get(kind, "RAR") in refusal.message


def test_opening_writes_nothing(tmp_path):
    package = written(tmp_path / "package.7z", EVERY["7z"])
    open_package(package)

    assert list(tmp_path.iterdir()) == [package]


@QUICK
@given(at=st.integers(0, 10_000), byte=st.integers(0, 255))
@pytest.mark.parametrize("kind", EVERY)
def test_one_wrong_byte_is_never_our_fault(tmp_path, kind, at, byte):
    wrong = bytearray(EVERY[kind])
    wrong[at % len(wrong)] = byte

    assert opened_or_told(tmp_path, bytes(wrong))


@QUICK
@given(data=st.binary(max_size=300))
@pytest.mark.parametrize("beginning", [b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07\x00", b"Rar!\x1a\x07\x01\x00"])
def test_rubbish_is_never_our_fault(tmp_path, beginning, data):
    assert opened_or_told(tmp_path, beginning + data)


@pytest.mark.corpus
@pytest.mark.parametrize("slug", ["voron-klipper-exp", "voron-taco-raven"])
def test_real_rars_hold_their_gerbers(corpus, slug):
    members, findings = open_package(corpus / "dev" / slug)

    assert sum(member.name.startswith("Gerbers/Gerbers/") for member in members) >= 9
    assert findings == ()
