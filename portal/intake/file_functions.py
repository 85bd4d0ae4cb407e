"""What a file of fabrication data is, in the words of X2 and of the Gerber job file: Copper,L3,Inr · Plated,1,4,PTH."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from portal.board.design import FileRole, Side

LONGEST_TEXT = 200
# The job file spells masks and paste otherwise than X2 does. Every other function is a drawing; there are many.
ROLES: Mapping[str, FileRole] = {
    "copper": FileRole.COPPER,
    "soldermask": FileRole.MASK,
    "solderpaste": FileRole.PASTE,
    "paste": FileRole.PASTE,
    "legend": FileRole.LEGEND,
    "profile": FileRole.OUTLINE,
    "plated": FileRole.DRILL,
    "nonplated": FileRole.DRILL,
    "unplated": FileRole.DRILL,  # DesignSpark's own word
    "mixedplating": FileRole.DRILL,
}
SIDES = {"top": Side.TOP, "bot": Side.BOTTOM, "bottom": Side.BOTTOM}
PLATED = {"plated": True, "nonplated": False, "unplated": False}
LAYER = re.compile(r"L(\d{1,3})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FileFunction:
    """`said` as the file has it. `layer` counts copper from 1 (top), as far as the tool counts it so.

    `span` are the first and last copper layer that a drill file goes through.
    """

    said: str
    role: FileRole
    side: Side | None = None
    layer: int | None = None
    plated: bool | None = None
    span: tuple[int, int] | None = None


def file_function(text: str) -> FileFunction:
    said = text.strip()[:LONGEST_TEXT]
    kind, *words = (word.strip().lower() for word in said.split(","))
    role = ROLES.get(kind, FileRole.DRAWING)
    is_drill = role is FileRole.DRILL
    return FileFunction(
        said=said,
        role=role,
        side=None if is_drill else next((SIDES[word] for word in words if word in SIDES), None),
        layer=_layer(words) if role is FileRole.COPPER else None,
        plated=PLATED.get(kind),
        span=_span(words) if is_drill else None,
    )


def _layer(words: list[str]) -> int | None:
    return next((int(found.group(1)) for word in words if (found := LAYER.fullmatch(word))), None)


def _span(words: list[str]) -> tuple[int, int] | None:
    numbers = [int(word) for word in words[:2] if word.isascii() and word.isdigit() and len(word) < 4]
    return (numbers[0], numbers[1]) if len(numbers) == 2 else None
