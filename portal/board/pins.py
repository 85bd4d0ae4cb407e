"""Where findings lie on the pictures: numbered pins, in the coordinates of the drawing of each side (picture.py)."""

from collections.abc import Mapping
from dataclasses import dataclass

from portal.board.design import Design, Finding, Side

MARGIN_MM = 1.0  # around the board, as the drawings have it
SMALLEST_SHARE = 0.03  # of the longer edge: a mark must be seen, however small its place is


@dataclass(frozen=True, slots=True)
class Pin:
    """A box in the drawing's own units, millimetres with Y pointing down, and the number of its finding."""

    number: int
    severity: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Marked:
    """The view that all marks of a side share, and how large their signs and the numbers in them are."""

    view_box: str
    radius: float
    text: float
    pins: tuple[Pin, ...]


def numbered(design: Design) -> dict[Finding, int]:
    """The findings that can be shown on a picture, counted in the order in which they are listed."""
    located = [finding for finding in design.findings if finding.place and finding.place.box_mm]
    return {finding: number for number, finding in enumerate(located, start=1)}


def marked(design: Design) -> dict[Side, Marked]:
    """The marks of each side; none where the frame of the board is not known."""
    box = design.board.box_mm
    if box is None:
        return {}
    sides = {name: side for side in Side for name in _names(design, side)}
    found: dict[Side, list[Pin]] = {side: [] for side in Side}
    for finding, number in numbered(design).items():
        side = _side(finding, design, sides)
        found[side].append(_pin(finding, number, box, side=side))
    return {side: _marked(box, pins) for side, pins in found.items()}


def marked_films(design: Design) -> dict[str, Marked]:
    """By file: the marks of what lies on this very layer, which is seen from the top."""
    box = design.board.box_mm
    if box is None:
        return {}
    found: dict[str, list[Pin]] = {}
    for finding, number in numbered(design).items():
        if finding.place and finding.place.layer:
            found.setdefault(finding.place.layer, []).append(_pin(finding, number, box, side=Side.TOP))
    return {file: _marked(box, pins) for file, pins in found.items()}


def _marked(box: tuple[float, float, float, float], pins: list[Pin]) -> Marked:
    x0, y0, x1, y1 = box
    longer = max(x1 - x0, y1 - y0, 1.0)
    view = (x0 - MARGIN_MM, y0 - MARGIN_MM, x1 - x0 + 2 * MARGIN_MM, y1 - y0 + 2 * MARGIN_MM)
    text = " ".join(f"{value:.4f}" for value in view)
    radius, size = (round(longer * SMALLEST_SHARE * share, 3) for share in (0.9, 1.2))
    return Marked(text, radius, size, tuple(pins))


def _names(design: Design, side: Side) -> list[str]:
    """The files of this side; copper that only has a number lies where the number says."""
    last = max((file.layer or 0 for file in design.files), default=0)
    outer = 1 if side is Side.TOP else max(last, 2)
    return [file.name for file in design.files if file.side is side or (file.side is None and file.layer == outer)]


def _side(finding: Finding, design: Design, sides: Mapping[str, Side]) -> Side:
    """By the file, else by the parts; what lies within the board is shown on its top."""
    place = finding.place
    if place and place.layer in sides:
        return sides[place.layer]
    named = set(place.designators) if place else set()
    below = {part.designator for part in design.placements if part.side is Side.BOTTOM}
    return Side.BOTTOM if named and named <= below else Side.TOP


def _pin(finding: Finding, number: int, box: tuple[float, float, float, float], *, side: Side) -> Pin:
    """Y points up in a board and down in a drawing; the bottom is mirrored besides."""
    x0, y0, x1, y1 = finding.place.box_mm if finding.place and finding.place.box_mm else box
    least = max(box[2] - box[0], box[3] - box[1], 1.0) * SMALLEST_SHARE
    width, height = max(x1 - x0, least), max(y1 - y0, least)
    x, y = (x0 + x1) / 2, box[1] + box[3] - (y0 + y1) / 2
    x, y = min(max(x, box[0]), box[2]), min(max(y, box[1]), box[3])  # beside the board nobody would see it
    if side is Side.BOTTOM:
        x = box[0] + box[2] - x
    sizes = (round(value, 3) for value in (x - width / 2, y - height / 2, width, height))
    return Pin(number, finding.severity.value, *sizes)
