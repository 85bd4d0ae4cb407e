"""Bytes to text: byte order mark, strict UTF-8, then the legacy code pages, chosen by what a table says.

Statistical guessers fail on tables (ASCII with a few symbols), so headings of the shop's vocabulary decide first,
then how the high bytes lie: alone between Latin letters (cp1252) or in runs (CJK, Cyrillic).
"""

import codecs
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

from portal.intake.headings import is_known

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark begins with the same two bytes
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

SAMPLE_BYTES = 20_000
HEADING_LINES = 40

UTF8_THAT_GB18030_WOULD_ALSO_TAKE = 3  # a run of that many lines is no accident


@dataclass(frozen=True, slots=True)
class Decoded:
    """`note` says in words what is doubtful about the text; empty when nothing is."""

    text: str
    encoding: str
    note: str = ""


def decoded(data: bytes) -> Decoded:
    """Never fails: what cannot be read becomes U+FFFD, and the note says so."""
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return _exact(data[len(mark) :], encoding)
    if wide := _utf16_without_mark(data):
        return _exact(data, wide)
    if b"\0" in data:
        rest = decoded(data.replace(b"\0", b""))
        return Decoded(rest.text, rest.encoding, "contains NUL bytes, which were left out")
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return _legacy(data)


def _exact(data: bytes, encoding: str) -> Decoded:
    return _said(data.decode(encoding, errors="replace").replace("\0", ""), encoding)


def _utf16_without_mark(data: bytes) -> str | None:
    """Latin letters, digits and separators leave every second byte zero."""
    sample = data[:SAMPLE_BYTES]
    pairs = len(sample) // 2
    if pairs < 4:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > pairs * 0.25 and even < pairs * 0.05:
        return "utf-16-le"
    if even > pairs * 0.25 and odd < pairs * 0.05:
        return "utf-16-be"
    return None


def _between(low: int, high: int) -> Callable[[str], bool]:
    return lambda character: low <= ord(character) <= high


def _level_one(encoding: str, first: int, last: int) -> Callable[[str], bool]:
    """The everyday characters of a double-byte set stand together, by their lead byte."""

    def is_common(character: str) -> bool:
        raw = character.encode(encoding, errors="ignore")
        return len(raw) == 2 and first <= raw[0] <= last

    return is_common


# Code page, and which of its characters an everyday text is made of.
LEGACY: tuple[tuple[str, Callable[[str], bool]], ...] = (
    ("gb18030", _level_one("gb18030", 0xB0, 0xD7)),
    ("cp932", _between(0x3041, 0x30FF)),
    ("euc_jp", _between(0x3041, 0x30FF)),
    ("cp949", _level_one("euc_kr", 0xB0, 0xC8)),
    ("big5", _level_one("big5", 0xA4, 0xC6)),
    ("cp1251", _between(0x0430, 0x044F)),
)
WESTERN = ("cp1252", "cp1250")  # of equals the first: German is the same in both


def _legacy(data: bytes) -> Decoded:
    readable = tuple(_readable(data))
    texts = (*((text, encoding) for text, encoding, _ in readable), *map(partial(_of_west, data), WESTERN))
    text, encoding = max(texts, key=lambda found: _known_headings(found[0]))
    if _known_headings(text):
        return _said(text, encoding)
    if mixed := _mixed(data):
        return mixed
    if _stands_alone(data) or not readable:
        return _western(data)
    text, encoding, commonness = max(readable, key=lambda found: found[2])
    if commonness < 0.5:
        return _western(data)
    return Decoded(text, encoding, f"does not say its character set; it was read as {encoding}")


def _readable(data: bytes) -> Iterable[tuple[str, str, float]]:
    for encoding, is_common in LEGACY:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        foreign = [character for character in text[:SAMPLE_BYTES] if character > "\x7f"]
        yield text, encoding, sum(map(is_common, foreign)) / max(len(foreign), 1)


def _known_headings(text: str) -> int:
    """Cells of the first lines that are headings with a character outside ASCII."""
    cells = (cell for line in text[:SAMPLE_BYTES].splitlines()[:HEADING_LINES] for cell in _cells(line))
    return sum(1 for cell in cells if not cell.isascii() and is_known(cell))


def _cells(line: str) -> list[str]:
    return line.replace(";", ",").replace("\t", ",").replace("|", ",").split(",")


def _stands_alone(data: bytes) -> bool:
    """Most high bytes have no high neighbour: µ, °, ±, ü between Latin letters and digits."""
    sample = b" " + data[:SAMPLE_BYTES] + b" "
    high = [at for at in range(1, len(sample) - 1) if sample[at] > 0x7F]
    alone = sum(1 for at in high if sample[at - 1] < 0x80 and sample[at + 1] < 0x80)
    return alone * 2 > len(high)


def _western(data: bytes) -> Decoded:
    return _said(*_of_west(data, "cp1252"))


def _of_west(data: bytes, encoding: str) -> tuple[str, str]:
    return data.decode(encoding, errors="replace"), encoding


def _said(text: str, encoding: str) -> Decoded:
    return Decoded(text, encoding, "has damaged characters" if "\ufffd" in text else "")


def _mixed(data: bytes) -> Decoded | None:
    """Lines pasted together from two systems: some UTF-8, some cp1252."""
    lines, wide = [], 0
    for raw in data.splitlines(keepends=True):
        try:
            lines.append(raw.decode("utf-8"))
            wide += not raw.isascii()
        except UnicodeDecodeError:
            lines.append(raw.decode("cp1252", errors="replace"))
    if wide < UTF8_THAT_GB18030_WOULD_ALSO_TAKE:
        return None
    return Decoded("".join(lines), "utf-8 and cp1252", "has lines in two character sets; each was read by itself")
