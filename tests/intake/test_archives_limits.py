"""The limits on what is unpacked hold before the memory is taken, and each refusal says the limit and what to do."""

import gzip
import io
import tarfile
import tracemalloc
import zipfile

import pytest
from packages_made import listed_twice, opened, patched_directory, tarred, written, zipped

from portal.errors import PackageRefused
from portal.intake.archives import open_package
from portal.intake.limits import LIMITS, MIB
from portal.intake.tars import gunzipped
from portal.intake.zips import directory

FILES = {"board.gtl": b"copper" * 50, "bom.csv": b"parts" * 50}
FLAGS, METHOD, CRC, PACKED, SIZE, OFFSET = 8, 10, 16, 20, 24, 42  # in a record of the central directory


def refusal_of(path, data):
    with pytest.raises(PackageRefused) as refused:
        opened(path, data)
    return refused.value


def test_as_many_files_as_the_limit_are_taken(tmp_path):
    assert len(opened(tmp_path, zipped({f"{n}.txt": b"x" for n in range(LIMITS.members)}))) == LIMITS.members


def test_one_file_more_is_refused_and_the_limit_is_said(tmp_path):
    refusal = refusal_of(tmp_path, zipped({f"{n}.txt": b"x" for n in range(LIMITS.members + 1)}))

    assert refusal.code == "archive-too-many"
    assert f"at most {LIMITS.members}" in refusal.message


def test_files_of_nested_archives_count_together(tmp_path):
    half = {f"{n}.txt": b"%d" % n for n in range(LIMITS.members // 2 + 1)}
    refusal = refusal_of(tmp_path, zipped({"a.zip": zipped(half), "b.zip": zipped(half)}))

    assert refusal.code == "archive-too-many"


def test_files_of_a_tar_count_too(tmp_path):
    refusal = refusal_of(tmp_path, tarred({f"{n}.txt": b"x" for n in range(LIMITS.members + 1)}))

    assert refusal.code == "archive-too-many"


def test_a_file_larger_than_the_limit_is_refused_by_what_it_declares(tmp_path):
    refusal = refusal_of(tmp_path, patched_directory(zipped(FILES), SIZE, "<L", LIMITS.member_bytes + 1))

    assert refusal.code == "archive-too-large"
    assert "board.gtl" in refusal.message
    assert "128 MiB" in refusal.message


def test_many_files_that_are_too_large_together_are_refused(tmp_path):
    large = zipped({f"{n}.txt": b"x" for n in range(6)}, zipfile.ZIP_STORED)
    declared = large.replace(b"\x01\x00\x00\x00\x01\x00\x00\x00", (100 * MIB).to_bytes(4, "little") * 2)

    assert refusal_of(tmp_path, declared).code == "archive-too-large"


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path):
    bomb = zipped({"board.gtl": bytes(80 * MIB)})
    written(tmp_path / "bomb.zip", bomb)
    tracemalloc.start()

    with pytest.raises(PackageRefused) as refused:
        open_package(tmp_path / "bomb.zip")

    assert refused.value.code == "archive-bomb"
    assert tracemalloc.get_traced_memory()[1] < 2 * len(bomb) + MIB
    tracemalloc.stop()


def test_a_file_that_packs_well_but_is_small_is_taken(tmp_path):
    assert len(opened(tmp_path, zipped({"mask.gts": bytes(4 * MIB)}))["mask.gts"]) == 4 * MIB


def test_a_gzip_bomb_is_stopped_while_it_grows():
    with pytest.raises(PackageRefused) as refused:
        gunzipped(gzip.compress(bytes(90 * MIB)))

    assert refused.value.code == "archive-bomb"


def test_a_file_that_unpacks_to_more_than_it_declares_is_refused(tmp_path):
    assert refusal_of(tmp_path, patched_directory(zipped(FILES), SIZE, "<L", 10)).code == "archive-damaged"


def test_a_wrong_check_sum_names_the_file(tmp_path):
    refusal = refusal_of(tmp_path, patched_directory(zipped(FILES), CRC, "<L", 12345))

    assert (refusal.code, "board.gtl" in refusal.message) == ("archive-damaged", True)


def test_entries_that_share_bytes_are_refused(tmp_path):
    assert refusal_of(tmp_path, listed_twice(zipped({"board.gtl": b"copper"}))).code == "archive-overlap"


def test_a_local_name_other_than_the_listed_one_is_refused(tmp_path):
    made = zipped(FILES)
    refusal = refusal_of(tmp_path, made[:30] + made[30:].replace(b"board.gtl", b"evil!.gtl", 1))

    assert (refusal.code, "another name" in refusal.message) == ("archive-damaged", True)


def test_a_packed_size_beyond_the_archive_is_refused(tmp_path):
    assert refusal_of(tmp_path, patched_directory(zipped(FILES), PACKED, "<L", 1 << 20)).code == "archive-overlap"


def test_an_offset_beyond_the_archive_is_refused(tmp_path):
    assert refusal_of(tmp_path, patched_directory(zipped(FILES), OFFSET, "<L", 1 << 30)).code == "archive-damaged"


def test_a_password_is_asked_to_be_left_away(tmp_path):
    refusal = refusal_of(tmp_path, patched_directory(zipped(FILES), FLAGS, "<H", 1))

    assert refusal.code == "archive-encrypted"
    assert "without a password" in refusal.remedy


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_rare_way_of_packing_is_refused_by_name_of_the_file(tmp_path, method):
    refusal = refusal_of(tmp_path, zipped(FILES, method))

    assert (refusal.code, "board.gtl" in refusal.message) == ("archive-method", True)


def test_a_file_larger_than_an_upload_may_be_is_not_even_read(tmp_path):
    huge = tmp_path / "package.zip"
    with huge.open("wb") as file:
        file.truncate(LIMITS.package_bytes + 1)

    with pytest.raises(PackageRefused) as refused:
        open_package(huge)

    assert refused.value.code == "package-too-large"


def test_a_zip_that_was_streamed_is_read():
    """Browsers and macOS write the sizes behind the data; the directory has them all the same."""
    held = io.BytesIO()

    class Stream(io.RawIOBase):
        def writable(self):
            return True

        def write(self, data):
            return held.write(data)

    with zipfile.ZipFile(Stream(), "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("board.gtl", b"copper")

    assert [entry.name for entry in directory(held.getvalue())] == ["board.gtl"]


def test_a_zip_with_wide_fields_is_read(tmp_path):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive, archive.open("board.gtl", "w", force_zip64=True) as entry:
        entry.write(b"copper")

    assert opened(tmp_path, held.getvalue()) == {"board.gtl": b"copper"}


def test_a_zip_with_a_comment_is_read(tmp_path):
    path = tmp_path / "commented.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("board.gtl", b"copper")
        archive.comment = b"made by hand"

    assert [member.name for member in open_package(path)[0]] == ["board.gtl"]


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE])
def test_a_tar_member_that_is_no_file_is_left_out(tmp_path, kind):
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w:") as archive:
        strange = tarfile.TarInfo("matrix")
        strange.type, strange.linkname = kind, "/etc/passwd"
        archive.addfile(strange)
        plain = tarfile.TarInfo("board.gtl")
        plain.size = 6
        archive.addfile(plain, io.BytesIO(b"copper"))

    assert opened(tmp_path, held.getvalue()) == {"board.gtl": b"copper"}
