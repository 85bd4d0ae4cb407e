"""The components of an ODB++ step: where each part lies, which part it is, and how its pins are called."""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from portal.board.design import Alternate, Placement, Side
from portal.intake.gerber_operations import LARGEST_MM
from portal.intake.native_parts import Part, height_mm, in_our_words, is_left_off, said
from portal.intake.odb_features import ATTRIBUTE_NAME
from portal.intake.odb_makers import Listed, Makers
from portal.intake.odb_text import mm_per_unit, text_of

FOLDERS = {Side.TOP: "comp_+_top", Side.BOTTOM: "comp_+_bot"}
LEFT_OFF = {".no_pop", ".comp_ignore"}
NO = {"0", "no", "false", "n"}
NO_PART = re.compile(r"no_refdes|\*|\$none\$|$", re.IGNORECASE)  # mechanical symbols without a designator
PROPERTY = re.compile(r"(\S+)\s+(['\"])(.*)\2")  # numbers and an ID may follow
# Records of the part list that may follow a component -> the name that our vocabulary knows
PART_LIST = {
    "CPN": "item number",
    "DSC": "description",
}
MAKERS = {"VPL_MPN", "VPL_VND", "MPN", "VND"}


HEIGHT = ".comp_height"


@dataclass(slots=True)
class Component:
    """`turn_deg` counter-clockwise as elsewhere in the house; the file counts clockwise."""

    designator: str
    side: Side
    at: tuple[float, float]
    turn_deg: float
    package: int
    part: str
    attributes: set[str] = field(default_factory=set)
    height_mm: float | None = None
    properties: list[tuple[str, str]] = field(default_factory=list)
    makers: Makers = field(default_factory=Makers)
    pins: list[str] = field(default_factory=list)


def read_components(data: bytes, side: Side, *, mm: float) -> tuple[list[Component], int]:
    """The components in their order, as the netlist counts them, and how many could not be read: those have no name."""
    text = text_of(data)
    unit = mm_per_unit(text) or mm
    names: dict[int, str] = {}
    found: list[Component] = []
    unread = 0
    for line in text.split("\n"):
        if named := ATTRIBUTE_NAME.match(line):
            names[int(named[1])] = named[2].strip().lower()
        elif line.startswith("CMP "):
            component = _component(line, side, unit, names=names)
            unread += component is None
            found.append(component or Component("", side, (0.0, 0.0), 0.0, -1, ""))
        elif found:
            _detail(found[-1], line)
    return found, unread


def _component(line: str, side: Side, unit: float, *, names: Mapping[int, str]) -> Component | None:
    """CMP package x y rotation mirror designator part ;attributes"""
    record, _, said_of = line.partition(";")
    words = record.split()
    if len(words) < 7:
        return None
    try:
        x, y, turn, package = float(words[2]) * unit, float(words[3]) * unit, float(words[4]), int(words[1])
    except ValueError:
        return None
    if not (abs(x) <= LARGEST_MM and abs(y) <= LARGEST_MM and math.isfinite(turn)):
        return None
    values = {names.get(int(name), ""): value for name, value in _attributes(said_of)}
    attributes = {name for name, value in values.items() if value.lower() not in NO}
    part, height = said(" ".join(words[7:])), height_mm(values.get(HEIGHT), unit)
    return Component(words[6], side, (x, y), -turn % 360, package, part, attributes, height)


def _attributes(said_of: str) -> list[tuple[str, str]]:
    pairs = [pair.strip().partition("=") for pair in said_of.partition(";")[0].split(",")]
    return [(name, value) for name, _, value in pairs if name.isdecimal() and len(name) < 8]


def _detail(component: Component, line: str) -> None:
    """PRP name 'value', TOP number x y rotation mirror net subnet name, and the records of a part list."""
    kind, _, rest = line.partition(" ")
    if kind == "PRP":
        quoted = PROPERTY.match(rest)
        name, value = quoted.group(1, 3) if quoted else rest.partition(";")[0].partition(" ")[::2]
        component.properties.append((name, value))
    elif kind == "TOP":
        words = rest.partition(";")[0].split()
        component.pins.append(words[-1] if words else "")
    elif kind in MAKERS:
        component.makers.take(kind, rest.strip())
    elif kind in PART_LIST:
        component.properties.append((PART_LIST[kind], rest.strip()))


def is_part(component: Component) -> bool:
    return not NO_PART.match(component.designator)


def placement_of(component: Component, packages: Sequence[str]) -> Placement:
    x, y = component.at
    return Placement(
        component.designator,
        component.side,
        round(x, 6),
        round(y, 6),
        component.turn_deg,
        value=in_our_words(component.properties).get("value", ""),
        package=_package(component, packages),
        height_mm=component.height_mm,
    )


def part_of(component: Component, packages: Sequence[str], listed: Listed | None = None) -> Part:
    """What the job calls a part (`part`) is a library's or a house's name, no order number: it describes.

    `listed`: what the part list of the job says of it, where it has one.
    """
    texts = in_our_words(component.properties)
    described = (listed.description if listed else "") or component.part
    texts = {"package": _package(component, packages), "description": described, **texts}
    first, *others = component.makers.parts() or (listed.makers.parts() if listed else ()) or (Alternate(""),)
    texts |= {word: text for word, text in (("mpn", first.mpn), ("manufacturer", first.manufacturer)) if text}
    left_off = bool(component.attributes & LEFT_OFF) or is_left_off(texts) or bool(listed and listed.not_fitted)
    return Part(component.designator, texts, not_fitted=left_off, alternates=tuple(part for part in others if part.mpn))


def _package(component: Component, packages: Sequence[str]) -> str:
    return packages[component.package] if 0 <= component.package < len(packages) else ""
