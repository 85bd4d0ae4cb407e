"""What each file of a package is, in the words of a Gerber job file or of X2."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from portal.board.design import FileRole, Side

LONGEST_TEXT = 200

# The job file spells two of them otherwise than X2 does.
ROLES: Mapping[str, FileRole] = {
    "copper": FileRole.COPPER,
    "soldermask": FileRole.MASK,
    "solderpaste": FileRole.PASTE,
    "paste": FileRole.PASTE,
    "legend": FileRole.LEGEND,
    "profile": FileRole.OUTLINE,
    "plated": FileRole.DRILL,
    "nonplated": FileRole.DRILL,
    "mixedplating": FileRole.DRILL,
    "assemblydrawing": FileRole.DRAWING,
    "arraydrawing": FileRole.DRAWING,
    "drillmap": FileRole.DRAWING,
    "fabricationdrawing": FileRole.DRAWING,
    "drawing": FileRole.DRAWING,
    "otherdrawing": FileRole.DRAWING,
    "vcutmap": FileRole.DRAWING,
    "component": FileRole.CENTROID,
    "pads": FileRole.DRAWING,
    "glue": FileRole.DRAWING,
    "other": FileRole.DRAWING,
}
SIDES = {"top": Side.TOP, "bot": Side.BOTTOM, "bottom": Side.BOTTOM}
PLATED = {"plated": True, "nonplated": False}
LAYER = re.compile(r"L(\d{1,3})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class JobFile:
    """What the job file says about one file. `name` has no folder; `layer` counts copper from 1 (top).

    `span` are the first and last copper layer that a drill file goes through.
    """

    name: str
    function: str
    role: FileRole
    side: Side | None = None
    layer: int | None = None
    plated: bool | None = None
    span: tuple[int, int] | None = None
    negative: bool = False


def job_file(path: str, function: str, *, polarity: str = "") -> JobFile:
    """A file function, in the words of the job file or of X2: "Copper,L1,Top", "SolderMask,Bot", "Plated,1,4,PTH"."""
    words = [word.strip() for word in function[:LONGEST_TEXT].split(",")]
    kind = words[0].lower()
    role = ROLES.get(kind, FileRole.UNKNOWN)
    layer = next((int(found.group(1)) for word in words[1:] if (found := LAYER.fullmatch(word))), None)
    return JobFile(
        name=bare_name(path),
        function=function[:LONGEST_TEXT],
        role=role,
        side=next((SIDES[word.lower()] for word in words[1:] if word.lower() in SIDES), None),
        layer=layer if role is FileRole.COPPER else None,
        plated=PLATED.get(kind),
        span=_span(words) if role is FileRole.DRILL else None,
        negative=polarity.lower() == "negative",
    )


def bare_name(path: str) -> str:
    """A path is a name in this package and nothing else; it is never opened."""
    return path.replace("\\", "/").rsplit("/", 1)[-1].casefold()


def _span(words: list[str]) -> tuple[int, int] | None:
    numbers = [int(word) for word in words[1:3] if word.isascii() and word.isdigit() and len(word) < 4]
    return (numbers[0], numbers[1]) if len(numbers) == 2 else None
