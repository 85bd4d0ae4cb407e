"""A backup is consistent, whoever works meanwhile, and proves itself."""

import json
import os
import random
import threading
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from benchmarks import seed
from portal import db
from portal.backup import FILES, MANIFEST, checked_backup, make_backup, read_manifest, stored_in
from portal.errors import BadInput, PortalError
from portal.gateways.files import FolderFiles, place
from portal.models.files import StoredFile
from portal.models.people import Company
from portal.models.schema import newest
from portal.settings import Settings

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def test_a_backup_holds_the_database_and_every_file_it_names(lived_in, made):
    stored = stored_in(made / "portal.db")

    assert len(stored) == 2  # the customer's zip and one picture
    assert all(place(made / FILES, sha256).stat().st_size == length for sha256, length in stored.items())


def test_a_backup_that_was_just_made_is_whole(made):
    report = checked_backup(made)

    assert (report["ok"], report["faults"], report["files"]) == (True, [], 3)
    assert report["bytes"] == sum(
        path.stat().st_size for path in made.rglob("*") if path.is_file() and path.name != MANIFEST
    )


def test_the_manifest_says_what_the_backup_holds(made):
    content, faults = read_manifest(made)

    assert faults == []
    assert content["made_at"] == "2026-11-23T12:00:00+00:00"
    assert (content["schema"], content["counts"]["orders"], len(content["audit_head"])) == (newest(), 3, 64)


def test_the_secret_key_stays_behind(lived_in, made):
    (lived_in.data_dir / "secret_key").write_text("x" * 48)

    assert not list(made.rglob("*secret*"))


def test_a_backup_is_nobody_elses_to_read(made):
    assert made.stat().st_mode & 0o077 == 0


def test_the_live_portal_is_not_touched(lived_in, tmp_path):
    before = {path: path.stat().st_mtime_ns for path in (lived_in.data_dir / FILES).rglob("*")}
    make_backup(lived_in, tmp_path / "backup", at=NOON)

    assert {path: path.stat().st_mtime_ns for path in (lived_in.data_dir / FILES).rglob("*")} == before


def one_more(session, files: FolderFiles, number: int) -> None:
    """A company and a file in one transaction: both or neither are in a backup."""
    received = files.put(f"upload {number}".encode())
    session.add(Company(name=f"customer {number}", created_at=seed.act().at))
    session.add(StoredFile(sha256=received.sha256, bytes=received.bytes, created_at=seed.act().at))


@pytest.fixture
def busy(lived_in, copy_of):
    """A portal that goes on writing; the list of what it has acknowledged."""
    settings = Settings(data_dir=copy_of(lived_in.data_dir), database_url="")
    files, over, acknowledged = FolderFiles(settings.data_dir / FILES, least_free_bytes=0), threading.Event(), []
    engine = db.make_engine(settings.database)

    def work():
        while not over.is_set():
            with db.writing(engine) as session:
                one_more(session, files, len(acknowledged))
            acknowledged.append(len(acknowledged))

    writer = threading.Thread(target=work)
    writer.start()
    yield settings, acknowledged
    over.set()
    writer.join()
    engine.dispose()


def test_a_backup_of_a_busy_portal_is_consistent(busy, tmp_path):
    settings, acknowledged = busy
    for number in range(5):
        before = len(acknowledged)
        make_backup(settings, tmp_path / str(number), at=NOON)
        counts = read_manifest(tmp_path / str(number))[0]["counts"]

        assert before <= counts["companies"] - 2 == counts["stored_files"] - 2  # two of each were there before
    assert len(acknowledged) > 5, "nobody was busy"


@pytest.mark.parametrize("seed_of_chance", range(20))
def test_a_byte_that_flips_is_named(made, copy_of, seed_of_chance):
    chance, copy = random.Random(seed_of_chance), copy_of(made)  # noqa: S311 - no secret
    path = chance.choice(sorted(path for path in copy.rglob("*") if path.is_file()))
    data = bytearray(path.read_bytes())
    data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    path.write_bytes(data)

    assert checked_backup(copy)["faults"] == [f"{path.relative_to(copy)} was changed"]


