"""Which contour is the board: the one that fits the copper, not the one that some file name promises.

Outline layers also hold drawing frames, keep-outs, neighbours on the panel, or nothing at all. Whatever is assumed
is said in a finding.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache, reduce
from typing import Any

import numpy as np
import shapely

from portal.board.arcs import Floats
from portal.board.artwork import Box
from portal.board.design import FileRole, Finding, OutlineKind, Place, Severity
from portal.board.enclosing import holds, holds_every_pad, things, usual_box
from portal.board.merged import merged_outline
from portal.board.rings import GAP_MM, Contour, centre_line_box, contours
from portal.board.shapes import Ring
from portal.board.stack import Layer, Stack, extent

SLACK_MM = 1.0  # copper and legend may reach this far over the edge without a word
FITS = 0.6  # shared area ÷ joint area of two boxes that mean the same board
FITS_IN_RAILS = 0.4
SAME = 0.999  # the same, but for rounding
MUCH_LARGER = 1.5
NEARLY_AS_LARGE = 1.15  # a keep-out lies a little inside of the board's edge
FRAME = 1.3  # times as large as the board
RAIL_MM = 3.0  # a frame leaves at least this much around the board
SHEETS_MM = (
    (297, 210),
    (420, 297),
    (594, 420),
    (841, 594),
    (1189, 841),
    (279, 216),
    (432, 279),
    (559, 432),
    (864, 559),
)

EXPORT_OUTLINE = "Export the board outline as one closed line on a layer of its own."
CONFIRM_SIZE = "Please confirm the size of the board, or send the outline layer again."


@dataclass(frozen=True, eq=False)
class Outline:
    """`rings` are the edges of the board and of its cut-outs; a box where the contour is not known."""

    kind: OutlineKind
    box: Box
    rings: tuple[Ring, ...]
    findings: tuple[Finding, ...] = ()

    @property
    def shape(self) -> Any:
        """The board with its cut-outs as one polygon."""
        return reduce(shapely.symmetric_difference, [shapely.Polygon(ring) for ring in self.rings])

    @property
    def area_mm2(self) -> float:
        return float(self.shape.area)


@dataclass(frozen=True, eq=False)
class _Candidate:
    contour: Contour
    file: str

    @property
    def box(self) -> Box:
        return self.contour.box


@lru_cache(maxsize=1)  # asked for by the measures and by the picture of each side
def outline(stack: Stack) -> Outline | None:
    """The board's edge; None where there is neither an outline nor copper."""
    return found_outline(stack)


def found_outline(stack: Stack) -> Outline | None:
    layers = stack.of(FileRole.OUTLINE)
    films = stack.of(FileRole.COPPER)
    copper = usual_box([box for film in films if (box := film.artwork.bounds_mm())])
    candidates = _candidates(layers)
    if stack.edge_box and (said := _as_said(candidates, stack.edge_box)):
        return _closed(said, [c for c in candidates if _contains(said.box, c.box, 0)], copper=None, stack=stack)
    chosen = _fitting(candidates, copper, films) if copper else _without_copper(candidates)
    if chosen and (board := _on_sheet(chosen, candidates, films)):
        return _closed(board, candidates, copper=None, stack=stack)
    if chosen:
        return _closed(chosen, candidates, copper=copper, stack=stack)
    return _several(candidates, copper) or _open(layers, copper) or _merged(stack) or _assumed(layers, copper)


def _as_said(candidates: list[_Candidate], box: Box) -> _Candidate | None:
    """The contour that its owner has chosen on the picture."""
    alike = max(candidates, key=lambda c: likeness(c.box, box), default=None)
    return alike if alike and likeness(alike.box, box) >= SAME else None


def _candidates(layers: Sequence[Layer]) -> list[_Candidate]:
    return [_Candidate(contour, layer.file) for layer in layers for contour in contours(layer.artwork)]


def size_of(box: Box) -> tuple[float, float]:
    return box[2] - box[0], box[3] - box[1]


def area_of(box: Box) -> float:
    width, height = size_of(box)
    return width * height


def _contains(outer: Box, inner: Box, slack: float = SLACK_MM) -> bool:
    return all(outer[i] <= inner[i] + slack and outer[i + 2] >= inner[i + 2] - slack for i in (0, 1))


def likeness(one: Box, other: Box) -> float:
    """Shared area ÷ joint area of two boxes, 0 to 1."""
    shared = shared_mm2(one, other)
    joint = area_of(one) + area_of(other) - shared
    return shared / joint if joint > 0 else 0.0


def shared_mm2(one: Box, other: Box) -> float:
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    return max(width, 0.0) * max(height, 0.0)


