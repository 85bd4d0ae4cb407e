"""The board as it was read: facts, findings, parts, files, and a picture of each side."""

import gzip
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, current_app, g, render_template, request, url_for
from flask_talisman import Talisman
from sqlalchemy.orm import Session

from portal.board.design import Design, FileRole, Heights, OutlineKind, Side
from portal.board.edges import asks_for_edge
from portal.board.pins import marked, marked_films, numbered
from portal.board.unread import unread_lists
from portal.errors import NotYours
from portal.intake.bom import UNSURE
from portal.intake.inside import may_be_a_table
from portal.models.files import DesignFilm, DesignRecord
from portal.models.work import Job, JobState
from portal.services.corrections import job_of
from portal.services.packages import find_design, the_design
from portal.services.revisions import history_of
from portal.web.access import open_to_everybody
from portal.web.filters import number
from portal.web.forms.corrections import OneOfForm
from portal.web.live import Event, stream
from portal.web.measured import measured_of

bp = Blueprint("designs", __name__)

Facts = list[tuple[str, str | None]]

# A drawing is made of numbers by us, and is opened as if it were a stranger's all the same.
as_a_strangers = Talisman()(content_security_policy="default-src 'none'; style-src 'none'; sandbox")
PICTURE_HEADERS = {"Cache-Control": "private, max-age=86400, immutable"}
QUICK = 4  # of gzip's nine: two hundredths of a second for the largest
MEDIA_TYPES = {"svg": "image/svg+xml", "png": "image/png"}

# The steps of portal.intake.reading after the board can be shown, in their order, in the customer's words.
MEASURING = {
    "pictures": "drawing your board",
    "clearances": "measuring gaps, mask and copper",
    "assembly": "checking how it is assembled",
    "viewer": "finishing",
    "films": "drawing each layer",
}
WAITS = "reading on"
OUTLINES = {
    OutlineKind.CLOSED: "closed",
    OutlineKind.OPEN: "not closed",
    OutlineKind.ASSUMED: "none found: taken from the copper",
}


@dataclass(frozen=True, slots=True)
class Addresses:
    """Of every drawing by side and kind, of the stream, and of the pages where what was read is corrected."""

    drawings: dict[tuple[Side, str], str]
    layers: str
    events: str
    files: str
    columns: str

    def picture(self, kept: DesignRecord, side: Side) -> str | None:
        """The drawing; where it would be too large for a page, the small picture."""
        drawing, small = (
            (kept.top_picture, kept.top_thumbnail) if side is Side.TOP else (kept.bottom_picture, kept.bottom_thumbnail)
        )
        kind = "svg" if drawing else "png" if small else None
        return self.drawings[side, kind] if kind else None

    def films(self, kept: DesignRecord) -> list[tuple[DesignFilm, str]]:
        return [(film, self.layers.format(film.position)) for film in kept.films]


@bp.get("/designs/<reference>")
@open_to_everybody
def show(reference: str) -> str:
    kept = find_design(g.session, reference, g.viewer)
    job = None if kept.measured_at else job_of(g.session, kept)
    design = the_design(kept)
    others = OneOfForm.among(design.candidates)
    page = page_of(kept, job, addresses_of(kept.reference))
    return render_template("designs/show.html", **page, others=others, history=history_of(g.session, kept, g.viewer))


@bp.get("/designs/<reference>/events")
@open_to_everybody
def events(reference: str) -> Response:
    """What the page shows, anew with each stage of the reading."""
    kept = find_design(g.session, reference, g.viewer)
    number, addresses = kept.id, addresses_of(reference)
    fragment = current_app.jinja_env.get_template("designs/_read.html")

    def version(session: Session) -> tuple[object, ...]:
        kept = session.get_one(DesignRecord, number)
        job = job_of(session, kept)
        return kept.measured_at, kept.top_picture, kept.bottom_picture, job and job.step, job and job.state

    def render(session: Session) -> Event:
        kept = session.get_one(DesignRecord, number)
        page = page_of(kept, job_of(session, kept), addresses)
        return Event(fragment.render(**page), name="update" if page["measuring"] else "last")

    return stream(version, render)


@bp.get("/designs/<reference>/pictures/<side>.<kind>")
@open_to_everybody
@as_a_strangers
def picture(reference: str, side: str, kind: str) -> Response:
    """A side as a drawing (svg) or as a small picture (png)."""
    kept = find_design(g.session, reference, g.viewer)
    stored = {
        ("top", "svg"): kept.top_picture,
        ("top", "png"): kept.top_thumbnail,
        ("bottom", "svg"): kept.bottom_picture,
        ("bottom", "png"): kept.bottom_thumbnail,
    }
    answer = kept_file(stored.get((side, kind)), MEDIA_TYPES.get(kind, ""))
    return packed(answer) if kind == "svg" else answer


@bp.get("/designs/<reference>/layers/<int:position>.png")
@open_to_everybody
@as_a_strangers
def layer(reference: str, position: int) -> Response:
    """One layer alone, seen from the top."""
    films = find_design(g.session, reference, g.viewer).films
    return kept_file(films[position].sha256 if position < len(films) else None, MEDIA_TYPES["png"])


@bp.get("/designs/<reference>/viewer")
@open_to_everybody
@as_a_strangers
def viewer(reference: str) -> Response:
    """The board as arrays (docs/viewer-format.md), packed as it was kept."""
    response = kept_file(find_design(g.session, reference, g.viewer).viewer, "application/octet-stream")
    response.content_encoding = "gzip"
    return response


