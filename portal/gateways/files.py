"""Files by content: the name is the SHA-256, the bytes are on disk before anybody writes a row about them."""

import hashlib
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import BinaryIO, Protocol

from portal.errors import BadInput, NoRoom

CHUNK = 64 * 1024
LEAST_FREE_BYTES = 2 * 1024**3  # below this uploads answer 507 and everything else goes on
DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Received:
    sha256: str
    bytes: int


class Damaged(Exception):
    """What lies in the store is not what was stored. Our bug or a failing disk: loud."""


class Files(Protocol):
    def receive(self, stream: BinaryIO, *, length: int, sha256: str) -> Received: ...
    def put(self, data: bytes) -> Received: ...
    def read(self, sha256: str) -> bytes: ...
    def has(self, sha256: str) -> bool: ...
    def names(self) -> Iterator[str]: ...
    def age(self, sha256: str, at: datetime) -> timedelta: ...
    def sweep(self, older_than: float) -> int: ...
    def discard(self, sha256: str) -> None: ...


def check_digest(sha256: str) -> str:
    if not DIGEST.fullmatch(sha256):
        raise BadInput("The check sum of the upload is missing or not a SHA-256. Please send the file again.")
    return sha256


def place(root: Path, sha256: str) -> Path:
    """Where a file lies below a store's folder: 256 folders, so that none gets slow."""
    check_digest(sha256)
    return root / sha256[:2] / sha256


class FolderFiles:
    """A folder on this machine: write aside, fsync, rename, fsync the folder (docs/decisions/0004)."""

    def __init__(self, root: Path, *, least_free_bytes: int = LEAST_FREE_BYTES) -> None:
        self.root, self.least_free_bytes = root, least_free_bytes
        self.aside = root / "incoming"
        self.aside.mkdir(parents=True, exist_ok=True)

    def path(self, sha256: str) -> Path:
        return place(self.root, sha256)

    def has(self, sha256: str) -> bool:
        return self.path(sha256).is_file()

    def receive(self, stream: BinaryIO, *, length: int, sha256: str) -> Received:
        """Stream `length` bytes to disk while counting and hashing; keep them only if they are what was announced."""
        check_digest(sha256)
        if shutil.disk_usage(self.root).free - length < self.least_free_bytes:
            raise NoRoom
        with self._aside_file() as (file, name):
            digest, received = hashlib.sha256(), 0
            while received < length and (chunk := stream.read(min(CHUNK, length - received))):
                file.write(chunk)
                digest.update(chunk)
                received += len(chunk)
            if received != length or digest.hexdigest() != sha256:
                raise BadInput("The file did not arrive as it was sent. Please send it again.")
            self._keep(file, name, sha256)
        return Received(sha256, received)

    def put(self, data: bytes) -> Received:
        sha256 = hashlib.sha256(data).hexdigest()
        with self._aside_file() as (file, name):
            file.write(data)
            self._keep(file, name, sha256)
        return Received(sha256, len(data))

    def read(self, sha256: str) -> bytes:
        data = self.path(sha256).read_bytes()
        if hashlib.sha256(data).hexdigest() != sha256:
            raise Damaged(sha256)
        return data

    def names(self) -> Iterator[str]:
        return (path.name for path in self.root.glob("??/*"))

    def age(self, sha256: str, at: datetime) -> timedelta:
        """How long ago the file was stored."""
        return at - datetime.fromtimestamp(self.path(sha256).stat().st_mtime, UTC)

    def discard(self, sha256: str) -> None:
        """Remove a file for good; not being there is no fault."""
        self.path(sha256).unlink(missing_ok=True)

    def sweep(self, older_than: float) -> int:
        """Remove what an interrupted upload left aside before `older_than` (a POSIX time); how many."""
        left = [path for path in self.aside.iterdir() if path.stat().st_mtime < older_than]
        for path in left:
            path.unlink(missing_ok=True)
        return len(left)

    def _keep(self, file: BinaryIO, name: str, sha256: str) -> None:
        file.flush()
        os.fsync(file.fileno())
        target = self.path(sha256)
        target.parent.mkdir(exist_ok=True)
        Path(name).replace(target)
        for folder in (target.parent, self.root):
            handle = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)

    def _aside_file(self) -> "_Aside":
        return _Aside(self.aside)


class _Aside:
    """A file beside the store that is gone when the block ends, unless it was renamed into the store."""

    def __init__(self, folder: Path) -> None:
        handle, self.name = tempfile.mkstemp(dir=folder)
        self.file = os.fdopen(handle, "wb")

    def __enter__(self) -> tuple[BinaryIO, str]:
        return self.file, self.name

    def __exit__(self, *_: object) -> None:
        self.file.close()
        with suppress(FileNotFoundError):
            Path(self.name).unlink()


@dataclass
class MemoryFiles:
    """The twin for tests."""

    kept: dict[str, bytes] = field(default_factory=dict)

    def receive(self, stream: BinaryIO, *, length: int, sha256: str) -> Received:
        data = stream.read(length)
        if len(data) != length or hashlib.sha256(data).hexdigest() != check_digest(sha256):
            raise BadInput("The file did not arrive as it was sent. Please send it again.")
        return self.put(data)

    def put(self, data: bytes) -> Received:
        sha256 = hashlib.sha256(data).hexdigest()
        self.kept[sha256] = data
        return Received(sha256, len(data))

    def read(self, sha256: str) -> bytes:
        return self.kept[sha256]

    def has(self, sha256: str) -> bool:
        return sha256 in self.kept

    def names(self) -> Iterator[str]:
        return iter(self.kept)

    def age(self, _sha256: str, _at: datetime) -> timedelta:
        return timedelta()

    def discard(self, sha256: str) -> None:
        self.kept.pop(sha256, None)

    def sweep(self, _older_than: float) -> int:
        return 0
