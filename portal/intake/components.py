"""Gerber X3 component layers: every part as one flash, with what it is and how it is turned as attributes.

One file a side (`%TF.FileFunction,Component,L1,Top*%`). KiCad writes rotations on the bottom as in its .pos file:
the part's own turn, counter-clockwise seen from the top.
"""

import math
import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from portal.board.design import BomLine, Placement, Side
from portal.errors import PackageRefused
from portal.intake.gerber_text import MOST_BYTES, split
from portal.intake.lengths import read_number
from portal.intake.not_fitted import Fitting, in_cell

MOST_PARTS = 200_000
MM_PER_INCH = 25.4
LONGEST_TEXT = 200

FUNCTION = re.compile(rb"TF\.FileFunction,\s*Component\s*,\s*L(\d{1,3})\s*,\s*(Top|Bot)", re.IGNORECASE)
FORMAT = re.compile(r"FS[LTD]?[AI]?X\d(\d)Y\d\d")
DEFINITION = re.compile(r"ADD0*(\d{1,9})")
SELECTION = re.compile(r"(?:G54)?D0*([1-9]\d{1,8})\Z")
COORDINATES = re.compile(r"(?:G0?[1-3])?(?:X([+-]?\d{1,12}))?(?:Y([+-]?\d{1,12}))?D0?([1-3])\Z")
ESCAPED = re.compile(r"\\u([0-9A-Fa-f]{4})")
CENTRE = "componentmain"

PLOT_AGAIN = "Export the component layers again as Gerber X3, or send a centroid file."


@dataclass(slots=True)
class _Reading:
    """What holds at this place of the file: attributes of apertures and of objects, and the pen."""

    side: Side
    decimals: int = 6
    unit: float = 1.0
    function: str = ""
    is_centre: dict[int, bool] = field(default_factory=dict)
    said: dict[str, str] = field(default_factory=dict)
    aperture: int = 0
    x: float = 0.0
    y: float = 0.0


def is_components(data: bytes) -> bool:
    """Whether this is a component layer, which must never be taken for copper."""
    return bool(FUNCTION.search(data[:20_000]))


def read_components(data: bytes) -> tuple[tuple[Placement, ...], tuple[BomLine, ...]]:
    """Every part of one side, and the list of them. Raises PackageRefused for what is no component layer."""
    found = FUNCTION.search(data[:20_000])
    if not found or len(data) > MOST_BYTES:
        raise PackageRefused("components-unreadable", "This is not a component layer of Gerber X3.", PLOT_AGAIN)
    reading = _Reading(Side.TOP if found.group(2).lower() == b"top" else Side.BOTTOM)
    parts = list(_parts(data, reading))
    places = tuple(place for place, _ in parts)
    return places, listed(line for _, line in parts)


def listed(parts: Iterable[BomLine]) -> tuple[BomLine, ...]:
    """Lines of one designator each become one line for each kind of part, in the order of the first of each."""
    kinds: dict[BomLine, list[str]] = {}
    for part in parts:
        kinds.setdefault(replace(part, designators=(), row=0), []).extend(part.designators)
    return tuple(
        replace(kind, row=row, designators=tuple(dict.fromkeys(names)))
        for row, (kind, names) in enumerate(kinds.items(), start=1)
    )


def _parts(data: bytes, reading: _Reading) -> Iterator[tuple[Placement, BomLine]]:
    script = split(data)
    commands = deque(script.commands)
    count = 0
    for number, statement in enumerate(script.stream.decode("latin-1").split("*")):
        while commands and commands[0].statement <= number:
            _obey(commands.popleft().text, reading)
        if _is_centre(statement.strip(), reading):
            count += 1
            if count > MOST_PARTS:
                raise PackageRefused("components-unreadable", "This layer has more parts than any board.", PLOT_AGAIN)
            yield _placement(reading), _line(reading)


def _obey(command: str, reading: _Reading) -> None:
    if command.startswith("TO."):
        name, _, value = command[3:].partition(",")
        reading.said[name.strip().lower()] = _plain(value)
    elif command.startswith("TA.AperFunction"):
        reading.function = command.partition(",")[2].split(",")[0].strip().lower()
    elif command.startswith("TD"):
        _forget(command[2:].strip().lstrip("."), reading)
    elif command.startswith("MO"):
        reading.unit = MM_PER_INCH if command[2:4] == "IN" else 1.0
    elif found := FORMAT.match(command):
        reading.decimals = int(found.group(1))
    elif found := DEFINITION.match(command):
        reading.is_centre[int(found.group(1))] = reading.function == CENTRE


def _plain(value: str) -> str:
    """Without the quotes, and with the signs that the file writes by their number."""
    return ESCAPED.sub(lambda found: chr(int(found.group(1), 16)), value).strip().strip('"')[:LONGEST_TEXT]


def _forget(name: str, reading: _Reading) -> None:
    """TD without a name forgets everything."""
    if not name or name == "AperFunction":
        reading.function = ""
    if name:
        reading.said.pop(name.lower(), None)
    else:
        reading.said.clear()


def _is_centre(statement: str, reading: _Reading) -> bool:
    """Whether this statement flashes the centre of a named part; moves the pen either way."""
    if found := SELECTION.match(statement):
        reading.aperture = int(found.group(1))
    found = COORDINATES.match(statement)
    if not found:
        return False
    scale = reading.unit / 10**reading.decimals
    reading.x = int(found.group(1)) * scale if found.group(1) else reading.x
    reading.y = int(found.group(2)) * scale if found.group(2) else reading.y
    is_flash = found.group(3) == "3"
    return is_flash and reading.is_centre.get(reading.aperture, False) and bool(reading.said.get("c"))


def _placement(reading: _Reading) -> Placement:
    return Placement(
        designator=reading.said["c"],
        side=reading.side,
        x_mm=round(reading.x, 6),
        y_mm=round(reading.y, 6),
        rotation_deg=_angle(reading.said.get("crot", "")),
        value=reading.said.get("cval", ""),
        package=_package(reading.said),
    )


def _angle(text: str) -> float:
    """Rotation is optional in X3; a part that does not say it stands as in its library."""
    angle = read_number(text)
    return angle % 360 if angle is not None and math.isfinite(angle) else 0.0


def _package(said: Mapping[str, str]) -> str:
    return said.get("cftp") or said.get("cpgn") or ""


def _line(reading: _Reading) -> BomLine:
    said = reading.said
    return BomLine(
        row=0,
        designators=(said["c"],),
        value=said.get("cval", ""),
        package=_package(said),
        mpn=said.get("cmpn", ""),
        manufacturer=said.get("cmfr", ""),
        description=said.get("cpgd", ""),
        supplier_part=_supplier_part(said.get("csup", "")),
        not_fitted=in_cell(said.get("cval", "")) is Fitting.NOT_FITTED,
    )


def _supplier_part(text: str) -> str:
    """Pairs of supplier and its number: the first."""
    words = [word.strip() for word in text.split(",")]
    return words[1] if len(words) > 1 else ""
