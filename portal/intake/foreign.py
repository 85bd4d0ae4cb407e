"""Archives of other makers, 7-Zip and RAR, read in memory by libarchive under the limits of every archive.

Only the one format that the first bytes show is switched on: the library knows others that name files of this machine.
"""

import stat
from collections.abc import Callable, Iterator
from ctypes import c_int, c_void_p
from importlib import import_module
from typing import Any

from portal.errors import PackageRefused
from portal.intake.limits import LIMITS, MIB
from portal.intake.names import decoded_name
from portal.intake.zips import SEND_AGAIN, damaged, refuse_bomb

SEVEN_ZIP, RAR4, RAR5 = b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07\x00", b"Rar!\x1a\x07\x01\x00"
FORMATS = {SEVEN_ZIP: "7zip", RAR4: "rar", RAR5: "rar5"}  # as libarchive calls them
CHUNK = 1 * MIB
RAR5_MAIN, HAS_EXTRA, IS_VOLUME = 1, 1, 1


def foreign_format(data: bytes) -> str | None:
    """Libarchive's name of the format; None where this is something else, or where libarchive is not installed."""
    name = next((name for magic, name in FORMATS.items() if data.startswith(magic)), None)
    return name if name and _library() else None


def _library() -> Any:
    """Looked for when the first such archive comes: few packages need it, and without it they are refused by name."""
    try:
        return import_module("libarchive")
    except (ImportError, OSError, AttributeError):  # no binding, no shared library, or none that it knows
        return None


def foreign_members(kind: str, data: bytes) -> Iterator[tuple[str, bytes | None]]:
    """(name, content) of each; content is None for links and devices. Raises PackageRefused."""
    if _is_one_of_several(data):
        raise PackageRefused(
            "archive-volume", "This is one part of an archive in several parts.", "Pack the files into one zip."
        )
    library = _library()
    try:
        with library.memory_reader(data, kind, "none") as archive:
            yield from _members(archive, _tells_password(library), len(data))
    except library.ArchiveError as fault:
        raise _refusal(str(fault)) from None


def _tells_password(library: Any) -> Callable[[Any], int]:
    """Libarchive hands out a stored file as it stands, encrypted; the binding has no name for its question."""
    asked: Callable[[Any], int] = library.ffi.ffi("entry_is_encrypted", [c_void_p], c_int)
    return lambda entry: asked(entry._entry_p)  # noqa: SLF001 - no public way to the C structure


def _members(archive: Any, is_encrypted: Callable[[Any], int], packed_bytes: int) -> Iterator[tuple[str, bytes | None]]:
    grown = 0
    for count, entry in enumerate(archive, start=1):
        if count > LIMITS.members:
            raise PackageRefused(
                "archive-too-many",
                f"The archive lists more than {LIMITS.members} files.",
                "Pack only the production files.",
            )
        if entry.isdir:
            continue
        if is_encrypted(entry):
            raise _encrypted()
        name = _name(entry.pathname)
        content = _content(entry, name, before=grown, packed_bytes=packed_bytes) if _is_plain(entry) else None
        grown += len(content or b"")
        yield name, content


def _is_plain(entry: Any) -> bool:
    return not entry.islnk and stat.S_IFMT(entry.filetype) in {0, stat.S_IFREG}


def _name(said: str | bytes | None) -> str:
    """Bytes where the archive does not say their encoding, as RAR on a Chinese Windows."""
    return decoded_name(said, is_utf8=False) if isinstance(said, bytes) else said or ""


def _content(entry: Any, name: str, *, before: int, packed_bytes: int) -> bytes:
    """Counted while it grows: what an entry declares is not believed."""
    pieces: list[bytes] = []
    size = 0
    for piece in entry.get_blocks(CHUNK):
        size += len(piece)
        if size > LIMITS.member_bytes:
            raise PackageRefused(
                "archive-too-large",
                f"{name} unpacks to more than {LIMITS.member_bytes // MIB} MiB.",
                "Leave it out, or send only the production files.",
            )
        refuse_bomb(before + size, packed_bytes)
        pieces.append(piece)
    return b"".join(pieces)


def _refusal(said: str) -> PackageRefused:
    if "ncrypt" in said or "assphrase" in said:
        return _encrypted()
    if "nsupported" in said or "not supported" in said:
        return PackageRefused("archive-method", "The archive is packed in a way that is not taken.", SEND_AGAIN)
    return damaged("it cannot be unpacked")


def _encrypted() -> PackageRefused:
    return PackageRefused(
        "archive-encrypted",
        "The archive is password protected.",
        "Pack the files again without a password; the upload itself is encrypted.",
    )


def _is_one_of_several(data: bytes) -> bool:
    """A flag in the first block of a RAR; a 7-Zip has its list of contents behind the end of the first part."""
    if data.startswith(SEVEN_ZIP):
        offset, size = (int.from_bytes(data[at : at + 8], "little") for at in (12, 20))
        return 32 + offset + size > len(data) > 32
    if data.startswith(RAR4):
        return len(data) > 12 and data[9] == 0x73 and bool(data[10] & IS_VOLUME)
    return _rar5_is_volume(data[len(RAR5) + 4 : len(RAR5) + 64])


def _rar5_is_volume(block: bytes) -> bool:
    """Header size, type, flags, [size of the extra area], flags of the archive, each as a number of any length."""
    numbers = _numbers(block)
    _size, kind, flags = next(numbers, 0), next(numbers, 0), next(numbers, 0)
    if flags & HAS_EXTRA:
        next(numbers, 0)
    return kind == RAR5_MAIN and bool(next(numbers, 0) & IS_VOLUME)


def _numbers(block: bytes) -> Iterator[int]:
    """Seven bits a byte, the lowest first; a set high bit says that more follow."""
    value = shift = 0
    for byte in block:
        value |= (byte & 0x7F) << shift
        shift += 7
        if not byte & 0x80:
            yield value
            value = shift = 0
