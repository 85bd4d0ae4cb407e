"""The first cut through a Gerber file: comments away, the stream of operations here, the %commands% there."""

import re
from dataclasses import dataclass

MOST_BYTES = 60_000_000
MOST_COMMANDS = 500_000

_ATTRIBUTE_COMMENT = re.compile(rb"G0?4 ?#@! ?(T[FADO][^*%]*\*)")
# Each begins with a letter, and only then looks behind it: that is what makes them fast.
_COMMENT = re.compile(rb"G(?<![^*%\s]G)0?4(?![0-9])[^*]*(?:\*|\Z)")
_EXTENDED = re.compile(rb"%([^%]*)%")
_PROGRAM_END = re.compile(rb"M(?<![^*\s]M)0?[02]\s*\*")
_OPENING_COMMENTS = re.compile(rb"(?:\s*G0?4[^*]*\*)*")
_MARK = b"\xef\xbb\xbf"

_STATEMENT = re.compile(
    rb"(?:\A|[*\s])(?:G0?[1-3]|G54)?(?:[XY][+-]?\d{1,12}){1,2}(?:[IJ][+-]?\d{1,12}){0,2}D0?[123]\s*\*"
)
_COMMAND = re.compile(rb"%\s*(?:FS[LTDA]?[AI]?[NGXD]|MO(?:IN|MM)\*|AD+\d|T[FA]\.)")
_BEGINNING = re.compile(rb"[*\s]*(?:%[\s%*]*(?:[A-Z]{2}|[GDMN]\d)|[GDMN]\d|[XY][+-]?\d)")
_SNIFFED = 8_192


@dataclass(frozen=True)
class Command:
    """An extended command in force from this statement of the stream on."""

    statement: int
    text: str


@dataclass(frozen=True)
class Script:
    stream: bytes
    commands: tuple[Command, ...]
    has_end: bool


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
    text = _COMMENT.sub(b"", _ATTRIBUTE_COMMENT.sub(rb"%\1%", data.removeprefix(_MARK)))
    pieces = _EXTENDED.split(text)
    commands: list[Command] = []
    stream: list[bytes] = []
    statement = 0
    for piece, block in zip(pieces[::2], [*pieces[1::2], b""], strict=True):
        stream.append(piece)
        statement += piece.count(b"*")
        commands += [Command(statement, part) for part in _parts(block)]
    joined = b"".join(stream)
    end = _PROGRAM_END.search(joined)
    until = end.start() if end else joined.rfind(b"*") + 1  # what a cut-off file begins last cannot be trusted
    return Script(joined[:until], tuple(commands), end is not None)


def _parts(block: bytes) -> list[str]:
    """Several commands may share one pair of percent signs; a macro keeps its stars, they are its own."""
    text = block.decode("utf-8", "replace").strip()
    if text.startswith("AM"):
        return [text]
    return [part.strip() for part in text.split("*") if part.strip()]