def test_a_manifest_that_was_written_anew_is_named(made, copy_of):
    copy = copy_of(made)
    manifest = json.loads((copy / MANIFEST).read_text())
    manifest["content"]["made_at"] = "2031-01-01T00:00:00+00:00"
    (copy / MANIFEST).write_text(json.dumps(manifest))

    assert checked_backup(copy)["faults"] == ["manifest.json was changed"]


def test_a_missing_file_is_named(made, copy_of):
    copy = copy_of(made)
    (copy / "portal.db").unlink()

    assert checked_backup(copy)["faults"] == ["portal.db is missing"]


def test_a_file_too_much_is_named(made, copy_of):
    copy = copy_of(made)
    (copy / "portal.db-wal").write_bytes(b"a journal from elsewhere")

    assert checked_backup(copy)["faults"] == ["portal.db-wal does not belong to it"]


def test_a_backup_that_was_not_finished_is_none(made, copy_of):
    copy = copy_of(made)
    (copy / MANIFEST).rename(copy / f"{MANIFEST}.part")
    report = checked_backup(copy)

    assert not report["ok"]
    assert "never finished" in report["faults"][0]


def test_every_fault_is_named_at_once(made, copy_of):
    copy = copy_of(made)
    for path in (copy / FILES).rglob("*"):
        if path.is_file():
            path.write_bytes(b"")

    assert len(checked_backup(copy)["faults"]) == 2


def test_a_backup_goes_only_into_an_empty_folder(lived_in, made):
    with pytest.raises(BadInput, match=r"is not empty.*Please give a new folder"):
        make_backup(lived_in, made, at=NOON)
    assert checked_backup(made)["ok"]


def test_where_there_is_no_portal_there_is_no_backup(empty, tmp_path):
    with pytest.raises(BadInput, match="There is no database in"):
        make_backup(empty, tmp_path / "backup", at=NOON)
    assert not (tmp_path / "backup").exists()


def test_postgresql_is_left_to_its_own_tool(tmp_path):
    settings = Settings(data_dir=tmp_path, database_url="postgresql+psycopg://there/portal")

    with pytest.raises(BadInput, match="pg_dump"):
        make_backup(settings, tmp_path / "backup", at=NOON)


@pytest.fixture
def rotten(lived_in, copy_of):
    """A portal of which one stored file can be spoiled."""
    settings = Settings(data_dir=copy_of(lived_in.data_dir), database_url="")
    return settings, next(path for path in (settings.data_dir / FILES).rglob("*") if path.is_file())


def test_a_damaged_file_stops_the_backup_by_name(rotten, tmp_path):
    settings, path = rotten
    path.write_bytes(path.read_bytes()[:-1] + b"?")

    with pytest.raises(PortalError, match=f"File {path.name} is damaged"):
        make_backup(settings, tmp_path / "backup", at=NOON)
    assert not checked_backup(tmp_path / "backup")["ok"]


def test_a_lost_file_stops_the_backup_by_name(rotten, tmp_path):
    settings, path = rotten
    path.unlink()

    with pytest.raises(PortalError, match=f"Files are missing: {path.name}"):
        make_backup(settings, tmp_path / "backup", at=NOON)


def forget(settings: Settings, path: Path) -> None:
    """As when a package is refused: the row goes, then the file."""
    with closing(db.sqlite_module().connect(settings.data_dir / "portal.db")) as connection, connection:
        connection.execute("DELETE FROM stored_files WHERE sha256 = ?", [path.name])
    path.unlink()


def test_a_file_thrown_away_while_we_copy_is_no_loss(rotten, tmp_path):
    settings, _ = rotten
    first, second = sorted(path for path in (settings.data_dir / FILES).rglob("*") if path.is_file())
    data = first.read_bytes()
    first.unlink()
    os.mkfifo(first)
    backup = threading.Thread(target=make_backup, args=(settings, tmp_path / "backup"), kwargs={"at": NOON})
    backup.start()
    with first.open("wb") as pipe:  # opens when the snapshot is taken and the backup waits for its first file
        first.unlink()
        first.write_bytes(data)
        forget(settings, second)
        pipe.write(data)
    backup.join()

    assert checked_backup(tmp_path / "backup")["ok"]
    assert list(stored_in(tmp_path / "backup" / "portal.db")) == [first.name]
