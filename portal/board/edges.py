"""The edges that a board may have, as they are offered for choice, on a picture and in a list."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from portal.board.design import Finding, Severity

# Findings that ask which contour the board is: the look at the others is taken before anybody asks for it.
UNSURE_OF_EDGE = frozenset(
    {
        "copper-outside-outline",
        "outline-frame",
        "outline-larger",
        "outline-misfit",
        "outline-open",
        "outline-several",
    }
)
MARGIN, LABEL = 0.05, 0.03  # of the longer side, around all of them

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class EdgeChoice:
    """What one contour (or one file without a closed one) would make of the board, for the customer to choose from.

    `contour` are the corners in millimetres; without it only the box is known, or nothing of where it lies.
    """

    file: str
    width_mm: float
    height_mm: float
    is_closed: bool
    is_taken: bool
    box_mm: Box | None = None
    contour: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True, slots=True)
class DrawnEdge:
    """`number` is its place in the list, from 0, `label` the same for people. `path` and label have Y pointing down."""

    number: int
    label: str
    path: str
    x: float
    y: float
    is_taken: bool


@dataclass(frozen=True, slots=True)
class DrawnEdges:
    """The largest first: one can reach the smaller ones that lie on it. `radius` and `text` are of the labels."""

    view_box: str
    picture: Box | None  # x, y, width and height of the picture of the board as it is read now
    radius: float
    text: float
    edges: tuple[DrawnEdge, ...]


def asks_for_edge(findings: Iterable[Finding]) -> bool:
    return any(finding.code in UNSURE_OF_EDGE and finding.severity is not Severity.NOTE for finding in findings)


def drawn_edges(choices: Sequence[EdgeChoice], board: Box | None, *, margin_mm: float) -> DrawnEdges | None:
    """None where it is not known where they lie. `board` is the box of the picture, around it its margin."""
    placed = [(at, choice, choice.box_mm) for at, choice in enumerate(choices) if choice.box_mm]
    if not placed:
        return None
    boxes = [box for _, _, box in placed] + ([board] if board else [])
    x0, y0, x1, y1 = (f(box[side] for box in boxes) for side, f in enumerate((min, min, max, max)))
    longer = max(x1 - x0, y1 - y0, 1.0)
    around = MARGIN * longer + margin_mm
    view = (x0 - around, -y1 - around, x1 - x0 + 2 * around, y1 - y0 + 2 * around)
    placed.sort(key=lambda one: -(one[2][2] - one[2][0]) * (one[2][3] - one[2][1]))
    edges = tuple(
        DrawnEdge(at, str(at + 1), _path(choice, box), box[0], -box[3], choice.is_taken) for at, choice, box in placed
    )
    view_box = " ".join(f"{value:.3f}" for value in view)
    radius, text = round(LABEL * longer * 0.9, 3), round(LABEL * longer, 3)
    return DrawnEdges(view_box, _around(board, margin_mm) if board else None, radius, text, edges)


def _around(board: Box, margin_mm: float) -> Box:
    x0, y0, x1, y1 = board
    width, height = x1 - x0 + 2 * margin_mm, y1 - y0 + 2 * margin_mm
    return round(x0 - margin_mm, 3), round(-y1 - margin_mm, 3), round(width, 3), round(height, 3)


def _path(choice: EdgeChoice, box: Box) -> str:
    x0, y0, x1, y1 = box
    corners = choice.contour or ((x0, y0), (x1, y0), (x1, y1), (x0, y1))
    return "M" + "L".join(f"{x:.3f} {-y:.3f}" for x, y in corners) + "z"