def _fitting(candidates: list[_Candidate], copper: Box, films: Sequence[Layer]) -> _Candidate | None:
    """The smallest contour around the copper (or one hardly larger); else the one most like the copper."""
    held = [things(film.artwork) for film in films]
    around = [
        c for c in candidates if _contains(c.box, copper) or _holds_all_but_rails(c, candidates, copper, held=held)
    ]
    if around:
        around.sort(key=lambda c: float(c.contour.shape.area))
        smallest = around[0].contour.shape.area
        return [c for c in around if c.contour.shape.area <= smallest * NEARLY_AS_LARGE][-1]
    alike = max(candidates, key=lambda c: likeness(c.box, copper), default=None)
    return alike if alike and likeness(alike.box, copper) >= FITS else None


def _holds_all_but_rails(
    inner: _Candidate, candidates: Sequence[_Candidate], copper: Box, *, held: Sequence[Floats]
) -> bool:
    """A frame around the board bears only fiducials and some text. A keep-out is not so far from the edge."""
    frames = [c for c in candidates if _contains(c.box, copper) and _rails(inner.box, c.box)]
    alike = likeness(inner.box, copper) >= FITS_IN_RAILS
    return bool(frames) and alike and holds(inner.contour.shape, held)


def _on_sheet(sheet: _Candidate, candidates: Sequence[_Candidate], films: Sequence[Layer]) -> _Candidate | None:
    """The largest contour far within that holds every pad: some tools plot sheet and title block on every film."""
    inner = [c for c in candidates if all(_margins(c.box, sheet.box)) and _is_frame(sheet, c)]
    held = [c for c in inner if holds_every_pad(c.contour.shape, [film.artwork for film in films])]
    return max(held, key=lambda c: area_of(c.box), default=None)


def _is_frame(outer: _Candidate, inner: _Candidate) -> bool:
    return area_of(outer.box) > FRAME * area_of(inner.box)


def _rails(inner: Box, outer: Box) -> bool:
    """Whether two opposite sides of the outer box leave room for rails."""
    return any(_margins(inner, outer))


def _margins(inner: Box, outer: Box) -> list[bool]:
    """Of X and of Y: whether the outer box leaves room for rails on both sides."""
    return [inner[i] - outer[i] >= RAIL_MM and outer[i + 2] - inner[i + 2] >= RAIL_MM for i in (0, 1)]


def _without_copper(candidates: list[_Candidate]) -> _Candidate | None:
    """The largest contour, unless that is a sheet of paper around another, or one of several boards."""
    by_size = sorted(candidates, key=lambda c: -area_of(c.box))
    for index, candidate in enumerate(by_size):
        inner = [c for c in by_size[index + 1 :] if _contains(candidate.box, c.box, 0)]
        if inner and _is_sheet(candidate.box):
            continue
        return None if _equals(candidate, by_size) else candidate
    return None


def _equals(candidate: _Candidate, others: Sequence[_Candidate]) -> list[_Candidate]:
    """Contours of about the same size that lie beside it."""
    like = [c for c in others if c is not candidate and area_of(c.box) > 0.3 * area_of(candidate.box)]
    return [c for c in like if shared_mm2(c.box, candidate.box) < 0.01 * area_of(candidate.box)]


def _is_sheet(box: Box) -> bool:
    long, short = sorted(size_of(box), reverse=True)
    return any(abs(long - a) < 0.06 * a and abs(short - b) < 0.06 * b for a, b in SHEETS_MM)


def _closed(chosen: _Candidate, candidates: list[_Candidate], *, copper: Box | None, stack: Stack) -> Outline:
    findings = [*_frame_finding(chosen, candidates, copper), *_copper_findings(chosen, copper)]
    if chosen.contour.gap_mm:
        text = f"has a gap of {chosen.contour.gap_mm:.3f} mm in the outline; up to {GAP_MM:g} mm are closed."
        place = Place(_around(chosen.contour.gap_at), chosen.file)
        findings.append(Finding(Severity.NOTE, "outline-gap", chosen.file, text, EXPORT_OUTLINE, place))
    rings = (_ring(chosen.contour.shape), *_cut_outs(chosen, candidates, stack))
    return Outline(OutlineKind.CLOSED, chosen.box, rings, tuple(findings))


def _around(point: tuple[float, float] | None) -> Box | None:
    return _rounded((*point, *point)) if point else None


def _rounded(box: Box) -> Box:
    x0, y0, x1, y1 = (round(value, 3) for value in box)
    return x0, y0, x1, y1


def _ring(shape: Any) -> Ring:
    return np.array(shape.exterior.coords)[:-1]


def _frame_finding(chosen: _Candidate, candidates: list[_Candidate], copper: Box | None) -> list[Finding]:
    frame = next((c for c in candidates if _is_frame(c, chosen)), None)
    if not frame:
        return []
    sure = copper is not None and likeness(copper, chosen.box) > 0.8
    (width, height), (frame_width, frame_height) = size_of(chosen.box), size_of(frame.box)
    text = (
        f"also holds a contour of {frame_width:.1f} × {frame_height:.1f} mm, taken for a frame; "
        f"the board is read as {width:.2f} × {height:.2f} mm."
    )
    return [Finding(Severity.NOTE if sure else Severity.ASK, "outline-frame", frame.file, text, CONFIRM_SIZE)]


