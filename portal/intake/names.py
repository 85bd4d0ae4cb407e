"""Names of members: bytes of unknown encoding -> text that can be shown, and that never leads out of the package."""

import re
import struct
import unicodedata
from collections.abc import Iterator
from pathlib import PurePosixPath

from portal.intake.limits import LIMITS

UNICODE_PATH = 0x7075  # Info-ZIP's extra field with the name in UTF-8
TWO_HIGH = re.compile(rb"[\x80-\xff]{2}")  # a lone high byte is an umlaut of a Western PC
DRIVE = re.compile(r"[A-Za-z]:")


def extra_fields(extra: bytes) -> Iterator[tuple[int, bytes]]:
    """(id, content) of a zip entry's extra fields; stops at the first that is cut off."""
    at = 0
    while at + 4 <= len(extra):
        kind, size = struct.unpack_from("<HH", extra, at)
        yield kind, extra[at + 4 : at + 4 + size]
        at += 4 + size


def decoded_name(raw: bytes, *, is_utf8: bool, extra: bytes = b"") -> str:
    """Zips of Chinese and Japanese Windows carry GBK and Shift-JIS names without saying so."""
    for kind, content in extra_fields(extra):
        if kind == UNICODE_PATH and len(content) > 5:
            return content[5:].decode("utf-8", "replace")
    if is_utf8:
        return raw.decode("utf-8", "replace")
    for encoding in ("ascii", "utf-8"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return (_east_asian(raw) if TWO_HIGH.search(raw) else None) or raw.decode("cp437")


def _east_asian(raw: bytes) -> str | None:
    """Kana without half-width ones is Japanese; what GB 2312 knows is Chinese; the rest is the old PC's own set."""
    japanese = _decoded(raw, "cp932")
    if japanese and any("぀" <= sign <= "ヿ" for sign in japanese) and not any("｡" <= s <= "ﾟ" for s in japanese):
        return japanese
    return _decoded(raw, "gb2312") or japanese or _decoded(raw, "gbk")


def _decoded(raw: bytes, encoding: str) -> str | None:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        return None


def leads_out(name: str) -> bool:
    """An absolute name, a drive letter, or a step up."""
    slashed = name.replace("\\", "/")
    return slashed.startswith("/") or bool(DRIVE.match(slashed)) or ".." in slashed.split("/")


def shown_name(name: str) -> str:
    """Slashes one way, no signs that are invisible or turn the line around, and not too long."""
    slashed = name.replace("\\", "/")
    visible = "".join("_" if unicodedata.category(sign)[0] == "C" else sign for sign in slashed)
    parts = [part for part in visible.split("/") if part not in {"", "."}]
    return _shortened("/".join(parts)) or "unnamed"


def _shortened(name: str) -> str:
    raw = name.encode()
    if len(raw) <= LIMITS.name_bytes:
        return name
    suffix = PurePosixPath(name).suffix[:16]
    kept = raw[: LIMITS.name_bytes - len(suffix.encode()) - len("…".encode())]
    return kept.decode("utf-8", "ignore") + "…" + suffix
