"""Correcting what we took a customer's files for; each correction has the package read again."""

from typing import Any

from flask import Blueprint, Response, current_app, g, redirect, render_template, request, url_for
from sqlalchemy.orm import Session

from portal.board.design import Side
from portal.board.edges import drawn_edges
from portal.board.pins import MARGIN_MM
from portal.errors import BadInput
from portal.intake.corrections import Corrections, TurnSaid
from portal.models.corrections import Rereading
from portal.models.files import DesignRecord
from portal.models.work import JobState
from portal.services.corrections import ask_inside, correct, correction_job, inside_of, last_correction, said_of
from portal.services.packages import find_design, the_design
from portal.services.remembering import all_remembered, forget, remember
from portal.web.access import CUSTOMERS, act, open_to_everybody, requires
from portal.web.designs import picture_url
from portal.web.filters import number
from portal.web.forms.corrections import KINDS, FilesForm, OneOfForm, file_of
from portal.web.live import Event, stream
from portal.web.packages import BROKEN, steps

bp = Blueprint("corrections", __name__)


@bp.get("/designs/<reference>/files")
@open_to_everybody
def files(reference: str) -> str:
    kept = find_design(g.session, reference, g.viewer)
    return files_page(kept, FilesForm.about(the_design(kept)))


@bp.post("/designs/<reference>/files")
@open_to_everybody
def correct_files(reference: str) -> Any:
    kept, form = find_design(g.session, reference, g.viewer), FilesForm()
    if not form.validate():
        return files_page(kept, form), 422
    said = form.corrections(the_design(kept))
    return read_again(kept, said, lasting=said if form.remember.data else None)


def files_page(kept: DesignRecord, form: FilesForm) -> str:
    design, inside = the_design(kept), inside_of(g.session, kept)
    rows = [(file_of(design, row.form.number.data), row.form) for row in form.files]
    pictures = {side: picture_url(kept, side) for side in Side}
    context = {"kept": kept, "design": design, "form": form, "rows": rows, "pictures": pictures, **edges_page(kept)}
    return render_template(
        "designs/files.html",
        **context,
        is_seen=inside is not None,
        company_id=company_of(kept),
        can_list=can_list(),
        turned=unconfirmed(kept),
    )


def unconfirmed(kept: DesignRecord) -> dict[str, int]:
    """The packages whose rotation somebody may confirm: turned and never spoken of, or turned otherwise than said."""
    said = {package: turn.degrees for package, turn in said_of(g.session, kept).turns.items()}
    return {package: turn for package, turn in the_design(kept).turned if said.get(package, 0) != turn}


@bp.post("/designs/<reference>/rotations")
@open_to_everybody
def confirm_rotations(reference: str) -> Any:
    """Rotation 0 is meant as it is in this file, for all packages of parts that are turned in it."""
    kept = find_design(g.session, reference, g.viewer)
    said = Corrections(turns={package: TurnSaid(turn) for package, turn in unconfirmed(kept).items()})
    return read_again(kept, said, lasting=said)


def edges_page(kept: DesignRecord) -> dict[str, Any]:
    """The choice of the edge, on a picture and in a list; a click on the picture is a link that chooses in the list."""
    edges, labels = edges_of(kept), edge_labels(kept)
    taken = next((str(at) for at, edge in enumerate(edges) if edge.is_taken), None)
    form = OneOfForm.among(labels)
    form.chosen.data = request.args.get("edge", taken)
    drawn = drawn_edges(edges, the_design(kept).board.box_mm, margin_mm=MARGIN_MM)
    return {"edges": form, "edge_labels": labels, "drawn_edges": drawn}


@bp.post("/designs/<reference>/board")
@open_to_everybody
def take(reference: str) -> Any:
    """Another board of the same package."""
    kept = find_design(g.session, reference, g.viewer)
    names = the_design(kept).candidates
    return read_again(kept, Corrections(take=names[chosen_among(names)]))


@bp.post("/designs/<reference>/outline")
@open_to_everybody
def outline(reference: str) -> Any:
    """Another contour is the edge of the board."""
    kept = find_design(g.session, reference, g.viewer)
    at = chosen_among(edge_labels(kept))
    edge = edges_of(kept)[at]
    return read_again(kept, Corrections(outline=edge.file, outline_box=edge.box_mm))


