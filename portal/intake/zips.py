"""Zip archives, read record by record: the whole directory is checked before one byte is unpacked.

Python's own zipfile believes the directory: it lists 200,000 entries, follows overlapping ones and inflates what they
declare. Here the directory must agree with the local headers, entries must not share bytes, and unpacking stops at
what was declared.
"""

import stat
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from portal.errors import PackageRefused
from portal.intake.limits import LIMITS, MIB
from portal.intake.names import decoded_name, extra_fields

LOCAL, CENTRAL, END, END64, LOCATOR64 = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06", b"PK\x06\x06", b"PK\x06\x07"
MOST_COMMENT = 65_535 + 22
STORED, DEFLATED, AES = 0, 8, 99
ENCRYPTED, UTF8 = 0x1, 0x800
ZIP64_FIELD, FULL16, FULL32 = 0x0001, 0xFFFF, 0xFFFFFFFF
SEND_AGAIN = "Pack the files again as a plain zip and upload that."


@dataclass(frozen=True, slots=True)
class Entry:
    """One record of the central directory. `raw_name` is what the local header must repeat."""

    name: str
    raw_name: bytes
    flags: int
    method: int
    crc: int
    packed_bytes: int
    bytes: int
    offset: int
    mode: int

    @property
    def is_folder(self) -> bool:
        return self.name.endswith(("/", "\\")) or stat.S_ISDIR(self.mode)

    @property
    def is_link(self) -> bool:
        """Or a device or a pipe: anything that is no file with content."""
        return bool(stat.S_IFMT(self.mode)) and not stat.S_ISREG(self.mode) and not self.is_folder


def damaged(what: str) -> PackageRefused:
    return PackageRefused("archive-damaged", f"The archive is damaged: {what}.", SEND_AGAIN)


def directory(data: bytes) -> tuple[Entry, ...]:
    """All entries that hold something, checked against each other and the limits. Raises PackageRefused."""
    end = data.rfind(END, max(0, len(data) - MOST_COMMENT))
    if end < 0 or end + 22 > len(data):
        raise damaged("it has no list of contents, as if the upload had been cut off")
    count, size, offset = _end_record(data, end)
    if count > LIMITS.members:
        raise PackageRefused(
            "archive-too-many",
            f"The archive lists {count:,} files; at most {LIMITS.members} are taken.",
            "Pack only the production files.",
        )
    if offset + size > end:
        raise damaged("its list of contents is not where it should be")
    entries = tuple(_entries(data[offset : offset + size], count))
    _refuse_encrypted(entries)
    _refuse_too_large(entries, len(data))
    _refuse_overlaps(data, entries, offset)
    return tuple(entry for entry in entries if not entry.is_folder)


def _end_record(data: bytes, end: int) -> tuple[int, int, int]:
    """Number of entries, and the size and place of their list."""
    disk, _, _, count, size, offset, _ = struct.unpack_from("<4H2LH", data, end + 4)
    if FULL16 not in {count, disk} and FULL32 not in {size, offset}:
        if disk:
            raise damaged("it is one of several parts")
        return count, size, offset
    locator = end - 20
    if locator < 0 or data[locator : locator + 4] != LOCATOR64:
        raise damaged("its list of contents is incomplete")
    (at,) = struct.unpack_from("<Q", data, locator + 8)
    if at + 56 > len(data) or data[at : at + 4] != END64:
        raise damaged("its list of contents is incomplete")
    count64, size64, offset64 = struct.unpack_from("<3Q", data, at + 32)
    return count64, size64, offset64


def _entries(listing: bytes, count: int) -> Iterator[Entry]:
    at = 0
    for _ in range(count):
        if at + 46 > len(listing) or listing[at : at + 4] != CENTRAL:
            raise damaged("its list of contents is cut off")
        flags, method, _, _, crc, packed, size = struct.unpack_from("<4H3L", listing, at + 8)
        name_size, extra_size, comment_size, _, _, attributes, offset = struct.unpack_from("<5H2L", listing, at + 28)
        raw = listing[at + 46 : at + 46 + name_size]
        extra = listing[at + 46 + name_size : at + 46 + name_size + extra_size]
        size, packed, offset = _wide(extra, (size, packed, offset))
        name = decoded_name(raw, is_utf8=bool(flags & UTF8), extra=extra)
        yield Entry(name, raw, flags, method, crc, packed, size, offset, attributes >> 16)
        at += 46 + name_size + extra_size + comment_size