def _copper_findings(chosen: _Candidate, copper: Box | None) -> list[Finding]:
    if copper is None:
        return []
    (width, height), (copper_width, copper_height) = size_of(chosen.box), size_of(copper)
    if not _contains(chosen.box, copper):
        text = f"Copper spans {copper_width:.1f} × {copper_height:.1f} mm and reaches beyond the outline."
        place = Place(_beyond(copper, chosen.box), chosen.file)
        return [Finding(Severity.ASK, "copper-outside-outline", chosen.file, text, CONFIRM_SIZE, place)]
    if width > MUCH_LARGER * copper_width and height > MUCH_LARGER * copper_height:
        text = (
            f"is {width:.1f} × {height:.1f} mm, but the copper spans only {copper_width:.1f} × {copper_height:.1f} mm."
        )
        return [Finding(Severity.ASK, "outline-larger", chosen.file, text, CONFIRM_SIZE)]
    return []


def _beyond(copper: Box, board: Box) -> Box:
    """The strip of the copper's extent that lies farthest outside of the board."""
    strips = {
        board[0] - copper[0]: (copper[0], copper[1], board[0], copper[3]),
        board[1] - copper[1]: (copper[0], copper[1], copper[2], board[1]),
        copper[2] - board[2]: (board[2], copper[1], copper[2], copper[3]),
        copper[3] - board[3]: (copper[0], board[3], copper[2], copper[3]),
    }
    return _rounded(strips[max(strips)])


def _cut_outs(chosen: _Candidate, candidates: list[_Candidate], stack: Stack) -> list[Ring]:
    """Contours inside the board that hold no pad: those are milled away."""
    pads = [layer.artwork.flashes for layer in stack.of(FileRole.COPPER)]
    inside = [c.contour.shape for c in candidates if c is not chosen and _is_within(c, chosen)]
    return [_ring(shape) for shape in inside if not any(shapely.contains_xy(shape, p.x, p.y).any() for p in pads)]


def _is_within(inner: _Candidate, outer: _Candidate) -> bool:
    smaller = inner.contour.shape.area < 0.6 * outer.contour.shape.area
    return smaller and inner.file == outer.file and bool(outer.contour.shape.contains(inner.contour.shape))


def _several(candidates: list[_Candidate], copper: Box | None) -> Outline | None:
    """Two boards side by side, or a panel without a frame: the size of all of them, and a question."""
    if not candidates:
        return None
    largest = max(candidates, key=lambda c: area_of(c.box))
    boards = [largest, *_equals(largest, candidates)]
    box = extent([c.box for c in boards])
    if len(boards) < 2 or box is None or (copper and likeness(box, copper) < FITS):
        return None
    width, height = size_of(box)
    text = f"holds {len(boards)} boards side by side; together they are {width:.2f} × {height:.2f} mm."
    remedy = "Please say whether this is a panel, or send each board alone."
    finding = Finding(Severity.ASK, "outline-several", largest.file, text, remedy)
    return Outline(OutlineKind.CLOSED, box, tuple(_ring(c.contour.shape) for c in boards), (finding,))


def _box_ring(box: Box) -> tuple[Ring, ...]:
    x0, y0, x1, y1 = box
    return (np.array([(x0, y0), (x1, y0), (x1, y1), (x0, y1)]),)


def _open(layers: tuple[Layer, ...], copper: Box | None) -> Outline | None:
    box = extent([found for layer in layers if (found := centre_line_box(layer.artwork))])
    if box is None or min(size_of(box)) <= 0 or (copper and likeness(box, copper) < FITS):
        return None
    text = f"The outline is not closed; its extent of {size_of(box)[0]:.2f} × {size_of(box)[1]:.2f} mm was taken."
    finding = Finding(Severity.ASK, "outline-open", layers[0].file, text, EXPORT_OUTLINE)
    return Outline(OutlineKind.OPEN, box, _box_ring(box), (finding,))


def _merged(stack: Stack) -> Outline | None:
    found = merged_outline(stack)
    if found is None:
        return None
    contour, files = found
    width, height = size_of(contour.box)
    text = (
        f"No file is the board outline, but the same closed line of {width:.2f} × {height:.2f} mm around all pads "
        f"is on {files[0]} and {files[1]}; it was taken."
    )
    finding = Finding(Severity.ASK, "outline-in-layers", files[0], text, EXPORT_OUTLINE)
    return Outline(OutlineKind.CLOSED, contour.box, (_ring(contour.shape),), (finding,))


def _assumed(layers: tuple[Layer, ...], copper: Box | None) -> Outline | None:
    if copper is None:
        return None
    width, height = size_of(copper)
    why = "The outline does not fit the copper" if layers else "There is no board outline"
    text = f"{why}; the extent of the copper, {width:.2f} × {height:.2f} mm, stands in for it."
    code = "outline-misfit" if layers else "outline-missing"
    finding = Finding(Severity.ASK, code, layers[0].file if layers else "", text, EXPORT_OUTLINE)
    return Outline(OutlineKind.ASSUMED, copper, _box_ring(copper), (finding,))
