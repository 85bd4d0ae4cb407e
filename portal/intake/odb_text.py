"""The text files of an ODB++ job: KEY=VALUE lines, some of them in named { } blocks, and plain records."""

import re
from collections.abc import Iterator

from portal.errors import PackageRefused
from portal.intake.compressed import is_compressed, uncompressed

MM_PER_INCH = 25.4
UNIT_WORDS = {"INCH": MM_PER_INCH, "IN": MM_PER_INCH, "MM": 1.0}
UNITS = re.compile(r"^[ \t]*(?:UNITS[ \t]*=[ \t]*|U[ \t]+)(\w+)", re.MULTILINE | re.IGNORECASE)
HEAD_CHARACTERS = 4_000
MOST_LINES = 6_000_000


def text_of(data: bytes) -> str:
    """Raises PackageRefused for a damaged .Z file, or one of more lines than any layer has."""
    plain = uncompressed(data) if is_compressed(data) else data
    if plain.count(b"\n") > MOST_LINES:
        raise PackageRefused("layer-too-large", "A file of this job has more lines than any real one.", "Send Gerber.")
    try:
        text = plain.decode("utf-8-sig")
    except UnicodeDecodeError:  # older tools write µ and Ω as their Windows has them
        text = plain.decode("cp1252", "replace")
    return text.replace("\r", "")


def mm_per_unit(text: str) -> float | None:
    """As the file says it: UNITS=MM in version 8, U MM in version 7; None where it does not say."""
    found = UNITS.search(text[:HEAD_CHARACTERS])
    return UNIT_WORDS.get(found[1].upper()) if found else None


def values(text: str) -> dict[str, str]:
    """The KEY=VALUE lines outside of blocks; keys in capitals."""
    outside = re.sub(r"\{[^}]*\}", "", text)
    return dict(_pairs(outside))


def blocks(text: str) -> Iterator[tuple[str, dict[str, str]]]:
    """(name in capitals, its values) of each NAME { … }."""
    for found in re.finditer(r"([\w-]+)[ \t]*\n?[ \t]*\{([^}]*)\}", text):
        yield found[1].upper(), dict(_pairs(found[2]))


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    for line in text.split("\n"):
        key, equals, value = line.partition("=")
        if equals:
            yield key.strip().upper(), value.strip()


def number(text: str) -> int | None:
    return int(text) if re.fullmatch(r"-?\d{1,9}", text) else None
