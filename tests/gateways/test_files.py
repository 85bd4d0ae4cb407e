"""The file store: what was announced is what is kept, whole or not at all."""

import hashlib
import io
import time
from datetime import UTC, datetime, timedelta

import pytest

from portal.errors import BadInput, NoRoom
from portal.gateways.files import Damaged, FolderFiles, MemoryFiles

ZIP = b"PK\x03\x04" + bytes(range(256)) * 1000
SHA = hashlib.sha256(ZIP).hexdigest()


class Dribble(io.BytesIO):
    """A slow network: gives fewer bytes than asked for, cut at every odd place."""

    def read(self, size=-1):
        return super().read(min(size, 977))


@pytest.fixture(params=["folder", "memory"])
def files(request, tmp_path):
    return FolderFiles(tmp_path, least_free_bytes=0) if request.param == "folder" else MemoryFiles()


@pytest.fixture
def folder(tmp_path):
    return FolderFiles(tmp_path, least_free_bytes=0)


def test_an_upload_is_kept_under_its_hash(files):
    received = files.receive(io.BytesIO(ZIP), length=len(ZIP), sha256=SHA)
    assert (received.sha256, received.bytes) == (SHA, len(ZIP))
    assert files.read(SHA) == ZIP


@pytest.mark.parametrize("stray", [ZIP + b"\r", ZIP[:-1], ZIP[:-1] + b"x"])
def test_an_upload_that_is_not_what_was_announced_is_refused(files, stray):
    with pytest.raises(BadInput, match="did not arrive as it was sent"):
        files.receive(io.BytesIO(stray), length=len(stray), sha256=SHA)
    assert list(files.names()) == []


def test_an_upload_that_breaks_off_is_refused(files):
    with pytest.raises(BadInput):
        files.receive(io.BytesIO(ZIP[:1000]), length=len(ZIP), sha256=SHA)


def test_a_body_longer_than_its_length_is_read_only_so_far(files):
    assert files.receive(io.BytesIO(ZIP + b"next request"), length=len(ZIP), sha256=SHA).bytes == len(ZIP)


@pytest.mark.parametrize("digest", ["", "abc", SHA.upper(), "../../etc/passwd", SHA + "0"])
def test_a_check_sum_that_is_none_is_refused(files, digest):
    with pytest.raises(BadInput, match="not a SHA-256"):
        files.receive(io.BytesIO(ZIP), length=len(ZIP), sha256=digest)


def test_a_slow_upload_arrives_whole(folder):
    folder.receive(Dribble(ZIP), length=len(ZIP), sha256=SHA)
    assert folder.read(SHA) == ZIP


def test_nothing_is_left_aside_after_a_refusal(folder):
    with pytest.raises(BadInput):
        folder.receive(io.BytesIO(b"other"), length=5, sha256=SHA)
    assert list(folder.aside.iterdir()) == []


def test_the_same_file_twice_is_one_file(folder):
    folder.put(ZIP)
    folder.put(ZIP)
    assert list(folder.names()) == [SHA]


def test_a_damaged_file_is_loud(folder):
    folder.put(ZIP)
    folder.path(SHA).write_bytes(ZIP + b"\r")
    with pytest.raises(Damaged):
        folder.read(SHA)


def test_a_nearly_full_disk_takes_no_upload(tmp_path):
    files = FolderFiles(tmp_path, least_free_bytes=2**62)
    with pytest.raises(NoRoom):
        files.receive(io.BytesIO(ZIP), length=len(ZIP), sha256=SHA)


def test_what_an_interrupted_upload_left_is_swept(folder):
    (folder.aside / "left").write_bytes(b"half a file")
    assert folder.sweep(time.time() - 3600) == 0
    assert folder.sweep(time.time() + 1) == 1


def test_a_file_knows_its_age(folder):
    folder.put(ZIP)
    assert folder.age(SHA, datetime.now(UTC)) < timedelta(minutes=1)