def _wide(extra: bytes, values: tuple[int, int, int]) -> tuple[int, int, int]:
    """Size, packed size and offset; those that do not fit into 32 bits stand in the ZIP64 field, in this order."""
    content = next((content for kind, content in extra_fields(extra) if kind == ZIP64_FIELD), b"")
    wide = iter(struct.unpack(f"<{len(content) // 8}Q", content[: len(content) // 8 * 8]))
    size, packed, offset = (next(wide, value) if value == FULL32 else value for value in values)
    return size, packed, offset


def _refuse_encrypted(entries: tuple[Entry, ...]) -> None:
    if any(entry.flags & ENCRYPTED or entry.method == AES for entry in entries):
        raise PackageRefused(
            "archive-encrypted",
            "The archive is password protected.",
            "Pack the files again without a password; the upload itself is encrypted.",
        )
    strange = next((entry for entry in entries if entry.method not in {STORED, DEFLATED}), None)
    if strange:
        raise PackageRefused(
            "archive-method",
            f"{strange.name} is packed in a way that is not taken (method {strange.method}).",
            SEND_AGAIN,
        )


def _refuse_too_large(entries: tuple[Entry, ...], packed_bytes: int) -> None:
    largest = max(entries, key=lambda entry: entry.bytes, default=None)
    if largest and largest.bytes > LIMITS.member_bytes:
        raise PackageRefused(
            "archive-too-large",
            f"{largest.name} would unpack to {largest.bytes // MIB:,} MiB; "
            f"at most {LIMITS.member_bytes // MIB} MiB are taken.",
            "Leave it out, or send only the production files.",
        )
    refuse_bomb(sum(entry.bytes for entry in entries), packed_bytes)


def refuse_bomb(unpacked_bytes: int, packed_bytes: int) -> None:
    """PyPI's rule: real files do not shrink fifty times once they are large."""
    if unpacked_bytes > LIMITS.total_bytes:
        raise PackageRefused(
            "archive-too-large",
            f"Unpacked, this is more than {LIMITS.total_bytes // MIB} MiB.",
            "Send only the production files.",
        )
    if unpacked_bytes > LIMITS.ratio_from_bytes and unpacked_bytes > LIMITS.ratio * packed_bytes:
        raise PackageRefused(
            "archive-bomb",
            f"The archive grows more than {LIMITS.ratio} times when it is unpacked.",
            "Pack the original production files again.",
        )


def _refuse_overlaps(data: bytes, entries: tuple[Entry, ...], directory_at: int) -> None:
    """Entries that share bytes turn a small file into a huge one."""
    in_order = sorted(entries, key=lambda entry: entry.offset)
    limits = [*(entry.offset for entry in in_order[1:]), directory_at]
    for entry, limit in zip(in_order, limits, strict=False):
        if _content_at(data, entry) + entry.packed_bytes > limit:
            raise PackageRefused("archive-overlap", f"{entry.name} shares its bytes with another file.", SEND_AGAIN)


def _content_at(data: bytes, entry: Entry) -> int:
    """Where the packed bytes begin; the local header must tell the same name as the directory."""
    at = entry.offset
    if at + 30 > len(data) or data[at : at + 4] != LOCAL:
        raise damaged(f"{entry.name} is not where the list says")
    name_size: int
    extra_size: int
    name_size, extra_size = struct.unpack_from("<2H", data, at + 26)
    if data[at + 30 : at + 30 + name_size] != entry.raw_name:
        raise damaged(f"{entry.name} has another name inside")
    return at + 30 + name_size + extra_size


def content(data: bytes, entry: Entry) -> bytes:
    """The unpacked file; unpacking stops at the declared size. Raises PackageRefused, naming the file."""
    start = _content_at(data, entry)
    packed = data[start : start + entry.packed_bytes]
    unpacked = packed if entry.method == STORED else _inflated(packed, entry)
    if len(unpacked) != entry.bytes or zlib.crc32(unpacked) != entry.crc:
        raise damaged(f"{entry.name} does not match its check sum")
    return unpacked


def _inflated(packed: bytes, entry: Entry) -> bytes:
    stream = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        return stream.decompress(packed, entry.bytes + 1)
    except zlib.error:
        raise damaged(f"{entry.name} cannot be unpacked") from None
