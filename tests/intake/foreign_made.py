"""7-Zip and RAR archives as bytes: the first written by libarchive, the others block by block, their files stored."""

import struct
import zlib
from collections.abc import Mapping

import libarchive

RAR4_HEAD, RAR5_HEAD = b"Rar!\x1a\x07\x00", b"Rar!\x1a\x07\x01\x00"


def seven_zipped(files: Mapping[str, bytes]) -> bytes:
    pieces: list[bytes] = []
    with libarchive.custom_writer(lambda data: (pieces.append(bytes(data)), len(data))[1], "7zip") as archive:
        for name, data in files.items():
            archive.add_file_from_memory(name, len(data), data)
    return b"".join(pieces)


def rar5(files: Mapping[str, bytes], *, archive_flags: int = 0) -> bytes:
    main = _block5(1, 0, _number(archive_flags))
    held = b"".join(_file5(name.encode(), data) for name, data in files.items())
    return RAR5_HEAD + main + held + _block5(5, 0, _number(0))


def encrypted_rar5() -> bytes:
    """The list of contents itself is encrypted: a block of type 4 comes first."""
    return RAR5_HEAD + _block5(4, 0, _number(0) + _number(0) + b"\x0f" + bytes(16)) + bytes(64)


def _file5(name: bytes, data: bytes) -> bytes:
    about = _number(4) + _number(len(data)) + _number(0) + struct.pack("<L", zlib.crc32(data))
    about += _number(0) + _number(1) + _number(len(name)) + name  # stored, from Unix
    return _block5(2, 2, about, data)


def _block5(kind: int, flags: int, body: bytes, data: bytes | None = None) -> bytes:
    size = b"" if data is None else _number(len(data))
    head = _number(kind) + _number(flags) + size + body
    head = _number(len(head)) + head
    return struct.pack("<L", zlib.crc32(head)) + head + (data or b"")


def _number(value: int) -> bytes:
    low, more = value & 0x7F, value >> 7
    return bytes([low | 0x80]) + _number(more) if more else bytes([low])


def rar4(
    files: Mapping[bytes, bytes],
    *,
    archive_flags: int = 0,
    file_flags: int = 0,
    links: Mapping[bytes, bytes] | None = None,
) -> bytes:
    """Names are bytes, as a Windows of any language writes them. A link's content is its target."""
    main = _block4(0x73, archive_flags, bytes(6))
    held = b"".join(_file4(name, data, file_flags) for name, data in files.items())
    held += b"".join(_file4(name, target, file_flags, 0o120777) for name, target in (links or {}).items())
    return RAR4_HEAD + main + held + _block4(0x7B, 0x4000, b"")


def _file4(name: bytes, data: bytes, flags: int, mode: int = 0o100644) -> bytes:
    """Stored, from Unix."""
    size, crc = len(data), zlib.crc32(data)
    sizes = struct.pack("<LLBLLBBHL", size, size, 3, crc, 0x5A000000, 20, 0x30, len(name), mode)
    return _block4(0x74, 0x8000 | flags, sizes + name) + data


def _block4(kind: int, flags: int, body: bytes) -> bytes:
    head = struct.pack("<BHH", kind, flags, 7 + len(body)) + body
    return struct.pack("<H", zlib.crc32(head) & 0xFFFF) + head
