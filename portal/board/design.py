"""The words of the house as values: what intake reads, and what every other room asks.

Lengths are millimetres, angles degrees counter-clockwise, Y up. What is not known is None, never a guess.
"""

from dataclasses import dataclass, field
from enum import StrEnum


class Side(StrEnum):
    TOP = "top"
    BOTTOM = "bottom"


class Severity(StrEnum):
    """STOP: nothing can be built from this. ASK: somebody must decide. NOTE: good to know."""

    STOP = "stop"
    ASK = "ask"
    NOTE = "note"


class OutlineKind(StrEnum):
    """ASSUMED: no outline was found, the copper's extent stands in for it."""

    CLOSED = "closed"
    OPEN = "open"
    ASSUMED = "assumed"


class FileRole(StrEnum):
    COPPER = "copper"
    MASK = "mask"
    PASTE = "paste"
    LEGEND = "legend"
    OUTLINE = "outline"
    DRILL = "drill"
    BOM = "bom"
    CENTROID = "centroid"
    NETLIST = "netlist"
    JOB = "job"  # Gerber job file (.gbrjob)
    BOARD = "board"  # a whole board in one file: .kicad_pcb, IPC-2581, ODB++
    DRAWING = "drawing"  # fab and assembly drawings, drill maps, courtyards: never copper
    DOCUMENT = "document"  # for people: read-me, PDF, picture
    LITTER = "litter"  # __MACOSX, .DS_Store, lock files
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Place:
    """Where on the picture a finding lies: a box (x0, y0, x1, y1; a point has no width), on a layer, at designators."""

    box_mm: tuple[float, float, float, float] | None = None
    layer: str = ""
    designators: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """Something about the customer's files: where, what, and what to do. `code` is stable, kebab-case."""

    severity: Severity
    code: str
    where: str
    message: str
    remedy: str
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file of the package. `layer` counts copper from 1 (top); `evidence` says why it has this role."""

    name: str
    role: FileRole
    bytes: int
    sha256: str
    side: Side | None = None
    layer: int | None = None
    tool: str | None = None
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """What is drilled from one copper layer to another, as the files say: 1 to 2 of 4 is blind, 2 to 3 is buried."""

    first: int
    last: int
    hits: int


@dataclass(frozen=True, slots=True)
class Drills:
    """`hits` counts what is drilled, a slot drilled in a row (G85) as one; `routed` are the slots that are milled.

    `plated` are those of the hits, None when the files do not say; `slots` are both kinds.
    """

    hits: int
    plated: int | None
    slots: int
    sizes: int
    smallest_mm: float | None
    routed: int = 0
    spans: tuple[Span, ...] = ()  # of the files that say between which layers


@dataclass(frozen=True, slots=True)
class PasteApertures:
    """Openings in the paste layer of each side; None where there is no such layer."""

    top: int | None = None
    bottom: int | None = None


@dataclass(frozen=True, slots=True)
class CopperArea:
    """Of one copper layer, within the board's edge where that is known; `share` is of the board's area."""

    file: str
    layer: int | None
    area_mm2: float
    share: float | None = None


@dataclass(frozen=True, slots=True)
class Narrowest:
    """The smallest of one kind, `what` it is ("track to pad", "annular ring"), and where."""

    what: str
    mm: float
    file: str = ""
    box_mm: tuple[float, float, float, float] | None = None


@dataclass(frozen=True, slots=True)
class Panel:
    """Several boards on one piece, as the artwork shows them; the size of one is None where nothing divides them."""

    columns: int
    rows: int
    boards: int  # not every place need be taken
    pitch_x_mm: float | None = None
    pitch_y_mm: float | None = None
    board_width_mm: float | None = None
    board_height_mm: float | None = None
    has_rails: bool = False
    v_scores: int = 0
    mouse_bites: int = 0
    tooling_holes: int = 0
    fiducials: int = 0  # on the rails


@dataclass(frozen=True, slots=True)
class Enough:
    """With `value` at `places` places, class `name` could build it."""

    name: str
    value: float
    places: int


@dataclass(frozen=True, slots=True)
class Demand:
    """What makes the bare board dearer: at `places` places a feature needs `needs`, and so the class of fab `takes`
    (None: beyond all). With `enough` there, class `cheaper` could build it; `further` has the classes below that one,
    the dearest first.
    """

    feature: str
    places: int
    needs: float
    enough: float
    unit: str
    takes: str | None
    cheaper: str
    further: tuple[Enough, ...] = ()

    def enough_for(self, name: str) -> Enough | None:
        """None where that class can build it as it is."""
        every = (Enough(self.cheaper, self.enough, self.places), *self.further)
        return next((one for one in every if one.name == name), None)


@dataclass(frozen=True, slots=True)
class Board:
    width_mm: float | None = None
    height_mm: float | None = None
    copper_layers: int | None = None
    outline: OutlineKind | None = None
    drills: Drills | None = None
    min_track_mm: float | None = None
    min_clearance_mm: float | None = None
    min_annular_ring_mm: float | None = None
    paste: PasteApertures = field(default_factory=PasteApertures)
    box_mm: tuple[float, float, float, float] | None = None  # in the files' own frame, as every place is
    min_mask_web_mm: float | None = None
    copper_areas: tuple[CopperArea, ...] = ()
    capability: str | None = None  # the cheapest fab class that can build it
    panel: Panel | None = None
    demands: tuple[Demand, ...] = ()  # each feature for which the first class is not enough
    tented_top: int | None = None  # vias that the mask covers on this side; None where that is not known
    tented_bottom: int | None = None
    outline_mm2: float | None = None  # within the edge and without the cut-outs; None where the edge is not certain
    cut_outs: int | None = None
    gaps: tuple[Narrowest, ...] = ()  # between two nets, to the edge, to holes; what comes nowhere near is not there
    rings: tuple[Narrowest, ...] = ()  # of each copper layer with plated holes

    @property
    def area_cm2(self) -> float | None:
        if self.width_mm is None or self.height_mm is None:
            return None
        return self.width_mm * self.height_mm / 100


@dataclass(frozen=True, slots=True)
class Alternate:
    """Another part that the customer allows in place of the first."""

    mpn: str
    manufacturer: str = ""


@dataclass(frozen=True, slots=True)
class BomLine:
    """One kind of part. `designators` are expanded (R1-R3 is three); `row` is the customer's row, from 1."""

    row: int
    designators: tuple[str, ...]
    quantity: int | None = None  # as the file says; None when it has no such column
    value: str = ""
    package: str = ""
    mpn: str = ""
    manufacturer: str = ""
    description: str = ""
    supplier_part: str = ""
    not_fitted: bool = False
    alternates: tuple[Alternate, ...] = ()

    @property
    def per_board(self) -> int:
        """Parts on one board: the designators, or the quantity column where there are none."""
        return len(self.designators) or self.quantity or 0

    @property
    def name(self) -> str:
        """What people call this line: the MPN, else value and package."""
        return self.mpn or " ".join(filter(None, (self.value, self.package))) or self.description or f"row {self.row}"