def kept_file(sha256: str | None, media_type: str) -> Response:
    if sha256 is None:
        raise NotYours("picture")
    return Response(current_app.extensions["files"].read(sha256), mimetype=media_type, headers=PICTURE_HEADERS)


def packed(answer: Response) -> Response:
    """A drawing is a text of numbers, of two megabytes for a large board: packed it is a sixth of that."""
    answer.vary.add("Accept-Encoding")
    if request.accept_encodings["gzip"]:
        answer.data = gzip.compress(answer.get_data(), QUICK, mtime=0)
        answer.content_encoding = "gzip"
    return answer


def addresses_of(reference: str) -> Addresses:
    """Worked out while there is a request: a stream has none any more."""
    drawings = {
        (side, kind): url_for("designs.picture", reference=reference, side=side, kind=kind)
        for side in Side
        for kind in MEDIA_TYPES
    }
    layers = url_for("designs.layer", reference=reference, position=0).replace("0.png", "{}.png")
    pages = (url_for(page, reference=reference) for page in ("designs.events", "corrections.files", "columns.show"))
    return Addresses(drawings, layers, *pages)


def page_of(kept: DesignRecord, job: Job | None, addresses: Addresses) -> dict[str, Any]:
    """All that the page of a design is made of. `measuring` is what is being done just now, None when all is there."""
    design = the_design(kept)
    measuring = (
        None if kept.measured_at or job is None or job.state is JobState.DEAD else MEASURING.get(job.step, WAITS)
    )
    return {
        "kept": kept,
        "design": design,
        "pictures": {side: addresses.picture(kept, side) for side in Side},
        "marked": marked(design),
        "films": addresses.films(kept),
        "marked_films": marked_films(design),
        "numbers": numbered(design),
        "board_facts": board_facts(design, measuring="being measured" if measuring else None),
        "parts_facts": parts_facts(design),
        "measured": measured_of(design),
        "asks_for_edge": asks_for_edge(design.findings),
        "measuring": measuring,
        "is_broken": not measuring and kept.measured_at is None,
        "addresses": addresses,
        "tables": [at for at, file in enumerate(design.files) if may_be_a_table(file)],
        "unnamed": unnamed(design),
        "unread": unread_lists(design),
    }


def unnamed(design: Design) -> dict[int, str]:
    """Tables whose columns only their owner can name, by number: the unsure; without a BOM, whatever may be it."""
    unsure = {finding.where for finding in design.findings if finding.code in UNSURE}
    return {
        at: file.name
        for at, file in enumerate(design.files)
        if may_be_a_table(file) and (file.name in unsure or (not design.bom and file.role is not FileRole.CENTROID))
    }


def picture_url(kept: DesignRecord, side: Side) -> str | None:
    return addresses_of(kept.reference).picture(kept, side)


def board_facts(design: Design, *, measuring: str | None = None) -> Facts:
    """What is known of the bare board; None is shown as not known, or as what is being done about it."""
    board = design.board
    drills = board.drills
    return [
        ("Size", size(board.width_mm, board.height_mm)),
        ("Outline", OUTLINES[board.outline] if board.outline else None),
        ("Area within the outline", square(board.outline_mm2)),
        ("Cut-outs", counted(board.cut_outs)),
        ("Copper layers", counted(board.copper_layers)),
        ("Holes", counted(drills.hits if drills else None)),
        ("Plated holes", counted(drills.plated if drills else None)),
        ("Slots", counted(drills.slots if drills else None)),
        ("Drill sizes", counted(drills.sizes if drills else None)),
        ("Smallest drill", length(drills.smallest_mm if drills else None)),
        ("Narrowest track", length(board.min_track_mm)),
        ("Narrowest gap", length(board.min_clearance_mm) or measuring),
        ("Narrowest ring", length(board.min_annular_ring_mm)),
        ("Narrowest mask web", length(board.min_mask_web_mm) or measuring),
        ("Vias under mask, top", counted(board.tented_top) or measuring),
        ("Vias under mask, bottom", counted(board.tented_bottom) or measuring),
        ("Class of fab", board.capability or measuring),
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
        *(tallest(one) for one in design.heights),
    ]


def tallest(side: Heights) -> tuple[str, str | None]:
    """As far as heights are known, and of how many parts they are not."""
    unknown = f"; of {counted(side.unknown)} parts not known" if side.unknown else ""
    names = ", ".join(side.designators)
    known = f"{length(side.tallest_mm)} at most ({names}){unknown}" if side.tallest_mm else None
    return f"Tallest part, {side.side}", known


def on_side(design: Design, side: Side) -> int:
    return sum(placement.side is side for placement in design.placements)


def counted(count: int | None) -> str | None:
    return None if count is None else number(count)


def square(area_mm2: float | None) -> str | None:
    return None if area_mm2 is None else f"{number(round(area_mm2 / 100, 2))} cm²"


def length(length_mm: float | None) -> str | None:
    return None if length_mm is None else f"{number(round(length_mm, 3))} mm"


def size(width_mm: float | None, height_mm: float | None) -> str | None:
    if width_mm is None or height_mm is None:
        return None
    return f"{number(round(width_mm, 2))} × {number(round(height_mm, 2))} mm"
