"""XML members of zipped office files, read as a stream.

Declared sizes are checked before a member is opened; entities never expand.
"""

import io
import lzma
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from portal.intake.markup import has_doctype
from portal.intake.table import TableRefused

MOST_UNPACKED_BYTES = 200_000_000
MOST_RATIO = 100
SMALL_MEMBER_BYTES = 1_000_000  # below this any ratio is harmless
MOST_MEMBERS = 5_000


def office_archive(data: bytes) -> zipfile.ZipFile:
    """The zip behind an xlsx or ods, after its declared sizes were looked at."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise damaged() from None
    members = archive.infolist()
    if any(member.flag_bits & 1 for member in members):
        raise encrypted()
    if len(members) > MOST_MEMBERS or sum(member.file_size for member in members) > MOST_UNPACKED_BYTES:
        raise too_large()
    return archive


def member_bytes(archive: zipfile.ZipFile, name: str) -> bytes | None:
    """One member; None when it is not there. A member that packs a bomb is refused by what it declares."""
    try:
        member = archive.getinfo(name)
    except KeyError:
        return None
    if member.file_size > SMALL_MEMBER_BYTES and member.file_size > MOST_RATIO * max(member.compress_size, 1):
        raise too_large()
    try:
        return archive.read(member)  # zipfile stops at the declared size
    except (
        zipfile.BadZipFile,
        zlib.error,
        lzma.LZMAError,
        OSError,
        EOFError,
        NotImplementedError,
        RuntimeError,
        ValueError,
    ):
        raise damaged() from None


def elements(data: bytes, *tags: str) -> Iterator[tuple[str, Any]]:
    """(local name, element) as each of `tags` ends; the caller clears what it has read."""
    from lxml import etree  # noqa: PLC0415 - slow to import, and only office files need it

    if b"<!DOCTYPE" in data[:2_000]:
        raise has_doctype()
    stream = etree.iterparse(
        io.BytesIO(data),
        events=("end",),
        tag=[f"{{*}}{tag}" for tag in tags],
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
        load_dtd=False,
    )
    try:
        for _, element in stream:
            if element.getroottree().docinfo.doctype:
                raise has_doctype()
            yield etree.QName(element).localname, element
    except etree.XMLSyntaxError:
        raise damaged() from None


def damaged() -> TableRefused:
    return TableRefused(
        "table-damaged", "The spreadsheet is damaged.", "Open it, save it again and upload the new file."
    )


def encrypted() -> TableRefused:
    return TableRefused(
        "table-encrypted", "The spreadsheet is password protected.", "Save it without a password and upload it again."
    )


def too_large() -> TableRefused:
    return TableRefused(
        "table-too-large",
        "The spreadsheet unpacks to more than a part list ever needs.",
        "Copy the part list into a new file without pictures and upload that.",
    )
