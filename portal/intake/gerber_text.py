"""The first cut through a Gerber file: comments away, the stream of operations here, the %commands% there."""

import re
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

MOST_BYTES = 60_000_000
MOST_COMMANDS = 500_000
MANY_BYTES = 2_000

# A whole comment, and the X2 attribute that it may be
_COMMENT = re.compile(rb"(?<![^*%\s])G0?4(?![0-9])(?: ?#@! (T[FADO][^*%]*\*)|[^*]*(?:\*|\Z))")
_PROGRAM_END = re.compile(rb"(?<![^*\s])M0?[02]\s*\*")
_OPENING_COMMENTS = re.compile(rb"(?:\s*G0?4[^*]*\*)*")
_MARK = b"\xef\xbb\xbf"

_STATEMENT = re.compile(
    rb"(?:\A|[*\s])(?:G0?[1-3]|G54)?(?:[XY][+-]?\d{1,12}){1,2}(?:[IJ][+-]?\d{1,12}){0,2}D0?[123]\s*\*"
)
_COMMAND = re.compile(rb"%\s*(?:FS[LTDA]?[AI]?[NGXD]|MO(?:IN|MM)\*|AD+\d|T[FA]\.)")
_BEGINNING = re.compile(rb"[*\s]*(?:%[\s%*]*(?:[A-Z]{2}|[GDMN]\d)|[GDMN]\d|[XY][+-]?\d)")
_SNIFFED = 8_192


class Command(NamedTuple):
    """An extended command in force from this statement of the stream on."""

    statement: int
    text: str


@dataclass(frozen=True)
class Script:
    stream: bytes
    commands: tuple[Command, ...]
    has_end: bool
    statements: int


def is_gerber(data: bytes) -> bool:
    """Whether this is Gerber, of whatever age and whatever its name. Looks at the beginning only."""
    text = data.removeprefix(_MARK)
    after = _OPENING_COMMENTS.match(text)
    start = after.end() if after else 0
    head = text[start : start + _SNIFFED].lstrip()
    if not _BEGINNING.match(head):
        return False  # prose may quote Gerber, but does not begin with it
    return bool(_COMMAND.search(head) or _STATEMENT.search(head)) and head.count(b"*") >= 2


def split(data: bytes) -> Script:
    """X2 attributes that hide in comments (`G04 #@! TF…`) become commands before the comments go."""
    pieces = _uncommented(data.removeprefix(_MARK)).split(b"%")
    if len(pieces) % 2 == 0:  # the last % opens nothing
        pieces[-2:] = [b"%".join(pieces[-2:])]
    commands: list[Command] = []
    statement = 0
    for between, block in zip(pieces[::2], _texts(pieces[1::2]), strict=False):
        statement += between.count(b"*") if len(between) < MANY_BYTES else _ends(between)
        text = block.strip()
        if text.find("*") == len(text) - 1 > 0 and not text.startswith("AM"):  # as nearly all are
            commands.append(Command(statement, text[:-1].rstrip()))
        else:
            commands += [Command(statement, part) for part in _parts(text)]
    statement += _ends(pieces[-1])
    joined = b"".join(pieces[::2])
    end = _end(joined)
    until = joined.rfind(b"*") + 1 if end is None else end  # what a cut-off file begins last cannot be trusted
    return Script(joined[:until], tuple(commands), has_end=end is not None, statements=statement)


def _texts(blocks: list[bytes]) -> list[str]:
    """All at once: one by one it takes as long as to carry them out."""
    return b"%".join(blocks).decode("utf-8", "replace").split("%") if blocks else []


def _end(stream: bytes) -> int | None:
    """Where M02 stands, or the older M00. Looking for the letter first is fast: few codes have it."""
    at = stream.find(b"M")
    while at >= 0 and not _PROGRAM_END.match(stream, at):
        at = stream.find(b"M", at + 1)
    return at if at >= 0 else None


def _uncommented(data: bytes) -> bytes:
    kept: list[bytes] = []
    done = 0
    for at in _comment_codes(data):
        comment = _COMMENT.match(data, at) if at >= done else None
        if comment:
            kept.append(data[done:at])
            if comment[1]:
                kept += (b"%", comment[1], b"%")
            done = comment.end()
    return b"".join((*kept, data[done:])) if done else data


def _comment_codes(data: bytes) -> list[int]:
    """Where G04 or G4 stands: with arrays, for a pattern would need as long for it as all the rest takes."""
    text = np.frombuffer(data + b"  ", dtype=np.uint8)
    at = np.flatnonzero(text == ord("G"))
    following = text[at + 1]
    is_comment = (following == ord("4")) | ((following == ord("0")) & (text[at + 2] == ord("4")))
    found: list[int] = at[is_comment].tolist()
    return found


def _parts(text: str) -> list[str]:
    """Several commands may share one pair of percent signs; a macro keeps its stars, they are its own."""
    if text.startswith("AM"):
        return [text]
    return [part.strip() for part in text.split("*") if part.strip()]


def _ends(between: bytes) -> int:
    """How many statements end here: where there are many, an array counts ten times as fast."""
    return int(np.count_nonzero(np.frombuffer(between, dtype=np.uint8) == ord("*")))