@dataclass(frozen=True, slots=True)
class Placement:
    """One part on one board. `estimated`: the files have no centroid of it, so its place was found on the artwork.

    `height_mm` is what the files themselves say of it (IPC-2581, ODB++).
    """

    designator: str
    side: Side
    x_mm: float
    y_mm: float
    rotation_deg: float
    value: str = ""
    package: str = ""
    estimated: bool = False
    height_mm: float | None = None


@dataclass(frozen=True, slots=True)
class Footprint:
    """The pads of one part as the copper shows them. `kind`: "chip", "gull-wing", "leadless", "grid", "pins" or "".

    `pitch_mm` is the smallest distance between centres of neighbouring pads; the size is that of the box of the pads.
    """

    designator: str
    side: Side
    pads: int
    through_holes: int = 0
    pitch_mm: float | None = None
    width_mm: float | None = None
    height_mm: float | None = None
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Heights:
    """How high the parts of one side stand at most. `known` and `unknown` count them; the tallest of the known, and
    `because` of what its height is believed.
    """

    side: Side
    known: int
    unknown: int
    tallest_mm: float | None = None
    designators: tuple[str, ...] = ()
    because: str = ""


@dataclass(frozen=True, slots=True)
class Foil:
    """How one side would print in a foil of this thickness: the worst ratios, and how many openings fail the rules."""

    thickness_um: int
    area_ratio: float
    aspect_ratio: float
    failing: int


@dataclass(frozen=True, slots=True)
class StencilNeed:
    """What one side asks of its stencil.

    `made`: the files have no paste layer, the openings were made from the pads under parts.
    `failing` are designators whose openings stay below the rules at the thickness recommended ("" never stands there);
    `failing_apertures` counts all such openings. `step`: a thinner foil is wanted there, a thicker one elsewhere.
    """

    side: Side
    apertures: int
    smallest_mm: float | None
    thickness_um: int | None
    area_ratio: float | None = None
    aspect_ratio: float | None = None
    failing_apertures: int = 0
    failing: tuple[str, ...] = ()
    step: str = ""
    made: bool = False
    failing_box_mm: tuple[float, float, float, float] | None = None  # around all of them
    foils: tuple[Foil, ...] = ()  # every thickness in stock, the thickest first
    paste_mm3: float | None = None  # what all openings of one board hold at that thickness


@dataclass(frozen=True, slots=True)
class Design:
    """A named board of a customer as it was read from one package. Nothing here is priced or promised."""

    name: str
    board: Board = field(default_factory=Board)
    bom: tuple[BomLine, ...] = ()
    bom_columns: tuple[tuple[str, str], ...] = ()  # (our word, the customer's heading)
    placements: tuple[Placement, ...] = ()
    placement_units: str | None = None  # "mm", "inch", "mil" as found in the file
    footprints: tuple[Footprint, ...] = ()  # of the placements whose pads were found
    stencils: tuple[StencilNeed, ...] = ()  # of the sides that paste is printed on
    heights: tuple[Heights, ...] = ()  # of each side with parts
    files: tuple[SourceFile, ...] = ()
    findings: tuple[Finding, ...] = ()
    candidates: tuple[str, ...] = ()  # other boards in the same package, by name
    turned: tuple[tuple[str, int], ...] = ()  # packages, and how far rotation 0 is off IPC-7351, degrees

    @property
    def fitted_lines(self) -> tuple[BomLine, ...]:
        return tuple(line for line in self.bom if not line.not_fitted)
