"""What a drill file says before its first hole: unit, number format, tools and their plating.

Every CAD tool says it elsewhere: on lines, in comments, in comments about comments.
"""

import re
from dataclasses import dataclass, field

MM_PER_INCH = 25.4
MOST_LINES = 5_000
MOST_TOOLS = 2_000

_UNIT_LINE = re.compile(r"(?:(METRIC|M71)|(INCH|M72))\b(?:,(LZ|TZ))?(?:,(0+)\.(0+))?")
_TOOL_LINE = re.compile(r"T0*(\d{1,6})(?=[CFSBHZ])[^;]*?C([\d.]+)")
_COMMENTS = (
    # Altium and EasyEDA; KiCad; Siemens: whole digits, decimals
    re.compile(r"FILE_FORMAT=(?P<whole>\d):(?P<decimals>\d)"),
    re.compile(
        r"FORMAT=\{(?P<whole>\d):(?P<decimals>\d)\s*/.*?(?P<zeros>suppress (?:leading|trailing) zeros)?\s*\}",
        re.IGNORECASE,
    ),
    re.compile(r"Format\s*:\s*(?P<whole>\d)\.(?P<decimals>\d)\s*/"),
)
# Allegro's, with the tool's own number or only its place in the list
_HOLESIZE = re.compile(
    r"(?:T0*(?P<tool>\d+)\s+)?Holesize\s+(?P<place>\d+)\.?\s*=\s*(?P<size>[\d.]+)"
    r"(?:.*?\b(?P<plating>NON_PLATED|PLATED)\b)?(?:.*?\b(?P<unit>MILS?|INCH(?:ES)?|MM|MILLIMETERS?|MICRONS?)\b)?",
    re.IGNORECASE,
)
_HOLESIZE_MM = {"MI": 0.0254, "IN": MM_PER_INCH, "MM": 1.0, "MIL": 0.0254, "MILLIMETER": 1.0, "MICRON": 0.001}
_TYPE = re.compile(r"TYPE=(NON_)?PLATED")
_FUNCTION = re.compile(r"TF\.FileFunction,(NonPlated|Plated)\b")
_TOOL_FUNCTION = re.compile(r"TA\.AperFunction,(NonPlated|Plated)\b")
_CONTENTS = re.compile(r"Contents\s*:.*?\b(Non-?\s?Plated|Plated)", re.IGNORECASE)
_COORDINATE = re.compile(r"(?:G\d+)?[XY][+-]?[\d.]")


@dataclass
class Header:
    """None where the file does not say. Sizes are in the file's unit, those of comments in mm."""

    mm_per_unit: float | None = None
    whole: int | None = None
    decimals: int | None = None
    trailing_omitted: bool | None = None
    plated: bool | None = None
    sizes: dict[int, float] = field(default_factory=dict)
    sizes_mm: dict[int, float] = field(default_factory=dict)
    plating: dict[int, bool] = field(default_factory=dict)
    section_plated: bool | None = None
    next_plated: bool | None = None

    def diameter_mm(self, tool: int, mm_per_unit: float) -> float:
        """NaN for a tool that nobody gave a size."""
        if tool in self.sizes:
            return self.sizes[tool] * mm_per_unit
        return self.sizes_mm.get(tool, float("nan"))


def read_header(text: str) -> Header:
    """From the first lines up to the first coordinate, and the tools that are defined later."""
    header = Header()
    for line in text.splitlines()[:MOST_LINES]:
        stripped = line.strip()
        if stripped.startswith((";", "(")):
            _comment(header, stripped)
        elif _COORDINATE.match(stripped):
            break
        else:
            _statement(header, stripped)
    return header


def read_tools(header: Header, text: str) -> None:
    """Files without a header define each tool where it is first used."""
    for found in re.finditer(r"^T0*(\d{1,6})[^;XY\n]*?C([\d.]+)", text, re.MULTILINE):
        if len(header.sizes) < MOST_TOOLS:
            header.sizes.setdefault(int(found[1]), _size(found[2]))


def _statement(header: Header, line: str) -> None:
    if unit := _UNIT_LINE.match(line):
        metric, _inch, zeros, whole, decimals = unit.groups()
        header.mm_per_unit = 1.0 if metric else MM_PER_INCH
        header.trailing_omitted = header.trailing_omitted if zeros is None else zeros == "LZ"
        if whole:
            header.whole, header.decimals = len(whole), len(decimals)
    elif (tool := _TOOL_LINE.match(line)) and len(header.sizes) < MOST_TOOLS:
        number = int(tool[1])
        header.sizes[number] = _size(tool[2])
        plated = header.section_plated if header.next_plated is None else header.next_plated
        if plated is not None:
            header.plating[number] = plated
        header.next_plated = None


def _comment(header: Header, line: str) -> None:
    for pattern in _COMMENTS:
        if found := pattern.search(line):
            _format_said(header, found.groupdict())
    if found := _HOLESIZE.search(line):
        _hole_size(header, found)
    elif found := _TYPE.search(line):
        header.section_plated = found[1] is None
    elif found := _FUNCTION.search(line):
        header.plated = found[1] == "Plated"
    elif found := _TOOL_FUNCTION.search(line):
        header.next_plated = found[1] == "Plated"
    elif found := _CONTENTS.search(line):
        header.plated = not found[1].lower().startswith("non")


def _format_said(header: Header, said: dict[str, str | None]) -> None:
    header.whole, header.decimals = int(said["whole"] or 0), int(said["decimals"] or 0)
    if zeros := said.get("zeros"):
        header.trailing_omitted = "trailing" in zeros.lower()


def _hole_size(header: Header, found: re.Match[str]) -> None:
    tool = int(found["tool"] or found["place"])
    unit = (found["unit"] or "").upper().removesuffix("S")
    scale = _HOLESIZE_MM.get(unit) or _HOLESIZE_MM.get(unit[:2])
    if scale and len(header.sizes_mm) < MOST_TOOLS:
        header.sizes_mm[tool] = _size(found["size"]) * scale
    if found["plating"]:
        header.plating[tool] = not found["plating"].upper().startswith("NON")


def _size(text: str) -> float:
    """A size that is no number, or none that a drill has, is unknown."""
    try:
        size = float(text)
    except ValueError:
        return float("nan")
    return size if 0 < size < 1000 else float("nan")
