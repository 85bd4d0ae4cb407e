"""The board as it was read: facts, findings, parts, files, and a picture of each side."""

from flask import Blueprint, Response, current_app, g, render_template, url_for
from flask_talisman import Talisman

from portal.board.design import Design, OutlineKind, Side
from portal.errors import NotYours
from portal.models.files import DesignRecord
from portal.services.packages import find_design, the_design
from portal.web.access import open_to_everybody
from portal.web.filters import number

bp = Blueprint("designs", __name__)

Facts = list[tuple[str, str | None]]

# A drawing is made of numbers by us, and is opened as if it were a stranger's all the same.
as_a_strangers = Talisman()(content_security_policy="default-src 'none'; style-src 'none'; sandbox")
PICTURE_HEADERS = {"Cache-Control": "private, max-age=86400, immutable"}
OUTLINES = {
    OutlineKind.CLOSED: "closed",
    OutlineKind.OPEN: "not closed",
    OutlineKind.ASSUMED: "none found: taken from the copper",
}


@bp.get("/designs/<reference>")
@open_to_everybody
def show(reference: str) -> str:
    kept = find_design(g.session, reference, g.viewer)
    design = the_design(kept)
    return render_template(
        "designs/show.html",
        kept=kept,
        design=design,
        pictures={side: picture_url(kept, side) for side in Side},
        board_facts=board_facts(design),
        parts_facts=parts_facts(design),
    )


@bp.get("/designs/<reference>/pictures/<side>.svg")
@open_to_everybody
@as_a_strangers
def picture(reference: str, side: str) -> Response:
    kept = find_design(g.session, reference, g.viewer)
    sha256 = {Side.TOP: kept.top_picture, Side.BOTTOM: kept.bottom_picture}.get(side)
    if sha256 is None:
        raise NotYours("picture")
    return Response(current_app.extensions["files"].read(sha256), mimetype="image/svg+xml", headers=PICTURE_HEADERS)


def picture_url(kept: DesignRecord, side: Side) -> str | None:
    has_picture = kept.top_picture if side is Side.TOP else kept.bottom_picture
    return url_for("designs.picture", reference=kept.reference, side=side) if has_picture else None


def board_facts(design: Design) -> Facts:
    """What is known of the bare board; None is shown as not known."""
    board = design.board
    drills = board.drills
    return [
        ("Size", size(board.width_mm, board.height_mm)),
        ("Outline", OUTLINES[board.outline] if board.outline else None),
        ("Copper layers", counted(board.copper_layers)),
        ("Holes", counted(drills.hits if drills else None)),
        ("Plated holes", counted(drills.plated if drills else None)),
        ("Slots", counted(drills.slots if drills else None)),
        ("Drill sizes", counted(drills.sizes if drills else None)),
        ("Smallest drill", length(drills.smallest_mm if drills else None)),
        ("Narrowest track", length(board.min_track_mm)),
        ("Narrowest gap", length(board.min_clearance_mm)),
        ("Narrowest ring", length(board.min_annular_ring_mm)),
        ("Paste openings, top", counted(board.paste.top)),
        ("Paste openings, bottom", counted(board.paste.bottom)),
    ]


def parts_facts(design: Design) -> Facts:
    """What is known of the parts: without a BOM or a centroid file there is nothing to count."""
    fitted = design.fitted_lines if design.bom else None
    placed = design.placements or None
    return [
        ("BOM lines", counted(len(design.bom) if design.bom else None)),
        ("Parts on one board", counted(sum(line.per_board for line in fitted) if fitted is not None else None)),
        ("Lines not fitted", counted(len(design.bom) - len(fitted) if fitted is not None else None)),
        ("Placements, top", counted(on_side(design, Side.TOP) if placed else None)),
        ("Placements, bottom", counted(on_side(design, Side.BOTTOM) if placed else None)),
        ("Units of the centroid file", design.placement_units),
    ]


def on_side(design: Design, side: Side) -> int:
    return sum(placement.side is side for placement in design.placements)


def counted(count: int | None) -> str | None:
    return None if count is None else number(count)


def length(length_mm: float | None) -> str | None:
    return None if length_mm is None else f"{number(round(length_mm, 3))} mm"


def size(width_mm: float | None, height_mm: float | None) -> str | None:
    if width_mm is None or height_mm is None:
        return None
    return f"{number(round(width_mm, 2))} × {number(round(height_mm, 2))} mm"
