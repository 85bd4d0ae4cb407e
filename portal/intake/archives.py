"""An upload -> its files: zip, tar, tgz, 7-Zip, RAR, one plain file, or a folder of several.

What it is, its bytes say; the suffix is never believed. Nothing is ever written to disk, so no name in an archive can
lead anywhere.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from portal.board.design import Finding, Severity
from portal.errors import PackageRefused
from portal.intake.foreign import foreign_format, foreign_members
from portal.intake.limits import LIMITS, MIB
from portal.intake.names import leads_out, shown_name
from portal.intake.tars import GZIP, gunzipped, is_tar, tar_members
from portal.intake.zips import END, LOCAL, MOST_COMMENT, content, damaged, directory, refuse_bomb

# The CAD tools' own files hold zips of theirs; nobody packs a board into them.
DATABASES = (
    *(".brd", ".dsn", ".dra", ".mcm", ".opj", ".pcb", ".pcbdoc", ".schdoc", ".sch", ".asc", ".job", ".mdd", ".sav"),
    *(".psm", ".bsm", ".ssm", ".fsm", ".osm", ".pad", ".tech"),  # Allegro's symbols
)
WORKBOOKS = (".xlsx", ".xlsm", ".ods")
FOREIGN = (  # archives that are known but not opened, the first two where libarchive is not installed
    (b"7z\xbc\xaf\x27\x1c", "7-Zip"),
    (b"Rar!\x1a\x07", "RAR"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"BZh", "bzip2"),
    (b"\x28\xb5\x2f\xfd", "Zstandard"),
    (b"PK\x07\x08", "split zip"),
)
# Spreadsheets are zips too: a record of the directory names this member, or the first member is the type itself.
MICROSOFT = re.compile(rb"PK\x01\x02[\s\S]{42}\[Content_Types\]\.xml")
OPEN_DOCUMENT = b"mimetypeapplication/vnd.oasis"
PASSED_LIMIT = {"archive-too-many", "archive-too-large", "archive-bomb", "archive-overlap"}


@dataclass(frozen=True, slots=True)
class Member:
    """One file of the package; `name` is safe to show, with the folders and archives it came from."""

    name: str
    data: bytes = field(repr=False)


def open_package(path: Path) -> tuple[tuple[Member, ...], tuple[Finding, ...]]:
    """All files of an upload, archives inside it opened too. Raises PackageRefused with what to do."""
    unpacking = _Unpacking()
    if path.is_dir():
        for file in _files(path):
            unpacking.take(file.relative_to(path).as_posix(), _read(file), depth=1)
    else:
        unpacking.open(path.name, _read(path))
    if not unpacking.members:
        raise PackageRefused(
            "archive-empty", "There is no file in this package.", "Pack the production files and upload again."
        )
    return tuple(unpacking.members), tuple(unpacking.findings)


def _files(folder: Path) -> Iterator[Path]:
    """Links are not followed: they are not part of what was sent."""
    return (path for path in sorted(folder.rglob("*")) if path.is_file() and not path.is_symlink())


def _read(path: Path) -> bytes:
    size = path.stat().st_size
    if size > LIMITS.package_bytes:
        raise PackageRefused(
            "package-too-large",
            f"{path.name} has {size // MIB} MiB; at most {LIMITS.package_bytes // MIB} MiB are taken.",
            "Send only the production files.",
        )
    return path.read_bytes()


class _Unpacking:
    """The members so far, under the limits of the whole package."""

    def __init__(self) -> None:
        self.members: list[Member] = []
        self.findings: list[Finding] = []
        self._seen: dict[str, list[Member]] = {}
        self._bytes = 0

    def open(self, name: str, data: bytes) -> None:
        """The uploaded file itself: what is wrong with it is wrong with the package."""
        if not data:
            raise PackageRefused("package-empty", f"{name} is an empty file.", "Upload it again.")
        if not self._unpack("", data, depth=0):
            _refuse_foreign(name, data)
            self._keep(name, data)

    def take(self, name: str, data: bytes, *, depth: int) -> None:
        """One file of the package; an archive is opened in its place. A broken one inside is a finding."""
        if leads_out(name):
            self.findings.append(_outside(name))
            return
        try:
            if depth <= LIMITS.nesting and self._unpack(shown_name(name), data, depth=depth):
                return
            _refuse_foreign(name, data)
        except PackageRefused as refusal:
            if refusal.code in PASSED_LIMIT:
                raise
            if not name.lower().endswith(WORKBOOKS):  # the reader of tables says it, once
                self.findings.append(_unopened(name, refusal))
        self._keep(name, data)

    def _unpack(self, name: str, data: bytes, *, depth: int) -> bool:
        """Whether this was an archive; then its members were taken."""
        inside = f"{_without_suffix(name)}/" if name else ""
        if data.startswith((LOCAL, END)) and not _is_office(data):
            self._take_zip(inside, data, depth)
        elif data.startswith(GZIP):
            self._take_gzip(name, gunzipped(data), depth)
        elif is_tar(data):
            self._take_all(inside, tar_members(data), depth)
        elif kind := foreign_format(data):
            self._take_all(inside, foreign_members(kind, data), depth)
        else:
            return False
        return True

    def _take_gzip(self, name: str, unpacked: bytes, depth: int) -> None:
        inner = _without_suffix(name)
        if is_tar(unpacked):
            self._take_all(f"{inner}/" if inner else "", tar_members(unpacked), depth)
        else:
            self.take(inner or "unpacked", unpacked, depth=depth + 1)

    def _take_zip(self, inside: str, data: bytes, depth: int) -> None:
        for entry in directory(data):
            if entry.is_link:
                self.findings.append(_link(inside + entry.name))
            else:
                self.take(inside + entry.name, content(data, entry), depth=depth + 1)

    def _take_all(self, inside: str, members: Iterable[tuple[str, bytes | None]], depth: int) -> None:
        for name, unpacked in members:
            if unpacked is None:
                self.findings.append(_link(inside + name))
            else:
                self.take(inside + name, unpacked, depth=depth + 1)

    def _keep(self, name: str, data: bytes) -> None:
        self._bytes += len(data)
        refuse_bomb(self._bytes, self._bytes)
        if len(self.members) >= LIMITS.members:
            raise PackageRefused(
                "archive-too-many",
                f"The package holds more than {LIMITS.members} files.",
                "Pack only the production files.",
            )
        member = Member(shown_name(name), data)
        namesakes = self._seen.setdefault(member.name.casefold(), [])
        if any(other.data == data and other.name == member.name for other in namesakes):
            return
        if namesakes:
            member = self._renamed(member, namesakes)
        namesakes.append(member)
        self.members.append(member)

    def _renamed(self, member: Member, namesakes: list[Member]) -> Member:
        self.findings.append(_twice(member.name))
        if all(other.name != member.name for other in namesakes):
            return member
        path = PurePosixPath(member.name)
        return Member(str(path.with_name(f"{path.stem} ({len(namesakes) + 1}){path.suffix}")), member.data)


def _outside(name: str) -> Finding:
    return Finding(
        Severity.NOTE,
        "member-outside",
        shown_name(name),
        "would lead out of the package and was left out",
        "Pack the files without absolute or upward paths.",
    )


def _link(name: str) -> Finding:
    return Finding(
        Severity.NOTE,
        "member-link",
        shown_name(name),
        "is a link or a device, not a file, and was left out",
        "Pack the file itself.",
    )


def _twice(name: str) -> Finding:
    return Finding(
        Severity.ASK,
        "name-twice",
        name,
        "is in the package more than once, with different content",
        "Say which one is right, or pack only that one.",
    )


def _unopened(name: str, refusal: PackageRefused) -> Finding:
    return Finding(Severity.ASK, refusal.code, shown_name(name), refusal.message, refusal.remedy)


def _is_office(data: bytes) -> bool:
    return data[30:60].startswith(OPEN_DOCUMENT) or bool(MICROSOFT.search(data))


def _refuse_foreign(name: str, data: bytes) -> None:
    kind = next((kind for magic, kind in FOREIGN if data.startswith(magic)), None)
    if kind:
        raise PackageRefused("archive-type", f"{name} is a {kind} archive.", "Please send a zip.")
    if name.lower().endswith(DATABASES):
        return
    if data.rfind(END, max(0, len(data) - MOST_COMMENT)) >= 0 and b"PK\x01\x02" in data and not _is_office(data):
        raise damaged(f"{name} is a zip behind other data")


def _without_suffix(name: str) -> str:
    path = PurePosixPath(name)
    return str(path.with_suffix("")) if path.suffix else name
