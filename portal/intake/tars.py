"""Tar archives, packed with gzip or not, as ODB++ comes: plain files only, and unpacking stops at the limits."""

import io
import tarfile
import zlib
from collections.abc import Iterator

from portal.intake.limits import MIB
from portal.intake.zips import damaged, refuse_bomb

GZIP = b"\x1f\x8b"
USTAR = b"ustar"
BLOCK, SUM = 512, slice(148, 156)


def is_tar(data: bytes) -> bool:
    """By its mark; tars of the older format have none, but the check sum of their first header."""
    return data[257:262] == USTAR or _sums_up(data[:BLOCK])


def _sums_up(header: bytes) -> bool:
    """The sum of all bytes, those of the check sum itself counted as blanks."""
    said = header[SUM].strip(b" \0")
    if len(header) < BLOCK or not said or said.strip(b"01234567"):
        return False
    return sum(header) - sum(header[SUM]) + len(header[SUM]) * ord(" ") == int(said, 8)


def gunzipped(data: bytes) -> bytes:
    """The stream inside, counted while it grows."""
    stream = zlib.decompressobj(16 + zlib.MAX_WBITS)
    pieces: list[bytes] = []
    grown, rest = 0, data
    try:
        while rest and not stream.eof:
            piece = stream.decompress(rest, 4 * MIB)
            rest = stream.unconsumed_tail
            grown += len(piece)
            refuse_bomb(grown, len(data))
            pieces.append(piece)
    except zlib.error:
        raise damaged("it cannot be unpacked") from None
    if not stream.eof:
        raise damaged("it is cut off")
    return b"".join(pieces)


def tar_members(data: bytes) -> Iterator[tuple[str, bytes | None]]:
    """(name, content); content is None for links, devices, pipes and files with holes, which are not taken."""
    try:
        with tarfile.open(fileobj=io.BytesIO(data), mode="r:") as archive:
            yield from ((member.name, _content(archive, member, len(data))) for member in archive if not member.isdir())
    except (tarfile.TarError, ValueError, OverflowError):
        raise damaged("it cannot be unpacked") from None


def _content(archive: tarfile.TarFile, member: tarfile.TarInfo, most_bytes: int) -> bytes | None:
    is_plain = member.isreg() and not member.issparse() and member.size <= most_bytes
    stream = archive.extractfile(member) if is_plain else None
    return stream.read() if stream else None