def chosen_among(labels: Any) -> int:
    form = OneOfForm.among(labels, request.form)
    if not form.validate():
        raise BadInput("Please choose one of the list, and send it again.")
    return form.number


def edges_of(kept: DesignRecord) -> Any:
    inside = inside_of(g.session, kept)
    return inside.edges if inside else ()


def edge_labels(kept: DesignRecord) -> list[str]:
    """Numbered as on the picture; each with its file and the size that the board would have by it."""
    return [
        f"{at}. {edge.file}: {number(edge.width_mm)} × {number(edge.height_mm)} mm, "
        f"{'closed' if edge.is_closed else 'not closed'}{', as the board is read now' if edge.is_taken else ''}"
        for at, edge in enumerate(edges_of(kept), start=1)
    ]


@bp.post("/designs/<reference>/inside")
@open_to_everybody
def look(reference: str) -> Any:
    """Have the package opened for the dialogs, then go on where it was asked for."""
    kept = find_design(g.session, reference, g.viewer)
    ask_inside(g.session, kept, act())
    where = url_for("columns.show", reference=reference, file=request.form.get("file", ""))
    edges = url_for("columns.show", reference=reference)
    return redirect(where if request.form.get("file") else edges)


def read_again(kept: DesignRecord, said: Corrections, *, lasting: Corrections | None = None) -> Any:
    """Read it with this; what shall last is noted for the company that owns the board."""
    correct(g.session, kept, said, act())
    company_id = company_of(kept)
    if lasting and company_id:
        remember(g.session, company_id, lasting, said_for=kept.name, act=act())
    return redirect(url_for("corrections.reading", reference=kept.reference))


def company_of(kept: DesignRecord) -> int | None:
    """For whom it is remembered: the owner of the board, or the company of the customer who looks at it."""
    if kept.package.company_id is None and g.viewer.user and not g.viewer.is_staff:
        return int(g.viewer.user.company.id)
    return kept.package.company_id


@bp.get("/designs/<reference>/reading")
@open_to_everybody
def reading(reference: str) -> Any:
    """While the newest correction of this design is read, and then the design that came of it."""
    kept = find_design(g.session, reference, g.viewer)
    again = last_correction(g.session, kept)
    if again is None or again.design:
        shown = again.design if again else kept
        return redirect(url_for("designs.show", reference=shown.reference))
    job = correction_job(g.session, again)
    return render_template("designs/reading.html", kept=kept, steps=steps(job), refusal=refusal(g.session, again))


@bp.get("/designs/<reference>/reading/events")
@open_to_everybody
def events(reference: str) -> Response:
    kept = find_design(g.session, reference, g.viewer)
    again = last_correction(g.session, kept)
    number, page = again.id if again else 0, url_for("corrections.reading", reference=reference)
    fragment = current_app.jinja_env.get_template("packages/_steps.html")

    def version(session: Session) -> tuple[object, ...]:
        again = session.get(Rereading, number)
        job = correction_job(session, again) if again else None
        return again and (again.design_id, again.refused), job and (job.state, job.step)

    def render(session: Session) -> Event:
        again = session.get(Rereading, number)
        if again is None or again.design_id or refusal(session, again):
            return Event(page, name="done")
        return Event(fragment.render(steps=steps(correction_job(session, again))))

    return stream(version, render)


def refusal(session: Session, again: Rereading) -> str | None:
    job = correction_job(session, again)
    return again.refused or (BROKEN if job and job.state is JobState.DEAD else None)


@bp.get("/corrections")
@requires(CUSTOMERS)
def remembered() -> str:
    rows = all_remembered(g.session, g.viewer.user.company.id)
    kinds = {kind: words for kind, (words, *_) in KINDS.items()}
    return render_template("corrections/index.html", rows=rows, kinds=kinds)


@bp.post("/corrections/<int:number>/forgotten")
@requires(CUSTOMERS)
def forgotten(number: int) -> Any:
    forget(g.session, g.viewer.user.company.id, number, act())
    return redirect(url_for("corrections.remembered"))


def can_list() -> bool:
    return bool(g.viewer.user and g.viewer.user.roles & CUSTOMERS)
