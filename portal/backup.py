"""A backup that proves itself: the database, every file that it names, and a manifest with the SHA-256 of each.

The database comes first, as one snapshot; then the files, which were on disk before their rows and never change; the
manifest last, by a rename: a folder without one is no backup. The secret key stays behind, so that a copy that gets
into wrong hands signs nobody in.
"""

import hashlib
import json
import os
import shutil
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from portal import db
from portal.errors import BadInput, PortalError
from portal.gateways.files import FolderFiles, place
from portal.settings import Settings

DATABASE = "portal.db"
FILES = "files"
MANIFEST = "manifest.json"
SNAPSHOTS = 3  # a refused package's files are thrown away at once; where one was named, the snapshot is taken anew
LOOK = "Please run `portal verify`, and look at the disk."

Report = dict[str, Any]


def make_backup(settings: Settings, folder: Path, *, at: datetime) -> Report:
    """Copy what the portal remembers into a new or empty folder, whoever works with it meanwhile."""
    refuse_postgresql(settings, "pg_dump, and then copy the folder `files` of the data folder")
    require_database(settings)
    refuse_unless_empty(folder, "a new folder for each backup")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    _copy_consistently(settings.data_dir, folder)
    _write_manifest(folder, at)
    return checked_backup(folder)


def checked_backup(folder: Path) -> Report:
    """Every file of a backup compared with its manifest; `faults` names what is missing, changed or too much."""
    content, faults = read_manifest(folder)
    promised, found = content.get("files", {}), _paths(folder) if content else {}
    faults += [f"{name} is missing" for name in promised if name not in found]
    faults += [f"{name} does not belong to it" for name in found if name not in promised]
    faults += [f"{name} was changed" for name in promised if name in found and promised[name] != _entry(found[name])]
    return {
        "ok": not faults,
        "made_at": content.get("made_at"),
        "files": len(promised),
        "bytes": sum(entry["bytes"] for entry in promised.values()),
        "faults": faults,
    }


def read_manifest(folder: Path) -> tuple[Report, list[str]]:
    """What the backup says of itself; nothing, and the fault, where that cannot be trusted."""
    try:
        text = (folder / MANIFEST).read_bytes()
    except FileNotFoundError:
        return {}, [f"{MANIFEST} is missing: the backup was never finished, or this is none"]
    with suppress(ValueError, KeyError, TypeError):
        content: Report = json.loads(text)["content"]
        if _sealed(content) == text:
            return content, []
    return {}, [f"{MANIFEST} was changed"]


def refuse_postgresql(settings: Settings, instead: str) -> None:
    if settings.database_url:
        raise BadInput(f"This command is for the built-in SQLite database. For another one, please use {instead}.")


def require_database(settings: Settings) -> None:
    """SQLite would make an empty database where there is none."""
    if not (settings.data_dir / DATABASE).is_file():
        raise BadInput(f"There is no database in {settings.data_dir}. Please set PORTAL_DATA_DIR to where it is.")


def refuse_unless_empty(folder: Path, wanted: str) -> None:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise BadInput(f"{folder} is not empty, and nothing there is written over. Please give {wanted}.")


def stored_in(database: Path) -> dict[str, int]:
    """Each file that the database names, with its length in bytes."""
    with closing(db.sqlite_module().connect(database)) as connection:
        return dict(connection.execute("SELECT sha256, bytes FROM stored_files ORDER BY sha256"))


def copy_files(stored: dict[str, int], source: Path, target: Path) -> list[str]:
    """Copy each file between two stores, comparing it with its name on the way; the names of those that are gone."""
    gone, files = [], FolderFiles(target, least_free_bytes=0)
    for sha256, length in stored.items():
        try:
            with place(source, sha256).open("rb") as stream:
                files.receive(stream, length=length, sha256=sha256)
        except FileNotFoundError:
            gone.append(sha256)
        except BadInput as damaged:
            raise PortalError(f"File {sha256} is damaged. {LOOK}") from damaged
    files.aside.rmdir()
    return gone


def sync(path: Path) -> None:
    """On disk, whatever happens to the machine now: a file's bytes, or a folder's names."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _copy_consistently(data: Path, folder: Path) -> None:
    gone: list[str] = []
    for _ in range(SNAPSHOTS):
        _snapshot(data / DATABASE, folder / DATABASE)
        gone = copy_files(stored_in(folder / DATABASE), data / FILES, folder / FILES)
        if not gone:
            return
        shutil.rmtree(folder / FILES)
    raise PortalError(f"Files are missing: {', '.join(gone)}. {LOOK}")


def _snapshot(live: Path, copy: Path) -> None:
    """SQLite's online backup in one step: all that was committed by now, and nothing by half."""
    copy.unlink(missing_ok=True)
    connect = db.sqlite_module().connect
    with closing(connect(live, timeout=15)) as source, closing(connect(copy)) as target:
        source.backup(target)
        target.execute("PRAGMA journal_mode=DELETE")  # one file, and nothing beside it
    sync(copy)


def _write_manifest(folder: Path, at: datetime) -> None:
    files = {name: _entry(path) for name, path in _paths(folder).items()}
    made_at = at.isoformat(timespec="seconds")
    part = folder / f"{MANIFEST}.part"
    part.write_bytes(_sealed({"made_at": made_at, **_about(folder / DATABASE), "files": files}))
    sync(part)
    part.rename(folder / MANIFEST)
    sync(folder)


def _about(database: Path) -> Report:
    """What the snapshot holds, for whoever decides between two backups."""
    with closing(db.sqlite_module().connect(database)) as connection:

        def one(query: str) -> Any:
            row = connection.execute(query).fetchone()
            return row and row[0]

        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
        return {
            "sqlite": db.sqlite_module().sqlite_version,
            "schema": one("SELECT version_num FROM alembic_version"),
            "audit_head": one("SELECT hash FROM audit_entries ORDER BY number DESC LIMIT 1"),
            "counts": {name: one(f'SELECT count(*) FROM "{name}"') for (name,) in tables},  # noqa: S608 - our own names
        }


def _paths(folder: Path) -> dict[str, Path]:
    """Every file of a backup but its manifest, by its name within."""
    found = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*")) if path.is_file()}
    found.pop(MANIFEST, None)
    return found


def _entry(path: Path) -> Report:
    with path.open("rb") as file:
        return {"sha256": hashlib.file_digest(file, "sha256").hexdigest(), "bytes": path.stat().st_size}


def _sealed(content: Report) -> bytes:
    """The manifest's bytes; they carry their own hash, so that none of them changes unseen."""
    sha256 = hashlib.sha256(json.dumps(content).encode()).hexdigest()
    return json.dumps({"content": content, "sha256": sha256}).encode()
